"""Hits: what lies under the pointer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from roadmapper.chart.lanes import DIAMOND, GAP_HEIGHT, Bar, Diamond, Lane, Lanes
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.dates import DateSpan

EDGE = 6.0
OUTSIDE = 3.0
BODY = 24.0
DOT = 7.0


class Part(Enum):
    """Which part of the picture it is."""

    BODY = "body"
    START_EDGE = "start edge"
    END_EDGE = "end edge"
    DOT = "dot"
    DIAMOND = "diamond"
    GAP = "gap"
    LANE = "lane"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies at a point: the part, its lane, and the bar, diamond or gap it belongs to."""

    part: Part
    day: date
    lane: int | None = None
    bar: Bar | None = None
    diamond: Diamond | None = None
    gap: DateSpan | None = None


def hit(lanes: Lanes, scale: TimeScale, x: float, y: float, unit: float) -> Hit:
    """Return what lies at *x* pixels from the scale's origin and *y* pixels from the top of the first lane.

    *unit* is how many pixels a unit of the chart has.
    """
    day = scale.day(x)
    number = lanes.at(y / unit)
    if number is None:
        return Hit(Part.NOTHING, day)
    lane = lanes.lanes[number]
    inside = y / unit - lanes.tops[number]
    return (
        _diamond_hit(lane, scale, x, inside, unit, day, number)
        or _bar_hit(lane, scale, x, inside, unit, day, number)
        or _gap_hit(lane, scale, x, inside, day, number)
        or Hit(Part.LANE, day, number)
    )


def _diamond_hit(lane: Lane, scale: TimeScale, x: float, y: float, unit: float, day: date, number: int) -> Hit | None:
    if abs(y - lane.diamonds_top) > DIAMOND + 2:
        return None
    reach = (DIAMOND + 2) * unit
    first = bisect_left(lane.diamonds, scale.day(x - reach), key=_day)
    last = bisect_right(lane.diamonds, scale.day(x + reach), key=_day)
    near = [(abs(x - scale.x(d.checkpoint.day)), n) for n, d in enumerate(lane.diamonds[first:last], first)]
    distance, index = min(near, default=(reach + 1, 0))
    return Hit(Part.DIAMOND, day, number, diamond=lane.diamonds[index]) if distance <= reach else None


def _day(diamond: Diamond) -> date:
    return diamond.checkpoint.day


def _bar_hit(lane: Lane, scale: TimeScale, x: float, y: float, unit: float, day: date, number: int) -> Hit | None:
    # A dot and the outer side of an edge lie beyond their bar.
    first, last = scale.day(x - 2 * DOT * unit), scale.day(x + OUTSIDE * unit) + timedelta(1)
    found: Hit | None = None
    beside: Hit | None = None
    for bar in lane.visible(first, last, lane.rows_between(y, y)):
        top = lane.bar_top(bar.row)
        if not top <= y < top + lane.bar_height:
            continue
        left, right = scale.x(bar.increment.span.start), scale.x(bar.increment.span.end)
        edge = inside_edge(right - left, unit)
        if left <= x < right:
            part = Part.START_EDGE if x < left + edge else Part.END_EDGE if x >= right - edge else Part.BODY
            return Hit(part, day, number, bar)
        if left - OUTSIDE * unit <= x < left:
            beside = Hit(Part.START_EDGE, day, number, bar)
        elif right <= x < right + OUTSIDE * unit:
            beside = beside or Hit(Part.END_EDGE, day, number, bar)
        elif right <= x < right + DOT * unit * 2:
            found = Hit(Part.DOT, day, number, bar)
    return beside or found


def inside_edge(width: float, unit: float) -> float:
    """Return how far each edge of a bar *width* pixels wide reaches into it: a small bar is to be moved first."""
    return max(min(EDGE * unit, (width - BODY * unit) / 2), min(unit, width / 4))


def _gap_hit(lane: Lane, scale: TimeScale, x: float, y: float, day: date, number: int) -> Hit | None:
    if not lane.gaps_top - 2 <= y <= lane.gaps_top + GAP_HEIGHT + 2:
        return None
    for gap in lane.gaps:
        if scale.x(gap.start) <= x < scale.x(gap.end):
            return Hit(Part.GAP, day, number, gap=gap)
    return None
