"""Increment and Link: the short deliveries, and which of them comes after which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import (
    GREATEST_EFFORT,
    GREATEST_MONEY,
    ID_LENGTH,
    LONGEST_RAMP,
    SENTENCE_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_id,
    check_number,
    check_text,
    is_plain,
)
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr


class Status(StrEnum):
    """How far an increment is."""

    PLANNED = "planned"
    RUNNING = "running"
    DELIVERED = "delivered"
    HELD = "held"
    CANCELLED = "cancelled"


FINISHED = (Status.DELIVERED, Status.CANCELLED)
"""What is so far is history: nothing moves it any more."""


@dataclass(frozen=True, slots=True)
class Increment:
    """A short delivery; without a usable-outcome sentence it is groundwork.

    *effort_pw* is in person-weeks, *revenue_per_month* in minor units, each None while nobody knows it;
    *confidence* is in per cent. The revenue grows evenly from nothing to all of it over the *ramp_months* after
    the increment went live. *actual_per_month* is the revenue it was seen to earn once delivered, None while nobody
    has looked.
    """

    id: EntityId
    project: EntityId
    title: str
    span: DateSpan
    usable_outcome: str = ""
    effort_pw: float | None = None
    revenue_per_month: int | None = None
    confidence: int = 80
    status: Status = Status.PLANNED
    pinned: bool = False
    team: EntityId | None = None
    ramp_months: float = 0.0
    actual_per_month: int | None = None

    def __post_init__(self) -> None:
        # Ten thousand of these are made when a large roadmap is opened: sentences are put together only for what is
        # not plainly good.
        title, effort, revenue = self.title, self.effort_pw, self.revenue_per_month
        if not is_plain(self.id, ID_LENGTH):
            check_id(self.id)
        if not (is_plain(title, TITLE_LENGTH) and title.strip()):
            check_text(title, tr("The title of an increment"), TITLE_LENGTH, empty=False)
        if self.usable_outcome and not is_plain(self.usable_outcome, SENTENCE_LENGTH):
            what = tr("The usable outcome of “{title}”").format(title=title)
            check_text(self.usable_outcome, what, SENTENCE_LENGTH)
        if effort is not None and not 0 <= effort <= GREATEST_EFFORT:
            check_number(effort, tr("The effort of “{title}”").format(title=title), 0, GREATEST_EFFORT)
        if revenue is not None and not -GREATEST_MONEY <= revenue <= GREATEST_MONEY:
            what = tr("The revenue per month of “{title}”").format(title=title)
            check_number(revenue, what, -GREATEST_MONEY, GREATEST_MONEY)
        actual = self.actual_per_month
        if actual is not None and not -GREATEST_MONEY <= actual <= GREATEST_MONEY:
            what = tr("The actual revenue per month of “{title}”").format(title=title)
            check_number(actual, what, -GREATEST_MONEY, GREATEST_MONEY)
        if not 0 <= self.confidence <= 100:
            check_number(self.confidence, tr("The confidence in per cent of “{title}”").format(title=title), 0, 100)
        if self.ramp_months and not 0 <= self.ramp_months <= LONGEST_RAMP:
            check_number(self.ramp_months, tr("The ramp in months of “{title}”").format(title=title), 0, LONGEST_RAMP)

    @property
    def usable(self) -> bool:
        """Return whether marketing can use what it delivers."""
        return bool(self.usable_outcome.strip())

    @property
    def counts(self) -> bool:
        """Return whether it is part of the plan: a cancelled one delivers, earns and asks nothing."""
        return self.status is not Status.CANCELLED

    @property
    def finished(self) -> bool:
        """Return whether it is history: delivered or cancelled, its days stay."""
        return self.status in FINISHED


@dataclass(frozen=True, slots=True)
class Link:
    """Increment *after* starts no earlier than *lag_days* after the end of *before*."""

    id: EntityId
    before: EntityId
    after: EntityId
    lag_days: int = 0

    def __post_init__(self) -> None:
        check_id(self.id)
        if self.before == self.after:
            raise Refused(tr("An increment cannot come after itself: link two different ones."))
        if not -3_660 <= self.lag_days <= 3_660:
            check_number(self.lag_days, tr("The lag of a link in days"), -3_660, 3_660)
