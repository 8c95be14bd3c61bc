"""Fields: a day, a number, an amount, a few weeks - typed as people type them, marked when they cannot be read."""

from __future__ import annotations

import re
from abc import abstractmethod
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QLocale, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from roadmapper.chart.palette import DARK, LIGHT
from roadmapper.domain.dates import DAYS_A_WEEK, FIRST_DAY, LAST_DAY, DateSpan, add_months, later
from roadmapper.domain.entity import GREATEST_COUNT, check_number
from roadmapper.domain.money import money_from
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import number_from, whole_from
from roadmapper.planning.phrases import day_text, exact_money_text, month_text, weekday_text
from roadmapper.ui.widgets.limits import limit

T = TypeVar("T")

CENTURY = 2000
LONGEST_TEXT = 200
MOST_WEEKS = 104


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

    def put_back(self) -> None:
        """Show the value again, whatever was typed."""
        self.setText(self.shown(self._value))
        self._mark("")

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
        """Keep Esc for the field as long as there is something to put back."""
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
        metrics = QFontMetricsF(self.font())
        margins = round(metrics.height() * 1.5)
        return QSize(max(hint.width(), round(metrics.horizontalAdvance(self.widest())) + margins), hint.height())


class DayEdit(ValueEdit[date]):
    """A day: ISO, 9 Aug 2027, 9.8.2027 or 9/8/2027 in the order of the locale, today, +2w from where it stands."""

    day_changed = Signal(object)

    def __init__(self, day: date | None = None, parent: QWidget | None = None, *, optional: bool = False) -> None:
        super().__init__(day, parent, optional=optional)
        self.setPlaceholderText(tr("such as 9 Aug 2027"))
        self.value_changed.connect(self.day_changed)

    @property
    def day(self) -> date | None:
        """Return the last day that could be read."""
        return self.value

    def set_day(self, day: date | None) -> None:
        """Show another day, without telling anybody."""
        self.set_value(day)

    @override
    def read(self, text: str) -> date:
        return day_typed(text, self.value, datetime.now().astimezone().date(), day_first=day_first(self.locale()))

    @override
    def shown(self, value: date | None) -> str:
        return weekday_text(value) if value else ""

    @override
    def wanted(self) -> str:
        return tr("A day is missing: enter one such as 9 Aug 2027.")

    @override
    def widest(self) -> str:
        return weekday_text(date(2028, 11, 29)) + "0"


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
        return "" if value is None else f"{value:.10g}"

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


def day_first(locale: QLocale) -> bool:
    """Return whether a locale writes the day before the month."""
    written = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return not 0 <= written.find("M") < written.find("d")


def day_typed(text: str, base: date | None, today: date, *, day_first: bool) -> date:
    """Return the day that somebody typed; *base* is what "+2w" counts from. Raises Refused with a sentence."""
    plain = " ".join(text.split()).casefold()
    try:
        found = (
            _by_word(plain, today)
            or _moved(plain, base or today)
            or _by_numbers(plain, day_first=day_first)
            or _by_month(plain, base or today)
        )
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Refused(
            tr("“{text}” is not a day: enter one such as 9 Aug 2027, 2027-08-09, today or +2w.").format(text=text[:40])
        )
    if not FIRST_DAY <= found < LAST_DAY:
        raise Refused(tr("{day} lies outside the years 1900 to 2200: enter another day.").format(day=day_text(found)))
    return found


def span_typed(start: date, finish: date) -> DateSpan:
    """Return the days from the first to the last that somebody typed; raises Refused with a sentence."""
    if finish < start:
        raise Refused(
            tr("The finish, {finish}, lies before the start, {start}: enter a later finish.").format(
                finish=day_text(finish), start=day_text(start)
            )
        )
    return DateSpan(start, later(finish, 1))


def _by_word(plain: str, today: date) -> date | None:
    offsets = {tr("yesterday").casefold(): -1, tr("today").casefold(): 0, tr("tomorrow").casefold(): 1}
    return today + timedelta(offsets[plain]) if plain in offsets else None


def _moved(plain: str, base: date) -> date | None:
    match = re.fullmatch(r"([+\-−])\s?(\d{1,5})\s?([dwmy]?)", plain)
    if not match:
        return None
    count = int(match[2]) * (1 if match[1] == "+" else -1)
    if match[3] in ("m", "y"):
        return add_months(base, count * (12 if match[3] == "y" else 1))
    return base + timedelta(count * (DAYS_A_WEEK if match[3] == "w" else 1))


def _by_numbers(plain: str, *, day_first: bool) -> date | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    match = re.fullmatch(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})", plain)
    if not match:
        return None
    one, two, year = int(match[1]), int(match[2]), _year(match[3])
    # What can be read in one order only is read in that; the field shows the month in words at once.
    if one > 12 or (day_first and two <= 12):
        return date(year, two, one)
    return date(year, one, two)


def _by_month(plain: str, near: date) -> date | None:
    """Read "Mon 9 Aug 2027", "9. August 27", "Aug 9, 2027" and "9 Aug"; the weekday is not looked at."""
    names = {month_text(date(CENTURY, n, 1)).casefold().rstrip("."): n for n in range(1, 13)}
    month, numbers = 0, []
    for word in re.findall(r"\d+|[^\W\d_]+", plain):
        if word.isdigit():
            numbers.append(word)
        else:
            month = month or next((n for name, n in names.items() if word.startswith(name)), 0)
    if not month or not 1 <= len(numbers) <= 2 or len(numbers[0]) > 2:
        return None
    return date(_year(numbers[1]) if len(numbers) == 2 else near.year, month, int(numbers[0]))


def _year(digits: str) -> int:
    return int(digits) + (CENTURY if len(digits) <= 2 else 0)
