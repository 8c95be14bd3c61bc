"""TimelinePage: tree, timeline and inspector side by side, strips and the whole roadmap in small below."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.accessible import Voice
from roadmapper.ui.timeline.arranging import Arranging
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.timeline.finder import FinderBar
from roadmapper.ui.timeline.inspector import Inspector
from roadmapper.ui.timeline.load_strip import LoadStrip
from roadmapper.ui.timeline.overview import OverviewBar
from roadmapper.ui.timeline.revenue_strip import RevenueStrip
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.timeline.shading import CalendarLayer
from roadmapper.ui.timeline.stack import Stack
from roadmapper.ui.timeline.strips import Strip
from roadmapper.ui.timeline.tree import LaneTree

TREE = 258
CHART = 185
LOAD, REVENUE = "team_load", "revenue_curve"
"""The strips by the names of the commands that show them."""


class TimelinePage(QWidget):
    """The page on which planners spend their day."""

    title = "Timeline"

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self.canvas = TimelineCanvas(editor, selection, theme, today, self)
        self.voice = Voice(self.canvas)
        self.arranging = Arranging(editor, self.canvas, selection, self)
        self.tree = LaneTree(editor, self.arranging, selection, theme, self)
        self.inspector = Inspector(editor, selection, theme, today, self)
        beside = QSplitter(Qt.Orientation.Horizontal, self)
        beside.setChildrenCollapsible(False)
        beside.setHandleWidth(1)
        beside.addWidget(self.tree)
        beside.addWidget(self.canvas)
        beside.setStretchFactor(1, 1)
        self.canvas.setMinimumWidth(min(round(CHART * theme.unit), CHART))
        beside.setSizes([round(TREE * theme.unit), 900])
        self.calendar = CalendarLayer(editor, self.canvas)
        self.strips: dict[str, Strip] = {
            REVENUE: RevenueStrip(editor, self.canvas, self.calendar, theme, self),
            LOAD: LoadStrip(editor, self.canvas, self.calendar, theme, self),
        }
        self.stack = Stack(beside, self.strips, theme, self)
        self.overview = OverviewBar(editor, self.canvas, theme, self)
        self.finder = FinderBar(editor, self.canvas, selection, theme, self)
        self._lay_out()
        beside.splitterMoved.connect(self._place_strips)
        self.setFocusProxy(self.canvas)
        QWidget.setTabOrder(self.tree.chooser, self.tree)
        QWidget.setTabOrder(self.tree, self.canvas)

    def _lay_out(self) -> None:
        left = QWidget(self)
        self._column = column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.finder)
        column.addWidget(self.stack, 1)
        column.addWidget(self.overview)
        self._whole = whole = QSplitter(Qt.Orientation.Horizontal, self)
        whole.setChildrenCollapsible(False)
        whole.setHandleWidth(1)
        whole.addWidget(left)
        whole.addWidget(self.inspector)
        whole.setStretchFactor(0, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(whole)

    def show_day(self, today: date) -> None:
        """Show another day as today; what is being typed stays, and is read by that day."""
        self.canvas.show_day(today)
        self.inspector.show_day(today)
        for strip in self.strips.values():
            strip.update()

    def put_above(self, banner: QWidget) -> None:
        """Put a banner above tree and timeline."""
        self._column.insertWidget(0, banner)

    def put_beside(self, panel: QWidget) -> None:
        """Put a panel beside the timeline, where the inspector stands too."""
        self._whole.addWidget(panel)

    def _place_strips(self) -> None:
        """Let the figures at the left be as wide as the tree."""
        for strip in self.strips.values():
            strip.place()
        self.overview.update()

    def look_for(self) -> None:
        """Look for increments by a few letters."""
        self.finder.open()
