"""Flow: running text and tables down as many pages as they take, with a title on each and footnotes at its foot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

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
from roadmapper.reports.pieces import SLACK, Piece, parted
from roadmapper.reports.sheets import one_line
from roadmapper.reports.source import Source
from roadmapper.reports.tables import Band, Cell, Column, Row, side_of, table_of
from roadmapper.reports.wrapping import MOST_LINES, wrapped

__all__ = [
    "BODY", "EDGE_LINES", "HEADING", "MOST_LINES", "SMALL", "TITLE",
    "Band", "Cell", "Column", "Flow", "Footnotes", "Piece",
]  # fmt: skip

BODY, SMALL, HEADING, TITLE = 8.6, 7.2, 11.0, 17.0
KEPT_LINES = 6
EDGE_LINES = 2
FACT_SHARE = 0.16
WIDEST_FACT = 100.0
MOST_WIDE = 64.0
"""Of running text: so many times its size a line is wide at most, or it is hard to read."""
MOST_NOTES = 0.35
"""Part of a page that footnotes may take; what goes beyond is explained at the end."""
ROOM_TO_BEGIN = 0.3
"""Part of a page that must be free for what is higher than a page to begin on it."""
LEAST_DRAWING = 0.3

Footnotes = Callable[[str], Sequence[str]]
"""What explains the words on a page: from all that is written on it to one line of text for each."""


def _none(_: str) -> Sequence[str]:
    return ()


class Flow:
    """Puts pieces below each other on the pages of one sheet; *upright* is what the sheet prefers.

    *title* stands large on the first page and small on each further one, or small on the first one too if the sheet
    is *continued* from other pages; it is the bookmark of the sheet, whose anchor is *name*, or one made of the title.
    """

    def __init__(
        self,
        source: Source,
        title: str,
        subtitle: str = "",
        *,
        upright: bool = True,
        footnotes: Footnotes = _none,
        continued: bool = False,
        name: str = "",
    ) -> None:
        self._measure = source.measure
        self._title = one_line(title)
        self._subtitle = one_line(subtitle)
        self._footnotes = footnotes
        self._continued = continued
        self._name = name or f"sheet {self._title}"
        self._size = source.page(upright=upright)
        self.room = source.room(upright=upright)
        self.scale = max(min(self._size) / 595.0, 0.9)
        self._pages: list[list[Item]] = []
        self._notes: dict[str, float] = {}
        self._late: dict[str, None] = {}
        self._heights: dict[str, float] = {}
        self._waiting: list[Piece] = []
        self._repeated: tuple[Piece, ...] = ()
        self._headed: tuple[Piece, ...] = ()
        self._running: tuple[Piece, ...] = ()
        self._level = 0
        self._empty = True
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
        """Leave *points* free; at the top of a page that is nothing, and below a heading it is little."""
        if self._waiting:
            self._waiting.append(Piece(min(points, HEADING) * self.scale, with_next=True))
        elif not self._empty:
            self._y += points * self.scale

    def new_page(self) -> None:
        """Begin a new page, unless this one is still empty."""
        self._settle()
        if not self._empty:
            self._begin_page()

    def heading(self, words: str, *, anchor: str = "", level: int = 1, points: float = HEADING) -> None:
        """Put a heading that stands with what follows; with *anchor* it is a bookmark too.

        It stands again, small, on each page that what is below it goes on to, until the next one of its *level*.
        """
        self.space(points)
        mark = (Anchor(anchor, 0.0, one_line(words), level),) if anchor else ()
        lines = list(self.lines(words, points, weight=Weight.BOLD, with_next=True))
        for n, line in enumerate(lines):
            texts = (replace(item, heading=True) for item in line.items if isinstance(item, Text))
            lines[n] = replace(line, items=(*(mark if n == 0 else ()), *texts), with_next=True)
        if not self._headed or level <= self._level:
            self._headed, self._running, self._level = tuple(lines), tuple(self._continuing(words)), level
        self.put(*lines, Piece(2.0 * self.scale, with_next=True))

    def _continuing(self, words: str) -> Iterator[Piece]:
        """Yield what stands at the top of a page on which what is headed *words* goes on."""
        for line in self.lines(tr("{title}, continued").format(title=words), SMALL, "secondary", Weight.BOLD):
            yield replace(line, items=tuple(replace(i, heading=True) for i in line.items if isinstance(i, Text)))
        yield Piece(4.0 * self.scale)

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
        """Yield running text line by line; a short one stays together, of a long one two lines at each end.

        A line is no longer than can be read with ease, however wide the paper; what is read from the right stands
        there.
        """
        size = self.size(points)
        width = min(self.room.width - indent, MOST_WIDE * size)
        align = side_of(words)
        left = self.room.left + indent if align is Align.LEFT else self.room.right - width
        box = Box(left, 0, width, LEADING * size)
        broken = wrapped(self._measure, words, size, width, bold=weight is Weight.BOLD)
        for n, line in enumerate(broken):
            near = n < EDGE_LINES - 1 or n == len(broken) - EDGE_LINES or len(broken) <= KEPT_LINES
            last = n == len(broken) - 1
            item = Text(box, (line,), size, ink, align, weight, line)
            # A term may be broken between two lines: it is looked for where it begins.
            yield Piece(box.height, (item,), with_next if last else near, " ".join(broken[n : n + 2]))

    def fact(self, what: str, words: str, ink: str = "text") -> None:
        """Put what is told at the left, and its words in a column beside it."""
        size, gap = self.size(BODY), min(self.room.width * FACT_SHARE, WIDEST_FACT * self.scale)
        name = wrapped(self._measure, what, size, gap - size)
        box = Box(self.room.left, 0.0, gap - size, len(name) * LEADING * size)
        first, *others = self.lines(words, BODY, ink, indent=gap)
        label = Text(box, name, size, "secondary", side_of(what), words=what)
        high = max(first.height, box.height)
        rest = high - first.height if not others else 0.0
        self.put(replace(first, items=(label, *first.items), height=first.height + rest), *others)
        self.put(Piece(3.0 * self.scale))

    def table(self, columns: Sequence[Column], rows: Iterable[Row], points: float = SMALL) -> None:
        """Put a table; its head stands again on each page that it goes on to. Without rows there is none.

        A heading that waits above it goes where its first row goes.
        """
        found = list(rows)
        if not found:
            return
        edges = self.room.left, self.room.right
        table = table_of(self._measure, columns, found, edges, self.size(points), self.scale)
        head = replace(table.head(), with_next=True)
        self._waiting.append(head)
        self._repeated = (head,)
        for n, row in enumerate(found):
            piece = table.band(row) if isinstance(row, Band) else table.row(row)
            # No row stands alone: not the first one below its head, and not the last one on a page of its own.
            beside = len(found) > 1 and n in (0, len(found) - 2)
            self.put(replace(piece, with_next=True) if beside else piece)
        self._settle()
        self._repeated = ()

    def drawing(self, chart: object, says: str) -> None:
        """Put a chart on all that is left of the page, or on the next one where little is."""
        before = sum(piece.height for piece in self._waiting)
        if self.room.bottom - self._y - before < LEAST_DRAWING * self.room.height:
            self._begin_page()
        height = self.room.bottom - self._y - before
        self.put(Piece(height, (Drawing(Box(self.room.left, 0.0, self.room.width, height), chart, says),)))

    def pages(self) -> tuple[Page, ...]:
        """Return the pages; nothing can be put on them any more."""
        self._settle()
        if self._late:
            self._footnotes = _none
            self.heading(tr("Words used here"), anchor="words used here")
            for note in self._late:
                self.text(one_line(note), SMALL, "secondary")
        self._finish_page()
        width, height = self._size
        return tuple(Page(width, height, tuple(items), self._title) for items in self._pages)

    def _settle(self) -> None:
        """Place what waits: together on this page or on the next; what is higher than a page goes on over several."""
        group, self._waiting = self._waiting, []
        while group:
            fresh = self._empty or self._fits_anew(group)
            if self._fits(group) or (self._empty and self._fits(group, noted=False)):
                most = len(group)
            elif fresh and not self._empty:
                self._turn(group)
                continue
            else:
                most = self._most(group)
            placed, group = group[:most], group[most:]
            for piece in placed:
                self._place(piece)
            if group and (self._empty or (placed and placed[-1].leads)):
                group = self._parted(group)
            elif group:
                self._turn(group)

    def _most(self, group: Sequence[Piece]) -> int:
        """Return how many of what is higher than a page begin here: never a heading alone at the foot of it."""
        if not self._empty and self.room.bottom - self._y < ROOM_TO_BEGIN * self.room.height:
            return 0
        most = 0
        while most < len(group) and self._fits(group[: most + 1], noted=not self._empty):
            most += 1
        ends = most
        while ends and group[ends - 1].leads:
            ends -= 1
        return ends or (most if self._empty else 0)

    def _parted(self, group: Sequence[Piece]) -> list[Piece]:
        """Place the beginning of a piece that is higher than an empty page, and return what is left of all."""
        first, *others = group
        halves = parted(first, self.room.bottom - self._y)
        if halves is None and not self._empty:
            self._turn(group)
            return list(group)
        if halves is None:
            if first.items:  # it cannot be helped, and it is seen; of space that is higher than a page none is left
                self._place(first)
            return others
        self._place(halves[0])
        self._turn(others)
        return [halves[1], *others]

    def _fits(self, group: Sequence[Piece], *, noted: bool = True) -> bool:
        below = self._foot(self._found(group)) if noted else self._foot(self._notes)
        return self._y + sum(piece.height for piece in group) + below <= self.room.bottom + SLACK

    def _fits_anew(self, group: Sequence[Piece]) -> bool:
        """Return whether all of it finds room on a page of its own."""
        height = sum(piece.height for piece in (*self._again(group), *group))
        return self._head_height() + height <= self.room.height + SLACK

    def _found(self, group: Sequence[Piece]) -> dict[str, float]:
        """Return the footnotes of the page with those of *group*: as many as may stand at its foot."""
        notes, most = dict(self._notes), MOST_NOTES * self.room.height
        for piece in group:
            for note in self._footnotes(piece.words) if piece.words else ():
                if note not in notes and note not in self._late:
                    high = self._height(note)
                    if sum(notes.values()) + high <= most:
                        notes[note] = high
        return notes

    def _foot(self, notes: dict[str, float]) -> float:
        return sum(notes.values()) + (10.0 * self.scale if notes else 0.0)

    def _place(self, piece: Piece) -> None:
        notes = self._found([piece])
        if self._y + piece.height + self._foot(notes) <= self.room.bottom + SLACK:
            self._notes = notes
        for note in self._footnotes(piece.words) if piece.words else ():
            if note not in self._notes:
                self._late[note] = None
        self._pages[-1] += [moved(item, 0.0, self._y) for item in piece.items]
        self._empty = False
        self._y += piece.height

    def _again(self, group: Sequence[Piece]) -> Sequence[Piece]:
        """Return what stands at the top of a further page, unless it is still to come: the block's title, a head."""
        block = () if any(piece is line for piece in group for line in self._headed) else self._running
        heads = () if any(piece is head for piece in group for head in self._repeated) else self._repeated
        return (*block, *heads)

    def _turn(self, group: Sequence[Piece]) -> None:
        """Go on with *group* on a new page."""
        self._begin_page()
        for piece in self._again(group):
            self._place(piece)
        self._empty = True

    def _begin_page(self) -> None:
        if self._pages:
            self._finish_page()
        self._pages.append([])
        self._notes = {}
        self._empty = True
        first = len(self._pages) == 1
        items = self._opening() if first and not self._continued else self._running_head()
        self._y = self.room.top + self._height_of(items)
        self._pages[-1] += [moved(item, 0.0, self.room.top) for item in items]

    def _opening(self) -> list[Item]:
        """Return title and subtitle of the first page, from its top."""
        title = self._block(self._title, TITLE, 0.0, "text", Weight.BOLD)
        items: list[Item] = [Anchor(self._name, 0.0, self._title, 0), replace(title, heading=True)]
        if self._subtitle:
            items.append(self._block(self._subtitle, BODY, title.box.bottom + 2 * self.scale, "secondary"))
        return items

    def _running_head(self) -> list[Item]:
        """Return the title of a further page in one line, and that it goes on."""
        size, small, words = self.size(BODY), self.size(SMALL), tr("continued")
        end = self._measure.width(words, small) + size
        width = self.room.width - end
        lines, _ = self._measure.lines(self._title, size, width, 1, bold=True)
        box = Box(self.room.left, 0.0, width, LEADING * size)
        title = Text(box, lines, size, "secondary", side_of(self._title), Weight.BOLD, self._title, heading=True)
        place = Box(self.room.right - end, (size - small) * 0.9, end, LEADING * small)
        rule = Rule(self.room.left, box.bottom + 3 * self.scale, self.room.right, box.bottom + 3 * self.scale)
        return [title, Text(place, (words,), small, "secondary", Align.RIGHT, words=words), rule]

    def _head_height(self) -> float:
        return self._height_of(self._running_head())

    def _height_of(self, items: Sequence[Item]) -> float:
        return max(item.box.bottom for item in items if isinstance(item, Text)) + 10.0 * self.scale

    def _block(
        self, words: str, points: float, top: float, ink: str, weight: Weight = Weight.REGULAR, most: int = 4
    ) -> Text:
        size = self.size(points)
        lines, _ = self._measure.lines(words, size, self.room.width, most, bold=weight is Weight.BOLD)
        box = Box(self.room.left, top, self.room.width, len(lines) * LEADING * size)
        return Text(box, lines, size, ink, side_of(words), weight, words)

    def _note(self, note: str) -> Text:
        return self._block(one_line(note), SMALL, 0.0, "secondary", most=MOST_LINES)

    def _height(self, note: str) -> float:
        known = self._heights.get(note)
        if known is None:
            known = self._heights[note] = self._note(note).box.height
        return known

    def _finish_page(self) -> None:
        """Put the footnotes at the foot of the page, below a short rule."""
        y = self.room.bottom - sum(self._notes.values())
        if self._notes:
            rule = y - 4.0 * self.scale
            self._pages[-1].append(Rule(self.room.left, rule, self.room.left + 90 * self.scale, rule, "strong_line"))
        for note, height in self._notes.items():
            self._pages[-1].append(moved(self._note(note), 0.0, y))
            y += height
