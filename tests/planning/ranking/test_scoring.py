"""A score equals the sum worked by hand, and nobody else's numbers change it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.criterion import Bend, Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Budget, Term, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.scoring import score_of
from tests.domain.samples import TEAM, plan_of
from tests.planning.ranking.networks import investment

EXPERIENCE = Criterion(EntityId("cx"), "Customer experience", 0, 5, agreed=34_000_000, position=0)
DAYS = Criterion(
    EntityId("days"),
    "Days to publish",
    worst=10.0,
    best=-2.5,
    bends=(Bend(7.5, 0.25), Bend(0.0, 0.75)),
    cio=10_000_000,
    cmo=22_000_001,
    position=1,
)
RISK = Criterion(EntityId("risk"), "Risk", 1, 4, agreed=16_000_000, position=2)
NOTHING = Criterion(EntityId("no"), "Worth nothing", 0, 1, agreed=0, position=3)
CRITERIA = [EXPERIENCE, DAYS, RISK, NOTHING]

OFFERS = Investment(
    EntityId("offers"),
    "Personalised offers",
    revenue_low=70_000_000,
    revenue=88_000_000,
    revenue_high=100_000_000,
    efforts=(TeamEffort(TEAM.id, 14.0, 18.5, 25.0), TeamEffort(None, 10.0, 12.5, 20.0)),
    confidence=88,
    ratings=(Rating(EXPERIENCE.id, 4.0), Rating(DAYS.id, 4.5), Rating(NOTHING.id, 1.0)),
)


def test_every_term_is_what_it_is_by_hand() -> None:
    plan = plan_of(*CRITERIA, OFFERS)
    score = score_of(OFFERS, plan.criteria_in_order, Weights.of(plan, Voice.AGREED))
    # Experience: 4 of 5. Days: 4.5 lies between 7.5 (0.25) and 0 (0.75), 3 of 7.5 on the way: 0.25 + 0.5 x 0.4 = 0.45.
    # Nothing is agreed on the days: the middle of 10 000 000 and 22 000 001, rounded down, is 16 000 000.
    assert [t.criterion for t in score.terms] == [None, "cx", "days", "risk", "no"]
    assert [t.share for t in score.terms] == pytest.approx([1.0, 0.8, 0.45, 0.0, 1.0], rel=1e-9)
    assert [t.amount for t in score.terms] == pytest.approx([88_000_000, 27_200_000, 7_200_000, 0, 0], rel=1e-9)
    # 88 000 000 + 27 200 000 + 7 200 000 = 122 400 000; x 0.88 = 107 712 000; / (18.5 + 12.5)
    assert score.value == pytest.approx(107_712_000, rel=1e-9)
    assert score.effort == pytest.approx(31.0, rel=1e-9)
    assert score.per_week == pytest.approx(3_474_580.6451612903, rel=1e-9)
    assert score.missing == (RISK.id,)


@pytest.mark.parametrize(
    ("days", "share"),
    [(11.0, 0), (10.0, 0), (8.75, 0.125), (7.5, 0.25), (3.75, 0.5), (0.0, 0.75), (-1.25, 0.875), (-2.5, 1), (-9.0, 1)],
)
def test_a_share_follows_the_bends_down_to_the_better_lower_number(days: float, share: float) -> None:
    rated = replace(OFFERS, ratings=(Rating(DAYS.id, days),))
    term = score_of(rated, [DAYS], Weights({DAYS.id: 100})).terms[1]
    assert term.share == pytest.approx(share, abs=1e-12)
    assert term.amount == pytest.approx(share * 100, abs=1e-9)


@given(
    st.floats(-1e6, 1e6), st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-3), st.floats(-3e6, 3e6, allow_nan=False)
)
def test_a_straight_scale_is_read_as_the_criterion_itself_reads_it(worst: float, way: float, value: float) -> None:
    criterion = Criterion(EntityId("c"), "Any", worst, worst + way)
    rated = replace(OFFERS, ratings=(Rating(criterion.id, value),))
    assert score_of(rated, [criterion], Weights({})).terms[1].share == pytest.approx(criterion.share(value), abs=1e-15)


def test_without_revenue_the_criteria_count_and_without_effort_there_is_no_score_a_week() -> None:
    plan = plan_of(*CRITERIA)
    weights = Weights.of(plan, Voice.AGREED)
    earns_nothing = replace(OFFERS, revenue=None, revenue_low=None, revenue_high=None)
    assert score_of(earns_nothing, CRITERIA, weights).value == pytest.approx(0.88 * 34_400_000)
    free = replace(OFFERS, efforts=(TeamEffort(None, 0.0, 0.0, 0.0),))
    assert score_of(free, CRITERIA, weights).per_week is None
    with pytest.raises(ValueError, match="offers"):
        score_of(replace(OFFERS, efforts=()), CRITERIA, weights)


def test_a_weight_of_nothing_counts_nothing_and_is_no_part_of_the_whole() -> None:
    weights = Weights({EXPERIENCE.id: 30, DAYS.id: 10, NOTHING.id: 0})
    assert [weights.share(c.id) for c in CRITERIA] == [0.75, 0.25, 0, 0]
    assert Weights({NOTHING.id: 0}).share(NOTHING.id) == 0
    assert score_of(OFFERS, [NOTHING], weights).terms[1] == Term(NOTHING.id, 1.0, 0.0)


def test_taking_away_or_changing_anybody_leaves_all_other_scores_as_they_are() -> None:
    others = [investment(f"i{n}", n * 977, 1.0 + n % 7, ratings=(Rating(EXPERIENCE.id, n % 6),)) for n in range(30)]
    plan: Plan = plan_of(*CRITERIA, OFFERS, *others)
    weights = Weights.of(plan, Voice.AGREED)
    before = rank(plan, weights, Budget()).by_id
    for one in others:
        for then in (plan.without([one]), plan.with_entities([replace(one, revenue=10**12)])):
            after = rank(then, weights, Budget()).by_id
            assert all(after[k].score == p.score for k, p in before.items() if k != one.id)
