"""Results: what an investment was claimed to earn a year, what its project is planned to, and what it was seen to."""

from __future__ import annotations

from dataclasses import dataclass

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Results:
    """Revenue a year in minor units: as estimated, as planned on the roadmap, and as seen once delivered.

    Each is None while nobody has said; *actual* is the sum over the *seen* of the *delivered* increments that somebody
    has looked at. *count* is how many increments there are, cancelled ones apart.
    """

    claimed: int | None
    planned: int | None
    actual: int | None
    delivered: int
    seen: int
    count: int


def claimed_and_actual(plan: Plan, key: EntityId) -> Results | None:
    """Return how claim and outcome of an investment compare; None while it is not on the roadmap.

    Planned is the revenue per month of its project's increments, or of its scope items while it is not split, times
    12; actual likewise of what the delivered ones were seen to earn.
    """
    investment = plan.investments[key]
    if investment.project is None:
        return None
    increments = _counting(plan, investment.project)
    done = [i for i in increments if i.status is Status.DELIVERED]
    seen = [i.actual_per_month for i in done if i.actual_per_month is not None]
    rates = [i.revenue_per_month for i in increments]
    if not increments:
        rates = [s.revenue_per_month for s in plan.scope_by_project.get(investment.project, ())]
    return Results(
        claimed=investment.revenue,
        planned=_yearly([rate for rate in rates if rate is not None]),
        actual=_yearly(seen),
        delivered=len(done),
        seen=len(seen),
        count=len(increments),
    )


def is_delivered(plan: Plan, key: EntityId) -> bool:
    """Return whether all increments of an investment's project are delivered, cancelled ones apart."""
    project = plan.investments[key].project
    increments = _counting(plan, project) if project is not None else []
    return bool(increments) and all(i.status is Status.DELIVERED for i in increments)


def _counting(plan: Plan, project: EntityId) -> list[Increment]:
    return [i for i in plan.increments_by_project.get(project, ()) if i.counts]


def _yearly(rates: list[int]) -> int | None:
    return sum(rates) * MONTHS if rates else None
