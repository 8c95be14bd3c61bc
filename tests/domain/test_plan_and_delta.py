"""A plan never changes, and a delta leads from one plan to another and back."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import NOUNS, Entity, Plan
from roadmapper.domain.refusal import Refused
from tests.domain.samples import PROJECT, ROADMAP, TEAM, day, full_plan, increment, item, look, plan_of, weeks

STEPS: list[Callable[[Plan, int], Plan]] = [
    lambda plan, n: plan.with_entities([increment(f"i{n % 7}", n, n + 1 + n % 5)]),
    lambda plan, n: plan.with_entities([item(f"s{n % 5}", n + 1.5)]),
    lambda plan, n: plan.with_entities([look(f"c{n % 5}", day(n))]),
    lambda plan, n: plan.with_entities([replace(plan.roadmap, months=n + 1)]),
    lambda plan, n: plan.without([increment(f"i{n % 7}", 0, 1), item(f"s{n % 5}")]),
    lambda plan, n: plan,
]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """Any two plans, the second made out of the first."""
    old = plan_of()
    for step, n in draw(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 30)), max_size=12)):
        old = step(old, n)
    new = old
    for step, n in draw(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 30)), max_size=12)):
        new = step(new, n)
    return old, new


@given(pairs())
def test_a_delta_leads_from_the_old_plan_to_the_new_and_back(pair: tuple[Plan, Plan]) -> None:
    old, new = pair
    delta = Delta.between(old, new)
    assert old.applying(delta) == new
    assert new.applying(delta.reversed()) == old
    assert delta.reversed().reversed() == delta
    assert bool(delta) == (old != new)


@given(pairs())
def test_a_delta_holds_nothing_that_did_not_change(pair: tuple[Plan, Plan]) -> None:
    old, new = pair
    for change in Delta.between(old, new).changes:
        assert change.before != change.after
        assert old.table(change.table).get(change.key) == change.before
        assert new.table(change.table).get(change.key) == change.after


def test_a_delta_between_equal_plans_is_nothing() -> None:
    assert not Delta.between(full_plan(), full_plan())


def test_a_delta_that_does_not_fit_is_refused_and_nothing_of_it_is_applied() -> None:
    plan = plan_of(increment("a", 0, 4), increment("b", 4, 8))
    moved = plan.with_entities([increment("a", 1, 5), increment("b", 5, 9)])
    delta = Delta.between(plan, moved)
    meanwhile = plan.with_entities([increment("b", 4, 7)])
    with pytest.raises(Refused, match="changed meanwhile"):
        meanwhile.applying(delta)
    assert meanwhile.increments[EntityId("a")].span == weeks(0, 4)


def test_a_delta_that_adds_what_is_there_already_is_refused() -> None:
    delta = Delta.between(plan_of(), plan_of(increment("a", 0, 4)))
    with pytest.raises(Refused):
        plan_of(increment("a", 1, 4)).applying(delta)


def test_a_change_makes_a_new_plan_and_leaves_the_old_one_alone() -> None:
    plan = plan_of(increment("a", 0, 4))
    before = dict(plan.increments)
    changed = plan.with_entities([increment("a", 2, 6), increment("b", 4, 8)])
    assert plan.increments == before
    assert changed.increments.keys() == {"a", "b"}
    assert changed.projects is plan.projects  # what did not change is shared


def test_nothing_added_is_the_same_plan() -> None:
    plan = full_plan()
    assert plan.with_entities([]) is plan
    assert plan.without([]) is plan


def test_taking_away_what_is_not_there_is_passed_over() -> None:
    plan = plan_of(increment("a", 0, 4))
    assert plan.without([increment("b", 0, 1)]) == plan
    assert plan.without(plan.increments.values()) == plan_of()


def test_every_noun_has_its_table() -> None:
    plan = full_plan()
    for name, noun in NOUNS.items():
        assert plan.table(name), name
        assert all(isinstance(entity, noun) for entity in plan.table(name).values())
    assert plan.tables().keys() == NOUNS.keys()


def test_increments_stand_by_start_scope_by_position_and_checkpoints_by_day() -> None:
    plan = plan_of(
        increment("b", 4, 6),
        increment("a", 0, 9),
        increment("c", 0, 2),
        item("y", position=1),
        item("x", position=2),
        look("late", day(5)),
        look("early", day(1)),
    )
    assert [i.id for i in plan.increments_by_project[PROJECT.id]] == ["c", "a", "b"]
    assert [i.id for i in plan.scope_by_project[PROJECT.id]] == ["y", "x"]
    assert [c.id for c in plan.checkpoints_by_project[PROJECT.id]] == ["early", "late"]


def test_of_two_decisions_the_later_one_holds() -> None:
    plan = full_plan()
    first = plan.decisions[EntityId("d")]
    second = replace(first, id=EntityId("a"), when=first.when + timedelta(hours=1), comment="No, after all.")
    assert plan.with_entities([second]).latest_decisions[first.checkpoint] == second


def test_the_part_of_a_plan_that_belongs_to_a_project_holds_all_of_it_and_no_more() -> None:
    plan = full_plan()
    part = plan.only([EntityId("p")])
    assert part.projects.keys() == {"p"}
    assert (part.increments, part.scope_items, part.checkpoints) == (
        plan.increments,
        plan.scope_items,
        plan.checkpoints,
    )
    assert part.links == plan.links
    assert not plan.only([EntityId("q")]).increments
    assert not plan.only([EntityId("q")]).links


def test_a_plan_has_exactly_one_frame() -> None:
    assert plan_of().roadmap == ROADMAP
    with pytest.raises(ValueError):
        _ = Plan({}).roadmap


@given(pairs(), pairs())
def test_deltas_add_up(one: tuple[Plan, Plan], two: tuple[Plan, Plan]) -> None:
    plans: list[Plan] = [*one, *two]
    plan = plans[0]
    taken: list[Delta[Entity]] = []
    for following in plans[1:]:
        taken.append(Delta.between(plan, following))
        plan = plan.applying(taken[-1])
    for delta in reversed(taken):
        plan = plan.applying(delta.reversed())
    assert plan == plans[0]


DERIVED = (
    "increments_by_project", "links_by_increment", "scope_by_project", "scope_by_increment", "days_off_by_team",
    "checkpoints_by_project", "projects_in_order", "criteria_in_order", "latest_decisions",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_what_a_plan_takes_over_from_the_one_before_is_what_it_would_find_itself(seed: int) -> None:
    chance = random.Random(seed)
    other = replace(PROJECT, id=EntityId("other"), position=1)
    plan = Plan.of(ROADMAP, TEAM, PROJECT, other)
    for step in range(60):
        for name in chance.sample(DERIVED, 4):
            getattr(plan, name)
        key, project = f"n{chance.randrange(12)}", chance.choice([PROJECT.id, other.id])
        start = chance.randrange(40)
        made: list[Entity] = [
            increment(key, start, start + 1 + chance.randrange(9), project=project),
            look(f"c{key}", day(chance.randrange(40), 0), project=project),
            item(f"s{key}", increment=chance.choice([None, EntityId(key)])),
            Link(EntityId(f"l{step}"), EntityId(key), EntityId("n99")),
            replace(other, position=chance.randrange(3)),
        ]
        if chance.random() < 0.3:
            gone: list[Entity] = [*plan.increments.values(), *plan.checkpoints.values(), *plan.links.values()]
            plan = plan.without(chance.sample(gone, min(len(gone), 3)))
        else:
            plan = plan.with_entities(chance.sample(made, 2))
        fresh = replace(plan)
        for name in DERIVED:
            assert getattr(plan, name) == getattr(fresh, name), (step, name)
