"""Project, Team and ScopeItem: what is to be built, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY, DateSpan
from roadmapper.domain.entity import (
    GREATEST_COUNT,
    GREATEST_EFFORT,
    GREATEST_MONEY,
    LONGEST_RAMP,
    TEXT_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_id,
    check_number,
    check_text,
)
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

LONGEST_LAG = 3_660
RULE_LENGTH = 200


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
    """One joint project; *original* is the single big delivery it would have been.

    *cadence* is the rule (RFC 5545) by which consults recur, such as every third Tuesday; empty is none.
    """

    id: EntityId
    title: str
    original: DateSpan
    outcome: str = ""
    team: EntityId | None = None
    position: int = 0
    accent: int = 0
    cadence: str = ""

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The title of a project"), TITLE_LENGTH, empty=False)
        check_text(self.outcome, tr("The outcome of “{title}”").format(title=self.title), TEXT_LENGTH)
        check_text(self.cadence, tr("The cadence of “{title}”").format(title=self.title), RULE_LENGTH)
        check_number(self.position, tr("The position of a project"), -GREATEST_COUNT, GREATEST_COUNT)
        check_number(self.accent, tr("The accent of a project"), 0, 99)


@dataclass(frozen=True, slots=True)
class ScopeItem:
    """A piece of a project's scope.

    *effort_pw* is in person-weeks and *revenue_per_month* in minor units; each is None while nobody knows it.
    *planned_start* and *planned_days* are when the piece was planned to begin and how long it was to take;
    that length counts where the effort is not known.
    *people* None means the whole team, *team* None the project's. *after* names the items that must be done first,
    and *lag_days*, in the same order, the days that must pass after each of them (0 where it ends early). A part of
    a longer item carries that item's id in *part_of*; *increment* is where the item is delivered. Its revenue grows
    evenly from nothing to all of it over the *ramp_months* after it goes live. *due* is the last day on which its
    increment may finish. A *gate* takes its planned days and only the time of the people of its team, of nobody
    where none is named; what comes after it goes live only when it is passed. An *optional* item may be left out.
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
    team: EntityId | None = None
    ramp_months: float = 0.0
    due: date | None = None
    gate: bool = False
    optional: bool = False
    lag_days: tuple[int, ...] = ()

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
        check_number(self.ramp_months, about.format(what=tr("The ramp in months"), title=self.title), 0, LONGEST_RAMP)
        if len(self.lag_days) > len(self.after):
            raise Refused(tr("“{title}” has more lags than items it comes after.").format(title=self.title))
        for lag in self.lag_days:
            check_number(lag, about.format(what=tr("A lag in days"), title=self.title), 0, LONGEST_LAG)
        if self.due is not None and not FIRST_DAY <= self.due <= LAST_DAY:
            raise Refused(
                tr("The compliance date of “{title}” lies outside the years 1900 to 2200.").format(title=self.title)
            )

    def waits(self) -> tuple[tuple[EntityId, int], ...]:
        """Return what it comes after, each with the days that must pass in between."""
        lags = (*self.lag_days, *(0 for _ in self.after[len(self.lag_days) :]))
        return tuple(zip(self.after, lags, strict=True))

    def waiting_for(self, pairs: Iterable[tuple[EntityId, int]]) -> ScopeItem:
        """Return the item coming after those of *pairs*, each with the days that must pass in between."""
        pairs = tuple(pairs)
        lags = tuple(lag for _, lag in pairs)
        return replace(self, after=tuple(key for key, _ in pairs), lag_days=lags if any(lags) else ())
