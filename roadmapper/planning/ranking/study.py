"""Study: a ranking with the answers to the slow questions about it, for whoever can wait for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import BestSet, Chances, Radius, Ranking

SECONDS = 5.0
"""Seconds for the best set."""


@dataclass(frozen=True, slots=True)
class Study:
    """A ranking, how sure its places are, how little alters what is funded, and the set worth most in the budget."""

    ranking: Ranking
    chances: Chances
    radius: Radius | None
    best: BestSet


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def study_of(
    plan: Plan, ranking: Ranking, seconds: float = SECONDS, progress: Callable[[int, int], None] = _silent
) -> Study:
    """Return all that there is to know of a ranking; the best set is looked for *seconds* long at most.

    numpy is read in here, not when the program starts. Whatever *progress* raises ends the work.
    """
    radius: Radius | None = import_module("roadmapper.planning.ranking.robustness").radius_of(
        plan, ranking, progress=progress
    )
    chances: Chances = import_module("roadmapper.planning.ranking.chances").chances_of(plan, ranking, progress=progress)
    best: BestSet = import_module("roadmapper.planning.ranking.selecting").best_set(
        plan, ranking, seconds=seconds, progress=progress
    )
    return Study(ranking, chances, radius, best)
