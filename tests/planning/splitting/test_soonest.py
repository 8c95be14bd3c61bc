"""How soon something can be done at all: never too soon to be true, and proven where it is said to be."""

from __future__ import annotations

import random
from itertools import product

import pytest

from roadmapper.domain.refusal import Refused
from roadmapper.planning.splitting.model import Crew, Item, Task
from roadmapper.planning.splitting.process import available
from roadmapper.planning.splitting.soonest import Soonest, soonest
from tests.planning.splitting.brute import tiny_task
from tests.planning.splitting.tasks import piece, task_of


def keeps_rules(task: Task, starts: dict[int, int]) -> bool:
    """Return whether the items can start so: in order, and with the people there are."""
    ends = {key: task.items[key].end_from(start) for key, start in starts.items()}
    for key, start in starts.items():
        item = task.items[key]
        if start < item.earliest or any(ends[before] + lag > start for before, lag in item.after):
            return False
    for number, crew in enumerate(task.crews):
        for week in range(max(ends.values())):
            here = [key for key, start in starts.items() if start <= week < ends[key]]
            needs = [people for key in here for used, people in task.items[key].needs if used == number]
            there = crew.there_in(week)
            whole = [need for need in needs if need == crew.people]
            if there and needs and (len(needs) > 1 if whole else sum(needs) > there):
                return False
    return True


def least(task: Task) -> int:
    """Return how soon all items are done, by trying all starts."""
    for weeks in range(1, 40):
        starts = [[week for week in range(weeks) if item.end_from(week) <= weeks] for item in task.items]
        if any(keeps_rules(task, dict(enumerate(choice))) for choice in product(*starts)):
            return weeks
    raise AssertionError("it takes more than 40 weeks")


def larger_task(seed: int, count: int = 25) -> Task:
    """Return *count* items that three crews must share."""
    chance = random.Random(seed)
    items: list[Item] = []
    for key in range(count):
        after = tuple((before, 0) for before in range(max(0, key - 8), key) if chance.random() < 0.15)
        needs = tuple((crew, chance.randint(1, 4)) for crew in range(3) if chance.random() < 0.8)
        items.append(piece(f"i{key}", chance.randint(1, 6), 1, 0, *after, needs=needs))
    return task_of(*items, crews=tuple(Crew("crew", 5) for _ in range(3)))


def test_the_least_time_of_tiny_tasks_is_what_trying_everything_finds() -> None:
    for seed in range(40):
        task = tiny_task(seed)
        found = soonest(task, seconds=0.05)
        assert found.weeks == least(task), seed
        assert found.bound <= found.weeks
        assert keeps_rules(task, dict(found.starts))


@pytest.mark.skipif(not available(), reason="OR-Tools is not installed")
def test_the_solver_proves_what_the_search_cannot() -> None:
    open_ones = [seed for seed in range(6) if not soonest(larger_task(seed, 13), seconds=0.1).proven]
    assert open_ones
    for seed in open_ones[:2]:
        task = larger_task(seed, 13)
        found = soonest(task, seconds=20, exact=True)
        assert found.proven and found.weeks <= soonest(task, seconds=0.1).weeks
        assert keeps_rules(task, dict(found.starts))


@pytest.mark.skipif(not available(), reason="OR-Tools is not installed")
def test_holidays_count_for_the_solver_too() -> None:
    for seed in (3, 6, 9, 14):
        task = tiny_task(seed)
        assert soonest(task, seconds=10, exact=True).weeks == least(task)


def test_only_what_is_needed_counts_and_gates_do() -> None:
    base, review, shop = piece("base", 3), piece("review", 2, 0, 0, (0, 1)), piece("shop", 1, 1, 9, (0, 0), gates=(1,))
    other = piece("other", 9)
    found = soonest(task_of(base, review, shop, other), [2], seconds=1)
    assert (found.weeks, found.proven) == (6, True)
    assert dict(found.starts) == {0: 0, 1: 4, 2: 3}


def test_it_stops_when_told_to() -> None:
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 3

    found = soonest(larger_task(1), seconds=60, stopped=stopped)
    assert keeps_rules(larger_task(1), dict(found.starts))


def test_the_same_seed_gives_the_same_answer() -> None:
    def answer() -> Soonest:
        asked = iter(range(300))
        return soonest(larger_task(2), seconds=60, stopped=lambda: next(asked, None) is None)

    assert answer() == answer()


def test_an_item_that_needs_more_people_than_there_are_is_refused() -> None:
    with pytest.raises(Refused, match="needs 3 people"):
        soonest(task_of(piece("web", 2, 3), people=2))
