"""TeamDialog: the teams, and when they or some of their people are off; nothing is changed until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import TITLE_LENGTH
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.off_form import OffForm
from roadmapper.ui.dialogs.repeats import kind_text
from roadmapper.ui.dialogs.sheet import Sheet, form, heading, row
from roadmapper.ui.dialogs.team_rows import OffRow, TeamRow, TeamRows
from roadmapper.ui.dialogs.year_view import YearView
from roadmapper.ui.widgets.fields import NumberEdit
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.tables import Cell, TextTable

MOST_PEOPLE = 10_000
LIST_WIDTH = 22
ROWS = 3


class TeamDialog(Sheet):
    """Ask for the teams, their people and their days off."""

    def __init__(self, plan: Plan, today: date, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Teams and days off"),
            tr("Who does the work, and when they are away: a split gives nobody work on those days."),
            tr("&Save"),
            parent,
        )
        self._rows = TeamRows(plan, today)
        self._warned = False
        self._said = ""
        self.teams = QListWidget()
        self.name_edit = QLineEdit()
        limit(self.name_edit, 2 * TITLE_LENGTH)
        self.people_edit = NumberEdit(least=1, most=MOST_PEOPLE, whole=True)
        self.people_edit.setPlaceholderText(tr("not known yet"))
        self.offs = TextTable(tr("Days off"), shares={0: 4, 1: 5, 3: 5})
        self.form = OffForm(self._rows, self)
        self.year = YearView(plan.roadmap.country, today.year, self)
        self.add_button = self._button(tr("Add a tea&m"), self.add_team, self.teams, "Ins")
        self.delete_button = self._button(tr("&Delete the team"), self.delete_team, self.teams, "Del")
        self.add_off_button = self._button(tr("Add da&ys off"), self.add_off, self.offs, "Ins")
        self.delete_off_button = self._button(tr("De&lete these days"), self.delete_off, self.offs, "Del")
        self._place()
        self._connect()
        self._list(0)

    def result_teams(self) -> tuple[list[Team | DaysOff], list[Team | DaysOff]]:
        """Return the teams and days off to put, and those to remove; raises Refused while something is wrong."""
        return self._rows.result()

    def add_team(self) -> None:
        """Add a team, and ask for its name."""
        self._rows.add()
        self._list(len(self._rows.teams) - 1)
        self.name_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete_team(self) -> None:
        """Delete the team, and say who is left without."""
        team = self._team()
        if team is not None:
            said, at = self._rows.users(team), self.teams.currentRow()
            self._rows.teams.remove(team)
            self._list(min(at, len(self._rows.teams) - 1))
            self._said = said
            self._judge()

    def add_off(self) -> None:
        """Add days off to the team, and ask which."""
        team = self._team()
        if team is not None:
            self._rows.add_off(team)
            self._list_offs(len(team.offs) - 1)
            self.form.title_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_all_of(self.form)

    def delete_off(self) -> None:
        """Delete the days off that are selected."""
        team, off = self._team(), self._off()
        if team is not None and off is not None:
            at = team.offs.index(off)
            team.offs.remove(off)
            self._list_offs(min(at, len(team.offs) - 1))

    @override
    def accept(self) -> None:
        """Close with the answer, unless something is wrong."""
        for field in (self.people_edit, self.form.start_edit, self.form.finish_edit, self.form.people_edit):
            field.settle()
        self._judge()
        if self.take.isEnabled():
            super().accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc ask once more before what was typed is lost."""
        if event.matches(QKeySequence.StandardKey.Cancel) and not self._warned and self._changed():
            self._said = tr("What you entered is not saved: press Esc again to let it go.")
            self._judge()
            self._warned = True
            return
        super().keyPressEvent(event)

    def _button(self, words: str, deed: Callable[[], None], home: QWidget, key: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(deed)
        action = QAction(home)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(deed)
        home.addAction(action)
        button.setToolTip(QKeySequence(key).toString())
        return button

    def _place(self) -> None:
        self.teams.setAccessibleName(tr("Teams"))
        self.teams.setStyleSheet(f"QListView::item {{ padding: {steps(self, 0.75)}px {steps(self, 0.5)}px; }}")
        self.teams.setFixedWidth(steps(self, LIST_WIDTH))
        self.teams.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.teams.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        left = QVBoxLayout()
        left.setSpacing(steps(self))
        left.addWidget(heading(tr("Teams")))
        left.addWidget(self.teams, 1)
        for button in (self.add_button, self.delete_button):
            left.addWidget(button)
        grid = form(self)
        row(grid, tr("&Name"), self.name_edit)
        row(grid, tr("&People"), self.people_edit)
        bar = QHBoxLayout()
        bar.setSpacing(steps(self))
        bar.addWidget(heading(tr("Days off")), 1)
        bar.addWidget(self.add_off_button)
        bar.addWidget(self.delete_off_button)
        right = QVBoxLayout()
        right.setSpacing(steps(self))
        right.addLayout(grid)
        right.addLayout(bar)
        self.offs.setMinimumHeight(self.offs.height_of(ROWS) + round(QFontMetricsF(self.font()).height()))
        right.addWidget(self.offs, 1)
        right.addWidget(self.form)
        right.addWidget(self.year)
        whole = QHBoxLayout()
        whole.setSpacing(steps(self, 3))
        whole.addLayout(left)
        whole.addLayout(right, 1)
        self.body.addLayout(whole, 1)
        self.want(126, 92)
        self.teams.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.teams.currentRowChanged.connect(self._show_team)
        self.offs.selectionModel().currentRowChanged.connect(self._show_off)
        self.name_edit.textEdited.connect(self._typed)
        self.people_edit.textChanged.connect(self._typed)
        self.form.edited.connect(self._edited)
        self.form.start_edit.value_changed.connect(self._look_at)

    def _team(self) -> TeamRow | None:
        at = self.teams.currentRow()
        return self._rows.teams[at] if 0 <= at < len(self._rows.teams) else None

    def _off(self) -> OffRow | None:
        team, at = self._team(), self.offs.currentIndex().row()
        return team.offs[at] if team is not None and 0 <= at < len(team.offs) else None

    def _list(self, at: int) -> None:
        """List the teams anew, and go to one."""
        with QSignalBlocker(self.teams):
            self.teams.clear()
            for team in self._rows.teams:
                self.teams.addItem(self._rows.named(team))
            self.teams.setCurrentRow(at)
        self._show_team()

    def _show_team(self) -> None:
        team = self._team()
        with QSignalBlocker(self.people_edit):
            self.people_edit.set_value(None)
            self.people_edit.setText(team.people if team else "")
        self.name_edit.setText(team.title if team else "")
        for widget in (self.name_edit, self.people_edit, self.add_off_button, self.delete_button):
            widget.setEnabled(team is not None)
        self._said = ""
        self._list_offs(0)

    def _list_offs(self, at: int) -> None:
        """List the days off of the team anew, and go to some."""
        team = self._team()
        heads = (tr("What"), tr("When"), tr("Who"), tr("Repeats"))
        lines = [self._line(team, off) for off in team.offs] if team else []
        with QSignalBlocker(self.offs.selectionModel()):
            self.offs.show_rows(heads, lines)
            self.offs.setCurrentIndex(self.offs.texts.index(at, 0))
        self.offs.setCurrentIndex(self.offs.texts.index(at, 0))
        self._show_off()

    def _line(self, team: TeamRow, off: OffRow) -> list[Cell | str]:
        try:
            read = self._rows.off(team, off)
        except Refused:
            bad = self.colours.bad
            return [Cell(text, colour=bad) for text in (off.title, f"{off.start} – {off.finish}", off.people, off.rule)]
        days = off.start if off.start == off.finish else f"{off.start} – {off.finish}"
        again = off.rule or kind_text(off.kind, read.span.start)
        return [off.title, days, off.people or tr("all"), again]

    def _show_off(self) -> None:
        off = self._off()
        self.delete_off_button.setEnabled(off is not None)
        self.form.show_off(self._team(), off)
        self._judge()

    def _typed(self) -> None:
        """Take what was typed for the team."""
        team = self._team()
        if team is not None:
            team.title, team.people = self.name_edit.text(), self.people_edit.text()
            item = self.teams.currentItem()
            if item is not None:
                item.setText(self._rows.named(team))
            self._edited()

    def _edited(self) -> None:
        """Show what was typed for the days off, in the table as well."""
        team, off = self._team(), self._off()
        if team is not None and off is not None:
            at = team.offs.index(off)
            self.offs.texts.put(at, self._line(team, off))
            self.offs.resizeRowToContents(at)
        self._said = ""
        self._judge()

    def _look_at(self, day: date) -> None:
        """Show the year in which the days off begin."""
        self.year.year_spin.setValue(day.year)

    def _changed(self) -> bool:
        try:
            return self._rows.result() != ([], [])
        except Refused:
            return True

    def _judge(self) -> None:
        self._warned = False
        team, off = self._team(), self._off()
        here = [(team, off)] if team is not None else []
        wrong = self._rows.first_wrong([*((t, None) for t, _ in here), *here])
        self.form.tell()
        try:
            people = self._rows.team(team).people if team is not None else None
        except Refused:
            people = None
        self.year.show_team(self._rows.offs(team) if team is not None else [], people)
        doubled = self._rows.doubled(team) if team is not None and not wrong else ""
        if doubled and not self._said:
            self.wait(doubled)
        else:
            self.refuse(wrong or self._said)
        self.take.setEnabled(not wrong)
