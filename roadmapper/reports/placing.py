"""Placing: which pages the roadmap needs, how large their type can be, and which height each project gets; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from roadmapper.domain.entity import EntityId
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEAST_TYPE, Box
from roadmapper.reports.row_parts import Frame, Name, PlacedGap, Words
from roadmapper.reports.rows import Fashion, PlacedRow, RowBuilder
from roadmapper.reports.sheets import Row, Sheet

T = TypeVar("T")

TYPE = 7.6
STEP = 0.4
EVENING_STEPS = 10
ENOUGH_TO_BEGIN = 0.4


class Room(NamedTuple):
    """Where the rows begin and end on a page."""

    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Return how high the rows may be together."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Placed:
    """The rows on one page, and the size of their type."""

    rows: tuple[PlacedRow, ...]
    size: float


def sizes(scale: float) -> list[float]:
    """Return the sizes of type that are tried, from the one that suits a paper *scale* times A4 to the least."""
    largest = max(TYPE * scale, LEAST_TYPE)
    count = int((largest - LEAST_TYPE) / STEP)
    return [*(largest - n * STEP for n in range(count + 1) if largest - n * STEP > LEAST_TYPE), LEAST_TYPE]


@dataclass(slots=True)
class Built:
    """The projects of a sheet in sizes and fashions that have been tried: they are the same on any page."""

    frame: Frame
    measure: Measure
    _builders: dict[tuple[EntityId, float, Fashion], RowBuilder] = field(default_factory=dict)
    _rows: dict[tuple[EntityId, float, Fashion], PlacedRow] = field(default_factory=dict)

    def builder(self, row: Row, size: float, fashion: Fashion) -> RowBuilder:
        """Return what builds a project, or parts of it."""
        key = (row.lane.key, size, fashion)
        if key not in self._builders:
            self._builders[key] = RowBuilder(row, self.frame, size, fashion, self.measure)
        return self._builders[key]

    def row(self, row: Row, size: float, fashion: Fashion) -> PlacedRow:
        """Return a project as a whole."""
        key = (row.lane.key, size, fashion)
        if key not in self._rows:
            self._rows[key] = self.builder(row, size, fashion).build()
        return self._rows[key]


def place(sheet: Sheet, built: Built, first: Room, other: Room, scale: float) -> tuple[Placed, ...]:
    """Return the pages of *sheet*: one, in the largest type in which all projects fit, or as few as there can be.

    *first* is the room on the first page, *other* that on each further one. No project and no bar is left out.
    """

    def fits(size: float, fashion: Fashion) -> list[PlacedRow] | None:
        rows = _fitting(sheet.rows, first.height, size, fashion, built)
        return rows if len(rows) == len(sheet.rows) else None

    if found := _largest(sizes(scale), fits):
        return (Placed(_spread(found[1], first), found[0]),)
    dense = fits(LEAST_TYPE, Fashion.DENSE)
    if dense is not None and all(row.whole for row in dense):
        return (Placed(_spread(dense, first), LEAST_TYPE),)
    heights = first.height, other.height
    fewest = len(_paged(sheet.rows, heights, LEAST_TYPE, Fashion.CLOSE, built))

    def as_few(size: float, fashion: Fashion) -> list[list[PlacedRow]] | None:
        pages = _paged(sheet.rows, heights, size, fashion, built)
        return pages if len(pages) <= fewest else None

    few = _largest(sizes(scale), as_few)
    size, pages = few or (LEAST_TYPE, _paged(sheet.rows, heights, LEAST_TYPE, Fashion.CLOSE, built))
    rooms = [first, *(other for _ in pages[1:])]
    return tuple(Placed(_spread(rows, room), size) for rows, room in zip(pages, rooms, strict=True))


def _largest(tried: Sequence[float], suits: Callable[[float, Fashion], T | None]) -> tuple[float, T] | None:
    """Return the largest of the sizes that *suits* takes, and what it returns, with air where that suits too.

    Found by halving: a smaller type never takes more room, nor does one with less air.
    """
    low, high, best = 0, len(tried) - 1, None
    while low <= high:
        middle = (low + high) // 2
        found = suits(tried[middle], Fashion.CLOSE)
        if found is None:
            low = middle + 1
        else:
            best, high = (tried[middle], found), middle - 1
    if best is None:
        return None
    airy = suits(best[0], Fashion.EASY)
    return best if airy is None else (best[0], airy)


def _fitting(rows: Sequence[Row], height: float, size: float, fashion: Fashion, built: Built) -> list[PlacedRow]:
    found: list[PlacedRow] = []
    for row in rows:
        placed = built.row(row, size, fashion)
        height -= placed.box.height
        if height < 0:
            break
        found.append(placed)
    return found


def _paged(rows: Sequence[Row], heights: tuple[float, float], size: float, fashion: Fashion,
           built: Built) -> list[list[PlacedRow]]:  # fmt: skip
    """Return the rows page by page; *heights* are those of the first page and of each further one."""
    pages: list[list[PlacedRow]] = [[]]
    left, split = heights[0], False
    for row in rows:
        placed = built.row(row, size, fashion)
        if placed.box.height > left and placed.box.height <= heights[1] and pages[-1]:
            pages.append([])
            left = heights[1]
        if placed.box.height <= left:
            pages[-1].append(placed)
            left -= placed.box.height
            continue
        split = True
        if pages[-1] and left < ENOUGH_TO_BEGIN * heights[1]:
            pages.append([])
            left = heights[1]
        for n, part in enumerate(_parts(built.builder(row, size, Fashion.LISTED), left, heights[1])):
            if n:
                pages.append([])
                left = heights[1]
            pages[-1].append(part)
            left -= part.box.height
    return pages if split else _evened(pages, heights)


def _parts(builder: RowBuilder, height: float, following: float) -> Iterator[PlacedRow]:
    """Yield the parts of a project that is higher than a page: the first of *height*, the others of *following*."""
    begin = 0
    while not begin or begin < builder.count:
        stop = builder.reach(begin, height)
        yield builder.build(begin, stop)
        begin, height = stop, following


def _evened(pages: list[list[PlacedRow]], heights: tuple[float, float]) -> list[list[PlacedRow]]:
    """Return the same rows on as many pages, with the pages about equally full."""
    rows, best = [row for page in pages for row in page], pages
    low, high = 0.0, 1.0
    for _ in range(EVENING_STEPS):
        part = (low + high) / 2
        tried = _filled(rows, heights[0] * part, heights[1] * part)
        if len(tried) <= len(pages):
            best, high = tried, part
        else:
            low = part
    return best


def _filled(rows: Sequence[PlacedRow], height: float, following: float) -> list[list[PlacedRow]]:
    pages: list[list[PlacedRow]] = [[]]
    for row in rows:
        if pages[-1] and row.box.height > height:
            pages.append([])
            height = following
        pages[-1].append(row)
        height -= row.box.height
    return pages


def _spread(rows: Sequence[PlacedRow], room: Room) -> tuple[PlacedRow, ...]:
    """Share the height that is left among the rows, and move each to its place."""
    if not rows:
        return ()
    top, share = room.top, room.height / max(len(rows), 2)
    spare = room.height - sum(row.box.height for row in rows)
    wish = [max(share - row.box.height, 0.0) for row in rows]
    factor = max(min(spare / sum(wish), 1.0), 0.0) if sum(wish) else 0.0
    moved = []
    for row, wanted in zip(rows, wish, strict=True):
        extra = wanted * factor
        moved.append(_moved(row, top, extra))
        top += row.box.height + extra
    return tuple(moved)


def _moved(row: PlacedRow, top: float, extra: float) -> PlacedRow:
    down = top + extra / 2

    def lower(box: Box) -> Box:
        return box._replace(top=box.top + down)

    def words(text: Words) -> Words:
        return text._replace(box=lower(text.box))

    def line(pole: tuple[float, float, float] | None) -> tuple[float, float, float] | None:
        return None if pole is None else (pole[0], pole[1] + down, pole[2] + down)

    return replace(
        row,
        box=row.box._replace(top=top, height=row.box.height + extra),
        title=words(row.title),
        detail=words(row.detail),
        bars=tuple(bar._replace(box=lower(bar.box)) for bar in row.bars),
        names=tuple(Name(words(n.words), n.label, line(n.pole)) for n in row.names),
        diamonds=tuple((x, y + down, diamond) for x, y, diamond in row.diamonds),
        gaps=tuple(PlacedGap(lower(g.box), g.words and words(g.words)) for g in row.gaps),
        flag=line(row.flag),
        original=row.original and (lower(row.original[0]), words(row.original[1])),
    )
