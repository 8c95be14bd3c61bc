"""BaselineOverlay: where the bars stood at the point that is compared with, painted beneath those of now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen, QPolygonF

from roadmapper.chart.batches import ScreenPainter
from roadmapper.chart.lanes import Bar, Lane, Lanes
from roadmapper.chart.painter import Painter, colour
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.planning.against_baseline import Against
from roadmapper.planning.grouping import keys_for
from roadmapper.ui.timeline.comparing import Comparing
from roadmapper.ui.timeline.view import TimelineView

MOST_FINE = 400
"""So many marks are drawn with dashes, arrows and titles; where there are more, nobody could tell them apart."""
FOOT = 8.0
ABOVE = 3.0
FAR = 14.0
LOW = 20.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a bar stood: on which days, in which row of its lane; the bar that moved from there, or None if it went."""

    span: DateSpan
    bar: Bar
    moved: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a row by start, *latest* holding the greatest end so far: two bisections find those that show."""

    marks: tuple[Mark, ...]
    starts: tuple[date, ...]
    latest: tuple[date, ...]

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Marks:
        """Return the marks in order."""
        ordered = sorted(marks, key=lambda m: (_begin(m), m.span.end, m.bar.increment.id))
        ends = (_finish(m) for m in ordered)
        return cls(tuple(ordered), tuple(map(_begin, ordered)), tuple(accumulate(ends, max)))

    def visible(self, first: date, last: date) -> Iterator[Mark]:
        """Yield the marks of which something shows on the days first <= day < last."""
        for mark in self.marks[bisect_right(self.latest, first) : bisect_left(self.starts, last)]:
            if _finish(mark) > first:
                yield mark


def marks_of(lanes: Lanes, found: Against, key_of: Mapping[EntityId, EntityId]) -> dict[tuple[int, int], Marks]:
    """Return the marks of each row of a lane by the numbers of both.

    *key_of* tells the lane of each deleted increment by its id.
    """
    by_row: defaultdict[tuple[int, int], list[Mark]] = defaultdict(list)
    for pair in found.moved:
        place = lanes.find(pair.after.id)
        if place is not None:
            by_row[place[0], place[1].row].append(Mark(pair.before.span, place[1], moved=True))
    gone: defaultdict[int, list[Increment]] = defaultdict(list)
    for increment in found.deleted:
        number = lanes.numbers.get(key_of[increment.id])
        if number is not None:
            gone[number].append(increment)
    for number, increments in gone.items():
        for mark in _placed(lanes.lanes[number], increments):
            by_row[number, mark.bar.row].append(mark)
    return {place: Marks.of(marks) for place, marks in by_row.items()}


def _placed(lane: Lane, gone: Sequence[Increment]) -> Iterator[Mark]:
    """Yield the marks of increments that are gone, each in the first row that is free on its days."""
    taken: defaultdict[int, date] = defaultdict(lambda: date.min)
    rows = max(len(lane.by_row), 1)
    for place, increment in enumerate(gone):
        row = place % rows if len(gone) > MOST_FINE else _free_row(lane, increment.span, taken, rows)
        taken[row] = increment.span.end
        yield Mark(increment.span, Bar(increment, row, lane.accent), moved=False)


def _free_row(lane: Lane, span: DateSpan, taken: Mapping[int, date], rows: int) -> int:
    for row in range(rows):
        alone = row >= len(lane.by_row) or next(lane.visible(span.start, span.end, range(row, row + 1)), None) is None
        if alone and taken[row] <= span.start:
            return row
    return 0


def _begin(mark: Mark) -> date:
    return min(mark.span.start, mark.bar.increment.span.start) if mark.moved else mark.span.start


def _finish(mark: Mark) -> date:
    return max(mark.span.end, mark.bar.increment.span.end) if mark.moved else mark.span.end


class BaselineUnderlay:
    """Painted beneath the bars: a slim dashed outline where each one stood, hollow bars with a cross for those gone."""

    def __init__(self, comparing: Comparing, view: TimelineView) -> None:
        self._comparing = comparing
        self._view = view
        self._known: tuple[Lanes, Against] | None = None
        self._marks: dict[tuple[int, int], Marks] = {}

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Paint what shows."""
        found, lanes = self._comparing.against, self._view.lanes
        if self._comparing.point is None or not (found.moved or found.deleted):
            return
        self._settle(lanes, found)
        shown = list(self._shown(painter, body, lanes))
        painter.qp.save()
        if len(shown) > MOST_FINE:
            self._coarse(painter, shown)
        else:
            for mark, rect in shown:
                (self._moved if mark.moved else self._gone)(painter, mark, rect)
        painter.qp.restore()

    def _settle(self, lanes: Lanes, found: Against) -> None:
        """Find the marks of each lane anew where the lanes or the comparison are others."""
        if self._known is not None and self._known[0] is lanes and self._known[1] is found:
            return
        key = keys_for(self._view.editor.plan, self._view.arrangement.grouping)
        keys = {i.id: key(i) for i in found.deleted}
        self._marks = marks_of(lanes, found, keys)
        self._known = (lanes, found)

    def _shown(self, painter: Painter, body: QRectF, lanes: Lanes) -> Iterator[tuple[Mark, QRectF]]:
        """Yield the marks of the lanes that are to be painted, with where each bar stood."""
        unit = painter.view.unit
        area = area_in(painter, body).adjusted(0, -FOOT * unit, 0, 0)
        first, last = days_in(painter, area)
        for number, rect in lanes_in(self._view, painter, body, area):
            lane = lanes.lanes[number]
            for row in rows_in(lane, rect, area, unit) or range(1):  # where no bar is left, what went is in the first
                marks = self._marks.get((number, row))
                for mark in marks.visible(first, last) if marks is not None else ():
                    yield mark, painter.bar_rect(rect, lane, mark.bar, mark.span)

    def _coarse(self, painter: Painter, shown: Sequence[tuple[Mark, QRectF]]) -> None:
        """Paint so many marks that only their mass can be seen: plain outlines, all at once."""
        painter.qp.setBrush(Qt.BrushStyle.NoBrush)
        painter.qp.setPen(QPen(colour(painter.palette.faint), painter.view.hair))
        painter.qp.drawRects([_foot(rect, painter.view.unit) if mark.moved else rect for mark, rect in shown])

    def _moved(self, painter: Painter, mark: Mark, rect: QRectF) -> None:
        """Paint the foot of where it stood, and an arrow to where it stands if that is far."""
        qp, unit, grey = painter.qp, painter.view.unit, colour(painter.palette.faint)
        foot = _foot(rect, unit)
        qp.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(grey, 1.2 * unit)
        pen.setDashPattern([3, 2.4])
        qp.setPen(pen)
        qp.drawRoundedRect(foot, 2 * unit, 2 * unit)
        now = mark.bar.increment.span
        shift = painter.view.x(now.start) - painter.view.x(mark.span.start)
        way = 1 if shift > 0 else -1
        begin, end = (foot.right(), rect.left() + shift) if shift > 0 else (foot.left(), painter.view.x(now.end) - 1)
        if way * (end - begin) < FAR * unit:
            return
        y = foot.bottom() - (foot.bottom() - rect.bottom()) / 2
        qp.setPen(QPen(grey, 1.2 * unit))
        qp.drawLine(QLineF(begin, y, end - way * 2 * unit, y))
        qp.setBrush(grey)
        tip = QPointF(end - way * unit, y)
        qp.drawPolygon(
            QPolygonF([tip, tip + QPointF(-way * 5 * unit, -2.5 * unit), tip + QPointF(-way * 5 * unit, 2.5 * unit)])
        )

    def _gone(self, painter: Painter, mark: Mark, rect: QRectF) -> None:
        """Paint a hollow dashed bar with a cross and its title."""
        qp, unit, palette = painter.qp, painter.view.unit, painter.palette
        pen = QPen(colour(palette.faint), 1.2 * unit)
        pen.setDashPattern([2, 2.4])
        qp.setPen(pen)
        qp.setBrush(Qt.BrushStyle.NoBrush)
        radius = min(6 * unit, rect.width() / 3, rect.height() / 3)
        qp.drawRoundedRect(rect, radius, radius)
        if rect.height() < LOW * unit:
            return
        metrics = painter.font(13, QFont.Weight.Bold)
        cross = metrics.horizontalAdvance("×")
        left = max(rect.left(), 0.0) + 6 * unit
        if rect.right() - left < cross:
            left = rect.center().x() - cross / 2
        qp.setPen(colour(palette.secondary))
        room = QRectF(left, rect.top(), cross + 1, rect.height())
        qp.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, "×")
        title = QRectF(room.right() + 4 * unit, rect.top(), rect.right() - room.right() - 8 * unit, rect.height())
        if title.width() > 14 * unit:
            painter.font(11)
            painter.text(title, mark.bar.increment.title, palette.secondary)


def area_in(painter: Painter, body: QRectF) -> QRectF:
    """Return the part of *body* that is to be painted now."""
    return painter.area.intersected(body) if isinstance(painter, ScreenPainter) else body


def days_in(painter: Painter, area: QRectF) -> tuple[date, date]:
    """Return the days first <= day < last of which something shows in *area*."""
    view = painter.view
    return view.scale.day(view.left + area.left()), view.scale.day(view.left + area.right()) + timedelta(1)


def lanes_in(view: TimelineView, painter: Painter, body: QRectF, area: QRectF) -> Iterator[tuple[int, QRectF]]:
    """Yield the lanes of which something shows in *area*, with where each of them stands."""
    unit, lanes, up = painter.view.unit, view.lanes, body.top() - view.top
    for number in lanes.between((area.top() - up) / unit, (area.bottom() - up) / unit):
        yield (
            number,
            QRectF(body.left(), up + lanes.tops[number] * unit, body.width(), lanes.lanes[number].height * unit),
        )


def rows_in(lane: Lane, rect: QRectF, area: QRectF, unit: float) -> range:
    """Return the rows of a lane, which stands in *rect*, of which something shows in *area*."""
    return lane.rows_between((area.top() - rect.top()) / unit, (area.bottom() - rect.top()) / unit)


def _foot(rect: QRectF, unit: float) -> QRectF:
    """Return the slim outline at the foot of where a bar stood: half beneath the bar of now, half below it."""
    high = FOOT * unit if rect.height() > LOW * unit else rect.height()
    return QRectF(rect.left(), rect.bottom() - ABOVE * unit, rect.width(), high)
