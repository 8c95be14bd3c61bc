"""Measure and Reading: the KPIs that the CIO and the CMO own together, and what was read off them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from roadmapper.domain.entity import (
    GREATEST_MONEY,
    TITLE_LENGTH,
    EntityId,
    check_id,
    check_number,
    check_text,
)
from roadmapper.domain.wording import tr


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Measure:
    """A shared KPI in *unit*; it improves from *baseline* towards *target*, owned by somebody on both sides."""

    id: EntityId
    title: str
    unit: str = ""
    baseline: float = 0.0
    target: float = 0.0
    direction: Direction = Direction.UP
    it_owner: str = ""
    marketing_owner: str = ""

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The name of a measure"), TITLE_LENGTH, empty=False)
        check_text(self.unit, tr("The unit of “{title}”").format(title=self.title), TITLE_LENGTH)
        for owner in (self.it_owner, self.marketing_owner):
            check_text(owner, tr("An owner of “{title}”").format(title=self.title), TITLE_LENGTH)
        for value in (self.baseline, self.target):
            check_number(value, tr("A value of “{title}”").format(title=self.title), -GREATEST_MONEY, GREATEST_MONEY)


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a measure on a day."""

    id: EntityId
    measure: EntityId
    day: date
    value: float

    def __post_init__(self) -> None:
        check_id(self.id)
        check_number(self.value, tr("A reading"), -GREATEST_MONEY, GREATEST_MONEY)
