"""Edits of several at once, as an inspector asks for them: each is one step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.workspace.edits.checkpoints import open_checkpoint, put_checkpoint
from roadmapper.workspace.edits.increments import found, resize_increment, unfinished
from roadmapper.workspace.edits.links import found_link


def with_increments(plan: Plan, ids: Collection[EntityId], values: Mapping[str, Any]) -> Plan:
    """Give fields of increments other values, not their days; raises Refused where one is no longer there."""
    return plan.with_entities(replace(found(plan, key), **values) for key in ids)


def with_lengths(plan: Plan, ids: Collection[EntityId], days: int, *, push: bool = True) -> Plan:
    """Let each of the increments take *days* from its start.

    With *push*, what comes after a later finish is moved out of its way, as far as nothing holds it. One that is
    moved by another of them takes *days* from where it then stands. What is delivered or cancelled is left as it is;
    raises Refused where nothing else is among them.
    """
    # From the last to the first: one that is to be shorter pushes nothing on its way there.
    for key in sorted(unfinished(plan, ids), key=lambda k: plan.increments[k].span, reverse=True):
        start = plan.increments[key].span.start
        span = DateSpan(start, later(start, days))
        if span != plan.increments[key].span:
            plan = resize_increment(plan, key, span, push=push)
    return plan


def with_checkpoints(plan: Plan, ids: Collection[EntityId], values: Mapping[str, Any]) -> Plan:
    """Give fields of checkpoints other values; raises Refused where one of them is answered."""
    for key in ids:
        plan = put_checkpoint(plan, replace(open_checkpoint(plan, key), **values))
    return plan


def shift_checkpoints(plan: Plan, ids: Collection[EntityId], days: int) -> Plan:
    """Move checkpoints by the same number of days; raises Refused where one of them is answered."""
    for key in ids:
        checkpoint = open_checkpoint(plan, key)
        plan = put_checkpoint(plan, replace(checkpoint, day=later(checkpoint.day, days)))
    return plan


def with_lags(plan: Plan, ids: Collection[EntityId], days: int) -> Plan:
    """Give links another lag in days; raises Refused for one of more than ten years."""
    return plan.with_entities(replace(found_link(plan, key), lag_days=days) for key in ids)
