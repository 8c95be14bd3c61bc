"""The improving search: never worse, always allowed, the same for the same seed, and quick to stop."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import monotonic

from hypothesis import given, settings

from roadmapper.planning.splitting.constructing import construct
from roadmapper.planning.splitting.improving import improve
from roadmapper.planning.splitting.model import Crew, Split, Task, Window, Worth, worth_of
from tests.planning.splitting.test_constructing import broken, built, item, tasks


def search(task: Task, start: Split, *, seed: int = 1, rounds: int = 30) -> tuple[Split, list[tuple[Split, Worth]]]:
    """Return what is found, and all that was told on the way."""
    told: list[tuple[Split, Worth]] = []
    found = improve(task, start, seed=seed, rounds=rounds, told=lambda s, w: told.append((s, w)), stopped=lambda: False)
    return found, told


@settings(max_examples=100, deadline=None)
@given(tasks())
def test_whatever_is_told_keeps_every_rule_and_is_better_than_before(task: Task) -> None:
    start = built(task)
    if start is None:
        return
    found, told = search(task, start)
    before = worth_of(task, start)
    for split, worth in told:
        assert not broken(task, split)
        assert worth == worth_of(task, split)
        assert worth > before
        before = worth
    assert found == (told[-1][0] if told else start)


@settings(max_examples=25, deadline=None)
@given(tasks())
def test_the_same_seed_and_rounds_give_the_same_split(task: Task) -> None:
    start = built(task)
    if start is not None:
        assert search(task, start, seed=7) == search(task, start, seed=7)


def several() -> Task:
    """Return a task of eighteen items for two teams."""
    items = tuple(
        item(
            n,
            1 + n * 5 % 7,
            (n % 2, 1 + n % 3),
            worth=(n * 37 % 50) * (n % 3 > 0),
            after=tuple((k, 0) for k in {n // 2 - 1, n - 4} if k >= 0),
        )
        for n in range(18)
    )
    return Task(items, (Crew("One", 3), Crew("Two", 4)), 3, 8, 60)


def test_more_rounds_are_never_worse() -> None:
    task = several()
    start = construct(task)
    worths = [worth_of(task, search(task, start, rounds=n)[0]) for n in (0, 1, 10, 100, 1600)]
    assert worths == sorted(worths)
    assert worths[0] == worth_of(task, start) < worths[-1]


def test_it_stops_when_it_is_told_to() -> None:
    task = several()
    start = construct(task)
    assert improve(task, start, told=lambda split, worth: None, stopped=lambda: True) == start
    asked: list[float] = []
    until = monotonic() + 0.3

    def stopped() -> bool:
        asked.append(monotonic())
        return asked[-1] > until

    improve(task, start, told=lambda split, worth: None, stopped=stopped)
    waits = sorted(b - a for a, b in pairwise(asked))
    assert waits[len(waits) // 2] < 0.02


def test_a_bad_start_is_mended() -> None:
    items = tuple(item(n, 2, (0, 1), worth=10 * n) for n in range(1, 5))
    task = Task(items, (Crew("Team", 1),), 2, 8, 60)
    bad = Split(tuple(Window(8 * n, 8 * n + 8, ((n, 8 * n),)) for n in range(4)))
    found, _ = search(task, bad, rounds=100)
    assert found.released == {3: 2, 2: 4, 1: 6, 0: 8}


def test_what_may_be_left_out_is_when_others_then_earn_more() -> None:
    dear = item(0, 8, (0, 1), optional=True)
    items = (dear, *(item(n, 4, (0, 1), worth=50) for n in range(1, 4)), item(4, 4, (0, 1), worth=70, earliest=8))
    task = Task(items, (Crew("Team", 1),), 4, 8, 20)
    start = Split(
        (
            Window(0, 8, ((0, 0),)),
            Window(8, 12, ((4, 8),)),
            Window(12, 16, ((1, 12),)),
            Window(16, 24, ((2, 16), (3, 20))),
        )
    )
    assert not broken(task, start)
    found, _ = search(task, start, rounds=200)
    assert found.left_out == (0,)


def test_what_everybody_knows_stays_where_moving_costs_more() -> None:
    items = tuple(item(n, 4, (0, 1), worth=10 * n + 10, published=4 * (n + 1)) for n in range(4))
    crew = (Crew("Team", 1),)
    start = Split(tuple(Window(4 * n, 4 * n + 4, ((n, 4 * n),)) for n in range(4)))
    kept, _ = search(Task(items, crew, 4, 8, 60, move_cost=100_000), start, rounds=100)
    assert kept == start
    moved, _ = search(Task(items, crew, 4, 8, 60, move_cost=1), start, rounds=100)
    assert moved.released == {3: 4, 2: 8, 1: 12, 0: 16}


def test_an_increment_lasts_longer_where_a_known_date_is_dear() -> None:
    items = (item(0, 2, (0, 1), worth=1, published=5),)
    task = Task(items, (Crew("Team", 1),), 2, 8, 60, move_cost=1000)
    assert search(task, construct(task), rounds=50)[0].released == {0: 5}


def test_a_start_that_goes_live_late_is_taken_as_it_is_where_nothing_better_is_there() -> None:
    task = Task((item(0, 2, (0, 1), worth=1, due=1),), (Crew("Team", 1),), 2, 4, 60)
    start = construct(task)
    assert search(task, start)[0] == start
    assert search(replace(task, items=()), Split(()))[0] == Split(())
