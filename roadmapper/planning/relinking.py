"""Relinking: where links lead after a split has put other increments in the place of those they led to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.scheduling import circle_in


def carried_links(plan: Plan, after: Plan, gone: Collection[EntityId]) -> tuple[list[Link], list[str]]:
    """Return the links of the increments that are *gone*, led to those that now deliver most of their scope.

    *plan* is as it was, *after* as it will be, without these links. A link that can not be kept (its increment has no
    successor, or it would close a circle) is named in a sentence; one whose two ends are now one increment is kept by
    that.
    """
    kept: list[Link] = []
    notes: list[str] = []
    led = {(link.before, link.after) for link in after.links.values()}
    for link in plan.links.values():
        if link.before not in gone and link.after not in gone:
            continue
        before = _successor(plan, after, link.before) if link.before in gone else link.before
        later = _successor(plan, after, link.after) if link.after in gone else link.after
        if before is not None and before == later:
            continue
        if before is None or later is None or _closes_a_circle(led, before, later):
            one, two = plan.increments[link.before].title, plan.increments[link.after].title
            notes.append(tr("The link from “{one}” to “{two}” can not be kept.").format(one=one, two=two))
        elif (before, later) not in led:
            led.add((before, later))
            kept.append(replace(link, before=before, after=later))
    return kept, notes


def _successor(plan: Plan, after: Plan, increment: EntityId) -> EntityId | None:
    """Return the increment that delivers most of what *increment* would have; the earlier one where two do alike."""
    weights: Counter[EntityId] = Counter()
    for item in plan.scope_by_increment.get(increment, ()):
        now = after.scope_items.get(item.part_of or item.id)
        if now is not None and now.increment is not None:
            weights[now.increment] += 1
    if not weights:
        return None
    return min(weights, key=lambda key: (-weights[key], after.increments[key].span.start, key))


def _closes_a_circle(led: Iterable[tuple[EntityId, EntityId]], before: EntityId, later: EntityId) -> bool:
    waits: dict[EntityId, list[EntityId]] = {}
    for one, two in (*led, (before, later)):
        waits.setdefault(two, []).append(one)
    return bool(circle_in(waits))
