"""Axes: where the numbers of a chart with two scales stand - ticks that are easy to read, and lines of equal score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, ceil, floor, hypot, log10, pi

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
SLACK = 1e-9
LEAST_ANGLE = pi / 20
APART = pi / 15
MOST_RAYS = 5


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from 0 to *top* with a tick every *step*; both in the unit of what stands on it."""

    top: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """Return where the ticks are, 0 and the top included."""
        return tuple(n * self.step for n in range(round(self.top / self.step) + 1))


def axis_for(largest: float, most: int) -> Axis:
    """Return the shortest axis that holds *largest* with at most *most* steps of 1, 2, 2.5 or 5 times a power of ten.

    It ends at a tick. Where there is nothing to show it reaches to 1.
    """
    if largest <= 0:
        return Axis(1.0, 1.0)
    rough = largest / max(most, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(s * power for s in STEPS if s * power >= rough * (1 - SLACK))
    return Axis(max(ceil(largest / step - SLACK), 1) * step, step)


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle between the axes, in pixels, y downwards, and what it shows: 0 to *right* and 0 to *top*.

    *x* and *y* belong to the pixels of *width* and *height*; a rim of *rim* pixels beyond the ends of the axes leaves
    room for what has a size.
    """

    left: float
    top: float
    width: float
    height: float
    rim: float
    x: Axis
    y: Axis

    @property
    def right(self) -> float:
        """Return the right edge in pixels."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return the lower edge in pixels, where y is 0."""
        return self.top + self.height

    @property
    def across(self) -> float:
        """Return how many pixels one unit of x takes."""
        return max(self.width - self.rim, 1.0) / self.x.top

    @property
    def up(self) -> float:
        """Return how many pixels one unit of y takes."""
        return max(self.height - self.rim, 1.0) / self.y.top

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a pair of values stands, in pixels."""
        return self.left + x * self.across, self.bottom - y * self.up


@dataclass(frozen=True, slots=True)
class Ray:
    """The line on which y / x is *score*, from the origin to where it leaves the frame: *over* its top or not."""

    score: float
    x: float
    y: float
    over: bool


def ray_of(frame: Frame, score: float) -> Ray:
    """Return the line of equal score, with its far end in pixels."""
    rise = score * frame.up / frame.across
    if rise * frame.width > frame.height:
        return Ray(score, frame.left + frame.height / rise, frame.top, over=True)
    return Ray(score, frame.right, frame.bottom - rise * frame.width, over=False)


def rays_for(frame: Frame, least: float, most: float) -> tuple[Ray, ...]:
    """Return a few lines of equal score for scores between *least* and *most*, steepest first, well apart."""
    rays: list[Ray] = []
    last = pi / 2
    for score in _round_scores(least, most):
        ray = ray_of(frame, score)
        angle = atan2(frame.bottom - ray.y, ray.x - frame.left)
        if LEAST_ANGLE <= angle <= last - APART and len(rays) < MOST_RAYS:
            rays.append(ray)
            last = angle
    return tuple(rays)


def _round_scores(least: float, most: float) -> Iterator[float]:
    """Yield 5, 2 and 1 times the powers of ten from above *most* down to below *least*."""
    if not 0 < least <= most:
        return
    for power in range(ceil(log10(most)), floor(log10(least)) - 1, -1):
        for digit in (5, 2, 1):
            yield digit * 10.0**power


def distance_to(ray: Ray, frame: Frame, x: float, y: float) -> float:
    """Return how far a point is from a line of equal score, in pixels."""
    dx, dy = ray.x - frame.left, ray.y - frame.bottom
    return abs(dx * (y - frame.bottom) - dy * (x - frame.left)) / hypot(dx, dy)
