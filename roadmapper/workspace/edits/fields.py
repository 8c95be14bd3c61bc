"""Edits of single fields, as an inspector asks for them, and the mend of a consult gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.placing import best_dates
from roadmapper.planning.consults.saying import mid_way_question
from roadmapper.workspace.edits.checkpoints import add_checkpoints, open_checkpoint, put_checkpoint
from roadmapper.workspace.edits.increments import change_increment, found, move_increments, resize_increment


def with_increment(plan: Plan, key: EntityId, values: Mapping[str, Any]) -> Plan:
    """Give fields of an increment other values."""
    return change_increment(plan, replace(found(plan, key), **values))


def with_checkpoint(plan: Plan, key: EntityId, values: Mapping[str, Any]) -> Plan:
    """Give fields of a checkpoint other values."""
    return put_checkpoint(plan, replace(open_checkpoint(plan, key), **values))


def start_on(plan: Plan, key: EntityId, day: date, *, push: bool = True) -> Plan:
    """Let an increment start on *day*, as long as it is: its finish and its open checkpoints move with it."""
    return move_increments(plan, [key], (day - found(plan, key).span.start).days, push=push)


def finish_on(plan: Plan, key: EntityId, day: date, *, push: bool = True) -> Plan:
    """Let *day* be the last day of an increment."""
    return resize_increment(plan, key, DateSpan(found(plan, key).span.start, later(day, 1)), push=push)


def add_consult(plan: Plan, project: EntityId, gap: DateSpan) -> Plan:
    """Add the checkpoints that a gap lacks, on days that its team works; raises Refused when it lacks none."""
    days = best_dates(plan, project, gap)
    if not days:
        raise Refused(tr("There is no gap there any more."))
    return add_consults(plan, [(project, day) for day in days])


def add_consults(plan: Plan, days: Iterable[tuple[EntityId, date]]) -> Plan:
    """Add a mid-way look for each project and day, about the increment that is under way there then."""
    made = []
    for project, day in days:
        inside = [
            i for i in plan.increments_by_project.get(project, ()) if i.counts and i.span.start <= day < i.span.end
        ]
        about = inside[0].id if inside else None
        made.append(Checkpoint(new_id("chk"), project, day, Kind.MID_WAY, mid_way_question(), about))
    return add_checkpoints(plan, made)
