"""Routes: how an arrow gets from one bar to another, upright and level, round all that stands on the page; no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import NamedTuple

from roadmapper.reports.pages import Align, BarMark, Box, DiamondMark, FlagMark, HatchMark, Item, Rule, Text

HEAD = 0.75
"""The length of an arrow's head, in sizes of its type."""
CLEAR_OF_BARS, CLEAR_OF_WORDS, CLEAR_OF_ARROWS = 0.6, 1.2, 2.2
MARK = 0.75
DOORS = 5
MOST_LINES = 600
"""So many lines are looked at for an arrow before it is given up: a page that is so full would be a tangle."""
LEVELS = 28

Route = tuple[tuple[float, float], ...]


class _Line(NamedTuple):
    """A free stretch, upright at x = *at* or level at y = *at*, *low* to *high*; it was entered at *turn*."""

    upright: bool
    at: float
    low: float
    high: float
    turn: float
    parent: int


@dataclass(slots=True)
class Walls:
    """What arrows on a page must not cross, and the arrows that lie already: none may run along another."""

    chart: Box
    boxes: list[Box] = field(default_factory=list)
    upright: list[Box] = field(default_factory=list)
    level: list[Box] = field(default_factory=list)

    def within(self, low: float, high: float) -> Walls:
        """Return what of it stands between two heights."""
        return Walls(self.chart, *([b for b in boxes if b.bottom > low and b.top < high]
                                   for boxes in (self.boxes, self.upright, self.level)))  # fmt: skip

    def flipped(self) -> Walls:
        """Return it upside down."""
        boxes = ([_flipped(b) for b in boxes] for boxes in (self.boxes, self.upright, self.level))
        return Walls(_flipped(self.chart), *boxes)

    def stretch(self, at: float, through: float, *, upright: bool) -> tuple[float, float]:
        """Return from where to where a line at *at* is free around *through*; nothing is, where the first is larger."""
        chart = self.chart
        low, high = (chart.top, chart.bottom) if upright else (chart.left, chart.right)
        for box in (*self.boxes, *(self.upright if upright else self.level)):
            left, top, wide, tall = box if upright else (box.top, box.left, box.height, box.width)
            if not left < at < left + wide:
                continue
            if top >= through:
                high = min(high, top)
            elif top + tall <= through:
                low = max(low, top + tall)
            else:
                return inf, -inf
        return low, high

    def take(self, route: Route) -> None:
        """Let no further arrow run along *route*."""
        air = CLEAR_OF_ARROWS
        for (x1, y1), (x2, y2) in pairwise(route):
            left, top = min(x1, x2), min(y1, y2)
            if abs(x1 - x2) < 0.01:
                self.upright.append(Box(left - air, top - air, 2 * air, abs(y1 - y2) + 2 * air))
            else:
                self.level.append(Box(left - air, top - air, abs(x1 - x2) + 2 * air, 2 * air))


def walls_of(items: Iterable[Item], chart: Box) -> Walls:
    """Return what arrows must not cross of *items* in the *chart*: bars, words, diamonds, flags, poles, silences."""
    walls = Walls(chart)
    for item in items:
        box = _room_of(item)
        if box is not None and box.right > chart.left and box.left < chart.right:
            walls.boxes.append(box)
    return walls


def route(one: Box, two: Box, walls: Walls, size: float) -> Route | None:
    """Return the corners of an arrow from the end of bar *one* to the start of bar *two*; None where there is no way.

    It leaves through the lower or upper edge and arrives at one with its head free; with as few corners as it can.
    """
    gap = two.left - one.right
    if one.top < two.bottom and two.top < one.bottom and gap > HEAD * size:
        y = (max(one.top, two.top) + min(one.bottom, two.bottom)) / 2
        middle = (one.right + two.left) / 2
        low, high = walls.stretch(y, middle, upright=False)
        if low <= one.right + CLEAR_OF_BARS + 0.01 and high >= two.left - CLEAR_OF_BARS - 0.01:
            return (one.right, y), (two.left, y)
    if two.bottom <= one.top:
        found = route(_flipped(one), _flipped(two), walls.flipped(), size)
        return None if found is None else tuple((x, -y) for x, y in found)
    near = walls.within(one.top, max(two.bottom, one.bottom) + 4 * size)
    return _search(one, two, near, size)


def _search(one: Box, two: Box, walls: Walls, size: float) -> Route | None:
    """Return a way downwards from *one*, found by following free lines from corner to corner, few corners first."""
    above = two.top >= one.bottom
    edge = two.top if above else two.bottom
    start, near = one.bottom + CLEAR_OF_BARS + 0.05, HEAD * size + 1.0
    end = edge - near if above else edge + near
    goals = {x: walls.stretch(x, end, upright=True) for x in _doors(two.left, two.right, size)}
    touch = edge - CLEAR_OF_BARS - 0.1 if above else edge + CLEAR_OF_BARS + 0.1
    goals = {x: (low, high) for x, (low, high) in goals.items() if low <= touch <= high}
    if not goals:
        return None
    lines: list[_Line] = []
    seen: set[tuple[bool, float, float]] = set()
    queue: deque[int] = deque()

    def add(line: _Line) -> None:
        key = line.upright, round(line.at, 1), round(line.low, 1)
        if line.high > line.low and key not in seen and len(lines) < MOST_LINES:
            seen.add(key)
            lines.append(line)
            queue.append(len(lines) - 1)

    for x in (*_doors(one.right, one.left, size), *(x for x in goals if one.left + 1 < x < one.right - 1)):
        low, high = walls.stretch(x, start, upright=True)
        if low <= start:
            add(_Line(True, x, start, high, start, -1))
    xs, ys = _columns(walls, one, two, tuple(goals)), _levels(walls, start, end, above=above, size=size)
    while queue:
        number = queue.popleft()
        line = lines[number]
        for x, (low, high) in goals.items():
            met = _met(line, x, (low, high), end, above=above)
            if met is not None:
                return _back(lines, number, one.bottom, (*met, (x, edge)))
        for at in ys if line.upright else xs:
            if line.low <= at <= line.high:
                low, high = walls.stretch(at, line.at, upright=not line.upright)
                if not line.upright:  # no line goes back above where the arrow begins
                    low = max(low, start)
                add(_Line(not line.upright, at, low, high, line.at, number))
    return None


def _met(line: _Line, x: float, goal: tuple[float, float], end: float, *, above: bool) -> Route | None:
    """Return the last corners, where *line* leads to a *goal* at *x* with room for the head."""
    if line.upright:
        return () if above and abs(line.at - x) < 0.01 and line.high >= end else None
    fits = goal[0] <= line.at <= end if above else end <= line.at <= goal[1]
    return ((x, line.at),) if fits and line.low <= x <= line.high else None


def _back(lines: list[_Line], number: int, foot: float, last: Route) -> Route:
    """Return the corners of the way that ends with *last*, from the edge it leaves."""
    corners: list[tuple[float, float]] = []
    while number >= 0:
        line = lines[number]
        corners.append((line.at, line.turn) if line.upright else (line.turn, line.at))
        number = line.parent
    corners[-1] = corners[-1][0], foot
    return (*reversed(corners), *last)


def _doors(near: float, far: float, size: float) -> list[float]:
    """Return where an arrow may leave or reach a bar: close to its end *near*, never beyond the middle to *far*."""
    way = 1 if far > near else -1
    inset, half = min(0.55 * size, abs(far - near) / 2), abs(far - near) / 2
    step = max((half - inset) / (DOORS - 1), 0.01)
    return list(dict.fromkeys(round(near + way * min(inset + n * step, half), 3) for n in range(DOORS)))


def _columns(walls: Walls, one: Box, two: Box, goals: tuple[float, ...]) -> list[float]:
    """Return where upright lines are tried: beside whatever stands in the way, the nearest first."""
    middle, found = (one.right + two.left) / 2, set(goals)
    for box in walls.boxes:
        found |= {box.left - 0.05, box.right + 0.05}
    return sorted((x for x in found if walls.chart.left < x < walls.chart.right), key=lambda x: abs(x - middle))


def _levels(walls: Walls, start: float, end: float, *, above: bool, size: float) -> list[float]:
    """Return where level lines are tried, those close to the arrow's end first."""
    low, high = (start + 0.4 * size, end) if above else (max(start, end), max(start, end) + 4 * size)
    high = min(high, walls.chart.bottom)
    step = max((high - low) / LEVELS, 0.25 * size)
    count = int((high - low) / step) + 1 if high >= low else 0
    found = {high - n * step for n in range(count)} if above else {low + n * step for n in range(count)}
    found |= {y for box in walls.boxes for y in (box.top - 0.05, box.bottom + 0.05) if low <= y <= high}
    return sorted(found, reverse=above)


def _room_of(item: Item) -> Box | None:
    """Return the room that an arrow must leave to *item*; None where it may cross it."""
    if isinstance(item, BarMark):
        return _grown(item.box, CLEAR_OF_BARS)
    if isinstance(item, Text):
        if item.align is Align.CENTRE:  # it stands in its bar
            return None
        return _grown(item.box, CLEAR_OF_WORDS)
    if isinstance(item, HatchMark):
        return _grown(item.box, CLEAR_OF_BARS)
    if isinstance(item, DiamondMark):
        half = MARK * item.type
        return Box(item.x - half, item.y - half, 2 * half, 2 * half)
    if isinstance(item, FlagMark):
        return Box(item.x - 1, item.top - 1, 1.1 * item.type, item.foot - item.top + 1)
    if isinstance(item, Rule) and item.x1 == item.x2:
        return Box(item.x1 - 1, item.y1, 2, item.y2 - item.y1)
    return None


def _grown(box: Box, air: float) -> Box:
    return Box(box.left - air, box.top - air, box.width + 2 * air, box.height + 2 * air)


def _flipped(box: Box) -> Box:
    return box._replace(top=-box.bottom)
