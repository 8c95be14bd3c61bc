"""Agreed: which version of the agreement holds, which is on the table, and who has signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from roadmapper.domain.agreement import Agreement, Side, Signature
from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.domain.silence import longest_silence

ANSWERS = (
    "budget",
    "timetable",
    "counting",
    "measures",
    "board",
    "longest_increment_weeks",
    "longest_silence_weeks",
    "data_access",
    "data_words",
    "it_people",
    "marketing_people",
    "people_words",
)
"""What an agreement says, field by field, in the order in which it is read."""
SIGNS = {Role.PLANNER: Side.CIO, Role.REVIEWER: Side.CMO}
"""For which side a role signs; who mediates or only looks on signs for nobody."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What limits would do to the plan as it is.

    *silent* are the projects with a stretch longer than the silence, each with its longest in days, the longest first;
    *too_long* the increments that take longer than they may, by project. *why* the limits cannot hold beside the other
    settings of the roadmap, or nothing.
    """

    silent: tuple[tuple[EntityId, int], ...]
    too_long: tuple[EntityId, ...]
    why: str = ""


def signed(plan: Plan, agreement: Agreement) -> dict[Side, Signature]:
    """Return the first signature of each side under one version."""
    found: dict[Side, Signature] = {}
    for signature in sorted(plan.signatures.values(), key=lambda s: (s.when, s.id)):
        if signature.agreement == agreement.id:
            found.setdefault(signature.side, signature)
    return found


def versions(plan: Plan) -> list[Agreement]:
    """Return all versions, the newest first."""
    return sorted(plan.agreements.values(), key=lambda a: (-a.version, a.id))


def in_force(plan: Plan) -> Agreement | None:
    """Return the newest version that both sides have signed; None while there is none."""
    return next((a for a in versions(plan) if len(signed(plan, a)) == len(Side)), None)


def on_the_table(plan: Plan) -> Agreement | None:
    """Return the version that is newer than the one in force and not signed by both yet; None where there is none."""
    newest = next(iter(versions(plan)), None)
    return newest if newest is not None and newest != in_force(plan) else None


def since(plan: Plan, agreement: Agreement) -> datetime | None:
    """Return when the second side signed a version, in UTC; None while that has not happened."""
    found = signed(plan, agreement)
    return max(s.when for s in found.values()) if len(found) == len(Side) else None


def differing(one: Agreement, other: Agreement) -> list[str]:
    """Return the fields of `ANSWERS` in which two versions say something else."""
    return [name for name in ANSWERS if _said(one, name) != _said(other, name)]


def effect_of(plan: Plan, longest_increment_weeks: int, longest_silence_weeks: int) -> Effect:
    """Return what limits in weeks would do to the plan."""
    longest = [(project.id, longest_silence(plan, project.id)) for project in plan.projects_in_order]
    silent = [(key, days) for key, days in longest if days > longest_silence_weeks * DAYS_A_WEEK]
    too_long = [
        increment.id
        for project in plan.projects_in_order
        for increment in plan.increments_by_project.get(project.id, ())
        if increment.counts and increment.span.days > longest_increment_weeks * DAYS_A_WEEK
    ]
    why = ""
    try:
        replace(
            plan.roadmap,
            longest_increment_weeks=longest_increment_weeks,
            longest_silence_weeks=longest_silence_weeks,
        )
    except Refused as refusal:
        why = str(refusal)
    return Effect(tuple(sorted(silent, key=lambda s: -s[1])), tuple(too_long), why)


def _said(agreement: Agreement, name: str) -> object:
    """Return what a version says in a field; the order of the measures says nothing."""
    found = getattr(agreement, name)
    return frozenset(found) if isinstance(found, tuple) else found
