"""Consequences: what an answer to a checkpoint leads to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from roadmapper.domain.consult import Answer, Checkpoint
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan

WAITING = (Status.PLANNED, Status.RUNNING)


def concerned(plan: Plan, checkpoint: Checkpoint) -> list[Increment]:
    """Return the increments that depend on the answer, by start: its own, and all that come after that.

    After it comes what is linked to it, and what holds a scope item that needs one of its items. A checkpoint without
    an increment concerns all of its project that ends after its day.
    """
    project = plan.increments_by_project.get(checkpoint.project, [])
    if checkpoint.increment is None or checkpoint.increment not in plan.increments:
        return [i for i in project if i.counts and i.span.end > checkpoint.day]
    found = _after(plan, [checkpoint.increment])
    return sorted((plan.increments[k] for k in found if plan.increments[k].counts), key=lambda i: (i.span, i.id))


def held_by(plan: Plan, checkpoint: Checkpoint) -> list[Increment]:
    """Return the increments that a reject of *checkpoint* would hold: those concerned that are not delivered."""
    return [i for i in concerned(plan, checkpoint) if i.status in WAITING]


def released_by(plan: Plan, checkpoint: Checkpoint, day: date) -> dict[EntityId, Status]:
    """Return the increments that go on once *checkpoint* is no longer rejected, each with its status on *day*.

    One that another reject still concerns stays held.
    """
    rejected = [
        plan.checkpoints[key]
        for key, decision in plan.latest_decisions.items()
        if decision.answer is Answer.REJECT and key != checkpoint.id
    ]
    still = {i.id for other in rejected for i in concerned(plan, other)}
    return {
        i.id: Status.RUNNING if i.span.start <= day else Status.PLANNED
        for i in concerned(plan, checkpoint)
        if i.status is Status.HELD and i.id not in still
    }


def _after(plan: Plan, first: Collection[EntityId]) -> set[EntityId]:
    """Return *first* and every increment that comes after one of them, over however many others."""
    found, ahead = set(first), list(first)
    while ahead:
        key = ahead.pop()
        linked = {link.after for link in plan.links_by_increment.get(key, ()) if link.before == key}
        mine = {i.id for i in plan.scope_by_increment.get(key, ())}
        fellows = plan.scope_by_project.get(plan.increments[key].project, ())
        needing = {i.increment for i in fellows if i.increment is not None and mine.intersection(i.after)}
        new = (linked | needing) - found
        found |= new
        ahead += new
    return found
