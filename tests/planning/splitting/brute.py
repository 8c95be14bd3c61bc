"""Tries every split of a tiny task: slow and plain, to compare the solver with."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

from roadmapper.domain.entity import EntityId
from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.model import Crew, Item, Split, Task, Window


def best_of(task: Task) -> tuple[int, int] | None:
    """Return what the best split within the horizon is worth, as minus its idle increments and its value."""
    best: tuple[int, int] | None = None
    for weeks in _windows(task, 0):
        choices = [_places(task, item, weeks) for item in task.items]
        for places in product(*choices):
            worth = _worth(task, weeks, places)
            if worth and (best is None or worth > best) and not faults(task, _split(weeks, places)):
                best = worth
    return best


def _windows(task: Task, first: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield all ways to lay increments from week *first* on."""
    yield ()
    for begin in range(first, task.horizon):
        for end in range(begin + task.shortest, min(begin + task.longest, task.horizon) + 1):
            for rest in _windows(task, end):
                yield ((begin, end), *rest)


def _places(task: Task, item: Item, weeks: tuple[tuple[int, int], ...]) -> list[tuple[int, int] | None]:
    fits: list[tuple[int, int] | None] = [
        (number, start)
        for number, (begin, end) in enumerate(weeks)
        for start in range(begin + task.overhead, end)
        if item.end_from(start) <= end
    ]
    return [*fits, None] if item.optional else fits


def _worth(
    task: Task, weeks: tuple[tuple[int, int], ...], places: tuple[tuple[int, int] | None, ...]
) -> tuple[int, int] | None:
    value = 0
    useful: set[int] = set()
    used: set[int] = set()
    for item, place in zip(task.items, places, strict=True):
        if place is not None:
            end = weeks[place[0]][1]
            value += item.worth_at(end) - (task.move_cost if item.published not in {None, end} else 0)
            used.add(place[0])
            if item.usable:
                useful.add(place[0])
    return (len(useful) - len(weeks), value) if len(used) == len(weeks) else None


def _split(weeks: tuple[tuple[int, int], ...], places: tuple[tuple[int, int] | None, ...]) -> Split:
    windows = tuple(
        Window(begin, end, tuple((key, place[1]) for key, place in enumerate(places) if place and place[0] == number))
        for number, (begin, end) in enumerate(weeks)
    )
    return Split(windows, tuple(key for key, place in enumerate(places) if place is None))


def tiny_task(seed: int) -> Task:
    """Return a task of three or four items with some of everything that a task can have."""
    chance = random.Random(seed)
    horizon = chance.choice([5, 6, 7])
    crews = []
    for _ in range(chance.choice([1, 2])):
        people = chance.randint(1, 3)
        there = tuple(
            chance.randint(0, people) if chance.random() < 0.4 else people for _ in range(chance.randint(0, horizon))
        )
        crews.append(Crew("crew", people, there))
    count = chance.choice([3, 4])
    return Task(
        tuple(_item(chance, key, count, crews, horizon) for key in range(count)),
        tuple(crews),
        chance.choice([1, 2]),
        chance.choice([2, 3, 4]),
        horizon,
        chance.choice([0, 0, 0, 1]),
        chance.choice([(), (), ((2, 3),)]),
        chance.choice([0, 7]),
    )


def _item(chance: random.Random, key: int, count: int, crews: list[Crew], horizon: int) -> Item:
    extra: list[int] = []
    if chance.random() < 0.4:  # it falls by one a week at most: who starts later is never done sooner
        extra = [0]
        for _ in range(horizon - 2):
            extra.append(min(2, max(0, extra[-1] + chance.choice([-1, 0, 0, 1]))))
        extra += [1] * (extra[-1] > 1)
    earning = chance.random() < 0.8
    return Item(
        EntityId(f"i{key}"),
        "item",
        chance.randint(1, 2),
        tuple((number, chance.randint(1, crew.people)) for number, crew in enumerate(crews) if chance.random() < 0.7),
        tuple(sorted((chance.randint(0, 50) for _ in range(horizon + 1)), reverse=True)) if earning else (),
        chance.random() < 0.6,
        tuple((before, chance.choice([0, 0, 1, 2])) for before in range(key) if chance.random() < 0.3),
        tuple(gate for gate in range(count) if gate != key and chance.random() < 0.08),
        chance.choice([0, 0, 0, 2]),
        chance.choice([None, None, None, 4, 5]),
        chance.random() < 0.3,
        tuple(extra),
        chance.choice([None, None, 3, 4]),
    )
