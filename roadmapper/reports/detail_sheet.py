"""Detail sheet: the timeline tiled over pages, with header and lane names on each, as items of pages; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import span_text
from roadmapper.reports.arrows import arrows, is_broken, undrawn
from roadmapper.reports.bands import BAR, LaneBands
from roadmapper.reports.legend import Legend
from roadmapper.reports.marks import Mark
from roadmapper.reports.masthead import FURTHER, Masthead, titled
from roadmapper.reports.page_map import map_size, page_map
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Align, Anchor, Box, Document, Item, Link, Page, Rule, Text
from roadmapper.reports.routes import walls_of
from roadmapper.reports.ruler import UNIT, Ruler
from roadmapper.reports.sheets import DOT, Sheet, legend_of, roadmap_sheet
from roadmapper.reports.source import Source
from roadmapper.reports.tile_items import tile_items
from roadmapper.reports.tile_pages import Part, evened, stacked
from roadmapper.reports.tiles import Column, columns_of
from roadmapper.workspace.jobs import Progress

LARGEST, LARGE, TYPE = 11.0, 9.0, 7.6
ONE_PAGE = (LARGE, 8.2, TYPE, 7.0, 6.6)
"""In one of these sizes it is set where everything fits on one page high; else in TYPE on several."""
PLAIN = 7.0
"""For the sake of names that hang above their bars the type becomes no smaller than this."""
MANY = 0.15
"""Where a larger share of the names would hang, each stands beside its bar instead."""
SMALLER = (1.0, 0.93, 0.86, 0.8)
SMALL = 6.8
STEP = 0.4
NOTE_LINES = 3
FEW_PAGES = 6
MOST_PAGES = 2_000


def detail_document(source: Source, progress: Progress | None = None) -> Document:
    """Return the timeline tiled over pages; *progress* is told page by page.

    Raises Refused when that would be more pages than anybody can glue together.
    """
    options = source.options
    sheet = roadmap_sheet(source.plan, source.today, options.span, options.projects)
    tiling = _Tiling(source, sheet)
    pages = []
    for row, column in tiling.printed:
        pages.append(tiling.page(row, column))
        if progress is not None:
            progress(len(pages), len(tiling.printed))
    return Document(
        title=sheet.title,
        pages=tuple(pages),
        left_out=tuple(tiling.left_out(pages)),
        journal=source.head,
        today=source.today,
    )


class _Tiling:
    """Finds out which days and rows stand on which page, and makes the pages one at a time."""

    def __init__(self, source: Source, sheet: Sheet) -> None:
        self._source = source
        self._sheet = sheet
        self._measure = source.measure
        self._width, self._height = source.page(upright=False)
        self._room = source.room(upright=False)
        self._scale = max(min(self._width, self._height) / 595.0, 0.8)
        self._small = max(SMALL * self._scale, LEAST_TYPE)
        self._shown, self._hidden = set[EntityId](), set[EntityId]()
        self._columns = self._tiled()
        self._legend = self._explained()
        self._notes = self._measure.lines(" ".join(sheet.notes), self._small, self._room.width, NOTE_LINES)[0]
        self._top = max(self._head(first, 888, 888, (99, 99)).foot for first in (True, False))
        self._rows_top = self._top + self._ruler(self._columns[0]).height
        self._rows = self._stacked()
        self.printed = self._filled() or [(0, 0)]
        self._numbers = {place: n for n, place in enumerate(self.printed, 1)}

    def left_out(self, pages: list[Page]) -> Iterator[str]:
        """Yield a sentence for all that is not on *pages*."""
        yield from self._sheet.left_out
        skipped = len(self._rows) * len(self._columns) - len(self.printed)
        if skipped:
            yield trn("{n} tile on which nothing is planned is not printed.",
                      "{n} tiles on which nothing is planned are not printed.", skipped)  # fmt: skip
        wanted = self._source.options.tiles
        if wanted is not None and len(self._rows) > wanted[1]:
            words = tr("The rows take {n} pages below each other, not {wanted}: in fewer nobody could read them.")
            yield words.format(n=len(self._rows), wanted=wanted[1])
        if hidden := len(self._hidden - self._shown):
            yield undrawn(hidden)
        cut = sum(not text.whole for page in pages for text in page.texts())
        if cut:
            yield trn("{n} label is cut.", "{n} labels are cut.", cut)

    def page(self, row: int, number: int) -> Page:
        """Return the page of a row of tiles and a column."""
        column, n = self._columns[number], self._numbers[row, number]
        size = len(self._rows), len(self._columns)
        items: list[Item] = [Anchor(f"detail-{n}", 0.0, "" if n > 1 else tr("Detail"))]
        items += self._head(n == 1, n, len(self.printed), size, column).items
        if size != (1, 1):
            corner = (self._room.right, self._room.top + 2 * self._scale)
            items += page_map(*size, (row, number), self._numbers, corner, self._scale)
        items += self._chart(self._rows[row], column)
        items += self._neighbours(row, number)
        legend = self._room.bottom - self._noted - self._legend.height
        items += self._legend.items(self._room.left, legend)
        if self._sheet.notes and n == 1:
            tall = len(self._notes) * LEADING * self._small
            box = Box(self._room.left, self._room.bottom - tall, self._room.width, tall)
            items.append(Text(box, self._notes, self._small, "secondary", words=" ".join(self._sheet.notes)))
        return Page(self._width, self._height, tuple(items), tr("Detail"))

    @property
    def _noted(self) -> float:
        """Return the height of the notes; they stand on the first tile, and the others keep in line with it."""
        return (len(self._notes) + 0.5) * LEADING * self._small if self._sheet.notes else 0.0

    @property
    def _bottom(self) -> float:
        """Return where the rows must end: below stand the neighbours' numbers, the legend and the notes."""
        return self._room.bottom - self._noted - self._legend.height - 2.6 * LEADING * self._small

    def _tiled(self) -> tuple[Column, ...]:
        options, room, upright = self._source.options, self._room, self._height > self._width
        column = (0.19 if upright else 0.15) * self._width
        size = 1.1 * TYPE * self._scale
        lines = [len(self._measure.lines(r.title, size, column - size, 9, bold=True)[0]) for r in self._sheet.rows]
        if max(lines, default=0) > 2:
            column = (0.25 if upright else 0.2) * self._width
        wide = options.tiles[0] if options.tiles is not None else 1
        right = room.right - 0.9 * LARGEST * self._scale
        return columns_of(self._sheet.span, room.left, room.left + column, right, wide, options.scale)

    def _explained(self) -> Legend:
        sheet, plan, span = self._sheet, self._sheet.shown, self._sheet.span
        more = set[Mark]()
        shown = [b.increment for row in sheet.rows for b in row.lane.bars if b.increment.span.overlaps(span)]
        edges = {day for column in self._columns for day in (column.frame.span.start, column.frame.span.end)}
        if any(i.span.start < day < i.span.end for i in shown for day in edges):
            more.add(Mark.BEYOND)
        if len(self._columns) > 1:
            more.add(Mark.REPEATED)
        if any(row.lane.project and row.lane.project.original.overlaps(span) for row in sheet.rows):
            more.add(Mark.ORIGINAL)
        if sheet.rows and span.start <= sheet.today < span.end:
            more.add(Mark.TODAY)
        ids = {i.id for i in shown}
        for link in plan.links.values():
            if link.after in ids and link.before in plan.increments:
                more.add(Mark.BROKEN if is_broken(plan, link) else Mark.LINK)
        return Legend(legend_of(sheet.rows, span, more), self._small, self._room.width, self._measure, sheet.today)

    def _head(self, first: bool, n: int, of: int, size: tuple[int, int], column: Column | None = None) -> Masthead:
        """Return title and days of tile *n* of so many; the first one says what the plan holds, too."""
        days = span_text((column or self._columns[-1]).frame.span)
        parts = [self._sheet.subtitle] if first else []
        if of > 1:
            parts.append(tr("{days}, tile {n} of {all}").format(days=days, n=n, all=of))
        room = self._room
        if size != (1, 1):
            room = room._replace(width=room.width - map_size(*size, self._scale)[0] - 12 * self._scale)
        return titled(self._sheet.title, DOT.join(parts), room, self._scale, self._measure, FURTHER)

    def _ruler(self, column: Column) -> Ruler:
        frame, month = column.frame, self._sheet.shown.roadmap.fiscal_year_month
        return Ruler(frame.span, frame.left, frame.right, UNIT * self._scale, month, self._measure)

    def _lanes(self, size: float) -> list[LaneBands]:
        return [LaneBands(row, self._columns, size, self._measure) for row in self._sheet.rows]

    def _stacked(self) -> list[list[Part]]:
        """Return the rows page by page, in type that suits the paper and the pages that were asked for."""
        height, scale, wanted = self._bottom - self._rows_top, self._scale, self._source.options.tiles
        if not self._sheet.rows:
            return [[]]
        if wanted is not None:
            lanes, pages = self._within(wanted[1], height)
        else:
            lanes, pages = self._comfortable(height, scale)
        lanes, pages = self._equalled(lanes, pages, height)
        if len(pages) * len(self._columns) > MOST_PAGES:
            raise Refused(
                tr("That would be {n} pages: choose fewer days, fewer projects or a smaller scale.").format(
                    n=len(pages) * len(self._columns)
                )
            )
        goal = max(len(pages), min(wanted[1], len(lanes)) if wanted is not None else 0)
        return evened(lanes, height, goal) if 1 < goal <= FEW_PAGES else pages

    def _comfortable(self, height: float, scale: float) -> tuple[list[LaneBands], list[list[Part]]]:
        """Return everything on one page, in the largest type of those in which fewest names hang above their bars.

        Where many hang whatever the type, each has its name beside it. On as many pages as it takes, if not on one.
        """
        best: tuple[int, list[LaneBands], list[list[Part]]] | None = None
        for size in (max(size * scale, LEAST_TYPE) for size in ONE_PAGE):
            if best and size < PLAIN * scale:
                break
            if sum(max(row.lane.rows, 2) for row in self._sheet.rows) * BAR * size <= height:
                lanes = self._lanes(size)
                pages = stacked(lanes, height)
                if len(pages) == 1 and (hung := sum(lane.hung for lane in lanes)) < (best[0] if best else hung + 1):
                    best = hung, lanes, pages
                if len(pages) > 2 or (best and not best[0]):  # no size is so much smaller, or better
                    break
        if best is None:
            lanes = self._lanes(TYPE * scale)
            return lanes, stacked(lanes, height)
        hung, lanes, pages = best
        if hung > MANY * sum(len(row.lane.bars) for row in self._sheet.rows):
            for size in (size * scale for size in ONE_PAGE if size >= PLAIN):
                lists = [replace(lane, listed=True) for lane in self._lanes(size)]
                if len(found := stacked(lists, height)) == 1:
                    return lists, found
        return lanes, pages

    def _equalled(self, lanes: list[LaneBands], pages: list[list[Part]], height: float
                  ) -> tuple[list[LaneBands], list[list[Part]]]:  # fmt: skip
        """Return the lanes with all bars equally high, in smaller type where it takes that for as few pages."""
        for share in SMALLER if len(pages) <= FEW_PAGES else ():
            tried = [replace(lane, size=max(share * lane.size, LEAST_TYPE)) for lane in lanes]
            heights = [lane.tallest for lane in tried if not lane.listed]
            if not heights or max(heights) - min(heights) < 1.0:
                return (lanes, pages) if share == 1.0 else (tried, stacked(tried, height))
            equal = [replace(lane, least=max(heights)) for lane in tried]
            found = stacked(equal, height)
            if len(found) <= len(pages):
                return equal, found
        return lanes, pages

    def _within(self, high: int, height: float) -> tuple[list[LaneBands], list[list[Part]]]:
        """Return everything in the largest type with which it takes at most *high* pages, or else in the least."""
        sizes = [LEAST_TYPE]
        while sizes[-1] + STEP <= LARGEST * self._scale:
            sizes.append(sizes[-1] + STEP)
        low, best = 0, len(sizes) - 1
        lanes = self._lanes(sizes[0])
        pages = stacked(lanes, height)
        while low < best:
            middle = (low + best + 1) // 2
            tried = self._lanes(sizes[middle])
            found = stacked(tried, height)
            if len(found) <= high:
                low, lanes, pages = middle, tried, found
            else:
                best = middle - 1
        return lanes, pages

    def _filled(self) -> list[tuple[int, int]]:
        """Return row and column of each tile on which something stands, row by row."""
        return [
            (n, column.number)
            for n, parts in enumerate(self._rows)
            for column in self._columns
            if any(not part.lane.is_empty(column, part.first, part.stop) for part in parts)
        ]

    def _chart(self, parts: list[Part], column: Column) -> Iterator[Item]:
        """Yield header, grid, arrows and rows of a tile."""
        frame, top, size = column.frame, self._rows_top, self._small
        items, boxes = tile_items(parts, column, top)
        foot = top + max((part.top + part.height for part in parts), default=0.0)
        if not any(not part.lane.is_empty(column, part.first, part.stop) for part in parts):
            yield from self._nothing(foot)
            if not parts:
                return
        yield from self._ruler(column).header(self._top, frame.margin)
        yield from self._ruler(column).grid(top, foot)
        for x in (column.before, column.after):
            if x is not None:
                yield Rule(x, top, x, foot, "faint", 0.7, dashed=True)
        if frame.span.start <= self._sheet.today < frame.span.end:
            x = frame.x((self._sheet.today - frame.span.start).days)
            yield Rule(x, top, x, foot, "bad", 0.9)
        for part in parts:
            if not part.first and not column.number:
                yield Anchor(f"detail-{part.lane.row.lane.key}", top + part.top, part.lane.row.title, 1)
        yield from items
        chart = Box(frame.left, top, frame.right - frame.left, foot - top)
        drawn = arrows(self._sheet.shown, boxes, walls_of(items, chart), parts[0].lane.size if parts else size)
        yield from drawn.drawn
        self._shown |= drawn.shown
        self._hidden |= drawn.hidden
        if drawn.hidden:
            line = LEADING * self._small
            said = undrawn(len(drawn.hidden))
            box = Box(self._room.left, self._bottom + 1.5 * line, self._room.width, line)
            yield Text(box, (said,), self._small, "secondary", words=said)

    def _nothing(self, foot: float) -> Iterator[Item]:
        """Yield the words of a tile on which nothing stands."""
        words = self._sheet.empty or tr("Nothing is planned on these days.")
        size = 10 * self._scale
        lines, _ = self._measure.lines(words, size, self._room.width, 2)
        top = max(foot + 2 * size, (self._rows_top + self._bottom) / 2)
        box = Box(self._room.left, min(top, self._bottom - 2 * LEADING * size), self._room.width,
                  len(lines) * LEADING * size)  # fmt: skip
        yield Text(box, lines, size, "secondary", Align.CENTRE, words=words)

    def _neighbours(self, row: int, number: int) -> Iterator[Item]:
        """Yield where the timeline goes on: to the left, below, to the right."""
        line = LEADING * self._small
        box = Box(self._room.left, self._bottom + 0.5 * line, self._room.width / 3, line)
        for place, words, align, n in (
            ((row, number - 1), tr("‹ continued from tile {n}"), Align.LEFT, 0),
            ((row + 1, number), tr("continues below on tile {n}"), Align.CENTRE, 1),
            ((row, number + 1), tr("continues on tile {n} ›"), Align.RIGHT, 2),
        ):
            found = self._numbers.get(place)
            if found is not None:
                said = words.format(n=found)
                room = box._replace(left=box.left + n * box.width)
                yield Text(room, (said,), self._small, "secondary", align, words=said)
                yield Link(room, f"detail-{found}")
