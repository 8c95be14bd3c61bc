"""Making: has the pages made in the background, each time anew when something else is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.output import checked
from roadmapper.reports.pages import Document
from roadmapper.reports.paper import Kind
from roadmapper.reports.proof import Proof, proof_of
from roadmapper.reports.source import Source
from roadmapper.ui.jobs import Job
from roadmapper.workspace.jobs import Progress

PAUSE_MS = 200
"""How long nothing may change before pages are made: whoever types changes much at once."""
PATIENCE_MS = 300
"""After so long somebody wants to know that something happens."""


class State(Enum):
    """How far it is."""

    MAKING = auto()
    DONE = auto()
    REFUSED = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True)
class Made:
    """The pages, and what there is to know of them."""

    document: Document
    proof: Proof


@dataclass(frozen=True, slots=True)
class Wanted:
    """The sheets that are wanted, in their order, and what they are made from."""

    source: Source
    kinds: tuple[Kind, ...]

    def make(self, progress: Progress) -> Made:
        """Return the pages. Words are measured by fonts of this thread: those of another are not for it."""
        measure = FontMeasure()
        document = checked(document_of(replace(self.source, measure=measure), self.kinds, progress))
        progress(0, 0)
        return Made(document, proof_of(document, measure))


class Making(QObject):
    """Makes one document at a time. *changed* is sent with every new *state*, *slow* when it takes a while."""

    changed = Signal()
    slow = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Wanted | None = None
        self._job: Job[Made] | None = None
        self._jobs: list[Job[Made]] = []
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._begin)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._grow_impatient)
        self.state = State.STOPPED
        self.made: Made | None = None
        self.why = ""
        self.done = self.of = 0

    def want(self, wanted: Wanted, *, soon: bool = True) -> None:
        """Make these pages, after a moment if *soon*; those that were made for other wishes are let go of."""
        self._wanted = wanted
        self._let_go(State.MAKING)
        self._patience.start()
        if soon:
            self._pause.start()
        else:
            self._begin()

    def refuse(self, why: str) -> None:
        """Make nothing: it cannot be done."""
        self._wanted = None
        self._let_go(State.REFUSED, why)

    def stop(self) -> None:
        """Give up what is being made."""
        if self.state is State.MAKING:
            self._let_go(State.STOPPED)

    def again(self) -> None:
        """Make what was given up after all."""
        if self._wanted is not None:
            self.want(self._wanted, soon=False)

    def _let_go(self, state: State, why: str = "") -> None:
        self._pause.stop()
        self._patience.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.made, self.why, self.state, self.done, self.of = None, why, state, 0, 0
        self.changed.emit()

    def _begin(self) -> None:
        if self._wanted is None:
            return
        job: Job[Made] = Job(self._wanted.make)
        job.finished.connect(self._finished)
        job.refused.connect(self._refused)
        job.stopped.connect(self._stopped)
        job.progressed.connect(self._progressed)
        self._job = job
        self._jobs.append(job)  # held until it has ended, cancelled or not
        job.start()

    def _mine(self) -> bool:
        """Return whether the job that reports is the one that is waited for, and let go of one that is over."""
        return self._job is not None and self.sender() is self._job

    def _ended(self) -> bool:
        mine, job = self._mine(), self.sender()
        self._jobs = [other for other in self._jobs if other is not job]
        if mine:
            self._job = None
            self._patience.stop()
        return mine

    def _finished(self, made: Made) -> None:
        if self._ended():
            self.made, self.state = made, State.DONE
            self.changed.emit()

    def _refused(self, why: str) -> None:
        if self._ended():
            self.why, self.state = why, State.REFUSED
            self.changed.emit()

    def _stopped(self) -> None:
        if self._ended():
            self.state = State.STOPPED
            self.changed.emit()

    def _progressed(self, done: int, of: int) -> None:
        if self._mine():
            self.done, self.of = done, of

    def _grow_impatient(self) -> None:
        if self.state is State.MAKING:
            self.slow.emit()
            self._patience.start()
