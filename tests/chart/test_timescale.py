"""Days become pixels and come back as the same days, at every zoom, and the header has no holes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roadmapper.chart.timescale import CLOSEST, FARTHEST, TimeScale, Zoom
from roadmapper.domain.dates import FIRST_DAY, LAST_DAY

DAYS = st.dates(FIRST_DAY, LAST_DAY)
WIDTHS = st.floats(FARTHEST, CLOSEST)


@given(DAYS, DAYS, WIDTHS, st.floats(0.001, 0.999))
def test_a_day_is_found_wherever_it_is_pointed_at(origin: date, day: date, width: float, inside: float) -> None:
    scale = TimeScale(origin, width)
    assert scale.day(scale.x(day) + inside * width) == day
    assert abs((scale.day(scale.x(day)) - day).days) <= 1  # on the very edge a rounding may fall either way
    if day < LAST_DAY:
        assert scale.x(day + timedelta(1)) > scale.x(day)


@given(DAYS, WIDTHS, st.floats(-1e12, 1e12))
def test_every_pixel_is_a_day_of_the_plans_years(origin: date, width: float, x: float) -> None:
    assert FIRST_DAY <= TimeScale(origin, width).day(x) <= LAST_DAY


@given(WIDTHS, st.floats(0.01, 100))
def test_zooming_stays_within_what_can_be_read(width: float, factor: float) -> None:
    zoomed = TimeScale(date(2027, 1, 4), width).zoomed(factor)
    assert FARTHEST <= zoomed.day_width <= CLOSEST
    if FARTHEST < width * factor < CLOSEST:
        assert zoomed.day_width == pytest.approx(width * factor)
    assert zoomed.origin == date(2027, 1, 4)


@given(DAYS, DAYS, WIDTHS, st.integers(1, 12), st.booleans())
@example(date(2200, 12, 1), date(2200, 12, 31), CLOSEST, 1, False)
@example(date(2200, 12, 1), date(2200, 12, 31), 2.0, 1, False)
@example(date(2199, 12, 1), date(2200, 12, 31), 0.1, 4, False)
@example(date(2200, 12, 1), date(2200, 12, 31), 0.1, 12, False)
@example(date(1900, 1, 1), date(1900, 1, 2), CLOSEST, 1, False)
@example(date(1900, 1, 1), date(1900, 1, 2), 0.05, 4, False)
@example(date(1900, 1, 1), date(1900, 1, 2), 1.0, 12, False)
@example(date(1900, 1, 1), date(1900, 2, 2), 4.0, 12, True)
def test_the_header_covers_all_that_is_seen_without_holes(
    one: date, two: date, width: float, fiscal_month: int, week_numbers: bool
) -> None:
    first, last = min(one, two), max(one, two)
    last = min(last, first + timedelta(4_000), LAST_DAY)
    if first == last:
        return
    scale = TimeScale(date(2027, 1, 4), width, fiscal_month, week_numbers)
    assert list(scale.upper(first, last))
    assert list(scale.upper(first, last + timedelta(1)))  # as a painter asks, which wants the last day too
    list(scale.lower(first, last + timedelta(1)))
    for ticks in (list(scale.upper(first, last)), list(scale.lower(first, last))):
        if not ticks:
            assert width < 1  # months are too narrow, and quarters stand above
            continue
        assert ticks[0].span.start <= first and ticks[-1].span.end >= last
        assert all(a.span.end == b.span.start for a, b in pairwise(ticks))
        assert all(t.label for t in ticks)
        assert ticks[-1].span.start < last


def test_the_header_says_quarters_and_weeks_close_by_and_years_from_afar() -> None:
    first, last = date(2027, 1, 4), date(2027, 12, 31)

    def labels(width: float) -> tuple[list[str], list[str]]:
        scale = TimeScale(first, width)
        return [t.label for t in scale.upper(first, last)], [t.label for t in scale.lower(first, last)]

    assert labels(20) == ([f"Q{n} 2027" for n in (1, 2, 3, 4)], [f"W{n}" for n in range(1, 53)])
    assert labels(3)[1][:3] == ["Jan", "Feb", "Mar"]
    assert labels(0.3) == (["2027"], ["Q1", "Q2", "Q3", "Q4"])
    assert [t.label for t in TimeScale(first, 20).lower(date(2026, 12, 28), date(2027, 1, 12))] == ["W53", "W1", "W2"]


def test_a_fiscal_year_says_between_which_years_it_lies() -> None:
    def labels(width: float, month: int) -> list[str]:
        return [t.label for t in TimeScale(first, width, month).upper(first, date(2027, 12, 31))]

    first = date(2027, 1, 4)
    assert labels(1.1, 4) == ["Q4 FY26/27", "Q1 FY27/28", "Q2 FY27/28", "Q3 FY27/28"]
    assert labels(0.8, 4) == ["Q4 26/27", "Q1 27/28", "Q2 27/28", "Q3 27/28"]
    assert labels(0.3, 4) == ["FY26/27", "FY27/28"]
    assert labels(0.15, 4) == ["26/27", "27/28"]
    assert labels(1.1, 2)[:2] == ["Q4 FY26/27", "Q1 FY27/28"]
    assert labels(0.06, 1) == ["2025"]
    assert [t.span.start for t in TimeScale(first, 1.1, 2).upper(first, date(2027, 3, 1))] == [
        date(2026, 11, 1),
        date(2027, 2, 1),
    ]


@given(DAYS, st.integers(1, 12))
@example(date(2028, 2, 29), 3)
@example(date(2028, 2, 29), 2)
def test_every_day_lies_in_the_quarter_that_is_said(day: date, month: int) -> None:
    words = TimeScale(day, 1.0, month).quarter_text(day)
    begun = (day.year * 12 + day.month - month) // 12  # the calendar year in which its fiscal year began
    assert words[1] == str((day.month - month) % 12 // 3 + 1)
    year = str(day.year) if month == 1 else f"FY{begun % 100:02d}/{(begun + 1) % 100:02d}"
    assert words.endswith(f" {year}")
    assert TimeScale(day, 1.0, month).begins_year(date(day.year, month, 1))


@given(st.dates(FIRST_DAY, LAST_DAY - timedelta(60)), st.sampled_from([3.3, 5.3, 12.0]))
@example(date(2020, 12, 28), 3.3)
@example(date(2026, 12, 28), 5.3)
def test_weeks_bear_their_iso_number_wherever_they_are_asked_for(first: date, width: float) -> None:
    for tick in TimeScale(first, width, week_numbers=True).lower(first, first + timedelta(60)):
        assert tick.label.removeprefix("W") == str(tick.span.start.isocalendar().week)
        assert tick.span.start.weekday() == 0


def test_week_numbers_give_way_to_months_where_they_could_not_be_read() -> None:
    first, last = date(2026, 12, 28), date(2027, 2, 1)

    def rows(width: float, month: int = 1) -> tuple[list[str], list[str]]:
        scale = TimeScale(first, width, month, week_numbers=True)
        return [t.label for t in scale.upper(first, last)], [t.label for t in scale.lower(first, last)]

    assert rows(4.0) == (["Dec 2026", "Jan 2027"], ["53", "1", "2", "3", "4"])
    assert rows(4.0, 4)[0] == ["Dec 2026 · Q3", "Jan 2027 · Q4"]
    assert rows(3.0)[1] == ["Dec", "Jan"]


@given(st.dates(FIRST_DAY, LAST_DAY - timedelta(60)))
@example(date(2028, 2, 26))
@example(date(2100, 2, 26))
def test_close_by_every_day_has_its_number_and_stands_under_its_week(first: date) -> None:
    scale = TimeScale(first, 30.0)
    last = first + timedelta(40)
    days = list(scale.lower(first, last))
    assert [(t.span.start, t.label) for t in days] == [
        (first + timedelta(n), str((first + timedelta(n)).day)) for n in range(40)
    ]
    for week in scale.upper(first, last):
        number, _, month = week.label.partition(" · ")
        assert number == f"W{week.span.start.isocalendar().week}"
        assert month.endswith(str((week.span.start + timedelta(3)).year))


def test_each_zoom_has_its_unit() -> None:
    assert [TimeScale(FIRST_DAY, w).zoom for w in (40, 8, 7.9, 1.6, 1.5, 0.05)] == [
        Zoom.WEEK,
        Zoom.WEEK,
        Zoom.MONTH,
        Zoom.MONTH,
        Zoom.QUARTER,
        Zoom.QUARTER,
    ]
