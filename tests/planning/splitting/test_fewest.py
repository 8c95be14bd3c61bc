"""The fewest increments: what trying everything finds, and what is known of public assembly lines."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from benchmarks.networks import read_tasks
from benchmarks.salbp import keeps_rules, task_of
from roadmapper.planning.splitting.fewest import fewest
from roadmapper.planning.splitting.process import available
from tests.planning.splitting import tasks

PUBLIC = Path(__file__).resolve().parents[4] / "shared" / "data" / "salbp"
KNOWN = {"MERTENS": {6: 6, 15: 2, 18: 2}, "MITCHELL": {14: 8, 26: 5, 35: 3}}


def least(weeks: list[int], after: list[list[int]], room: int) -> int:
    """Return the fewest groups by way of all sets of tasks that can be done first."""
    full = (1 << len(weeks)) - 1
    reached = {0: (1, 0)}  # of a set: its groups, and how full the last one is
    for done in range(full):
        if done not in reached:
            continue
        groups, used = reached[done]
        for key, length in enumerate(weeks):
            if not done >> key & 1 and all(done >> before & 1 for before in after[key]):
                now = (groups, used + length) if used + length <= room else (groups + 1, length)
                reached[done | 1 << key] = min(reached.get(done | 1 << key, now), now)
    return reached[full][0]


def test_the_fewest_are_what_trying_everything_finds() -> None:
    chance = random.Random(3)
    for _ in range(150):
        count, room = chance.randint(1, 11), chance.randint(6, 20)
        weeks = [chance.randint(1, 6) for _ in range(count)]
        after = [[before for before in range(key) if chance.random() < 0.2] for key in range(count)]
        items = [
            tasks.piece(f"i{key}", weeks[key], 1, 1, *((before, 0) for before in after[key])) for key in range(count)
        ]
        found = fewest(tasks.task_of(*items, longest=room), seconds=20, exact=False)
        assert found.proven
        assert found.count == least(weeks, after, room)
        place = {key: number for number, group in enumerate(found.groups) for key in group}
        assert len(place) == count == sum(map(len, found.groups))
        assert all(sum(weeks[key] for key in group) <= room for group in found.groups)
        assert all(place[before] <= place[key] for key in place for before in after[key])


@pytest.mark.skipif(not PUBLIC.exists(), reason="the public assembly lines are not here")
@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_of_public_lines_is_proven(name: str) -> None:
    line = read_tasks(PUBLIC / f"{name}.IN2")
    for bound, expected in KNOWN[name].items():
        found = fewest(task_of(line, bound), seconds=10, exact=False)
        assert (found.count, found.proven) == (expected, True)
        assert keeps_rules(line, found.groups, bound)


@pytest.mark.skipif(not available(), reason="OR-Tools is not installed")
def test_the_solver_goes_on_where_the_own_search_ends() -> None:
    # Three of each length fit two by two, and nothing but trying shows that the sum deceives.
    chance = random.Random(11)
    items = [tasks.piece(f"i{key}", chance.randint(17, 40), 1, 1) for key in range(60)]
    task = tasks.task_of(*items, longest=100)
    alone = fewest(task, seconds=0.02, exact=False)
    found = fewest(task, seconds=6)
    assert found.bound >= alone.bound
    assert found.count <= alone.count
    assert sorted(key for group in found.groups for key in group) == list(range(60))


def test_people_who_are_needed_in_part_leave_room_for_others() -> None:
    items = [tasks.piece(f"i{key}", 4, 2, 1) for key in range(4)]
    assert fewest(tasks.task_of(*items, people=4, longest=4)).count == 2
    assert fewest(tasks.task_of(*items, people=4, longest=5, overhead=1)).count == 2
    assert fewest(tasks.task_of(*items, people=2, longest=4)).count == 4


def test_what_may_be_left_out_does_not_count_unless_it_is_needed() -> None:
    base, shop, extra = (
        tasks.piece("base", 4, optional=True),
        tasks.piece("shop", 4, 1, 9, (0, 0)),
        tasks.piece("extra", 4, 1, 9, optional=True),
    )
    found = fewest(tasks.task_of(base, shop, extra))
    assert (found.count, found.groups) == (2, ((0,), (1,)))


def test_an_empty_scope_takes_no_increment() -> None:
    assert fewest(tasks.task_of()).count == 0


def test_an_item_that_is_longer_than_any_increment_is_an_error() -> None:
    with pytest.raises(ValueError, match="longest increment"):
        fewest(tasks.task_of(tasks.piece("web", 9, 1, 9)))


def test_it_ends_in_time_with_groups_that_keep_the_order() -> None:
    chance = random.Random(1)
    weeks = [chance.randint(5, 60) for _ in range(90)]
    items = [
        tasks.piece(
            f"i{key}", weeks[key], 1, 1, *((b, 0) for b in range(max(0, key - 6), key) if chance.random() < 0.2)
        )
        for key in range(90)
    ]
    begun = time.monotonic()
    found = fewest(tasks.task_of(*items, longest=150), seconds=1, exact=False)
    assert time.monotonic() - begun < 3
    assert found.bound <= found.count
    assert sorted(key for group in found.groups for key in group) == list(range(90))
