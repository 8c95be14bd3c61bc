"""TextEdit: a few lines of plain text that hand over what was typed when the focus leaves."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override


class TextEdit(QPlainTextEdit):
    """A few lines of plain text; what was typed is kept when the focus leaves."""

    settled = Signal(str)

    def __init__(self, text: str, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._before = text
        self._longest = longest
        self.setTabChangesFocus(True)

    @override
    def sizeHint(self) -> QSize:
        """Return the height of four lines."""
        return QSize(200, self.fontMetrics().lineSpacing() * 4 + 18)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return self.sizeHint()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what was typed, cut at what fits."""
        super().focusOutEvent(event)
        text = self.toPlainText()[: self._longest].strip()
        if text != self._before:
            self._before = text
            self.settled.emit(text)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text, and no more of it than fits: a line of a megabyte would freeze the field."""
        self.insertPlainText(source.text()[: self._longest])
