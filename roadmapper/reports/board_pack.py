"""Board pack: cover, business case, roadmap, what stopping leaves, agreement, risks, ledger, sources - one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from roadmapper.domain.story import Place
from roadmapper.domain.wording import tr
from roadmapper.planning.naming import names_text
from roadmapper.planning.phrases import day_text
from roadmapper.reports.board_tables import agreement_document, risks_document, sources_document, stop_document
from roadmapper.reports.case_pages import case_document, story_document
from roadmapper.reports.ledger_sheet import ledger_document
from roadmapper.reports.pages import (
    LEADING,
    LEAST_TYPE,
    Align,
    Anchor,
    Box,
    Document,
    Item,
    Link,
    Page,
    Rule,
    Text,
    Weight,
)
from roadmapper.reports.priorities_sheet import priorities_document
from roadmapper.reports.roadmap_sheet import roadmap_document
from roadmapper.reports.sheets import DOT, Sheet, one_line, roadmap_sheet
from roadmapper.reports.source import Source
from roadmapper.reports.story_strip import COLUMNS, stale_in
from roadmapper.workspace.jobs import Progress

TITLES = (30.0, 24.0, 19.0, 15.0, 12.0, 9.0)
VALUE, CAPTION, LISTED = 22.0, 8.2, 9.6
TITLE_LINES = 5
NAME_LINES = 2


def board_pack_document(source: Source, progress: Progress | None = None) -> Document:
    """Return all that a board reads, from a cover with its contents to where each figure comes from.

    *progress* is told sheet by sheet; the roadmap lies across, the text stands upright unless somebody chose.
    """
    makers = (
        case_document,
        story_document,
        roadmap_document,
        *((priorities_document,) if source.plan.investments else ()),
        stop_document,
        agreement_document,
        risks_document,
        ledger_document,
        sources_document,
    )
    parts: list[Document] = []
    for n, make in enumerate(makers):
        if progress is not None:
            progress(n, len(makers))
        parts.append(_named(make(source), f"part-{n}"))
    cover = _cover(source, parts)
    pages = (cover, *(page for part in parts for page in part.pages))
    left_out = tuple(dict.fromkeys(sentence for part in parts for sentence in part.left_out))
    return Document(
        tr("Board pack"), pages, left_out, tuple(stale_in(source.plan, {**COLUMNS, Place.CASE: "Business case"}))
    )


def _named(part: Document, name: str) -> Document:
    """Give the first page of a part an anchor to which the contents lead, and which is its bookmark."""
    first, *others = part.pages
    kept = [item for item in first.items if not (isinstance(item, Anchor) and item.bookmark and not item.level)]
    anchor = Anchor(name, 0.0, first.sheet)
    return replace(part, pages=(replace(first, items=(anchor, *kept)), *others))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the contents: what it leads to, its words, its page number."""

    to: str
    words: str
    number: str


def _cover(source: Source, parts: Sequence[Document]) -> Page:
    """Return the cover, in the largest title with which everything fits."""
    width, height = source.page(upright=True)
    lines, at = [], source.first + 1
    for part in parts:
        first = part.pages[0]
        anchor = next(item.name for item in first.items if isinstance(item, Anchor))
        lines.append(_Line(anchor, first.sheet, str(at)))
        at += len(part.pages)
    items: list[Item] = []
    for title in TITLES:
        items, foot = _covered(source, lines, title)
        whole = all(item.whole for item in items if isinstance(item, Text) and item.heading)
        if whole and foot <= source.room(upright=True).bottom:
            break
    return Page(width, height, (Anchor("cover", 0.0, tr("Cover")), *items), tr("Board pack"))


class _Column:
    """Puts words below each other; *y* is where the next begins."""

    def __init__(self, source: Source) -> None:
        self.room = source.room(upright=True)
        self.scale = max(min(source.page(upright=True)) / 595.0, 0.9)
        self.measure = source.measure
        self.y = self.room.top
        self.items: list[Item] = []

    def put(
        self, words: str, points: float, ink: str = "text", weight: Weight = Weight.REGULAR, most: int = NAME_LINES,
        box: Box | None = None, align: Align = Align.LEFT, *, heading: bool = False,
    ) -> float:  # fmt: skip
        """Write *words* at *y*, or from the top of *box*, and return where they end."""
        size = max(points * self.scale, LEAST_TYPE)
        place = box or Box(self.room.left, self.y, self.room.width, 0)
        lines, _ = self.measure.lines(words, size, place.width, most, bold=weight is Weight.BOLD)
        place = place._replace(height=len(lines) * LEADING * size)
        self.items.append(Text(place, lines, size, ink, align, weight, words, heading))
        return place.bottom


def _covered(source: Source, lines: Sequence[_Line], title: float) -> tuple[list[Item], float]:
    """Return what stands on the cover with a title of so many points, and where it ends."""
    sheet = roadmap_sheet(source.plan, source.today, source.options.span, source.options.projects)
    page, scale = _Column(source), max(min(source.page(upright=True)) / 595.0, 0.9)
    page.y += min(0.16 * page.room.height, 4.6 * title * scale - 50.0 * scale)
    page.y = page.put(tr("Board pack"), 11.0, "accent", Weight.BOLD) + 4 * scale
    name = one_line(source.plan.roadmap.title)
    page.y = page.put(name, title, "text", Weight.BOLD, TITLE_LINES, heading=True) + 6 * scale
    page.y = page.put(sheet.subtitle, 10.0, "secondary", most=3) + 2 * scale
    if source.partial:
        names = names_text([one_line(p.title) for p in sheet.shown.projects_in_order])
        page.y = page.put(tr("Only {names}").format(names=names), 10.0, "secondary", most=3) + 2 * scale
    owner = one_line(source.plan.roadmap.owner)
    page.y = page.put(DOT.join(filter(None, (owner, day_text(source.today)))), 10.0, "secondary") + 0.9 * title * scale
    _figures(page, sheet)
    if source.partial:
        words = tr("All of this is about the projects named above, but for what somebody wrote, the agreement and the "
                   "priorities: these are about the whole roadmap.")  # fmt: skip
        page.y += 10 * scale
        page.y = page.put(words, CAPTION, "secondary", most=4) + 2 * scale
    page.y += 0.9 * title * scale
    page.y = page.put(tr("Contents"), 11.0, weight=Weight.BOLD, heading=True) + 5 * scale
    for line in _lines(page, lines):
        page.items.append(line)
    return page.items, page.y


def _figures(page: _Column, sheet: Sheet) -> None:
    """Put the figures that matter side by side, each large over its caption."""
    if not sheet.figures:
        if sheet.empty:
            page.y = page.put(sheet.empty, 10.0)
        return
    gap = 18.0 * page.scale
    width = (page.room.width - gap * (len(sheet.figures) - 1)) / len(sheet.figures)
    widest = max(page.measure.width(figure.value, 1.0, bold=True) for figure in sheet.figures)
    value = min(VALUE, 0.98 * width / widest / page.scale)
    foot = page.y
    for n, figure in enumerate(sheet.figures):
        box = Box(page.room.left + n * (width + gap), page.y, width, 0)
        page.items.append(Rule(box.left, page.y - 6 * page.scale, box.right, page.y - 6 * page.scale, "strong_line"))
        end = page.put(figure.value, value, figure.ink, Weight.BOLD, 1, box)
        end = page.put(figure.caption, CAPTION, "secondary", most=5, box=box._replace(top=end + 2 * page.scale))
        foot = max(foot, end)
    page.y = foot


def _lines(page: _Column, lines: Sequence[_Line]) -> Iterator[Item]:
    """Yield the contents: each line is a link with its page number at the right."""
    room, scale = page.room, page.scale
    for line in lines:
        top = page.y
        number = Box(room.right - 40 * scale, top + 3 * scale, 40 * scale, 0)
        page.put(line.number, LISTED, "secondary", box=number, align=Align.RIGHT)
        name = Box(room.left, top + 3 * scale, room.width - 48 * scale, 0)
        page.y = page.put(line.words, LISTED, box=name) + 3 * scale
        yield Rule(room.left, page.y, room.right, page.y)
        yield Link(Box(room.left, top, room.width, page.y - top), line.to)
