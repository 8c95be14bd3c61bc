"""What all nouns share: an id, and texts and numbers that are checked where they come in."""

from __future__ import annotations

import secrets
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
    """Raise Refused when *value* is given and not from *least* to *most*."""
    if value is not None and not least <= value <= most:
        raise Refused(
            tr("{what} is {value}, but must be from {least:g} to {most:g}.").format(
                what=what, value=value, least=least, most=most
            )
        )
