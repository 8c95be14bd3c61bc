"""BubbleCanvas: the bubbles of the ranking under mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from roadmapper.chart.bubble_labels import Box
from roadmapper.chart.bubble_painter import BubblePainter, FontLetters, Marks
from roadmapper.chart.bubbles import Bubble, meant, next_bubble, under
from roadmapper.chart.painter import colour
from roadmapper.chart.value_picture import Facts, Picture, facts_of, notes_of, picture_of, spot_lines
from roadmapper.chart.walking import Way
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr, trn
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import tip

LEAST_WIDTH, LEAST_HEIGHT = 200, 220
WIDTH, HEIGHT = 320, 340
PAD = 2.0
MOST_IN_TIP = 6
WAYS = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Home: Way.FIRST,
    Qt.Key.Key_End: Way.LAST,
}


class BubbleCanvas(QWidget):
    """The chart itself. Where the keyboard is, *walked*, is not yet what is chosen: Enter chooses it."""

    walked = Signal()

    def __init__(self, comparing: Comparing, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._theme = theme
        self._letters = FontLetters(theme.unit, self)
        self._facts: Facts | None = None
        self._picture: Picture | None = None
        self._before: Picture | None = None
        self._placed: tuple[QSize, EntityId | None] | None = None
        self._pointed: EntityId | None = None
        self.focused: EntityId | None = comparing.focus
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Value against effort"))
        comparing.ranked.connect(self._ranked)
        comparing.chosen.connect(self._chosen)
        comparing.rested.connect(self._rested)
        self._ranked()

    @property
    def facts(self) -> Facts:
        """Return what the chart shows, read from the ranking when it is first asked for."""
        if self._facts is None:
            self._facts = facts_of(self._comparing.plan, self._comparing.ranking)
        return self._facts

    @property
    def picture(self) -> Picture:
        """Return the chart as it stands in the size the widget has now."""
        wanted = (self.size(), self._comparing.focus)
        if self._picture is None or self._placed != wanted:
            before = self._before if self._placed == wanted else None
            self._placed = wanted
            self._picture = picture_of(self.facts, self._room(), self._theme.unit, self._letters, wanted[1], before)
        return self._picture

    def bubble(self, key: EntityId | None) -> Bubble | None:
        """Return the bubble of an investment, None if it has none."""
        return next((b for b in self.picture.bubbles if b.spot.key == key), None)

    @override
    def sizeHint(self) -> QSize:
        """Return what it would like."""
        return QSize(WIDTH, HEIGHT) * self._theme.unit

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least room in which it can be read."""
        return QSize(LEAST_WIDTH, LEAST_HEIGHT) * self._theme.unit

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart."""
        qp = QPainter(self)
        qp.fillRect(self.rect(), colour(self._theme.palette.surface))
        focused = self.focused if self.hasFocus() else None
        marks = Marks(self._comparing.focus, focused, self._pointed)
        BubblePainter(qp, self._theme.palette, self._letters).paint(self.picture, self._room(), marks)
        qp.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is clicked; a further click on the same spot chooses what lies below."""
        found = self._under(event.position())
        if event.button() is Qt.MouseButton.LeftButton and found:
            bubble = meant(found, self._comparing.focus)
            if bubble is not None:
                self.focused = bubble.spot.key
                self._comparing.choose(bubble.spot.key)
                self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name what is pointed at."""
        found = self._under(event.position())
        self._point(found[0].spot.key if found else None)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._point(None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, choose with Enter."""
        key = Qt.Key(event.key())
        if key in WAYS:
            bubble = next_bubble(self.picture.bubbles, self.focused, WAYS[key])
            if bubble is not None:
                self._walk(bubble.spot.key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.bubble(self.focused) is not None:
                self._comparing.choose(self.focused)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand where the choice is, or at the first place."""
        if self.bubble(self.focused) is None:
            first = next_bubble(self.picture.bubbles, self._comparing.focus, Way.FIRST)
            self.focused = first.spot.key if first is not None else None
            self._tell()
        super().focusInEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        """Show in a tooltip what is said of the bubbles under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.words_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def words_at(self, point: QPointF) -> str:
        """Return what is said of the bubbles under a point, the topmost first; below the chart, its notes in full."""
        found = self._under(point)
        if not found:
            over = point.y() >= self.picture.note.box.top
            return "\n".join(notes_of(self.facts, len(self.picture.labels))) if over else ""
        parts = ["\n".join(spot_lines(b.spot, self.facts)) for b in found[:MOST_IN_TIP]]
        if len(found) > MOST_IN_TIP:
            parts.append(trn("and {n} more here", "and {n} more here", len(found) - MOST_IN_TIP))
        return "\n\n".join(parts)

    def _room(self) -> Box:
        pad = PAD * self._theme.unit
        return Box(pad, pad, max(self.width() - 2 * pad, 1.0), max(self.height() - 2 * pad, 1.0))

    def _under(self, point: QPointF) -> list[Bubble]:
        return under(self.picture.bubbles, point.x(), point.y(), self._theme.unit)

    def _point(self, key: EntityId | None) -> None:
        if key != self._pointed:
            self._pointed = key
            self.update()

    def _walk(self, key: EntityId) -> None:
        self.focused = key
        self._tell()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))
        self.walked.emit()
        self.update()

    def _rested(self) -> None:
        """Find a place for every name anew, once nothing moves."""
        if self._before is not None:
            self._before = self._picture = None
            self.update()

    def _ranked(self) -> None:
        # While a weight slides, the names only follow their bubbles: finding places for all takes longer than the rest.
        self._before = (self._picture or self._before) if self._comparing.trying else None
        self._facts = self._picture = None
        if self._pointed not in self._comparing.ranking.by_id:
            self._pointed = None
        self._tell()
        self.update()

    def _chosen(self) -> None:
        if self._comparing.focus is not None:
            self.focused = self._comparing.focus
        self._tell()
        self.update()

    def _tell(self) -> None:
        """Tell a screen reader where the keyboard is; Qt sends the event as the description changes."""
        facts = self.facts
        spot = next((s for s in facts.spots if s.key == self.focused), None)
        self.setAccessibleDescription(
            ", ".join(spot_lines(spot, facts))
            if spot is not None
            else facts.empty or trn("{n} investment", "{n} investments", len(facts.spots))
        )
