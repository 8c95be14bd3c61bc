"""Trend: the readings of a measure placed as a line against its target and its baseline, over days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from roadmapper.chart.bubble_labels import Box, Letters
from roadmapper.chart.value_picture import Written
from roadmapper.domain.dates import LAST_DAY, add_months
from roadmapper.planning.phrases import NO_BREAK, day_text, month_text

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""Months between the words of the time axis."""
SHORT_DAYS = 62
APART = 8.0
LABEL_GAP = 5.0
BELOW_AXIS = 3.0
MOST_OF_WIDTH = 0.45
RIM = 5.0
ABOVE_AXIS = 6.0
"""Units between the lowest that can be shown and the time axis: a level at the foot is no axis."""
MOST_DOTS = 40
MONTHS = 12

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Course:
    """What the chart shows: readings by day, and the two values they are held against, with their words."""

    readings: tuple[tuple[date, float], ...]
    baseline: float
    target: float
    baseline_words: str = ""
    target_words: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the chart at *y* pixels, and its words at the right."""

    y: float
    words: Written


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """Everything placed, in pixels, y downwards.

    *axis* is where the time axis runs; *points* are the line, thinned to what can be seen; *dots* are the readings
    themselves where there are few.
    """

    frame: Box
    points: tuple[Point, ...]
    dots: tuple[Point, ...]
    baseline: Level
    target: Level
    axis: float
    ticks: tuple[tuple[float, Written], ...]

    @property
    def last(self) -> Point | None:
        """Return where the last reading stands."""
        return self.points[-1] if self.points else None


@dataclass(frozen=True, slots=True)
class Scale:
    """Where days and values stand in a frame; a span of nothing stands in the middle."""

    frame: Box
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        """Return where a day stands."""
        days = (self.last - self.first).days
        part = (day - self.first).days / days if days else 0.5
        return self.frame.left + part * self.frame.width

    def y(self, value: float) -> float:
        """Return where a value stands."""
        span = self.high - self.low
        part = (value - self.low) / span if span else 0.5
        return self.frame.top + (1 - part) * self.frame.height


def trend_picture(course: Course, box: Box, unit: float, letters: Letters) -> TrendPicture:
    """Return the chart placed in *box*; without readings it has no line and no time axis.

    The scale holds all readings, the baseline and the target: all three can be seen always.
    """
    room = box.width * MOST_OF_WIDTH
    words = [letters.cut(w, room) for w in (course.baseline_words, course.target_words)]
    aside = max(map(letters.width, words)) + LABEL_GAP * unit if any(words) else 0.0
    rim = RIM * unit
    foot = letters.height + (ABOVE_AXIS + BELOW_AXIS) * unit if course.readings else 0.0
    frame = Box(
        box.left + rim,
        box.top + letters.height / 2,
        max(box.width - aside - 2 * rim, 1.0),
        max(box.height - letters.height / 2 - foot - (0.0 if course.readings else letters.height / 2), 1.0),
    )
    scale = scale_of(course, frame)
    line = [(scale.x(day), scale.y(value)) for day, value in course.readings]
    right = frame.left + frame.width + rim + LABEL_GAP * unit
    above = Box(box.left, box.top, box.width, max(box.height - foot + letters.height / 2, letters.height))
    tops = _label_tops(scale.y(course.baseline), scale.y(course.target), letters.height, above)
    levels = [
        Level(scale.y(value), Written(w, Box(right, top, letters.width(w), letters.height)))
        for value, w, top in zip((course.baseline, course.target), words, tops, strict=True)
    ]
    ticks = tuple(_ticks(scale, box, unit, letters)) if course.readings else ()
    dots = tuple(line) if len(line) <= MOST_DOTS else ()
    axis = frame.top + frame.height + ABOVE_AXIS * unit
    return TrendPicture(frame, thinned(line), dots, levels[0], levels[1], axis, ticks)


def scale_of(course: Course, frame: Box) -> Scale:
    """Return the scale in which everything of a course can be seen."""
    values = [course.baseline, course.target, *(value for _, value in course.readings)]
    days = [day for day, _ in course.readings]
    first, last = (min(days), max(days)) if days else (date.min, date.min)
    return Scale(frame, first, last, min(values), max(values))


def nearest(course: Course, picture: TrendPicture, x: float) -> tuple[date, float] | None:
    """Return the reading that stands nearest to *x* pixels, None without readings."""
    scale = scale_of(course, picture.frame)
    return min(course.readings, key=lambda reading: abs(scale.x(reading[0]) - x), default=None)


def thinned(line: Sequence[Point]) -> tuple[Point, ...]:
    """Return a line that looks the same: of each column of pixels the first, lowest, highest and last point."""
    kept: list[Point] = []
    for _, column in groupby(line, key=lambda point: int(point[0])):
        points = list(column)
        low = min(range(len(points)), key=lambda n: points[n][1])
        high = max(range(len(points)), key=lambda n: points[n][1])
        kept += [points[n] for n in sorted({0, low, high, len(points) - 1})]
    return tuple(kept)


def _label_tops(baseline: float, target: float, height: float, box: Box) -> tuple[float, float]:
    """Return the upper edges of the words of both levels: beside their lines, but never one over the other."""
    least, most = box.top, max(box.top + box.height - height, box.top)
    tops = [min(max(y - height / 2, least), most) for y in (baseline, target)]
    upper, lower = (0, 1) if baseline < target else (1, 0)
    lacks = height - (tops[lower] - tops[upper])
    if lacks > 0:
        tops[upper] = max(tops[upper] - lacks / 2, least)
        tops[lower] = min(tops[upper] + height, most)
        tops[upper] = max(min(tops[upper], tops[lower] - height), least)
    return tops[0], tops[1]


def _ticks(scale: Scale, box: Box, unit: float, letters: Letters) -> Iterator[tuple[float, Written]]:
    """Yield the ticks of the time axis: at months or years, or the first and the last day where these say more."""
    top = scale.frame.top + scale.frame.height + (ABOVE_AXIS + BELOW_AXIS) * unit
    right = box.left + box.width
    for days in _candidates(scale.first, scale.last):
        found = []
        for day, words in days:
            wide = letters.width(words)
            left = min(max(scale.x(day) - wide / 2, box.left), right - wide)
            found.append((scale.x(day), Written(words, Box(left, top, wide, letters.height))))
        free = all(a.box.left + a.box.width + APART * unit <= b.box.left for (_, a), (_, b) in pairwise(found))
        if found and free and found[-1][1].box.left >= box.left:
            yield from found
            return


def _candidates(first: date, last: date) -> Iterator[list[tuple[date, str]]]:
    """Yield what could stand at the axis, the best first."""
    ends = [(first, day_text(first)), (last, day_text(last))] if first != last else [(first, day_text(first))]
    if (last - first).days > SHORT_DAYS:
        for step in STEPS:
            days = list(_months(first, last, step))
            if len(days) >= 2:
                yield [(day, _month_words(day, step, begins=n == 0)) for n, day in enumerate(days)]
    elif first.year == last.year and first != last:
        yield [(first, day_text(first)[:-5]), (last, day_text(last))]
    yield ends
    yield ends[-1:]


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """Yield the first days of every *step*-th month between two days, counted from a January of year 0."""
    number = first.year * MONTHS + first.month - 1 + (first.day > 1)
    number += -number % step
    day = date(number // MONTHS, number % MONTHS + 1, 1)
    while day <= last:
        yield day
        if day > add_months(LAST_DAY, -step):
            return
        day = add_months(day, step)


def _month_words(day: date, step: int, *, begins: bool) -> str:
    if step % MONTHS == 0:
        return str(day.year)
    return f"{month_text(day)}{NO_BREAK}{day.year}" if begins or day.month == 1 else month_text(day)
