"""TextEdit: a few lines of plain text that hand over what was typed when the focus leaves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from roadmapper.ui.widgets.limits import too_long
from roadmapper.ui.widgets.steps import is_for_plan

LINES = 4


class TextEdit(QPlainTextEdit):
    """A few lines of plain text; what was typed is kept when the focus leaves.

    At least *least* lines show, at most *most*, as many of them as there is text for.
    """

    settled = Signal(str)

    def __init__(
        self, text: str, longest: int, parent: QWidget | None = None, *, least: int = LINES, most: int = LINES
    ) -> None:
        super().__init__(text, parent)
        self._least, self._most = least, most
        self._lines = least
        self._before = text
        self._longest = longest
        self.setTabChangesFocus(True)
        if least < most:
            self.document().documentLayout().documentSizeChanged.connect(self._grow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines at this width, and be as high as that takes."""
        super().resizeEvent(event)
        if self._least < self._most:
            self._grow()

    def _grow(self) -> None:
        """Be as high as what stands there, within bounds."""
        lines = min(max(round(self.document().size().height()), self._least), self._most)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        """Return the height of the lines that show."""
        return QSize(200, self.fontMetrics().lineSpacing() * self._lines + 18)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return self.sizeHint()

    @property
    def dirty(self) -> bool:
        """Return whether something else is typed than what was there."""
        return self.toPlainText().strip() != self._before

    def renew(self, text: str) -> None:
        """Show another text, as it came from elsewhere; what somebody is in the middle of typing stays."""
        typing = self.dirty
        if text != self._before:
            self._before = text
            if not typing:
                self.setPlainText(text)

    def put_back(self) -> None:
        """Show the text that was there again, whatever was typed."""
        if self.toPlainText() != self._before:
            self.setPlainText(self._before)

    @override
    def event(self, event: QEvent) -> bool:
        """Leave undo to the plan while nothing is typed."""
        if is_for_plan(event, typed=self.dirty, redoable=self.document().isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what was typed; what is longer than fits is refused by whoever takes it, and still stands here."""
        super().focusOutEvent(event)
        self.settle()

    def settle(self) -> None:
        """Hand over what was typed, if it is something else."""
        text = self.toPlainText().strip()
        if text != self._before:
            self._before = text
            self.settled.emit(text)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text, or nothing of what does not fit: a line of a megabyte would freeze the field."""
        text = source.text()
        room = self._longest - len(self.toPlainText()) + len(self.textCursor().selectedText())
        if len(text) > room:
            too_long(self, self._longest, nothing=True)
        else:
            self.insertPlainText(text)
