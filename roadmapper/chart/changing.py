"""Changing: which lanes an edit makes anew, and how a lane would look after a gesture that is still under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from datetime import date

from roadmapper.chart.lanes import EVERY, Arrangement, Diamond, Lane, Lanes, diamonds_of, lane_of, look_of
from roadmapper.domain.consult import Checkpoint, Decision
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.silence import gaps
from roadmapper.planning.forecast import first_value
from roadmapper.planning.grouping import Grouping, keys_for


def trial_of(
    lane: Lane,
    trial: Plan,
    today: date,
    arrangement: Arrangement = EVERY,
    changed: Set[EntityId] | None = None,
) -> Lane | None:
    """Return how *lane* would look with what *trial*, a part of the plan, makes of its bars; None: no other than now.

    The bars stay in their rows. *changed* are the increments that *trial* changes, where that is known.
    """
    if lane.project is not None:
        if lane.key not in trial.projects:
            return None
        if changed is not None and arrangement.shown is None:
            found = _on_other_days(lane, trial, today, changed)
            if found is not None:
                return found
        return lane_of(trial, trial.projects[lane.key], today, arrangement=arrangement).in_rows_of(lane)
    now, ids = trial.increments, trial.increments if changed is None else changed
    new = [
        replace(bar, increment=now.get(bar.increment.id, bar.increment)) if bar.increment.id in ids else bar
        for bar in lane.bars
    ]
    if all(one.increment is two.increment for one, two in zip(new, lane.bars, strict=True)):
        return None
    ids = {bar.increment.id for bar in lane.bars}
    diamonds = diamonds_of(trial, (c for c in trial.checkpoints.values() if c.increment in ids), today)
    others = [d for d in lane.diamonds if d.checkpoint.project not in trial.projects]
    both = sorted((*others, *diamonds), key=lambda d: (d.checkpoint.day, d.checkpoint.id))
    return replace(lane, bars=tuple(new), diamonds=tuple(both)).in_rows_of(lane)


def _on_other_days(lane: Lane, trial: Plan, today: date, changed: Set[EntityId]) -> Lane | None:
    """Return a project's lane with its *changed* bars where *trial* has them, the others as they are.

    What that takes does not grow with all rows of the lane, only with what is changed and a look at each bar. None
    where bars or diamonds come or go. The bars are left in the order in which they stood.
    """
    members, consults = trial.increments_by_project.get(lane.key, ()), trial.checkpoints_by_project.get(lane.key, ())
    mine = [bar for bar in lane.bars if bar.increment.id in changed]
    new = {bar.increment.id: trial.increments.get(bar.increment.id) for bar in mine}
    if (len(members), len(consults)) != (len(lane.bars), len(lane.diamonds)):
        return None
    if any(increment is None or increment.project != lane.key for increment in new.values()):
        return None
    loose = {
        bar.increment.id: replace(bar, increment=increment)
        for bar in mine
        if (increment := new[bar.increment.id]) is not None and increment.span != bar.increment.span
    }
    rows = {bar.row for bar in loose.values()}
    known = {d.checkpoint.id: d for d in lane.diamonds}
    if any(c.id not in known for c in consults):
        return None
    stay = all(known[c.id].checkpoint is c for c in consults)
    return replace(
        lane,
        bars=tuple(loose.get(bar.increment.id, bar) for bar in lane.bars),
        by_row=tuple(
            tuple(b for b in row if b.increment.id not in loose) if number in rows else row
            for number, row in enumerate(lane.by_row)
        ),
        loose=tuple(loose.values()),
        diamonds=lane.diamonds
        if stay
        else tuple(
            known[c.id] if known[c.id].checkpoint is c else Diamond(c, look_of(trial, c, today)) for c in consults
        ),
        gaps=tuple(gaps(trial, lane.key)),
        first_value=first_value(trial, lane.key),
    )


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
