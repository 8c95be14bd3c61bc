"""TimeScale: days to pixels and back, the snap unit of each zoom, and what stands in the time header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from math import floor

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, DateSpan, add_months, monday
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import month_text

CLOSEST = 40.0
FARTHEST = 0.05


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
    """Pixels for days: *origin* stands at x = 0, a day is *day_width* pixels wide."""

    origin: date
    day_width: float

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
        return TimeScale(self.origin, min(max(self.day_width * factor, FARTHEST), CLOSEST))

    @property
    def zoom(self) -> Zoom:
        """Return what one looks at."""
        if self.day_width >= 8:
            return Zoom.WEEK
        return Zoom.MONTH if self.day_width >= 1.6 else Zoom.QUARTER

    def upper(self, first: date, last: date) -> Iterator[Tick]:
        """Yield the upper row of the header: quarters, or years where quarters would be too narrow."""
        if self.day_width * 91 >= 64:
            yield from _cells(date(first.year, (first.month - 1) // 3 * 3 + 1, 1), last, 3, _quarter)
        else:
            yield from _cells(date(first.year, 1, 1), last, 12, lambda day: str(day.year))

    def lower(self, first: date, last: date) -> Iterator[Tick]:
        """Yield the lower row of the header: ISO weeks, months or quarters, whatever can still be read."""
        if self.day_width * 7 >= 42:
            day = monday(first)
            while day < last:
                end = min(day + timedelta(7), LAST_DAY)
                yield Tick(DateSpan(day, end), _week(day))
                day = end
        elif self.day_width * 30 >= 24:
            yield from _cells(first.replace(day=1), last, 1, month_text)
        elif self.day_width * 30 >= 15:
            yield from _cells(first.replace(day=1), last, 1, lambda day: month_text(day)[:1])
        elif self.day_width * 91 < 64:
            yield from _cells(date(first.year, (first.month - 1) // 3 * 3 + 1, 1), last, 3, _short_quarter)


def _cells(day: date, last: date, months: int, label: Callable[[date], str]) -> Iterator[Tick]:
    while day < last:
        end = min(add_months(day, months), LAST_DAY)
        yield Tick(DateSpan(day, end), label(day))
        day = end


def _quarter(day: date) -> str:
    return tr("Q{n} {year}").format(n=(day.month + 2) // 3, year=day.year)


def _short_quarter(day: date) -> str:
    return tr("Q{n}").format(n=(day.month + 2) // 3)


def _week(day: date) -> str:
    return tr("W{n}").format(n=day.isocalendar().week)
