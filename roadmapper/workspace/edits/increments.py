"""Edits of increments: add, change, move, resize, delete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.planning.pushing import earliest, pushed
from roadmapper.planning.working_calendar import WorkingCalendar


def add_increment(plan: Plan, increment: Increment) -> Plan:
    """Add an increment."""
    return plan.with_entities([increment])


def change_increment(plan: Plan, changed: Increment, *, push: bool = True) -> Plan:
    """Put *changed* in place of the increment with its id; its go-live decision follows a new finish.

    With *push*, what comes after a later finish is moved out of its way, as far as nothing holds it.
    """
    before = plan.increments[changed.id]
    consults = _open_checkpoints(plan, [changed.id]).get(changed.id, ())
    moved: list[Entity] = [changed, *_following(plan, before, changed.span, consults)]
    if push:
        moved += _on_days(plan, pushed(plan, {changed.id: changed.span}))
    return plan.with_entities(moved)


def move_increments(plan: Plan, ids: Collection[EntityId], days: int, *, push: bool = True) -> Plan:
    """Shift the increments by *days*; each keeps its length and takes its open checkpoints along.

    With *push*, what comes after them is moved out of their way, as far as nothing holds it.
    """
    spans = {key: plan.increments[key].span.shifted(days) for key in ids}
    return plan.with_entities(_on_days(plan, spans | pushed(plan, spans) if push else spans))


def resize_increment(plan: Plan, key: EntityId, span: DateSpan, *, push: bool = True) -> Plan:
    """Give the increment other days; its go-live decision follows the finish. *push* as in `move_increments`."""
    return change_increment(plan, replace(plan.increments[key], span=span), push=push)


def keep_links(plan: Plan) -> Plan:
    """Move whatever starts too early after what it comes after, as far as nothing holds it; nothing moves earlier."""
    return plan.with_entities(_on_days(plan, earliest(plan)))


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


def _on_days(plan: Plan, spans: Mapping[EntityId, DateSpan]) -> Iterable[Entity]:
    """Yield the increments on other days, each with its open checkpoints."""
    consults = _open_checkpoints(plan, spans)
    for key, span in spans.items():
        increment = plan.increments[key]
        yield replace(increment, span=span)
        yield from _following(plan, increment, span, consults.get(key, ()))


def _open_checkpoints(plan: Plan, ids: Collection[EntityId]) -> Mapping[EntityId, Sequence[Checkpoint]]:
    """Return the open checkpoints of some increments, each project looked through once."""
    found: defaultdict[EntityId, list[Checkpoint]] = defaultdict(list)
    for project in {plan.increments[key].project for key in ids}:
        for checkpoint in plan.checkpoints_by_project.get(project, ()):
            about = checkpoint.increment
            if about is not None and about in ids and checkpoint.id not in plan.latest_decisions:
                found[about].append(checkpoint)
    return found


def _following(plan: Plan, before: Increment, span: DateSpan, consults: Iterable[Checkpoint]) -> Iterable[Checkpoint]:
    """Yield *consults*, the open ones of an increment, where they stand once its days are *span*.

    They land on working days; one that stood by rule still does, for it merely follows.
    """
    if before.span == span:
        return
    calendar = WorkingCalendar(plan.roadmap.country)
    for checkpoint in consults:
        day = _day_after_change(checkpoint, before.span, span, calendar)
        if day != checkpoint.day:
            yield replace(checkpoint, day=day)


def _day_after_change(checkpoint: Checkpoint, old: DateSpan, new: DateSpan, calendar: WorkingCalendar) -> date:
    """Return the day on which a consult stands to *new* as it stood to *old*: at the end, inside, or so far outside."""
    day = checkpoint.day
    inside = old.start <= day < old.end
    if checkpoint.kind is Kind.GO_LIVE:
        if day in (old.finish, _worked(old.finish, old, calendar)):
            return _worked(new.finish, new, calendar)
        moved = later(day, (new.end - old.end).days)
    elif old.days == new.days or not inside:
        moved = later(day, (new.start - old.start).days) if old.days == new.days else day
    else:
        moved = day
    if inside:
        return _worked(min(max(moved, new.start), new.finish), new, calendar)
    return calendar.on_or_before(moved) if moved != day else day


def _worked(day: date, within: DateSpan, calendar: WorkingCalendar) -> date:
    """Return the last working day of *within* up to *day*, else the first one after it, else *day*."""
    before = (day - timedelta(n) for n in range((day - within.start).days + 1))
    after = (day + timedelta(n) for n in range(1, (within.end - day).days))
    return next((each for each in chain(before, after) if calendar.works(each)), day)
