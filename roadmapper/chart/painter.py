"""Painter: paints lanes, header and curve with QPainter - the same strokes for screen, PDF, PNG and SVG."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from roadmapper.chart.lanes import (
    BARS_TOP,
    DIAMOND,
    FLAG_TOP,
    GAP_HEIGHT,
    GHOST_HEIGHT,
    GHOST_TOP,
    Bar,
    Diamond,
    Lane,
    Look,
)
from roadmapper.chart.lettering import in_two_lines, label_of
from roadmapper.chart.palette import Accent, Palette
from roadmapper.chart.timescale import Tick, TimeScale, rows_of
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import length_text

FAMILY = "Inter"
HEADER = 46.0
UPPER = 25.0


@dataclass(frozen=True, slots=True)
class View:
    """What is to be painted where: the scale, its left edge in pixels, pixels per unit, and what stands out."""

    scale: TimeScale
    left: float
    unit: float
    today: date | None
    selected: Collection[EntityId] = ()
    focused: EntityId | None = None
    ghosts: bool = True

    def x(self, day: date) -> float:
        """Return where *day* begins on the picture."""
        return self.scale.x(day) - self.left

    @property
    def reading(self) -> TimeScale:
        """Return the scale in units of the chart: what the header can say depends on them, not on pixels."""
        return replace(self.scale, day_width=self.scale.day_width / self.unit)

    @property
    def hair(self) -> float:
        """Return how many pixels a hairline has."""
        return float(max(1, int(self.unit)))


@cache
def colour(name: str) -> QColor:
    """Return a colour by its #rrggbb name, made once."""
    return QColor(name)


@dataclass(slots=True)
class Painter:
    """Strokes on one QPainter, in the colours of one palette."""

    qp: QPainter
    palette: Palette
    view: View
    _fonts: dict[tuple[float, int], QFont] = field(default_factory=dict)
    _metrics: dict[tuple[float, int], QFontMetricsF] = field(default_factory=dict)

    def font(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetricsF:
        """Choose a font by its size in units and return its metrics."""
        key = (size, weight.value)
        if key not in self._fonts:
            font = QFont(FAMILY)
            font.setPixelSize(max(1, round(size * self.view.unit)))
            font.setWeight(weight)
            font.setFeature(QFont.Tag("calt"), 0)  # a dash of another shape has no letter in a PDF
            self._fonts[key] = font
            self._metrics[key] = QFontMetricsF(font, self.qp.device())
        self.qp.setFont(self._fonts[key])
        return self._metrics[key]

    def text(self, rect: QRectF, words: str, name: str, flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        """Write *words*, never as HTML, into *rect*, cut with a mark where they do not fit."""
        metrics = self.qp.fontMetrics()
        if metrics.horizontalAdvance(words) > rect.width():
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()))
        self.qp.setPen(colour(name))
        self.qp.drawText(rect, flags | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)

    def header(self, rect: QRectF) -> None:
        """Paint the time header: quarters or years above, months or weeks below."""
        unit = self.view.unit
        first, last = self.view.scale.day(self.view.left), self.view.scale.day(self.view.left + rect.width())
        last += timedelta(1)
        self.qp.fillRect(rect, colour(self.palette.raised))
        self.font(12.5, QFont.Weight.DemiBold)
        upper, ticks = rows_of(self.view.reading, first, last)
        for tick in upper:
            self._tick(rect, tick, 0, UPPER * unit, self.palette.text, pin=True)
        metrics = self.font(11)
        if all(self._room(t) > metrics.horizontalAdvance(t.label) for t in ticks):
            for tick in ticks:
                self._tick(rect, tick, UPPER * unit, rect.height() - UPPER * unit, self.palette.secondary, pin=False)
        hair = self.view.hair
        self.qp.setPen(QPen(colour(self.palette.strong_line), hair))
        self.qp.drawLine(QLineF(rect.left(), rect.bottom() - hair / 2, rect.right(), rect.bottom() - hair / 2))

    def _room(self, tick: Tick) -> float:
        return tick.span.days * self.view.scale.day_width - 8 * self.view.unit

    def _tick(self, rect: QRectF, tick: Tick, top: float, height: float, name: str, *, pin: bool) -> None:
        left, right = rect.left() + self.view.x(tick.span.start), rect.left() + self.view.x(tick.span.end)
        start = max(left, rect.left()) if pin else left
        pad = 8 * self.view.unit
        room = QRectF(start + pad, rect.top() + top, min(right, rect.right()) - start - pad, height)
        if room.left() >= rect.left() and room.width() >= self.qp.fontMetrics().horizontalAdvance(tick.label):
            self.text(room, tick.label, name)

    def grid(self, rect: QRectF) -> None:
        """Paint the upright lines below the header, stronger where a year begins."""
        scale, reading, hair = self.view.scale, self.view.reading, self.view.hair
        first, last = scale.day(self.view.left), scale.day(self.view.left + rect.width()) + timedelta(1)
        thin: list[QLineF] = []
        strong: list[QLineF] = []
        for ticks in reversed(rows_of(reading, first, last)):
            for tick in ticks:
                x = rect.left() + round(self.view.x(tick.span.start)) + hair / 2
                if rect.left() <= x <= rect.right():
                    year = reading.begins_year(tick.span.start)
                    (strong if year else thin).append(QLineF(x, rect.top(), x, rect.bottom()))
        for lines, name in ((thin, self.palette.line), (strong, self.palette.strong_line)):
            self.qp.setPen(QPen(colour(name), hair))
            self.qp.drawLines(lines)

    def lane(self, rect: QRectF, lane: Lane, front: Collection[EntityId] = ()) -> None:
        """Paint one lane into *rect*, whose left edge is the view's; increments in *front* lie above all others."""
        accent = self.accent(lane.accent)
        if self.view.ghosts and lane.project is not None and not lane.collapsed:
            self.ghost(rect, lane.project.original)
        if lane.first_value is not None and not lane.collapsed:
            x, top = rect.left() + self.view.x(lane.first_value), rect.top()
            self.flag(x, top + FLAG_TOP * self.view.unit, top + (BARS_TOP - 1) * self.view.unit, accent)
        self.bars(rect, lane, front)
        for gap in lane.gaps:
            self.gap(rect, lane, gap)
        self.diamonds(rect, lane)

    def diamonds(self, rect: QRectF, lane: Lane) -> None:
        """Paint the checkpoints of a lane."""
        for diamond in lane.diamonds:
            x = rect.left() + self.view.x(diamond.checkpoint.day) + self.view.scale.day_width / 2
            if rect.left() - 20 <= x <= rect.right() + 20:
                chosen = diamond.checkpoint.id in self.view.selected
                self.diamond(QPointF(x, rect.top() + lane.diamonds_top * self.view.unit), diamond, chosen=chosen)

    def bars(self, rect: QRectF, lane: Lane, front: Collection[EntityId] = ()) -> None:
        """Paint the bars of a lane, those in *front* last."""
        last = self.view.scale.day(self.view.left + rect.width()) + timedelta(1)
        first = self.view.scale.day(self.view.left)
        for bar in sorted(lane.visible(first, last), key=lambda b: b.increment.id in front):
            place, accent = self.bar_rect(rect, lane, bar), self.accent(bar.accent)
            self.bar(place, bar.increment, accent, lane.prefix, label=not lane.collapsed)

    def bar_rect(self, rect: QRectF, lane: Lane, bar: Bar, span: DateSpan | None = None) -> QRectF:
        """Return where a bar stands, on *span* if that is given instead of its own days."""
        span = span or bar.increment.span
        left = rect.left() + self.view.x(span.start)
        width = max((span.end - span.start).days * self.view.scale.day_width - 1, 2.0)
        return QRectF(
            left, rect.top() + lane.bar_top(bar.row) * self.view.unit, width, lane.bar_height * self.view.unit
        )

    def bar(self, rect: QRectF, increment: Increment, accent: Accent, prefix: str = "", *, label: bool = True) -> None:
        """Paint one increment: tinted, dashed for groundwork, filled as far as it has run, its state in its *label*."""
        qp, unit = self.qp, self.view.unit
        chosen = increment.id in self.view.selected
        usable = increment.usable and increment.counts
        radius = min(6 * unit, rect.width() / 3, rect.height() / 3)
        pen = QPen(colour(accent.full), (2.2 if chosen else 1.2) * unit)
        if not usable:
            pen.setDashPattern([3, 2.4])
        qp.setPen(pen)
        qp.setBrush(colour(accent.tint if usable else self.palette.surface))
        qp.drawRoundedRect(rect, radius, radius)
        if increment.status is Status.RUNNING and self.view.today is not None:
            self._run_so_far(rect, increment, accent, radius, pen)
        if increment.id == self.view.focused:
            self.ring(rect, radius)
        room = rect.adjusted(6 * unit, 0, -4 * unit, 0)
        if label and room.width() > 14 * unit:
            self._bar_label(room, increment, prefix, chosen=chosen)

    def ring(self, rect: QRectF, radius: float) -> None:
        """Paint the ring around the bar at which the keyboard is."""
        unit = self.view.unit
        self.qp.setBrush(Qt.BrushStyle.NoBrush)
        self.qp.setPen(QPen(colour(self.palette.text), 1.5 * unit, Qt.PenStyle.DotLine))
        ring = 3 * unit
        self.qp.drawRoundedRect(rect.adjusted(-ring, -ring, ring, ring), radius + ring, radius + ring)

    def _run_so_far(self, rect: QRectF, increment: Increment, accent: Accent, radius: float, pen: QPen) -> None:
        today = self.view.today or increment.span.start
        share = min(max((today - increment.span.start).days / increment.span.days, 0.0), 1.0)
        self.qp.save()
        so_far = QRectF(rect.left(), rect.top(), rect.width() * share, rect.height())
        self.qp.setClipRect(so_far, Qt.ClipOperation.IntersectClip)
        self.qp.setBrush(colour(accent.deep))
        self.qp.setPen(pen)
        self.qp.drawRoundedRect(rect, radius, radius)
        self.qp.restore()

    def _bar_label(self, room: QRectF, increment: Increment, prefix: str, *, chosen: bool) -> None:
        name = self.palette.secondary if increment.status is Status.CANCELLED else self.palette.text
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Medium
        words = label_of(increment, prefix)
        if self.font(11, weight).horizontalAdvance(words) <= room.width():
            self.text(room, words, name)
            return
        lines = in_two_lines(words, self.font(10.5, weight), room.width())
        self.paragraph(room, lines, name, Qt.AlignmentFlag.AlignLeft)

    def paragraph(self, room: QRectF, lines: Sequence[str], name: str, flags: Qt.AlignmentFlag) -> None:
        """Write *lines* in the font chosen last, below each other, in the middle of the height of *room*."""
        step = self.qp.fontMetrics().lineSpacing()
        top = room.center().y() - len(lines) * step / 2
        self.qp.setPen(colour(name))
        flags |= Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        for n, line in enumerate(lines):
            place = QRectF(room.left(), top + n * step, room.width(), step)
            self.qp.drawText(place, flags | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, line)

    def diamond(self, middle: QPointF, diamond: Diamond, *, chosen: bool = False) -> None:
        """Paint a checkpoint: an outline while it is to come, filled and marked once it is due or answered."""
        unit, look = self.view.unit, diamond.look
        size = (DIAMOND + (1.5 if chosen else 0)) * unit
        shape = QPolygonF(
            [
                QPointF(middle.x(), middle.y() - size),
                QPointF(middle.x() + size, middle.y()),
                QPointF(middle.x(), middle.y() + size),
                QPointF(middle.x() - size, middle.y()),
            ]
        )
        name, mark = {
            Look.COMING: (self.palette.secondary, ""),
            Look.DUE: (self.palette.bad, "!"),
            Look.APPROVED: (self.palette.good, "✓"),
            Look.CHANGES: (self.palette.warning, "~"),
            Look.REJECTED: (self.palette.bad, "×"),
        }[look]
        filled = look is not Look.COMING
        self.qp.setPen(QPen(colour(self.palette.text if chosen else name), (1.8 if chosen else 1.2) * unit))
        self.qp.setBrush(colour(name if filled else self.palette.surface))
        self.qp.drawPolygon(shape)
        if mark:
            self.font(9, QFont.Weight.Bold)
            room = QRectF(middle.x() - size, middle.y() - size, 2 * size, 2 * size)
            self.qp.setPen(colour(self.palette.surface))
            self.qp.drawText(room, Qt.AlignmentFlag.AlignCenter, mark)

    def gap(self, rect: QRectF, lane: Lane, gap: DateSpan) -> None:
        """Paint a stretch of silence that is longer than agreed: hatched red, its length beside it."""
        unit = self.view.unit
        left, right = rect.left() + self.view.x(gap.start), rect.left() + self.view.x(gap.end)
        if right < rect.left() or left > rect.right():
            return
        strip = QRectF(left, rect.top() + lane.gaps_top * unit, right - left, GAP_HEIGHT * unit)
        self.hatched(strip)
        if lane.collapsed:
            return
        words = length_text(gap.days)
        metrics = self.font(10.5, QFont.Weight.DemiBold)
        width = metrics.horizontalAdvance(words) + 2
        start = min(max(strip.right() + 6 * unit, rect.left()), rect.right() - width)
        if start < strip.right():  # no room beside it: below its visible part
            start = max(strip.left(), rect.left() + 4 * unit)
            self.text(QRectF(start, strip.bottom() + 1 * unit, width, 14 * unit), words, self.palette.bad)
        else:
            self.text(QRectF(start, strip.top() - 3 * unit, width, 16 * unit), words, self.palette.bad)

    def hatched(self, strip: QRectF) -> None:
        """Paint a red hatched strip with lines, not with a pattern: patterns do not print alike everywhere."""
        self.qp.save()
        self.qp.setPen(QPen(colour(self.palette.bad), 1.1 * self.view.unit))
        self.qp.setBrush(colour(self.palette.bad_tint))
        self.qp.drawRect(strip)
        self.qp.setClipRect(strip, Qt.ClipOperation.IntersectClip)
        step, height = 6 * self.view.unit, strip.height()
        count = int((strip.width() + height) / step) + 1
        lines = [
            QLineF(strip.left() + n * step - height, strip.bottom(), strip.left() + n * step, strip.top())
            for n in range(min(count, 2_000))
        ]
        self.qp.drawLines(lines)
        self.qp.restore()

    def ghost(self, rect: QRectF, original: DateSpan) -> None:
        """Paint where the original lies, with the words above it."""
        unit = self.view.unit
        left, right = rect.left() + self.view.x(original.start), rect.left() + self.view.x(original.end)
        if right < rect.left() or left > rect.right():
            return
        strip = QRectF(left, rect.top() + GHOST_TOP * unit, right - left, GHOST_HEIGHT * unit)
        self.qp.fillRect(strip, colour(self.palette.ghost))
        hair = self.view.hair  # the tint alone would not stand out enough for everybody
        self.qp.fillRect(QRectF(left, strip.bottom() - hair, right - left, hair), colour(self.palette.faint))
        months = round(original.days / 30.44)
        self.font(9.5)
        label = trn("original: one delivery after {n} month", "original: one delivery after {n} months", months)
        start = max(left, rect.left()) + 4 * unit
        room = QRectF(start, strip.top() - 15 * unit, min(right, rect.right()) - start, 14 * unit)
        if room.width() > 40 * unit:
            self.text(room, label, self.palette.faint)

    def flag(self, x: float, top: float, foot: float, accent: Accent) -> None:
        """Paint the flag of the first value: a pole from *foot* up to *top*, the cloth at its right."""
        unit = self.view.unit
        self.qp.setPen(QPen(colour(accent.full), 1.4 * unit))
        self.qp.drawLine(QLineF(x, top, x, foot))
        cloth = QPolygonF([QPointF(x, top), QPointF(x + 9 * unit, top + 4 * unit), QPointF(x, top + 8 * unit)])
        self.qp.setBrush(colour(accent.full))
        self.qp.drawPolygon(cloth)

    def arrow(self, start: QPointF, end: QPointF, name: str) -> None:
        """Paint a bent arrow."""
        unit = self.view.unit
        bend = max(14 * unit, min(abs(end.x() - start.x()) / 2, 40 * unit))
        path = QPainterPath(start)
        path.cubicTo(QPointF(start.x() + bend, start.y()), QPointF(end.x() - bend, end.y()), end)
        self.qp.setBrush(Qt.BrushStyle.NoBrush)
        self.qp.setPen(QPen(colour(name), 1.3 * unit))
        self.qp.drawPath(path)
        head = 6 * unit
        self.qp.setBrush(colour(name))
        self.qp.setPen(Qt.PenStyle.NoPen)
        self.qp.drawPolygon(
            QPolygonF(
                [end, QPointF(end.x() - head, end.y() - head * 0.6), QPointF(end.x() - head, end.y() + head * 0.6)]
            )
        )

    def today(self, rect: QRectF, header: QRectF) -> None:
        """Paint the line of today and its flag in the header."""
        if self.view.today is None:
            return
        x = rect.left() + self.view.x(self.view.today)
        if not rect.left() <= x <= rect.right():
            return
        unit = self.view.unit
        self.qp.setPen(QPen(colour(self.palette.bad), 1.4 * unit))
        self.qp.drawLine(QLineF(x, header.bottom() - 4 * unit, x, rect.bottom()))
        metrics = self.font(11, QFont.Weight.DemiBold)
        words = tr("Today")
        width = metrics.horizontalAdvance(words) + 14 * unit
        place = QRectF(
            min(max(x - width / 2, rect.left()), rect.right() - width), header.bottom() - 20 * unit, width, 18 * unit
        )
        self.qp.setPen(Qt.PenStyle.NoPen)
        self.qp.setBrush(colour(self.palette.bad))
        self.qp.drawRoundedRect(place, 3 * unit, 3 * unit)
        self.qp.setPen(colour(self.palette.surface))
        self.qp.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def curve(self, rect: QRectF, points: list[tuple[date, float, float]]) -> None:
        """Paint what is earned month by month: a filled line for the plan, a dashed one for the big deliveries."""
        top = max((max(p, o) for _, p, o in points), default=0) or 1.0
        height = rect.height() - 16 * self.view.unit

        def place(day: date, value: float) -> QPointF:
            x = min(max(rect.left() + self.view.x(day), rect.left() - 1e5), rect.right() + 1e5)
            return QPointF(x, rect.bottom() - 6 * self.view.unit - height * value / top)

        plan = [place(day, p) for day, p, _ in points]
        floor = rect.bottom() - 6 * self.view.unit
        self.qp.setPen(Qt.PenStyle.NoPen)
        self.qp.setBrush(colour(self.palette.accent_tint))
        self.qp.drawPolygon(QPolygonF([*plan, QPointF(plan[-1].x(), floor), QPointF(plan[0].x(), floor)]))
        self.qp.setBrush(Qt.BrushStyle.NoBrush)
        self.qp.setPen(QPen(colour(self.palette.accent), 2 * self.view.unit))
        self.qp.drawPolyline(QPolygonF(plan))
        self.qp.setPen(QPen(colour(self.palette.secondary), 1.6 * self.view.unit, Qt.PenStyle.DashLine))
        self.qp.drawPolyline(QPolygonF([place(day, o) for day, _, o in points]))

    def accent(self, number: int) -> Accent:
        """Return the accent of a project."""
        return self.palette.accents[number % len(self.palette.accents)]
