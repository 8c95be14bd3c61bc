"""CardPainter: where the price card stands beside the pointer, its strokes, and a picture of it to carry along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from roadmapper.chart.batches import ScreenPainter
from roadmapper.chart.painter import Painter, colour
from roadmapper.chart.pieces import Sheet
from roadmapper.domain.wording import tr
from roadmapper.ui.timeline.card import FAINT, Line

ROW, WIDTH = 20.0, 320.0
PAD, TOP, ROUND = 12.0, 8.0, 8.0
RIM = 4
"""Within so many pixels of its edge lies nothing to be read on a card."""


def card_rect(lines: Sequence[Line], pointer: QPointF, body: QRectF, unit: float) -> QRectF:
    """Return where a card of *lines* stands, on whole pixels.

    That is below and right of the pointer, or wherever it stays inside *body*.
    """
    width, height = round(WIDTH * unit), round(ROW * unit * len(lines) + 40 * unit)
    left = min(pointer.x() + 24 * unit, body.right() - width - 8)
    top = pointer.y() + 26 * unit
    if top + height > body.bottom():
        top = pointer.y() - height - 26 * unit
    return QRectF(round(max(left, 8)), round(max(top, body.top() + 4)), width, height)


class CardPicture:
    """The card as it was painted last: of a line that says something else than before only that line is painted."""

    def __init__(self) -> None:
        self._lines: tuple[Line, ...] = ()
        self._size = QSizeF()
        self._sheet: Sheet | None = None
        self._picture = QPixmap()

    def paint(self, painter: ScreenPainter, lines: Sequence[Line], rect: QRectF) -> None:
        """Paint a card of *lines* into *rect*."""
        sheet, lines = painter.sheet, tuple(lines)
        inner = rect.adjusted(RIM, RIM, -RIM, -RIM)
        kept = self._lines if (inner.size(), sheet) == (self._size, self._sheet) else ()
        if lines != kept:
            self._note(painter, lines, kept, inner.size())
        qp, unit = painter.qp, painter.view.unit
        qp.setPen(QPen(colour(painter.palette.strong_line), 1))
        qp.setBrush(colour(painter.palette.surface))
        qp.drawRoundedRect(rect, ROUND * unit, ROUND * unit)
        qp.drawPixmap(inner.topLeft(), self._picture)

    def _note(self, painter: ScreenPainter, lines: tuple[Line, ...], kept: tuple[Line, ...], size: QSizeF) -> None:
        """Paint what is to be read on the card; *kept* is what can be read there already."""
        sheet, palette, unit = painter.sheet, painter.palette, painter.view.unit
        if not kept:
            self._picture = QPixmap((size * sheet.ratio).toSize())
            self._picture.setDevicePixelRatio(sheet.ratio)
            self._picture.fill(colour(palette.surface))
        wide, row = size.width() - 2 * (PAD - RIM) * unit, ROW * unit
        qp = QPainter(self._picture)
        try:
            own = ScreenPainter(qp, palette, painter.view, sheet=sheet)
            for n, line in enumerate(lines):
                if n >= len(kept) or kept[n] != line:
                    place = QRectF((PAD - RIM) * unit, round(TOP * unit + n * row) - RIM, wide, row)
                    qp.fillRect(place.toAlignedRect(), colour(palette.surface))
                    paint_line(own, line, place)
            if not kept:
                own.font(10.5)
                foot = QRectF((PAD - RIM) * unit, size.height() + RIM - 26 * unit, wide, row)
                own.text(foot, tr("Esc takes it back · Shift keeps to one axis"), palette.faint)
        finally:
            qp.end()
        self._lines, self._size, self._sheet = lines, size, sheet


def paint_line(painter: Painter, line: Line, place: QRectF) -> None:
    """Paint a line of a card: what at the left, how much at the right, in the colour of its mood."""
    palette = painter.palette
    moods = {"bad": palette.bad, "good": palette.good, FAINT: palette.faint}
    room = painter.font(11.5, QFont.Weight.DemiBold).horizontalAdvance(line.value + "  ") if line.value else 0
    heading = not line.value and line.mood != FAINT
    painter.font(11.5, QFont.Weight.DemiBold if heading else QFont.Weight.Normal)
    name = moods.get(line.mood, palette.text) if not line.value else palette.secondary
    painter.text(place.adjusted(0, 0, -room, 0), line.what, name)
    if line.value:
        painter.font(11.5, QFont.Weight.DemiBold)
        painter.text(place, line.value, moods.get(line.mood, palette.text), Qt.AlignmentFlag.AlignRight)
