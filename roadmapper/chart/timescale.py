"""TimeScale: days to pixels and back, the snap unit of each zoom, and what stands in the time header."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from math import floor

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, DateSpan, add_months, monday
from roadmapper.domain.wording import tr, wording
from roadmapper.planning.phrases import month_text

CLOSEST = 40.0
FARTHEST = 0.05
DAYS_FROM = 24.0
WEEKS_FROM = 6.0
LETTER_FROM = 5.2
NUMBERS_FROM = 3.3
"""How many units wide a day must be for a row of days, of weeks, of weeks with their letter, of bare numbers."""


YEARS = (1, 2, 5, 10, 20)
YEAR_ROOM = 50.0
FISCAL_ROOM = 76.0
KEPT = 8


class Zoom(Enum):
    """What one looks at; a drag snaps to one size below."""

    WEEK = "day"
    MONTH = "week"
    QUARTER = "month"


@dataclass(frozen=True, slots=True)
class Tick:
    """A cell of the time header: its days and its label."""

    span: DateSpan
    label: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Pixels for days: *origin* stands at x = 0, a day is *day_width* pixels wide.

    Quarters and years of the header begin with *fiscal_month*; *week_numbers* asks for ISO weeks instead of months,
    wherever there is room for them.
    """

    origin: date
    day_width: float
    fiscal_month: int = 1
    week_numbers: bool = False

    def x(self, day: date) -> float:
        """Return where *day* begins."""
        return (day - self.origin).days * self.day_width

    def day(self, x: float) -> date:
        """Return the day that lies at *x*, kept within the years that a plan can hold."""
        days = floor(x / self.day_width)
        days = max((FIRST_DAY - self.origin).days, min(days, (LAST_DAY - self.origin).days))
        return self.origin + timedelta(days)

    def zoomed(self, factor: float) -> TimeScale:
        """Return the scale with days *factor* times as wide, within what can be read."""
        return replace(self, day_width=min(max(self.day_width * factor, FARTHEST), CLOSEST))

    @property
    def zoom(self) -> Zoom:
        """Return what one looks at."""
        if self.day_width >= 8:
            return Zoom.WEEK
        return Zoom.MONTH if self.day_width >= 1.6 else Zoom.QUARTER

    def begins_year(self, day: date) -> bool:
        """Return whether a year of the header begins on *day*."""
        return day.day == 1 and day.month == self.fiscal_month

    def upper(self, first: date, last: date) -> Iterator[Tick]:
        """Yield the upper row of the header: what the lower row is part of, up to years where there is little room."""
        if self.day_width >= DAYS_FROM:
            yield from _weeks(first, last, _week_and_month)
        elif self._weeks_below and self.day_width < WEEKS_FROM:
            yield from _cells(first.replace(day=1), last, 1, self._month_and_year)
        elif self.day_width * 91 >= 64:
            yield from _cells(self._quarter_start(first), last, 3, self._quarter)
        else:
            yield from self._years(first, last)

    def lower(self, first: date, last: date) -> Iterator[Tick]:
        """Yield the lower row of the header: days, ISO weeks, months or quarters, whatever can still be read."""
        if self.day_width >= DAYS_FROM:
            yield from _days(first, last)
        elif self.day_width >= WEEKS_FROM or self._weeks_below:
            yield from _weeks(first, last, _week if self.day_width >= LETTER_FROM else _week_number)
        elif self.day_width * 30 >= 24:
            yield from _cells(first.replace(day=1), last, 1, month_text)
        elif self.day_width * 30 >= 15:
            yield from _cells(first.replace(day=1), last, 1, lambda day: month_text(day)[:1])
        elif self.day_width * 91 < 64:
            yield from _cells(self._quarter_start(first), last, 3, self._short_quarter)

    def quarter_text(self, day: date) -> str:
        """Return the quarter in which *day* lies, such as ``Q2 2027``, or ``Q1 FY27/28`` of a fiscal year."""
        return tr("Q{n} {year}").format(n=self._quarter_number(day), year=self._year(day))

    @property
    def _weeks_below(self) -> bool:
        """Return whether the lower row shows weeks because that was asked for."""
        return self.week_numbers and self.day_width >= NUMBERS_FROM

    def _years(self, first: date, last: date) -> Iterator[Tick]:
        """Yield years, or as many together as have room for a label."""
        count = next((n for n in YEARS if n * 365 * self.day_width >= YEAR_ROOM), YEARS[-1])
        year = self._year_start(first).year // count * count
        yield from _cells(date(year, self.fiscal_month, 1), last, 12 * count, self._year)

    def _year_start(self, day: date) -> date:
        return date(day.year - (day.month < self.fiscal_month), self.fiscal_month, 1)

    def _quarter_start(self, day: date) -> date:
        return add_months(day.replace(day=1), -((day.month - self.fiscal_month) % 3))

    def _two_years(self, day: date) -> str:
        """Return the two calendar years in which the fiscal year lies: people differ in after which one it is named."""
        year = self._year_start(day).year
        return f"{year % 100:02d}/{(year + 1) % 100:02d}"

    def _quarter(self, day: date) -> str:
        if self.fiscal_month != 1 and self.day_width * 91 < 92:
            return f"{self._short_quarter(day)} {self._two_years(day)}"
        return self.quarter_text(day)

    def _short_quarter(self, day: date) -> str:
        return tr("Q{n}").format(n=self._quarter_number(day))

    def _quarter_number(self, day: date) -> int:
        return (day.month - self.fiscal_month) % 12 // 3 + 1

    def _year(self, day: date) -> str:
        if self.fiscal_month == 1:
            return str(day.year)
        short = 365 * self.day_width < FISCAL_ROOM
        return self._two_years(day) if short else tr("FY{years}").format(years=self._two_years(day))

    def _month_and_year(self, day: date) -> str:
        months = f"{month_text(day)} {day.year}"
        return f"{months} · {self._short_quarter(day)}" if self.fiscal_month != 1 else months


def rows_of(scale: TimeScale, first: date, last: date) -> tuple[Sequence[Tick], Sequence[Tick]]:
    """Return both rows of the header, the upper one first; for the same days they are worked out once."""
    return _rows(scale, first, last, wording.language)


@lru_cache(KEPT)
def _rows(scale: TimeScale, first: date, last: date, _language: str) -> tuple[Sequence[Tick], Sequence[Tick]]:
    return tuple(scale.upper(first, last)), tuple(scale.lower(first, last))


def _cells(day: date, last: date, months: int, label: Callable[[date], str]) -> Iterator[Tick]:
    last = min(last, LAST_DAY)
    while day < last:
        end = min(add_months(day, months), LAST_DAY)
        yield Tick(DateSpan(max(day, FIRST_DAY), end), label(day))
        day = end


def _weeks(first: date, last: date, label: Callable[[date], str]) -> Iterator[Tick]:
    day, last = monday(first), min(last, LAST_DAY)
    while day < last:
        end = min(day + timedelta(7), LAST_DAY)
        yield Tick(DateSpan(day, end), label(day))
        day = end


def _days(first: date, last: date) -> Iterator[Tick]:
    day, last = first, min(last, LAST_DAY)
    while day < last:
        end = day + timedelta(1)
        yield Tick(DateSpan(day, end), str(day.day))
        day = end


def _week(day: date) -> str:
    return tr("W{n}").format(n=day.isocalendar().week)


def _week_number(day: date) -> str:
    return str(day.isocalendar().week)


def _week_and_month(day: date) -> str:
    # A week belongs to the month, and to the year, in which its Thursday lies (ISO 8601).
    thursday = min(day + timedelta(3), LAST_DAY)
    return f"{_week(day)} · {month_text(thursday)} {thursday.year}"
