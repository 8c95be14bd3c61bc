"""SplitDialog: asks how a project is to be split, and shows what would come of it before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.phrases import span_text
from roadmapper.planning.proposing import Proposal, propose
from roadmapper.ui.dialogs.sheet import Sheet, named
from roadmapper.ui.dialogs.split_result import SplitResult
from roadmapper.ui.jobs import Job
from roadmapper.ui.widgets.fields import NumberEdit, WeeksSpin
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.jobs import Progress

PATIENCE_MS = 250
MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of certain wishes: a proposal, or why there is none."""

    wishes: Wishes
    proposal: Proposal | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A project of a plan and the wishes for its split; asked in the background."""

    plan: Plan
    project: EntityId
    wishes: Wishes

    def answer(self, progress: Progress) -> Answer:
        """Return what comes of it."""
        try:
            return Answer(self.wishes, propose(self.plan, self.project, self.wishes, progress))
        except Refused as refusal:
            return Answer(self.wishes, why=str(refusal))


class SplitDialog(Sheet):
    """Ask for the limits of a split; only a result that fits what the fields say can be taken."""

    def __init__(self, plan: Plan, project: EntityId, parent: QWidget | None = None) -> None:
        self._plan = plan
        self._project = plan.projects[project]
        super().__init__(
            tr("Split “{title}”").format(title=self._project.title),
            purpose_of(self._project),
            tr("&Take this split"),
            parent,
        )
        roadmap = plan.roadmap
        self.longest_spin = WeeksSpin(roadmap.longest_increment_weeks)
        self.shortest_spin = WeeksSpin(roadmap.shortest_increment_weeks)
        self.silence_spin = WeeksSpin(roadmap.longest_silence_weeks)
        team = plan.teams.get(self._project.team) if self._project.team else None
        self.people_edit = NumberEdit(team.people if team else None, least=1, most=MOST_PEOPLE, whole=True)
        self.people_edit.setPlaceholderText(tr("as in the plan"))
        self.bar = QProgressBar()
        self.state = PlainLabel(wrap=False).styled(colour=self.colours.secondary)
        self.result_view = SplitResult(plan, project, datetime.now().astimezone().date())
        self._answer: Answer | None = None
        self._jobs: list[Job[Answer]] = []
        self._timer = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._place()
        self._connect()
        self._begin()

    def proposal(self) -> Proposal | None:
        """Return the split that fits what the fields say, or None while there is none."""
        if self._answer is None or self._answer.wishes != self._wishes():
            return None
        return self._answer.proposal

    def show_answer(self, answer: Answer) -> None:
        """Show what came of a question, unless the fields ask something else by now."""
        if answer.wishes != self._wishes():
            return  # of an older question
        self._answer = answer
        if answer.proposal is None:
            self._fail(answer.why)
            return
        self.result_view.show_proposal(answer.proposal)
        self.result_view.setEnabled(True)
        count = len(answer.proposal.plan.increments_by_project.get(self._project.id, ()))
        self._sign(trn("{n} increment found", "{n} increments found", count), busy=False)
        self.refuse("")

    @override
    def done(self, result: int) -> None:
        """Close, and let go of what is still being worked on."""
        self._timer.stop()
        self._give_up()
        super().done(result)

    @override
    def accept(self) -> None:
        """Close with the split, if there is one that fits."""
        self.people_edit.settle()
        if self.proposal() is not None:
            super().accept()

    def _place(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(steps(self, 2))
        for label, field, note in (
            (tr("&Longest increment"), self.longest_spin, ""),
            (tr("S&hortest increment"), self.shortest_spin, ""),
            (tr("Longest &silence"), self.silence_spin, tr("The longest time without a consult with the CMO")),
            (tr("&People"), self.people_edit, tr("How many people work on it; empty: as in the plan")),
        ):
            pair = QVBoxLayout()
            pair.setSpacing(steps(self, 0.5))
            pair.addWidget(named(label, field, note))
            pair.addWidget(field)
            field.setMinimumWidth(steps(self, 15))
            fields.addLayout(pair)
        fields.addStretch(1)
        sign = QVBoxLayout()
        sign.setSpacing(steps(self, 0.5))
        sign.addStretch(1)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight)
        sign.addWidget(self.state)
        sign.addWidget(self.bar)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(steps(self, 28), steps(self, 0.5))
        self.bar.setAccessibleName(tr("How far the search is"))
        self.bar.setStyleSheet(
            f"QProgressBar {{ background: {self.colours.line}; border: none; }}"
            f"QProgressBar::chunk {{ background: {self.colours.accent}; }}"
        )
        fields.addLayout(sign)
        self.body.addLayout(fields)
        self.body.addWidget(self.result_view, 1)
        self.want(140, 108)
        self.longest_spin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        for spin in (self.longest_spin, self.shortest_spin, self.silence_spin):
            spin.valueChanged.connect(self._ask_soon)
        self.people_edit.textChanged.connect(self._ask_soon)
        self._timer.timeout.connect(self._begin)

    def _wishes(self) -> Wishes | None:
        try:
            people = self.people_edit.typed()
        except Refused:
            return None
        return Wishes(
            longest=self.longest_spin.value(),
            shortest=self.shortest_spin.value(),
            silence=self.silence_spin.value(),
            people=None if people is None else round(people),
        )

    def _ask_soon(self) -> None:
        """Let go of the result that no longer fits, and ask again once typing pauses."""
        self._give_up()
        wishes = self._wishes()
        if wishes is not None and self._answer is not None and self._answer.wishes == wishes:
            self._timer.stop()
            self.show_answer(self._answer)
            return
        self._show_searching()
        self._timer.start()

    def _begin(self) -> None:
        wishes = self._wishes()
        if wishes is None:
            self._fail(self._unreadable())
            return
        self._show_searching()
        job = Job(Question(self._plan, self._project.id, wishes).answer)
        job.progressed.connect(self._progress)
        job.finished.connect(self.show_answer)
        job.stopped.connect(self._stopped)
        self._jobs.append(job)
        job.start()

    def _give_up(self) -> None:
        for job in self._jobs:
            job.cancel()

    def _unreadable(self) -> str:
        try:
            self.people_edit.typed()
        except Refused as refusal:
            return str(refusal)
        return ""

    def _show_searching(self) -> None:
        self.result_view.setEnabled(False)
        self.bar.setRange(0, 0)
        self._sign(tr("Looking for the best split…"), busy=True)
        self.wait("")
        self.take.setEnabled(False)

    def _progress(self, done: int, of: int) -> None:
        if not self.result_view.isEnabled():
            self.bar.setRange(0, of)
            self.bar.setValue(done)

    def _fail(self, why: str) -> None:
        self.result_view.show_proposal(None)
        self.result_view.setEnabled(False)
        self._sign(tr("No split"), busy=False)
        self.refuse(why)

    def _stopped(self) -> None:
        """Say so when the search of the present question broke off; an older one is meant to."""
        working = self._timer.isActive() or (self._answer is not None and self._answer.wishes == self._wishes())
        if not working and self._jobs and self.sender() is self._jobs[-1]:
            self._fail(tr("The search broke off: change a field to try again."))

    def _sign(self, words: str, *, busy: bool) -> None:
        self.state.setText(words)
        self.bar.setVisible(busy)


def purpose_of(project: Project) -> str:
    """Return what is to be split: the single big delivery."""
    months = round(project.original.days / 30.44)
    return trn(
        "Now one delivery after {n} month ({span}). Nothing is changed until you take a split.",
        "Now one delivery after {n} months ({span}). Nothing is changed until you take a split.",
        months,
        span=span_text(project.original),
    )
