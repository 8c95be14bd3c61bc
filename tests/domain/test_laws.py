"""What is wrong with a plan is found, each kind by its own plan, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.laws import Wrong, problems_of
from roadmapper.domain.plan import Entity
from roadmapper.domain.silence import gaps, life_of, longest_silence, silences, stretches
from roadmapper.planning.phrases import problem_text
from tests.domain.samples import PROJECT, START, day, increment, item, look, plan_of, weeks

LIVE = [look("c1", day(4)), look("c2", day(8)), look("c3", day(12))]
LINK = Link(EntityId("l"), EntityId("a"), EntityId("b"), 7)
GATE = item("g", None, usable=False, after="s", increment="b", gate=True, planned_days=5)

CASES: dict[Wrong, tuple[list[Entity], str, int, int]] = {
    Wrong.CONSULT_GAP: ([increment("a", 0, 7)], "p", 49, 42),
    Wrong.GROUNDWORK_FIRST: ([increment("a", 0, 4, usable=False), increment("b", 4, 6)], "a", 0, 0),
    Wrong.GROUNDWORK_TWICE: (
        [increment("u", 0, 2), increment("a", 2, 4, usable=False), increment("b", 4, 6, usable=False)],
        "b",
        0,
        0,
    ),
    Wrong.TOO_LONG: ([increment("a", 0, 13), *LIVE], "a", 13, 12),
    Wrong.LINK_BROKEN: ([increment("a", 0, 2), increment("b", 2, 4), LINK], "l", 7, 0),
    Wrong.BEYOND_HORIZON: ([increment("a", 100, 105)], "a", (day(105) - date(2029, 1, 4)).days, 0),
    Wrong.NOT_PLACED: ([item("s", revenue_per_month=1)], "p", 1, 1),
    Wrong.OUT_OF_ORDER: (
        [
            increment("a", 0, 2),
            increment("b", 2, 4),
            item("s", increment="a", revenue_per_month=1, after="t"),
            item("t", increment="b", revenue_per_month=1),
        ],
        "a",
        0,
        0,
    ),
    Wrong.OVERDUE: ([increment("a", 0, 2), item("s", increment="a", revenue_per_month=1, due=day(1, 4))], "a", 2, 0),
    Wrong.GATE_MISSED: (
        [
            increment("a", 0, 2),
            increment("b", 2, 4),
            item("s", increment="a", revenue_per_month=1),
            GATE,
        ],
        "a",
        0,
        0,
    ),
    Wrong.NO_EFFORT: ([increment("a", 0, 2), item("s", None, increment="a", revenue_per_month=1)], "p", 1, 1),
    Wrong.NO_REVENUE: ([increment("a", 0, 2), item("s", increment="a"), item("t", usable=False)], "p", 1, 2),
}


def test_every_kind_of_wrong_has_a_case() -> None:
    assert CASES.keys() == set(Wrong)


@pytest.mark.parametrize("kind", Wrong)
def test_each_kind_of_wrong_is_found_once_and_said_in_a_sentence(kind: Wrong) -> None:
    entities, about, amount, limit = CASES[kind]
    plan = plan_of(*entities)
    if kind is Wrong.NO_REVENUE:
        plan = plan.with_entities([item("t", usable=False, increment="a")])
    (problem,) = problems_of(plan)
    assert (problem.kind, problem.about, problem.project) == (kind, about, PROJECT.id)
    assert (problem.amount, problem.limit) == (amount, limit)
    sentence = problem_text(plan, problem)
    assert sentence.endswith(".") and "{" not in sentence


OF_SCOPE = (Wrong.NOT_PLACED, Wrong.OUT_OF_ORDER, Wrong.NO_EFFORT, Wrong.NO_REVENUE, Wrong.OVERDUE, Wrong.GATE_MISSED)


@pytest.mark.parametrize("kind", [k for k in Wrong if k not in OF_SCOPE])
def test_what_is_cancelled_is_not_wrong(kind: Wrong) -> None:
    entities, *_ = CASES[kind]
    plan = plan_of(*entities)
    cancelled = plan.with_entities(replace(i, status=Status.CANCELLED) for i in plan.increments.values())
    assert not problems_of(cancelled)


def test_a_plan_as_agreed_has_no_problem() -> None:
    plan = plan_of(
        increment("a", 0, 6),
        increment("b", 6, 12, usable=False),
        increment("c", 12, 18),
        Link(EntityId("l"), EntityId("a"), EntityId("b")),
        *(look(f"c{w}", day(w)) for w in (6, 12)),
        item("s", increment="a", revenue_per_month=0),
    )
    assert not problems_of(plan)


def test_an_increment_of_exactly_the_longest_length_is_not_too_long() -> None:
    plan = plan_of(increment("a", 0, 12), look("c1", day(6)))
    assert not problems_of(plan)
    longer = plan.with_entities([replace(plan.increments[EntityId("a")], span=DateSpan(day(0), day(12, 1)))])
    assert [(p.kind, p.amount) for p in problems_of(longer) if p.kind is Wrong.TOO_LONG] == [(Wrong.TOO_LONG, 13)]


@pytest.mark.parametrize(
    ("consults", "expected"),
    [
        ([6, 12], []),
        ([7, 12], [(0, 7)]),
        ([6, 11], [(11, 18)]),
        ([5, 12], [(5, 12)]),
        ([], [(0, 18)]),
        ([-9, 25, 6, 12], [(-9, 0), (18, 25)]),
    ],
)
def test_a_gap_is_a_stretch_beyond_the_limit_from_the_first_start_to_the_last_end(
    consults: list[int], expected: list[tuple[int, int]]
) -> None:
    plan = plan_of(increment("a", 0, 9), increment("b", 9, 18), *(look(f"c{w}", day(w)) for w in consults))
    assert gaps(plan, PROJECT.id) == [weeks(a, b) for a, b in expected]


def test_a_stretch_of_exactly_the_limit_is_no_gap_and_a_day_more_is() -> None:
    consult = look("c", START + timedelta(42))
    plan = plan_of(increment("a", 0, 12), consult)
    assert not gaps(plan, PROJECT.id)
    assert [g.days for g in gaps(plan.with_entities([replace(consult, day=START + timedelta(43))]), PROJECT.id)] == [43]


def test_where_nothing_is_planned_there_is_no_silence() -> None:
    plan = plan_of(look("c", day(3)))
    assert life_of(plan, PROJECT.id) is None
    assert silences(plan, PROJECT.id) == []
    assert longest_silence(plan, PROJECT.id) == 0


def test_a_cancelled_increment_does_not_lengthen_the_life_of_a_project() -> None:
    plan = plan_of(increment("a", 0, 2), increment("b", 2, 90, status=Status.CANCELLED))
    assert life_of(plan, PROJECT.id) == weeks(0, 2)


@given(st.integers(1, 500), st.lists(st.integers(-100, 700), max_size=12), st.integers(1, 104))
def test_gaps_are_what_a_walk_day_by_day_finds(length: int, consults: list[int], limit: int) -> None:
    life = DateSpan(START, START + timedelta(length))
    plan = plan_of(
        increment("a", 0, 1, span=life),
        *(look(f"c{n}", START + timedelta(at)) for n, at in enumerate(consults)),
        longest_silence_weeks=limit,
    )
    points = {0, length, *consults}
    found, last = [], min(points)
    for offset in range(min(points) + 1, max(points) + 1):
        if offset in points:
            if offset - last > limit * 7:
                found.append((last, offset))
            last = offset
    assert [((g.start - START).days, (g.end - START).days) for g in gaps(plan, PROJECT.id)] == found
    days = [c.day for c in plan.checkpoints.values()]
    whole = stretches(life, days)
    assert all(a.end == b.start for a, b in pairwise(whole))
    assert sum(s.days for s in whole) == max(points) - min(points)


def kinds(*entities: Entity) -> list[Wrong]:
    """Return what is wrong with a plan of *entities*."""
    return [p.kind for p in problems_of(plan_of(*entities))]


def test_a_compliance_date_holds_when_the_last_day_of_the_increment_is_that_day() -> None:
    a, s = increment("a", 0, 2), item("s", increment="a", revenue_per_month=1)
    assert a.span.finish == day(1, 6)
    assert not kinds(a, replace(s, due=day(1, 6)))
    assert kinds(a, replace(s, due=day(1, 5))) == [Wrong.OVERDUE]


def test_a_compliance_date_of_what_stands_nowhere_is_missed_unless_it_may_be_left_out() -> None:
    s = item("s", revenue_per_month=1, due=day(90))
    plan = plan_of(s)
    assert [p.kind for p in problems_of(plan)] == [Wrong.NOT_PLACED, Wrong.OVERDUE]
    assert "stands in no increment" in problem_text(plan, problems_of(plan)[-1])
    assert not kinds(replace(s, optional=True))
    cancelled = increment("a", 0, 2, status=Status.CANCELLED)
    assert kinds(cancelled, replace(s, increment=cancelled.id)) == [Wrong.NOT_PLACED, Wrong.OVERDUE]


def test_what_may_be_left_out_need_not_be_placed() -> None:
    s, t = item("s", revenue_per_month=1, optional=True), item("t", revenue_per_month=1)
    assert [(p.kind, p.amount, p.limit) for p in problems_of(plan_of(s, t))] == [(Wrong.NOT_PLACED, 1, 2)]


def test_a_gate_holds_where_it_lies_with_what_it_reviews_and_groundwork_may_lie_elsewhere() -> None:
    a, b = increment("a", 0, 2), increment("b", 2, 4)
    s, ground = item("s", increment="b", revenue_per_month=1), item("e", usable=False, increment="a")
    both = replace(GATE, after=(s.id, ground.id))
    assert not kinds(a, b, s, ground, both)
    assert kinds(a, b, s, ground, replace(both, increment=None)) == [Wrong.NOT_PLACED, Wrong.GATE_MISSED]
    assert not kinds(a, b, s, ground, replace(both, increment=None, optional=True))


def test_a_gate_needs_no_effort_but_a_length() -> None:
    b, s = increment("b", 0, 4), item("s", increment="b", revenue_per_month=1)
    assert not kinds(b, s, GATE)
    assert kinds(b, s, replace(GATE, planned_days=None)) == [Wrong.NO_EFFORT]


def test_what_must_wait_longer_than_there_is_time_is_out_of_order() -> None:
    a, b = increment("a", 0, 2), increment("b", 2, 4)
    s = item("s", increment="a", revenue_per_month=1)
    late = item("t", increment="b", revenue_per_month=1, after="s")
    assert not kinds(a, b, s, replace(late, lag_days=(27,)))
    assert kinds(a, b, s, replace(late, lag_days=(28,))) == [Wrong.OUT_OF_ORDER]
