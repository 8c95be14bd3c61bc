"""Says what is wrong with a split; knows the rules of a split and nothing of how one is found."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem

STAYS = ("running", "delivered", "cancelled")


def faults_of_split(
    before: Plan, after: Plan, project: EntityId, *, shortest: int, longest: int, silence: int, people: int | None
) -> list[str]:
    """Return what is wrong with *after*, got by splitting *project* of *before*; the limits are weeks."""
    old = {k: i for k, i in before.increments.items() if i.project == project}
    now = {k: i for k, i in after.increments.items() if i.project == project}
    new = sorted((i for k, i in now.items() if k not in old), key=lambda i: i.span.start)
    held = {s.increment for s in before.scope_items.values()}
    faults = []
    for key, increment in old.items():
        stays = increment.status.value in STAYS or increment.pinned or key not in held
        if stays and now.get(key) != increment:
            faults.append(f"{key} was to stay as it is")
        if not stays and key in now:
            faults.append(f"{key} was to go")
    for table in ("roadmaps", "teams", "projects", "decisions", "measures", "readings"):
        if before.table(table) != after.table(table):
            faults.append(f"{table} changed")
    name = "project"
    for table in ("increments", "scope_items", "checkpoints"):
        others = [{k: e for k, e in p.table(table).items() if getattr(e, name) != project} for p in (before, after)]
        if others[0] != others[1]:
            faults.append(f"{table} of other projects changed")
    begin = min((i.span.start for i in new), default=date.max)
    kept = [i for k, i in now.items() if k in old and i.status.value != "cancelled"]
    faults += [
        f"{i.id} overlaps what stays" for i in new for k in kept if k.status.value != "planned" and k.span.end > begin
    ]
    faults += [f"{a.id} and {b.id} overlap" for a, b in pairwise(new) if a.span.end > b.span.start]
    for i in new:
        first = i.span.start - timedelta(i.span.start.weekday())
        last = i.span.finish + timedelta(7 - i.span.finish.weekday())
        if (last - first).days > longest * 7 or ((last - first).days < shortest * 7 and not after.roadmap.country):
            faults.append(f"{i.id} takes {(last - first).days / 7} weeks")
        if first < before.projects[project].original.start:
            faults.append(f"{i.id} begins before its project")
    faults += _faults_of_scope(before, after, project, {k.id for k in kept}, people)
    faults += _faults_of_consults(before, after, project, begin, silence * 7)
    for table, names in (("scope_items", ("increment", "part_of")), ("checkpoints", ("increment",))):
        for key, entity in after.table(table).items():
            for name in names:
                target = getattr(entity, name)
                if target is not None and target not in {**after.increments, **after.scope_items}:
                    faults.append(f"{name} of {key} points to nothing")
    gone = [k.id for k in after.links.values() if not {k.before, k.after} <= after.increments.keys()]
    return faults + [f"link {key} points to nothing" for key in gone]


def _faults_of_scope(
    before: Plan, after: Plan, project: EntityId, kept: set[EntityId], people: int | None
) -> list[str]:
    faults = []
    was: defaultdict[EntityId, list[ScopeItem]] = defaultdict(list)
    now: defaultdict[EntityId, list[ScopeItem]] = defaultdict(list)
    for plan, groups in ((before, was), (after, now)):
        for item in plan.scope_items.values():
            if item.project == project:
                groups[item.part_of or item.id].append(item)
                if item.increment in kept and before.scope_items.get(item.id) != item:
                    faults.append(f"{item.id} in {item.increment} was to stay as it is")
    if was.keys() != now.keys():
        faults.append(f"scope was {sorted(was)} and is {sorted(now)}")
    for key in was.keys() & now.keys():
        for what in ("effort_pw", "planned_days", "revenue_per_month"):
            sums = [[v for v in (getattr(i, what) for i in group[key]) if v is not None] for group in (was, now)]
            if bool(sums[0]) != bool(sums[1]) or abs(sum(sums[0]) - sum(sums[1])) > 1e-6:
                faults.append(f"{what} of {key} was {sums[0]} and is {sums[1]}")
        if [i.id for i in was[key] if i.usable] != [i.id for i in now[key] if i.usable]:
            faults.append(f"what is usable of {key} changed")
    done = {i.id: i.increment for i in after.scope_items.values() if i.project == project}
    spans = {k: i.span for k, i in after.increments.items()}
    for key, where in done.items():
        item = after.scope_items[key]
        if where is None or where in kept or where not in spans:
            continue
        for needed in item.after:
            place = done.get(needed)
            if needed in done and (place not in spans or (place != where and spans[place].end > spans[where].start)):
                faults.append(f"{key} is built before {needed}")
    for increment in after.increments.values():
        inside = [i for i in after.scope_items.values() if i.increment == increment.id]
        if increment.project != project or increment.id in before.increments:
            continue
        if not inside:
            faults.append(f"{increment.id} delivers nothing")
        effort = sum(i.effort_pw or 0 for i in inside)
        if abs(effort - (increment.effort_pw or 0)) > 1e-6:
            faults.append(f"{increment.id} has not the effort of what it delivers")
        if people is not None and effort > people * (increment.span.days + 2) / 7 + 1e-6 and not after.roadmap.country:
            faults.append(f"{increment.id} takes {effort} person-weeks")
        if (increment.revenue_per_month or 0) != sum(i.revenue_per_month or 0 for i in inside):
            faults.append(f"{increment.id} has not the revenue of what it delivers")
        if bool(increment.usable_outcome.strip()) != any(i.usable for i in inside):
            faults.append(f"{increment.id} says the wrong thing about being usable")
    return faults


def _faults_of_consults(before: Plan, after: Plan, project: EntityId, begin: date, limit: int) -> list[str]:
    faults = []
    answered = {d.checkpoint for d in before.decisions.values()}
    for key in answered:
        old, new = before.checkpoints[key], after.checkpoints.get(key)
        if new is None or (old.day, old.kind, old.question) != (new.day, new.kind, new.question):
            faults.append(f"{key} was answered and was to stay")
    spans = [i.span for i in after.increments.values() if i.project == project and i.status.value != "cancelled"]
    mine = [c for c in after.checkpoints.values() if c.project == project]
    points = sorted({min(s.start for s in spans), max(s.end for s in spans), *(c.day for c in mine)})
    faults += [f"silence from {a} to {b}" for a, b in pairwise(points) if (b - a).days > limit and b > begin]
    for i in after.increments.values():
        if i.project == project and i.id not in before.increments:
            kinds = [c.kind.value for c in mine if c.increment == i.id and c.day == i.span.finish]
            if "go-live decision" not in kinds:
                faults.append(f"{i.id} is released without a consult")
    return faults
