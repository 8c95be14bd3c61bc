"""RegisterTable: a register, edited in place, pasted into from a spreadsheet, each deed one step back."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QTableView, QWidget
from typing_extensions import override

from roadmapper.domain.entity import SENTENCE_LENGTH, EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.ui.agreement.pasting import pasted
from roadmapper.ui.agreement.register_model import RegisterModel
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.clips import copied
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.tables import Index, Role, Roomy

LEAST_SHARE = 110.0
MOST_PLAIN = 190.0
MEASURED = 60
MOST_WRAPPED = 400
LEAST_ROW = 30.0


class _Cells(Roomy):
    """A field in the cell; what was not touched is not written back."""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        limit(editor, 2 * SENTENCE_LENGTH)  # what is too long is said to be, never silently cut
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        editor.setAutoFillBackground(True)
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Role.EditRole) or ""))
            editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text(), Role.EditRole)

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect, high = option.rect, editor.sizeHint().height()
        editor.setGeometry(rect.left(), rect.center().y() - high // 2, rect.width(), high)


class RegisterTable(QTableView):
    """The table; *looked_at* is sent with the entry of the current row, or with nothing."""

    looked_at = Signal(str)

    def __init__(self, model: RegisterModel, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows_model = model
        self._editor = editor
        self._theme = theme
        self._kept: tuple[EntityId | None, int, int, int] = (None, 0, 0, 0)
        self._at_work = False
        self._next: tuple[EntityId, int] | None = None
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(model.register.title)
        colours = theme.palette
        self.setStyleSheet(
            f"QTableView {{ selection-background-color: {colours.accent_tint}; selection-color: {colours.text}; }}"
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self._set_up_heads()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._put_back)
        model.dataChanged.connect(self.share)
        model.made.connect(self._go_on)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._edit_next)

    def _set_up_heads(self) -> None:
        theme = self._theme
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(LEAST_ROW * theme.unit))
        self.verticalHeader().setMinimumSectionSize(round(LEAST_ROW * theme.unit))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(steps(self, 3))
        head.setSectionsClickable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorShown(False)  # the head itself says it: Qt would paint its arrow over the words
        head.sortIndicatorChanged.connect(self.rows_model.sort)

    def selected(self) -> list[EntityId]:
        """Return the entries whose rows are selected, from the top, or the one with the focus."""
        rows = sorted({i.row() for i in self.selectedIndexes()} or {self.currentIndex().row()})
        return [key for key in map(self.rows_model.key, rows) if key is not None]

    def go_to(self, key: EntityId, column: int = 0, *, edit: bool = False) -> None:
        """Go to a cell of an entry, and edit it if wanted."""
        if key not in self.rows_model.keys:
            return
        index = self.rows_model.index(self.rows_model.keys.index(key), column)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)
        if edit and self.rows_model.writable:
            self.setFocus()
            self.edit(index)

    def rename(self) -> None:
        """Edit the name in the current row in place."""
        index = self.rows_model.index(self.currentIndex().row(), 0)
        if self.rows_model.writable and index.isValid():
            self.setFocus()
            self.setCurrentIndex(index)
            self.edit(index)

    def add(self) -> None:
        """Begin a new entry in the empty row."""
        if self.rows_model.writable:
            index = self.rows_model.index(len(self.rows_model.keys), 0)
            self.setFocus()
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

    def delete(self) -> None:
        """Delete what is selected, as one step that can be undone."""
        keys, row, model = self.selected(), self.currentIndex().row(), self.rows_model
        if not keys or not model.writable:
            return
        first = model.register.entry(keys[0])
        label = model.register.deleted(len(keys), "" if first is None else model.register.shown(first, 0))
        if self._editor.run(label, model.register.remove, keys) and model.keys:
            self.go_to(model.keys[min(row, len(model.keys) - 1)])

    def copy(self) -> None:
        """Put the selected rows onto the clipboard with their heads, as a spreadsheet takes them."""
        register = self.rows_model.register
        entries = [e for e in map(register.entry, self.selected()) if e is not None]
        heads = [column.head for column in register.columns]
        cells = [[register.typed(e, n) for n in range(len(heads))] for e in entries]
        QGuiApplication.clipboard().setText(copied([heads, *cells]))

    def paste(self) -> None:
        """Make entries of what a spreadsheet put on the clipboard, as one step that can be undone."""
        model, index = self.rows_model, self.currentIndex()
        if not model.writable:
            return
        rows = model.keys[index.row() :] if index.isValid() else []
        try:
            text = QGuiApplication.clipboard().text()
            found = pasted(model.register, text, rows, index.column() if rows else 0)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return
        if found:
            label = model.register.added(len(found), model.register.shown(found[0], 0))
            if self._editor.run(label, model.register.put, found):
                self.go_to(found[-1].id, max(index.column(), 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, add one (Insert), edit a cell (Enter, F2 or by typing), delete rows (Delete)."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Insert and not event.modifiers():
            self.add()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            if self.currentIndex().isValid():
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: what is typed is for a cell."""

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell whose row is looked at."""
        super().currentChanged(current, previous)
        self.looked_at.emit(self.rows_model.key(current.row()) or "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.share()

    def share(self) -> None:
        """Make columns as wide as what stands in them; those with a share have what is left, and wrap."""
        model, unit = self.rows_model, self._theme.unit
        columns, wide, head = model.register.columns, self.viewport().width(), self.horizontalHeader()
        plain = {n: self._wide(n) for n, c in enumerate(columns) if not c.share}
        left, whole = wide - sum(plain.values()), sum(c.share for c in columns)
        for n, column in enumerate(columns):
            shared = max(left * column.share // whole, round(LEAST_SHARE * unit)) if column.share else plain[n]
            head.resizeSection(n, shared)
        if len(model.keys) <= MOST_WRAPPED:
            self.resizeRowsToContents()

    def _wide(self, number: int) -> int:
        metrics, model = QFontMetricsF(self.font()), self.rows_model
        texts = [str(model.headerData(number, Qt.Orientation.Horizontal)) + " ↓"]
        texts += [str(model.index(n, number).data() or "") for n in range(min(model.rowCount(), MEASURED))]
        most = max(map(metrics.horizontalAdvance, texts)) + 14 * self._theme.unit
        return min(round(most), round(MOST_PLAIN * self._theme.unit))

    def _keep(self) -> None:
        index = self.currentIndex()
        row = index.row() if index.isValid() else -1
        self._kept = (self.rows_model.key(row), row, max(index.column(), 0), self.verticalScrollBar().value())
        self._at_work = self.hasFocus() or self.isAncestorOf(self.window().focusWidget() or self.window())

    def _put_back(self) -> None:
        """After other rows came: be where one was, at the same entry or at least in the same place."""
        key, row, column, place = self._kept
        self.share()
        count = self.rows_model.rowCount()
        row = self.rows_model.keys.index(key) if key in self.rows_model.keys else min(row, count - 1)
        if row >= 0:
            self.setCurrentIndex(self.rows_model.index(row, column))
        self.verticalScrollBar().setValue(place)
        if self._at_work:  # the field that the rows took with them had it
            self.setFocus()

    def _go_on(self, key: str) -> None:
        """After a name was entered: go on with the cell beside it, once the field has closed."""
        self._next = (EntityId(key), 1)
        self._soon.start()

    def _edit_next(self) -> None:
        if self._next is not None:
            key, column = self._next
            self._next = None
            self.go_to(key, column, edit=self.hasFocus())
