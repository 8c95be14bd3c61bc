"""The wishes that clash are named, and no one of them could be spared."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.planning.splitting.clashes import (
    Kind,
    Wish,
    clash_in,
    dues_of,
    kept_by,
    soonest_date,
    wishes_of,
)
from roadmapper.planning.splitting.model import Crew, Task
from roadmapper.planning.splitting.process import available
from tests.planning.splitting.tasks import piece, task_of

exact = pytest.mark.skipif(not available(), reason="OR-Tools is not installed")


def kinds(task: Task) -> list[tuple[Kind, int]]:
    clash = clash_in(task)
    assert clash is not None and clash.minimal
    return [(wish.kind, wish.key) for wish in clash.wishes]


def test_what_can_be_kept_does_not_clash() -> None:
    assert clash_in(task_of(piece("a", 3, due=3), piece("b", 2, due=5))) is None
    assert clash_in(task_of(piece("a", 3))) is None


def test_a_chain_that_is_too_long_clashes_with_its_date_alone() -> None:
    task = task_of(piece("a", 3), piece("b", 3, 1, 1, (0, 0), due=5), people=9)
    assert kinds(task) == [(Kind.DUE, 1)]
    assert clash_in(task) == clash_in(task)
    assert soonest_date(task, 1, dues_of(task)) == 6


def test_a_lag_that_is_too_long_is_named() -> None:
    task = task_of(piece("a", 1), piece("b", 2, 1, 1, (0, 4), due=5), people=9)
    assert kinds(task) == [(Kind.DUE, 1), (Kind.LAG, 1)]


def test_the_team_that_is_too_small_for_two_dates_is_named() -> None:
    task = task_of(piece("a", 3, due=4), piece("b", 3, due=4), piece("c", 2, due=30), people=1)
    assert kinds(task) == [(Kind.DUE, 0), (Kind.DUE, 1), (Kind.TEAM, 0)]


def test_of_two_teams_the_one_that_is_too_small_is_named() -> None:
    crews = (Crew("Web", 1), Crew("App", 5))
    parts = [piece(f"p{n}", 2, needs=((0, 1),)) for n in range(3)]
    last = piece("x", 1, 1, 1, (0, 0), (1, 0), (2, 0), needs=((1, 1),), due=6)
    task = task_of(*parts, last, crews=crews, longest=7)
    assert kinds(task) == [(Kind.DUE, 3), (Kind.TEAM, 0)]


def test_a_gate_on_the_way_is_named() -> None:
    task = task_of(piece("a", 2, 1, 1, gates=(1,), due=4), piece("g", 3, 0, 0, (0, 0)), longest=6)
    assert kinds(task) == [(Kind.DUE, 0), (Kind.GATE, 1)]


def test_days_off_and_a_late_begin_are_named_where_it_takes_both() -> None:
    task = task_of(piece("a", 2, due=3, extra=(0, 2, 1), earliest=1), crews=(Crew("Web", 1, (1, 1, 0, 0)),))
    assert kinds(task) == [(Kind.DUE, 0), (Kind.STAYS, -1), (Kind.DAYS_OFF, 0)]  # either one gone, it could be live


def test_what_stays_is_named() -> None:
    task = task_of(piece("a", 2, due=3), taken=((1, 3),))
    assert kinds(task) == [(Kind.DUE, 0), (Kind.STAYS, -1)]


@exact
def test_the_longest_increment_is_named_with_the_weeks_nobody_builds() -> None:
    chain = [piece("a", 2), piece("b", 2, 1, 1, (0, 0), due=5)]
    task = task_of(*chain, overhead=1, longest=3, people=9)
    clash = clash_in(task)
    assert clash is not None and clash.proven and clash.minimal
    assert {wish.kind for wish in clash.wishes} == {Kind.DUE, Kind.OVERHEAD, Kind.LONGEST}


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Any small task with dates that are hard to keep."""
    items = []
    for n in range(draw(st.integers(1, 4))):
        after = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, 2)), max_size=2)) if n else []
        before = tuple({key: (key, lag) for key, lag in after}.values())
        due = draw(st.none() | st.integers(1, 8))
        crew = draw(st.integers(0, 1))
        needs = ((crew, draw(st.integers(1, 2))),)
        items.append(piece(f"s{n}", draw(st.integers(1, 3)), 1, n % 2, *before, due=due, needs=needs))
    return task_of(*items, crews=(Crew("Web", 2), Crew("App", 2)), overhead=draw(st.integers(0, 1)), shortest=2)


@exact
@settings(max_examples=25, deadline=None)
@given(tasks())
def test_a_clash_is_one_and_no_wish_of_it_can_be_spared(task: Task) -> None:
    clash = clash_in(task, seconds=60.0)
    if clash is None:
        dues = dues_of(task)
        assert kept_by(task, wishes_of(task, dues)).possible is True
        return
    assert clash.minimal and clash.proven
    assert kept_by(task, clash.wishes).possible is False
    for rest in combinations(clash.wishes, len(clash.wishes) - 1):
        assert kept_by(task, rest).possible is True, (clash, rest)
    assert any(wish.kind is Kind.DUE for wish in clash.wishes)
    assert Wish(Kind.DUE, 99) not in clash.wishes
