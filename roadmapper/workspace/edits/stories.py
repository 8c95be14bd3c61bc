"""Edits of the story: its paragraphs, where they stand, and that somebody says they are right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.story import Paragraph, Place
from roadmapper.domain.wording import tr
from roadmapper.planning.story.drafting import draft
from roadmapper.planning.story.filling import confirmed


def put_paragraph(plan: Plan, paragraph: Paragraph) -> Plan:
    """Add a paragraph, or put it in place of that with its id: as right for the figures of now.

    A new one stands last in its place. Who writes a text has just read its figures.
    """
    old = plan.paragraphs.get(paragraph.id)
    if old is None or old.place is not paragraph.place:
        there = [p.position for p in plan.paragraphs.values() if p.place is paragraph.place]
        paragraph = replace(paragraph, position=max(there, default=-1) + 1)
    return plan.with_entities([confirmed(plan, paragraph)])


def put_draft(plan: Plan) -> Plan:
    """Write a first text into each place of the story that is empty; raises Refused where none is."""
    empty = {place for place in Place if not plan.paragraphs_in_order[place]}
    if not empty:
        raise Refused(tr("Every part of the story has a text already: add a paragraph, or edit one."))
    drafted = (replace(p, id=new_id("story")) for p in draft(plan) if p.place in empty)
    return plan.with_entities(confirmed(plan, paragraph) for paragraph in drafted)


def confirm_paragraphs(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Say that the texts are right for the figures of now."""
    return plan.with_entities(confirmed(plan, plan.paragraphs[key]) for key in ids if key in plan.paragraphs)


def delete_paragraphs(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete paragraphs."""
    return plan.without(plan.paragraphs[key] for key in ids if key in plan.paragraphs)


def move_paragraph(plan: Plan, key: EntityId, steps: int) -> Plan:
    """Move a paragraph by *steps* among those of its place; raises Refused where it is no longer there."""
    if key not in plan.paragraphs:
        raise Refused(tr("That paragraph is no longer there: look at the list again."))
    fellows = plan.paragraphs_in_order[plan.paragraphs[key].place]
    order = [p.id for p in fellows]
    at = order.index(key)
    order.insert(min(max(at + steps, 0), len(order) - 1), order.pop(at))
    return plan.with_entities(replace(plan.paragraphs[k], position=n) for n, k in enumerate(order))
