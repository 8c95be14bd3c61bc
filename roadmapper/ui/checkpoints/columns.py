"""Columns: widgets of equal width beside one another, as many in a row as fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override


class Columns(QWidget):
    """At most *most* widgets in a row; each as wide as the widest needs, or wider."""

    def __init__(self, most: int, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._cells: list[QWidget] = []
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def cells(self) -> list[QWidget]:
        """Return the widgets, in order."""
        return self._cells

    def show_all(self, cells: Sequence[QWidget]) -> None:
        """Show other widgets; those that were shown are deleted."""
        for cell in self._cells:
            cell.hide()
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = list(cells)
        self._count = 0
        self._place()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for the width of one."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many beside one another as fit."""
        super().resizeEvent(event)
        self._place()

    def _widest(self) -> int:
        return max((c.minimumSizeHint().width() for c in self._cells), default=0)

    def _place(self) -> None:
        gap, widest = self._grid.spacing(), max(self._widest(), 1)
        fit = max(1, (self.width() + gap) // (widest + gap))
        # Two of three beside one another and the last alone below look like a mistake.
        count = min(fit, self._most, max(len(self._cells), 1))
        if len(self._cells) == self._most == 3 and count == 2:
            count = 1
        if count == self._count:
            return
        for cell in self._cells:
            self._grid.removeWidget(cell)
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < count else 0)
        for n, cell in enumerate(self._cells):
            self._grid.addWidget(cell, n // count, n % count)
            cell.show()
        self._count = count
