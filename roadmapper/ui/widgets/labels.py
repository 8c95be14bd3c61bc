"""Labels: text that is never read as HTML, whatever a user typed into it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class PlainLabel(QLabel):
    """The only label of the program: plain text, wrapped, to be selected by mouse and keyboard."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wrap: bool = True) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def styled(self, *, size: float = 1.0, bold: bool = False, colour: str = "") -> PlainLabel:
        """Make the text larger or smaller, bold, or of another colour, and return the label."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self.setFont(font)
        if colour:
            self.setStyleSheet(f"color: {colour}")
        return self
