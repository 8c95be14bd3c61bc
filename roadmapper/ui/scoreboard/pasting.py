"""Pasting: readings as a spreadsheet put them on the clipboard - a day and a value a line - each taken or named."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY
from roadmapper.domain.entity import new_id
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.csv import DateOrder, cell_of_spreadsheet, date_order, day_from, number_from
from roadmapper.planning.phrases import day_text
from roadmapper.ui.widgets.clips import LONGEST_PASTE
from roadmapper.ui.widgets.day_edit import day_typed

MOST_ROWS = 2_000
SHOWN = 40
Line = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Pasted:
    """The readings that the clipboard makes, how many of them replace one of their day, and the lines not taken."""

    readings: Sequence[Reading]
    replaced: int
    bad: Sequence[str]


def pasted_readings(text: str, measure: Measure, there: Mapping[date, Reading], today: date) -> Pasted:
    """Return what *text* makes of a measure whose readings by day are *there*; a line of heads is passed over.

    Of two lines of one day the later counts. Raises Refused for too much, for nothing, and where all the days could
    be read day first or month first.
    """
    if len(text) > LONGEST_PASTE:
        raise Refused(tr("That is too much to paste: at most {n} lines are taken at once.").format(n=MOST_ROWS))
    lines = list(_lines(text))
    if not lines:
        raise Refused(tr("There is nothing to paste: copy the columns with days and values in your spreadsheet first."))
    if len(lines) > MOST_ROWS:
        raise Refused(tr("That is too much to paste: at most {n} lines are taken at once.").format(n=MOST_ROWS))
    order = date_order(day for _, day, _ in lines)
    if order is None:
        raise Refused(
            tr("The days can be read day first or month first: write them like 2027-03-09, then paste them again.")
        )
    found: dict[date, Reading] = {}
    replaced: set[date] = set()
    bad = []
    for number, (line, day_words, value_words) in enumerate(lines):
        try:
            day = _day(day_words, order, today)
            value = _value(value_words, measure)
            old = found.get(day) or there.get(day)
            found[day] = Reading(old.id if old else new_id("read"), measure.id, day, value)
            replaced |= {day} if old else set()
        except Refused as refusal:
            if number or not _is_head(day_words, value_words):
                bad.append(tr("Line {n}: {why}.").format(n=line, why=str(refusal).rstrip(".")))
    return Pasted(list(found.values()), len(replaced), bad)


def _lines(text: str) -> Iterator[Line]:
    """Yield the number of each line that is not empty with its first two cells."""
    mark = "\t" if "\t" in text else ";" if ";" in text else ""
    if mark:
        try:
            reader = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
            cut = [(reader.line_num, cells) for cells in reader]
        except csv.Error:  # a lone quotation mark
            cut = [(n, line.split(mark)) for n, line in enumerate(text.splitlines(), 1)]
    else:
        cut = [(n, _parted(line)) for n, line in enumerate(text.splitlines(), 1)]
    for number, cells in cut:
        plain = [" ".join(cell_of_spreadsheet(cell).split()) for cell in cells]
        if any(plain):
            yield number, plain[0], plain[1] if len(plain) > 1 else ""


def _parted(line: str) -> list[str]:
    """Return the cells of a line without tabs and semicolons: before and after its first comma, or its last gap."""
    day, comma, value = line.partition(",")
    return [day, value] if comma and " " not in day.strip() else line.rsplit(maxsplit=1)


def _day(words: str, order: DateOrder, today: date) -> date:
    if not words:
        raise Refused(tr("the day is missing"))
    if any(c.isalpha() for c in words.replace("T", "")):
        day = day_typed(words, None, today, day_first=True)  # the month is a word: no order to mistake
    else:
        day = day_from(words, order)
    if not FIRST_DAY <= day < LAST_DAY:
        raise Refused(tr("{day} lies outside the years 1900 to 2200").format(day=day_text(day)))
    check_past(day, today)
    return day


def check_past(day: date, today: date) -> None:
    """Raise Refused for a day that is still to come: nothing can have been read on it."""
    if day > today:
        raise Refused(tr("{day} is still to come: a reading is of today or before.").format(day=day_text(day)))


def _value(words: str, measure: Measure) -> float:
    if not words:
        raise Refused(tr("the value is missing"))
    unit = measure.unit.strip()
    plain = words.removesuffix(unit) if unit else words
    return number_from(plain.strip())


def _is_head(day_words: str, value_words: str) -> bool:
    """Return whether the first line names its columns: no digit stands in it."""
    return not any(c.isdigit() for c in day_words + value_words)
