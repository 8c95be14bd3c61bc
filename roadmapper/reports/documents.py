"""Documents: the sheets that are wanted, one after the other, numbered and with header and footer on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Protocol

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, wording
from roadmapper.reports.board_pack import board_pack_document
from roadmapper.reports.detail_sheet import detail_document
from roadmapper.reports.edges import edged
from roadmapper.reports.increments_sheet import increments_document
from roadmapper.reports.ledger_sheet import ledger_document
from roadmapper.reports.pages import Anchor, Document, Item, Link
from roadmapper.reports.paper import Kind
from roadmapper.reports.priorities_sheet import priorities_document
from roadmapper.reports.review_sheet import review_document
from roadmapper.reports.roadmap_sheet import roadmap_document
from roadmapper.reports.source import Source
from roadmapper.workspace.jobs import Progress


def document_of(source: Source, kinds: Sequence[Kind], progress: Progress | None = None) -> Document:
    """Return the sheets of *kinds* as one document, each page numbered and with header and footer.

    Raises Refused where there is none, or where a sheet cannot be made, and Cancelled where *progress* says so.
    """
    if not kinds:
        raise Refused(tr("Nothing is chosen to be printed: choose at least one sheet."))
    made: list[Document] = []
    for kind in kinds:
        first = 1 + sum(len(document.pages) for document in made)
        made.append(_bookmarked(SHEETS[kind](replace(source, first=first), progress)))
    if len(made) > 1:
        made = [_named_apart(document, n) for n, document in enumerate(made, 1)]
    whole, *others = made
    for other in others:
        whole = whole.joined(other)
    return edged(_described(_numbered(whole, source.today), source), source)


def _bookmarked(document: Document) -> Document:
    """Give each sheet a bookmark, the first page of which has none of its own."""
    pages, before = [], ""
    for page in document.pages:
        first, before = page.sheet != before, page.sheet
        if first and not any(isinstance(item, Anchor) and item.bookmark for item in page.items):
            page = replace(page, items=(Anchor(f"sheet {page.sheet}", 0.0, page.sheet), *page.items))
        pages.append(page)
    return replace(document, pages=tuple(pages))


def _named_apart(document: Document, n: int) -> Document:
    """Let no link of one sheet lead into another that happens to use the same name."""

    def named(item: Item) -> Item:
        if isinstance(item, Anchor):
            return replace(item, name=f"{n} {item.name}")
        return replace(item, to=f"{n} {item.to}") if isinstance(item, Link) else item

    pages = (replace(page, items=tuple(map(named, page.items))) for page in document.pages)
    return replace(document, pages=tuple(pages))


def _numbered(document: Document, today: date) -> Document:
    """Give a number to each page that has no name of its own yet, and the day."""
    pages = (replace(page, number=page.number or str(n), today=today) for n, page in enumerate(document.pages, 1))
    return replace(document, pages=tuple(pages))


def _described(document: Document, source: Source) -> Document:
    roadmap = source.plan.roadmap
    return replace(
        document,
        author=document.author or " ".join(roadmap.owner.split()),
        language=wording.language,
        journal=source.head,
        grey=source.options.grey,
        today=source.today,
    )


class Maker(Protocol):
    """Makes the pages of one sheet."""

    def __call__(self, source: Source, progress: Progress | None = None) -> Document:
        """Return its pages; *progress* hears how far it is."""
        ...


SHEETS: Mapping[Kind, Maker] = MappingProxyType(
    {
        Kind.ROADMAP: roadmap_document,
        Kind.DETAIL: detail_document,
        Kind.INCREMENTS: increments_document,
        Kind.PRIORITIES: priorities_document,
        Kind.REVIEW: lambda source, progress=None: review_document(source),
        Kind.LEDGER: lambda source, progress=None: ledger_document(source),
        Kind.BOARD_PACK: board_pack_document,
    }
)
