"""Fewest: at least how many increments a scope takes, when the crew does one thing after the other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from math import gcd
from typing import Any

from roadmapper.planning.splitting.model import Task
from roadmapper.planning.splitting.process import Broken, answers, available
from roadmapper.planning.splitting.stations import Line

log = logging.getLogger(__name__)

WEIGHTS = (0.0, 0.005, 0.01, 0.02)
OWN_SHARE = 0.5  # of the time, before the solver is asked


@dataclass(frozen=True, slots=True)
class Fewest:
    """The items fit into *count* groups, and not into fewer than *bound*; *groups* has the items of each, in order."""

    count: int
    bound: int
    groups: tuple[tuple[int, ...], ...]

    @property
    def proven(self) -> bool:
        """Return whether fewer do not do."""
        return self.count <= self.bound


def fewest(
    task: Task, *, seconds: float = 1.0, stopped: Callable[[], bool] = lambda: False, exact: bool = True
) -> Fewest:
    """Return the fewest increments for all that must be delivered, by the work of the crew that has most of it.

    Each increment has room for the longest one's weeks, less the overhead, of that crew's work; what must come first
    is in the same or an earlier one. Other crews, days off, lags and gates are left out, so the plan may need more
    increments, but never fewer than *bound*. Raises ValueError when an item does not fit into an increment.
    """
    until = time.monotonic() + seconds
    keys = _mandatory(task)
    if not keys:
        return Fewest(0, 0, ())
    number = {key: n for n, key in enumerate(keys)}
    weeks, people = _work(task, keys)
    room = (task.longest - task.overhead) * people
    if max(weeks) > room:
        raise ValueError("an item does not fit into the longest increment")
    after = [[number[before] for before, _ in task.items[key].after] for key in keys]
    # Read from its end, a line may be far easier. Half of the own time for each way.
    forward = Line(weeks, after, room)
    backward = forward.reversed()
    begun = time.monotonic()
    own = seconds * (OWN_SHARE if exact and available() else 1.0)

    def over_at(share: float) -> Callable[[], bool]:
        return lambda: stopped() or time.monotonic() > begun + share * own

    bound, proven = forward.packed_at_least(), False
    best = _first(forward, backward, bound, over_at(0.3))
    for line, share in ((forward, 0.4), (backward, 0.7), (forward, 1.0)):
        if len(best) > bound and not proven:
            found, proven = line.search(best if line is forward else best[::-1], bound, over_at(share))
            best = found if line is forward else found[::-1]
    if proven:
        bound = len(best)
    groups = [next(n for n, group in enumerate(best) if group >> key & 1) for key in range(len(keys))]
    if len(best) > bound and exact and available() and not stopped():
        asked = {"weeks": weeks, "after": after, "room": room, "at_least": bound, "groups": groups}
        groups, bound = _solved(asked, until - time.monotonic(), stopped)
    count = max(groups) + 1
    pairs = list(zip(keys, groups, strict=True))
    return Fewest(count, bound, tuple(tuple(key for key, group in pairs if group == n) for n in range(count)))


def _mandatory(task: Task) -> list[int]:
    """Return the items that every split delivers: what may not be left out, and what that needs."""
    found: set[int] = set()
    waiting = [key for key, item in enumerate(task.items) if not item.optional]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [before for before, _ in task.items[key].after] + list(task.items[key].gates)
    return sorted(found)


def _work(task: Task, keys: Sequence[int]) -> tuple[list[int], int]:
    """Return the person-weeks that each item takes of the crew with most to do, and the people of that crew.

    Divided by what all of them have in common: these are weeks where everything takes the whole crew.
    """
    found: list[tuple[float, list[int], int]] = []
    for number, crew in enumerate(task.crews):
        needs = [sum(people for used, people in task.items[key].needs if used == number) for key in keys]
        work = [task.items[key].weeks * need for key, need in zip(keys, needs, strict=True)]
        found.append((sum(work) / max(1, crew.people), work, crew.people))
    if not found:
        return [0] * len(keys), 1
    _, work, people = max(found)
    common = gcd(people, *work)
    return [each // common for each in work], people // common


def _first(forward: Line, backward: Line, bound: int, over: Callable[[], bool]) -> list[int]:
    """Return a good answer, by filling group after group from either end."""
    found = []
    for weight in WEIGHTS:
        found.append(forward.hoffmann(over, weight))
        found.append(backward.hoffmann(over, weight)[::-1])
        if len(min(found, key=len)) <= bound:
            break
    return min(found, key=len)


def _solved(asked: dict[str, Any], seconds: float, stopped: Callable[[], bool]) -> tuple[list[int], int]:
    """Return the groups and the bound after the solver has had its turn; what there was if it fails."""
    groups, bound = asked["groups"], asked["at_least"]
    try:
        with closing(answers({"ask": "fewest", **asked}, seconds=seconds, stopped=stopped)) as heard:
            for answer in heard:
                if answer.get("groups") and max(answer["groups"]) < max(groups):
                    groups = answer["groups"]
                if answer.get("bound") is not None:
                    bound = max(bound, answer["bound"])
                if answer.get("end") == "optimal":
                    bound = max(groups) + 1
    except (Broken, OSError) as error:
        log.warning("the solver broke off: %s", error)
    return groups, bound
