"""MeasureCard: one shared measure - its value, its target, and how its readings ran."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.domain.measure import Measure
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.saying import number_text
from roadmapper.planning.consults.scoreboard import Standing
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import tip

WIDE, HIGH = 168.0, 74.0
PAD = 12.0
FIGURE = 1.15
LINE_PART = 0.36
GAP = 6.0


def amount_text(value: float, measure: Measure) -> str:
    """Return a value with its unit, such as ``41 %``."""
    return f"{number_text(value)} {measure.unit}".rstrip()


class MeasureCard(QWidget):
    """The name, the last reading, the target, and a line through the readings with the target dashed."""

    def __init__(self, standing: Standing, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.standing = standing
        measure, latest = standing.measure, standing.latest
        self.value = tr("no reading yet") if latest is None else amount_text(latest.value, measure)
        reached = tr("reached") if standing.reached else tr(standing.trend.value) if latest is not None else ""
        target = tr("target {value}").format(value=amount_text(measure.target, measure))
        self.target = target
        self.told = " · ".join(part for part in (self.value, target, reached) if part)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{measure.title}: {self.told}")
        self.setToolTip(tip(f"{measure.title}\n{self.told}"))

    @override
    def sizeHint(self) -> QSize:
        """Return the size in which name, value and target have a line each."""
        unit = self._theme.unit
        lines = 2 * self._small().lineSpacing() + self._large().lineSpacing()
        return QSize(round(WIDE * unit), round(max(HIGH * unit, lines + 2 * PAD * unit)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        unit, palette = self._theme.unit, self._theme.palette
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.setPen(QPen(colour(palette.line), max(unit, 1)))
        qp.setBrush(colour(palette.surface))
        qp.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5 * unit, 5 * unit)
        inside = QRectF(self.rect()).adjusted(PAD * unit, PAD * unit * 0.8, -PAD * unit, -PAD * unit * 0.8)
        small, large = self._small(), self._large()
        top = QRectF(inside.left(), inside.top(), inside.width(), small.lineSpacing())
        room = inside.width() * (1 - LINE_PART) - GAP * unit if self._drawn() else inside.width()
        middle = QRectF(inside.left(), top.bottom(), room, large.lineSpacing())
        below = QRectF(inside.left(), middle.bottom(), room, small.lineSpacing())
        line = QRectF(inside.right() - inside.width() * LINE_PART, 0, inside.width() * LINE_PART, 0)
        line.setTop(middle.top() + GAP * unit)
        line.setBottom(below.bottom() - GAP * unit)
        self._text(qp, top, self.standing.measure.title, palette.secondary, small, 0.92)
        bold = len(self.standing.readings) > 0
        self._text(qp, middle, self.value, palette.text if bold else palette.secondary, large, FIGURE, bold=bold)
        self._text(qp, below, self.target, palette.secondary, small, 0.92)
        self._sparkline(qp, line)
        qp.end()

    def _text(
        self,
        qp: QPainter,
        rect: QRectF,
        words: str,
        tone: str,
        metrics: QFontMetricsF,
        size: float,
        *,
        bold: bool = False,
    ) -> None:
        qp.setFont(self._font(size, bold=bold))
        qp.setPen(colour(tone))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        qp.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _sparkline(self, qp: QPainter, room: QRectF) -> None:
        """Paint the readings over their days; nothing for fewer than two days."""
        readings, target = self.standing.readings, self.standing.measure.target
        if not self._drawn():
            return
        values = [r.value for r in readings] + [target]
        low, high = min(values), max(values)
        first, days = readings[0].day, (readings[-1].day - readings[0].day).days

        def y(value: float) -> float:
            return room.bottom() - (value - low) / ((high - low) or 1.0) * room.height()

        unit, palette = self._theme.unit, self._theme.palette
        qp.setPen(QPen(colour(palette.strong_line), unit, Qt.PenStyle.DashLine))
        qp.drawLine(QLineF(room.left(), y(target), room.right(), y(target)))
        points = [QPointF(room.left() + (r.day - first).days / days * room.width(), y(r.value)) for r in readings]
        qp.setPen(QPen(colour(palette.accent), 1.6 * unit))
        qp.drawPolyline(QPolygonF(points))
        qp.setBrush(colour(palette.accent))
        qp.drawEllipse(points[-1], 2 * unit, 2 * unit)

    def _drawn(self) -> bool:
        return len({r.day for r in self.standing.readings}) > 1

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _small(self) -> QFontMetricsF:
        return QFontMetricsF(self._font(0.92))

    def _large(self) -> QFontMetricsF:
        return QFontMetricsF(self._font(FIGURE, bold=True))
