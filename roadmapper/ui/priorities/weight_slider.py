"""AmountSlider: an amount from nothing to a round number, by mouse or keyboard, with marks where others stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget
from typing_extensions import override

from roadmapper.chart.palette import Palette
from roadmapper.domain.criterion import Voice
from roadmapper.ui.theme import Theme

SETTLE_MS = 700
"""Milliseconds without a key after which an amount moved by keys is kept."""
MANY = 10
ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
STEPS = (1.0, 2.0, 5.0, 10.0)
THUMB, GROOVE, MARK, HIGH = 7.0, 5.0, 9.0, 31.0
Spot: TypeAlias = tuple[Voice, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """From 0 to *top* in steps of *step*."""

    top: float
    step: float

    @classmethod
    def reaching(cls, least: float, finest: float = 1.0) -> Scale:
        """Return a scale that ends at a round number from *least* on, in about a hundred round steps."""
        top = round_above(max(least, MANY * finest))
        size = 10 ** floor(log10(top / 100) + 1e-9)
        step = max(s * size for s in STEPS if s * size <= top / 100 * (1 + 1e-9))
        return cls(top, max(step, finest))


def round_above(amount: float) -> float:
    """Return the first round number that is not below *amount*, which is above 0."""
    size = 10.0 ** floor(log10(amount))
    return next(n * size for n in ROUND if n * size >= amount * (1 - 1e-9))


class AmountSlider(QSlider):
    """A slider of amounts.

    *slid* is sent while it moves, *settled* once it stays - when the mouse is let go, a moment after the last key, on
    Enter, or when the focus leaves - and *given_up* when Esc took it back.
    """

    slid = Signal(float)
    settled = Signal(float)
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, quiet: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._quiet = quiet
        self._scale = Scale(100.0, 1.0)
        self._amount = 0.0
        self._before: float | None = None
        self._slid = False
        self._grip = 0.0
        self._marks: Sequence[Spot] = ()
        self._pause = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._pause.timeout.connect(self.settle)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.valueChanged.connect(self._told)

    @property
    def amount(self) -> float:
        """Return where it stands."""
        return self._amount

    @property
    def busy(self) -> bool:
        """Return whether it is being moved and not settled yet."""
        return self._before is not None

    @property
    def scale(self) -> Scale:
        """Return from where to where it goes."""
        return self._scale

    def set_scale(self, scale: Scale) -> None:
        """Go to another end, in other steps."""
        self._scale = scale
        with QSignalBlocker(self):
            self.setRange(0, round(scale.top / scale.step))
            self.setSingleStep(1)
            self.setPageStep(MANY)
        self._show()

    def set_amount(self, amount: float) -> None:
        """Stand elsewhere, without telling anybody."""
        self._amount = amount
        self._show()

    def set_marks(self, marks: Sequence[Spot]) -> None:
        """Mark where the voices stand."""
        self._marks = marks
        self.update()

    def settle(self) -> None:
        """Keep the amount that it was moved to; a mere click on the thumb moves nothing."""
        if self._before is not None:
            moved = self._amount != self._before
            self._rest()
            if moved:
                self.settled.emit(self._amount)
            elif self._slid:  # there and back again
                self.given_up.emit()

    def give_up(self) -> None:
        """Go back to where it stood before it was moved."""
        if self._before is not None:
            before = self._before
            self._rest()
            self.set_amount(before)
            self.given_up.emit()

    def forget(self) -> None:
        """Stay where it is shown to be: what it was moved from holds no longer."""
        self._rest()

    def _rest(self) -> None:
        self._before = None
        self._pause.stop()
        self.setSliderDown(False)

    def _show(self) -> None:
        with QSignalBlocker(self):
            self.setValue(round(min(self._amount, self._scale.top) / self._scale.step))
        self.update()

    def _move(self, amount: float) -> None:
        if self._before is None:
            self._before, self._slid = self._amount, False
        amount = min(max(amount, 0.0), self._scale.top)
        if amount != self._amount:
            self._slid = True
            self.set_amount(amount)
            self.slid.emit(amount)

    def _told(self, value: int) -> None:
        """Follow what a screen reader sets."""
        self._move(value * self._scale.step)
        self._pause.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next round amount; Enter keeps it, Esc takes it back."""
        step, at = self._scale.step, self._amount / self._scale.step
        key = event.key()
        # From an amount between two steps, the next key leads to the one beside it.
        up, down = floor(at + 1e-9) + 1, -floor(-at + 1e-9) - 1
        wanted = {
            Qt.Key.Key_Right: up,
            Qt.Key.Key_Up: up,
            Qt.Key.Key_Left: down,
            Qt.Key.Key_Down: down,
            Qt.Key.Key_PageUp: up + MANY - 1,
            Qt.Key.Key_PageDown: down - MANY + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._scale.top / step,
        }.get(Qt.Key(key))
        if wanted is not None:
            self._move(wanted * step)
            self._pause.start()
        elif event.matches(QKeySequence.StandardKey.Cancel) and self.busy:
            self.give_up()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.busy:
            self.settle()
        else:
            event.ignore()

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Esc for the slider as long as there is something to take back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Cancel)
            and self.busy
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the amount that keys moved it to; a menu or another window is no reason to."""
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.settle()
        super().focusOutEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll what lies behind."""
        event.ignore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the thumb, or have it come."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.settle()
        self._before, self._slid = self._amount, False
        self.setSliderDown(True)
        off = event.position().x() - self._x(self._amount)
        self._grip = off if abs(off) <= self._pixels(THUMB) else 0.0
        if not self._grip and off:
            self._drag(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if self.isSliderDown():
            self._drag(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the amount."""
        if self.isSliderDown() and event.button() == Qt.MouseButton.LeftButton:
            self.settle()

    def _drag(self, event: QMouseEvent) -> None:
        pad = self._pad()
        part = (event.position().x() - self._grip - pad) / max(self.width() - 2 * pad, 1)
        self._move(round(part * self._scale.top / self._scale.step) * self._scale.step)

    def _pixels(self, units: float) -> float:
        return units * self._theme.unit

    def _pad(self) -> float:
        return self._pixels(THUMB) + 2

    def _x(self, amount: float) -> float:
        pad = self._pad()
        return pad + min(amount / self._scale.top, 1.0) * (self.width() - 2 * pad)

    @override
    def sizeHint(self) -> QSize:
        """Return room for the thumb and the marks below it."""
        return QSize(round(self._pixels(120)), round(self._pixels(HIGH if not self._quiet else 2 * THUMB + 6)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same height, and a width in which there is something to move."""
        return QSize(round(self._pixels(60)), self.sizeHint().height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the groove, what of it is taken, the thumb and the marks."""
        colours = self._theme.palette
        radius, pad = self._pixels(THUMB), self._pad()
        middle, x = radius + 3, self._x(self._amount)
        main = QColor(colours.faint if not self.isEnabled() else colours.secondary if self._quiet else colours.accent)
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(colours.ghost), self._pixels(GROOVE), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        qp.setPen(pen)
        qp.drawLine(QPointF(pad, middle), QPointF(self.width() - pad, middle))
        if x > pad:
            pen.setColor(main)
            qp.setPen(pen)
            qp.drawLine(QPointF(pad, middle), QPointF(x, middle))
        if self.hasFocus():
            qp.setPen(QPen(main, 1.5))
            qp.setBrush(QColor(colours.accent_tint))
            qp.drawEllipse(QPointF(x, middle), radius + 2, radius + 2)
        qp.setPen(QPen(main, self._pixels(2)))
        qp.setBrush(main if self.isSliderDown() else QColor(colours.surface))
        qp.drawEllipse(QPointF(x, middle), radius - 1.5, radius - 1.5)
        for voice, amount in self._marks:
            paint_mark(qp, QPointF(self._x(amount), middle + radius + 3), self._pixels(MARK), voice, colours)
        qp.end()


def paint_mark(qp: QPainter, tip: QPointF, size: float, voice: Voice, colours: Palette) -> None:
    """Paint the mark of a voice below *tip*: a filled triangle for the CIO, a hollow diamond for the CMO."""
    x, y, half = tip.x(), tip.y(), size / 2
    if voice is Voice.CIO:
        colour = QColor(colours.accents[1].full)
        shape = [QPointF(x, y), QPointF(x + half, y + size * 0.8), QPointF(x - half, y + size * 0.8)]
        qp.setBrush(colour)
    else:
        colour = QColor(colours.accents[2].full)
        shape = [QPointF(x, y), QPointF(x + half, y + half), QPointF(x, y + size), QPointF(x - half, y + half)]
        qp.setBrush(Qt.BrushStyle.NoBrush)
    qp.setPen(QPen(colour, size / 6))
    qp.drawPolygon(QPolygonF(shape))
