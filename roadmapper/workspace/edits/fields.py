"""Edits of single fields, as an inspector asks for them, and the mend of a consult gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consulting import consults_between
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.workspace.edits.checkpoints import put_checkpoint
from roadmapper.workspace.edits.increments import change_increment, resize_increment


def with_increment(plan: Plan, key: EntityId, values: Mapping[str, Any]) -> Plan:
    """Give fields of an increment other values."""
    return change_increment(plan, replace(plan.increments[key], **values))


def with_checkpoint(plan: Plan, key: EntityId, values: Mapping[str, Any]) -> Plan:
    """Give fields of a checkpoint other values."""
    return put_checkpoint(plan, replace(plan.checkpoints[key], **values))


def start_on(plan: Plan, key: EntityId, day: date, *, push: bool = True) -> Plan:
    """Let an increment start on *day*; its finish stays, unless it would lie before: then the length stays."""
    span = plan.increments[key].span
    end = span.end if day < span.end else later(day, span.days)
    return resize_increment(plan, key, DateSpan(day, end), push=push)


def finish_on(plan: Plan, key: EntityId, day: date, *, push: bool = True) -> Plan:
    """Let *day* be the last day of an increment."""
    return resize_increment(plan, key, DateSpan(plan.increments[key].span.start, later(day, 1)), push=push)


def add_consult(plan: Plan, project: EntityId, gap: DateSpan) -> Plan:
    """Add the checkpoints that a gap lacks, on working days; raises Refused when it lacks none."""
    roadmap = plan.roadmap
    days = consults_between(gap.start, gap.end, roadmap.silence_limit_days, WorkingCalendar(roadmap.country))
    if not days:
        raise Refused(tr("There is no gap there any more."))
    for day in days:
        inside = [i for i in plan.increments_by_project.get(project, ()) if i.span.start <= day < i.span.end]
        about = inside[0].id if inside else None
        question = tr("Is this still what you need?")
        plan = put_checkpoint(plan, Checkpoint(new_id("chk"), project, day, Kind.MID_WAY, question, about))
    return plan
