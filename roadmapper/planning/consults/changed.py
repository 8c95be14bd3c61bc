"""Changed: one line of what is otherwise than at the last look, and what of a thing the CMO does not read about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from roadmapper.domain.entity import EntityId


class ChangeKind(StrEnum):
    """What happened to a thing, most of all."""

    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Changed:
    """One line: what happened to the thing called *title*, in *words*.

    *about* is its id, *project* the project it belongs to, where it belongs to one.
    """

    kind: ChangeKind
    title: str
    words: str
    about: EntityId
    project: EntityId | None = None


Part: TypeAlias = tuple[ChangeKind, str]
"""One of several changes of the same thing."""

IN_ORDER = tuple(ChangeKind)
"""What happened to one thing, the most important first."""
LINES_IN_ORDER = (ChangeKind.MONEY, ChangeKind.MOVED, ChangeKind.REMOVED, ChangeKind.ADDED, ChangeKind.CHANGED)
"""The lines: first what costs money, a date or a thing that was promised."""
UNSAID = {
    "projects": ("position", "accent"),
    "increments": ("pinned",),
    "scope_items": ("position",),
    "checkpoints": ("by_rule",),
}
"""What is of no concern to who is consulted: where a thing stands on the screen, and who may move it."""


def joined(parts: list[Part]) -> Part | None:
    """Return several changes of one thing as one: the kind of the most important, and all of their words."""
    ordered = sorted(parts, key=lambda part: IN_ORDER.index(part[0]))
    return (ordered[0][0], "; ".join(words for _, words in ordered)) if ordered else None
