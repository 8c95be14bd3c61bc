"""Messages: tasks and splits as JSON, for the worker process and whoever asks it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from roadmapper.domain.entity import EntityId
from roadmapper.planning.splitting.model import Crew, Item, Split, Task, Window


def task_to(task: Task) -> dict[str, Any]:
    """Return *task* as what JSON knows. Titles stay behind: a solver has no use for words."""
    told = asdict(task)
    for entry in [*told["items"], *told["crews"]]:
        entry["title"] = ""
    return told


def task_from(told: dict[str, Any]) -> Task:
    """Return the task that task_to was given, but for its titles."""
    items = tuple(
        Item(**{**_tuples(each), "id": EntityId(each["id"])})  # JSON has lists where the model has tuples
        for each in told["items"]
    )
    crews = tuple(Crew(**_tuples(each)) for each in told["crews"])
    return Task(**{**_tuples(told), "items": items, "crews": crews})


def split_to(split: Split) -> dict[str, Any]:
    """Return *split* as what JSON knows."""
    return {"windows": [[w.first, w.end, list(w.starts)] for w in split.windows], "left_out": list(split.left_out)}


def split_from(told: dict[str, Any]) -> Split:
    """Return the split that split_to was given; raises ValueError, TypeError or KeyError for anything else."""
    windows = []
    for first, end, starts in told["windows"]:
        windows.append(Window(_whole(first), _whole(end), tuple((_whole(key), _whole(week)) for key, week in starts)))
    return Split(tuple(windows), tuple(_whole(key) for key in told["left_out"]))


def _whole(number: Any) -> int:
    if type(number) is not int:
        raise TypeError(f"{number!r} is not a whole number")
    return number


def _tuples(told: dict[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in told.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(each) for each in value) if isinstance(value, list) else value
