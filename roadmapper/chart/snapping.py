"""Snapping: which day a dragged edge comes to rest on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from roadmapper.chart.timescale import TimeScale, Zoom
from roadmapper.domain.dates import add_months, later, monday

NEAR = 6.0


def snapped(day: date, scale: TimeScale, neighbours: Iterable[date] = ()) -> date:
    """Return the boundary nearest to *day*: a neighbour's edge within a few pixels, else the zoom's own unit.

    The unit is a day when weeks are looked at, a Monday when months are, the first of a month when quarters are.
    """
    near = [(abs((n - day).days), n) for n in neighbours if abs((n - day).days) * scale.day_width <= NEAR]
    if near:
        return min(near)[1]
    if scale.zoom is Zoom.WEEK:
        return day
    if scale.zoom is Zoom.MONTH:
        return _nearest(day, monday(day), monday(day) + timedelta(7))
    first = day.replace(day=1)
    return _nearest(day, first, add_months(first, 1))


def nudged(day: date, scale: TimeScale, steps: int) -> date:
    """Return *day* moved by *steps* units of the zoom: days, weeks or months."""
    if scale.zoom is Zoom.WEEK:
        return later(day, steps)
    if scale.zoom is Zoom.MONTH:
        return later(day, 7 * steps)
    return later(day, (add_months(day, steps) - day).days)


def snapped_from(edge: date, day: date, scale: TimeScale, neighbours: Iterable[date] = ()) -> date:
    """Return where an edge that stood on *edge* comes to rest when a hand brings it to *day*: never against the hand.

    What lies on the other side of *edge* is no goal; where no boundary is nearer, the edge stays where it stood.
    """
    if day == edge:
        return edge
    forward = day > edge
    rest = snapped(day, scale, [near for near in neighbours if (near > edge) == forward and near != edge])
    if (rest > edge) == forward and rest != edge:
        return rest
    following = nudged_to(edge, scale, forward=forward)
    return following if abs((following - day).days) < abs((day - edge).days) else edge


def nudged_to(day: date, scale: TimeScale, *, forward: bool) -> date:
    """Return the next boundary of the zoom's unit after *day*, or with *forward* false the one before it."""
    if scale.zoom is Zoom.WEEK:
        return later(day, 1 if forward else -1)
    if scale.zoom is Zoom.MONTH:
        return later(monday(day), 7) if forward else monday(later(day, -1))
    return add_months(day.replace(day=1), 1) if forward else later(day, -1).replace(day=1)


def _nearest(day: date, before: date, after: date) -> date:
    return before if day - before <= after - day else after
