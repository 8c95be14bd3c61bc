"""Comparing: what the parts of the Priorities page look at together - whose weights, the ranking, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import BestSet, Budget, Chances, Radius, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.ui.editor import Editor
from roadmapper.ui.jobs import Job
from roadmapper.workspace.jobs import Progress

REST_MS = 120
"""Milliseconds for which nothing moves before the slow questions are asked."""
SECONDS = 5.0
"""Seconds for the best set."""


@dataclass(frozen=True, slots=True)
class Study:
    """The answers to the slow questions about one ranking."""

    ranking: Ranking
    chances: Chances
    radius: Radius | None
    best: BestSet


@dataclass(frozen=True, slots=True)
class Question:
    """A ranking of a plan, asked about in the background."""

    plan: Plan
    ranking: Ranking

    def answer(self, progress: Progress) -> Study:
        """Return how sure the ranking is, and the best set beside it; numpy is read in by the first who asks."""
        plan, ranking = self.plan, self.ranking
        chances = import_module("roadmapper.planning.ranking.chances").chances_of(plan, ranking, progress=progress)
        radius = import_module("roadmapper.planning.ranking.robustness").radius_of(plan, ranking, progress=progress)
        best = import_module("roadmapper.planning.ranking.selecting").best_set(
            plan, ranking, seconds=SECONDS, progress=progress
        )
        return Study(ranking, chances, radius, best)


class Comparing(QObject):
    """One ranking, as it would be with what is being tried, and what is known of it.

    *ranked* is sent when the ranking is new, *studied* when the study is new or gone: it is never that of another
    ranking. *chosen* is sent when another investment is looked at.
    """

    ranked = Signal()
    studied = Signal()
    chosen = Signal()

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._tried: dict[EntityId, int] = {}
        self._tried_budget: Budget | None = None
        self._job: Job[Study] | None = None
        self.voice = Voice.AGREED
        self.study: Study | None = None
        self.focus: EntityId | None = None
        self.ranking = Ranking(Weights({}), Budget(), ())
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask)
        editor.opened.connect(self.settle)
        editor.changed.connect(self._changed)

    @property
    def plan(self) -> Plan:
        """Return the plan as it is kept."""
        return self._editor.plan

    @property
    def swings(self) -> Mapping[EntityId, int]:
        """Return the swings that count now, those that are only tried included."""
        return self.ranking.weights.swings

    def speak(self, voice: Voice) -> None:
        """Rank with the weights of another voice."""
        self.voice = voice
        self.settle()

    def try_swing(self, criterion: EntityId, amount: int) -> None:
        """Rank as if a full swing of a criterion were worth *amount* a year, in minor units; nothing is kept."""
        self._tried[criterion] = amount
        self._rank()

    def try_budget(self, budget: Budget) -> None:
        """Rank as if there were *budget*; nothing is kept."""
        self._tried_budget = budget
        self._rank()

    def settle(self) -> None:
        """Forget what was tried and rank what is kept."""
        self._tried.clear()
        self._tried_budget = None
        gone = self.focus is not None and self.focus not in self.plan.investments
        if gone:
            self.focus = None
        self._rank()
        if gone:  # told last: whoever hears it looks at the plan and its ranking together
            self.chosen.emit()

    def choose(self, investment: EntityId | None) -> None:
        """Look at an investment, in the table and in the chart alike."""
        if investment != self.focus:
            self.focus = investment
            self.chosen.emit()

    def _changed(self, _delta: object) -> None:
        self.settle()

    def _rank(self) -> None:
        plan = self.plan
        kept = Weights.of(plan, self.voice)
        weights = replace(kept, swings={**kept.swings, **self._tried})
        self.ranking = rank(plan, weights, self._tried_budget or Budget.of(plan))
        self._forget()
        self.ranked.emit()
        self._rest.start()

    def _forget(self) -> None:
        """Let go of a study that is no longer of this ranking, and of one that is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job.finished.disconnect(self._know)
            self._job = None
        if self.study is not None:
            self.study = None
            self.studied.emit()

    def _ask(self) -> None:
        if not self.ranking.places:
            return
        self._job = Job(Question(self.plan, self.ranking).answer)
        self._job.finished.connect(self._know)
        self._job.start()

    def _know(self, study: Study) -> None:
        if study.ranking is not self.ranking:  # it was on its way when another ranking came
            return
        self._job = None
        self.study = study
        self.studied.emit()
