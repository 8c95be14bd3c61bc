"""Money: whole minor units of a currency, and how many of them make one unit of it."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, Overflow

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

# ISO 4217: currencies whose minor unit is not a hundredth.
_DIGITS = {"BHD": 3, "CLP": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3, "VND": 0}


def minor_digits(currency: str) -> int:
    """Return how many decimal places *currency* has (ISO 4217)."""
    return _DIGITS.get(currency, 2)


def money_from(text: str, currency: str) -> int:
    """Return the minor units that *text*, such as ``12500`` or ``12,500.50``, stands for.

    A comma before exactly three digits separates thousands; a lone comma before one or two is a decimal comma.
    Raises Refused when it is no amount.
    """
    plain = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace("'", "")
    if "," in plain and "." in plain:
        plain = plain.replace(",", "") if plain.rindex(".") > plain.rindex(",") else _comma_is_decimal(plain)
    elif plain.count(",") == 1 and len(plain) - plain.index(",") - 1 in (1, 2):
        plain = _comma_is_decimal(plain)
    else:
        plain = plain.replace(",", "")
    try:
        amount = Decimal(plain).scaleb(minor_digits(currency))
    except (InvalidOperation, Overflow):
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) > 10**15:
        raise Refused(tr("“{text}” is not an amount of money: enter a number such as 12500.").format(text=text[:40]))
    return int(amount.to_integral_value(ROUND_HALF_EVEN))


def _comma_is_decimal(text: str) -> str:
    return text.replace(".", "").replace(",", ".")
