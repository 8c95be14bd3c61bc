"""Stations: cut a precedence graph into the fewest groups of bounded length, one group after the other (SALBP-1).

Branch, bound and remember (Sewell and Jacobson, "A branch, bound, and remember algorithm for the simple assembly line
balancing problem", INFORMS Journal on Computing 2012): Hoffmann's enumeration for a first answer, then whole groups
are built one after the other, best first within each number of groups in turn, and no set of finished tasks is looked
at twice. Sets of tasks are the bits of a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush

FUNCTIONS = 40  # of each family: more do not help and take longer
Over = Callable[[], bool]


class Line:
    """Tasks with their *weeks* and what must be in the same or an earlier group, for groups of *room* weeks each."""

    def __init__(self, weeks: Sequence[int], after: Sequence[Sequence[int]], room: int) -> None:
        self.weeks, self.room, self.count = weeks, room, len(weeks)
        self.all = (1 << len(weeks)) - 1
        self.needs = [sum(1 << before for before in set(befores)) for befores in after]
        self.followers = self._closed()
        self.order = sorted(range(self.count), key=lambda key: -weeks[key])
        # Of those that stand in each other's place the longer one with more to follow goes first.
        self.better = [
            sum(1 << other for other in range(self.count) if self._beats(other, key)) for key in range(self.count)
        ]
        self.many = [self.followers[key].bit_count() for key in range(self.count)]
        self.position = [
            weeks[key] + sum(weeks[other] for other in range(self.count) if self.followers[key] >> other & 1)
            for key in range(self.count)
        ]

    def _closed(self) -> list[int]:
        """Return for each task all that comes after it, at whatever distance."""
        followers = [0] * self.count
        waiting = list(range(self.count))
        while waiting:  # until nothing is added any more
            key = waiting.pop()
            for before in range(self.count):
                if self.needs[key] >> before & 1:
                    more = followers[before] | followers[key] | 1 << key
                    if more != followers[before]:
                        followers[before] = more
                        waiting.append(before)
        return followers

    def _beats(self, one: int, two: int) -> bool:
        if one == two or self.weeks[one] < self.weeks[two] or self.followers[two] & ~self.followers[one]:
            return False
        same = self.weeks[one] == self.weeks[two] and self.followers[one] == self.followers[two]
        return one < two if same else True

    def reversed(self) -> Line:
        """Return the line read from its end."""
        after: list[list[int]] = [[] for _ in range(self.count)]
        for key, needs in enumerate(self.needs):
            for before in range(self.count):
                if needs >> before & 1:
                    after[before].append(key)
        return Line(self.weeks, after, self.room)

    def at_least(self, left: int) -> int:
        """Return how many groups the tasks *left* need: by their sum, by their halves, by their thirds."""
        total = halves = thirds = 0
        room, weeks = self.room, self.weeks
        while left:
            low = left & -left
            left ^= low
            length = weeks[low.bit_length() - 1]
            total += length
            if length * 2 >= room:
                halves += 2 if length * 2 > room else 1
            if length * 3 >= room:  # in sixths: more than 2/3 counts 6, 2/3 counts 4, more than 1/3 3, 1/3 counts 2
                thirds += 6 if length * 3 > 2 * room else 4 if length * 3 == 2 * room else 3 if length * 3 > room else 2
        return max(-(-total // room), -(-halves // 2), -(-thirds // 6))

    def packed_at_least(self) -> int:
        """Return how many groups all tasks need at least when nothing must come first.

        By dual feasible functions: lengths are changed so that whatever fitted into a group still does, and summed.
        The functions are those of Fekete and Schepers (1998) and of Carlier, Clautiaux and Moukrim (2007).
        """
        best = self.at_least(self.all)
        room = self.room
        for small in range(room // 2 + 1):  # what is shorter counts for nothing
            lengths = [room if x > room - small else 0 if x < small else x for x in self.weeks]
            for k in range(1, FUNCTIONS):
                scaled = sum(x * k if x * (k + 1) % room == 0 else x * (k + 1) // room * room for x in lengths)
                best = max(best, -(-scaled // (k * room)))
            for unit in range(1, min(FUNCTIONS, room // 2) + 1):
                whole = room // unit
                counted = sum(
                    2 * (whole - (room - x) // unit) if 2 * x > room else whole if 2 * x == room else 2 * (x // unit)
                    for x in lengths
                )
                best = max(best, -(-counted // (2 * whole)))
            if small > FUNCTIONS:
                break
        return best

    def loads(self, done: int, over: Over) -> Iterator[int]:
        """Yield each group that can come next after the tasks *done* and that nothing can be added to."""
        weeks, needs, order = self.weeks, self.needs, self.order
        stack = [(0, 0, self.room)]  # what is in it, what was decided against, what room there is
        while stack and not over():
            load, without, room = stack.pop()
            have = done | load
            choice = -1
            blocked = False
            for key in order:
                bit = 1 << key
                if not have & bit and not needs[key] & ~have and weeks[key] <= room:
                    if without & bit:
                        blocked = True
                    else:
                        choice = key
                        break
            if choice < 0:
                if not blocked and not self._beaten(load, done, room):
                    yield load
                continue
            bit = 1 << choice
            stack.append((load, without | bit, room))
            stack.append((load | bit, without, room - weeks[choice]))

    def _beaten(self, load: int, done: int, room: int) -> bool:
        """Return whether a task outside could take the place of one inside, which then comes later at no loss."""
        outside = self.all & ~done & ~load
        inside = load
        while inside:
            low = inside & -inside
            inside ^= low
            key = low.bit_length() - 1
            others = self.better[key] & outside
            while others:
                bit = others & -others
                others ^= bit
                other = bit.bit_length() - 1
                if self.weeks[other] - self.weeks[key] <= room and not self.needs[other] & ~(done | load & ~low):
                    return True
        return False

    def hoffmann(self, over: Over, weight: float, most: int = 2000) -> list[int]:
        """Return groups, each filled as well as can be before the next is begun."""
        done, groups = 0, []
        while done != self.all:
            best, best_value = 0, -1.0
            for number, load in enumerate(self.loads(done, over)):
                keys = [key for key in range(self.count) if load >> key & 1]
                value = sum(self.weeks[k] + weight * self.position[k] + weight * self.many[k] for k in keys)
                if value > best_value:
                    best, best_value = load, value
                if number > most:
                    break
            if not best:
                best = self._any(done)
            groups.append(best)
            done |= best
        return groups

    def _any(self, done: int) -> int:
        """Return a group that is simply filled in order: when the time is over."""
        load, room, more = 0, self.room, True
        while more:
            more = False
            for key in self.order:
                if not (done | load) >> key & 1 and not self.needs[key] & ~(done | load) and self.weeks[key] <= room:
                    load, room, more = load | 1 << key, room - self.weeks[key], True
        return load

    def search(self, best: list[int], bound: int, over: Over) -> tuple[list[int], bool]:
        """Return the fewest groups, at most *best*, and whether that is proven: not if *over* said so first."""
        heaps: list[list[tuple[float, int, int]]] = [[] for _ in range(len(best) + 1)]
        came: dict[int, tuple[int, int]] = {0: (0, 0)}  # of a set of finished tasks: its groups, the set before
        heappush(heaps[0], (0.0, self.all, 0))
        while any(heaps[: len(best)]):
            for level in range(len(best) - 1):
                if not heaps[level]:
                    continue
                _, _, done = heappop(heaps[level])
                if came[done][0] < level or level + self.at_least(self.all & ~done) >= len(best):
                    continue
                for load in self.loads(done, over):
                    now = done | load
                    known = came.get(now)
                    if known is not None and known[0] <= level + 1:
                        continue
                    left = self.all & ~now
                    if level + 1 + (self.at_least(left) if left else 0) >= len(best):
                        continue
                    came[now] = (level + 1, done)
                    if not left:
                        best = _path(came, now)
                        if len(best) <= bound:
                            return best, True
                        break
                    heappush(heaps[level + 1], (self._promise(now, level + 1), left, now))
                if over():
                    return best, False
        return best, True

    def _promise(self, done: int, level: int) -> float:
        used = 0
        rest = done
        while rest:
            low = rest & -rest
            rest ^= low
            used += self.weeks[low.bit_length() - 1]
        return (level * self.room - used) / level - 0.02 * (self.count - done.bit_count())


def _path(came: dict[int, tuple[int, int]], done: int) -> list[int]:
    groups = []
    while done:
        before = came[done][1]
        groups.append(done & ~before)
        done = before
    return groups[::-1]
