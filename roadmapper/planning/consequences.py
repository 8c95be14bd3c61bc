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


def standing_rejects(plan: Plan) -> list[Checkpoint]:
    """Return the consults whose reject still holds something, the latest answer first.

    A reject stands while it is the latest answer to its consult, while no later one to another consult about the same
    increment approves, and while that increment is not delivered.
    """
    latest = sorted(plan.latest_decisions.values(), key=lambda d: (d.when, d.id))
    answered = [(plan.checkpoints[d.checkpoint], d.answer) for d in latest if d.checkpoint in plan.checkpoints]
    found: list[Checkpoint] = []
    for checkpoint, answer in answered:
        about = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
        if answer is not Answer.REJECT:
            found = [c for c in found if not _alike(c, checkpoint)]
        elif about is None or about.status is not Status.DELIVERED:
            found.append(checkpoint)
    return found[::-1]


def ends_reject(plan: Plan, checkpoint: Checkpoint) -> bool:
    """Return whether approving *checkpoint* ends a reject: its own, or one of another consult about its increment."""
    last = plan.latest_decisions.get(checkpoint.id)
    own = last is not None and last.answer is Answer.REJECT
    return own or any(_alike(c, checkpoint) for c in standing_rejects(plan))


def released_by(plan: Plan, checkpoint: Checkpoint, day: date) -> dict[EntityId, Status]:
    """Return the increments that go on once *checkpoint* is no longer rejected, each with its status on *day*.

    One that another standing reject concerns stays held.
    """
    still = still_held(plan, checkpoint)
    return {
        i.id: Status.RUNNING if i.span.start <= day else Status.PLANNED
        for i in _holding(plan, checkpoint)
        if i.status is Status.HELD and i.id not in still
    }


def still_held(plan: Plan, checkpoint: Checkpoint) -> dict[EntityId, EntityId]:
    """Return the held increments that do not go on with *checkpoint*, each with the consult whose reject holds it.

    Where several do, it is the one that was rejected last.
    """
    others = [c for c in standing_rejects(plan) if c.id != checkpoint.id and not _alike(c, checkpoint)]
    holding = {i.id: other.id for other in reversed(others) for i in _holding(plan, other)}
    mine = (i for i in _holding(plan, checkpoint) if i.status is Status.HELD)
    return {i.id: holding[i.id] for i in mine if i.id in holding}


def _holding(plan: Plan, checkpoint: Checkpoint) -> list[Increment]:
    """Return the increments that a reject of *checkpoint* holds, as far as the plan still shows it.

    A reject about a whole project holds all that waits in it. Where only a part is held it is not that one: the
    increment that the consult was about was deleted, and the part is held for a reason of its own.
    """
    found = concerned(plan, checkpoint)
    about_all = checkpoint.increment is None or checkpoint.increment not in plan.increments
    return [] if about_all and any(i.status in WAITING for i in found) else found


def _alike(one: Checkpoint, other: Checkpoint) -> bool:
    """Return whether two consults are about the same increment."""
    return one.increment is not None and one.increment == other.increment


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
