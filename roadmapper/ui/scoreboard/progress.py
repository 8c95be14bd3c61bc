"""ProgressSection: for each project when marketing first has something, and what is delivered of what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.chart.trend_bars import share
from roadmapper.chart.trend_painter import TrendPainter
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard import Progress
from roadmapper.planning.consults.scoreboard_words import delivered_text, first_value_text
from roadmapper.planning.phrases import UNKNOWN
from roadmapper.ui.scoreboard.fitted import BARS_COLUMN, Bars, FittedTable
from roadmapper.ui.scoreboard.section import Section
from roadmapper.ui.theme import Theme


class _ProgressBars(Bars):
    rows: Sequence[Progress] = ()

    @override
    def paint_bars(self, painter: TrendPainter, rect: QRectF, row: int) -> None:
        """Paint what is delivered of all, and a line where it should be by today."""
        if row >= len(self.rows):  # a project that is not split yet
            return
        progress = self.rows[row]
        middle = rect.center().y()
        high = rect.height() * 0.55
        bar = QRectF(rect.left(), middle - high / 2, rect.width(), high)
        full, mark = share(progress.delivered, progress.count), share(progress.due, progress.count)
        painter.way(bar, full, mark, done=progress.delivered >= progress.due)


class ProgressSection(Section):
    """One row for each project."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("First value and increments delivered"), theme, parent)
        self.table = FittedTable(tr("First value and increments delivered"), theme, self)
        self._bars = _ProgressBars(theme, self.table)
        self.table.setItemDelegateForColumn(BARS_COLUMN, self._bars)
        self.column.addWidget(self.table)

    def show_progress(self, plan: Plan, progress: Sequence[Progress], today: date) -> None:
        """Show how far each project is."""
        self.table.setVisible(bool(plan.projects))
        self.say("" if plan.projects else tr("Once there are projects, how far each of them is stands here."))
        self._bars.rows = progress
        columns = (tr("Project"), tr("■ delivered\n┃ due by today"), tr("First value"), tr("Increments"))
        rows = [(plan.projects[p.project].title, "", first_value_text(p, today), delivered_text(p)) for p in progress]
        split = {p.project for p in progress}
        rows += [(p.title, "", tr("not split yet"), UNKNOWN) for p in plan.projects_in_order if p.id not in split]
        self.table.show_rows(columns, rows)
