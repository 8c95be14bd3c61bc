"""Edits of the roadmap itself, and of many nouns at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from roadmapper.domain.increment import Increment
from roadmapper.domain.money import minor_digits
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.roadmap import Roadmap


def change_roadmap(plan: Plan, roadmap: Roadmap) -> Plan:
    """Give the plan another frame; in another currency every amount stays the number that people read."""
    digits = minor_digits(roadmap.currency) - minor_digits(plan.roadmap.currency)
    changed: list[Entity] = [roadmap]
    if digits:
        priced: list[Increment | ScopeItem] = [*plan.increments.values(), *plan.scope_items.values()]
        for entity in priced:
            if entity.revenue_per_month is not None:
                amount = Fraction(entity.revenue_per_month) * Fraction(10) ** digits
                changed.append(replace(entity, revenue_per_month=round(amount)))
    return plan.with_entities(changed)


def put_all(plan: Plan, entities: Iterable[Entity]) -> Plan:
    """Add *entities*, such as those of an import, in one step."""
    return plan.with_entities(entities)
