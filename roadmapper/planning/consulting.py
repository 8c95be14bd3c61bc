"""Consulting: where checkpoints stand so that no silence is longer than agreed."""

from __future__ import annotations

from datetime import date, timedelta

from roadmapper.planning.working_calendar import WorkingCalendar


def consults_between(start: date, end: date, limit_days: int, calendar: WorkingCalendar) -> list[date]:
    """Return the fewest working days between *start* and *end* that leave no stretch above *limit_days*.

    They stand as evenly as the working calendar lets them. Where even that cannot be (a holiday longer than the
    limit), days that are not worked are taken: the agreement goes before the calendar.
    """
    if (end - start).days <= limit_days:
        return []
    fewest = -(-(end - start).days // limit_days) - 1
    for count in range(fewest, fewest + 3):
        days = _evenly(start, end, count, limit_days, calendar)
        if days is not None:
            return days
    step = (end - start).days / (fewest + 1)
    return [start + timedelta(int(step * n)) for n in range(1, fewest + 1)]


def _evenly(start: date, end: date, count: int, limit: int, calendar: WorkingCalendar) -> list[date] | None:
    days: list[date] = []
    previous = start
    for n in range(1, count + 1):
        # Each of the stretches that are still to come takes at most the limit.
        earliest = max(end - timedelta(limit * (count - n + 1)), previous + timedelta(1))
        latest = min(previous + timedelta(limit), end - timedelta(1))
        ideal = previous + (end - previous) // (count - n + 2)
        day = _nearest_working(min(max(ideal, earliest), latest), earliest, latest, calendar)
        if day is None:
            return None
        days.append(day)
        previous = day
    return days


def _nearest_working(ideal: date, earliest: date, latest: date, calendar: WorkingCalendar) -> date | None:
    if latest < earliest:
        return None
    reach = max((latest - ideal).days, (ideal - earliest).days)
    for offset in range(reach + 1):
        for day in (ideal - timedelta(offset), ideal + timedelta(offset)):
            if earliest <= day <= latest and calendar.works(day):
                return day
    return None
