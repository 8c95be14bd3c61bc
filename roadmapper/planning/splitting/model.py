"""The task of splitting, in weeks and people, and what answers it: values that all stages and the checker share.

Weeks are counted from 0; a boundary *end* is the end of week end - 1, so an increment takes the weeks
first <= week < end and everything in it goes live at the boundary *end*.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from roadmapper.domain.entity import EntityId


@dataclass(frozen=True, slots=True)
class Crew:
    """A team: its *people*, and how many of them are *there* in each of the first weeks (all of them later)."""

    title: str
    people: int
    there: tuple[int, ...] = ()

    def there_in(self, week: int) -> int:
        """Return how many people can work in *week*; 0 is a week in which the whole team is away."""
        return self.there[week] if week < len(self.there) else self.people


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work that fits into one increment; items are told apart by their place in the task.

    *weeks* is how long it takes if nothing interrupts it, *extra* by how much longer if it starts in the week of that
    index (holidays, days off). *needs* are pairs of crew and people, for as long as it runs: who needs all the people
    of a crew takes those that are there, and in a week in which nobody of the crew is there nobody is needed.
    *worth* is what it earns by the horizon, in minor units, by the boundary at which it goes live; 0 beyond the end of
    the tuple. *after* are pairs of an item and the weeks that must pass between its end and this one's start.
    *gates* are items that must be done, in the same increment, before this one may go live. *due* is the last boundary
    at which it may go live. An *optional* item may be left out. *published* is the boundary at which the plan that
    everybody knows releases it.
    """

    id: EntityId
    title: str
    weeks: int
    needs: tuple[tuple[int, int], ...] = ()
    worth: tuple[int, ...] = ()
    usable: bool = False
    after: tuple[tuple[int, int], ...] = ()
    gates: tuple[int, ...] = ()
    earliest: int = 0
    due: int | None = None
    optional: bool = False
    extra: tuple[int, ...] = ()
    published: int | None = None

    def end_from(self, start: int) -> int:
        """Return the boundary at which it is done when it starts in week *start*; never earlier for a later start."""
        return start + self.weeks + (self.extra[start] if start < len(self.extra) else 0)

    def worth_at(self, end: int) -> int:
        """Return the minor units it earns by the horizon when it goes live at the boundary *end*."""
        return self.worth[end] if end < len(self.worth) else 0


@dataclass(frozen=True, slots=True)
class Task:
    """Items to be delivered, who there is to do it, and what every increment must keep, in weeks.

    In the first *overhead* weeks of an increment nobody builds. No increment may overlap the *taken* weeks
    (first <= week < end). *move_cost* is what an item must gain, in minor units, to go live at another boundary than
    the published one. *horizon* is the last boundary that counts.
    """

    items: tuple[Item, ...]
    crews: tuple[Crew, ...]
    shortest: int
    longest: int
    horizon: int
    overhead: int = 0
    taken: tuple[tuple[int, int], ...] = ()
    move_cost: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """One increment: its weeks first <= week < end, and for each of its items the week in which it starts."""

    first: int
    end: int
    starts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Increments in order, and the optional items that none of them delivers."""

    windows: tuple[Window, ...]
    left_out: tuple[int, ...] = ()

    @property
    def released(self) -> dict[int, int]:
        """Return for each item that is delivered the boundary at which it goes live."""
        return {item: window.end for window in self.windows for item, _ in window.starts}


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """What a split is worth; the greater one is the better one.

    In this order: compliance dates missed (in weeks, negative), increments with nothing to use (negative), *value* in
    minor units (what is earned by the horizon less the cost of the moves), then an early first usable increment and an
    early end (both as negative boundaries).
    """

    late: int
    idle: int
    value: int
    first: int
    end: int


def trimmed(task: Task, split: Split) -> Split:
    """Return *split* with each increment beginning only when something in it does, if it does not get too short."""
    windows = []
    for window in split.windows:
        begins = min(start for _, start in window.starts) - task.overhead
        first = max(window.first, min(begins, window.end - task.shortest))
        windows.append(replace(window, first=first))
    return replace(split, windows=tuple(windows))


def worth_of(task: Task, split: Split) -> Worth:
    """Return what *split* is worth; takes it for granted that it keeps the rules of *task*."""
    value = late = idle = first = end = 0
    for window in reversed(split.windows):
        usable = False
        for key, _ in window.starts:
            item = task.items[key]
            value += item.worth_at(window.end)
            usable = usable or item.usable
            if item.due is not None and window.end > item.due:
                late += window.end - item.due
            if item.published is not None and item.published != window.end:
                value -= task.move_cost
        if usable:
            first = window.end
        else:
            idle += 1
        end = max(end, window.end)
    return Worth(-late, -idle, value, -first, -end)
