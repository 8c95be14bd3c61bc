"""Scheduling: what comes after what, and whether that runs in a circle."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def circle_in(after: Mapping[K, Iterable[K]]) -> list[K]:
    """Return a path that leads back to its first member, which it names twice, or nothing.

    *after* says for each member which others come before it; in the path each member comes before the next.
    """
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        path: list[K] = error.args[1]
        return path
    return []


def way_between(one: K, other: K, next_ones: Callable[[K], Iterable[K]]) -> list[K]:
    """Return the shortest way from *one* to *other*, both named, along *next_ones*; nothing where there is none."""
    came_from: dict[K, K] = {one: one}
    row = [one]
    while row and other not in came_from:
        found: list[K] = []
        for key in row:
            for each in next_ones(key):
                if each not in came_from:
                    came_from[each] = key
                    found.append(each)
        row = found
    if other not in came_from:
        return []
    way = [other]
    while way[-1] != one:
        way.append(came_from[way[-1]])
    return way[::-1]


def circles_in(after: Mapping[K, Iterable[K]]) -> list[list[K]]:
    """Return paths that share no member and each lead back to their first one; at least one where there are circles.

    All of them are found in one pass: what cannot be ordered always waits for something that cannot be ordered either,
    so whoever follows that must come round.
    """
    sorter = TopologicalSorter(after)
    with suppress(CycleError):  # it goes on all the same, as far as the circles let it
        sorter.prepare()
    ordered: set[K] = set()
    while ready := sorter.get_ready():
        ordered.update(ready)
        sorter.done(*ready)
    waits = {key: next(k for k in keys if k not in ordered) for key, keys in after.items() if key not in ordered}
    circles: list[list[K]] = []
    seen: set[K] = set()
    for start in waits:
        path: list[K] = []
        key = start
        while key not in seen:
            seen.add(key)
            path.append(key)
            key = waits[key]
        if key in path:
            circle = path[path.index(key) :]
            circles.append([*reversed(circle), circle[-1]])
    return circles


def in_order(after: Mapping[K, Iterable[K]]) -> list[K]:
    """Return all members, each after those that come before it; raises graphlib.CycleError on a circle."""
    return list(TopologicalSorter(after).static_order())
