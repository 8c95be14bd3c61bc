"""Laws: what is wrong with a plan, as facts. A plan in work may be imperfect; nothing here forbids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.silence import gaps


class Wrong(StrEnum):
    """What can be wrong."""

    CONSULT_GAP = "consult gap"
    GROUNDWORK_FIRST = "groundwork first"
    GROUNDWORK_TWICE = "groundwork twice in a row"
    TOO_LONG = "increment too long"
    LINK_BROKEN = "link broken"
    BEYOND_HORIZON = "beyond the horizon"
    NOT_PLACED = "scope not placed"
    OUT_OF_ORDER = "scope out of order"
    OVERDUE = "compliance date missed"
    GATE_MISSED = "gate missed"
    NO_EFFORT = "effort missing"
    NO_REVENUE = "revenue missing"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    *about* is the project, increment or link it is wrong with, *item* the scope item or gate where it is one alone;
    *span* the days concerned, where there are any; *amount* and *limit* are days for a gap, a broken link, a missed
    date and what lies beyond the horizon, weeks for an increment that is too long, and a count of scope items
    otherwise.
    """

    kind: Wrong
    about: EntityId
    project: EntityId
    span: DateSpan | None = None
    amount: int = 0
    limit: int = 0
    item: EntityId | None = None


def problems_of(plan: Plan) -> list[Problem]:
    """Return everything that is wrong with *plan*, project by project from the top."""
    found: list[Problem] = []
    broken = list(_broken_links(plan))
    for project in plan.projects_in_order:
        found += _of_consults(plan, project.id)
        found += _of_increments(plan, project.id)
        found += _of_scope(plan, project.id)
        found += _out_of_order(plan, project.id)
        found += _overdue(plan, project.id)
        found += _gates_missed(plan, project.id)
        found += (p for p in broken if p.project == project.id)
    return found


def _of_consults(plan: Plan, project: EntityId) -> Iterator[Problem]:
    limit = plan.roadmap.silence_limit_days
    for gap in gaps(plan, project):
        yield Problem(Wrong.CONSULT_GAP, project, project, gap, gap.days, limit)


def _of_increments(plan: Plan, project: EntityId) -> Iterator[Problem]:
    horizon, longest = plan.roadmap.horizon, plan.roadmap.longest_increment_weeks
    counted = [i for i in plan.increments_by_project.get(project, ()) if i.counts]
    if counted and not counted[0].usable:
        yield Problem(Wrong.GROUNDWORK_FIRST, counted[0].id, project, counted[0].span)
    for one, two in pairwise(counted):
        if not one.usable and not two.usable:
            yield Problem(Wrong.GROUNDWORK_TWICE, two.id, project, two.span)
    for increment in counted:
        if increment.span.days > longest * DAYS_A_WEEK:
            yield Problem(Wrong.TOO_LONG, increment.id, project, increment.span, increment.span.weeks, longest)
        if increment.span.end > horizon:
            days = (increment.span.end - horizon).days
            yield Problem(Wrong.BEYOND_HORIZON, increment.id, project, increment.span, days)


def _of_scope(plan: Plan, project: EntityId) -> Iterator[Problem]:
    items = plan.scope_by_project.get(project, [])
    living = {i.id for i in plan.increments_by_project.get(project, ()) if i.counts}
    for kind, count in (
        (Wrong.NOT_PLACED, sum(i.increment not in living and not i.optional for i in items)),
        (Wrong.NO_EFFORT, sum(i.effort_pw is None and not (i.gate and i.planned_days) for i in items)),
        (Wrong.NO_REVENUE, sum(i.revenue_per_month is None and i.usable for i in items)),
    ):
        if count:
            yield Problem(kind, project, project, amount=count, limit=len(items))


def _out_of_order(plan: Plan, project: EntityId) -> Iterator[Problem]:
    """Yield the increments that deliver something before what must come first is live or done, or a lag can be over.

    When in its increment an item is built is not told: the lag is counted from the first day it could be done.
    """
    spans = _spans(plan, project)
    wrong: set[EntityId] = set()
    for item in plan.scope_by_project.get(project, ()):
        if item.increment in spans:
            end = spans[item.increment].end
            firsts = ((plan.scope_items[key].increment, lag) for key, lag in item.waits() if key in plan.scope_items)
            before = [(spans[key], lag) for key, lag in firsts if key in spans]
            if any(span.end > end or (lag and (end - span.start).days <= lag) for span, lag in before):
                wrong.add(item.increment)
    for key in sorted(wrong):
        yield Problem(Wrong.OUT_OF_ORDER, key, project, plan.increments[key].span)


def _overdue(plan: Plan, project: EntityId) -> Iterator[Problem]:
    """Yield the items that are not live by their compliance date; one that may be left out may be."""
    spans = _spans(plan, project)
    for item in plan.scope_by_project.get(project, ()):
        if item.due is None:
            continue
        if item.increment in spans:
            span = spans[item.increment]
            if span.finish > item.due:
                days = (span.finish - item.due).days
                yield Problem(Wrong.OVERDUE, item.increment, project, span, days, item=item.id)
        elif not item.optional:
            yield Problem(Wrong.OVERDUE, project, project, item=item.id)


def _gates_missed(plan: Plan, project: EntityId) -> Iterator[Problem]:
    """Yield the gates that lie in another increment than something usable that they review."""
    spans = _spans(plan, project)
    for gate in plan.scope_by_project.get(project, ()):
        if gate.gate and (gate.increment in spans or not gate.optional):
            reviewed = (plan.scope_items[key] for key in gate.after if key in plan.scope_items)
            homes = dict.fromkeys(i.increment for i in reviewed if i.usable and i.increment != gate.increment)
            for key in homes:
                if key in spans:
                    yield Problem(Wrong.GATE_MISSED, key, project, spans[key], item=gate.id)


def _spans(plan: Plan, project: EntityId) -> dict[EntityId, DateSpan]:
    """Return the days of each increment of a project that counts."""
    return {i.id: i.span for i in plan.increments_by_project.get(project, ()) if i.counts}


def _broken_links(plan: Plan) -> Iterator[Problem]:
    for link in plan.links.values():
        before, after = plan.increments[link.before], plan.increments[link.after]
        missing = (before.span.end - after.span.start).days + link.lag_days
        if missing > 0 and before.counts and after.counts:
            yield Problem(Wrong.LINK_BROKEN, link.id, after.project, after.span, missing)
