"""Jobs: the only place that starts a thread - for long work on a snapshot, never for the database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from roadmapper.domain.refusal import Refused
from roadmapper.workspace.jobs import Cancelled, Progress

R = TypeVar("R")

SWITCH = 0.0005
"""How long work may keep Python from the screen, in seconds.

The screen asks for Python again after each call of Qt, hundreds of times for one picture. With the usual 5 ms a plan
that arrived while another was looked for took more than a second to show; with this, 20 to 50 ms.
"""


class Job(QObject, Generic[R]):
    """Work under way. Exactly one of *finished*, *refused* and *stopped* is sent, in the thread of the screen."""

    progressed = Signal(int, int)
    finished = Signal(object)
    refused = Signal(str)
    stopped = Signal()
    broke = Signal(object)

    def __init__(self, work: Callable[[Progress], R], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._progress = Progress(self.progressed.emit)
        self.broke.connect(self._report)

    def start(self) -> None:
        """Begin."""
        sys.setswitchinterval(SWITCH)  # seconds
        QThreadPool.globalInstance().start(_Runner(self.perform))

    def cancel(self) -> None:
        """Give up the result; *stopped* follows as soon as the work notices."""
        self._progress.cancel()

    def perform(self) -> None:
        """Do the work in whatever thread this is called, and send what came of it."""
        try:
            self.finished.emit(self._work(self._progress))
        except Cancelled:
            self.stopped.emit()
        except Refused as refusal:
            self.refused.emit(str(refusal))
        except Exception:  # a bug: reported like any other, but whoever waits must not wait for ever
            self.broke.emit(sys.exc_info())
            self.stopped.emit()

    def _report(self, what: tuple[type[BaseException], BaseException, TracebackType | None]) -> None:
        sys.excepthook(*what)  # in the thread of the screen, which alone may open a window


class TellingJob(Job[R]):
    """Work under way that also sends what it has so far: *told*, in the thread of the screen."""

    told = Signal(object)

    def __init__(self, work: Callable[[Progress, Callable[[Any], None]], R], parent: QObject | None = None) -> None:
        super().__init__(lambda progress: work(progress, self.told.emit), parent)


class _Runner(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    @override
    def run(self) -> None:
        self._work()
