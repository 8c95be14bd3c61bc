"""WeightsPanel: what counts - whose weights, a slider per criterion in money, the effort there is, what would flip."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps


class WeightsPanel(QWidget):
    """The weights of one voice, each in money and in per cent."""

    def __init__(self, comparing: Comparing, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._editor = editor
        self._theme = theme
        self.setAccessibleName(tr("What counts"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(*[steps(self, 2)] * 4)
        self._column.addWidget(PlainLabel(tr("What counts"), wrap=False).styled(size=1.15, bold=True))
        self._column.addStretch(1)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
