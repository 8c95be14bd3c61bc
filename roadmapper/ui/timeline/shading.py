"""CalendarLayer: beneath the bars, the days that nobody works and what lies beyond the horizon; the header's words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest

from PySide6.QtCore import QEvent, QLineF, QObject, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QPen
from PySide6.QtWidgets import QToolTip
from typing_extensions import override

from roadmapper.chart.painter import Painter, colour
from roadmapper.chart.shading import FREE_FROM, WEEKENDS_FROM, FreeDays, free_days, weekends, what_is_free
from roadmapper.chart.timescale import DAYS_FROM
from roadmapper.domain.dates import LAST_DAY, DateSpan
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text, weekday_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.timeline.view import TimelineView
from roadmapper.ui.widgets.labels import tip

TAG = 16.0


class CalendarLayer(QObject):
    """Shades weekends, holidays and what lies beyond the horizon; says in the header what day is under the pointer."""

    def __init__(self, editor: Editor, view: TimelineView) -> None:
        super().__init__(view)
        self._editor = editor
        self._view = view
        self._free = FreeDays(DateSpan(date(2000, 1, 1), date(2000, 1, 2)))
        self._read: tuple[object, ...] = ()
        view.underlays.append(self)
        view.overlays.append(HolidayNames(self))
        view.viewport().installEventFilter(self)

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Shade what shows of them."""
        view = painter.view
        first, last = view.scale.day(view.left), view.scale.day(view.left + body.width()) + timedelta(1)
        self.beyond(painter, body, words=True)
        wide = view.reading.day_width
        if wide >= WEEKENDS_FROM:
            for span in weekends(first, last):
                painter.qp.fillRect(_column(painter, body, span), colour(painter.palette.weekend))
        if wide >= FREE_FROM:
            free = self._free_days(first, last)
            for day in free.between(first, last):
                column = _column(painter, body, DateSpan(day, day + timedelta(1)))
                painter.qp.fillRect(column, colour(painter.palette.holiday))

    def paint_names(self, painter: Painter, body: QRectF) -> None:
        """Name the free days below the header, where single days are shown there."""
        view = painter.view
        if view.reading.day_width < DAYS_FROM:
            return
        first, last = view.scale.day(view.left), view.scale.day(view.left + body.width()) + timedelta(1)
        free = self._free_days(first, last)
        # Of days in a row that are called the same, the first one that shows bears the name.
        names = {day: free.names[day] for day in free.between(first, last)}
        days = [day for day, name in names.items() if names.get(day - timedelta(1)) != name]
        for day, following in zip_longest(days, days[1:]):
            left = body.left() + max(view.x(day), 0.0)
            end = body.left() + view.x(following) if following is not None else body.right()
            _name(painter, QRectF(left, body.top(), max(end - left, 0.0), TAG * view.unit), free.names[day])

    def beyond(self, painter: Painter, body: QRectF, *, words: bool) -> None:
        """Shade what lies beyond the horizon, with a line where it begins."""
        unit, palette = painter.view.unit, painter.palette
        x = body.left() + round(painter.view.x(self._editor.plan.roadmap.horizon))
        if x >= body.right():
            return
        left = max(x, body.left())
        painter.qp.fillRect(QRectF(left, body.top(), body.right() - left, body.height()), colour(palette.window))
        if x >= body.left():
            painter.qp.setPen(QPen(colour(palette.faint), painter.view.hair, Qt.PenStyle.DashLine))
            painter.qp.drawLine(QLineF(x, body.top(), x, body.bottom()))
        said = tr("beyond the horizon")
        metrics = painter.font(10.5)
        if words and metrics.horizontalAdvance(said) + 12 * unit <= body.right() - left:
            room = QRectF(left + 6 * unit, body.bottom() - 22 * unit, body.right() - left - 8 * unit, 18 * unit)
            painter.text(room, said, palette.faint)

    def words_for(self, day: date) -> str:
        """Return what there is to say about a day: its week, its quarter, and whether it is free."""
        plan, scale = self._editor.plan, self._view.scale
        week = tr("week {n}").format(n=day.isocalendar().week)
        lines = [" · ".join((weekday_text(day), week, scale.quarter_text(day)))]
        free = what_is_free(plan, day, self._free_days(day, day + timedelta(1)))
        if free:
            lines.append(free)
        if day >= plan.roadmap.horizon:
            lines.append(tr("beyond the horizon, which ends on {day}").format(day=day_text(plan.roadmap.span.finish)))
        return "\n".join(lines)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say in a tooltip what day lies under the pointer in the header."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        if event.pos().y() >= self._view.header:
            return False
        day = self._view.scale.day(self._view.left + event.pos().x())
        QToolTip.showText(event.globalPos(), tip(self.words_for(day)), self._view.viewport())
        return True

    def _free_days(self, first: date, last: date) -> FreeDays:
        """Return the free days around some days, worked out anew only when something else is asked or true."""
        plan = self._editor.plan
        read = (plan.days_off, plan.teams, plan.roadmap.country)
        known = len(self._read) == len(read) and all(one is two for one, two in zip(read, self._read, strict=True))
        last = min(last, LAST_DAY)
        if not known or first < self._free.within.start or last > self._free.within.end:
            roadmap = plan.roadmap
            self._free, self._read = free_days(plan, min(first, roadmap.start), max(last, roadmap.horizon)), read
        return self._free


def _column(painter: Painter, body: QRectF, span: DateSpan) -> QRectF:
    left, right = (body.left() + round(painter.view.x(day)) for day in (span.start, span.end))
    return QRectF(left, body.top(), right - left, body.height())


def _name(painter: Painter, room: QRectF, name: str) -> None:
    """Write the name of a free day at the left of *room*, which ends where the next free day begins."""
    unit, palette = painter.view.unit, painter.palette
    metrics = painter.font(10.5)
    wide = min(metrics.horizontalAdvance(name) + 10 * unit, room.width() - unit)
    tag = QRectF(room.left(), room.top(), wide, room.height())
    painter.qp.fillRect(tag, colour(palette.holiday))
    painter.text(tag.adjusted(5 * unit, 0, -2 * unit, 0), name, palette.text)


class HolidayNames:
    """Above the bars, what free days are called."""

    def __init__(self, calendar: CalendarLayer) -> None:
        self._calendar = calendar

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Paint their names."""
        self._calendar.paint_names(painter, body)
