"""Lasting: what stays as it was seen and signed, whatever an edit, an undo or a restore asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from roadmapper.domain.agreement import Agreement, Signature
from roadmapper.domain.consult import Answer, Checkpoint, Condition, Decision
from roadmapper.domain.delta import Change, Delta
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.role import WRITES, Role
from roadmapper.domain.wording import tr
from roadmapper.planning.consequences import held_by, released_by
from roadmapper.planning.consults.agreed import SIGNS, in_force, signed

FINAL = ("decisions", "signatures", "looks")
SETTLED = ("roadmaps", "agreements", "signatures")
SEEN = ("project", "day", "kind", "question")


def is_final(delta: Delta[Entity]) -> bool:
    """Return whether a delta is no step that can be taken back: an answer, a signature or a look is only followed."""
    return any(c.table in FINAL for c in delta.changes)


def against(now: Plan, new: Plan, delta: Delta[Entity]) -> str:
    """Return why *delta*, which leads from *now* to *new*, would change what stays; empty where it would not."""
    for change in delta.changes:
        before, after = change.before, change.after
        if isinstance(before, Checkpoint) and before.id in now.latest_decisions:
            if after is None or any(getattr(before, name) != getattr(after, name) for name in SEEN):
                return tr("a consult that was answered stays as the CMO saw it")
        elif isinstance(before, Agreement) and signed(now, before):
            return tr("a version of the agreement that was signed stays as it was signed")
        elif isinstance(before, Condition):
            if not isinstance(after, Condition) or (before.decision, before.text) != (after.decision, after.text):
                return tr("what the CMO asked for stays as it was said")
        elif isinstance(before, Decision | Signature):
            return tr("decisions and signatures are only followed, never changed")
    if {s.agreement for s in new.signatures.values()} - new.agreements.keys():
        return tr("a version of the agreement that was signed stays as it was signed")
    agreed = in_force(new) if any(c.table in SETTLED for c in delta.changes) else None
    if agreed is not None and _limits(new.roadmap) != (agreed.longest_increment_weeks, agreed.longest_silence_weeks):
        return tr("the limits are those that both have signed")
    return ""


def check_answers(now: Plan, delta: Delta[Entity], length: int) -> None:
    """Raise Refused for a decision about a picture that is not in the journal, or made before the one that holds."""
    for change in delta.changes:
        decision = change.after
        if not isinstance(decision, Decision):
            continue
        if not 1 <= decision.seen <= max(length, 1):
            raise Refused(tr("The journal has no row {n}: that picture cannot have been seen.").format(n=decision.seen))
        last = now.latest_decisions.get(decision.checkpoint)
        if last is not None and decision.when <= last.when:
            raise Refused(
                tr("{who} has answered this consult later than that: set the clock right and answer again.").format(
                    who=last.who
                )
            )


def rebased(plan: Plan, delta: Delta[Entity]) -> Delta[Entity]:
    """Return *delta* as it applies to *plan*, where something else of the same things was changed since.

    Only the fields that the delta changes are set; raises Refused where one of them is no longer what it started from.
    """
    return Delta(tuple(_rebased(plan.table(c.table).get(c.key), c) for c in delta.changes))


def _rebased(current: Entity | None, change: Change[Entity]) -> Change[Entity]:
    before, after = change.before, change.after
    if current == before or current is None or before is None or after is None:
        return change
    changed = [f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)]
    if any(getattr(current, name) != getattr(before, name) for name in changed):
        return change  # applying it says so
    values: dict[str, Any] = {name: getattr(after, name) for name in changed}
    return Change(change.table, change.key, current, replace(current, **values))


def check_role(now: Plan, new: Plan, delta: Delta[Entity], role: Role) -> None:
    """Raise Refused where *role* may not change what *delta* changes.

    What follows from an answer or from a second signature comes along with it, and nothing else does.
    """
    writes = WRITES[role]
    if writes is None:
        return
    added = [c.after for c in delta.changes if c.before is None]
    foreign = any(isinstance(e, Signature) and SIGNS.get(role) is not e.side for e in added)
    rest = [c for c in delta.changes if c.table not in writes]
    if foreign or not all(_follows(now, new, c, added) for c in rest):
        raise Refused(
            tr("You work as the {role}: only a planner changes the plan. Nothing was changed.").format(role=tr(role))
        )


def _follows(now: Plan, new: Plan, change: Change[Entity], added: Iterable[Entity | None]) -> bool:
    before, after = change.before, change.after
    if isinstance(before, Roadmap) and isinstance(after, Roadmap):
        agreed = in_force(new)
        if agreed is None or not any(isinstance(e, Signature) and e.agreement == agreed.id for e in added):
            return False
        limits = (agreed.longest_increment_weeks, agreed.longest_silence_weeks)
        return after == replace(before, longest_increment_weeks=limits[0], longest_silence_weeks=limits[1])
    if not isinstance(before, Increment) or not isinstance(after, Increment):
        return False
    if replace(before, status=after.status) != after:
        return False
    return any(
        isinstance(e, Decision) and e.checkpoint in now.checkpoints and _led_to(now, new, e, before, after.status)
        for e in added
    )


def _led_to(now: Plan, new: Plan, decision: Decision, increment: Increment, status: Status) -> bool:
    checkpoint = now.checkpoints[decision.checkpoint]
    if decision.answer is Answer.REJECT:
        return status is Status.HELD and increment in held_by(now, checkpoint)
    with_answer = now.with_entities([decision])
    going = released_by(with_answer, checkpoint, new.increments[increment.id].span.start)
    return increment.id in going and status in (Status.PLANNED, Status.RUNNING)


def _limits(roadmap: Roadmap) -> tuple[int, int]:
    return roadmap.longest_increment_weeks, roadmap.longest_silence_weeks
