"""Edits of the roadmap itself, and of many nouns at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from roadmapper.domain.agreement import OutsidePurchase
from roadmapper.domain.criterion import Criterion
from roadmapper.domain.increment import Increment
from roadmapper.domain.investment import Investment
from roadmapper.domain.money import minor_digits
from roadmapper.domain.plan import TABLE_OF, Entity, Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.roadmap import Roadmap
from roadmapper.workspace.edits.agreements import check_limits

AMOUNTS: Mapping[type[Entity], tuple[str, ...]] = {
    Roadmap: ("budget_money", "yardstick"),
    Increment: ("revenue_per_month", "actual_per_month"),
    ScopeItem: ("revenue_per_month",),
    Criterion: ("cio", "cmo", "agreed"),
    Investment: ("revenue_low", "revenue", "revenue_high", "cost"),
    OutsidePurchase: ("cost",),
}
"""The fields that hold money, in minor units of the roadmap's currency."""


def change_roadmap(plan: Plan, roadmap: Roadmap) -> Plan:
    """Give the plan another frame; in another currency every amount stays the number that people read.

    An amount of the frame itself that is new is one of the new currency. Raises Refused for limits that differ from
    the agreement's.
    """
    check_limits(plan, roadmap.longest_increment_weeks, roadmap.longest_silence_weeks)
    digits = minor_digits(roadmap.currency) - minor_digits(plan.roadmap.currency)
    if not digits:
        return plan.with_entities([roadmap])
    kept = [name for name in AMOUNTS[Roadmap] if getattr(roadmap, name) == getattr(plan.roadmap, name)]
    changed: list[Entity] = [_counted(roadmap, kept, digits)]
    priced: list[Entity] = [*plan.increments.values(), *plan.scope_items.values()]
    priced += (*plan.criteria.values(), *plan.investments.values(), *plan.purchases.values())
    changed += (_counted(entity, AMOUNTS[type(entity)], digits) for entity in priced)
    return plan.with_entities(e for e in changed if plan.table(TABLE_OF[type(e)])[e.id] != e)


def _counted(entity: Entity, fields: Iterable[str], digits: int) -> Entity:
    """Return *entity* with its amounts in minor units of so many *digits* more; a yardstick stays above nothing."""
    amounts: dict[str, int] = {}
    for name in fields:
        amount = getattr(entity, name)
        if amount is not None:
            counted = round(Fraction(amount) * Fraction(10) ** digits)
            amounts[name] = max(counted, 1) if name == "yardstick" else counted
    changes: dict[str, Any] = dict(amounts)
    return replace(entity, **changes)


def put_all(plan: Plan, entities: Iterable[Entity]) -> Plan:
    """Add *entities*, such as those of an import, in one step."""
    return plan.with_entities(entities)
