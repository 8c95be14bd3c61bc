"""Marks: what a gesture paints above the bars - where a bar or a link would land, a rubber band, the selected link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen

from roadmapper.chart.lanes import Bar
from roadmapper.chart.link_hits import Curve
from roadmapper.chart.painter import Painter, colour

WIDE = 2.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """A link that is selected: where it runs, what its lag is, and whether it is violated."""

    curve: Curve
    lag: str
    broken: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything that is marked just now, in pixels of the viewport; each of it may be missing."""

    lane: QRectF | None = None
    refused: bool = False
    ghost: tuple[QRectF, Bar] | None = None
    target: QRectF | None = None
    band: QRectF | None = None
    links: Sequence[Chosen] = ()

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Paint it into *body*, without filling anything: what lies below stays to be read."""
        qp, palette, unit = painter.qp, painter.palette, painter.view.unit
        qp.setBrush(Qt.BrushStyle.NoBrush)
        accent = palette.bad if self.refused else palette.accent
        for link in self.links:
            self._link(painter, link)
        qp.setBrush(Qt.BrushStyle.NoBrush)
        qp.setPen(QPen(colour(accent), WIDE * unit))
        if self.lane is not None:
            inset = WIDE * unit
            qp.drawRoundedRect(self.lane.intersected(body).adjusted(inset, inset, -inset, -inset), 8 * unit, 8 * unit)
        if self.ghost is not None:
            rect, bar = self.ghost
            painter.bar(rect, bar.increment, painter.accent(bar.accent))
        if self.target is not None:
            qp.setBrush(Qt.BrushStyle.NoBrush)
            qp.setPen(QPen(colour(accent), 2.5 * unit))
            ring = 4 * unit
            qp.drawRoundedRect(self.target.adjusted(-ring, -ring, ring, ring), 9 * unit, 9 * unit)
        if self.band is not None:
            qp.setBrush(Qt.BrushStyle.NoBrush)
            qp.setPen(QPen(colour(palette.accent), 1.2 * unit, Qt.PenStyle.DashLine))
            qp.drawRect(self.band)

    def _link(self, painter: Painter, link: Chosen) -> None:
        """Paint a selected link strongly, a handle at each end, and its lag in the middle."""
        qp, palette, unit = painter.qp, painter.palette, painter.view.unit
        name = palette.bad if link.broken else palette.accent
        start, end = QPointF(*link.curve.start), QPointF(*link.curve.end)
        painter.arrow(start, end, name)
        painter.arrow(start + QPointF(0, 0.8 * unit), end + QPointF(0, 0.8 * unit), name)
        qp.setPen(QPen(colour(name), 1.6 * unit))
        qp.setBrush(colour(palette.surface))
        qp.drawEllipse(start, 3.5 * unit, 3.5 * unit)
        if link.lag:
            width = painter.font(10.5, QFont.Weight.DemiBold).horizontalAdvance(link.lag) + 10 * unit
            x, y = link.curve.at(0.5)
            place = QRectF(x - width / 2, y - 9 * unit, width, 18 * unit)
            qp.setPen(QPen(colour(name), 1.0 * unit))
            qp.drawRoundedRect(place, 5 * unit, 5 * unit)
            painter.text(place, link.lag, palette.text, Qt.AlignmentFlag.AlignHCenter)
