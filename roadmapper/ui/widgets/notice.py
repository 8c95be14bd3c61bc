"""Notice: one sentence above the foot of the window, to be read and put away; it blocks and moves nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.labels import PlainLabel

MARGIN = 12


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
        parent.installEventFilter(self)
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
        self._place()
        self.show()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        room = window.rect()
        width = room.width() - 2 * MARGIN
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.setGeometry(MARGIN, room.height() - height - MARGIN, width, height)
