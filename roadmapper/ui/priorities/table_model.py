"""InvestmentsModel: the investments as rows of a table in the order of the ranking, an empty one below them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.investment import Investment
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.ranking.model import Chance, Place
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.cells import MONEY, Cells
from roadmapper.ui.priorities.columns import Column, What, columns_of
from roadmapper.ui.priorities.facts import Facts
from roadmapper.ui.priorities.finding import Found, Order, found_in
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.widgets.labels import tip
from roadmapper.ui.widgets.looks import palette_of
from roadmapper.ui.widgets.tables import ROOT, Index, Role
from roadmapper.workspace.edits.investments import next_position, put_investments

Flag = Qt.ItemFlag
LARGEST_FIRST = (*MONEY, What.SCORE, What.CLOSURE, What.CHANCE, What.CRITERION)
STUDIED = (What.INTERVAL, What.CHANCE)
WHOLE = Qt.AlignmentFlag.AlignVCenter


class InvestmentsModel(QAbstractTableModel):
    """The rows; while only their order or their figures change, no row goes and none comes.

    *found* is sent when other rows are shown, *arranged* when there are other columns.
    """

    found = Signal()
    arranged = Signal()

    def __init__(self, comparing: Comparing, editor: Editor, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._editor = editor
        self._today = today
        self._colours = palette_of(parent)
        self.bold = QFont(parent.font())
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.order = Order()
        self.wanted = Found()
        self.keys: list[EntityId] = []
        self.empty = editor.may_plan  # whether there is an empty row below the others, as the views were told
        self.taking = False  # while rows come and go, so that nobody takes that for a choice
        self.columns: Sequence[Column] = columns_of(comparing.plan)
        self.facts = Facts(comparing, today)
        comparing.ranked.connect(self.refresh)
        comparing.studied.connect(self._studied)
        editor.opened.connect(self._offer)

    @property
    def cells(self) -> Cells:
        """Return what reads and writes the cells of the plan as it is now."""
        return Cells(self._comparing.plan, self._today)

    def key(self, row: int) -> EntityId | None:
        """Return whose row it is, None for the empty one below and for none at all."""
        return self.keys[row] if 0 <= row < len(self.keys) else None

    def investment(self, row: int) -> Investment | None:
        """Return the investment of a row."""
        key = self.key(row)
        return None if key is None else self._comparing.plan.investments.get(key)

    def place(self, row: int) -> Place | None:
        """Return the place of a row's investment in the ranking, None where it has none."""
        key = self.key(row)
        return None if key is None else self._comparing.ranking.by_id.get(key)

    def chance(self, row: int) -> Chance | None:
        """Return how sure a row's place is, None as long as nobody knows."""
        key, study = self.key(row), self._comparing.study
        return None if key is None or study is None else study.chances.of.get(key)

    def lack(self, row: int) -> str:
        """Return why a row has no place in the ranking, or nothing."""
        key = self.key(row)
        return "" if key is None else self.facts.lack(key)

    def note(self, row: int) -> str:
        """Return what stands behind the title of a row, or nothing."""
        investment = self.investment(row)
        return "" if investment is None else self.facts.note(investment)

    def find(self, wanted: Found) -> None:
        """Show what is looked for."""
        self.wanted = wanted
        self.refresh()

    def show_day(self, today: date) -> None:
        """Show how old the estimates are on another day."""
        self._today = today
        self.refresh()

    def refresh(self) -> None:
        """Show the ranking as it is now: rows that stay keep the focus and their selection."""
        columns = columns_of(self._comparing.plan)
        if columns != self.columns:
            self.beginResetModel()
            self.columns = columns
            self.keys = []
            self.endResetModel()
            self.arranged.emit()
        self.facts = Facts(self._comparing, self._today)
        keys = found_in(self._comparing, self.wanted, self.order, self.cells)
        if self._waits():  # the rows stay where they are until it is known how sure their places are
            there, wanted = set(self.keys), set(keys)
            keys = [k for k in self.keys if k in wanted] + [k for k in keys if k not in there]
        self._offer()
        if keys != self.keys:
            self.taking = True
            self._take(keys)
            self.taking = False
            self.found.emit()
        self._tell()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; its rank is the order that everything else is about."""
        found = self.columns[column] if 0 <= column < len(self.columns) else None
        self.order = Order(found, down=order is Qt.SortOrder.DescendingOrder)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.refresh()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are, with the empty one."""
        return 0 if parent.isValid() else len(self.keys) + self.empty

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return the head of a column and what it means."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.head + self._arrow(column)
        if role == Role.InitialSortOrderRole:
            order = Qt.SortOrder.DescendingOrder if column.what in LARGEST_FIRST else Qt.SortOrder.AscendingOrder
            return order.value
        if role == Role.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft) | WHOLE
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return tip(column.meaning or column.head)
        return None

    @override
    def flags(self, index: Index) -> Flag:
        """Return what can be done with a cell."""
        plain = Flag.ItemIsSelectable | Flag.ItemIsEnabled
        if not index.isValid() or not self._editor.may_plan:
            return plain
        column = self.columns[index.column()]
        if index.row() >= len(self.keys):
            return plain | Flag.ItemIsEditable if column.what is What.TITLE else plain
        return plain | Flag.ItemIsEditable if column.editable else plain

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what stands in a cell, and how."""
        if not index.isValid():
            return None
        column, investment = self.columns[index.column()], self.investment(index.row())
        if role == Role.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft) | WHOLE
        if investment is None:
            if role == Role.ForegroundRole:
                return QColor(self._colours.faint)
            hint = role == Role.DisplayRole and column.what is What.TITLE and index.row() >= len(self.keys)
            return tr("Type here to add an investment") if hint else None
        if role == Role.DisplayRole:
            return self.facts.shown(column, investment) or self.cells.shown(column, investment)
        if role == Role.EditRole:
            return self.cells.typed(column, investment)
        if role == Role.ToolTipRole:
            return tip(self.facts.told(column, investment)) or None
        if role == Role.AccessibleTextRole:
            return f"{column.head}: {self.data(index) or tr('nothing')}"
        if role == Role.AccessibleDescriptionRole:
            return self.facts.told(column, investment) or None
        return self._dress(column, investment, role)

    @override
    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take what was typed, as one step that can be undone; what cannot be read is refused with a sentence."""
        if role != Role.EditRole or not self._editor.may_plan:
            return False
        column, text = self.columns[index.column()], str(value)
        investment = self.investment(index.row())
        if investment is None:
            return self._added(text)
        try:
            changed = self.cells.with_text(column, investment, text)
        except Refused as refusal:
            why = str(refusal)
            stays = tr("{why}: “{head}” of “{title}” stays as it was.")
            self._editor.refused.emit(
                why if why.endswith(".") else stays.format(why=why, head=column.head, title=investment.title)
            )
            return False
        label = tr("Change “{title}”").format(title=investment.title)
        return self._editor.run(label, put_investments, [changed])

    def _arrow(self, column: Column) -> str:
        by = self.order.column
        if self.order.ranked or by is None or by.name != column.name:
            return ""
        return " ↓" if self.order.down else " ↑"

    def _added(self, title: str) -> bool:
        plain = " ".join(title.split())
        if not plain:
            return False
        try:
            investment = Investment(new_id("inv"), plain, position=next_position(self._comparing.plan))
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return False
        label = tr("Add “{title}”").format(title=plain)
        done = self._editor.run(label, put_investments, [investment])
        if done:
            self._comparing.choose(investment.id)
        return done

    def _dress(self, column: Column, investment: Investment, role: int) -> object:
        place = self._comparing.ranking.by_id.get(investment.id)
        if role == Role.FontRole and place is not None:
            bold = column.what is What.RANK or (column.what in (What.TITLE, What.SCORE) and place.funded)
            return self.bold if bold else None
        if role == Role.ForegroundRole:
            if column.what is What.ESTIMATED and self.facts.ageing(investment):
                return QColor(self._colours.warning)
            if column.what is What.CLOSURE or place is None or not place.funded:
                return QColor(self._colours.secondary)
        return None

    def _tell(self) -> None:
        """Say that figures may have changed."""
        if self.keys and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.keys) - 1, len(self.columns) - 1))

    def _waits(self) -> bool:
        """Return whether the rows are sorted by what only a study can tell, and there is none yet."""
        by, comparing = self.order.column, self._comparing
        return by is not None and by.what in STUDIED and comparing.study is None and not comparing.trouble

    def _studied(self) -> None:
        """Show how sure the places are; rows that are sorted by that find their places now."""
        if self.order.column is not None and self.order.column.what in STUDIED:
            self.refresh()
        else:
            self._tell()

    def _offer(self) -> None:
        """Have an empty row where the plan can be changed, and none where it cannot: the views have to be told."""
        row = len(self.keys)
        if self._editor.may_plan and not self.empty:
            self.beginInsertRows(ROOT, row, row)
            self.empty = True
            self.endInsertRows()
        elif self.empty and not self._editor.may_plan:
            self.beginRemoveRows(ROOT, row, row)
            self.empty = False
            self.endRemoveRows()

    def _take(self, keys: list[EntityId]) -> None:
        """Take the rows out that go, add those that come, and put all in their order."""
        stay = set(keys)
        for row in range(len(self.keys) - 1, -1, -1):
            if self.keys[row] not in stay:
                self.beginRemoveRows(ROOT, row, row)
                del self.keys[row]
                self.endRemoveRows()
        there = set(self.keys)
        more = [key for key in keys if key not in there]
        if more:
            self.beginInsertRows(ROOT, len(self.keys), len(self.keys) + len(more) - 1)
            self.keys += more
            self.endInsertRows()
        if keys != self.keys:
            self._put_in_order(keys)

    def _put_in_order(self, keys: list[EntityId]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = {key: row for row, key in enumerate(keys)}
        after = [self._moved(index, rows) for index in before]
        self.keys = keys
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _moved(self, index: QModelIndex, rows: dict[EntityId, int]) -> QModelIndex:
        key = self.key(index.row())
        return index if key is None else self.createIndex(rows[key], index.column())
