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


@given(DAYS, DAYS, WIDTHS)
@example(date(2200, 12, 1), date(2200, 12, 31), CLOSEST)
@example(date(2200, 12, 1), date(2200, 12, 31), 2.0)
@example(date(2199, 12, 1), date(2200, 12, 31), 0.1)
@example(date(1900, 1, 1), date(1900, 1, 2), CLOSEST)
def test_the_header_covers_all_that_is_seen_without_holes(one: date, two: date, width: float) -> None:
    first, last = min(one, two), max(one, two)
    last = min(last, first + timedelta(4_000), LAST_DAY)
    if first == last:
        return
    scale = TimeScale(date(2027, 1, 4), width)
    assert list(scale.upper(first, last))
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


def test_each_zoom_has_its_unit() -> None:
    assert [TimeScale(FIRST_DAY, w).zoom for w in (40, 8, 7.9, 1.6, 1.5, 0.05)] == [
        Zoom.WEEK,
        Zoom.WEEK,
        Zoom.MONTH,
        Zoom.MONTH,
        Zoom.QUARTER,
        Zoom.QUARTER,
    ]
