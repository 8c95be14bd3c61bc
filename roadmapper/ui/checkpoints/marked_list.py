"""MarkedList: rows of a mark and a few lines of plain text, to be chosen by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.ui.checkpoints.marks import Mark, paint_mark
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import tip

SMALL = 0.92
PAD, MARK, AFTER = 8.0, 12.0, 10.0
KEY, ROW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a row; *tone* is a colour as #rrggbb."""

    text: str
    tone: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row: what it stands for, its mark, its lines; with a *thread* a line joins its mark to the next one."""

    key: str
    mark: Mark
    lines: tuple[Line, ...]
    thread: bool = False

    @property
    def words(self) -> str:
        """Return all of it as one text."""
        return "\n".join(line.text for line in self.lines)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def _font(self, base: QFont, line: Line) -> QFont:
        font = QFont(base)
        if line.bold:
            font.setWeight(QFont.Weight.DemiBold)
        else:
            font.setPointSizeF(font.pointSizeF() * SMALL)
        return font

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: MarkedRow = index.data(ROW)
        high = sum(QFontMetricsF(self._font(option.font, line)).lineSpacing() for line in row.lines)
        return QSize(round(120 * self._theme.unit), round(high + 2 * PAD * self._theme.unit + len(row.lines)))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: MarkedRow = index.data(ROW)
        unit, palette = self._theme.unit, self._theme.palette
        rect = QRectF(option.rect)
        state = option.state
        qp = painter
        qp.save()
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = rect.adjusted(1, 1, -1, -1)
        if state & QStyle.StateFlag.State_Selected:
            width = 2 * unit if state & QStyle.StateFlag.State_HasFocus else unit
            qp.setPen(QPen(colour(palette.accent), width))
            qp.setBrush(colour(palette.accent_tint))
            qp.drawRoundedRect(frame, 5 * unit, 5 * unit)
        elif state & QStyle.StateFlag.State_MouseOver:
            qp.setPen(QPen(colour(palette.strong_line), 1))
            qp.setBrush(colour(palette.raised))
            qp.drawRoundedRect(frame, 5 * unit, 5 * unit)
        left, y = rect.left() + PAD * unit, rect.top() + PAD * unit
        first = QFontMetricsF(self._font(option.font, row.lines[0])).lineSpacing()
        mark = QRectF(left, y + (first - MARK * unit) / 2, MARK * unit, MARK * unit)
        if row.thread:
            qp.setPen(QPen(colour(palette.strong_line), unit))
            x = mark.center().x()
            qp.drawLine(round(x), round(mark.bottom() + 4 * unit), round(x), round(rect.bottom() - 2 * unit))
        paint_mark(qp, mark, row.mark, palette)
        left = mark.right() + AFTER * unit
        for line in row.lines:
            font = self._font(option.font, line)
            metrics = QFontMetricsF(font)
            room = QRectF(left, y, rect.right() - left - PAD * unit, metrics.lineSpacing() + 1)
            qp.setFont(font)
            qp.setPen(colour(line.tone))
            shown = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, room.width())
            qp.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
            y += room.height()
        qp.restore()


class MarkedList(QListWidget):
    """*chosen* is sent with the key of a row that the user goes to, *opened* on Enter or a double click."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[MarkedRow, ...] = ()
        self._filling = False
        self.setItemDelegate(_Delegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._tell)
        self.itemClicked.connect(self._tell)
        self.itemActivated.connect(self._open)

    @property
    def rows(self) -> tuple[MarkedRow, ...]:
        """Return the rows."""
        return self._rows

    def show_rows(self, rows: Sequence[MarkedRow], current: str | None) -> None:
        """Show other rows, one of them current; nothing is told."""
        self._filling = True
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self.clear()
            for row in rows:
                item = QListWidgetItem(row.words)
                item.setData(KEY, row.key)
                item.setData(ROW, row)
                item.setToolTip(tip(row.words))
                self.addItem(item)
        keys = [row.key for row in self._rows]
        if current in keys:
            self.setCurrentRow(keys.index(current))
        else:
            self.setCurrentRow(-1)
            self.clearSelection()
        self._filling = False

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.chosen.emit(item.data(KEY))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(KEY))
