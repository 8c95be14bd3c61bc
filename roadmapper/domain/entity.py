"""What all nouns share: an id, and texts and numbers that are checked where they come in."""

from __future__ import annotations

import secrets
from decimal import Decimal
from math import isfinite
from typing import NewType

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

EntityId = NewType("EntityId", str)

TITLE_LENGTH = 200
SENTENCE_LENGTH = 1_000
TEXT_LENGTH = 8_000
ID_LENGTH = 64
GREATEST_EFFORT = 1_000_000.0
GREATEST_MONEY = 10**15
GREATEST_COUNT = 100_000
LONGEST_RAMP = 120
GROUPED = 10_000
"""From here on thousands stand apart in a number that is said."""
PLAINLY = (1e-12, 1e30)
"""Between these, a number is said with all its digits."""


def new_id(kind: str) -> EntityId:
    """Return an id that no other entity has, such as ``inc-9f2c01ab34``."""
    return EntityId(f"{kind}-{secrets.token_hex(5)}")


def check_id(key: str) -> None:
    """Raise Refused unless *key* can serve as an id."""
    if not key or len(key) > ID_LENGTH or not key.isprintable():
        raise Refused(tr("The id “{id}” is empty, too long or not printable.").format(id=key[:ID_LENGTH]))


def is_plain(text: str, longest: int) -> bool:
    """Return whether *text* is good beyond doubt: not empty, not too long, and printable ASCII only."""
    return 0 < len(text) <= longest and text.isascii() and text.isprintable()


def check_text(text: str, what: str, longest: int, *, empty: bool = True) -> None:
    """Raise Refused when *text* is longer than *longest*, holds control characters, or is empty but must not."""
    if len(text) > longest:
        raise Refused(
            tr("{what} has {n} characters, but at most {most} fit: shorten it.").format(
                what=what, n=len(text), most=longest
            )
        )
    if not empty and not text.strip():
        raise Refused(tr("{what} is empty: enter a few words.").format(what=what))
    if not text.isprintable() and any((c < " " and c not in "\n\t") or c == "\x7f" for c in text):
        raise Refused(tr("{what} holds control characters: type it again.").format(what=what))
    if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
        raise Refused(tr("{what} holds broken characters: type it again.").format(what=what))


def check_number(value: float | None, what: str, least: float, most: float) -> None:
    """Raise Refused when *value* is given and not from *least* to *most*.

    What is negative but must not be, or beyond all money, is refused without a number: an amount would be said in minor
    units of nobody knows which currency.
    """
    if value is None or least <= value <= most:
        return
    if -PLAINLY[1] < value < 0 <= least < 1:
        raise Refused(tr("{what} cannot be negative: enter 0 or more.").format(what=what))
    if PLAINLY[1] > value > most == GREATEST_MONEY:
        raise Refused(tr("{what} is too large: enter less.").format(what=what))
    raise Refused(
        tr("{what} is {value}, but must be from {least} to {most}.").format(
            what=what, value=number_text(value), least=number_text(least), most=number_text(most)
        )
    )


def number_text(value: float) -> str:
    """Return a number as it is written by hand: ``1 000 000``, ``3660``, ``0.000001``, ``3``."""
    if not isfinite(value) or (value and not PLAINLY[0] <= abs(value) < PLAINLY[1]):
        return f"{value:.3g}"
    plain = value if isinstance(value, int) else Decimal(repr(value))
    text = f"{plain:,}" if isinstance(plain, int) else f"{plain:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(",", "\u00a0" if abs(value) >= GROUPED else "")
