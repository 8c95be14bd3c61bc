"""Pasting: what a spreadsheet put on the clipboard, made into entries of a register - new ones, or those there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from roadmapper.domain.agreement import OutsidePurchase, Term
from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.agreement.register import Column, Register
from roadmapper.ui.widgets.clips import check_rows, pasted_lines

T = TypeVar("T", Term, OutsidePurchase)


def pasted(register: Register[T], text: str, rows: Sequence[EntityId], column: int) -> list[T]:
    """Return the entries that the clipboard makes.

    With a line of heads each line is a new entry, or the one of its name where names stand once. Without, the cells
    fill the columns from *column* on, and the lines *rows*, those from the current one on, and then new entries; where
    names stand once and are pasted, the name says which entry a line is. Raises Refused with the line, for nothing too.
    """
    lines = pasted_lines(text, lambda line: bool(_heads(register.columns, line)))
    if not lines:
        raise Refused(tr("There is nothing to paste: copy rows of your spreadsheet first."))
    heads = _heads(register.columns, lines[0])
    if heads:
        lines = lines[1:]
    check_rows(lines)
    places = heads or list(range(column, len(register.columns)))
    by_name = register.by_name and 0 in places
    made: dict[EntityId, T] = {}
    for number, line in enumerate(lines, 1):
        told = {n: cell for n, cell in zip(places, line, strict=False) if n is not None}
        key = None if heads or by_name or number > len(rows) else rows[number - 1]
        try:
            found = _taken(register, list(made.values()), key, told)
        except Refused as refusal:
            why = str(refusal).rstrip(".")
            raise Refused(tr("Line {n}: {why}. Nothing was pasted.").format(n=number, why=why)) from refusal
        made[found.id] = found
    return list(made.values())


def _taken(register: Register[T], made: Sequence[T], key: EntityId | None, told: dict[int, str]) -> T:
    """Return the entry that one line is, with its cells."""
    name = " ".join(told.get(0, "").split())
    found = register.entry(key) if key is not None else None
    if found is None and register.by_name and name:
        folded = name.casefold()
        twice = next((e for e in made if register.shown(e, 0).casefold() == folded), None)
        found = twice or register.named(name)
    if found is None:
        if not name:
            raise Refused(tr("There is nothing in “{head}”").format(head=register.columns[0].head))
        found = register.fresh(name)
    for column, cell in told.items():
        # a name that is there already keeps its capitals
        if column or key is not None:
            found = register.with_text(found, column, cell)
    return found


def _heads(columns: Sequence[Column], line: Sequence[str]) -> list[int | None]:
    """Return the column of each head, None for one that is none; nothing where the line is no line of heads."""
    known: dict[str, int] = {}
    for number, column in enumerate(columns):
        known.update((name.casefold(), number) for name in (column.head, *column.names))
    found = [known.get(" ".join(cell.split()).casefold()) for cell in line]
    told = [n for n in found if n is not None]
    enough = len(told) > 1 or len(line) == 1 == len(told)
    return found if enough and 0 in told and len(set(told)) == len(told) else []
