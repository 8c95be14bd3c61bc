"""Consulting: where checkpoints stand so that no silence is longer than agreed."""

from __future__ import annotations

from datetime import date, timedelta

from roadmapper.planning.working_calendar import WorkingCalendar


def consults_between(start: date, end: date, limit_days: int, calendar: WorkingCalendar) -> list[date]:
    """Return the fewest working days between *start* and *end* that leave no stretch above *limit_days*.

    They stand as evenly as the working calendar lets them. Where working days cannot do it (a holiday longer than the
    limit), days that are not worked are taken: the agreement goes before the calendar.
    """
    earliest = _earliest(start, end, limit_days, calendar)
    days: list[date] = []
    previous = start
    for n, first in enumerate(earliest):
        if (end - previous).days <= limit_days:
            break
        ideal = previous + (end - previous) // (len(earliest) - n + 1)
        first = max(first, previous + timedelta(1))
        last = min(previous + timedelta(limit_days), end - timedelta(1))
        previous = _nearest_working(min(max(ideal, first), last), first, last, calendar)
        days.append(previous)
    return days


def _earliest(start: date, end: date, limit: int, calendar: WorkingCalendar) -> list[date]:
    """Return for each of the fewest consults the first day from which those after it still keep the limit."""
    marks = [end]
    while (marks[-1] - start).days > limit:
        reach = [marks[-1] - timedelta(n) for n in range(limit, 0, -1)]
        marks.append(next((day for day in reach if calendar.works(day)), reach[0]))
    return marks[:0:-1]


def _nearest_working(ideal: date, first: date, last: date, calendar: WorkingCalendar) -> date:
    reach = max((last - ideal).days, (ideal - first).days)
    for offset in range(reach + 1):
        for day in (ideal - timedelta(offset), ideal + timedelta(offset)):
            if first <= day <= last and calendar.works(day):
                return day
    return ideal
