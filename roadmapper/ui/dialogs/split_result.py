"""SplitResult: what would come of a split - the picture, the figures, the increments and what there is to say."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from roadmapper.domain.dates import later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.comparison import Figures, figures_of
from roadmapper.planning.phrases import UNKNOWN, day_text, length_text, money_text, month_text, span_text
from roadmapper.planning.proposing import Proposal
from roadmapper.ui.dialogs.preview import Preview
from roadmapper.ui.dialogs.sheet import heading
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.ui.widgets.tables import Cell, TextTable

FIGURES = 5
Column = tuple[str, ...]


class SplitResult(QWidget):
    """Shows a proposal; disabled, it shows the last one pale."""

    def __init__(self, plan: Plan, project: EntityId, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._project = project
        self._now = figures_of(plan, project)
        self.preview = Preview(plan, project, today)
        self.figures = TextTable(tr("This split compared"), stretch=0)
        self.increments = TextTable(tr("The increments of this split"), shares={1: 4, 3: 5})
        self.notes = PlainLabel()
        self.notes.setAccessibleName(tr("What there is to say"))
        self._place()
        self.show_proposal(None)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show a proposal, or only what is there now."""
        plan = proposal.plan if proposal else self._plan
        self.preview.show_plan(plan)
        self._show_figures(proposal.after if proposal else None)
        increments = plan.increments_by_project.get(self._project, []) if proposal else []
        rows = [self._row(n, i) for n, i in enumerate(increments, 1)]
        self.increments.show_rows(("#", tr("Increment"), tr("From – to"), tr("What marketing can use then")), rows)
        self.notes.setText("\n".join(proposal.notes) if proposal and proposal.notes else self._silent(proposal))
        self.preview.setAccessibleDescription(
            tr("{n} increments: {titles}").format(n=len(increments), titles=", ".join(i.title for i in increments))
        )

    def _place(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(steps(self, 2))
        whole.addWidget(self.preview)
        grid = QGridLayout()
        grid.setHorizontalSpacing(steps(self, 4))
        grid.setVerticalSpacing(steps(self))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(heading(tr("Compared")), 0, 0)
        grid.addWidget(self.figures, 1, 0, top)
        grid.setRowMinimumHeight(2, steps(self, 4))
        grid.addWidget(heading(tr("What there is to say")), 2, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self._notes_area(), 3, 0)
        grid.addWidget(heading(tr("Increments")), 0, 1)
        grid.addWidget(self.increments, 1, 1, 3, 1)
        grid.setRowStretch(3, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        whole.addLayout(grid, 1)
        self.figures.setFixedHeight(self.figures.height_of(FIGURES))
        self.figures.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.increments.setMinimumSize(steps(self, 56), self.increments.height_of(8))

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
                length_text(original.days),
            )
        )
        last = later(plan.roadmap.horizon, -1)
        labels = (
            tr("Increments"),
            tr("Consults with the CMO"),
            tr("First value"),
            tr("Revenue by {month} {year}").format(month=month_text(last), year=last.year),
            tr("Longest silence (agreed: {limit})").format(limit=length_text(now.silence_limit_days)),
        )
        self.figures.show_rows(["", *columns], self._rows(labels, values, after))
        self.figures.setMinimumWidth(max(self.figures.width_of_texts(), self.figures.minimumWidth()))

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
            length_text(figures.longest_silence_days),
        )

    def _row(self, number: int, increment: Increment) -> list[Cell | str]:
        colours = palette_of(self)
        stays = increment.id in self._plan.increments
        use = increment.usable_outcome or tr("Groundwork: nothing to use yet")
        quiet = colours.secondary if stays or not increment.usable else ""
        return [
            Cell(str(number), colour=colours.secondary, right=True),
            Cell(tr("{title} (stays)").format(title=increment.title) if stays else increment.title, bold=not stays),
            Cell(span_text(increment.span)),
            Cell(use, colour=quiet),
        ]

    def _silent(self, proposal: Proposal | None) -> str:
        return tr("Nothing was assumed, cut or left out.") if proposal else UNKNOWN
