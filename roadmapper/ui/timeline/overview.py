"""OverviewBar: the whole roadmap in small, and in it a frame around what the chart shows: moved, stretched, walked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget
from typing_extensions import override

from roadmapper.chart.lanes import Lane, Lanes
from roadmapper.chart.painter import Painter, View, colour
from roadmapper.domain.dates import LAST_DAY, DateSpan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import month_text, span_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.view import WHEEL_STEP, TimelineView

HEIGHT = 34.0
PAD = 14.0
GRIP = 6.0
LEAST_FRAME = 10.0
THICKEST = 4.0
GAP_ROOM = 4.0
STEP = 1.25


class Hold(Enum):
    """What of the frame was taken hold of."""

    BODY = auto()
    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class _Grip:
    """A hold, and how far from the left end of the frame, or from the end that is held, the pointer was."""

    hold: Hold
    offset: float


Stretch: TypeAlias = tuple[int, int]
"""Where bars that touch each other begin and end, in pixels of the screen."""


class Runs(NamedTuple):
    """What is painted of a lane: its bars, each with its accent, and below all lanes its gaps."""

    bars: dict[Stretch, int]
    gaps: frozenset[Stretch]


class OverviewBar(QAbstractSlider):
    """A scroll bar on which one sees where one goes; its value is that of the chart's horizontal scroll bar."""

    title = "Whole roadmap"

    def __init__(self, editor: Editor, view: TimelineView, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._view = view
        self._theme = theme
        self._grip: _Grip | None = None
        self._picture: QPixmap | None = None
        self._pictured: tuple[object, ...] = ()
        self._lanes_pictured: Lanes | None = None  # kept, so that no others can have their id
        self._runs: dict[int, tuple[Lane, Runs]] = {}
        self._runs_for: tuple[object, ...] = ()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setAccessibleName(tr(self.title))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(round(HEIGHT * theme.unit))
        across = view.horizontalScrollBar()
        across.rangeChanged.connect(self._follow)
        across.valueChanged.connect(self._follow)
        view.scaled.connect(self._follow)
        view.laid_out.connect(self.update)
        self.valueChanged.connect(across.setValue)

    @override
    def sizeHint(self) -> QSize:
        """Return a slim bar."""
        return QSize(400, round(HEIGHT * self._theme.unit))

    @property
    def bar(self) -> QRectF:
        """Return where the whole roadmap is drawn."""
        unit, split = self._theme.unit, float(self._view.x())
        return QRectF(split + 1, 4 * unit, max(self.width() - split - 8 * unit, 1.0), self.height() - 8 * unit)

    @property
    def frame(self) -> QRectF:
        """Return where what the chart shows lies on the bar; all of it where the chart shows more than there is."""
        bar, whole = self.bar, self._whole()
        width = max(min(self._shown(), bar.width()), LEAST_FRAME * self._theme.unit)
        left = max(min(bar.left() + bar.width() * self._view.left / whole, bar.right() - width), bar.left())
        return QRectF(left, bar.top(), width, bar.height())

    def words(self) -> str:
        """Return which days the chart shows, of which."""
        origin = self._view.scale.origin
        reach = max(self._whole(), float(self._view.viewport().width()))
        whole = DateSpan(origin, max(self._view.scale.day(reach), origin + timedelta(1)))
        text = tr("shows {days} of {all}").format(days=span_text(self._span()), all=_months(whole))
        gaps = sum(len(lane.gaps) for lane in self._view.lanes.lanes)
        return ", ".join([text, *([trn("{n} gap", "{n} gaps", gaps)] if gaps else [])])

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame or one of its ends; anywhere else, bring it there first."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x, frame = event.position().x(), self.frame
        hold = self._hold_at(x)
        if hold is None:
            self._show_from(x - frame.width() / 2)
            frame, hold = self.frame, Hold.BODY
        edge = frame.right() if hold is Hold.END else frame.left()
        self._grip = _Grip(hold, x - edge)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the frame or stretch it, or show what could be done."""
        x = event.position().x()
        if self._grip is None:
            shapes = {Hold.START: Qt.CursorShape.SizeHorCursor, Hold.END: Qt.CursorShape.SizeHorCursor}
            shapes[Hold.BODY] = Qt.CursorShape.OpenHandCursor
            hold = self._hold_at(x)
            self.setCursor(shapes[hold] if hold is not None else Qt.CursorShape.PointingHandCursor)
        elif self._grip.hold is Hold.BODY:
            self._show_from(x - self._grip.offset)
        else:
            self._stretch(x - self._grip.offset, self._grip.hold)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move along; with Ctrl zoom around the pointer."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._view.zoom(1.2 ** (delta / WHEEL_STEP))
        else:
            self._view.horizontalScrollBar().setValue(round(self._view.left - delta))
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, by windows with Page Up and Down, to the ends with Home and End; + and - zoom."""
        if event.text() in ("+", "="):
            self._view.zoom(STEP)
        elif event.text() == "-":
            self._view.zoom(1 / STEP)
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        """Take over where the chart stands."""
        across = self._view.horizontalScrollBar()
        self.blockSignals(True)
        self.setRange(across.minimum(), across.maximum())
        self.setPageStep(across.pageStep())
        self.setSingleStep(max(across.pageStep() // 10, 1))
        self.setValue(across.value())
        self.blockSignals(False)
        self.setAccessibleDescription(self.words())
        self.update()

    def _span(self) -> DateSpan:
        """Return the days that the chart shows."""
        view, scale = self._view, self._view.scale
        first = min(scale.day(view.left), LAST_DAY - timedelta(1))
        return DateSpan(first, max(scale.day(view.left + view.viewport().width()), first + timedelta(1)))

    def _whole(self) -> float:
        """Return how many pixels wide all is that can be scrolled through: the bar shows that, however one zooms."""
        return max(self._view.days * self._view.scale.day_width, 1.0)

    def _shown(self) -> float:
        """Return how wide what the chart shows would be on a bar without end."""
        return self.bar.width() * self._view.viewport().width() / self._whole()

    def _hold_at(self, x: float) -> Hold | None:
        frame, reach = self.frame, GRIP * self._theme.unit
        inside = min(reach, frame.width() / 4)
        if frame.left() - reach <= x <= frame.left() + inside:
            return Hold.START
        if frame.right() - inside <= x <= frame.right() + reach:
            return Hold.END
        return Hold.BODY if frame.contains(QPointF(x, frame.center().y())) else None

    def _show_from(self, x: float) -> None:
        """Scroll until the frame begins at *x*."""
        bar = self.bar
        self._view.horizontalScrollBar().setValue(round((x - bar.left()) / bar.width() * self._whole()))

    def _stretch(self, x: float, hold: Hold) -> None:
        """Zoom until one end of the frame stands at *x*; the other stays where it is."""
        frame, bar = self.frame, self.bar
        x = min(max(x, bar.left()), bar.right())
        width = x - frame.left() if hold is Hold.END else frame.right() - x
        width = max(width, LEAST_FRAME * self._theme.unit)
        self._view.zoom(self._shown() / width, 0.0 if hold is Hold.END else float(self._view.viewport().width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, the whole roadmap and the frame."""
        qp = QPainter(self)
        try:
            self._paint(qp)
        finally:
            qp.end()

    def _paint(self, qp: QPainter) -> None:
        unit, palette, bar, frame = self._theme.unit, self._theme.palette, self.bar, self.frame
        qp.fillRect(self.rect(), colour(palette.raised))
        qp.drawPixmap(bar.topLeft().toPoint(), self._pixmap(bar))
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, scale = self._whole(), self._view.scale
        x = bar.left() + bar.width() * scale.x(self._view.today) / whole
        if bar.left() <= x <= bar.right():
            qp.setPen(QPen(colour(palette.bad), 1.4 * unit))
            qp.drawLine(QLineF(x, bar.top(), x, bar.bottom()))
        qp.setBrush(Qt.BrushStyle.NoBrush)
        qp.setPen(QPen(colour(palette.accent), (2.4 if self.hasFocus() else 1.6) * unit))
        qp.drawRoundedRect(frame, 4 * unit, 4 * unit)
        qp.setPen(Qt.PenStyle.NoPen)
        qp.setBrush(colour(palette.accent))
        for edge in (frame.left(), frame.right()):
            qp.drawRoundedRect(
                QRectF(edge - 2.5 * unit, bar.center().y() - 6 * unit, 5 * unit, 12 * unit), 2.5 * unit, 2.5 * unit
            )
        qp.setPen(QPen(colour(palette.strong_line), 1))
        qp.drawLine(QLineF(0, 0.5, self.width(), 0.5))
        self._paint_words(Painter(qp, palette, View(scale, self._view.left, unit, None)))

    def _paint_words(self, painter: Painter) -> None:
        unit, palette = self._theme.unit, self._theme.palette
        left, right = PAD * unit, self._view.x() - PAD * unit
        metrics = painter.font(11.5, QFont.Weight.DemiBold)
        title = metrics.horizontalAdvance(tr(self.title)) + 8 * unit
        painter.text(QRectF(left, 0, min(title, right - left), self.height()), tr(self.title), palette.text)
        days = _months(self._span())
        metrics = painter.font(11)
        wide = metrics.horizontalAdvance(days) + 2
        if left + title + wide <= right:
            painter.text(QRectF(right - wide, 0, wide, self.height()), days, palette.secondary)

    def _pixmap(self, bar: QRectF) -> QPixmap:
        """Return the bars of all lanes in small; painted anew only when one of them has changed."""
        scale, days, ratio = self._view.scale, self._view.days, self.devicePixelRatioF()
        # Lanes are compared by being the same ones: to compare what they hold takes as long as to paint them.
        wanted = (id(self._view.lanes), scale.origin, days, bar.width(), bar.height(), ratio)
        if self._picture is None or wanted != self._pictured:
            picture = QPixmap(round(bar.width() * ratio), round(bar.height() * ratio))
            picture.fill(colour(self._theme.palette.surface))
            qp = QPainter(picture)
            try:
                self._paint_lanes(qp, picture, picture.width() / days)
            finally:
                qp.end()
            picture.setDevicePixelRatio(ratio)
            self._picture, self._pictured, self._lanes_pictured = picture, wanted, self._view.lanes
        return self._picture

    def _paint_lanes(self, qp: QPainter, picture: QPixmap, day_width: float) -> None:
        """Paint a line of each lane where its bars stand, and red at the foot where silence is too long.

        Lanes that have no line of their own share one: what lies on the same pixels is painted once.
        """
        unit, palette, lanes = self._theme.unit * picture.width() / self.bar.width(), self._theme.palette, self._lanes()
        origin = self._view.scale.origin.toordinal()
        if self._runs_for != (origin, day_width):
            self._runs, self._runs_for = {}, (origin, day_width)
        # A lane is kept with its runs, so that no other can have its id.
        self._runs = {id(n): self._runs.get(id(n)) or (n, _runs(n, origin, day_width)) for n in lanes}
        room = picture.height() - (GAP_ROOM + 2) * unit
        count = max(min(len(lanes), int(room)), 1)
        rows: list[dict[Stretch, int]] = [{} for _ in range(count)]
        gaps: set[Stretch] = set()
        for number, lane in enumerate(lanes):
            _, runs = self._runs[id(lane)]
            rows[number * count // len(lanes)] |= runs.bars
            gaps |= runs.gaps
        step = room / count
        thick = max(min(step * 0.7, THICKEST * unit), 1.0)
        boxes: defaultdict[int, list[QRectF]] = defaultdict(list)
        for number, row in enumerate(rows):
            y = unit + number * step + (step - thick) / 2
            for (left, right), accent in row.items():
                boxes[accent].append(QRectF(left, y, max(right - left, 1), thick))
        qp.setPen(Qt.PenStyle.NoPen)
        for accent in sorted(boxes):
            qp.setBrush(colour(palette.accents[accent % len(palette.accents)].full))
            qp.drawRects(boxes[accent])
        qp.setBrush(colour(palette.bad))
        foot = picture.height() - GAP_ROOM * unit
        qp.drawRects([QRectF(left, foot, max(right - left, 2), (GAP_ROOM - 1) * unit) for left, right in gaps])

    def _lanes(self) -> tuple[Lane, ...]:
        return self._view.lanes.lanes


def _runs(lane: Lane, origin: int, day_width: float) -> Runs:
    """Return where the bars of a lane stand, and where it is silent too long, in whole pixels."""
    bars: list[tuple[int, int, int]] = []
    for bar in lane.bars:
        span = bar.increment.span
        left = round((span.start.toordinal() - origin) * day_width)
        right = round((span.end.toordinal() - origin) * day_width) - 1
        if bars and bars[-1][2] == bar.accent and left < max(bars[-1][1], bars[-1][0] + 1):
            bars[-1] = bars[-1][0], max(bars[-1][1], right), bar.accent
        else:
            bars.append((left, right, bar.accent))
    gaps = [tuple(round((d.toordinal() - origin) * day_width) for d in (g.start, g.end)) for g in lane.gaps]
    return Runs({(left, right): accent for left, right, accent in bars}, frozenset((g[0], g[1]) for g in gaps))


def _months(span: DateSpan) -> str:
    first, last = span.start, span.finish
    one, two = f"{month_text(first)} {first.year}", f"{month_text(last)} {last.year}"
    return one if one == two else f"{one} – {two}"
