"""WorkingCalendar: which days are worked, from Monday to Friday less a country's public holidays."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import import_module

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, DateSpan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of a country (ISO 3166 code of two letters), or of none."""

    country: str = ""

    def works(self, day: date) -> bool:
        """Return whether *day* is worked; raises Refused for a country that nobody knows."""
        return day.weekday() < SATURDAY and not (self.country and day in _holidays(self.country))

    def holiday(self, day: date) -> str:
        """Return what public holiday *day* is called in its country, or nothing; raises Refused as `works` does."""
        return _holidays(self.country).get(day) or "" if self.country else ""

    def on_or_after(self, day: date) -> date:
        """Return the first working day that is not before *day*."""
        while not self.works(day):
            day += timedelta(1)
        return day

    def on_or_before(self, day: date) -> date:
        """Return the last working day that is not after *day*."""
        while not self.works(day):
            day -= timedelta(1)
        return day

    def last_within(self, span: DateSpan) -> date:
        """Return the last working day of *span*; its finish where nobody works in it."""
        days = (span.finish - timedelta(n) for n in range(span.days))
        return next((day for day in days if self.works(day)), span.finish)

    def worked_between(self, start: date, end: date) -> int:
        """Return how many days of start <= day < end are worked; less than zero where *end* lies before *start*."""
        if end < start:
            return -self.worked_between(end, start)
        whole = sum(len(self.worked_in(year)) for year in range(start.year, end.year))
        return whole + self._place(end) - self._place(start)

    def after(self, start: date, count: int) -> date:
        """Return the working day before which *count* days from *start* on are worked; the first one is that of zero.

        Below zero it lies so many working days before *start*. Raises Refused beyond the years that a plan can hold.
        """
        year, place = start.year, self._place(start) + count
        while place < 0 or place >= len(self.worked_in(year)):
            if place < 0:
                year -= 1
                place += len(self.worked_in(year))
            else:
                place -= len(self.worked_in(year))
                year += 1
        return date.fromordinal(self.worked_in(year)[place])

    def worked_in(self, year: int) -> tuple[int, ...]:
        """Return the numbers of the working days of a year; raises Refused for one that a plan cannot hold."""
        return _worked_in(self.country, year)

    def _place(self, day: date) -> int:
        return bisect_left(self.worked_in(day.year), day.toordinal())


@lru_cache(maxsize=1_000)
def _worked_in(country: str, year: int) -> tuple[int, ...]:
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Refused(tr("That date lies outside the years 1900 to 2200: move it by less."))
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    calendar = WorkingCalendar(country)
    return tuple(day.toordinal() for day in days if day.year == year and calendar.works(day))


@cache
def holidays_in(country: str, year: int) -> tuple[tuple[date, str], ...]:
    """Return the public holidays of a country in a year, each with its name; raises Refused for an unknown country."""
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    calendar = WorkingCalendar(country)
    return tuple((day, calendar.holiday(day)) for day in days if day.year == year and calendar.holiday(day))


@cache
def _holidays(country: str) -> Mapping[date, str]:
    # Imported on first use: the package costs the start of the window more than all of our own code,
    # and a roadmap without a country never needs it.
    package = import_module("holidays")
    # Beyond the years the package knows, weekends alone are free; that is no news for whoever plans.
    warnings.filterwarnings("ignore", message="Requested Holidays are available only")
    try:
        days: Mapping[date, str] = package.country_holidays(country)
    except NotImplementedError as error:
        raise Refused(
            tr("No public holidays are known for the country “{code}”: choose another or none.").format(code=country)
        ) from error
    return days
