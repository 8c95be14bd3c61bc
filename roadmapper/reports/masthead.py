"""Masthead: title, days and key figures at the top of a page, and how much room they take; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roadmapper.domain.wording import tr
from roadmapper.reports.key_figures import KeyFigure
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Align, Box, Text, Weight
from roadmapper.reports.sheets import Sheet

TITLES, FURTHER = (17.0, 14.0, 11.0), (12.0, 11.0)
UNDER, VALUE, CAPTION = 7.8, 15.0, 7.2
FIGURE = 0.17
GUTTER = 14.0
BELOW = 11.0


@dataclass(frozen=True, slots=True)
class Masthead:
    """What is written at the top of a page, and where that ends, the air below it included."""

    items: tuple[Text, ...]
    foot: float

    @classmethod
    def of(cls, sheet: Sheet, room: Box, scale: float, measure: Measure, *, further: bool) -> Masthead:
        """Return the head of the first page, or the smaller one of each *further* page."""
        if further:
            return titled(sheet.title, tr("continued"), room, scale, measure, FURTHER)
        if room.height > room.width:
            head = titled(sheet.title, sheet.subtitle, room, scale, measure, TITLES)
            below = room._replace(top=head.foot - 4 * scale)
            figures, foot = _figures(sheet.figures, below, room.width / 3, scale, measure, Align.LEFT)
            return cls((*head.items, *figures), (foot if figures else head.foot - BELOW * scale) + BELOW * scale)
        wide = FIGURE * room.width * len(sheet.figures)
        head = titled(sheet.title, sheet.subtitle, room._replace(width=room.width - wide), scale, measure, TITLES)
        beside = room._replace(left=room.right - wide, width=wide)
        figures, foot = _figures(sheet.figures, beside, FIGURE * room.width, scale, measure, Align.RIGHT)
        return cls((*head.items, *figures), max(head.foot, foot + BELOW * scale))


def titled(
    title: str, under: str, room: Box, scale: float, measure: Measure, sizes: Sequence[float] = TITLES
) -> Masthead:
    """Return a title, in the largest of *sizes* in which it takes one line, and the words under it."""
    lines: tuple[str, ...] = (title,)
    size = sizes[0]
    for wanted in sizes:
        size = wanted * scale
        lines, whole = measure.lines(title, size, room.width, 3, bold=True)
        if whole and len(lines) == 1:
            break
    box = Box(room.left, room.top, room.width, len(lines) * LEADING * size)
    head = Text(box, lines, size, weight=Weight.BOLD, words=title, heading=True)
    small = max(UNDER * scale, LEAST_TYPE)
    said, _ = measure.lines(under, small, room.width, 4)
    below = Box(room.left, box.bottom + 2 * scale, room.width, len(said) * LEADING * small)
    return Masthead((head, Text(below, said, small, "secondary", words=under)), below.bottom + BELOW * scale)


def _figures(figures: Sequence[KeyFigure], room: Box, width: float, scale: float, measure: Measure,
             align: Align) -> tuple[list[Text], float]:  # fmt: skip
    """Return the figures side by side from the left of *room*, *width* each, and where they end."""
    found: list[Text] = []
    inner, foot = width - GUTTER * scale, room.top
    widest = max((measure.width(figure.value, 1.0, bold=True) for figure in figures), default=1.0)
    value, small = max(min(VALUE * scale, 0.98 * inner / widest), LEAST_TYPE), max(CAPTION * scale, LEAST_TYPE)
    for n, figure in enumerate(figures):
        left = room.left + n * width + (GUTTER * scale if align is Align.RIGHT else 0.0)
        box = Box(left, room.top, inner, LEADING * value)
        lines, _ = measure.lines(figure.value, value, inner, 1, bold=True)
        found.append(Text(box, lines, value, figure.ink, align, Weight.BOLD, figure.value))
        lines, _ = measure.lines(figure.caption, small, inner, 4)
        below = Box(left, box.bottom + 2 * scale, inner, len(lines) * LEADING * small)
        found.append(Text(below, lines, small, "secondary", align, words=figure.caption))
        foot = max(foot, below.bottom)
    return found, foot
