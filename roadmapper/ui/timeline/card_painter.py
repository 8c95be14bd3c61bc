"""CardPainter: where the price card stands beside the pointer, its strokes, and a picture of it to carry along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from roadmapper.chart.batches import ScreenPainter
from roadmapper.chart.painter import Painter, colour
from roadmapper.domain.wording import tr
from roadmapper.ui.timeline.card import FAINT, Line

ROW, WIDTH = 20.0, 320.0


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
    """The card as a picture, painted anew only when something else is to be read on it."""

    def __init__(self) -> None:
        self._painted: tuple[object, ...] = ()
        self._picture = QPixmap()

    def paint(self, painter: ScreenPainter, lines: Sequence[Line], rect: QRectF) -> None:
        """Paint a card of *lines* into *rect*."""
        sheet = painter.sheet
        wanted = (tuple(lines), rect.size(), sheet.palette, sheet.unit, sheet.ratio)
        if wanted != self._painted:
            self._picture = QPixmap(((rect.size() + QSizeF(2, 2)) * sheet.ratio).toSize())
            self._picture.setDevicePixelRatio(sheet.ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            qp = QPainter(self._picture)
            try:
                qp.setRenderHint(QPainter.RenderHint.Antialiasing)
                own = ScreenPainter(qp, painter.palette, painter.view, sheet=sheet)
                paint_card(own, lines, QRectF(QPointF(1, 1), rect.size()))
            finally:
                qp.end()
            self._painted = wanted
        painter.qp.drawPixmap(rect.topLeft() - QPointF(1, 1), self._picture)


def paint_card(painter: Painter, lines: Sequence[Line], rect: QRectF) -> None:
    """Paint a card of *lines* into *rect*."""
    qp, palette, unit = painter.qp, painter.palette, painter.view.unit
    row, pad = ROW * unit, 12 * unit
    qp.setPen(QPen(colour(palette.strong_line), 1))
    qp.setBrush(colour(palette.surface))
    qp.drawRoundedRect(rect, 8 * unit, 8 * unit)
    moods = {"bad": palette.bad, "good": palette.good, FAINT: palette.faint}
    for n, line in enumerate(lines):
        place = QRectF(rect.left() + pad, rect.top() + 8 * unit + n * row, rect.width() - 2 * pad, row)
        room = painter.font(11.5, QFont.Weight.DemiBold).horizontalAdvance(line.value + "  ") if line.value else 0
        heading = not line.value and line.mood != FAINT
        painter.font(11.5, QFont.Weight.DemiBold if heading else QFont.Weight.Normal)
        name = moods.get(line.mood, palette.text) if not line.value else palette.secondary
        painter.text(place.adjusted(0, 0, -room, 0), line.what, name)
        if not line.value:
            continue
        painter.font(11.5, QFont.Weight.DemiBold)
        painter.text(place, line.value, moods.get(line.mood, palette.text), Qt.AlignmentFlag.AlignRight)
    painter.font(10.5)
    foot = QRectF(rect.left() + pad, rect.bottom() - 26 * unit, rect.width() - 2 * pad, row)
    painter.text(foot, tr("Esc takes it back · Shift keeps to one axis"), palette.faint)
