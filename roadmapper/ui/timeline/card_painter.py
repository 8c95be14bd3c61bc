"""CardPainter: where the price card stands beside the pointer, its strokes, and a picture of it to carry along."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import inf

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from roadmapper.chart.batches import ScreenPainter
from roadmapper.chart.lanes import Bar, Lane
from roadmapper.chart.painter import Painter, colour
from roadmapper.chart.pieces import Sheet
from roadmapper.domain.wording import tr
from roadmapper.ui.timeline.card import FAINT, Line
from roadmapper.ui.timeline.picture import Scene

ROW, WIDTH = 20.0, 320.0
PAD, TOP, ROUND = 12.0, 8.0, 8.0
HAND, HEAVY = 14.0, 50.0
MATTERS = 900.0
"""A card goes to another corner where it covers so many square units less."""
LABELLED = 22.0
MOST = 12
RIM = 4
"""Within so many pixels of its edge lies nothing to be read on a card."""


def card_rect(
    lines: Sequence[Line], pointer: QPointF, body: QRectF, unit: float, clear: Sequence[QRectF] = ()
) -> QRectF:
    """Return where a card of *lines* stands, on whole pixels: beside the pointer and always inside *body*.

    That is below and right of the pointer, or at another corner of it where less of *clear* is covered.
    """
    width, height = round(WIDTH * unit), round(ROW * unit * len(lines) + 40 * unit)
    x, y = pointer.x(), pointer.y()
    hand = QRectF(x - HAND * unit, y - HAND * unit, 2 * HAND * unit, 2 * HAND * unit)
    best, least = QRectF(), inf
    for top in (y + 26 * unit, y - height - 26 * unit):
        for left in (x + 24 * unit, x - width - 24 * unit):
            inside = max(min(left, body.right() - width - 8), 8.0)
            below = max(min(top, body.bottom() - height - 8), body.top() + 4)
            place = QRectF(round(inside), round(below), width, height)
            covered = HEAVY * _common(place, hand) + sum(_common(place, rect) for rect in clear)
            if covered + MATTERS * unit * unit < least:
                best, least = place, covered
            if not least:
                return best
    return best


def _common(one: QRectF, two: QRectF) -> float:
    """Return how many square pixels two rectangles have in common."""
    wide = min(one.right(), two.right()) - max(one.left(), two.left())
    return wide * max(min(one.bottom(), two.bottom()) - max(one.top(), two.top()), 0.0) if wide > 0 else 0.0


def spoken_of(scene: Scene) -> list[QRectF]:
    """Return where what a card speaks of stands: bars that move, bars linked to them, silences that are too long."""
    found: list[QRectF] = []
    links = (link for key in islice(scene.moving, MOST) for link in scene.plan.links_by_increment.get(key, ())[:MOST])
    for key in islice(dict.fromkeys(k for link in links for k in (link.before, link.after)), MOST):
        place = scene.lanes.find(key)
        if place is not None:
            found.append(_bar_rect(scene, *place, scene.lanes.lanes[place[0]]))
    for number, lane in islice(scene.tried.items(), MOST):
        found += [_bar_rect(scene, number, bar, lane) for bar in lane.loose[:MOST]]
        top = scene.header + (scene.lanes.tops[number] + lane.gaps_top) * scene.view.unit - scene.top
        for gap in lane.gaps[:MOST]:
            left, right = scene.view.x(gap.start), scene.view.x(gap.end)
            found.append(QRectF(left, top, right - left, LABELLED * scene.view.unit))
    return found


def _bar_rect(scene: Scene, number: int, bar: Bar, lane: Lane) -> QRectF:
    unit, span = scene.view.unit, bar.increment.span
    top = scene.header + (scene.lanes.tops[number] + lane.bar_top(bar.row)) * unit - scene.top
    left = scene.view.x(span.start)
    return QRectF(left, top, scene.view.x(span.end) - left, lane.bar_height * unit)


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
