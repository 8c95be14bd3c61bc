"""Changing: which lanes an edit makes anew, and how a lane would look after a gesture that is still under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from roadmapper.chart.lanes import EVERY, Arrangement, Lane, Lanes, diamonds_of, lane_of
from roadmapper.domain.consult import Checkpoint, Decision
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.grouping import Grouping, keys_for


def trial_of(lane: Lane, trial: Plan, today: date, arrangement: Arrangement = EVERY) -> Lane | None:
    """Return how *lane* would look with what *trial*, a part of the plan, makes of its bars; None: no other than now.

    The bars stay in their rows.
    """
    if lane.project is not None:
        if lane.key not in trial.projects:
            return None
        return lane_of(trial, trial.projects[lane.key], today, arrangement=arrangement).in_rows_of(lane)
    changed = trial.increments
    new = [replace(bar, increment=changed.get(bar.increment.id, bar.increment)) for bar in lane.bars]
    if all(one.increment is two.increment for one, two in zip(new, lane.bars, strict=True)):
        return None
    ids = {bar.increment.id for bar in lane.bars}
    diamonds = diamonds_of(trial, (c for c in trial.checkpoints.values() if c.increment in ids), today)
    others = [d for d in lane.diamonds if d.checkpoint.project not in trial.projects]
    both = sorted((*others, *diamonds), key=lambda d: (d.checkpoint.day, d.checkpoint.id))
    return replace(lane, bars=tuple(new), diamonds=tuple(both)).in_rows_of(lane)


def touched_lanes(delta: Delta[Entity], lanes: Lanes, plan: Plan, grouping: Grouping) -> set[EntityId] | None:
    """Return the keys of the lanes that *delta*, which led to *plan*, changes; None when it may be all of them.

    *lanes* are those from before.
    """
    touched: set[EntityId] = set()
    key_of = keys_for(plan, grouping)
    for change in delta.changes:
        for entity in (change.before, change.after):
            if isinstance(entity, Roadmap | Decision) or (
                isinstance(entity, Project) and grouping is not Grouping.PROJECT
            ):
                return None
            if isinstance(entity, Project | Team):
                touched.add(entity.id)
            elif isinstance(entity, Increment):
                touched.add(key_of(entity))
            elif isinstance(entity, Checkpoint | ScopeItem) and grouping is Grouping.PROJECT:
                touched.add(entity.project)
            elif isinstance(entity, Checkpoint) and entity.increment is not None:
                touched.update(_homes(entity.increment, lanes, plan, key_of))
    return touched


def _homes(key: EntityId, lanes: Lanes, plan: Plan, key_of: Callable[[Increment], EntityId]) -> Iterator[EntityId]:
    """Yield the lanes in which an increment stood and stands."""
    if key in lanes.places:
        yield lanes.places[key][0]
    if key in plan.increments:
        yield key_of(plan.increments[key])
