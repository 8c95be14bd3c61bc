"""Bubbles: investments by effort and value, as large as their revenue - where each stands and which one is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from roadmapper.chart.axes import Frame
from roadmapper.chart.walking import Way
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Ranking

LARGEST, LEAST = 19.0, 4.0
COVERED = 0.22
"""Which part of the frame all bubbles may cover if each were as large as the largest."""
GRAIN = 64
"""Parts of a pixel that count when the nearest bubble is looked for."""
REACH = 4.0


@dataclass(frozen=True, slots=True)
class Spot:
    """An investment as the chart knows it: *effort* in person-weeks, the others in minor units a year.

    *score* is its value a year per person-week, None where it takes no effort.
    """

    key: EntityId
    title: str
    effort: float
    value: float
    revenue: float
    score: float | None
    rank: int
    funded: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    """A spot and its circle, in pixels; *true* unless it is drawn larger than its revenue, so that it is seen."""

    spot: Spot
    x: float
    y: float
    radius: float
    true: bool


def spots_of(plan: Plan, ranking: Ranking) -> tuple[Spot, ...]:
    """Return what has a place, by rank."""
    return tuple(
        Spot(
            key=place.investment,
            title=plan.investments[place.investment].title,
            effort=place.score.effort,
            value=place.score.value,
            revenue=float(plan.investments[place.investment].revenue or 0),
            score=place.score.per_week,
            rank=place.rank,
            funded=place.funded,
        )
        for place in ranking.places
    )


def largest_radius(count: int, width: float, height: float, unit: float) -> float:
    """Return the radius of the largest revenue among *count*, in pixels: the more there are the smaller."""
    return min(LARGEST * unit, max(sqrt(COVERED * width * height / (3.14 * max(count, 1))), 2 * LEAST * unit))


def radius_of(revenue: float, most: float, largest: float) -> float:
    """Return the radius whose area is to that of *largest* as *revenue* is to *most*."""
    return largest * sqrt(revenue / most) if most > 0 else 0.0


def bubbles_of(spots: Iterable[Spot], frame: Frame, unit: float) -> tuple[Bubble, ...]:
    """Return the bubbles in the order of *spots*; areas are proportional to revenue, but never too small to see."""
    spots = tuple(spots)
    most = max((s.revenue for s in spots), default=0.0)
    largest = frame.rim
    found = []
    for spot in spots:
        radius = radius_of(spot.revenue, most, largest)
        x, y = frame.at(spot.effort, spot.value)
        found.append(Bubble(spot, x, y, max(radius, LEAST * unit), radius >= LEAST * unit))
    return tuple(found)


def by_size(bubbles: Iterable[Bubble]) -> list[Bubble]:
    """Return bubbles in the order of painting: the small ones above the large."""
    return sorted(bubbles, key=lambda b: (-b.radius, -b.spot.rank))


def under(bubbles: Iterable[Bubble], x: float, y: float, unit: float) -> list[Bubble]:
    """Return what lies under a point, the topmost first; where nothing does, what is next to it within a few pixels."""
    far = [(hypot(b.x - x, b.y - y) - b.radius, b) for b in bubbles]
    hit = [b for distance, b in far if distance <= 0]
    if not hit:
        near = [(distance, b) for distance, b in far if distance <= REACH * unit]
        hit = [min(near, key=lambda pair: pair[0])[1]] if near else []
    return by_size(hit)[::-1]


def meant(found: Sequence[Bubble], before: EntityId | None) -> Bubble | None:
    """Return which of the bubbles under a point is meant: the topmost, and at each further click the next below."""
    keys = [b.spot.key for b in found]
    if not keys:
        return None
    return found[(keys.index(before) + 1) % len(found)] if before in keys else found[0]


def next_bubble(bubbles: Sequence[Bubble], focused: EntityId | None, way: Way) -> Bubble | None:
    """Return the bubble that *way* leads to: first and last by rank, otherwise the nearest in that quarter.

    Every bubble can be reached from every other. The quarters are the quadrants of p = x + y and q = x - y, and the
    nearest is the one with the smallest max(|p|, |q|). All p differ, and all q, because each bubble's number in the row
    breaks ties; so a step towards the quadrant of the bubble one wants always leads closer to it. Bubbles at the same
    spot follow each other to the right. Where nothing lies that way the focus stays; without a focus it is the first.
    """
    if not bubbles:
        return None
    ordered = sorted(bubbles, key=lambda b: b.spot.rank)
    here = next((n for n, b in enumerate(ordered) if b.spot.key == focused), None)
    if way is Way.LAST:
        return ordered[-1]
    if here is None or way is Way.FIRST:
        return ordered[0]
    p, q = _turned(ordered)
    best, found = 0, ordered[here]
    for n, bubble in enumerate(ordered):
        dp, dq = p[n] - p[here], q[n] - q[here]
        distance = max(abs(dp), abs(dq))
        if n != here and _way(dp, dq) is way and (not best or distance < best):
            best, found = distance, bubble
    return found


def _turned(bubbles: Sequence[Bubble]) -> tuple[list[int], list[int]]:
    """Return p and q of each bubble as whole numbers that all differ."""
    count = len(bubbles)
    return (
        [round((b.x + b.y) * GRAIN) * count + n for n, b in enumerate(bubbles)],
        [round((b.x - b.y) * GRAIN) * count + n for n, b in enumerate(bubbles)],
    )


def _way(dp: int, dq: int) -> Way:
    if dp > 0:
        return Way.RIGHT if dq > 0 else Way.DOWN
    return Way.UP if dq > 0 else Way.LEFT
