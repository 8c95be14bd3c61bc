"""ExplainedLabel: a text in which the words of the glossary are underlined with dots and say what they mean."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from roadmapper.domain.agreement import Term
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.glossary import Place, places_in
from roadmapper.ui.widgets.labels import tip
from roadmapper.ui.widgets.looks import palette_of

LEAST_LETTERS = 12
FAR = 100_000


class ExplainedLabel(QWidget):
    """Plain text, wrapped; the pointer shows what a word means, and so do Tab and the arrow keys."""

    def __init__(self, text: str = "", terms: Iterable[Term] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._current = 0
        self.places: list[Place] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.explain(text, terms)

    def text(self) -> str:
        """Return the text."""
        return self._text

    def explain(self, text: str, terms: Iterable[Term]) -> None:
        """Show *text* with what is explained of it by *terms*."""
        self._text = text
        self.places = places_in(terms, text)
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.places else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)
        self.setAccessibleDescription("; ".join(dict.fromkeys(told(p.term) for p in self.places)))
        self.updateGeometry()
        self.update()

    def rects(self, place: Place) -> list[QRectF]:
        """Return where a word stands: one rectangle, or one for each line it reaches over."""
        return _rects(self._laid_out(self.width()), self._text, place)

    @override
    def hasHeightForWidth(self) -> bool:
        """Return that the height depends on the width."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """Return how high the text is when wrapped."""
        return round(self._laid_out(width).boundingRect().height() + 0.5) + 1

    @override
    def sizeHint(self) -> QSize:
        """Return the size of the text in a comfortable width."""
        metrics = QFontMetricsF(self.font())
        whole = round(max(map(metrics.horizontalAdvance, self._text.split("\n")), default=0)) + 2
        wide = min(whole, round(metrics.averageCharWidth() * 60))
        return QSize(wide, self.heightForWidth(wide))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters in one line."""
        metrics = QFontMetricsF(self.font())
        return QSize(round(metrics.averageCharWidth() * LEAST_LETTERS), round(metrics.height()) + 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, dots under what is explained, and a frame around the word that the keyboard looks at."""
        colours = palette_of(self)
        layout = self._laid_out(self.width())
        qp = QPainter(self)
        qp.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(qp, QPointF(0, 0))
        dots = QPen(
            self.palette().color(self.palette().ColorRole.Link), max(1.0, QFontMetricsF(self.font()).lineWidth())
        )
        dots.setStyle(Qt.PenStyle.DotLine)
        for number, place in enumerate(self.places):
            for rect in _rects(layout, self._text, place):
                qp.setPen(dots)
                qp.drawLine(rect.bottomLeft(), rect.bottomRight())
                if self.hasFocus() and number == self._current:
                    qp.setPen(QPen(QColor(colours.accent)))
                    qp.drawRect(rect.adjusted(0, 0, 0, 1))
        qp.end()

    @override
    def event(self, event: QEvent) -> bool:
        """Say what the word under the pointer means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(event.pos())
            if place is None:
                QToolTip.hideText()
                event.ignore()
            else:
                self._say(place, event.globalPos())
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from word to word with the arrow keys; Esc takes the meaning away."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key()), 0
        )
        if self.places and 0 <= self._current + step < len(self.places) and step:
            self._current += step
            self._say_current()
        elif event.key() == Qt.Key.Key_Escape and QToolTip.isVisible():
            QToolTip.hideText()
        else:
            super().keyPressEvent(event)
        self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say what the first word means, when one comes by the keyboard."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._current = 0 if event.reason() == Qt.FocusReason.TabFocusReason else len(self.places) - 1
            self._say_current()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the meaning away."""
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def _at(self, point: QPoint) -> Place | None:
        layout = self._laid_out(self.width())
        return next(
            (p for p in self.places if any(r.contains(QPointF(point)) for r in _rects(layout, self._text, p))), None
        )

    def _say_current(self) -> None:
        if self.places:
            place = self.places[self._current]
            low = self.rects(place)[0].bottomLeft().toPoint()
            self._say(place, self.mapToGlobal(low))

    def _say(self, place: Place, point: QPoint) -> None:
        rects = self.rects(place)
        around = QRect() if not rects else rects[0].toAlignedRect()
        QToolTip.showText(point, tip(told(place.term)), self, around)

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self._text.replace("\n", "\u2028"), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        high = 0.0
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width if width > 0 else FAR)
            line.setPosition(QPointF(0, high))
            high += line.height()
        layout.endLayout()
        return layout


def told(term: Term) -> str:
    """Return what a term means, as a hover and a screen reader say it."""
    return tr("{word}: {meaning}").format(word=term.word, meaning=term.meaning)


def _rects(layout: QTextLayout, text: str, place: Place) -> list[QRectF]:
    found = []
    begin, end = _units(text, place.start), _units(text, place.start + place.length)
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(begin, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
            found.append(QRectF(min(left, right), line.y(), abs(right - left), line.height()))
    return found


def _units(text: str, count: int) -> int:
    """Return how many of Qt's letters the first *count* of ours are: one beyond 16 bits is two of them."""
    return len(text[:count].encode("utf-16-le", "surrogatepass")) // 2


def _x(found: object) -> float:
    """Return the place out of what cursorToX returns: the stubs know nothing of the position beside it."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
