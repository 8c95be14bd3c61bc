"""Measure cards: the measures that IT and marketing share, two beside each other, with the line of their readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadmapper.chart.trend import Course
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard import Standing
from roadmapper.planning.consults.scoreboard_words import (
    contradiction_text,
    latest_text,
    owners_texts,
    readings_text,
    target_text,
    trend_text,
    way_text,
)
from roadmapper.reports.flow import BODY, SMALL, Flow
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, Box, Drawing, Item, Text, Weight
from roadmapper.reports.pieces import Piece
from roadmapper.reports.sheets import DOT, one_line
from roadmapper.reports.tables import side_of
from roadmapper.reports.wrapping import wrapped

ACROSS = 2
GAP, BETWEEN = 22.0, 12.0
TREND = 62.0
"""Points of A4 that the line of the readings is high."""
VALUE = BODY + 5


def measure_cards(flow: Flow, measure: Measure, standings: Sequence[Standing]) -> Iterator[Piece]:
    """Yield the measures in rows of two, each row as one piece."""
    scale = flow.scale
    width = (flow.room.width - (ACROSS - 1) * GAP * scale) / ACROSS
    for first in range(0, len(standings), ACROSS):
        items: list[Item] = []
        deepest = 0.0
        for n, standing in enumerate(standings[first : first + ACROSS]):
            card = list(_card(flow, measure, standing, flow.room.left + n * (width + GAP * scale), width))
            items += card
            deepest = max(deepest, *(item.box.bottom for item in card))
        words = " ".join(item.words for item in items if isinstance(item, Text))
        yield Piece(deepest + BETWEEN * scale, tuple(items), words=words)


def _card(flow: Flow, measure: Measure, standing: Standing, left: float, width: float) -> Iterator[Text | Drawing]:
    """Yield name, latest value and way, the line of the readings, then where it is to go and who owns it."""
    y = 0.0

    def written(words: str, points: float, ink: str = "text", weight: Weight = Weight.REGULAR) -> Text:
        size = flow.size(points)
        lines = wrapped(measure, words, size, width, bold=weight is Weight.BOLD)
        box = Box(left, y, width, len(lines) * LEADING * size)
        return Text(box, lines, size, ink, side_of(words), weight, words)

    name = one_line(standing.measure.title)
    for words, points, ink, weight in (
        (name, BODY, "text", Weight.BOLD),
        (latest_text(standing), VALUE, "text", Weight.BOLD),
        (DOT.join((way_text(standing), trend_text(standing))), BODY, "text", Weight.REGULAR),
    ):
        text = written(words, points, ink, weight)
        yield text
        y = text.box.bottom
    if standing.readings:
        box = Box(left, y + 3.0 * flow.scale, width, TREND * flow.scale)
        yield Drawing(box, course_of(standing), tr("{title}: its readings by day").format(title=name))
        y = box.bottom + 2.0 * flow.scale
    below = [target_text(standing.measure), readings_text(standing)]
    owners = DOT.join(one_line(words) for words in owners_texts(standing.measure))
    for words in (DOT.join(part for part in below if part), owners, contradiction_text(standing.measure)):
        if words:
            text = written(words, SMALL, "secondary")
            yield text
            y = text.box.bottom


def course_of(standing: Standing) -> Course:
    """Return what the line of a measure shows, with the names of its two levels."""
    readings = tuple((reading.day, reading.value) for reading in standing.readings)
    measure = standing.measure
    return Course(readings, measure.baseline, measure.target, tr("baseline"), tr("target"))
