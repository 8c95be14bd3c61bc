"""Roadmap: the frame of a plan - title, horizon, currency, limits, calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roadmapper.domain.dates import DateSpan, add_months
from roadmapper.domain.entity import (
    GREATEST_EFFORT,
    GREATEST_MONEY,
    SENTENCE_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_number,
    check_text,
)
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn

LONGEST_HORIZON = 240
ONLY_ROADMAP = EntityId("roadmap")


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The frame in which all projects of a plan stand; a plan has exactly one.

    In the first *overhead_weeks* of an increment nobody builds: they go into its release. *tail_months* is how far
    beyond the horizon the figure *with a tail* counts. *budget_pw* (person-weeks) and *budget_money* (minor units) are
    what there is for investments, None where nobody has said; an estimate older than *shelf_months* is ageing;
    *yardstick* (minor units a year) is the sum of money that criteria are compared with in pairwise questions.
    """

    title: str
    start: date
    months: int = 24
    currency: str = "EUR"
    fiscal_year_month: int = 1
    longest_increment_weeks: int = 12
    shortest_increment_weeks: int = 2
    longest_silence_weeks: int = 6
    country: str = ""
    discount_percent: float = 0.0
    discounted: bool = False
    owner: str = ""
    id: EntityId = ONLY_ROADMAP
    overhead_weeks: int = 0
    tail_months: int = 12
    budget_pw: float | None = None
    budget_money: int | None = None
    shelf_months: int = 6
    yardstick: int = 10_000_000

    def __post_init__(self) -> None:
        check_text(self.title, tr("The title of the roadmap"), TITLE_LENGTH, empty=False)
        check_text(self.owner, tr("The owner of the roadmap"), SENTENCE_LENGTH)
        check_number(self.months, tr("The horizon in months"), 1, LONGEST_HORIZON)
        check_number(self.fiscal_year_month, tr("The first month of the fiscal year"), 1, 12)
        check_number(self.shortest_increment_weeks, tr("The shortest increment in weeks"), 1, 104)
        check_number(self.longest_increment_weeks, tr("The longest increment in weeks"), 1, 104)
        check_number(self.longest_silence_weeks, tr("The longest silence in weeks"), 1, 104)
        check_number(self.discount_percent, tr("The yearly discount rate in per cent"), 0, 100)
        if self.shortest_increment_weeks > self.longest_increment_weeks:
            raise Refused(
                tr("The shortest increment ({short}) is longer than the longest ({long}).").format(
                    short=trn("{n} week", "{n} weeks", self.shortest_increment_weeks),
                    long=trn("{n} week", "{n} weeks", self.longest_increment_weeks),
                )
            )
        check_number(self.overhead_weeks, tr("The release work at the start of an increment in weeks"), 0, 26)
        check_number(self.tail_months, tr("The tail beyond the horizon in months"), 0, LONGEST_HORIZON)
        check_number(self.budget_pw, tr("The effort there is for investments"), 0, GREATEST_EFFORT)
        check_number(self.budget_money, tr("The money there is for investments"), 0, GREATEST_MONEY)
        check_number(self.shelf_months, tr("The shelf life of an estimate in months"), 1, LONGEST_HORIZON)
        check_number(self.yardstick, tr("The yardstick of the pairwise questions"), 1, GREATEST_MONEY)
        if self.overhead_weeks >= self.longest_increment_weeks:
            raise Refused(
                tr("With {n} weeks of release work nothing can be built in an increment of {long} weeks.").format(
                    n=self.overhead_weeks, long=self.longest_increment_weeks
                )
            )
        if not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()):
            raise Refused(
                tr("The currency “{code}” is not a code of three capital letters such as EUR.").format(
                    code=self.currency[:20]
                )
            )
        if not (self.country == "" or (len(self.country) == 2 and self.country.isascii() and self.country.isupper())):
            raise Refused(
                tr("The country “{code}” is not a code of two capital letters such as DE.").format(
                    code=self.country[:20]
                )
            )
        _ = self.span  # outside 1900 to 2200 is refused here

    @property
    def span(self) -> DateSpan:
        """Return the days from the start up to the horizon."""
        return DateSpan(self.start, add_months(self.start, self.months))

    @property
    def horizon(self) -> date:
        """Return the first day after the horizon; revenue counts for the days before it."""
        return add_months(self.start, self.months)

    @property
    def silence_limit_days(self) -> int:
        """Return the longest silence that was agreed, in days."""
        return self.longest_silence_weeks * 7
