"""Money: whole minor units of a currency, and how many of them make one unit of it."""

from __future__ import annotations

import re
import unicodedata

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

LONGEST = 40
GREATEST = 10**15
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "CHF": "CHF"}
"""The signs that amounts are shown with; every other currency is shown by its code."""
# ISO 4217: currencies whose minor unit is not a hundredth.
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = {**dict.fromkeys(_NONE.split(), 0), **dict.fromkeys(_THREE.split(), 3)}
_PASSED_OVER = {ord(c): None for c in "\u00a0\u2002\u2003\u2005\u2006\u2007\u2008\u2009\u200a\u202f '\u2019"} | {
    ord("−"): "-"
}
_AMOUNT = re.compile(r"([+-]?)([^\d.,+-]*)([+-]?)(\d[\d.,]*)([^\d.,+-]*)")
_CODE = re.compile("[A-Z]{3}")


def minor_digits(currency: str) -> int:
    """Return how many decimal places *currency* has (ISO 4217)."""
    return _DIGITS.get(currency, 2)


def money_from(text: str, currency: str) -> int:
    """Return the minor units that *text*, such as ``12500``, ``12.500,50``, ``€ 310,500`` or ``− € 0.5 m``, stands for.

    The sign or the code of *currency* may stand before or behind the number, and behind it k, m or bn for thousands,
    millions and billions. A point or comma before exactly three digits separates thousands, unless the currency has
    three decimals, or such a letter follows: then it could be either. Raises Refused, rather than guess, for that, for
    more decimals than the currency has, for another currency, and when it is no amount.
    """
    said = text[:LONGEST]
    match = _AMOUNT.fullmatch(text.translate(_PASSED_OVER))
    if match is None or (match[1] and match[3]) or len(match[4]) > LONGEST:
        raise Refused(tr("“{text}” is not an amount of money: enter a number such as 12500.").format(text=said))
    power = _power(match[2], match[5], currency, said)
    plain, digits = match[4], minor_digits(currency) + power
    mark = _decimal_mark(plain, either=bool(power) or digits == 3)
    if mark is None:
        raise Refused(
            tr("“{text}” could be read in two ways: write it without separators, such as 12500.").format(text=said)
        )
    whole, _, rest = plain.rpartition(mark) if mark else (plain, "", "")
    if not re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+", whole):
        raise Refused(tr("“{text}” has its separators in odd places: write a number such as 12500.").format(text=said))
    if len(rest.rstrip("0")) > digits:
        raise Refused(
            tr("“{text}” has more decimals than {currency} has: round it.").format(text=said, currency=currency)
        )
    amount = int(re.sub(r"[.,]", "", whole) + rest.rstrip("0").ljust(digits, "0"))
    if amount > GREATEST:
        raise Refused(tr("“{text}” is too large an amount: enter a smaller one.").format(text=said))
    return -amount if "-" in match[1] + match[3] else amount


def amount_from(text: str, currency: str) -> int:
    """Return the minor units that *text* stands for, as `money_from`; raises Refused also where that is negative."""
    amount = money_from(text, currency)
    if amount < 0:
        raise Refused(tr("“{text}” cannot be negative: enter an amount from 0 on.").format(text=text[:LONGEST]))
    return amount


def _power(before: str, behind: str, currency: str, said: str) -> int:
    """Return by which power of ten the words around a number multiply it; raises Refused where they mean another thing.

    *said* is the whole text, for the sentence.
    """
    own = (SIGNS.get(currency, currency).casefold(), currency.casefold())
    powers = {"": 0, "k": 3, "m": 6, "bn": 9, tr("k").casefold(): 3, tr("m").casefold(): 6, tr("bn").casefold(): 9}
    letter = behind.casefold()
    for name in own:
        letter = letter.removesuffix(name)
    if before.casefold() in ("", *own) and letter in powers:
        return powers[letter]
    around = before + behind
    if any(unicodedata.category(c) == "Sc" for c in around) or _CODE.search(around):
        raise Refused(
            tr("“{text}” is not in {currency}, the currency of this roadmap: enter the amount in {currency}.").format(
                text=said, currency=currency
            )
        )
    raise Refused(tr("“{text}” is not an amount of money: enter a number such as 12500.").format(text=said))


def _decimal_mark(plain: str, *, either: bool) -> str | None:
    """Return the sign before the decimals, nothing where there are none, or None where nobody can tell.

    *either* says that three digits can be decimals as well as a group of thousands.
    """
    signs = [c for c in plain if c in ".,"]
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    before, _, after = plain.rpartition(signs[0])
    grouped = len(after) == 3 and len(before) <= 3 and not before.startswith("0")
    if len(signs) > 1:
        return ""
    if grouped and either:
        return None
    return "" if grouped else signs[0]
