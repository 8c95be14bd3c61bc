"""Investment: something to spend effort on, as it was estimated, whatever the others are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY
from roadmapper.domain.entity import (
    GREATEST_COUNT,
    GREATEST_EFFORT,
    GREATEST_MONEY,
    SENTENCE_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_id,
    check_number,
    check_text,
)
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

LEAST_EFFORT = 1e-6
"""Person-weeks: what is less, and not nothing, is a slip, and no number to divide by."""
MOST_NAMED = 1_000


class Stage(StrEnum):
    """How far an investment is."""

    IDEA = "idea"
    CHOSEN = "chosen"
    ON_ROADMAP = "on the roadmap"
    DELIVERED = "delivered"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class TeamEffort:
    """What one team has to put in, in person-weeks: P10, P50, P90; *team* None while nobody knows which."""

    team: EntityId | None
    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Rating:
    """How much an investment does for a criterion, in the criterion's own unit."""

    criterion: EntityId
    value: float


@dataclass(frozen=True, slots=True)
class Investment:
    """Something to spend effort on.

    Revenue is a year's, in minor units: *revenue* is the likely one (P50), *revenue_low* and *revenue_high* are P10
    and P90, None where they are the same; None for *revenue* while nobody knows it. *efforts* has one entry per
    team, none while nobody knows any. *cost* is money spent beside the effort, once. *confidence* is in per cent.
    *needs* names the investments that must come first. *estimated* is the day of the estimate. Once it is on the
    roadmap, *project* is the project it became.
    """

    id: EntityId
    title: str
    sentence: str = ""
    owner: str = ""
    revenue_low: int | None = None
    revenue: int | None = None
    revenue_high: int | None = None
    efforts: tuple[TeamEffort, ...] = ()
    cost: int | None = None
    confidence: int = 100
    estimated: date | None = None
    ratings: tuple[Rating, ...] = ()
    needs: tuple[EntityId, ...] = ()
    stage: Stage = Stage.IDEA
    project: EntityId | None = None
    position: int = 0

    def __post_init__(self) -> None:
        check_id(self.id)
        check_text(self.title, tr("The title of an investment"), TITLE_LENGTH, empty=False)
        about = tr("{what} of “{title}”")
        check_text(
            self.sentence, about.format(what=tr("The sentence in plain words"), title=self.title), SENTENCE_LENGTH
        )
        check_text(self.owner, about.format(what=tr("The owner"), title=self.title), TITLE_LENGTH)
        for amount in (self.revenue_low, self.revenue, self.revenue_high):
            check_number(amount, about.format(what=tr("The revenue a year"), title=self.title), 0, GREATEST_MONEY)
        check_number(self.cost, about.format(what=tr("The cost"), title=self.title), 0, GREATEST_MONEY)
        check_number(self.confidence, about.format(what=tr("The confidence in per cent"), title=self.title), 0, 100)
        check_number(self.position, about.format(what=tr("The position"), title=self.title), 0, GREATEST_COUNT)
        if self.estimated is not None and not FIRST_DAY <= self.estimated <= LAST_DAY:
            raise Refused(
                tr("The date of the estimate of “{title}” lies outside the years 1900 to 2200.").format(
                    title=self.title
                )
            )
        if self.revenue is None and not (self.revenue_low is None and self.revenue_high is None):
            raise Refused(
                tr("Enter the likely revenue of “{title}” beside its low and its high.").format(title=self.title)
            )
        low, likely, high = self.revenue_range()
        self._check_rising(low, likely, high, tr("the revenue a year"))
        for effort in self.efforts:
            for weeks in (effort.low, effort.likely, effort.high):
                least = LEAST_EFFORT if weeks else 0
                check_number(weeks, about.format(what=tr("The effort"), title=self.title), least, GREATEST_EFFORT)
            self._check_rising(effort.low, effort.likely, effort.high, tr("the effort"))
        for rating in self.ratings:
            what = about.format(what=tr("The value for a criterion"), title=self.title)
            check_number(rating.value, what, -GREATEST_MONEY, GREATEST_MONEY)
        if self.id in self.needs:
            raise Refused(tr("“{title}” cannot need itself: choose another investment.").format(title=self.title))
        for what, keys in (
            (tr("a team"), [e.team for e in self.efforts]),
            (tr("a criterion"), [r.criterion for r in self.ratings]),
            (tr("an investment it needs"), self.needs),
        ):
            if len(keys) > MOST_NAMED:
                raise Refused(
                    tr("“{title}” names {n} times {what}, but at most {most} fit.").format(
                        title=self.title, n=len(keys), what=what, most=MOST_NAMED
                    )
                )
            if any(n > 1 for n in Counter(keys).values()):
                raise Refused(tr("“{title}” names {what} twice: say it once.").format(title=self.title, what=what))

    def _check_rising(self, low: float, likely: float, high: float, what: str) -> None:
        if not low <= likely <= high:
            raise Refused(
                tr("For “{title}” {what} must rise from low over likely to high: put them in order.").format(
                    title=self.title, what=what
                )
            )

    def revenue_range(self) -> tuple[int, int, int]:
        """Return low, likely and high revenue a year in minor units; 0 where nobody knows any."""
        likely = self.revenue or 0
        low, high = self.revenue_low, self.revenue_high
        return likely if low is None else low, likely, likely if high is None else high

    @property
    def effort_pw(self) -> float | None:
        """Return the likely effort of all teams in person-weeks, None while nobody knows any."""
        return sum(e.likely for e in self.efforts) if self.efforts else None

    @property
    def open(self) -> bool:
        """Return whether it still asks for effort: it is neither delivered nor dropped."""
        return self.stage not in (Stage.DELIVERED, Stage.DROPPED)

    def rating(self, criterion: EntityId) -> float | None:
        """Return its value for a criterion, None while nobody has said."""
        return next((r.value for r in self.ratings if r.criterion == criterion), None)
