"""Preview: a small chart of one project, painted like the timeline, to look at before anything is changed."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapper.chart.lanes import BAR_STEP, BARS_TOP, FOOT, Lane, lane_of
from roadmapper.chart.painter import HEADER, Painter, View, colour
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.looks import palette_of, unit_of

AIR_DAYS = 7
PALE = 0.45
ONE_ROW = BARS_TOP + BAR_STEP + FOOT
"""The height of a lane with a row of bars, kept free where there is none yet: nothing jumps when one comes."""


class Preview(QWidget):
    """The lane of one project from the roadmap's start to its horizon."""

    def __init__(self, plan: Plan, project: EntityId, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._project = project
        self._today = today
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Preview of the timeline"))

    def show_plan(self, plan: Plan) -> None:
        """Show the project as it is in *plan*."""
        self._plan = plan
        self.updateGeometry()
        self.update()

    def scale(self) -> TimeScale:
        """Return where the days lie across the widget."""
        project, roadmap = self._plan.projects[self._project], self._plan.roadmap
        ends = [i.span.end for i in self._plan.increments_by_project.get(self._project, ())]
        starts = [i.span.start for i in self._plan.increments_by_project.get(self._project, ())]
        first = min([roadmap.start, project.original.start, *starts]) - timedelta(AIR_DAYS)
        last = max([roadmap.horizon, project.original.end, *ends]) + timedelta(AIR_DAYS)
        return TimeScale(first, max(self.width(), 1) / (last - first).days)

    @override
    def sizeHint(self) -> QSize:
        """Return the height of header and lane."""
        unit = unit_of(self)
        return QSize(round(720 * unit), round((HEADER + max(self._lane().height, ONE_ROW)) * unit))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least width in which months can be told apart."""
        return QSize(round(320 * unit_of(self)), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the header and the lane; pale while the widget is disabled."""
        unit, palette = unit_of(self), palette_of(self)
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.setOpacity(1.0 if self.isEnabled() else PALE)
        whole = QRectF(self.rect())
        painter = Painter(qp, palette, View(self.scale(), 0.0, unit, self._today))
        header = QRectF(0, 0, whole.width(), HEADER * unit)
        below = QRectF(0, header.bottom(), whole.width(), whole.height() - header.height())
        qp.fillRect(below, colour(palette.surface))
        painter.header(header)
        painter.grid(below)
        qp.setClipRect(whole)
        painter.lane(below, self._lane())
        painter.today(below, header)
        qp.setClipping(False)
        qp.setPen(colour(palette.strong_line))
        qp.setBrush(Qt.BrushStyle.NoBrush)
        qp.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
        qp.end()

    def _lane(self) -> Lane:
        return lane_of(self._plan, self._plan.projects[self._project], self._today)
