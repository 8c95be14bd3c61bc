"""Ranking: the open investments in order, the budget line, and those that cannot be compared yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Stage
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.blocks import before, block_of, blocks_of
from roadmapper.planning.ranking.model import Budget, Lack, Place, Ranking, Unranked, Weights
from roadmapper.planning.ranking.scoring import scorer

SLACK = 1e-9
"""Person-weeks by which a sum of efforts may be over for the sake of its rounding."""

Needs = Mapping[EntityId, Sequence[EntityId]]


def rank(plan: Plan, weights: Weights, budget: Budget) -> Ranking:
    """Return the ranking of all open investments by their blocks, and what fits into the budget in that order.

    Equal ones stand in the order of their positions. The order of two investments depends on nothing but themselves
    and those that they are tied to by needs, directly or through others.
    """
    unranked = _unranked(plan)
    ranked = [i for i in plan.investments.values() if i.open and i.id not in unranked]
    ranked.sort(key=attrgetter("position", "id"))
    score_of = scorer(plan.criteria_in_order, weights)
    scores = {i.id: score_of(i) for i in ranked}
    needs = {i.id: needed for i in ranked if i.needs and (needed := [n for n in i.needs if n in scores])}
    blocks = blocks_of(scores, needs)
    first = before(needs, needs)
    order = [(key, block) for block in blocks for key in block.members]
    costs = {i.id: i.cost or 0 for i in ranked}
    steps = walked([key for key, _ in order], {k: s.effort for k, s in scores.items()}, costs, needs, budget)
    places = []
    for n, ((key, block), (fits, effort, money)) in enumerate(zip(order, steps, strict=True), 1):
        score, all_needs = scores[key], first.get(key, ())
        closure = block_of((*all_needs, key), scores).per_week if all_needs else score.per_week
        places.append(Place(n, score, all_needs, closure, block, costs[key], fits, effort, money))
    return Ranking(weights, budget, tuple(places), tuple(unranked.values()))


def walked(
    order: Iterable[EntityId],
    efforts: Mapping[EntityId, float],
    costs: Mapping[EntityId, int],
    needs: Needs,
    budget: Budget,
) -> Iterator[tuple[bool, float, int]]:
    """Yield for each in *order* whether it is funded, and the person-weeks and money of those funded before it.

    Each is funded that still fits into what is left, if all that it needs is funded; one that does not is passed over.
    """
    most_effort = None if budget.effort is None else budget.effort + SLACK
    out: set[EntityId] = set()
    effort, money = 0.0, 0
    for key in order:
        fits = (
            (most_effort is None or effort + efforts[key] <= most_effort)
            and (budget.money is None or money + costs[key] <= budget.money)
            and not (out and any(n in out for n in needs.get(key, ())))
        )
        yield fits, effort, money
        if fits:
            effort, money = effort + efforts[key], money + costs[key]
        else:
            out.add(key)


def _unranked(plan: Plan) -> dict[EntityId, Unranked]:
    """Return the open investments that cannot be compared, each with one reason, its own before those of others."""
    asked = plan.investments
    found = {k: Unranked(k, Lack.EFFORT, k) for k, i in asked.items() if not i.efforts and i.open}
    waiting = {k: _unfinished(i, asked) for k, i in asked.items() if i.needs and i.open}
    for group in _groups(waiting):
        circle = set(group)
        for key in group:
            needs = waiting[key]
            if key in found:
                continue
            if len(circle) > 1:
                found[key] = Unranked(key, Lack.CIRCLE, next(n for n in needs if n in circle))
            elif dropped := [n for n in needs if asked[n].stage is Stage.DROPPED]:
                found[key] = Unranked(key, Lack.NEEDS_DROPPED, dropped[0])
            elif lacking := [n for n in needs if n in found]:
                found[key] = Unranked(key, Lack.NEEDS_UNRANKED, lacking[0])
    return {key: found[key] for key in asked if key in found}


def _unfinished(investment: Investment, asked: Mapping[EntityId, Investment]) -> list[EntityId]:
    return [n for n in investment.needs if n in asked and asked[n].stage is not Stage.DELIVERED]


def _groups(needs: Needs) -> Iterator[list[EntityId]]:
    """Yield those that wait for one another, each group after those it waits for (Tarjan 1972, without recursion)."""
    number: dict[EntityId, int] = {}
    lowest: dict[EntityId, int] = {}
    path: dict[EntityId, None] = {}
    for start in needs:
        stack = [(start, iter(needs[start]))] if start not in number else []
        while stack:
            key, rest = stack[-1]
            if key not in number:
                number[key] = lowest[key] = len(number)
                path[key] = None
            other = next(rest, None)
            if other is None:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    lowest[above] = min(lowest[above], lowest[key])
                if lowest[key] == number[key]:
                    yield _popped(path, key)
            elif other in needs and other not in number:
                stack.append((other, iter(needs[other])))
            elif other in path:
                lowest[key] = min(lowest[key], number[other])


def _popped(path: dict[EntityId, None], last: EntityId) -> list[EntityId]:
    found: list[EntityId] = []
    while last not in found[-1:]:
        found.append(path.popitem()[0])
    return found[::-1]
