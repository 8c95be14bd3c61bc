"""Bubble painter: paints the chart of value against effort with QPainter - the same for screen, PDF, PNG and SVG."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintDevice, QPainter, QPen

from roadmapper.chart.bubble_labels import CLEAR, Box, callout_box
from roadmapper.chart.bubbles import Bubble, by_size
from roadmapper.chart.painter import FAMILY, colour
from roadmapper.chart.palette import Palette
from roadmapper.chart.value_picture import Entry, Picture, Sign, Written
from roadmapper.domain.entity import EntityId

TYPE = 10.5
RING = 3.5
SMALL = 6.0


@dataclass(slots=True)
class FontLetters:
    """The type of the chart, *unit* pixels a unit, and how wide words are in it on a device."""

    unit: float
    device: QPaintDevice | None = None
    font: QFont = field(init=False)
    height: float = field(init=False)
    _metrics: QFontMetricsF = field(init=False)
    _widths: dict[str, float] = field(default_factory=dict)
    _cut: dict[tuple[str, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.font = QFont(FAMILY)
        self.font.setPixelSize(max(1, round(TYPE * self.unit)))
        self.font.setFeature(QFont.Tag("calt"), 0)  # a dash of another shape has no letter in a PDF
        self._metrics = QFontMetricsF(self.font) if self.device is None else QFontMetricsF(self.font, self.device)
        self.height = self._metrics.height()

    def width(self, words: str) -> float:
        """Return how wide *words* are on one line, in pixels."""
        if words not in self._widths:
            self._widths[words] = self._metrics.horizontalAdvance(words)
        return self._widths[words]

    def cut(self, words: str, room: float) -> str:
        """Return *words*, cut with a mark where they are wider than *room*."""
        if self.width(words) <= room:
            return words
        key = words, int(room)
        if key not in self._cut:
            self._cut[key] = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        return self._cut[key]


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands out: what is looked at, where the keyboard is, what is pointed at."""

    chosen: EntityId | None = None
    focused: EntityId | None = None
    pointed: EntityId | None = None


@dataclass(slots=True)
class BubblePainter:
    """Strokes on one QPainter, in the colours of one palette."""

    qp: QPainter
    palette: Palette
    letters: FontLetters

    @property
    def _unit(self) -> float:
        return self.letters.unit

    def paint(self, picture: Picture, size: Box, marks: Marks = Marks()) -> None:
        """Paint the whole chart; a sentence where there is nothing to show."""
        self.qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.qp.setFont(self.letters.font)
        if picture.empty:
            self.qp.setPen(colour(self.palette.secondary))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            self.qp.drawText(QRectF(*size), flags, picture.empty)
            return
        self._axes(picture)
        for label in picture.labels:  # below the bubbles: the ground hides the lines of equal score
            self.qp.fillRect(QRectF(*label.box), colour(self.palette.surface))
        for bubble in by_size(picture.bubbles):
            self._bubble(bubble, picture, marks)
        for label in picture.labels:
            strong = label.key in (marks.chosen, marks.focused)
            self._write(Written(label.words, label.box), self.palette.text if strong else self.palette.secondary)
        for entry in picture.legend:
            self._entry(entry)
        self._write(picture.note, self.palette.secondary)
        self._callouts(picture, marks)

    def _axes(self, picture: Picture) -> None:
        frame, hair = picture.frame, float(max(1, int(self._unit)))
        self.qp.setPen(QPen(colour(self.palette.line), hair))
        self.qp.drawLines([QLineF(frame.left, y, frame.right, y) for y, _ in picture.y_ticks[1:]])
        self.qp.drawLines([QLineF(x, frame.top, x, frame.bottom) for x, _ in picture.x_ticks[1:]])
        pen = QPen(colour(self.palette.faint), hair)
        pen.setDashPattern([4, 4])
        self.qp.setPen(pen)
        self.qp.drawLines([QLineF(frame.left, frame.bottom, ray.x, ray.y) for ray, _ in picture.rays])
        self.qp.setPen(QPen(colour(self.palette.secondary), hair))
        corner = QPointF(frame.left, frame.bottom)
        self.qp.drawLine(QLineF(QPointF(frame.left, frame.top), corner))
        self.qp.drawLine(QLineF(corner, QPointF(frame.right, frame.bottom)))
        for _, words in (*picture.x_ticks, *picture.y_ticks, *picture.rays):
            self._write(words, self.palette.secondary)
        for words in picture.titles:
            self._write(words, self.palette.text)

    def _bubble(self, bubble: Bubble, picture: Picture, marks: Marks) -> None:
        spot, middle = bubble.spot, QPointF(bubble.x, bubble.y)
        chosen = spot.key == marks.chosen
        self._disc(middle, bubble.radius, funded=spot.funded, ticked=picture.limited, strong=chosen)
        if chosen:
            self.qp.setBrush(Qt.BrushStyle.NoBrush)
            self.qp.setPen(QPen(colour(self.palette.text), 1.4 * self._unit))
            self.qp.drawEllipse(middle, bubble.radius + 2 * self._unit, bubble.radius + 2 * self._unit)

    def _disc(self, middle: QPointF, radius: float, *, funded: bool, ticked: bool, strong: bool = False) -> None:
        """Paint a circle: filled with a full edge and a tick if it is funded, pale with a dashed edge if not."""
        unit = self._unit
        pen = QPen(colour(self.palette.accent if funded else self.palette.faint), (2.0 if strong else 1.3) * unit)
        if not funded:  # finer dashes in the smallest, so that there are some
            pen.setDashPattern([1.6, 1.4] if radius < SMALL * unit else [2.5, 2])
        self.qp.setPen(pen)
        self.qp.setBrush(colour(self.palette.accent_tint if funded else self.palette.weekend))
        self.qp.drawEllipse(middle, radius, radius)
        if funded and ticked:
            self._tick(middle, min(radius, 9 * unit))

    def _tick(self, middle: QPointF, size: float) -> None:
        self.qp.setPen(QPen(colour(self.palette.accent), 1.5 * self._unit))
        foot = middle + QPointF(-0.1 * size, 0.35 * size)
        self.qp.drawLine(QLineF(middle + QPointF(-0.4 * size, 0.05 * size), foot))
        self.qp.drawLine(QLineF(foot, middle + QPointF(0.45 * size, -0.35 * size)))

    def _entry(self, entry: Entry) -> None:
        middle, unit = QPointF(entry.x, entry.y), self._unit
        if entry.sign is Sign.RAY:
            pen = QPen(colour(self.palette.faint), float(max(1, int(unit))))
            pen.setDashPattern([4, 4])
            self.qp.setPen(pen)
            self.qp.drawLine(QLineF(entry.x - entry.radius, entry.y + 4 * unit, entry.x + entry.radius,
                                    entry.y - 4 * unit))  # fmt: skip
        elif entry.sign in (Sign.SIZE, Sign.LEAST):
            self.qp.setPen(QPen(colour(self.palette.secondary), 1.2 * unit))
            self.qp.setBrush(Qt.BrushStyle.NoBrush)
            self.qp.drawEllipse(middle, entry.radius, entry.radius)
        else:
            self._disc(middle, entry.radius, funded=entry.sign is Sign.FUNDED, ticked=True)
        self._write(entry.text, self.palette.secondary)

    def _callouts(self, picture: Picture, marks: Marks) -> None:
        """Paint the focus ring above everything, and the names of what stands out where they found no place."""
        named = {label.key for label in picture.labels}
        shown = [b for b in picture.bubbles if b.spot.key in (marks.chosen, marks.focused, marks.pointed)]
        for bubble in shown:
            if bubble.spot.key == marks.focused:
                self.qp.setBrush(Qt.BrushStyle.NoBrush)
                self.qp.setPen(QPen(colour(self.palette.text), 1.5 * self._unit, Qt.PenStyle.DotLine))
                radius = bubble.radius + (RING + 2) * self._unit
                self.qp.drawEllipse(QPointF(bubble.x, bubble.y), radius, radius)
            if bubble.spot.key not in named:
                self._callout(bubble, picture)

    def _callout(self, bubble: Bubble, picture: Picture) -> None:
        frame, unit, letters = picture.frame, self._unit, self.letters
        words = letters.cut(bubble.spot.title, 0.9 * frame.width)
        pad = 4 * unit
        width, height = letters.width(words) + 2 * pad, letters.height + pad
        box = callout_box(bubble, (width, height), (picture.bubbles, frame), CLEAR * unit)
        self.qp.setPen(QPen(colour(self.palette.strong_line), float(max(1, int(unit)))))
        self.qp.setBrush(colour(self.palette.surface))
        self.qp.drawRoundedRect(QRectF(*box), 3 * unit, 3 * unit)
        self._write(
            Written(words, Box(box.left + pad, box.top + pad / 2, width - 2 * pad, letters.height)), self.palette.text
        )

    def _write(self, written: Written, name: str) -> None:
        """Write words in a colour, never as HTML; they were measured, so nothing is cut."""
        if not written.words:
            return
        self.qp.setPen(colour(name))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self.qp.drawText(QRectF(*written.box), flags | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip,
                         written.words)  # fmt: skip
