"""Fields of the agreement: an answer in a few lines, a number, a lever with five steps - each hands over once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QSpinBox, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.agreement import DATA_LEVELS, MOST_EMBEDDED
from roadmapper.domain.entity import TEXT_LENGTH
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.agreed_words import level_meaning, level_text
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.fields import MOST_WEEKS
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.text_edit import TextEdit

REST_MS = 600
LINES = 3


class AnswerEdit(TextEdit):
    """An answer; what another deed makes of it is shown, unless somebody is typing here."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", TEXT_LENGTH, parent)
        self._kept = ""
        self.setAccessibleName(name)

    def show_text(self, text: str) -> None:
        """Show what is kept, if that is news: what was refused stays as typed until it can be taken."""
        if text == self._kept:
            return
        self._kept = self._before = text
        if self.toPlainText().strip() != text:
            self.setPlainText(text)

    @override
    def sizeHint(self) -> QSize:
        """Return the height of three lines."""
        return QSize(steps(self, 20), self.fontMetrics().lineSpacing() * LINES + steps(self, 2))


class CountSpin(QSpinBox):
    """A number that is handed over when it has been left alone for a moment, or when the focus leaves.

    *tried* is sent at each step, *settled* once; the wheel scrolls what lies behind it unless it has the focus.
    """

    tried = Signal()
    settled = Signal(int)

    def __init__(self, name: str, *, weeks: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks = weeks
        self._kept = 1 if weeks else 0
        self.setRange(self._kept, MOST_WEEKS if weeks else MOST_EMBEDDED)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(steps(self, 4))
        self.lineEdit().setTextMargins(steps(self), 0, 0, 0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.settle)
        self.valueChanged.connect(self._step)
        self.editingFinished.connect(self.settle)
        self._suffix(self._kept)

    def show_value(self, value: int) -> None:
        """Show what is kept; what is being counted stays, unless something else came to be kept."""
        if value == self._kept and self._rest.isActive():
            return
        self._kept = value
        self._rest.stop()
        if value != self.value():
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)
        self._suffix(value)

    def settle(self) -> None:
        """Hand over what stands here, if it is news."""
        self._rest.stop()
        if self.value() != self._kept:
            self._kept = self.value()
            self.settled.emit(self._kept)

    def _step(self, value: int) -> None:
        self._suffix(value)
        self._rest.start()
        self.tried.emit()

    def _suffix(self, value: int) -> None:
        words = trn("week", "weeks", value) if self._weeks else trn("person", "people", value)
        self.setSuffix(" " + words)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the number only where it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _Slider(QSlider):
    """A slider that the wheel moves only where it has the focus."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Slide only where it has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DataLever(QWidget):
    """Five steps between privacy and customer data for everybody, each with its name and what it means."""

    settled = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        quiet = theme.palette.secondary
        self._kept = 0
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, DATA_LEVELS)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.slider.setTracking(False)  # a slide is one step, wherever it went on its way
        self.slider.setMinimumHeight(steps(self, 3))
        self.name = PlainLabel().styled(bold=True)
        self.meaning = PlainLabel().styled(colour=quiet)
        ends = QHBoxLayout()
        ends.addWidget(PlainLabel(tr("Privacy"), wrap=False).styled(size=0.92, colour=quiet))
        ends.addStretch(1)
        ends.addWidget(PlainLabel(tr("Customer data for everybody"), wrap=False).styled(size=0.92, colour=quiet))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(steps(self, 0.5))
        column.addLayout(ends)
        column.addWidget(self.slider)
        column.addWidget(self.name)
        column.addWidget(self.meaning)
        self.slider.sliderMoved.connect(self._say)
        self.slider.valueChanged.connect(self._settle)
        self.setFocusProxy(self.slider)
        self.show_value(0)

    def show_value(self, level: int) -> None:
        """Show what is kept."""
        self._kept = level
        if level != self.slider.value():
            self.slider.blockSignals(True)
            self.slider.setValue(level)
            self.slider.blockSignals(False)
        self._say(level)

    def _say(self, level: int) -> None:
        self.name.setText(level_text(level))
        self.meaning.setText(level_meaning(level))
        self.slider.setAccessibleName(tr("Customer data: {level}").format(level=level_text(level)))
        self.slider.setAccessibleDescription(level_meaning(level))

    def _settle(self, level: int) -> None:
        self._say(level)
        if level != self._kept:
            self._kept = level
            self.settled.emit(level)
