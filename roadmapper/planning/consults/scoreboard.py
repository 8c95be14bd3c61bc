"""Scoreboard: whether it works out - the shared measures, and what delivered increments really earn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

from roadmapper.domain.consult import Condition
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.measure import Direction, Measure, Reading
from roadmapper.domain.plan import Plan
from roadmapper.planning.forecast import earned, first_value

RECENT = 5
"""Readings over which a trend is told."""


class Trend(StrEnum):
    """Which way a measure goes, as seen by its direction."""

    BETTER = "getting better"
    WORSE = "getting worse"
    STEADY = "steady"
    UNKNOWN = "not enough readings"


@dataclass(frozen=True, slots=True)
class Standing:
    """A measure and its readings by day.

    *way* is how much of the way from the baseline to the target is behind us: 0 at the baseline, 1 at the target, more
    beyond it, less than 0 where it got worse; None without a reading, or where baseline and target are the same.
    """

    measure: Measure
    readings: tuple[Reading, ...]
    way: float | None
    reached: bool
    trend: Trend

    @property
    def latest(self) -> Reading | None:
        """Return the last reading."""
        return self.readings[-1] if self.readings else None


@dataclass(frozen=True, slots=True)
class Earning:
    """A delivered increment: what was claimed of it and what it earns, in minor units; None where nobody has looked.

    *claimed* and *actual* are from its end up to the day that was asked about.
    """

    increment: Increment
    claimed_per_month: int | None
    actual_per_month: int | None
    claimed: int
    actual: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A project on a day: *first_value* as planned or reached, increments delivered against those due by then."""

    project: EntityId
    first_value: date | None
    reached: bool
    delivered: int
    due: int
    count: int


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Everything the scoreboard shows."""

    measures: tuple[Standing, ...]
    earnings: tuple[Earning, ...]
    progress: tuple[Progress, ...]
    conditions: tuple[Condition, ...]

    @property
    def looked_at(self) -> int:
        """Return of how many delivered increments somebody has looked at the revenue."""
        return sum(e.actual is not None for e in self.earnings)

    @property
    def claimed(self) -> int:
        """Return what was claimed of those increments whose revenue somebody has looked at, in minor units."""
        return sum(e.claimed for e in self.earnings if e.actual is not None)

    @property
    def actual(self) -> int:
        """Return what those increments earned, in minor units."""
        return sum(e.actual for e in self.earnings if e.actual is not None)


def scoreboard_of(plan: Plan, today: date) -> Scoreboard:
    """Return how it stands on *today*; open conditions are those that are not met."""
    return Scoreboard(
        tuple(standings(plan)),
        tuple(_earnings(plan, today)),
        tuple(_progress(plan, p.id, today) for p in plan.projects_in_order if plan.increments_by_project.get(p.id)),
        tuple(c for c in sorted(plan.conditions.values(), key=attrgetter("text", "id")) if c.done is None),
    )


def standings(plan: Plan) -> list[Standing]:
    """Return each measure with its readings, by title."""
    readings = _by_measure(plan.readings.values())
    measures = sorted(plan.measures.values(), key=attrgetter("title", "id"))
    return [standing(m, sorted(readings.get(m.id, ()), key=attrgetter("day", "id"))) for m in measures]


def standing(measure: Measure, readings: Sequence[Reading]) -> Standing:
    """Return how a measure stands with *readings* by day."""
    span = measure.target - measure.baseline
    last = readings[-1].value if readings else None
    way = None if last is None or not span else (last - measure.baseline) / span
    up = measure.direction is Direction.UP
    reached = last is not None and (last >= measure.target if up else last <= measure.target)
    return Standing(measure, tuple(readings), way, reached, _trend(readings[-RECENT:], up=up))


def _trend(readings: Sequence[Reading], *, up: bool) -> Trend:
    """Return the sign of the least-squares slope over days; a slope within 1 % of the mean a year counts as none."""
    days = [r.day.toordinal() for r in readings]
    if len(set(days)) < 2:
        return Trend.UNKNOWN
    middle, mean = sum(days) / len(days), sum(r.value for r in readings) / len(readings)
    slope = sum((d - middle) * (r.value - mean) for d, r in zip(days, readings, strict=True)) / sum(
        (d - middle) ** 2 for d in days
    )
    if abs(slope) * 365 <= abs(mean) / 100:
        return Trend.STEADY
    return Trend.BETTER if (slope > 0) is up else Trend.WORSE


def _earnings(plan: Plan, today: date) -> list[Earning]:
    found = []
    for increment in sorted(plan.increments.values(), key=attrgetter("span.end", "id")):
        if increment.status is Status.DELIVERED:
            live, ramp = increment.span.end, increment.ramp_months
            claimed = earned(increment.revenue_per_month, live, today, plan.roadmap, ramp)
            seen = increment.actual_per_month
            actual = None if seen is None else earned(seen, live, today, plan.roadmap)
            found.append(Earning(increment, increment.revenue_per_month, seen, claimed, actual))
    return found


def _progress(plan: Plan, project: EntityId, today: date) -> Progress:
    counted = [i for i in plan.increments_by_project.get(project, ()) if i.counts]
    usable = [i for i in counted if i.usable]
    first = first_value(plan, project)
    reached = any(i.status is Status.DELIVERED for i in usable) and first is not None and first <= today
    return Progress(
        project,
        first,
        reached,
        sum(i.status is Status.DELIVERED for i in counted),
        sum(i.span.end <= today for i in counted),
        len(counted),
    )


def _by_measure(readings: Iterable[Reading]) -> dict[EntityId, list[Reading]]:
    found: defaultdict[EntityId, list[Reading]] = defaultdict(list)
    for reading in readings:
        found[reading.measure].append(reading)
    return found
