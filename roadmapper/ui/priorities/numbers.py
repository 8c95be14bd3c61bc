"""Numbers: written to the last digit, so that what stands there can be typed again."""

from __future__ import annotations

from decimal import Decimal


def number_text(number: float | None) -> str:
    """Return a number to the last digit and without an exponent, such as ``123456789012``; nothing for None."""
    if number is None:
        return ""
    text = f"{Decimal(repr(float(number))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
