"""AmountEdit: an amount that is typed to the last cent, and stands there as people say it while nobody types."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.entity import GREATEST_EFFORT, GREATEST_MONEY, check_number
from roadmapper.domain.money import money_from
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import currency_sign, money_text
from roadmapper.ui.widgets.fields import MoneyEdit, NumberEdit

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


class AmountEdit(MoneyEdit):
    """An amount of money, shown such as ``€ 340 k``; what it is exactly, while it has the focus."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        self._exactly = False
        super().__init__(currency, None, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @override
    def read(self, text: str) -> int:
        return amount_typed(text, self._currency)

    @override
    def shown(self, value: int | None) -> str:
        if value is None or self._exactly:
            return super().shown(value)
        return money_text(value, self._currency)

    @override
    def widest(self) -> str:
        return money_text(88_880_000, "CHF") + "0"

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the exact amount, to be typed over."""
        if not self._exactly and not self.marked:
            self._exactly = True
            self.put_back()
        super().focusInEvent(event)
        self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed, and show it as people say it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.settle():
            self._exactly = False
            self.put_back()


class EffortEdit(NumberEdit):
    """An effort in person-weeks, or none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(None, parent, most=GREATEST_EFFORT)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @override
    def widest(self) -> str:
        return tr("no limit") + "0"
