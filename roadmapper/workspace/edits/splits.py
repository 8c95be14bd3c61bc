"""Edits that take a proposed split."""

from __future__ import annotations

from roadmapper.domain.plan import Plan
from roadmapper.planning.proposing import Proposal


def take_split(plan: Plan, proposal: Proposal) -> Plan:
    """Put the proposed increments and checkpoints in place of the old ones.

    Raises Refused when what the proposal would change is no longer as it was when the proposal was made.
    """
    return plan.applying(proposal.delta)
