"""Word fields: one line of words, and a length or a lag in days typed as "2 weeks", "3 days" or "1w"."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import TITLE_LENGTH, check_number
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.day_words import days_of_words
from roadmapper.planning.phrases import length_text, short_length_text
from roadmapper.ui.widgets.fields import ValueEdit

LONGEST_LAG = 3_660
LONGEST_LENGTH = 36_600


class LineEdit(ValueEdit[str]):
    """One line of words, such as a title."""

    def __init__(self, text: str | None = None, parent: QWidget | None = None, *, optional: bool = False) -> None:
        super().__init__(text, parent, optional=optional)
        self.setMaxLength(TITLE_LENGTH)
        self.setCursorPosition(0)

    @override
    def settle(self) -> bool:
        """Take what was typed; a line that must not be empty shows again what stood there."""
        if not self._optional and not self.text().strip():
            self.put_back()
        return super().settle()

    @override
    def read(self, text: str) -> str:
        return text

    @override
    def shown(self, value: str | None) -> str:
        return value or ""

    @override
    def wanted(self) -> str:
        return tr("A title is missing: enter a few words.")


class LengthEdit(ValueEdit[int]):
    """How many days something takes; a bare number means weeks."""

    @override
    def read(self, text: str) -> int:
        days = days_of_words(text, "w")
        check_number(days, tr("The length in days"), 1, LONGEST_LENGTH)
        return days

    @override
    def shown(self, value: int | None) -> str:
        if value is None:
            return ""
        return short_length_text(value) if value > DAYS_A_WEEK and value % DAYS_A_WEEK else length_text(value)

    @override
    def wanted(self) -> str:
        return tr("A length is missing: enter one such as 6 weeks.")


class LagEdit(ValueEdit[int]):
    """How many days lie between two linked increments; empty means none, a bare number means days."""

    def __init__(self, days: int | None = 0, parent: QWidget | None = None) -> None:
        super().__init__(days, parent)
        self.setPlaceholderText(tr("no lag"))

    @override
    def read(self, text: str) -> int:
        days = days_of_words(text)
        if abs(days) > LONGEST_LAG:
            raise Refused(tr("A lag of more than ten years cannot be kept: enter a shorter one."))
        return days

    @override
    def shown(self, value: int | None) -> str:
        if not value:
            return ""
        return ("−" if value < 0 else "") + short_length_text(abs(value))

    @override
    def wanted(self) -> str:
        return tr("A lag is missing: enter one such as 1 week.")

    @override
    def widest(self) -> str:
        return short_length_text(80)
