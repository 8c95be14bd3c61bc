"""Portfolios: plans with investments for the tests of what is drawn and what is selected, the same for a seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.ranking.model import Budget, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank

FRAME = Roadmap("Portfolio", date(2027, 1, 4))


def investment(key: str, revenue: int, effort: float, *needs: str, spread: float = 0.0, cost: int = 0) -> Investment:
    """Return an investment; *spread* is how far its low lies below and its high above what is likely."""
    return Investment(
        EntityId(key),
        key,
        revenue_low=round(revenue * (1 - spread)),
        revenue=revenue,
        revenue_high=round(revenue * (1 + 2 * spread)),
        efforts=(TeamEffort(None, effort * (1 - spread), effort, effort * (1 + 2 * spread)),),
        cost=cost,
        needs=tuple(EntityId(n) for n in needs),
    )


def portfolio(seed: int, count: int, needy: float, criteria: int = 3, spread: float = 0.3) -> Plan:
    """Return a plan in which *needy* of the investments need one or two others."""
    random = Random(seed)
    scales = [
        Criterion(EntityId(f"c{n}"), f"C{n}", agreed=random.randrange(2, 40) * 1_000_000) for n in range(criteria)
    ]
    found = []
    for n in range(count):
        needs = random.sample(range(n), min(n, random.choice((1, 1, 2)))) if random.random() < needy else []
        one = investment(
            f"i{n}",
            random.randrange(90) * 1_000_000,
            random.randrange(1, 60) / 2,
            *(f"i{k}" for k in needs),
            spread=spread,
            cost=random.randrange(50) * 100_000,
        )
        ratings = tuple(Rating(c.id, float(random.randrange(6))) for c in scales)
        found.append(replace(one, ratings=ratings, confidence=random.randrange(40, 101)))
    return Plan.of(FRAME, *scales, *found)


def ranked(plan: Plan, effort: float | None = None, money: int | None = None) -> Ranking:
    """Return the ranking with the agreed weights."""
    return rank(plan, Weights.of(plan, Voice.AGREED), Budget(effort, money))
