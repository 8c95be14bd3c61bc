"""Edits of projects and what they consist of: add, change, delete."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.investment import Investment, Stage
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.forecast import common_ramp
from roadmapper.planning.scope import check_order

ACCENTS = 8


def next_place(plan: Plan) -> int:
    """Return the position below all projects there are."""
    return max((p.position for p in plan.projects.values()), default=-1) + 1


def put_project(plan: Plan, project: Project, team: Team | None = None) -> Plan:
    """Add a project, or put it in place of the one with its id; *team* likewise, when it is given."""
    return plan.with_entities([project] if team is None else [team, project])


def put_scope_item(plan: Plan, item: ScopeItem) -> Plan:
    """Add a scope item, or put it in place of the one with its id."""
    return plan.with_entities([item])


def change_scope(plan: Plan, put: Iterable[ScopeItem], removed: Collection[ScopeItem]) -> Plan:
    """Put scope items in place of those with their ids, and delete others; nothing refers to a deleted one any more.

    Where that changes the effort, the revenue or the ramp of what an increment delivers, the increment's own follows.
    Raises Refused when items would come after each other in a circle.
    """
    gone = {i.id for i in removed}
    after = plan.with_entities(put).without(removed)
    mended = [_without(i, gone) for i in after.scope_items.values() if i.part_of in gone or gone.intersection(i.after)]
    after = after.with_entities(mended)
    projects = {i.project for i in after.scope_items.values() if plan.scope_items.get(i.id) is not i}
    check_order(i for key in projects for i in after.scope_by_project.get(key, ()))
    homes = {i.increment for i in (*removed, *after.scope_items.values())} & set(plan.scope_by_increment)
    summed = (_summed(plan, after, key) for key in homes if key is not None)
    return after.with_entities(i for i in summed if plan.increments[i.id] != i)


def _without(item: ScopeItem, gone: Collection[EntityId]) -> ScopeItem:
    kept = item.waiting_for((key, lag) for key, lag in item.waits() if key not in gone)
    return replace(kept, part_of=None) if item.part_of in gone else kept


def _summed(plan: Plan, after: Plan, key: EntityId) -> Increment:
    """Return an increment with the sums of its items, where one of the items says something else than before."""
    before, now = plan.scope_by_increment[key], after.scope_by_increment.get(key, [])
    increment = plan.increments[key]
    if _said(i.effort_pw for i in before) != _said(i.effort_pw for i in now):
        increment = replace(increment, effort_pw=_total(i.effort_pw for i in now))
    if _said(i.revenue_per_month for i in before) != _said(i.revenue_per_month for i in now):
        total = _total(i.revenue_per_month for i in now)
        increment = replace(increment, revenue_per_month=None if total is None else round(total))
    live, roadmap = increment.span.end, plan.roadmap
    if common_ramp(before, live, roadmap) != common_ramp(now, live, roadmap):
        increment = replace(increment, ramp_months=common_ramp(now, live, roadmap))
    return increment


def _said(numbers: Iterable[float | None]) -> list[float]:
    return sorted(n for n in numbers if n is not None)


def _total(numbers: Iterable[float | None]) -> float | None:
    known = _said(numbers)
    return round(sum(known), 9) if known else None


def delete_project(plan: Plan, key: EntityId) -> Plan:
    """Delete a project with all that belongs to it; an investment that became it can be put on the roadmap again.

    Raises Refused when the CMO has decided about it.
    """
    checkpoints = plan.checkpoints_by_project.get(key, [])
    if any(c.id in plan.latest_decisions for c in checkpoints):
        raise Refused(
            tr("“{title}” has decisions of the CMO, which are never deleted: cancel its increments instead.").format(
                title=plan.projects[key].title
            )
        )
    increments = plan.increments_by_project.get(key, [])
    ids = {i.id for i in increments}
    links = (link for link in plan.links.values() if link.before in ids or link.after in ids)
    gone: list[Entity] = [plan.projects[key], *increments, *checkpoints, *plan.scope_by_project.get(key, ()), *links]
    return plan.with_entities(_parted(i) for i in plan.investments.values() if i.project == key).without(gone)


def _parted(investment: Investment) -> Investment:
    """Return an investment without its project; one that was delivered or dropped stays so."""
    back = Stage.CHOSEN if investment.stage is Stage.ON_ROADMAP else investment.stage
    return replace(investment, project=None, stage=back)
