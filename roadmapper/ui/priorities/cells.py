"""Cells: how what is entered of an investment is written in a cell, and what a text typed there makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, Stage, TeamEffort
from roadmapper.domain.money import money_from
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.csv import number_from
from roadmapper.exchange.investments import confidence_from, stage_from
from roadmapper.planning.phrases import day_text, effort_text, exact_money_text, money_text
from roadmapper.ui.priorities.columns import COMPUTED, Column, What, criterion_of
from roadmapper.ui.priorities.numbers import number_text
from roadmapper.ui.widgets.day_edit import day_first, day_typed

SHOWN = 40
MONEY: Mapping[What, str] = {
    What.REVENUE: "revenue",
    What.REVENUE_LOW: "revenue_low",
    What.REVENUE_HIGH: "revenue_high",
    What.COST: "cost",
}
EFFORTS: Mapping[What, str] = {What.EFFORT: "likely", What.EFFORT_LOW: "low", What.EFFORT_HIGH: "high"}


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads and writes the cells of a plan's investments; *today* is what "today" means where a day is typed."""

    plan: Plan
    today: date

    def shown(self, column: Column, investment: Investment) -> str:
        """Return how a value stands in its cell, rounded to what a reader needs."""
        what, currency = column.what, self.plan.roadmap.currency
        if what in MONEY:
            amount = getattr(investment, MONEY[what])
            return "" if amount is None else money_text(amount, currency)
        if what in EFFORTS:
            weeks = _effort(investment, EFFORTS[what])
            return "" if weeks is None else effort_text(round(weeks, 2))
        if what is What.CONFIDENCE:
            return tr("{n} %").format(n=f"{investment.confidence:g}")
        if what is What.STAGE:
            return tr(investment.stage.value)
        if what is What.CRITERION and column.criterion is not None:
            text = self.typed(column, investment)
            return f"{text} {column.criterion.unit}".strip() if text else ""
        return self.typed(column, investment)

    def typed(self, column: Column, investment: Investment) -> str:
        """Return a value to the last digit, as it is typed."""
        what = column.what
        if what in MONEY:
            return exact_money_text(getattr(investment, MONEY[what]), self.plan.roadmap.currency)
        if what in EFFORTS:
            return number_text(_effort(investment, EFFORTS[what]))
        if what is What.CRITERION:
            return number_text(investment.rating(criterion_of(column)))
        return {
            What.TITLE: lambda: investment.title,
            What.STAGE: lambda: tr(investment.stage.value),
            What.CONFIDENCE: lambda: f"{investment.confidence:g}",
            What.NEEDS: lambda: "; ".join(self._title(key) for key in investment.needs),
            What.OWNER: lambda: investment.owner,
            What.ESTIMATED: lambda: day_text(investment.estimated) if investment.estimated else "",
            What.SENTENCE: lambda: investment.sentence,
        }.get(what, lambda: "")()

    def with_text(self, column: Column, investment: Investment, text: str) -> Investment:
        """Return the investment with what was typed into a cell; raises Refused where that cannot be read."""
        what, plain = column.what, " ".join(text.split())
        if what not in COMPUTED and plain == " ".join(self.typed(column, investment).split()):
            return investment  # what stands there already can always be typed again
        if what in MONEY:
            amount = money_from(plain, self.plan.roadmap.currency) if plain else None
            return _with_money(investment, what, amount)
        if what in EFFORTS:
            return _with_effort(investment, what, number_from(plain) if plain else None)
        if what is What.CRITERION:
            return with_rating(investment, criterion_of(column), number_from(plain) if plain else None)
        if what is What.CONFIDENCE:
            return replace(investment, confidence=confidence_from(plain) if plain else 100)
        if what is What.ESTIMATED:
            day = day_typed(plain, investment.estimated, self.today, day_first=day_first(QLocale())) if plain else None
            return replace(investment, estimated=day)
        if what is What.NEEDS:
            return replace(investment, needs=self._needs(investment, text))
        if what is What.STAGE:
            return replace(investment, stage=_stage(plain))
        simple: Mapping[What, Callable[[], Investment]] = {
            What.TITLE: lambda: replace(investment, title=plain),
            What.OWNER: lambda: replace(investment, owner=plain),
            What.SENTENCE: lambda: replace(investment, sentence=plain),
        }
        if what not in simple:
            raise Refused(tr("“{head}” is worked out by the program: nothing can be entered.").format(head=column.head))
        return simple[what]()

    def by_title(self, title: str) -> Investment | None:
        """Return the investment of a title, however its capitals are written; None where there is none.

        Raises Refused where several have that title: none of them is taken for another.
        """
        folded = " ".join(title.split()).casefold()
        found = [i for i in self.plan.investments.values() if " ".join(i.title.split()).casefold() == folded]
        if len(found) > 1:
            raise Refused(
                tr("“{title}” could be one of {n} investments: give them different titles first.").format(
                    title=found[0].title[:SHOWN], n=len(found)
                )
            )
        return found[0] if found else None

    def _needs(self, investment: Investment, text: str) -> tuple[EntityId, ...]:
        """Return the investments that *text* names; those that are needed already are meant before any others."""
        kept: dict[str, list[EntityId]] = {}
        for key in investment.needs:
            kept.setdefault(self._folded(self._title(key)), []).append(key)
        return tuple(dict.fromkeys(self._parted([n for n in text.split(";") if n.strip()], kept)))

    def _parted(self, parts: Sequence[str], kept: Mapping[str, list[EntityId]]) -> list[EntityId]:
        """Return whom the parts name: a title may have a semicolon itself, so as many as possible go together."""
        known = kept.keys() | {self._folded(i.title) for i in self.plan.investments.values()}
        found: list[EntityId] = []
        at = 0
        while at < len(parts):
            ends = range(len(parts), at, -1)
            end = next((e for e in ends if self._folded(";".join(parts[at:e])) in known), at + 1)
            title = ";".join(parts[at:end])
            same = kept.get(self._folded(title))
            found.append(same.pop(0) if same else self._named(title))
            at = end
        return found

    @staticmethod
    def _folded(title: str) -> str:
        return " ".join(title.split()).casefold()

    def _title(self, key: EntityId) -> str:
        found = self.plan.investments.get(key)
        return found.title if found else str(key)

    def _named(self, title: str) -> EntityId:
        found = self.by_title(title)
        if found is None:
            raise Refused(
                tr(
                    "There is no investment “{title}”: enter titles of this table with a semicolon between them."
                ).format(title=title.strip()[:SHOWN])
            )
        return found.id


def stages_for(investment: Investment) -> list[Stage]:
    """Return the stages that an investment can take: its project and its stage go together."""
    barred = (Stage.ON_ROADMAP,) if investment.project is None else (Stage.IDEA, Stage.CHOSEN)
    return [s for s in Stage if s is investment.stage or s not in barred]


def _stage(text: str) -> Stage:
    """Return the stage of a name as it is shown or as a CSV file has it; raises Refused."""
    shown = {tr(stage.value).casefold(): stage for stage in Stage}
    return shown.get(text.casefold()) or stage_from(text)


def with_rating(investment: Investment, criterion: EntityId, value: float | None) -> Investment:
    """Return the investment with another value for a criterion, or with none."""
    ratings = [r for r in investment.ratings if r.criterion != criterion]
    if value is not None:
        ratings.append(Rating(criterion, value))
    return replace(investment, ratings=tuple(ratings))


def with_weeks(effort: TeamEffort, name: str, weeks: float | None) -> TeamEffort:
    """Return a team's effort with another low, likely or high; what was the same as the likely one goes with it."""
    if name != "likely":
        values: Mapping[str, Any] = {name: effort.likely if weeks is None else weeks}
        return replace(effort, **values)
    weeks = effort.likely if weeks is None else weeks
    low = weeks if effort.low == effort.likely else effort.low
    high = weeks if effort.high == effort.likely else effort.high
    return replace(effort, low=low, likely=weeks, high=high)


def _with_money(investment: Investment, what: What, amount: int | None) -> Investment:
    if what is What.REVENUE and amount is None:
        return replace(investment, revenue_low=None, revenue=None, revenue_high=None)
    values: Mapping[str, Any] = {MONEY[what]: amount}
    return replace(investment, **values)


def _with_effort(investment: Investment, what: What, weeks: float | None) -> Investment:
    name, efforts = EFFORTS[what], investment.efforts
    if len(efforts) > 1:
        raise Refused(
            tr("“{title}” takes several teams: change what each puts in under its details.").format(
                title=investment.title
            )
        )
    if what is What.EFFORT and weeks is None:
        return replace(investment, efforts=())
    if not efforts:
        if weeks is None:
            return investment
        if what is not What.EFFORT:
            raise Refused(tr("Enter the likely effort of “{title}” first.").format(title=investment.title))
        return replace(investment, efforts=(TeamEffort(None, weeks, weeks, weeks),))
    return replace(investment, efforts=(with_weeks(efforts[0], name, weeks),))


def _effort(investment: Investment, name: str) -> float | None:
    return round(sum(getattr(e, name) for e in investment.efforts), 10) if investment.efforts else None
