"""Ranking: the open investments in order, the budget line, and those that cannot be compared yet."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Stage
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.blocks import block_of, blocks_of
from roadmapper.planning.ranking.model import Block, Budget, Lack, Place, Ranking, Score, Unranked, Weights
from roadmapper.planning.ranking.scoring import score_of

SLACK = 1e-9
"""Person-weeks by which a sum of efforts may be over for the sake of its rounding."""


def rank(plan: Plan, weights: Weights, budget: Budget) -> Ranking:
    """Return the ranking of all open investments by their blocks, and what fits into the budget in that order."""
    unranked = _unranked(plan)
    keys = [k for k, i in plan.investments.items() if i.open and k not in unranked]
    criteria: Sequence[Criterion] = plan.criteria_in_order
    scores = {k: score_of(plan.investments[k], criteria, weights) for k in keys}
    needs = {k: [n for n in plan.investments[k].needs if n in scores] for k in keys}
    places = _places(plan, blocks_of(scores, needs), scores, needs, budget)
    return Ranking(weights, budget, tuple(places), tuple(unranked.values()))


def _places(
    plan: Plan,
    blocks: Sequence[Block],
    scores: dict[EntityId, Score],
    needs: dict[EntityId, list[EntityId]],
    budget: Budget,
) -> list[Place]:
    places: list[Place] = []
    funded: set[EntityId] = set()
    effort, money = 0.0, 0
    for block in blocks:
        for key in block.members:
            score, cost = scores[key], plan.investments[key].cost or 0
            fits = (
                all(n in funded for n in needs[key])
                and (budget.effort is None or effort + score.effort <= budget.effort + SLACK)
                and (budget.money is None or money + cost <= budget.money)
            )
            first = _all_needs(key, needs)
            closure = block_of([*first, key], scores).per_week
            places.append(Place(len(places) + 1, score, tuple(first), closure, block, cost, fits, effort, money))
            if fits:
                funded.add(key)
                effort, money = effort + score.effort, money + cost
    return places


def _all_needs(key: EntityId, needs: dict[EntityId, list[EntityId]]) -> list[EntityId]:
    found: dict[EntityId, None] = {}
    for need in needs[key]:
        found |= dict.fromkeys(_all_needs(need, needs))
        found[need] = None
    return list(found)


def _unranked(plan: Plan) -> dict[EntityId, Unranked]:
    """Return the open investments that cannot be compared, each with the first reason met."""
    found: dict[EntityId, Unranked] = {}
    seen: set[EntityId] = set()

    def look(investment: Investment, way: tuple[EntityId, ...]) -> None:
        key = investment.id
        if key in way:
            for k in way[way.index(key) :]:
                found.setdefault(k, Unranked(k, Lack.CIRCLE, key))
            return
        if key in seen:
            return
        for need in investment.needs:
            other = plan.investments.get(need)
            if other is None or other.stage is Stage.DELIVERED:
                continue
            if other.stage is Stage.DROPPED:
                found.setdefault(key, Unranked(key, Lack.NEEDS_DROPPED, need))
                continue
            look(other, (*way, key))
            if need in found:
                found.setdefault(key, Unranked(key, Lack.NEEDS_UNRANKED, need))
        seen.add(key)
        if investment.effort_pw is None:
            found[key] = Unranked(key, Lack.EFFORT, key)

    for investment in plan.investments.values():
        if investment.open:
            look(investment, ())
    return found
