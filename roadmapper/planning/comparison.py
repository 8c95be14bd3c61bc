"""Comparison: the figures of a project that matter, and how they differ between two plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.silence import longest_silence, takes_place
from roadmapper.planning.forecast import (
    first_value,
    original_first_value,
    original_revenue,
    revenue_by_horizon,
    revenue_with_tail,
    tail_of,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a project is judged by: minor units by the horizon (and with the tail), days of silence and first value."""

    increments: int
    checkpoints: int
    revenue: int
    revenue_with_tail: int
    original_revenue: int
    original_with_tail: int
    first_value: date | None
    original_first_value: date
    longest_silence_days: int
    silence_limit_days: int


def figures_of(plan: Plan, project: EntityId) -> Figures:
    """Return the figures of one project."""
    subject = plan.projects[project]
    return Figures(
        increments=sum(i.counts for i in plan.increments_by_project.get(project, ())),
        checkpoints=sum(takes_place(plan, c) for c in plan.checkpoints_by_project.get(project, ())),
        revenue=revenue_by_horizon(plan, project),
        revenue_with_tail=revenue_with_tail(plan, project),
        original_revenue=original_revenue(plan, subject, plan.roadmap.horizon),
        original_with_tail=original_revenue(plan, subject, tail_of(plan.roadmap)),
        first_value=first_value(plan, project),
        original_first_value=original_first_value(plan, subject),
        longest_silence_days=longest_silence(plan, project),
        silence_limit_days=plan.roadmap.silence_limit_days,
    )
