"""CornerOverlay: what is otherwise than at the point that is compared with, marked at the corners of the bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen

from roadmapper.chart.lanes import Bar, Lanes
from roadmapper.chart.painter import Painter, colour
from roadmapper.planning.against_baseline import Against, Pair
from roadmapper.planning.phrases import short_length_text
from roadmapper.ui.timeline.baseline_overlay import MOST_FINE, area_in, days_in, lanes_in, rows_in
from roadmapper.ui.timeline.comparing import Comparing
from roadmapper.ui.timeline.view import TimelineView

PLUS = 6.5
AROUND = 20.0


class Shift(NamedTuple):
    """How a bar moved: an arrow, or a sign where only its finish did, and how far; at which end it is said."""

    sign: str
    length: str
    at_start: bool


class CornerOverlay:
    """Painted above the bars: a plus in the corner of each one that is new, an arrow and how far at each that moved."""

    still = True

    def __init__(self, comparing: Comparing, view: TimelineView) -> None:
        self._comparing = comparing
        self._view = view
        self._known: Against | None = None
        self._added: frozenset[str] = frozenset()
        self._moved: dict[str, Shift] = {}

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Paint what shows."""
        found, lanes = self._comparing.against, self._view.lanes
        if self._comparing.point is None or not (found.added or found.moved):
            return
        if self._known is not found:
            self._known, self._added = found, frozenset(i.id for i in found.added)
            self._moved = {p.after.id: shift_of(p) for p in found.moved}
        pluses, shifts = [], []
        for bar, place in self._bars(painter, body, lanes):
            if bar.increment.id in self._added:
                pluses.append(_corner(place, painter.view.unit))
            else:
                shifts.append((self._moved[bar.increment.id], place))
        painter.qp.save()
        self._pluses(painter, pluses)
        if len(shifts) <= MOST_FINE:  # where there are more, nobody could read one
            for shift, place in shifts:
                _paint_shift(painter, shift, place)
        painter.qp.restore()

    def _pluses(self, painter: Painter, middles: Sequence[QPointF]) -> None:
        qp, unit = painter.qp, painter.view.unit
        small = 0.5 if len(middles) > MOST_FINE else 1.0
        arm, radius = 3.5 * unit * small, PLUS * unit * small
        qp.setPen(QPen(colour(painter.palette.surface), unit))
        qp.setBrush(colour(painter.palette.good))
        for middle in middles:
            qp.drawEllipse(middle, radius, radius)
        pen = QPen(colour(painter.palette.surface), 1.8 * unit * small)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        qp.setPen(pen)
        strokes = []
        for m in middles:
            strokes += [QLineF(m.x() - arm, m.y(), m.x() + arm, m.y()), QLineF(m.x(), m.y() - arm, m.x(), m.y() + arm)]
        qp.drawLines(strokes)

    def _bars(self, painter: Painter, body: QRectF, lanes: Lanes) -> Iterator[tuple[Bar, QRectF]]:
        """Yield the bars that are new or moved and show, with where they stand."""
        area, unit = area_in(painter, body).adjusted(-AROUND, -AROUND, AROUND, AROUND), painter.view.unit
        first, last = days_in(painter, area)
        moving = self._view.moving
        for number, rect in lanes_in(self._view, painter, body, area):
            lane = lanes.lanes[number]
            for bar in lane.visible(first, last, rows_in(lane, rect, area, unit)):
                key = bar.increment.id
                if (key in self._added or key in self._moved) and key not in moving:
                    yield bar, painter.bar_rect(rect, lane, bar)


def shift_of(pair: Pair) -> Shift:
    """Return in words how far a bar moved: by its start, or by its finish where that alone is another."""
    whole = pair.start_days != 0
    days = pair.start_days if whole else pair.end_days
    length = short_length_text(abs(days))
    if whole:
        return Shift("→" if days > 0 else "←", length, at_start=True)
    return Shift("+" if days > 0 else "−", length, at_start=False)


def _corner(place: QRectF, unit: float) -> QPointF:
    return QPointF(place.left() + 2 * unit, place.top() + min(2 * unit, place.height() / 2))


def _paint_shift(painter: Painter, shift: Shift, place: QRectF) -> None:
    """Paint the sign on the upper edge of a bar, with how far where the bar is wide enough."""
    qp, unit, palette = painter.qp, painter.view.unit, painter.palette
    metrics = painter.font(9.5, QFont.Weight.Bold)
    spaced = " " if shift.at_start else ""
    words = f"{shift.sign}{spaced}{shift.length}"
    pad, high = 4 * unit, metrics.height() + unit
    wide = metrics.horizontalAdvance(words) + 2 * pad
    if wide > place.width() + 2 * pad:
        words = shift.sign
        wide = max(metrics.horizontalAdvance(words) + 1.4 * pad, high)
    left = place.left() - pad / 2 if shift.at_start else place.right() + pad / 2 - wide
    chip = QRectF(left, place.top() - high / 2, wide, high)
    qp.setPen(QPen(colour(palette.surface), unit))
    qp.setBrush(colour(palette.secondary))
    qp.drawRoundedRect(chip, high / 2, high / 2)
    qp.setPen(colour(palette.surface))
    qp.drawText(chip, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)
