"""WhyPanel: what the best set is worth beside the ranked one, and what one score consists of and hangs on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.theme import Theme


class WhyPanel(QWidget):
    """The sums of the investment in focus, or of the first place."""

    def __init__(self, comparing: Comparing, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._editor = editor
        self._theme = theme
        self.setAccessibleName(tr("Why this score"))
