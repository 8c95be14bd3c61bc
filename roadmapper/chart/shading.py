"""Shading: which days nobody works, what they are called, and what lies beyond the horizon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from roadmapper.domain.dates import DAYS_A_WEEK, FIRST_DAY, LAST_DAY, DateSpan, monday
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.days_off import away
from roadmapper.planning.working_calendar import SATURDAY, WorkingCalendar, holidays_in

WEEKENDS_FROM = 4.0
FREE_FROM = 2.2
"""How many units wide a day must be for weekends to be shaded, and for single free days."""


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The public holidays and the days off of everybody within some years, each with its name, weekends left out."""

    within: DateSpan
    names: Mapping[date, str] = field(default_factory=dict)

    def between(self, first: date, last: date) -> Iterator[date]:
        """Yield the free days on which first <= day < last, in order."""
        return (day for day in self.names if first <= day < last)


def free_days(plan: Plan, first: date, last: date) -> FreeDays:
    """Return the free days of the years from that of *first* to that of *last*.

    A day is free when it is a public holiday of the roadmap's country, or when of each team everybody is away.
    A country that nobody knows has no holidays.
    """
    within = DateSpan(date(first.year, 1, 1), min(date(last.year, 12, 31) + timedelta(1), LAST_DAY))
    names = dict.fromkeys(_everybody_away(plan, within), tr("everybody is away"))
    try:
        for year in range(first.year, last.year + 1):
            names |= dict(holidays_in(plan.roadmap.country, year))
    except Refused:
        pass
    return FreeDays(within, {day: names[day] for day in sorted(names) if day.weekday() < SATURDAY})


def weekends(first: date, last: date) -> Iterator[DateSpan]:
    """Yield the Saturdays with their Sundays that reach into first <= day < last, within what a plan can hold."""
    saturday = monday(first) + timedelta(SATURDAY)
    while saturday < min(last, LAST_DAY):
        start, end = max(saturday, FIRST_DAY), min(saturday + timedelta(2), LAST_DAY)
        if end > first:
            yield DateSpan(start, end)
        saturday += timedelta(DAYS_A_WEEK)


def what_is_free(plan: Plan, day: date, free: FreeDays) -> str:
    """Return why *day* is not worked, or nothing."""
    country = plan.roadmap.country
    try:
        holiday = WorkingCalendar(country).holiday(day)
    except Refused:
        holiday = ""
    return holiday or free.names.get(day, "") or (tr("weekend") if day.weekday() >= SATURDAY else "")


def _everybody_away(plan: Plan, within: DateSpan) -> set[date]:
    """Return the days on which of each team everybody is away; none where a rule can not be followed."""
    found: set[date] | None = None
    for team in plan.teams.values():
        off = plan.days_off_by_team.get(team.id, ())
        if not off:
            return set()
        people = team.people or max([1, *(o.people + 1 for o in off if o.people)])
        try:
            missing = away(off, within.start, within.finish, people)
        except Refused:
            return set()
        all_away = {day for day, gone in missing.items() if gone >= people}
        found = all_away if found is None else found & all_away
    return found or set()
