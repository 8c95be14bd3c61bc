"""Tornado: what moves the rank of one investment most - its own estimates, and what the criteria are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from roadmapper.domain.entity import GREATEST_MONEY, EntityId
from roadmapper.domain.investment import Investment
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Place, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank

CONFIDENCE_STEP = 10
CERTAIN = 100


class Input(StrEnum):
    """What is varied."""

    REVENUE = "revenue a year"
    EFFORT = "effort"
    CONFIDENCE = "confidence"
    SWING = "what a full swing is worth"


@dataclass(frozen=True, slots=True)
class Bar:
    """Where an investment stands at both ends of one input, everything else as it is.

    *low* and *high* are the input itself: minor units a year, person-weeks of all teams, or per cent. *criterion* is
    whose swing it is, else None. The scores are its own, in minor units a year per person-week, None without effort.
    """

    kind: Input
    criterion: EntityId | None
    low: float
    high: float
    low_rank: int
    high_rank: int
    low_score: float | None
    high_score: float | None


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def tornado_of(
    plan: Plan, ranking: Ranking, investment: EntityId, progress: Callable[[int, int], None] = _silent
) -> tuple[Bar, ...]:
    """Return what moves its rank, the widest movement first, and where that is the same, the widest of the score.

    Its revenue and its effort go from their low to their high, its confidence 10 points down and up, the swing of each
    criterion from half to double. An input whose low is its high has no bar; an investment without a place has none.
    Whatever *progress*, called with bars done and about how many there will be, raises ends the work.
    """
    now = ranking.by_id.get(investment)
    if now is None:
        return ()
    bars: list[Bar] = []
    for part in (_own(plan, ranking, plan.investments[investment]), _swings(plan, ranking, investment)):
        for bar in part:
            bars.append(bar)
            progress(len(bars), len(Input) - 1 + len(plan.criteria))
    return tuple(sorted(bars, key=lambda bar: _width(bar, now), reverse=True))


def _width(bar: Bar, now: Place) -> tuple[int, float]:
    ranks = (bar.low_rank, now.rank, bar.high_rank)
    return max(ranks) - min(ranks), abs((bar.high_score or 0.0) - (bar.low_score or 0.0))


def _own(plan: Plan, ranking: Ranking, it: Investment) -> Iterator[Bar]:
    least, _, most = it.revenue_range()
    less, more = max(0, it.confidence - CONFIDENCE_STEP), min(CERTAIN, it.confidence + CONFIDENCE_STEP)
    quick = replace(it, efforts=tuple(replace(e, likely=e.low) for e in it.efforts))
    slow = replace(it, efforts=tuple(replace(e, likely=e.high) for e in it.efforts))
    ends: list[tuple[Input, float, float, Investment, Investment]] = [
        (Input.REVENUE, least, most, _earning(it, least), _earning(it, most)),
        (Input.EFFORT, quick.effort_pw or 0.0, slow.effort_pw or 0.0, quick, slow),
        (Input.CONFIDENCE, less, more, replace(it, confidence=less), replace(it, confidence=more)),
    ]
    for kind, low, high, *both in ends:
        if low != high:
            first, last = (
                rank(plan.with_entities([end]), ranking.weights, ranking.budget).by_id[it.id] for end in both
            )
            yield _bar(kind, None, (low, high), first, last)


def _earning(it: Investment, revenue: int) -> Investment:
    return replace(it, revenue_low=None, revenue=revenue, revenue_high=None)


def _swings(plan: Plan, ranking: Ranking, investment: EntityId) -> Iterator[Bar]:
    for criterion in plan.criteria_in_order:
        swing = ranking.weights.swings.get(criterion.id, 0)
        less, more = swing // 2, min(2 * swing, GREATEST_MONEY)
        if less != more:
            first, last = (
                rank(plan, Weights({**ranking.weights.swings, criterion.id: end}), ranking.budget).by_id[investment]
                for end in (less, more)
            )
            yield _bar(Input.SWING, criterion.id, (less, more), first, last)


def _bar(kind: Input, criterion: EntityId | None, ends: tuple[float, float], low: Place, high: Place) -> Bar:
    return Bar(kind, criterion, *ends, low.rank, high.rank, low.score.per_week, high.score.per_week)
