"""Edits of investments: add, change, delete, and the step by which one becomes a project of the roadmap."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Stage
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.scheduling import circles_in
from roadmapper.planning.scope import check_order


def next_position(plan: Plan) -> int:
    """Return the position below all investments there are."""
    return max((i.position for i in plan.investments.values()), default=-1) + 1


def put_investments(plan: Plan, investments: Iterable[Investment]) -> Plan:
    """Add investments, or put them in place of those with their ids; they may need one another.

    Raises Refused when one names something that is not there, has another status than its project allows, or when they
    would need each other in a circle, whose path is named.
    """
    put = list(investments)
    after = plan.with_entities(put)
    for investment in put:
        _check_names(after, investment)
        check_stage(after, plan.investments.get(investment.id), investment)
    _check_needs(plan.investments, after.investments)
    return after


def check_stage(plan: Plan, before: Investment | None, investment: Investment) -> None:
    """Raise Refused when an investment is to be on the roadmap without a project, or an idea or chosen with one.

    One that was so *before*, in a damaged file, can still be changed in all else.
    """
    stage, project = investment.stage, investment.project
    if before is not None and (before.stage, before.project) == (stage, project):
        return
    if stage is Stage.ON_ROADMAP and project is None:
        raise Refused(
            tr("“{title}” has no project yet: put it on the roadmap, and its status follows.").format(
                title=investment.title
            )
        )
    if stage in (Stage.IDEA, Stage.CHOSEN) and project is not None:
        name = plan.projects[project].title if project in plan.projects else project
        raise Refused(
            tr("“{title}” is on the roadmap as “{project}”: delete that project first, and its status follows.").format(
                title=investment.title, project=name
            )
        )


def _check_names(plan: Plan, investment: Investment) -> None:
    teams = (e.team for e in investment.efforts if e.team is not None)
    criteria = (r.criterion for r in investment.ratings)
    projects = () if investment.project is None else (investment.project,)
    for named, there, what in (
        (teams, plan.teams, tr("a team")),
        (criteria, plan.criteria, tr("a criterion")),
        (investment.needs, plan.investments, tr("an investment it needs")),
        (projects, plan.projects, tr("a project")),
    ):
        for key in named:
            if key not in there:
                raise Refused(
                    tr("“{title}” names {what} that is not there (“{id}”): choose another.").format(
                        title=investment.title, what=what, id=key
                    )
                )


def _check_needs(before: Mapping[EntityId, Investment], after: Mapping[EntityId, Investment]) -> None:
    """Refuse a circle that is new; one that came in with a damaged file keeps nobody from changing the others."""
    for circle in circles_in({k: [n for n in i.needs if n in after] for k, i in after.items()}):
        if not all(one in before and two in before and one in before[two].needs for one, two in pairwise(circle)):
            path = " → ".join(f"“{after[key].title}”" for key in circle)
            raise Refused(
                tr("Then these would need each other in a circle: {path}. Take one need out.").format(path=path)
            )


def delete_investments(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete investments; what needed them no longer does."""
    gone = set(ids)
    mended = [
        replace(i, needs=tuple(n for n in i.needs if n not in gone))
        for i in plan.investments.values()
        if i.id not in gone and gone.intersection(i.needs)
    ]
    return plan.with_entities(mended).without(plan.investments[key] for key in gone)


def onto_roadmap(plan: Plan, key: EntityId, project: Project, items: Iterable[ScopeItem]) -> Plan:
    """Make an investment a project with scope items, in one step; they stay linked.

    Raises Refused when it is a project already, was delivered or dropped, when the project or an item would take the
    place of one that is there, or when the items would come after each other in a circle.
    """
    investment, items = plan.investments[key], list(items)
    if investment.project is not None:
        raise Refused(tr("“{title}” is on the roadmap already.").format(title=investment.title))
    if not investment.open:
        raise Refused(
            tr("“{title}” was delivered or dropped: give it another status first.").format(title=investment.title)
        )
    if project.id in plan.projects or any(i.id in plan.scope_items for i in items):
        raise Refused(tr("“{title}” would take the place of something that is there.").format(title=project.title))
    if any(i.project != project.id for i in items):
        raise Refused(tr("A scope item of “{title}” belongs to another project.").format(title=project.title))
    if project.team is not None and project.team not in plan.teams:
        raise Refused(tr("The team of “{title}” is not there: choose another.").format(title=project.title))
    check_order(items)
    became = replace(investment, stage=Stage.ON_ROADMAP, project=project.id)
    return plan.with_entities([project, *items, became])
