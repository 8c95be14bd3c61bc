"""CSV: read a table as it comes, recognise its columns by name, and tell dates, numbers and kinds from guesses."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

MOST_BYTES = 50_000_000
MOST_ROWS = 100_000
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the number of the line it ends on, cells by column name."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as read; *crooked* are the lines whose number of cells is not that of the header."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    crooked: tuple[int, ...] = ()


class DateOrder(StrEnum):
    """How a column writes its days."""

    ISO = "iso"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def read_table(path: Path) -> Table:
    """Read a CSV file (UTF-8 or UTF-16; comma, semicolon, tab or bar; RFC 4180 quotes).

    Raises Refused, with the file and the line, when it cannot be read as a table.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(tr("“{name}” is larger than 50 MB: split it into smaller files.").format(name=path.name))
        text = _decoded(path.read_bytes(), path.name)
    except OSError as error:
        raise Refused(tr("“{path}” could not be read: {why}.").format(path=path, why=error.strerror)) from error
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(header, path.name)
        rows, crooked = [], []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                crooked.append(reader.line_num)
                continue
            rows.append(Row(reader.line_num, dict(zip(header, map(_cell, cells), strict=True))))
            if len(rows) > MOST_ROWS:
                raise Refused(tr("“{name}” has more than 100,000 rows: split it.").format(name=path.name))
    except csv.Error as error:
        raise Refused(
            tr("“{name}”, line {line}: this is not a table ({why}).").format(
                name=path.name, line=reader.line_num, why=error
            )
        ) from error
    return Table(path.name, tuple(header), tuple(rows), tuple(crooked))


def recognised(columns: Iterable[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for each field the column that bears one of its *names* (spelling folded); others are left out."""
    folded = {re.sub(r"[^a-z0-9]+", "_", c.casefold()).strip("_"): c for c in reversed(list(columns))}
    found: dict[str, str] = {}
    for field, spellings in names.items():
        for spelling in spellings:
            column = folded.get(spelling)
            if column is not None and column not in found.values():
                found[field] = column
                break
    return found


def date_order(values: Iterable[str]) -> DateOrder | None:
    """Return how a column writes its days, or None where both slashed forms would do, or neither: that has to be asked.

    Values that are no dates in any form do not count; they are refused row by row later.
    """
    can_be_day_first = can_be_month_first = True
    slashed = False
    for value in values:
        match = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", value)
        if match is None:
            continue
        slashed = True
        first, second = int(match[1]), int(match[2])
        if first <= 12 or second <= 12:  # otherwise it is a date in neither order, and says nothing about the others
            can_be_day_first &= second <= 12
            can_be_month_first &= first <= 12
    if not slashed:
        return DateOrder.ISO
    if can_be_day_first == can_be_month_first:
        return None
    return DateOrder.DAY_FIRST if can_be_day_first else DateOrder.MONTH_FIRST


def day_from(value: str, order: DateOrder) -> date:
    """Return the day that *value* stands for: ISO always, a slashed form in *order*; raises Refused otherwise."""
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?", value)
    slashed = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", value)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if slashed and order is not DateOrder.ISO:
            day, month = (1, 2) if order is DateOrder.DAY_FIRST else (2, 1)
            return date(int(slashed[3]), int(slashed[month]), int(slashed[day]))
    except ValueError:
        pass
    raise Refused(tr("“{value}” is not a date").format(value=value[:40]))


def number_from(value: str) -> float:
    """Return the number that *value* stands for, with a point or a comma; raises Refused when it is none."""
    plain = value.replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", plain):
        raise Refused(tr("“{value}” could be read in two ways, write it without a comma").format(value=value[:40]))
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", plain) or len(plain) > 30:
        raise Refused(tr("“{value}” is not a number").format(value=value[:40]))
    return float(plain)


def whole_from(value: str) -> int:
    """Return the whole number that *value* stands for; raises Refused when it is none."""
    number = number_from(value)
    if number != int(number):
        raise Refused(tr("“{value}” is not a whole number").format(value=value[:40]))
    return int(number)


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(
            tr("“{name}”, line {line}: the text is not UTF-8; save the file as CSV UTF-8.").format(name=name, line=line)
        ) from error


def _cell(text: str) -> str:
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def _check_header(header: Sequence[str], name: str) -> None:
    if not any(header):
        raise Refused(tr("“{name}” is empty: its first line must name the columns.").format(name=name))
    twice = sorted({c for c in header if header.count(c) > 1})
    if twice:
        raise Refused(tr("“{name}” has two columns called “{column}”: rename one.").format(name=name, column=twice[0]))
