"""Edits of increments: add, change, move, resize, delete."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan


def add_increment(plan: Plan, increment: Increment) -> Plan:
    """Add an increment."""
    return plan.with_entities([increment])


def change_increment(plan: Plan, changed: Increment) -> Plan:
    """Put *changed* in place of the increment with its id; its go-live decision follows a new finish."""
    before = plan.increments[changed.id]
    moved = _following(plan, before, changed.span)
    return plan.with_entities([changed, *moved])


def move_increments(plan: Plan, ids: Collection[EntityId], days: int) -> Plan:
    """Shift the increments by *days*; each keeps its length and takes its open checkpoints along."""
    moved: list[Entity] = []
    for key in ids:
        increment = plan.increments[key]
        moved.append(replace(increment, span=increment.span.shifted(days)))
        moved += (replace(c, day=later(c.day, days)) for c in _open_checkpoints(plan, key))
    return plan.with_entities(moved)


def resize_increment(plan: Plan, key: EntityId, span: DateSpan) -> Plan:
    """Give the increment other days; its go-live decision follows the finish."""
    return change_increment(plan, replace(plan.increments[key], span=span))


def delete_increments(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete increments with their links and open checkpoints.

    Their scope items go back to the project's open scope; answered checkpoints stay with the project.
    """
    gone: list[Entity] = [plan.increments[key] for key in ids]
    kept: list[Entity] = []
    for checkpoint in plan.checkpoints.values():
        if checkpoint.increment in ids:
            answered = checkpoint.id in plan.latest_decisions
            (kept if answered else gone).append(replace(checkpoint, increment=None) if answered else checkpoint)
    gone += (link for link in plan.links.values() if link.before in ids or link.after in ids)
    kept += (replace(item, increment=None) for item in plan.scope_items.values() if item.increment in ids)
    return plan.with_entities(kept).without(gone)


def _open_checkpoints(plan: Plan, increment: EntityId) -> Iterable[Checkpoint]:
    project = plan.increments[increment].project
    for checkpoint in plan.checkpoints_by_project.get(project, ()):
        if checkpoint.increment == increment and checkpoint.id not in plan.latest_decisions:
            yield checkpoint


def _following(plan: Plan, before: Increment, span: DateSpan) -> Iterable[Checkpoint]:
    """Yield the open checkpoints of an increment where they stand once its days are *span*."""
    if before.span == span:
        return
    whole = before.span.days == span.days
    for checkpoint in _open_checkpoints(plan, before.id):
        day = _day_after_change(checkpoint, before.span, span, whole=whole)
        if day != checkpoint.day:
            yield replace(checkpoint, day=day)


def _day_after_change(checkpoint: Checkpoint, old: DateSpan, new: DateSpan, *, whole: bool) -> date:
    if whole:
        return later(checkpoint.day, (new.start - old.start).days)
    if checkpoint.kind is Kind.GO_LIVE:
        return later(checkpoint.day, (new.end - old.end).days)
    return min(max(checkpoint.day, new.start), new.finish)
