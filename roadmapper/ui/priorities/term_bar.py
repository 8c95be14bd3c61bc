"""TermBar: the sum behind a score as one bar - revenue first, then each criterion, named in it or beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.chart.palette import Accent
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import money_text
from roadmapper.planning.ranking.model import Score
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import tip

BAR, GAP, PAD, SWATCH, BETWEEN = 22.0, 2.0, 6.0, 9.0, 14.0
LEADING = 1.45
WIDEST_AMOUNT = 88_800_000


@dataclass(frozen=True, slots=True)
class Part:
    """A term as it is shown: its name, its amount in minor units a year, and in words."""

    name: str
    amount: float
    money: str

    @property
    def words(self) -> str:
        """Return name and amount."""
        return f"{self.name} {self.money}"


def parts_of(plan: Plan, score: Score) -> tuple[Part, ...]:
    """Return the terms of a score in their order, before confidence."""
    currency = plan.roadmap.currency
    return tuple(
        Part(
            tr("revenue") if term.criterion is None else plan.criteria[term.criterion].title,
            term.amount,
            money_text(round(term.amount), currency),
        )
        for term in score.terms
    )


class TermBar(QWidget):
    """Keeps its height whatever the amounts are, so that nothing below it jumps while weights change."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[Part, ...] = ()
        self._reserve: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("What the value consists of"))

    def show_parts(self, parts: Sequence[Part], currency: str) -> None:
        """Show other terms."""
        reserve = tuple(f"{part.name} {money_text(WIDEST_AMOUNT, currency)}" for part in parts)
        self._parts = tuple(parts)
        self.setAccessibleDescription(", ".join(part.words for part in parts))
        if reserve != self._reserve:
            self._reserve = reserve
            self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        """Return that it does: what stands beneath the bar may take several lines."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the height with every name beneath the bar, even if some find a place in it now."""
        lines, left = 1, 0.0
        for words in self._reserve:
            room = self._width(words)
            if left and left + room > width:
                lines, left = lines + 1, 0.0
            left += room
        return round(BAR * self._theme.unit + (lines * LEADING + 0.3) * self._metrics.height())

    @override
    def sizeHint(self) -> QSize:
        """Return what it would like."""
        width = round(480 * self._theme.unit)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least room in which it can be read."""
        width = round(160 * self._theme.unit)
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def pieces(self) -> list[tuple[Part, QRectF, bool]]:
        """Return each term with its rectangle, and whether its name finds a place in it; nothing for what is 0."""
        total = sum(part.amount for part in self._parts)
        shown = [part for part in self._parts if part.amount > 0]
        unit = self._theme.unit
        room = self.width() - 1 - GAP * unit * max(len(shown) - 1, 0)
        left, found = 0.5, []
        for part in self._parts:
            width = room * part.amount / total if total else 0.0
            rect = QRectF(left, 0.5, width, BAR * unit - 1)
            found.append((part, rect, self._metrics.horizontalAdvance(part.words) + 2 * PAD * unit <= width))
            left += width + GAP * unit if part.amount > 0 else 0.0
        return found

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar, and beneath it the names that find no place in it."""
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.setFont(self.font())
        unit = self._theme.unit
        below: list[tuple[Part, Accent]] = []
        for number, (part, rect, fits) in enumerate(self.pieces()):
            accent = self._accent(number)
            if rect.width() > 0:
                self._box(qp, rect, accent)
            if fits:
                qp.setPen(colour(self._theme.palette.text))
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
                qp.drawText(rect.adjusted(PAD * unit, 0, 0, 0), flags, part.words)
            else:
                below.append((part, accent))
        self._paint_below(qp, below)
        qp.end()

    @override
    def event(self, event: QEvent) -> bool:
        """Show a term's name and amount in a tooltip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            words = next((p.words for p, rect, _ in self.pieces() if rect.contains(at)), "")
            QToolTip.showText(event.globalPos(), tip(words or "\n".join(p.words for p in self._parts)), self)
            return True
        return super().event(event)

    def _paint_below(self, qp: QPainter, below: Sequence[tuple[Part, Accent]]) -> None:
        unit, step = self._theme.unit, LEADING * self._metrics.height()
        left, top = 0.0, BAR * unit + 0.3 * self._metrics.height()
        for part, accent in below:
            room = self._width(part.words)
            if left and left + room > self.width():
                left, top = 0.0, top + step
            self._box(qp, QRectF(left + 0.5, top + (step - SWATCH * unit) / 2, SWATCH * unit, SWATCH * unit), accent)
            start = left + (SWATCH + 4) * unit
            words = self._metrics.elidedText(part.words, Qt.TextElideMode.ElideRight, self.width() - start)
            qp.setPen(colour(self._theme.palette.secondary))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
            qp.drawText(QRectF(start, top, self.width() - start, step), flags, words)
            left += room

    def _box(self, qp: QPainter, rect: QRectF, accent: Accent) -> None:
        qp.setPen(QPen(colour(accent.full), 1.2 * self._theme.unit))
        qp.setBrush(colour(accent.tint))
        radius = min(3 * self._theme.unit, rect.width() / 3)
        qp.drawRoundedRect(rect, radius, radius)

    def _accent(self, number: int) -> Accent:
        accents = self._theme.palette.accents
        return accents[number % len(accents)]

    def _width(self, words: str) -> float:
        return self._metrics.horizontalAdvance(words) + (SWATCH + 4 + BETWEEN) * self._theme.unit

    @property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font())
