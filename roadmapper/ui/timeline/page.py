"""TimelinePage: tree, timeline, revenue curve and inspector side by side."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.arranging import Arranging
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.timeline.finder import FinderBar
from roadmapper.ui.timeline.inspector import Inspector
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.timeline.strip import RevenueStrip
from roadmapper.ui.timeline.tree import LaneTree

TREE = 258
CHART = 240


class TimelinePage(QWidget):
    """The page on which planners spend their day."""

    title = "Timeline"

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self.canvas = TimelineCanvas(editor, selection, theme, today, self)
        self.arranging = Arranging(editor, self.canvas, selection, self)
        self.tree = LaneTree(editor, self.arranging, selection, theme, self)
        self.inspector = Inspector(editor, selection, theme, today, self)
        beside = QSplitter(Qt.Orientation.Horizontal, self)
        beside.setChildrenCollapsible(False)
        beside.setHandleWidth(1)
        beside.addWidget(self.tree)
        beside.addWidget(self.canvas)
        beside.setStretchFactor(1, 1)
        self.canvas.setMinimumWidth(round(CHART * theme.unit))
        beside.setSizes([round(TREE * theme.unit), 900])
        self.strip = RevenueStrip(editor, self.canvas, theme, self)
        self.strip.setFixedHeight(self.strip.sizeHint().height())
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.finder = FinderBar(editor, self.canvas, selection, theme, self)
        column.addWidget(self.finder)
        column.addWidget(beside, 1)
        column.addWidget(self.strip)
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        whole.setChildrenCollapsible(False)
        whole.setHandleWidth(1)
        whole.addWidget(left)
        whole.addWidget(self.inspector)
        whole.setStretchFactor(0, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(whole)
        beside.splitterMoved.connect(self.strip.update)
        self.setFocusProxy(self.canvas)

    def look_for(self) -> None:
        """Look for increments by a few letters."""
        self.finder.open()
