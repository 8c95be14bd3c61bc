"""FittedTable: rows of text with bars in the second column; what has no room is scrolled, never squeezed to nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapper.chart.bubble_painter import FontLetters
from roadmapper.chart.trend_painter import TrendPainter
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.tables import Cell, Index, TextTable

LEAST = 140.0
BARS = 104.0
BETWEEN = 12.0
BARS_COLUMN = 1
MOST_ROWS = 10


class Bars(QStyledItemDelegate):
    """Paints what belongs into the column of bars."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letters = FontLetters(theme.unit, parent)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground as of any cell, and the bars on it."""
        super().paint(painter, option, index)
        pad = 5 * self._theme.unit
        painter.save()
        rect = QRectF(option.rect).adjusted(pad, pad, -pad, -pad)
        self.paint_bars(TrendPainter(painter, self._theme.palette, self._letters), rect, index.row())
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room for bars."""
        return QSize(round(BARS * self._theme.unit), super().sizeHint(option, index).height())

    def paint_bars(self, painter: TrendPainter, rect: QRectF, row: int) -> None:
        """Paint the bars of a row."""
        raise NotImplementedError


class FittedTable(TextTable):
    """A table whose first column takes what the others leave, but never less than a few words need."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, 0, parent)
        self._theme = theme

    @override
    def show_rows(self, columns: Sequence[str], rows: Sequence[Sequence[Cell | str]]) -> None:
        """Show other rows; the table is as high as they need, up to a few."""
        at = self.currentIndex()
        self.texts.show(columns, rows)
        head = self.horizontalHeader()
        head.setVisible(bool(rows))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        if 0 <= at.row() < len(rows):
            self.setCurrentIndex(self.texts.index(at.row(), at.column()))
        self.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give each column what its texts need, and the first what is left."""
        head, count = self.horizontalHeader(), self.texts.columnCount()
        between = round(BETWEEN * self._theme.unit)
        wide = [max(self.sizeHintForColumn(n), head.sectionSizeHint(n)) + between for n in range(count)]
        if not wide:
            return
        least = round(LEAST * self._theme.unit)
        wide[0] = max(self.viewport().width() - sum(wide[1:]), least)
        for n, width in enumerate(wide):
            head.resizeSection(n, width)
        aside = self.horizontalScrollBar().sizeHint().height() if sum(wide) > self.viewport().width() else 0
        rows = self.texts.rowCount()
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if rows > MOST_ROWS else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        heads = head.sizeHint().height()
        height = heads + min(rows, MOST_ROWS) * self.row_height() + 2 * self.frameWidth() + 2 + aside
        if height != self.height():
            self.setFixedHeight(height)
