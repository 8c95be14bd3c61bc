"""Tile pages: which rows stand on which page of a tiled timeline, as few pages high as the type allows; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from roadmapper.reports.bands import LaneBands

ENOUGH_TO_BEGIN = 0.35
STRETCH = 0.8
"""A project that does not need its page may become higher by this share of its height."""


class Part(NamedTuple):
    """The rows of a project from *first* up to *stop*, at *top*, *height* high."""

    lane: LaneBands
    first: int
    stop: int
    top: float
    height: float


def stacked(lanes: Sequence[LaneBands], height: float) -> list[list[Part]]:
    """Return the projects page by page, *height* each; tops count from the first row's.

    A project stands on one page where it can, and breaks between two rows of bars where it cannot.
    """
    pages: list[list[Part]] = [[]]
    used = 0.0
    for lane in lanes:
        whole = lane.height
        if whole > height - used and pages[-1] and (whole <= height or used > (1 - ENOUGH_TO_BEGIN) * height):
            pages.append([])
            used = 0.0
        for n, (first, stop) in enumerate(_breaks(lane, height - used, height)):
            if n:
                pages.append([])
                used = 0.0
            part = lane.part(first, stop)
            pages[-1].append(Part(lane, first, stop, used, part))
            used += part
    return [_spread(page, height) for page in pages]


def _breaks(lane: LaneBands, height: float, following: float) -> Iterator[tuple[int, int]]:
    """Yield which rows stand together: as many as fit into *height*, and then into *following* each; one at least."""
    first, count = 0, len(lane.bands)
    while True:
        stop = _reach(lane, first, height)
        yield first, stop
        if stop >= count:
            return
        first, height = stop, following


def _reach(lane: LaneBands, first: int, height: float) -> int:
    """Return behind which row a part must end that begins with *first*; found by halving."""
    low, high = min(first + 1, len(lane.bands)), len(lane.bands)
    while low < high:
        middle = (low + high + 1) // 2
        if lane.part(first, middle) <= height:
            low = middle
        else:
            high = middle - 1
    return low


def _spread(parts: Sequence[Part], height: float) -> list[Part]:
    """Share what is left of a page among its projects, as far as each may stretch."""
    used = sum(part.height for part in parts)
    stretch = min(STRETCH, max(height / used - 1.0, 0.0)) if used else 0.0
    found, top = [], 0.0
    for part in parts:
        tall = part.height * (1 + stretch)
        found.append(part._replace(top=top, height=tall))
        top += tall
    return found


def evened(lanes: Sequence[LaneBands], height: float, pages: int) -> list[list[Part]]:
    """Return the projects on *pages* pages about equally full, where they need no more at *height*."""
    low, high = 0.0, 1.0
    for _ in range(10):
        share = (low + high) / 2
        if len(stacked(lanes, height * share)) <= pages and max(lane.height for lane in lanes) <= height * share:
            high = share
        else:
            low = share
    found = stacked(lanes, height * high)
    return [_spread(page, height) for page in found] if len(found) <= pages else stacked(lanes, height)
