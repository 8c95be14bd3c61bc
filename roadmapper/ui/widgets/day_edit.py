"""DayEdit: a day typed as people say it, with what was understood shown while they type."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from PySide6.QtCore import QEvent, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from typing_extensions import override

from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, add_months, later
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.day_words import Ways, day_of_words
from roadmapper.planning.phrases import day_text, weekday_text
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.ui.widgets.fields import ValueEdit
from roadmapper.ui.widgets.labels import PlainLabel

Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class DayEdit(ValueEdit[date]):
    """A day: ISO, 9 Aug 2027, 9/8/2027 in the order of the locale, next Monday, Q3, or +2w from where it stands.

    What was understood stands beside what is typed, or below it where there is no room. Up and Down lead to the day
    after and before, with Ctrl a week and with Page Up and Page Down a month on; Enter or leaving the field takes it.

    *today* is the day that words count from, the machine's without one. With *finishing* a period means its last day;
    with a *calendar* it begins and ends on days that are worked.
    """

    day_changed = Signal(object)

    def __init__(
        self,
        day: date | None = None,
        parent: QWidget | None = None,
        *,
        optional: bool = False,
        today: date | None = None,
        finishing: bool = False,
        fiscal_month: int = 1,
        base: date | None = None,
        calendar: WorkingCalendar | None = None,
    ) -> None:
        self._today = today
        self._finishing = finishing
        self._fiscal_month = fiscal_month
        self._base = base
        self._calendar = calendar
        self._understood: PlainLabel | None = None
        super().__init__(day, parent, optional=optional)
        self.setPlaceholderText(tr("such as 9 Aug 2027"))
        self.value_changed.connect(self.day_changed)
        self.textChanged.connect(self._tell)

    @property
    def day(self) -> date | None:
        """Return the last day that could be read."""
        return self.value

    def set_day(self, day: date | None) -> None:
        """Show another day, without telling anybody."""
        self.set_value(day)

    def set_today(self, today: date) -> None:
        """Read "tomorrow" by another day from now on; what is typed stays."""
        self._today = today
        self._tell()

    def set_base(self, base: date | None) -> None:
        """Count "+2w" from *base* while no day stands there."""
        self._base = base

    @override
    def read(self, text: str) -> date:
        today = self._today or datetime.now().astimezone().date()
        ways = Ways("", self.value or self._base, self._fiscal_month, self._finishing, self._calendar)
        return day_of_words(text, today, written(self.locale(), ways))

    @override
    def shown(self, value: date | None) -> str:
        return weekday_text(value) if value else ""

    @override
    def wanted(self) -> str:
        return tr("A day is missing: enter one such as 9 Aug 2027.")

    @override
    def widest(self) -> str:
        return weekday_text(date(2028, 11, 29)) + "0"

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the keys that lead to another day, wherever else they would lead."""
        if isinstance(event, QKeyEvent) and self._step(event) is not None and not self.isReadOnly():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._go(event)
                event.accept()
                return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say no more what was understood: it is taken now."""
        super().focusOutEvent(event)
        self._hush()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what was understood where there is room for it now."""
        super().resizeEvent(event)
        self._tell()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Take what is said below the field away with it."""
        super().hideEvent(event)
        self._hush()

    def _step(self, event: QKeyEvent) -> tuple[int, int] | None:
        """Return by how many days and months a key leads on, or None for any other key."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers not in (PLAIN, CTRL):
            return None
        size = 1 if modifiers == PLAIN else DAYS_A_WEEK
        steps: dict[int, tuple[int, int]] = {Key.Key_Up: (size, 0), Key.Key_Down: (-size, 0)}
        if modifiers == PLAIN:
            steps |= {Key.Key_PageUp: (0, 1), Key.Key_PageDown: (0, -1)}
        return steps.get(event.key())

    def _go(self, event: QKeyEvent) -> None:
        """Show another day, to be taken with Enter or when the focus leaves."""
        days, months = self._step(event) or (0, 0)
        try:
            day = self.typed() or self._base or self._today or datetime.now().astimezone().date()
            self.setText(self.shown(later(add_months(day, months), days)))
        except (Refused, ValueError):  # nothing there to count from, or the end of all days
            return
        self.setModified(True)
        self.selectAll()

    def _tell(self) -> None:
        """Say which day was understood."""
        words = self._words()
        if not words or not self.hasFocus():
            self._hush()
            return
        fits = self.has_room(words)
        self.set_note(words if fits else "")
        if fits:
            self._hush(note=False)
        else:
            self._tell_below(words)

    def _words(self) -> str:
        """Return the day that is typed in words, unless it stands there in the same words."""
        if not self.dirty or not self.text().strip():
            return ""
        try:
            day = self.typed()
        except Refused:
            return ""
        return weekday_text(day) if day and self.text() != weekday_text(day) else ""

    def _tell_below(self, words: str) -> None:
        parent = self._beneath()
        if parent is None:
            return
        label = self._understood
        if label is None or not isValid(label):
            label = self._understood = PlainLabel(wrap=False)
            label.setParent(parent)
            label.setObjectName("understood")
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        label.setText(words)
        label.adjustSize()
        below = self.mapTo(parent, QPoint(0, self.height() + 2))
        if below.y() + label.height() > parent.height():
            below = self.mapTo(parent, QPoint(0, -label.height() - 2))
        label.move(below)
        label.show()
        label.raise_()

    def _beneath(self) -> QWidget | None:
        """Return the nearest of the widgets around the field that reaches far enough below or above it."""
        around = self.parentWidget()
        while around is not None and not around.isWindow() and around.height() < 3 * self.height():
            around = around.parentWidget()
        return around

    def _hush(self, *, note: bool = True) -> None:
        label, self._understood = self._understood, None
        if label is not None and isValid(label):
            label.hide()
            label.deleteLater()
        if note:
            self.set_note("")


def day_first(locale: QLocale) -> bool:
    """Return whether a locale writes the day before the month."""
    return _order(locale) == "dmy"


def day_typed(text: str, base: date | None, today: date, *, day_first: bool) -> date:
    """Return the day that somebody typed; *base* is what "+2w" counts from. Raises Refused with a sentence."""
    order, months, weekdays = _written(QLocale())
    if (order == "dmy") != day_first:
        order = "dmy" if day_first else "mdy"
    return day_of_words(text, today, Ways(order, base, months=months, weekdays=weekdays))


def span_typed(start: date, finish: date) -> DateSpan:
    """Return the days from the first to the last that somebody typed; raises Refused with a sentence."""
    if finish < start:
        raise Refused(
            tr("The finish, {finish}, lies before the start, {start}: enter a later finish.").format(
                finish=day_text(finish), start=day_text(start)
            )
        )
    return DateSpan(start, later(finish, 1))


def _order(locale: QLocale) -> str:
    """Return in which order a locale writes day, month and year in figures: dmy, mdy or ymd."""
    written = locale.dateFormat(QLocale.FormatType.ShortFormat)
    month, day, year = written.find("M"), written.find("d"), written.find("y")
    if 0 <= year < month < day:
        return "ymd"
    return "mdy" if 0 <= month < day else "dmy"


Names = tuple[tuple[str, int], ...]


@lru_cache(maxsize=8)
def _named(locale: str) -> tuple[Names, Names]:
    """Return the names of months and of weekdays in the language of a locale, in full and in short."""
    spoken = QLocale(locale)
    forms = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    months = {
        (name, n)
        for n in range(1, 13)
        for form in forms
        for name in (spoken.monthName(n, form), spoken.standaloneMonthName(n, form))
    }
    weekdays = {
        (name, n - 1)
        for n in range(1, DAYS_A_WEEK + 1)
        for form in forms
        for name in (spoken.dayName(n, form), spoken.standaloneDayName(n, form))
    }
    return tuple(sorted(months)), tuple(sorted(weekdays))


def written(locale: QLocale, ways: Ways) -> Ways:
    """Return *ways* with the order of figures, and the names of months and weekdays, of a locale."""
    order, months, weekdays = _written(locale)
    return replace(ways, order=order, months=months, weekdays=weekdays)


def _written(locale: QLocale) -> tuple[str, Names, Names]:
    """Return how a locale writes days: the order of figures, and the names of months and weekdays."""
    months, weekdays = _named(locale.name())
    return _order(locale), months, weekdays
