"""Foot: the buttons below the preview, what came of them, and how far the pages are on their way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.jobs import Job
from roadmapper.ui.paper.outputs import Work
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps


class Foot(QWidget):
    """Buttons, of which the first is the main one. *said* is sent with what was done, *idle* when work has ended."""

    said = Signal(str)
    idle = Signal()

    def __init__(self, buttons: Sequence[QPushButton], close: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job[str] | None = None
        self._jobs: list[Job[str]] = []
        self.words = PlainLabel()
        self.words.setAccessibleName(tr("What was done"))
        self.words.hide()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("How many pages are written"))
        self.bar.setTextVisible(False)
        self.stop = QPushButton(tr("Stop writin&g"))
        self.stop.setAutoDefault(False)
        self._work = QWidget()
        line = QHBoxLayout(self._work)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        self._work.hide()
        row = QHBoxLayout()
        row.setSpacing(steps(self))
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        for button in (*buttons, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(steps(self, 2), steps(self), steps(self, 2), steps(self, 1.5))
        column.setSpacing(steps(self))
        column.addWidget(self.words)
        column.addWidget(self._work)
        column.addLayout(row)
        self.stop.clicked.connect(self.give_up)

    @property
    def busy(self) -> bool:
        """Return whether pages are on their way."""
        return self._job is not None

    def say(self, words: str, *, bad: bool = False) -> None:
        """Say what came of it; nothing is said with no words."""
        worn = palette_of(self)
        self.words.setStyleSheet(f"color: {worn.bad if bad else worn.text}")
        self.words.setText(f"! {words}" if bad else words)
        self.words.setVisible(bool(words))

    def begin(self, work: Work) -> None:
        """Have pages taken somewhere in the background."""
        self.say("")
        job: Job[str] = Job(work)
        job.finished.connect(self._finished)
        job.refused.connect(self._refused)
        job.stopped.connect(self._stopped)
        job.progressed.connect(self._progressed)
        self._job = job
        self._jobs.append(job)
        self.bar.setRange(0, 0)
        self._work.show()
        job.start()

    def give_up(self) -> None:
        """Write no more pages; of a file nothing is left."""
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> bool:
        job = self.sender()
        mine = self._job is not None and job is self._job
        self._jobs = [other for other in self._jobs if other is not job]
        if mine:
            self._job = None
            self._work.hide()
        return mine

    def _finished(self, words: str) -> None:
        if self._end():
            self.say(words)
            self.idle.emit()
            self.said.emit(words)

    def _refused(self, why: str) -> None:
        if self._end():
            self.say(why, bad=True)
            self.idle.emit()

    def _stopped(self) -> None:
        if self._end():
            self.say(tr("Stopped: nothing more was written."))
            self.idle.emit()

    def _progressed(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
