"""Who is away when: once, by a rule, whole teams and some of them, and rules that nobody can follow."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.planning.days_off import away, starts_of
from tests.domain.samples import START, TEAM

LAST = date(2030, 12, 31)


def off(first: date, days: int = 1, people: int | None = None, repeats: str = "", key: str = "o") -> DaysOff:
    """Return days off of TEAM."""
    return DaysOff(EntityId(key), TEAM.id, "Away", DateSpan(first, first + timedelta(days)), people, repeats)


def test_days_off_without_a_rule_are_the_days_of_their_span() -> None:
    found = away([off(date(2027, 3, 1), 3, 2)], START, LAST, 6)
    assert found == {date(2027, 3, d): 2 for d in (1, 2, 3)}


def test_only_the_days_asked_for_are_told() -> None:
    days_off = [off(date(2027, 3, 1), 31, 2)]
    assert list(away(days_off, date(2027, 3, 30), date(2027, 4, 2), 6)) == [date(2027, 3, 30), date(2027, 3, 31)]
    assert list(away(days_off, date(2027, 2, 1), date(2027, 3, 2), 6)) == [date(2027, 3, 1), date(2027, 3, 2)]
    assert not away(days_off, date(2027, 4, 1), date(2027, 4, 30), 6)


def test_people_away_add_up_but_never_beyond_the_whole_team() -> None:
    day = date(2027, 3, 1)
    assert away([off(day, people=2), off(day, people=3, key="p")], START, LAST, 6) == {day: 5}
    assert away([off(day, people=2), off(day, people=5, key="p")], START, LAST, 6) == {day: 6}
    assert away([off(day), off(day, people=1, key="p")], START, LAST, 6) == {day: 6}


def test_every_first_friday_is_written_out() -> None:
    found = away([off(date(2027, 1, 4), repeats="FREQ=MONTHLY;BYDAY=1FR")], START, date(2027, 4, 30), 6)
    assert found == dict.fromkeys([date(2027, 2, 5), date(2027, 3, 5), date(2027, 4, 2)], 6)


def test_a_day_in_a_leap_year_comes_again_every_fourth_year() -> None:
    yearly = off(date(2024, 2, 29), repeats="FREQ=YEARLY")
    assert starts_of(yearly, date(2104, 12, 31))[-2:] == (date(2096, 2, 29), date(2104, 2, 29))


def test_a_rule_ends_when_it_says_so() -> None:
    day = date(2027, 1, 4)
    assert len(starts_of(off(day, repeats="FREQ=WEEKLY;COUNT=3"), LAST)) == 3
    for until in ("20270118", "20270118T000000Z", "20270118T235959"):
        assert starts_of(off(day, repeats=f"FREQ=WEEKLY;UNTIL={until}"), LAST)[-1] == date(2027, 1, 18)


def test_one_that_comes_again_before_it_is_over_does_not_count_twice() -> None:
    found = away([off(START, 10, 2, "FREQ=WEEKLY;COUNT=2")], START, LAST, 6)
    assert found == {START + timedelta(n): 2 for n in range(17)}


@settings(max_examples=60)
@given(
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.sampled_from([1, 2, 3, 5]),
    st.integers(1, 9),
    st.integers(1, 30),
)
def test_weeks_are_counted_from_the_first_time_as_a_walk_day_by_day_counts_them(
    first: date, every: int, days: int, window: int
) -> None:
    last = START + timedelta(window)
    expected = {
        START + timedelta(n): 1
        for n in range(window + 1)
        if any((START - first).days + n - 7 * every * k in range(days) for k in range(7000 // every))
    }
    assert away([off(first, days, 1, f"FREQ=WEEKLY;INTERVAL={every}")], START, last, 6) == expected


HOSTILE = [
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=WEEKLY;INTERVAL=000",
    "FREQ=YEARLY;INTERVAL=-1",
    "FREQ=MONTHLY;BYDAY=9FR",
    "FREQ=YEARLY;BYSETPOS=0",
    "FREQ=WEEKLY;UNTIL=5",
    "FREQ=WEEKLY;UNTIL=20271399",
    "FREQ=WEEKLY;WKST=XX",
    "FREQ=WEEKLY;BYDAY=MO,,TU",
    "FREQ=WEEKLY;COUNT=MANY",
]
EMPTY = [
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYSETPOS=366",
    "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    "FREQ=YEARLY;BYWEEKNO=99",
    "FREQ=DAILY;BYMONTHDAY=99",
]


@pytest.mark.parametrize("rule", HOSTILE)
def test_a_rule_that_nobody_can_follow_is_refused(rule: str) -> None:
    with pytest.raises(Refused, match="change the rule"):
        away([off(START, repeats=rule)], START, LAST, 6)


@pytest.mark.parametrize("rule", EMPTY)
def test_a_rule_that_never_comes_true_takes_nobody_away_and_no_time(rule: str) -> None:
    begun = perf_counter()
    assert not away([off(START, repeats=rule)], START, LAST, 6)
    assert perf_counter() - begun < 2


def test_a_rule_that_never_ends_is_written_out_only_as_far_as_asked() -> None:
    begun = perf_counter()
    found = away([off(date(1900, 1, 1), 36_500, 1, "FREQ=DAILY;COUNT=1000000000")], START, LAST, 6)
    assert set(found.values()) == {1} and len(found) == (LAST - START).days + 1
    assert perf_counter() - begun < 2


PARTS = (
    "INTERVAL=3 INTERVAL=0 COUNT=0 COUNT=5 UNTIL=20280101 BYMONTH=2 BYMONTH=0 BYMONTHDAY=-31 BYYEARDAY=366 "
    "BYWEEKNO=53 BYDAY=-1FR BYDAY=5MO BYSETPOS=-1 BYSETPOS=400 WKST=SU"
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(PARTS.split()),
        unique_by=lambda part: part.split("=")[0],
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
)
def test_any_rule_is_followed_or_refused(parts: list[str], often: str) -> None:
    rule = ";".join([f"FREQ={often}", *parts])
    try:
        found = away([off(START, repeats=rule)], START, LAST, 6)
    except Refused:
        return
    assert all(START <= day <= LAST and count == 6 for day, count in found.items())
