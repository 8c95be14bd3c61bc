"""Edits of checkpoints: add, move, delete, and place by the rules of their project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.placing import Placement, cadence_days, on_worked_day


def put_checkpoint(plan: Plan, checkpoint: Checkpoint) -> Plan:
    """Add a checkpoint, or put it in place of the one with its id, as long as that is not answered.

    On a new day it lands on the last one up to it that its team works. One that stood by rule and gets another day,
    kind or increment is one placed by hand from then on. Raises Refused where it is answered, and where its project
    or its increment is no longer there.
    """
    _still_open(plan, checkpoint.id)
    about = checkpoint.increment
    if checkpoint.project not in plan.projects or (about is not None and about not in plan.increments):
        raise Refused(tr("What this consult is about is no longer there: nothing was changed."))
    old = plan.checkpoints.get(checkpoint.id)
    if old is None or old.day != checkpoint.day:
        checkpoint = replace(checkpoint, day=on_worked_day(plan, checkpoint.project, checkpoint.day))
    if old is not None and old.by_rule and _place(old) != _place(checkpoint):
        checkpoint = replace(checkpoint, by_rule=False)
    return plan.with_entities([checkpoint])


def add_checkpoints(plan: Plan, checkpoints: Iterable[Checkpoint]) -> Plan:
    """Add checkpoints, all or none; raises Refused where one is there already and answered."""
    for checkpoint in checkpoints:
        plan = put_checkpoint(plan, checkpoint)
    return plan


def move_checkpoint(plan: Plan, key: EntityId, day: date) -> Plan:
    """Put a checkpoint on another day, by hand from then on; raises Refused when it is answered."""
    return put_checkpoint(plan, replace(open_checkpoint(plan, key), day=day))


def open_checkpoint(plan: Plan, key: EntityId) -> Checkpoint:
    """Return a checkpoint that may be changed; raises Refused when it is answered or no longer there."""
    _still_open(plan, key)
    if key not in plan.checkpoints:
        raise Refused(tr("That consult is no longer there: nothing was changed."))
    return plan.checkpoints[key]


def delete_checkpoint(plan: Plan, key: EntityId) -> Plan:
    """Delete a checkpoint; raises Refused when it is answered."""
    return plan.without([open_checkpoint(plan, key)])


def place_checkpoints(plan: Plan, project: EntityId, placement: Placement) -> Plan:
    """Add, move and remove checkpoints of *project* as *placement* proposes.

    Raises Refused when one that is to be moved or removed is answered or gone meanwhile, or of another project: then
    nothing is placed.
    """
    for key in (*(c.id for c in placement.move), *placement.remove):
        _still_open(plan, key)
        if key not in plan.checkpoints:
            raise Refused(tr("A checkpoint that was to be moved is no longer there: place them again."))
    gone = [plan.checkpoints[key] for key in placement.remove]
    if any(c.project != project for c in (*placement.add, *placement.move, *gone)):
        raise Refused(tr("These checkpoints belong to another project: place them again."))
    return plan.without(gone).with_entities([*placement.add, *placement.move])


def set_cadence(plan: Plan, project: EntityId, rule: str) -> Plan:
    """Give a project the rule by which its consults recur, or none where *rule* is empty.

    It places nothing: that is `place_checkpoints`. Raises Refused for a rule that nobody can follow.
    """
    rule = rule.strip()
    if rule:
        cadence_days(rule, plan.roadmap.start, plan.roadmap.span)
    return plan.with_entities([replace(plan.projects[project], cadence=rule)])


def _place(checkpoint: Checkpoint) -> tuple[object, ...]:
    return checkpoint.day, checkpoint.kind, checkpoint.increment


def _still_open(plan: Plan, key: EntityId) -> None:
    if key in plan.latest_decisions:
        raise Refused(tr("This checkpoint is answered: its date and question stay what the CMO saw."))
