"""ValueChart: every investment by its effort and its value a year, to be looked at, walked over and chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.theme import Theme


class ValueChart(QWidget):
    """The chart of the ranking that is compared now."""

    def __init__(self, comparing: Comparing, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._editor = editor
        self._theme = theme
        self.setAccessibleName(tr("Value against effort"))
