"""Due: which consults wait for an answer, which are to come, and which are answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from roadmapper.domain.consult import Checkpoint, Condition, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.silence import takes_place


class State(StrEnum):
    """Where a consult stands."""

    DUE = "due"
    COMING = "coming"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Consult:
    """One checkpoint with what belongs to it, as of a day.

    It is about *increment*, the *number*-th of the *count* that count in its project, by start; the number is None
    where it is about the whole project or a cancelled increment. *days* is how many days it is late:
    0 on its day, below 0 in so many days. *decision* is the latest answer, *conditions* what that one asks for, the
    open ones first.
    """

    checkpoint: Checkpoint
    project: Project
    increment: Increment | None
    number: int | None
    count: int
    state: State
    days: int
    decision: Decision | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Consults:
    """All consults that take place: due (the most overdue first), coming (by day), answered (the latest first)."""

    due: tuple[Consult, ...]
    coming: tuple[Consult, ...]
    answered: tuple[Consult, ...]
    by_id: Mapping[EntityId, Consult]


def consults_of(plan: Plan, today: date) -> Consults:
    """Return the consults of *plan* as they stand on *today*.

    One about a cancelled increment takes place only if it was answered before. A rejected one is answered like any
    other: it is not due again by itself. A new decision may follow it at any time, on the same checkpoint, and the
    latest holds; to be asked again on a day, the increment gets another checkpoint.
    """
    numbers = _numbers(plan)
    conditions = conditions_by_decision(plan)
    found = [
        _consult(plan, checkpoint, numbers, conditions, today)
        for project in plan.checkpoints_by_project
        for checkpoint in plan.checkpoints_by_project[project]
        if takes_place(plan, checkpoint)
    ]
    waiting = sorted((c for c in found if c.decision is None), key=lambda c: (c.checkpoint.day, c.checkpoint.id))
    answered = [(c.decision.when, c.checkpoint.id, c) for c in found if c.decision is not None]
    return Consults(
        due=tuple(c for c in waiting if c.state is State.DUE),
        coming=tuple(c for c in waiting if c.state is State.COMING),
        answered=tuple(c for _, _, c in sorted(answered, key=lambda row: row[:2], reverse=True)),
        by_id={c.checkpoint.id: c for c in found},
    )


def conditions_by_decision(plan: Plan) -> Mapping[EntityId, tuple[Condition, ...]]:
    """Return what each decision asks for: the open ones first, then those that are done, by day."""
    groups: defaultdict[EntityId, list[Condition]] = defaultdict(list)
    for condition in plan.conditions.values():
        groups[condition.decision].append(condition)
    return {
        key: tuple(sorted(group, key=lambda c: (c.done is not None, c.done or date.min, c.text, c.id)))
        for key, group in groups.items()
    }


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The place of each increment among those that count in its project, from 1, and how many count in each."""

    of: Mapping[EntityId, int]
    count: Mapping[EntityId, int]


def _numbers(plan: Plan) -> _Numbers:
    living = {key: [i for i in all_ if i.counts] for key, all_ in plan.increments_by_project.items()}
    places = {i.id: n for increments in living.values() for n, i in enumerate(increments, 1)}
    return _Numbers(places, {key: len(increments) for key, increments in living.items()})


def _consult(
    plan: Plan,
    checkpoint: Checkpoint,
    numbers: _Numbers,
    conditions: Mapping[EntityId, tuple[Condition, ...]],
    today: date,
) -> Consult:
    decision = plan.latest_decisions.get(checkpoint.id)
    late = (today - checkpoint.day).days
    increment = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    open_state = State.DUE if late >= 0 else State.COMING
    return Consult(
        checkpoint=checkpoint,
        project=plan.projects[checkpoint.project],
        increment=increment,
        number=numbers.of.get(increment.id) if increment else None,
        count=numbers.count.get(checkpoint.project, 0),
        state=open_state if decision is None else State.ANSWERED,
        days=late,
        decision=decision,
        conditions=conditions.get(decision.id, ()) if decision else (),
    )
