"""Flow: a layout that sets its widgets side by side and goes on in the next line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class Flow(QLayout):
    """Lines of widgets, each in the size it hints at, in the middle of the height of its line."""

    def __init__(self, space: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._space = space
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())

    @override
    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    @override
    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the one at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one back, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        """Return that it takes no more room than it needs."""
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        """Return that it is the higher the narrower it is."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """Return how high all lines are in so much room."""
        return self._lay(QRect(0, 0, width, 0), place=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        """Set the widgets into *rect*."""
        super().setGeometry(rect)
        self._lay(rect, place=True)

    @override
    def sizeHint(self) -> QSize:
        """Return the size in one line."""
        sizes = [i.sizeHint() for i in self._shown()]
        wide = sum(s.width() + self._space for s in sizes)
        return QSize(max(wide - self._space, 0), max((s.height() for s in sizes), default=0))

    @override
    def minimumSize(self) -> QSize:
        """Return the size of the largest one."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [i for i in self._items if not i.isEmpty()]

    def _lay(self, rect: QRect, *, place: bool) -> int:
        """Set the widgets into lines, or only find out how high these are, and return that."""
        top, left, line = rect.top(), rect.left(), list[tuple[QLayoutItem, QSize, int]]()
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), item.minimumSize().width()), 1 << 20))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if line and left + size.width() > rect.left() + rect.width():
                top += _set(line, top, place=place) + self._space // 2
                left, line = rect.left(), []
            line.append((item, size, left))
            left += size.width() + self._space
        return top + _set(line, top, place=place) - rect.top()


def _set(line: list[tuple[QLayoutItem, QSize, int]], top: int, *, place: bool) -> int:
    high = max((size.height() for _, size, _ in line), default=0)
    for item, size, left in line if place else ():
        item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
    return high
