"""Legend: what each mark on a page means, in lines of small entries; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roadmapper.chart.lanes import Diamond
from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.wording import tr
from roadmapper.reports.labels import Measure
from roadmapper.reports.marks import LOOKS, Mark
from roadmapper.reports.pages import (
    LEADING,
    ArrowMark,
    BarMark,
    Box,
    DiamondMark,
    Fill,
    FlagMark,
    HatchMark,
    Item,
    Rule,
    Text,
)

STEP = 1.7
DIAMONDS = {mark: look for look, mark in LOOKS.items()}
SIGNS = {Mark.DELIVERED: "✓", Mark.HELD: "‖", Mark.PINNED: "⚑", Mark.BEYOND: "›"}
ARROWS = {Mark.LINK: "faint", Mark.BROKEN: "bad"}
UPRIGHT = {Mark.TODAY: "bad", Mark.REPEATED: "faint"}
LINES = {Mark.EARNED: "accent", Mark.EARNED_AT_ONCE: "secondary"}
NARROW = 1.3
WIDE = 2.4
_ID = EntityId("legend")


@dataclass(frozen=True, slots=True)
class Legend:
    """What *marks* mean, in type of *size* points on lines of *room* points."""

    marks: Sequence[Mark]
    size: float
    room: float
    measure: Measure
    today: date

    @property
    def height(self) -> float:
        """Return how high its lines are together."""
        return len(self._lines()) * STEP * self.size if self.marks else 0.0

    def items(self, left: float, top: float) -> Iterator[Item]:
        """Yield the entries, from their upper left corner."""
        for n, line in enumerate(self._lines()):
            for mark, x in line:
                yield from self._entry(mark, left + x, top + n * STEP * self.size)

    def _lines(self) -> list[list[tuple[Mark, float]]]:
        """Return the marks line by line, each with its distance from the left."""
        used = 0.0
        lines: list[list[tuple[Mark, float]]] = [[]]
        for mark in self.marks:
            width = self._icon(mark) + self.measure.width(tr(mark.value), self.size) + 2.2 * self.size
            if used + width > self.room and lines[-1]:
                lines.append([])
                used = 0.0
            lines[-1].append((mark, used))
            used += width
        return lines

    def _icon(self, mark: Mark) -> float:
        narrow = mark in DIAMONDS or mark in SIGNS or mark in UPRIGHT or mark is Mark.FLAG
        return self.size * (NARROW if narrow else WIDE)

    def _entry(self, mark: Mark, left: float, top: float) -> Iterator[Item]:
        size = self.size
        icon = Box(left, top, self._icon(mark), 1.3 * size)
        yield from self._sample(mark, icon)
        words = tr(mark.value)
        box = Box(icon.right + 0.6 * size, top + 0.04 * size, self.measure.width(words, size) + 0.2, LEADING * size)
        yield Text(box, (words,), size, "secondary", words=words)

    def _sample(self, mark: Mark, icon: Box) -> Iterator[Item]:
        """Yield the mark itself."""
        size, small = self.size, 0.8 * self.size
        middle = icon.top + icon.height / 2
        if mark in DIAMONDS:
            diamond = Diamond(Checkpoint(_ID, _ID, self.today), DIAMONDS[mark])
            yield DiamondMark(icon.left + icon.width / 2, middle, diamond, small)
        elif mark in SIGNS:
            yield Text(icon._replace(height=LEADING * size), (SIGNS[mark],), size, words=SIGNS[mark])
        elif mark in ARROWS:
            yield ArrowMark(icon.left, middle, icon.right, middle, ARROWS[mark], small)
        elif mark is Mark.GAP:
            yield HatchMark(icon._replace(top=icon.top + 0.3 * size, height=0.7 * size), small)
        elif mark is Mark.ORIGINAL:
            yield Fill(icon._replace(top=icon.top + 0.25 * size, height=0.8 * size), "ghost")
        elif mark is Mark.FLAG:
            yield FlagMark(icon.left + 0.2 * size, icon.top, icon.bottom, 0, small)
        elif mark in LINES:
            yield Rule(icon.left, middle, icon.right, middle, LINES[mark], 1.2, dashed=mark is Mark.EARNED_AT_ONCE)
        elif mark in UPRIGHT:
            x = icon.left + icon.width / 2
            yield Rule(x, icon.top, x, icon.bottom, UPRIGHT[mark], 0.9, dashed=mark is Mark.REPEATED)
        else:
            yield BarMark(icon, self._example(mark), 0, small)

    def _example(self, mark: Mark) -> Increment:
        span = DateSpan(self.today - timedelta(10), self.today + timedelta(10))
        usable, status = mark is not Mark.GROUNDWORK, Status.RUNNING if mark is Mark.RUNNING else Status.PLANNED
        return Increment(_ID, _ID, "-", span, "-" if usable else "", status=status)
