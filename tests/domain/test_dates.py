"""Calendar days are counted exactly, from 1900 to 2200."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, DateSpan, add_months, later, monday, months_between
from roadmapper.domain.refusal import Refused

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def test_a_span_holds_its_start_and_its_finish_and_not_its_end() -> None:
    span = DateSpan(date(2027, 1, 4), date(2027, 1, 18))
    assert (span.finish, span.days, span.weeks) == (date(2027, 1, 17), 14, 2)


def test_a_begun_week_counts_whole() -> None:
    assert [DateSpan(date(2027, 1, 4), date(2027, 1, d)).weeks for d in (5, 11, 12)] == [1, 1, 2]


@pytest.mark.parametrize("end", [date(2027, 1, 4), date(2027, 1, 3), date(1900, 1, 2)])
def test_a_span_that_does_not_end_after_its_start_is_refused(end: date) -> None:
    with pytest.raises(Refused, match="before the start"):
        DateSpan(date(2027, 1, 4), end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(1899, 12, 31), date(1900, 5, 1)),
        (date(2027, 1, 4), date(1, 1, 1)),
        (date(2200, 1, 1), date(2201, 1, 1)),
        (date(1, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_span_outside_the_years_of_a_plan_is_refused(start: date, end: date) -> None:
    with pytest.raises(Refused, match="1900 to 2200"):
        DateSpan(start, end)


@given(DAYS, st.integers(1, 3000), st.integers(-400_000, 400_000))
def test_a_shifted_span_keeps_its_length_or_is_refused(start: date, days: int, by: int) -> None:
    span = DateSpan(start, min(start + timedelta(days), LAST_DAY))
    try:
        moved = span.shifted(by)
    except Refused:
        assert not span.start + timedelta(by) >= FIRST_DAY or not span.end + timedelta(by) <= LAST_DAY
    else:
        assert moved.days == span.days
        assert (moved.start - span.start).days == by


@pytest.mark.parametrize("by", [10**9, -(10**9), 10**6])
def test_a_day_beyond_any_calendar_is_refused_in_a_sentence(by: int) -> None:
    with pytest.raises(Refused, match="1900 to 2200"):
        later(date(2027, 1, 4), by)


@given(DAYS, DAYS, DAYS, DAYS)
def test_spans_overlap_when_they_share_a_day(a: date, b: date, c: date, d: date) -> None:
    one = DateSpan(min(a, b), max(a, b) + timedelta(1))
    two = DateSpan(min(c, d), max(c, d) + timedelta(1))
    assert one.overlaps(two) == (max(one.start, two.start) < min(one.end, two.end)) == two.overlaps(one)


@given(DAYS, st.integers(-1200, 1200))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, monthrange(moved.year, moved.month)[1])


def test_months_are_added_to_month_ends_and_leap_days() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2028, 2, 29), 48) == date(2032, 2, 29)
    assert add_months(date(2096, 2, 29), 48) == date(2100, 2, 28)
    assert add_months(date(2027, 12, 15), 1) == date(2028, 1, 15)
    assert add_months(date(2027, 1, 15), -1) == date(2026, 12, 15)


@given(DAYS, st.integers(0, 1500))
def test_the_months_between_two_days_are_the_sum_over_the_days_between_them(start: date, days: int) -> None:
    oracle = Fraction(0)
    for n in range(days):
        one = start + timedelta(n)
        oracle += Fraction(1, monthrange(one.year, one.month)[1])
    assert Fraction(*months_between(start, start + timedelta(days))) == oracle


@given(DAYS, DAYS, DAYS)
def test_the_months_of_two_stretches_add_up(a: date, b: date, c: date) -> None:
    one, two, three = sorted((a, b, c))
    parts = Fraction(*months_between(one, two)) + Fraction(*months_between(two, three))
    assert parts == Fraction(*months_between(one, three))


def test_there_are_no_months_backwards() -> None:
    assert months_between(date(2027, 2, 1), date(2027, 1, 1)) == (0, 1)


@given(DAYS)
def test_a_week_begins_on_its_monday(day: date) -> None:
    assert monday(day).weekday() == 0
    assert 0 <= (day - monday(day)).days < 7
