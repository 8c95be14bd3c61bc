"""Reaching: whether items can be live by their dates - seen at once, shown by a plan, or proven impossible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from roadmapper.domain.refusal import Refused
from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.constructing import construct
from roadmapper.planning.splitting.improving import improve
from roadmapper.planning.splitting.model import Crew, Item, Split, Task, Window, worth_of
from roadmapper.planning.splitting.proving import feasible
from roadmapper.planning.splitting.spans import spans, topological

ROUNDS = 100  # of the search for a plan, once constructing has found none


@dataclass(frozen=True, slots=True)
class Chain:
    """The *path* of items, first to last, that keeps the last one from being live before the boundary *end*."""

    end: int
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is possible: True with a *split* that shows it, False when proven impossible, None: not known."""

    possible: bool | None
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some items of a task, and what they need, as a *task* of its own; *keys* are their places in the whole."""

    task: Task
    keys: tuple[int, ...]

    def whole(self, split: Split) -> tuple[Window, ...]:
        """Return the windows of *split* in the numbers of the whole task."""
        keys = self.keys
        return tuple(replace(w, starts=tuple((keys[n], start) for n, start in w.starts)) for w in split.windows)


def needed_for(task: Task, keys: Iterable[int]) -> frozenset[int]:
    """Return *keys*, what must come first for them, and the gates on all of it."""
    found: set[int] = set()
    more = list(keys)
    while more:
        key = more.pop()
        if key not in found:
            found.add(key)
            item = task.items[key]
            more += [*(k for k, _ in item.after), *item.gates]
    return frozenset(found)


def part_of(task: Task, dues: Mapping[int, int]) -> Part:
    """Return the items of *dues* and what they need, all to be delivered, each of *dues* by its boundary."""
    keys = tuple(sorted(needed_for(task, dues)))
    place = {key: n for n, key in enumerate(keys)}
    items = tuple(
        replace(
            task.items[key],
            worth=(),
            due=dues.get(key),
            optional=False,
            published=None,
            after=tuple((place[k], lag) for k, lag in task.items[key].after),
            gates=tuple(place[k] for k in task.items[key].gates),
        )
        for key in keys
    )
    return Part(replace(task, items=items, horizon=max(dues.values(), default=0), move_cost=0), keys)


def chain_to(task: Task, key: int, *, calendar: bool) -> Chain:
    """Return the longest path of weeks and lags that leads to *key* being live, as if people were no limit.

    Without *calendar* nothing else counts; with it also the first weeks of items, taken weeks, holidays and days off.
    """
    ends: dict[int, int] = {}
    cause: dict[int, int | None] = {}
    inside = needed_for(task, [key])
    for n in topological(task.items):
        if n in inside:
            item = task.items[n]
            waits = [(ends[k] + lag, k) for k, lag in item.after]
            ready, cause[n] = max(waits, default=(0, None), key=lambda wait: wait[0])
            start = max(ready, task.overhead)
            if calendar and item.earliest > start:
                start, cause[n] = item.earliest, None
            ends[n] = _end_beside(task, item, start) if calendar else start + item.weeks
    last = max((key, *task.items[key].gates), key=lambda n: ends[n])
    path = [last]
    while (before := cause[path[-1]]) is not None:
        path.append(before)
    return Chain(max(ends[last], task.shortest), tuple(reversed(path)))


def _end_beside(task: Task, item: Item, start: int) -> int:
    """Return when *item* is done at the earliest, beside the weeks that are taken."""
    for first, end in sorted(task.taken):
        if item.end_from(start) > first and start < end + task.overhead:
            start = end + task.overhead
    return item.end_from(start)


def overload(task: Task) -> int | None:
    """Return a crew that has too few person-weeks for what must be done in some stretch of weeks, if there is one.

    Everything must be live by the horizon; energetic reasoning over pairs of first starts and last ends.
    """
    until = task.horizon
    room = spans(task, until)
    for number, crew in enumerate(task.crews):
        there = [0 if _beside(task, week, week + 1) else min(crew.people, crew.there_in(week)) for week in range(until)]
        sums = [0, *accumulate(there)]
        uses: list[tuple[int, int, int]] = []
        for item, span in zip(task.items, room, strict=True):
            need = sum(people for k, people in item.needs if k == number)
            if need and span.first <= span.last:
                partial = [0, *accumulate(min(need, people) for people in there)]
                starts = (s for s in range(span.first, span.last + 1) if not _beside(task, s, span.end(s)))
                used = (partial[min(span.end(s), until)] - partial[min(s, until)] for s in starts)
                energy = min(used, default=sums[-1] + 1)
                uses.append((span.first, min(span.end(span.last), until), energy))
        for begin in {first for first, _, _ in uses}:
            load = 0
            for _, end, energy in sorted((u for u in uses if u[0] >= begin), key=lambda u: u[1]):
                load += energy
                if load > sums[end] - sums[begin]:
                    return number
    return None


def _beside(task: Task, start: int, end: int) -> bool:
    """Return whether some of the weeks start <= week < end are taken."""
    return any(first < end and start < last for first, last in task.taken)


def surely_not(task: Task) -> bool:
    """Return whether it is seen at once that not everything can be live by its date and by the horizon."""
    rooms = spans(task, task.horizon)
    if task.horizon < task.shortest or any(span.first > span.last for span in rooms):
        return True
    return overload(task) is not None


def reachable(
    task: Task,
    *,
    seconds: float = 2.0,
    rounds: int = ROUNDS,
    seed: int = 1,
    stopped: Callable[[], bool] = lambda: False,
) -> Verdict:
    """Return whether everything can be live by its date and by the horizon; *seconds* bound the proof, if there is one.

    What must be delivered counts, not what can be used. The search is bounded by *rounds*: the same *seed* leads to
    the same plan.
    """
    if surely_not(task):
        return Verdict(False)
    task = replace(task, items=tuple(replace(i, due=task.horizon if i.due is None else i.due) for i in task.items))
    try:
        best = construct(task)
    except Refused:  # an item can never be placed, whatever the dates
        return Verdict(False)
    if worth_of(task, best).late < 0 and rounds and not stopped():
        on_time: list[Split] = []

        def told(split: Split, _: object) -> None:
            if worth_of(task, split).late == 0:
                on_time.append(split)

        best = improve(task, best, seed=seed, rounds=rounds, told=told, stopped=lambda: bool(on_time) or stopped())
    if not faults(task, best):
        return Verdict(True, best)
    if seconds <= 0 or stopped():
        return Verdict(None)
    known = feasible(task, end_by=task.horizon, seconds=seconds, stopped=stopped)
    return Verdict(known.possible, known.split)


def without_limit(task: Task, crew: int) -> Task:
    """Return *task* as if there were always enough people in *crew*."""
    items = tuple(replace(i, needs=tuple(need for need in i.needs if need[0] != crew)) for i in task.items)
    return replace(task, items=items)


def with_more(task: Task, crew: int, people: int) -> Task:
    """Return *task* with so many more *people* in *crew*; who needs all that there were needs no more than that."""
    old = task.crews[crew]
    new = Crew(old.title, old.people + people, tuple(n + people if n else 0 for n in old.there))
    return replace(task, crews=(*task.crews[:crew], new, *task.crews[crew + 1 :]))


def gates_in(task: Task) -> frozenset[int]:
    """Return the items that are gates."""
    return frozenset(gate for item in task.items for gate in item.gates)


def without_gate(task: Task, gate: int) -> Task:
    """Return *task* as if nothing waited for *gate*: what came after it comes after what it came after."""
    before = task.items[gate].after
    items = []
    for item in task.items:
        after: dict[int, int] = {}
        for key, lag in item.after:
            for k, more in before if key == gate else ((key, 0),):
                after[k] = max(after.get(k, 0), lag + more)
        gates = tuple(g for g in item.gates if g != gate)
        items.append(replace(item, after=tuple(after.items()), gates=gates))
    items[gate] = task.items[gate]
    return replace(task, items=tuple(items))


def without_days_off(task: Task, crew: int) -> Task:
    """Return *task* as if everybody of *crew* were always there."""
    crews = tuple(Crew(c.title, c.people) if n == crew else c for n, c in enumerate(task.crews))
    items = tuple(replace(i, extra=()) if crew in {k for k, _ in i.needs} else i for i in task.items)
    return replace(task, crews=crews, items=items)
