"""WhyPanel: why an increment of a split stands where it does, what ends it, and what it delivers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.planning.proposing import Proposal
from roadmapper.planning.reasons import effort_for, ending_text, reason_text
from roadmapper.planning.splitting.explaining import what_ends, why_here
from roadmapper.planning.splitting.model import Split
from roadmapper.ui.dialogs.sheet import heading
from roadmapper.ui.jobs import Job
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.workspace.jobs import Progress

PATIENCE_MS = 250


@dataclass(frozen=True, slots=True)
class _Why:
    """The question why the increment *number* of a proposal is not one earlier."""

    proposal: Proposal
    number: int

    @property
    def key(self) -> tuple[Split, int]:
        return self.proposal.found.split, self.number

    def answer(self, progress: Progress) -> str:
        """Return the reason in words."""

        def stopped() -> bool:
            progress(0, 0)
            return False

        assignment = self.proposal.assignment
        why = why_here(assignment.task, self.proposal.found, self.number, effort_for(assignment), stopped)
        return reason_text(assignment, why)


class Asker(QObject):
    """Asks in the background why an increment stands where it does, one at a time, each once.

    *answered* is sent with the number of the increment and the reason.
    """

    answered = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[tuple[Split, int], str] = {}
        self._question: _Why | None = None
        self._job: Job[str] | None = None
        self._jobs: list[Job[str]] = []
        self._timer = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._timer.timeout.connect(self._begin)

    @property
    def working(self) -> bool:
        """Return whether an answer is being looked for."""
        return self._job is not None or self._timer.isActive()

    def ask(self, proposal: Proposal, number: int) -> str:
        """Return the reason if it is known; otherwise it follows, unless something else is asked meanwhile."""
        question = _Why(proposal, number)
        known = self._known.get(question.key)
        if known is None and self._question is not None and self._question.key == question.key and self.working:
            return ""
        self.cancel()
        if known is None:
            self._question = question
            self._timer.start()
        return known or ""

    def cancel(self) -> None:
        """Let go of the question."""
        self._timer.stop()
        self._question = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _begin(self) -> None:
        if self._question is None:
            return
        job = Job(self._question.answer)
        job.finished.connect(self._finished)
        job.stopped.connect(self._broke)
        job.refused.connect(self._finished)
        self._job = job
        self._jobs.append(job)
        job.start()

    def _finished(self, reason: str) -> None:
        if self._job is None or self.sender() is not self._job or self._question is None:
            return
        question, self._job = self._question, None
        self._known[question.key] = reason
        self.answered.emit(question.number, reason)

    def _broke(self) -> None:
        if self._job is not None and self.sender() is self._job:
            question, self._job = self._question, None
            self.answered.emit(question.number if question else -1, tr("The question broke off."))


class WhyPanel(QScrollArea):
    """What there is to say about one increment of a proposal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asker = Asker(self)
        self._number = -1
        self.title = heading("")
        self.title.setWordWrap(True)
        self.why_head = heading(tr("Why here, and not earlier?"))
        self.why = PlainLabel()
        self.end_head = heading(tr("What ends it"))
        self.end = PlainLabel()
        self.use_head = heading(tr("What marketing can use"))
        self.use = PlainLabel()
        self.items_head = heading(tr("What it delivers"))
        self.items = PlainLabel()
        self.setAccessibleName(tr("The selected increment"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setAutoFillBackground(True)
        inside.setStyleSheet(f"QWidget {{ background: {palette_of(self).surface}; }}")
        body = QVBoxLayout(inside)
        body.setContentsMargins(steps(self, 2), 0, steps(self), 0)
        body.setSpacing(steps(self, 0.5))
        self._sections = (
            (self.why_head, self.why),
            (self.end_head, self.end),
            (self.use_head, self.use),
            (self.items_head, self.items),
        )
        for head, text in self._sections:
            text.setAccessibleName(head.text())
            body.addWidget(head)
            body.addWidget(text)
            body.addSpacing(steps(self))
        body.insertWidget(0, self.title)
        body.addStretch(1)
        self.setWidget(inside)
        self.asker.answered.connect(self._answered)
        self.show_increment(None, -1)

    def show_increment(self, proposal: Proposal | None, number: int) -> None:
        """Show what is known of the increment *number*, and ask for the rest; -1 shows how to select one."""
        self._number = number
        shown = proposal is not None and number >= 0
        for head, text in self._sections:
            head.setVisible(shown)
            text.setVisible(shown or text is self.why)
        self.title.setVisible(shown)
        if proposal is None or number < 0:
            self.asker.cancel()
            self.why.setText(
                tr("Select an increment to see why it stands where it does, what ends it and what it delivers.")
                if proposal
                else ""
            )
            return
        assignment, split = proposal.assignment, proposal.found.split
        increment = proposal.plan.increments[proposal.increments[number]]
        self.title.setText(increment.title)
        self.use.setText(increment.usable_outcome or tr("Groundwork: nothing to use yet"))
        self.end.setText(ending_text(assignment, what_ends(assignment.task, split, number)))
        titles = [assignment.task.items[key].title for key, _ in split.windows[number].starts]
        self.items.setText("\n".join(f"• {title}" for title in titles))
        self._say(self.asker.ask(proposal, number))

    def _answered(self, number: int, reason: str) -> None:
        if number == self._number:
            self._say(reason)

    def _say(self, reason: str) -> None:
        self.why.setText(reason or tr("Looking for a plan in which it is earlier…"))
