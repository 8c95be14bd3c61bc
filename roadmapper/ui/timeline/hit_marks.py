"""HitMarks: a ring around each bar that the finder found, above the chart."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from roadmapper.chart.painter import Painter, colour
from roadmapper.domain.entity import EntityId
from roadmapper.ui.timeline.view import TimelineView

AWAY = 3.0
ROUND = 7.0


class HitMarks:
    """Marks what was found, as far as it shows. It is the same at each step of a gesture."""

    still = True

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._found: Collection[EntityId] = frozenset()
        view.overlays.append(self)

    def mark(self, found: Collection[EntityId]) -> None:
        """Mark exactly these increments."""
        if found != self._found:
            self._found = found
            self._view.viewport().update()

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Paint the rings of what shows."""
        if not self._found:
            return
        view, lanes, unit = self._view, self._view.lanes, painter.view.unit
        top, bottom = view.top / unit, (view.top + body.height()) / unit
        first = painter.view.scale.day(painter.view.left)
        last = painter.view.scale.day(painter.view.left + body.width() + painter.view.scale.day_width)
        painter.qp.setBrush(Qt.BrushStyle.NoBrush)
        painter.qp.setPen(QPen(colour(painter.palette.accent), 2 * unit))
        for number in lanes.between(top, bottom):
            lane, above = lanes.lanes[number], lanes.tops[number]
            place = QRectF(0, body.top() + above * unit - view.top, body.width(), lane.height * unit)
            away = (AWAY if not lane.collapsed else 1.0) * unit
            for bar in lane.visible(first, last, lane.rows_between(top - above, bottom - above)):
                if bar.increment.id in self._found:
                    rect = painter.bar_rect(place, lane, bar).adjusted(-away, -away, away, away)
                    painter.qp.drawRoundedRect(rect, ROUND * unit, ROUND * unit)
