"""Spans: the weeks in which an item can start at all, and when it is done, looked up instead of worked out again."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from roadmapper.planning.splitting.model import Item, Task


@dataclass(frozen=True, slots=True)
class Span:
    """An item can start in the weeks *first* to *last*, both included; *ends* says when it is done, by start from 0."""

    first: int
    last: int
    ends: tuple[int, ...]

    def end(self, start: int) -> int:
        """Return the boundary at which it is done when it starts in week *start*."""
        return self.ends[start]

    def latest_start(self, end: int) -> int:
        """Return the last week in which it can start to be done by the boundary *end*; -1 if there is none."""
        return bisect_right(self.ends, end) - 1


def ends_of(item: Item, until: int) -> tuple[int, ...]:
    """Return the boundary at which it is done for each start from week 0 to *until*."""
    return tuple(item.end_from(week) for week in range(until + 1))


def topological(items: tuple[Item, ...]) -> list[int]:
    """Return the items so that each stands after what it needs; raises ValueError when they run in a circle."""
    waiting = [len(item.after) for item in items]
    followers: list[list[int]] = [[] for _ in items]
    for key, item in enumerate(items):
        for before, _ in item.after:
            followers[before].append(key)
    order = [key for key, count in enumerate(waiting) if not count]
    for key in order:
        for later in followers[key]:
            waiting[later] -= 1
            if not waiting[later]:
                order.append(later)
    if len(order) < len(items):
        raise ValueError("the items run in a circle")
    return order


def spans(task: Task, until: int) -> list[Span]:
    """Return the span of each item of *task* when everything is to be live by the boundary *until*.

    A span that is empty (its first week after its last) belongs to an item that cannot be delivered.
    """
    order = topological(task.items)
    ends = [ends_of(item, until) for item in task.items]
    firsts = [0] * len(order)
    for key in order:
        item = task.items[key]
        ready = [ends[before][min(firsts[before], until)] + lag for before, lag in item.after]
        firsts[key] = min(max([task.overhead, item.earliest, *ready]), until)
    lasts = [0] * len(order)
    limit = [min(until, until if item.due is None else item.due) for item in task.items]
    for key in reversed(order):
        lasts[key] = bisect_right(ends[key], limit[key]) - 1
        if not task.items[key].optional:
            for before, lag in task.items[key].after:
                limit[before] = min(limit[before], lasts[key] - lag)
    return [Span(first, last, each) for first, last, each in zip(firsts, lasts, ends, strict=True)]
