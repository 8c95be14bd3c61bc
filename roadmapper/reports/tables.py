"""Tables: rows of cells as pieces, in columns that are as wide as their words or share what is left; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from roadmapper.planning.phrases import NO_BREAK
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Align, Box, Item, Link, Rule, Text, Weight
from roadmapper.reports.pieces import Piece
from roadmapper.reports.wrapping import leads_right, wrapped

PAD = 3.5
BELOW = 0.9
SPARE = 0.5
WIDEST = 0.24
MOST_FITTED = 0.8
"""Parts of the width: the most that one column takes for its words, and that all such columns take together."""
WHOLE_FROM = 100.0
"""Person-weeks of which nobody needs the tenths."""


class Cell(NamedTuple):
    """What stands in a cell of a table; *below* follows in smaller, secondary words, *to* is where a click leads."""

    words: str
    ink: str = "text"
    weight: Weight = Weight.REGULAR
    below: str = ""
    to: str = ""


class Column(NamedTuple):
    """A column of a table: its title, its share of the width (0: as wide as its words), where its lines stand."""

    title: str
    share: float = 0.0
    align: Align = Align.LEFT


class Band(NamedTuple):
    """A line across a table, with the words that stand on it."""

    words: str
    ink: str = "accent"


Row: TypeAlias = Sequence[Cell] | Band


@dataclass(frozen=True, slots=True)
class Table:
    """A table of *size* points between *left* and *right*; *scale* is how much larger than A4 the paper is."""

    measure: Measure
    columns: Sequence[Column]
    widths: Sequence[float]
    left: float
    right: float
    size: float
    scale: float

    @property
    def pad(self) -> float:
        """Return how far words stand from the edges of their cell."""
        return PAD * self.scale

    def head(self) -> Piece:
        """Return the titles of the columns above a strong rule; all of them stand at its foot."""
        row = self.row([Cell(column.title, "secondary", Weight.BOLD) for column in self.columns], "strong_line")
        foot = row.height - self.pad
        items = (_at_foot(item, foot) if isinstance(item, Text) else item for item in row.items)
        return Piece(row.height, tuple(items), words=row.words, leading=True)

    def row(self, cells: Sequence[Cell], rule: str = "line") -> Piece:
        """Return a row above a rule; each cell has an end where the longest has."""
        left, items, deep = self.left, list[Item](), self.pad + LEADING * self.size
        for column, cell, width in zip(self.columns, cells, self.widths, strict=True):
            texts = list(self._texts(column, cell, left + self.pad, width - 2 * self.pad))
            items += texts
            deep = max(deep, texts[-1].box.bottom)
            if cell.to:
                place = Box(left + self.pad, self.pad, width - 2 * self.pad, texts[-1].box.bottom - self.pad)
                items.append(Link(place, cell.to))
            left += width
        height = deep + self.pad
        items.append(Rule(self.left, height, self.right, height, rule))
        return Piece(height, tuple(items), words=" ".join(f"{cell.words} {cell.below}" for cell in cells))

    def band(self, band: Band) -> Piece:
        """Return a strong line across, with its words below it; what follows stands with it."""
        width = self.right - self.left - 2 * self.pad
        lines = wrapped(self.measure, band.words, self.size, width, bold=True)
        box = Box(self.left + self.pad, self.pad, width, len(lines) * LEADING * self.size)
        height = box.bottom + self.pad
        over = Rule(self.left, 0.0, self.right, 0.0, band.ink, 1.2 * self.scale)
        under = Rule(self.left, height, self.right, height)
        text = Text(box, lines, self.size, band.ink, side_of(band.words), Weight.BOLD, band.words)
        return Piece(height, (over, text, under), with_next=True, words=band.words, leading=True)

    def _texts(self, column: Column, cell: Cell, left: float, room: float) -> Iterator[Text]:
        top = self.pad
        small, side = max(self.size * BELOW, LEAST_TYPE), side_of(cell.words, column.align)
        for words, size, ink, weight in (
            (cell.words, self.size, cell.ink, cell.weight),
            (cell.below, small, "secondary", Weight.REGULAR),
        ):
            if words or words is cell.words:
                lines = wrapped(self.measure, words, size, room, bold=weight is Weight.BOLD)
                box = Box(left, top, room, len(lines) * LEADING * size)
                yield Text(box, lines, size, ink, side, weight, words)
                top = box.bottom


def table_of(
    measure: Measure,
    columns: Sequence[Column],
    rows: Sequence[Row],
    room: tuple[float, float],
    size: float,
    scale: float,
) -> Table:
    """Return a table between the two edges of *room*, its columns as wide as their words need and their shares give."""
    left, right = room
    across, pad = right - left, 2 * PAD * scale
    fitted = [n for n, column in enumerate(columns) if not column.share]
    shares = sum(column.share for column in columns)
    needs = {n: _needed(measure, n, columns[n], rows, size) for n in fitted}
    least = {n: min(word, WIDEST * across) + pad for n, (word, _) in needs.items()}
    whole = {n: max(least[n], min(line, WIDEST * across) + pad) for n, (_, line) in needs.items()}
    most = MOST_FITTED * across if shares else across
    found = dict(zip(fitted, _shared([(least[n], whole[n]) for n in fitted], most), strict=True))
    rest = across - sum(found.values())
    if not shares:
        found = {n: width + rest / len(columns) for n, width in found.items()}
    widths = [found[n] if n in found else rest * c.share / shares for n, c in enumerate(columns)]
    return Table(measure, columns, widths, left, right, size, scale)


def _shared(wanted: Sequence[tuple[float, float]], room: float) -> Iterator[float]:
    """Yield as much of *room* as each wants (least, most), less of the most where that is too much in all."""
    least, most = sum(low for low, _ in wanted), sum(high for _, high in wanted)
    if least >= room:
        yield from (low * room / least for low, _ in wanted)
    else:
        part = 1.0 if most <= room else (room - least) / (most - least)
        yield from (low + part * (high - low) for low, high in wanted)


def decimals_of(efforts: Iterable[float]) -> int:
    """Return how many decimals a column of person-weeks has: one, or none where all are whole or one is a hundred."""
    known = list(efforts)
    return 0 if max(known, default=0.0) >= WHOLE_FROM or all(round(e, 1) == round(e) for e in known) else 1


def weeks_text(effort: float, decimals: int) -> str:
    """Return person-weeks with so many decimals, without their unit, such as ``1 200`` or ``12.5``."""
    return f"{effort:,.{decimals}f}".replace(",", NO_BREAK)


def side_of(words: str, align: Align = Align.LEFT) -> Align:
    """Return where words stand in their box: at the right what is read from there."""
    return Align.RIGHT if align is Align.LEFT and leads_right(words) else align


def _needed(measure: Measure, n: int, column: Column, rows: Sequence[Row], size: float) -> tuple[float, float]:
    """Return how wide the widest word of a column is, and its widest line; a title may break between its words."""
    words = [measure.width(word, size, bold=True) for word in column.title.split()]
    lines = list[float]()
    for row in rows:
        if isinstance(row, Band):
            continue
        cell = row[n]
        for text, points, weight in ((cell.words, size, cell.weight), (cell.below, size * BELOW, Weight.REGULAR)):
            bold = weight is Weight.BOLD
            lines += (measure.width(part, points, bold=bold) for part in text.split("\n"))
            words += (measure.width(word, points, bold=bold) for word in text.replace("\n", " ").split(" "))
    word = max(words, default=0.0) + SPARE
    return word, max(max(lines, default=0.0) + SPARE, word)


def _at_foot(text: Text, foot: float) -> Text:
    return replace(text, box=text.box._replace(top=foot - text.box.height))
