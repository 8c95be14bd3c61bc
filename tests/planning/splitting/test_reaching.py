"""What is called impossible at once is impossible: no plan that exists is ever denied."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.model import Crew, Task
from roadmapper.planning.splitting.process import available
from roadmapper.planning.splitting.reaching import (
    chain_to,
    needed_for,
    overload,
    part_of,
    reachable,
    surely_not,
    without_gate,
)
from roadmapper.planning.splitting.solving import Effort, solve
from tests.planning.splitting.tasks import piece, task_of


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Any small task, with days off, taken weeks, lags, gates and first weeks."""
    crews = [
        Crew(name, people, tuple(draw(st.lists(st.integers(0, people), max_size=12))))
        for name, people in (("Web", 3), ("App", 2))
    ]
    items = []
    for n in range(draw(st.integers(1, 6))):
        after = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, 2)), max_size=2)) if n else []
        before = tuple({key: (key, lag) for key, lag in after}.values())
        crew = draw(st.integers(0, 1))
        people = crews[crew].people if draw(st.booleans()) else 1
        made = piece(f"s{n}", draw(st.integers(1, 3)), 1, n % 2, *before, needs=((crew, people),))
        items.append(replace(made, earliest=draw(st.sampled_from([0, 0, 3])), extra=tuple(draw(extras()))))
    gated = draw(st.integers(0, len(items) - 1))
    if items[gated].usable:
        items.append(piece("gate", 1, 0, 0, (gated, 0)))
        items[gated] = replace(items[gated], gates=(len(items) - 1,))
    taken = draw(st.sampled_from([(), (), ((5, 8),)]))
    return task_of(*items, crews=tuple(crews), longest=8, overhead=draw(st.integers(0, 1)), taken=taken)


@st.composite
def extras(draw: st.DrawFn) -> list[int]:
    """Weeks more by start, such that a later start never ends earlier."""
    found: list[int] = []
    for _ in range(draw(st.integers(0, 6))):
        found.append(max(draw(st.integers(0, 2)), found[-1] - 1 if found else 0))
    return [*found, *range(found[-1] - 1, 0, -1)] if found else []


@settings(max_examples=150, deadline=None)
@given(tasks(), st.data())
def test_a_plan_that_exists_is_never_denied(task: Task, data: st.DataObject) -> None:
    split = solve(task, Effort(0.0)).split
    released = split.released
    for key in range(len(task.items)):
        assert chain_to(task, key, calendar=False).end <= chain_to(task, key, calendar=True).end <= released[key]
    dated = data.draw(st.sets(st.sampled_from(range(len(task.items))), min_size=1))
    part = part_of(task, {key: released[key] for key in dated})
    assert overload(part.task) is None
    assert not surely_not(part.task)
    assert reachable(part.task, seconds=0).possible is not False


@settings(max_examples=60, deadline=None)
@given(tasks(), st.integers(1, 12))
def test_a_plan_that_is_told_of_keeps_all_rules_and_dates(task: Task, due: int) -> None:
    part = part_of(task, {len(task.items) - 1: due})
    verdict = reachable(part.task, seconds=0)
    if verdict.possible:
        assert verdict.split is not None and faults(part.task, verdict.split) == []
        assert {key for window in part.whole(verdict.split) for key, _ in window.starts} == set(part.keys)


def test_too_much_work_between_two_weeks_is_seen_at_once() -> None:
    task = task_of(piece("a", 3), piece("b", 3, earliest=1), people=1)
    assert overload(part_of(task, {0: 6, 1: 6}).task) is None
    assert overload(part_of(task, {0: 5, 1: 5}).task) == 0
    assert overload(part_of(replace(task, taken=((1, 2),)), {0: 6, 1: 6}).task) == 0


def test_what_waits_for_a_gate_waits_for_what_the_gate_waits_for_when_it_is_gone() -> None:
    gate = piece("gate", 3, 0, 0, (0, 1))
    task = task_of(piece("a", 2, 1, 1, gates=(1,)), gate, piece("b", 2, 1, 1, (1, 2)))
    assert needed_for(task, [0]) == {0, 1}
    assert chain_to(task, 2, calendar=False).end == 2 + 1 + 3 + 2 + 2
    free = without_gate(task, 1)
    assert free.items[2].after == ((0, 3),) and free.items[0].gates == ()
    assert needed_for(free, [2]) == {0, 2}


def test_what_is_neither_found_nor_proven_is_not_known() -> None:
    # Four weeks of work, but no increment is longer than three and each passes a week before anybody builds.
    task = task_of(piece("a", 2), piece("b", 2, 1, 5, (0, 0)), overhead=1, longest=3, people=3)
    part = part_of(task, {1: 5})
    assert reachable(part.task, seconds=0).possible is None
    if available():
        assert reachable(part.task).possible is False
    assert reachable(part_of(task, {1: 6}).task, seconds=0).possible is True
