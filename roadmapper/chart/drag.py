"""Drag: a gesture on the timeline as a value - what it holds, and what it would do if it were dropped now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from roadmapper.chart.snapping import snapped
from roadmapper.chart.timescale import TimeScale, Zoom
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId

THRESHOLD = 5.0
WEEKEND = 2


class Deed(Enum):
    """What a drag does."""

    MOVE = "move"
    RESIZE_START = "resize start"
    RESIZE_END = "resize end"
    LINK = "link"
    CHECKPOINT = "move a checkpoint"


@dataclass(frozen=True, slots=True)
class Drag:
    """A press that may become a drag: where it began, what it took hold of, and where it is now."""

    deed: Deed
    x: float
    y: float
    key: EntityId | None = None
    span: DateSpan | None = None
    days: int = 0
    begun: bool = False

    def moved(
        self, x: float, y: float, scale: TimeScale, *, free: bool = False, neighbours: Iterable[date] = ()
    ) -> Drag:
        """Return the drag with the pointer at *x*, *y*; it begins five pixels from the press. *free* does not snap."""
        begun = self.begun or abs(x - self.x) >= THRESHOLD or abs(y - self.y) >= THRESHOLD
        if not begun or self.span is None or self.deed is Deed.LINK:
            return replace(self, begun=begun)
        edge = self.span.end if self.deed is Deed.RESIZE_END else self.span.start
        raw = later(edge, round((x - self.x) / scale.day_width))
        # An end snaps so that the last day is a Friday where a start snaps to a Monday.
        weekend = WEEKEND if self.deed is Deed.RESIZE_END and scale.zoom is Zoom.MONTH else 0
        near = [later(day, weekend) for day in neighbours]
        rest = raw if free else later(snapped(later(raw, weekend), scale, near), -weekend)
        return replace(self, begun=True, days=(rest - edge).days)

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
        return self.begun and self.result() != self.span
