"""OntoRoadmapDialog: what an investment is to be on the roadmap - title, team, start - with the scope it brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import TITLE_LENGTH, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import effort_text, length_text, money_text
from roadmapper.planning.ranking.commissioning import proposed_project
from roadmapper.ui.dialogs.scope_cells import team_names
from roadmapper.ui.dialogs.sheet import Sheet, form, heading, row
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.fields import DayEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.tables import Cell, TextTable


class OntoRoadmapDialog(Sheet):
    """Proposes a project; what is changed here is the project's title, its team and its start."""

    def __init__(self, plan: Plan, key: EntityId, today: date, parent: QWidget | None = None) -> None:
        purpose = tr(
            "It becomes a project with the scope items below, and stays linked: claim and outcome stand together."
        )
        super().__init__(tr("Put on the roadmap"), purpose, tr("&Put it there"), parent)
        self._plan = plan
        self._key = key
        self._today = today
        self._project, self._items = proposed_project(plan, key, today)
        self.name = QLineEdit(self._project.title)
        limit(self.name, TITLE_LENGTH)
        self.team = Choice()
        self.team.addItem(tr("no team yet"), "")
        for name, team in team_names(plan).items():
            self.team.addItem(name, team)
        self.team.setCurrentIndex(max(self.team.findData(self._project.team or ""), 0))
        self.start = DayEdit(self._project.original.start)
        grid = form(self)
        row(grid, tr("&Title"), self.name)
        row(grid, tr("T&eam"), self.team)
        row(grid, tr("&Start"), self.start)
        self.body.addLayout(grid)
        self._length = PlainLabel().styled(colour=self.colours.secondary)
        self.body.addWidget(self._length)
        self.body.addWidget(heading(tr("Scope items")))
        self._table = TextTable(tr("Scope items"), 0, self)
        self.body.addWidget(self._table)
        self._show_scope()
        self.team.activated.connect(self._propose)
        for field in (self.name, self.start):
            field.textChanged.connect(self._check)
        self.want(66, 50)
        self._check()

    def result_project(self) -> tuple[Project, Sequence[ScopeItem]]:
        """Return the project as it is to be, with its scope items."""
        start, days = self.start.typed() or self._project.original.start, self._project.original.days
        team = EntityId(self.team.currentData()) if self.team.currentData() else None
        title = " ".join(self.name.text().split())
        project = replace(self._project, title=title, team=team, original=DateSpan(start, later(start, days)))
        return project, self._items

    def _propose(self) -> None:
        """Propose it anew as the work of the team that was chosen: its people say how long it takes."""
        plan, investment = self._plan, self._plan.investments[self._key]
        team = EntityId(self.team.currentData()) if self.team.currentData() else None
        most = max(investment.efforts, key=lambda e: e.likely, default=None)
        others = {e.team for e in investment.efforts if e is not most}
        if most is not None and team not in others:
            efforts = tuple(replace(e, team=team) if e is most else e for e in investment.efforts)
            plan = plan.with_entities([replace(investment, efforts=efforts)])
        self._project, self._items = proposed_project(plan, self._key, self._today)
        self._show_scope()

    def _show_scope(self) -> None:
        length = length_text(self._project.original.days)
        words = tr("As one delivery it would take {length}; split it into increments on the timeline.")
        self._length.setText(words.format(length=length))
        currency, teams = self._plan.roadmap.currency, self._plan.teams
        rows: list[list[Cell | str]] = []
        for item in self._items:
            effort = Cell(effort_text(item.effort_pw), right=True)
            revenue = Cell(money_text(item.revenue_per_month, currency), right=True)
            rows.append(
                [item.title, teams[item.team].title if item.team in teams and item.team else "", effort, revenue]
            )
        self._table.show_rows([tr("Title"), tr("Team"), tr("Effort"), tr("Revenue a month")], rows)
        self._table.setMinimumHeight(self._table.height_of(min(len(rows), 6)))

    def _check(self) -> None:
        try:
            self.result_project()
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self.refuse("")
