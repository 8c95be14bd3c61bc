"""Arrows: which links are drawn between the bars of a page, and how; no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import trn
from roadmapper.reports.pages import ArrowMark, Box
from roadmapper.reports.routes import CLEAR_OF_BARS, Route, Walls, route

NEAR = 0.9
STUB = 1.4


def is_broken(plan: Plan, link: Link) -> bool:
    """Return whether what comes after starts too early."""
    before, after = plan.increments[link.before], plan.increments[link.after]
    return after.span.start < before.span.end + timedelta(link.lag_days)


def undrawn(count: int) -> str:
    """Return the sentence about so many links for which no free way was found."""
    return trn("{n} link is not drawn, for want of room: the increment sheets name it.",
               "{n} links are not drawn, for want of room: the increment sheets name them.", count)  # fmt: skip


@dataclass(slots=True)
class Arrows:
    """The arrows of a page, and the links that have no room for one there: an arrow under a bar would mislead."""

    drawn: list[ArrowMark] = field(default_factory=list)
    shown: set[EntityId] = field(default_factory=set)
    hidden: set[EntityId] = field(default_factory=set)


def arrows(plan: Plan, boxes: Mapping[EntityId, Box], walls: Walls, size: float) -> Arrows:
    """Return the links that lead to the bars in *boxes*; from one that is elsewhere only the head is drawn.

    Bars that follow each other without a gap need no arrow. *walls* is what may not be crossed, and grows.
    """
    found = Arrows()
    for key, two in boxes.items():
        for link in plan.links_by_increment.get(key, ()):
            if link.after != key or two.left < walls.chart.left or link.before not in plan.increments:
                continue
            one, broken = boxes.get(link.before), is_broken(plan, link)
            if one is not None and one.top == two.top and 0 <= two.left - one.right < NEAR * size and not broken:
                continue
            elsewhere = one is None or one.right > walls.chart.right
            _draw(found, link, stub(two, walls, size) if one is None or elsewhere else route(one, two, walls, size),
                  walls, "bad" if broken else "faint", size)  # fmt: skip
    return found


def arrow(corners: Route, ink: str, size: float) -> ArrowMark:
    """Return the arrow along *corners*."""
    return ArrowMark(*corners[0], *corners[-1], ink, size, corners[1:-1])


def stub(two: Box, walls: Walls, size: float) -> Route | None:
    """Return the end of an arrow that comes from elsewhere: to the start of a bar, or down to it; None without room."""
    length, y = STUB * size, two.top + two.height / 2
    low, high = walls.stretch(y, two.left - CLEAR_OF_BARS - 0.05, upright=False)
    if low <= max(two.left - length, walls.chart.left) and high >= two.left - CLEAR_OF_BARS - 0.1:
        return (two.left - length, y), (two.left, y)
    for n in range(4):
        x = two.left + min((0.55 + 0.5 * n) * size, two.width / 2)
        low, high = walls.stretch(x, two.top - CLEAR_OF_BARS - 0.05, upright=True)
        if low <= two.top - length and high >= two.top - CLEAR_OF_BARS - 0.1:
            return (x, two.top - length), (x, two.top)
    return None


def _draw(found: Arrows, link: Link, corners: Route | None, walls: Walls, ink: str, size: float) -> None:
    if corners is None:
        found.hidden.add(link.id)
        return
    walls.take(corners)
    found.shown.add(link.id)
    found.drawn.append(arrow(corners, ink, size))
