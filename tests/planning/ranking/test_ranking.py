"""The order, the budget line, and what has no place: nobody's order depends on anybody it is not tied to."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, Stage, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Budget, Lack, Ranking, Unranked, Weights
from roadmapper.planning.ranking.ranking import rank
from tests.domain.samples import plan_of
from tests.planning.ranking.networks import investment, plans

NO_WEIGHTS = Weights({})


def order_of(ranking: Ranking) -> list[EntityId]:
    return [p.investment for p in ranking.places]


def tied_to(plan: Plan, key: EntityId) -> set[EntityId]:
    """Return whom one hangs together with by needs, directly or through others, and itself."""
    found: set[EntityId] = set()
    left = [key]
    while left:
        found.add(left.pop())
        for other in plan.investments.values():
            for need in other.needs:
                left += [b for a, b in ((other.id, need), (need, other.id)) if a in found and b not in found]
    return found


def hundred(needy: float = 0.25) -> Plan:
    """Return a plan of a hundred investments, a quarter of which need others nearby."""
    luck = Random(11)
    criteria = [Criterion(EntityId(f"c{n}"), f"C {n}", 0, 5, agreed=luck.randint(1, 60) * 10**6) for n in range(4)]
    made: list[Investment] = []
    for n in range(100):
        near = [m.id for m in made[-6:]]
        made.append(
            investment(
                f"i{n:02}",
                luck.randint(0, 90) * 10**6,
                float(luck.randint(0, 40)),
                confidence=luck.randint(20, 100),
                ratings=tuple(Rating(c.id, luck.randint(0, 5)) for c in criteria if luck.random() < 0.9),
                needs=tuple(luck.sample(near, min(len(near), 2))) if luck.random() < needy else (),
                position=luck.randint(0, 3),
                cost=luck.randint(0, 9) * 10**5,
            )
        )
    return plan_of(*criteria, *made)


def test_taking_any_of_a_hundred_away_changes_no_score_and_moves_nobody_that_is_not_tied_to_it() -> None:
    plan = hundred()
    weights = Weights.of(plan, Voice.AGREED)
    ranking = rank(plan, weights, Budget())
    assert len(ranking.places) == 100
    assert max(len(p.block.members) for p in ranking.places) > 2
    moved = 0
    for gone in plan.investments.values():
        then = rank(plan.without([gone]), weights, Budget())
        moved += check_same_but_for(ranking, then, tied_to(plan, gone.id), gone.id)
    assert moved  # those that are tied to it may move, so the test can tell


@given(plans(most=9), st.data())
def test_changing_anything_about_one_moves_nobody_that_is_not_tied_to_it(plan: Plan, data: st.DataObject) -> None:
    weights = Weights.of(plan, Voice.AGREED)
    one = data.draw(st.sampled_from(sorted(plan.investments.values(), key=lambda i: i.id)))
    weeks = data.draw(st.integers(0, 50))
    edited = replace(
        one,
        revenue=data.draw(st.none() | st.integers(0, 10**9)),
        efforts=data.draw(st.sampled_from([(), (TeamEffort(None, weeks, weeks, weeks),)])),
        confidence=data.draw(st.integers(0, 100)),
        ratings=(),
        stage=data.draw(st.sampled_from(Stage)),
        position=data.draw(st.integers(0, 3)),
    )
    then = rank(plan.with_entities([edited]), weights, Budget())
    check_same_but_for(rank(plan, weights, Budget()), then, tied_to(plan, one.id), one.id)


def check_same_but_for(ranking: Ranking, then: Ranking, tied: set[EntityId], one: EntityId) -> bool:
    """Everyone but *one* has the same score, and those not *tied* the same order; return whether one tied moved."""
    for key, place in then.by_id.items():
        if key != one and key in ranking.by_id:
            assert place.score == ranking.by_id[key].score
    assert [k for k in order_of(then) if k not in tied] == [k for k in order_of(ranking) if k not in tied]
    return [k for k in order_of(then) if k != one] != [k for k in order_of(ranking) if k != one]


@given(plans(most=9), st.none() | st.integers(0, 30), st.none() | st.integers(0, 12))
def test_what_is_funded_is_what_a_walk_down_the_list_can_pay(
    plan: Plan, effort: int | None, thousands: int | None
) -> None:
    money = None if thousands is None else thousands * 1_000
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget(effort, money))
    bought: list[Investment] = []
    for place in ranking.places:
        one = plan.investments[place.investment]
        assert place.effort_before == sum(i.effort_pw or 0 for i in bought)
        assert place.money_before == sum(i.cost or 0 for i in bought)
        cart = [*bought, one]
        affordable = (effort is None or sum(i.effort_pw or 0 for i in cart) <= effort) and (
            money is None or sum(i.cost or 0 for i in cart) <= money
        )
        ready = {*one.needs} <= {i.id for i in bought}
        assert place.funded == (affordable and ready)
        bought = cart if place.funded else bought
    assert ranking.funded == tuple(i.id for i in bought)
    assert (ranking.line is None) == (len(bought) == len(ranking.places))


def test_a_smaller_one_further_down_is_funded_where_a_larger_one_no_longer_fits() -> None:
    plan = plan_of(investment("a", 90, 3.0), investment("b", 80, 4.0), investment("c", 10, 2.0))
    ranking = rank(plan, NO_WEIGHTS, Budget(5.0))
    assert ranking.funded == ("a", "c")
    assert ranking.line == 1


def test_sums_of_tenths_fit_into_their_budget_to_the_last_one() -> None:
    plan = plan_of(*(investment(f"i{n}", 1, 0.1) for n in range(10)))
    assert len(rank(plan, NO_WEIGHTS, Budget(1.0)).funded) == 10


def test_an_enabler_inherits_what_it_unlocks_and_shows_both_scores() -> None:
    top = investment("top", 900, 5.0, needs=("base",))
    plan = plan_of(investment("base", 0, 10.0), top, investment("other", 50, 1.0))
    first, second, third = rank(plan, NO_WEIGHTS, Budget()).places
    assert [first.investment, second.investment, third.investment] == ["base", "top", "other"]
    assert (first.score.per_week, first.closure) == (0, 0)
    assert (second.score.per_week, second.closure, second.needs) == (180, 60, ("base",))
    assert first.block is second.block
    assert third.closure == third.score.per_week == 50


def test_what_is_delivered_need_not_be_done_again() -> None:
    done = investment("base", 0, 10.0, stage=Stage.DELIVERED)
    (place,) = rank(plan_of(done, investment("top", 900, 5.0, needs=("base",))), NO_WEIGHTS, Budget()).places
    assert (place.needs, place.closure) == ((), 180)


def lacking(*investments: Investment) -> dict[str, tuple[Lack, str]]:
    ranking = rank(plan_of(*investments), NO_WEIGHTS, Budget())
    return {u.investment: (u.lack, u.about) for u in ranking.unranked}


def of(key: str, *needs: str, **more: Any) -> Investment:
    return investment(key, 1, needs=needs, **more)


def test_everything_without_a_place_says_why() -> None:
    assert lacking(of("a", effort=None), of("b", "a"), of("c", "b"), of("d")) == {
        "a": (Lack.EFFORT, "a"),
        "b": (Lack.NEEDS_UNRANKED, "a"),
        "c": (Lack.NEEDS_UNRANKED, "b"),
    }
    assert lacking(of("a", stage=Stage.DROPPED), of("b", "a"), of("c", "gone")) == {"b": (Lack.NEEDS_DROPPED, "a")}


def test_only_those_in_a_circle_are_said_to_be_in_it() -> None:
    assert lacking(of("a", "c"), of("b", "a"), of("c", "b"), of("d", "a"), of("e", "d"), of("f"), of("g", "f")) == {
        "a": (Lack.CIRCLE, "c"),
        "b": (Lack.CIRCLE, "a"),
        "c": (Lack.CIRCLE, "b"),
        "d": (Lack.NEEDS_UNRANKED, "a"),
        "e": (Lack.NEEDS_UNRANKED, "d"),
    }


def test_what_lies_between_two_circles_waits_but_is_in_neither() -> None:
    found = lacking(of("a", "b"), of("b", "a"), of("m", "a"), of("x", "y", "m"), of("y", "x"))
    assert {k: lack for k, (lack, _) in found.items()} == {
        "a": Lack.CIRCLE,
        "b": Lack.CIRCLE,
        "m": Lack.NEEDS_UNRANKED,
        "x": Lack.CIRCLE,
        "y": Lack.CIRCLE,
    }


@pytest.mark.parametrize("closed", [False, True])
def test_a_chain_of_a_thousand_is_ranked_or_found_to_be_a_circle(closed: bool) -> None:
    keys = [f"i{n}" for n in range(1_000)]
    chain = [of(b, a) for a, b in pairwise(keys)]
    ranking = rank(plan_of(of(keys[0], *([keys[-1]] if closed else [])), *chain), NO_WEIGHTS, Budget())
    assert order_of(ranking) == ([] if closed else keys)
    assert len(ranking.unranked) == (1_000 if closed else 0)
    assert not closed or ranking.unranked[1] == Unranked(EntityId("i1"), Lack.CIRCLE, EntityId("i0"))


def test_equal_ones_stand_by_their_position_and_what_takes_no_effort_first() -> None:
    free = investment("free", 1, 0.0, position=9)
    plan = plan_of(of("a", position=2), of("b", position=1), of("c", position=1), free)
    assert order_of(rank(plan, NO_WEIGHTS, Budget())) == ["free", "b", "c", "a"]


def test_an_empty_plan_has_an_empty_ranking() -> None:
    ranking = rank(plan_of(), NO_WEIGHTS, Budget(5.0, 5))
    assert (ranking.places, ranking.unranked, ranking.line, ranking.funded) == ((), (), None, ())
