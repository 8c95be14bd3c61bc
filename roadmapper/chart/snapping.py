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


def _nearest(day: date, before: date, after: date) -> date:
    return before if day - before <= after - day else after
