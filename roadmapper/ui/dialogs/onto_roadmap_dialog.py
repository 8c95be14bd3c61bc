"""OntoRoadmapDialog: what an investment is to be on the roadmap - title, team, start - with the scope it brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import TITLE_LENGTH, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import day_text, effort_text, length_text, money_text
from roadmapper.planning.ranking.commissioning import proposed_project, start_after, waits_of
from roadmapper.ui.dialogs.scope_cells import team_names
from roadmapper.ui.dialogs.sheet import Sheet, form, heading, row
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.ui.widgets.labels import PlainLabel, unmarked
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.tables import Cell, TextTable

MOST_NAMES, LONGEST_NAME = 4, 60


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
        self.start = DayEdit(self._project.original.start, today=today)
        grid = form(self)
        row(grid, tr("&Title"), self.name)
        row(grid, tr("T&eam"), self.team)
        row(grid, tr("&Start"), self.start)
        self.body.addLayout(grid)
        self._after: date | None = None
        self.waits = PlainLabel().styled(colour=self.colours.bad)
        self.body.addWidget(self.waits)
        self.after_button = QPushButton()
        self.after_button.setAutoDefault(False)
        self.after_button.clicked.connect(self._start_after)
        self.body.addWidget(self.after_button, 0, Qt.AlignmentFlag.AlignLeft)
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
        title = " ".join(self.name.text().split())
        project = replace(self._project, title=title, team=self._team(), original=DateSpan(start, later(start, days)))
        return project, self._items

    def _propose(self) -> None:
        """Propose it anew as a project of the team that was chosen; whose work is whose stays as it was estimated."""
        self._project, self._items = proposed_project(self._plan, self._key, self._today, self._team())
        self._show_scope()

    def _team(self) -> EntityId | None:
        return EntityId(self.team.currentData()) if self.team.currentData() else None

    def _show_waits(self) -> None:
        """Say what it needs that is not done, and offer the start after it."""
        waits, investments = waits_of(self._plan, self._key), self._plan.investments
        names = [tr("“{title}”").format(title=investments[key].title) for key in waits.missing]
        said = ""
        if names:
            said = trn(
                "It needs {names}, which is not on the roadmap.",
                "It needs {names}, which are not on the roadmap.",
                len(names),
                names=", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else ""),
            )
        self.waits.setText(said)
        self.waits.setVisible(bool(said))
        self.after_button.hide()
        if waits.last is not None and waits.end is not None:
            self._after = start_after(waits.end)
            words = tr("Start after “{title}”, on {day}")
            title = investments[waits.last].title
            short = title if len(title) <= LONGEST_NAME else title[: LONGEST_NAME - 1] + "…"
            self.after_button.setText(unmarked(words.format(title=short, day=day_text(self._after))))
            start = self._typed_start()
            self.after_button.setVisible(start is not None and start < self._after)

    def _typed_start(self) -> date | None:
        try:
            return self.start.typed()
        except Refused:
            return None

    def _start_after(self) -> None:
        if self._after is not None:
            self.start.set_day(self._after)
            self._check()

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
        self._show_waits()
