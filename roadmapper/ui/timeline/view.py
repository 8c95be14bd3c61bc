"""TimelineView: the painted timeline - what shows, where, and how the pointer and the wheel move about in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from roadmapper.chart.changing import touched_lanes
from roadmapper.chart.hits import Hit, hit
from roadmapper.chart.lanes import Arrangement, lay_out
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.dates import DateSpan, add_months
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.painted_view import PaintedView
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.workspace import PlanDelta

MARGIN_DAYS = 21
DOT_AT = 7
WHEEL_STEP = 120.0


class TimelineView(PaintedView):
    """Paints what is visible of the lanes; the gestures on it are in its subclass."""

    scaled = Signal()
    laid_out = Signal()

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(editor, selection, theme, today, parent)
        self._fitted: DateSpan | None = None
        self._fitted_into = 0
        self.days = MARGIN_DAYS
        """How many days can be scrolled through, if they do not all show."""
        self._reach: tuple[Plan, tuple[date, date]] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Timeline"))
        editor.opened.connect(self.show_roadmap)
        editor.changed.connect(self.show_changes)
        selection.changed.connect(self.viewport().update)

    def show_roadmap(self) -> None:
        """Lay everything out anew and fit the horizon into the view."""
        self.arrangement = replace(self.arrangement, expanded=frozenset(), shown=None)
        self.lanes = lay_out(self.editor.plan, self.today, self.arrangement)
        self.laid_out.emit()
        self.fit()

    def show_changes(self, delta: PlanDelta) -> None:
        """Lay out the lanes that *delta* touches."""
        plan, arrangement = self.editor.plan, self.arrangement
        touched = touched_lanes(delta, self.lanes, plan, arrangement.grouping)
        self.lanes = lay_out(plan, self.today, arrangement, self.lanes, touched)
        self.selection.prune(self.editor.plan)
        self.laid_out.emit()
        self._measure()
        self.viewport().update()

    def show_day(self, today: date) -> None:
        """Show another day as today, and what is due by then; nothing else moves."""
        self.today = today
        self.lanes = lay_out(self.editor.plan, today, self.arrangement)
        self.laid_out.emit()
        self.viewport().update()

    def expand(self, lane: EntityId, open_: bool) -> None:
        """Give each increment of a lane a row of its own, or put them back into one; a collapsed lane opens."""
        old = self.arrangement
        expanded = old.expanded | {lane} if open_ else old.expanded - {lane}
        self.arrange(replace(old, expanded=expanded, collapsed=old.collapsed - {lane}), [lane])

    def collapse(self, lane: EntityId, closed: bool) -> None:
        """Make a lane a low strip, or open it again."""
        old = self.arrangement
        collapsed = old.collapsed | {lane} if closed else old.collapsed - {lane}
        self.arrange(replace(old, collapsed=collapsed, expanded=old.expanded - {lane}), [lane])

    def arrange(self, arrangement: Arrangement, touched: Collection[EntityId] | None = None) -> None:
        """Lay the lanes out in another way; with *touched*, only these lanes change."""
        self.arrangement = arrangement
        self.lanes = lay_out(self.editor.plan, self.today, arrangement, self.lanes, touched)
        self.laid_out.emit()
        self._measure()
        self.viewport().update()

    def fit(self) -> None:
        """Show the whole horizon, and what is planned beyond it; big deliveries further off can be scrolled to."""
        plan = self.editor.plan
        self._fit_into(DateSpan(*self._within((plan.roadmap.span, *(i.span for i in plan.increments.values())))))

    def _fit_into(self, span: DateSpan) -> None:
        """Show the days of *span*, and keep them in view until somebody zooms."""
        self._fitted, self._fitted_into = span, self.width()
        for _ in range(2):  # with the first try the scroll bar of the rows may come or go
            room = self.viewport().width()
            scale = replace(self.scale, origin=self._shown()[0], day_width=1.0).zoomed(max(room - 24, 50) / span.days)
            self._set_scale(scale, scale.x(span.start))
            if room == self.viewport().width():
                break

    def go_to_today(self) -> None:
        """Bring today into the middle."""
        self.go_to(self.today)

    def go_to(self, day: date) -> None:
        """Bring *day* into the middle."""
        self.horizontalScrollBar().setValue(round(self.scale.x(day) - self.viewport().width() / 2))

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Zoom by *factor*; the date at *at* pixels from the left edge, or in the middle, stays put.

        There is always room for that, even beyond all that could be scrolled to before.
        """
        at = self.viewport().width() / 2 if at is None else at
        days = (self.left + at) / self.scale.day_width
        self._fitted, scale = None, self.scale.zoomed(factor)
        self._set_scale(scale, days * scale.day_width - at)

    def scroll_beyond(self, pixels: int) -> None:
        """Scroll through time by *pixels*, up to half a view further than there is anything."""
        across, room = self.horizontalScrollBar(), self.viewport().width() // 2
        low, high = min(-room, across.minimum()), max(self._widest() + room, across.maximum())
        left = min(max(round(self.left) + pixels, low), high)
        across.setRange(min(across.minimum(), left), max(across.maximum(), left))
        across.setValue(left)

    def hit_at(self, point: QPointF) -> Hit:
        """Return what lies at a point of the viewport."""
        unit = self.theme.unit
        return hit(self.lanes, self.scale, point.x() + self.left, point.y() - self.header + self.top, unit)

    def reveal(self, key: EntityId) -> None:
        """Scroll until the bar of an increment can be seen."""
        rect = self.bar_rect(key)
        if rect is None:
            return
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if rect.right() < 20 or rect.left() > self.viewport().width() - 20:
            across.setValue(round(self.left + rect.left() - self.viewport().width() / 3))
        if rect.top() < self.header or rect.bottom() > self.viewport().height():
            down.setValue(round(self.top + rect.top() - self.header - 60))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll rows; with Shift time; with Ctrl zoom around the pointer."""
        delta = event.angleDelta()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.2 ** (delta.y() / WHEEL_STEP), event.position().x())
        elif modifiers & Qt.KeyboardModifier.ShiftModifier or delta.x():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (delta.x() or delta.y()))
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - delta.y())
        event.accept()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep in view what was fitted into it until somebody zooms; a scroll bar that comes or goes moves nothing."""
        super().resizeEvent(event)
        if self._fitted is not None and self.width() != self._fitted_into:
            self._fit_into(self._fitted)
        else:
            self._measure()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Repaint after scrolling."""
        self.viewport().update()

    def _shown(self) -> tuple[date, date]:
        """Return the days that can be scrolled to: the horizon and whatever is planned outside it."""
        plan = self.editor.plan
        if self._reach is None or self._reach[0] is not plan:
            spans = [plan.roadmap.span, *(p.original for p in plan.projects.values())]
            self._reach = plan, self._within([*spans, *(i.span for i in plan.increments.values())])
        return self._reach[1]

    def _within(self, spans: Iterable[DateSpan]) -> tuple[date, date]:
        """Return first and last day of *spans*, as far as they lie within twenty years of the horizon."""
        spans, roadmap = list(spans), self.editor.plan.roadmap
        first = max(min([s.start for s in spans]), add_months(roadmap.start, -240))
        last = min(max([s.end for s in spans]), add_months(roadmap.horizon, 240))
        return first, last

    def _set_scale(self, scale: TimeScale, left: float | None = None) -> None:
        """Show another scale, scrolled to *left* pixels from its origin."""
        self.scale = scale
        self._measure(left)
        self.viewport().update()
        self.scaled.emit()

    def _measure(self, left: float | None = None) -> None:
        """Set the scroll bars to what can be scrolled to, and start the scale there; what shows stays where it is.

        *left* is to where one scrolls, in pixels from the origin; there is room for that, wherever it lies.
        """
        first, last = self._shown()
        left = self.left if left is None else left
        if first != self.scale.origin:
            left -= self.scale.x(first)
            self.scale = replace(self.scale, origin=first)
        width, height = self.viewport().width(), self.viewport().height() - self.header
        self.days = (last - self.scale.origin).days + MARGIN_DAYS
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(min(0, round(left)), max(self._widest(), round(left)))
        across.setValue(round(left))
        across.setPageStep(width)
        across.setSingleStep(40)
        down.setRange(0, max(0, round(self.lanes.height * self.theme.unit - height)))
        down.setPageStep(round(height))
        down.setSingleStep(40)

    def _widest(self) -> int:
        """Return how far one can scroll to the right as long as nobody has gone beyond that."""
        return max(0, round(self.days * self.scale.day_width - self.viewport().width()))
