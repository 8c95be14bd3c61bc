"""Edits of links: add, give another lag, delete."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.scheduling import way_between


def add_link(plan: Plan, link: Link) -> Plan:
    """Add a link; raises Refused, naming the path, when it would close a circle, or when it is there already."""
    check_link(plan, link.before, link.after)
    return plan.with_entities([link])


def check_link(plan: Plan, before: EntityId, after: EntityId) -> None:
    """Raise Refused where *after* cannot be linked to come after *before*.

    It is already, or that closes a circle, or one of them is no longer there.
    """
    if before not in plan.increments or after not in plan.increments:
        raise Refused(tr("That increment is no longer there: nothing was changed."))
    if any(k.before == before and k.after == after for k in plan.links_by_increment.get(before, ())):
        raise Refused(tr("These two increments are linked already."))
    circle = circle_closed(plan, before, after)
    if circle:
        path = " → ".join(f"“{plan.increments[key].title}”" for key in circle)
        raise Refused(tr("That link would close a circle: {path}.").format(path=path))


def circle_closed(plan: Plan, before: EntityId, after: EntityId) -> list[EntityId]:
    """Return the circle that a link from *before* to *after* would close, *before* first and last; or nothing.

    Only what comes after *after* is looked at, so it takes no longer where there are many other links.
    """
    if before == after:
        return [before, after]

    def next_ones(key: EntityId) -> list[EntityId]:
        return [link.after for link in plan.links_by_increment.get(key, ()) if link.before == key]

    way = way_between(after, before, next_ones)
    return [before, *way] if way else []


def change_lag(plan: Plan, key: EntityId, days: int) -> Plan:
    """Let what comes after a link start no earlier than *days* after the end of what comes before.

    Raises Refused for a lag of more than ten years.
    """
    return plan.with_entities([replace(found_link(plan, key), lag_days=days)])


def delete_links(plan: Plan, keys: Collection[EntityId]) -> Plan:
    """Delete links; raises Refused where one is gone already."""
    return plan.without([found_link(plan, key) for key in keys])


def found_link(plan: Plan, key: EntityId) -> Link:
    """Return a link; raises Refused where it is no longer there."""
    if key not in plan.links:
        raise Refused(tr("That link is no longer there: nothing was changed."))
    return plan.links[key]
