"""Voices: what the CIO and the CMO both rank high, about which pairs they differ, and what would reconcile them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Budget, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank

MOST_TRADES = 100
MOST_HIGH = 6


@dataclass(frozen=True, slots=True)
class Trade:
    """Two investments about whose order the CIO and the CMO differ.

    *cio_first* is the one that the CIO ranks higher; *cio_apart* and *cmo_apart* say by how many places each of them
    sets his own first above the other, both at least 1.
    """

    cio_first: EntityId
    cmo_first: EntityId
    cio_apart: int
    cmo_apart: int


@dataclass(frozen=True, slots=True)
class Reconcile:
    """What it would do if both took the agreed *swing* (minor units a year) for one criterion, and nothing else.

    *disputes* pairs would be left, and *common* investments be ranked high by both.
    """

    criterion: EntityId
    swing: int
    disputes: int
    common: int


@dataclass(frozen=True, slots=True)
class Voices:
    """The CIO's, the CMO's and the agreed ranking under one budget, and where the first two differ.

    Ranked high is what is funded, or, where nothing is limited, the first *first* of the list (None with a budget).
    *both_high* and *only_cio* stand in the CIO's order, *only_cmo* in the CMO's. *disputes* counts all pairs in which
    they differ; *trades* are the strongest of them, at most 100. *reconcile* has the best first.
    """

    cio: Ranking
    cmo: Ranking
    agreed: Ranking
    first: int | None
    both_high: tuple[EntityId, ...]
    only_cio: tuple[EntityId, ...]
    only_cmo: tuple[EntityId, ...]
    trades: tuple[Trade, ...]
    disputes: int
    reconcile: tuple[Reconcile, ...]


def compare_voices(plan: Plan, budget: Budget) -> Voices:
    """Return how the CIO and the CMO see the open investments, each by the own weights, and what both share.

    A dispute is strong when both mean it: the fewer of the two numbers of places apart counts, then their sum.
    """
    cio, cmo, agreed = (rank(plan, Weights.of(plan, voice), budget) for voice in Voice)
    first = _first(cio, budget)
    high, other = _high(cio, first), _high(cmo, first)
    trades = _trades(cio, cmo)
    return Voices(
        cio,
        cmo,
        agreed,
        first,
        tuple(k for k in high if k in set(other)),
        tuple(k for k in high if k not in set(other)),
        tuple(k for k in other if k not in set(high)),
        tuple(nsmallest(MOST_TRADES, trades, key=_weakness)),
        len(trades),
        tuple(_reconciling(plan, budget, first, (cio, cmo, agreed))),
    )


def _first(ranking: Ranking, budget: Budget) -> int | None:
    """Return how many count as high where nothing is limited: at most half of the list."""
    if budget.effort is not None or budget.money is not None:
        return None
    return min(MOST_HIGH, (len(ranking.places) + 1) // 2)


def _high(ranking: Ranking, first: int | None) -> tuple[EntityId, ...]:
    return ranking.funded if first is None else tuple(p.investment for p in ranking.places[:first])


def _weakness(trade: Trade) -> tuple[int, int]:
    return -min(trade.cio_apart, trade.cmo_apart), -trade.cio_apart - trade.cmo_apart


def _ranks(cio: Ranking, cmo: Ranking) -> list[int]:
    """Return the CMO's ranks in the CIO's order."""
    other = cmo.by_id
    return [other[p.investment].rank for p in cio.places]


def _trades(cio: Ranking, cmo: Ranking) -> list[Trade]:
    ranks = _ranks(cio, cmo)
    return [
        Trade(cio.places[a].investment, cio.places[b].investment, b - a, ranks[a] - ranks[b])
        for a in range(len(ranks))
        for b in range(a + 1, len(ranks))
        if ranks[a] > ranks[b]
    ]


def _disputes(ranks: Sequence[int]) -> int:
    """Return how many pairs stand the other way round."""
    seen: list[int] = []
    found = 0
    for n in ranks:
        place = bisect(seen, n)
        found += len(seen) - place
        seen.insert(place, n)
    return found


def _reconciling(
    plan: Plan, budget: Budget, first: int | None, rankings: tuple[Ranking, Ranking, Ranking]
) -> list[Reconcile]:
    cio, cmo, _ = rankings
    found = []
    for criterion in plan.criteria_in_order:
        mine, theirs, both = (r.weights.swings.get(criterion.id, 0) for r in rankings)
        if mine == theirs:
            continue
        one, two = (
            r if swing == both else rank(plan, Weights({**r.weights.swings, criterion.id: both}), budget)
            for r, swing in ((cio, mine), (cmo, theirs))
        )
        common = len(set(_high(one, first)) & set(_high(two, first)))
        found.append(Reconcile(criterion.id, both, _disputes(_ranks(one, two)), common))
    return sorted(found, key=lambda r: (r.disputes, -r.common))
