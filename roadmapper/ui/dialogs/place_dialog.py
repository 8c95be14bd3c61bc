"""PlaceDialog: asks by which rules the consults of a project stand, and shows what they add, move and remove."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QWidget
from typing_extensions import override

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import RULE_LENGTH
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import longest_silence
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.placing import Placement, Rules, placed
from roadmapper.planning.consults.saying import consult_title
from roadmapper.planning.phrases import day_text, length_text, weekday_text
from roadmapper.ui.dialogs.repeats import Repeat, rule_of
from roadmapper.ui.dialogs.sheet import Sheet, form, heading, row
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.edits.checkpoints import place_checkpoints, set_cadence

MONTHLY = "FREQ=MONTHLY;BYDAY={n}{day}"
DAYS = ("MO", "TU", "WE", "TH", "FR")
TIMES = (1, 2, 3, 4, -1)
NONE, BY_RULE = "", "rule"


def place_by_rule(plan: Plan, project: EntityId, placement: Placement, cadence: str) -> Plan:
    """Place consults and keep their cadence, as one edit."""
    return set_cadence(place_checkpoints(plan, project, placement), project, cadence)


class PlaceDialog(Sheet):
    """Ask for the rules of one project."""

    def __init__(self, plan: Plan, project: EntityId | None, today: date, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Place consults by rule"),
            tr("What was answered or placed by hand stays. The others are moved to where the rules want them."),
            tr("&Place"),
            parent,
        )
        self._plan = plan
        self._today = today
        self._placement = Placement()
        self._cadence = ""
        self.project = Choice()
        for each in plan.projects_in_order:
            self.project.addItem(each.title, str(each.id))
        self.project.setCurrentIndex(max(self.project.findData(str(project)), 0))
        self.at_ends = QCheckBox(tr("At each increment's &end: shall it go live?"))
        self.at_ends.setChecked(True)
        self.mid_way = QCheckBox(
            tr("&Mid-way, wherever the silence would be longer than the {length} agreed on").format(
                length=length_text(plan.roadmap.silence_limit_days)
            )
        )
        self.mid_way.setChecked(True)
        self.cadence = Choice()
        self.cadence.addItem(tr("none"), NONE)
        for n, day in product(TIMES, range(len(DAYS))):
            self.cadence.addItem(_cadence_words(n, day), MONTHLY.format(n=n, day=DAYS[day]))
        self.cadence.addItem(tr("by a rule…"), BY_RULE)
        self.rule = QLineEdit()
        limit(self.rule, RULE_LENGTH)
        self.rule.setPlaceholderText("FREQ=WEEKLY;INTERVAL=4;BYDAY=TU")
        self.rule.setAccessibleName(tr("Rule of the cadence"))
        self.silence = PlainLabel()
        self.counts = PlainLabel().styled(colour=self.colours.secondary)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("What is placed"))
        self.list.setMinimumHeight(steps(self, 24))
        self._place()
        self.project.currentIndexChanged.connect(self._choose)
        self.cadence.currentIndexChanged.connect(self._judge)
        self.rule.textChanged.connect(self._judge)
        self.at_ends.toggled.connect(self._judge)
        self.mid_way.toggled.connect(self._judge)
        self._choose()

    def _place(self) -> None:
        grid = form(self)
        row(grid, tr("P&roject"), self.project)
        self.body.addLayout(grid)
        self.body.addWidget(self.at_ends)
        self.body.addWidget(self.mid_way)
        below = form(self)
        row(below, tr("&Cadence"), self.cadence)
        line = QHBoxLayout()
        line.addWidget(self.rule)
        below.addLayout(line, below.rowCount(), 1)
        self.body.addLayout(below)
        self.body.addWidget(heading(tr("What this does")))
        self.body.addWidget(self.silence)
        self.body.addWidget(self.counts)
        self.body.addWidget(self.list, 1)
        self.want(72, 78)

    def result_placement(self) -> tuple[EntityId, Placement, str]:
        """Return the project, what is done to its consults, and its cadence from now on."""
        return self._key(), self._placement, self._cadence

    @override
    def accept(self) -> None:
        """Close with the answer, unless it is none."""
        self._judge()
        if self.take.isEnabled():
            super().accept()

    def _key(self) -> EntityId:
        return EntityId(str(self.project.currentData() or ""))

    def _choose(self) -> None:
        """Begin with the cadence that the project has."""
        project = self._plan.projects.get(self._key())
        cadence = project.cadence if project is not None else ""
        known = self.cadence.findData(cadence)
        for field in (self.cadence, self.rule):
            field.blockSignals(True)
        self.cadence.setCurrentIndex(known if known >= 0 else self.cadence.findData(BY_RULE))
        self.rule.setText("" if known >= 0 else cadence)
        for field in (self.cadence, self.rule):
            field.blockSignals(False)
        self._judge()

    def _typed(self) -> str:
        chosen = str(self.cadence.currentData() or "")
        return rule_of(Repeat.RULE, self._today, self.rule.text()) if chosen == BY_RULE else chosen

    def _judge(self) -> None:
        """Show what the rules lead to."""
        self.rule.setEnabled(self.cadence.currentData() == BY_RULE)
        key = self._key()
        if key not in self._plan.projects:
            self.refuse(tr("There is no project yet: add one first."))
            return
        self._placement = Placement()
        try:
            self._cadence = self._typed()
            rules = Rules(self.at_ends.isChecked(), self.mid_way.isChecked(), self._cadence)
            self._placement = placed(self._plan, key, rules, self._today)
            after = place_by_rule(self._plan, key, self._placement, self._cadence)
        except Refused as refusal:
            for words in (self.silence, self.counts):
                words.setText("")
            self.list.clear()
            self.refuse(str(refusal))
            return
        self._tell(after)
        same = not self._placement and self._cadence == self._plan.projects[key].cadence
        self.refuse(tr("The consults stand where these rules want them already.") if same else "")

    def _tell(self, after: Plan) -> None:
        key, placement, most = self._key(), self._placement, self._plan.roadmap.silence_limit_days
        before, then = longest_silence(self._plan, key), longest_silence(after, key)
        self.silence.setText(
            tr("Longest silence: {before} now, {after} afterwards; {most} are agreed on.").format(
                before=length_text(before), after=length_text(then), most=length_text(most)
            )
        )
        self.silence.setStyleSheet(f"color: {self.colours.bad if then > most else self.colours.good}")
        self.counts.setText(
            " · ".join(
                (
                    trn("{n} added", "{n} added", len(placement.add)),
                    trn("{n} moved", "{n} moved", len(placement.move)),
                    trn("{n} removed", "{n} removed", len(placement.remove)),
                )
            )
        )
        self.list.clear()
        self.list.addItems([words for _, words in sorted(self._lines())])

    def _lines(self) -> Iterator[tuple[date, str]]:
        plan = self._plan
        for checkpoint in self._placement.add:
            words = tr("added: {day} · {title}")
            yield checkpoint.day, words.format(day=weekday_text(checkpoint.day), title=self._title(checkpoint))
        for checkpoint in self._placement.move:
            old = plan.checkpoints[checkpoint.id].day
            words = tr("moved: {old} → {day} · {title}") if old != checkpoint.day else tr("changed: {day} · {title}")
            yield (
                checkpoint.day,
                words.format(old=day_text(old), day=weekday_text(checkpoint.day), title=self._title(checkpoint)),
            )
        for key in self._placement.remove:
            gone = plan.checkpoints[key]
            words = tr("removed: {day} · {title}")
            yield gone.day, words.format(day=weekday_text(gone.day), title=self._title(gone))

    def _title(self, checkpoint: Checkpoint) -> str:
        about = self._plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
        return consult_title(checkpoint, about.title if about else self._plan.projects[checkpoint.project].title)


def _cadence_words(n: int, day: int) -> str:
    which = {1: tr("first"), 2: tr("second"), 3: tr("third"), 4: tr("fourth"), -1: tr("last")}[n]
    names = (tr("Monday"), tr("Tuesday"), tr("Wednesday"), tr("Thursday"), tr("Friday"))
    return tr("every {which} {weekday} of the month").format(which=which, weekday=names[day])
