"""TrendCanvas: the line of one measure in full, with a tooltip that names the reading under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from roadmapper.chart.bubble_labels import Box
from roadmapper.chart.bubble_painter import FontLetters
from roadmapper.chart.painter import colour
from roadmapper.chart.trend import Course, TrendPicture, nearest, trend_picture
from roadmapper.chart.trend_painter import TrendPainter
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard import Standing
from roadmapper.planning.consults.scoreboard_words import standing_text, value_text
from roadmapper.planning.phrases import day_text
from roadmapper.ui.scoreboard.card import course_of
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import tip

WIDTH, HEIGHT = 240.0, 150.0
PAD = 2.0


class TrendCanvas(QWidget):
    """The chart of one measure."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letters = FontLetters(theme.unit, self)
        self._standing: Standing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Readings against the target"))

    def show_standing(self, standing: Standing | None) -> None:
        """Show another measure."""
        self._standing = standing
        self.setAccessibleDescription(standing_text(standing) if standing is not None else "")
        self.update()

    @property
    def course(self) -> Course | None:
        """Return what is shown, None without a reading."""
        standing = self._standing
        if standing is None or not standing.readings:
            return None
        measure = standing.measure
        return course_of(
            standing,
            baseline_words=tr("baseline {value}").format(value=value_text(measure, measure.baseline)),
            target_words=tr("target {value}").format(value=value_text(measure, measure.target)),
        )

    @override
    def sizeHint(self) -> QSize:
        """Return what it takes."""
        return QSize(round(WIDTH * self._theme.unit), round(HEIGHT * self._theme.unit))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the height, and little width."""
        return QSize(round(WIDTH / 2 * self._theme.unit), round(HEIGHT * self._theme.unit))

    def picture(self, course: Course) -> TrendPicture:
        """Return the chart as it stands in the size the widget has now."""
        pad = PAD * self._theme.unit
        room = Box(pad, pad, max(self.width() - 2 * pad, 1.0), max(self.height() - 2 * pad, 1.0))
        return trend_picture(course, room, self._theme.unit, self._letters)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart, or what is needed for one."""
        qp, course = QPainter(self), self.course
        if course is not None:
            TrendPainter(qp, self._theme.palette, self._letters).paint(self.picture(course))
        else:
            qp.setFont(self._letters.font)
            qp.setPen(colour(self._theme.palette.secondary))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            qp.drawText(QRectF(self.rect()), flags, tr("The line of readings will stand here."))
        qp.end()

    @override
    def event(self, event: QEvent) -> bool:
        """Name the reading under the pointer in a tooltip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.words_at(event.pos().x())), self)
            return True
        return super().event(event)

    def words_at(self, x: float) -> str:
        """Return what is said of the reading nearest to *x* pixels."""
        course, standing = self.course, self._standing
        if course is None or standing is None:
            return ""
        found = nearest(course, self.picture(course), x)
        return "" if found is None else f"{day_text(found[0])}: {value_text(standing.measure, found[1])}"
