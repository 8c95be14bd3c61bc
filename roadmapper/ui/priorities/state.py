"""Comparing: what the parts of the Priorities page look at together - whose weights, the ranking, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Budget, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.voices import Voices
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.questions import Errand, Look, Looking, Study, Studying

REST_MS = 120
"""Milliseconds for which nothing moves before the slow questions are asked."""
ABOUT = ("roadmaps", "teams", "criteria", "judgements", "investments")
"""The tables of a plan that are compared here; what changes in others leaves the ranking as it is."""


class Comparing(QObject):
    """One ranking, as it would be with what is being tried, and what is known of it.

    *ranked* is sent when the ranking is new, *studied* when the study or the voices are new or gone: they are never
    those of another ranking. *chosen* is sent when another investment is looked at, *looked* when what is known of it
    is new or gone. *rested* is sent when nothing has moved for a moment, *woke* when somebody looks again.

    While nobody looks, nothing is ranked: plan and ranking stay what they were, and belong together at any time.
    """

    ranked = Signal()
    studied = Signal()
    chosen = Signal()
    looked = Signal()
    rested = Signal()
    woke = Signal()

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._tried: dict[EntityId, int] = {}
        self._tried_budget: Budget | None = None
        self._voices: tuple[Plan, Voices] | None = None
        self._ranked = False
        self.watched = True
        self.plan = editor.plan
        self.voice = Voice.AGREED
        self.study: Study | None = None
        self.look: Look | None = None
        self.trouble = ""
        self.look_trouble = ""
        self.focus: EntityId | None = None
        self.ranking = Ranking(Weights({}), Budget(), ())
        self._looking, self._studying = Errand(self), Errand(self)
        self._looking.told.connect(self._see)
        self._looking.ended.connect(self._look_ended)
        self._studying.told.connect(self._know)
        self._studying.ended.connect(self._study_ended)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask)
        editor.opened.connect(self._opened)
        editor.changed.connect(self._follow)

    @property
    def swings(self) -> Mapping[EntityId, int]:
        """Return the swings that count now, those that are only tried included."""
        return self.ranking.weights.swings

    @property
    def trying(self) -> bool:
        """Return whether something counts that is only tried."""
        return bool(self._tried) or self._tried_budget is not None

    @property
    def voices(self) -> Voices | None:
        """Return how the CIO and the CMO see the plan as it is kept; None as long as nobody knows."""
        return self._voices[1] if self._voices is not None and _same(self._voices[0], self.plan) else None

    def watch(self, *, on: bool) -> None:
        """Catch up with the plan and follow it, or let it go its way while nobody looks."""
        if on is self.watched:
            return
        self.watched = on
        if on:
            self._follow()
            self._rest.start()
            self.woke.emit()
        else:
            self._rest.stop()
            self._looking.forget()
            self._studying.forget()

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
        """Forget what was tried and rank what is kept; while nobody looks, as soon as somebody does."""
        self._tried.clear()
        self._tried_budget = None
        if not self.watched:
            self._ranked = False
            return
        self.plan = self._editor.plan
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
            self._overlook()
            self.chosen.emit()
            self._rest.start()

    def _opened(self) -> None:
        self._ranked = False
        self._follow()

    def _follow(self) -> None:
        """Rank the plan as it is now, unless nothing changed that counts."""
        if not self.watched:
            return
        if self._ranked and _same(self.plan, self._editor.plan):
            self.plan = self._editor.plan
        else:
            self.settle()

    def _rank(self) -> None:
        kept = Weights.of(self.plan, self.voice)
        weights = replace(kept, swings={**kept.swings, **self._tried})
        self.ranking = rank(self.plan, weights, self._tried_budget or Budget.of(self.plan))
        self._ranked = True
        self._overlook()
        self._forget()
        self.ranked.emit()
        self._rest.start()

    def _overlook(self) -> None:
        """Let go of what is known of another investment, or of the same in another ranking."""
        self._looking.forget()
        known = self.look is not None or self.look_trouble
        self.look, self.look_trouble = None, ""
        if known:
            self.looked.emit()

    def _forget(self) -> None:
        """Let go of a study that is no longer of this ranking, and of one that is under way."""
        self._studying.forget()
        known = self.study is not None or self.trouble
        self.study, self.trouble = None, ""
        if known:
            self.studied.emit()

    def _ask(self) -> None:
        """Ask what is not known yet, what is quick to find out first."""
        self.rested.emit()
        if not self.watched or not self.ranking.places:
            return
        if self.look is None and not self.look_trouble:
            self._looking.ask(Looking(self.plan, self.ranking, self.focus).answer)
        else:
            self._ask_on()

    def _ask_on(self) -> None:
        known = self.study is not None and self.study.best is not None
        if not known and not self.trouble and not self._studying.busy:
            self._studying.ask(Studying(self.plan, self.ranking, self.voices is None).answer)

    def _see(self, look: Look) -> None:
        # What was on its way when another ranking came, or another choice, is not of this one.
        if look.ranking is self.ranking and look.focus == self.focus:
            self.look = look
            self.looked.emit()

    def _look_ended(self, trouble: str) -> None:
        if trouble:
            self.look_trouble = trouble
            self.looked.emit()
        self._ask_on()

    def _know(self, answer: Voices | Study) -> None:
        if isinstance(answer, Voices):
            self._voices = self.plan, answer
        elif answer.ranking is self.ranking:
            self.study = answer
        self.studied.emit()

    def _study_ended(self, trouble: str) -> None:
        if trouble:
            self.trouble = trouble
            self.studied.emit()


def _same(one: Plan, other: Plan) -> bool:
    """Return whether two plans share all that is compared; tables that did not change are shared."""
    return one is other or all(one.table(name) is other.table(name) for name in ABOUT)
