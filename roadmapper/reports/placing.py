"""Placing: how large the type on the printed page can be, and which height each project gets; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roadmapper.domain.wording import trn
from roadmapper.reports.labels import LEADING, Measure
from roadmapper.reports.rows import LEAST_TYPE, Box, Frame, Name, PlacedGap, PlacedRow, RowBuilder, Words
from roadmapper.reports.sheets import Row, Sheet, left_out

TYPE = 7.6
STEP = 0.4
NOTE_LINES = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """The rows on the page, the size of their type, the height they leave, and what has to be said about them."""

    rows: tuple[PlacedRow, ...]
    size: float
    notes: tuple[str, ...]


def sizes(scale: float) -> list[float]:
    """Return the sizes of type that are tried, from the one that suits a paper *scale* times A4 to the least."""
    largest = max(TYPE * scale, LEAST_TYPE)
    count = int((largest - LEAST_TYPE) / STEP)
    return [*(largest - n * STEP for n in range(count + 1) if largest - n * STEP > LEAST_TYPE), LEAST_TYPE]


def place(sheet: Sheet, frame: Frame, top: float, bottom: float, scale: float, measure: Measure, note: float) -> Placed:
    """Return the rows of *sheet* between *top* and *bottom*, in the largest type in which all of them fit.

    Where even the least type is too large, projects are left out from the bottom, and the notes say which: below the
    rows there is room for that, NOTE_LINES lines in type of size *note*.
    """
    for size in sizes(scale):
        for ease in (True, False):
            rows = _fitting(sheet.rows, frame, bottom - top, size, ease, measure)
            if len(rows) == len(sheet.rows):
                return Placed(_spread(rows, top, bottom), size, ())
    for lines in range(1, NOTE_LINES + 1):
        foot = bottom - (lines + 0.5) * note * LEADING
        rows = _fitting(sheet.rows, frame, foot - top, LEAST_TYPE, False, measure)
        rows = rows or [_squeezed(sheet.rows[0], frame, foot - top, measure)]
        notes = _said(sheet, rows)
        if measure.lines(" ".join(notes), note, frame.right - frame.margin, lines)[1]:
            break
    return Placed(_spread(rows, top, foot), LEAST_TYPE, notes)


def _said(sheet: Sheet, rows: Sequence[PlacedRow]) -> tuple[str, ...]:
    notes = []
    if len(rows) < len(sheet.rows):
        notes.append(left_out([row.title for row in sheet.rows[len(rows) :]]))
    unnamed, dropped = sum(r.unnamed for r in rows), sum(r.dropped for r in rows)
    if unnamed:
        notes.append(
            trn("The name of {n} increment has no room.", "The names of {n} increments have no room.", unnamed)
        )
    if dropped:
        notes.append(
            trn("{n} increment has no room on this page.", "{n} increments have no room on this page.", dropped)
        )
    return tuple(notes)


def _fitting(rows: Sequence[Row], frame: Frame, height: float, size: float, ease: bool,
             measure: Measure) -> list[PlacedRow]:  # fmt: skip
    found: list[PlacedRow] = []
    for row in rows:
        placed = RowBuilder(row, frame, size, ease, measure).build()
        height -= placed.box.height
        if height < 0:
            break
        found.append(placed)
    return found


def _squeezed(row: Row, frame: Frame, height: float, measure: Measure) -> PlacedRow:
    """Return a single project that is too much for a page: fewer names, then fewer bars, both counted."""
    for tiers in (12, 4, 1, 0):
        placed = RowBuilder(row, frame, LEAST_TYPE, False, measure).build(tiers)
        if placed.box.height <= height:
            return placed
    bars = kept = row.lane.bars
    most = max((bar.row for bar in bars), default=0)
    while placed.box.height > height and most > 0:
        most = int(most * 0.9)
        kept = tuple(bar for bar in bars if bar.row <= most)
        placed = RowBuilder(replace(row, lane=replace(row.lane, bars=kept)), frame, LEAST_TYPE, False, measure).build(0)
    return replace(placed, dropped=len(bars) - len(kept))


def _spread(rows: Sequence[PlacedRow], top: float, bottom: float) -> tuple[PlacedRow, ...]:
    """Share the height that is left among the rows, and move each to its place."""
    if not rows:
        return ()
    share = (bottom - top) / max(len(rows), 2)
    spare = bottom - top - sum(row.box.height for row in rows)
    wish = [max(share - row.box.height, 0.0) for row in rows]
    factor = min(spare / sum(wish), 1.0) if sum(wish) else 0.0
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
