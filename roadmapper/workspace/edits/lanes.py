"""Edits of lanes: in which one an increment stands, and in what order they lie."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.grouping import NO_TEAM, STATUSES, Grouping, keys_for, keys_in_order, lane_title
from roadmapper.workspace.edits.increments import found


def lane_label(plan: Plan, ids: Collection[EntityId], lane: EntityId, grouping: Grouping) -> str:
    """Return what the step is called that puts *ids* into *lane*."""
    titles = [plan.increments[key].title for key in ids]
    where = lane_title(plan, lane, grouping)
    if len(titles) == 1:
        return tr("Move “{title}” to “{lane}”").format(title=titles[0], lane=where)
    return trn("Move {n} increment to “{lane}”", "Move {n} increments to “{lane}”", len(titles), lane=where)


def change_lane(plan: Plan, ids: Collection[EntityId], lane: EntityId, grouping: Grouping) -> Plan:
    """Return *plan* with the increments *ids* in the lane called *lane*: of that project, that team or that status.

    Dates stay as they are. Into another project an increment takes its open checkpoints and the scope items it delivers
    along; what was answered stays with the project about which it was asked. What is delivered or cancelled is left
    behind where others go. Raises Refused where an increment cannot go there: a delivered one, one whose scope the rest
    of its project needs, and one that cannot be without a team.
    """
    if lane not in keys_in_order(plan, grouping) and lane != NO_TEAM:
        raise Refused(tr("That lane is no longer there: choose another one."))
    key_of = keys_for(plan, grouping)
    whole = [found(plan, key) for key in ids]
    free = [each for each in whole if not each.finished] or whole
    moved = [each for each in free if key_of(each) != lane]
    if grouping is Grouping.PROJECT:
        return plan.with_entities(_into_project(plan, moved, lane))
    if grouping is Grouping.TEAM:
        return plan.with_entities(_into_team(plan, increment, lane) for increment in moved)
    if grouping is Grouping.STATUS:
        return plan.with_entities(_into_status(increment, STATUSES[lane]) for increment in moved)
    return plan


def place_project(plan: Plan, key: EntityId, before: EntityId | None) -> Plan:
    """Return *plan* with a project just above another, or below all of them where that is None."""
    order = [project for project in plan.projects_in_order if project.id != key]
    place = next((n for n, project in enumerate(order) if project.id == before), len(order))
    order.insert(place, plan.projects[key])
    return plan.with_entities(replace(p, position=n) for n, p in enumerate(order) if p.position != n)


def _into_project(plan: Plan, moved: Collection[Increment], project: EntityId) -> Iterator[Entity]:
    ids = {increment.id for increment in moved}
    bottom = max((item.position for item in plan.scope_by_project.get(project, ())), default=-1)
    for increment in moved:
        if increment.status is Status.DELIVERED:
            raise Refused(
                tr("“{title}” is delivered: it stays in the project for which it was built.").format(
                    title=increment.title
                )
            )
        yield replace(increment, project=project)
        for checkpoint in plan.checkpoints_by_project.get(increment.project, ()):
            if checkpoint.increment == increment.id:
                answered = checkpoint.id in plan.latest_decisions
                yield replace(checkpoint, increment=None) if answered else replace(checkpoint, project=project)
        for item in plan.scope_by_increment.get(increment.id, ()):
            _check_free(plan, increment, item, ids)
            bottom += 1
            yield replace(item, project=project, position=bottom)


def _check_free(plan: Plan, increment: Increment, item: ScopeItem, ids: Collection[EntityId]) -> None:
    """Raise Refused where *item* and something that stays in its project need each other."""
    for other in plan.scope_by_project.get(item.project, ()):
        if other.increment in ids:
            continue
        words = ""
        if other.id in item.after:
            words = tr("“{title}” delivers “{item}”, which comes after “{other}”: move both, or part them first.")
        elif item.id in other.after:
            words = tr("“{title}” delivers “{item}”, which “{other}” comes after: move both, or part them first.")
        elif other.id == item.part_of or (other.part_of in (item.id, item.part_of) and other.part_of is not None):
            words = tr("“{title}” delivers “{item}”, a part of the same as “{other}”: move all parts together.")
        if words:
            raise Refused(words.format(title=increment.title, item=item.title, other=other.title))


def _into_team(plan: Plan, increment: Increment, team: EntityId) -> Increment:
    if team != NO_TEAM:
        return replace(increment, team=team)
    project = plan.projects[increment.project]
    if project.team is not None:
        words = tr("“{title}” is built by the team of “{project}” where it has none of its own: choose another team.")
        raise Refused(words.format(title=increment.title, project=project.title))
    return replace(increment, team=None)


def _into_status(increment: Increment, status: Status) -> Increment:
    if increment.status is Status.DELIVERED:
        words = tr("“{title}” is delivered: that is history. Where it was a mistake, undo it or change the status.")
        raise Refused(words.format(title=increment.title))
    if status is Status.DELIVERED:
        words = tr("“{title}” is delivered once somebody says so: set the status in its details.")
        raise Refused(words.format(title=increment.title))
    return replace(increment, status=status)
