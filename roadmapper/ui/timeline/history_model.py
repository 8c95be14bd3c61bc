"""HistoryModel: the steps of the journal as rows, the newest first, a heading above each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from roadmapper.ui.timeline.history_words import below_words, heading_text, is_found, taken_back, what_words
from roadmapper.workspace.history import Noted

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
STEP = Role.UserRole
Row = Noted | str
"""A step, or the heading of a day."""


class HistoryModel(QAbstractListModel):
    """Holds all steps, and shows those in which each word that is searched for is found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Noted] = []
        self._rows: list[Row] = []
        self._undone: set[int] = set()
        self._words: tuple[str, ...] = ()
        self.found = 0

    @property
    def steps(self) -> Sequence[Noted]:
        """Return all steps, the oldest first."""
        return self._steps

    def show(self, steps: Iterable[Noted]) -> None:
        """Show the steps of a whole journal, the oldest first."""
        self._steps = list(steps)
        self._undone = taken_back(self._steps)
        self._fill()

    @property
    def written(self) -> int:
        """Return the row of the journal up to which all steps that are shown are written; 0 where none is."""
        return next((step.seq for step in reversed(self._steps) if step.who), 0)

    def add(self, steps: Sequence[Noted]) -> None:
        """Show what was done since, above what is there; the row that is chosen stays chosen.

        What is there already, but waited to be written, is shown as it stands in the journal now.
        """
        known = {step.seq: n for n, step in self._waiting()}
        for step in steps:
            if step.seq in known:
                self._renew(known[step.seq], step)
                continue
            self._steps.append(step)
            if self._words and not is_found(step, self._words):
                continue
            self.found += 1
            day = heading_text(step.at)
            place = int(bool(self._rows) and self._rows[0] == day)
            new: list[Row] = [step] if place else [day, step]
            self.beginInsertRows(ROOT, place, place + len(new) - 1)
            self._rows[place:place] = new
            self.endInsertRows()
        self._undone = taken_back(self._steps)

    def _waiting(self) -> Iterator[tuple[int, Noted]]:
        """Yield the places of the steps at the end that wait to be written, with the steps."""
        for place in range(len(self._steps) - 1, -1, -1):
            if self._steps[place].who:
                return
            yield place, self._steps[place]

    def _renew(self, place: int, step: Noted) -> None:
        """Show a step as it stands in the journal now, in the row and under the day where it is shown."""
        before, self._steps[place] = self._steps[place], step
        row = self.row_of(step.seq)
        if _day(before) != _day(step):
            self._fill()
        elif row >= 0:
            self._rows[row] = step
            self.dataChanged.emit(self.index(row), self.index(row))

    def search(self, text: str) -> None:
        """Show only steps in which each word of *text* is found; all of them without any."""
        self._words = tuple(text.casefold().split())
        self._fill()

    def step_at(self, row: int) -> Noted | None:
        """Return the step in a row, or None for a heading and where there is no such row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Noted) else None

    def row_of(self, seq: int) -> int:
        """Return the row of a step, or -1 where it is not shown."""
        return next((n for n, row in enumerate(self._rows) if isinstance(row, Noted) and row.seq == seq), -1)

    def is_undone(self, step: Noted) -> bool:
        """Return whether a step was taken back since."""
        return step.seq in self._undone

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a screen reader says, or the step."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == STEP:
            return row
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return row if isinstance(row, str) else f"{what_words(row)}, {self.below(row)}"
        return None

    def below(self, step: Noted) -> str:
        """Return the second line of a step."""
        return below_words(step, undone=self.is_undone(step))

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that steps can be chosen and headings cannot."""
        if self.step_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _fill(self) -> None:
        self.beginResetModel()
        self._rows = []
        self.found = 0
        last: date | None = None
        for step in reversed(self._steps):
            if self._words and not is_found(step, self._words):
                continue
            day = _day(step)
            if day != last:
                self._rows.append(heading_text(step.at))
                last = day
            self._rows.append(step)
            self.found += 1
        self.endResetModel()


def _day(step: Noted) -> date:
    return step.at.astimezone().date()
