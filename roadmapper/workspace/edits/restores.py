"""Edits that bring back an earlier state; what the CMO has decided since stays."""

from __future__ import annotations

from dataclasses import replace

from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Entity, Plan
from roadmapper.planning.consequences import held_by
from roadmapper.planning.consults.agreed import in_force, signed


def decided_since(now: Plan, then: Plan) -> list[Decision]:
    """Return the decisions that *now* has and *then* has not: they are never deleted."""
    return [d for key, d in now.decisions.items() if then.decisions.get(key) != d]


def restore(now: Plan, then: Plan) -> Plan:
    """Return the plan as it was *then*, with the decisions made since, and the consults and projects they are about.

    Such a consult stays on the day and with the question that the CMO saw; its increment may be gone. What was asked
    for, seen and signed stays too, with the limits that were agreed on, and what a standing reject holds now is held.
    Baselines are those of now: the journal goes on, and so the points that they name are still there.
    """
    stay: list[Entity] = [*now.conditions.values(), *now.looks.values(), *now.signatures.values()]
    agreements = [a for a in now.agreements.values() if signed(now, a)]
    stay += agreements
    stay += (now.measures[m] for a in agreements for m in a.measures if m in now.measures and m not in then.measures)
    if in_force(now) is not None:
        limits = now.roadmap
        stay.append(
            replace(
                then.roadmap,
                longest_increment_weeks=limits.longest_increment_weeks,
                longest_silence_weeks=limits.longest_silence_weeks,
            )
        )
    for decision in decided_since(now, then):
        checkpoint = now.checkpoints[decision.checkpoint]
        if checkpoint.increment not in then.increments:
            before = then.checkpoints.get(checkpoint.id)
            checkpoint = replace(checkpoint, increment=before.increment if before else None)
        stay += (decision, checkpoint)
        project = now.projects[checkpoint.project]
        if project.id not in then.projects:
            stay.append(project)
            if project.team is not None and project.team not in then.teams:
                stay.append(now.teams[project.team])
    plan = replace(then.with_entities(stay), baselines=now.baselines)  # names of points that are still in the journal
    for key, decision in plan.latest_decisions.items():
        if decision.answer is Answer.REJECT:
            held = [i for i in held_by(plan, plan.checkpoints[key]) if _is_held(now.increments.get(i.id))]
            plan = plan.with_entities(replace(i, status=Status.HELD) for i in held)
    return plan


def _is_held(increment: Increment | None) -> bool:
    return increment is not None and increment.status is Status.HELD
