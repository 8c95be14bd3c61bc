"""Edges: header, footer, logo and page x of y, put on every page of a finished document; no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Align, Box, Document, Item, Page, Picture, Text
from roadmapper.reports.paper import FOOTER, Edges
from roadmapper.reports.source import MARGIN, Source

DOT = " · "
HASH_LENGTH = 12
TYPE = 7.2
BAND = 16.0
LOGO_WIDTH = 6.0
MOST = 0.45


def edged(document: Document, source: Source) -> Document:
    """Return the document with what stands in the header and the footer of every page."""
    pages = tuple(_edged(page, n, document, source) for n, page in enumerate(document.pages, 1))
    return replace(document, pages=pages)


def _edged(page: Page, n: int, document: Document, source: Source) -> Page:
    scale = max(min(page.width, page.height) / 595.0, 0.8)
    margin, size = MARGIN * scale, max(TYPE * scale, LEAST_TYPE)
    values = _values(page, n, document, source)
    inner = page.width - 2 * margin
    band = Box(margin, margin * 0.8, inner, BAND * scale)
    items: list[Item] = []
    if source.options.logo:
        logo = band._replace(width=min(LOGO_WIDTH * band.height, inner / 3))
        items.append(Picture(logo, source.options.logo, tr("Logo")))
        band = band._replace(left=logo.right + size, width=band.right - logo.right - size)
    line = LEADING * size
    above = band._replace(top=band.top + (band.height - line) / 2, height=line)
    below = Box(margin, page.height - margin * 0.8 - line, inner, line)
    items += _written(source.options.header, values, above, size, source)
    items += _written(source.options.footer, values, below, size, source)
    return replace(page, items=(*page.items, *items))


def _values(page: Page, n: int, document: Document, source: Source) -> Mapping[str, str]:
    roadmap = source.plan.roadmap
    return {
        "title": " ".join(document.title.split()),
        "sheet": " ".join(page.sheet.split()),
        "owner": " ".join(roadmap.owner.split()),
        "day": day_text(source.today),
        "file": source.file,
        "journal": tr("journal {hash}").format(hash=source.head[:HASH_LENGTH]) if source.head else "",
        "page": page.number or str(n),
        "pages": str(len(document.pages)),
    }


def _written(edges: Edges, values: Mapping[str, str], box: Box, size: float, source: Source) -> list[Text]:
    """Return what stands left, in the middle and right; a long one leaves room for the others, cut with a mark."""
    known = edges == FOOTER
    left, middle, right = (
        _filled(tr(part) if known else part, values) for part in (edges.left, edges.middle, edges.right)
    )
    gap, measure = 2 * size, source.measure
    found: list[Text] = []

    def write(words: str, left: float, width: float, align: Align) -> None:
        lines, _ = measure.lines(words, size, max(width, size), 1)
        place = box._replace(left=left, width=width)
        found.append(Text(place, lines, size, "faint", align, words=words))

    end = min(measure.width(right, size), MOST * box.width) if right else 0.0
    centre = min(measure.width(middle, size), box.width - 2 * end - 2 * gap, MOST * box.width) if middle else 0.0
    room = (box.width - centre) / 2 - gap if middle else box.width - (end + gap if right else 0.0)
    if left:
        write(left, box.left, room, Align.LEFT)
    if middle:
        write(middle, box.left + (box.width - centre) / 2, centre + 0.5, Align.CENTRE)
    if right:
        write(right, box.right - end - 0.5, end + 0.5, Align.RIGHT)
    return found


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Return a part with its fields filled in; what stands between two dots goes where its fields are all empty."""
    parts = []
    for part in template.split(DOT):
        words = part
        for name, value in values.items():
            words = words.replace("{" + name + "}", value)
        if words.strip():
            parts.append(words.strip())
    return DOT.join(parts)
