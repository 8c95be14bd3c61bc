"""CheckList: rows to tick, in an order that can be changed where that matters."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from roadmapper.ui.widgets.looks import palette_of, steps

KEY = Qt.ItemDataRole.UserRole
ROW = 3.5


class CheckList(QListWidget):
    """Rows with a key and words. *ticked* is sent when another choice, or another order, is there.

    With *ordered* rows are moved with the mouse, or with Alt+Up and Alt+Down.
    """

    ticked = Signal()

    def __init__(self, name: str, most: int, parent: QWidget | None = None, *, ordered: bool = False) -> None:
        super().__init__(parent)
        self._most = most
        self._ordered = ordered
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        worn = palette_of(self)
        self.setStyleSheet(
            f"QListView {{ border: 1px solid {worn.strong_line}; }}"
            f"QListView:focus {{ border: 2px solid {worn.accent}; }}"
            f"QListView::item:selected {{ background: {worn.accent_tint}; color: {worn.text}; }}"
        )
        if ordered:
            self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
            self.setDefaultDropAction(Qt.DropAction.MoveAction)
            self.model().rowsMoved.connect(self._told)
        self.itemChanged.connect(self._told)

    def show_rows(self, rows: Sequence[tuple[str, str]], ticked: Collection[str]) -> None:
        """Show rows of key and words, some of them ticked, without telling anybody."""
        blocked = self.blockSignals(True)
        self.clear()
        for key, words in rows:
            item = QListWidgetItem(words)
            item.setData(KEY, key)
            item.setToolTip("" if "<" in words else words)
            item.setSizeHint(QSize(0, steps(self, ROW)))
            flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled if self._ordered else flags)
            item.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)
        self.blockSignals(blocked)
        self.updateGeometry()

    def ticks(self) -> tuple[str, ...]:
        """Return the keys that are ticked, from the top."""
        items = [self.item(n) for n in range(self.count())]
        return tuple(str(i.data(KEY)) for i in items if i.checkState() is Qt.CheckState.Checked)

    def tick(self, keys: Collection[str]) -> None:
        """Tick these and no others, and tell it once."""
        blocked = self.blockSignals(True)
        for n in range(self.count()):
            item = self.item(n)
            item.setCheckState(Qt.CheckState.Checked if item.data(KEY) in keys else Qt.CheckState.Unchecked)
        self.blockSignals(blocked)
        self.ticked.emit()

    def every(self) -> tuple[str, ...]:
        """Return the keys of all rows, from the top."""
        return tuple(str(self.item(n).data(KEY)) for n in range(self.count()))

    def shift(self, down: int) -> None:
        """Move the current row so far down, up if it is less than nothing."""
        row = self.currentRow()
        if 0 <= row + down < self.count():
            blocked = self.blockSignals(True)
            item = self.takeItem(row)
            self.insertItem(row + down, item)
            self.setCurrentItem(item)
            self.blockSignals(blocked)
            self.ticked.emit()

    def _told(self) -> None:
        self.ticked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a row with Alt, else as lists do."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self._ordered and alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        """Return the room for all rows, or as many as is thought fit."""
        rows = max(1, min(self.count(), self._most))
        return QSize(steps(self, 20), rows * steps(self, ROW) + 6)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same: what scrolls is the panel around it."""
        return QSize(steps(self, 12), self.sizeHint().height())
