"""AmountEdit and EffortEdit: typed as a number, and shown as people say it while nobody types."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.entity import GREATEST_EFFORT, GREATEST_MONEY, check_number
from roadmapper.domain.money import money_from
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.csv import number_from
from roadmapper.planning.phrases import currency_sign, effort_text, exact_money_text, money_text
from roadmapper.ui.priorities.numbers import number_text
from roadmapper.ui.widgets.fields import ValueEdit

T = TypeVar("T")

_POWERS = {"k": 3, "m": 6, "bn": 9}


def amount_typed(text: str, currency: str) -> int:
    """Return the minor units of *text*, such as ``340000``, ``340 k``, ``€ 0.34 m``; raises Refused with a sentence."""
    plain = text.strip()
    for sign in (currency_sign(currency), currency):
        plain = plain.removeprefix(sign).removesuffix(sign).strip()
    match = re.fullmatch(r"(.*?\d)\s*(k|m|bn)", plain, re.IGNORECASE | re.DOTALL)
    power: int = _POWERS[match[2].casefold()] if match else 0
    amount: int = money_from(match[1] if match else plain, currency) * 10**power
    if amount < 0:
        raise Refused(tr("“{text}” is below nothing: enter an amount from 0 on.").format(text=text[:40]))
    check_number(amount, tr("This amount"), 0, GREATEST_MONEY)
    return amount


class SpokenEdit(ValueEdit[T]):
    """A value that stands as people say it, and plainly, to be typed over, while it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._plainly = False
        super().__init__(None, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @abstractmethod
    def spoken(self, value: T) -> str:
        """Return a value as people say it."""

    @abstractmethod
    def plain(self, value: T) -> str:
        """Return a value as it is typed."""

    @override
    def shown(self, value: T | None) -> str:
        if value is None:
            return ""
        return self.plain(value) if self._plainly else self.spoken(value)

    @override
    def wanted(self) -> str:
        return tr("A number is missing.")

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the value plainly."""
        if not self._plainly and not self.marked:
            self._plainly = True
            self.put_back()
        super().focusInEvent(event)
        self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed, and show it as people say it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.settle():
            self._plainly = False
            self.put_back()


class AmountEdit(SpokenEdit[int]):
    """An amount of money in minor units, such as ``€ 340 k``."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        self._currency = currency
        super().__init__(parent)

    def set_currency(self, currency: str) -> None:
        """Read and show amounts in another currency."""
        if currency != self._currency:
            self._currency = currency
            self.put_back()

    @override
    def read(self, text: str) -> int:
        return amount_typed(text, self._currency)

    @override
    def spoken(self, value: int) -> str:
        return money_text(value, self._currency)

    @override
    def plain(self, value: int) -> str:
        return exact_money_text(value, self._currency)

    @override
    def widest(self) -> str:
        return money_text(88_880_000, "CHF")


class EffortEdit(SpokenEdit[float]):
    """An effort in person-weeks, or none."""

    @override
    def read(self, text: str) -> float:
        try:
            weeks = number_from(text)
        except Refused as refusal:
            raise Refused(
                tr("“Effort available”: {why}. Enter person-weeks, such as 180, or nothing for no limit.").format(
                    why=str(refusal).rstrip(".")
                )
            ) from refusal
        check_number(weeks, tr("The effort available"), 0, GREATEST_EFFORT)
        return weeks

    @override
    def spoken(self, value: float) -> str:
        return effort_text(value)

    @override
    def plain(self, value: float) -> str:
        return number_text(value)

    @override
    def widest(self) -> str:
        return effort_text(88_888)
