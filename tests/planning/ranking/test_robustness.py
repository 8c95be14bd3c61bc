"""The robustness radius equals what trying all swings tells, with needs and without, by effort and by money."""

from __future__ import annotations

from itertools import combinations
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Rating
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Budget, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.robustness import radius_of
from tests.domain.samples import plan_of
from tests.planning.ranking.networks import investment, plans

RISK, FIT = EntityId("risk"), EntityId("fit")


def funded(plan: Plan, ranking: Ranking, criterion: EntityId, swing: int) -> frozenset[EntityId]:
    """Return what is funded when a full swing is worth *swing*."""
    return frozenset(rank(plan, Weights({**ranking.weights.swings, criterion: swing}), ranking.budget).funded)


def brute(plan: Plan, ranking: Ranking) -> tuple[float, float]:
    """Return the least change, relative and absolute of swings that are nothing, of all that can matter.

    The density of every connected or other set is a line; the order is the same between two neighbouring crossings of
    such lines. So just beyond each crossing is looked, whatever else there is in between.
    """
    wanted = frozenset(ranking.funded)
    best, best_of_nothing = inf, inf
    for criterion in plan.criteria_in_order:
        now = ranking.weights.swings[criterion.id]
        lines = []
        keys = [p.investment for p in ranking.places]
        for size in range(1, len(keys) + 1):
            for group in combinations(keys, size):
                scores = [ranking.by_id[k].score for k in group]
                rise = sum(s.confidence * next(t.share for t in s.terms if t.criterion == criterion.id) for s in scores)
                effort = sum(s.effort for s in scores)
                lines.append(((sum(s.value for s in scores) - rise * now) / effort, rise / effort))
        swings = {(a[0] - b[0]) / (b[1] - a[1]) for a, b in combinations(set(lines), 2) if abs(a[1] - b[1]) > 1e-9}
        for swing in {s for s in swings if 0 <= s <= 10**9} | {now}:
            for tried in {int(swing) - 1, int(swing), int(swing) + 1, int(swing) + 2}:
                if tried >= 0 and tried != now and funded(plan, ranking, criterion.id, tried) != wanted:
                    if now:
                        best = min(best, abs(tried - now) / now)
                    else:
                        best_of_nothing = min(best_of_nothing, abs(tried - now))
    return best, best_of_nothing


def budgets(plan: Plan, data: st.DataObject) -> Budget:
    efforts, costs = (
        sum(i.effort_pw or 0 for i in plan.investments.values()),
        sum(i.cost or 0 for i in plan.investments.values()),
    )
    effort = data.draw(st.none() | st.integers(0, int(efforts)))
    return Budget(effort, data.draw(st.none() | st.integers(0, costs)))


@settings(max_examples=60, deadline=None)
@given(plans(most=5, needy=0), st.data())
def test_without_needs_it_equals_trying_all(plan: Plan, data: st.DataObject) -> None:
    check_against_trying_all(plan, budgets(plan, data))


@settings(max_examples=60, deadline=None)
@given(plans(most=5, needy=2), st.data())
def test_with_needs_it_equals_trying_all(plan: Plan, data: st.DataObject) -> None:
    check_against_trying_all(plan, budgets(plan, data))


def check_against_trying_all(plan: Plan, budget: Budget) -> None:
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), budget)
    best, best_of_nothing = brute(plan, ranking)
    radius = radius_of(plan, ranking)
    if radius is None:
        assert min(best, best_of_nothing) == inf
        return
    now = ranking.weights.swings[radius.criterion]
    if now:
        assert abs(radius.change) == pytest.approx(best, abs=2 / now)
        assert radius.change == pytest.approx((radius.swing - now) / now)
    else:
        assert radius.change == inf
        assert best == inf
        assert radius.swing == pytest.approx(best_of_nothing, abs=2)
    assert radius.enters or radius.leaves
    assert set(radius.leaves) <= set(ranking.funded)
    assert not set(radius.enters) & set(ranking.funded)


def plan_with(risk: int, fit: int) -> Plan:
    return plan_of(
        Criterion(RISK, "Risk", 0, 4, agreed=risk),
        Criterion(FIT, "Fit", 0, 4, agreed=fit),
        investment("a", 900_000, 10.0, ratings=(Rating(RISK, 0.0), Rating(FIT, 0.0))),
        investment("b", 1_000_000, 20.0, ratings=(Rating(RISK, 4.0), Rating(FIT, 2.0))),
    )


def test_the_radius_names_the_criterion_the_swing_and_who_comes_and_goes() -> None:
    plan = plan_with(500_000, 100_000)
    radius = radius_of(plan, rank(plan, Weights.of(plan, Voice.AGREED), Budget(20.0)))
    assert radius is not None
    # 900 000 / 10 = (1 000 000 + M + 100 000 / 2) / 20
    assert (radius.criterion, radius.enters, radius.leaves) == (RISK, ("b",), ("a",))
    assert radius.swing == pytest.approx(750_000)
    assert radius.change == pytest.approx(0.5)


def test_a_swing_of_nothing_counts_only_where_no_other_alters_the_set() -> None:
    plan = plan_with(0, 0)
    radius = radius_of(plan, rank(plan, Weights.of(plan, Voice.AGREED), Budget(20.0)))
    assert radius is not None
    assert (radius.criterion, radius.change) == (RISK, inf)
    assert radius.swing == pytest.approx(800_000)


def test_there_is_none_where_all_fits_or_nothing_ever_does() -> None:
    plan = plan_with(500_000, 100_000)
    weights = Weights.of(plan, Voice.AGREED)
    for budget in (Budget(), Budget(30.0), Budget(5.0)):
        assert radius_of(plan, rank(plan, weights, budget)) is None


def test_work_that_nobody_wants_ends() -> None:
    def stop(_done: int, _of: int) -> None:
        raise InterruptedError

    plan = plan_with(500_000, 100_000)
    with pytest.raises(InterruptedError):
        radius_of(plan, rank(plan, Weights.of(plan, Voice.AGREED), Budget(20.0)), progress=stop)
