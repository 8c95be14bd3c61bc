"""Trend bars: where a bar begins and ends - of what was claimed and earned, of the way to a target, of increments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BarScale:
    """Values from *low*, at most 0, to *high*, at least 0, on bars that are 1 long in all."""

    low: float
    high: float

    @property
    def zero(self) -> float:
        """Return where 0 stands, from 0 to 1."""
        span = self.high - self.low
        return -self.low / span if span else 0.0

    def bar(self, value: float) -> tuple[float, float]:
        """Return where the bar of a value begins and how long it is, each from 0 to 1; below 0 it ends at zero."""
        span = self.high - self.low
        length = abs(value) / span if span else 0.0
        return (self.zero - length if value < 0 else self.zero), length


def bar_scale(values: Iterable[float]) -> BarScale:
    """Return the scale on which all *values* have a place beside 0."""
    there = [0.0, *values]
    return BarScale(min(there), max(there))


def way_part(way: float | None) -> float:
    """Return how much of the bar of a way is full, from 0 to 1."""
    return 0.0 if way is None else min(max(way, 0.0), 1.0)


def share(part: int, whole: int) -> float:
    """Return which part of a whole something is, from 0 to 1; nothing of nothing is 0."""
    return min(max(part / whole, 0.0), 1.0) if whole else 0.0
