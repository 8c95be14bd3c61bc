"""Roadmap sheet: the whole roadmap on a page - figures, lanes, story, legend - as items of pages; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.wording import tr, trn
from roadmapper.reports.arrows import arrow, is_broken
from roadmapper.reports.earnings import LEAST, MOST, earnings_items, has_earnings
from roadmapper.reports.legend import Legend
from roadmapper.reports.marks import Mark
from roadmapper.reports.masthead import Masthead
from roadmapper.reports.pages import (
    LEADING,
    LEAST_TYPE,
    Align,
    Anchor,
    Box,
    Document,
    Item,
    Page,
    Text,
    moved,
)
from roadmapper.reports.placing import Built, Placed, Room, place
from roadmapper.reports.routes import Walls, route, walls_of
from roadmapper.reports.row_items import row_items
from roadmapper.reports.row_parts import Frame
from roadmapper.reports.ruler import UNIT, Ruler
from roadmapper.reports.sheets import Sheet, legend_of, roadmap_sheet
from roadmapper.reports.source import Source
from roadmapper.reports.story_strip import NOTHING, Story, Strip, stale_in, stories_of, strip_of
from roadmapper.workspace.jobs import Progress

SMALL = 6.8
STORY_SHARE = 0.25
SHORT_STORY = 0.16
NOTE_LINES = 4
FEW_PAGES = 3
"""With more pages than these a shorter story would hardly save one."""
HEAD = 6.0
FEW_LINKS = 12
"""More arrows than these between projects would be a tangle: then there are none, and the detail sheet has them."""


def roadmap_document(source: Source, progress: Progress | None = None) -> Document:
    """Return the roadmap on a page, or on as many as its projects need; *progress* is told page by page."""
    plan, options = source.plan, source.options
    sheet = roadmap_sheet(plan, source.today, options.span, options.projects)
    stories = tuple(stories_of(plan, sheet.shown, source.today))
    layout = _Layout(source, sheet, stories)
    pages = []
    for n in range(layout.count):
        pages.append(layout.page(n))
        if progress is not None:
            progress(n + 1, layout.count)
    return Document(
        title=sheet.title,
        pages=tuple(pages),
        left_out=tuple(layout.left_out(pages)),
        stale=tuple(stale_in(plan)),
        journal=source.head,
        today=source.today,
    )


@dataclass(frozen=True, slots=True)
class _Foot:
    """What stands at the foot of a page, and where: the rows end at *rows*."""

    rows: float
    story: float
    legend: float
    notes: float


class _Layout:
    """Finds out how much fits on a page, and makes the pages."""

    def __init__(self, source: Source, sheet: Sheet, stories: Sequence[Story]) -> None:
        self._source = source
        self._sheet = sheet
        self._width, self._height = source.page(upright=False)
        self._room = source.room(upright=False)
        self._scale = max(min(self._width, self._height) / 595.0, 0.8)
        self._small = max(SMALL * self._scale, LEAST_TYPE)
        self._measure = source.measure
        self._heads = [Masthead.of(sheet, self._room, self._scale, self._measure, further=n > 0) for n in (0, 1)]
        self._frame = self._framed()
        self._legend = self._explained()
        self._built = Built(self._frame, self._measure)
        self._story = NOTHING
        self._pages = self._placed(stories)

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return max(len(self._pages), 1)

    def page(self, n: int) -> Page:
        """Return one page; the first is 0."""
        head, foot = self._heads[min(n, 1)], self._foot(n)
        items: list[Item] = [*([] if n else [Anchor("roadmap", 0.0, tr("Roadmap"))]), *head.items]
        room, size = self._room, self._small
        if self._sheet.empty:
            items += self._nothing(head.foot, foot.rows)
        else:
            items += self._chart(self._pages[n], head.foot, foot.rows)
        if not n:
            items += (moved(item, 0.0, foot.story) for item in self._story.items)
        items += self._legend.items(room.left, foot.legend)
        if lines := self._notes(n):
            box = Box(room.left, foot.notes, room.width, len(lines) * LEADING * size)
            items.append(Text(box, lines, size, "secondary", words=" ".join(self._sheet.notes)))
        return Page(self._width, self._height, tuple(items), tr("Roadmap"))

    def left_out(self, pages: Sequence[Page]) -> Iterator[str]:
        """Yield a sentence for all that is not on *pages*."""
        yield from self._sheet.left_out
        if self.count > 1:
            yield trn("The roadmap does not fit on one page: it takes {n} page.",
                      "The roadmap does not fit on one page: it takes {n} pages.", self.count)  # fmt: skip
        for name in self._story.cut:
            yield tr("Some words of “{name}” are left out: there is no room for more.").format(name=name)
        story = {item.words for item in self._story.items if isinstance(item, Text)}
        cut = sum(not text.whole and text.words not in story for page in pages for text in page.texts())
        if cut:
            yield trn("{n} label is cut.", "{n} labels are cut.", cut)

    def _explained(self) -> Legend:
        sheet, more = self._sheet, set[Mark]()
        if any(self._goes_on()):
            more.add(Mark.BEYOND)
        if links := self._links():
            broken = {is_broken(sheet.shown, link) for link in links}
            more |= {Mark.BROKEN if wrong else Mark.LINK for wrong in broken}
        if has_earnings(sheet):
            more |= {Mark.EARNED, Mark.EARNED_AT_ONCE}
        marks = legend_of(sheet.rows, sheet.span, more)
        return Legend(marks, self._small, self._room.width, self._measure, sheet.today)

    def _goes_on(self) -> tuple[bool, bool]:
        """Return whether a bar goes on before the first day, and after the last one."""
        span = self._sheet.span
        shown = [b.increment.span for row in self._sheet.rows for b in row.lane.bars if b.increment.span.overlaps(span)]
        return any(s.start < span.start for s in shown), any(s.end > span.end for s in shown)

    def _framed(self) -> Frame:
        """Return what of the page belongs to the rows: the titles' column is wider where titles are long."""
        room, upright = self._room, self._height > self._width
        narrow, wide = (0.19, 0.25) if upright else (0.15, 0.21)
        size = 8 * self._scale
        column = narrow * self._width
        lines = [len(self._measure.lines(r.title, size, column - size, 9, bold=True)[0]) for r in self._sheet.rows]
        if max(lines, default=0) > 2:
            column = wide * self._width
        end = size if self._goes_on()[1] else 0.0
        return Frame(self._sheet.span, room.left, room.left + column, room.right - end)

    def _placed(self, stories: Sequence[Story]) -> tuple[Placed, ...]:
        """Place the rows, with the whole story if they fit on one page with it, else with a shorter one."""
        tried: list[tuple[Strip, tuple[Placed, ...]]] = []
        for share in (STORY_SHARE, SHORT_STORY):
            self._story = strip_of(
                stories, self._room._replace(top=0.0), self._scale, share * self._height, self._measure
            )
            tried.append((self._story, () if self._sheet.empty else self._rows()))
            if not 1 < len(tried[-1][1]) <= FEW_PAGES:
                return tried[-1][1]
        self._story, pages = min(tried, key=lambda found: len(found[1]))
        return pages

    def _rows(self) -> tuple[Placed, ...]:
        ruler = self._ruler().height
        first, other = (Room(self._heads[n].foot + ruler, self._foot(n).rows) for n in (0, 1))
        return place(self._sheet, self._built, first, other, self._scale)

    def _foot(self, n: int) -> _Foot:
        line = self._small * LEADING
        notes = legend = self._room.bottom
        if lines := self._notes(n):
            notes -= len(lines) * line
            legend = notes - 0.5 * line
        legend -= self._legend.height
        story = legend
        if not n and self._story.items:
            story -= self._story.height + 1.2 * line
        return _Foot(story - 0.9 * line, story, legend, notes)

    def _notes(self, n: int) -> tuple[str, ...]:
        """Return the lines of the notes; they are about the whole plan and stand on the first page."""
        if n or not self._sheet.notes:
            return ()
        return self._measure.lines(" ".join(self._sheet.notes), self._small, self._room.width, NOTE_LINES)[0]

    def _ruler(self) -> Ruler:
        frame, month = self._frame, self._sheet.shown.roadmap.fiscal_year_month
        return Ruler(frame.span, frame.left, frame.right, UNIT * self._scale, month, self._measure)

    def _chart(self, placed: Placed, top: float, foot: float) -> Iterator[Item]:
        """Yield header, grid and rows, the header beginning at *top*; what one project earns, where *foot* is far."""
        ruler, end = self._ruler(), max(row.box.bottom for row in placed.rows)
        below = min(foot, end + MOST * self._scale) if has_earnings(self._sheet) else end
        if below - end < LEAST * self._scale:
            below = end
        yield from ruler.header(top, self._frame.margin)
        yield from ruler.grid(top + ruler.height, below)
        if below > end:
            yield from earnings_items(self._sheet, self._frame, (end, below), placed.size, self._measure)
        items: list[Item] = []
        for row in placed.rows:
            if row.detail.lines != (tr("continued"),):
                yield Anchor(f"roadmap-{row.row.lane.key}", row.box.top, row.row.title, 1)
            items += row_items(row, placed.size, self._frame)
        yield from items
        chart = Box(self._frame.left, placed.rows[0].box.top, self._frame.right - self._frame.left, 0.0)
        yield from self._arrows(placed, walls_of(items, chart._replace(height=end - chart.top)))

    def _links(self) -> list[Link]:
        """Return the links between projects of which both ends show and the head is not covered, if they are few."""
        plan, span = self._sheet.shown, self._sheet.span
        found = []
        for link in plan.links.values():
            one, two = plan.increments.get(link.before), plan.increments.get(link.after)
            if one is None or two is None or one.project == two.project:
                continue
            if one.span.overlaps(span) and two.span.overlaps(span) and (is_broken(plan, link) or self._is_open(two)):
                found.append(link)
        return found if len(found) <= FEW_LINKS else []

    def _is_open(self, increment: Increment) -> bool:
        """Return whether no bar stands right before that of *increment*, where the head of an arrow would be."""
        span, frame = increment.span, self._frame
        days = timedelta(HEAD * self._scale / (frame.x(1) - frame.left))
        others = self._sheet.shown.increments_by_project[increment.project]
        return not any(i.span.start < span.start and i.span.end > span.start - days for i in others)

    def _arrows(self, placed: Placed, walls: Walls) -> Iterator[Item]:
        """Yield the links between the projects on this page, each where it finds a free way round the bars."""
        boxes = {bar.increment.id: bar.box for row in placed.rows for bar in row.bars}
        for link in self._links():
            one, two = boxes.get(link.before), boxes.get(link.after)
            if one is None or two is None or one.right > self._frame.right + 1 or two.left < self._frame.left - 1:
                continue
            corners = route(one, two, walls, placed.size)
            if corners is not None:
                walls.take(corners)
                yield arrow(corners, "bad" if is_broken(self._sheet.shown, link) else "faint", placed.size)

    def _nothing(self, top: float, foot: float) -> Iterator[Item]:
        size = 11 * self._scale
        lines, _ = self._measure.lines(self._sheet.empty, size, self._room.width, 3)
        height = len(lines) * LEADING * size
        box = Box(self._room.left, (top + foot - height) / 2, self._room.width, height)
        yield Text(box, lines, size, "secondary", Align.CENTRE, words=self._sheet.empty)
