"""SplitCompared: the figures of a split beside those of the plan as it is, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from roadmapper.domain.dates import later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.comparison import Figures, figures_of
from roadmapper.planning.forecast import tail_of
from roadmapper.planning.phrases import UNKNOWN, day_text, length_text, money_text, month_text
from roadmapper.ui.dialogs.sheet import heading
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.ui.widgets.tables import Cell, TextTable

FIGURES = 6
Column = tuple[str, ...]


class SplitCompared(QWidget):
    """A table of figures, and notes."""

    def __init__(self, plan: Plan, project: EntityId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._project = project
        self._now = figures_of(plan, project)
        self.figures = TextTable(tr("This split compared"), stretch=0)
        self.notes = PlainLabel()
        self.notes.setAccessibleName(tr("What there is to say"))
        self._place()

    def show_figures(self, after: Figures | None, notes: Sequence[str]) -> None:
        """Show the figures of a split, or only those that are there now, and what there is to say."""
        self._show_figures(after)
        silent = tr("Nothing was assumed, cut or left out.") if after else UNKNOWN
        self.notes.setText("\n".join(f"• {note}" for note in notes) or silent)

    def _place(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, steps(self), 0, 0)
        whole.setSpacing(steps(self, 3))
        whole.addWidget(self.figures, 3, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(steps(self, 0.5))
        right.addWidget(heading(tr("What there is to say")))
        right.addWidget(self._notes_area(), 1)
        whole.addLayout(right, 2)
        self.figures.setFixedHeight(self.figures.height_of(FIGURES))
        self.figures.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _notes_area(self) -> QScrollArea:
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("What there is to say"))
        area.setWidget(self.notes)
        return area

    def _show_figures(self, after: Figures | None) -> None:
        now, plan = self._now, self._plan
        columns = [tr("this split")]
        split = self._column(after) if after else (UNKNOWN,) * FIGURES
        values = [split]
        if now.increments:
            columns.append(tr("as planned now"))
            values.append(self._column(now))
        columns.append(tr("one big delivery"))
        original = plan.projects[self._project].original
        values.append(
            (
                "1",
                "0",
                day_text(now.original_first_value),
                money_text(now.original_revenue, plan.roadmap.currency),
                money_text(now.original_with_tail, plan.roadmap.currency),
                length_text(original.days),
            )
        )
        last, end = later(plan.roadmap.horizon, -1), later(tail_of(plan.roadmap), -1)
        labels = (
            tr("Increments"),
            tr("Consults with the CMO"),
            tr("First value"),
            tr("Revenue by {month} {year}").format(month=month_text(last), year=last.year),
            tr("With a tail to {month} {year}").format(month=month_text(end), year=end.year),
            tr("Longest silence (agreed: {limit})").format(limit=length_text(now.silence_limit_days)),
        )
        self.figures.show_rows(["", *columns], self._rows(labels, values, after))

    def _rows(self, labels: Column, values: list[Column], after: Figures | None) -> list[list[Cell | str]]:
        colours = palette_of(self)
        over = after is not None and after.longest_silence_days > after.silence_limit_days
        rows: list[list[Cell | str]] = []
        for n, label in enumerate(labels):
            bad = over and n == FIGURES - 1
            mine = Cell(values[0][n], bold=True, colour=colours.bad if bad else "", right=True)
            others = [Cell(column[n], colour=colours.secondary, right=True) for column in values[1:]]
            rows.append([Cell(label, colour=colours.secondary), mine, *others])
        return rows

    def _column(self, figures: Figures) -> Column:
        return (
            str(figures.increments),
            str(figures.checkpoints),
            day_text(figures.first_value) if figures.first_value else tr("never"),
            money_text(figures.revenue, self._plan.roadmap.currency),
            money_text(figures.revenue_with_tail, self._plan.roadmap.currency),
            length_text(figures.longest_silence_days),
        )
