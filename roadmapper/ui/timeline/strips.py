"""Strip: what all strips under the lanes share - figures at the left, a picture under the same time scale, words."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget
from typing_extensions import override

from roadmapper.chart.painter import Painter, View, colour
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.shading import CalendarLayer
from roadmapper.ui.timeline.view import TimelineView
from roadmapper.ui.widgets.labels import tip

LEAST = 48.0
MOMENT_MS = 25
TITLE_TOP, TITLE_HEIGHT, ROW = 8.0, 22.0, 19.0
PAD = 14.0
BUTTON = 20.0


class Figure(NamedTuple):
    """A line at the left: what it is, its value, and the colour of the value by its name in the palette."""

    what: str
    value: str
    colour: str


class Strip(QWidget):
    """A strip that is read anew, a moment after something changed, only while it is shown.

    Where the pointer rests, or the arrow keys lead, a line stands and a tooltip says what is there.
    """

    hidden_by_hand = Signal()
    title = ""
    usual = 100.0

    def __init__(
        self, editor: Editor, view: TimelineView, calendar: CalendarLayer, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.view = view
        self.theme = theme
        self._calendar = calendar
        self._stale = True
        self._pointed: float | None = None
        self._soon = QTimer(self, interval=MOMENT_MS, singleShot=True)
        self._soon.timeout.connect(self.settle)
        self.setAccessibleName(tr(self.title))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(round(LEAST * theme.unit))
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = tr("Hide “{strip}”; the View menu shows it again").format(strip=tr(self.title))
        self.close_button.setToolTip(words)
        self.close_button.setAccessibleName(words)
        self.close_button.clicked.connect(self.hidden_by_hand)
        editor.opened.connect(self.refresh)
        editor.changed.connect(self.refresh)
        view.scaled.connect(self._follow)
        view.horizontalScrollBar().valueChanged.connect(self._follow)

    @property
    def split(self) -> float:
        """Return where the figures end and the picture begins."""
        return float(self.view.x())

    @override
    def sizeHint(self) -> QSize:
        """Return the height that the figures need."""
        return QSize(400, round(self.usual * self.theme.unit))

    def refresh(self) -> None:
        """Read the plan anew in a moment; while the strip is hidden, when it is shown."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def settle(self) -> None:
        """Read the plan anew now, if it was changed."""
        if self._stale:
            self._stale = False
            self.read()
            self.tell()
            self.update()

    def read(self) -> None:
        """Work out what is shown from the plan."""
        raise NotImplementedError

    def figures(self) -> list[Figure]:
        """Return what stands at the left, the most important first."""
        raise NotImplementedError

    def paint_chart(self, painter: Painter, area: QRectF) -> None:
        """Paint the picture."""
        raise NotImplementedError

    def words_at(self, day: date, reach: int) -> str:
        """Return what there is to say about a day; what lies within *reach* days of it is meant too."""
        raise NotImplementedError

    def line_at(self, day: date) -> date:
        """Return where the line stands when *day* is pointed at."""
        return day

    def tell(self) -> None:
        """Say the figures to who cannot see them."""
        self.setAccessibleDescription(". ".join(f"{f.what}: {f.value}" for f in self.figures()))

    def place(self) -> None:
        """Put what lies at the left where it belongs."""
        unit = self.theme.unit
        size = round(BUTTON * unit)
        self.close_button.setGeometry(round(self.split - size - 6 * unit), round(TITLE_TOP * unit), size, size)
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Show what became of the plan while nobody looked."""
        super().showEvent(event)
        self.settle()
        self.place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in its place."""
        super().resizeEvent(event)
        self.place()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what lies under the pointer."""
        x = event.position().x()
        self._point_at(x if x >= self.split else None)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Take the line away with the pointer."""
        self._point_at(None)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show who has the focus."""
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the line away with the focus."""
        super().focusOutEvent(event)
        self._point_at(None)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the picture with the arrows."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not steps:
            super().keyPressEvent(event)
            return
        today = self.split + self.view.scale.x(self.view.today) - self.view.left
        x = self._pointed + steps * self.step() if self._pointed is not None else today
        self._point_at(min(max(x, self.split), self.width() - 1.0))

    def step(self) -> float:
        """Return how many pixels an arrow key leads on."""
        return max(7 * self.view.scale.day_width, 1.0)

    def day_at(self, x: float) -> date:
        """Return the day at a place of the strip."""
        return self.view.scale.day(self.view.left + x - self.split)

    def words(self) -> str:
        """Return what is said about where the line stands."""
        if self._pointed is None:
            return ""
        self.settle()  # what was deleted a moment ago can not be told of
        reach = round(4 * self.theme.unit / self.view.scale.day_width)
        return self.words_at(self.day_at(self._pointed), reach)

    def _point_at(self, x: float | None) -> None:
        if x == self._pointed:
            return
        self._pointed = x
        words = self.words()
        if words:
            point = QPointF(x or 0.0, self.height() / 3).toPoint()
            QToolTip.showText(self.mapToGlobal(point), tip(words), self)
            if self.hasFocus():
                self.setAccessibleDescription(words)
        else:
            QToolTip.hideText()
            self.tell()
        self.update()

    def _follow(self) -> None:
        """Show the picture where the chart is now; the figures stay as they are."""
        split = ceil(self.split)
        self.update(split, 0, self.width() - split, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint figures and picture."""
        qp = QPainter(self)
        try:
            self._paint(qp, figures=event.rect().left() < self.split)
        finally:
            qp.end()

    def _paint(self, qp: QPainter, *, figures: bool) -> None:
        unit, palette, split = self.theme.unit, self.theme.palette, self.split
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.fillRect(self.rect(), colour(palette.surface))
        painter = Painter(qp, palette, View(self.view.scale, self.view.left, unit, None))
        area = QRectF(split, 1, self.width() - split, self.height() - 1)
        qp.save()
        qp.setClipRect(area)
        self._calendar.beyond(painter, area, words=False)
        painter.grid(area)
        self.paint_chart(painter, area)
        self._upright(painter, area, self.view.today, palette.bad, 1.4)
        if self._pointed is not None:
            self._upright(painter, area, self.line_at(self.day_at(self._pointed)), palette.text, 1.0)
        qp.restore()
        if figures:
            self._paint_figures(painter)
        qp.setPen(QPen(colour(palette.strong_line), 1))
        qp.drawLine(QLineF(0, 0.5, self.width(), 0.5))
        if self.hasFocus():
            qp.setPen(QPen(colour(palette.accent), 2 * unit))
            qp.drawRect(QRectF(self.rect()).adjusted(unit, unit, -unit, -unit))

    def _upright(self, painter: Painter, area: QRectF, day: date, name: str, width: float) -> None:
        x = area.left() + painter.view.x(day)
        painter.qp.setPen(QPen(colour(name), width * self.theme.unit))
        painter.qp.drawLine(QLineF(x, area.top(), x, area.bottom()))

    def _paint_figures(self, painter: Painter) -> None:
        unit, palette = self.theme.unit, self.theme.palette
        painter.font(12.5, QFont.Weight.DemiBold)
        left, wide = PAD * unit, self.split - 2 * PAD * unit
        row = QRectF(left, TITLE_TOP * unit, self.title_room(), TITLE_HEIGHT * unit)
        painter.text(row, tr(self.title), palette.text)
        row = QRectF(left, row.bottom() - 1 * unit, wide, ROW * unit)
        for what, value, name in self.figures():
            if row.bottom() > self.height():
                return
            metrics = painter.font(11.5, QFont.Weight.DemiBold)
            width = min(metrics.horizontalAdvance(value) + 4, wide)
            painter.text(QRectF(row.right() - width, row.top(), width, row.height()), value, getattr(palette, name))
            painter.font(11.5)
            painter.text(QRectF(row.left(), row.top(), row.width() - width - 6, row.height()), what, palette.secondary)
            row.translate(0, ROW * unit)

    def title_room(self) -> float:
        """Return how wide the title may be."""
        return self.split - (2 * PAD + BUTTON) * self.theme.unit


def before(day: date) -> date:
    """Return the last day before *day*, as a screen names it."""
    return day - timedelta(1)
