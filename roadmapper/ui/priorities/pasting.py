"""Pasting: what a spreadsheet put on the clipboard, made into investments - new ones, or those of the same title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.investment import Investment
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import recognised
from roadmapper.exchange.investments import INVESTMENT_FIELDS
from roadmapper.ui.priorities.cells import SHOWN, Cells
from roadmapper.ui.priorities.columns import COMPUTED, Column, What
from roadmapper.ui.widgets.clips import check_rows, pasted_lines

FIELDS: Mapping[What, str] = {
    What.TITLE: "title",
    What.STAGE: "status",
    What.REVENUE: "revenue",
    What.REVENUE_LOW: "revenue_low",
    What.REVENUE_HIGH: "revenue_high",
    What.EFFORT: "effort",
    What.EFFORT_LOW: "effort_low",
    What.EFFORT_HIGH: "effort_high",
    What.COST: "cost",
    What.CONFIDENCE: "confidence",
    What.NEEDS: "needs",
    What.OWNER: "owner",
    What.ESTIMATED: "estimated",
    What.SENTENCE: "sentence",
}
"""The field of a CSV file whose names a column of the table may be pasted by, beside its own head."""
LIKELY_FIRST = {What.REVENUE: -2, What.EFFORT: -2, What.NEEDS: 1}
"""Where a value can only be read beside another: the likely one before low and high, what it needs at the end."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is to be put, and what of the clipboard found no place."""

    put: Sequence[Investment]
    added: int
    note: str = ""


def pasted(
    cells: Cells,
    columns: Sequence[Column],
    shown: Sequence[Column],
    text: str,
    rows: Sequence[EntityId],
    position: int,
) -> Pasted:
    """Return the investments that the clipboard makes of a table of *columns*.

    With a line of heads each line is the investment of its title, or a new one. Without, the lines fill *rows*, those
    of the table from the current one on, and then new ones, each cell into the next of the columns that are *shown*
    from the current one on. Raises Refused, with the line, and nothing is changed.
    """
    lines = pasted_lines(text, lambda line: bool(_heads(line, columns)))
    heads = _heads(lines[0], columns) if lines else []
    if heads:
        passed_over = [h for h, c in zip(lines[0], heads, strict=True) if c is None and h.strip()]
        lines = lines[1:]
        places: Sequence[Column | None] = heads
        note = ", ".join(f"“{h[:SHOWN]}”" for h in passed_over)
        note = (
            tr("Pasted without {columns}: the table has no column of that name.").format(columns=note) if note else ""
        )
    else:
        places = shown
        beyond = max(map(len, lines), default=0) - len(places)
        note = trn("Pasted without the last {n} column.", "Pasted without the last {n} columns.", beyond)
        note = note if beyond > 0 else ""
    check_rows(lines)
    work = _Work(cells, list(rows), position)
    for number, line in enumerate(lines, 2 if heads else 1):  # as they are counted where they were copied
        work.take(number, line, places, by_title=bool(heads))
    return Pasted(work.finished(), work.added, note)


class _Work:
    """The investments under way, line by line; titles that other lines bring can be needed by any line."""

    def __init__(self, cells: Cells, rows: Sequence[EntityId], position: int) -> None:
        self._cells = cells
        self._rows = rows
        self._position = position
        self._put: dict[EntityId, Investment] = {}
        self._needs: list[tuple[int, EntityId, Column, str]] = []
        self.added = 0

    def take(self, number: int, line: Sequence[str], places: Sequence[Column | None], *, by_title: bool) -> None:
        """Make one line part of it; raises Refused."""
        filled = [(c, t) for c, t in zip(places, line, strict=False) if c is not None and c.what not in COMPUTED]
        title = next((t for c, t in filled if c.what is What.TITLE), "")
        found = self._found(number, title, by_title=by_title)
        if found is None:
            if not title.strip():
                raise Refused(tr("Line {n} has no title: nothing was pasted.").format(n=number))
            found = Investment(new_id("inv"), " ".join(title.split()), position=self._position + self.added)
            self.added += 1
        found = _widened(found, {c.what for c, _ in filled})
        for column, text in sorted(filled, key=lambda pair: LIKELY_FIRST.get(pair[0].what, 0)):
            if column.what is What.NEEDS:
                self._needs.append((number, found.id, column, text))
            elif text.strip() or column.what is not What.TITLE:
                found = self._with(number, column, found, text)
        self._put[found.id] = found

    def finished(self) -> list[Investment]:
        """Return them with what they need."""
        plan = self._cells.plan.with_entities(self._put.values())
        cells = replace(self._cells, plan=plan)
        for number, key, column, text in self._needs:
            self._put[key] = self._with(number, column, self._put[key], text, cells)
        return list(self._put.values())

    def _found(self, number: int, title: str, *, by_title: bool) -> Investment | None:
        if not by_title:
            key = self._rows[number - 1] if number <= len(self._rows) else None
            return None if key is None else self._cells.plan.investments.get(key)
        folded = " ".join(title.split()).casefold()
        twice = next((i for i in self._put.values() if i.title.casefold() == folded), None)
        try:
            return twice or self._cells.by_title(title)
        except Refused as refusal:
            why = str(refusal).rstrip(".")
            raise Refused(tr("Line {n}: {why}. Nothing was pasted.").format(n=number, why=why)) from refusal

    def _with(
        self, number: int, column: Column, investment: Investment, text: str, cells: Cells | None = None
    ) -> Investment:
        try:
            return (cells or self._cells).with_text(column, investment, text)
        except Refused as refusal:
            why = str(refusal).rstrip(".")
            raise Refused(
                tr("Line {n}, “{head}”: {why}. Nothing was pasted.").format(n=number, head=column.head, why=why)
            ) from refusal


def _widened(investment: Investment, given: AbstractSet[What]) -> Investment:
    """Let go of a range that is given anew: a new likely value must not be refused for the old low and high."""
    if What.REVENUE in given and given & {What.REVENUE_LOW, What.REVENUE_HIGH}:
        investment = replace(investment, revenue_low=None, revenue_high=None)
    if What.EFFORT in given and given & {What.EFFORT_LOW, What.EFFORT_HIGH} and len(investment.efforts) == 1:
        (only,) = investment.efforts
        investment = replace(investment, efforts=(replace(only, low=only.likely, high=only.likely),))
    return investment


def _heads(line: Sequence[str], columns: Sequence[Column]) -> list[Column | None]:
    """Return the column of each head, None for one that is none; nothing where the line is no line of heads."""
    heads = [" ".join(cell.split()) for cell in line]
    told = [h for h in heads if h]
    if len(set(told)) < len(told):
        return []
    by_head = {c.head.casefold(): c for c in columns}
    by_what = {c.what: c for c in columns}
    names = recognised(told, {what.value: INVESTMENT_FIELDS[field] for what, field in FIELDS.items()})
    named = {head: by_what[What(what)] for what, head in names.items() if What(what) in by_what}
    found = [by_head.get(h.casefold()) or named.get(h) for h in heads]
    known = [c for c in found if c is not None]
    enough = len(known) > 1 or len(told) == 1 == len(known)
    return found if enough and any(c.what is What.TITLE for c in known) else []
