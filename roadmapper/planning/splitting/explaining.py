"""Explaining: why an increment stands where it does, what ends it, and who is busy when; in weeks, without words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from roadmapper.domain.refusal import Refused
from roadmapper.planning.splitting.model import Split, Task, Window
from roadmapper.planning.splitting.reaching import (
    Part,
    chain_to,
    gates_in,
    needed_for,
    part_of,
    reachable,
    surely_not,
    with_more,
    without_days_off,
    without_gate,
    without_limit,
)
from roadmapper.planning.splitting.rescuing import continued
from roadmapper.planning.splitting.solving import Effort, Found, solve

MORE = (1, 2, 3)
"""So many more people are tried."""


class Outcome(StrEnum):
    """What came of asking why an increment is not one earlier."""

    FIRST = "first"
    COSTS = "costs"
    CHAIN = "chain"
    GATE = "gate"
    TEAM = "team"
    DATE = "date"
    RULES = "rules"
    UNKNOWN = "unknown"


class Cause(StrEnum):
    """Which date, or which rule, it is."""

    EARLIEST = "earliest"
    TAKEN = "taken"
    DAYS_OFF = "days off"
    DUE = "due"
    OVERHEAD = "overhead"
    SHORTEST = "shortest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Moved:
    """An *item* that would go live at the boundary *to* instead of *at*; None: it would be left out."""

    item: int
    at: int
    to: int | None


@dataclass(frozen=True, slots=True)
class Why:
    """Why the increment *number*, with its lead *item*, does not end at or before the boundary *before*.

    *sure* says that it is proven; otherwise it is what the search found. By outcome: COSTS has the *cost* in minor
    units (negative: the other plan is better), *idle* more increments with nothing to use, and what goes live later
    (*moved*); CHAIN has the *path* and its *weeks*, that is the earliest boundary; GATE the gate in *about*; TEAM the
    *crews* and how many *people* more would do (None: more than three); DATE and RULES the *cause*, and in *about* the
    item whose date it is.
    """

    number: int
    item: int
    outcome: Outcome
    before: int = 0
    sure: bool = True
    cost: int = 0
    idle: int = 0
    moved: tuple[Moved, ...] = ()
    other: Split | None = None
    path: tuple[int, ...] = ()
    weeks: int = 0
    about: int | None = None
    crews: tuple[int, ...] = ()
    people: int | None = None
    cause: Cause | None = None


def lead_of(task: Task, window: Window) -> int:
    """Return the item of *window* that stands for it: what can be used first, then what is worth most."""
    keys = [key for key, _ in window.starts]
    return min(keys, key=lambda n: (not task.items[n].usable, -task.items[n].worth_at(0), -task.items[n].weeks, n))


def why_here(task: Task, found: Found, number: int, effort: Effort, stopped: Callable[[], bool] = lambda: False) -> Why:
    """Return why the increment *number* of the plan *found* does not go live one increment earlier.

    Its lead item is asked to be live by the end of the increment before it, everything else being free, and the task
    is solved again with *effort*.
    """
    windows = found.split.windows
    lead = lead_of(task, windows[number])
    if number == 0:
        return Why(number, lead, Outcome.FIRST)
    return _Question(task, found, number, lead, effort, stopped).answer()


class _Question:
    """One increment, and the search for what keeps it from being earlier."""

    def __init__(
        self, task: Task, found: Found, number: int, lead: int, effort: Effort, stopped: Callable[[], bool]
    ) -> None:
        self._task = task
        self._found = found
        self._lead = lead
        self._before = found.split.windows[number - 1].end
        self._effort = effort
        self._stopped = stopped
        self._why = Why(number, lead, Outcome.UNKNOWN, self._before, sure=False)

    def answer(self) -> Why:
        """Return the reason; what is seen at once goes first, then what a plan shows, then what a proof denies."""
        task, lead, before = self._task, self._lead, self._before
        seen = self._chain() or self._calendar()
        if seen:
            return seen
        part = self._part(task)
        if surely_not(part.task):
            return self._barrier(sure=True)
        due = tuple(replace(i, due=before, optional=False) if n == lead else i for n, i in enumerate(task.items))
        earlier = replace(task, items=due)
        other = self._solved(earlier)
        if other is not None:
            return self._costs(other)
        alone = reachable(part.task, seed=self._effort.seed, stopped=self._stopped)
        if alone.possible is not True or alone.split is None:
            return self._barrier(sure=alone.possible is False)
        other = continued(earlier, part.whole(alone.split), self._effort, self._stopped)
        return self._costs(other) if other is not None else self._other_dates(earlier)

    def _part(self, task: Task) -> Part:
        """Return the lead item, live one increment earlier, and what it needs, with its own dates."""
        inside = needed_for(task, [self._lead])
        dues = {key: due for key in inside if (due := task.items[key].due) is not None}
        dues[self._lead] = min(self._before, dues.get(self._lead, self._before))
        return part_of(task, dues)

    def _possible(self, task: Task) -> bool:
        """Return whether a plan is found at once in which the lead item is one increment earlier."""
        return bool(reachable(self._part(task).task, seconds=0, seed=self._effort.seed, stopped=self._stopped).possible)

    def _chain(self) -> Why | None:
        task, lead, before = self._task, self._lead, self._before
        chain = chain_to(task, lead, calendar=False)
        if chain.end <= before:
            return None
        why = replace(self._why, path=chain.path, weeks=chain.end, sure=True)
        for gate in sorted(gates_in(task) & set(chain.path)):
            if chain_to(without_gate(task, gate), lead, calendar=False).end <= before:
                return replace(why, outcome=Outcome.GATE, about=gate)
        return replace(why, outcome=Outcome.CHAIN)

    def _calendar(self) -> Why | None:
        """Return the date that is in the way, even if there were people without limit."""
        task, lead, before = self._task, self._lead, self._before
        chain = chain_to(task, lead, calendar=True)
        if chain.end <= before:
            return None
        why = replace(self._why, outcome=Outcome.DATE, path=chain.path, weeks=chain.end, sure=True)
        for cause, about, freed in self._dates():
            if chain_to(freed, lead, calendar=True).end <= before:
                return replace(why, cause=cause, about=about)
        return replace(why, cause=Cause.DAYS_OFF)

    def _dates(self) -> Iterator[tuple[Cause, int | None, Task]]:
        """Yield the task without each of the dates that may be in the way."""
        task = self._task
        for key in sorted(needed_for(task, [self._lead])):
            if task.items[key].earliest:
                items = (*task.items[:key], replace(task.items[key], earliest=0), *task.items[key + 1 :])
                yield Cause.EARLIEST, key, replace(task, items=items)
        if task.taken:
            yield Cause.TAKEN, None, replace(task, taken=())
        for crew in range(len(task.crews)):
            yield Cause.DAYS_OFF, None, without_days_off(task, crew)

    def _barrier(self, *, sure: bool) -> Why:
        """Return the one thing without which it would be possible."""
        why, task = replace(self._why, sure=sure), self._task
        inside = needed_for(task, [self._lead])
        for gate in sorted(gates_in(task) & inside):
            if self._possible(without_gate(task, gate)):
                return replace(why, outcome=Outcome.GATE, about=gate)
        used = sorted({crew for key in inside for crew, people in task.items[key].needs if people})
        for crew in used:
            if self._possible(without_limit(task, crew)):
                do = (n for n in MORE if self._possible(with_more(task, crew, n)))
                return replace(why, outcome=Outcome.TEAM, crews=(crew,), people=next(do, None))
        for cause, about, freed in self._dates():
            if self._possible(freed):
                return replace(why, outcome=Outcome.DATE, cause=cause, about=about)
        for cause, freed in self._rules():
            if self._possible(freed):
                return replace(why, outcome=Outcome.RULES, cause=cause)
        free = task
        for crew in used:
            free = without_limit(free, crew)
        if len(used) > 1 and self._possible(free):
            return replace(why, outcome=Outcome.TEAM, crews=tuple(used))
        return why

    def _rules(self) -> Iterator[tuple[Cause, Task]]:
        task = self._task
        if task.overhead:
            yield Cause.OVERHEAD, replace(task, overhead=0)
        if task.shortest > 1:
            yield Cause.SHORTEST, replace(task, shortest=1)
        if task.longest < self._before:
            yield Cause.LONGEST, replace(task, longest=self._before)

    def _solved(self, task: Task) -> Found | None:
        """Return the best plan for *task*, or None if none was found that keeps every date."""
        try:
            found = solve(task, self._effort, stopped=self._stopped)
        except Refused:
            return None
        return found if found.passes else None

    def _other_dates(self, task: Task) -> Why:
        """Return the other item that would miss its date, if that is what is in the way."""
        for key, item in enumerate(task.items):
            if item.due is not None and key != self._lead:
                items = (*task.items[:key], replace(item, due=None), *task.items[key + 1 :])
                if self._solved(replace(task, items=items)) is not None:
                    return replace(self._why, outcome=Outcome.DATE, cause=Cause.DUE, about=key)
        return self._why

    def _costs(self, other: Found) -> Why:
        now, then = self._found.split.released, other.split.released
        later = (Moved(n, at, then.get(n)) for n, at in now.items())
        moved = sorted(
            (move for move in later if move.to is None or move.to > move.at), key=lambda move: (move.at, move.item)
        )
        return replace(
            self._why,
            outcome=Outcome.COSTS,
            sure=self._found.proven and other.proven,
            cost=self._found.worth.value - other.worth.value,
            idle=self._found.worth.idle - other.worth.idle,
            moved=tuple(moved),
            other=other.split,
        )


@dataclass(frozen=True, slots=True)
class Ending:
    """Why an increment ends at its end: the *longest* or the *shortest* length is reached, what is *taken* follows.

    *done* are the items that are done just then; without any of the three they are the reason. It ends at the boundary
    *end*; *away* are pairs of a crew that works on it and the weeks in which nobody of that crew is there.
    """

    number: int
    weeks: int
    longest: bool
    shortest: bool
    taken: bool
    done: tuple[int, ...]
    end: int = 0
    away: tuple[tuple[int, int], ...] = ()


def what_ends(task: Task, split: Split, number: int) -> Ending:
    """Return what ends the increment *number* of *split*."""
    window = split.windows[number]
    weeks = window.end - window.first
    done = tuple(key for key, start in window.starts if task.items[key].end_from(start) == window.end)
    taken = any(first == window.end for first, _ in task.taken)
    crews = sorted({crew for key, _ in window.starts for crew, people in task.items[key].needs if people})
    off = ((n, sum(task.crews[n].there_in(week) <= 0 for week in range(window.first, window.end))) for n in crews)
    away = tuple(pair for pair in off if pair[1])
    return Ending(number, weeks, weeks == task.longest, weeks == task.shortest, taken, done, window.end, away)


@dataclass(frozen=True, slots=True)
class Load:
    """How busy a *crew* is: for each week the people who are busy and those that are there.

    In the weeks that are in *stays* the crew works on an increment that stays.
    """

    crew: int
    weeks: tuple[tuple[int, int], ...]
    stays: frozenset[int] = frozenset()

    @property
    def full(self) -> int:
        """Return in how many weeks everybody who is there is busy."""
        return sum(busy >= there > 0 for busy, there in self.weeks)

    @property
    def idle(self) -> int:
        """Return in how many weeks somebody is there and nobody is busy."""
        return sum(there > 0 and not busy and week not in self.stays for week, (busy, there) in enumerate(self.weeks))

    @property
    def on_what_stays(self) -> int:
        """Return in how many weeks somebody is there, all of them for what stays."""
        return sum(there > 0 and not busy and week in self.stays for week, (busy, there) in enumerate(self.weeks))


def load(task: Task, split: Split) -> tuple[Load, ...]:
    """Return for each crew how busy it is up to the end of *split*."""
    until = max((window.end for window in split.windows), default=0)
    runs = [(n, start) for window in split.windows for n, start in window.starts]
    found = []
    for number, crew in enumerate(task.crews):
        busy = [0] * until
        for n, start in runs:
            for used, people in task.items[n].needs:
                for week in range(start, task.items[n].end_from(start)) if used == number else ():
                    there = crew.there_in(week)
                    busy[week] += there if people >= crew.people else min(people, there)
        found.append(Load(number, tuple((b, crew.there_in(week)) for week, b in enumerate(busy))))
    return tuple(found)
