"""Trend painter: paints the line of a measure, and bars that can be told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from roadmapper.chart.bubble_painter import FontLetters
from roadmapper.chart.painter import colour
from roadmapper.chart.palette import Palette
from roadmapper.chart.trend import Level, TrendPicture
from roadmapper.chart.trend_bars import BarScale
from roadmapper.chart.value_picture import Written

DOT, LAST = 2.2, 3.6
TICK = 3.0
THICK = 0.34


@dataclass(slots=True)
class TrendPainter:
    """Strokes on one QPainter, in the colours of one palette."""

    qp: QPainter
    palette: Palette
    letters: FontLetters

    @property
    def _hair(self) -> float:
        return float(max(1, int(self.letters.unit)))

    def paint(self, picture: TrendPicture) -> None:
        """Paint levels, time axis and line: the target dashed, the baseline dotted, the last reading a larger dot."""
        qp, unit = self.qp, self.letters.unit
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.setFont(self.letters.font)
        frame = picture.frame
        bottom = picture.axis
        if picture.ticks:
            qp.setPen(QPen(colour(self.palette.line), self._hair))
            qp.drawLine(QLineF(frame.left, bottom, frame.left + frame.width, bottom))
        for x, words in picture.ticks:
            qp.setPen(QPen(colour(self.palette.faint), self._hair))
            qp.drawLine(QLineF(x, bottom, x, bottom + TICK * unit))
            self._write(words, self.palette.secondary)
        self._level(picture, picture.baseline, [1, 3], self.palette.secondary)
        self._level(picture, picture.target, [5, 3], self.palette.good)
        pen = QPen(colour(self.palette.accent), 1.8 * unit)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        qp.setPen(pen)
        qp.setBrush(Qt.BrushStyle.NoBrush)
        qp.drawPolyline(QPolygonF([QPointF(x, y) for x, y in picture.points]))
        qp.setPen(Qt.PenStyle.NoPen)
        qp.setBrush(colour(self.palette.accent))
        for x, y in picture.dots:
            qp.drawEllipse(QPointF(x, y), DOT * unit, DOT * unit)
        if picture.last is not None:
            qp.drawEllipse(QPointF(*picture.last), LAST * unit, LAST * unit)

    def bars(self, rect: QRectF, scale: BarScale, claimed: float, actual: float | None) -> None:
        """Paint what was claimed as a hollow bar above what was earned as a full one; nothing where nobody looked."""
        qp, unit = self.qp, self.letters.unit
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = rect.height() * THICK
        zero = rect.left() + scale.zero * rect.width()
        qp.setPen(QPen(colour(self.palette.faint), self._hair))
        qp.drawLine(QLineF(zero, rect.top(), zero, rect.bottom()))
        left, length = scale.bar(claimed)
        qp.setBrush(Qt.BrushStyle.NoBrush)
        qp.setPen(QPen(colour(self.palette.secondary), 1.2 * unit))
        upper = rect.center().y() - height - unit
        qp.drawRect(QRectF(rect.left() + left * rect.width(), upper, length * rect.width(), height))
        if actual is not None:
            left, length = scale.bar(actual)
            area = QRectF(rect.left() + left * rect.width(), rect.center().y() + unit, length * rect.width(), height)
            qp.fillRect(area, colour(self.palette.accent))

    def way(self, rect: QRectF, full: float, mark: float | None = None, *, done: bool = False) -> None:
        """Paint a bar that is filled up to *full*, from 0 to 1, with a line across at *mark*."""
        qp, unit = self.qp, self.letters.unit
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = min(3 * unit, rect.height() / 2)
        qp.setPen(QPen(colour(self.palette.faint), self._hair))
        qp.setBrush(colour(self.palette.surface))
        qp.drawRoundedRect(rect, radius, radius)
        inner = QRectF(rect.left(), rect.top(), rect.width() * full, rect.height())
        qp.setPen(Qt.PenStyle.NoPen)
        qp.setBrush(colour(self.palette.good if done else self.palette.accent))
        if full > 0:
            qp.drawRoundedRect(inner, radius, radius)
        if mark is not None:
            x = rect.left() + rect.width() * mark
            qp.setPen(QPen(colour(self.palette.text), 2 * unit))
            qp.drawLine(QLineF(x, rect.top() - 2 * unit, x, rect.bottom() + 2 * unit))

    def _level(self, picture: TrendPicture, level: Level, dashes: list[float], name: str) -> None:
        pen = QPen(colour(name), 1.2 * self.letters.unit)
        pen.setDashPattern(dashes)
        self.qp.setPen(pen)
        frame = picture.frame
        self.qp.drawLine(QLineF(frame.left, level.y, frame.left + frame.width, level.y))
        self._write(level.words, self.palette.secondary)

    def _write(self, written: Written, name: str) -> None:
        self.qp.setPen(colour(name))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        flags_all = flags | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
        self.qp.drawText(QRectF(*written.box), flags_all, written.words)
