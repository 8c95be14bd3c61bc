"""CSV: read a table as it comes, recognise its columns by name, and tell dates, numbers and kinds from guesses."""

from __future__ import annotations

import csv
import re
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TextIO

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

MOST_BYTES = 50_000_000
MOST_ROWS = 100_000
MOST_CELLS = 1_500_000
MOST_COLUMNS = 500
MOST_LINES = 1_000_000
LONGEST_LINE = 1_000_000
DELIMITERS = ",;\t|"
WORKBOOK = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# White space in front is passed over by some spreadsheets; the signs in full width are read like the narrow ones.
_FORMULA = re.compile("'*[\\s\\ufeff\\u200b]*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]|'*[\\t\\r]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?", re.ASCII)


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

    Raises Refused, with the file and the line, when it cannot be read as a table, or is more than a table of a
    portfolio can be: then no more of it was read than shows that.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # reading a pipe would wait for ever
            raise Refused(tr("“{name}” is not a file that can be read.").format(name=path.name))
        if path.stat().st_size > MOST_BYTES:
            raise Refused(tr("“{name}” is larger than 50 MB: split it into smaller files.").format(name=path.name))
        with path.open("rb") as file:
            start = file.read(4)
        if start == WORKBOOK:
            raise Refused(
                tr("“{name}” is a workbook or an archive: save the table as CSV UTF-8 and import that.").format(
                    name=path.name
                )
            )
        encoding = "utf-16" if start[:2] in UTF_16 else "utf-8-sig"
        with path.open(encoding=encoding, newline="") as text:
            return _table(text, path.name)
    except OSError as error:
        raise Refused(tr("“{path}” could not be read: {why}.").format(path=path, why=error.strerror)) from error
    except UnicodeError as error:
        raise Refused(
            tr("“{name}”, line {line}: the text is not UTF-8; save the file as CSV UTF-8.").format(
                name=path.name, line=_line_that_is_no_text(path, encoding)
            )
        ) from error


def _table(text: TextIO, name: str) -> Table:
    lines = _lines(text, name)
    first = next(lines, "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(header, name)
        most = min(MOST_ROWS, MOST_CELLS // len(header))
        rows: list[Row] = []
        crooked: list[int] = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                crooked.append(reader.line_num)
            else:
                rows.append(Row(reader.line_num, dict(zip(header, map(_cell, cells), strict=True))))
            if len(rows) + len(crooked) > most:
                raise Refused(tr("“{name}” has more than {n:,} rows: split it.").format(name=name, n=most))
    except csv.Error as error:
        raise Refused(
            tr("“{name}”, line {line}: this is not a table ({why}).").format(name=name, line=reader.line_num, why=error)
        ) from error
    return Table(name, tuple(header), tuple(rows), tuple(crooked))


def _lines(text: TextIO, name: str) -> Iterator[str]:
    """Yield line by line; raises Refused where one is too long, or there are too many, instead of holding it all."""
    for number in range(1, MOST_LINES + 1):
        line = text.readline(LONGEST_LINE)
        if not line:
            return
        if len(line) >= LONGEST_LINE:
            raise Refused(
                tr("“{name}”, line {line}: this line is too long for a table.").format(name=name, line=number)
            )
        yield line
    raise Refused(tr("“{name}” has more than {n:,} lines: split it.").format(name=name, n=MOST_LINES))


def _line_that_is_no_text(path: Path, encoding: str) -> int:
    decoder = getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        for piece in file:
            try:
                decoder.decode(piece)
            except UnicodeError:
                break
            line += piece.endswith(b"\n")
    return line


def spreadsheet_cell(text: str) -> str:
    """Return *text* so that a spreadsheet shows it as it is instead of computing it; a plain number stays one.

    What could be taken for a formula gets an apostrophe before it, and so does what begins with apostrophes before
    such a thing: so `cell_of_spreadsheet` finds the text again.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def cell_of_spreadsheet(text: str) -> str:
    """Return the text that `spreadsheet_cell` was given; every other text is returned as it is."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text[1:]) else text


def folded(name: str) -> str:
    """Return a name as it is compared: without capitals, every other sign than letters and digits one underscore."""
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")


def recognised(columns: Iterable[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for each field the column that bears one of its *names* (spelling folded); others are left out."""
    known = {folded(c): c for c in reversed(list(columns))}
    found: dict[str, str] = {}
    for field, spellings in names.items():
        for spelling in spellings:
            column = known.get(spelling)
            if column is not None and spelling and column not in found.values():
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


def _cell(text: str) -> str:
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def _check_header(header: Sequence[str], name: str) -> None:
    if not any(header):
        raise Refused(tr("“{name}” is empty: its first line must name the columns.").format(name=name))
    if len(header) > MOST_COLUMNS:
        raise Refused(tr("“{name}” has more than {n} columns: leave some out.").format(name=name, n=MOST_COLUMNS))
    twice = sorted(c for c, count in Counter(header).items() if count > 1)
    if twice:
        column = twice[0][:40]
        raise Refused(tr("“{name}” has two columns called “{column}”: rename one.").format(name=name, column=column))
