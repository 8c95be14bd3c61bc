"""Ruler: the time header of a page and the upright lines below it, as lines and words; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadmapper.chart.timescale import Tick, TimeScale
from roadmapper.domain.dates import DateSpan
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Box, Item, Rule, Text, Weight

UNIT = 0.62
"""Points for a unit of the screen's time header, on A4."""
UPPER, LOWER = 25.0, 21.0
UPPER_TYPE, LOWER_TYPE = 12.5, 11.0
PAD = 8.0
LETTERS = (0.79, 0.5)
"""At so many units a day the header has months by their letters; then by nothing, or by quarters."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """The days of *span* between *left* and *right*; *unit* is how many points a unit of the header has.

    *month* is the first of the fiscal year.
    """

    span: DateSpan
    left: float
    right: float
    unit: float
    month: int
    measure: Measure

    @property
    def height(self) -> float:
        """Return how high the header is: lower where the days leave no room for a second row."""
        return (UPPER + (LOWER if self._lower() else 0.0)) * self.unit

    def header(self, top: float, margin: float) -> Iterator[Item]:
        """Yield the header that begins at *top*, and the line below it, which begins at *margin*."""
        scale = self._scale
        size = max(UPPER_TYPE * self.unit, LEAST_TYPE)
        for tick in scale.upper(self.span.start, self.span.end):
            yield from self._label(tick, top, UPPER * self.unit, size, "text", strong=True)
        small = max(LOWER_TYPE * self.unit, LEAST_TYPE)
        for tick in self._lower():
            yield from self._label(tick, top + UPPER * self.unit, LOWER * self.unit, small, "secondary", strong=False)
        foot = top + self.height
        yield Rule(margin, foot, self.right, foot, "strong_line")

    def grid(self, top: float, foot: float) -> Iterator[Item]:
        """Yield the upright lines from *top* to *foot*, stronger where a year begins."""
        scale, begun = self._scale, set()
        for ticks in (scale.upper(self.span.start, self.span.end), scale.lower(self.span.start, self.span.end)):
            for tick in ticks:
                day = tick.span.start
                if day not in begun and self.span.start <= day <= self.span.end:
                    begun.add(day)
                    x = self._x(tick)
                    yield Rule(x, top, x, foot, "strong_line" if scale.begins_year(day) else "line")

    def _lower(self) -> list[Tick]:
        """Return the cells of the lower row, with letters for months where words are too wide; none if they are too."""
        scale, small = self._scale, max(LOWER_TYPE * self.unit, LEAST_TYPE)
        for width in (scale.day_width, *(w for w in LETTERS if w < scale.day_width)):
            ticks = list(replace(scale, day_width=width).lower(self.span.start, self.span.end))
            if all(self._room(tick) > self.measure.width(tick.label, small) for tick in ticks):
                return ticks
        return []

    @property
    def _scale(self) -> TimeScale:
        width = (self.right - self.left) / self.span.days
        return TimeScale(self.span.start, width / self.unit, self.month)

    def _x(self, tick: Tick) -> float:
        return self.left + (tick.span.start - self.span.start).days * (self.right - self.left) / self.span.days

    def _room(self, tick: Tick) -> float:
        return tick.span.days * (self.right - self.left) / self.span.days - PAD * self.unit

    def _label(self, tick: Tick, top: float, height: float, size: float, ink: str, *, strong: bool) -> Iterator[Item]:
        """Yield the label of a cell, if there is room; one that begins a little before the first day is pinned to it.

        A *strong* one is pinned however much of its cell lies before.
        """
        day = (self.right - self.left) / self.span.days
        start = self._x(tick)
        end = min(start + tick.span.days * day, self.right)
        pinned = strong or (tick.span.end - self.span.start).days * 2 > tick.span.days
        left = (max(start, self.left) if pinned else start) + PAD * self.unit
        width = self.measure.width(tick.label, size, bold=strong)
        if left >= self.left and left + width <= end:
            box = Box(left, top + (height - LEADING * size) / 2, end - left, LEADING * size)
            yield Text(
                box, (tick.label,), size, ink, weight=Weight.BOLD if strong else Weight.REGULAR, words=tick.label
            )
