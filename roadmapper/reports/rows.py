"""Rows: where the bars, names, diamonds and strips of one project stand, in points from the row's own top; no Qt."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from roadmapper.chart.lanes import Diamond, name_of
from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan
from roadmapper.domain.increment import Increment
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import length_text, span_text
from roadmapper.reports.labels import FLAG, Label, Measure, Named, Strip, listed, named
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Box
from roadmapper.reports.sheets import Row, one_line

BAR_PAD = 0.9
COMFORTABLE_BAR = 3.0
TITLE_LINES = 6
DENSE_TITLE_LINES = 2
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


class Fashion(Enum):
    """How much air a project gets; LISTED and DENSE give each row of bars a name to a line, beside the bar."""

    EASY = "easy"
    CLOSE = "close"
    LISTED = "listed"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A project on the page; heights count from the row's own top until it is moved to its place."""

    row: Row
    box: Box
    title: Words
    detail: Words
    bars: tuple[PlacedBar, ...]
    names: tuple[Name, ...]
    diamonds: tuple[tuple[float, float, Diamond], ...]
    gaps: tuple[PlacedGap, ...]
    flag: tuple[float, float, float] | None
    original: tuple[Box, Words] | None

    @property
    def whole(self) -> bool:
        """Return whether the project's title and all names of its bars are there, without a cut."""
        names = all(_same(name.words.lines, name.label.strip.words) for name in self.names)
        return names and _same(self.title.lines, self.row.title)


def _same(lines: tuple[str, ...], words: str) -> bool:
    return "".join("".join(lines).split()) == "".join(words.split())


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


class RowBuilder:
    """Places one project in one size of type, from its own top downwards."""

    def __init__(self, row: Row, frame: Frame, size: float, fashion: Fashion, measure: Measure) -> None:
        self._row = row
        self._frame = frame
        self._size = size
        self._fashion = fashion
        self._ease = fashion is Fashion.EASY
        self._dense = fashion is Fashion.DENSE
        self._measure = measure
        self._line = LEADING * size
        self._bars: list[PlacedBar] = []
        self._names: list[Name] = []
        self._flag: tuple[float, float, float] | None = None
        shown = [bar for bar in row.lane.bars if bar.increment.span.overlaps(frame.span)]
        self._shown = [bar.increment for bar in shown]
        self._strips = [self._strip(n, bar.increment) for n, bar in enumerate(shown)]
        self._rows = [bar.row for bar in shown]
        self._arranged = self._arrange()

    @property
    def count(self) -> int:
        """Return how many rows of bars the project has."""
        return len(self._arranged)

    def reach(self, first: int, height: float) -> int:
        """Return behind which row of bars a part must end that begins with *first* and has *height*; one at least."""
        stops = range(first + 1, self.count + 1)
        return max(first + bisect_right(stops, height, key=lambda stop: self.build(first, stop).box.height), first + 1)

    def build(self, first: int = 0, stop: int | None = None) -> PlacedRow:
        """Return the project in its place, or the part of it from one row of bars to another; the last has the rest."""
        self._bars, self._names, self._flag = [], [], None
        pad = self._size * (1.3 if self._ease else 0.2 if self._dense else 0.35)
        middle, foot = self._fill(pad, self._arranged[first:stop])
        original: tuple[Box, Words] | None = None
        diamonds: list[tuple[float, float, Diamond]] = []
        gaps: list[PlacedGap] = []
        if stop is None or stop >= self.count:
            original, foot = self._original(foot)
            diamonds, lower = self._diamonds(foot)
            gaps, foot = self._gaps(foot, lower, [x for x, _, _ in diamonds])
        detail = tr("continued") if first else self._row.detail
        title, below, height = self._head(pad, middle if self._strips or original else None, detail)
        return PlacedRow(
            row=self._row,
            box=Box(self._frame.margin, 0, self._frame.right - self._frame.margin, max(foot, height) + pad),
            title=title,
            detail=below,
            bars=tuple(self._bars),
            names=tuple(self._names),
            diamonds=tuple(diamonds),
            gaps=tuple(gaps),
            flag=self._flag,
            original=original,
        )

    def _strip(self, number: int, increment: Increment) -> Strip:
        left, right = self._frame.across(increment.span)
        return Strip(left, max(right - 0.4, left + 0.8), one_line(name_of(increment)), number)

    def _flags(self) -> list[Strip]:
        day, span = self._row.lane.first_value, self._frame.span
        if day is None or not span.start <= day < span.end:
            return []
        x = self._frame.x((day - span.start).days)
        return [Strip(x, x, "⚑", FLAG)]

    def _fill(self, top: float, rows: list[Named]) -> tuple[float, float]:
        """Place bars and names; return the middle of the first row of bars and the foot of the last."""
        middle, gap = top, self._air()
        for n, row in enumerate(rows):
            top += row.tiers * self._line
            height = self._height(row) - gap
            if not n:
                middle = top + height / 2
            self._put(row, top, height)
            top += height + gap
        return middle, top - gap if rows else top

    def _arrange(self) -> list[Named]:
        """Return the rows as the screen has them, or, where space is short and that saves some, one name to a row."""
        fashion = self._fashion
        edges, flags, measure, size = (self._frame.left, self._frame.right), self._flags(), self._measure, self._size
        if fashion in (Fashion.LISTED, Fashion.DENSE):
            return listed(self._strips, flags, edges, measure, size)
        pairs = sorted(zip(self._rows, self._strips, strict=True), key=lambda pair: (pair[0], pair[1].left))
        rows = []
        for n, group in groupby(pairs, key=lambda pair: pair[0]):
            strips = [strip for _, strip in group]
            rows.append(named(strips, () if n else flags, edges, measure, size, LEAST_TYPE))
        if self._ease:
            return rows
        packed = listed(self._strips, flags, edges, measure, size)
        return min(rows, packed, key=lambda found: sum(r.tiers * self._line + self._height(r) for r in found))

    def _air(self) -> float:
        return self._size * (0.7 if self._ease else 0.0 if self._dense else 0.2)

    def _height(self, row: Named) -> float:
        """Return the height of a row of bars, the air below it included."""
        if self._ease:
            return max(row.lines * self._line + BAR_PAD * self._size, COMFORTABLE_BAR * self._size) + self._air()
        return (row.lines * LEADING + 0.06) * self._size + self._air()

    def _put(self, row: Named, top: float, height: float) -> None:
        for strip in row.strips:
            thin = (row.lines - row.lines_in(strip)) * self._line / 2 + (THIN * self._size if self._dense else 0.0)
            box = self._bar_box(strip, top + thin, height - 2 * thin)
            self._bars.append(PlacedBar(box, self._shown[strip.number]))
        for label in row.labels:
            tall = len(label.lines) * LEADING * label.size
            foot = top + (height + tall) / 2 if label.tier is None else top - label.tier * self._line
            box = Box(label.left, foot - tall, label.width, tall)
            pole = None if label.pole is None else (label.pole, box.top + 0.15 * label.size, top)
            if label.strip.number == FLAG:
                self._flag = pole
            else:
                self._names.append(Name(Words(box, label.lines, label.size, label.strip.words), label, pole))

    def _bar_box(self, strip: Strip, top: float, height: float) -> Box:
        span = self._shown[strip.number].span
        left = strip.left - (BEYOND if span.start < self._frame.span.start else 0)
        right = strip.right + (BEYOND if span.end > self._frame.span.end else 0)
        return Box(left, top, right - left, height)

    def _original(self, top: float) -> tuple[tuple[Box, Words] | None, float]:
        """Place the one big delivery of a project that is not split."""
        project, size = self._row.lane.project, self._size
        original = project.original if project is not None else self._frame.span
        if self._row.split or project is None or not original.overlaps(self._frame.span):
            return None, top
        left, right = self._frame.across(original)
        words = tr("one big delivery, {days}").format(days=span_text(original))
        room = self._frame.right - left
        lines, _ = self._measure.lines(words, size, room, 1)
        text = Words(Box(left, top, room, self._line), lines, size, words)
        strip = Box(left, top + 1.1 * self._line, right - left, 0.8 * size)
        return (strip, text), strip.bottom

    def _diamonds(self, top: float) -> tuple[list[tuple[float, float, Diamond]], float]:
        span, half = self._frame.span, (self._frame.x(1) - self._frame.left) / 2
        shown = [d for d in self._row.lane.diamonds if span.start <= d.checkpoint.day < span.end]
        middle = top + (1.25 if self._ease else 0.95) * self._size
        found = [(self._frame.x((d.checkpoint.day - span.start).days) + half, middle, d) for d in shown]
        return found, middle + 0.65 * self._size if shown else top

    def _gaps(self, bars: float, diamonds: float, marks: list[float]) -> tuple[list[PlacedGap], float]:
        """Place the strips of silence below the diamonds, or, where space is short, between them; with their lengths.

        *bars* and *diamonds* are the feet of what stands above, *marks* the middles of the diamonds.
        """
        size, found = self._size, []
        spans = [gap for gap in self._row.lane.gaps if gap.overlaps(self._frame.span)]
        starts = [self._frame.across(gap)[0] for gap in spans]
        top = diamonds + 0.6 * size if self._ease else bars + 0.575 * size
        for gap, start, following in zip(spans, starts, [*starts, self._frame.right][1:], strict=True):
            box = Box(start, top, self._frame.across(gap)[1] - start, 0.75 * size)
            near = (x - 0.65 * size for x in marks if not self._ease and x > box.right + 0.65 * size)
            found.append(PlacedGap(box, self._length(gap, box, min(following, *near, self._frame.right))))
        foot = max((gap.words.box.bottom for gap in found if gap.words), default=top + size)
        return found, max(foot, diamonds) if found else diamonds

    def _length(self, gap: DateSpan, box: Box, following: float) -> Words | None:
        """Return the length of a silence: beside its strip, or below it - inside it where space is short."""
        size = self._size
        weeks = tr("{n} wk").format(n=f"{gap.days / DAYS_A_WEEK:.1f}".removesuffix(".0"))
        long = tr("{length} without a consult").format(length=length_text(gap.days))
        level = box.top + (box.height - self._line) / 2
        beside, below = (box.right + 0.9 * size, level, following), (box.left, box.bottom + 0.1 * size, following)
        inside = (box.left + 1.2 * size, level, box.right - 0.7 * size)
        for words, (left, top, right) in (
            (long, beside),
            *((w, below if self._ease else inside) for w in (long, weeks)),
        ):
            width = self._measure.width(words, size, bold=True)
            if left + width + 0.5 * size <= right:
                return Words(Box(left, top, width, self._line), (words,), size, words)
        return None

    def _head(self, pad: float, middle: float | None, words: str) -> tuple[Words, Words, float]:
        """Place title and detail, beside the first bars if the height allows; return them and the foot they need."""
        size, frame = self._size, self._frame
        large = size * (1.2 if self._ease else 1.0)
        room = frame.left - frame.margin - 1.2 * size
        most = DENSE_TITLE_LINES if self._dense else TITLE_LINES
        lines, _ = self._measure.lines(self._row.title, large, room, most, bold=True)
        below, _ = self._measure.lines(words, size, room, 2, bold=True)
        tall, short = len(lines) * LEADING * large, len(below) * self._line
        top = pad if middle is None else max(pad, middle - (tall + short) / 2)
        title = Words(Box(frame.margin, top, room, tall), lines, large, self._row.title)
        detail = Words(Box(frame.margin, top + tall, room, short), below, size, words)
        return title, detail, pad + tall + short if top == pad else top + tall + short
