"""Role: who works with a roadmap, and which tables each may write to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody does with a roadmap."""

    PLANNER = "planner"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    BROKER = "broker"


_ANSWERS = frozenset({"decisions", "conditions", "looks", "signatures", "paragraphs"})
_WORDS = frozenset({"terms", "agreements", "measures", "readings", "purchases", "conditions", "looks", "paragraphs"})

WRITES: Mapping[Role, frozenset[str] | None] = {
    Role.PLANNER: None,
    Role.REVIEWER: _ANSWERS,
    Role.MANAGER: frozenset({"looks", "paragraphs"}),
    Role.BROKER: _WORDS,
}
"""The tables that each role may write to; None is all of them. A reject and its withdrawal also set an increment's
status, which is the one thing that a reviewer changes in a plan."""
