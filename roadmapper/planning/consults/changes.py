"""Changes: what is otherwise in the plan than at the last look, in plain words, one line for each thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from roadmapper.domain.consult import Answer, Checkpoint, Decision, Look
from roadmapper.domain.dates import later
from roadmapper.domain.delta import Change, Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr
from roadmapper.planning.consequences import WAITING, concerned
from roadmapper.planning.consults.changed import LINES_IN_ORDER, UNSAID, Changed, ChangeKind, Part, joined
from roadmapper.planning.consults.folding import folded
from roadmapper.planning.consults.saying import consult_title
from roadmapper.planning.consults.telling import (
    TELLINGS,
    Telling,
    along_words,
    first_value_words,
    gone_along_words,
    money_words,
    other_words,
)
from roadmapper.planning.forecast import first_value, revenue_by_horizon
from roadmapper.planning.phrases import month_text

__all__ = ["ChangeKind", "Changed", "changes_since", "last_looked", "point_of", "with_own"]


def changes_since(then: Plan, now: Plan, project: EntityId | None = None) -> list[Changed]:
    """Return what is otherwise in *now* than in *then*: money first, then moved, removed, added, changed.

    It is the net difference of two plans, not a log: what was moved there and back is not told. With a *project*, what
    concerns that one, and the frame and the measures that all share. Something removed and added again under the same
    name, as when a project is split anew, is one thing; consults that moved or went with their increment are told with
    it, and many that came, went or moved at once in numbers. Told are the frame, projects, increments, scope items,
    consults and measures; not where they stand on the screen, nor the parts of a project that came or went as a whole.
    """
    lines = _Comparison(then, now, project).lines()
    return sorted(lines, key=lambda line: LINES_IN_ORDER.index(line.kind))


def point_of(plan: Plan, who: str, project: EntityId | None = None) -> int | None:
    """Return the last journal row that *who* has seen: when deciding, or marked as seen; None where there is none.

    With a *project*, up to which row *who* has seen that one: who decides about a project has seen no other one, who
    marks the plan as seen has seen all. Names are the same whatever their case and the blanks around them.
    """
    return max((known.seen for known in _known(plan, who, project)), default=None)


def last_looked(plan: Plan, who: str, project: EntityId | None = None) -> datetime | None:
    """Return the instant (UTC) at which *who* last decided or marked the plan as seen; None where that never was.

    With a *project*, at which *who* last saw that one.
    """
    return max((known.when for known in _known(plan, who, project)), default=None)


def with_own(then: Plan, now: Plan, who: str) -> Plan:
    """Return *then* with what followed from the answers that *who* gave since: nobody is told back what they said.

    What follows from an answer is that increments are held, or go on.
    """
    own = [d for d in now.decisions.values() if d.id not in then.decisions and _same(d.who, who)]
    followed = {}
    for decision in own:
        checkpoint = now.checkpoints.get(decision.checkpoint)
        for increment in concerned(now, checkpoint) if checkpoint is not None else ():
            before = then.increments.get(increment.id)
            if before is None:
                continue
            held = before.status in WAITING and increment.status is Status.HELD
            going = before.status is Status.HELD and increment.status in WAITING
            if held if decision.answer is Answer.REJECT else going:
                followed[before.id] = replace(before, status=increment.status)
    return then.with_entities(followed.values()) if followed else then


def _known(plan: Plan, who: str, project: EntityId | None) -> Iterator[Decision | Look]:
    """Yield the answers of *who* about *project*, or about any, and the looks, which are at everything."""
    yield from (look for look in plan.looks.values() if _same(look.who, who))
    for decision in plan.decisions.values():
        checkpoint = plan.checkpoints.get(decision.checkpoint)
        mine = project is None or (checkpoint is not None and checkpoint.project == project)
        if mine and _same(decision.who, who):
            yield decision


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


class _Comparison:
    """Two plans beside each other, and which things of the one are which of the other."""

    def __init__(self, then: Plan, now: Plan, project: EntityId | None) -> None:
        self._then, self._now, self._project = then, now, project
        self._whole = then.projects.keys() ^ now.projects.keys()
        self._changes: defaultdict[str, list[Change[Entity]]] = defaultdict(list)
        for change in Delta.between(then, now).changes:
            if change.table in TELLINGS and self._concerns(change):
                self._changes[change.table].append(change)
        self._heirs: dict[EntityId, EntityId] = {}
        self._paired = {table: self._pairs(table) for table in TELLINGS}  # in order: what follows inherits
        self._along = self._moving_along()

    def _concerns(self, change: Change[Entity]) -> bool:
        """Return whether a change belongs to what is looked at, and not to a project that came or went as a whole."""
        if change.table in ("roadmaps", "measures"):
            return True
        if change.table == "projects":
            return self._project in (None, change.key)
        owners = {getattr(e, "project", None) for e in (change.before, change.after) if e is not None}
        return not owners <= self._whole and (self._project is None or self._project in owners)

    def lines(self) -> Iterator[Changed]:
        """Yield the lines, thing by thing."""
        if not self._changes:
            return
        for table, telling in TELLINGS.items():
            found = self._of_things(table, telling)
            yield from folded(self._then, self._now, found, self._plain_consults()) if table == "checkpoints" else found
            if table == "projects":
                yield from self._first_values()
        yield from self._revenue()

    def _pairs(self, table: str) -> list[tuple[Any, Any]]:
        """Return the things of a table before and after, one of them None where it came or went.

        What went and came again under the same name is one thing; it takes over the new id.
        """
        pairs, came, gone = [], defaultdict[Hashable, list[Entity]](list), []
        for change in self._changes[table]:
            if change.before is None and change.after is not None:
                came[self._name(change.after, self._now)].append(change.after)
            elif change.after is None and change.before is not None:
                gone.append(change.before)
            else:
                pairs.append((self._inheriting(change.before), change.after))
        for before in sorted(gone, key=_place):
            alike = sorted(came[self._name(before, self._then)], key=_place)
            if alike:
                came[self._name(before, self._then)] = alike[1:]
                self._heirs[before.id] = alike[0].id
                pairs.append((self._inheriting(replace(before, id=alike[0].id)), alike[0]))
            else:
                pairs.append((before, None))
        pairs += [(None, after) for group in came.values() for after in group]
        return sorted(pairs, key=lambda pair: _place(pair[1] or pair[0]))

    def _inheriting(self, before: Any) -> Any:
        """Return a thing as it was, in the increment that took the place of its own."""
        heir = self._heirs.get(getattr(before, "increment", None) or EntityId(""))
        return replace(before, increment=heir) if heir else before

    def _name(self, entity: Any, plan: Plan) -> Hashable:
        if isinstance(entity, Checkpoint):
            return entity.project, entity.kind, self._about(entity, plan)
        return type(entity), getattr(entity, "project", None), entity.title.strip()

    def _about(self, checkpoint: Checkpoint, *plans: Plan) -> str:
        """Return the title of what a consult is about: its increment, or else its project."""
        for plan in plans:
            if checkpoint.increment in plan.increments:
                return plan.increments[cast(EntityId, checkpoint.increment)].title
        return next((p.projects[checkpoint.project].title for p in plans if checkpoint.project in p.projects), "")

    def _of_things(self, table: str, telling: Telling) -> Iterator[Changed]:
        """Yield the lines of one table: what came, what went, what is otherwise."""
        for before, after in self._paired[table]:
            here = after or before
            found: Part | None
            if isinstance(here, Increment) and not any(i is not None and i.counts for i in (before, after)):
                continue  # what counts neither before nor after was never part of the plan
            if isinstance(here, Checkpoint) and here in self._along.get(here.increment, ()):
                continue  # told with its increment
            if before is None:
                found = ChangeKind.ADDED, telling.added(self._now, after)
            elif after is None:
                found = joined([(ChangeKind.REMOVED, telling.removed(before)), *self._with_consults(before)])
            else:
                found = joined([*telling.parts(self._now, before, after), *self._with_consults(after)])
                if found is None and _told(table, before) != _told(table, after):
                    found = ChangeKind.CHANGED, other_words()
            if found is not None:
                yield Changed(found[0], self._title(here), found[1], here.id, _project_of(here))

    def _moving_along(self) -> Mapping[EntityId | None, list[Checkpoint]]:
        """Return by increment the consults that moved just as far as its start or its end did, or that went with it."""
        found: defaultdict[EntityId | None, list[Checkpoint]] = defaultdict(list)
        shifts: dict[EntityId, set[timedelta | None]] = {}
        for before, after in self._paired["increments"]:
            if after is None:
                shifts[before.id] = {None}
            elif before is not None and before.counts and after.counts:
                shifts[after.id] = {after.span.start - before.span.start, after.span.end - before.span.end}
        for before, after in self._paired["checkpoints"]:
            if (
                before is not None
                and before != after
                and replace(before, day=(after or before).day) == (after or before)
            ):
                shift = after.day - before.day if after is not None else None
                if shift in shifts.get(before.increment, ()):
                    found[before.increment].append(after or before)
        return found

    def _with_consults(self, entity: Entity) -> list[Part]:
        along = self._along.get(entity.id, ()) if isinstance(entity, Increment) else ()
        if not along:
            return []
        if entity.id in self._now.increments:
            return [(ChangeKind.MOVED, along_words([c.day for c in along]))]
        return [(ChangeKind.REMOVED, gone_along_words(len(along)))]

    def _plain_consults(self) -> set[EntityId]:
        """Return the consults that came, went, or are otherwise in nothing but their day."""
        pairs = self._paired["checkpoints"]
        return {
            (a or b).id for b, a in pairs if b is None or a is None or replace(b, day=a.day, by_rule=a.by_rule) == a
        }

    def _title(self, entity: Any) -> str:
        if isinstance(entity, Roadmap):
            return tr("The roadmap")
        if isinstance(entity, Checkpoint):
            return consult_title(entity, self._about(entity, self._now, self._then))
        return str(entity.title)

    def _in_both(self) -> list[Project]:
        subjects = [p for p in self._now.projects_in_order if p.id in self._then.projects]
        return [p for p in subjects if self._project in (None, p.id)]

    def _first_values(self) -> Iterator[Changed]:
        for project in self._in_both():
            old, new = first_value(self._then, project.id), first_value(self._now, project.id)
            if old != new:
                kind = ChangeKind.MOVED if old and new else ChangeKind.ADDED if new else ChangeKind.REMOVED
                title = tr("First value of “{project}”").format(project=project.title)
                yield Changed(kind, title, first_value_words(old, new), project.id, project.id)

    def _revenue(self) -> Iterator[Changed]:
        """Yield by how much the revenue by the horizon differs, of the project or of all together."""
        then, now = self._then, self._now
        old = sum(revenue_by_horizon(then, key) for key in then.projects if self._project in (None, key))
        new = sum(revenue_by_horizon(now, key) for key in now.projects if self._project in (None, key))
        if old != new or (old and then.roadmap.currency != now.roadmap.currency):
            last = later(now.roadmap.horizon, -1)
            title = tr("Revenue by {month} {year}").format(month=month_text(last), year=last.year)
            words = money_words(old, new, then.roadmap.currency, now.roadmap.currency)
            yield Changed(ChangeKind.MONEY, title, words, self._project or now.roadmap.id, self._project)


def _told(table: str, entity: Entity) -> dict[str, object]:
    """Return the fields of an entity that concern who is consulted."""
    return {f.name: getattr(entity, f.name) for f in fields(entity) if f.name not in UNSAID.get(table, ())}


def _project_of(entity: Entity) -> EntityId | None:
    return entity.id if isinstance(entity, Project) else getattr(entity, "project", None)


def _place(entity: Any) -> tuple[object, ...]:
    """Return where a thing stands among its like: by day, by place in the list, by name."""
    day = entity.span.start if isinstance(entity, Increment) else getattr(entity, "day", date.min)
    return day, getattr(entity, "position", 0), getattr(entity, "title", ""), entity.id
