"""Scheduling: what comes after what, and whether that runs in a circle."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
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


def in_order(after: Mapping[K, Iterable[K]]) -> list[K]:
    """Return all members, each after those that come before it; raises graphlib.CycleError on a circle."""
    return list(TopologicalSorter(after).static_order())
