"""Columns: widgets of equal width beside one another, as many in a row as fit."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override


class Columns(QWidget):
    """At most *most* widgets in a row; each as wide as the widest needs, or wider.

    Those that need not be *even* stand in one row as soon as all fit into it, and else one below the other.
    """

    def __init__(self, most: int, gap: int, parent: QWidget | None = None, *, even: bool = True) -> None:
        super().__init__(parent)
        self._most = most
        self._even = even
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
        count = self._fitting()
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

    def _fitting(self) -> int:
        """Return how many stand in a row."""
        gap, some = self._grid.spacing(), max(len(self._cells), 1)
        if not self._even:
            together = sum(c.minimumSizeHint().width() for c in self._cells) + gap * (some - 1)
            return some if together <= self.width() else 1
        fit = min(max(1, (self.width() + gap) // (max(self._widest(), 1) + gap)), self._most)
        return ceil(some / ceil(some / fit))  # as even as can be: four in a room for three are two and two
