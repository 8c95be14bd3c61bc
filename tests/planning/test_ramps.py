"""Revenue that grows after going live agrees to the cent with an integral worked out in another way."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.forecast import (
    curve,
    earned,
    full_revenue_per_month,
    mean_ramp,
    original_revenue,
    revenue_by_horizon,
    stop_here,
)
from roadmapper.planning.proposing import propose
from tests.domain.samples import PROJECT, ROADMAP, START, day, increment, item, plan_of

RATES = st.integers(-(10**8), 10**8)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
RAMPS = st.sampled_from([0.1, 0.5, 1.0, 2.5, 3.0, 6.0, 11.7, 12.0, 24.0, 120.0])


def factor(start: Fraction, end: Fraction, ramp: Fraction) -> Fraction:
    """The mean of min(x / ramp, 1) on start <= x <= end: a trapezium up to the ramp's end and a box after it."""
    if start >= ramp:
        return Fraction(1)
    top = min(end, ramp)
    trapezium = (top - start) * (start / ramp + top / ramp) / 2
    return (trapezium + (end - top)) / (end - start)


def shares(live: date, until: date, ramp: float) -> dict[tuple[int, int], list[tuple[date, Fraction]]]:
    """Each day with the months' worth it brings, day by day, by calendar month."""
    found: defaultdict[tuple[int, int], list[tuple[date, Fraction]]] = defaultdict(list)
    gone, one = Fraction(0), live
    while one < until:
        part = Fraction(1, monthrange(one.year, one.month)[1])
        grown = factor(gone, gone + part, Fraction(ramp)) if ramp else Fraction(1)
        found[one.year, one.month].append((one, part * grown))
        gone += part
        one += timedelta(1)
    return found


def day_by_day(per_month: int, live: date, until: date, ramp: float) -> Fraction:
    """What *per_month* brings, one day after the other, never rounded."""
    return per_month * sum((w for month in shares(live, until, ramp).values() for _, w in month), Fraction(0))


def discounted_day_by_day(per_month: int, live: date, until: date, ramp: float, roadmap: Roadmap) -> float:
    """The same in present value, the days of each calendar month together, from the middle of what it has of them."""
    total = 0.0
    for days in shares(live, until, ramp).values():
        middle = ((days[0][0] - roadmap.start).days + len(days) / 2) / 365.25
        worth = float(per_month * sum((w for _, w in days), Fraction(0)))
        total += worth / (1 + roadmap.discount_percent / 100) ** middle
    return total


@settings(max_examples=60, deadline=None)
@given(RATES, DAYS, st.integers(0, 900), RAMPS)
def test_a_ramp_agrees_to_the_cent_with_a_count_day_by_day(per_month: int, live: date, days: int, ramp: float) -> None:
    until = live + timedelta(days)
    assert earned(per_month, live, until, ROADMAP, ramp) == round(day_by_day(per_month, live, until, ramp))


@settings(max_examples=60, deadline=None)
@given(RATES, DAYS, st.integers(0, 900), RAMPS, st.integers(1, 1000))
def test_a_discounted_ramp_agrees_with_a_count_day_by_day(
    per_month: int, live: date, days: int, ramp: float, rate: int
) -> None:
    roadmap = replace(ROADMAP, discount_percent=rate / 10, discounted=True)
    until = live + timedelta(days)
    expected = discounted_day_by_day(per_month, live, until, ramp, roadmap)
    assert earned(per_month, live, until, roadmap, ramp) == pytest.approx(expected, abs=0.51, rel=1e-12)


def test_a_ramp_costs_half_its_months_once_it_is_over() -> None:
    live, year_on = date(2027, 1, 1), date(2028, 1, 1)
    assert earned(1_000, live, year_on, ROADMAP, 6.0) == 9_000
    assert earned(1_000, live, date(2027, 4, 1), ROADMAP, 6.0) == 750
    assert earned(1_000, live, year_on, ROADMAP, 0.0) == 12_000


def test_increments_earn_by_their_ramp_and_so_does_what_is_left_when_one_stops() -> None:
    plan = plan_of(
        increment("a", 0, 4, revenue_per_month=10_000, ramp_months=3.0),
        increment("b", 4, 10, revenue_per_month=20_000),
    )
    horizon = ROADMAP.horizon
    a = round(day_by_day(10_000, day(4), horizon, 3.0))
    b = round(day_by_day(20_000, day(10), horizon, 0.0))
    assert revenue_by_horizon(plan, PROJECT.id) == a + b
    assert [row.revenue for row in stop_here(plan, PROJECT.id)] == [a, a + b]


def test_the_original_brings_each_item_by_its_own_ramp() -> None:
    plan = plan_of(
        increment("bare", 4, 8, revenue_per_month=70, ramp_months=2.0),
        item("s", revenue_per_month=2_000, ramp_months=2.0),
        item("t", revenue_per_month=3_000, ramp_months=6.0),
        item("u", revenue_per_month=500),
    )
    end = PROJECT.original.end
    until = end + timedelta(100)
    rates = ((2_070, 2.0), (3_000, 6.0), (500, 0.0))
    assert full_revenue_per_month(plan, PROJECT.id) == 5_570
    assert original_revenue(plan, PROJECT, until) == sum(round(day_by_day(m, end, until, r)) for m, r in rates)


@st.composite
def growing_plans(draw: st.DrawFn) -> Plan:
    """Any plan of increments and scope items that earn, with ramps and without."""
    made = []
    for n in range(draw(st.integers(1, 6))):
        first = draw(st.integers(-40, 100))
        money, ramp = draw(st.integers(0, 10**8)), draw(st.just(0.0) | RAMPS)
        made.append(increment(f"i{n}", first, first + 3, revenue_per_month=money, ramp_months=ramp))
    scope = [
        item(f"s{n}", revenue_per_month=draw(st.integers(0, 10**8)), ramp_months=draw(st.just(0.0) | RAMPS))
        for n in range(draw(st.integers(0, 3)))
    ]
    original = replace(PROJECT.original, end=START + timedelta(draw(st.integers(1, 700))))
    return plan_of(
        *made,
        *scope,
        replace(PROJECT, original=original),
        start=draw(st.dates(date(2026, 12, 1), date(2027, 3, 31))),
        months=draw(st.integers(1, 40)),
        discount_percent=draw(st.sampled_from([0.0, 3.5, 25.0])),
        discounted=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(growing_plans())
def test_the_curve_is_within_a_cent_of_what_each_stream_has_earned_by_each_month(plan: Plan) -> None:
    project = plan.projects[PROJECT.id]
    for at, total, original in curve(plan):
        exact = sum(
            earned(i.revenue_per_month, i.span.end, at, plan.roadmap, i.ramp_months) for i in plan.increments.values()
        )
        assert abs(total - exact) <= len(plan.increments) + 1e-3
        assert abs(original - original_revenue(plan, project, at)) <= 12


def test_one_ramp_for_several_items_loses_what_all_of_theirs_do() -> None:
    items = [
        item("s", revenue_per_month=2_000, ramp_months=2.0),
        item("t", revenue_per_month=3_000, ramp_months=6.0),
        item("u", revenue_per_month=1_000),
        item("v", revenue_per_month=None, ramp_months=90.0),
    ]
    live, until = date(2027, 1, 1), date(2028, 1, 1)
    apart = sum(earned(i.revenue_per_month, live, until, ROADMAP, i.ramp_months) for i in items)
    assert earned(6_000, live, until, ROADMAP, mean_ramp(items)) == apart
    assert mean_ramp(items[:1]) == 2.0
    assert mean_ramp([]) == mean_ramp(items[3:]) == 0.0
    assert mean_ramp([items[0], replace(items[1], id=EntityId("w"), revenue_per_month=-2_000)]) == 0.0


@pytest.mark.parametrize("months", [5, 6, 9, 24])
def test_a_split_earns_what_its_items_do_also_before_their_ramps_are_over(months: int) -> None:
    ramped = item("b", 18.0, people=3, revenue_per_month=100_000, ramp_months=12.0)
    plan = plan_of(item("a", 18.0, people=3, revenue_per_month=100_000), ramped, months=months)
    proposal = propose(plan, PROJECT.id, Wishes(rounds=20))
    assert len(proposal.increments) == 1
    assert abs(proposal.after.revenue - proposal.found.worth.value) <= 1
