"""AgainstBaseline: what is otherwise in the plan than at a point it is compared with - moved, added, deleted, money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from roadmapper.domain.delta import Change, Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.silence import longest_silence
from roadmapper.planning.forecast import first_value, revenue

EVERYWHERE = frozenset({"roadmaps"})
BY_PROJECT = frozenset({"increments", "checkpoints", "decisions", "projects"})


@dataclass(frozen=True, slots=True)
class Pair:
    """An increment as it was and as it is."""

    before: Increment
    after: Increment

    @property
    def start_days(self) -> int:
        """Return by how many days it starts later; below 0: earlier."""
        return (self.after.span.start - self.before.span.start).days

    @property
    def end_days(self) -> int:
        """Return by how many days it finishes later; below 0: earlier."""
        return (self.after.span.end - self.before.span.end).days

    @property
    def moved(self) -> bool:
        """Return whether it stands on other days."""
        return self.before.span != self.after.span

    @property
    def renamed(self) -> bool:
        """Return whether it has another title."""
        return self.before.title != self.after.title

    @property
    def effort_pw(self) -> float:
        """Return by how many person-weeks it takes more; an effort that nobody knows is none."""
        return (self.after.effort_pw or 0.0) - (self.before.effort_pw or 0.0)


@dataclass(frozen=True, slots=True)
class ProjectAgainst:
    """The figures of a project then and now: minor units by the horizon of now, first value, days of silence."""

    project: EntityId
    title: str
    revenue_then: int
    revenue_now: int
    first_value_then: date | None
    first_value_now: date | None
    silence_then: int
    silence_now: int

    @property
    def differs(self) -> bool:
        """Return whether any of them is otherwise."""
        return (self.revenue_then, self.first_value_then, self.silence_then) != (
            self.revenue_now,
            self.first_value_now,
            self.silence_now,
        )


@dataclass(frozen=True, slots=True)
class Against:
    """What is otherwise, of the increments that are not cancelled.

    *moved* stand on other days, those that finish latest against then first. An increment that went and came again
    under the same title in the same project, as when it is split anew, is the same one. *deleted* ones are as they
    were, *added* ones as they are, both by start.
    """

    moved: tuple[Pair, ...] = ()
    added: tuple[Increment, ...] = ()
    deleted: tuple[Increment, ...] = ()
    renamed: tuple[Pair, ...] = ()
    effort: tuple[Pair, ...] = ()
    touched: frozenset[EntityId] | None = frozenset()
    by_id: Mapping[EntityId, Pair] = field(default_factory=dict, repr=False)

    @property
    def latest_days(self) -> int:
        """Return by how many days the one that slipped most finishes later; 0 where none does."""
        return max((p.end_days for p in self.moved), default=0)

    @property
    def effort_pw(self) -> float:
        """Return by how many person-weeks the plan takes more."""
        same = sum(p.effort_pw for p in self.effort)
        came = sum(i.effort_pw or 0.0 for i in self.added)
        return same + came - sum(i.effort_pw or 0.0 for i in self.deleted)

    @property
    def same(self) -> bool:
        """Return whether no increment is otherwise."""
        return not (self.moved or self.added or self.deleted or self.renamed or self.effort)


def against(then: Plan, now: Plan) -> Against:
    """Return which increments are otherwise in *now* than *then*; it costs what differs, not what the plans hold."""
    changes = Delta.between(then, now).changes
    pairs, came, gone = [], [], []
    for change in changes:
        if change.table != "increments":
            continue
        before, after = _counted(change.before), _counted(change.after)
        if before is not None and after is not None:
            pairs.append(Pair(before, after))
        elif after is not None:
            came.append(after)
        elif before is not None:
            gone.append(before)
    again, added, deleted = _matched(came, gone)
    pairs = sorted([*pairs, *again], key=lambda p: (-p.end_days, -abs(p.start_days), p.after.span.start, p.after.id))
    return Against(
        moved=tuple(p for p in pairs if p.moved),
        added=added,
        deleted=deleted,
        renamed=tuple(p for p in pairs if p.renamed),
        effort=tuple(p for p in pairs if p.effort_pw),
        touched=_touched(changes, then, now),
        by_id={p.after.id: p for p in pairs},
    )


def figures_against(then: Plan, now: Plan, touched: Collection[EntityId] | None) -> tuple[ProjectAgainst, ...]:
    """Return the figures of the projects in which something is otherwise, of *touched* or (None) of all.

    Both plans are counted up to the horizon of *now*, each with its own discount; a project that is in one of them only
    has nothing in the other.
    """
    order = [*now.projects_in_order, *(p for p in then.projects_in_order if p.id not in now.projects)]
    found = (_figures(then, now, p.id, p.title) for p in order if touched is None or p.id in touched)
    return tuple(f for f in found if f.differs)


def money_against(figures: Iterable[ProjectAgainst]) -> int:
    """Return how many minor units more the plan earns by the horizon than it did."""
    return sum(f.revenue_now - f.revenue_then for f in figures)


def _counted(entity: Entity | None) -> Increment | None:
    return entity if isinstance(entity, Increment) and entity.counts else None


def _matched(
    came: list[Increment], gone: list[Increment]
) -> tuple[list[Pair], tuple[Increment, ...], tuple[Increment, ...]]:
    """Return those that went and came again under the same title, and what is left of both."""
    by_name: defaultdict[tuple[EntityId, str], list[Increment]] = defaultdict(list)
    place = attrgetter("span.start", "span.end", "id")
    for increment in sorted(came, key=place, reverse=True):
        by_name[increment.project, increment.title.strip()].append(increment)
    pairs, deleted = [], []
    for before in sorted(gone, key=place):
        alike = by_name[before.project, before.title.strip()]
        if alike:
            pairs.append(Pair(before, alike.pop()))
        else:
            deleted.append(before)
    added = sorted((i for group in by_name.values() for i in group), key=place)
    return pairs, tuple(added), tuple(deleted)


def _touched(changes: Iterable[Change[Entity]], then: Plan, now: Plan) -> frozenset[EntityId] | None:
    """Return the projects whose figures may be otherwise; None where they all may."""
    touched: set[EntityId] = set()
    for change in changes:
        if change.table in EVERYWHERE:
            return None
        if change.table not in BY_PROJECT:
            continue
        if change.table == "projects":
            touched.add(change.key)
        for entity in (change.before, change.after):
            touched.update(_owners(entity, then, now))
    return frozenset(touched)


def _owners(entity: Any, then: Plan, now: Plan) -> Iterable[EntityId]:
    about = getattr(entity, "checkpoint", None)
    if about is not None:
        return [p.checkpoints[about].project for p in (then, now) if about in p.checkpoints]
    project = getattr(entity, "project", None)
    return [project] if project is not None else []


def _figures(then: Plan, now: Plan, project: EntityId, title: str) -> ProjectAgainst:
    until = now.roadmap.horizon
    earned = [revenue(p.increments_by_project.get(project, ()), p.roadmap, until) for p in (then, now)]
    first = [first_value(p, project) for p in (then, now)]
    silent = [longest_silence(p, project) for p in (then, now)]
    return ProjectAgainst(project, title, earned[0], earned[1], first[0], first[1], silent[0], silent[1])
