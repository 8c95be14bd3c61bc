"""Inspector leads: flat buttons that lead to something else, and labels in a colour of the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget
from typing_extensions import override

from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import unmarked

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def coloured(label: QWidget, colour: str) -> None:
    """Give the text of a label a colour, at a tenth of the cost of a style sheet of its own."""
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    label.setPalette(palette)


class LeadButton(QToolButton):
    """A flat button that leads somewhere: bold words, and grey ones behind; what does not fit is cut with a mark."""

    def __init__(self, look: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bold = self._grey = ""
        self._column = 0
        self.setObjectName(look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, words: str, name: str, *, bold: str = "", widest: str = "") -> None:
        """Show *bold*, and *words* behind where *widest* would end; be called *name* where it is read out."""
        self._bold, self._grey = bold, words
        self._column = self._heavy().horizontalAdvance(widest) if widest else 0
        self.setText(unmarked(" ".join(filter(None, (bold, words)))))
        self.setAccessibleName(name)
        self.setToolTip("" if "<" in name else name)  # what looks like HTML would be read as that

    @override
    def sizeHint(self) -> QSize:
        """Return the height of a line."""
        return QSize(0, self.fontMetrics().height() + round(10 * self._theme.unit))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the room for a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("mmmm"), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and its words from the left, which a style sets in the middle."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        edge = round((9 if self.objectName() == "chip" else 2) * self._theme.unit)
        painter = QStylePainter(self)
        try:
            painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
            room, palette = self.rect().adjusted(edge, 0, -edge, 0), self._theme.palette
            if self._bold:
                painter.setFont(_demibold(self.font()))
                painter.setPen(QColor(palette.text))
                painter.drawText(room, LEFT, self._bold)
                room.setLeft(room.left() + self._column)
                painter.setFont(self.font())
            painter.setPen(QColor(palette.secondary if self._bold else palette.text))
            cut = self.fontMetrics().elidedText(self._grey, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, LEFT, cut)
        finally:
            painter.end()

    def _heavy(self) -> QFontMetrics:
        return QFontMetrics(_demibold(self.font()))


def _demibold(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy
