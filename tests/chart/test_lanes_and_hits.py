"""Each bar stands free in its row, is painted when it is seen, and is found where it is painted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.chart.hits import Part, hit
from roadmapper.chart.lanes import BAR_HEIGHT, Arrangement, Look, lay_out, look_of
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from tests.domain.samples import PROJECT, START, day, increment, look, plan_of, weeks

TODAY = day(10)
SCALE = TimeScale(START, 10.0)
Q = replace(PROJECT, id=EntityId("q"), position=1)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any increments of one project."""
    spans = draw(st.lists(st.tuples(st.integers(-300, 900), st.integers(1, 120)), max_size=25))
    return plan_of(
        *(
            increment(f"i{n}", 0, 1, span=DateSpan(START + timedelta(a), START + timedelta(a + b)))
            for n, (a, b) in enumerate(spans)
        )
    )


@given(plans(), st.integers(-350, 1100), st.integers(1, 500))
def test_exactly_the_bars_of_which_a_day_is_seen_are_visible(plan: Plan, at: int, days: int) -> None:
    (lane,) = lay_out(plan, TODAY).lanes
    first, last = START + timedelta(at), START + timedelta(at + days)
    brute = {k for k, i in plan.increments.items() if i.span.start < last and first < i.span.end}
    found = [b.increment.id for b in lane.visible(first, last)]
    assert sorted(found) == sorted(brute)


@given(plans())
def test_no_two_bars_of_a_row_overlap_and_no_row_is_needless(plan: Plan) -> None:
    (lane,) = lay_out(plan, TODAY).lanes
    rows: dict[int, list[DateSpan]] = {}
    for bar in lane.bars:
        assert not any(bar.increment.span.overlaps(other) for other in rows.get(bar.row, []))
        rows.setdefault(bar.row, []).append(bar.increment.span)
    at_once = max(
        (
            sum(i.span.start <= d < i.span.end for i in plan.increments.values())
            for d in {i.span.start for i in plan.increments.values()}
        ),
        default=0,
    )
    assert lane.rows == len(rows) == at_once
    assert len(lane.bars) == len(plan.increments)


@settings(max_examples=40)
@given(plans(), st.booleans())
def test_each_bar_is_found_under_its_middle(plan: Plan, expanded: bool) -> None:
    lanes = lay_out(plan, TODAY, Arrangement(expanded=frozenset([PROJECT.id] if expanded else [])))
    (lane,) = lanes.lanes
    for bar in lane.bars:
        span = bar.increment.span
        middle = (SCALE.x(span.start) + SCALE.x(span.end)) / 2
        found = hit(lanes, SCALE, middle, lanes.tops[0] + lane.bar_top(bar.row) + BAR_HEIGHT / 2, 1.0)
        assert found.part is Part.BODY and found.bar == bar and found.lane == 0


def test_a_bar_has_edges_and_a_dot_and_beside_it_lies_the_lane() -> None:
    lanes = lay_out(plan_of(increment("a", 0, 4)), TODAY)
    y = lanes.lanes[0].bar_top(0) + 5
    parts = [(x, hit(lanes, SCALE, x, y, 1.0).part) for x in (-4, -3, 0, 5, 7, 273, 275, 279, 281, 284, 293, 295)]
    assert parts == [
        (-4, Part.LANE),
        (-3, Part.START_EDGE),
        (0, Part.START_EDGE),
        (5, Part.START_EDGE),
        (7, Part.BODY),
        (273, Part.BODY),
        (275, Part.END_EDGE),
        (279, Part.END_EDGE),
        (281, Part.END_EDGE),
        (284, Part.DOT),
        (293, Part.DOT),
        (295, Part.LANE),
    ]
    assert hit(lanes, SCALE, 0, lanes.height + 1, 1.0).part is Part.NOTHING
    assert hit(lanes, SCALE, 0, -1, 1.0).part is Part.NOTHING


@pytest.mark.parametrize("days", [2, 3, 7, 15, 25, 36, 60])
def test_a_small_bar_is_to_be_moved_first_and_its_edges_are_reached_from_outside(days: int) -> None:
    lanes = lay_out(plan_of(Increment(EntityId("a"), PROJECT.id, "A", DateSpan(day(0), later(day(0), days)))), TODAY)
    y, scale = lanes.lanes[0].bar_top(0) + 5, TimeScale(START, 1.0)
    parts = [hit(lanes, scale, x, y, 1.0).part for x in range(-5, days + 5)]
    assert parts.count(Part.BODY) * 2 >= days
    assert all(parts.count(edge) - 3 <= days / 4 + 1 for edge in (Part.START_EDGE, Part.END_EDGE))
    assert parts[2:5] == [Part.START_EDGE] * 3 and parts[-5:-2] == [Part.END_EDGE] * 3
    middle = parts[5 + days // 4 + 1 : 5 + days - days // 4 - 1]
    assert set(middle) <= {Part.BODY}


def test_the_next_bar_goes_before_the_dot_of_the_one_before() -> None:
    lanes = lay_out(plan_of(increment("a", 0, 4), increment("b", 4, 8)), TODAY)
    found = hit(lanes, SCALE, 282, lanes.lanes[0].bar_top(0) + 5, 1.0)
    assert found.bar is not None and (found.bar.increment.id, found.part) == ("b", Part.START_EDGE)


@pytest.mark.parametrize("unit", [1.0, 1.5, 2.0])
def test_diamonds_and_gaps_are_found_at_any_resolution(unit: float) -> None:
    lanes = lay_out(plan_of(increment("a", 0, 20), look("c", day(4)), look("d", day(5))), TODAY)
    (lane,) = lanes.lanes
    for key, at in (("c", day(4)), ("d", day(5))):
        found = hit(lanes, SCALE, SCALE.x(at) + 3, lane.diamonds_top * unit, unit)
        assert found.part is Part.DIAMOND and found.diamond is not None and found.diamond.checkpoint.id == key
    found = hit(lanes, SCALE, SCALE.x(day(15)), (lane.gaps_top + 3) * unit, unit)
    assert (found.part, found.gap, found.day) == (Part.GAP, weeks(5, 20), day(15))


def test_a_checkpoint_looks_as_it_was_answered() -> None:
    plan = plan_of(look("past", day(9)), look("today", day(10)), look("next", day(11)))
    assert [look_of(plan, plan.checkpoints[EntityId(k)], TODAY) for k in ("past", "today", "next")] == [
        Look.DUE,
        Look.DUE,
        Look.COMING,
    ]
    for answer, expected in zip(Answer, (Look.APPROVED, Look.CHANGES, Look.REJECTED), strict=True):
        decision = Decision(EntityId("d"), EntityId("past"), answer, "CMO", datetime(2027, 2, 1, tzinfo=UTC), 1)
        decided = plan.with_entities([decision])
        assert look_of(decided, plan.checkpoints[EntityId("past")], TODAY) is expected


def test_lanes_lie_below_each_other_and_are_found_by_height() -> None:
    plan = plan_of(Q, increment("a", 0, 4), increment("b", 0, 4), increment("x", 0, 4, project=Q.id))
    lanes = lay_out(plan, TODAY)
    assert [lane.key for lane in lanes.lanes] == ["p", "q"]
    assert lanes.height == sum(lane.height for lane in lanes.lanes) == lanes.tops[-1]
    assert [lanes.at(y) for y in (-1, 0, lanes.tops[1] - 0.5, lanes.tops[1], lanes.height)] == [None, 0, 0, 1, None]
    assert list(lanes.between(0, lanes.height)) == [0, 1]
    assert list(lanes.between(lanes.tops[1] + 1, lanes.tops[1] + 2)) == [1]
    assert lanes.find(EntityId("x")) == (1, lanes.lanes[1].bars[0])
    assert lanes.find(EntityId("none")) is None


def test_a_lane_shows_its_gaps_and_its_first_value() -> None:
    (lane,) = lay_out(plan_of(increment("a", 0, 8)), TODAY).lanes
    assert (lane.gaps, lane.first_value) == ((weeks(0, 8),), day(8))
    assert lay_out(plan_of(), date(2027, 1, 1)).lanes[0].bars == ()
