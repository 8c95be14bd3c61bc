"""ScopeRows: the scope items of a project while they are edited - texts as typed, what is wrong, what comes of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from io import StringIO
from typing import Any

from roadmapper.domain.entity import (
    GREATEST_EFFORT,
    TEXT_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_number,
    check_text,
    new_id,
)
from roadmapper.domain.increment import Status
from roadmapper.domain.money import money_from
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.csv import number_from, whole_from
from roadmapper.exchange.portfolio import GROUNDWORK, USABLE
from roadmapper.planning.phrases import exact_money_text
from roadmapper.planning.scope import check_circle

MOST_PEOPLE = 10_000
MOST_ROWS = 500
LONGEST_PASTE = 2_000_000
YES = "yes"
FIELDS = ("title", "outcome", "effort_pw", "people", "revenue_per_month", "usable")


class Column(IntEnum):
    """What stands where."""

    TITLE = 0
    OUTCOME = 1
    EFFORT = 2
    PEOPLE = 3
    REVENUE = 4
    USABLE = 5
    AFTER = 6


@dataclass(slots=True)
class Row:
    """A scope item as it is typed: *old* is what it was, *locked* why it is not changed, *wrong* what is unreadable."""

    key: EntityId
    texts: list[str]
    after: tuple[EntityId, ...] = ()
    old: ScopeItem | None = None
    locked: str = ""
    started: bool = False
    wrong: dict[Column, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Return whether the row says that marketing can use it."""
        return self.texts[Column.USABLE].strip().casefold() in USABLE


class ScopeRows:
    """The rows in their order; nothing of the plan is changed."""

    def __init__(self, plan: Plan, project: EntityId) -> None:
        self._currency = plan.roadmap.currency
        self._project = project
        self._before = list(plan.scope_by_project.get(project, ()))
        self.rows = [self._row(plan, item) for item in self._before]

    def add(self) -> Row:
        """Add an empty row at the end."""
        row = Row(new_id("item"), [""] * len(FIELDS))
        self.rows.append(row)
        self._judge(row)
        return row

    def type(self, row: Row, column: Column, text: str) -> None:
        """Put *text* into a cell of a row; what cannot be read stays, and is named in what is wrong."""
        longest = TEXT_LENGTH if column is Column.OUTCOME else TITLE_LENGTH
        text = " ".join(text.split()) if column is Column.TITLE else text.strip()
        row.texts[column] = text[: longest + 1]  # what is too long is said to be, and is not kept without end
        self._judge(row)

    def numbers(self, row: Row) -> list[int]:
        """Return the numbers, from one, of the rows that come before a row."""
        return [n for n, other in enumerate(self.rows, 1) if other.key in row.after]

    def titles(self, row: Row) -> list[str]:
        """Return how the rows that come before a row are called."""
        return [self.named(self.rows[n - 1]) for n in self.numbers(row)]

    def named(self, row: Row) -> str:
        """Return the title of a row, or its number while it has none."""
        return " ".join(row.texts[Column.TITLE].split()) or tr("row {n}").format(n=self.rows.index(row) + 1)

    def order(self, row: Row, text: str) -> None:
        """Let a row come after those that *text* names by number or title; raises Refused, and nothing is changed."""
        known = {r.key for r in self.rows}
        keys = [key for key in row.after if key not in known]
        keys += [r.key for r in self._meant(text)]
        after = {r.key: r.after for r in self.rows} | {row.key: tuple(dict.fromkeys(keys))}
        check_circle(after, {r.key: self.named(r) for r in self.rows})
        row.after = after[row.key]

    def check_can_go(self, rows: Sequence[Row]) -> list[Row]:
        """Return *rows* and the parts that go with them; raises Refused where one has to stay."""
        keys = {r.key for r in rows}
        parts = [r for r in self.rows if r.old is not None and r.old.part_of in keys and r.key not in keys]
        for row in (*rows, *parts):
            if row.started or (row.locked and row not in parts and not (row.old and row.old.part_of in keys)):
                raise Refused(row.locked)
        return [*rows, *parts]

    def drop(self, row: Row) -> None:
        """Take a row out, and out of what others wait for."""
        self.rows.remove(row)
        for other in self.rows:
            other.after = tuple(key for key in other.after if key != row.key)

    def first_wrong(self) -> str:
        """Return the first thing that is wrong, with its row, or nothing."""
        for n, row in enumerate(self.rows, 1):
            for sentence in row.wrong.values():
                return tr("Row {n}: {sentence}").format(n=n, sentence=sentence)
        return ""

    def result(self) -> tuple[list[ScopeItem], list[ScopeItem]]:
        """Return the items that are new or changed, and those that are gone; raises Refused while a row is wrong."""
        keys = [r.key for r in self.rows]
        kept = [i for i in self._before if i.id in set(keys)]
        same_order = keys[: len(kept)] == [i.id for i in kept]
        last = max((i.position for i in kept), default=-1)
        put: list[ScopeItem] = []
        for n, row in enumerate(self.rows):
            place = row.old.position if row.old else last + 1 + n - len(kept)
            item = self._item(row, place if same_order else n)
            if item != row.old:
                put.append(item)
        return put, [i for i in self._before if i.id not in set(keys)]

    def _meant(self, text: str) -> list[Row]:
        if not re.fullmatch(r"[\d\s,;]*", text):
            by_title = {self.named(r).casefold(): r for r in reversed(self.rows)}
            whole = by_title.get(" ".join(text.split()).casefold())
            names = [" ".join(name.split()) for name in text.split(",") if name.strip()]
            unknown = [name for name in names if name.casefold() not in by_title]
            if whole is None and unknown:
                raise Refused(
                    tr("“{name}” is no title in this table: enter the numbers of rows, such as 1, 3.").format(
                        name=unknown[0][:40]
                    )
                )
            return [whole] if whole is not None else [by_title[name.casefold()] for name in names]
        numbers = [int(digits[:9]) for digits in re.findall(r"\d+", text)]
        for n in numbers:
            if not 1 <= n <= len(self.rows):
                raise Refused(tr("There is no row {n}: the last one is {last}.").format(n=n, last=len(self.rows)))
        return [self.rows[n - 1] for n in numbers]

    def _row(self, plan: Plan, item: ScopeItem) -> Row:
        home = plan.increments.get(item.increment) if item.increment else None
        started = home is not None and home.status in (Status.RUNNING, Status.DELIVERED)
        locked = ""
        if home is not None and started:
            locked = tr("“{item}” belongs to “{increment}”, which is {status}: it is not changed here.").format(
                item=item.title, increment=home.title, status=tr(home.status.value)
            )
        elif item.part_of is not None:
            whole = plan.scope_items.get(item.part_of)
            locked = tr("“{item}” is a part of “{whole}”, which was cut: change that one, and split again.").format(
                item=item.title, whole=whole.title if whole else item.part_of
            )
        return Row(item.id, self._shown(item), item.after, item, locked, started)

    def _shown(self, item: ScopeItem) -> list[str]:
        return [
            item.title,
            item.outcome,
            "" if item.effort_pw is None else f"{item.effort_pw:.10g}",
            "" if item.people is None else str(item.people),
            exact_money_text(item.revenue_per_month, self._currency),
            YES if item.usable else "",
        ]

    def _judge(self, row: Row) -> None:
        before = self._shown(row.old) if row.old else None
        row.wrong = {}
        for column in list(Column)[: Column.AFTER]:
            if before is None or before[column] != row.texts[column]:
                try:
                    self._read(column, row.texts[column])
                except Refused as refusal:
                    sentence = str(refusal)
                    row.wrong[column] = sentence if sentence.endswith(".") else sentence + "."

    def _item(self, row: Row, position: int) -> ScopeItem:
        before = self._shown(row.old) if row.old else None
        values: dict[str, Any] = {
            name: self._read(Column(n), row.texts[n])
            for n, name in enumerate(FIELDS)
            if before is None or before[n] != row.texts[n]
        }
        if row.old is None:
            return ScopeItem(row.key, self._project, after=row.after, position=position, **values)
        return replace(row.old, after=row.after, position=position, **values)

    def _read(self, column: Column, text: str) -> object:
        """Return the value that stands in a cell; raises Refused."""
        plain = text.strip()
        if column is Column.TITLE:
            plain = " ".join(text.split())
            check_text(plain, tr("The title of a scope item"), TITLE_LENGTH, empty=False)
            return plain
        if column is Column.OUTCOME:
            check_text(plain, tr("The outcome"), TEXT_LENGTH)
            return plain
        if column is Column.USABLE:
            if plain.casefold() not in (*USABLE, *GROUNDWORK):
                raise Refused(
                    tr("“{text}” says neither usable nor groundwork: enter yes or no.").format(text=plain[:40])
                )
            return plain.casefold() in USABLE
        if not plain:
            return None
        if column is Column.REVENUE:
            return money_from(plain, self._currency)
        if column is Column.PEOPLE:
            people = whole_from(plain)
            check_number(people, tr("The number of people"), 1, MOST_PEOPLE)
            return people
        effort = number_from(plain)
        check_number(effort, tr("The effort"), 0, GREATEST_EFFORT)
        return effort


def cells_of(text: str) -> list[list[str]]:
    """Return the lines of cells that a spreadsheet put on the clipboard; raises Refused when it is too much."""
    if len(text) > LONGEST_PASTE:
        raise Refused(tr("That is too much to paste: at most {n} lines are taken at once.").format(n=MOST_ROWS))
    try:
        lines = csv.reader(StringIO(text, newline=""), dialect="excel-tab", strict=True)
        found = [line for line in lines if any(line)]
    except csv.Error:  # a lone quotation mark: no cell of several lines, then
        found = [line.split("\t") for line in text.splitlines() if line.strip()]
    if len(found) > MOST_ROWS:
        raise Refused(tr("That is too much to paste: at most {n} lines are taken at once.").format(n=MOST_ROWS))
    return found


def numbers_text(numbers: Collection[int]) -> str:
    """Return how numbers of rows stand in a field."""
    return ", ".join(str(n) for n in sorted(numbers))
