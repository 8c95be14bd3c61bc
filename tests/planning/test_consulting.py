"""Consults stand so close together that no silence is longer than agreed, on working days, and as few as can be."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmapper.planning.consulting import consults_between
from roadmapper.planning.working_calendar import WorkingCalendar
from tests.domain.samples import START, day

COUNTRIES = st.sampled_from(["", "DE", "US", "CN"])


def fewest_working(start: date, end: date, limit: int, calendar: WorkingCalendar) -> int | None:
    """How few working days do, always going as far as can be; None where working days alone do not."""
    count, at = 0, start
    while (end - at).days > limit:
        reach = [at + timedelta(n) for n in range(limit, 0, -1)]
        following = next((d for d in reach if calendar.works(d)), None)
        if following is None:
            return None
        at, count = following, count + 1
    return count


@settings(max_examples=400, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2031, 1, 1)), st.integers(1, 900), st.integers(1, 110), COUNTRIES)
@example(date(2027, 1, 2), 700, 7, "")
@example(date(2027, 1, 2), 30, 1, "")
def test_no_stretch_is_longer_than_agreed(start: date, length: int, limit: int, country: str) -> None:
    end = start + timedelta(length)
    days = consults_between(start, end, limit, WorkingCalendar(country))
    assert all(start < d < end for d in days)
    assert all(0 < (b - a).days <= limit for a, b in pairwise([start, *days, end]))


@settings(max_examples=400, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2031, 1, 1)), st.integers(1, 900), st.integers(1, 110), COUNTRIES)
@example(date(2027, 1, 2), 700, 7, "")
@example(date(2027, 1, 2), 14, 7, "")
def test_consults_are_the_fewest_working_days_that_do(start: date, length: int, limit: int, country: str) -> None:
    end, calendar = start + timedelta(length), WorkingCalendar(country)
    fewest = fewest_working(start, end, limit, calendar)
    days = consults_between(start, end, limit, calendar)
    if fewest is not None:
        assert all(calendar.works(d) for d in days)
        assert len(days) == fewest
    else:
        assert len(days) >= -(-length // limit) - 1


def test_consults_stand_evenly() -> None:
    assert consults_between(day(0), day(18), 42, WorkingCalendar()) == [day(6), day(12)]
    assert consults_between(day(0), day(6), 42, WorkingCalendar()) == []
    (only,) = consults_between(day(0), day(7), 42, WorkingCalendar())
    assert abs((only - (START + timedelta(24))).days) <= 1
