"""Pieces: what is put down a page one below the other, and how one that is higher than a page is parted; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadmapper.reports.pages import LEADING, Anchor, ArrowMark, DiamondMark, Fill, FlagMark, Item, Rule, Text, moved

SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Piece:
    """What is not cut by the end of a page unless it is higher than one: its items, and its height in points.

    The items are counted from its own top. One *with_next* stands on the page on which the next one begins. *words*
    are what footnotes are looked for in. One *leading* is the head of what follows: nothing ends with it.
    """

    height: float
    items: tuple[Item, ...] = ()
    with_next: bool = False
    words: str = ""
    leading: bool = False

    @property
    def leads(self) -> bool:
        """Return whether it is a heading, the head of a table, or only space: what no page ends with."""
        texts = [item for item in self.items if isinstance(item, Text)]
        if self.leading or (texts and all(text.heading for text in texts)):
            return True
        return not texts and all(isinstance(item, Anchor | Fill) for item in self.items)


def parted(piece: Piece, room: float) -> tuple[Piece, Piece] | None:
    """Return a piece in two, the first at most *room* points high, parted between lines; None where that cannot be.

    Rules at its foot stand at the foot of both, and what is filled goes on in the second.
    """
    kept = {n: _lines_within(item, room) for n, item in enumerate(piece.items) if isinstance(item, Text)}
    ends = [_end(piece.items[n], count) for n, count in kept.items() if count]
    starts = [_end(piece.items[n], count) for n, count in kept.items() if count < _count(piece.items[n])]
    if not ends or not starts:
        return None
    cut, shift = max(ends), min(starts) - min(_top(piece.items[n]) for n in kept)
    first: list[Item] = []
    rest: list[Item] = []
    for n, item in enumerate(piece.items):
        if isinstance(item, Text):
            first += _text(item, 0, kept[n])
            rest += (moved(part, 0.0, -shift) for part in _text(item, kept[n], _count(item)))
        elif isinstance(item, Rule) and item.y1 == item.y2 == piece.height:
            first.append(replace(item, y1=cut, y2=cut))
            rest.append(moved(item, 0.0, -shift))
        elif isinstance(item, Fill) and item.box.top < cut < item.box.bottom:
            first.append(replace(item, box=item.box._replace(height=cut - item.box.top)))
            rest.append(replace(item, box=item.box._replace(top=0.0, height=item.box.bottom - shift)))
        elif _top(item) < cut:
            first.append(item)
        else:
            rest.append(moved(item, 0.0, -shift))
    return (
        Piece(cut, tuple(first), words=_words(first)),
        Piece(piece.height - shift, tuple(rest), piece.with_next, _words(rest)),
    )


def _lines_within(text: Text, room: float) -> int:
    step = LEADING * text.size
    return min(max(int((room - text.box.top + SLACK) / step), 0), len(text.lines))


def _count(item: Item) -> int:
    return len(item.lines) if isinstance(item, Text) else 0


def _end(item: Item, lines: int) -> float:
    """Return where so many lines of a text end."""
    return item.box.top + lines * LEADING * item.size if isinstance(item, Text) else 0.0


def _text(text: Text, first: int, end: int) -> Iterator[Text]:
    """Yield the lines of a text from *first* to before *end* as one, nothing where there are none."""
    lines = text.lines[first:end]
    if lines:
        step = LEADING * text.size
        box = text.box._replace(top=text.box.top + first * step, height=len(lines) * step)
        words = text.words if lines == text.lines else " ".join(lines)
        yield replace(text, box=box, lines=lines, words=words)


def _words(items: list[Item]) -> str:
    return " ".join(item.words for item in items if isinstance(item, Text))


def _top(item: Item) -> float:
    if isinstance(item, Rule | ArrowMark):
        return min(item.y1, item.y2)
    if isinstance(item, Anchor | DiamondMark):
        return item.y
    return item.top if isinstance(item, FlagMark) else item.box.top
