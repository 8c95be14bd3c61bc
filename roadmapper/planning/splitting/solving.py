"""Solving: the three stages one after the other, each plan checked before anybody hears of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.constructing import construct
from roadmapper.planning.splitting.improving import improve
from roadmapper.planning.splitting.model import Split, Task, Worth, worth_of
from roadmapper.planning.splitting.proving import Status, prove

log = logging.getLogger(__name__)


class Stage(StrEnum):
    """How far the work on a split is."""

    CONSTRUCTED = "constructed"
    IMPROVED = "improved"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look, in seconds: *searching* in plain Python, then *proving* with OR-Tools; 0 leaves a stage out.

    With *rounds* the search ends after that many, whatever the time: the same *seed* then gives the same plan anywhere.
    """

    searching: float = 1.0
    proving: float = 0.0
    seed: int = 1
    rounds: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The best split so far, and what is known of a better one.

    No split that is done by the same week is worth more than *bound* minor units, as far as is known; None: nothing is
    known. *status* is what came of the proof, None before it began. *passes* is whether the checker agrees: a split
    that does not pass keeps everything but compliance dates, and is for explanations only.
    """

    split: Split
    worth: Worth
    stage: Stage
    bound: int | None = None
    status: Status | None = None
    passes: bool = True

    @property
    def proven(self) -> bool:
        """Return whether nothing better exists."""
        return self.status is Status.PROVEN


def solve(
    task: Task,
    effort: Effort,
    told: Callable[[Found], None] = lambda found: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Found:
    """Return the best split of *task* found with *effort*; *told* hears of every better one and of every better bound.

    *stopped* is asked now and then, and ends the work: what is best then is returned. Raises Refused when an item can
    never be placed.
    """
    best = _Best(task, told)
    best.offer(construct(task), Stage.CONSTRUCTED)
    until = monotonic() + effort.searching
    if (effort.searching > 0 or effort.rounds) and not stopped():

        def over() -> bool:
            return stopped() or (effort.rounds is None and monotonic() > until)

        improve(
            task,
            best.found.split,
            seed=effort.seed,
            rounds=effort.rounds,
            told=lambda split, worth: best.offer(split, Stage.IMPROVED),
            stopped=over,
        )
    if effort.proving > 0 and not stopped():
        proof = prove(
            task, best.found.split, seconds=effort.proving, told=best.better, stopped=stopped, seed=effort.seed
        )
        best.better(proof.split, proof.bound)
        best.end(proof.status)
    return best.found


class _Best:
    """Keeps the best plan that the checker passes, and tells of it."""

    def __init__(self, task: Task, told: Callable[[Found], None]) -> None:
        self._task = task
        self._told = told
        self._found: Found | None = None

    @property
    def found(self) -> Found:
        if self._found is None:
            raise RuntimeError("nothing was offered yet")
        return self._found

    def offer(self, split: Split, stage: Stage, bound: int | None = None) -> None:
        """Take *split* if it is better than what there is and nothing is wrong with it."""
        worth = worth_of(self._task, split)
        before = self._found
        if before is not None and worth <= before.worth:
            return
        wrong = faults(self._task, split)
        passes = not wrong
        if wrong and not (worth.late < 0 and not faults(_without_dates(self._task), split)):
            log.error("a split of the stage %s does not keep the rules and is not shown: %s", stage, "; ".join(wrong))
            if before is not None:
                return
        known = bound if bound is not None else (before.bound if before else None)
        self._found = Found(split, worth, stage, known, passes=passes)
        if passes:
            self._told(self._found)

    def better(self, split: Split, bound: int | None) -> None:
        """Take what the proof has so far: a split that may be better, and a bound that may be."""
        self.offer(split, Stage.SOLVED, bound)
        if bound is not None and bound != self.found.bound:
            self._found = replace(self.found, bound=bound)
            if self.found.passes:
                self._told(self.found)

    def end(self, status: Status) -> None:
        """Take what came of the proof."""
        self._found = replace(self.found, status=status)
        if self.found.passes:
            self._told(self.found)


def _without_dates(task: Task) -> Task:
    return replace(task, items=tuple(replace(item, due=None) for item in task.items))
