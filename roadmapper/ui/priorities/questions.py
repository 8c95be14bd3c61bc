"""Questions: what takes too long to be answered while a weight moves, asked in the background once it rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, Signal

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.ranking.breaking_even import Flip, flips_at
from roadmapper.planning.ranking.model import BestSet, Budget, Chances, Radius, Ranking
from roadmapper.planning.ranking.tornado import Bar, tornado_of
from roadmapper.planning.ranking.voices import compare_voices
from roadmapper.ui.jobs import TellingJob
from roadmapper.workspace.jobs import Progress

SECONDS = 5.0
"""Seconds for the best set."""

Tell = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Look:
    """What would flip the order where one looks, and what moves the rank of what is explained there most."""

    ranking: Ranking
    focus: EntityId | None
    flips: Sequence[Flip]
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Study:
    """The answers to the slow questions about one ranking; *best* is None as long as it is looked for."""

    ranking: Ranking
    chances: Chances
    radius: Radius | None
    best: BestSet | None = None


@dataclass(frozen=True, slots=True)
class Looking:
    """What is asked about the investment in *focus*, or, without one, about the first place and the budget line."""

    plan: Plan
    ranking: Ranking
    focus: EntityId | None

    def answer(self, progress: Progress, _tell: Tell) -> Look:
        """Return what moves it."""
        plan, ranking, focus = self.plan, self.ranking, self.focus
        explained = ranking.places[0].investment if focus is None else focus
        bars = tornado_of(plan, ranking, explained, progress)
        return Look(ranking, focus, flips_at(plan, ranking, focus), bars)


@dataclass(frozen=True, slots=True)
class Studying:
    """What is asked about a ranking, and, if *voices* are wanted, how the CIO and the CMO see the plan that is kept."""

    plan: Plan
    ranking: Ranking
    voices: bool

    def answer(self, progress: Progress, tell: Tell) -> Study:
        """Tell Voices, then a Study without the best set, and return it with the best set; numpy is read in here."""
        plan, ranking = self.plan, self.ranking
        if self.voices:
            tell(compare_voices(plan, Budget.of(plan)))
        radius = import_module("roadmapper.planning.ranking.robustness").radius_of(plan, ranking, progress=progress)
        chances = import_module("roadmapper.planning.ranking.chances").chances_of(plan, ranking, progress=progress)
        study = Study(ranking, chances, radius)
        tell(study)
        best = import_module("roadmapper.planning.ranking.selecting").best_set(
            plan, ranking, seconds=SECONDS, progress=progress
        )
        return replace(study, best=best)


class Errand(QObject):
    """One question at a time, answered in the background.

    *told* is sent with each answer, *ended* when there are no more: with a sentence where something went wrong.
    """

    told = Signal(object)
    ended = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: TellingJob[Any] | None = None

    @property
    def busy(self) -> bool:
        """Return whether an answer is still to come."""
        return self._job is not None

    def ask(self, answer: Callable[[Progress, Tell], Any]) -> None:
        """Ask this, and no longer what was asked before."""
        self.forget()
        # Nobody's child: it must outlive a page that goes while it is under way.
        self._job = TellingJob(answer)
        self._job.told.connect(self.told)
        self._job.finished.connect(self._finished)
        self._job.refused.connect(self._refused)
        self._job.stopped.connect(self._stopped)
        self._job.start()

    def forget(self) -> None:
        """Want no answer any more; none is sent that is on its way."""
        if self._job is not None:
            self._job.cancel()
            self._job.told.disconnect(self.told)
            self._job.finished.disconnect(self._finished)
            self._job.refused.disconnect(self._refused)
            self._job.stopped.disconnect(self._stopped)
            self._job = None

    def _finished(self, answer: object) -> None:
        self._job = None
        self.told.emit(answer)
        self.ended.emit("")

    def _refused(self, sentence: str) -> None:
        self._job = None
        self.ended.emit(sentence)

    def _stopped(self) -> None:
        """Hear that it broke: what is no longer wanted is not listened to."""
        self._refused(tr("This could not be worked out: change something, or open the page again, to have it retried."))
