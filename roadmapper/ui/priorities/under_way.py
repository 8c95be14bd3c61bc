"""UnderWay: what somebody is in the middle of typing into a field, carried over to the field that takes its place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The name of a field, and the text and the cursor in it where they are not what the field began with."""

    name: str
    text: str | None = None
    cursor: int = 0

    @classmethod
    def of(cls, field: QWidget) -> UnderWay:
        """Return what is under way in *field*."""
        if isinstance(field, QLineEdit) and field.isModified():
            return cls(field.objectName(), field.text(), field.cursorPosition())
        if isinstance(field, QPlainTextEdit) and field.document().isModified():
            return cls(field.objectName(), field.toPlainText(), field.textCursor().position())
        return cls(field.objectName())

    def go_on(self, panel: QWidget) -> None:
        """Give the focus to the field of that name, and have it go on where the one before stopped."""
        field = panel.findChild(QWidget, self.name)
        if field is None:
            return
        if self.text is not None and isinstance(field, QLineEdit):
            field.setText(self.text)
            field.setModified(True)
            field.setCursorPosition(self.cursor)
        elif self.text is not None and isinstance(field, QPlainTextEdit):
            field.setPlainText(self.text)
            field.document().setModified(True)
            cursor = field.textCursor()
            cursor.setPosition(self.cursor)
            field.setTextCursor(cursor)
        field.setFocus()
