"""Edits of increments: add, change, move, resize, delete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.placing import calendar_of
from roadmapper.planning.pushing import pushed
from roadmapper.planning.working_calendar import WorkingCalendar


def add_increment(plan: Plan, increment: Increment) -> Plan:
    """Add an increment."""
    return plan.with_entities([increment])


def change_increment(plan: Plan, changed: Increment, *, push: bool = True) -> Plan:
    """Put *changed* in place of the increment with its id; its go-live decision follows a new finish.

    With *push*, what comes after a later finish is moved out of its way, as far as nothing holds it. Raises Refused
    where it is to get other days, but is delivered or cancelled, and where it is no longer there.
    """
    before = found(plan, changed.id)
    if before.span != changed.span and before.finished:
        raise Refused(fixed_text(before))
    consults = _open_checkpoints(plan, [changed.id]).get(changed.id, ())
    moved: list[Entity] = [changed, *_following(plan, before, changed.span, consults)]
    if push:
        moved += _on_days(plan, pushed(plan, {changed.id: changed.span}))
    return plan.with_entities(moved)


def move_increments(plan: Plan, ids: Collection[EntityId], days: int, *, push: bool = True) -> Plan:
    """Shift the increments by *days*; each keeps its length and takes its open checkpoints along.

    With *push*, what comes after them is moved out of their way, as far as nothing holds it. What is delivered or
    cancelled is left behind (`left_text` says so); raises Refused where nothing else is among them.
    """
    spans = {key: plan.increments[key].span.shifted(days) for key in unfinished(plan, ids)}
    return plan.with_entities(_on_days(plan, spans | pushed(plan, spans) if push else spans))


def resize_increment(plan: Plan, key: EntityId, span: DateSpan, *, push: bool = True) -> Plan:
    """Give the increment other days; its go-live decision follows the finish. *push* as in `move_increments`."""
    return change_increment(plan, replace(found(plan, key), span=span), push=push)


def found(plan: Plan, key: EntityId) -> Increment:
    """Return an increment; raises Refused where it is no longer there."""
    if key not in plan.increments:
        raise Refused(tr("That increment is no longer there: nothing was changed."))
    return plan.increments[key]


def unfinished(plan: Plan, ids: Iterable[EntityId]) -> list[EntityId]:
    """Return those of *ids* that are not history: what is delivered or cancelled keeps its days and its place.

    Raises Refused where nothing is left, and where one is no longer there.
    """
    whole = [found(plan, key) for key in ids]
    free = [each.id for each in whole if not each.finished]
    if whole and not free:
        raise Refused(fixed_text(whole[0]))
    return free


def fixed_text(increment: Increment) -> str:
    """Return why what is delivered or cancelled does not move."""
    words = tr("“{title}” is delivered or cancelled: its days are history. Change its status to move it.")
    return words.format(title=increment.title)


def left_text(plan: Plan, ids: Iterable[EntityId]) -> str:
    """Return which of *ids* a move of them leaves behind, in a sentence; empty where it leaves none."""
    left = [i for i in (plan.increments.get(key) for key in ids) if i is not None and i.finished]
    if not left:
        return ""
    return trn(
        "“{title}” is delivered or cancelled: it stays where it is.",
        "“{title}” and others, {n} in all, are delivered or cancelled: they stay where they are.",
        len(left),
        title=left[0].title,
    )


def delete_increments(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete increments with their links and open checkpoints; raises Refused where one is gone already.

    Their scope items go back to the project's open scope; answered checkpoints stay with the project.
    """
    gone: list[Entity] = [found(plan, key) for key in ids]
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
    old = before.span
    if old == span:
        return
    for checkpoint in consults:
        reach = DateSpan(min(old.start, span.start, checkpoint.day), max(old.end, span.end, checkpoint.day))
        day = _day_after_change(checkpoint, old, span, calendar_of(plan, before.project, reach))
        if day != checkpoint.day:
            yield replace(checkpoint, day=day)


def _day_after_change(checkpoint: Checkpoint, old: DateSpan, new: DateSpan, calendar: WorkingCalendar) -> date:
    """Return the day on which a consult stands to *new* as it stood to *old*, counted in working days.

    The decision to go live keeps its distance from the end, and at the end it stays. A look keeps its distance from
    the start in a move; where the length changes, it stays where it is, as far as that is inside. Counted so, many
    small moves are one large one, and back is back.
    """
    day = checkpoint.day
    inside = old.start <= day < old.end
    live, moved = checkpoint.kind is Kind.GO_LIVE, old.days == new.days
    if live and day in (old.finish, calendar.last_within(old)):
        return calendar.last_within(new)
    if not live and not moved:
        return _inside(day, new, calendar) if inside else day
    stood = _inside(day, old, calendar) if inside else calendar.on_or_before(day)
    one, other = (old.end, new.end) if live else (old.start, new.start)
    day = calendar.after(other, calendar.worked_between(one, stood))
    return day if moved or not inside else _inside(day, new, calendar)


def _inside(day: date, span: DateSpan, calendar: WorkingCalendar) -> date:
    """Return the last working day of *span* up to *day*, else its first one, else *day* or the nearest in it."""
    day = min(max(day, span.start), span.finish)
    if calendar.works(day):
        return day
    before, first = calendar.on_or_before(day), calendar.on_or_after(day)
    return before if before >= span.start else first if first < span.end else day
