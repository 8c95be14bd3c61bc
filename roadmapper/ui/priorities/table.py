"""InvestmentTable: the investments in the order of the ranking, edited in place, with the budget line between them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import NO_BREAK
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.columns import Chosen, Column, What
from roadmapper.ui.priorities.delegate import InvestmentDelegate
from roadmapper.ui.priorities.facts import MARK, line_text
from roadmapper.ui.priorities.painting import Brushes, paint_budget_line, paint_flip, paint_words
from roadmapper.ui.priorities.pasting import pasted
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.table_model import InvestmentsModel
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.clips import copied
from roadmapper.ui.widgets.tables import ROOT, Index, Role
from roadmapper.workspace.edits.investments import delete_investments, next_position, put_investments

ROOM = 18.0
LEAST_TITLE = 120.0
GOOD_TITLE = 180.0
STRIP = 84.0
MORE_STRIP = 120.0
WIDEST = 200.0
MEASURED = 60
NUMBERS = {What.REVENUE: "€ 999 k", What.EFFORT: "100 pw", What.SCORE: "€ 999 k", What.CHANCE: "100 %"}


class InvestmentTable(QTableView):
    """The table; the investment looked at is the one of the current row."""

    def __init__(
        self,
        model: InvestmentsModel,
        comparing: Comparing,
        editor: Editor,
        chosen: Chosen,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.rows_model = model
        self._comparing = comparing
        self._editor = editor
        self._chosen = chosen
        self._theme = theme
        self._brushes = Brushes(theme.palette, self.font(), theme.unit)
        self.setModel(model)
        self.setItemDelegate(InvestmentDelegate(comparing, self._brushes, self))
        self.setAccessibleName(tr("Investments"))
        colours = theme.palette
        self.setStyleSheet(  # soft, so that bars and figures stay readable on it
            f"QTableView {{ selection-background-color: {colours.accent_tint}; selection-color: {colours.text}; }}"
            f"QAbstractScrollArea::corner {{ background: {colours.surface}; border: none; }}"
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self._set_up_side()
        self._set_up_head()
        comparing.ranked.connect(self._offer)
        self._offer()
        chosen.changed.connect(self.share)
        model.arranged.connect(self._arrange)
        model.found.connect(self._keep_chosen)
        comparing.chosen.connect(self.show_chosen)
        comparing.rested.connect(self.share)
        comparing.ranked.connect(self.viewport().update)
        comparing.studied.connect(self.viewport().update)
        comparing.woke.connect(self.share)
        editor.opened.connect(self.share)

    def _set_up_side(self) -> None:
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(1)
        side.setDefaultSectionSize(round(QFontMetricsF(self.font()).height() + ROOM * self._theme.unit))

    def _set_up_head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setMinimumSectionSize(round(24 * self._theme.unit))
        head.setSectionsClickable(True)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorShown(False)  # the head itself says it: Qt would paint its arrow over the words
        head.sortIndicatorChanged.connect(self._sort)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._ask_columns)

    def keys(self) -> list[EntityId]:
        """Return the investments whose rows are selected, from the top, or the one with the focus."""
        rows = sorted({i.row() for i in self.selectedIndexes()} or {self.currentIndex().row()})
        return [key for key in map(self.rows_model.key, rows) if key is not None]

    def column(self, what: What) -> int:
        """Return the number of a column."""
        return next(n for n, c in enumerate(self.rows_model.columns) if c.what is what)

    def rename(self) -> None:
        """Edit the title of the current row in place."""
        row = self.currentIndex().row()
        if self._editor.may_plan and row >= 0:
            self._edit(row)

    def add(self) -> None:
        """Begin a new investment in the empty row, once what is being typed elsewhere is taken."""
        if not self._editor.may_plan:
            self._editor.refused.emit(tr("This roadmap cannot be changed here: nothing can be added to it."))
            return
        self._edit(len(self.rows_model.keys))

    def delete(self) -> None:
        """Delete what is selected, as one step that can be undone."""
        keys, row = self.keys(), self.currentIndex().row()
        if not keys or not self._editor.may_plan:
            return
        plan = self._comparing.plan
        label = tr("Delete “{title}”").format(title=plan.investments[keys[0]].title)
        if len(keys) > 1:
            label = trn("Delete {n} investment", "Delete {n} investments", len(keys))
        if self._editor.run(label, delete_investments, keys) and self.rows_model.keys:
            row = min(row, len(self.rows_model.keys) - 1)
            self.setCurrentIndex(self.model().index(row, self._title))
            self._comparing.choose(self.rows_model.keys[row])

    def copy(self) -> None:
        """Put the selected rows onto the clipboard with their heads, as a spreadsheet takes them."""
        model = self.rows_model
        columns = [n for n, c in enumerate(model.columns) if not self.isColumnHidden(n) and c.what is not What.RANK]
        rows = sorted({i.row() for i in self.selectedIndexes()})
        lines = [[model.columns[n].head for n in columns]]
        for row in (r for r in rows if model.key(r) is not None):
            cells = (model.index(row, n) for n in columns)
            lines.append([str(c.data(Role.EditRole) or c.data() or "") for c in cells])
        QGuiApplication.clipboard().setText(copied(lines))

    def paste(self) -> None:
        """Make investments of what a spreadsheet put on the clipboard, as one step that can be undone."""
        if not self._editor.may_plan:
            return
        model, index, plan = self.rows_model, self.currentIndex(), self._comparing.plan
        heads = [c for n, c in enumerate(model.columns) if not self.isColumnHidden(n)]
        column = model.columns[index.column()] if index.isValid() else heads[1]
        at = next((n for n, c in enumerate(heads) if c.name == column.name), 1)
        at = 1 if heads[at].what is What.RANK else at
        rows = model.keys[index.row() :] if index.isValid() else []
        try:
            text = QGuiApplication.clipboard().text()
            found = pasted(model.cells, model.columns, heads[at:], text, rows, next_position(plan))
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return
        label = trn("Paste {n} investment", "Paste {n} investments", len(found.put))
        if found.put and self._editor.run(label, put_investments, found.put):
            self._comparing.choose(found.put[-1].id)
            if found.note:
                self._editor.refused.emit(found.note)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, add one (Insert), edit a cell (Enter, F2 or by typing); letters never jump about."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Insert and not event.modifiers():
            self.add()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if index.isValid() and self.state() != QAbstractItemView.State.EditingState:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: what is typed is for a cell."""

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        """Look at the investment of the current row."""
        super().currentChanged(current, previous)
        key = self.rows_model.key(current.row())
        if key is not None and current.row() != previous.row() and not self.rows_model.taking:
            self._comparing.choose(key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.share()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and between them the budget line and coin flips."""
        super().paintEvent(event)
        qp = QPainter(self.viewport())
        self._paint_lacks(qp)
        self._paint_hint(qp)
        if self.rows_model.order.ranked:
            self._paint_flips(qp)
            self._paint_line(qp)
        qp.end()

    def line_row(self) -> int | None:
        """Return the row above which the budget line stands; None where there is none."""
        line = self._comparing.ranking.line
        if line is None or not self.rows_model.order.ranked:
            return None
        ranks = self._comparing.ranking.by_id
        for row, key in enumerate(self.rows_model.keys):
            if key in ranks and ranks[key].rank > line:
                return row
        return None

    def line_text(self) -> str:
        """Return the words on the budget line."""
        return line_text(self._comparing.plan, self._comparing.ranking)

    def flips(self) -> list[int]:
        """Return the rows that nobody can tell from the row above them."""
        study, rows = self._comparing.study, self.rows_model.keys
        if study is None or not self.rows_model.order.ranked:
            return []
        pairs = set(study.chances.coin_flips())
        return [n for n in range(1, len(rows)) if (rows[n - 1], rows[n]) in pairs]

    def show_chosen(self) -> None:
        """Go to the row of the investment that is looked at."""
        key, keys = self._comparing.focus, self.rows_model.keys
        if key is None:
            self.clearSelection()
        elif key in keys and (
            self.rows_model.key(self.currentIndex().row()) != key or not self.selectionModel().hasSelection()
        ):
            self._go_to(keys.index(key))
            self.scrollTo(self.currentIndex())

    def share(self) -> None:
        """Show the columns that are chosen, each as wide as what stands in it; the title takes what is left.

        Where that is plenty, the strip of ranks has a part of it.
        """
        columns, head, unit = self.rows_model.columns, self.horizontalHeader(), self._theme.unit
        left, strip = self.viewport().width(), -1
        for n, column in enumerate(columns):
            shown = self._chosen.shows(column)
            self.setColumnHidden(n, not shown)
            if shown and column.what is not What.TITLE:
                wide = self._wide(n, column)
                head.resizeSection(n, wide)
                left -= head.sectionSize(n)  # never below the least there is
                strip = n if column.what is What.INTERVAL else strip
        needs = self.column(What.CLOSURE)
        if left < LEAST_TITLE * unit and not self.isColumnHidden(needs) and self._chosen.by_itself(columns[needs]):
            left += head.sectionSize(needs)  # the least needed of them, and the reasons tell it too
            self.setColumnHidden(needs, True)
        spare = left - round(GOOD_TITLE * unit)
        if strip >= 0 and spare > 0:
            more = min(spare // 2, round(MORE_STRIP * unit))
            head.resizeSection(strip, head.sectionSize(strip) + more)
            left -= more
        head.resizeSection(self._title, max(left, round(LEAST_TITLE * unit)))

    @property
    def _title(self) -> int:
        return self.column(What.TITLE)

    def _keep_chosen(self) -> None:
        """Highlight what is looked at, and nothing else, after rows came, went or changed their places."""
        row, keys, focus = self.currentIndex().row(), self.rows_model.keys, self._comparing.focus
        if self.state() == QAbstractItemView.State.EditingState or focus is None:
            return
        if focus not in keys:
            if self.rows_model.key(row) is not None:
                self.selectionModel().clear()
        elif self.rows_model.key(row) != focus or not self.selectionModel().isRowSelected(keys.index(focus), ROOT):
            self._go_to(keys.index(focus))

    def _go_to(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        index = self.model().index(row, max(self.currentIndex().column(), self._title))
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _edit(self, row: int) -> None:
        index = self.model().index(row, self._title)
        self.setFocus()  # what is typed into another field is taken with that
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def _wide(self, number: int, column: Column) -> int:
        metrics, unit, model = QFontMetricsF(self.font()), self._theme.unit, self.rows_model
        texts = [str(model.headerData(number, Qt.Orientation.Horizontal)), NUMBERS.get(column.what, "")]
        texts += [str(model.index(n, number).data() or "") for n in range(min(model.rowCount(), MEASURED))]
        if column.what is What.RANK:  # in bold, and with a tick, as it may be with the next ranking
            texts.append(f"{MARK}{NO_BREAK}{'8' * len(str(len(self._comparing.plan.investments)))}")
            metrics = QFontMetricsF(model.bold)
        wide = max(metrics.horizontalAdvance(t) for t in texts) + 13 * unit
        if column.what is What.INTERVAL:
            wide = max(STRIP * unit, metrics.horizontalAdvance(texts[0]) + 13 * unit)
        return min(round(wide), round(WIDEST * unit))

    def _arrange(self) -> None:
        self._offer()
        self.share()

    def _offer(self) -> None:
        """Say which columns there are, and whether any investment needs another."""
        needy = any(p.needs for p in self._comparing.ranking.places)
        if self._chosen.offer(self.rows_model.columns, needy=needy):
            self.share()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.rows_model.sort(column, order)
        self.share()

    def _ask_columns(self, point: QPoint) -> None:
        self._chosen.ask(self.horizontalHeader().mapToGlobal(point))

    def _top(self, row: int) -> int:
        return self.rowViewportPosition(row)

    def _paint_line(self, qp: QPainter) -> None:
        row = self.line_row()
        if row is not None:
            right = min(self.viewport().width(), self.horizontalHeader().length())
            paint_budget_line(qp, self._brushes, self._top(row), 0, right, self.line_text())

    def _paint_flips(self, qp: QPainter) -> None:
        right = self.columnViewportPosition(self._title) + self.columnWidth(self._title)
        for row in self.flips():
            paint_flip(qp, self._brushes, self._top(row), right, tr("coin flip"))

    def _paint_hint(self, qp: QPainter) -> None:
        """Say in the empty row what it is for, over all of its width."""
        row = len(self.rows_model.keys)
        words = self.rows_model.index(row, self._title).data()
        if words and self.state() != QAbstractItemView.State.EditingState:
            left = self.columnViewportPosition(self._title) - round(3 * self._theme.unit)  # where titles begin
            high = self.verticalHeader().defaultSectionSize()
            room = QRect(left, self._top(row), self.viewport().width() - left, high)
            paint_words(qp, self._brushes, room, str(words), self._theme.palette.faint)

    def _paint_lacks(self, qp: QPainter) -> None:
        column = self.column(What.SCORE)
        if self.isColumnHidden(column):
            return
        left, high = self.columnViewportPosition(column), self.verticalHeader().defaultSectionSize()
        for row in range(max(self.rowAt(0), 0), len(self.rows_model.keys)):
            if self._top(row) > self.viewport().height():
                break
            words = self.rows_model.lack(row)
            if words:
                room = QRect(left, self._top(row), self.viewport().width() - left, high)
                paint_words(qp, self._brushes, room, words, self._theme.palette.warning)
