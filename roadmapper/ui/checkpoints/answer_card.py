"""AnswerCard: one of the three answers, big enough to hit, told apart by its words and its sign."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.domain.consult import Answer
from roadmapper.ui.checkpoints.marks import mark_of, paint_mark, shade
from roadmapper.ui.theme import Theme

PAD, MARK, GAP = 9.0, 15.0, 8.0
SMALL = 0.92


class AnswerCard(QRadioButton):
    """A radio button that is a card: a sign, what is answered, and what that means."""

    def __init__(self, answer: Answer, words: str, meaning: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.answer = answer
        self._words = words
        self._meaning = meaning
        self.setAccessibleName(words)
        self.setAccessibleDescription(meaning)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def mean(self, words: str) -> None:
        """Say what the answer means here."""
        self._meaning = words
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        bold, small = QFont(self.font()), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(small.pointSizeF() * SMALL)
        return bold, small

    @override
    def sizeHint(self) -> QSize:
        """Return the size in which both lines are whole."""
        unit = self._theme.unit
        bold, small = (QFontMetricsF(font) for font in self._fonts())
        wide = max(bold.horizontalAdvance(self._words), small.horizontalAdvance(self._meaning))
        high = bold.lineSpacing() + small.lineSpacing() + 2 * PAD * unit
        return QSize(round(wide + (2 * PAD + MARK + GAP) * unit) + 2, round(high))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        """Take a click anywhere on the card."""
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, sign and words."""
        unit, palette = self._theme.unit, self._theme.palette
        mark = mark_of(self.answer)
        tone = shade(mark, palette)
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = 2 * unit if self.isChecked() else unit
        edge = tone if self.isChecked() else palette.accent if self.hasFocus() else palette.strong_line
        qp.setPen(QPen(colour(edge), line))
        qp.setBrush(colour(palette.raised if self.isChecked() or self.underMouse() else palette.surface))
        frame = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        qp.drawRoundedRect(frame, 6 * unit, 6 * unit)
        if self.hasFocus():
            qp.setPen(QPen(colour(palette.accent), unit, Qt.PenStyle.DotLine))
            qp.setBrush(Qt.BrushStyle.NoBrush)
            inner = frame.adjusted(3 * unit, 3 * unit, -3 * unit, -3 * unit)
            qp.drawRoundedRect(inner, 4 * unit, 4 * unit)
        y = (self.height() - MARK * unit) / 2
        square = QRectF(PAD * unit, y, MARK * unit, MARK * unit)
        paint_mark(qp, square, mark, palette, filled=self.isChecked())
        bold, small = self._fonts()
        left = square.right() + GAP * unit
        room = self.width() - left - PAD * unit / 2
        above = QRectF(left, PAD * unit, room, QFontMetricsF(bold).lineSpacing())
        below = QRectF(left, above.bottom(), room, QFontMetricsF(small).lineSpacing())
        for rect, font, words, ink in (
            (above, bold, self._words, palette.text),
            (below, small, self._meaning, palette.secondary),
        ):
            qp.setFont(font)
            qp.setPen(colour(ink))
            qp.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        qp.end()
