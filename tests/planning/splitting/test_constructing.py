"""The constructive plan: it keeps every rule of whatever task, and says what can never be placed."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.constructing import construct
from roadmapper.planning.splitting.model import Crew, Item, Split, Task, worth_of


def item(key: int, weeks: int, *needs: tuple[int, int], worth: int = 0, **more: object) -> Item:
    """Return an item that earns *worth* for each week up to week 60; usable if it earns."""
    base = Item(EntityId(f"s{key}"), f"Item {key}", weeks, needs, _falling(worth, 60), worth > 0)
    return replace(base, **more)  # type: ignore[arg-type]


def _falling(each: int, horizon: int) -> tuple[int, ...]:
    return tuple(each * (horizon - end) for end in range(horizon)) if each else ()


def _late(weeks: list[int]) -> tuple[int, ...]:
    """Return *weeks* lowered until an item never ends earlier for a later start."""
    for n in range(len(weeks) - 1, -1, -1):
        weeks[n] = min(weeks[n], (weeks[n + 1] if n + 1 < len(weeks) else 0) + 1)
    return tuple(weeks)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Return a task with all that a task can have; it may have no split at all."""
    r = random.Random(draw(st.integers(0, 2**32)))
    crews = []
    for k in range(r.randint(1, 3)):
        people = r.randint(1, 5)
        dips = [r.choice([people, people, people, r.randint(0, people), 0]) for _ in range(r.choice([0, 0, 25]))]
        crews.append(Crew(f"Team {k}", people, tuple(dips)))
    overhead, shortest = r.choice([0, 0, 1, 2]), r.randint(1, 4)
    longest = max(shortest + r.randint(0, 8), overhead + 1)
    made = []
    for n in range(draw(st.integers(1, 12))):
        each = r.choice([0, r.randint(1, 100)])
        made.append(
            item(
                n,
                r.randint(1, min(6, longest - overhead)),
                *((k, r.randint(0, crew.people)) for k, crew in enumerate(crews) if r.random() < 0.6),
                worth=each,
                after=tuple((k, r.choice([0, 0, 0, 1, 3, 20, -2])) for k in range(n) if r.random() < 0.2),
                gates=tuple(k for k in range(n) if r.random() < 0.04),
                earliest=r.choice([0, 0, 0, r.randint(0, 20)]),
                due=r.choice([None, None, r.randint(5, 50)]),
                optional=r.random() < 0.25,
                extra=_late([r.randint(0, 2) for _ in range(r.choice([0, 0, 18]))]),
                published=r.choice([None, None, r.randint(3, 40)]),
            )
        )
    taken = tuple((a, a + r.randint(1, 4)) for a in (r.randint(0, 30) for _ in range(r.choice([0, 0, 1, 2]))))
    return Task(tuple(made), tuple(crews), shortest, longest, 60, overhead, taken, r.choice([0, 50]))


def built(task: Task) -> Split | None:
    """Return the constructive plan of *task*, None for one that has no plan."""
    try:
        return construct(task)
    except Refused:
        return None


def broken(task: Task, split: Split) -> list[str]:
    """Return which rules *split* breaks, compliance dates aside: they are weighed, not kept at any price."""
    return faults(replace(task, items=tuple(replace(i, due=None) for i in task.items)), split)


@settings(max_examples=200, deadline=None)
@given(tasks())
def test_a_constructed_split_keeps_every_rule(task: Task) -> None:
    split = built(task)
    assert split is None or not broken(task, split)


@settings(max_examples=100, deadline=None)
@given(tasks())
def test_what_has_no_gate_and_fits_into_an_increment_is_never_refused(task: Task) -> None:
    free = replace(task, items=tuple(replace(i, gates=()) for i in task.items))
    assert not broken(free, construct(free))


@settings(max_examples=50, deadline=None)
@given(tasks())
def test_the_same_task_gives_the_same_split(task: Task) -> None:
    assert built(task) == built(task)


def test_the_better_item_with_all_it_needs_comes_first() -> None:
    crew = Crew("Team", 2)
    items = (item(0, 4, (0, 2), worth=10), item(1, 2, (0, 2)), item(2, 2, (0, 2), worth=90, after=((1, 0),)))
    split = construct(Task(items, (crew,), 2, 4, 60))
    assert split.released == {1: 4, 2: 4, 0: 8}


def test_a_date_goes_before_worth() -> None:
    items = (item(0, 4, (0, 1), worth=90), item(1, 4, (0, 1), worth=1, due=4))
    assert construct(Task(items, (Crew("Team", 1),), 4, 4, 60)).released == {1: 4, 0: 8}


def test_a_gate_stands_in_the_increment_of_what_waits_for_it() -> None:
    gate = item(1, 2, after=((0, 1),))
    items = (item(0, 3, (0, 1), worth=9, gates=(1,)), gate, item(2, 5, (0, 1), worth=50))
    split = construct(Task(items, (Crew("Team", 1),), 2, 6, 60))
    assert split.released[0] == split.released[1]
    assert not faults(Task(items, (Crew("Team", 1),), 2, 6, 60), split)


def test_a_team_that_is_away_needs_nobody_and_one_that_is_short_works_as_a_whole() -> None:
    task = Task((item(0, 3, (0, 2), worth=1),), (Crew("Team", 2, (0, 1, 2)),), 1, 4, 60)
    assert construct(task).windows[0].starts == ((0, 0),)
    part = Task((item(0, 2, (0, 2), worth=1),), (Crew("Team", 3, (3, 1, 1, 3, 3)),), 1, 4, 60)
    assert construct(part).windows[0].starts == ((0, 3),)


def test_no_increment_stands_in_weeks_that_are_taken() -> None:
    items = tuple(item(n, 3, (0, 1), worth=5) for n in range(3))
    split = construct(Task(items, (Crew("Team", 1),), 3, 6, 60, taken=((4, 6), (9, 10))))
    assert [(w.first, w.end) for w in split.windows] == [(0, 3), (6, 9), (10, 13)]


def test_nobody_builds_in_the_weeks_of_overhead() -> None:
    items = tuple(item(n, 3, (0, 1), worth=5) for n in range(2))
    split = construct(Task(items, (Crew("Team", 1),), 3, 5, 60, overhead=1))
    assert [w.starts for w in split.windows] == [((0, 1),), ((1, 5),)]


def test_what_may_be_left_out_and_brings_nothing_by_the_horizon_is_left_out() -> None:
    items = (item(0, 4, (0, 1), worth=5), item(1, 4, (0, 1), worth=1, optional=True), item(2, 4, optional=True))
    split = construct(Task(items, (Crew("Team", 1),), 4, 4, 60))
    assert split.left_out == (2,)
    assert construct(Task((items[1], item(1, 4, (0, 1), worth=5, earliest=70)), (Crew("Team", 1),), 4, 4, 60)).released
    late = replace(items[1], earliest=70)
    assert construct(Task((items[0], late), (Crew("Team", 1),), 4, 4, 60)).left_out == (1,)


def test_what_may_be_left_out_is_kept_when_another_needs_it() -> None:
    items = (item(0, 4, (0, 1), optional=True), item(1, 4, (0, 1), worth=5, after=((0, 0),)))
    assert construct(Task(items, (Crew("Team", 1),), 4, 8, 60)).left_out == ()


def test_what_may_be_left_out_and_can_never_be_placed_is_left_out() -> None:
    items = (item(0, 4), item(1, 4, worth=5, optional=True, gates=(0,), after=((0, 0),)))
    assert construct(Task(items, (), 2, 6, 60)).left_out == (1,)


def test_groundwork_fills_the_room_that_is_left() -> None:
    items = (item(0, 4, (0, 1), worth=5), item(1, 4, (0, 1)), item(2, 4, (0, 2), worth=5, after=((1, 0),)))
    split = construct(Task(items, (Crew("Team", 2),), 4, 4, 60))
    assert split.released == {0: 4, 1: 4, 2: 8}


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ((item(0, 1, after=((1, 0),)), item(1, 1, after=((0, 0),))), "The scope runs in a circle: Item "),
        ((item(0, 1, (0, 3)),), "“Item 0” needs 3 people at once, but there are 2: change one of the two."),
        ((item(0, 1, (0, 1), (0, 2)),), "“Item 0” needs 3 people at once, but there are 2: change one of the two."),
        ((item(0, 6),), "“Item 0” takes 6 weeks, but an increment has 5 for it: "),
        (
            (item(0, 4, gates=(1,)), item(1, 3, after=((0, 0),))),
            "“Item 0”, with its gate, does not fit into 6 weeks: shorten one of the two, or allow longer increments.",
        ),
    ],
)
def test_what_can_never_be_placed_is_refused_by_name(items: tuple[Item, ...], sentence: str) -> None:
    with pytest.raises(Refused, match=re.escape(sentence)):
        construct(Task(items, (Crew("Team", 2),), 2, 6, 60, overhead=1))


def test_a_gate_that_fits_only_in_another_order_is_not_refused() -> None:
    whole = item(0, 3, (0, 1), (1, 1), worth=1, gates=(1, 2))
    items = (whole, item(1, 4, (0, 1)), item(2, 4, (1, 1)))
    task = Task(items, (Crew("One", 1), Crew("Two", 1)), 2, 7, 60)
    assert not faults(task, construct(task))


def test_what_is_mandatory_is_placed_even_beyond_the_horizon() -> None:
    items = tuple(item(n, 4, (0, 1), worth=1) for n in range(20))
    task = Task(items, (Crew("Team", 1),), 4, 4, 12)
    assert max(construct(task).released.values()) == 80
    assert worth_of(task, construct(task)).end == -80
