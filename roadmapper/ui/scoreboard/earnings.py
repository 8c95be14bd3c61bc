"""EarningsSection: what delivered increments were claimed to earn and what they do, entered here, told and painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapper.chart.trend_bars import BarScale, bar_scale
from roadmapper.chart.trend_painter import TrendPainter
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard import Earning, Scoreboard
from roadmapper.planning.consults.scoreboard_words import difference_text, looked_text
from roadmapper.planning.phrases import UNKNOWN, money_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.scoreboard.fitted import BARS_COLUMN, Bars, FittedTable
from roadmapper.ui.scoreboard.section import Section
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.fields import MoneyEdit
from roadmapper.ui.widgets.tables import Cell, Index, TextModel
from roadmapper.workspace.edits.increments import change_increment

ACTUAL = 3


class EarningsModel(TextModel):
    """The rows; the actual revenue a month may be typed where *editable*."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.earnings: Sequence[Earning] = ()
        self.currency = ""
        self.editable = False

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = super().flags(index)
        edits = self.editable and index.isValid() and index.column() == ACTUAL
        return flags | Qt.ItemFlag.ItemIsEditable if edits else flags


class _Amount(QStyledItemDelegate):
    """Makes the field in which an amount is typed, and hands over what was read in it."""

    typed = Signal(str, object)
    refused = Signal(str)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field with the amount to the last minor unit."""
        model = index.model()
        assert isinstance(model, EarningsModel)
        earning = model.earnings[index.row()]
        field = MoneyEdit(model.currency, earning.actual_per_month, parent)
        field.setAccessibleName(tr("Actual revenue a month of “{title}”").format(title=earning.increment.title))
        field.setProperty("key", earning.increment.id)
        field.refused.connect(self.refused)
        return field

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Leave what the field was made with."""

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, if it can be read."""
        if isinstance(editor, MoneyEdit) and editor.settle():
            self.typed.emit(editor.property("key"), editor.minor)


class _EarningBars(Bars):
    def __init__(self, theme: Theme, model: EarningsModel, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._model = model
        self.scale = BarScale(0.0, 0.0)

    @override
    def paint_bars(self, painter: TrendPainter, rect: QRectF, row: int) -> None:
        """Paint claimed above actual."""
        earning = self._model.earnings[row]
        painter.bars(rect, self.scale, earning.claimed, earning.actual)


class EarningsTable(FittedTable):
    """One row for each delivered increment."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Revenue earned against plan"), theme, parent)
        self.model_ = EarningsModel(self)
        self.texts = self.model_
        self.setModel(self.model_)
        self.amount = _Amount(self)
        self.bars = _EarningBars(theme, self.model_, self)
        self.setItemDelegateForColumn(ACTUAL, self.amount)
        self.setItemDelegateForColumn(BARS_COLUMN, self.bars)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            trigger.DoubleClicked | trigger.SelectedClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit the amount of the row with Enter, wherever in it the keyboard is."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.model_.editable and self.state() is not QAbstractItemView.State.EditingState:
            at = self.model_.index(self.currentIndex().row(), ACTUAL)
            if at.isValid():
                self.setCurrentIndex(at)
                self.edit(at)
            return
        super().keyPressEvent(event)


class EarningsSection(Section):
    """The table and its totals."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Revenue earned against plan"), theme, parent)
        self._editor = editor
        self._theme = theme
        self.table = EarningsTable(theme, self)
        self.table.amount.typed.connect(self._take)
        self.table.amount.refused.connect(editor.refused)
        self.column.addWidget(self.table)

    def show_board(self, plan: Plan, board: Scoreboard, *, editable: bool) -> None:
        """Show what the delivered increments earn; *editable* says whether an amount may be typed."""
        currency, model = plan.roadmap.currency, self.table.model_
        self.table.setVisible(bool(board.earnings))
        if not board.earnings:
            self.say(tr("Once increments are delivered, what each was claimed to earn and what it earns stands here."))
        else:
            self.say(looked_text(board, currency))
        model.earnings, model.currency, model.editable = board.earnings, currency, editable
        amounts = [a for e in board.earnings for a in (e.claimed, e.actual) if a is not None]
        self.table.bars.scale = bar_scale(amounts)
        columns = (
            tr("Delivered increment"),
            tr("▭ claimed\n■ actual"),
            tr("Claimed\na month"),
            tr("Actual\na month"),
            tr("Claimed\nto date"),
            tr("Actual\nto date"),
            tr("Difference"),
        )
        self.table.show_rows(columns, [self._row(plan, earning, editable=editable) for earning in board.earnings])

    def _row(self, plan: Plan, earning: Earning, *, editable: bool) -> list[Cell | str]:
        currency, increment = plan.roadmap.currency, earning.increment
        project = plan.projects[increment.project].title
        seen = earning.actual_per_month is not None
        asked = tr("enter…") if editable else UNKNOWN
        actual = money_text(earning.actual_per_month, currency) if seen else asked
        worse = earning.actual is not None and earning.actual < earning.claimed
        return [
            f"{increment.title} · {project}",
            "",
            Cell(money_text(earning.claimed_per_month, currency), right=True),
            Cell(actual, right=True, colour="" if seen or not editable else self._theme.palette.accent),
            Cell(money_text(earning.claimed, currency), right=True),
            Cell(money_text(earning.actual, currency), right=True),
            Cell(difference_text(earning, currency), colour=self._theme.palette.bad if worse else "", right=True),
        ]

    def _take(self, key: str, minor: int | None) -> None:
        increment = self._editor.plan.increments.get(EntityId(key))
        if increment is None or increment.actual_per_month == minor:
            return
        try:
            changed = replace(increment, actual_per_month=minor)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return
        label = tr("Enter what “{title}” earns").format(title=increment.title)
        self._editor.run(label, change_increment, changed, push=False)
