"""WorkingCalendar: which days are worked, from Monday to Friday less a country's public holidays."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import import_module

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
