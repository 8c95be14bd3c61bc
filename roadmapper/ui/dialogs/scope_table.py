"""ScopeTable: the scope items of a project as a table that is edited in place, like a page of a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.entity import TEXT_LENGTH, TITLE_LENGTH
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.after_edit import AfterEdit
from roadmapper.ui.dialogs.scope_rows import YES, Column, Row, ScopeRows, cells_of, numbers_text
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.ui.widgets.tables import ROOT, Index, Role, Roomy

Flag = Qt.ItemFlag
NUMBERS = (Column.EFFORT, Column.PEOPLE, Column.REVENUE)
MOST_LINES = 4
SHARES = {Column.TITLE: 3, Column.OUTCOME: 4, Column.AFTER: 3}


class ScopeModel(QAbstractTableModel):
    """The rows and an empty one below them; *refused* says why something was not taken."""

    refused = Signal(str)
    edited = Signal()

    def __init__(self, scope: ScopeRows, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.scope = scope
        self._colours = palette_of(parent)
        self._heads = (
            tr("Title"),
            tr("What marketing can do with it"),
            tr("Effort (pw)"),
            tr("People"),
            tr("{currency} a month").format(currency=currency),
            tr("Usable"),
            tr("Comes after"),
        )

    def row(self, index: Index) -> Row | None:
        """Return the row an index is in, or None for the empty one below."""
        return self.scope.rows[index.row()] if 0 <= index.row() < len(self.scope.rows) else None

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
            if role == Role.DisplayRole and section < len(self._heads):
                return self._heads[section]
            if role == Role.TextAlignmentRole:
                across = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
                return across | Qt.AlignmentFlag.AlignVCenter
        elif role == Role.DisplayRole:
            return str(section + 1) if section < len(self.scope.rows) else "+"
        return None

    @override
    def flags(self, index: Index) -> Flag:
        """Return what can be done with a cell."""
        row, plain = self.row(index), Flag.ItemIsSelectable | Flag.ItemIsEnabled
        if row is not None and row.locked:
            return plain
        if index.column() == Column.USABLE:
            return plain | Flag.ItemIsUserCheckable if row is not None else plain
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
        wrong = row.wrong.get(column, "")
        if role == Role.DisplayRole:
            return self._text(row, column)
        if role == Role.EditRole:
            if column is Column.AFTER:
                return numbers_text(self.scope.numbers(row))
            return row.texts[column]
        if role == Role.CheckStateRole and column is Column.USABLE:
            return Qt.CheckState.Checked if row.usable else Qt.CheckState.Unchecked
        if role == Role.ForegroundRole and (wrong or row.locked):
            return QColor(self._colours.bad if wrong else self._colours.secondary)
        if role == Role.BackgroundRole and wrong:
            return QColor(self._colours.bad_tint)
        if role == Role.FontRole and wrong:
            font = QFont()
            font.setUnderline(True)
            return font
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return wrong or row.locked or self._text(row, column) or None
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Take what was typed; typing into the empty row adds one."""
        row, column = self.row(index), Column(index.column())
        if role == Role.CheckStateRole and row is not None and not row.locked:
            checked = Qt.CheckState(value) is Qt.CheckState.Checked
            self.scope.type(row, Column.USABLE, YES if checked else "")
            self._tell()
            return True
        if role != Role.EditRole or (row is not None and row.locked):
            return False
        text = str(value)
        if row is None and not text.strip():
            return False
        row = row or self.add()
        try:
            self._put(row, column, text)
        except Refused as refusal:
            self._tell()
            self.refused.emit(str(refusal))
            return False
        self._tell()
        return True

    def add(self) -> Row:
        """Make a row of the empty one, and let another empty one be below it."""
        at = len(self.scope.rows) + 1
        self.beginInsertRows(ROOT, at, at)
        row = self.scope.add()
        self.endInsertRows()
        return row

    def remove(self, rows: Sequence[Row]) -> None:
        """Take rows out; raises Refused where one has to stay."""
        for row in self.scope.check_can_go(rows):
            at = self.scope.rows.index(row)
            self.beginRemoveRows(ROOT, at, at)
            self.scope.drop(row)
            self.endRemoveRows()
        self._tell()

    def move(self, at: int, step: int) -> bool:
        """Move a row up (-1) or down (1), and return whether it could be."""
        rows, to = self.scope.rows, at + step
        if not (0 <= at < len(rows) and 0 <= to < len(rows)):
            return False
        self.beginMoveRows(ROOT, at, at, ROOT, to + (step > 0))
        rows.insert(to, rows.pop(at))
        self.endMoveRows()
        self._tell()
        return True

    def paste(self, at: int, column: int, lines: Sequence[Sequence[str]]) -> None:
        """Fill rows from a cell on; raises Refused, and nothing is changed, where one of them is read-only."""
        for row in self.scope.rows[at : at + len(lines)]:
            if row.locked:
                raise Refused(row.locked)
        filled = []
        for n, cells in enumerate(lines, at):
            row = self.scope.rows[n] if n < len(self.scope.rows) else self.add()
            filled.append((row, list(zip(list(Column)[column:], cells, strict=False))))
        why = ""
        for row, pairs in filled:
            for where, text in pairs:
                try:
                    self._put(row, where, text)
                except Refused as refusal:
                    why = why or str(refusal)
        self._tell()
        if why:
            raise Refused(why)

    def _put(self, row: Row, column: Column, text: str) -> None:
        if column is Column.AFTER:
            self.scope.order(row, text)
        else:
            self.scope.type(row, column, text)

    def _text(self, row: Row, column: Column) -> str:
        if column is Column.AFTER:
            return ", ".join(self.scope.titles(row))
        if column is Column.USABLE:
            return row.texts[column] if column in row.wrong else ""
        return row.texts[column]

    def _tell(self) -> None:
        last = self.rowCount() - 1
        self.dataChanged.emit(self.index(0, 0), self.index(last, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last)
        self.edited.emit()


class ScopeDelegate(Roomy):
    """Opens a line in a cell; what was not touched is not written back."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self._table = table

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field for a cell."""
        model = index.model()
        editor = QLineEdit(parent)
        if index.column() == Column.AFTER and isinstance(model, ScopeModel):
            others = [(n, model.scope.named(r)) for n, r in enumerate(model.scope.rows, 1) if n != index.row() + 1]
            editor = AfterEdit(others, parent)
        editor.setMaxLength(TEXT_LENGTH if index.column() == Column.OUTCOME else TITLE_LENGTH)
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        editor.setAutoFillBackground(True)
        return editor

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of the text, of at most a few lines: all of it is shown while the mouse rests on it."""
        hint = super().sizeHint(option, index)
        return hint.boundedTo(QSize(hint.width(), option.fontMetrics.lineSpacing() * MOST_LINES + steps(self._table)))

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell, on one line."""
        if isinstance(editor, QLineEdit):
            editor.setText(" ".join(str(index.data(Role.EditRole) or "").split()))
            editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), Role.EditRole)

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the field be as wide as its cell, and as high as a line."""
        high = max(editor.sizeHint().height(), steps(editor, 3.5))
        editor.setGeometry(option.rect.x(), option.rect.y(), option.rect.width(), min(high, option.rect.height()))


class ScopeTable(QTableView):
    """The table; its columns share the width there is."""

    def __init__(self, model: ScopeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope_model = model
        self.setModel(model)
        self.setItemDelegate(ScopeDelegate(self))
        self.setAccessibleName(tr("Scope items"))
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setMinimumSectionSize(round(QFontMetricsF(self.font()).height()) + steps(self, 1.5))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def rows(self) -> list[Row]:
        """Return the rows that are selected, or the one with the focus."""
        indexes: list[Index] = [*self.selectedIndexes()] or [self.currentIndex()]
        found = (self.scope_model.row(self.model().index(n, 0)) for n in sorted({i.row() for i in indexes}))
        return [row for row in found if row is not None]

    def paste(self) -> None:
        """Fill rows with what a spreadsheet put on the clipboard, from the current cell on."""
        index = self.currentIndex()
        at, column = (index.row(), index.column()) if index.isValid() else (len(self.scope_model.scope.rows), 0)
        try:
            self.scope_model.paste(at, column, cells_of(QGuiApplication.clipboard().text()))
        except Refused as refusal:
            self.scope_model.refused.emit(str(refusal))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, empty a cell (Backspace), edit one (Enter): Enter never closes the dialog from here."""
        index = self.currentIndex()
        editable = index.isValid() and bool(index.flags() & Flag.ItemIsEditable)
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Backspace and editable:
            self.model().setData(index, "", Role.EditRole)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if editable and self.state() != QAbstractItemView.State.EditingState:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        head, metrics = self.horizontalHeader(), QFontMetricsF(self.font())
        left = self.viewport().width()
        for column in Column:
            if column not in SHARES:
                words = str(self.model().headerData(column, Qt.Orientation.Horizontal))
                wide = round(metrics.horizontalAdvance(words)) + steps(self, 3)
                head.resizeSection(column, wide)
                left -= wide
        whole = sum(SHARES.values())
        for column, share in SHARES.items():
            head.resizeSection(column, max(left * share // whole, steps(self, 8)))
        head.setStretchLastSection(True)
        self.resizeRowsToContents()
