"""Networks: read public project networks - Patterson's and PSPLIB's files, and the two formats of assembly lines.

Members are counted from 0 in the order of the file; the dummies with which a project begins and ends are kept. Who
reads something that is not of the format gets a ValueError that names the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path


@dataclass(frozen=True)
class Network:
    """Activities that share resources: how long each takes, what there is of each resource, who needs how much of it.

    *successors* are, for each activity, the ones that cannot start before it has ended.
    """

    durations: tuple[int, ...]
    capacities: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    successors: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Tasks:
    """The tasks of an assembly line: how long each takes, what comes after it, and the cycle time the file names."""

    durations: tuple[int, ...]
    successors: tuple[tuple[int, ...], ...]
    bound: int | None = None


def read_network(path: Path) -> Network:
    """Return what is in a Patterson file, or in a PSPLIB file with one mode if its name ends in ".sm"."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        network = _psplib(text) if path.suffix.lower() == ".sm" else _patterson(text)
        _check(network.durations, network.successors)
    except (ValueError, IndexError, KeyError) as error:
        raise ValueError(f"{path} is not a project network: {error}") from error
    return network


def read_tasks(path: Path) -> Tasks:
    """Return what is in a file of an assembly line: sections in angle brackets (.alb), or bare numbers (.IN2)."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        tasks = _alb(text) if "<" in text else _in2(text)
        _check(tasks.durations, tasks.successors)
    except (ValueError, IndexError, KeyError) as error:
        raise ValueError(f"{path} is not an assembly line: {error}") from error
    return tasks


def _patterson(text: str) -> Network:
    """Read numbers alone: line breaks mean nothing, as long lines are broken anywhere."""
    numbers = iter([int(word) for word in text.split()])

    def take(count: int) -> tuple[int, ...]:
        taken = tuple(islice(numbers, count))
        if len(taken) < count:
            raise ValueError("it ends too early")
        return taken

    count, resources = take(1)[0], take(1)[0]
    capacities = take(resources)
    durations, needs, successors = [], [], []
    for _ in range(count):
        durations.append(take(1)[0])
        needs.append(take(resources))
        successors.append(tuple(n - 1 for n in take(take(1)[0])))
    return Network(tuple(durations), capacities, tuple(needs), tuple(successors))


def _psplib(text: str) -> Network:
    follows = _rows(text, "PRECEDENCE RELATIONS")
    works = _rows(text, "REQUESTS/DURATIONS")
    capacities = tuple(_rows(text, "RESOURCEAVAILABILITIES")[0])
    if any(row[1] != 1 for row in follows) or len(works) != len(follows):
        raise ValueError("it has activities with more than one mode")
    width = len(capacities)
    return Network(
        tuple(row[2] for row in works),
        capacities,
        tuple(tuple(row[3 : 3 + width]) for row in works),
        tuple(tuple(n - 1 for n in row[3 : 3 + row[2]]) for row in follows),
    )


def _rows(text: str, title: str) -> list[list[int]]:
    """Return the lines of numbers below *title*, up to the next line of stars."""
    rows = []
    for line in text.split(title, 1)[1].splitlines()[1:]:
        if line.startswith("*"):
            break
        words = line.split()
        if words and all(word.isdigit() for word in words):
            rows.append([int(word) for word in words])
    return rows


def _in2(text: str) -> Tasks:
    lines = text.split()
    count = int(lines[0])
    durations = tuple(int(word) for word in lines[1 : count + 1])
    return Tasks(durations, _successors(count, lines[count + 1 :]))


def _alb(text: str) -> Tasks:
    parts: dict[str, list[str]] = {}
    for part in text.split("<")[1:]:
        name, _, rest = part.partition(">")
        parts[name.strip().lower()] = rest.split()
    times = [int(word) for word in parts["task times"]]
    if times[::2] != list(range(1, len(times) // 2 + 1)):
        raise ValueError("its tasks are not counted from 1")
    bound = int(parts["cycle time"][0]) if parts.get("cycle time") else None
    return Tasks(tuple(times[1::2]), _successors(len(times) // 2, parts["precedence relations"]), bound)


def _successors(count: int, pairs: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return for each task what comes after it, out of "before,after" pairs up to "-1,-1"."""
    successors: list[list[int]] = [[] for _ in range(count)]
    for pair in pairs:
        before, after = (int(word) for word in pair.split(","))
        if before < 0:
            break
        successors[before - 1].append(after - 1)
    return tuple(tuple(each) for each in successors)


def _check(durations: Sequence[int], successors: Sequence[Sequence[int]]) -> None:
    if not durations or min(durations) < 0:
        raise ValueError("it has no tasks, or one of negative length")
    if any(not 0 <= n < len(durations) for each in successors for n in each):
        raise ValueError("something comes after a task that is not there")
