"""ScopeTable: the scope items of a project as a table that is edited in place, like a page of a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
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
from roadmapper.planning.phrases import NO_BREAK
from roadmapper.ui.dialogs.after_edit import AfterEdit
from roadmapper.ui.dialogs.scope_cells import BOXES, NUMBERS, Column
from roadmapper.ui.dialogs.scope_columns import ScopeColumns
from roadmapper.ui.dialogs.scope_model import ScopeModel
from roadmapper.ui.dialogs.scope_paste import clip_of
from roadmapper.ui.dialogs.scope_rows import Row
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.clips import copied
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.tables import Index, Role, Roomy

Flag = Qt.ItemFlag
KEYPAD = Qt.KeyboardModifier.KeypadModifier
MOST_LINES = 4
MEASURED = 200
SHARES = {Column.TITLE: 3, Column.OUTCOME: 4}
ON_ONE_LINE = {*BOXES, *NUMBERS, Column.DUE}
LEAST = {Column.TITLE: 18, Column.OUTCOME: 18}
SUCH_AS = {
    Column.EFFORT: "12.5",
    Column.DURATION: "10d, 3w",
    Column.DUE: "9 Aug 2027",
    Column.RAMP: "3",
    Column.REVENUE: "12500",
    **dict.fromkeys(BOXES, "yes, no"),
}
# Room for what is usual, so that typing seldom makes a column wider.
AS_LONG_AS = {
    Column.EFFORT: "1000.5",
    Column.DURATION: "100d",
    Column.DUE: "29 Nov 2028",
    Column.AFTER: "12, 14+2w, 15",
    Column.REVENUE: "1000000.50",
}


class ScopeDelegate(Roomy):
    """Opens a line in a cell, or the list of teams; what was not touched is not written back."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self._table = table

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field for a cell."""
        model, column = index.model(), Column(index.column())
        assert isinstance(model, ScopeModel)
        if column is Column.TEAM:
            return self._teams(model, parent)
        editor = QLineEdit(parent)
        if column is Column.AFTER:
            others = [(n, model.scope.named(r)) for n, r in enumerate(model.scope.rows, 1) if n != index.row() + 1]
            editor = AfterEdit(others, parent)
        elif column in SUCH_AS:
            editor.setPlaceholderText(SUCH_AS[column])
        # Twice of what fits: what is too long is said to be, never silently cut.
        limit(editor, 2 * (TITLE_LENGTH if column is Column.TITLE else TEXT_LENGTH))
        editor.setAccessibleName(model.head(column))
        editor.setAutoFillBackground(True)
        return editor

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of the text, of at most a few lines: all of it is shown while the mouse rests on it."""
        if index.column() in ON_ONE_LINE:  # lower than any row: nobody has to measure it
            return QSize(1, 1)
        hint = super().sizeHint(option, index)
        return hint.boundedTo(QSize(hint.width(), option.fontMetrics.lineSpacing() * MOST_LINES + steps(self._table)))

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Keep numbers off the box or the text at their right."""
        super().initStyleOption(option, index)
        if index.column() in NUMBERS and option.text:
            option.text += NO_BREAK

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell, on one line."""
        text = " ".join(str(index.data(Role.EditRole) or "").split())
        if isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed or chosen."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), Role.EditRole)
        elif isinstance(editor, QComboBox) and editor.property("touched"):
            editor.setProperty("touched", False)
            model.setData(index, editor.currentData(), Role.EditRole)

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the field be as wide as its cell, and as high as a line."""
        high = max(editor.sizeHint().height(), steps(editor, 3.5))
        wide = option.rect.width()
        if isinstance(editor, QComboBox):
            wide = max(wide, editor.sizeHint().width())
        elif index.column() in BOXES:
            wide = max(wide, steps(editor, 12))
        editor.setGeometry(option.rect.x(), option.rect.y(), wide, min(high, option.rect.height()))

    def _teams(self, model: ScopeModel, parent: QWidget) -> QComboBox:
        combo = Choice(parent)
        combo.addItem(tr("the team of the project"), "")
        for name in model.scope.cells.teams:
            combo.addItem(name, name)
        combo.setAccessibleName(model.head(Column.TEAM))
        combo.activated.connect(self._chosen)
        return combo

    def _chosen(self) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox):
            combo.setProperty("touched", True)
            self.commitData.emit(combo)


class ScopeTable(QTableView):
    """The table; title and outcome share the width that the other columns leave.

    Columns keep their places and widths while cells are edited: what needs room later takes it at its right.
    *deleting* says that rows, selected by their numbers, are to go.
    """

    deleting = Signal()

    def __init__(self, model: ScopeModel, columns: ScopeColumns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope_model = model
        self.columns = columns
        self._by_number = False
        self._shared = 0
        self.setModel(model)
        self.setItemDelegate(ScopeDelegate(self))
        self.setAccessibleName(tr("Scope items"))
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        side = self.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        side.setMinimumSectionSize(round(QFontMetricsF(self.font()).height()) + steps(self, 1.5))
        side.setSectionsMovable(True)
        side.setToolTip(tr("Drag a number to move the row"))
        side.sectionMoved.connect(self._dragged)
        side.sectionPressed.connect(self._pressed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._ask_columns)
        self.columns.changed.connect(self.share)
        self.columns.revealed.connect(self._arrange)
        model.edited.connect(self._make_room)
        model.modelReset.connect(self.resizeRowsToContents)

    def rows(self) -> list[Row]:
        """Return the rows that are selected, or the one with the focus."""
        indexes: list[Index] = [*self.selectedIndexes()] or [self.currentIndex()]
        found = (self.scope_model.row(self.model().index(n, 0)) for n in sorted({i.row() for i in indexes}))
        return [row for row in found if row is not None]

    def select(self, rows: list[Row]) -> None:
        """Select rows, and give the first of them the focus."""
        scope, column = self.scope_model.scope, max(self.currentIndex().column(), 0)
        numbers = sorted(scope.rows.index(row) for row in rows)
        model = self.selectionModel()
        # Said outright: the table itself would ask which keys are held, and keep or extend what was selected.
        model.setCurrentIndex(self.model().index(numbers[0], column), model.SelectionFlag.ClearAndSelect)
        for n in numbers[1:]:
            model.select(self.model().index(n, column), model.SelectionFlag.Select)

    def paste(self) -> None:
        """Fill rows with what a spreadsheet put on the clipboard, from the current cell on."""
        model, index = self.scope_model, self.currentIndex()
        at, column = (index.row(), index.column()) if index.isValid() else (len(model.scope.rows), 0)
        try:
            clip = clip_of(QGuiApplication.clipboard().text(), model.currency)
            shown = self.columns.shown()
            places = clip.columns or shown[shown.index(Column(column)) if column in shown else 0 :]
            model.paste(at, places, clip)
        except Refused as refusal:
            model.refused.emit(str(refusal))
            return
        self.columns.reveal({c for c in places if c is not None} & set(model.used()))
        self.resizeRowsToContents()
        self.executeDelayedItemsLayout()
        self.scrollTo(self.model().index(at, column), QAbstractItemView.ScrollHint.PositionAtTop)
        note = clip.note(len(places))
        if note:
            model.refused.emit(note)

    def copy(self) -> None:
        """Put the selected cells onto the clipboard, as a spreadsheet takes them."""
        cells = {(i.row(), i.column()): str(i.data(Role.EditRole) or "") for i in self.selectedIndexes()}
        columns = [c for c in self.columns.shown() if any(c == found for _, found in cells)]
        lines = [[cells.get((n, c), "") for c in columns] for n in sorted({n for n, _ in cells})]
        QGuiApplication.clipboard().setText(copied(lines))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, undo, empty cells (Delete), edit one (Enter): Enter never closes the dialog from here.

        Shift+Space selects whole rows; Delete then deletes these.
        """
        index = self.currentIndex()
        editable = index.isValid() and bool(index.flags() & Flag.ItemIsEditable)
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._step(index, back=True)
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._step(index, back=False)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers() & ~KEYPAD:
            self._delete()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._select_rows()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if editable and self.state() != QAbstractItemView.State.EditingState:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again if it is another."""
        super().resizeEvent(event)
        if self.width() != self._shared:
            self.share()

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Forget that rows were selected by their numbers."""
        super().selectionChanged(selected, deselected)
        self._by_number = False

    def share(self) -> None:
        """Show the columns that are to be, each as wide as what stands in it; what is left goes to the texts."""
        head, shown = self.horizontalHeader(), self.columns.shown()
        self._shared = self.width()
        # Without the room of the scroll bar, whether it is there or not: the tenth row moves no column.
        left = self.width() - 2 * self.frameWidth() - self.verticalHeader().sizeHint().width()
        left -= self.verticalScrollBar().sizeHint().width()
        self._put_in_order()
        for column in shown:
            if column not in SHARES:
                wide = self._wide(column)
                head.resizeSection(column, wide)
                left -= wide
        whole = sum(share for column, share in SHARES.items() if column in shown)
        for column, share in SHARES.items():
            if column in shown:
                head.resizeSection(column, max(left * share // whole, steps(self, LEAST[column])))
        self.resizeRowsToContents()

    def _put_in_order(self) -> None:
        """Show the columns that are to be, in their order."""
        head, shown = self.horizontalHeader(), self.columns.shown()
        for column in Column:
            self.setColumnHidden(column, column not in shown)
        for place, column in enumerate([*shown, *(c for c in Column if c not in shown)]):
            head.moveSection(head.visualIndex(column), place)

    def _arrange(self) -> None:
        """Show columns that came into use, behind the others; these stay as they are."""
        before = {column for column in Column if not self.isColumnHidden(column)}
        self._put_in_order()
        for column in self.columns.shown():
            if column not in before:
                least = steps(self, LEAST.get(column, 0))
                self.horizontalHeader().resizeSection(column, max(self._wide(column), least))
        self.resizeRowsToContents()

    def _wide(self, column: Column) -> int:
        model, metrics = self.scope_model, QFontMetricsF(self.font())
        texts = str(model.headerData(column, Qt.Orientation.Horizontal)).split("\n")
        if column not in BOXES:
            texts.append(AS_LONG_AS.get(column, ""))
            cells = (model.index(n, column).data() for n in range(min(model.rowCount(), MEASURED)))
            texts += [str(cell or "") for cell in cells]
        wide = max(metrics.horizontalAdvance(text) for text in texts)
        return min(round(wide), steps(self, 20)) + steps(self, 3)

    def _make_room(self) -> None:
        """Widen the columns for what was typed into them; a gate needs its duration."""
        self.columns.suggest(self.scope_model.needed())
        for column in self.columns.shown():
            wide = 0 if column in SHARES else self._wide(column)
            if wide > self.columnWidth(column):
                self.horizontalHeader().resizeSection(column, wide)

    def _pressed(self) -> None:
        """Remember that rows were selected by their numbers: what the table itself does at a press is done by now."""
        self._by_number = True

    def _select_rows(self) -> None:
        model = self.selectionModel()
        whole = QItemSelection()
        for n in {i.row() for i in self.selectedIndexes()}:
            whole.select(self.model().index(n, 0), self.model().index(n, len(Column) - 1))
        model.select(whole, model.SelectionFlag.Select)
        self._by_number = True

    def _delete(self) -> None:
        """Empty the cells that are selected, or let whole rows go that were selected by their numbers."""
        if self._by_number:
            self.deleting.emit()
            return
        index = self.currentIndex()
        try:
            self.scope_model.clear(self.selectedIndexes() or ([index] if index.isValid() else []))
        except Refused as refusal:
            self.scope_model.refused.emit(str(refusal))

    def _step(self, index: Index, *, back: bool) -> None:
        at = index.row(), index.column()
        if self.scope_model.undo() if back else self.scope_model.redo():
            self.setCurrentIndex(self.model().index(min(at[0], self.model().rowCount() - 1), at[1]))

    def _dragged(self, _row: int, before: int, after: int) -> None:
        """Move the row itself where its number was dragged to: the header shows rows in their order."""
        side = self.verticalHeader()
        with QSignalBlocker(side):
            side.moveSection(after, before)
        to = min(after, len(self.scope_model.scope.rows) - 1)
        if self.scope_model.move(before, to):
            self.setCurrentIndex(self.model().index(to, max(self.currentIndex().column(), 0)))

    def _ask_columns(self, point: QPoint) -> None:
        self.columns.ask(self.horizontalHeader().mapToGlobal(point))
