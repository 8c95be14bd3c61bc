"""TimelineView: the painted timeline - what shows, where, and how the pointer and the wheel move about in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from roadmapper.chart.changing import touched_lanes, trial_of
from roadmapper.chart.drag import Deed, Drag
from roadmapper.chart.hits import Hit, hit
from roadmapper.chart.lanes import Arrangement, Lanes, lay_out
from roadmapper.chart.painter import HEADER, Painter, View, colour
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.dates import DateSpan, add_months
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.card import Line
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.workspace import PlanDelta

MARGIN_DAYS = 21
DOT_AT = 7
MOST_LINKS = 400
WHEEL_STEP = 120.0


class Layer(Protocol):
    """Something that is painted beneath the bars or above them: shaded holidays, a baseline, a rubber band."""

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Paint it into *body*, the part of the viewport below the time header, to which strokes are clipped."""


class TimelineView(QAbstractScrollArea):
    """Paints what is visible of the lanes; the gestures on it are in its subclass."""

    scaled = Signal()
    laid_out = Signal()

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = editor
        self.selection = selection
        self.theme = theme
        self.today = today
        self.scale = TimeScale(editor.plan.roadmap.start, 1.4)
        self.lanes = Lanes((), (0.0,))
        self.arrangement = Arrangement()
        self.drag: Drag | None = None
        self.trial: Plan | None = None
        self.pushed: Collection[EntityId] = ()
        self.card: list[Line] = []
        self.pointer = QPointF()
        self.hovered: EntityId | None = None
        self.underlays: list[Layer] = []
        self.overlays: list[Layer] = []
        self._fitted = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Timeline"))
        editor.opened.connect(self.show_roadmap)
        editor.changed.connect(self.show_changes)
        selection.changed.connect(self.viewport().update)

    @property
    def header(self) -> float:
        """Return the height of the time header in pixels."""
        return HEADER * self.theme.unit

    @property
    def left(self) -> float:
        """Return how far the picture is scrolled to the right."""
        return float(self.horizontalScrollBar().value())

    @property
    def top(self) -> float:
        """Return how far the picture is scrolled down."""
        return float(self.verticalScrollBar().value())

    def show_roadmap(self) -> None:
        """Lay everything out anew and fit the horizon into the view."""
        self.arrangement = replace(self.arrangement, expanded=frozenset(), collapsed=frozenset(), shown=None)
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
        first, last = self._within(s for s in (plan.roadmap.span, *(i.span for i in plan.increments.values())))
        width = max(self.viewport().width() - 24, 50)
        self._set_scale(
            replace(self.scale, origin=self._shown()[0], day_width=1.0).zoomed(width / max((last - first).days, 1))
        )
        self.horizontalScrollBar().setValue(round(self.scale.x(first)))
        self._fitted = True

    def go_to_today(self) -> None:
        """Bring today into the middle."""
        self.go_to(self.today)

    def go_to(self, day: date) -> None:
        """Bring *day* into the middle."""
        self.horizontalScrollBar().setValue(round(self.scale.x(day) - self.viewport().width() / 2))

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Zoom by *factor*; the date at *at* pixels from the left edge, or in the middle, stays put."""
        at = self.viewport().width() / 2 if at is None else at
        days = (self.left + at) / self.scale.day_width
        self._set_scale(self.scale.zoomed(factor))
        self._fitted = False
        self.horizontalScrollBar().setValue(round(days * self.scale.day_width - at))

    def hit_at(self, point: QPointF) -> Hit:
        """Return what lies at a point of the viewport."""
        unit = self.theme.unit
        return hit(self.lanes, self.scale, point.x() + self.left, point.y() - self.header + self.top, unit)

    def bar_rect(self, key: EntityId) -> QRectF | None:
        """Return where the bar of an increment stands in the viewport, or None if it is in no lane."""
        found = self.lanes.find(key)
        if found is None:
            return None
        number, bar = found
        painter = Painter(QPainter(), self.theme.palette, self._view())
        return painter.bar_rect(self._lane_rect(number), self.lanes.lanes[number], bar)

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
        """Keep the whole horizon in view until the user has zoomed."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        else:
            self._measure()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Repaint after scrolling."""
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is visible: grid, lanes, links, today, header, and the gesture under way."""
        qp = QPainter(self.viewport())
        try:
            self._paint(qp)
        finally:
            qp.end()  # a painter left open would end the process before an error could be told

    def _paint(self, qp: QPainter) -> None:
        unit, palette = self.theme.unit, self.theme.palette
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.viewport().width(), self.viewport().height()
        body = QRectF(0, self.header, width, height - self.header)
        qp.fillRect(QRectF(0, 0, width, height), colour(palette.surface))
        painter = Painter(qp, palette, self._view())
        qp.save()
        qp.setClipRect(body)
        for layer in self.underlays:
            layer.paint(painter, body)
        painter.grid(body)
        self._paint_lanes(painter)
        self._paint_links(painter)
        for layer in self.overlays:
            layer.paint(painter, body)
        qp.restore()
        head = QRectF(0, 0, width, self.header)
        painter.header(head)
        painter.today(body, head)
        if self.drag is not None and self.drag.begun and self.drag.deed is Deed.LINK:
            painter.arrow(QPointF(self.drag.x - self.left, self.drag.y), self.pointer, palette.accent)
        self._paint_dot(painter)
        if self.card:
            self._paint_card(painter, unit)

    def _paint_lanes(self, painter: Painter) -> None:
        unit = self.theme.unit
        top, bottom = self.top / unit, (self.top + self.viewport().height()) / unit
        for number in self.lanes.between(top, bottom):
            rect, lane = self._lane_rect(number), self.lanes.lanes[number]
            trial = trial_of(lane, self.trial, self.today, self.arrangement) if self.trial is not None else None
            if trial is not None:
                lane = trial
                self._paint_origin(painter, number)
            painter.lane(rect, lane, self.moving)
            painter.qp.setPen(QPen(colour(self.theme.palette.line), 1))
            painter.qp.drawLine(QPointF(rect.left(), rect.bottom()), QPointF(rect.right(), rect.bottom()))

    @property
    def moving(self) -> tuple[EntityId, ...]:
        """Return the increments that the gesture under way takes along."""
        return ()

    def _paint_origin(self, painter: Painter, number: int) -> None:
        """Paint a dashed outline where what is dragged came from, and a thinner one where what it pushes did."""
        lane = self.lanes.lanes[number]
        qp = painter.qp
        for bar in lane.bars:
            key = bar.increment.id
            if key in self.moving or key in self.pushed:
                qp.setBrush(Qt.BrushStyle.NoBrush)
                accent = painter.accent(bar.accent)
                width = 1.0 if key in self.moving else 0.7
                qp.setPen(QPen(colour(accent.full), width * self.theme.unit, Qt.PenStyle.DashLine))
                qp.drawRoundedRect(painter.bar_rect(self._lane_rect(number), lane, bar), 6, 6)

    def _paint_links(self, painter: Painter) -> None:
        """Paint the links of the lanes that show; above all of them those that are broken or selected."""
        plan, unit = self.editor.plan, self.theme.unit
        trial = self.trial.increments if self.trial is not None else {}
        top, bottom = self.top / unit, (self.top + self.viewport().height()) / unit
        shown = [bar.increment.id for n in self.lanes.between(top, bottom) for bar in self.lanes.lanes[n].bars]
        links = {link.id: link for key in shown for link in plan.links_by_increment.get(key, ())}

        def where(key: EntityId) -> QRectF | None:
            found = self.lanes.find(key)
            if found is None:
                return None
            number, bar = found
            span = trial[key].span if key in trial else None
            return painter.bar_rect(self._lane_rect(number), self.lanes.lanes[number], bar, span)

        def broken(link: Link) -> bool:
            one = trial.get(link.before) or plan.increments[link.before]
            two = trial.get(link.after) or plan.increments[link.after]
            late = one.span.end + timedelta(link.lag_days) > two.span.start
            return late and one.counts and two.counts

        telling = [k for k in links.values() if broken(k) or self.selection.focused in (k.before, k.after)]
        # More arrows than these nobody can follow: then only those are drawn that say something just now.
        painter.links(telling if len(links) > MOST_LINKS else links.values(), where, broken)

    def _paint_dot(self, painter: Painter) -> None:
        """Paint the spot from which a link is drawn, behind the bar under the pointer and the one in focus."""
        unit = self.theme.unit
        if self.drag is not None or not self.editor.may_plan:
            return
        for key in {self.hovered, self.selection.focused}:
            rect = self.bar_rect(key) if key is not None and key in self.editor.plan.increments else None
            if rect is not None and rect.top() >= self.header:
                painter.qp.setPen(QPen(colour(self.theme.palette.secondary), 1.2 * unit))
                painter.qp.setBrush(colour(self.theme.palette.surface))
                painter.qp.drawEllipse(QPointF(rect.right() + DOT_AT * unit, rect.center().y()), 4 * unit, 4 * unit)

    def _paint_card(self, painter: Painter, unit: float) -> None:
        qp, palette = painter.qp, self.theme.palette
        row, width = 20 * unit, 320 * unit
        height = row * len(self.card) + 40 * unit
        left = min(self.pointer.x() + 24 * unit, self.viewport().width() - width - 8)
        top = self.pointer.y() + 26 * unit
        if top + height > self.viewport().height():
            top = self.pointer.y() - height - 26 * unit
        rect = QRectF(max(left, 8), max(top, self.header + 4), width, height)
        qp.setPen(QPen(colour(palette.strong_line), 1))
        qp.setBrush(colour(palette.surface))
        qp.drawRoundedRect(rect, 8 * unit, 8 * unit)
        pad = 12 * unit
        for n, line in enumerate(self.card):
            place = QRectF(rect.left() + pad, rect.top() + 8 * unit + n * row, rect.width() - 2 * pad, row)
            room = painter.font(11.5, QFont.Weight.DemiBold).horizontalAdvance(line.value + "  ") if line.value else 0
            painter.font(11.5, QFont.Weight.Normal if line.value else QFont.Weight.DemiBold)
            painter.text(place.adjusted(0, 0, -room, 0), line.what, palette.secondary if line.value else palette.text)
            painter.font(11.5, QFont.Weight.DemiBold)
            moods = {"bad": palette.bad, "good": palette.good}
            painter.text(place, line.value, moods.get(line.mood, palette.text), Qt.AlignmentFlag.AlignRight)
        painter.font(10.5)
        foot = QRectF(rect.left() + pad, rect.bottom() - 26 * unit, rect.width() - 2 * pad, row)
        painter.text(foot, tr("Esc cancels · Alt: day by day"), palette.faint)

    def _lane_rect(self, number: int) -> QRectF:
        unit = self.theme.unit
        top = self.header + self.lanes.tops[number] * unit - self.top
        return QRectF(0, top, self.viewport().width(), self.lanes.lanes[number].height * unit)

    def _view(self) -> View:
        return View(
            scale=self.scale,
            left=self.left,
            unit=self.theme.unit,
            today=self.today,
            selected=self.selection.ids,
            focused=self.selection.focused if self.hasFocus() else None,
        )

    def _shown(self) -> tuple[date, date]:
        """Return the days that can be scrolled to: the horizon and whatever is planned outside it."""
        plan = self.editor.plan
        spans = [plan.roadmap.span, *(i.span for i in plan.increments.values())]
        return self._within([*spans, *(p.original for p in plan.projects.values())])

    def _within(self, spans: Iterable[DateSpan]) -> tuple[date, date]:
        """Return first and last day of *spans*, as far as they lie within twenty years of the horizon."""
        days = [(s.start, s.end) for s in spans]
        roadmap = self.editor.plan.roadmap
        first = max(min(start for start, _ in days), add_months(roadmap.start, -240))
        last = min(max(end for _, end in days), add_months(roadmap.horizon, 240))
        return first, last

    def _set_scale(self, scale: TimeScale) -> None:
        self.scale = scale
        self._measure()
        self.viewport().update()
        self.scaled.emit()

    def _measure(self) -> None:
        """Set the scroll bars to what can be scrolled to, and start the scale there."""
        first, last = self._shown()
        if first != self.scale.origin:
            left = self.left + self.scale.x(self.scale.origin) - self.scale.x(first)
            self.scale = replace(self.scale, origin=first)
            self.horizontalScrollBar().setRange(0, max(self.horizontalScrollBar().maximum(), round(left)))
            self.horizontalScrollBar().setValue(round(left))
        width, height = self.viewport().width(), self.viewport().height() - self.header
        wide = self.scale.x(last) + MARGIN_DAYS * self.scale.day_width
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, round(wide - width)))
        across.setPageStep(width)
        across.setSingleStep(40)
        down.setRange(0, max(0, round(self.lanes.height * self.theme.unit - height)))
        down.setPageStep(round(height))
        down.setSingleStep(40)
