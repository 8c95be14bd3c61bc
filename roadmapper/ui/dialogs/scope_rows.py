"""ScopeRows: the scope items of a project while they are edited - texts as typed, what is wrong, what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from roadmapper.domain.entity import TEXT_LENGTH, TITLE_LENGTH, EntityId, new_id
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import length_text
from roadmapper.planning.scope import check_circle
from roadmapper.ui.dialogs.scope_cells import BOXES, FIELDS, Column, ScopeCells, days_text, lag_from, ticked

Waits = tuple[tuple[EntityId, int], ...]
_ONE = r"\d+(?:\s*\+\s*[\d.,]*\d\s*[a-z]*)?"
_NUMBERS = re.compile(rf"(?:{_ONE}(?:[\s,;]+{_ONE})*)?[\s,;]*", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+)(?:\s*\+\s*([\d.,]*\d\s*[a-z]*))?", re.IGNORECASE)
_LAG = re.compile(r"\s*\+\s*(\d+\s*[dw][a-z]*)$", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """A scope item as it is typed: *old* is what it was, *locked* why it is not changed, *wrong* what is unreadable.

    *waits* are the items it comes after, each with the days in between; *unread* is what was typed there and cannot
    be taken.
    """

    key: EntityId
    texts: list[str]
    waits: Waits = ()
    old: ScopeItem | None = None
    locked: str = ""
    started: bool = False
    wrong: dict[Column, str] = field(default_factory=dict)
    unread: str = ""

    @property
    def usable(self) -> bool:
        """Return whether the row says that marketing can use it."""
        return self.ticked(Column.USABLE)

    def ticked(self, column: Column) -> bool:
        """Return whether a cell says yes."""
        try:
            return ticked(column, self.texts[column])
        except Refused:
            return False

    def copied(self) -> Row:
        """Return a row of its own that says the same."""
        other = copy(self)
        other.texts, other.wrong = list(self.texts), dict(self.wrong)
        return other


class ScopeRows:
    """The rows in their order; nothing of the plan is changed."""

    def __init__(self, plan: Plan, project: EntityId) -> None:
        self.cells = ScopeCells.of(plan)
        self._project = project
        self._plan = plan
        self._before = list(plan.scope_by_project.get(project, ()))
        self.rows = [self._row(plan, item) for item in self._before]

    def add(self, at: int | None = None) -> Row:
        """Add an empty row, at the end unless said."""
        row = Row(new_id("item"), [""] * len(Column))
        self.rows.insert(len(self.rows) if at is None else at, row)
        self._judge(row)
        return row

    def type(self, row: Row, column: Column, text: str) -> None:
        """Put *text* into a cell of a row; what cannot be read stays, and is named in what is wrong."""
        longest = 2 * (TITLE_LENGTH if column is Column.TITLE else TEXT_LENGTH)
        text = " ".join(text.split()) if column is Column.TITLE else text.strip()
        text = text[:longest]  # what is too long is said to be, and is not kept without end
        if column is Column.AFTER:
            self._type_order(row, text)
            return
        row.texts[column] = text
        self._judge(row)
        if column in (Column.DURATION, Column.TEAM, Column.DUE, *BOXES) and column not in row.wrong:
            row.texts[column] = self._as_shown(row, column)

    def order_text(self, row: Row) -> str:
        """Return what a row comes after as it is typed, such as ``2, 4+2w``; what cannot be taken stays as typed."""
        return row.unread or waits_text(self.numbered(row.waits))

    def numbered(self, waits: Waits) -> list[tuple[int, int]]:
        """Return the numbers, from one, of the rows that are waited for, each with the days in between."""
        lags = dict(waits)
        return [(n, lags[other.key]) for n, other in enumerate(self.rows, 1) if other.key in lags]

    def told(self, waits: Waits) -> str:
        """Return in words what is waited for."""
        words = []
        for n, lag in self.numbered(waits):
            name = self.named(self.rows[n - 1])
            words.append(tr("{title} ({length} later)").format(title=name, length=length_text(lag)) if lag else name)
        return ", ".join(words)

    def named(self, row: Row) -> str:
        """Return the title of a row, or its number while it has none."""
        return " ".join(row.texts[Column.TITLE].split()) or tr("row {n}").format(n=self.rows.index(row) + 1)

    def order(self, row: Row, text: str) -> None:
        """Let a row come after those that *text* names by number or title; raises Refused, and nothing is changed."""
        self.let_wait({row.key: self.meant(text)})

    def meant(self, text: str) -> Waits:
        """Return the rows that *text* names by number or title, with the days in between; raises Refused."""
        plain = " ".join(text.split())
        if _NUMBERS.fullmatch(plain):
            pairs = [(int(n[:9]), lag) for n, lag in _NUMBER.findall(plain)]
            for n, _ in pairs:
                if not 1 <= n <= len(self.rows):
                    raise Refused(tr("There is no row {n}: the last one is {last}.").format(n=n, last=len(self.rows)))
            return tuple({self.rows[n - 1].key: lag_from(lag) if lag else 0 for n, lag in pairs}.items())
        by_title = {self.named(r).casefold(): r.key for r in reversed(self.rows)}
        found: dict[EntityId, int] = {}
        for name in [plain] if _titled(plain, by_title) else [" ".join(n.split()) for n in re.split("[,;]", plain)]:
            if name:
                key, lag = self._meant_title(name, by_title)
                found[key] = lag
        return tuple(found.items())

    def let_wait(self, waits: Mapping[EntityId, Waits]) -> None:
        """Let rows come after others and nothing else in the table; raises Refused, and nothing is changed."""
        known = {r.key for r in self.rows}
        whole = {r.key: r.waits for r in self.rows}
        for key, pairs in waits.items():
            beyond = tuple(pair for pair in whole[key] if pair[0] not in known)
            whole[key] = (*beyond, *pairs)
        after = {key: tuple(k for k, _ in pairs) for key, pairs in whole.items()}
        check_circle(after, {r.key: self.named(r) for r in self.rows})
        for row in self.rows:
            if row.key in waits:
                row.waits, row.unread = whole[row.key], ""
                row.wrong.pop(Column.AFTER, None)

    def look_again(self) -> None:
        """Take orders that could not be taken before: the rows they name may be there now."""
        for row in self.rows:
            if row.unread:
                self._type_order(row, row.unread)

    def check_can_go(self, rows: Sequence[Row]) -> list[Row]:
        """Return *rows* and the parts that go with them; raises Refused where one has to stay."""
        keys = {r.key for r in rows}
        parts = [r for r in self.rows if r.old is not None and r.old.part_of in keys and r.key not in keys]
        for row in (*rows, *parts):
            if row.started or (row.locked and row not in parts and not (row.old and row.old.part_of in keys)):
                raise Refused(row.locked)
        return [*rows, *parts]

    def state(self) -> list[Row]:
        """Return the rows as they are now, to come back to."""
        return [row.copied() for row in self.rows]

    def drop(self, row: Row) -> None:
        """Take a row out, and out of what others wait for."""
        self.rows.remove(row)
        for other in self.rows:
            other.waits = tuple(pair for pair in other.waits if pair[0] != row.key)

    def filled(self, row: Row, column: Column) -> bool:
        """Return whether anything stands in a cell, readable or not."""
        return bool(self.order_text(row) if column is Column.AFTER else row.texts[column])

    def wrong(self) -> list[tuple[Row, Column]]:
        """Return the cells in which something is wrong, row by row."""
        return [(row, column) for row in self.rows for column in sorted(row.wrong)]

    def doubtful(self) -> list[tuple[Row, Column]]:
        """Return the cells that can be saved but are hardly meant, row by row."""
        return [(row, Column.PEOPLE) for row in self.rows if self.doubt(row, Column.PEOPLE)]

    def doubt(self, row: Row, column: Column) -> str:
        """Return why a cell is hardly meant, with its row: more people than the team has; or nothing."""
        if column is not Column.PEOPLE or not row.texts[column] or row.wrong.keys() & {column, Column.TEAM}:
            return ""
        try:
            said = self.cells.read(Column.TEAM, row.texts[Column.TEAM]) or self._plan.projects[self._project].team
            people = self.cells.read(column, row.texts[column])
        except Refused:  # as it was stored: nobody has to mend it here
            return ""
        team = self._plan.teams.get(EntityId(str(said)))
        if team is None or team.people is None or not isinstance(people, int) or people <= team.people:
            return ""
        sentence = tr(
            "{people} people, but “{team}” has {have}: a split needs fewer here, or more in the team."
        ).format(people=people, team=team.title, have=team.people)
        return tr("Row {n}: {sentence}").format(n=self.rows.index(row) + 1, sentence=sentence)

    def why(self, row: Row, column: Column) -> str:
        """Return what is wrong with a cell, with its row, or nothing."""
        sentence = row.wrong.get(column, "")
        n = self.rows.index(row) + 1
        return tr("Row {n}: {sentence}").format(n=n, sentence=sentence) if sentence else ""

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

    def _type_order(self, row: Row, text: str) -> None:
        try:
            self.order(row, text)
        except Refused as refusal:
            row.unread = text
            row.wrong[Column.AFTER] = str(refusal)

    def _meant_title(self, name: str, by_title: dict[str, EntityId]) -> tuple[EntityId, int]:
        if name.casefold() in by_title:
            return by_title[name.casefold()], 0
        lag = _LAG.search(name)
        plain = name[: lag.start()] if lag else name
        if plain.casefold() in by_title:
            return by_title[plain.casefold()], lag_from(lag[1]) if lag else 0
        if _NUMBERS.fullmatch(name) and name[0].isdigit():
            return self.meant(name)[0]
        raise Refused(
            tr("“{name}” is no title in this table: enter the numbers of rows, such as 1, 3+2w.").format(
                name=plain[:40]
            )
        )

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
        return Row(item.id, self.cells.shown(item), item.waits(), item, locked, started)

    def _as_shown(self, row: Row, column: Column) -> str:
        """Return a cell as it would be written had it been stored: ``14`` days are ``2w``."""
        value: dict[str, Any] = {FIELDS[column]: self.cells.read(column, row.texts[column])}
        return self.cells.shown(ScopeItem(row.key, self._project, "-", **value))[column]

    def _changed(self, row: Row) -> list[Column]:
        before = self.cells.shown(row.old) if row.old else None
        return [c for c in FIELDS if before is None or before[c] != row.texts[c]]

    def _judge(self, row: Row) -> None:
        row.wrong = {c: why for c, why in row.wrong.items() if c is Column.AFTER}
        for column in self._changed(row):
            try:
                self.cells.read(column, row.texts[column])
            except Refused as refusal:
                sentence = str(refusal)
                row.wrong[column] = sentence if sentence.endswith(".") else sentence + "."

    def _item(self, row: Row, position: int) -> ScopeItem:
        if Column.AFTER in row.wrong:
            raise Refused(row.wrong[Column.AFTER])
        values: dict[str, Any] = {FIELDS[c]: self.cells.read(c, row.texts[c]) for c in self._changed(row)}
        if row.old is None:
            return ScopeItem(row.key, self._project, position=position, **values).waiting_for(row.waits)
        item = replace(row.old, position=position, **values)
        return item if row.waits == row.old.waits() else item.waiting_for(row.waits)


def waits_text(numbers: Iterable[tuple[int, int]]) -> str:
    """Return how the rows that come first stand in a field: their numbers, each with the days in between."""
    return ", ".join(f"{n}+{days_text(lag)}" if lag else str(n) for n, lag in numbers)


def _titled(text: str, by_title: dict[str, EntityId]) -> bool:
    return text.casefold() in by_title or _LAG.sub("", text).casefold() in by_title
