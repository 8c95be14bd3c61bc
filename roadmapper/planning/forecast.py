"""Forecast: what a plan earns, when marketing first has something, and what stopping after an increment leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import takewhile

from roadmapper.domain.dates import add_months, months_between
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.working_calendar import WorkingCalendar

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class StopHere:
    """If nothing after *increment* is ever built: minor units earned by the horizon, person-weeks spent."""

    increment: Increment
    revenue: int
    effort_pw: float


def earned(per_month: int | None, live: date, until: date, roadmap: Roadmap) -> int:
    """Return the minor units that *per_month* brings on the days live <= day < until.

    Pro rata by day: each day earns per_month / days of its calendar month. With the roadmap's discount switched
    on, each calendar month's share is divided by (1 + rate) ^ years from the roadmap's start to the share's
    middle (present value, Fisher 1930). Rounded once, half to even.
    """
    if not per_month or until <= live:
        return 0
    if not roadmap.discounted or not roadmap.discount_percent:
        return _rounded(per_month, *months_between(live, until))
    return round(per_month * _months_worth(live, until, roadmap))


def revenue(increments: Iterable[Increment], roadmap: Roadmap, until: date) -> int:
    """Return the minor units that *increments* earn before *until*, each from the day after its finish."""
    return sum(earned(i.revenue_per_month, i.span.end, until, roadmap) for i in increments if i.counts)


def revenue_by_horizon(plan: Plan, project: EntityId) -> int:
    """Return the minor units a project earns by the roadmap's horizon."""
    return revenue(plan.increments_by_project.get(project, ()), plan.roadmap, plan.roadmap.horizon)


def full_revenue_per_month(plan: Plan, project: EntityId) -> int:
    """Return the minor units a month that a project brings once all of its scope is live.

    That is the revenue of its scope items, and of those increments that hold none.
    """
    scope = sum(item.revenue_per_month or 0 for item in plan.scope_by_project.get(project, ()))
    bare = (i for i in plan.increments_by_project.get(project, ()) if i.counts and i.id not in plan.scope_by_increment)
    return scope + sum(i.revenue_per_month or 0 for i in bare)


def original_revenue(plan: Plan, project: Project, until: date) -> int:
    """Return the minor units that the single big delivery would earn before *until*: everything at its end."""
    return earned(full_revenue_per_month(plan, project.id), project.original.end, until, plan.roadmap)


def first_value(plan: Plan, project: EntityId) -> date | None:
    """Return the first working day after the first usable increment ends, or None while there is none."""
    ends = [i.span.end for i in plan.increments_by_project.get(project, ()) if i.counts and i.usable]
    return WorkingCalendar(plan.roadmap.country).on_or_after(min(ends)) if ends else None


def original_first_value(plan: Plan, project: Project) -> date:
    """Return the first working day after the single big delivery would have ended."""
    return WorkingCalendar(plan.roadmap.country).on_or_after(project.original.end)


def stop_here(plan: Plan, project: EntityId) -> list[StopHere]:
    """Return for each increment, by end, what is earned and spent if nothing after it is ever built.

    Effort of an increment that is under way at that end counts pro rata by day.
    """
    counted = [i for i in plan.increments_by_project.get(project, ()) if i.counts]
    rows = []
    for last in sorted(counted, key=lambda i: (i.span.end, i.id)):
        end = last.span.end
        done = [i for i in counted if i.span.end <= end]
        spent = sum((i.effort_pw or 0.0) * _share_done(i, end) for i in counted)
        rows.append(StopHere(last, revenue(done, plan.roadmap, plan.roadmap.horizon), spent))
    return rows


def curve(plan: Plan) -> list[tuple[date, float, float]]:
    """Return month by month up to the horizon: the day, what is earned before it, and what the originals earn.

    In minor units, for a picture: what `earned` says, unrounded, summed over all projects in one pass.
    """
    live = [(i.span.end, i.revenue_per_month) for i in plan.increments.values() if i.revenue_per_month and i.counts]
    big = [(p.original.end, full_revenue_per_month(plan, p.id)) for p in plan.projects.values()]
    days = [add_months(plan.roadmap.start, n) for n in range(plan.roadmap.months + 1)]
    return list(zip(days, _running(live, days, plan.roadmap), _running(big, days, plan.roadmap), strict=True))


def _running(streams: list[tuple[date, int]], days: list[date], roadmap: Roadmap) -> list[float]:
    """Return what *streams* earn before each of *days*.

    From the first of the month after it goes live, a stream earns what every other one does for its money: those
    months are worked out once for all of them, and only the first, cut one for each.
    """
    begin_with: defaultdict[date, int] = defaultdict(int)
    for live, per_month in streams:
        begin_with[live] += per_month
    waiting = sorted(begin_with.items(), reverse=True)
    origin = min([days[0], *begin_with]).replace(day=1)
    worth = cache(lambda day: _months_worth(origin, day, roadmap))
    totals, before, rate = [], 0.0, 0
    for day in days:
        while waiting and _next_month(waiting[-1][0]) <= day:
            live, per_month = waiting.pop()
            whole = _next_month(live)
            before += per_month * (_months_worth(live, whole, roadmap) - worth(whole))
            rate += per_month
        begun = takewhile(lambda stream: stream[0] < day, reversed(waiting))  # noqa: B023 - used up at once
        cut = sum(per_month * _months_worth(live, day, roadmap) for live, per_month in begun)
        totals.append(before + rate * worth(day) + cut)
    return totals


def _months_worth(live: date, until: date, roadmap: Roadmap) -> float:
    """Return how many months lie in live <= day < until; discounted, where that is switched on, month by month."""
    if not roadmap.discounted or not roadmap.discount_percent:
        months, parts = months_between(live, until)
        return months / parts
    growth = 1 + roadmap.discount_percent / 100
    total, day = 0.0, live
    while day < until:
        end = min(until, _next_month(day))
        middle = ((day - roadmap.start).days + (end - day).days / 2) / DAYS_A_YEAR
        months, parts = months_between(day, end)
        total += months / parts / growth**middle
        day = end
    return total


def _next_month(day: date) -> date:
    return add_months(day.replace(day=1), 1)


def _rounded(amount: int, numerator: int, denominator: int) -> int:
    whole, rest = divmod(amount * numerator, denominator)
    up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
    return whole + up


def _share_done(increment: Increment, day: date) -> float:
    worked = min(max((day - increment.span.start).days, 0), increment.span.days)
    return worked / increment.span.days
