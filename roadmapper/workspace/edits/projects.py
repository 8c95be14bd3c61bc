"""Edits of projects: add, change, delete."""

from __future__ import annotations

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

ACCENTS = 8


def next_place(plan: Plan) -> int:
    """Return the position below all projects there are."""
    return max((p.position for p in plan.projects.values()), default=-1) + 1


def put_project(plan: Plan, project: Project, team: Team | None = None) -> Plan:
    """Add a project, or put it in place of the one with its id; *team* likewise, when it is given."""
    return plan.with_entities([project] if team is None else [team, project])


def put_scope_item(plan: Plan, item: ScopeItem) -> Plan:
    """Add a scope item, or put it in place of the one with its id."""
    return plan.with_entities([item])


def delete_project(plan: Plan, key: EntityId) -> Plan:
    """Delete a project with all that belongs to it; raises Refused when the CMO has decided about it."""
    checkpoints = plan.checkpoints_by_project.get(key, [])
    if any(c.id in plan.latest_decisions for c in checkpoints):
        raise Refused(
            tr("“{title}” has decisions of the CMO, which are never deleted: cancel its increments instead.").format(
                title=plan.projects[key].title
            )
        )
    increments = plan.increments_by_project.get(key, [])
    ids = {i.id for i in increments}
    links = (link for link in plan.links.values() if link.before in ids or link.after in ids)
    gone: list[Entity] = [plan.projects[key], *increments, *checkpoints, *plan.scope_by_project.get(key, ()), *links]
    return plan.without(gone)
