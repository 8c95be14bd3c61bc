"""Delta: the difference between two plans - saved, undone, shown, and added up, always the same value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from roadmapper.domain.entity import EntityId
from roadmapper.domain.table import Table

E = TypeVar("E", covariant=True)


class Tables(Protocol[E]):
    """What a difference can be taken of: a plan."""

    def tables(self) -> Mapping[str, Table[E]]:
        """Return all tables by name, parents before children."""
        ...


@dataclass(frozen=True, slots=True)
class Change(Generic[E]):
    """One entity before and after; None where it did not exist or no longer does."""

    table: str
    key: EntityId
    before: E | None
    after: E | None


@dataclass(frozen=True, slots=True)
class Delta(Generic[E]):
    """All that one edit changed."""

    changes: tuple[Change[E], ...]

    @classmethod
    def between(cls, old: Tables[E], new: Tables[E]) -> Delta[E]:
        """Return what leads from *old* to *new*; tables that both share are not looked into."""
        changes: list[Change[E]] = []
        tables = new.tables()
        for name, before in old.tables().items():
            after = tables[name]
            if before is after:
                continue
            for key in sorted(before.may_differ(after)):
                one, two = before.get(key), after.get(key)
                if one is not two and one != two:
                    changes.append(Change(name, key, one, two))
        return cls(tuple(changes))

    def __bool__(self) -> bool:
        return bool(self.changes)

    def reversed(self) -> Delta[E]:
        """Return what takes this delta back."""
        return Delta(tuple(Change(c.table, c.key, c.after, c.before) for c in reversed(self.changes)))
