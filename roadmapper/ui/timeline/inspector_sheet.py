"""Sheet: what the inspector shows, from top to bottom, as values; two that are equal look the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any, TypeAlias

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId


class Way(Enum):
    """In which way a value is typed or chosen."""

    LINE = auto()
    TEXT = auto()
    DAY = auto()
    LENGTH = auto()
    LAG = auto()
    NUMBER = auto()
    MONEY = auto()
    CHOICE = auto()
    CHECK = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """What this is about."""

    above: str
    title: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The heading of a part."""

    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence; *quiet* in grey."""

    words: str
    quiet: bool = False
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with what nobody can change here."""

    label: str
    words: str
    bad: bool = False
    bold: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """A label with a value to be changed, told under *name*.

    *value* is None where it is unknown, or not the same everywhere: then *several* is true. *hint* stands in the empty
    field, *note* in grey at its right. *options* are the values of a choice, each with its words. *base* is the day
    that "+2w" counts from where none stands there; with *finishing* a period means its last day. *bad* marks the value
    as over a limit, which *note* says in words. Only what is *optional* may be emptied.
    """

    name: str
    label: str
    way: Way
    value: Any = None
    several: bool = False
    hint: str = ""
    note: str = ""
    bad: bool = False
    options: tuple[tuple[Any, str], ...] = ()
    most: float = 0.0
    optional: bool = True
    base: date | None = None
    finishing: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """An increment that comes first, by the link *key*; *lag* in days, *missing* are those that are short of it."""

    key: EntityId
    increment: EntityId
    title: str
    lag: int
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Adding:
    """A box in which another increment that comes before *after* is named."""

    after: EntityId


@dataclass(frozen=True, slots=True)
class Consult:
    """A checkpoint that a click leads to."""

    key: EntityId
    mark: str
    day: str
    words: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A label with the title of what a click leads to."""

    label: str
    key: EntityId
    title: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A silence that is too long, with a button that mends it."""

    project: EntityId
    span: DateSpan
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button that does *name*, with the id it does it to."""

    name: str
    words: str
    key: EntityId | None = None


Item: TypeAlias = Heading | Section | Words | Fact | Field | Chip | Adding | Consult | Lead | Gap | Button


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about what is selected (*ids*); *watched* are the ids that say something here when they change.

    A change of an increment, checkpoint or scope item of one of *projects* does too.
    """

    ids: tuple[EntityId, ...]
    items: tuple[Item, ...]
    currency: str = "EUR"
    fiscal_month: int = 1
    country: str = ""
    watched: frozenset[EntityId] = field(default_factory=frozenset)
    projects: frozenset[EntityId] = field(default_factory=frozenset)
    ranked: bool = False


def shape_of(item: Item) -> tuple[object, ...]:
    """Return what must stay the same for the widget of an item to be able to show another one."""
    if isinstance(item, Field):
        return Field, item.name, item.way, item.optional, item.finishing
    if isinstance(item, Chip):
        return Chip, item.key
    return (type(item),)
