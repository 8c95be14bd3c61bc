"""Drag: a gesture on the timeline as a value - what it holds, and what it would do if it were dropped now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from roadmapper.chart.snapping import snapped_from
from roadmapper.chart.timescale import TimeScale, Zoom
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.planning.grouping import Grouping

THRESHOLD = 5.0
WEEKEND = 2
FRIDAY = 4


class Deed(Enum):
    """What a drag does."""

    MOVE = "move"
    RESIZE_START = "resize start"
    RESIZE_END = "resize end"
    LINK = "link"
    CHECKPOINT = "move a checkpoint"


@dataclass(frozen=True, slots=True)
class Drag:
    """A press that may become a drag: where it began, what it took hold of, and where it is now.

    *lane* is the key of the lane in which it would come to lie, None while it stays in its own; *grouping* says by what
    lanes are told apart.
    """

    deed: Deed
    x: float
    y: float
    key: EntityId | None = None
    span: DateSpan | None = None
    days: int = 0
    begun: bool = False
    lane: EntityId | None = None
    grouping: Grouping = Grouping.PROJECT

    def moved(
        self,
        x: float,
        y: float,
        scale: TimeScale,
        *,
        free: bool = False,
        neighbours: Iterable[date] = (),
        lane: EntityId | None = None,
        one_axis: bool = False,
    ) -> Drag:
        """Return the drag with the pointer at *x*, *y*; it begins five pixels from the press. *free* does not snap.

        *lane* is the other lane that lies under the pointer. On *one_axis* the larger movement decides: across, only
        the days change, and up or down, only the lane.
        """
        begun = self.begun or abs(x - self.x) >= THRESHOLD or abs(y - self.y) >= THRESHOLD
        if not begun or self.span is None or self.deed is Deed.LINK:
            return replace(self, begun=begun)
        lane = lane if self.deed is Deed.MOVE else None
        if one_axis and abs(x - self.x) >= abs(y - self.y):
            lane = None
        elif one_axis and self.deed is Deed.MOVE:
            return replace(self, begun=True, days=0, lane=lane)
        edge = self.span.end if self.deed is Deed.RESIZE_END else self.span.start
        raw = later(edge, round((x - self.x) / scale.day_width))
        # An end snaps so that the last day is a Friday where a start snaps to a Monday.
        weekend = WEEKEND if self.deed is Deed.RESIZE_END and scale.zoom is Zoom.MONTH else 0
        near = [later(day, weekend) for day in neighbours]
        rest = raw if free else later(snapped_from(later(edge, weekend), later(raw, weekend), scale, near), -weekend)
        if self.deed is Deed.RESIZE_END and not free:
            rest = _worked(rest, edge)
        return replace(self, begun=True, days=(rest - edge).days, lane=lane)

    def result(self) -> DateSpan | None:
        """Return the days the increment would have if it were dropped now; a resize leaves at least one day."""
        if self.span is None:
            return None
        if self.deed is Deed.RESIZE_START:
            return DateSpan(min(later(self.span.start, self.days), self.span.end - timedelta(1)), self.span.end)
        if self.deed is Deed.RESIZE_END:
            return DateSpan(self.span.start, max(later(self.span.end, self.days), self.span.start + timedelta(1)))
        return self.span.shifted(self.days)

    @property
    def changes(self) -> bool:
        """Return whether dropping it now would change anything."""
        return self.begun and (self.lane is not None or self.result() != self.span)


def _worked(end: date, stood: date) -> date:
    """Return *end* so that the day before it is no Saturday or Sunday; an end dragged later never comes earlier."""
    beyond = max(later(end, -1).weekday() - FRIDAY, 0)
    rest = later(end, -beyond)
    return stood if rest < stood < end else rest
