"""Packing: schedules of items week by week, as short as plain Python gets them, with nothing said of increments.

Serial schedule generation fed by priority rules, then a genetic search over the order of the items in which every
schedule is pushed to the right and back to the left (forward-backward improvement; Valls, Ballestin and Quintanilla,
"A hybrid genetic algorithm for the resource-constrained project scheduling problem", 2008).
"""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Callable, Sequence

from roadmapper.planning.splitting.model import Task
from roadmapper.planning.splitting.spans import ends_of, topological

POOL = 40
Schedule = list[int]


class Packer:
    """Schedules the items of *task*, all of them, and keeps the shortest schedule it has seen."""

    def __init__(self, task: Task) -> None:
        self.items = task.items
        self.order = topological(task.items)
        self.rank = {key: number for number, key in enumerate(self.order)}
        self.until = _long_enough(task)
        self.ends = [ends_of(item, self.until) for item in task.items]
        self.followers: list[list[tuple[int, int]]] = [[] for _ in task.items]
        for key, item in enumerate(task.items):
            for before, lag in item.after:
                self.followers[before].append((key, lag))
        self._pack(task)
        self.heads = self._heads()
        self.tails = self._tails()
        self.at_least = max([self._critical(), *self._full_weeks(task)])
        self.best: Schedule = []
        self.weeks = self.until + 1

    def _pack(self, task: Task) -> None:
        """Write the people of all crews in a week into one number, a field for each, with a guard bit above it.

        A crew has one field for its full number, which all its items take from, and, where not everybody is always
        there, a second one that only those take from who need fewer than all. In a week with nobody there nobody is
        needed: there is room for all.
        """
        asked = sum(people for item in task.items for _, people in item.needs)
        width = 2 + max([asked, *(crew.people for crew in task.crews)]).bit_length()
        self.guard = 0
        free = [0] * (self.until + 1)
        self.takes = [0] * len(task.items)
        place = 0
        for number, crew in enumerate(task.crews):
            needs = _needs(task, number)
            for whole in (True, False):
                if not whole and all(there >= crew.people for there in crew.there):
                    continue
                self.guard |= 1 << (place + width)
                for week in range(self.until + 1):
                    there = crew.there_in(week)
                    room = (1 << width) - 1 if not there else crew.people if whole else min(there, crew.people)
                    free[week] += (room << place) + (1 << (place + width))
                for key in range(len(task.items)):
                    if whole or needs[key] < crew.people:
                        self.takes[key] += needs[key] << place
                place += width + 1
        self.free = free

    def _heads(self) -> list[int]:
        heads = [0] * len(self.items)
        for key in self.order:
            item = self.items[key]
            ready = [self.ends[before][heads[before]] + lag for before, lag in item.after]
            heads[key] = max([item.earliest, *ready])
        return heads

    def _tails(self) -> list[int]:
        """Return for each item the weeks that pass at least from its start to the end of all."""
        tails = [0] * len(self.items)
        for key in reversed(self.order):
            after = [lag + tails[later] for later, lag in self.followers[key]]
            tails[key] = self.items[key].weeks + max(after, default=0)
        return tails

    def _critical(self) -> int:
        return max((head + tail for head, tail in zip(self.heads, self.tails, strict=True)), default=0)

    def _full_weeks(self, task: Task) -> list[int]:
        """Return for each crew how many weeks all its work takes at least."""
        found = []
        for number, crew in enumerate(task.crews):
            left = sum(item.weeks * people for item in self.items for used, people in item.needs if used == number)
            week = 0
            while left > 0 and week < self.until and all(crew.there):  # weeks with nobody there need nobody
                left -= crew.people
                week += 1
            found.append(week)
        return found

    def left(self, order: Sequence[int]) -> Schedule:
        """Start the items, in this order, as early as people and predecessors let each (serial generation)."""
        free, takes, guard, ends, items = self.free.copy(), self.takes, self.guard, self.ends, self.items
        starts = [0] * len(order)
        for key in order:
            week = items[key].earliest
            for before, lag in items[key].after:
                week = max(week, ends[before][starts[before]] + lag)
            take = takes[key]
            if take:
                table = ends[key]
                end = table[week]
                at = end - 1
                while at >= week:
                    if (free[at] - take) & guard != guard:
                        week = at + 1
                        end = table[week]
                        at = end
                    at -= 1
                for at in range(week, end):
                    free[at] -= take
            starts[key] = week
        return starts

    def right(self, order: Sequence[int], weeks: int) -> Schedule:
        """Start the items, in this order, as late as people and followers let each for all to be done by *weeks*."""
        free, takes, guard, ends = self.free.copy(), self.takes, self.guard, self.ends
        starts = [0] * len(order)
        for key in order:
            table = ends[key]
            end = weeks
            for later, lag in self.followers[key]:
                end = min(end, starts[later] - lag)
            week = bisect_right(table, end) - 1
            take = takes[key]
            if take and week >= 0:
                at = week
                end = table[week]
                while at < end and week >= 0:
                    if (free[at] - take) & guard != guard:
                        week = bisect_right(table, at) - 1
                        end, at = table[week], week - 1
                    at += 1
                for at in range(max(0, week), end):
                    free[at] -= take
            starts[key] = week
        return starts

    def improved(self, starts: Schedule) -> tuple[int, list[int]]:
        """Push a schedule to the right and back to the left; return its weeks and its order of starts."""
        keys = range(len(starts))
        weeks = self.keep(starts)
        order = sorted(keys, key=lambda key: (-self.ends[key][starts[key]], -self.rank[key]))
        late = self.right(order, weeks)
        if min(late, default=0) >= 0:  # else it is shorter one way round only, as holidays lie: leave it
            starts = self.left(sorted(keys, key=lambda key: (late[key], self.rank[key])))
            weeks = self.keep(starts)
        return weeks, sorted(keys, key=lambda key: (starts[key], self.rank[key]))

    def weeks_of(self, starts: Schedule) -> int:
        """Return the boundary at which all is done."""
        return max((self.ends[key][start] for key, start in enumerate(starts)), default=0)

    def keep(self, starts: Schedule) -> int:
        """Remember the schedule if it is the shortest; return its weeks."""
        weeks = self.weeks_of(starts)
        if weeks < self.weeks:
            self.best, self.weeks = starts, weeks
        return weeks

    def by_rule(self, value: Callable[[int], float]) -> list[int]:
        """Return an order that works, with the least *value* first among those that could come next."""
        waiting = [len(item.after) for item in self.items]
        ready = sorted((value(key), key) for key, count in enumerate(waiting) if not count)
        order = []
        while ready:
            _, key = ready.pop(0)
            order.append(key)
            for later, _ in self.followers[key]:
                waiting[later] -= 1
                if not waiting[later]:
                    insort(ready, (value(later), later))
        return order

    def search(self, over: Callable[[], bool], seed: int = 1) -> None:
        """Look for ever shorter schedules until *over* says so or one is as short as can be."""
        chance = random.Random(seed)  # noqa: S311
        tails, heads = self.tails, self.heads
        effort = [item.weeks * sum(people for _, people in item.needs) for item in self.items]
        followers = [len(each) for each in self.followers]
        rules: list[Callable[[int], float]] = [
            lambda key: -tails[key],
            lambda key: self.items[key].weeks - tails[key],
            lambda key: heads[key] - tails[key],
            lambda key: -effort[key] - sum(effort[later] for later, _ in self.followers[key]),
            lambda key: -followers[key],
        ]
        pool: list[tuple[int, list[int]]] = []
        while len(pool) < POOL and not (pool and self._done(over)):
            rule = rules[len(pool)] if len(pool) < len(rules) else self._noisy(chance, 0.3)
            pool.append(self.improved(self.left(self.by_rule(rule))))
        while not self._done(over):
            place, other = chance.sample(range(len(pool)), 2)
            order = _crossed(pool[place][1], pool[other][1], chance)
            child = self.improved(self.left(self._mutated(order, chance)))
            # It takes the place of the parent whose ends it has, never of the worst: the pool stays varied.
            if child[0] <= pool[place][0]:
                pool[place] = child

    def _noisy(self, chance: random.Random, noise: float) -> Callable[[int], float]:
        """Return a rule that puts the longest tail first, more or less."""
        values = [-tail * chance.uniform(1 - noise, 1 + noise) for tail in self.tails]
        return values.__getitem__

    def _done(self, over: Callable[[], bool]) -> bool:
        return self.weeks <= self.at_least or over()

    def _mutated(self, order: list[int], chance: random.Random) -> list[int]:
        """Let some neighbours change places where neither needs the other."""
        for place in range(len(order) - 1):
            if chance.random() < 0.05:
                one, two = order[place], order[place + 1]
                if all(before != one for before, _ in self.items[two].after):
                    order[place], order[place + 1] = two, one
        return order


def _crossed(one: list[int], two: list[int], chance: random.Random) -> list[int]:
    """Return the order of *one* with a middle piece in the order of *two* (two-point crossover of lists)."""
    low, high = sorted((chance.randrange(len(one) + 1), chance.randrange(len(one) + 1)))
    head = set(one[:low])
    middle = [key for key in two if key not in head][: high - low]
    used = head.union(middle)
    return [*one[:low], *middle, *(key for key in one if key not in used)]


def _needs(task: Task, crew: int) -> list[int]:
    """Return how many people of a crew each item needs."""
    return [sum(people for used, people in item.needs if used == crew) for item in task.items]


def _long_enough(task: Task) -> int:
    """Return a number of weeks in which everything can be done one after the other, holidays included."""
    dips = max((len(crew.there) for crew in task.crews), default=0)
    begin = max([dips, *(len(item.extra) for item in task.items), *(item.earliest for item in task.items)])
    lags = sum(max((lag for _, lag in item.after), default=0) for item in task.items)
    return begin + sum(item.weeks + max(item.extra, default=0) for item in task.items) + max(0, lags) + 1
