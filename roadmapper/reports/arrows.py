"""Arrows: which links are drawn between the bars of a page, and how; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.reports.pages import ArrowMark, Box

NEAR = 0.9
STUB = 1.4


def is_broken(plan: Plan, link: Link) -> bool:
    """Return whether what comes after starts too early."""
    before, after = plan.increments[link.before], plan.increments[link.after]
    return after.span.start < before.span.end + timedelta(link.lag_days)


def arrows(plan: Plan, boxes: Mapping[EntityId, Box], chart: Box, size: float) -> Iterator[ArrowMark]:
    """Yield the links that lead to the bars in *boxes*; from one that is elsewhere only the head is drawn.

    Bars that follow each other without a gap need no arrow. *chart* is where the bars may be painted.
    """
    for key, two in boxes.items():
        for link in plan.links_by_increment.get(key, ()):
            if link.after != key or two.left < chart.left or link.before not in plan.increments:
                continue
            one, broken = boxes.get(link.before), is_broken(plan, link)
            x, y = two.left, two.top + two.height / 2
            ink = "bad" if broken else "faint"
            if one is None or one.right > chart.right:
                yield ArrowMark(max(x - STUB * size, chart.left - STUB * size), y, x, y, ink, size)
            elif broken or not (one.top == two.top and 0 <= x - one.right < NEAR * size):
                yield ArrowMark(one.right, one.top + one.height / 2, x, y, ink, size)
