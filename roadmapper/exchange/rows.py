"""Rows: a table whose columns have been told apart, row by row: each is taken whole or named with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.csv import DateOrder, Row, Table, date_order, day_from, recognised
from roadmapper.planning.proposing import shortened

T = TypeVar("T")

DATES = ("start", "finish", "due", "estimated")
"""The fields that hold a day, of whichever table."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table, which of its columns is which field, and how each of its date columns writes days."""

    table: Table
    mapping: Mapping[str, str]
    orders: Mapping[str, DateOrder] = field(default_factory=dict)

    def cell(self, row: Row, name: str) -> str:
        """Return the cell of a field, empty where no column is it."""
        column = self.mapping.get(name)
        return row.cells.get(column, "") if column else ""

    def unclear_dates(self) -> list[str]:
        """Return the columns whose days could be read both ways: somebody has to say."""
        columns = [self.mapping[name] for name in DATES if name in self.mapping]
        return [c for c in columns if c not in self.orders and date_order(r.cells[c] for r in self.table.rows) is None]

    def order(self, name: str) -> DateOrder:
        """Return how the column of a date field writes its days; raises Refused where that is unclear."""
        column = self.mapping[name]
        known = self.orders.get(column) or date_order(r.cells[column] for r in self.table.rows)
        if known is None:
            raise Refused(
                tr(
                    "“{name}”: the dates in “{column}” can be read day first or month first: say which "
                    "(--dates day-first or --dates month-first)."
                ).format(name=self.table.name, column=column)
            )
        return known


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken: file, line, and why."""

    file: str
    line: int
    why: str


@dataclass(slots=True)
class Import:
    """What would be taken, what not and why, and what the files do not say.

    *changed* are those of the entities that are there already: they would be put in their own place.
    """

    entities: list[Entity] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    changed: set[EntityId] = field(default_factory=set)

    def count(self, noun: type[Entity]) -> int:
        """Return how many entities of a kind would be taken."""
        return sum(isinstance(e, noun) for e in self.entities)

    def of(self, noun: type[T]) -> list[T]:
        """Return the entities of a kind that would be taken."""
        return [e for e in self.entities if isinstance(e, noun)]


def source(table: Table, names: Mapping[str, Sequence[str]], by_hand: Mapping[str, str] | None = None) -> Source:
    """Return the table with its columns recognised by name, those mapped *by_hand* going first.

    Raises Refused when a column that is mapped by hand does not exist.
    """
    chosen = dict(by_hand or {})
    for name, column in chosen.items():
        if column and column not in table.columns:
            raise Refused(tr("“{name}” has no column “{column}”.").format(name=table.name, column=column))
        if name not in names:
            raise Refused(tr("There is no field “{field}”; there are: {all}.").format(field=name, all=", ".join(names)))
    left = [c for c in table.columns if c not in chosen.values()]
    found = {f: c for f, c in recognised(left, names).items() if f not in chosen}
    return Source(table, {**found, **{f: c for f, c in chosen.items() if c}})


class Rows:
    """What all tables share: one row at a time, taken whole or rejected with its line."""

    def __init__(self, plan: Plan, source: Source, result: Import) -> None:
        self._plan = plan
        self._source = source
        self._result = result
        self._orders = {name: source.order(name) for name in DATES if name in source.mapping}

    def each(self, take: Callable[[Row], None]) -> None:
        """Take row by row; one that *take* refuses is named with its reason."""
        for line in self._source.table.crooked:
            self.reject(line, tr("the number of cells is not that of the header"))
        for row in self._source.table.rows:
            try:
                take(row)
            except Refused as refusal:
                self.reject(row.line, str(refusal))

    def reject(self, line: int, why: str) -> None:
        """Name a row that is not taken."""
        self._result.rejected.append(Rejected(self._source.table.name, line, why.rstrip(".")))

    def key(self, row: Row, kind: str, used: Mapping[EntityId, object], seen: Mapping[EntityId, object]) -> EntityId:
        """Return the id of a row, a new one where it has none; raises Refused where it is another's already."""
        given = self._source.cell(row, "id")
        if not given:
            return new_id(kind)
        key = EntityId(given)
        if key in seen:
            raise Refused(tr("the id “{id}” stands in this file twice").format(id=key[:60]))
        if key in used:
            raise Refused(tr("“{id}” is in the roadmap already").format(id=key[:60]))
        return key

    def named(self, row: Row, name: str, convert: Callable[[str], T]) -> T | None:
        """Return what the cell of a field stands for, None where it is empty; a refusal names the column."""
        cell = self._source.cell(row, name)
        if not cell:
            return None
        try:
            return convert(cell)
        except Refused as refusal:
            column = self._source.mapping[name]
            raise Refused(
                tr("{why} (column “{column}”)").format(why=str(refusal).rstrip("."), column=column)
            ) from refusal

    def day(self, row: Row, name: str) -> date | None:
        """Return the day in the cell of a date field, None where it is empty."""
        return self.named(row, name, lambda cell: day_from(cell, self._orders[name]))


def lines_not_taken(source: Source, result: Import, *fields: str) -> dict[str, int]:
    """Return the lines of the rows of *source* that were not taken, by what stands in *fields*, spaces folded."""
    lines = {r.line for r in result.rejected if r.file == source.table.name}
    refused = (row for row in source.table.rows if row.line in lines)
    return {plainly(source.cell(row, field)): row.line for row in refused for field in fields}


def plainly(text: str) -> str:
    """Return an id or a title as it is compared: without capitals, each space a single one."""
    return " ".join(text.casefold().split())


def not_taken(named: str, line: int) -> str:
    """Return that what must come first stands in the file, but was not taken."""
    return tr("what must come first, “{id}”, stands in line {line}, which was not taken").format(
        id=named[:60], line=line
    )


def need(source: Source, fields: Sequence[str]) -> None:
    """Raise Refused unless each of *fields* has a column."""
    for name in fields:
        if name not in source.mapping:
            raise Refused(
                tr("“{name}” has no column for “{field}” (it has: {columns}): map one by hand.").format(
                    name=source.table.name, field=name, columns=shortened(", ".join(source.table.columns), 200)
                )
            )
