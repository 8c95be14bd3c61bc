"""Money by a date agrees to the cent with a count day by day, and first value with the calendar on the wall."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.dates import DateSpan, add_months
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.forecast import (
    curve,
    earned,
    first_value,
    full_revenue_per_month,
    original_first_value,
    original_revenue,
    revenue_by_horizon,
    stop_here,
)
from tests.domain.samples import PROJECT, ROADMAP, START, day, increment, item, plan_of, weeks

RATES = st.integers(-(10**8), 10**8)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def day_by_day(per_month: int, live: date, until: date) -> Fraction:
    """What *per_month* brings, one day after the other, never rounded."""
    total, one = Fraction(0), live
    while one < until:
        total += Fraction(per_month, monthrange(one.year, one.month)[1])
        one += timedelta(1)
    return total


def discounted_day_by_day(per_month: int, live: date, until: date, roadmap: Roadmap) -> float:
    """The same in present value: the days of each calendar month together, from the middle of what it has of them."""
    months: defaultdict[tuple[int, int], list[date]] = defaultdict(list)
    one = live
    while one < until:
        months[one.year, one.month].append(one)
        one += timedelta(1)
    total = 0.0
    for (year, month), days in months.items():
        middle = ((days[0] - roadmap.start).days + len(days) / 2) / 365.25
        share = Fraction(per_month * len(days), monthrange(year, month)[1])
        total += float(share) / (1 + roadmap.discount_percent / 100) ** middle
    return total


@given(RATES, DAYS, st.integers(0, 900))
def test_revenue_agrees_to_the_cent_with_a_count_day_by_day(per_month: int, live: date, days: int) -> None:
    until = live + timedelta(days)
    assert earned(per_month, live, until, ROADMAP) == round(day_by_day(per_month, live, until))


@given(RATES, DAYS, st.integers(0, 900), st.integers(1, 1000))
def test_discounted_revenue_agrees_with_a_count_day_by_day(per_month: int, live: date, days: int, rate: int) -> None:
    roadmap = replace(ROADMAP, discount_percent=rate / 10, discounted=True)
    until = live + timedelta(days)
    expected = discounted_day_by_day(per_month, live, until, roadmap)
    assert earned(per_month, live, until, roadmap) == pytest.approx(expected, abs=0.51, rel=1e-12)


def test_a_discount_that_is_switched_off_changes_nothing() -> None:
    roadmap = replace(ROADMAP, discount_percent=10.0)
    assert earned(31_000_00, day(0), day(104), roadmap) == earned(31_000_00, day(0), day(104), ROADMAP)
    assert earned(31_000_00, day(0), day(104), replace(roadmap, discounted=True)) < earned(
        31_000_00, day(0), day(104), ROADMAP
    )


def test_whole_months_earn_exactly_the_months_and_a_day_its_share() -> None:
    assert earned(3_000_000, date(2027, 2, 1), date(2028, 2, 1), ROADMAP) == 36_000_000
    assert earned(3_100, date(2027, 1, 4), date(2027, 1, 5), ROADMAP) == 100
    assert earned(2_900, date(2028, 2, 29), date(2028, 3, 1), ROADMAP) == 100


@pytest.mark.parametrize(("per_month", "cents"), [(15, 0), (45, 2), (75, 2), (-15, 0), (-45, -2), (-75, -2), (16, 1)])
def test_half_a_cent_is_rounded_to_even(per_month: int, cents: int) -> None:
    assert earned(per_month, date(2027, 4, 10), date(2027, 4, 11), ROADMAP) == cents


def test_what_is_not_known_or_not_live_earns_nothing() -> None:
    assert earned(None, day(0), day(9), ROADMAP) == 0
    assert earned(100, day(9), day(9), ROADMAP) == 0
    assert earned(100, day(9), day(8), ROADMAP) == 0


def test_an_increment_earns_from_the_day_after_its_finish() -> None:
    plan = plan_of(increment("a", 0, 4, revenue_per_month=3_000_000))
    finish = plan.increments_by_project[PROJECT.id][0].span.finish
    expected = day_by_day(3_000_000, finish + timedelta(1), ROADMAP.horizon)
    assert revenue_by_horizon(plan, PROJECT.id) == round(expected)


def test_what_is_cancelled_or_beyond_the_horizon_earns_nothing() -> None:
    assert revenue_by_horizon(plan_of(increment("a", 0, 4, revenue_per_month=9, status=Status.CANCELLED)), "p") == 0  # type: ignore[arg-type]
    assert revenue_by_horizon(plan_of(increment("a", 100, 110, revenue_per_month=9)), PROJECT.id) == 0


def test_the_original_brings_everything_at_its_end() -> None:
    plan = plan_of(
        increment("a", 0, 4, revenue_per_month=500),
        increment("bare", 4, 8, revenue_per_month=70),
        item("s", revenue_per_month=200, increment="a"),
        item("t", revenue_per_month=300, increment="a"),
        item("u"),
    )
    assert full_revenue_per_month(plan, PROJECT.id) == 570
    until = PROJECT.original.end + timedelta(400)
    assert original_revenue(plan, PROJECT, until) == round(day_by_day(570, PROJECT.original.end, until))
    assert original_revenue(plan, PROJECT, PROJECT.original.end) == 0


@pytest.mark.parametrize(
    ("finish", "country", "expected"),
    [
        (date(2026, 12, 31), "", date(2027, 1, 1)),
        (date(2026, 12, 31), "DE", date(2027, 1, 4)),
        (date(2027, 12, 24), "", date(2027, 12, 27)),
        (date(2027, 12, 24), "GB", date(2027, 12, 29)),
        (date(2028, 4, 13), "DE", date(2028, 4, 18)),
        (date(2027, 1, 15), "DE", date(2027, 1, 18)),
    ],
)
def test_first_value_is_the_first_working_day_after_the_first_usable_increment(
    finish: date, country: str, expected: date
) -> None:
    span = DateSpan(date(2026, 3, 2), finish + timedelta(1))
    plan = plan_of(
        increment("ground", 0, 1, usable=False),
        increment("a", 0, 1, span=span),
        increment("b", 90, 95),
        replace(PROJECT, original=span),
        country=country,
    )
    assert first_value(plan, PROJECT.id) == expected
    assert original_first_value(plan, plan.projects[PROJECT.id]) == expected


def test_there_is_no_first_value_without_anything_usable() -> None:
    assert first_value(plan_of(increment("a", 0, 4, usable=False)), PROJECT.id) is None
    assert first_value(plan_of(increment("a", 0, 4, status=Status.CANCELLED)), PROJECT.id) is None


def test_a_country_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused, match="XX"):
        first_value(plan_of(increment("a", 0, 4), country="XX"), PROJECT.id)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["DE", "US", "GB", "IN", "CN", "BR", "JP", "IL", "AE"]),
    st.dates(date(1900, 1, 1), date(2200, 12, 1)),
)
def test_every_year_of_a_plan_has_working_days(country: str, at: date) -> None:
    plan = plan_of(increment("a", 0, 1, span=DateSpan(at, at + timedelta(1))), country=country)
    value = first_value(plan, PROJECT.id)
    assert value is not None and 0 <= (value - at).days <= 31


def test_stopping_after_an_increment_leaves_what_it_and_those_before_it_earn() -> None:
    plan = plan_of(
        increment("a", 0, 4, effort_pw=8.0, revenue_per_month=1_000),
        increment("b", 2, 10, effort_pw=4.0, revenue_per_month=2_000),
        increment("c", 10, 12, effort_pw=None, revenue_per_month=None),
        increment("gone", 0, 1, effort_pw=99.0, revenue_per_month=99, status=Status.CANCELLED),
    )
    one, two, three = stop_here(plan, PROJECT.id)
    horizon = ROADMAP.horizon
    a, b = round(day_by_day(1_000, day(4), horizon)), round(day_by_day(2_000, day(10), horizon))
    assert [r.increment.id for r in (one, two, three)] == ["a", "b", "c"]
    assert (one.revenue, one.effort_pw) == (a, 8.0 + 4.0 * 2 / 8)
    assert (two.revenue, two.effort_pw) == (a + b, 12.0)
    assert (three.revenue, three.effort_pw) == (a + b, 12.0)


@st.composite
def earning_plans(draw: st.DrawFn) -> Plan:
    """Any plan of increments that earn, some of them before its start, beyond its horizon, or not at all."""
    made: list[Increment] = []
    for n in range(draw(st.integers(0, 8))):
        start = START + timedelta(draw(st.integers(-400, 1000)))
        made.append(
            increment(
                f"i{n}",
                0,
                1,
                span=DateSpan(start, start + timedelta(draw(st.integers(1, 90)))),
                revenue_per_month=draw(st.none() | st.integers(-(10**7), 10**9)),
                status=draw(st.sampled_from(Status)),
            )
        )
    return plan_of(
        *made,
        start=draw(st.dates(date(2026, 12, 1), date(2027, 3, 31))),
        months=draw(st.integers(1, 40)),
        discount_percent=draw(st.sampled_from([0.0, 3.5, 25.0])),
        discounted=draw(st.booleans()),
    )


@settings(max_examples=150, deadline=None)
@given(earning_plans())
def test_the_curve_is_within_a_cent_of_what_each_stream_has_earned_by_each_month(plan: Plan) -> None:
    live = [i for i in plan.increments.values() if i.counts]
    whole = full_revenue_per_month(plan, PROJECT.id)
    for n, (at, total, original) in enumerate(curve(plan)):
        assert at == add_months(plan.roadmap.start, n)
        exact = sum(earned(i.revenue_per_month, i.span.end, at, plan.roadmap) for i in live)
        assert abs(total - exact) <= 1.0 * len(live) + 1e-3
        assert abs(original - earned(whole, PROJECT.original.end, at, plan.roadmap)) <= 1.0
    assert len(curve(plan)) == plan.roadmap.months + 1


def test_the_figures_of_a_project_are_those_of_its_parts() -> None:
    plan = plan_of(increment("a", 0, 8, revenue_per_month=1_000), increment("b", 8, 9))
    figures = figures_of(plan, PROJECT.id)
    assert (figures.increments, figures.checkpoints) == (2, 0)
    assert figures.revenue == revenue_by_horizon(plan, PROJECT.id)
    assert figures.first_value == first_value(plan, PROJECT.id) == weeks(0, 8).end
    assert (figures.longest_silence_days, figures.silence_limit_days) == (63, 42)
    assert figures.original_first_value == PROJECT.original.end
