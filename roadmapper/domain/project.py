"""Project, Team and ScopeItem: what is to be built, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import (
    GREATEST_COUNT,
    GREATEST_EFFORT,
    GREATEST_MONEY,
    TEXT_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_id,
    check_number,
    check_text,
)
from roadmapper.domain.wording import tr


@dataclass(frozen=True, slots=True)
class Team:
    """Who does the work; *people* is None as long as nobody has said how many they are."""

    id: EntityId
    title: str
    people: int | None = None

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The name of a team"), TITLE_LENGTH, empty=False)
        check_number(self.people, tr("The number of people in “{team}”").format(team=self.title), 1, 10_000)


@dataclass(frozen=True, slots=True)
class Project:
    """One joint project; *original* is the single big delivery it would have been."""

    id: EntityId
    title: str
    original: DateSpan
    outcome: str = ""
    team: EntityId | None = None
    position: int = 0
    accent: int = 0

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The title of a project"), TITLE_LENGTH, empty=False)
        check_text(self.outcome, tr("The outcome of “{title}”").format(title=self.title), TEXT_LENGTH)
        check_number(self.position, tr("The position of a project"), -GREATEST_COUNT, GREATEST_COUNT)
        check_number(self.accent, tr("The accent of a project"), 0, 99)


@dataclass(frozen=True, slots=True)
class ScopeItem:
    """A piece of a project's scope.

    *effort_pw* is in person-weeks and *revenue_per_month* in minor units; each is None while nobody knows it.
    *planned_start* and *planned_days* are when the piece was planned to begin and how long it was to take;
    that length counts where the effort is not known.
    *people* None means the whole team. *after* names the items that must be done first. A part of a longer
    item carries that item's id in *part_of*; *increment* is where the item is delivered.
    """

    id: EntityId
    project: EntityId
    title: str
    outcome: str = ""
    effort_pw: float | None = None
    planned_start: date | None = None
    planned_days: int | None = None
    people: int | None = None
    revenue_per_month: int | None = None
    usable: bool = False
    after: tuple[EntityId, ...] = ()
    part_of: EntityId | None = None
    increment: EntityId | None = None
    position: int = 0

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The title of a scope item"), TITLE_LENGTH, empty=False)
        about = tr("{what} of “{title}”")
        check_text(self.outcome, about.format(what=tr("The outcome"), title=self.title), TEXT_LENGTH)
        check_number(self.effort_pw, about.format(what=tr("The effort"), title=self.title), 0, GREATEST_EFFORT)
        check_number(self.planned_days, about.format(what=tr("The duration in days"), title=self.title), 1, 36_600)
        check_number(self.people, about.format(what=tr("The number of people"), title=self.title), 1, 10_000)
        check_number(
            self.revenue_per_month,
            about.format(what=tr("The revenue per month"), title=self.title),
            -GREATEST_MONEY,
            GREATEST_MONEY,
        )
