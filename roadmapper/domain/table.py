"""Table: entities by id that never change; a new table shares all with the old one but what was put or taken out."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Generic, TypeVar, overload

from typing_extensions import override

from roadmapper.domain.entity import EntityId

E = TypeVar("E", covariant=True)
D = TypeVar("D")

MOST_PATCHED = 200


class Table(Mapping[EntityId, E], Generic[E]):
    """A large dict that many tables share, and the few entries in which this one differs (None: taken out).

    So an edit costs what it changes, not what the plan holds, and the difference of two tables that stem from each
    other is found without looking through either.
    """

    __slots__ = ("_base", "_patch", "_whole")

    def __init__(self, base: Mapping[EntityId, E], patch: Mapping[EntityId, E | None] | None = None) -> None:
        self._base: dict[EntityId, E] = base if isinstance(base, dict) else dict(base)
        self._patch: dict[EntityId, E | None] = dict(patch) if patch else {}
        self._whole: dict[EntityId, E] | None = None if self._patch else self._base

    def changed(self, changes: Mapping[EntityId, E | None]) -> Table[E]:
        """Return the table with *changes* put in; None takes an entry out, whether or not it is there."""
        patch = {**self._patch, **changes}
        table = Table(self._base, patch)
        return Table(table._all()) if len(patch) > MOST_PATCHED else table

    def may_differ(self, other: Table[E]) -> set[EntityId]:
        """Return at least every id whose entry is not the same in both."""
        if self._base is other._base:
            return self._patch.keys() | other._patch.keys()
        mine, theirs = self._all(), other._all()
        found = {key for key, entity in theirs.items() if mine.get(key) is not entity}
        return found | (mine.keys() - theirs.keys())

    def _all(self) -> dict[EntityId, E]:
        if self._whole is None:
            whole: dict[EntityId, E] = dict(self._base)
            for key, entity in self._patch.items():
                if entity is None:
                    whole.pop(key, None)
                else:
                    whole[key] = entity
            self._whole = whole
        return self._whole

    @override
    def __getitem__(self, key: EntityId) -> E:
        if key in self._patch:
            entity = self._patch[key]
            if entity is None:
                raise KeyError(key)
            return entity
        return self._base[key]

    @overload
    def get(self, key: EntityId, /) -> E | None: ...
    @overload
    def get(self, key: EntityId, /, default: E | D) -> E | D: ...
    @override
    def get(self, key: EntityId, /, default: object = None) -> object:
        """Return the entry of *key*, or *default*."""
        found = self._patch[key] if key in self._patch else self._base.get(key)
        return default if found is None else found

    @override
    def __contains__(self, key: object) -> bool:
        if key in self._patch:
            return self._patch[key] is not None  # type: ignore[index]
        return key in self._base

    @override
    def __iter__(self) -> Iterator[EntityId]:
        return iter(self._all())

    @override
    def __len__(self) -> int:
        return len(self._all())

    @override
    def keys(self) -> KeysView[EntityId]:
        """Return the ids."""
        return self._all().keys()

    @override
    def values(self) -> ValuesView[E]:
        """Return the entities."""
        return self._all().values()

    @override
    def items(self) -> ItemsView[EntityId, E]:
        """Return ids and entities."""
        return self._all().items()

    @override
    def __repr__(self) -> str:
        return f"Table({self._all()!r})"
