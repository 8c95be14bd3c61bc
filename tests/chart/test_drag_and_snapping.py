"""A drag is a value: what it would do if dropped now is never nonsense, and it snaps to what the zoom shows."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.chart.drag import THRESHOLD, Deed, Drag
from roadmapper.chart.snapping import nudged, snapped
from roadmapper.chart.timescale import CLOSEST, FARTHEST, TimeScale
from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, DateSpan, add_months, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from tests.domain.samples import START, day, weeks

WEEK, MONTH, QUARTER = (TimeScale(START, w) for w in (20.0, 4.0, 0.5))
DAYS = st.dates(date(1901, 1, 1), date(2199, 1, 1))
SPAN = weeks(10, 14)
OTHER = EntityId("other")
SIZING = (Deed.MOVE, Deed.RESIZE_START, Deed.RESIZE_END)


@given(DAYS)
def test_a_day_comes_to_rest_on_the_unit_of_the_zoom(at: date) -> None:
    assert snapped(at, WEEK) == at
    monday = snapped(at, MONTH)
    assert monday.weekday() == 0 and abs((monday - at).days) <= 3
    first = snapped(at, QUARTER)
    assert first.day == 1 and abs((first - at).days) <= 16
    before = at.replace(day=1)
    assert first in (before, add_months(before, 1))


@given(DAYS, st.lists(st.integers(-40, 40), min_size=1, max_size=4))
def test_a_neighbours_edge_within_a_few_pixels_goes_before_the_unit(at: date, offsets: list[int]) -> None:
    near = [at + timedelta(n) for n in offsets]
    best = min(abs(n) for n in offsets)
    rest = snapped(at, MONTH, near)
    if best * MONTH.day_width <= 6:
        assert abs((rest - at).days) == best and rest in near
    else:
        assert rest == snapped(at, MONTH)


def test_a_nudge_is_one_unit_of_the_zoom() -> None:
    assert [nudged(date(2027, 1, 31), s, 1) for s in (WEEK, MONTH, QUARTER)] == [
        date(2027, 2, 1),
        date(2027, 2, 7),
        date(2027, 2, 28),
    ]
    assert [nudged(date(2027, 3, 31), s, -1) for s in (WEEK, MONTH, QUARTER)] == [
        date(2027, 3, 30),
        date(2027, 3, 24),
        date(2027, 2, 28),
    ]
    with pytest.raises(Refused):
        nudged(LAST_DAY, WEEK, 1)


def test_below_five_pixels_it_is_a_click() -> None:
    press = Drag(Deed.MOVE, 100, 50, span=SPAN)
    for dx, dy in ((0, 0), (4.9, 0), (-4.9, 4.9)):
        moved = press.moved(100 + dx, 50 + dy, WEEK)
        assert not moved.begun and not moved.changes and moved.result() == SPAN
    for dx, dy in ((THRESHOLD, 0), (0, -THRESHOLD)):
        assert press.moved(100 + dx, 50 + dy, WEEK).begun


def test_a_drag_that_has_begun_and_comes_back_changes_nothing_and_is_still_a_drag() -> None:
    back = Drag(Deed.MOVE, 100, 50, span=SPAN).moved(500, 50, WEEK).moved(100, 50, WEEK)
    assert back.begun and not back.changes and back.result() == SPAN


def test_a_drag_is_a_value_so_giving_it_up_leaves_the_press_as_it_was() -> None:
    press = Drag(Deed.MOVE, 100, 50, span=SPAN)
    assert press.moved(500, 50, WEEK) != press
    assert press == Drag(Deed.MOVE, 100, 50, span=SPAN) and press.result() == SPAN


def test_a_move_keeps_the_length_and_a_resize_the_other_edge() -> None:
    results = [Drag(deed, 0, 0, span=SPAN).moved(60, 0, WEEK).result() for deed in SIZING]
    assert results == [
        SPAN.shifted(3),
        DateSpan(SPAN.start + timedelta(3), SPAN.end),
        DateSpan(SPAN.start, SPAN.end + timedelta(3)),
    ]


def test_an_edge_dragged_past_the_other_leaves_a_day() -> None:
    start = Drag(Deed.RESIZE_START, 0, 0, span=SPAN).moved(2_000, 0, WEEK).result()
    end = Drag(Deed.RESIZE_END, 0, 0, span=SPAN).moved(-2_000, 0, WEEK).result()
    assert start == DateSpan(SPAN.end - timedelta(1), SPAN.end)
    assert end == DateSpan(SPAN.start, SPAN.start + timedelta(1))


def test_starts_snap_to_mondays_and_finishes_to_fridays_when_months_are_looked_at() -> None:
    span = DateSpan(day(10), day(13, 5))
    for x in range(-60, 60, 7):
        start = Drag(Deed.MOVE, 0, 0, span=span, begun=True).moved(x, 0, MONTH).result()
        end = Drag(Deed.RESIZE_END, 0, 0, span=span, begun=True).moved(x, 0, MONTH).result()
        assert start is not None and start.start.weekday() == 0
        assert end is not None and end.finish.weekday() == 4


@given(
    st.sampled_from(SIZING),
    st.integers(-400, 400),
    st.sampled_from((WEEK, MONTH, QUARTER, TimeScale(START, 1.0))),
    st.lists(st.integers(-60, 60), max_size=3),
    st.integers(0, 40),
    st.integers(60, 90),
)
def test_no_snap_goes_against_the_hand(
    deed: Deed, x: int, scale: TimeScale, near: list[int], start: int, days: int
) -> None:
    first = later(day(10), start)
    span = DateSpan(first, later(first, days))
    neighbours = [later(edge, n) for n in near for edge in (span.start, span.end)]
    drag = Drag(deed, 0, 0, span=span, begun=True).moved(x, 0, scale, neighbours=neighbours)
    assert drag.days * x >= 0
    if round(x / scale.day_width) == 0:
        assert not drag.days


def test_a_left_edge_dragged_a_little_to_the_right_does_not_go_back_to_the_first_of_the_month() -> None:
    span, scale = DateSpan(date(2027, 7, 5), date(2027, 12, 4)), TimeScale(START, 1.0)
    rests = [Drag(Deed.RESIZE_START, 0, 0, span=span, begun=True).moved(x, 0, scale).result() for x in (6, 11, 20, 40)]
    assert [rest.start.month if rest else 0 for rest in rests] == [7, 7, 8, 8]
    assert [rest.start.day if rest else 0 for rest in rests] == [5, 5, 1, 1]


@given(st.integers(-120, 120), st.sampled_from((WEEK, MONTH, QUARTER)), st.lists(st.integers(-60, 60), max_size=3))
def test_a_stretched_end_never_comes_to_rest_on_a_weekend(x: int, scale: TimeScale, near: list[int]) -> None:
    span = DateSpan(day(10), day(13, 5))
    for free in (False, True):
        drag = Drag(Deed.RESIZE_END, 0, 0, span=span, begun=True)
        rest = drag.moved(x, 0, scale, free=free, neighbours=[later(span.end, n) for n in near]).result()
        assert rest is not None
        assert free or rest.finish.weekday() < 5 or rest.days == 1


@given(
    st.sampled_from(Deed),
    st.floats(-3000, 3000),
    st.floats(FARTHEST, CLOSEST),
    st.booleans(),
    st.lists(DAYS, max_size=3),
    st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    st.integers(1, 200),
)
def test_whatever_is_dragged_anywhere_is_at_least_a_day_long_or_refused(
    deed: Deed, x: float, width: float, free: bool, near: list[date], start: date, days: int
) -> None:
    span = DateSpan(start, start + timedelta(days))
    with suppress(Refused):
        drag = Drag(deed, 0, 0, span=span).moved(x, 0, TimeScale(START, width), free=free, neighbours=near)
        result = drag.result()
        assert result is not None and result.days >= 1
        assert result.start >= FIRST_DAY and result.end <= LAST_DAY
        assert drag.changes == (drag.begun and result != span)
        if deed is Deed.LINK:
            assert result == span
        if deed is Deed.MOVE:
            assert result.days == span.days
        if deed is Deed.RESIZE_START:
            assert result.end == span.end
        if deed is Deed.RESIZE_END:
            assert result.start == span.start
        if free and deed in SIZING and drag.begun:
            assert drag.days == round(x / width)


def test_what_has_no_days_has_no_result() -> None:
    drag = Drag(Deed.LINK, 0, 0).moved(50, 0, WEEK)
    assert drag.begun and drag.result() is None


def test_on_one_axis_the_larger_movement_decides_between_days_and_lane() -> None:
    press = Drag(Deed.MOVE, 100, 50, span=SPAN)
    both = press.moved(200, 120, WEEK, lane=OTHER)
    assert (both.days, both.lane) == (5, OTHER)
    across = press.moved(200, 120, WEEK, lane=OTHER, one_axis=True)
    assert (across.days, across.lane) == (5, None)
    down = press.moved(150, 220, WEEK, lane=OTHER, one_axis=True)
    assert (down.days, down.lane, down.result(), down.changes) == (0, OTHER, SPAN, True)


def test_only_a_moved_bar_comes_into_another_lane() -> None:
    for deed in (Deed.RESIZE_START, Deed.RESIZE_END, Deed.CHECKPOINT):
        assert Drag(deed, 0, 0, span=SPAN).moved(0, 200, WEEK, lane=OTHER).lane is None
