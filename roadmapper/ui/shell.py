"""Shell: the window as it is first seen - its frame in the right colours, while the pages are still being made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from roadmapper.chart.palette import Palette

SHARE = 0.92
SIDE, MENU, HEAD, FOOT = 144, 24, 56, 24


class Shell(QMainWindow):
    """The only top-level window. It knows little, so that it stands at once; `MainWindow` moves in."""

    closing = Signal()

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self.may_close: Callable[[], bool] | None = None
        self.setWindowTitle("Roadmapper")
        room = self.screen().availableGeometry().size() * SHARE
        self.resize(QSize(1440, 900).boundedTo(room))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint where things will stand."""
        if self.centralWidget() is not None:
            return
        colours = self._palette
        qp = QPainter(self)
        qp.fillRect(self.rect(), QColor(colours.surface))
        qp.setPen(QColor(colours.line))
        qp.drawRect(QRect(-1, MENU + HEAD, SIDE, self.height()))
        qp.drawRect(QRect(-1, self.height() - FOOT, self.width() + 2, FOOT))
        qp.end()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell who moved in, who is asked first: everything is on disk already, unless a disk did not take it."""
        if self.may_close is not None and not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
