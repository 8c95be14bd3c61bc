"""LinkHits: where the curve of a link runs, and which of several links lies under the pointer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TypeVar

K = TypeVar("K")

REACH = 5.0
LEAST_BEND = 14.0
MOST_BEND = 40.0
PIECES = 24

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """The cubic curve from the end of a bar to the start of another, in pixels; *bend* is how far it goes straight on.

    It is the curve that `Painter.arrow` paints.
    """

    start: Point
    end: Point
    bend: float

    def at(self, t: float) -> Point:
        """Return the point at *t*, from 0 at the start to 1 at the end (the Bernstein form of a cubic Bezier curve)."""
        (x1, y1), (x2, y2), s = self.start, self.end, 1 - t
        one, two, three, four = s**3, 3 * s * s * t, 3 * s * t * t, t**3
        x = one * x1 + two * (x1 + self.bend) + three * (x2 - self.bend) + four * x2
        return x, (one + two) * y1 + (three + four) * y2

    def distance(self, x: float, y: float) -> float:
        """Return how far a point lies from the curve, which is taken as PIECES straight pieces."""
        points = [self.at(n / PIECES) for n in range(PIECES + 1)]
        return min(_from_piece(x, y, one, two) for one, two in pairwise(points))

    def may_reach(self, x: float, y: float, reach: float) -> bool:
        """Return whether a point within *reach* of the curve could be *x*, *y*: whether it lies in its rectangle."""
        left, right = min(self.start[0], self.end[0] - self.bend), max(self.start[0] + self.bend, self.end[0])
        top, bottom = min(self.start[1], self.end[1]), max(self.start[1], self.end[1])
        return left - reach <= x <= right + reach and top - reach <= y <= bottom + reach


def curve_between(start: Point, end: Point, unit: float) -> Curve:
    """Return the curve of a link; *unit* is how many pixels a unit of the chart has."""
    return Curve(start, end, max(LEAST_BEND * unit, min(abs(end[0] - start[0]) / 2, MOST_BEND * unit)))


def nearest(curves: Iterable[tuple[K, Curve]], x: float, y: float, unit: float) -> K | None:
    """Return whose curve lies nearest to a point, within REACH units; None where none does."""
    reach = REACH * unit
    near = [(curve.distance(x, y), n, key) for n, (key, curve) in enumerate(curves) if curve.may_reach(x, y, reach)]
    distance, _, found = min(near, key=lambda each: each[:2], default=(reach + 1, 0, None))
    return found if distance <= reach else None


def _from_piece(x: float, y: float, one: Point, two: Point) -> float:
    """Return how far a point lies from a straight piece: from its foot on it, or from the nearer end."""
    dx, dy = two[0] - one[0], two[1] - one[1]
    length = dx * dx + dy * dy
    along = ((x - one[0]) * dx + (y - one[1]) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return hypot(x - one[0] - along * dx, y - one[1] - along * dy)
