"""Checking: whether a split keeps every rule of its task. Knows the values of the model, not how a split is made.

Every plan passes through here before anybody sees it, so this file repeats what others work out too, in its own way:
week by week and pair by pair, slowly and plainly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from roadmapper.planning.splitting.model import Split, Task


def faults(task: Task, split: Split) -> list[str]:
    """Return what is wrong with *split*, for a log; an empty list for one that keeps every rule of *task*."""
    found = list(_of_counting(task, split))
    if found:  # the rest looks things up that would not be there
        return found
    return [
        *_of_increments(task, split),
        *_of_weeks(task, split),
        *_of_order(task, split),
        *_of_gates_and_dates(task, split),
        *_of_people(task, split),
    ]


def _of_counting(task: Task, split: Split) -> Iterator[str]:
    """Yield what is delivered twice, not at all, or left out though it must not be."""
    seen = Counter(key for window in split.windows for key, _ in window.starts) + Counter(split.left_out)
    for key in seen:
        if not 0 <= key < len(task.items):
            yield f"item {key} is not in the task"
    for key, item in enumerate(task.items):
        if seen[key] != 1:
            yield f"{item.id} stands {seen[key]} times in the plan"
        elif key in split.left_out and not item.optional:
            yield f"{item.id} is left out but may not be"


def _of_increments(task: Task, split: Split) -> Iterator[str]:
    for window in split.windows:
        length = window.end - window.first
        if window.first < 0 or not task.shortest <= length <= task.longest:
            yield f"an increment from week {window.first} to {window.end} is {length} weeks long"
        if not window.starts:
            yield f"the increment from week {window.first} delivers nothing"
        for first, end in task.taken:
            if any(first <= week < end for week in range(window.first, window.end)):
                yield f"the increment from week {window.first} stands in weeks that are taken"
    for one, two in pairwise(split.windows):
        if two.first < one.end:
            yield f"the increment from week {two.first} begins before the one before it ends"


def _done(task: Task, key: int, start: int) -> int:
    """Return the boundary at which an item that starts in week *start* is done."""
    item = task.items[key]
    more = item.extra[start] if start < len(item.extra) else 0
    return start + item.weeks + more


def _of_weeks(task: Task, split: Split) -> Iterator[str]:
    for window in split.windows:
        for key, start in window.starts:
            item = task.items[key]
            if start < window.first + task.overhead:
                yield f"{item.id} starts in week {start}, before anybody builds in its increment"
            if start < item.earliest:
                yield f"{item.id} starts in week {start}, before week {item.earliest}"
            if _done(task, key, start) > window.end:
                yield f"{item.id} is not done when its increment ends in week {window.end}"


def _of_order(task: Task, split: Split) -> Iterator[str]:
    placed = {key: (start, number) for number, window in enumerate(split.windows) for key, start in window.starts}
    for key, (start, number) in placed.items():
        item = task.items[key]
        for before, lag in item.after:
            name = task.items[before].id
            if before not in placed:
                yield f"{item.id} needs {name}, which is left out"
            elif _done(task, before, placed[before][0]) + lag > start:
                yield f"{item.id} starts in week {start}, too early after {name}"
            elif placed[before][1] > number:
                yield f"{item.id} goes live before {name}"


def _of_gates_and_dates(task: Task, split: Split) -> Iterator[str]:
    increment = {key: number for number, window in enumerate(split.windows) for key, _ in window.starts}
    for key, number in increment.items():
        item = task.items[key]
        for gate in item.gates:
            if increment.get(gate) != number:
                yield f"{item.id} goes live without its gate {task.items[gate].id}"
        end = split.windows[number].end
        if item.due is not None and end > item.due:
            yield f"{item.id} goes live in week {end}, after its date in week {item.due}"


def _of_people(task: Task, split: Split) -> Iterator[str]:
    everybody: defaultdict[tuple[int, int], int] = defaultdict(int)
    people: defaultdict[tuple[int, int], int] = defaultdict(int)
    for window in split.windows:
        for key, start in window.starts:
            for crew, need in task.items[key].needs:
                if need > task.crews[crew].people:
                    yield f"{task.items[key].id} needs more people than {task.crews[crew].title} has"
                for week in range(start, _done(task, key, start)):
                    if need == task.crews[crew].people:
                        everybody[crew, week] += 1
                    else:
                        people[crew, week] += need
    for crew, week in {*everybody, *people}:
        team = task.crews[crew]
        there = team.there[week] if week < len(team.there) else team.people
        takers, need = everybody[crew, week], people[crew, week]
        if there > 0 and (takers > 1 or (takers and need) or need > there):
            yield f"{team.title} would need {takers} times everybody and {need} people in week {week}, but has {there}"
