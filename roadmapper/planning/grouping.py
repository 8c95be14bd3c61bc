"""Grouping: by what the increments are sorted into lanes - project, team, status, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from enum import Enum
from operator import attrgetter

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr

NO_TEAM = EntityId("no-team")
EVERYTHING = EntityId("all")
STATUS_KEYS = {status: EntityId(f"status-{status.value}") for status in Status}
STATUSES = {key: status for status, key in STATUS_KEYS.items()}


class Grouping(Enum):
    """What the increments of one lane have in common."""

    PROJECT = "project"
    TEAM = "team"
    STATUS = "status"
    NONE = "none"


def lane_key_of(plan: Plan, increment: Increment, grouping: Grouping) -> EntityId:
    """Return the key of the lane in which an increment stands."""
    return keys_for(plan, grouping)(increment)


def keys_for(plan: Plan, grouping: Grouping) -> Callable[[Increment], EntityId]:
    """Return what tells the lane of an increment, to be asked about many.

    The team of an increment that names none is its project's, as everywhere.
    """
    if grouping is Grouping.PROJECT:
        return attrgetter("project")
    if grouping is Grouping.STATUS:
        return lambda increment: STATUS_KEYS[increment.status]
    if grouping is Grouping.NONE:
        return lambda increment: EVERYTHING
    teams = {key: project.team or NO_TEAM for key, project in plan.projects.items()}
    return lambda increment: increment.team or teams.get(increment.project, NO_TEAM)


def keys_in_order(plan: Plan, grouping: Grouping) -> list[EntityId]:
    """Return the keys of all lanes from the top: projects in the order they were given, teams by name.

    The lane of those that no team does is there only while there are any.
    """
    if grouping is Grouping.PROJECT:
        return [project.id for project in plan.projects_in_order]
    if grouping is Grouping.STATUS:
        return list(STATUSES)
    if grouping is Grouping.NONE:
        return [EVERYTHING]
    teams = sorted(plan.teams.values(), key=lambda team: (team.title.casefold(), team.id))
    key_of = keys_for(plan, grouping)
    left = any(i.team is None and key_of(i) == NO_TEAM for i in plan.increments.values())
    return [*(team.id for team in teams), *([NO_TEAM] if left else [])]


def lane_title(plan: Plan, key: EntityId, grouping: Grouping) -> str:
    """Return the title of a lane."""
    if grouping is Grouping.PROJECT:
        return plan.projects[key].title
    if grouping is Grouping.STATUS:
        return tr(STATUSES[key].value).capitalize()
    if grouping is Grouping.NONE:
        return tr("All increments")
    return plan.teams[key].title if key in plan.teams else tr("No team yet")


def members(
    plan: Plan, grouping: Grouping, lanes: Collection[EntityId] | None = None
) -> dict[EntityId, list[Increment]]:
    """Return the increments of each lane by start, or only those of some *lanes*; a lane without any has no entry."""
    found: defaultdict[EntityId, list[Increment]] = defaultdict(list)
    key_of = keys_for(plan, grouping)
    for increment in plan.increments.values():
        key = key_of(increment)
        if lanes is None or key in lanes:
            found[key].append(increment)
    for increments in found.values():
        increments.sort(key=attrgetter("span.start", "span.end", "id"))
    return dict(found)
