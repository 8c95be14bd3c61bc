"""RegisterModel: the entries of a register as rows of a table, an empty one below them to begin a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.agreement.register import Register
from roadmapper.ui.editor import Editor
from roadmapper.ui.widgets.labels import tip
from roadmapper.ui.widgets.looks import palette_of
from roadmapper.ui.widgets.tables import ROOT, Index, Role

Flag = Qt.ItemFlag
GAP = "\u2003"  # so that a number does not touch the text of the column at its right
AnyRegister: TypeAlias = Register[Any]


class RegisterModel(QAbstractTableModel):
    """The rows, filtered and sorted; *made* is sent with an entry that came from the empty row."""

    made = Signal(str)

    def __init__(self, reading: Callable[[], AnyRegister], editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self._reading = reading
        self._editor = editor
        self._colours = palette_of(parent)
        self._bold = QFont(parent.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._letters = ""
        self._sorted: tuple[int, bool] | None = None
        self._open = False
        self.register = reading()
        self.keys: list[EntityId] = []
        self.refresh()

    @property
    def writable(self) -> bool:
        """Return whether whoever works here may change this."""
        return self._editor.may(self.register.table)

    def key(self, row: int) -> EntityId | None:
        """Return whose row it is, None for the empty one below and for none at all."""
        return self.keys[row] if 0 <= row < len(self.keys) else None

    def find(self, letters: str) -> None:
        """Show what has these letters."""
        self._letters = " ".join(letters.split()).casefold()
        self.refresh()

    def refresh(self) -> None:
        """Read the plan anew; while the same rows stand there, none goes and none comes."""
        self.register = self._reading()
        keys, open_ = self._found(), self.writable
        if keys == self.keys and open_ == self._open:
            if self.keys:
                self.dataChanged.emit(self.index(0, 0), self.index(len(keys) - 1, len(self.register.columns) - 1))
            return
        self.beginResetModel()
        self.keys, self._open = keys, open_
        self.endResetModel()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; no column is the order of the register."""
        self._sorted = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.register.columns) - 1)
        self.refresh()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are, with the empty one."""
        return 0 if parent.isValid() else len(self.keys) + self._open

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.register.columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return the head of a column, with an arrow where it is sorted by."""
        columns = self.register.columns
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(columns):
            return None
        if role == Role.DisplayRole:
            by = self._sorted
            arrow = "" if by is None or by[0] != section else " ↓" if by[1] else " ↑"
            return columns[section].head + arrow + (GAP if columns[section].right else "")
        return self._aligned(section) if role == Role.TextAlignmentRole else None

    @override
    def flags(self, index: Index) -> Flag:
        """Return what can be done with a cell."""
        plain = Flag.ItemIsSelectable | Flag.ItemIsEnabled
        if not index.isValid() or not self._open:
            return plain
        return plain if index.row() >= len(self.keys) and index.column() else plain | Flag.ItemIsEditable

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what stands in a cell, and how."""
        if not index.isValid():
            return None
        key, column = self.key(index.row()), index.column()
        entry = None if key is None else self.register.entry(key)
        if role == Role.TextAlignmentRole:
            return self._aligned(column)
        if entry is None:
            if role == Role.ForegroundRole:
                return QColor(self._colours.faint)
            return self.register.hint if role == Role.DisplayRole and not column else None
        if role == Role.DisplayRole:
            return self.register.shown(entry, column) + (GAP if self.register.columns[column].right else "")
        if role == Role.EditRole:
            return self.register.typed(entry, column)
        if role == Role.ToolTipRole:
            return tip(self.register.shown(entry, column)) or None
        if role == Role.AccessibleTextRole:
            return f"{self.register.columns[column].head}: {self.register.shown(entry, column) or tr('nothing')}"
        return self._bold if role == Role.FontRole and not column else None

    @override
    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take what was typed, as one step that can be undone; what cannot be read is refused with a sentence."""
        if role != Role.EditRole:
            return False
        key, register, text = self.key(index.row()), self.register, str(value)
        entry = None if key is None else register.entry(key)
        try:
            if entry is not None:
                changed = register.with_text(entry, index.column(), text)
                label = tr("Change “{title}”").format(title=register.shown(entry, 0))
                return self._editor.run(label, register.put, [changed])
            if not text.strip():
                return False
            changed = register.fresh(text)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return False
        done = self._editor.run(register.added(1, register.shown(changed, 0)), register.put, [changed])
        if done:
            self.made.emit(changed.id)
        return done

    def _found(self) -> list[EntityId]:
        register = self.register
        entries = [e for e in register.entries() if not self._letters or register.found(e, self._letters)]
        if self._sorted is not None:
            column, down = self._sorted
            entries.sort(key=lambda e: register.order(e, column), reverse=down)
        return [e.id for e in entries]

    def _aligned(self, column: int) -> Qt.AlignmentFlag:
        right = self.register.columns[column].right
        across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return across | Qt.AlignmentFlag.AlignVCenter
