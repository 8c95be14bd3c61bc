"""Rows: where the bars, names, diamonds and strips of one project stand, in points from the row's own top; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from roadmapper.chart.lanes import Diamond
from roadmapper.domain.increment import Increment
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import span_text
from roadmapper.reports.labels import Measure, Named, Strip, listed, named
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Box
from roadmapper.reports.row_parts import (
    Below,
    Frame,
    Name,
    PlacedBar,
    PlacedGap,
    Words,
    flags_of,
    placed_in_row,
    strip_of,
)
from roadmapper.reports.sheets import Row

BAR_PAD = 0.9
COMFORTABLE_BAR = 3.0
TITLE_LINES = 6
DENSE_TITLE_LINES = 2


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
        foot, stop = self._pad, first
        while stop < self.count and foot - self._air() + self._pad <= height:
            row = self._arranged[stop]
            foot += row.tiers * self._line + self._height(row)
            stop += 1
        while stop > first + 1 and self.build(first, stop).box.height > height:
            stop -= 1
        return max(stop, first + 1)

    @property
    def _pad(self) -> float:
        """Return the air above and below the project."""
        return self._size * (1.3 if self._ease else 0.2 if self._dense else 0.35)

    def build(self, first: int = 0, stop: int | None = None) -> PlacedRow:
        """Return the project in its place, or the part of it from one row of bars to another; the last has the rest."""
        self._bars, self._names, self._flag = [], [], None
        pad = self._pad
        middle, foot = self._fill(pad, self._arranged[first:stop])
        original: tuple[Box, Words] | None = None
        diamonds: list[tuple[float, float, Diamond]] = []
        gaps: list[PlacedGap] = []
        if stop is None or stop >= self.count:
            original, foot = self._original(foot)
            below = Below(self._row.lane, self._frame, self._size, self._measure, ease=self._ease)
            diamonds, lower = below.diamonds(foot)
            gaps, foot = below.gaps(foot, lower, [x for x, _, _ in diamonds])
        detail = tr("continued") if first else self._row.detail
        title, under, height = self._head(pad, middle if self._strips or original else None, detail)
        return PlacedRow(
            row=self._row,
            box=Box(self._frame.margin, 0, self._frame.right - self._frame.margin, max(foot, height) + pad),
            title=title,
            detail=under,
            bars=tuple(self._bars),
            names=tuple(self._names),
            diamonds=tuple(diamonds),
            gaps=tuple(gaps),
            flag=self._flag,
            original=original,
        )

    def _strip(self, number: int, increment: Increment) -> Strip:
        return strip_of(number, increment, self._frame)

    def _flags(self) -> list[Strip]:
        return flags_of(self._row.lane, self._frame)

    def _fill(self, top: float, rows: list[Named]) -> tuple[float, float]:
        """Place bars and names; return the middle of the first row of bars and the foot of the last."""
        middle, gap = top, self._air()
        for n, row in enumerate(rows):
            top += row.tiers * self._line
            height = self._height(row) - gap
            if not n:
                middle = top + height / 2
            bars, names, flag = placed_in_row(
                row, self._shown, self._frame, self._size, (top, height), dense=self._dense
            )
            self._bars += bars
            self._names += names
            self._flag = flag or self._flag
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

    def _original(self, top: float) -> tuple[tuple[Box, Words] | None, float]:
        """Place the one big delivery of a project that is not split."""
        project, size = self._row.lane.project, self._size
        original = project.original if project is not None else self._frame.span
        if self._row.split or project is None or not original.overlaps(self._frame.span):
            return None, top
        left, right = self._frame.across(original)
        words = tr("one big delivery, {days}").format(days=span_text(original))
        wide = self._measure.width(words, size) + 0.2
        start = max(min(left, self._frame.right - wide), self._frame.left)
        room = min(wide, self._frame.right - start)
        lines, _ = self._measure.lines(words, size, room, 1)
        text = Words(Box(start, top, room, self._line), lines, size, words)
        strip = Box(left, top + 1.1 * self._line, right - left, 0.8 * size)
        return (strip, text), strip.bottom

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
