"""Marks: what can stand on a chart and needs a word in the legend; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from roadmapper.chart.lanes import Lane, Look
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.increment import Increment, Status


class Mark(Enum):
    """What the legend explains; the value is what it says."""

    USABLE = "delivers something marketing can use"
    GROUNDWORK = "groundwork"
    RUNNING = "done so far"
    DELIVERED = "delivered"
    HELD = "held"
    PINNED = "pinned"
    ORIGINAL = "one big delivery"
    CONSULT = "consult with the CMO"
    APPROVED = "approved"
    CHANGES = "approved with changes"
    REJECTED = "rejected"
    DUE = "consult due"
    GAP = "consult gap"
    FLAG = "first value"
    EARNED = "earned by the plan"
    EARNED_AT_ONCE = "earned by one big delivery"
    LINK = "comes after"
    BROKEN = "starts too early"
    TODAY = "today"
    BEYOND = "goes on beyond these days"
    REPEATED = "also on the tile beside this one"


LOOKS = {
    Look.COMING: Mark.CONSULT,
    Look.APPROVED: Mark.APPROVED,
    Look.CHANGES: Mark.CHANGES,
    Look.REJECTED: Mark.REJECTED,
    Look.DUE: Mark.DUE,
}
STATES = {Status.RUNNING: Mark.RUNNING, Status.DELIVERED: Mark.DELIVERED, Status.HELD: Mark.HELD}
ALWAYS = frozenset({Mark.USABLE, Mark.GROUNDWORK, Mark.CONSULT, Mark.FLAG})
"""What the legend explains even where it is not there: so one roadmap is read like another."""


def marks_of(lane: Lane, span: DateSpan) -> Iterator[Mark]:
    """Yield what of a lane's shows on the days of *span* and needs a word, some of it more than once."""
    yield from marks_of_increments(bar.increment for bar in lane.bars if bar.increment.span.overlaps(span))
    yield from (LOOKS[d.look] for d in lane.diamonds if span.start <= d.checkpoint.day < span.end)
    if any(gap.overlaps(span) for gap in lane.gaps):
        yield Mark.GAP


def marks_of_increments(increments: Iterable[Increment]) -> Iterator[Mark]:
    """Yield what the bars and the names of *increments* show."""
    for increment in increments:
        if increment.status in STATES:
            yield STATES[increment.status]
        if increment.pinned:
            yield Mark.PINNED
