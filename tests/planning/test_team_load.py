"""The load of a team: what its increments ask of it week by week, against the people who are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.planning.team_load import Load, TeamLoads, by_months, loads_of, summed_up
from tests.domain.samples import PROJECT, START, TEAM, day, increment, plan_of, weeks

OTHER = Team(EntityId("other"), "Data", 2)


def week(loads: TeamLoads, number: int, team: EntityId | None = TEAM.id) -> Load:
    """Return a week of a team, counted from START."""
    return next(w for w in loads.of_team(team) if w.start == day(number))


def off(first: int, end: int, people: int | None = None, **more: Any) -> DaysOff:
    return replace(DaysOff(EntityId(f"off{first}"), TEAM.id, "Away", weeks(first, end), people), **more)


def test_effort_is_spread_over_the_weeks_of_its_increment() -> None:
    loads = loads_of(plan_of(increment("a", 2, 6, effort_pw=12.0)))
    assert [week(loads, n).need for n in range(1, 7)] == pytest.approx([0, 3, 3, 3, 3, 0])
    assert {week(loads, n).there for n in range(8)} == {6.0}
    assert not any(w.over for w in loads.of_team(TEAM.id))


def test_days_count_where_an_increment_begins_or_ends_within_a_week() -> None:
    span = DateSpan(day(2, 3), day(4, 1))  # Thursday and Friday, a week, a Monday: eight working days
    loads = loads_of(plan_of(increment("a", 2, 4, effort_pw=8.0, span=span)))
    assert [week(loads, n).need for n in range(2, 5)] == pytest.approx([2, 5, 1])


def test_what_is_too_much_for_the_people_is_told_as_over() -> None:
    plan = plan_of(increment("a", 0, 2, effort_pw=8.0), increment("b", 1, 2, effort_pw=5.0))
    loads = loads_of(plan)
    assert [week(loads, n).over for n in range(3)] == pytest.approx([0, 3, 0])
    assert [i.id for i, _ in loads.work_in(plan, weeks(1, 2), TEAM.id, everybody=False)] == ["b", "a"]


def test_a_week_in_which_nobody_is_there_asks_nothing_and_gives_nothing() -> None:
    loads = loads_of(plan_of(increment("a", 0, 3, effort_pw=12.0), off(1, 2)))
    assert [(week(loads, n).need, week(loads, n).there) for n in range(3)] == [(6, 6), (0, 0), (6, 6)]
    assert not any(w.over for w in loads.of_team(TEAM.id))


def test_some_who_are_away_are_missing_and_work_is_less_in_their_weeks() -> None:
    loads = loads_of(plan_of(increment("a", 0, 2, effort_pw=9.0), off(1, 2, 3)))
    assert [(week(loads, n).need, week(loads, n).there) for n in range(2)] == [(6, 6), (3, 3)]


def test_work_while_nobody_is_ever_there_is_over() -> None:
    loads = loads_of(plan_of(increment("a", 1, 2, effort_pw=2.0), off(0, 4)))
    assert week(loads, 1).over == pytest.approx(2)


def test_one_holiday_is_made_up_for_and_the_second_is_not() -> None:
    easter = (date(2027, 3, 22) - START).days // 7  # Good Friday here, Easter Monday in the next week
    christmas = (date(2028, 12, 25) - START).days // 7  # Monday and Tuesday
    loads = loads_of(plan_of(country="DE"))
    assert week(loads, easter).there == week(loads, easter + 1).there == pytest.approx(6)
    assert week(loads, christmas).there == pytest.approx(6 * 3 / 5)


def test_a_country_or_a_rule_that_nobody_knows_leaves_plain_weeks() -> None:
    nonsense = off(1, 2, repeats="FREQ=YEARLY;BYMONTH=77")
    assert week(loads_of(plan_of(nonsense, country="XX")), 1).there == pytest.approx(6)


def test_cancelled_increments_and_those_without_effort_ask_nothing() -> None:
    plan = plan_of(increment("a", 0, 2, effort_pw=9.0, status=Status.CANCELLED), increment("b", 0, 2))
    assert week(loads_of(plan), 0).need == 0


def test_an_increment_on_a_weekend_is_not_lost() -> None:
    span = DateSpan(day(0, 5), day(1))
    assert week(loads_of(plan_of(increment("a", 0, 1, effort_pw=2.0, span=span))), 0).need == pytest.approx(2)


def test_teams_together_are_over_where_one_of_them_is() -> None:
    plan = plan_of(OTHER, increment("a", 0, 1, effort_pw=4.0, team=OTHER.id))
    (first,) = [w for w in loads_of(plan).of_all() if w.start == START]
    assert (first.need, first.there, first.over) == (4, 8, 2)


def test_a_team_of_unknown_size_is_left_out_of_all_and_said_to_be() -> None:
    plan = plan_of(replace(OTHER, people=None), increment("a", 0, 1, effort_pw=4.0, team=OTHER.id))
    loads = loads_of(plan)
    assert loads.uncounted() == 1
    assert next(w for w in loads.of_all() if w.start == START).need == 0
    assert week(loads, 0, OTHER.id).there is None


def test_the_summary_says_how_loaded_the_worst_week_and_idle_weeks() -> None:
    plan = plan_of(increment("a", 0, 2, effort_pw=6.0), increment("b", 1, 2, effort_pw=5.0), months=1)
    found = summed_up(loads_of(plan).of_team(TEAM.id), plan.roadmap.span)
    assert found.share == pytest.approx(11 / 30)  # five weeks reach into the month
    assert found.worst is not None and found.worst.start == day(1)
    assert (found.over, found.idle) == (1, 3)


def test_a_plan_without_increments_has_no_worst_week() -> None:
    plan = plan_of()
    assert summed_up(loads_of(plan).of_all(), plan.roadmap.span).worst is None
    assert summed_up([], plan.roadmap.span).share is None


def test_months_hold_each_week_once_and_keep_its_trouble() -> None:
    plan = plan_of(increment("a", 0, 1, effort_pw=9.0), months=120)
    loads = loads_of(plan).of_team(TEAM.id)
    months = by_months(loads)
    assert sum(m.weeks for m in months) == len(loads)
    assert all(one.end == two.start for one, two in pairwise(months))
    january = next(m for m in months if m.start == START)
    assert (january.weeks, january.need, january.over) == (4, 9 / 4, 3)


PLANS = st.lists(
    st.tuples(
        st.integers(-90, 800),
        st.integers(1, 200),
        st.sampled_from([None, 0.0, 3.0, 7.7]),
        st.sampled_from([None, TEAM.id, OTHER.id]),
        st.sampled_from(list(Status)),
    ),
    max_size=5,
)


def plan_from(rows: list[tuple[int, int, float | None, EntityId | None, Status]]) -> Plan:
    found = [
        increment(f"i{n}", 0, 1, span=DateSpan(day(0) + timedelta(s), day(0) + timedelta(s + length)),
                  effort_pw=effort, team=team, status=status)
        for n, (s, length, effort, team, status) in enumerate(rows)
    ]  # fmt: skip
    return plan_of(OTHER, off(3, 5), off(60, 61, 2, repeats="FREQ=YEARLY"), *found, country="DE")


@given(PLANS, PLANS)
def test_after_an_edit_it_says_what_it_says_from_scratch(
    one: list[tuple[int, int, float | None, EntityId | None, Status]],
    two: list[tuple[int, int, float | None, EntityId | None, Status]],
) -> None:
    before, after = plan_from(one), plan_from(two)
    loads, fresh = loads_of(before).after(after, Delta.between(before, after)), loads_of(after)
    for team in fresh.teams:
        old = {w.start: w for w in loads.of_team(team)}
        for now in fresh.of_team(team):
            assert old[now.start] == now if now.start in old else not now.need
    back, then = loads.after(before, Delta.between(after, before)), loads_of(before)
    for team in then.teams:
        old = {w.start: w for w in back.of_team(team)}
        assert all(old[w.start] == w if w.start in old else not w.need for w in then.of_team(team))


@given(PLANS)
def test_no_work_is_lost_or_made(rows: list[tuple[int, int, float | None, EntityId | None, Status]]) -> None:
    plan = plan_from(rows)
    loads = loads_of(plan)
    told = sum(w.need for team in loads.teams for w in loads.of_team(team))
    assert told == pytest.approx(sum(i.effort_pw or 0.0 for i in plan.increments.values() if i.counts), abs=1e-3)
    assert PROJECT.id in plan.projects
