"""Tables: rows of plain text to look at, as many as there are, readable by keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from roadmapper.ui.widgets.looks import palette_of, steps

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MARGIN = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, and how it stands out; *colour* as #rrggbb."""

    text: str
    bold: bool = False
    colour: str = ""
    right: bool = False


class TextModel(QAbstractTableModel):
    """Rows of cells; a cell may be a mere text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.upright = Qt.AlignmentFlag.AlignVCenter
        self.pale = False
        self._columns: Sequence[str] = ()
        self._rows: Sequence[Sequence[Cell | str]] = ()

    def show(self, columns: Sequence[str], rows: Sequence[Sequence[Cell | str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._columns, self._rows = columns, rows
        self.endResetModel()

    def put(self, row: int, cells: Sequence[Cell | str]) -> None:
        """Show other cells in one row; the others keep their places and the focus."""
        self._rows = [*self._rows[:row], cells, *self._rows[row + 1 :]]
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return the text of a cell, or how it stands out."""
        if not index.isValid():
            return None
        found = self._rows[index.row()][index.column()]
        cell = found if isinstance(found, Cell) else Cell(found)
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.FontRole and cell.bold:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Role.ForegroundRole and cell.colour and not self.pale:
            return QColor(cell.colour)
        if role == Role.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
            return across | self.upright
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return the head of a column, which stands like its first cell."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Role.DisplayRole:
            return self._columns[section]
        if role == Role.TextAlignmentRole:
            first = self._rows[0][section] if self._rows else ""
            right = isinstance(first, Cell) and first.right
            across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        return None


class Roomy(QStyledItemDelegate):
    """Paints a cell with room above and below, and a thin line between rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = steps(parent, 0.5)
        self._line = QColor(palette_of(parent).line)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        whole = QRect(option.rect)
        option.rect = whole.adjusted(0, self._room, 0, -self._room)
        super().paint(painter, option, index)
        painter.fillRect(whole.left(), whole.bottom(), whole.width(), 1, self._line)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of the text with the room around it."""
        return super().sizeHint(option, index) + QSize(0, 2 * self._room)


class TextTable(QTableView):
    """A table to look at; *stretch* is the column that takes the room that is left.

    With *shares* texts wrap, and these columns share what the others leave of the width: nothing lies aside.
    """

    def __init__(
        self, name: str, stretch: int = 0, parent: QWidget | None = None, *, shares: Mapping[int, int] | None = None
    ) -> None:
        super().__init__(parent)
        self._stretch = stretch
        self._shares = shares or {}
        wrap = bool(self._shares)
        self.texts = TextModel(self)
        self.setModel(self.texts)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(wrap)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        if wrap:
            self.texts.upright = Qt.AlignmentFlag.AlignTop
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setItemDelegate(Roomy(self))
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setStyleSheet(f"QHeaderView::section {{ padding: {steps(self, 0.5)}px {MARGIN}px; }}")
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        self.verticalHeader().setMinimumSectionSize(self.row_height())
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(steps(self, 3))

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Show every text pale while the table is disabled, whatever its colour."""
        if event.type() is QEvent.Type.EnabledChange:
            self.texts.pale = not self.isEnabled()
        super().changeEvent(event)

    def row_height(self) -> int:
        """Return the height of a row with one line."""
        return round(QFontMetricsF(self.font()).height()) + steps(self)

    def height_of(self, rows: int) -> int:
        """Return the height in which the head and so many rows of one line fit."""
        head = round(QFontMetricsF(self.font()).height()) + steps(self) + 2
        return head + rows * self.row_height() + 2 * self.frameWidth()

    def width_of_texts(self) -> int:
        """Return the width in which no text of these rows is cut."""
        head = self.horizontalHeader()
        columns = range(self.texts.columnCount())
        return sum(max(self.sizeHintForColumn(n), head.sectionSizeHint(n)) + 2 * MARGIN for n in columns)

    def show_rows(self, columns: Sequence[str], rows: Sequence[Sequence[Cell | str]]) -> None:
        """Show other rows; columns are as wide as their text, but for the one that stretches; no rows, no heads."""
        self.texts.show(columns, rows)
        head = self.horizontalHeader()
        head.setVisible(bool(rows))
        if self._shares:
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            self._share()
            return
        for n in range(len(columns)):
            stretches = n == self._stretch
            head.setSectionResizeMode(
                n, QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.ResizeToContents
            )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        if self._shares:
            self._share()

    def _share(self) -> None:
        """Give each column its width, and each row the height that its texts then need."""
        head, wide = self.horizontalHeader(), self.viewport().width()
        others = {n: self._widest(n) for n in range(self.texts.columnCount()) if n not in self._shares}
        if sum(others.values()) * 3 > wide:  # two lines will do, where one would take the room of sentences
            others = {n: w * 3 // 5 for n, w in others.items()}
        others = {n: max(w, head.minimumSectionSize()) for n, w in others.items()}
        left, whole = wide - sum(others.values()), sum(self._shares.values())
        for n in range(self.texts.columnCount()):
            share = self._shares.get(n)
            head.resizeSection(n, others[n] if share is None else max(left * share // whole, steps(self, 6)))
        self.resizeRowsToContents()

    def _widest(self, column: int) -> int:
        metrics = QFontMetricsF(self.font())
        texts = [str(self.texts.index(n, column).data() or "") for n in range(self.texts.rowCount())]
        texts.append(str(self.texts.headerData(column, Qt.Orientation.Horizontal) or ""))
        return round(max(metrics.horizontalAdvance(text) for text in texts)) + 4 * MARGIN
