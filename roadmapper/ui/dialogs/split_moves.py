"""MovesPanel: what a new split of a published plan moves, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import UNKNOWN, day_text
from roadmapper.planning.proposing import Proposal
from roadmapper.ui.dialogs.split_why import Asker
from roadmapper.ui.dialogs.split_words import whole_money_text
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.ui.widgets.tables import Cell, Index, TextTable


@dataclass(frozen=True, slots=True)
class Move:
    """A published item that goes live on another day; *now* None: it is left out. *gain* is in minor units.

    *number* is the increment that delivers it then, -1 for none.
    """

    title: str
    was: date
    now: date | None
    gain: int
    number: int


def moves_of(proposal: Proposal) -> list[Move]:
    """Return what goes live at another date than in the plan as it is, in the order of the old dates."""
    assignment, released = proposal.assignment, proposal.found.split.released
    windows = proposal.found.split.windows
    number = {key: n for n, window in enumerate(windows) for key, _ in window.starts}
    moves = []
    for key, item in enumerate(assignment.task.items):
        if item.published is None or released.get(key) == item.published:
            continue
        old = assignment.pieces[key].increment
        was = assignment.plan.increments[old].span.finish if old else assignment.finish_of(item.published)
        end = released.get(key)
        now = assignment.finish_of(end) if end is not None else None
        gain = (item.worth_at(end) if end is not None else 0) - item.worth_at(item.published)
        if now != was:
            moves.append(Move(item.title, was, now, gain, number.get(key, -1)))
    return sorted(moves, key=lambda m: (m.was, m.title))


class MovesPanel(QWidget):
    """A row for each published item that goes live on another day; selecting one asks why. *count* is how many."""

    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asker = Asker(self)
        self.table = TextTable(tr("What moved"), shares={0: 1})
        self.why = PlainLabel()
        self.why.setAccessibleName(tr("Why it moved"))
        self._proposal: Proposal | None = None
        self._moves: list[Move] = []
        self._selected = ""
        self._showing = False
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, steps(self), 0, 0)
        whole.setSpacing(steps(self))
        whole.addWidget(self.table, 1)
        whole.addWidget(self.why)
        self.why.setMinimumHeight(2 * self.why.fontMetrics().lineSpacing())
        self.asker.answered.connect(self._answered)
        self.table.selectionModel().currentRowChanged.connect(self._picked)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show another proposal, or none."""
        self._proposal = proposal
        self._moves = moves_of(proposal) if proposal else []
        colours = palette_of(self)
        currency = proposal.plan.roadmap.currency if proposal else ""
        rows: list[list[Cell | str]] = []
        for move in self._moves:
            gain = whole_money_text(move.gain, currency)
            rows.append(
                [
                    Cell(move.title, bold=True),
                    day_text(move.was),
                    day_text(move.now) if move.now else tr("left out"),
                    Cell(
                        f"+ {gain}" if move.gain > 0 else gain if move.gain else UNKNOWN,
                        colour=colours.good if move.gain > 0 else colours.bad if move.gain < 0 else "",
                        right=True,
                    ),
                ]
            )
        self._showing = True
        self.table.show_rows((tr("Item"), tr("Was live after"), tr("Is live after"), tr("Revenue")), rows)
        row = next((n for n, move in enumerate(self._moves) if move.title == self._selected), -1)
        if row >= 0:
            self.table.selectRow(row)
        self._showing = False
        self._ask(row)
        self.counted.emit(len(self._moves))

    def _picked(self, index: Index) -> None:
        if not self._showing and 0 <= index.row() < len(self._moves):
            self._selected = self._moves[index.row()].title
            self._ask(index.row())

    def _ask(self, row: int) -> None:
        if self._proposal is None or row < 0:
            self.asker.cancel()
            hint = tr("Select an item to see why it is not earlier.") if self._moves else tr("Nothing moved.")
            self.why.setText(hint if self._proposal else "")
            return
        move = self._moves[row]
        if move.number < 0:
            self.asker.cancel()
            self.why.setText(tr("“{title}” earns nothing by the horizon.").format(title=move.title))
            return
        self._say(self.asker.ask(self._proposal, move.number))

    def _answered(self, number: int, reason: str) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._moves) and self._moves[row].number == number:
            self._say(reason)

    def _say(self, reason: str) -> None:
        self.why.setText(reason or tr("Looking for a plan in which it is earlier…"))
