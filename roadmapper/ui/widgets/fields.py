"""Fields: a number, an amount, a few weeks - typed as people type them, marked when they cannot be read."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from roadmapper.chart.palette import DARK, LIGHT
from roadmapper.domain.entity import GREATEST_COUNT, check_number
from roadmapper.domain.money import money_from
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import number_from, whole_from
from roadmapper.planning.phrases import exact_money_text
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.steps import is_for_plan

T = TypeVar("T")

LONGEST_TEXT = 200
MOST_WEEKS = 104
TYPED_DIGITS = 3


class ValueEdit(QLineEdit, Generic[T]):
    """A line with one value; what cannot be read stays as typed, is marked, and Esc puts the value back.

    *value_changed* is sent when editing finishes with another value, *refused* with a sentence when it finishes with
    what cannot be read.
    """

    value_changed = Signal(object)
    refused = Signal(str)

    def __init__(self, value: T | None = None, parent: QWidget | None = None, *, optional: bool = True) -> None:
        super().__init__(parent)
        self._value = value
        self._optional = optional
        self._described = ""
        self._complaint = ""
        self._note = self._note_colour = ""
        self._height = 0
        limit(self, LONGEST_TEXT)
        self.setText(self.shown(value))
        self.editingFinished.connect(self.settle)

    @abstractmethod
    def read(self, text: str) -> T:
        """Return the value that *text*, which is not empty, stands for; raises Refused."""

    @abstractmethod
    def shown(self, value: T | None) -> str:
        """Return how a value stands in the field while nobody edits it."""

    @abstractmethod
    def wanted(self) -> str:
        """Return the sentence for an empty field that must not be empty."""

    @property
    def value(self) -> T | None:
        """Return the last value that could be read."""
        return self._value

    @property
    def dirty(self) -> bool:
        """Return whether something else is typed than what the field holds."""
        return self.text() != self.shown(self._value)

    @property
    def marked(self) -> bool:
        """Return whether the field is marked as unreadable."""
        return bool(self.property("invalid"))

    def set_value(self, value: T | None) -> None:
        """Show another value, without telling anybody."""
        self._value = value
        self.put_back()

    def renew(self, value: T | None) -> None:
        """Hold another value, as it came from elsewhere; what somebody is in the middle of typing stays."""
        typing = self.dirty
        self._value = value
        if not typing:
            self.put_back()

    def put_back(self) -> None:
        """Show the value again, whatever was typed."""
        shown = self.shown(self._value)
        if self.text() != shown:
            self.setText(shown)
            if not self.hasFocus():
                self.setCursorPosition(0)
        self._mark("")

    @property
    def note(self) -> str:
        """Return what is said at the right of the field, in grey."""
        return self._note

    def set_note(self, words: str, colour: str = "") -> None:
        """Say *words* at the right of the field, such as a unit, where what is typed leaves room for them."""
        if (words, colour) != (self._note, self._note_colour):
            self._note, self._note_colour = words, colour
            self.update()

    def has_room(self, words: str) -> bool:
        """Return whether *words* fit behind what is typed."""
        metrics = QFontMetricsF(self.font())
        return metrics.horizontalAdvance(f"{self.text()}0000{words}") <= self.width()

    def complain(self, sentence: str) -> None:
        """Mark the field because what can be read in it cannot be beside other fields, or no longer."""
        self._complaint = sentence
        if sentence or self.marked:
            self._mark("" if sentence else self._unread())

    def settle(self) -> bool:
        """Take what was typed, if it can be read, and return whether it can."""
        if not self.dirty:
            self._mark("")
            return True
        try:
            value = self.typed()
        except Refused as refusal:
            if self._mark(str(refusal)):
                self.refused.emit(str(refusal))
            return False
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.value_changed.emit(value)
        return True

    def typed(self) -> T | None:
        """Return the value that stands in the field now, finished or not; raises Refused when it cannot be read."""
        if not self.dirty and (self._value is not None or self._optional):
            return self._value
        text = " ".join(self.text().split())
        if text:
            return self.read(text)
        if not self._optional:
            raise Refused(self.wanted())
        return None

    def _unread(self) -> str:
        try:
            self.typed()
        except Refused as refusal:
            return str(refusal)
        return ""

    def _mark(self, sentence: str) -> bool:
        """Show that something is wrong, or no longer; return whether that is news."""
        sentence = sentence or self._complaint
        if self.marked == bool(sentence) and (not sentence or self.accessibleDescription() == sentence):
            return False
        if not self.marked:
            self._described = self.accessibleDescription()
        self.setProperty("invalid", bool(sentence))
        self.setAccessibleDescription(sentence or self._described)
        dark = self.palette().color(QPalette.ColorRole.Base).lightness() < 128
        bad = (DARK if dark else LIGHT).bad
        self.setStyleSheet(f"QLineEdit {{ border: 2px solid {bad}; }}" if sentence else "")
        return True

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Esc for the field as long as there is something to put back, and undo only then."""
        if is_for_plan(event, typed=self.dirty, redoable=self.isRedoAvailable()):
            event.ignore()
            return False
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Cancel) and self.dirty:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.put_back()
                self.selectAll()
                event.accept()
                return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what stands there, however it came there: Qt tells only of what was typed by hand."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.settle()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the note at the right, where there is room for it."""
        super().paintEvent(event)
        if not self._note or not self.has_room(self._note):
            return
        edge = round(QFontMetricsF(self.font()).horizontalAdvance("0"))
        painter = QPainter(self)
        try:
            grey = self.palette().color(QPalette.ColorRole.PlaceholderText)
            painter.setPen(QColor(self._note_colour) if self._note_colour else grey)
            painter.setFont(self.font())
            across = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(edge, 0, -edge, 0), across, self._note)
        finally:
            painter.end()

    def widest(self) -> str:
        """Return a text that must fit."""
        return "0" * 10

    @override
    def sizeHint(self) -> QSize:
        """Return a size in which the widest text fits."""
        return self.minimumSizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the height of a line, and the width of the widest text with its margins."""
        hint = super().minimumSizeHint()
        if not self.marked:
            self._height = hint.height()
        elif self._height:  # its frame is thicker, but nothing below it is to move for that
            hint.setHeight(self._height)
        metrics = QFontMetricsF(self.font())
        margins = round(metrics.height() * 1.5)
        return QSize(max(hint.width(), round(metrics.horizontalAdvance(self.widest())) + margins), hint.height())


class NumberEdit(ValueEdit[float]):
    """A number, such as an effort in person-weeks, or nothing while nobody knows it."""

    def __init__(
        self,
        value: float | None = None,
        parent: QWidget | None = None,
        *,
        least: float = 0,
        most: float = GREATEST_COUNT,
        whole: bool = False,
    ) -> None:
        self._least = least
        self._most = most
        self._whole = whole
        super().__init__(value, parent)

    @override
    def read(self, text: str) -> float:
        number = float(whole_from(text)) if self._whole else number_from(text)
        check_number(number, tr("This number"), self._least, self._most)
        return number

    @override
    def shown(self, value: float | None) -> str:
        if value is None:
            return ""
        if round(value, TYPED_DIGITS) == value:  # as somebody types it
            return f"{value:.10g}"
        # Worked out: as many digits as a reader needs, while the field holds all of them until something is typed.
        return f"{value:.1f}".removesuffix(".0") if abs(value) >= 1 else f"{value:.2g}"

    @override
    def wanted(self) -> str:
        return tr("A number is missing.")


class MoneyEdit(ValueEdit[int]):
    """An amount in minor units of a currency, shown plain, such as 30000 or 30000.50; or nothing."""

    def __init__(self, currency: str, minor: int | None = None, parent: QWidget | None = None) -> None:
        self._currency = currency
        super().__init__(minor, parent)

    @property
    def minor(self) -> int | None:
        """Return the last amount that could be read."""
        return self.value

    def set_currency(self, currency: str) -> None:
        """Read and show amounts in another currency."""
        self._currency = currency
        self.put_back()

    @override
    def read(self, text: str) -> int:
        return money_from(text, self._currency)

    @override
    def shown(self, value: int | None) -> str:
        return exact_money_text(value, self._currency)

    @override
    def wanted(self) -> str:
        return tr("An amount is missing: enter a number such as 12500.")


class WeeksSpin(QSpinBox):
    """A number of weeks, from 1 to 104."""

    def __init__(self, weeks: int = 1, parent: QWidget | None = None, *, least: int = 1) -> None:
        super().__init__(parent)
        self.setRange(least, MOST_WEEKS)
        self.valueChanged.connect(self._name)
        self.setValue(weeks)
        self._name(weeks)

    def _name(self, weeks: int) -> None:
        self.setSuffix(" " + trn("week", "weeks", weeks))
