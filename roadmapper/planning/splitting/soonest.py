"""Soonest: the least time in which some items can be done at all by their crews, whatever the increments."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.splitting.messages import task_to
from roadmapper.planning.splitting.model import Task
from roadmapper.planning.splitting.packing import Packer, Schedule
from roadmapper.planning.splitting.process import Broken, answers, available

log = logging.getLogger(__name__)

ENOUGH = 0.5  # seconds of plain search before the solver is asked, for few items
SHARE = 0.4  # of the time for plain search, for many
MANY = 45  # items: below, the solver proves it sooner than a search is done


@dataclass(frozen=True, slots=True)
class Soonest:
    """The items are done in *weeks*, and cannot be in less than *bound*; *starts* are pairs of item and week."""

    weeks: int
    bound: int
    starts: tuple[tuple[int, int], ...]

    @property
    def proven(self) -> bool:
        """Return whether it cannot be done sooner."""
        return self.weeks <= self.bound


def soonest(
    task: Task,
    items: Collection[int] | None = None,
    *,
    seconds: float = 1.0,
    stopped: Callable[[], bool] = lambda: False,
    exact: bool = False,
    seed: int = 1,
) -> Soonest:
    """Return how soon *items* (all, if None) with everything they need can be done: crews and order count alone.

    Increments, taken weeks and dates do not. With *exact*, and where OR-Tools is there, the solver goes on where the
    search ends. Raises Refused when an item needs more people than its crew has.
    """
    _check(task)
    until = time.monotonic() + seconds
    keys = closure(task, range(len(task.items)) if items is None else items)
    part = _part(task, keys)
    ask = exact and available()
    share = seconds if not ask else min(ENOUGH, seconds / 4) if len(keys) <= MANY else SHARE * seconds
    first = time.monotonic() + share
    packer = Packer(part)
    packer.search(lambda: stopped() or time.monotonic() > first, seed)
    starts, bound = packer.best, packer.at_least
    if ask and packer.weeks > bound and not stopped():
        starts, bound = _solved(part, packer, until - time.monotonic(), stopped, seed)
    return Soonest(packer.weeks_of(starts), bound, tuple(zip(keys, starts, strict=True)))


def closure(task: Task, items: Collection[int]) -> list[int]:
    """Return *items* with everything that has to be done for them, gates included, in the order of the task."""
    found: set[int] = set()
    waiting = list(items)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [before for before, _ in task.items[key].after]
            waiting += task.items[key].gates
    return sorted(found)


def _check(task: Task) -> None:
    for item in task.items:
        for crew, people in item.needs:
            if people > task.crews[crew].people:
                raise Refused(
                    tr("“{title}” needs {need} people at once, but there are {have}: change one of the two.").format(
                        title=item.title, need=people, have=task.crews[crew].people
                    )
                )


def _part(task: Task, keys: list[int]) -> Task:
    """Return the task of these items alone, with nothing in it but crews and order."""
    number = {key: n for n, key in enumerate(keys)}
    items = tuple(
        replace(
            task.items[key],
            after=tuple((number[before], lag) for before, lag in task.items[key].after),
            gates=(),
            worth=(),
            due=None,
            optional=False,
            published=None,
        )
        for key in keys
    )
    return replace(task, items=items, overhead=0, taken=())


def _solved(task: Task, packer: Packer, seconds: float, stopped: Callable[[], bool], seed: int) -> tuple[Schedule, int]:
    """Return the best schedule and bound after the solver has had its turn; what there was if it fails."""
    starts, bound = packer.best, packer.at_least
    question: dict[str, Any] = {"ask": "soonest", "task": task_to(task), "starts": starts, "seed": seed}
    question.update({"until_week": packer.weeks, "at_least": bound})
    try:
        with closing(answers(question, seconds=seconds, stopped=stopped)) as heard:
            for answer in heard:
                found = answer.get("starts")
                if found and packer.weeks_of(found) < packer.weeks_of(starts):
                    starts = found
                if answer.get("bound") is not None:
                    bound = max(bound, answer["bound"])
                if answer.get("end") == "optimal":
                    bound = packer.weeks_of(starts)
    except (Broken, OSError) as error:
        log.warning("the solver broke off: %s", error)
    return starts, bound
