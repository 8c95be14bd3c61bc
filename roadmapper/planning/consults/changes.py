"""Changes: what is otherwise in the plan than at the last look, in plain words, one line for each thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan


class ChangeKind(StrEnum):
    """What happened to a thing, most of all."""

    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Changed:
    """One line: what happened to the thing called *title*, in *words*; *about* is its id."""

    kind: ChangeKind
    title: str
    words: str
    about: EntityId


def changes_since(then: Plan, now: Plan, project: EntityId | None = None) -> list[Changed]:
    """Return the net difference in plain words."""
    return []


def point_of(plan: Plan, who: str) -> int | None:
    """Return the last journal row that *who* has seen: when deciding, or marked as seen; None where there is none.

    Names are the same whatever their case and the blanks around them.
    """
    seen = [d.seen for d in plan.decisions.values() if _same(d.who, who)]
    seen += [look.seen for look in plan.looks.values() if _same(look.who, who)]
    return max(seen, default=None)


def last_looked(plan: Plan, who: str) -> datetime | None:
    """Return the instant (UTC) at which *who* last decided or marked the plan as seen; None where that never was."""
    when = [d.when for d in plan.decisions.values() if _same(d.who, who)]
    when += [look.when for look in plan.looks.values() if _same(look.who, who)]
    return max(when, default=None)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
