"""TwoSides: a table, and what belongs to it beside it where there is room, or below it where there is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from roadmapper.ui.agreement.panel import Panel
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.looks import steps

WIDE = 720.0
SIDE = 320.0


class TwoSides(QSplitter):
    """The table in a frame; the side is scrolled where it does not fit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = theme.unit
        self._wide: bool | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(steps(self))

    def fill(self, table: QWidget, side: list[QWidget]) -> None:
        """Put a table and what belongs to it where they stand; the first of these takes the room there is."""
        frame = Panel("")
        frame.column.setContentsMargins(1, 1, 1, 1)
        frame.column.addWidget(table)
        inside = QWidget()
        inside.setObjectName("behind")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(steps(self))
        for number, widget in enumerate(side):
            column.addWidget(widget, 0 if number else 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.addWidget(frame)
        self.addWidget(area)
        self.setStretchFactor(0, 1)

    def arrange(self, width: int) -> None:
        """Stand side by side, or one above the other, in a page of this width."""
        wide = width >= WIDE * self._unit
        if wide is self._wide:
            return
        self._wide = wide
        self.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        whole = max(width if wide else self.height(), 1)
        side = min(round(SIDE * self._unit), whole // (2 if wide else 3))
        self.setSizes([whole - side, side])
