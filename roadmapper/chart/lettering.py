"""Lettering: what is written into a bar, how wide words are, and how they are broken into the lines that fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from roadmapper.chart.lanes import name_of
from roadmapper.domain.increment import Increment, Status


class Letters(Protocol):
    """How wide words are in a font, in pixels."""

    def width(self, words: str) -> float:
        """Return how wide *words* are on one line."""
        ...

    def cut(self, words: str, room: float) -> str:
        """Return *words*, cut with a mark where they are wider than *room*."""
        ...


@dataclass(frozen=True, slots=True)
class MetricLetters:
    """The widths of words, measured each time."""

    metrics: QFontMetricsF

    def width(self, words: str) -> float:
        """Return how wide *words* are on one line."""
        return self.metrics.horizontalAdvance(words)

    def cut(self, words: str, room: float) -> str:
        """Return *words*, cut with a mark where they are wider than *room*."""
        return self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


def in_two_lines(words: str, letters: QFontMetricsF | Letters, width: float) -> list[str]:
    """Return *words* on one line, or broken into two; what does not fit even then is cut with a mark."""
    if isinstance(letters, QFontMetricsF):
        letters = MetricLetters(letters)
    parts = words.split(" ")
    lines = [words]
    if letters.width(words) > width:
        fits = [n for n in range(1, len(parts)) if letters.width(" ".join(parts[:n])) <= width]
        if fits:
            lines = [" ".join(parts[: fits[-1]]), " ".join(parts[fits[-1] :])]
    return [letters.cut(line, width) for line in lines]


def label_of(increment: Increment, prefix: str = "") -> str:
    """Return what stands in a bar on the screen: paper says in its legend what its shades mean, so does a mark here."""
    return ("▶\u00a0" if increment.status is Status.RUNNING else "") + name_of(increment, prefix)
