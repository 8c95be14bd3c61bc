"""ValueChart: every investment by its effort and its value a year, to be looked at, walked over, chosen and saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.chart_canvas import BubbleCanvas
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel


def _nobody() -> tuple[date | None, str]:
    """Return no day and no journal: then the page has no footer."""
    return None, ""


class ValueChart(QWidget):
    """The chart of the ranking that is compared now, and what can be done with it as a picture.

    *stamp* is asked for today and for the hash of the last journal row, which stand in the footer of a page. *said* is
    sent with what to tell the user; a refusal is announced by the editor.
    """

    said = Signal(str)

    def __init__(self, comparing: Comparing, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._editor = editor
        self.stamp: Callable[[], tuple[date | None, str]] = _nobody
        self.canvas = BubbleCanvas(comparing, theme, self)
        self.menu = QMenu(tr("Picture"), self)
        for deed, words in (
            ("copy_picture", tr("&Copy as picture")),
            ("save_png", tr("Save as P&NG…")),
            ("save_svg", tr("Save as &SVG…")),
            ("save_pdf", tr("Save as P&DF…")),
            ("print_chart", tr("&Print…")),
        ):
            action = self.menu.addAction(words)
            action.setData(deed)
            action.triggered.connect(self._do)
        self.button = QPushButton(tr("Picture"), self)
        self.button.setMenu(self.menu)
        self.button.setAccessibleName(tr("Copy, save or print the chart"))
        head = QHBoxLayout()
        head.addWidget(LineLabel(tr("Value against effort")).styled(size=1.15, bold=True), 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(4 * theme.unit))
        column.addLayout(head)
        column.addWidget(self.canvas, 1)
        self.setFocusProxy(self.canvas)
        comparing.ranked.connect(self._ranked)
        self._ranked()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the picture."""
        if self.button.isEnabled():
            self.menu.exec(event.globalPos())

    def _ranked(self) -> None:
        self.button.setEnabled(bool(self._comparing.ranking.places))

    def _do(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.do(str(action.data()))

    def do(self, deed: str) -> None:
        """Do one of the deeds of the menu; what draws files and talks to printers is read in by the first."""
        files: Any = import_module("roadmapper.ui.priorities.chart_files")
        sheets: Any = import_module("roadmapper.reports.value_chart")
        comparing = self._comparing
        sheet = sheets.chart_sheet(comparing.plan, comparing.ranking, comparing.voice, *self.stamp())
        try:
            said = getattr(files, deed)(sheet, self.window())
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
        else:
            if said:
                self.said.emit(str(said))
