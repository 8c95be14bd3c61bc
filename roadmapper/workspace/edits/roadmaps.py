"""Edits of the roadmap itself, and of many nouns at once."""

from __future__ import annotations

from collections.abc import Iterable

from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.roadmap import Roadmap


def change_roadmap(plan: Plan, roadmap: Roadmap) -> Plan:
    """Give the plan another frame."""
    return plan.with_entities([roadmap])


def put_all(plan: Plan, entities: Iterable[Entity]) -> Plan:
    """Add *entities*, such as those of an import, in one step."""
    return plan.with_entities(entities)
