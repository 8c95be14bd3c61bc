"""Stopping: what is spent and earned if nothing is built after an increment, for any number of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.planning.forecast import StopHere, earned


def stops(plan: Plan, increments: Iterable[Increment]) -> Iterator[StopHere]:
    """Yield for each of *increments*, by end, what all of them earn and take if nothing after that end is ever built.

    For those of one project it is what `forecast.stop_here` says; those of several are stopped together.
    """
    roadmap = plan.roadmap
    in_order = sorted((i for i in increments if i.counts), key=lambda i: (i.span.end, i.id))
    to_begin = sorted(in_order, key=lambda i: (i.span.start, i.id), reverse=True)
    running: dict[str, Increment] = {}
    revenue, spent = 0, 0.0
    for end, together in groupby(in_order, key=lambda i: i.span.end):
        group = list(together)
        while to_begin and to_begin[-1].span.start < end:
            begun = to_begin.pop()
            running[begun.id] = begun
        for done in group:
            del running[done.id]
            revenue += earned(done.revenue_per_month, end, roadmap.horizon, roadmap, done.ramp_months)
            spent += done.effort_pw or 0.0
        begun_share = sum((i.effort_pw or 0.0) * ((end - i.span.start).days / i.span.days) for i in running.values())
        for last in group:
            yield StopHere(last, revenue, spent + begun_share)
