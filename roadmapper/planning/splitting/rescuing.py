"""Rescuing: a plan that keeps all dates where the search found none - what has a date first, then all the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from roadmapper.domain.refusal import Refused
from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.clashes import dues_of
from roadmapper.planning.splitting.improving import improve
from roadmapper.planning.splitting.model import Split, Task, Window, worth_of
from roadmapper.planning.splitting.reaching import Part, part_of, reachable
from roadmapper.planning.splitting.solving import Effort, Found, Stage, solve

ROUNDS = 300
"""Of the search where an effort is counted in seconds."""


def in_time(task: Task, effort: Effort, stopped: Callable[[], bool] = lambda: False) -> Found | None:
    """Return a plan of *task* that keeps every date, or None if none was found."""
    part = part_of(task, dues_of(task))
    verdict = reachable(part.task, seed=effort.seed, stopped=stopped)
    if verdict.split is None:
        return None
    return continued(task, part.whole(verdict.split), effort, stopped)


def continued(
    task: Task, windows: tuple[Window, ...], effort: Effort, stopped: Callable[[], bool] = lambda: False
) -> Found | None:
    """Return a plan of *task* that begins with *windows* and is then improved, or None if none was found."""
    ends = {n: task.items[n].end_from(start) for window in windows for n, start in window.starts}
    keys = [n for n in range(len(task.items)) if n not in ends]
    place = {key: n for n, key in enumerate(keys)}
    items = tuple(
        replace(
            item,
            earliest=max([item.earliest, *(ends[k] + lag for k, lag in item.after if k in ends)]),
            after=tuple((place[k], lag) for k, lag in item.after if k in place),
            gates=tuple(place[k] for k in item.gates if k in place),
        )
        for item in (task.items[key] for key in keys)
    )
    last = max(window.end for window in windows)
    rest = replace(task, items=items, taken=(*task.taken, (0, last)))
    effort = replace(effort, searching=0.0, proving=0.0, rounds=effort.rounds or ROUNDS)
    whole = Split(windows)
    if keys:
        try:
            behind = solve(rest, effort, stopped=stopped).split
        except Refused:
            return None
        back = Part(rest, tuple(keys))
        whole = Split((*windows, *back.whole(behind)), tuple(keys[n] for n in behind.left_out))
    if faults(task, whole):
        return None
    whole = improve(
        task, whole, seed=effort.seed, rounds=effort.rounds, told=lambda split, worth: None, stopped=stopped
    )
    return None if faults(task, whole) else Found(whole, worth_of(task, whole), Stage.IMPROVED)
