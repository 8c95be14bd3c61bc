"""Whatever is split, every week of the plan keeps the rules; a checker says so that shares no code with the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.planning.splitting.foundation import Limits, Piece, Window, split
from tests.planning.checker import faults_of_windows

PSPLIB = Path(__file__).parents[2].parent / "shared" / "data" / "psplib-j30"
INSTANCES = sorted(PSPLIB.glob("J30_*.txt"), key=lambda p: int(p.stem.split("_")[1]))


def revenue_of(pieces: Sequence[Piece], horizon: int = 104) -> Callable[[Sequence[Window]], tuple[float, ...]]:
    """Return a judge of windows: revenue by the horizon."""
    money = {p.id: p.revenue_per_month for p in pieces}

    def value(windows: Sequence[Window]) -> tuple[float, ...]:
        return (float(sum(money[k] * max(0, horizon - w.end) for w in windows for k, _ in w.pieces)),)

    return value


def split_of(pieces: Sequence[Piece], limits: Limits, seconds: float = 0.0) -> list[Window]:
    return split(pieces, limits, revenue_of(pieces), seconds=seconds)


@st.composite
def tasks(draw: st.DrawFn) -> tuple[list[Piece], Limits]:
    """Any pieces that some plan can be made of, and its limits."""
    longest = draw(st.integers(1, 14))
    limits = Limits(draw(st.integers(1, longest)), longest, draw(st.integers(1, 8)))
    made = []
    for n in range(draw(st.integers(1, 16))):
        after = draw(st.lists(st.integers(0, n - 1), max_size=3, unique=True)) if n else []
        made.append(
            Piece(
                EntityId(f"s{n}"),
                f"Piece {n}",
                draw(st.integers(1, longest)),
                draw(st.integers(1, limits.people)),
                draw(st.integers(0, 10**6)),
                n == 0 or draw(st.booleans()),
                tuple(EntityId(f"s{k}") for k in after),
            )
        )
    return draw(st.permutations(made)), limits


@settings(max_examples=250, deadline=None)
@given(tasks())
def test_any_scope_is_split_within_all_limits(task: tuple[list[Piece], Limits]) -> None:
    assert faults_of_windows(*task, split_of(*task)) == []


@settings(max_examples=15, deadline=None)
@given(tasks())
def test_a_longer_search_keeps_the_limits_and_earns_no_less(task: tuple[list[Piece], Limits]) -> None:
    quick, long = split_of(*task), split_of(*task, seconds=0.2)
    assert faults_of_windows(*task, long) == []
    judge = revenue_of(task[0])
    assert judge(long) >= judge(quick)


def test_the_search_finds_that_two_releases_earn_more_than_one() -> None:
    pieces = [Piece(EntityId(k), k, 2, 1, 1_000, usable=True) for k in "ab"]
    limits = Limits(2, 12, 1)
    assert len(split_of(pieces, limits)) == 1  # the first plan that is tried: one long window
    assert [w.end for w in split_of(pieces, limits, seconds=30.0)] == [2, 4]


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_the_first_window_delivers_something_usable_wherever_that_can_be(task: tuple[list[Piece], Limits]) -> None:
    pieces, limits = task
    by_id = {p.id: p for p in pieces}
    first = split_of(pieces, limits)[0]
    alone = [p for p in pieces if p.usable and not p.after]
    if alone:
        assert any(by_id[k].usable for k, _ in first.pieces)


def read_patterson(path: Path) -> tuple[list[Piece], int]:
    """Return the real activities of an instance, needing its first resource, and how much of that there is."""
    numbers = iter(int(n) for n in path.read_text().split())
    count, resources = next(numbers), next(numbers)
    capacities = [next(numbers) for _ in range(resources)]
    rows = []
    for _ in range(count):
        duration = next(numbers)
        needs = [next(numbers) for _ in range(resources)]
        rows.append((duration, needs[0], [next(numbers) for _ in range(next(numbers))]))
    real = [n for n, (duration, _, _) in enumerate(rows, 1) if duration]
    after = {n: [m for m in real if n in rows[m - 1][2]] for n in real}
    pieces = [
        Piece(
            EntityId(str(n)),
            f"Activity {n}",
            rows[n - 1][0],
            max(1, rows[n - 1][1]),
            n * 1_000,
            n % 3 == 0,
            tuple(EntityId(str(k)) for k in after[n]),
        )
        for n in real
    ]
    return pieces, capacities[0]


@pytest.mark.skipif(not INSTANCES, reason="the PSPLIB instances are not in ../shared/data/psplib-j30")
@pytest.mark.parametrize("path", INSTANCES, ids=lambda p: p.stem)
def test_a_published_project_is_split_within_all_limits(path: Path) -> None:
    pieces, people = read_patterson(path)
    assert len(pieces) == 30
    for limits in (Limits(2, 12, people), Limits(1, 10, people), Limits(10, 10, people)):
        assert faults_of_windows(pieces, limits, split_of(pieces, limits, seconds=0.01)) == []


def test_the_same_seed_gives_the_same_split() -> None:
    pieces = [Piece(EntityId(f"s{n}"), "x", 1 + n % 5, 1 + n % 3, n * 7 % 11, n % 2 == 0) for n in range(20)]
    limits = Limits(2, 8, 4)
    assert split_of(pieces, limits, 30.0) == split_of(pieces, limits, 30.0)


def test_what_earns_most_for_its_effort_comes_first() -> None:
    poor = Piece(EntityId("poor"), "Poor", 4, 1, 10, usable=True)
    rich = Piece(EntityId("rich"), "Rich", 4, 1, 1_000, usable=True)
    first, second = split_of([poor, rich], Limits(1, 4, 1))
    assert first.pieces == (("rich", 0),) and second.pieces == (("poor", 4),)


def test_a_circle_is_refused_with_its_path() -> None:
    ring = [Piece(EntityId(k), f"Piece {k}", 1, 1, usable=True, after=(EntityId(n),)) for k, n in ("ab", "bc", "ca")]
    with pytest.raises(Refused, match="circle") as refused:
        split_of(ring, Limits(1, 4, 1))
    path = str(refused.value).split(": ")[1].split(". ")[0].split(" → ")
    assert path[0] == path[-1] and len(path) == 4
    assert all(
        (a, b) in {("Piece b", "Piece a"), ("Piece c", "Piece b"), ("Piece a", "Piece c")} for a, b in pairwise(path)
    )


def test_more_people_than_there_are_and_nothing_usable_are_refused() -> None:
    with pytest.raises(Refused, match="“Crowd” needs 5 people at once, but there are 4"):
        split_of([Piece(EntityId("a"), "Crowd", 1, 5, usable=True)], Limits(1, 4, 4))
    with pytest.raises(Refused, match="usable"):
        split_of([Piece(EntityId("a"), "Ground", 1, 1)], Limits(1, 4, 4))


def test_progress_is_told_and_may_stop_the_work() -> None:
    pieces = [Piece(EntityId(f"s{n}"), "x", 2, 1, n, usable=True) for n in range(8)]
    told: list[tuple[int, int]] = []
    split(pieces, Limits(2, 8, 2), revenue_of(pieces), seconds=5.0, progress=lambda a, b: told.append((a, b)))
    assert told == [(n, told[0][1]) for n in range(told[0][1])]

    class Enough(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        split(pieces, Limits(2, 8, 2), revenue_of(pieces), progress=stop)


def test_the_checker_finds_what_is_wrong() -> None:
    one, two = EntityId("one"), EntityId("two")
    pieces = [Piece(one, "One", 2, 2, usable=True), Piece(two, "Two", 3, 2, after=(one,))]
    limits = Limits(2, 6, 3)
    right = [Window(0, 5, ((one, 0), (two, 2)))]
    assert faults_of_windows(pieces, limits, right) == []
    for wrong in (
        [Window(0, 5, ((one, 0),))],
        [Window(0, 5, ((one, 0), (two, 2), (one, 3)))],
        [Window(0, 5, ((one, 0), (two, 1)))],
        [Window(0, 5, ((one, 3), (two, 0)))],
        [Window(0, 4, ((one, 0), (two, 2)))],
        [Window(0, 7, ((one, 0), (two, 2)))],
        [Window(0, 1, ()), Window(1, 6, ((one, 1), (two, 3)))],
        [Window(0, 2, ((one, 0),)), Window(3, 6, ((two, 3),))],
        [Window(1, 6, ((one, 1), (two, 3)))],
    ):
        assert faults_of_windows(pieces, limits, wrong), wrong
