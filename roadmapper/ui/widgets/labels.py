"""Labels: text that is never read as HTML, whatever a user typed into it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override


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


def unmarked(text: str) -> str:
    """Return a text for a button, a menu or the label of a field, each of which takes "&" for the mark of a key."""
    return text.replace("&", "&&")


def tip(text: str) -> str:
    """Return a text for a tooltip, which Qt would read as HTML if it looked like it."""
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>") if "<" in text or "&" in text else text


class LineLabel(PlainLabel):
    """One line that makes room for others: what does not fit is cut with a mark."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the room for a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("mmmm"), super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as fits."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        qp = QPainter(self)
        qp.setPen(self.palette().color(self.foregroundRole()))
        qp.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        qp.end()
