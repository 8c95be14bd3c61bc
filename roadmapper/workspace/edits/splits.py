"""Edits that take a proposed split."""

from __future__ import annotations

from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.proposing import Proposal


def take_split(plan: Plan, proposal: Proposal) -> Plan:
    """Put the proposed increments and checkpoints in place of the old ones.

    Raises Refused when what the proposal would remove is no longer as it was when the proposal was made.
    """
    for entity in proposal.removed:
        if entity not in (
            plan.increments.get(entity.id),
            plan.checkpoints.get(entity.id),
            plan.links.get(entity.id),
            plan.scope_items.get(entity.id),
        ):
            raise Refused(tr("The plan has changed since this split was proposed: split again."))
    return proposal.applied_to(plan)
