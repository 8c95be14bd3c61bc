"""Forecast: what a plan earns, when marketing first has something, and what stopping after an increment leaves."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby, takewhile
from math import ceil

from roadmapper.domain.dates import add_months, months_between
from roadmapper.domain.entity import LONGEST_RAMP, EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.working_calendar import WorkingCalendar

DAYS_A_YEAR = 365.25
HALVINGS = 48


@dataclass(frozen=True, slots=True)
class StopHere:
    """If nothing after *increment* is ever built: minor units earned by the horizon, person-weeks spent."""

    increment: Increment
    revenue: int
    effort_pw: float


def earned(per_month: int | None, live: date, until: date, roadmap: Roadmap, ramp_months: float = 0.0) -> int:
    """Return the minor units that *per_month* brings on the days live <= day < until.

    Pro rata by day: each day earns per_month / days of its calendar month. With a ramp of r months the revenue grows
    evenly from nothing to all of it: x months after going live it has brought x^2 / 2r months' worth while x <= r,
    and x - r/2 from then on (the integral of min(x/r, 1)). With the roadmap's discount switched on, each calendar
    month's share, at the mean of the ramp in it, is divided by (1 + rate) ^ years from the roadmap's start to the
    share's middle (present value, Fisher 1930). Rounded once, half to even.
    """
    if not per_month or until <= live:
        return 0
    if not roadmap.discounted or not roadmap.discount_percent:
        return _rounded(per_month, *_ramped(*months_between(live, until), ramp_months))
    return round(per_month * _months_worth(live, until, roadmap, ramp_months))


def revenue(increments: Iterable[Increment], roadmap: Roadmap, until: date) -> int:
    """Return the minor units that *increments* earn before *until*, each from the day after its finish."""
    return sum(earned(i.revenue_per_month, i.span.end, until, roadmap, i.ramp_months) for i in increments if i.counts)


def revenue_by_horizon(plan: Plan, project: EntityId) -> int:
    """Return the minor units a project earns by the roadmap's horizon."""
    return revenue(plan.increments_by_project.get(project, ()), plan.roadmap, plan.roadmap.horizon)


def tail_of(roadmap: Roadmap) -> date:
    """Return the first day after the tail, the months beyond the horizon that are told beside it."""
    return add_months(roadmap.horizon, roadmap.tail_months)


def revenue_with_tail(plan: Plan, project: EntityId) -> int:
    """Return the minor units a project earns by the end of the tail, so many months beyond the horizon."""
    return revenue(plan.increments_by_project.get(project, ()), plan.roadmap, tail_of(plan.roadmap))


def full_revenue_per_month(plan: Plan, project: EntityId) -> int:
    """Return the minor units a month that a project brings once all of its scope is live.

    That is the revenue of its scope items, and of those increments that hold none.
    """
    return sum(_rates_by_ramp(plan, project).values())


def original_revenue(plan: Plan, project: Project, until: date) -> int:
    """Return the minor units that the single big delivery would earn before *until*: everything at its end.

    What has the same ramp is taken together, and rounded once.
    """
    rates, end = _rates_by_ramp(plan, project.id), project.original.end
    return sum(earned(per_month, end, until, plan.roadmap, ramp) for ramp, per_month in rates.items())


def mean_ramp(items: Iterable[ScopeItem]) -> float:
    """Return the ramp in months under which *items*, live together, lose as much as each of them under its own.

    That is the mean of their ramps, weighted with their revenue; in cents it is exact once the longest is over.
    """
    told = [(item.revenue_per_month or 0, item.ramp_months) for item in items]
    ramps = {ramp for per_month, ramp in told if per_month}
    if len(ramps) < 2:
        return ramps.pop() if ramps else 0.0
    total = sum(per_month for per_month, _ in told)
    if not total:
        return 0.0
    return min(max(round(sum(per_month * ramp for per_month, ramp in told) / total, 9), 0.0), float(LONGEST_RAMP))


def common_ramp(items: Iterable[ScopeItem], live: date, roadmap: Roadmap) -> float:
    """Return the ramp in months under which *items*, live together, earn by the horizon what each does under its own.

    That is their mean once the longest is over; before that it is searched for by halving, to half
    a cent for each item. Where one of them costs money their mean has to do.
    """
    items = list(items)
    ramps = [item.ramp_months for item in items if item.revenue_per_month]
    rates = [item.revenue_per_month or 0 for item in items]
    until, total = roadmap.horizon, sum(rates)
    mean = mean_ramp(items)
    if len(set(ramps)) < 2 or min(rates) < 0:
        return mean
    wanted = sum(earned(i.revenue_per_month, live, until, roadmap, i.ramp_months) for i in items)
    low, high = min(ramps), max(ramps)
    found = mean
    for _ in range(HALVINGS):
        brings = earned(total, live, until, roadmap, found)
        if 2 * abs(brings - wanted) <= len(items):  # each of them was rounded
            break
        low, high = (found, high) if brings > wanted else (low, found)
        found = round((low + high) / 2, 9)
    return found


def _rates_by_ramp(plan: Plan, project: EntityId) -> dict[float, int]:
    """Return the minor units a month that a project brings once all of it is live, by how long they take to grow."""
    found: defaultdict[float, int] = defaultdict(int)
    for item in plan.scope_by_project.get(project, ()):
        found[item.ramp_months] += item.revenue_per_month or 0
    for increment in plan.increments_by_project.get(project, ()):
        if increment.counts and increment.id not in plan.scope_by_increment:
            found[increment.ramp_months] += increment.revenue_per_month or 0
    return found


def first_value(plan: Plan, project: EntityId) -> date | None:
    """Return the first working day after the first usable increment ends, or None while there is none."""
    first: date | None = None
    for increment in plan.increments_by_project.get(project, ()):
        if first is not None and increment.span.start >= first:
            break  # they are in order of their starts: no other can end before
        if increment.counts and increment.usable and (first is None or increment.span.end < first):
            first = increment.span.end
    return WorkingCalendar(plan.roadmap.country).on_or_after(first) if first is not None else None


def original_first_value(plan: Plan, project: Project) -> date:
    """Return the first working day after the single big delivery would have ended."""
    return WorkingCalendar(plan.roadmap.country).on_or_after(project.original.end)


def stop_here(plan: Plan, project: EntityId) -> list[StopHere]:
    """Return for each increment, by end, what is earned and spent if nothing after it is ever built.

    Effort of an increment that is under way at that end counts pro rata by day.
    """
    counted = [i for i in plan.increments_by_project.get(project, ()) if i.counts]
    begun = deque(sorted(counted, key=lambda i: i.span.start))
    running: list[Increment] = []
    earning, finished, stops = 0, 0.0, list[StopHere]()
    for end, ending in groupby(sorted(counted, key=lambda i: (i.span.end, i.id)), key=lambda i: i.span.end):
        while begun and begun[0].span.start < end:
            running.append(begun.popleft())
        last = list(ending)
        running = [i for i in running if i.span.end > end]
        earning += revenue(last, plan.roadmap, plan.roadmap.horizon)
        finished += sum(i.effort_pw or 0.0 for i in last)
        spent = finished + sum((i.effort_pw or 0.0) * _share_done(i, end) for i in running)
        stops += (StopHere(increment, earning, spent) for increment in last)
    return stops


def stop_after(plan: Plan, increment: Increment) -> StopHere:
    """Return what is earned and spent in the project of *increment* if nothing after it is ever built."""
    counted = [i for i in plan.increments_by_project.get(increment.project, ()) if i.counts]
    return _stopped(plan, counted, increment)


def _stopped(plan: Plan, counted: Iterable[Increment], last: Increment) -> StopHere:
    end, counted = last.span.end, list(counted)
    done = [i for i in counted if i.span.end <= end]
    spent = sum((i.effort_pw or 0.0) * _share_done(i, end) for i in counted)
    return StopHere(last, revenue(done, plan.roadmap, plan.roadmap.horizon), spent)


def curve(plan: Plan) -> list[tuple[date, float, float]]:
    """Return month by month up to the horizon: the day, what is earned before it, and what the originals earn.

    In minor units, for a picture: what `earned` says, unrounded, summed over all projects in one pass.
    """
    earning = (i for i in plan.increments.values() if i.revenue_per_month and i.counts)
    live = [(i.span.end, i.revenue_per_month or 0, i.ramp_months) for i in earning]
    big = [
        (p.original.end, per_month, ramp)
        for p in plan.projects.values()
        for ramp, per_month in _rates_by_ramp(plan, p.id).items()
    ]
    days = [add_months(plan.roadmap.start, n) for n in range(plan.roadmap.months + 1)]
    return list(zip(days, _running(live, days, plan.roadmap), _running(big, days, plan.roadmap), strict=True))


def _running(streams: list[tuple[date, int, float]], days: list[date], roadmap: Roadmap) -> list[float]:
    """Return what *streams* (live from, minor units a month, ramp in months) earn before each of *days*.

    From the first of the month after it goes live, a stream earns what every other one does for its money: those
    months are worked out once for all of them, and only the first, cut one for each. What ramps take from that is
    the same for all that go live together and grow alike.
    """
    begin_with: defaultdict[date, int] = defaultdict(int)
    growing: defaultdict[tuple[date, float], int] = defaultdict(int)
    for live, per_month, ramp in streams:
        begin_with[live] += per_month
        if ramp:
            growing[live, ramp] += per_month
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
    for (live, ramp), per_month in growing.items():
        lost = _lost(live, ramp, days, roadmap)
        totals = [total - per_month * months for total, months in zip(totals, lost, strict=True)]
    return totals


def _lost(live: date, ramp: float, days: list[date], roadmap: Roadmap) -> list[float]:
    """Return how many months' worth a ramp has taken before each of *days*; nothing more once it is over."""
    over = add_months(live, ceil(ramp) + 1)
    whole, at, found = 0.0, live, []
    for day in days:
        while at < over and _next_month(at) <= day:
            end = _next_month(at)
            whole += _share(live, at, end, roadmap) - _share(live, at, end, roadmap, ramp)
            at = end
        cut = 0.0 if at >= over or at >= day else _share(live, at, day, roadmap) - _share(live, at, day, roadmap, ramp)
        found.append(whole + cut)
    return found


def _months_worth(live: date, until: date, roadmap: Roadmap, ramp: float = 0.0) -> float:
    """Return how many months lie in live <= day < until; discounted, where that is switched on, month by month."""
    if not roadmap.discounted or not roadmap.discount_percent:
        months, parts = _ramped(*months_between(live, until), ramp)
        return months / parts
    total, day = 0.0, live
    while day < until:
        end = min(until, _next_month(day))
        total += _share(live, day, end, roadmap, ramp)
        day = end
    return total


def _share(live: date, day: date, end: date, roadmap: Roadmap, ramp: float = 0.0) -> float:
    """Return what the days up to *end* of the month of *day* are worth to what went live on *live*, in months."""
    months, parts = months_between(day, end)
    share = months / parts
    if ramp:
        months, parts = months_between(live, day)
        share = _grown(months / parts, months / parts + share, ramp)
    if not roadmap.discounted or not roadmap.discount_percent:
        return share
    middle = ((day - roadmap.start).days + (end - day).days / 2) / DAYS_A_YEAR
    return share / float((1 + roadmap.discount_percent / 100) ** middle)


def _grown(start: float, end: float, ramp: float) -> float:
    """Return the integral of min(x / ramp, 1) for start <= x < end, without taking large numbers from each other."""
    full = max(end - max(start, ramp), 0.0)
    growing = max(min(end, ramp) - start, 0.0)
    return full + growing * (start + min(end, ramp)) / (2 * ramp)


def _ramped(months: int, parts: int, ramp: float) -> tuple[int, int]:
    """Return how many months' worth months / parts are under a ramp: exact, as numerator and denominator."""
    if not ramp:
        return months, parts
    top, bottom = ramp.as_integer_ratio()
    if months * bottom <= top * parts:
        return months * months * bottom, 2 * parts * parts * top
    return 2 * months * bottom - top * parts, 2 * parts * bottom


def _next_month(day: date) -> date:
    return add_months(day.replace(day=1), 1)


def _rounded(amount: int, numerator: int, denominator: int) -> int:
    whole, rest = divmod(amount * numerator, denominator)
    up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
    return whole + up


def _share_done(increment: Increment, day: date) -> float:
    worked = min(max((day - increment.span.start).days, 0), increment.span.days)
    return worked / increment.span.days
