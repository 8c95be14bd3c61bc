"""Painting: what the table shows beside text - the strip of ranks, the budget line, coin flips, and missing places."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from roadmapper.chart.palette import Palette
from roadmapper.planning.ranking.model import Chance

SMALL = 0.82


@dataclass(frozen=True, slots=True)
class Brushes:
    """The colours, the font and the pixels a unit has."""

    palette: Palette
    font: QFont
    unit: float

    @property
    def small(self) -> QFont:
        """Return a font for notes between rows."""
        font = QFont(self.font)
        font.setPointSizeF(font.pointSizeF() * SMALL)
        font.setWeight(QFont.Weight.DemiBold)
        return font


def paint_strip(
    qp: QPainter, brushes: Brushes, cell: QRect, rank: int, count: int, chance: Chance, *, funded: bool
) -> None:
    """Paint the ranks from 1 to *count* as a line, those of 9 draws in 10 as a bar, and the rank now as a dot."""
    unit, colours = brushes.unit, brushes.palette
    room = QRectF(cell).adjusted(10 * unit, 0, -10 * unit, 0)
    middle, radius, half = room.center().y(), 4.5 * unit, 3.5 * unit

    def x(place: float) -> float:
        return room.left() + room.width() * (place - 1) / max(count - 1, 1)

    qp.save()
    qp.setRenderHint(QPainter.RenderHint.Antialiasing)
    qp.setPen(QPen(QColor(colours.line), unit))
    qp.drawLine(QPointF(room.left(), middle), QPointF(room.right(), middle))
    full = QColor(colours.accent if funded else colours.secondary)
    qp.setPen(QPen(full, unit))
    qp.setBrush(QColor(colours.accent_tint if funded else colours.ghost))
    left, right = x(chance.low), x(chance.high)
    qp.drawRoundedRect(QRectF(left - half, middle - half, right - left + 2 * half, 2 * half), half, half)
    # A hollow dot is not funded: more than its colour tells it apart.
    qp.setBrush(full if funded else QColor(colours.surface))
    qp.setPen(QPen(full, 1.5 * unit))
    qp.drawEllipse(QPointF(x(rank), middle), radius, radius)
    qp.restore()


def paint_budget_line(qp: QPainter, brushes: Brushes, y: int, left: int, right: int, words: str) -> None:
    """Paint the line under what is funded, with its words in a box near its right end."""
    colours, unit = brushes.palette, brushes.unit
    qp.save()
    qp.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colours.bad), 1.5 * unit, Qt.PenStyle.DashLine)
    qp.setPen(pen)
    qp.drawLine(QPointF(left, y), QPointF(right, y))
    box = _box(brushes, words, y)
    box.moveRight(right - 8 * unit)
    if y >= 0:  # not under the heads
        box.moveTop(max(box.top(), unit))
    _paint_box(qp, brushes, box, words, colours.bad, colours.surface)
    qp.restore()


def paint_flip(qp: QPainter, brushes: Brushes, y: int, right: int, words: str) -> None:
    """Paint the note between two rows that nobody can tell which of them is first."""
    colours = brushes.palette
    qp.save()
    qp.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = _box(brushes, words, y)
    box.moveRight(right - 4 * brushes.unit)
    _paint_box(qp, brushes, box, words, colours.warning, colours.surface)
    qp.restore()


def paint_words(qp: QPainter, brushes: Brushes, cell: QRect, words: str, colour: str) -> None:
    """Paint words over several cells of a row, cut where they do not fit: why it has no place, what it is for."""
    qp.save()
    qp.setFont(brushes.font)
    qp.setPen(QColor(colour))
    margin = round(6 * brushes.unit)
    room = cell.adjusted(margin, 0, -margin, 0)
    shown = QFontMetricsF(brushes.font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    qp.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    qp.restore()


def _box(brushes: Brushes, words: str, y: int) -> QRectF:
    metrics, unit = QFontMetricsF(brushes.small), brushes.unit
    high = metrics.height() + 2 * unit
    return QRectF(0, y - high / 2, metrics.horizontalAdvance(words) + 14 * unit, high)


def _paint_box(qp: QPainter, brushes: Brushes, box: QRectF, words: str, edge: str, fill: str) -> None:
    qp.setPen(QPen(QColor(edge), brushes.unit))
    qp.setBrush(QColor(fill))
    qp.drawRoundedRect(box, 4 * brushes.unit, 4 * brushes.unit)
    qp.setFont(brushes.small)
    qp.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
