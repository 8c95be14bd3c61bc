"""Row parts: a stretch of days on a page, and the bars, names, diamonds and strips that stand on it; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from roadmapper.chart.lanes import Diamond, Lane, name_of
from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan
from roadmapper.domain.increment import Increment
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import length_text
from roadmapper.reports.labels import FLAG, Label, Measure, Named, Strip
from roadmapper.reports.pages import LEADING, Box
from roadmapper.reports.sheets import one_line

THIN = 0.1
BEYOND = 6.0


class Words(NamedTuple):
    """Lines of text in a box; *said* is all that they should say."""

    box: Box
    lines: tuple[str, ...]
    size: float
    said: str = ""


class PlacedBar(NamedTuple):
    """An increment's bar; one that is cut by the chart's edge reaches beyond it."""

    box: Box
    increment: Increment


class Name(NamedTuple):
    """A name in, beside or above a bar, with the pole it hangs on: x, upper end, lower end."""

    words: Words
    label: Label
    pole: tuple[float, float, float] | None


class PlacedGap(NamedTuple):
    """A stretch of silence and its length in words, if there is room for them."""

    box: Box
    words: Words | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the page belongs to the rows: the days across it, the chart's edges, and where the titles begin."""

    span: DateSpan
    margin: float
    left: float
    right: float

    def x(self, days: int) -> float:
        """Return where the day *days* after the first one begins."""
        return self.left + days * (self.right - self.left) / self.span.days

    def across(self, span: DateSpan) -> tuple[float, float]:
        """Return where *span* begins and ends, within the chart."""
        first, last = max(span.start, self.span.start), min(span.end, self.span.end)
        return self.x((first - self.span.start).days), self.x((last - self.span.start).days)


def strip_of(number: int, increment: Increment, frame: Frame) -> Strip:
    """Return the part of a bar that shows on the days of *frame*, with its name; *number* is kept with it."""
    left, right = frame.across(increment.span)
    return Strip(left, max(right - 0.4, left + 0.8), one_line(name_of(increment)), number)


def flags_of(lane: Lane, frame: Frame) -> list[Strip]:
    """Return the flag of the first value, if that is on the days of *frame*."""
    day, span = lane.first_value, frame.span
    if day is None or not span.start <= day < span.end:
        return []
    x = frame.x((day - span.start).days)
    return [Strip(x, x, "⚑", FLAG)]


def placed_in_row(
    row: Named,
    increments: Sequence[Increment],
    frame: Frame,
    size: float,
    place: tuple[float, float],
    *,
    dense: bool = False,
) -> tuple[list[PlacedBar], list[Name], tuple[float, float, float] | None]:
    """Return the bars of a row, their names and the flag's pole; *place* is the top and the height of the bars.

    The strips of *row* have their numbers in *increments*.
    """
    (top, height), line = place, LEADING * size
    bars, names, flag = [], [], None
    for strip in row.strips:
        thin = (row.lines - row.lines_in(strip)) * line / 2 + (THIN * size if dense else 0.0)
        increment = increments[strip.number]
        left = strip.left - (BEYOND if increment.span.start < frame.span.start else 0)
        right = strip.right + (BEYOND if increment.span.end > frame.span.end else 0)
        bars.append(PlacedBar(Box(left, top + thin, right - left, height - 2 * thin), increment))
    for label in row.labels:
        tall = len(label.lines) * LEADING * label.size
        foot = top + (height + tall) / 2 if label.tier is None else top - label.tier * line
        box = Box(label.left, foot - tall, label.width, tall)
        pole = None if label.pole is None else (label.pole, box.top + 0.15 * label.size, top)
        if label.strip.number == FLAG:
            flag = pole
        else:
            names.append(Name(Words(box, label.lines, label.size, label.strip.words), label, pole))
    return bars, names, flag


@dataclass(frozen=True, slots=True)
class Below:
    """Places what stands below the bars of a lane: diamonds, and strips of silence; with *ease* below each other."""

    lane: Lane
    frame: Frame
    size: float
    measure: Measure
    ease: bool

    def diamonds(self, top: float) -> tuple[list[tuple[float, float, Diamond]], float]:
        """Return the diamonds below *top*, and where they end."""
        span, half = self.frame.span, (self.frame.x(1) - self.frame.left) / 2
        shown = [d for d in self.lane.diamonds if span.start <= d.checkpoint.day < span.end]
        middle = top + (1.25 if self.ease else 0.95) * self.size
        found = [(self.frame.x((d.checkpoint.day - span.start).days) + half, middle, d) for d in shown]
        return found, middle + 0.65 * self.size if shown else top

    def gaps(self, bars: float, diamonds: float, marks: Sequence[float]) -> tuple[list[PlacedGap], float]:
        """Return the strips of silence below the diamonds, or, where space is short, between them; with their lengths.

        *bars* and *diamonds* are the feet of what stands above, *marks* the middles of the diamonds.
        """
        size, found = self.size, []
        spans = [gap for gap in self.lane.gaps if gap.overlaps(self.frame.span)]
        starts = [self.frame.across(gap)[0] for gap in spans]
        top = diamonds + 0.6 * size if self.ease else bars + 0.575 * size
        for gap, start, following in zip(spans, starts, [*starts, self.frame.right][1:], strict=True):
            box = Box(start, top, self.frame.across(gap)[1] - start, 0.75 * size)
            near = (x - 0.65 * size for x in marks if not self.ease and x > box.right + 0.65 * size)
            found.append(PlacedGap(box, self._length(gap, box, min(following, *near, self.frame.right))))
        foot = max((gap.words.box.bottom for gap in found if gap.words), default=top + size)
        return found, max(foot, diamonds) if found else diamonds

    def _length(self, gap: DateSpan, box: Box, following: float) -> Words | None:
        """Return the length of a silence: beside its strip, or below it - inside it where space is short."""
        size, line = self.size, LEADING * self.size
        weeks = tr("{n} wk").format(n=f"{gap.days / DAYS_A_WEEK:.1f}".removesuffix(".0"))
        long = tr("{length} without a consult").format(length=length_text(gap.days))
        level = box.top + (box.height - line) / 2
        beside, below = (box.right + 0.9 * size, level, following), (box.left, box.bottom + 0.1 * size, following)
        inside = (box.left + 1.2 * size, level, box.right - 0.7 * size)
        for words, (left, top, right) in (
            (long, beside),
            *((w, below if self.ease else inside) for w in (long, weeks)),
        ):
            width = self.measure.width(words, size, bold=True)
            if left + width + 0.5 * size <= right:
                return Words(Box(left, top, width, line), (words,), size, words)
        return None
