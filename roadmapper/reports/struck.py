"""Struck: words on a page that a line or an arrow runs through, unless a ground lies between the two; no Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from roadmapper.reports.pages import ArrowMark, BarMark, Box, Fill, Item, Page, Rule, Text

AIR = 0.22
"""The part of a line's height, above and below, in which there are no letters: a line there is beside the words."""
SLANT = 0.1

Placed: TypeAlias = tuple[Box, Text]


class _Piece(NamedTuple):
    """A straight piece of a line: where it is, and which item of the page it belongs to."""

    x1: float
    y1: float
    x2: float
    y2: float
    number: int


def struck(page: Page, placed: Sequence[Placed]) -> Iterator[Text]:
    """Yield the texts of a page that are struck through; *placed* says where the letters of each stand.

    A line that is painted before the words may run beneath a ground - a fill, a bar - that is painted between them.
    """
    numbers = {id(item): n for n, item in enumerate(page.items)}
    pieces = [piece for n, item in enumerate(page.items) for piece in _pieces(item, n)]
    upright = sorted((p for p in pieces if abs(p.x1 - p.x2) < SLANT), key=lambda p: p.x1)
    others = sorted((p for p in pieces if abs(p.x1 - p.x2) >= SLANT), key=lambda p: min(p.y1, p.y2))
    across, tops = [p.x1 for p in upright], [min(p.y1, p.y2) for p in others]
    for box, text in placed:
        inner = _inner(box, text.size)
        near = upright[bisect_right(across, inner.left) : bisect_left(across, inner.right)]
        near += others[: bisect_left(tops, inner.bottom)]
        hits = [p for p in near if _crosses(p, inner)]
        if any(not _hidden(p, box, numbers[id(text)], page.items) for p in hits):
            yield text


def _pieces(item: Item, number: int) -> Iterator[_Piece]:
    if isinstance(item, Rule):
        yield _Piece(item.x1, item.y1, item.x2, item.y2, number)
    elif isinstance(item, ArrowMark):
        for (x1, y1), (x2, y2) in pairwise(item.corners):
            yield _Piece(x1, y1, x2, y2, number)


def _inner(box: Box, size: float) -> Box:
    """Return where the letters are for certain."""
    return Box(box.left + 0.3, box.top + AIR * size, box.width - 0.6, box.height - 2 * AIR * size)


def _crosses(piece: _Piece, box: Box) -> bool:
    """Return whether a piece meets the inside of a box: what is left of it after each side has cut it."""
    first, last = 0.0, 1.0
    for start, end, low, high in ((piece.x1, piece.x2, box.left, box.right), (piece.y1, piece.y2, box.top, box.bottom)):
        way = end - start
        if abs(way) < 1e-9:
            if not low < start < high:
                return False
            continue
        one, two = sorted(((low - start) / way, (high - start) / way))
        first, last = max(first, one), min(last, two)
    return first < last


def _hidden(piece: _Piece, box: Box, number: int, items: Sequence[Item]) -> bool:
    """Return whether a ground between the line and the words hides all of the line that would strike them."""
    left, right = max(min(piece.x1, piece.x2), box.left), min(max(piece.x1, piece.x2), box.right)
    meeting = Box(left, box.top, right - left, box.height)
    grounds = (item.box for item in items[piece.number + 1 : number] if isinstance(item, Fill | BarMark))
    return any(ground.holds(meeting) for ground in grounds)
