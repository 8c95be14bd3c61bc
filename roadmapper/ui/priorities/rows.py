"""RowsPanel: the table of investments with what is looked for above it, counted as somebody types."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.investment import Stage
from roadmapper.domain.wording import tr, trn
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.columns import Chosen
from roadmapper.ui.priorities.finding import OPEN, Found
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.table import InvestmentTable
from roadmapper.ui.priorities.table_model import InvestmentsModel
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.labels import LineLabel
from roadmapper.ui.widgets.limits import limit

LONGEST = 200
LETTERS = 9


class RowsPanel(QWidget):
    """Filter, stage, count, columns; the table below."""

    def __init__(
        self, comparing: Comparing, editor: Editor, theme: Theme, settings: Settings, today: date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self.chosen = Chosen(settings, self)
        self.model = InvestmentsModel(comparing, editor, today, self)
        self.table = InvestmentTable(self.model, comparing, editor, self.chosen, theme, self)
        self.text = QLineEdit(self)
        self.stages = Choice(self)
        self.count = LineLabel().styled(colour=theme.palette.secondary)
        self.columns = QPushButton(self)
        self._dress()
        self._lay_out(theme)
        self.text.textChanged.connect(self._find)
        self.stages.currentIndexChanged.connect(self._find)
        self.model.found.connect(self._told)
        comparing.ranked.connect(self._told)

    def _dress(self) -> None:
        self.text.setPlaceholderText(tr("Filter (Ctrl+F)"))
        self.text.setAccessibleName(tr("Filter by title, owner, words"))
        self.text.setToolTip(tr("Shows what has these letters in its title, its owner or its plain words"))
        self.text.setClearButtonEnabled(True)
        limit(self.text, LONGEST)
        self.stages.addItem(tr("Open"), [s.value for s in OPEN])
        self.stages.addItem(tr("All"), [s.value for s in Stage])
        for stage in Stage:
            self.stages.addItem(tr(stage.value).capitalize(), [stage.value])
        self.stages.setAccessibleName(tr("Stage"))
        self.stages.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.stages.setMinimumContentsLength(LETTERS)
        self.count.setAccessibleName(tr("How many are shown"))
        self.columns.setText(tr("Columns"))
        self.columns.setToolTip(tr("Choose which columns are shown"))
        self.columns.setAccessibleName(tr("Choose which columns are shown"))
        self.columns.clicked.connect(self._ask_columns)

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout()
        row.setSpacing(round(8 * theme.unit))
        row.addWidget(self.text, 1)
        row.addWidget(self.stages)
        row.addWidget(self.count)
        row.addWidget(self.columns)
        column = QVBoxLayout(self)
        space = round(8 * theme.unit)
        column.setContentsMargins(space, space, space, 0)
        column.setSpacing(space)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def clear(self) -> None:
        """Look for everything that is open again."""
        self.text.clear()
        self.stages.setCurrentIndex(0)

    def look(self) -> None:
        """Put the focus where one types what is looked for."""
        self.text.setFocus()
        self.text.selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc empty the filter, and Down or Enter in it lead into the table."""
        if self.text.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.table.setFocus()
            if self.model.keys and not self.table.currentIndex().isValid():
                self.table.selectRow(0)
        elif self.text.hasFocus() and event.key() == Qt.Key.Key_Escape and self.text.text():
            self.text.clear()
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        stages = tuple(Stage(value) for value in self.stages.currentData())
        self.model.find(Found(self.text.text(), stages))

    def _told(self) -> None:
        shown, whole = len(self.model.keys), len(self._comparing.plan.investments)
        words = trn("{n} investment", "{n} investments", whole)
        self.count.setText(words if shown == whole else tr("{shown} of {n}").format(shown=shown, n=words))

    def _ask_columns(self) -> None:
        self.chosen.ask(self.columns.mapToGlobal(QPoint(0, self.columns.height())))
