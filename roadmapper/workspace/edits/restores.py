"""Edits that bring back an earlier state; what the CMO has decided since stays."""

from __future__ import annotations

from dataclasses import replace

from roadmapper.domain.consult import Decision
from roadmapper.domain.plan import Entity, Plan


def decided_since(now: Plan, then: Plan) -> list[Decision]:
    """Return the decisions that *now* has and *then* has not: they are never deleted."""
    return [d for key, d in now.decisions.items() if then.decisions.get(key) != d]


def restore(now: Plan, then: Plan) -> Plan:
    """Return the plan as it was *then*, with the decisions made since, and the consults and projects they are about.

    Such a consult stays on the day and with the question that the CMO saw; its increment may be gone.
    """
    stay: list[Entity] = []
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
    return then.with_entities(stay)
