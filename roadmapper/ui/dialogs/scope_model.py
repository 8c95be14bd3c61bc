"""ScopeModel: the scope items of a project as rows of a table, with an empty one below them to add another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.scope_cells import BOXES, NUMBERS, YES, Column
from roadmapper.ui.dialogs.scope_paste import Clip, by_row
from roadmapper.ui.dialogs.scope_rows import Row, ScopeRows, Waits
from roadmapper.ui.widgets.labels import tip
from roadmapper.ui.widgets.looks import palette_of
from roadmapper.ui.widgets.tables import ROOT, Index, Role

Flag = Qt.ItemFlag
MOST_STEPS = 100


class ScopeModel(QAbstractTableModel):
    """The rows and an empty one below them; *refused* says why something was not taken."""

    refused = Signal(str)
    edited = Signal()

    def __init__(self, scope: ScopeRows, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.scope = scope
        self.currency = currency
        self._colours = palette_of(parent)
        self._done: list[list[Row]] = []
        self._undone: list[list[Row]] = []
        self._heads = {
            Column.TITLE: tr("Title"),
            Column.OUTCOME: tr("What marketing can do with it"),
            Column.TEAM: tr("Team"),
            Column.EFFORT: tr("Effort (pw)"),
            Column.PEOPLE: tr("People"),
            Column.DURATION: tr("Duration (days)"),
            Column.REVENUE: tr("{currency} a month").format(currency=currency),
            Column.RAMP: tr("Ramp (months)"),
            Column.DUE: tr("Compliance date"),
            Column.USABLE: tr("Usable"),
            Column.GATE: tr("Gate"),
            Column.OPTIONAL: tr("May be left out"),
            Column.AFTER: tr("Comes after"),
        }
        self._meanings = {
            Column.TEAM: tr("Who does it; empty means the team of the project"),
            Column.EFFORT: tr("The work in person-weeks: with the people it tells how long it takes"),
            Column.PEOPLE: tr("How many people work on it; empty means the whole team"),
            Column.DURATION: tr(
                "How long it takes where nobody knows the effort, and how long a gate takes: 10d or 2w"
            ),
            Column.REVENUE: tr("What it earns a month once it is live"),
            Column.RAMP: tr("Over so many months the revenue grows from nothing to all of it"),
            Column.DUE: tr("The last day on which it may go live"),
            Column.USABLE: tr("Marketing can use it; otherwise it is groundwork. Space, or type yes or no"),
            Column.GATE: tr("A review of fixed length: what comes after it goes live only when it is passed"),
            Column.OPTIONAL: tr("The split may leave it out"),
            Column.AFTER: tr(
                "Numbers of rows of this table that come first, with a lag if there is one: 2, 4+2w, 5+10d"
            ),
        }

    def row(self, index: Index) -> Row | None:
        """Return the row an index is in, or None for the empty one below."""
        return self.scope.rows[index.row()] if 0 <= index.row() < len(self.scope.rows) else None

    def head(self, column: Column) -> str:
        """Return the head of a column on one line."""
        return self._heads[column]

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are, with the empty one."""
        return 0 if parent.isValid() else len(self.scope.rows) + 1

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return the head of a column, or the number of a row."""
        if orientation is Qt.Orientation.Horizontal:
            if not 0 <= section < len(Column):
                return None
            column = Column(section)
            if role == Role.DisplayRole:
                return folded(self._heads[column])
            if role == Role.TextAlignmentRole:
                across = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
                return across | Qt.AlignmentFlag.AlignVCenter
            if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
                return self._meanings.get(column)
        elif role == Role.DisplayRole:
            return str(section + 1) if section < len(self.scope.rows) else "+"
        return None

    @override
    def flags(self, index: Index) -> Flag:
        """Return what can be done with a cell."""
        row, plain = self.row(index), Flag.ItemIsSelectable | Flag.ItemIsEnabled
        if row is not None and row.locked:
            return plain
        if index.column() in BOXES:
            return plain | Flag.ItemIsUserCheckable | Flag.ItemIsEditable if row is not None else plain
        return plain | Flag.ItemIsEditable

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what stands in a cell, and how."""
        row, column = self.row(index), Column(index.column())
        if role == Role.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignTop
        if row is None:
            if role == Role.ForegroundRole:
                return QColor(self._colours.faint)
            hint = role == Role.DisplayRole and column is Column.TITLE
            return tr("Type here to add an item") if hint else None
        if role == Role.DisplayRole:
            return self._text(row, column)
        if role == Role.EditRole:
            return self.scope.order_text(row) if column is Column.AFTER else row.texts[column]
        if role == Role.CheckStateRole and column in BOXES:
            return Qt.CheckState.Checked if row.ticked(column) else Qt.CheckState.Unchecked
        if role == Role.ToolTipRole:
            return tip(self._told(row, column)) or None
        if role == Role.AccessibleDescriptionRole:
            return self._told(row, column) or None
        return self._dress(row, column, role)

    @override
    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take what was typed; typing into the empty row adds one."""
        row, column = self.row(index), Column(index.column())
        if role == Role.CheckStateRole and row is not None and not row.locked:
            self._keep()
            checked = Qt.CheckState(value) is Qt.CheckState.Checked
            self.scope.type(row, column, YES if checked else "")
            self.tell()
            return True
        if role != Role.EditRole or (row is not None and row.locked):
            return False
        text = str(value)
        if row is None and not text.strip():
            return False
        self._keep()
        row = row or self._added()
        self.scope.type(row, column, text)
        self.tell()
        return column not in row.wrong

    def insert(self, at: int) -> None:
        """Put an empty row before the one at *at*."""
        self._keep()
        self._added(at)
        self.tell()

    def remove(self, rows: Sequence[Row]) -> None:
        """Take rows out; raises Refused where one has to stay."""
        gone = self.scope.check_can_go(rows)
        self._keep()
        for row in gone:
            at = self.scope.rows.index(row)
            self.beginRemoveRows(ROOT, at, at)
            self.scope.drop(row)
            self.endRemoveRows()
        self.tell()

    def clear(self, indexes: Sequence[Index]) -> None:
        """Empty cells, in one step; what may not be changed stays, and raises Refused where that is all of it."""
        cells = [(row, Column(index.column())) for index in indexes if (row := self.row(index)) is not None]
        free = [(row, column) for row, column in cells if not row.locked]
        if cells and not free:
            raise Refused(cells[0][0].locked)
        free = [(row, column) for row, column in free if self.scope.filled(row, column)]
        if free:
            self._keep()
            for row, column in free:
                self.scope.type(row, column, "")
            self.tell()

    def move(self, at: int, to: int) -> bool:
        """Move the row at *at* so that it stands at *to*, and return whether it could be."""
        rows = self.scope.rows
        if at == to or not (0 <= at < len(rows) and 0 <= to < len(rows)):
            return False
        self._keep()
        self.beginMoveRows(ROOT, at, at, ROOT, to + (to > at))
        rows.insert(to, rows.pop(at))
        self.endMoveRows()
        self.tell()
        return True

    def paste(self, at: int, columns: Sequence[Column | None], clip: Clip) -> None:
        """Fill rows from *at* on, each cell of a line into its column.

        Raises Refused, and nothing is changed, where one of them is read-only.
        """
        for row in self.scope.rows[at : at + len(clip.lines)]:
            if row.locked:
                raise Refused(row.locked)
        self._keep()
        count = len(self.scope.rows)
        filled = [self.scope.rows[n] if n < count else self._added() for n in range(at, at + len(clip.lines))]
        numbers = {name: at + n for n, name in enumerate(clip.ids, 1) if name}
        orders: list[tuple[Row, str]] = []
        for row, cells in zip(filled, clip.lines, strict=True):
            for column, text in zip(columns, cells, strict=False):
                if column is Column.AFTER:
                    orders.append((row, by_row(text, numbers) if numbers else text))
                elif column is not None:
                    self.scope.type(row, column, text)
        for row, text in orders:  # once every title and every row is there
            self.scope.type(row, Column.AFTER, text)
        self.tell()

    def let_wait(self, waits: Mapping[EntityId, Waits]) -> None:
        """Let rows come after others; raises Refused, and nothing is changed."""
        before = self.scope.state()
        self.scope.let_wait(waits)
        self._keep(before)
        self.tell()

    def undo(self) -> bool:
        """Take back what was done last in the table, and return whether there was anything."""
        return self._exchange(self._done, self._undone)

    def redo(self) -> bool:
        """Do again what was taken back last, and return whether there was anything."""
        return self._exchange(self._undone, self._done)

    def used(self) -> Collection[Column]:
        """Return the columns in which something stands."""
        found = {c for row in self.scope.rows for c in Column if row.texts[c]}
        return found | {Column.AFTER} if any(row.waits or row.unread for row in self.scope.rows) else found

    def needed(self) -> Collection[Column]:
        """Return the columns without which something that is said stays open: a gate needs its duration."""
        return {Column.DURATION} if any(row.ticked(Column.GATE) for row in self.scope.rows) else set()

    def tell(self) -> None:
        """Say that cells may have changed, those with numbers of rows as well."""
        self.scope.look_again()
        last = self.rowCount() - 1
        self.dataChanged.emit(self.index(0, 0), self.index(last, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last)
        self.edited.emit()

    def _added(self, at: int | None = None) -> Row:
        place = len(self.scope.rows) + 1 if at is None else at
        self.beginInsertRows(ROOT, place, place)
        row = self.scope.add(at)
        self.endInsertRows()
        return row

    def _keep(self, state: list[Row] | None = None) -> None:
        self._done = [*self._done[1 - MOST_STEPS :], self.scope.state() if state is None else state]
        self._undone = []

    def _exchange(self, back: list[list[Row]], forth: list[list[Row]]) -> bool:
        if not back:
            return False
        forth.append(self.scope.state())
        self.beginResetModel()
        self.scope.rows = back.pop()
        self.endResetModel()
        self.tell()
        return True

    def _text(self, row: Row, column: Column) -> str:
        if column is Column.AFTER:
            return self.scope.order_text(row)
        if column in BOXES:
            return row.texts[column] if column in row.wrong else ""
        return row.texts[column]

    def _told(self, row: Row, column: Column) -> str:
        said = self.scope.why(row, column) or self.scope.doubt(row, column) or row.locked
        return said or (self.scope.told(row.waits) if column is Column.AFTER else self._text(row, column))

    def _dress(self, row: Row, column: Column, role: int) -> object:
        wrong = column in row.wrong
        if role == Role.ForegroundRole and (wrong or row.locked):
            return QColor(self._colours.bad if wrong else self._colours.secondary)
        if role == Role.BackgroundRole and wrong:
            return QColor(self._colours.bad_tint)
        doubtful = not wrong and bool(self.scope.doubt(row, column))
        if role == Role.ForegroundRole and doubtful:
            return QColor(self._colours.warning)
        if role == Role.FontRole and (wrong or doubtful):
            font = QFont()
            font.setUnderline(True)
            return font
        return None


def folded(head: str) -> str:
    """Return a head on two lines as even as its words allow; one word, or few letters, stay on one."""
    words = head.split()
    if len(words) < 2 or len(head) < len("Comes after"):
        return head
    ways = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return "\n".join(min(ways, key=lambda way: max(map(len, way))))
