"""Flow: running text and tables down as many pages as they take, with a title on each and footnotes at its foot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from roadmapper.domain.wording import tr
from roadmapper.reports.pages import (
    LEADING,
    LEAST_TYPE,
    Align,
    Anchor,
    Box,
    Drawing,
    Item,
    Page,
    Rule,
    Text,
    Weight,
    moved,
)
from roadmapper.reports.sheets import one_line
from roadmapper.reports.source import Source

BODY, SMALL, HEADING, TITLE = 8.6, 7.2, 11.0, 17.0
MOST_LINES = 10_000
KEPT_LINES = 6
EDGE_LINES = 2
FACT_SHARE = 0.16


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never cut by the end of a page: its items, counted from its own top, and its height in points.

    One *with_next* stands on the page on which the next one begins. *words* are what footnotes are looked for in.
    """

    height: float
    items: tuple[Item, ...] = ()
    with_next: bool = False
    words: str = ""


class Cell(NamedTuple):
    """What stands in a cell of a table; *below* follows in smaller words of secondary importance."""

    words: str
    ink: str = "text"
    weight: Weight = Weight.REGULAR
    below: str = ""


class Column(NamedTuple):
    """A column of a table: its title, its share of the width, where its lines stand."""

    title: str
    share: float
    align: Align = Align.LEFT


class Band(NamedTuple):
    """A line across a table, with the words that stand on it."""

    words: str
    ink: str = "accent"


Footnotes = Callable[[str], Sequence[str]]
"""What explains the words on a page: from all that is written on it to one line of text for each."""


def _none(_: str) -> Sequence[str]:
    return ()


class Flow:
    """Puts pieces below each other on the pages of one sheet; *upright* is what the sheet prefers.

    *title* stands large on the first page and small on each further one; it is the bookmark of the sheet.
    """

    def __init__(
        self, source: Source, title: str, subtitle: str = "", *, upright: bool = True, footnotes: Footnotes = _none
    ) -> None:
        self._source = source
        self._measure = source.measure
        self._title = one_line(title)
        self._subtitle = one_line(subtitle)
        self._footnotes = footnotes
        self._size = source.page(upright=upright)
        self.room = source.room(upright=upright)
        self.scale = max(min(self._size) / 595.0, 0.9)
        self._pages: list[list[Item]] = []
        self._words: list[str] = []
        self._waiting: list[Piece] = []
        self._repeated: tuple[Piece, ...] = ()
        self._y = 0.0
        self._begin_page()

    def size(self, points: float) -> float:
        """Return *points* of A4 as they are on this paper, never less than what can be read."""
        return max(points * self.scale, LEAST_TYPE)

    def put(self, *pieces: Piece) -> None:
        """Put *pieces* below what is there; those that belong together are moved to a new page together."""
        for piece in pieces:
            self._waiting.append(piece)
            if not piece.with_next:
                self._settle()

    def space(self, points: float) -> None:
        """Leave *points* free; at the top of a page that is nothing."""
        self._settle()
        if self._words:
            self._y += points * self.scale

    def new_page(self) -> None:
        """Begin a new page, unless this one is still empty."""
        self._settle()
        if self._words:
            self._begin_page()

    def heading(self, words: str, *, anchor: str = "", level: int = 1, points: float = HEADING) -> None:
        """Put a heading that stands with what follows; with *anchor* it is a bookmark too."""
        self.space(points)
        mark = (Anchor(anchor, 0.0, one_line(words), level),) if anchor else ()
        lines = list(self.lines(words, points, weight=Weight.BOLD, with_next=True))
        texts = (replace(item, heading=True) for item in lines[0].items if isinstance(item, Text))
        lines[0] = replace(lines[0], items=(*mark, *texts))
        self.put(*lines, Piece(2.0 * self.scale, with_next=True))

    def text(
        self, words: str, points: float = BODY, ink: str = "text", weight: Weight = Weight.REGULAR, indent: float = 0.0
    ) -> None:
        """Put running text; a line break in it begins a new line."""
        self.put(*self.lines(words, points, ink, weight, indent))

    def lines(
        self,
        words: str,
        points: float = BODY,
        ink: str = "text",
        weight: Weight = Weight.REGULAR,
        indent: float = 0.0,
        *,
        with_next: bool = False,
    ) -> Iterator[Piece]:
        """Yield running text line by line; a short one stays together, of a long one two lines at each end."""
        size = self.size(points)
        box = Box(self.room.left + indent, 0, self.room.width - indent, LEADING * size)
        broken = [
            line
            for part in (words.split("\n") or [""])
            for line in self._measure.lines(part, size, box.width, MOST_LINES, bold=weight is Weight.BOLD)[0]
        ]
        for n, line in enumerate(broken):
            near = n < EDGE_LINES - 1 or n == len(broken) - EDGE_LINES or len(broken) <= KEPT_LINES
            last = n == len(broken) - 1
            item = Text(box, (line,), size, ink, Align.LEFT, weight, line)
            yield Piece(box.height, (item,), with_next if last else near, line)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell] | Band], points: float = SMALL) -> None:
        """Put a table; its head stands again on each page that it goes on to."""
        head = self._row(columns, [Cell(c.title, "secondary", Weight.BOLD) for c in columns], points, "strong_line")
        self.put(replace(head, with_next=True))  # with a heading that waits above it, and with its first row
        for row in rows:
            self.put(self._band(row, points) if isinstance(row, Band) else self._row(columns, row, points, "line"))
            if not self._waiting:
                self._repeated = (head,)
        self._settle()
        self._repeated = ()

    def _row(self, columns: Sequence[Column], cells: Sequence[Cell], points: float, rule: str) -> Piece:
        size, pad = self.size(points), 3.0 * self.scale
        across = sum(column.share for column in columns)
        left, items, tall = self.room.left, list[Item](), pad + LEADING * size
        for column, cell in zip(columns, cells, strict=True):
            width = self.room.width * column.share / across
            room, bold = width - 2 * pad, cell.weight is Weight.BOLD
            lines = self._broken(cell.words, size, room, bold=bold)
            box = Box(left + pad, pad, room, len(lines) * LEADING * size)
            items.append(Text(box, lines, size, cell.ink, column.align, cell.weight, cell.words))
            deep = box.bottom
            if cell.below:
                small = self.size(points * 0.9)
                under = self._broken(cell.below, small, room)
                place = Box(box.left, deep, room, len(under) * LEADING * small)
                items.append(Text(place, under, small, "secondary", column.align, words=cell.below))
                deep = place.bottom
            left, tall = left + width, max(tall, deep)
        height = tall + pad
        items.append(Rule(self.room.left, height, self.room.right, height, rule))
        return Piece(height, tuple(items), words=" ".join(f"{cell.words} {cell.below}" for cell in cells))

    def _broken(self, words: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
        """Return words in lines of that width; a line break in them begins a new line."""
        parts = words.split("\n")
        return tuple(
            line for part in parts for line in self._measure.lines(part, size, width, MOST_LINES, bold=bold)[0]
        )

    def fact(self, what: str, words: str) -> None:
        """Put what is told at the left, and its words in a column beside it."""
        size, gap = self.size(BODY), self.room.width * FACT_SHARE
        for n, piece in enumerate(self.lines(words, BODY, indent=gap)):
            if n == 0:
                lines = self._broken(what, size, gap - size)
                box = Box(self.room.left, 0.0, gap - size, len(lines) * LEADING * size)
                name = Text(box, lines, size, "secondary", words=what)
                piece = replace(piece, items=(name, *piece.items), height=max(piece.height, box.height))
            self.put(piece)
        self.put(Piece(3.0 * self.scale))

    def drawing(self, chart: object, says: str) -> None:
        """Put a chart on all that is left of the page."""
        self._settle()
        height = self.room.bottom - self._y
        self.put(Piece(height, (Drawing(Box(self.room.left, 0.0, self.room.width, height), chart, says),), words=" "))

    def _band(self, band: Band, points: float) -> Piece:
        size, pad = self.size(points), 3.0 * self.scale
        lines, _ = self._measure.lines(band.words, size, self.room.width, MOST_LINES, bold=True)
        box = Box(self.room.left, pad, self.room.width, len(lines) * LEADING * size)
        height = box.bottom + pad
        over = Rule(self.room.left, 0.0, self.room.right, 0.0, band.ink, 1.2)
        under = Rule(self.room.left, height, self.room.right, height, "line")
        text = Text(box, lines, size, band.ink, Align.LEFT, Weight.BOLD, band.words)
        return Piece(height, (over, text, under), with_next=True, words=band.words)

    def _settle(self) -> None:
        """Place what waits: together on this page or on the next, one by one where it is higher than a page."""
        group, self._waiting = self._waiting, []
        if not group:
            return
        if self._words and not self._fits(group):
            self._begin_page()
            for piece in self._repeated:
                self._place(piece)
        for piece in group:
            if self._words and not self._fits([piece]):
                self._begin_page()
            self._place(piece)

    def _fits(self, group: Sequence[Piece]) -> bool:
        notes = self._notes(" ".join([*self._words, *(piece.words for piece in group)]))
        below = sum(self._height(note) for note in notes) + (10.0 * self.scale if notes else 0.0)
        return self._y + sum(piece.height for piece in group) + below <= self.room.bottom + 0.01

    def _place(self, piece: Piece) -> None:
        self._pages[-1] += [moved(item, 0.0, self._y) for item in piece.items]
        self._words.append(piece.words)
        self._y += piece.height

    def _begin_page(self) -> None:
        if self._pages:
            self._finish_page()
        self._pages.append([])
        self._words, first = [], len(self._pages) == 1
        self._y = self.room.top
        points = TITLE if first else HEADING
        size = self.size(points)
        lines, _ = self._measure.lines(self._title, size, self.room.width, 3, bold=True)
        box = Box(self.room.left, self._y, self.room.width, len(lines) * LEADING * size)
        name = f"sheet {self._title}"
        mark: tuple[Item, ...] = (Anchor(name, self._y, self._title, 0),) if first else ()
        self._pages[-1] += [*mark, Text(box, lines, size, weight=Weight.BOLD, words=self._title, heading=True)]
        self._y = box.bottom
        under = self._subtitle if first else tr("continued")
        if under:
            small = self.size(BODY if first else SMALL)
            lines, _ = self._measure.lines(under, small, self.room.width, 4)
            box = Box(self.room.left, self._y + 2 * self.scale, self.room.width, len(lines) * LEADING * small)
            self._pages[-1].append(Text(box, lines, small, "secondary", words=under))
            self._y = box.bottom
        self._y += 10.0 * self.scale

    def _notes(self, words: str) -> list[Text]:
        """Return the footnotes that *words* ask for, each from its own top."""
        size, found = self.size(SMALL), []
        for note in self._footnotes(words):
            lines, _ = self._measure.lines(one_line(note), size, self.room.width, MOST_LINES)
            box = Box(self.room.left, 0, self.room.width, len(lines) * LEADING * size)
            found.append(Text(box, lines, size, "secondary", words=note))
        return found

    @staticmethod
    def _height(note: Text) -> float:
        return note.box.height

    def _finish_page(self) -> None:
        """Put the footnotes at the foot of the page, below a short rule."""
        notes = self._notes(" ".join(self._words))
        y = self.room.bottom - sum(self._height(note) for note in notes)
        if notes:
            rule = y - 4.0 * self.scale
            self._pages[-1].append(Rule(self.room.left, rule, self.room.left + 90 * self.scale, rule, "strong_line"))
        for note in notes:
            self._pages[-1].append(moved(note, 0.0, y))
            y += self._height(note)

    def pages(self) -> tuple[Page, ...]:
        """Return the pages; nothing can be put on them any more."""
        self._settle()
        self._finish_page()
        width, height = self._size
        return tuple(Page(width, height, tuple(items), self._title) for items in self._pages)
