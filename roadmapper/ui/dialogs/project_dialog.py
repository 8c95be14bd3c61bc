"""ProjectDialog: asks for a project - what it is to bring, its single big delivery, and its team."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, add_months, later, monday
from roadmapper.domain.entity import TEXT_LENGTH, TITLE_LENGTH, EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import length_text
from roadmapper.ui.dialogs.sheet import Sheet, form, row
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.day_edit import DayEdit, span_typed
from roadmapper.ui.widgets.fields import NumberEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.text_edit import TextEdit
from roadmapper.workspace.edits.projects import ACCENTS, next_place

NEW = "new"
NONE = "none"
MOST_PEOPLE = 10_000


class ProjectDialog(Sheet):
    """Ask for a new project, or for changes of one."""

    def __init__(self, plan: Plan, project: Project | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("New project") if project is None else tr("Project"),
            tr("The original span is the single big delivery it would be without a split: what the plan is judged by."),
            tr("&Add") if project is None else tr("&Save"),
            parent,
        )
        self._plan = plan
        place = next_place(plan)
        self._old = project or Project(
            new_id("prj"), tr("New project"), default_span(plan), position=place, accent=place % ACCENTS
        )
        self._new_team = new_id("team")
        self._asked: set[QLineEdit] = set()
        self.title_edit = QLineEdit("" if project is None else project.title)
        limit(self.title_edit, TITLE_LENGTH)
        self.outcome_edit = TextEdit(self._old.outcome, TEXT_LENGTH)
        self.outcome_edit.setTabChangesFocus(True)
        self.outcome_edit.setPlaceholderText(tr("What will marketing be able to do that it cannot do now?"))
        self.outcome_edit.setFixedHeight(steps(self, 11))
        self.start_edit = DayEdit(self._old.original.start)
        self.finish_edit = DayEdit(self._old.original.finish, finishing=True)
        self.length_label = PlainLabel(wrap=False).styled(colour=self.colours.secondary)
        self.team_combo = Choice()
        self.name_edit = QLineEdit()
        limit(self.name_edit, TITLE_LENGTH)
        self.people_edit = NumberEdit(least=1, most=MOST_PEOPLE, whole=True)
        self.people_edit.setPlaceholderText(tr("not known yet"))
        self.shared_label = PlainLabel()
        self.shared_label.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.shared_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._fill()
        self._place()
        self._connect()
        self._choose_team()

    def result_project(self) -> tuple[Project, Team | None]:
        """Return the project, and its team where that is new or changed; raises Refused with what is wrong."""
        title = self._title()
        team = self._team()
        project = replace(
            self._old,
            title=title,
            outcome=self.outcome_edit.toPlainText().strip(),
            original=self._span(),
            team=team.id if team else None,
        )
        known = team is None or self._plan.teams.get(team.id) == team
        return project, None if known else team

    @override
    def accept(self) -> None:
        """Close with the answer, unless it is none."""
        for field in (self.start_edit, self.finish_edit, self.people_edit):
            field.settle()
        self._asked = {self.title_edit, self.name_edit}
        self._judge()
        if self.take.isEnabled():
            super().accept()
        elif not self.title_edit.text().strip():
            self.title_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _span(self) -> DateSpan:
        return span_typed(_day(self.start_edit), _day(self.finish_edit))

    def _title(self) -> str:
        title = self.title_edit.text().strip()
        if not title:
            raise Refused(tr("The title of the project is empty: enter a few words."))
        return title

    def _team(self) -> Team | None:
        chosen = str(self.team_combo.currentData())
        if chosen == NONE:
            return None
        people = self.people_edit.typed()
        key = self._new_team if chosen == NEW else EntityId(chosen)
        name = self.name_edit.text().strip()
        if not name:
            raise Refused(tr("The name of the team is empty: enter a few words."))
        return Team(key, name, None if people is None else round(people))

    def _fill(self) -> None:
        for team in sorted(self._plan.teams.values(), key=_by_title):
            self.team_combo.addItem(_named(team), str(team.id))
        self.team_combo.addItem(tr("a new team…"), NEW)
        self.team_combo.addItem(tr("no team yet"), NONE)
        chosen = str(self._old.team) if self._old.team else NONE
        self.team_combo.setCurrentIndex(max(self.team_combo.findData(chosen), 0))

    def _place(self) -> None:
        grid = form(self)
        row(grid, tr("&Title"), self.title_edit)
        row(grid, tr("&Outcome"), self.outcome_edit)
        row(grid, tr("Original sta&rt"), self.start_edit)
        row(grid, tr("Original &finish"), self.finish_edit)
        grid.addWidget(self.length_label, grid.rowCount(), 1)
        row(grid, tr("T&eam"), self.team_combo)
        row(grid, tr("&Name of the team"), self.name_edit)
        row(grid, tr("Number of &people"), self.people_edit)
        grid.addWidget(self.shared_label, grid.rowCount(), 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.want(60, 0)
        self.title_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        for line in (self.title_edit, self.start_edit, self.finish_edit, self.name_edit, self.people_edit):
            line.textChanged.connect(self._judge)
        self.outcome_edit.textChanged.connect(self._judge)
        self.team_combo.currentIndexChanged.connect(self._choose_team)
        for line in (self.title_edit, self.name_edit):
            line.editingFinished.connect(self._left)

    def _choose_team(self) -> None:
        chosen = str(self.team_combo.currentData())
        team = self._plan.teams.get(EntityId(chosen))
        self._asked.discard(self.name_edit)
        self.name_edit.setText(team.title if team else "")
        self.people_edit.set_value(team.people if team else None)
        for line in (self.name_edit, self.people_edit):
            line.setEnabled(chosen != NONE)
        self._judge()

    def _left(self) -> None:
        """Complain about a field that was left empty: not before anybody could type into it."""
        sender = self.sender()
        if isinstance(sender, QLineEdit):
            self._asked.add(sender)
            self._judge()

    def _judge(self) -> None:
        self._tell_shared()
        why = self._wrong_days()
        self.finish_edit.complain(why if self._both_days() else "")
        try:
            if not why and (self.title_edit in self._asked or self.title_edit.text().strip()):
                self._title()
            if not why and (self.name_edit in self._asked or self.name_edit.text().strip()):
                self._team()
        except Refused as refusal:
            why = str(refusal)
        self.refuse(why)

    def _wrong_days(self) -> str:
        try:
            self.length_label.setText(length_text(self._span().days))
        except Refused as refusal:
            self.length_label.setText("")
            return str(refusal)
        return ""

    def _both_days(self) -> bool:
        try:
            return None not in (self.start_edit.typed(), self.finish_edit.typed())
        except Refused:
            return False

    def _tell_shared(self) -> None:
        """Say whose team it is before it is changed for everybody."""
        team = self._plan.teams.get(EntityId(str(self.team_combo.currentData())))
        if team is None:
            self.shared_label.setText("")
            return
        others = sum(p.team == team.id and p.id != self._old.id for p in self._plan.projects.values())
        words = tr("This is the team itself: another name or number here is one for all its projects.")
        if others:
            words = trn(
                "“{team}” also works on {n} other project: another name or number here changes it there as well.",
                "“{team}” also works on {n} other projects: another name or number here changes it there as well.",
                others,
                team=team.title,
            )
        people = "" if team.people is None else str(team.people)
        same = (self.name_edit.text().strip(), self.people_edit.text().strip()) == (team.title, people)
        self.shared_label.setText(words)
        self.shared_label.setStyleSheet(f"color: {self.colours.secondary if same else self.colours.warning}")


def default_span(plan: Plan) -> DateSpan:
    """Return the big delivery of a project about which nothing is known: from the next Monday to the horizon."""
    today = datetime.now().astimezone().date()
    today = later(monday(today), DAYS_A_WEEK) if today.weekday() else today
    start = today if plan.roadmap.span.start <= today < plan.roadmap.horizon else plan.roadmap.start
    return DateSpan(start, max(plan.roadmap.horizon, add_months(start, 1)))


def _day(field: DayEdit) -> date:
    day = field.typed()
    if day is None:
        raise Refused(field.wanted())
    return day


def _by_title(team: Team) -> str:
    return team.title.casefold()


def _named(team: Team) -> str:
    if team.people is None:
        return team.title
    return tr("{team}, {people}").format(team=team.title, people=trn("{n} person", "{n} people", team.people))
