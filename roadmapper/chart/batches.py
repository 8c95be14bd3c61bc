"""Batches: paints the many bars, labels, diamonds and links of a screen out of pieces that were painted once.

The strokes are those of Painter, put on whole pixels of the screen; what there is only once or twice is left to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil, floor
from typing import TypeAlias

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPen, QPixmap, QRegion
from typing_extensions import override

from roadmapper.chart.lanes import DIAMOND, GHOST_HEIGHT, GHOST_TOP, Bar, Diamond, Lane, Look
from roadmapper.chart.lettering import label_of
from roadmapper.chart.painter import Painter, colour
from roadmapper.chart.palette import Accent
from roadmapper.chart.pieces import HEAD, LONG, Letters, Ribbon, Sheet
from roadmapper.chart.timescale import rows_of
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status

PIECES = 10
HEADS_FROM = 3.0

Ends: TypeAlias = tuple[float, float, float, float, str]
"""Start and end of a link in pixels, and the name of its colour."""
# x and y of a cubic curve are these shares of its four points, at PIECES + 1 places (Bernstein polynomials).
_SHARES = [
    ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3) for t in (n / PIECES for n in range(PIECES + 1))
]


@dataclass(slots=True)
class ScreenPainter(Painter):
    """Strokes on a screen; only what lies in *area* is looked at, and of that what lies in *clip*, if there is one."""

    area: QRectF = field(default_factory=QRectF)
    clip: QRegion | None = None
    sheet: Sheet = field(kw_only=True)
    _font: tuple[float, int] = (0.0, 0)

    def __post_init__(self) -> None:
        self._fonts, self._metrics = self.sheet.fonts, self.sheet.metrics
        for size in (11.0, 10.5):
            for weight in (QFont.Weight.Medium, QFont.Weight.DemiBold):
                if (size, weight.value) not in self.sheet.letters:
                    self.sheet.letters[size, weight.value] = Letters(self.font(size, weight))

    @override
    def font(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetricsF:
        """Choose a font by its size in units and return its metrics."""
        self._font = size, weight.value
        return Painter.font(self, size, weight)

    @override
    def text(self, rect: QRectF, words: str, name: str, flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        """Write as Painter does, with words laid out only once."""
        line, width, height = self.sheet.line(words, self._font, ceil(rect.width()))
        left, top = rect.left(), rect.center().y() - height / 2
        if flags & Qt.AlignmentFlag.AlignRight:
            left = rect.right() - width
        elif flags & Qt.AlignmentFlag.AlignHCenter:
            left += (rect.width() - width) / 2
        self.qp.setPen(colour(name))
        self.qp.drawStaticText(QPointF(left, top), line)

    @override
    def grid(self, rect: QRectF) -> None:
        """Paint the upright lines that show, stronger where a year begins."""
        view, area = self.view, self.area if self.area.isValid() else rect
        first, last = view.scale.day(view.left), view.scale.day(view.left + rect.width()) + timedelta(1)
        hair, begins = view.hair, view.scale.begins_year
        top, bottom = max(rect.top(), area.top()), min(rect.bottom(), area.bottom())
        least, most = max(rect.left(), area.left() - hair), min(rect.right(), area.right() + hair)
        thin: list[QLineF] = []
        strong: list[QLineF] = []
        for ticks in reversed(rows_of(view.reading, first, last)):
            for tick in ticks:
                x = rect.left() + round(view.x(tick.span.start)) + hair / 2
                if least <= x <= most:
                    (strong if begins(tick.span.start) else thin).append(QLineF(x, top, x, bottom))
        for lines, name in ((thin, self.palette.line), (strong, self.palette.strong_line)):
            self.qp.setPen(QPen(colour(name), hair))
            self.qp.drawLines(lines)

    @override
    def bars(self, rect: QRectF, lane: Lane, front: Collection[EntityId] = ()) -> None:
        """Paint the bars of a lane that show, those in *front* last."""
        view, area, unit, ratio = self.view, self.area, self.view.unit, self.sheet.ratio
        reach = 20 * unit + 2 * view.scale.day_width
        first = view.scale.day(view.left + area.left() - reach)
        last = view.scale.day(view.left + area.right() + reach) + timedelta(1)
        rows = lane.rows_between((area.top() - rect.top()) / unit - 6, (area.bottom() - rect.top()) / unit + 6)
        plain: list[Bar] = []
        later: list[Bar] = []
        for bar in lane.visible(first, last, rows):
            special = bar.increment.id in front or bar.increment.id == view.focused
            (later if special else plain).append(bar)
        self.qp.save()
        self.qp.scale(1 / ratio, 1 / ratio)
        labels = self._ribbons(rect, lane, plain)
        self.qp.restore()
        if not lane.collapsed:
            for increment, place, chosen in labels:
                self._label(increment, lane.prefix, place, chosen=chosen)
        for bar in sorted(later, key=lambda b: b.increment.id in front):
            place = self.bar_rect(rect, lane, bar)
            self.bar(place, bar.increment, self.accent(bar.accent), lane.prefix, label=not lane.collapsed)

    def _ribbons(self, rect: QRectF, lane: Lane, bars: Iterable[Bar]) -> list[tuple[Increment, QRectF, bool]]:
        """Paint bars without their labels, and return those that have room for one, where, and whether chosen."""
        view, unit, ratio = self.view, self.view.unit, self.sheet.ratio
        height = round(lane.bar_height * unit * ratio)
        origin, day, left = view.scale.origin, view.scale.day_width, rect.left() - view.left
        least, selected, accents = 24 * unit, view.selected, self.palette.accents
        tops: dict[int, float] = {}
        labels = []
        for bar in bars:
            increment = bar.increment
            span = increment.span
            start = left + (span.start - origin).days * day
            width = max((span.end - span.start).days * day - 1, 2.0)
            top = tops.get(bar.row)
            if top is None:
                top = tops[bar.row] = rect.top() + lane.bar_top(bar.row) * unit
            accent = accents[bar.accent % len(accents)]
            chosen, usable = increment.id in selected, increment.usable and increment.counts
            fill = accent.tint if usable else self.palette.surface
            ribbon = Ribbon(fill, accent.full, height, not usable, 2.2 if chosen else 1.2)
            x, y, w = round(start * ratio), round(top * ratio), max(round(width * ratio), 2)
            done = 0
            if increment.status is Status.RUNNING and view.today is not None:
                done = round(w * self._share(increment))
                self._ribbon(ribbon._replace(fill=accent.deep), x, y, w, (0, done))
            self._ribbon(ribbon, x, y, w, (done, w))
            if width > least:
                labels.append((increment, QRectF(start, top, width, height / ratio), chosen))
        return labels

    def outlines(self, rects: Iterable[tuple[QRectF, str, float]]) -> None:
        """Paint dashed outlines of bars: where, in which colour, and how many units thick."""
        ratio = self.sheet.ratio
        self.qp.save()
        self.qp.scale(1 / ratio, 1 / ratio)
        for rect, name, pen in rects:
            width = max(round(rect.width() * ratio), 2)
            ribbon = Ribbon("", name, round(rect.height() * ratio), True, pen)
            self._ribbon(ribbon, round(rect.left() * ratio), round(rect.top() * ratio), width, (0, width))
        self.qp.restore()

    def _share(self, increment: Increment) -> float:
        """Return which part of its days an increment has run."""
        today = self.view.today or increment.span.start
        return min(max((today - increment.span.start).days / increment.span.days, 0.0), 1.0)

    def _ribbon(self, ribbon: Ribbon, x: int, y: int, width: int, part: tuple[int, int]) -> None:
        """Paint the *part* of a bar from one of its pixels to another; all are pixels of the screen."""
        sheet = self.sheet
        pad, cap = sheet.pad, sheet.cap
        begin = -pad if part[0] <= 0 else part[0]
        end = width + pad if part[1] >= width else part[1]
        begin = max(begin, floor(self.area.left() * sheet.ratio) - x - pad)
        end = min(end, ceil(self.area.right() * sheet.ratio) - x + pad)
        if begin >= end:
            return
        high = ribbon.height + 2 * pad
        draw = self.qp.drawPixmap
        if width < 3 * cap:
            draw(x + begin, y - pad, sheet.piece(ribbon, width), begin + pad, 0, end - begin, high)
            return
        picture = sheet.piece(ribbon, LONG)
        middle = LONG - 2 * cap
        at = begin
        while at < min(end, width - cap):
            source = at if at < cap else cap + (at - cap) % middle
            wide = min(min(end, width - cap) - at, LONG - cap - source)
            draw(x + at, y - pad, picture, source + pad, 0, wide, high)
            at += wide
        if at < end:
            draw(x + at, y - pad, picture, LONG - (width - at) + pad, 0, end - at, high)

    def _label(self, increment: Increment, prefix: str, rect: QRectF, *, chosen: bool) -> None:
        unit = self.view.unit
        font, lines = self.sheet.label(label_of(increment, prefix), rect.width() - 10 * unit, chosen=chosen)
        qp, letters = self.qp, self.sheet.letters[font]
        qp.setFont(self.sheet.fonts[font])
        self._font = font
        cancelled = increment.status is Status.CANCELLED
        qp.setPen(colour(self.palette.secondary if cancelled else self.palette.text))
        step = letters.step if len(lines) > 1 else letters.height
        top = rect.center().y() - len(lines) * step / 2 + (step - letters.height) / 2
        for number, line in enumerate(lines):
            qp.drawStaticText(QPointF(rect.left() + 6 * unit, top + number * step), line)

    def shows(self, rect: QRectF) -> bool:
        """Return whether anything that lies in *rect* may be seen."""
        return self.clip is None or self.clip.intersects(rect.toAlignedRect())

    @override
    def ghost(self, rect: QRectF, original: DateSpan) -> None:
        """Paint where the original lies, with the words above it."""
        unit = self.view.unit
        if self.shows(QRectF(rect.left(), rect.top(), rect.width(), (GHOST_TOP + GHOST_HEIGHT + 2) * unit)):
            Painter.ghost(self, rect, original)

    @override
    def flag(self, x: float, top: float, foot: float, accent: Accent) -> None:
        """Paint the flag of the first value: a pole from *foot* up to *top*, the cloth at its right."""
        unit = self.view.unit
        if self.shows(QRectF(x - 2 * unit, top - 2 * unit, 14 * unit, foot - top + 4 * unit)):
            Painter.flag(self, x, top, foot, accent)

    @override
    def gap(self, rect: QRectF, lane: Lane, gap: DateSpan) -> None:
        """Paint a stretch of silence that is longer than agreed: hatched red, its length beside it."""
        top = rect.top() + (lane.gaps_top - 4) * self.view.unit
        if self.shows(QRectF(rect.left(), top, rect.width(), 34 * self.view.unit)):
            Painter.gap(self, rect, lane, gap)

    @override
    def diamonds(self, rect: QRectF, lane: Lane) -> None:
        """Paint the checkpoints of a lane that show; of those that look alike on the same day one covers the others."""
        view, reach = self.view, (DIAMOND + 6) * self.view.unit + 2 * self.view.scale.day_width
        top = rect.top() + lane.diamonds_top * view.unit
        area = self.area if self.area.isValid() else rect
        if not self.shows(QRectF(area.left(), top - reach, area.width(), 2 * reach)):
            return
        first = bisect_left(lane.diamonds, view.scale.day(view.left + area.left() - reach), key=_day)
        last = bisect_right(lane.diamonds, view.scale.day(view.left + area.right() + reach), lo=first, key=_day)
        seen: dict[tuple[date, Look, bool], Diamond] = {}
        for diamond in lane.diamonds[first:last]:
            key = diamond.checkpoint.day, diamond.look, diamond.checkpoint.id in view.selected
            seen.pop(key, None)  # the last one lies above all others
            seen[key] = diamond
        for (day, _, chosen), diamond in seen.items():
            x = rect.left() + view.x(day) + view.scale.day_width / 2
            self.diamond(QPointF(x, top), diamond, chosen=chosen)

    @override
    def diamond(self, middle: QPointF, diamond: Diamond, *, chosen: bool = False) -> None:
        """Paint a checkpoint as Painter does, out of a picture of it."""
        ratio, reach = self.sheet.ratio, (DIAMOND + 6) * self.view.unit
        if not self.shows(QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)):
            return
        picture = self.sheet.diamond(diamond, self.view, chosen=chosen)
        reach = picture.width() // 2
        self._put(round(middle.x() * ratio) - reach, round(middle.y() * ratio) - reach, picture)

    def _put(self, x: int, y: int, picture: QPixmap) -> None:
        if self.sheet.ratio == 1:
            self.qp.drawPixmap(x, y, picture)
            return
        self.qp.save()
        self.qp.scale(1 / self.sheet.ratio, 1 / self.sheet.ratio)
        self.qp.drawPixmap(x, y, picture)
        self.qp.restore()

    @override
    def hatched(self, strip: QRectF) -> None:
        """Paint a red hatched strip, as far as it shows."""
        unit = self.view.unit
        left, right = max(strip.left(), self.area.left() - 4 * unit), min(strip.right(), self.area.right() + 4 * unit)
        if left >= right:
            return
        qp, step, height = self.qp, 6 * unit, strip.height()
        qp.save()
        qp.setPen(QPen(colour(self.palette.bad), 1.1 * unit))
        qp.setBrush(colour(self.palette.bad_tint))
        shown = QRectF(left, strip.top(), right - left, height)
        qp.drawRect(shown)
        qp.setClipRect(shown, Qt.ClipOperation.IntersectClip)
        begin, end = floor((left - strip.left()) / step), ceil((right - strip.left() + height) / step)
        lines = []
        for number in range(begin, end + 1):
            x = strip.left() + number * step
            lines.append(QLineF(x - height, strip.bottom(), x, strip.top()))
        qp.drawLines(lines)
        qp.restore()

    def threads(self, ends: Iterable[Ends]) -> None:
        """Paint links as arrows: all that have one colour together, the colours in the order in which they come."""
        unit, area = self.view.unit, self.area
        lines: defaultdict[str, list[QLineF]] = defaultdict(list)
        heads: list[tuple[float, float, str]] = []
        above, below, most = area.top() - HEAD * unit, area.bottom() + HEAD * unit, 40 * unit
        for x1, y1, x2, y2, name in ends:
            if (y1 < above and y2 < above) or (y1 > below and y2 > below):
                continue
            if (x1 if x1 > x2 else x2) + most < area.left() or (x1 if x1 < x2 else x2) - most > area.right():
                continue
            if abs(y2 - y1) < 0.5:
                lines[name].append(QLineF(x1, y1, x2, y2))
            else:
                lines[name] += _curve(x1, y1, x2, y2, unit)
            if abs(x2 - x1) > HEADS_FROM or abs(y2 - y1) > HEADS_FROM:
                heads.append((x2, y2, name))
        for name, some in lines.items():
            self.qp.setPen(QPen(colour(name), 1.3 * unit))
            self.qp.drawLines(some)
        ratio = self.sheet.ratio
        self.qp.save()
        self.qp.scale(1 / ratio, 1 / ratio)
        for x, y, name in heads:
            head = self.sheet.head(name)
            self.qp.drawPixmap(round(x * ratio) - head.width(), round(y * ratio) - head.height() // 2, head)
        self.qp.restore()


def _day(diamond: Diamond) -> date:
    return diamond.checkpoint.day


def _curve(x1: float, y1: float, x2: float, y2: float, unit: float) -> list[QLineF]:
    """Return the pieces of the curve of `Painter.arrow`."""
    bend = max(14 * unit, min(abs(x2 - x1) / 2, 40 * unit))
    xb, xc = x1 + bend, x2 - bend
    pieces = []
    x, y = x1, y1
    for a, b, c, d in _SHARES[1:]:
        to_x, to_y = a * x1 + b * xb + c * xc + d * x2, (a + b) * y1 + (c + d) * y2
        pieces.append(QLineF(x, y, to_x, to_y))
        x, y = to_x, to_y
    return pieces
