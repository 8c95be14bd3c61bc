"""MeasuresSection: a card for each shared measure, as many beside one another as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard import Standing
from roadmapper.ui.scoreboard.card import LEAST_WIDTH, MeasureCard
from roadmapper.ui.scoreboard.section import Section
from roadmapper.ui.theme import Theme

GAP = 8.0


class CardGrid(QWidget):
    """The cards in rows; all are of one size, so a reading that comes in moves none of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: list[MeasureCard] = []

    def show_cards(self, cards: Sequence[MeasureCard]) -> None:
        """Show these cards in this order."""
        self.cards = list(cards)
        for before, card in zip([None, *self.cards], self.cards, strict=False):
            card.show()
            if before is not None:
                QWidget.setTabOrder(before, card)
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cards anew."""
        super().resizeEvent(event)
        self._place()

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the width of one card."""
        return QSize(round(LEAST_WIDTH * self._theme.unit), 0)

    def _place(self) -> None:
        gap, least = round(GAP * self._theme.unit), round(LEAST_WIDTH * self._theme.unit)
        columns = max((self.width() + gap) // (least + gap), 1)
        wide = max((self.width() - (columns - 1) * gap) // columns, least)
        high = MeasureCard.height_for(self._theme)
        for number, card in enumerate(self.cards):
            row, column = divmod(number, columns)
            card.setGeometry(QRect(column * (wide + gap), row * (high + gap), wide, high))
        rows = -(-len(self.cards) // columns)
        self.setFixedHeight(max(rows * (high + gap) - gap, 0))


class MeasuresSection(Section):
    """The shared measures; *chosen* is sent with the one that is to be looked at, *opened* when in full."""

    chosen = Signal(str)
    opened = Signal()
    unwanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Our shared measures"), theme, parent)
        self._theme = theme
        self._by_id: dict[EntityId, MeasureCard] = {}
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._toggled)
        self.add = QPushButton(tr("New measure"))
        self.beside(self.add)
        self.grid = CardGrid(theme, self)
        self.column.addWidget(self.grid)

    @property
    def cards(self) -> Sequence[MeasureCard]:
        """Return the cards in their order."""
        return self.grid.cards

    def show_standings(self, standings: Sequence[Standing], focus: EntityId | None, *, editable: bool) -> None:
        """Show these measures; *focus* is the one that is looked at."""
        self.add.setVisible(editable and not standings)  # the head of the window has one too
        empty = tr("What both sides want to see move will stand here, such as the opt-in rate: where it is, "
                   "where it is to go, and who owns it on both sides.")  # fmt: skip
        self.say("" if standings else empty)
        gone = self._by_id.keys() - {s.measure.id for s in standings}
        focused = any(self._by_id[key].hasFocus() for key in gone)
        for key in gone:
            card = self._by_id.pop(key)
            self._group.removeButton(card)
            card.hide()
            card.deleteLater()
        for standing in standings:
            card = self._by_id.get(standing.measure.id) or self._new(standing)
            card.show_standing(standing)
        blocked = self._group.blockSignals(True)
        if focus in self._by_id:
            self._by_id[focus].setChecked(True)
        self._group.blockSignals(blocked)
        self.grid.show_cards([self._by_id[s.measure.id] for s in standings])
        self.grid.setVisible(bool(standings))
        if focused and focus in self._by_id:
            self._by_id[focus].setFocus()

    def card(self, key: EntityId) -> MeasureCard | None:
        """Return the card of a measure."""
        return self._by_id.get(key)

    def _new(self, standing: Standing) -> MeasureCard:
        card = MeasureCard(standing, self._theme, self.grid)
        card.wanted.connect(self.opened)
        card.clicked.connect(self.opened)
        card.unwanted.connect(self.unwanted)
        self._group.addButton(card)
        self._by_id[standing.measure.id] = card
        return card

    def _toggled(self, card: QWidget, checked: bool) -> None:
        if checked and isinstance(card, MeasureCard):
            self.chosen.emit(card.standing.measure.id)
