"""ScopeColumns: which columns of the scope table are shown and in which order, chosen by hand and remembered."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from roadmapper.ui.dialogs.scope_cells import ALWAYS, USUAL, Column
from roadmapper.ui.dialogs.scope_model import ScopeModel
from roadmapper.ui.settings import Settings
from roadmapper.ui.widgets.labels import unmarked

NAME = "scope_columns"


class ScopeColumns(QObject):
    """The usual columns and those in use or needed, unless somebody chose otherwise; *changed* when somebody does.

    That is decided once: what comes into use later is *revealed* behind the last one, so that no other column moves
    under the hand; the next time it stands in its place.
    """

    changed = Signal()
    revealed = Signal()

    def __init__(self, model: ScopeModel, settings: Settings | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._settings = settings
        self._first = {*USUAL, *model.used(), *model.needed()}
        self._late: list[Column] = []
        # By hand: "+RAMP" is shown though nobody uses it, "-DUE" is not though somebody does.
        words = (settings.text(NAME) if settings else "").split()
        self._by_hand = {Column[w[1:]]: w[0] == "+" for w in words if w[1:] in Column.__members__}
        self.menu = QMenu(parent)
        self.menu.setToolTipsVisible(True)
        self._actions = {column: self._action(column) for column in Column if column not in ALWAYS}

    def shown(self) -> list[Column]:
        """Return the columns that are shown, from left to right."""
        first = [c for c in Column if c not in self._late and (c in ALWAYS or self._by_hand.get(c, c in self._first))]
        return first + self._late

    def late(self) -> list[Column]:
        """Return those that came into use since the table was opened."""
        return list(self._late)

    def reveal(self, columns: Collection[Column]) -> None:
        """Show columns because something was put into them, those that somebody hid as well."""
        shown = self.shown()
        late = [c for c in Column if c in columns and c not in shown]
        if late:
            self._by_hand = {c: on for c, on in self._by_hand.items() if c not in late}
            self._late += late
            self._tick()
            self.revealed.emit()

    def suggest(self, columns: Collection[Column]) -> None:
        """Show columns that may be needed, but for those somebody hid."""
        self.reveal([c for c in columns if self._by_hand.get(c) is not False])

    def choose(self, column: Column, *, shown: bool) -> None:
        """Show or hide a column, and remember it."""
        self._by_hand[column] = shown
        self._first |= set(self._late)  # somebody arranges the columns: each goes to its place
        self._late = []
        if self._settings is not None:
            words = [("+" if on else "-") + c.name for c, on in sorted(self._by_hand.items())]
            self._settings.remember(NAME, " ".join(words))
        self._tick()
        self.changed.emit()

    def ask(self, corner: QPoint) -> None:
        """Open the menu to choose from at a point of the screen."""
        self._tick()
        self.menu.popup(corner)
        self.menu.setActiveAction(next(iter(self._actions.values())))

    def _action(self, column: Column) -> QAction:
        action = QAction(unmarked(self._model.head(column)), self.menu)
        action.setCheckable(True)
        action.setChecked(column in self.shown())
        action.setData(int(column))
        action.toggled.connect(self._toggled)
        self.menu.addAction(action)
        return action

    def _toggled(self, shown: bool) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.choose(Column(sender.data()), shown=shown)

    def _tick(self) -> None:
        shown = self.shown()
        for column, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(column in shown)
            action.blockSignals(False)
