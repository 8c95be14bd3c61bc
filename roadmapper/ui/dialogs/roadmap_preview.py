"""RoadmapPreview: a small chart of all projects, painted like the timeline, to look at before anything is changed."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapper.chart.lanes import Lanes, lay_out
from roadmapper.chart.painter import HEADER, Painter, View, colour
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.looks import palette_of, unit_of

AIR_DAYS = 7
SMALL = 0.75
TITLES = 190
PALE = 0.45


class RoadmapPreview(QWidget):
    """The lanes of all projects with their titles, from the roadmap's start to its horizon; as high as they are."""

    def __init__(self, plan: Plan, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._today = today
        self._lanes: Lanes = lay_out(plan, today)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(tr("Preview of the timeline"))

    def show_plan(self, plan: Plan) -> None:
        """Show the roadmap as it is in *plan*."""
        self._plan = plan
        self._lanes = lay_out(plan, self._today)
        titles = ", ".join(p.title for p in plan.projects_in_order)
        self.setAccessibleDescription(tr("{n} projects: {titles}").format(n=len(plan.projects), titles=titles))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the height of the header and all lanes."""
        return QSize(round(720 * unit_of(self)), round((HEADER + self._lanes.height) * self._unit()))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least width in which months can be told apart."""
        return QSize(round(400 * unit_of(self)), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the header, and the lanes that show; pale while the widget is disabled."""
        unit, palette = self._unit(), palette_of(self)
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.setOpacity(1.0 if self.isEnabled() else PALE)
        left = TITLES * unit_of(self)
        painter = Painter(qp, palette, View(self._scale(left), 0.0, unit, self._today))
        header = QRectF(left, 0, self.width() - left, HEADER * unit)
        below = QRectF(left, header.bottom(), header.width(), self.height() - header.bottom())
        qp.fillRect(self.rect(), colour(palette.surface))
        qp.fillRect(QRectF(0, 0, left, header.height()), colour(palette.raised))
        painter.header(header)
        painter.grid(below)
        shown = QRectF(event.rect()).translated(0, -header.height())
        for n in self._lanes.between(shown.top() / unit, shown.bottom() / unit):
            lane = self._lanes.lanes[n]
            room = QRectF(left, below.top() + self._lanes.tops[n] * unit, below.width(), lane.height * unit)
            painter.font(12 / SMALL, QFont.Weight.DemiBold)
            pad = 12 * unit
            painter.text(QRectF(pad, room.top(), left - 2 * pad, room.height()), lane.title, palette.text)
            qp.setPen(QPen(colour(palette.line), painter.view.hair))
            qp.drawLine(QLineF(0, room.bottom(), room.right(), room.bottom()))
            qp.setClipRect(room)
            painter.lane(room, lane)
            qp.setClipping(False)
        painter.today(below, header)
        qp.setPen(colour(palette.strong_line))
        qp.setBrush(Qt.BrushStyle.NoBrush)
        qp.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        qp.end()

    def _unit(self) -> float:
        return unit_of(self) * SMALL

    def _scale(self, left: float) -> TimeScale:
        roadmap = self._plan.roadmap
        spans = [i.span for i in self._plan.increments.values()] + [p.original for p in self._plan.projects.values()]
        first = min([roadmap.start, *(s.start for s in spans)]) - timedelta(AIR_DAYS)
        last = max([roadmap.horizon, *(s.end for s in spans)]) + timedelta(AIR_DAYS)
        return TimeScale(first, max(self.width() - left, 1) / (last - first).days)
