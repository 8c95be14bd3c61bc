"""Calendar days: spans of them, months added to them, and the months a span of days is worth."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

DAYS_A_WEEK = 7
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)


@dataclass(frozen=True, slots=True, order=True)
class DateSpan:
    """The days from *start* up to, but not including, *end*."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if FIRST_DAY < self.end <= self.start:
            raise Refused(
                tr("The finish {finish} lies before the start {start}: give a later finish.").format(
                    finish=self.end - timedelta(1), start=self.start
                )
            )
        if self.start < FIRST_DAY or self.end > LAST_DAY or self.end <= FIRST_DAY:
            raise Refused(
                tr("{start} to {end} lies outside the years 1900 to 2200: give other dates.").format(
                    start=self.start, end=self.end
                )
            )

    @property
    def finish(self) -> date:
        """Return the last day that belongs to the span, as a screen shows it."""
        return self.end - timedelta(1)

    @property
    def days(self) -> int:
        """Return how many days the span has."""
        return (self.end - self.start).days

    @property
    def weeks(self) -> int:
        """Return how many weeks the span takes, a begun week counting whole."""
        return -(-self.days // DAYS_A_WEEK)

    def shifted(self, days: int) -> DateSpan:
        """Return the same length of time, *days* later.

        Raises Refused when that leaves the years that a plan can hold.
        """
        return DateSpan(later(self.start, days), later(self.end, days))

    def overlaps(self, other: DateSpan) -> bool:
        """Return whether at least one day belongs to both."""
        return self.start < other.end and other.start < self.end


def later(day: date, days: int) -> date:
    """Return the day *days* after *day*; raises Refused beyond the years that a plan can hold."""
    try:
        moved = day + timedelta(days)
    except OverflowError:
        moved = None
    if moved is None or not FIRST_DAY <= moved <= LAST_DAY:
        raise Refused(tr("That date lies outside the years 1900 to 2200: move it by less."))
    return moved


def add_months(day: date, months: int) -> date:
    """Return the same day of the month *months* later, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> tuple[int, int]:
    """Return how many months lie in start <= day < end, each day counting 1 / days of its own month.

    Exact, as numerator and denominator: the two cut months are fractions, the whole ones count 1. Zero when
    *end* is not after *start*.
    """
    if end <= start:
        return 0, 1
    whole = (end.year - start.year) * 12 + end.month - start.month
    in_start, in_end = monthrange(start.year, start.month)[1], monthrange(end.year, end.month)[1]
    return whole * in_start * in_end + (end.day - 1) * in_start - (start.day - 1) * in_end, in_start * in_end


def monday(day: date) -> date:
    """Return the Monday of the week in which *day* lies."""
    return day - timedelta(day.weekday())


def day_of(when: datetime) -> date:
    """Return the day on which an instant falls where the program runs: what people there call the day it happened."""
    return when.astimezone().date()
