"""Tiles: how the days of a timeline are spread over pages side by side, each repeating the end of the last; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.paper import MILLIMETRE
from roadmapper.reports.row_parts import Frame

OVERLAP = 4.5 * MILLIMETRE
"""What is at the edge of a tile stands on the next one too: at least so many points of it."""
MOST_COLUMNS = 400


@dataclass(frozen=True, slots=True)
class Column:
    """The days on the pages below each other; *before* and *after* say where what is also on the next page begins."""

    number: int
    frame: Frame
    before: float | None
    after: float | None


def columns_of(
    span: DateSpan, margin: float, left: float, right: float, wide: int = 1, scale: float | None = None
) -> tuple[Column, ...]:
    """Return *span* on pages side by side: so many as *wide*, or as many as it takes at *scale* millimetres a week.

    Raises Refused when that would be more than can be glued together.
    """
    room = right - left
    if scale is None:
        days, overlap = _fitted(span.days, wide, room)
    else:
        width = scale * MILLIMETRE / 7
        days = max(int(room / width), 2)
        overlap = _overlap(days, width)
        wide = 1 if span.days <= days else ceil((span.days - overlap) / (days - overlap))
    if wide > MOST_COLUMNS:
        raise Refused(tr("That would be {n} pages wide: choose fewer millimetres a week or fewer days.").format(n=wide))
    width = room / max(days, 1) if scale is None else scale * MILLIMETRE / 7
    found: list[Column] = []
    for n in range(wide):
        start = span.start + timedelta(n * (days - overlap))
        end = min(start + timedelta(days), span.end)
        if end <= start:
            break
        edge = left + (end - start).days * width
        last = end == span.end
        after = None if last else edge - overlap * width
        found.append(Column(n, Frame(DateSpan(start, end), margin, left, edge), left + overlap * width if n else None,
                            after))  # fmt: skip
        if last:
            break
    return tuple(found)


def _fitted(days: int, wide: int, room: float) -> tuple[int, int]:
    """Return how many days stand on each of *wide* pages, and how many of them also on the next one."""
    if wide == 1 or days == 1:
        return days, 0
    overlap, each = 1, days
    for _ in range(4):
        each = max(ceil((days + (wide - 1) * overlap) / wide), overlap + 1)
        overlap = _overlap(each, room / each)
    return each, overlap


def _overlap(days: int, width: float) -> int:
    return max(min(ceil(OVERLAP / width), days // 3), 1 if days > 1 else 0)
