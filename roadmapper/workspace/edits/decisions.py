"""Edits of what the CMO answers: a decision with what follows from it, a condition that is met, a look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from roadmapper.domain.consult import Answer, Condition, Decision, Look
from roadmapper.domain.entity import new_id
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consequences import ends_reject, held_by, released_by


def decide(plan: Plan, decision: Decision, conditions: Iterable[str], today: date) -> Plan:
    """Record an answer and what follows from it.

    A reject holds the increments that depend on it; another answer lets those go on that a reject held. An approval
    with changes makes one condition of each of *conditions*. Raises Refused for a checkpoint that is not there, for an
    approval with changes that does not say which, and for a reject without a reason.
    """
    checkpoint = plan.checkpoints.get(decision.checkpoint)
    if checkpoint is None:
        raise Refused(tr("That checkpoint is no longer there: look at the list again."))
    asked = [text.strip() for text in conditions if text.strip()]
    if decision.answer is Answer.APPROVE_WITH_CHANGES and not asked:
        raise Refused(tr("Say which changes you ask for: write them into the comment."))
    if decision.answer is Answer.REJECT and not decision.comment.strip():
        raise Refused(tr("Say why not: a sentence in the comment is enough."))
    after = plan.with_entities([decision])
    if decision.answer is Answer.REJECT:
        return after.with_entities(replace(i, status=Status.HELD) for i in held_by(plan, checkpoint))
    if ends_reject(plan, checkpoint):  # what a planner holds by hand, no answer lets go on
        going = released_by(after, checkpoint, today)
        after = after.with_entities(replace(plan.increments[key], status=status) for key, status in going.items())
    if decision.answer is Answer.APPROVE_WITH_CHANGES:
        after = after.with_entities(Condition(new_id("con"), decision.id, text) for text in asked)
    return after


def put_condition(plan: Plan, condition: Condition) -> Plan:
    """Change who sees to a condition, or when it was met."""
    old = plan.conditions.get(condition.id)
    if old is None or old.decision != condition.decision or old.text != condition.text:
        raise Refused(tr("What was asked for stays as it was said: record a new decision to ask for something else."))
    return plan.with_entities([condition])


def mark_seen(plan: Plan, who: str, when: datetime, seen: int) -> Plan:
    """Note that somebody has seen the plan up to journal row *seen*."""
    return plan.with_entities([Look(new_id("look"), who, when, seen)])
