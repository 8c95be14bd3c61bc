"""ScopeCells: what stands in which column of the scope table, how it is written there, and what it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from PySide6.QtCore import QLocale

from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import (
    GREATEST_EFFORT,
    LONGEST_RAMP,
    TEXT_LENGTH,
    TITLE_LENGTH,
    EntityId,
    check_number,
    check_text,
)
from roadmapper.domain.money import money_from
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import LONGEST_LAG, ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.csv import number_from, whole_from
from roadmapper.exchange.portfolio import GROUNDWORK, USABLE
from roadmapper.planning.phrases import day_text, exact_money_text
from roadmapper.ui.widgets.day_edit import day_first, day_typed

MOST_PEOPLE = 10_000
MOST_DAYS = 36_600
YES = "yes"
TICKED = ("yes", "true", "1", "y", "x", "✓")
NOT_TICKED = ("no", "false", "0", "n", "")
_LENGTH = re.compile(r"([\d.,]+)\s*(|d|day|days|w|wk|week|weeks)")


class Column(IntEnum):
    """What stands where."""

    TITLE = 0
    OUTCOME = 1
    TEAM = 2
    EFFORT = 3
    PEOPLE = 4
    DURATION = 5
    REVENUE = 6
    RAMP = 7
    DUE = 8
    USABLE = 9
    GATE = 10
    OPTIONAL = 11
    AFTER = 12


FIELDS: Mapping[Column, str] = {
    Column.TITLE: "title",
    Column.OUTCOME: "outcome",
    Column.TEAM: "team",
    Column.EFFORT: "effort_pw",
    Column.PEOPLE: "people",
    Column.DURATION: "planned_days",
    Column.REVENUE: "revenue_per_month",
    Column.RAMP: "ramp_months",
    Column.DUE: "due",
    Column.USABLE: "usable",
    Column.GATE: "gate",
    Column.OPTIONAL: "optional",
}
"""The field of a scope item that a column shows; what an item comes after is more than one."""

BOXES = (Column.USABLE, Column.GATE, Column.OPTIONAL)
NUMBERS = (Column.EFFORT, Column.PEOPLE, Column.DURATION, Column.REVENUE, Column.RAMP)
ALWAYS = (Column.TITLE,)
USUAL = (
    Column.TITLE,
    Column.OUTCOME,
    Column.EFFORT,
    Column.PEOPLE,
    Column.REVENUE,
    Column.USABLE,
    Column.AFTER,
)


@dataclass(frozen=True, slots=True)
class ScopeCells:
    """Reads and writes the cells of a plan's scope items; *teams* are its teams by the name that tells them apart."""

    currency: str
    teams: Mapping[str, EntityId]
    today: date = field(default_factory=lambda: datetime.now().astimezone().date())
    day_first: bool = True

    @classmethod
    def of(cls, plan: Plan) -> ScopeCells:
        """Return the cells of *plan*, days written as the system writes them."""
        return cls(plan.roadmap.currency, team_names(plan), day_first=day_first(QLocale()))

    def shown(self, item: ScopeItem) -> list[str]:
        """Return the text of each column, nothing for what the item comes after."""
        names = {key: name for name, key in self.teams.items()}
        return [
            item.title,
            item.outcome,
            names.get(item.team, str(item.team)) if item.team else "",
            "" if item.effort_pw is None else f"{item.effort_pw:.10g}",
            "" if item.people is None else str(item.people),
            "" if item.planned_days is None else days_text(item.planned_days),
            exact_money_text(item.revenue_per_month, self.currency),
            f"{item.ramp_months:.10g}" if item.ramp_months else "",
            day_text(item.due) if item.due else "",
            YES if item.usable else "",
            YES if item.gate else "",
            YES if item.optional else "",
            "",
        ]

    def read(self, column: Column, text: str) -> object:
        """Return the value that stands in a cell; raises Refused."""
        plain = " ".join(text.split()) if column is not Column.OUTCOME else text.strip()
        if column is Column.TITLE:
            check_text(plain, tr("The title of a scope item"), TITLE_LENGTH, empty=False)
            return plain
        if column is Column.OUTCOME:
            check_text(plain, tr("The outcome"), TEXT_LENGTH)
            return plain
        if column in BOXES:
            return ticked(column, plain)
        if not plain:
            return 0.0 if column is Column.RAMP else None
        if column is Column.TEAM:
            return self._team(plain)
        if column is Column.REVENUE:
            return money_from(plain, self.currency)
        if column is Column.DUE:
            return day_typed(plain, None, self.today, day_first=self.day_first)
        return _number(column, plain)

    def _team(self, text: str) -> EntityId:
        found = {name.casefold(): key for name, key in self.teams.items()}.get(text.casefold())
        if found is None:
            raise Refused(
                tr(
                    "There is no team “{name}”: choose one of the list, or add it under Plan > Teams and days off."
                ).format(name=text[:40])
            )
        return found


def team_names(plan: Plan) -> dict[str, EntityId]:
    """Return the teams by name; those that share one are told apart by a number."""
    teams = sorted(plan.teams.values(), key=lambda t: (t.title.casefold(), t.id))
    seen: Counter[str] = Counter()
    found: dict[str, EntityId] = {}
    for team in teams:
        title = " ".join(team.title.split())
        seen[title.casefold()] += 1
        n = seen[title.casefold()]
        found[f"{title} ({n})" if n > 1 else title] = team.id
    return found


def ticked(column: Column, text: str) -> bool:
    """Return whether a cell says yes; raises Refused where it says neither yes nor no."""
    yes, no = ((*USABLE, *TICKED), GROUNDWORK) if column is Column.USABLE else (TICKED, NOT_TICKED)
    folded = text.strip().casefold()
    if folded in yes:
        return True
    if folded in no:
        return False
    if column is Column.USABLE:
        raise Refused(tr("“{text}” says neither usable nor groundwork: enter yes or no.").format(text=text[:40]))
    raise Refused(tr("“{text}” says neither yes nor no: enter one of them.").format(text=text[:40]))


def days_text(days: int) -> str:
    """Return a number of days as it is typed: ``2w`` where it is whole weeks, else ``10d``."""
    weeks, rest = divmod(days, DAYS_A_WEEK)
    return f"{days}d" if rest or not weeks else f"{weeks}w"


def days_from(text: str) -> int:
    """Return the days that ``10``, ``10d`` or ``2 weeks`` stand for; raises Refused."""
    match = _LENGTH.fullmatch(text.strip().casefold())
    if match is None:
        raise Refused(tr("“{text}” is not a length: enter days or weeks, such as 10d or 2w.").format(text=text[:40]))
    days = number_from(match[1]) * (DAYS_A_WEEK if match[2][:1] == "w" else 1)
    if days != int(days):
        raise Refused(tr("“{text}” is not a number of whole days: enter one such as 10d.").format(text=text[:40]))
    return int(days)


def lag_from(text: str) -> int:
    """Return the days that must pass between two items; raises Refused."""
    days = days_from(text)
    check_number(days, tr("A lag in days"), 0, LONGEST_LAG)
    return days


def _number(column: Column, text: str) -> float | int:
    if column is Column.PEOPLE:
        people = whole_from(text)
        check_number(people, tr("The number of people"), 1, MOST_PEOPLE)
        return people
    if column is Column.DURATION:
        days = days_from(text)
        check_number(days, tr("The duration in days"), 1, MOST_DAYS)
        return days
    number = number_from(text)
    if column is Column.RAMP:
        check_number(number, tr("The ramp in months"), 0, LONGEST_RAMP)
    else:
        check_number(number, tr("The effort"), 0, GREATEST_EFFORT)
    return number
