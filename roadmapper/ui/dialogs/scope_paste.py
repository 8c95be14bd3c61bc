"""ScopePaste: what a spreadsheet or a CSV file put on the clipboard, told apart into columns of the scope table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import recognised
from roadmapper.exchange.portfolio import ACTIVITY_FIELDS
from roadmapper.ui.dialogs.scope_cells import Column
from roadmapper.ui.widgets.clips import check_rows, pasted_lines

ID = "id"
NAMES: Mapping[str, Sequence[str]] = {
    ID: ("row", "nr", "no", "number", *ACTIVITY_FIELDS["id"]),
    "TITLE": ACTIVITY_FIELDS["title"],
    "OUTCOME": (*ACTIVITY_FIELDS["outcome"], "what_marketing_can_do_with_it", "what_marketing_can_do", "benefit"),
    "TEAM": ("team", "crew", "squad"),
    "EFFORT": (*ACTIVITY_FIELDS["effort"], "pw"),
    "PEOPLE": ACTIVITY_FIELDS["people"],
    "DURATION": ("planned_duration_days", "planned_days", "duration_days", "duration_in_days", "duration", "days"),
    "REVENUE": (*ACTIVITY_FIELDS["revenue"], "revenue_a_month", "per_month", "a_month"),
    "RAMP": ("ramp_months", "ramp", "ramp_up", "ramp_up_months"),
    "DUE": ("due", "due_date", "compliance_date", "deadline", "due_by"),
    "USABLE": ACTIVITY_FIELDS["usable"],
    "GATE": ("gate", "is_gate"),
    "OPTIONAL": ("optional", "may_be_left_out", "can_be_left_out"),
    "AFTER": (*ACTIVITY_FIELDS["after"], "comes_after", "predecessor", "waits_for"),
}


@dataclass(frozen=True, slots=True)
class Clip:
    """Lines of cells; *columns* says by the names of a head where each cell goes (None: nowhere), or is empty."""

    lines: Sequence[Sequence[str]]
    columns: Sequence[Column | None] = ()
    ids: Sequence[str] = ()
    passed_over: Sequence[str] = ()

    def note(self, room: int) -> str:
        """Return what of it finds no place, with *room* for so many cells a line; or nothing."""
        if self.passed_over:
            names = ", ".join(f"“{name[:40]}”" for name in self.passed_over)
            return tr("Pasted without {columns}: the table has no column of that name.").format(columns=names)
        beyond = 0 if self.columns else max(map(len, self.lines), default=0) - room
        if beyond <= 0:
            return ""
        return trn(
            "Pasted without the last {n} column: show more columns, or paste it with the line of its heads.",
            "Pasted without the last {n} columns: show more columns, or paste them with the line of their heads.",
            beyond,
        )


def clip_of(text: str, currency: str = "") -> Clip:
    """Return what the clipboard holds, its first line taken for heads where it names columns of the table.

    Raises Refused when it is too much.
    """
    clip = _with_heads(pasted_lines(text, _is_head), currency)
    check_rows(clip.lines)
    return clip


def cells_of(text: str) -> Sequence[Sequence[str]]:
    """Return the lines of cells on the clipboard, without a line of heads; raises Refused when it is too much."""
    return clip_of(text).lines


def _is_head(line: Sequence[str]) -> bool:
    return bool(_with_heads([list(line)], "").columns)


def _with_heads(lines: list[list[str]], currency: str) -> Clip:
    if not lines:
        return Clip([])
    heads = [" ".join(cell.split()) for cell in lines[0]]
    names = dict(NAMES)
    if currency:
        names["REVENUE"] = (*NAMES["REVENUE"], f"{currency.casefold()}_a_month")
    found = recognised(heads, names)
    told = [head for head in heads if head]
    if len(found) < 2 or "TITLE" not in found or len(set(told)) < len(told):
        return Clip(lines)
    fields = {head: name for name, head in found.items()}
    columns = [Column[fields[head]] if fields.get(head, ID) != ID else None for head in heads]
    number = heads.index(found[ID]) if ID in found else -1
    ids = [line[number].strip() if 0 <= number < len(line) else "" for line in lines[1:]]
    passed_over = [head for head in heads if head and head not in fields]
    return Clip(lines[1:], columns, ids if ID in found else (), passed_over)


def by_row(text: str, rows: Mapping[str, int]) -> str:
    """Return an order that names ids of a pasted table (``A1, B2+2w``) with the numbers of its *rows* instead."""
    parts = []
    for part in re.split(r"[,;]", text):
        name, _, lag = part.partition("+")
        if name.strip() not in rows:
            return text
        parts.append(f"{rows[name.strip()]}+{lag.strip()}" if lag else str(rows[name.strip()]))
    return ", ".join(parts)
