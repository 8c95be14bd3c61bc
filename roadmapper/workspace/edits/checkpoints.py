"""Edits of checkpoints: add, move, delete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr


def put_checkpoint(plan: Plan, checkpoint: Checkpoint) -> Plan:
    """Add a checkpoint, or put it in place of the one with its id, as long as that is not answered."""
    _still_open(plan, checkpoint.id)
    return plan.with_entities([checkpoint])


def move_checkpoint(plan: Plan, key: EntityId, day: date) -> Plan:
    """Put a checkpoint on another day; raises Refused when it is answered."""
    _still_open(plan, key)
    return plan.with_entities([replace(plan.checkpoints[key], day=day)])


def delete_checkpoint(plan: Plan, key: EntityId) -> Plan:
    """Delete a checkpoint; raises Refused when it is answered."""
    _still_open(plan, key)
    return plan.without([plan.checkpoints[key]])


def _still_open(plan: Plan, key: EntityId) -> None:
    if key in plan.latest_decisions:
        raise Refused(tr("This checkpoint is answered: its date and question stay what the CMO saw."))
