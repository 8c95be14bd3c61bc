"""Pieces: pictures of bars, diamonds and arrow heads, and words laid out - each made once for one screen."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF, QStaticText

from roadmapper.chart.lanes import DIAMOND, Diamond, Look
from roadmapper.chart.lettering import in_two_lines
from roadmapper.chart.painter import Painter, View, colour
from roadmapper.chart.palette import Palette

LONG = 1024
RADIUS = 6.0
MOST_KEPT = 6_000
HEAD = 6.0


class Ribbon(NamedTuple):
    """How a bar looks: the names of its fill (or none) and edge, its height in pixels of the screen, and its pen.

    *pen* is the width of the edge in units.
    """

    fill: str
    edge: str
    height: int
    dashed: bool
    pen: float


class Letters:
    """The widths of words in one font, measured once."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        self._metrics = metrics
        self._widths: dict[str, float] = {}
        self.height = metrics.height()
        self.step = metrics.lineSpacing()

    def width(self, words: str) -> float:
        """Return how wide *words* are on one line, in pixels."""
        found = self._widths.get(words)
        if found is None:
            if len(self._widths) > MOST_KEPT:
                self._widths.clear()
            found = self._widths[words] = self._metrics.horizontalAdvance(words)
        return found

    def cut(self, words: str, room: float) -> str:
        """Return *words*, cut with a mark where they are wider than *room*."""
        if self.width(words) <= room:
            return words
        return self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


class Sheet:
    """What was painted once for one palette, one unit and one screen of *ratio* pixels to a pixel of Qt."""

    def __init__(self, palette: Palette, unit: float, ratio: float) -> None:
        self.palette = palette
        self.unit = unit
        self.ratio = ratio
        self.fonts: dict[tuple[float, int], QFont] = {}
        self.metrics: dict[tuple[float, int], QFontMetricsF] = {}
        self.letters: dict[tuple[float, int], Letters] = {}
        self._pieces: dict[tuple[Ribbon, int], QPixmap] = {}
        self._diamonds: dict[tuple[Look, bool], QPixmap] = {}
        self._heads: dict[str, QPixmap] = {}
        self._lines: dict[tuple[str, tuple[float, int], int], tuple[QStaticText, float, float]] = {}
        self._labels: dict[tuple[str, bool, int], tuple[tuple[float, int], tuple[QStaticText, ...]]] = {}
        self.pad = ceil(2.2 * unit * ratio) + 1
        self.cap = ceil(RADIUS * unit * ratio) + self.pad

    def piece(self, ribbon: Ribbon, width: int) -> QPixmap:
        """Return a bar of *width* pixels of the screen, with `pad` of them around it."""
        found = self._pieces.get((ribbon, width))
        if found is None:
            if len(self._pieces) > MOST_KEPT:
                self._pieces.clear()
            found = self._pieces[ribbon, width] = self._painted(ribbon, width)
        return found

    def _painted(self, ribbon: Ribbon, width: int) -> QPixmap:
        scale = self.unit * self.ratio
        picture, qp = _blank(width + 2 * self.pad, ribbon.height + 2 * self.pad)
        try:
            pen = QPen(colour(ribbon.edge), ribbon.pen * scale)
            if ribbon.dashed:
                pen.setDashPattern([3, 2.4])
            qp.setPen(pen)
            qp.setBrush(colour(ribbon.fill) if ribbon.fill else Qt.BrushStyle.NoBrush)
            radius = min(RADIUS * scale, width / 3, ribbon.height / 3)
            rect = QRectF(self.pad + 0.5, self.pad + 0.5, width - 1, ribbon.height - 1)
            qp.drawRoundedRect(rect, radius, radius)
        finally:
            qp.end()
        return picture

    def diamond(self, diamond: Diamond, view: View, *, chosen: bool) -> QPixmap:
        """Return a checkpoint's picture, its middle in the middle."""
        key = diamond.look, chosen
        if key not in self._diamonds:
            reach = ceil((DIAMOND + 4) * self.unit * self.ratio)
            picture, qp = _blank(2 * reach, 2 * reach)
            try:
                qp.scale(self.ratio, self.ratio)
                middle = QPointF(reach / self.ratio, reach / self.ratio)
                Painter(qp, self.palette, view).diamond(middle, diamond, chosen=chosen)
            finally:
                qp.end()
            self._diamonds[key] = picture
        return self._diamonds[key]

    def head(self, name: str) -> QPixmap:
        """Return the head of an arrow in a colour; its point is at the middle of the right edge."""
        if name not in self._heads:
            size = HEAD * self.unit * self.ratio
            height = 2 * ceil(size * 0.6) + 1
            picture, qp = _blank(ceil(size), height)
            try:
                qp.setPen(Qt.PenStyle.NoPen)
                qp.setBrush(colour(name))
                right, middle = picture.width(), height / 2
                corners = [(right, middle), (right - size, middle - size * 0.6), (right - size, middle + size * 0.6)]
                qp.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
            finally:
                qp.end()
            self._heads[name] = picture
        return self._heads[name]

    def line(self, words: str, font: tuple[float, int], room: int) -> tuple[QStaticText, float, float]:
        """Return *words* laid out on one line, cut to *room* pixels, with their width and height."""
        found = self._lines.get((words, font, room))
        if found is None:
            if len(self._lines) > MOST_KEPT:
                self._lines.clear()
            if font not in self.letters:
                self.letters[font] = Letters(self.metrics[font])
            letters = self.letters[font]
            cut = letters.cut(words, room)
            found = self._lines[words, font, room] = _still(cut), letters.width(cut), letters.height
        return found

    def label(self, words: str, room: float, *, chosen: bool) -> tuple[tuple[float, int], tuple[QStaticText, ...]]:
        """Return the font and the lines in which *words* stand in a bar with *room* for them."""
        key = words, chosen, int(room)
        found = self._labels.get(key)
        if found is None:
            if len(self._labels) > MOST_KEPT:
                self._labels.clear()
            weight = (QFont.Weight.DemiBold if chosen else QFont.Weight.Medium).value
            size = 11.0
            lines = [words]
            if self.letters[size, weight].width(words) > room:
                size = 10.5
                lines = in_two_lines(words, self.letters[size, weight], int(room))
            found = self._labels[key] = ((size, weight), tuple(map(_still, lines)))
        return found


def _blank(width: int, height: int) -> tuple[QPixmap, QPainter]:
    """Return a picture with nothing on it and a painter for it, which whoever asked has to end."""
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    qp = QPainter(picture)
    qp.setRenderHint(QPainter.RenderHint.Antialiasing)
    return picture, qp


def _still(words: str) -> QStaticText:
    text = QStaticText(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return text
