"""Edits of links: add, delete."""

from __future__ import annotations

from collections import defaultdict

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.scheduling import circle_in


def add_link(plan: Plan, link: Link) -> Plan:
    """Add a link; raises Refused, naming the path, when it would close a circle, or when it is there already."""
    after: defaultdict[EntityId, list[EntityId]] = defaultdict(list)
    for existing in (*plan.links.values(), link):
        after[existing.after].append(existing.before)
    if after[link.after].count(link.before) > 1:
        raise Refused(tr("These two increments are linked already."))
    circle = circle_in(after)
    if circle:
        path = " → ".join(f"“{plan.increments[key].title}”" for key in circle)
        raise Refused(tr("That link would close a circle: {path}.").format(path=path))
    return plan.with_entities([link])


def delete_link(plan: Plan, key: EntityId) -> Plan:
    """Delete a link."""
    return plan.without([plan.links[key]])
