"""RevenueStrip: the curve under the lanes - what is earned month by month, against one big delivery."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.chart.painter import Painter, View, colour
from roadmapper.domain.wording import tr
from roadmapper.planning.forecast import curve
from roadmapper.planning.phrases import day_text, money_text, month_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.view import TimelineView

HEIGHT = 118


class RevenueStrip(QWidget):
    """Figures at the left, the curve at the right, under the same time scale as the timeline above."""

    def __init__(self, editor: Editor, view: TimelineView, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._view = view
        self._theme = theme
        self._points: list[tuple[date, float, float]] = []
        self.setAccessibleName(tr("Revenue earned so far"))
        editor.opened.connect(self.refresh)
        editor.changed.connect(self.refresh)
        view.scaled.connect(self.update)
        view.horizontalScrollBar().valueChanged.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        """Return the height that the figures need."""
        return QSize(400, round(HEIGHT * self._theme.unit))

    def refresh(self) -> None:
        """Read the plan anew."""
        self._points = curve(self._editor.plan)
        plan, big = self._points[-1][1:]
        currency = self._editor.plan.roadmap.currency
        words = tr("This plan {plan}, one big delivery {big}")
        self.setAccessibleDescription(
            words.format(plan=money_text(round(plan), currency), big=money_text(round(big), currency))
        )
        self.update()

    def break_even(self) -> date | None:
        """Return the first month by which the plan has earned what the big deliveries bring by the horizon."""
        total = self._points[-1][2] if self._points else 0.0
        return next((day for day, plan, _ in self._points if total > 0 and plan >= total), None)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint figures and curve."""
        qp = QPainter(self)
        try:
            self._paint(qp)
        finally:
            qp.end()

    def _paint(self, qp: QPainter) -> None:
        unit, palette = self._theme.unit, self._theme.palette
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.fillRect(self.rect(), colour(palette.surface))
        qp.setPen(QPen(colour(palette.strong_line), 1))
        qp.drawLine(0, 0, self.width(), 0)
        split = self._view.x()
        view = View(self._view.scale, self._view.left, unit, None)
        painter = Painter(qp, palette, view)
        self._figures(painter, QRectF(14 * unit, 10 * unit, split - 28 * unit, 20 * unit))
        area = QRectF(split, 1, self.width() - split, self.height() - 1)
        qp.setClipRect(area)
        painter.grid(area)
        if self._points:
            painter.curve(area, self._points)

    def _figures(self, painter: Painter, row: QRectF) -> None:
        palette, currency = self._theme.palette, self._editor.plan.roadmap.currency
        painter.font(12.5, QFont.Weight.DemiBold)
        painter.text(row, tr("Revenue earned so far"), palette.text)
        if not self._points:
            return
        _, plan, big = self._points[-1]
        day = self._editor.plan.roadmap.span.finish
        even = self.break_even()
        lines = [
            (tr("This plan by {day}").format(day=day_text(day)), money_text(round(plan), currency), palette.accent),
            (tr("One big delivery each"), money_text(round(big), currency), palette.secondary),
            (
                tr("Earns more from"),
                f"{month_text(even)} {even.year}" if even else "–",
                palette.text,
            ),
        ]
        for what, value, name in lines:
            row.translate(0, 21 * self._theme.unit)
            metrics = painter.font(11.5, QFont.Weight.DemiBold)
            width = metrics.horizontalAdvance(value) + 4
            painter.text(QRectF(row.right() - width, row.top(), width, row.height()), value, name)
            painter.font(11.5)
            painter.text(QRectF(row.left(), row.top(), row.width() - width - 4, row.height()), what, palette.secondary)
