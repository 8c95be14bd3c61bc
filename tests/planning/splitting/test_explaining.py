"""Why an increment stands where it does: every answer on a task small enough to know it beforehand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.explaining import Cause, Outcome, lead_of, load, what_ends, why_here
from roadmapper.planning.splitting.model import Crew, Split, Task, Window, worth_of
from roadmapper.planning.splitting.process import available
from roadmapper.planning.splitting.reaching import chain_to
from roadmapper.planning.splitting.solving import Effort, Found, solve
from tests.planning.splitting.tasks import piece, task_of

EFFORT = Effort(searching=0.0, rounds=20)


def found_for(task: Task) -> Found:
    found = solve(task, EFFORT)
    assert found.passes
    return found


def test_the_first_increment_is_first() -> None:
    task = task_of(piece("a", 2, rate=1), piece("b", 2, rate=1))
    assert why_here(task, found_for(task), 0, EFFORT).outcome is Outcome.FIRST


def test_a_chain_is_named_with_its_weeks() -> None:
    task = task_of(piece("a", 3, rate=9), piece("b", 3, 1, 1, (0, 1)), people=5)
    why = why_here(task, found_for(task), 1, EFFORT)
    assert (why.outcome, why.path, why.weeks, why.before, why.sure) == (Outcome.CHAIN, (0, 1), 7, 3, True)


def test_what_it_would_cost_is_the_difference_of_two_plans() -> None:
    task = task_of(piece("dear", 4, rate=10), piece("cheap", 4, rate=1))
    found = found_for(task)
    why = why_here(task, found, 1, EFFORT)
    assert (why.outcome, why.item, why.idle) == (Outcome.COSTS, 1, 0)
    assert why.cost == 4 * (10 - 1)  # both trade places
    assert [(m.item, m.at, m.to) for m in why.moved] == [(0, 4, 8)]
    swapped = solve(replace(task, items=(task.items[0], replace(task.items[1], due=4))), EFFORT)
    assert why.cost == found.worth.value - swapped.worth.value


def test_the_gate_without_which_it_would_be_possible_is_named() -> None:
    gate = piece("gate", 3, 0, 0, (1, 0))
    task = task_of(piece("a", 3, rate=9), piece("b", 2, rate=1, gates=(2,)), gate, people=1, longest=5)
    found = Found(Split((Window(0, 3, ((0, 0),)), Window(3, 8, ((1, 3), (2, 5))))), found_for(task).worth, EFFORT)  # type: ignore[arg-type]
    why = why_here(task, found, 1, EFFORT)
    assert (why.outcome, why.about, why.sure) == (Outcome.GATE, 2, True)


def test_the_team_that_is_too_small_is_named_with_how_many_would_do() -> None:
    items = [piece("a", 4, 1, 9), piece("x", 4), piece("y", 4), piece("b", 1, 1, 1, (1, 0), (2, 0))]
    task = task_of(*items, longest=5, people=1)
    split = Split((Window(0, 5, ((0, 0),)), Window(5, 10, ((1, 5),)), Window(10, 15, ((2, 10), (3, 14)))))
    found = replace(found_for(task), split=replace(split, windows=(split.windows[0], split.windows[2])))
    why = why_here(task, found, 1, EFFORT)
    assert (why.outcome, why.crews, why.people, why.sure) == (Outcome.TEAM, (0,), 1, True)


def test_a_first_week_in_the_way_is_named() -> None:
    task = task_of(piece("a", 2, rate=9), piece("b", 2, rate=1, earliest=3), people=2)
    why = why_here(task, found_for(task), 1, EFFORT)
    assert (why.outcome, why.cause, why.about) == (Outcome.DATE, Cause.EARLIEST, 1)


def test_taken_weeks_in_the_way_are_named() -> None:
    task = task_of(piece("a", 2, rate=9), piece("b", 3, rate=1), people=2, taken=((2, 6),))
    why = why_here(task, found_for(task), 1, EFFORT)
    assert why.before == 2
    assert why.outcome is Outcome.CHAIN  # three weeks do not fit before week 2 anyway
    later = replace(task, taken=((3, 6),), shortest=1)
    split = Split((Window(0, 3, ((0, 0),)), Window(6, 9, ((1, 6),))))
    late = replace(later, items=(later.items[0], piece("b", 4, rate=1)), longest=4)
    found = replace(found_for(later), split=replace(split, windows=(Window(0, 3, ((0, 0),)), Window(6, 10, ((1, 6),)))))
    assert why_here(late, found, 1, EFFORT).outcome is Outcome.CHAIN
    third = replace(late, items=(*late.items, piece("c", 1, rate=1)))
    windows = (Window(0, 3, ((0, 0),)), Window(6, 7, ((2, 6),)), Window(7, 11, ((1, 7),)))
    why = why_here(third, replace(found, split=Split(windows)), 2, EFFORT)
    assert (why.outcome, why.cause) == (Outcome.DATE, Cause.TAKEN)


def test_days_off_in_the_way_are_named() -> None:
    crew = Crew("Web", 1, (1, 1, 0, 0, 1))
    waits = piece("b", 2, rate=1, extra=(0, 2, 2, 1))
    task = task_of(piece("a", 2, 0, rate=9), piece("g", 1, rate=1, extra=(0, 0, 2, 1)), waits, crews=(crew,))
    windows = (Window(0, 3, ((0, 0), (1, 0))), Window(3, 6, ((2, 4),)))
    found = replace(found_for(task), split=Split(windows))
    after = replace(task, items=(task.items[0], task.items[1], replace(waits, after=((1, 0),))))
    why = why_here(after, found, 1, EFFORT)
    assert (why.outcome, why.cause) == (Outcome.DATE, Cause.DAYS_OFF)


@pytest.mark.skipif(not available(), reason="OR-Tools is not installed")
def test_rules_of_the_increments_are_named_and_proven() -> None:
    # a, then b: four weeks, but no increment is longer than three and both pass a week before anybody builds
    task = task_of(piece("a", 2), piece("b", 2, 1, 5, (0, 0)), piece("c", 1, 2, 9), overhead=1, longest=3, people=3)
    windows = (Window(0, 3, ((0, 1),)), Window(3, 5, ((2, 4),)), Window(5, 8, ((1, 6),)))
    why = why_here(task, replace(found_for(task), split=Split(windows)), 2, EFFORT)
    assert (why.outcome, why.cause, why.sure, why.before) == (Outcome.RULES, Cause.OVERHEAD, True, 5)


def test_another_compliance_date_in_the_way_is_named() -> None:
    task = task_of(piece("law", 4, rate=1, due=4), piece("b", 4, rate=9))
    why = why_here(task, found_for(task), 1, EFFORT)
    assert (why.outcome, why.cause, why.about) == (Outcome.DATE, Cause.DUE, 0)


def test_what_ends_an_increment_is_its_length_what_is_done_then_or_what_follows() -> None:
    task = task_of(piece("a", 4, rate=1), piece("b", 1, rate=1), piece("c", 2, rate=1), shortest=2, taken=((8, 9),))
    split = Split((Window(0, 4, ((0, 0),)), Window(4, 6, ((1, 4),)), Window(6, 8, ((2, 6),))))
    endings = [what_ends(task, split, n) for n in range(3)]
    assert [(e.longest, e.shortest, e.taken, e.done) for e in endings] == [
        (True, False, False, (0,)),
        (False, True, False, ()),
        (False, True, True, (2,)),
    ]


def test_full_and_idle_weeks_are_counted_by_who_is_there() -> None:
    task = task_of(piece("a", 2, 2), piece("b", 2, 1), crews=(Crew("Web", 2, (2, 1, 2, 2, 0)), Crew("App", 3)))
    split = Split((Window(0, 3, ((0, 0),)), Window(3, 6, ((1, 3),))))
    web, app = load(task, split)
    assert web.weeks == ((2, 2), (1, 1), (0, 2), (1, 2), (0, 0), (0, 2))
    assert (web.full, web.idle) == (2, 2)
    assert (app.full, app.idle) == (0, 6)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Any small task with chains, lags and a gate or none."""
    items = []
    for n in range(draw(st.integers(2, 7))):
        after = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, 2)), max_size=2)) if n else []
        rate = draw(st.integers(0, 9))
        before = tuple({key: (key, lag) for key, lag in after}.values())
        items.append(piece(f"s{n}", draw(st.integers(1, 4)), draw(st.integers(1, 2)), rate, *before))
    return task_of(*items, people=2, overhead=draw(st.integers(0, 1)), longest=6)


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_every_answer_holds(task: Task) -> None:
    found = found_for(task)
    for number, window in enumerate(found.split.windows):
        why = why_here(task, found, number, EFFORT)
        assert why.item == lead_of(task, window)
        if why.outcome is Outcome.CHAIN:
            weeks = task.overhead + sum(task.items[key].weeks for key in why.path)
            pairs = zip(why.path, why.path[1:], strict=False)
            weeks += sum(dict(task.items[two].after)[one] for one, two in pairs)
            assert weeks == why.weeks == chain_to(task, why.item, calendar=False).end > why.before
        if why.outcome is Outcome.COSTS:
            due = tuple(replace(i, due=why.before) if n == why.item else i for n, i in enumerate(task.items))
            assert why.other is not None and faults(replace(task, items=due), why.other) == []
            assert why.cost == found.worth.value - worth_of(task, why.other).value
            now, then = found.split.released, why.other.released
            assert {move.item for move in why.moved} == {key for key in now if then[key] > now[key]}
