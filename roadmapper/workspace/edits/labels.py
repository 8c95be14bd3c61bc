"""Labels of edits: what undo and the history call a step, by the name of what it is about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.placing import on_worked_day
from roadmapper.planning.phrases import day_text


def increment_added(title: str) -> str:
    """Return what adding an increment is called."""
    return tr("Add “{title}”").format(title=title)


def increments_deleted(plan: Plan, ids: Collection[EntityId]) -> str:
    """Return what deleting increments is called: by its title where it is one."""
    if len(ids) == 1:
        return tr("Delete “{title}”").format(title=plan.increments[next(iter(ids))].title)
    return trn("Delete {n} increment", "Delete {n} increments", len(ids))


def start_moved(plan: Plan, key: EntityId, day: date) -> str:
    """Return what moving an increment to another start is called."""
    return tr("Move “{title}” to {day}").format(title=plan.increments[key].title, day=day_text(day))


def consult_added(plan: Plan, project: EntityId, increment: EntityId | None = None) -> str:
    """Return what adding a consult is called."""
    return tr("Add a consult for “{title}”").format(title=_subject(plan, project, increment))


def consult_moved(plan: Plan, key: EntityId, day: date) -> str:
    """Return what moving a consult to *day* is called: by the day that its team works, on which it lands."""
    words, checkpoint = tr("Move the consult of “{title}” to {day}"), plan.checkpoints[key]
    return words.format(title=_about(plan, checkpoint), day=day_text(on_worked_day(plan, checkpoint.project, day)))


def consult_deleted(plan: Plan, key: EntityId) -> str:
    """Return what deleting a consult is called."""
    return tr("Delete the consult of “{title}”").format(title=_about(plan, plan.checkpoints[key]))


def links_deleted(plan: Plan, ids: Collection[EntityId]) -> str:
    """Return what deleting links is called: by both its ends where it is one."""
    if len(ids) != 1:
        return trn("Delete {n} link", "Delete {n} links", len(ids))
    link = plan.links[next(iter(ids))]
    ends = (plan.increments[link.before].title, plan.increments[link.after].title)
    return tr("Unlink “{before}” and “{after}”").format(before=ends[0], after=ends[1])


def _about(plan: Plan, checkpoint: Checkpoint) -> str:
    return _subject(plan, checkpoint.project, checkpoint.increment)


def _subject(plan: Plan, project: EntityId, increment: EntityId | None) -> str:
    about = plan.increments.get(increment) if increment else None
    return about.title if about is not None else plan.projects[project].title
