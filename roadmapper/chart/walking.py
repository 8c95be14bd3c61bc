"""Walking: which bar comes next when the focus is moved with the arrow keys."""

from __future__ import annotations

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
        index = bars.index(bar) + (1 if way is Way.RIGHT else -1)
        return bars[min(max(index, 0), len(bars) - 1)]
    others = lanes.lanes[number + 1 :] if way is Way.DOWN else lanes.lanes[:number][::-1]
    start = bar.increment.span.start
    return next(
        (min(lane.bars, key=lambda b: abs((b.increment.span.start - start).days)) for lane in others if lane.bars), bar
    )
