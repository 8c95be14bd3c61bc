"""Tile items: the rows on one page of a tiled timeline, as bars, words, diamonds, strips and lines; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roadmapper.domain.entity import EntityId
from roadmapper.reports.bands import PAD, ROW_AIR, Band
from roadmapper.reports.pages import BarMark, Box, DiamondMark, Fill, FlagMark, Item, Rule, Weight
from roadmapper.reports.row_items import beneath, beyond_marks, clip_of, gap_items, ground_of, name_item, words_item
from roadmapper.reports.row_parts import Words, placed_in_row
from roadmapper.reports.tile_pages import Part
from roadmapper.reports.tiles import Column


def tile_items(parts: Iterable[Part], column: Column, top: float) -> tuple[list[Item], dict[EntityId, Box]]:
    """Return what stands on the page of *column* with *parts*, the first at *top*; and the box of each bar."""
    items: list[Item] = []
    boxes: dict[EntityId, Box] = {}
    for part in parts:
        items += _part(part, column, top, boxes)
    return items, boxes


def _part(part: Part, column: Column, top: float, boxes: dict[EntityId, Box]) -> Iterator[Item]:
    lane, frame, size = part.lane, column.frame, part.lane.size
    place = Box(frame.margin, top + part.top, frame.right - frame.margin, part.height)
    y = place.top + (part.height - lane.part(part.first, part.stop)) / 2
    yield Rule(place.left, place.bottom, place.right, place.bottom)
    title, detail = (_lowered(words, y) for words in lane.title(frame, further=part.first > 0))
    accent = lane.row.lane.accent
    yield words_item(title, weight=Weight.BOLD)
    yield words_item(detail, f"accent-{accent}" if lane.row.split else "secondary", weight=Weight.BOLD)
    if not part.first:
        ghost = lane.ghost(frame, y + PAD * size)
        if ghost is not None:
            yield Fill(ghost[0], "ghost")
            yield ground_of(ghost[1])
            yield words_item(ghost[1], "secondary", weight=Weight.MEDIUM)
        y += lane.head
    else:
        y += PAD * size
    bands = lane.bands[part.first : part.stop]
    for n, band in enumerate(bands):
        yield from _band(part, band, column, y, place, boxes)
        y += band.height + (ROW_AIR * size if n + 1 < len(bands) else 0.0)
    if part.stop >= len(lane.bands):
        yield from _below(part, column, y)


def _band(part: Part, band: Band, column: Column, top: float, place: Box, boxes: dict[EntityId, Box]) -> Iterator[Item]:
    row = band.parts.get(column.number)
    if row is None:
        return
    lane, frame, accent = part.lane, column.frame, part.lane.row.lane.accent
    where = (top + band.names, band.bars)
    bars, names, flag = placed_in_row(row, lane.increments, frame, lane.size, where)
    yield from (item for name in names for item in beneath(name, accent))
    for bar in bars:
        boxes[bar.increment.id] = bar.box
        yield BarMark(bar.box, bar.increment, accent, lane.size, clip_of(frame, place))
        yield from beyond_marks(bar.box, frame, lane.size)
    yield from (name_item(name) for name in names)
    if flag is not None:
        x, upper, foot = flag
        yield FlagMark(x, upper, foot, accent, lane.size)


def _below(part: Part, column: Column, top: float) -> Iterator[Item]:
    """Yield diamonds and strips of silence below the last row of a project."""
    below, size = part.lane.below(column.frame), part.lane.size
    diamonds, lower = below.diamonds(top)
    gaps, _ = below.gaps(top, lower, [x for x, _, _ in diamonds])
    for gap in gaps:
        yield from gap_items(gap, size)
    yield from (DiamondMark(x, y, diamond, size) for x, y, diamond in diamonds)


def _lowered(words: Words, down: float) -> Words:
    return words._replace(box=words.box._replace(top=words.box.top + down))
