"""The tornado ranks anew at both ends of each input, and has the widest bar on top."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.tornado import Bar, Input, tornado_of
from tests.domain.samples import plan_of
from tests.planning.ranking.networks import investment, plans

RISK = Criterion(EntityId("risk"), "Risk", 0, 4, agreed=1_000)
IT = replace(
    investment("it", 10_000),
    revenue_low=4_000,
    revenue_high=12_000,
    efforts=(TeamEffort(EntityId("t"), 4.0, 5.0, 10.0), TeamEffort(None, 4.0, 5.0, 10.0)),
    confidence=95,
    ratings=(Rating(RISK.id, 4.0),),
)


def bars_of(plan: Plan, key: str = "it") -> tuple[Bar, ...]:
    return tornado_of(plan, rank(plan, Weights.of(plan, Voice.AGREED), Budget()), EntityId(key))


def test_each_input_has_its_two_ends_with_rank_and_score() -> None:
    # Now it has (10 000 + 1 000) x 0.95 / 10 = 1 045 a week, between 1 090 and 600 and 500.
    others = [investment(k, value, 1.0) for k, value in (("a", 1_090), ("b", 600), ("c", 500))]
    bars = {b.kind: b for b in bars_of(plan_of(RISK, IT, *others))}
    assert bars[Input.REVENUE] == Bar(Input.REVENUE, None, 4_000, 12_000, 4, 1, 475.0, 1_235.0)
    assert bars[Input.EFFORT] == Bar(Input.EFFORT, None, 8.0, 20.0, 1, 3, 1_306.25, 522.5)
    assert bars[Input.CONFIDENCE] == Bar(Input.CONFIDENCE, None, 85, 100, 2, 1, 935.0, 1_100.0)
    assert bars[Input.SWING] == Bar(Input.SWING, RISK.id, 500, 2_000, 2, 1, 997.5, 1_140.0)


def test_the_widest_bar_is_on_top() -> None:
    others = [investment(k, value, 1.0) for k, value in (("a", 1_090), ("b", 600), ("c", 500))]
    kinds = [b.kind for b in bars_of(plan_of(RISK, IT, *others))]
    assert kinds == [Input.REVENUE, Input.EFFORT, Input.CONFIDENCE, Input.SWING]


def test_what_has_no_range_has_no_bar() -> None:
    assert [b.kind for b in bars_of(plan_of(replace(RISK, agreed=0), investment("it", 5)))] == [Input.CONFIDENCE]
    assert bars_of(plan_of(RISK, IT), "nobody") == ()
    assert bars_of(plan_of(RISK, replace(IT, efforts=()))) == ()


@given(plans(), st.data())
def test_bars_never_grow_downwards(plan: Plan, data: st.DataObject) -> None:
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget())
    place = data.draw(st.sampled_from(ranking.places))
    widths = []
    for bar in tornado_of(plan, ranking, place.investment):
        ranks = (bar.low_rank, bar.high_rank, place.rank)
        widths.append((max(ranks) - min(ranks), abs((bar.high_score or 0) - (bar.low_score or 0))))
    assert widths == sorted(widths, reverse=True)
