"""Where two neighbours trade places equals what trying swings out tells."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Rating
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.breaking_even import break_even, flips
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank
from tests.domain.samples import plan_of
from tests.planning.ranking.networks import investment, plans

RISK = EntityId("risk")
A, B = EntityId("a"), EntityId("b")


def stands_above(
    plan: Plan, weights: Weights, criterion: EntityId, swing: int, above: EntityId, below: EntityId
) -> bool:
    """Return whether one stands above the other when a full swing is worth *swing*."""
    by_id = rank(plan, Weights({**weights.swings, criterion: swing}), Budget()).by_id
    return by_id[above].rank < by_id[below].rank


def two(first: int, second: int, share: tuple[int, int], swing: int = 100_000, **more: tuple[EntityId, ...]) -> Plan:
    """Return a plan of two investments of 10 and 20 person-weeks that differ in what they do for the risk."""
    return plan_of(
        Criterion(RISK, "Risk", 0, 4, agreed=swing),
        investment("a", first, 10.0, ratings=(Rating(RISK, share[0]),)),
        investment("b", second, 20.0, ratings=(Rating(RISK, share[1]),), needs=more.get("needs", ())),
    )


def test_two_trade_places_where_the_formula_says() -> None:
    plan = two(900_000, 1_000_000, (0, 4))
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget())
    # 900 000 / 10 = (1 000 000 + M) / 20
    assert break_even(plan, ranking, A, B, RISK) == pytest.approx(800_000, abs=1e-6)


def test_two_that_a_criterion_moves_alike_never_trade_places() -> None:
    plan = two(900_000, 1_000_000, (2, 4))
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget())
    assert break_even(plan, ranking, A, B, RISK) is None


def test_a_negative_swing_is_none() -> None:
    plan = two(900_000, 1_000_000, (4, 0))
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget())
    assert break_even(plan, ranking, A, B, RISK) is None


def test_what_needs_the_other_never_passes_it() -> None:
    plan = two(900_000, 1_000_000, (0, 4), needs=(A,))
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget())
    assert break_even(plan, ranking, A, B, RISK) is None


def test_the_nearest_relative_change_comes_first_and_one_from_nothing_last() -> None:
    fit = Criterion(EntityId("fit"), "Fit", 0, 4, agreed=0)
    plan = two(900_000, 1_000_000, (0, 4)).with_entities([fit])
    plan = plan.with_entities(
        [investment("b", 1_000_000, 20.0, ratings=(Rating(RISK, 4.0), Rating(EntityId("fit"), 4.0)))]
    )
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget())
    first, last = flips(plan, ranking, A)
    assert (first.above, first.below, first.criterion, first.now) == (A, B, RISK, 100_000)
    assert first.change == pytest.approx(7.0)
    assert last.criterion == "fit"
    assert last.change == inf
    assert flips(plan, ranking, B) == (first, last)
    assert flips(plan, ranking, EntityId("nobody")) == ()


def test_lines_that_part_slowly_are_told_apart_where_something_needs_one_of_them() -> None:
    plan = plan_of(
        Criterion(RISK, "Risk", 0, 4),
        investment("a", 30_000, 5.0),
        investment("b", 33_250, 5.0, confidence=90, ratings=(Rating(RISK, 1.0),)),
        investment("c", 0, 1.0, needs=(A,)),
    )
    ranking = rank(plan, Weights({RISK: 0}), Budget())
    # 30 000 / 5 = 0.9 x (33 250 + M / 4) / 5
    assert break_even(plan, ranking, A, B, RISK) == pytest.approx(1_000 / 3)


def test_what_takes_and_brings_nothing_is_passed_by_what_becomes_worth_anything() -> None:
    plan = plan_of(
        Criterion(RISK, "Risk", 0, 4),
        investment("a", 0, 0.0),
        investment("b", 0, 2.0, ratings=(Rating(RISK, 1.0),)),
    )
    ranking = rank(plan, Weights({RISK: 0}), Budget())
    assert [p.investment for p in ranking.places] == [A, B]
    assert break_even(plan, ranking, A, B, RISK) == 0
    assert not stands_above(plan, Weights({RISK: 0}), RISK, 1, A, B)
    rich = plan.with_entities([investment("b", 500, 2.0)])
    assert break_even(rich, rank(rich, Weights({RISK: 0}), Budget()), B, A, RISK) is None


@given(plans(needy=0), st.data())
def test_without_needs_it_equals_bisection(plan: Plan, data: st.DataObject) -> None:
    check_against_trying_out(plan, data)


@given(plans(needy=2), st.data())
def test_with_needs_it_equals_trying_out(plan: Plan, data: st.DataObject) -> None:
    check_against_trying_out(plan, data)


def check_against_trying_out(plan: Plan, data: st.DataObject) -> None:
    """Trying every swing of a grid up to 60 000 finds no trade nearer than the one told, and one just beyond it."""
    weights = Weights.of(plan, Voice.AGREED)
    ranking = rank(plan, weights, Budget())
    assume(len(ranking.places) > 1)
    n = data.draw(st.integers(1, len(ranking.places) - 1))
    above, below = ranking.places[n - 1].investment, ranking.places[n].investment
    key = EntityId("c0")
    now = weights.swings[key]
    told = break_even(plan, ranking, above, below, key)
    near = abs(told - now) if told is not None else inf
    for swing in range(0, 60_001, 997):
        if abs(swing - now) < near * (1 - 1e-9) - 1e-3:
            assert stands_above(plan, weights, key, swing, above, below)
    if told is not None and near and 0.5 < told < 10**9:  # at 0 they may be level, and nothing lies beyond
        way = 1 if told >= now else -1
        beyond = [int(told) + step * way for step in (1, 2, -1, -2)]
        assert any(s >= 0 and not stands_above(plan, weights, key, s, above, below) for s in beyond)
