"""Days off: how many people of a team are away on which days, rules for repeating written out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import import_module
from itertools import accumulate

from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

# The calendar repeats after 400 years, weekdays and all. A rule that never comes true is tried until the year 9999:
# written out that far on, it has only 200 to 500 years to be tried for, not 8,000.
_ON = 19 * 400


def away(days_off: Iterable[DaysOff], first: date, last: date, people: int) -> dict[date, int]:
    """Return how many of a team's *people* are away on each day from *first* to *last*, days with nobody away left out.

    *days_off* are those of that team. Raises Refused for a rule that nobody can follow.
    """
    changes: defaultdict[int, int] = defaultdict(int)
    length = (last - first).days + 1
    for off in days_off:
        for start, end in _stretches(off, first, last):
            changes[max((start - first).days, 0)] += off.people or people
            changes[min((end - first).days, length)] -= off.people or people
    steps = (changes.get(n, 0) for n in range(length))
    return {first + timedelta(n): min(count, people) for n, count in enumerate(accumulate(steps)) if count}


def starts_of(off: DaysOff, last: date) -> tuple[date, ...]:
    """Return the days up to *last* on which *off* begins, in order.

    Raises Refused for a rule that nobody can follow.
    """
    if not off.repeats:
        return (off.span.start,) if off.span.start <= last else ()
    return _starts(off.repeats, off.span.start, last)


def _stretches(off: DaysOff, first: date, last: date) -> Iterable[tuple[date, date]]:
    """Yield the stretches start <= day < end of *off* that reach into first..last; where they meet, one for all."""
    begun: tuple[date, date] | None = None
    for start in starts_of(off, last):
        end = start + timedelta(off.span.days)
        if begun is not None and start <= begun[1]:
            begun = begun[0], end
        elif end > first:
            if begun is not None:
                yield begun
            begun = start, end
    if begun is not None:
        yield begun


@lru_cache(maxsize=1000)
def _starts(rule: str, start: date, last: date) -> tuple[date, ...]:
    if start > last:
        return ()
    told = dict(part.split("=") for part in rule.split(";"))
    # Imported on first use: a roadmap without repeating days off never needs it.
    package = import_module("dateutil.rrule")
    found = []
    try:
        last = min(last, _until(told.pop("UNTIL", None)))
        if int(told.get("INTERVAL", 1)) < 1:  # it would stand still for ever
            raise ValueError(rule)
        plain = ";".join(f"{key}={value}" for key, value in told.items())
        for moment in package.rrulestr(plain, dtstart=datetime.combine(_moved(start, _ON), time())):
            day = _moved(moment.date(), -_ON)
            if day > last:
                break
            found.append(day)
    except (ValueError, TypeError, ArithmeticError, LookupError) as error:
        raise Refused(
            tr("The days off repeated by “{rule}” cannot be worked out: change the rule.").format(rule=rule[:40])
        ) from error
    return tuple(found)


def _until(value: str | None) -> date:
    """Return the last day on which a rule holds; days have no hours, so one that names an hour means its day."""
    if value is None:
        return date.max
    match = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(T\d{6}Z?)?", value)
    if match is None:
        raise ValueError(value)
    return date(int(match[1]), int(match[2]), int(match[3]))


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years)
