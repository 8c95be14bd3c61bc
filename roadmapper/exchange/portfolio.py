"""Portfolio: projects and their pieces out of two CSV tables, each row taken or named with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import SENTENCE_LENGTH, TITLE_LENGTH, EntityId, new_id
from roadmapper.domain.increment import Increment
from roadmapper.domain.money import money_from
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import Row, number_from, whole_from
from roadmapper.exchange.prerequisites import impossible, missing_text, waits_from
from roadmapper.exchange.rows import Import, Rows, Source, lines_not_taken, need, not_taken, plainly
from roadmapper.planning.proposing import outcome_sentence, shortened

T = TypeVar("T")

PROJECT_FIELDS: Mapping[str, Sequence[str]] = {
    "id": ("project_id", "id", "key", "number", "nr"),
    "title": ("title", "project", "project_title", "project_name", "name"),
    "start": ("planned_start", "start", "start_date", "original_start", "begin"),
    "finish": ("planned_finish", "finish", "finish_date", "end", "end_date", "original_finish"),
    "days": ("planned_duration_days", "duration_days", "duration", "days"),
    "outcome": ("outcome", "description", "goal"),
    "team": ("team",),
    "people": ("people", "team_size"),
}
ACTIVITY_FIELDS: Mapping[str, Sequence[str]] = {
    "id": ("activity_id", "scope_item_id", "item_id", "task_id", "id", "key"),
    "project": ("project_id", "project", "project_title", "project_key"),
    "title": ("title", "activity", "scope_item", "item", "task", "name", "summary"),
    "start": ("planned_start", "start", "start_date", "begin"),
    "finish": ("planned_finish", "finish", "finish_date", "end", "end_date"),
    "days": ("planned_duration_days", "duration_days", "duration", "days"),
    "usable": ("usable", "output_type", "kind", "type"),
    "effort": ("effort_pw", "effort", "person_weeks", "effort_person_weeks"),
    "revenue": ("revenue_per_month", "monthly_revenue", "revenue"),
    "outcome": ("outcome", "description", "what_it_lets_marketing_do"),
    "after": ("after", "depends_on", "predecessors", "prerequisites", "needs"),
    "people": ("people", "staff"),
    "team": ("team", "crew", "squad"),
    "ramp": ("ramp_months", "ramp", "ramp_up", "ramp_up_months"),
    "due": ("compliance_date", "due", "due_date", "due_by", "deadline"),
    "gate": ("gate", "is_gate"),
    "optional": ("optional", "may_be_left_out", "can_be_left_out"),
}
PROJECT_NEEDS = ("title", "start")
ACTIVITY_NEEDS = ("project", "title")
USABLE = ("usable functionality", "usable", "yes", "true", "1", "y", "x", "feature")
SO = ("yes", "true", "1", "y", "x", "✓")
NOT_SO = ("no", "false", "0", "n", "")
GROUNDWORK = ("key deliverable", "groundwork", "no", "false", "0", "n", "", "enabler", "deliverable")


def import_portfolio(plan: Plan, projects: Source, activities: Source | None, first_place: int) -> Import:
    """Return what the tables would add to *plan*; a piece stands in an increment of its own where it was planned.

    Raises Refused when a needed column is not there, or dates could be read both ways.
    """
    result = Import()
    need(projects, PROJECT_NEEDS)
    if "finish" not in projects.mapping and "days" not in projects.mapping:
        need(projects, ("finish",))
    taken = _Projects(plan, projects, first_place, result).run()
    if activities is not None:
        need(activities, ACTIVITY_NEEDS)
        _Activities(plan, activities, projects, taken, result).run()
    return result


class _Projects(Rows):
    def __init__(self, plan: Plan, source: Source, first_place: int, result: Import) -> None:
        super().__init__(plan, source, result)
        self._place = first_place
        self._taken: dict[EntityId, Project] = {}
        self._teams = {t.title.casefold(): t for t in plan.teams.values()}
        self._named_teams: set[EntityId] = set()

    def run(self) -> dict[EntityId, Project]:
        self.each(self._take)
        return self._taken

    def _take(self, row: Row) -> None:
        cell = self._source.cell
        span = _span(self, row)
        if span is None:
            raise Refused(tr("a project needs a start, and a finish or a duration"))
        key = self.key(row, "prj", self._plan.projects, self._taken)
        team = self._team(row)
        project = Project(
            key,
            cell(row, "title"),
            span,
            cell(row, "outcome"),
            team.id if team else None,
            position=self._place,
            accent=self._place % 8,
        )
        if team is not None and team.id not in self._plan.teams and team.id not in self._named_teams:
            self._named_teams.add(team.id)
            self._result.entities.append(team)
        self._place += 1
        self._taken[key] = project
        self._result.entities.append(project)

    def _team(self, row: Row) -> Team | None:
        title, people = self._source.cell(row, "team"), self.named(row, "people", whole_from)
        if not title and people is None:
            return None
        title = title or shortened(
            tr("Team of {project}").format(project=self._source.cell(row, "title")), TITLE_LENGTH
        )
        team = self._teams.setdefault(title.casefold(), Team(new_id("team"), title, people))
        if people is not None and people != team.people:
            raise Refused(
                tr("“{team}” has {have} people elsewhere, not {here}").format(
                    team=team.title, have=team.people or tr("no"), here=people
                )
            )
        return team


class _Activities(Rows):
    def __init__(
        self, plan: Plan, source: Source, projects: Source, taken: Mapping[EntityId, Project], result: Import
    ) -> None:
        super().__init__(plan, source, result)
        self._of_projects = projects.table.name
        self._refused = lines_not_taken(projects, result, "id", "title")
        self._projects = {**plan.projects, **taken}
        self._by_title: defaultdict[str, list[Project]] = defaultdict(list)
        for project in self._projects.values():
            self._by_title[project.title.casefold()].append(project)
        self._items: dict[EntityId, ScopeItem] = {}
        self._lines: dict[EntityId, int] = {}
        self._increments: dict[EntityId, Increment] = {}
        self._teams = {t.title.casefold(): t for t in (*plan.teams.values(), *result.of(Team))}

    def run(self) -> None:
        self.each(self._take)
        refused = lines_not_taken(self._source, self._result, "id")
        for key, why in impossible(self._items, self._plan.scope_items).items():
            item = self._items.pop(key)
            self.reject(self._lines[key], self._because(item, why, refused))
        kept = {item.increment for item in self._items.values()}
        named = {item.team for item in self._items.values()}
        there = {*self._plan.teams, *(t.id for t in self._result.of(Team))}
        self._result.entities += (t for t in self._teams.values() if t.id in named and t.id not in there)
        self._result.entities += (i for i in self._increments.values() if i.id in kept)
        self._result.entities += self._items.values()
        self._result.rejected.sort(key=lambda r: (r.file == self._source.table.name, r.line))
        self._name_what_is_missing()

    def _because(self, item: ScopeItem, why: str, refused: Mapping[str, int]) -> str:
        """Return why an item is impossible: what it needs may stand in the file, in a line that was not taken."""
        for needed in item.after:
            line = self._lines.get(needed) or refused.get(plainly(needed))
            if line is not None and why == missing_text(needed):
                return not_taken(needed, line)
        return why

    def _take(self, row: Row) -> None:
        cell = self._source.cell
        project = self._project(cell(row, "project"))
        key = self.key(row, "item", self._plan.scope_items, self._items)
        span = _span(self, row)
        days = span.days if span else self.named(row, "days", whole_from)
        currency = self._plan.roadmap.currency
        item = ScopeItem(
            key,
            project.id,
            cell(row, "title"),
            cell(row, "outcome"),
            self.named(row, "effort", number_from),
            span.start if span else None,
            days,
            self.named(row, "people", whole_from),
            self.named(row, "revenue", lambda text: money_from(text, currency)),
            self.named(row, "usable", _is_usable) or False,
            position=len(self._items),
            team=self._team(cell(row, "team")),
            ramp_months=self.named(row, "ramp", number_from) or 0.0,
            due=self.day(row, "due"),
            gate=self.named(row, "gate", _is_so) or False,
            optional=self.named(row, "optional", _is_so) or False,
        ).waiting_for(waits_from(cell(row, "after")))
        if span is not None and not item.gate:  # a gate delivers nothing by itself
            item = self._placed(item, span)
        self._items[key] = item
        self._lines[key] = row.line

    def _placed(self, item: ScopeItem, span: DateSpan) -> ScopeItem:
        increment = Increment(
            new_id("inc"),
            item.project,
            item.title,
            span,
            shortened(outcome_sentence(item), SENTENCE_LENGTH) if item.usable else "",
            item.effort_pw,
            item.revenue_per_month,
            team=item.team or self._projects[item.project].team,
            ramp_months=item.ramp_months,
        )
        self._increments[increment.id] = increment
        return replace(item, increment=increment.id)

    def _team(self, named: str) -> EntityId | None:
        if not named:
            return None
        return self._teams.setdefault(named.casefold(), Team(new_id("team"), named)).id

    def _project(self, named: str) -> Project:
        found = self._projects.get(EntityId(named))
        if found is not None:
            return found
        same = self._by_title[named.casefold()]
        if len(same) == 1:
            return same[0]
        if same:
            raise Refused(
                tr("“{project}” could be one of {n} projects: give its id").format(project=named[:60], n=len(same))
            )
        line = self._refused.get(plainly(named))
        if line is not None:
            words = tr("its project “{project}” stands in line {line} of “{file}”, which was not taken")
            raise Refused(words.format(project=named[:60], line=line, file=self._of_projects))
        raise Refused(tr("its project “{project}” is not there").format(project=named[:60]))

    def _name_what_is_missing(self) -> None:
        items = [i for i in self._items.values() if not i.gate]
        effort = sum(i.effort_pw is None for i in items)
        revenue = sum(i.revenue_per_month is None for i in items)
        days = sum(i.increment is None for i in items)
        say = self._result.missing.append
        if effort:
            say(trn("effort is missing for {n} scope item", "effort is missing for {n} scope items", effort))
        if revenue:
            say(trn("revenue is missing for {n} scope item", "revenue is missing for {n} scope items", revenue))
        if days:
            say(
                trn(
                    "{n} scope item has no dates and no increment",
                    "{n} scope items have no dates and no increment",
                    days,
                )
            )
        if "usable" not in self._source.mapping:
            say(tr("nothing says which scope items are usable: all count as groundwork"))
        if any(column.casefold() == "status" for column in self._source.table.columns):
            say(tr("the status of the pieces is not taken: all count as planned"))
        if "after" not in self._source.mapping:
            say(tr("nothing says what must come first"))


def _is_usable(cell: str) -> bool:
    folded = cell.casefold()
    if folded in USABLE:
        return True
    if folded in GROUNDWORK:
        return False
    raise Refused(tr("“{value}” says neither usable nor groundwork").format(value=cell[:40]))


def _is_so(cell: str) -> bool:
    folded = cell.casefold()
    if folded in SO or folded in NOT_SO:
        return folded in SO
    raise Refused(tr("“{value}” says neither yes nor no").format(value=cell[:40]))


def _span(rows: Rows, row: Row) -> DateSpan | None:
    """Return the days of a row, from its start and its finish or else its duration; None if not all is there."""
    start, finish, days = rows.day(row, "start"), rows.day(row, "finish"), rows.named(row, "days", whole_from)
    if finish is None and start is not None and days is not None:
        if not 1 <= days <= 36_600:
            raise Refused(tr("a duration of {days} days cannot be").format(days=days))
        finish = later(start, days - 1)
    return DateSpan(start, later(finish, 1)) if start is not None and finish is not None else None
