"""Money: whole minor units of a currency, and how many of them make one unit of it."""

from __future__ import annotations

import re

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

# ISO 4217: currencies whose minor unit is not a hundredth.
LONGEST = 40
GREATEST = 10**15
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = {**dict.fromkeys(_NONE.split(), 0), **dict.fromkeys(_THREE.split(), 3)}


def minor_digits(currency: str) -> int:
    """Return how many decimal places *currency* has (ISO 4217)."""
    return _DIGITS.get(currency, 2)


def money_from(text: str, currency: str) -> int:
    """Return the minor units that *text*, such as ``12500``, ``12,500.50`` or ``12.500,50``, stands for.

    A point or comma before exactly three digits separates thousands, unless the currency has three decimals: then it
    could be either. Raises Refused, rather than guess, for that, for more decimals than the currency has, and when
    it is no amount.
    """
    plain = text.translate({ord(c): None for c in "\u202f\u00a0 '\u2019"})
    digits = minor_digits(currency)
    if not re.fullmatch(r"[+-]?\d[\d.,]*", plain) or len(plain) > LONGEST:
        raise Refused(tr("“{text}” is not an amount of money: enter a number such as 12500.").format(text=text[:40]))
    mark = _decimal_mark(plain, digits)
    if mark is None:
        raise Refused(
            tr("“{text}” could be read in two ways: write it without separators, such as 12500.").format(text=text[:40])
        )
    whole, _, rest = plain.rpartition(mark) if mark else (plain, "", "")
    if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+)", whole):
        raise Refused(
            tr("“{text}” has its separators in odd places: write a number such as 12500.").format(text=text[:40])
        )
    if len(rest.rstrip("0")) > digits:
        raise Refused(
            tr("“{text}” has more decimals than {currency} has: round it.").format(text=text[:40], currency=currency)
        )
    amount = int(re.sub(r"[.,]", "", whole) + rest.rstrip("0").ljust(digits, "0"))
    if abs(amount) > GREATEST:
        raise Refused(tr("“{text}” is too large an amount: enter a smaller one.").format(text=text[:40]))
    return amount


def _decimal_mark(plain: str, digits: int) -> str | None:
    """Return the sign before the decimals, nothing where there are none, or None where nobody can tell."""
    signs = [c for c in plain if c in ".,"]
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    before, _, after = plain.lstrip("+-").rpartition(signs[0])
    grouped = len(after) == 3 and len(before) <= 3 and not before.startswith("0")
    if len(signs) > 1:
        return ""
    if grouped and digits == 3:
        return None
    return "" if grouped else signs[0]
