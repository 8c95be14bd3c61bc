"""Stacking: spans that overlap stand below each other, in as few rows as can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from heapq import heappop, heappush

from roadmapper.domain.dates import DateSpan


def stacked(spans: Iterable[DateSpan]) -> list[int]:
    """Return the row of each of *spans*, which are in order of their starts: the uppermost that is free again."""
    free: list[int] = []
    busy: list[tuple[date, int]] = []
    rows = []
    for span in spans:
        while busy and busy[0][0] <= span.start:
            heappush(free, heappop(busy)[1])
        row = heappop(free) if free else len(busy)
        heappush(busy, (span.end, row))
        rows.append(row)
    return rows
