"""Walking: which bar comes next when the focus is moved with the arrow keys."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from enum import Enum

from roadmapper.chart.lanes import Bar, Lanes
from roadmapper.domain.entity import EntityId


class Way(Enum):
    """Where to go from the bar in focus."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    FIRST = "first"
    LAST = "last"


def next_bar(lanes: Lanes, focused: EntityId | None, way: Way) -> Bar | None:
    """Return the bar that *way* leads to: in the lane, or in the next lane with bars the one that starts nearest.

    Without a focus it is the first of all; at an end the focus stays. None while there are no bars.
    """
    found = lanes.find(focused) if focused is not None else None
    if found is None:
        return next((lane.bars[0] for lane in lanes.lanes if lane.bars), None)
    number, bar = found
    bars = lanes.lanes[number].bars
    if way in (Way.FIRST, Way.LAST):
        return bars[0 if way is Way.FIRST else -1]
    if way in (Way.LEFT, Way.RIGHT):
        index = bisect_left(bars, _order(bar), key=_order) + (1 if way is Way.RIGHT else -1)
        return bars[min(max(index, 0), len(bars) - 1)]
    ahead = range(number + 1, len(lanes.lanes)) if way is Way.DOWN else range(number - 1, -1, -1)
    return next((_nearest(lanes.lanes[n].bars, bar) for n in ahead if lanes.lanes[n].bars), bar)


def _order(bar: Bar) -> tuple[date, date, EntityId]:
    increment = bar.increment
    return increment.span.start, increment.span.end, increment.id


def _nearest(bars: Sequence[Bar], bar: Bar) -> Bar:
    """Return the one of *bars*, which are in order, that starts nearest to *bar*; the earlier of two as near."""
    start = bar.increment.span.start
    place = bisect_left(bars, start, key=_start)
    if place == len(bars):
        place = bisect_left(bars, _start(bars[-1]), key=_start)
    elif place and start - _start(bars[place - 1]) <= _start(bars[place]) - start:
        place = bisect_left(bars, _start(bars[place - 1]), key=_start)
    return bars[place]


def _start(bar: Bar) -> date:
    return bar.increment.span.start
