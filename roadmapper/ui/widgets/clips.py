"""Clips: the cells that a spreadsheet or a CSV file put on the clipboard, and how cells are put there for one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from io import StringIO

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.csv import cell_of_spreadsheet, spreadsheet_cell

MOST_ROWS = 500
LONGEST_PASTE = 2_000_000
LEAST_CELLS = 3


def pasted_lines(text: str, is_head: Callable[[Sequence[str]], bool]) -> list[list[str]]:
    """Return the cells: between tabs, or between commas or semicolons where that plainly makes a table.

    *is_head* says whether a line names columns. Raises Refused when it is too much.
    """
    if len(text) > LONGEST_PASTE:
        raise Refused(tr("That is too much to paste: at most {n} lines are taken at once.").format(n=MOST_ROWS))
    if "\t" not in text:
        for mark in ";,":
            found = _parted(text, mark)
            width = len(found[0]) if found else 0
            even = len(found) > 1 and width >= LEAST_CELLS and all(len(line) == width for line in found)
            if even or (width > 1 and is_head(found[0])):
                return found
    return _parted(text, "\t")


def check_rows(lines: Sequence[Sequence[str]]) -> None:
    """Raise Refused where there are more lines than are taken at once."""
    if len(lines) > MOST_ROWS:
        raise Refused(tr("That is too much to paste: at most {n} lines are taken at once.").format(n=MOST_ROWS))


def copied(lines: Iterable[Iterable[str]]) -> str:
    """Return lines of cells as a spreadsheet takes them from the clipboard."""
    return "\n".join("\t".join(map(_quoted, line)) for line in lines)


def _parted(text: str, mark: str) -> list[list[str]]:
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
        return [list(map(cell_of_spreadsheet, line)) for line in lines if any(cell.strip() for cell in line)]
    except csv.Error:  # a lone quotation mark: no cell of several lines, then
        return [list(map(cell_of_spreadsheet, line.split(mark))) for line in text.splitlines() if line.strip()]


def _quoted(text: str) -> str:
    safe = spreadsheet_cell(text)
    return '"' + safe.replace('"', '""') + '"' if any(c in safe for c in '\t\r\n"') else safe
