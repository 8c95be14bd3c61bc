"""Investments: what to spend effort on, out of a CSV table, each row taken or named with its reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.investment import Investment, Rating, Stage, TeamEffort
from roadmapper.domain.money import amount_from
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import Row, folded, number_from, recognised
from roadmapper.exchange.rows import Import, Rows, Source, lines_not_taken, need, not_taken, plainly
from roadmapper.planning.proposing import shortened
from roadmapper.planning.scheduling import circles_in
from roadmapper.workspace.edits.investments import check_stage

INVESTMENT_FIELDS: Mapping[str, Sequence[str]] = {
    "id": ("investment_id", "id", "key", "number", "nr"),
    "title": ("title", "investment", "investment_title", "name"),
    "sentence": ("sentence", "plain_words", "in_plain_words", "description"),
    "owner": ("owner",),
    "revenue": ("revenue_per_year", "revenue", "revenue_yr", "revenue_a_year", "yearly_revenue", "revenue_likely"),
    "revenue_low": ("revenue_low", "revenue_per_year_low", "low_revenue"),
    "revenue_high": ("revenue_high", "revenue_per_year_high", "high_revenue"),
    "effort": ("effort_pw", "effort", "person_weeks", "effort_person_weeks", "effort_likely"),
    "effort_low": ("effort_low", "effort_pw_low", "low_effort"),
    "effort_high": ("effort_high", "effort_pw_high", "high_effort"),
    "team": ("team", "crew", "squad"),
    "cost": ("cost", "costs"),
    "confidence": ("confidence", "confidence_percent", "confidence_per_cent"),
    "estimated": ("estimated", "date_of_estimate", "estimate_date", "estimated_on", "estimate_from"),
    "status": ("status", "stage"),
    "needs": ("needs", "needs_first", "prerequisites", "after", "depends_on"),
}
NEEDS = ("title",)
RANGE = ("low", "", "high")


def investment_fields(plan: Plan) -> dict[str, Sequence[str]]:
    """Return the fields of an investment with the names of their columns: criteria and teams have their own.

    A criterion is known by its title, or by *criterion* before it; the effort of a team by *effort* before the team's
    name, and *low* or *high* after it.
    """
    found = dict(INVESTMENT_FIELDS)
    for criterion in plan.criteria_in_order:
        found.setdefault(
            f"criterion.{criterion.title}", (folded(f"criterion {criterion.title}"), folded(criterion.title))
        )
    return found | _effort_fields(plan.teams.values())


def _effort_fields(teams: Iterable[Team]) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for team in sorted(teams, key=lambda t: (t.title, t.id)):
        for end in RANGE:
            found.setdefault(_effort_field(team, end), (folded(f"effort {team.title} {end}"),))
    return found


def _effort_field(team: Team, end: str) -> str:
    return f"effort.{team.title}.{end}" if end else f"effort.{team.title}"


def import_investments(plan: Plan, source: Source, first_place: int, result: Import | None = None) -> Import:
    """Return what the table would add to *plan* or change in it, and to what *result* would already.

    A row with the id of an investment that is there, or without an id but with its title, changes that one: an empty
    cell leaves what is there, but a row that gives any figure of the revenue, or any effort, gives all of it. The teams
    that *result* brings have their columns too. Raises Refused when a needed column is not there, or dates could be
    read both ways.
    """
    result = result or Import()
    need(source, NEEDS)
    left = [c for c in source.table.columns if c not in source.mapping.values()]
    efforts = recognised(left, _effort_fields(result.of(Team)))
    source = replace(source, mapping={**efforts, **source.mapping})
    _Investments(plan, source, first_place, result).run()
    return result


class _Investments(Rows):
    def __init__(self, plan: Plan, source: Source, first_place: int, result: Import) -> None:
        super().__init__(plan, source, result)
        self._place = first_place
        self._taken: dict[EntityId, Investment] = {}
        self._lines: dict[EntityId, int] = {}
        self._named_needs: dict[EntityId, str] = {}
        self._there = {t.title: t for t in (*plan.teams.values(), *result.of(Team))}.values()
        self._teams = {t.title.casefold(): t for t in (*plan.teams.values(), *result.of(Team))}
        self._new: dict[str, int] = {}
        self._refused: dict[str, int] = {}
        self._known = _by_title(plan.investments.values())

    def run(self) -> None:
        self.each(self._take)
        self._settle_needs()
        there = {*self._plan.teams, *(t.id for t in self._result.of(Team))}
        used = {e.team for i in self._taken.values() for e in i.efforts}
        self._result.entities += (t for t in self._teams.values() if t.id in used and t.id not in there)
        self._result.entities += self._taken.values()
        self._result.changed |= self._taken.keys() & self._plan.investments.keys()
        self._name_what_is_missing()

    def _take(self, row: Row) -> None:
        old = self._old(row)
        key = old.id if old else self.key(row, "inv", {}, self._taken)
        if key in self._taken:
            raise Refused(tr("it is the same as line {line}: give each row its id").format(line=self._lines[key]))
        cell, said = self._source.cell, dict[str, Any]()
        for name in ("title", "sentence", "owner"):
            if cell(row, name):
                said[name] = cell(row, name)
        said |= self._revenue(row)
        numbers = {
            "cost": self.named(row, "cost", self._money),
            "confidence": self.named(row, "confidence", confidence_from),
            "estimated": self.day(row, "estimated"),
            "stage": self.named(row, "status", stage_from),
        }
        said |= {name: value for name, value in numbers.items() if value is not None}
        efforts = self._efforts(row)
        if efforts:
            said["efforts"] = efforts
        if old is None:
            taken = Investment(key, said.pop("title", ""), position=self._place)
            self._place += 1
        else:
            taken = old
        found = replace(taken, **said, ratings=self._ratings(row, taken))
        check_stage(self._plan, old or taken, found)
        self._taken[key] = found
        self._lines[key] = row.line
        self._named_needs[key] = cell(row, "needs")

    def _old(self, row: Row) -> Investment | None:
        """Return the investment that a row is about, None where it is a new one."""
        given, title = self._source.cell(row, "id"), self._source.cell(row, "title")
        if given:
            return self._plan.investments.get(EntityId(given))
        same = self._known.get(plainly(title), [])
        if len(same) > 1:
            raise Refused(
                tr("“{title}” could be one of {n} investments: give its id").format(title=title[:60], n=len(same))
            )
        if same:
            return self._plan.investments[same[0]]
        first = self._new.setdefault(plainly(title), row.line)
        if title and first != row.line:
            raise Refused(tr("it has the title of line {line}: give each of the two an id").format(line=first))
        return None

    def _money(self, text: str) -> int:
        return amount_from(text, self._plan.roadmap.currency)

    def _revenue(self, row: Row) -> dict[str, int | None]:
        names = ("revenue_low", "revenue", "revenue_high")
        found = {name: self.named(row, name, self._money) for name in names}
        return found if any(amount is not None for amount in found.values()) else {}

    def _efforts(self, row: Row) -> tuple[TeamEffort, ...]:
        named = self._source.cell(row, "team")
        found = [self._effort(row, ("effort_low", "effort", "effort_high"), None)]
        if found[0] is not None and named:
            team = self._teams.setdefault(named.casefold(), Team(new_id("team"), named))
            found = [replace(found[0], team=team.id)]
        for team in self._there:
            found.append(self._effort(row, [_effort_field(team, end) for end in RANGE], team.id))
        return tuple(effort for effort in found if effort is not None)

    def _effort(self, row: Row, names: Sequence[str], team: EntityId | None) -> TeamEffort | None:
        low, likely, high = (self.named(row, name, number_from) for name in names)
        if likely is None:
            if low is None and high is None:
                return None
            raise Refused(tr("enter the likely effort beside its low and its high"))
        return TeamEffort(team, likely if low is None else low, likely, likely if high is None else high)

    def _ratings(self, row: Row, before: Investment) -> tuple[Rating, ...]:
        found = {r.criterion: r for r in before.ratings}
        for criterion in self._plan.criteria_in_order:
            value = self.named(row, f"criterion.{criterion.title}", number_from)
            if value is not None:
                found[criterion.id] = Rating(criterion.id, value)
        return tuple(found.values())

    def _settle_needs(self) -> None:
        """Find what the rows need by id or title; what is not there or runs in a circle takes its rows out."""
        self._refused = lines_not_taken(self._source, self._result, "id", "title")
        titles = _by_title([*self._plan.investments.values(), *self._taken.values()])
        wrong: dict[EntityId, str] = {}
        for key, cell in self._named_needs.items():
            try:
                needs = tuple(dict.fromkeys(self._need(name, titles) for name in self._named(cell, titles)))
                if cell:
                    self._taken[key] = replace(self._taken[key], needs=needs)
            except Refused as refusal:
                wrong[key] = str(refusal)
        for key, why in wrong.items():  # only now do all know what they need
            self._drop(key, why)
        while True:
            circles = [c for c in circles_in(self._after()) if not self._taken.keys().isdisjoint(c)]
            if not circles:
                break
            for circle in circles:
                first = next((k for k in circle if k in self._taken), circle[0])
                path = " → ".join(self._title(k) for k in circle if k in self._taken or k in self._plan.investments)
                self._drop(first, tr("what must come first runs in a circle: {path}").format(path=path[:200]))
        self._result.rejected.sort(key=lambda r: (r.file == self._source.table.name, r.line))

    def _named(self, cell: str, titles: Mapping[str, Sequence[EntityId]]) -> list[str]:
        """Return the names in a cell: apart by semicolons or lines, and by commas, where no title has them."""
        found: list[str] = []
        if plainly(cell) in titles:
            return [" ".join(cell.split())]
        for part in re.split(r"[;\n]+", cell):
            whole = " ".join(part.split())
            known = whole.casefold() in titles or EntityId(whole) in self._taken
            found += [whole] if known else (" ".join(name.split()) for name in whole.split(","))
        return [name for name in found if name]

    def _need(self, name: str, titles: Mapping[str, Sequence[EntityId]]) -> EntityId:
        if EntityId(name) in self._taken or EntityId(name) in self._plan.investments:
            return EntityId(name)
        same = titles.get(name.casefold(), [])
        if len(same) == 1:
            return same[0]
        if same:
            raise Refused(
                tr("what must come first, “{id}”, could be one of {n}: give its id").format(id=name[:60], n=len(same))
            )
        if plainly(name) in self._refused:
            raise Refused(not_taken(name, self._refused[plainly(name)]))
        raise Refused(tr("what must come first, “{id}”, is not there").format(id=name[:60]))

    def _drop(self, key: EntityId, why: str) -> None:
        """Take a row out again, with those that need what only it would have brought."""
        waiting = [(key, why)]
        while waiting:
            key, why = waiting.pop()
            gone = self._taken.pop(key, None)
            if gone is None:
                continue
            self.reject(self._lines[key], why)
            if key not in self._plan.investments:
                text = not_taken(gone.title, self._lines[key])
                waiting += ((i.id, text) for i in self._taken.values() if key in i.needs)

    def _after(self) -> dict[EntityId, list[EntityId]]:
        everything = {**self._plan.investments, **self._taken}
        return {k: [n for n in i.needs if n in everything] for k, i in everything.items()}

    def _title(self, key: EntityId) -> str:
        return (self._taken.get(key) or self._plan.investments[key]).title

    def _name_what_is_missing(self) -> None:
        taken, say = self._taken.values(), self._result.missing.append
        effort = sum(not i.efforts for i in taken)
        revenue = sum(i.revenue is None for i in taken)
        if effort:
            say(trn("effort is missing for {n} investment", "effort is missing for {n} investments", effort))
        if revenue:
            say(trn("revenue is missing for {n} investment", "revenue is missing for {n} investments", revenue))
        for criterion in self._plan.criteria_in_order:
            without = sum(i.rating(criterion.id) is None for i in taken)
            if without:
                say(
                    trn(
                        "“{title}” has no value for {n} investment: it counts nothing there",
                        "“{title}” has no value for {n} investments: it counts nothing there",
                        without,
                        title=criterion.title,
                    )
                )
            if f"criterion.{criterion.title}" not in self._source.mapping:
                self._name_what_took(criterion.title)
        unknown = [c for c in self._source.table.columns if c not in self._source.mapping.values()]
        if unknown:
            listed = shortened(", ".join(f"“{c}”" for c in unknown), 200)
            say(tr("no field, no criterion and no team is called like these columns: {all}").format(all=listed))

    def _name_what_took(self, title: str) -> None:
        """Say what a column that is called like a criterion was read as, and how to call the criterion's."""
        for field, column in self._source.mapping.items():
            if folded(column) == folded(title) != "":
                self._result.missing.append(
                    tr(
                        "“{column}” was read as {field}, not as the criterion: call its column “criterion.{title}”"
                    ).format(column=column, field=field, title=title)
                )


def _by_title(investments: Iterable[Investment]) -> dict[str, list[EntityId]]:
    found: defaultdict[str, dict[EntityId, None]] = defaultdict(dict)
    for investment in investments:
        found[plainly(investment.title)][investment.id] = None
    return {title: list(keys) for title, keys in found.items()}


def confidence_from(cell: str) -> int:
    """Return the confidence in whole per cent that *cell* says, such as ``80`` or ``80 %``.

    Raises Refused where it could be a share or a per cent, such as ``0.8`` or ``1``, and where it is neither.
    """
    plain = cell.strip()
    sign = plain.endswith("%")
    number = number_from(plain.removesuffix("%").strip())
    if not sign and 0 < number <= 1:
        raise Refused(
            tr("“{value}” could be {low:g} % or {high:g} %: write it with the sign").format(
                value=plain[:40], low=number, high=number * 100
            )
        )
    if number != int(number) or not 0 <= number <= 100:
        raise Refused(tr("“{value}” is not a whole number of per cent from 0 to 100").format(value=plain[:40]))
    return int(number)


def stage_from(cell: str) -> Stage:
    """Return the status that *cell* says; raises Refused where it is none."""
    said = folded(cell)
    for stage in Stage:
        if said in (folded(stage.value), folded(stage.value.replace("the ", ""))):
            return stage
    raise Refused(
        tr("“{value}” is no status; there are: {all}").format(value=cell[:40], all=", ".join(s.value for s in Stage))
    )
