"""Search: looks for the best split in the background, and keeps the best there is so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.clashing import Clash, Impossible
from roadmapper.planning.mending import with_ways_at_hand
from roadmapper.planning.proposing import Proposal, propose
from roadmapper.ui.jobs import TellingJob
from roadmapper.workspace.jobs import Progress

SEARCHING = 2.0
"""Seconds for the search in plain Python."""


def _nobody(proposal: Proposal) -> None:
    """Tell nobody."""


class State(Enum):
    """How far the search is."""

    IDLE = auto()
    SEARCHING = auto()
    DONE = auto()
    STOPPED = auto()
    REFUSED = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of certain wishes: a proposal, or why there is none, with the ways out where they are known."""

    wishes: Wishes
    proposal: Proposal | None = None
    why: str = ""
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A project of a plan and the wishes for its split; asked in the background."""

    plan: Plan
    project: EntityId
    wishes: Wishes

    def answer(self, progress: Progress, tell: Callable[[Proposal], None] = _nobody) -> Answer:
        """Return what comes of it; *tell* hears of what there is so far."""
        try:
            return Answer(self.wishes, propose(self.plan, self.project, self.wishes, progress, tell))
        except Refused as refusal:
            known = refusal.clash if isinstance(refusal, Impossible) else Clash(str(refusal))
            clash = with_ways_at_hand(self.plan, self.project, self.wishes, known)
            return Answer(self.wishes, why=str(refusal), clash=clash)


def asked(wishes: Wishes) -> Wishes:
    """Return what is wished for, however long somebody looks for it."""
    return replace(wishes, seconds=0.0, proving=0.0)


class Search(QObject):
    """One search at a time. *changed* is sent whenever *best*, *state* or how far it is has changed."""

    changed = Signal()
    found = Signal()

    def __init__(self, plan: Plan, project: EntityId, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._project = project
        self._job: TellingJob[Answer] | None = None
        self._jobs: list[TellingJob[Answer]] = []
        self.wishes: Wishes | None = None
        self.best: Proposal | None = None
        self.refusal: Answer | None = None
        self.state = State.IDLE
        self.done = 0
        self.of = 0

    def best_for(self, wishes: Wishes | None) -> Proposal | None:
        """Return the best proposal for *wishes*, or None while there is none."""
        if wishes is None or self.wishes is None or asked(self.wishes) != asked(wishes):
            return None
        return self.best

    def begin(self, wishes: Wishes) -> None:
        """Look for the best split under *wishes*; what was found for the same ones is kept until there is a better."""
        self.give_up()
        if self.wishes is None or asked(self.wishes) != asked(wishes):
            self.best = None
        self.wishes, self.refusal = wishes, None
        self.state, self.done, self.of = State.SEARCHING, 0, 0
        job = TellingJob(Question(self._plan, self._project, wishes).answer)
        job.progressed.connect(self._progressed)
        job.told.connect(self._told)
        job.finished.connect(self._finished)
        job.stopped.connect(self._stopped)
        self._job = job
        self._jobs.append(job)
        self.changed.emit()
        job.start()

    def stop(self) -> None:
        """Keep the best so far and look no further."""
        if self.state is State.SEARCHING and self.best is not None:
            self.give_up()
            self.state = State.STOPPED
            self.changed.emit()

    def give_up(self) -> None:
        """Let go of the search that is under way, if any."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _mine(self) -> bool:
        return self._job is not None and self.sender() is self._job

    def _progressed(self, done: int, of: int) -> None:
        if self._mine():
            self.done, self.of = done, of
            self.changed.emit()

    def _told(self, proposal: Proposal) -> None:
        if self._mine():
            self._offer(proposal)
            self.changed.emit()

    def _finished(self, answer: Answer) -> None:
        if not self._mine():
            return
        self._job = None
        if answer.proposal is None:
            self.best, self.refusal, self.state = None, answer, State.REFUSED
        else:
            self.state = State.DONE
            self._offer(answer.proposal)
        self.changed.emit()

    def _stopped(self) -> None:
        if self._mine():
            self._job = None
            self.state = State.BROKEN
            self.changed.emit()

    def _offer(self, new: Proposal) -> None:
        """Take a proposal that is better than what there is, or what it proves of that."""
        old = self.best
        if old is not None and new.found.worth <= old.found.worth:
            bounds = [b for b in (old.found.bound, new.found.bound) if b is not None]
            known = replace(old.found, bound=min(bounds, default=None), status=new.found.status or old.found.status)
            known = replace(known, stage=new.found.stage)
            if known == old.found:
                return
            self.best = replace(old, found=known)
        else:
            self.best = new
        self.found.emit()
