"""MeasureCard: a shared measure at a glance - latest value, target, way, trend in words, and the line of readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QWidget
from typing_extensions import override

from roadmapper.chart.bubble_labels import Box
from roadmapper.chart.bubble_painter import FontLetters
from roadmapper.chart.painter import FAMILY, colour
from roadmapper.chart.trend import Course, trend_picture
from roadmapper.chart.trend_bars import way_part
from roadmapper.chart.trend_painter import TrendPainter
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard import Standing, Trend
from roadmapper.planning.consults.scoreboard_words import (
    at_target,
    contradicts,
    latest_text,
    owners_texts,
    readings_text,
    standing_text,
    target_text,
    trend_text,
    way_text,
)
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import tip

LEAST_WIDTH = 230.0
PAD, GAP = 12.0, 4.0
NORMAL, SMALL, LARGE = 13.0, 12.0, 20.0
LEADING = 1.35
CHART, BAR, BAR_PART = 68.0, 8.0, 0.34
LINES = (NORMAL, LARGE, SMALL, SMALL, SMALL, SMALL)
"""The sizes of the lines above the chart; two more small lines stand below it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card and where it stands; *fixed* words are the program's own and must never be cut."""

    words: str
    size: float
    box: Box
    name: str
    bold: bool = False
    fixed: bool = False


class MeasureCard(QRadioButton):
    """One of the cards; *wanted* is sent when it is to be looked at in full, *unwanted* when it is to go."""

    wanted = Signal()
    unwanted = Signal()

    def __init__(self, standing: Standing, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letters = FontLetters(theme.unit, self)
        self._fonts: dict[tuple[float, bool], tuple[QFont, QFontMetricsF]] = {}
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.standing = standing
        self.show_standing(standing)

    def show_standing(self, standing: Standing) -> None:
        """Show how the measure stands now."""
        self.standing = standing
        measure = standing.measure
        self.setAccessibleName(measure.title)
        self.setAccessibleDescription(standing_text(standing))
        self.setToolTip(tip("\n".join([measure.title, target_text(measure), *owners_texts(measure)])))
        self.update()

    @staticmethod
    def height_for(theme: Theme) -> int:
        """Return the height of every card in pixels."""
        text = (sum(LINES) + 2 * SMALL) * LEADING + GAP * (len(LINES) + 1)
        return round((2 * PAD + text + CHART) * theme.unit)

    @override
    def sizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(round(LEAST_WIDTH * self._theme.unit), self.height_for(self._theme))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        """Let a click anywhere on the card count."""
        return self.rect().contains(pos)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, delete with Del; the arrows walk from card to card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            self.wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit()
        else:
            super().keyPressEvent(event)

    def lines(self) -> list[Line]:
        """Return the lines of the card, placed."""
        standing, unit, palette = self.standing, self._theme.unit, self._theme.palette
        measure = standing.measure
        left, wide, top = PAD * unit, self.width() - 2 * PAD * unit, PAD * unit
        aside = wide * BAR_PART + 2 * GAP * unit
        trend = {Trend.BETTER: palette.good, Trend.WORSE: palette.bad}.get(standing.trend, palette.secondary)
        told: list[tuple[str, float, float, str, bool, bool]] = [
            (measure.title, NORMAL, 0.0, palette.text, True, False),
            (latest_text(standing), LARGE, 0.0, palette.text, True, False),
            (target_text(measure), SMALL, 0.0, palette.secondary, False, False),
            (way_text(standing), SMALL, aside, palette.good if at_target(standing) else palette.text, False, True),
            (trend_text(standing), SMALL, 0.0, trend, False, True),
            (readings_text(standing), SMALL, 0.0, palette.secondary, False, True),
        ]
        found = []
        for words, size, indent, name, bold, fixed in told:
            height = size * LEADING * unit
            found.append(Line(words, size, Box(left + indent, top, wide - indent, height), name, bold, fixed))
            top += height + GAP * unit
        height = SMALL * LEADING * unit
        for number, words in enumerate(owners_texts(measure)):
            foot = Box(left, self.height() - PAD * unit - (2 - number) * height, wide, height)
            found.append(Line(words, SMALL, foot, palette.secondary))
        return found

    def advance(self, line: Line) -> float:
        """Return how wide the words of a line are."""
        return self._font(line.size, bold=line.bold)[1].horizontalAdvance(line.words)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        qp, unit, palette = QPainter(self), self._theme.unit, self._theme.palette
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        strong = chosen or self.hasFocus()
        pen = QPen(colour(palette.accent if strong else palette.strong_line), (2 if strong else 1) * max(1, int(unit)))
        if self.hasFocus() and not chosen:
            pen.setStyle(Qt.PenStyle.DotLine)
        qp.setPen(pen)
        qp.setBrush(colour(palette.raised if self.underMouse() and not chosen else palette.surface))
        edge = pen.widthF() / 2
        qp.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 6 * unit, 6 * unit)
        lines = self.lines()
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for line in lines:
            font, metrics = self._font(line.size, bold=line.bold)
            qp.setFont(font)
            qp.setPen(colour(line.name))
            shown = metrics.elidedText(line.words, Qt.TextElideMode.ElideRight, line.box.width)
            qp.drawText(QRectF(*line.box), flags | Qt.TextFlag.TextSingleLine, shown)
        painter = TrendPainter(qp, palette, self._letters)
        way = lines[3].box
        bar = QRectF(lines[0].box.left, way.top + (way.height - BAR * unit) / 2, 0, BAR * unit)
        bar.setWidth(lines[0].box.width * BAR_PART)
        way_is_known = not contradicts(self.standing.measure)
        painter.way(bar, way_part(self.standing.way) if way_is_known else 0.0, done=at_target(self.standing))
        top = lines[5].box.top + lines[5].box.height + GAP * unit
        room = Box(lines[0].box.left, top, lines[0].box.width, lines[6].box.top - GAP * unit - top)
        if not self.standing.readings:
            qp.setPen(colour(palette.faint))
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            qp.drawText(QRectF(*room), centred, tr("The line of readings will stand here."))
        else:
            painter.paint(trend_picture(course_of(self.standing), room, unit, self._letters))
        qp.end()

    def _font(self, size: float, *, bold: bool) -> tuple[QFont, QFontMetricsF]:
        if (size, bold) not in self._fonts:
            font = QFont(FAMILY)
            font.setPixelSize(max(1, round(size * self._theme.unit)))
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[size, bold] = font, QFontMetricsF(font, self)
        return self._fonts[size, bold]


def course_of(standing: Standing, **words: Any) -> Course:
    """Return what the chart of a measure shows; the lines are named, or said as *words* has it."""
    readings = tuple((r.day, r.value) for r in standing.readings)
    measure = standing.measure
    named = {"baseline_words": tr("baseline"), "target_words": tr("target")} | words
    return Course(readings, measure.baseline, measure.target, **named)
