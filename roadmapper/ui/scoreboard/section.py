"""Section: a framed part of the scoreboard with its heading, and room for a button beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel


class Section(QFrame):
    """A heading, a sentence below it, and what stands there; *words* says what stands there instead of nothing."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self._space = round(8 * theme.unit)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * self._space, round(1.5 * self._space), 2 * self._space, 2 * self._space)
        self.column.setSpacing(self._space)
        self._head = QHBoxLayout()
        self._head.addWidget(PlainLabel(title).styled(size=1.15, bold=True), 1)
        self.column.addLayout(self._head)
        self.words = PlainLabel().styled(colour=theme.palette.secondary)
        self.column.addWidget(self.words)

    def beside(self, widget: QWidget) -> None:
        """Put a button beside the heading."""
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, words: str) -> None:
        """Show a sentence below the heading; without one there is no room kept for it."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
