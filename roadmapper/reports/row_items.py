"""Row items: a project that has been placed on a page, as bars, words, diamonds, strips and lines; no Qt."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapper.reports.labels import Label
from roadmapper.reports.pages import (
    LEADING,
    Align,
    BarMark,
    Box,
    DiamondMark,
    Fill,
    FlagMark,
    HatchMark,
    Item,
    Rule,
    Text,
    Weight,
)
from roadmapper.reports.row_parts import Frame, Name, PlacedGap, Words
from roadmapper.reports.rows import PlacedRow

BEFORE, AFTER = "‹", "›"


def row_items(row: PlacedRow, size: float, frame: Frame) -> Iterator[Item]:
    """Yield what stands of a project on a page, in the order in which it is painted; *size* is that of its type."""
    accent = row.row.lane.accent
    yield Rule(row.box.left, row.box.bottom, row.box.right, row.box.bottom)
    yield words_item(row.title, weight=Weight.BOLD)
    yield words_item(row.detail, f"accent-{accent}" if row.row.split else "secondary", weight=Weight.BOLD)
    if row.original is not None:
        yield Fill(row.original[0], "ghost")
        yield ground_of(row.original[1])
        yield words_item(row.original[1], "secondary", weight=Weight.MEDIUM)
    yield from (item for name in row.names for item in beneath(name, accent))
    for bar in row.bars:
        yield BarMark(bar.box, bar.increment, accent, size, clip_of(frame, row.box))
        yield from beyond_marks(bar.box, frame, size)
    yield from (name_item(name) for name in row.names)
    for gap in row.gaps:
        yield from gap_items(gap, size)
    if row.flag is not None:
        x, top, foot = row.flag
        yield FlagMark(x, top, foot, accent, size)
    yield from (DiamondMark(x, y, diamond, size) for x, y, diamond in row.diamonds)


def clip_of(frame: Frame, box: Box) -> Box:
    """Return the part of the chart in which the bars of a row may be painted."""
    return Box(frame.left - 0.5, box.top, frame.right - frame.left + 1, box.height)


def beneath(name: Name, accent: int) -> Iterator[Item]:
    """Yield what stands under a name that is not in its bar: white that no line runs through, and its pole if any.

    The bars are painted after it, so that it bites nothing out of their edges.
    """
    if not name.label.centred:
        yield ground_of(name.words)
    if name.pole is not None:
        yield Rule(name.pole[0], name.pole[1], name.pole[0], name.pole[2], f"accent-{accent}")


def name_item(name: Name) -> Text:
    """Return a name in, beside or above its bar."""
    return words_item(name.words, align=_align(name.label), weight=Weight.MEDIUM)


def ground_of(words: Words) -> Fill:
    """Return the white beneath words, which hides whatever line runs there."""
    air = 0.15 * words.size
    box = words.box
    tall = len(words.lines) * LEADING * words.size
    return Fill(Box(box.left - air, box.top, box.width + 2 * air, tall), "surface")


def words_item(words: Words, ink: str = "text", align: Align = Align.LEFT, weight: Weight = Weight.REGULAR) -> Text:
    """Return words that have been placed as an item of a page."""
    said = words.said or " ".join(words.lines)
    box = words.box._replace(height=len(words.lines) * LEADING * words.size)
    return Text(box, words.lines, words.size, ink, align, weight, said)


def gap_items(gap: PlacedGap, size: float) -> Iterator[Item]:
    """Yield a strip of silence and its length, which has white behind it."""
    yield HatchMark(gap.box, size)
    if gap.words is None:
        return
    yield ground_of(gap.words)
    yield words_item(gap.words, "bad", weight=Weight.BOLD)


def beyond_marks(bar: Box, frame: Frame, size: float) -> Iterator[Item]:
    """Yield an arrowhead outside the chart for each side on which a bar goes on beyond its days."""
    middle = bar.top + (bar.height - LEADING * size) / 2
    place = Box(frame.left - 0.75 * size, middle, 0.6 * size, LEADING * size)
    if bar.left < frame.left - 1:
        yield Text(place, (BEFORE,), size, "secondary", weight=Weight.BOLD, words=BEFORE)
    if bar.right > frame.right + 1:
        yield Text(place._replace(left=frame.right + 0.2 * size), (AFTER,), size, "secondary", weight=Weight.BOLD,
                   words=AFTER)  # fmt: skip


def _align(label: Label) -> Align:
    if label.centred:
        return Align.CENTRE
    return Align.RIGHT if label.flipped else Align.LEFT
