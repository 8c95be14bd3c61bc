"""Panel: a framed part of the page with its heading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps


class Panel(QFrame):
    """A heading and a column below it."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[steps(self, 2)] * 4)
        self.column.setSpacing(steps(self))
        if heading:
            self.setAccessibleName(heading)
            self.column.addWidget(PlainLabel(heading).styled(size=1.15, bold=True))
