"""Notice: one sentence across the top of the window, to be read and put away; never a box that blocks."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.labels import PlainLabel


class Notice(QFrame):
    """Shows the latest sentence until it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._label = PlainLabel()
        self._label.setAccessibleName(tr("Notice"))
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.addWidget(self._label, 1)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """Return what it says, or nothing while it is put away."""
        return self._label.text() if not self.isHidden() else ""

    def say(self, sentence: str) -> None:
        """Show *sentence*."""
        self._label.setText(sentence)
        self.show()
