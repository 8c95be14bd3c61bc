"""Commissioning: the project that an investment would be on the roadmap, as a proposal for a hand to change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, later, monday
from roadmapper.domain.entity import TITLE_LENGTH, EntityId, new_id
from roadmapper.domain.increment import Status
from roadmapper.domain.investment import Investment, Stage, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.wording import tr
from roadmapper.planning.crews import MOST_WEEKS

MONTHS = 12
ACCENTS = 8


OWN = EntityId("")
"""Stands for the team with the most effort: no team has this id."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What an investment needs that is not delivered: *missing* is not on the roadmap (yet, or any more).

    *last* is what ends last of those that are on it, on the day before *end*; None where there is none.
    """

    missing: tuple[EntityId, ...] = ()
    last: EntityId | None = None
    end: date | None = None


def proposed_project(
    plan: Plan, key: EntityId, today: date, team: EntityId | None = OWN
) -> tuple[Project, tuple[ScopeItem, ...]]:
    """Return the project that an investment would be, and its scope items: one for each team's effort.

    *team* has the project, None nobody yet; unless it is said, the team with the most effort. Each item stays the work
    of the team that it was estimated for; what was estimated for none is the project's. The other items are groundwork
    and can be done side by side; the last is that of *team*, else the largest, comes after them and is usable: nothing
    is earned before all of the work is done. It starts on the first Monday from *today* on, or with the roadmap; each
    item takes effort / people weeks, rounded up (one person where nobody has said how many), and where no effort is
    known the whole takes the longest increment.

    A month's revenue is a twelfth of a year's, rounded to the minor unit: twelve of them differ from the year by six
    at most. The year as it was claimed stays with the investment.
    """
    investment = plan.investments[key]
    if team == OWN:
        lead = max((e for e in investment.efforts if e.team is not None), key=lambda e: e.likely, default=None)
        team = lead.team if lead else None
    efforts = _own_last(investment, team)
    place = max((p.position for p in plan.projects.values()), default=-1) + 1
    start = max(plan.roadmap.start, _monday_from(today))
    span = DateSpan(start, later(start, _weeks(plan, efforts, team) * DAYS_A_WEEK))
    project = Project(new_id("prj"), investment.title, span, investment.sentence, team, place, max(place, 0) % ACCENTS)
    return project, _items(plan, investment, project, efforts)


def waits_of(plan: Plan, key: EntityId) -> Waits:
    """Return what an investment needs directly and has to wait for."""
    needed = [plan.investments[n] for n in plan.investments[key].needs if n in plan.investments]
    needed = [i for i in needed if i.stage is not Stage.DELIVERED]
    there = [(_end_of(plan, i.project), i.id) for i in needed if i.project is not None and i.project in plan.projects]
    missing = tuple(i.id for i in needed if i.project is None or i.project not in plan.projects)
    if not there:
        return Waits(missing)
    end, last = max(there)
    return Waits(missing, last, end)


def start_after(end: date) -> date:
    """Return the first Monday on which work can start that waits for what ended the day before *end*."""
    return _monday_from(end)


def _end_of(plan: Plan, project: EntityId) -> date:
    """Return the day after the last one of a project: of its increments, or as one delivery while it has none."""
    ends = [i.span.end for i in plan.increments_by_project.get(project, ()) if i.status is not Status.CANCELLED]
    return max(ends, default=plan.projects[project].original.end)


def _monday_from(day: date) -> date:
    return later(monday(day), 0 if monday(day) == day else DAYS_A_WEEK)


def _own_last(investment: Investment, team: EntityId | None) -> list[TeamEffort]:
    """Return the efforts that there is something to do for, that of *team* last; none where no effort is known."""
    busy = [e for e in investment.efforts if e.likely > 0] or list(investment.efforts[:1])
    last = max(busy, key=lambda e: (e.team == team, e.team is not None, e.likely), default=None)
    return [*(e for e in busy if e is not last), *([last] if last else [])]


def _items(plan: Plan, investment: Investment, project: Project, efforts: list[TeamEffort]) -> tuple[ScopeItem, ...]:
    items: list[ScopeItem] = []
    for n, effort in enumerate(efforts[:-1]):
        name = plan.teams[effort.team].title if effort.team else tr("groundwork")
        label = tr(": {team}").format(team=name)[:TITLE_LENGTH]
        title = investment.title[: TITLE_LENGTH - len(label)] + label
        item = ScopeItem(new_id("item"), project.id, title, effort_pw=effort.likely, position=n)
        items.append(_of(item, effort, project))
    last = ScopeItem(
        new_id("item"),
        project.id,
        investment.title,
        investment.sentence,
        efforts[-1].likely if efforts else None,
        planned_days=None if efforts else project.original.days,
        revenue_per_month=None if investment.revenue is None else round(investment.revenue / MONTHS),
        usable=True,
        after=tuple(i.id for i in items),
        position=len(items),
    )
    return (*items, _of(last, efforts[-1], project) if efforts else last)


def _of(item: ScopeItem, effort: TeamEffort, project: Project) -> ScopeItem:
    """Return *item* as the work of a team; the project's own is not named again."""
    return item if effort.team in (None, project.team) else replace(item, team=effort.team)


def _weeks(plan: Plan, efforts: list[TeamEffort], team: EntityId | None) -> int:
    """Return how many weeks the others take side by side and the last one after them."""
    if not efforts:
        return plan.roadmap.longest_increment_weeks
    weeks = [_weeks_of(plan, e, team) for e in efforts]
    return min(max(weeks[:-1], default=0) + weeks[-1], MOST_WEEKS)


def _weeks_of(plan: Plan, effort: TeamEffort, team: EntityId | None) -> int:
    key = effort.team or team
    people = (plan.teams[key].people if key else None) or 1
    return max(1, ceil(round(effort.likely / people, 9)))
