"""Rows: the only place where entities meet columns - for the tables, for the journal and for the digest alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, astuple, dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from operator import attrgetter
from typing import Any, TypeAlias

from roadmapper.domain.agreement import Side
from roadmapper.domain.consult import Answer, Kind
from roadmapper.domain.criterion import Bend, Voice
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.delta import Change, Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.investment import Rating, Stage, TeamEffort
from roadmapper.domain.measure import Direction
from roadmapper.domain.plan import NOUNS, TABLE_OF, Entity
from roadmapper.domain.story import Figure, Place

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Sequence[Cell]

MODULUS = 1 << 256
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _list_text(items: tuple[object, ...]) -> str:
    return _ENCODE(list(items))


def _ids(text: str) -> tuple[EntityId, ...]:
    return tuple(EntityId(i) for i in json.loads(text)) if text != "[]" else ()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()


def _parts_text(parts: tuple[Any, ...]) -> str:
    # A float is written as one, so that 3.0 and 3, which are equal, are the same bytes.
    told = [[v + 0.0 if isinstance(v, int | float) else v for v in astuple(part)] for part in parts]
    return _ENCODE(told)


def _parts(part: Callable[..., object], text: str) -> tuple[object, ...]:
    return tuple(part(*values) for values in json.loads(text)) if text != "[]" else ()


_CONVERSIONS: Mapping[str, tuple[Callable[[Any], Cell], Callable[[Any], object]]] = {
    "date": (date.isoformat, date.fromisoformat),
    "datetime": (datetime.isoformat, datetime.fromisoformat),
    "Status": (str, Status),
    "Kind": (str, Kind),
    "Answer": (str, Answer),
    "Voice": (str, Voice),
    "Stage": (str, Stage),
    "Side": (str, Side),
    "Direction": (str, Direction),
    "Place": (str, Place),
    "bool": (int, bool),
    "float": (lambda value: value + 0.0, float),  # SQLite keeps no minus zero
    "tuple[EntityId, ...]": (_list_text, _ids),
    "tuple[int, ...]": (_list_text, _numbers),
    "tuple[Bend, ...]": (_parts_text, lambda text: _parts(Bend, text)),
    "tuple[TeamEffort, ...]": (_parts_text, lambda text: _parts(TeamEffort, text)),
    "tuple[Figure, ...]": (_parts_text, lambda text: _parts(Figure, text)),
    "tuple[Rating, ...]": (_parts_text, lambda text: _parts(Rating, text)),
}
"""How a field's value becomes a cell, and a cell the value; a kind that is not here is stored as it is."""

_SPAN_COLUMNS = {"span": ("start", "end"), "original": ("original_start", "original_end")}


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    columns: tuple[str, ...]
    to_cell: Callable[[Any], Cell] | None
    to_value: Callable[[Any], object] | None
    optional: bool

    @property
    def paths(self) -> list[str]:
        return [f"{self.name}.start", f"{self.name}.end"] if len(self.columns) == 2 else [self.name]

    @property
    def to_cells(self) -> list[Callable[[Any], Cell] | None]:
        return [date.isoformat, date.isoformat] if len(self.columns) == 2 else [self.to_cell]

    def values(self, columns: Sequence[Sequence[Any]]) -> Iterable[object]:
        if len(columns) == 2:
            return map(DateSpan, *(map(date.fromisoformat, c) for c in columns))
        convert = self.to_value
        if convert is None:
            return columns[0]
        if self.optional:
            return [None if cell is None else convert(cell) for cell in columns[0]]
        return map(convert, columns[0])


def _fields_of(noun: type[Entity]) -> list[_Field]:
    found = []
    for field in fields(noun):
        kind = str(field.type)
        optional = kind.endswith(" | None")
        to_cell, to_value = _CONVERSIONS.get(kind.removesuffix(" | None"), (None, None))
        columns = _SPAN_COLUMNS[field.name] if kind == "DateSpan" else (field.name,)
        found.append(_Field(field.name, columns, to_cell, to_value, optional))
    return found


_FIELDS: Mapping[str, list[_Field]] = {table: _fields_of(noun) for table, noun in NOUNS.items()}
COLUMNS: Mapping[str, list[str]] = {table: [c for f in found for c in f.columns] for table, found in _FIELDS.items()}


_GETTERS = {table: attrgetter(*(p for f in found for p in f.paths)) for table, found in _FIELDS.items()}
_TO_CELLS = {
    table: [(n, convert) for n, convert in enumerate(c for f in found for c in f.to_cells) if convert is not None]
    for table, found in _FIELDS.items()
}


def _as_it_is(value: Any) -> Cell:
    cell: Cell = value
    return cell


UNTOUCHED: Mapping[str, dict[str, Cell]] = {
    table: {
        field.name: None if default.default is None else found(default.default)
        for field, default in zip(_FIELDS[table], fields(noun), strict=True)
        if default.default is not MISSING
        for found in [field.to_cell or _as_it_is]
    }
    for table, noun in NOUNS.items()
}


def row(entity: Entity) -> list[Cell]:
    """Return the cells of an entity, in the order of COLUMNS."""
    table = TABLE_OF[type(entity)]
    cells = list(_GETTERS[table](entity))
    for n, convert in _TO_CELLS[table]:
        if cells[n] is not None:
            cells[n] = convert(cells[n])
    return cells


def entities(table: str, rows: Sequence[Row]) -> dict[EntityId, Entity]:
    """Return the entities that *rows*, in the order of COLUMNS, stand for, by id.

    Raises ValueError for a row that no entity can be made of. Works column by column, which is what makes opening a
    large roadmap quick.
    """
    if not rows:
        return {}
    columns = list(zip(*rows, strict=True))
    taken = 0
    values: list[Iterable[object]] = []
    for field in _FIELDS[table]:
        values.append(field.values(columns[taken : taken + len(field.columns)]))
        taken += len(field.columns)
    noun: Callable[..., Entity] = NOUNS[table]
    return {entity.id: entity for entity in map(noun, *values)}


def row_digest(table: str, cells: Row) -> int:
    """Return the SHA-256 of a row, as a number that can be summed."""
    return int.from_bytes(sha256(_ENCODE([table, *cells]).encode()).digest(), "big")


def rows_digest(table: str, rows: Iterable[Row]) -> int:
    """Return the sum of the digests of *rows*."""
    return sum(row_digest(table, cells) for cells in rows)


class EncodedDelta:
    """A delta as rows, worked out once for the tables, the journal and the digest."""

    def __init__(self, delta: Delta[Entity]) -> None:
        self.changes = [
            (c.table, c.key, None if c.before is None else row(c.before), None if c.after is None else row(c.after))
            for c in delta.changes
        ]

    def digest(self) -> int:
        """Return by how much the delta changes the sum of the digests of all rows."""
        total = 0
        for table, _, before, after in self.changes:
            if after is not None:
                total += row_digest(table, after)
            if before is not None:
                total -= row_digest(table, before)
        return total

    def text(self) -> str:
        """Return the JSON that the journal keeps: table, id, columns before, columns after."""
        named = [[t, key, _named(t, before), _named(t, after)] for t, key, before, after in self.changes]
        return _ENCODE(named)


def delta_from(text: str) -> Delta[Entity]:
    """Return the delta that *text* from the journal stands for; raises ValueError when it is none."""
    return Delta(
        tuple(
            Change(table, EntityId(key), _entity(table, before), _entity(table, after))
            for table, key, before, after in json.loads(text)
        )
    )


def _named(table: str, cells: list[Cell] | None) -> dict[str, Cell] | None:
    return None if cells is None else dict(zip(COLUMNS[table], cells, strict=True))


def _entity(table: str, named: Mapping[str, Cell] | None) -> Entity | None:
    if named is None:
        return None
    # A row of an older journal lacks the columns that came later: what did not exist then is as if never touched.
    cells = [named[c] if c in named else UNTOUCHED[table][c] for c in COLUMNS[table]]
    (entity,) = entities(table, [cells]).values()
    return entity
