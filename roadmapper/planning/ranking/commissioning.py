"""Commissioning: the project that an investment would be on the roadmap, as a proposal for a hand to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import ceil

from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, later, monday
from roadmapper.domain.entity import TITLE_LENGTH, EntityId, new_id
from roadmapper.domain.investment import Investment, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.wording import tr
from roadmapper.planning.crews import MOST_WEEKS

MONTHS = 12
ACCENTS = 8


def proposed_project(plan: Plan, key: EntityId, today: date) -> tuple[Project, tuple[ScopeItem, ...]]:
    """Return the project that an investment would be, and its scope items: one for each team's effort.

    The team with the most effort has the project. The others' items are groundwork and can be done side by side; the
    last item is that team's, comes after them and is usable: nothing is earned before all of the work is done. It
    starts on the first Monday from *today* on, or with the roadmap; each item takes effort / people weeks, rounded up
    (one person where nobody has said how many), and where no effort is known the whole takes the longest increment.

    A month's revenue is a twelfth of a year's, rounded to the minor unit: twelve of them differ from the year by six
    at most. The year as it was claimed stays with the investment.
    """
    investment = plan.investments[key]
    named = [e for e in investment.efforts if e.team is not None]
    lead = max(named, key=lambda e: e.likely, default=None)
    team = lead.team if lead else None
    efforts = _lead_last(investment, team)
    place = max((p.position for p in plan.projects.values()), default=-1) + 1
    start = max(plan.roadmap.start, later(monday(today), 0 if monday(today) == today else DAYS_A_WEEK))
    span = DateSpan(start, later(start, _weeks(plan, efforts, team) * DAYS_A_WEEK))
    project = Project(new_id("prj"), investment.title, span, investment.sentence, team, place, max(place, 0) % ACCENTS)
    return project, _items(plan, investment, project, efforts)


def _lead_last(investment: Investment, team: EntityId | None) -> list[TeamEffort]:
    """Return the efforts that there is something to do for, that of *team* last; none where no effort is known."""
    busy = [e for e in investment.efforts if e.likely > 0] or list(investment.efforts[:1])
    return sorted(busy, key=lambda e: e.team == team)


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
