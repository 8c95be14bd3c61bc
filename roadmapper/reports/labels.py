"""Labels: where the names of bars stand - in the bar, beside it or above it on a pole - and none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

PAD = 0.4
AIR = 0.7
WIDEST = 14.0
MOST_LINES = 4
HOISTED_LINES = 9
FLAG = -1


class Measure(Protocol):
    """How wide words are, in points, in the fonts of the paper."""

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return how wide *words* are on one line."""
        ...

    def lines(
        self, words: str, size: float, width: float, most: int, *, bold: bool = False
    ) -> tuple[tuple[str, ...], bool]:
        """Return *words* broken into at most *most* lines, cut with a mark where need be, and whether all is there."""
        ...


@dataclass(frozen=True, slots=True)
class Strip:
    """A bar from *left* to *right* in points, its name, and which increment of its lane it is; or the FLAG."""

    left: float
    right: float
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Label:
    """A name: its lines, its left edge, its width, the tier above the bar in which it begins; None is in the bar."""

    strip: Strip
    lines: tuple[str, ...]
    left: float
    width: float
    size: float
    tier: int | None = None
    pole: float | None = None
    flipped: bool = False
    centred: bool = False

    @property
    def top(self) -> int:
        """Return the first tier that is free above it."""
        return (self.tier or 0) + len(self.lines)

    def meets(self, left: float, right: float) -> bool:
        """Return whether it, or its pole, stands in the way between *left* and *right*."""
        pole = self.left if self.pole is None else self.pole
        return min(self.left, pole) < right and left < max(self.left + self.width, pole)


@dataclass(frozen=True, slots=True)
class Named:
    """One row of bars and its names: how many lines it holds, how many tiers stand above it.

    The bars are as high as the row, or, if *slim*, as what stands in them.
    """

    strips: tuple[Strip, ...]
    labels: tuple[Label, ...]
    lines: int
    tiers: int
    slim: bool = False

    def lines_in(self, strip: Strip) -> int:
        """Return how many lines the bar of *strip* is high."""
        if not self.slim:
            return self.lines
        return max((len(label.lines) for label in self.labels if label.centred and label.strip is strip), default=1)


def named(strips: Sequence[Strip], flag: Sequence[Strip], edges: tuple[float, float], measure: Measure, size: float,
          floor: float) -> Named:  # fmt: skip
    """Return where the names of the *strips* of one row, in order, stand between the page's *edges*; and the *flag*.

    *size* is the type's, *floor* the least that a name in its own bar may shrink to.
    """
    inside: list[Label] = []
    outside = list(flag)
    for n, strip in enumerate(strips):
        free = strips[n + 1].left if n + 1 < len(strips) else edges[1]
        label = _in_bar(strip, measure, size, floor) or _beside(strip, free, measure, size)
        if label is None:
            outside.append(strip)
        else:
            inside.append(label)
    hoisted = hoist(sorted(outside, key=_pole), edges, measure, size)
    lines = max((len(label.lines) for label in inside), default=1)
    tiers = max((label.top for label in hoisted), default=0)
    return Named(tuple(strips), (*inside, *hoisted), lines, tiers)


def listed(strips: Sequence[Strip], flag: Sequence[Strip], edges: tuple[float, float], measure: Measure,
           size: float) -> list[Named]:  # fmt: skip
    """Return *strips*, in order of their starts, packed into rows such that each has its name beside it.

    On one line, or, where neither side has room for it, on several.
    """
    rows: list[list[Label]] = []
    ends: list[float] = []
    for strip in strips:
        label = set_beside(strip, edges, measure, size)
        left, right = min(label.left, strip.left), max(label.left + label.width, strip.right)
        row = next((n for n, end in enumerate(ends) if end + AIR * size <= left), len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(0.0)
        rows[row].append(label)
        ends[row] = right
    hoisted = hoist(flag, edges, measure, size)
    return [
        Named(
            tuple(label.strip for label in row),
            (*row, *(() if n else hoisted)),
            max(len(label.lines) for label in row),
            0 if n else len(hoisted),
            slim=True,
        )
        for n, row in enumerate(rows)
    ]


def set_beside(strip: Strip, edges: tuple[float, float], measure: Measure, size: float) -> Label:
    """Return the name of a bar on one line, in it or beside it, or on several where there is no room for that."""
    width, pad = measure.width(strip.words, size), PAD * size
    if width + 2 * pad <= strip.right - strip.left:
        return Label(strip, (strip.words,), strip.left, strip.right - strip.left, size, centred=True)
    right, left = edges[1] - strip.right - pad, strip.left - pad - edges[0]
    inside = strip.right - strip.left - 2 * pad
    if width > max(left, right) and inside > max(left, right):
        lines, _ = measure.lines(strip.words, size, inside, HOISTED_LINES)
        return Label(strip, lines, strip.left + pad, inside, size, centred=True)
    if width <= right or right >= left:
        lines, _ = measure.lines(strip.words, size, right, HOISTED_LINES)
        return Label(strip, lines, strip.right + pad, min(width, right), size)
    lines, _ = measure.lines(strip.words, size, left, HOISTED_LINES)
    room = min(width, left)
    return Label(strip, lines, strip.left - pad - room, room, size, flipped=True)


def _in_bar(strip: Strip, measure: Measure, size: float, floor: float) -> Label | None:
    pad = PAD * size
    room = strip.right - strip.left - 2 * pad
    for smaller in (size, max(floor, 0.9 * size), max(floor, 0.8 * size)):
        lines, whole = measure.lines(strip.words, smaller, room, MOST_LINES)
        if whole:
            return Label(strip, lines, strip.left + pad, room, smaller, centred=True)
    return None


def _beside(strip: Strip, free: float, measure: Measure, size: float) -> Label | None:
    pad, width = PAD * size, measure.width(strip.words, size)
    if strip.right + 2 * pad + width > free:
        return None
    return Label(strip, (strip.words,), strip.right + pad, width, size)


def hoist(strips: Sequence[Strip], edges: tuple[float, float], measure: Measure, size: float) -> list[Label]:
    """Return the names of *strips* on poles above them: from right to left, each above whatever it would cover.

    So no pole runs through a name. Names that find no room before the right edge are flipped to the left of their
    poles afterwards, from left to right, and the others end before the first of those poles.
    """
    placed: list[Label] = []
    flipped: list[Strip] = []
    limit, following = edges[1], None
    for strip in reversed(strips):
        pole = _pole(strip)
        label = _hoisted(strip, limit, following, placed, measure, size)
        if label is None:
            flipped.append(strip)
            limit = pole - PAD * size
        else:
            placed.append(label)
        following = pole
    for strip in reversed(flipped):
        pole = _pole(strip)
        room = min(WIDEST * size, pole - edges[0])
        lines, _ = measure.lines(strip.words, size, room, HOISTED_LINES)
        width = max(measure.width(line, size) for line in lines) + PAD * size
        tier = max((other.top for other in placed if other.meets(pole - width, pole)), default=0)
        placed.append(Label(strip, lines, pole - width, width - PAD * size, size, tier, pole, flipped=True))
    return placed


def _hoisted(strip: Strip, limit: float, following: float | None, placed: Sequence[Label], measure: Measure,
             size: float) -> Label | None:  # fmt: skip
    pole, pad = _pole(strip), PAD * size
    found: list[Label] = []
    rooms = [limit - pole - pad]
    if following is not None:
        rooms.append(following - pole - 2 * pad)
    for room in rooms:
        lines, whole = measure.lines(strip.words, size, min(room, WIDEST * size), HOISTED_LINES)
        if not whole and room < WIDEST * size:
            continue
        width = max(measure.width(line, size) for line in lines)
        label = Label(strip, lines, pole + pad, width, size, 0, pole)
        tier = max((other.top for other in placed if other.meets(pole, pole + pad + width)), default=0)
        found.append(replace(label, tier=tier))
    return min(found, key=lambda label: (label.top, len(label.lines)), default=None)


def _pole(strip: Strip) -> float:
    return strip.left + (strip.right - strip.left) * 0.3
