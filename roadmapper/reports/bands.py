"""Bands: the rows of bars of a project across all pages side by side, each as high as its fullest page asks; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from roadmapper.domain.increment import Increment
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import span_text
from roadmapper.reports.labels import AIR, FLAG, Label, Measure, Named, Strip, hoist, named, set_beside
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Box
from roadmapper.reports.row_parts import Below, Frame, Words, flags_of, strip_of
from roadmapper.reports.sheets import Row
from roadmapper.reports.tiles import Column

BAR_PAD, BAR, ROW_AIR = 0.9, 2.6, 0.6
PAD = 0.9
TITLE_LINES = 6
CROWDED = 120
"""So many bars in a row on one page, each narrower than its letters are high, are listed below each other at once."""
EVEN = 0.86
"""A name may be so much smaller than the others to have room in its bar."""
TALLER = 1.4
"""The rows of the screen may be so much higher than a list of the same bars before the list is taken."""


class Band(NamedTuple):
    """One row of bars: what stands on the page of each column, how high its bars and the names above them are."""

    parts: Mapping[int, Named]
    tiers: int
    bars: float
    line: float

    @property
    def names(self) -> float:
        """Return how high the names above the bars are."""
        return self.tiers * self.line

    @property
    def height(self) -> float:
        """Return how high the row is."""
        return self.names + self.bars


@dataclass(frozen=True)
class LaneBands:
    """A project laid out over *columns* in type of *size* points: its rows, and what stands above and below them.

    Bars that have their names in them are *least* points high at least; where *listed*, all have them beside them.
    """

    row: Row
    columns: tuple[Column, ...]
    size: float
    measure: Measure
    least: float = 0.0
    listed: bool = False

    @cached_property
    def increments(self) -> Sequence[Increment]:
        """Return the increments; strips have their numbers among them."""
        return [bar.increment for bar in self.row.lane.bars]

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """Return the rows: those of the screen, or a list with a name beside each bar where that is much lower."""
        packed = tuple(self._packed())
        if self.listed or self._crowded():
            return packed
        rows = tuple(self._rows())
        heights = [sum(band.height for band in found) for found in (rows, packed)]
        if heights[0] > TALLER * heights[1]:
            return packed
        return tuple(band._replace(bars=max(band.bars, self.least)) for band in rows)

    @property
    def tallest(self) -> float:
        """Return the height of the highest bars."""
        return max((band.bars for band in self.bands), default=0.0)

    @property
    def hung(self) -> int:
        """Return how many names hang above their bars for want of room elsewhere; not those of bars that are cut."""
        return sum(self._hangs(label, column) for band in self.bands for column in self.columns
                   if (row := band.parts.get(column.number)) for label in row.labels)  # fmt: skip

    def _hangs(self, label: Label, column: Column) -> bool:
        if label.tier is None or label.strip.number == FLAG:
            return False
        days, span = column.frame.span, self.increments[label.strip.number].span
        return days.start <= span.start and span.end <= days.end

    @cached_property
    def head(self) -> float:
        """Return the height of what stands above the rows: the one big delivery that it would have been."""
        shown = any(self.ghost(column.frame, 0.0) for column in self.columns)
        return (2.1 * self.line if shown else 0.0) + PAD * self.size

    @cached_property
    def foot(self) -> float:
        """Return the height of what stands below the rows: diamonds and strips of silence."""
        feet = []
        for column in self.columns:
            below = self.below(column.frame)
            diamonds, lower = below.diamonds(0.0)
            feet.append(below.gaps(0.0, lower, [x for x, _, _ in diamonds])[1])
        return max(feet, default=0.0) + PAD * self.size

    @property
    def line(self) -> float:
        """Return the height of a line."""
        return LEADING * self.size

    @cached_property
    def height(self) -> float:
        """Return the height of the whole project."""
        return self.part(0, len(self.bands))

    def part(self, first: int, stop: int) -> float:
        """Return the height of the rows from *first* up to *stop*, with head and foot where they belong to them."""
        above = self.head if not first else PAD * self.size
        below = self.foot if stop >= len(self.bands) else PAD * self.size
        rows = self.bands[first:stop]
        inner = sum(band.height for band in rows) + ROW_AIR * self.size * max(len(rows) - 1, 0)
        title, detail = self.title(self.columns[0].frame, further=first > 0)
        words = PAD * self.size + (len(title.lines) * title.size + len(detail.lines) * detail.size) * LEADING
        return max(above + inner + below, words + PAD * self.size)

    def title(self, frame: Frame, *, further: bool) -> tuple[Words, Words]:
        """Return title and detail from the lane's top, the detail below the title."""
        room, top, large = frame.left - frame.margin - 1.2 * self.size, PAD * self.size, 1.1 * self.size
        lines, _ = self.measure.lines(self.row.title, large, room, TITLE_LINES, bold=True)
        words = tr("continued") if further else self.row.detail
        below, _ = self.measure.lines(words, self.size, room, 2, bold=True)
        tall = len(lines) * LEADING * large
        title = Words(Box(frame.margin, top, room, tall), lines, large, self.row.title)
        return title, Words(Box(frame.margin, top + tall, room, len(below) * self.line), below, self.size, words)

    def ghost(self, frame: Frame, top: float) -> tuple[Box, Words] | None:
        """Return the strip of the one big delivery and its words, below *top*; None where it is on other days."""
        project = self.row.lane.project
        if project is None or not project.original.overlaps(frame.span):
            return None
        left, right = frame.across(project.original)
        words = tr("one big delivery, {days}").format(days=span_text(project.original))
        small = max(0.9 * self.size, LEAST_TYPE)
        wide = self.measure.width(words, small) + 0.2
        start = max(min(left, frame.right - wide), frame.left)
        room = min(wide, frame.right - start)
        lines, _ = self.measure.lines(words, small, room, 1)
        text = Words(Box(start, top, room, LEADING * small), lines, small, words)
        return Box(left, top + 1.1 * self.line, right - left, 0.5 * self.size), text

    def below(self, frame: Frame) -> Below:
        """Return what places diamonds and strips of silence."""
        return Below(self.row.lane, frame, self.size, self.measure, ease=True)

    def is_empty(self, column: Column, first: int, stop: int) -> bool:
        """Return whether nothing of these rows stands on the pages of *column*."""
        if any(band.parts.get(column.number) for band in self.bands[first:stop]):
            return False
        span, lane = column.frame.span, self.row.lane
        if not first and self.ghost(column.frame, 0.0):
            return False
        below = stop >= len(self.bands)
        late = any(span.start <= d.checkpoint.day < span.end for d in lane.diamonds)
        return not (below and (late or any(gap.overlaps(span) for gap in lane.gaps)))

    def _strips(self, column: Column) -> Iterator[tuple[int, Strip]]:
        """Yield the bars that show on the days of a column, each with its row on the screen."""
        for n, bar in enumerate(self.row.lane.bars):
            if bar.increment.span.overlaps(column.frame.span):
                yield bar.row, strip_of(n, bar.increment, column.frame)

    def _crowded(self) -> bool:
        slim = (sum(s.right - s.left < self.size for _, s in self._strips(column)) for column in self.columns)
        return max(slim, default=0) > CROWDED

    def _rows(self) -> Iterator[Band]:
        """Yield the rows as the screen has them, with the names in, beside or above their bars."""
        found: dict[int, dict[int, Named]] = {}
        for column in self.columns:
            frame, flags = column.frame, flags_of(self.row.lane, column.frame)
            pairs = sorted(self._strips(column), key=lambda pair: (pair[0], pair[1].left))
            rows = {n: [s for _, s in group] for n, group in groupby(pairs, key=lambda pair: pair[0])}
            if flags:
                rows.setdefault(0, [])
            for n, strips in rows.items():
                edges, floor = (frame.left, frame.right), max(EVEN * self.size, LEAST_TYPE)
                row = named(strips, () if n else flags, edges, self.measure, self.size, floor)
                found.setdefault(n, {})[column.number] = row
        for n in sorted(found):
            parts = found[n]
            tall = max(max(row.lines for row in parts.values()) * self.line + BAR_PAD * self.size, BAR * self.size)
            yield Band(parts, max(row.tiers for row in parts.values()), tall, self.line)

    def _packed(self) -> Iterator[Band]:
        """Yield rows in which each bar has its name beside it, packed so that they are free on every column."""
        rows: list[dict[int, list[Label]]] = []
        ends: dict[int, list[float]] = {column.number: [] for column in self.columns}
        for labels in self._labels():
            row = self._free(ends, labels)
            if row == len(rows):
                rows.append({})
                for found in ends.values():
                    found.append(float("-inf"))
            for column, label in labels.items():
                rows[row].setdefault(column, []).append(label)
                ends[column][row] = max(label.left + label.width, label.strip.right) + AIR * self.size
        for n, parts in enumerate(rows):
            yield self._list(parts, first=n == 0)

    def _labels(self) -> Iterator[dict[int, Label]]:
        """Yield for each bar, by start, its name on each column on which it shows."""
        by_bar: dict[int, dict[int, Label]] = {}
        for column in self.columns:
            for _, strip in self._strips(column):
                edges = (column.frame.left, column.frame.right)
                by_bar.setdefault(strip.number, {})[column.number] = set_beside(strip, edges, self.measure, self.size)
        return (by_bar[n] for n in sorted(by_bar))

    def _free(self, ends: Mapping[int, list[float]], labels: Mapping[int, Label]) -> int:
        """Return the first row that is free for a bar on all of its columns; *ends* tell where each row is taken to."""
        starts = [(ends[column], min(label.left, label.strip.left)) for column, label in labels.items()]
        (first, left), *others = starts
        for n, end in enumerate(first):
            if end <= left and all(more[n] <= start for more, start in others):
                return n
        return len(first)

    def _list(self, parts: Mapping[int, list[Label]], *, first: bool) -> Band:
        found: dict[int, Named] = {}
        for column in self.columns:
            edges = (column.frame.left, column.frame.right)
            flags = flags_of(self.row.lane, column.frame) if first else []
            hoisted = hoist(flags, edges, self.measure, self.size)
            labels = parts.get(column.number, [])
            if labels or hoisted:
                lines = max((len(label.lines) for label in labels), default=1)
                strips = tuple(label.strip for label in labels)
                found[column.number] = Named(strips, (*labels, *hoisted), lines, len(hoisted), slim=True)
        lines = max(row.lines for row in found.values())
        tiers = max(row.tiers for row in found.values())
        return Band(found, tiers, (lines * LEADING + 0.3) * self.size, self.line)
