"""Weekends, holidays and days off are found on the right days, in every year that a plan can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from roadmapper.chart.shading import free_days, weekends, what_is_free
from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.project import Team
from tests.domain.samples import START, TEAM, plan_of

DAYS = st.dates(FIRST_DAY, LAST_DAY - timedelta(400))
OTHER = Team(EntityId("other"), "Data", 2)


def off(key: str, team: EntityId, first: date, end: date, people: int | None = None, rule: str = "") -> DaysOff:
    return DaysOff(EntityId(key), team, "Works holiday", DateSpan(first, end), people, rule)


@given(DAYS, st.integers(1, 399))
@example(FIRST_DAY, 6)
@example(LAST_DAY - timedelta(399), 399)
@example(date(2028, 2, 26), 5)  # a Saturday, and 29 February in the week after
def test_exactly_saturdays_and_sundays_are_weekends(first: date, length: int) -> None:
    last = first + timedelta(length)
    found = {s.start + timedelta(n) for s in weekends(first, last) for n in range(s.days)}
    days = [first + timedelta(n) for n in range(length)]
    assert {d for d in days if d in found} == {d for d in days if d.weekday() >= 5 and d < LAST_DAY}


def test_public_holidays_have_names_and_no_other_day_has() -> None:
    free = free_days(plan_of(country="DE"), date(2027, 1, 1), date(2028, 12, 31))
    assert free.names[date(2027, 3, 29)] == "Easter Monday"
    assert date(2027, 5, 1) not in free.names  # Labour Day on a Saturday: nobody works then anyway
    assert date(2028, 5, 1) in free.names
    assert list(free.between(date(2027, 3, 26), date(2027, 3, 30))) == [date(2027, 3, 26), date(2027, 3, 29)]


def test_a_day_off_of_one_team_is_none_of_the_company() -> None:
    one = off("a", TEAM.id, date(2027, 3, 1), date(2027, 3, 6))
    two = off("b", OTHER.id, date(2027, 3, 3), date(2027, 3, 9))
    some = replace(two, people=1)
    assert free_days(plan_of(OTHER, one), START, START).names == {}
    assert free_days(plan_of(OTHER, one, some), START, START).names == {}
    both = free_days(plan_of(OTHER, one, two), START, START).names
    assert set(both) == {date(2027, 3, 3), date(2027, 3, 4), date(2027, 3, 5)}
    assert set(free_days(plan_of(one), START, START).names) == {date(2027, 3, n) for n in range(1, 6)}


def test_nonsense_leaves_days_that_are_worked() -> None:
    plan = plan_of(off("a", TEAM.id, START, START + timedelta(2), rule="FREQ=YEARLY;BYMONTH=77"), country="XX")
    assert free_days(plan, START, START).names == {}
    assert what_is_free(plan, START, free_days(plan, START, START)) == ""


def test_the_last_year_and_the_first_one_can_be_asked_for() -> None:
    assert free_days(plan_of(), LAST_DAY, LAST_DAY).within.end == LAST_DAY
    assert free_days(plan_of(country="DE"), FIRST_DAY, FIRST_DAY).within.start == FIRST_DAY


def test_a_holiday_on_a_weekend_is_called_by_its_name() -> None:
    plan = plan_of(country="DE")
    free = free_days(plan, START, START)
    assert what_is_free(plan, date(2027, 5, 1), free) == "Labor Day"
    assert what_is_free(plan, date(2027, 5, 2), free) == "weekend"
    assert what_is_free(plan, date(2027, 5, 3), free) == ""
