"""Documents: the sheets that are wanted, one after the other, numbered and with header and footer on every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.edges import edged
from roadmapper.reports.pages import Anchor, Box, Document, Page, Text, Weight
from roadmapper.reports.paper import Kind
from roadmapper.reports.source import Source

Told = Callable[[int, int], None]


def document_of(source: Source, kinds: Sequence[Kind], told: Told | None = None) -> Document:
    """Return the sheets of *kinds* as one document, each page numbered and with header and footer.

    Raises Refused where there is none, or where a sheet cannot be made; *told* hears after each sheet how many there
    are, and may raise Cancelled.
    """
    if not kinds:
        raise Refused(tr("Nothing is chosen to be printed: choose at least one sheet."))
    made: list[Document] = []
    for n, kind in enumerate(kinds):
        made.append(SHEETS[kind](source))
        if told is not None:
            told(n + 1, len(kinds))
    first, *others = made
    for other in others:
        first = first.joined(other)
    return edged(_described(_numbered(first), source), source)


def _numbered(document: Document) -> Document:
    """Give a number to each page that has no name of its own yet."""
    pages = (replace(page, number=page.number or str(n)) for n, page in enumerate(document.pages, 1))
    return replace(document, pages=tuple(pages))


def _described(document: Document, source: Source) -> Document:
    roadmap = source.plan.roadmap
    return replace(
        document,
        author=document.author or " ".join(roadmap.owner.split()),
        journal=source.head,
        grey=source.options.grey,
        today=source.today,
    )


def _to_come(source: Source) -> Document:
    room = source.room(upright=False)
    title = " ".join(source.plan.roadmap.title.split())
    width, height = source.page(upright=False)
    text = Text(Box(room.left, room.top, room.width, 22), (title,), 17, weight=Weight.BOLD, words=title, heading=True)
    return Document(title, (Page(width, height, (Anchor("sheet", 0, title), text), title),))


SHEETS: Mapping[Kind, Callable[[Source], Document]] = MappingProxyType(
    {
        Kind.ROADMAP: _to_come,
        Kind.DETAIL: _to_come,
        Kind.INCREMENTS: _to_come,
        Kind.PRIORITIES: _to_come,
        Kind.REVIEW: _to_come,
        Kind.LEDGER: _to_come,
        Kind.BOARD_PACK: _to_come,
    }
)
