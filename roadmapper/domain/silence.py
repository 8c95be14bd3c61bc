"""Silence: how long the CMO hears nothing of a project, stretch by stretch."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan


def life_of(plan: Plan, project: EntityId) -> DateSpan | None:
    """Return the days from the project's first start to its last end, or None while nothing is planned.

    Cancelled increments do not count.
    """
    spans = [i.span for i in plan.increments_by_project.get(project, ()) if i.counts]
    return DateSpan(spans[0].start, max(s.end for s in spans)) if spans else None


def takes_place(plan: Plan, checkpoint: Checkpoint) -> bool:
    """Return whether a consult counts: one about a cancelled increment does only if it was answered before."""
    about = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    return about is None or about.counts or checkpoint.id in plan.latest_decisions


def stretches(life: DateSpan, consults: list[date]) -> list[DateSpan]:
    """Return the stretches between neighbours among first start, consults and last end, in order."""
    points = sorted({life.start, *consults, life.end})
    return [DateSpan(a, b) for a, b in pairwise(points)]


def silences(plan: Plan, project: EntityId) -> list[DateSpan]:
    """Return every stretch of silence of a project, short or long; none while nothing is planned."""
    known: list[DateSpan] | None = plan.worked_out.get(("silences", project))
    if known is None:
        life = life_of(plan, project)
        consults = [c.day for c in plan.checkpoints_by_project.get(project, ()) if takes_place(plan, c)]
        known = plan.worked_out["silences", project] = stretches(life, consults) if life else []
    return known


def longest_silence(plan: Plan, project: EntityId) -> int:
    """Return the longest silence of a project in days; 0 while nothing is planned."""
    return max((s.days for s in silences(plan, project)), default=0)


def gaps(plan: Plan, project: EntityId) -> list[DateSpan]:
    """Return the stretches that are longer than the agreement's longest silence."""
    limit = plan.roadmap.silence_limit_days
    return [s for s in silences(plan, project) if s.days > limit]
