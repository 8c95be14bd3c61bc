"""Changing what a project consists of takes along what refers to it: the order, the parts and the increments' sums."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.workspace.edits.projects import change_scope
from tests.domain.samples import increment, item, plan_of

A, B = EntityId("a"), EntityId("b")
S, T, U = (EntityId(key) for key in "stu")


def sample() -> Plan:
    return plan_of(
        increment("a", 0, 4, effort_pw=6.0, revenue_per_month=300),
        increment("b", 4, 8, effort_pw=99.0, revenue_per_month=77),
        item("s", 4.0, increment=A, revenue_per_month=100),
        item("t", 2.0, increment=A, after="s", revenue_per_month=200),
        item("u", 5.0, increment=B, after="s t"),
    )


def test_an_item_that_is_removed_is_no_longer_waited_for() -> None:
    plan = sample()
    after = change_scope(plan, [], [plan.scope_items[S]])
    assert set(after.scope_items) == {T, U}
    assert after.scope_items[T].after == ()
    assert after.scope_items[U].after == (T,)


def test_the_sums_of_an_increment_follow_its_items_and_other_increments_stay() -> None:
    plan = sample()
    item = replace(plan.scope_items[S], effort_pw=10.0, revenue_per_month=None)
    after = change_scope(plan, [item], [])
    assert (after.increments[A].effort_pw, after.increments[A].revenue_per_month) == (12.0, 200)
    assert after.increments[B] == plan.increments[B]
    assert change_scope(plan, [], [plan.scope_items[T]]).increments[A].effort_pw == 4.0


def test_a_sum_that_nobody_knows_any_more_is_unknown() -> None:
    plan = sample()
    unknown = [replace(plan.scope_items[k], effort_pw=None, revenue_per_month=None) for k in (S, T)]
    after = change_scope(plan, unknown, [])
    assert (after.increments[A].effort_pw, after.increments[A].revenue_per_month) == (None, None)


def test_what_was_typed_for_an_increment_stays_while_no_number_of_its_items_changes() -> None:
    plan = sample()
    after = change_scope(plan, [replace(plan.scope_items[U], title="Another name", revenue_per_month=50)], [])
    assert (after.increments[B].effort_pw, after.increments[B].revenue_per_month) == (99.0, 50)


def test_a_nought_that_becomes_unknown_counts_as_a_change() -> None:
    plan = plan_of(increment("a", 0, 4, effort_pw=0.0, revenue_per_month=0), item("s", 0.0, increment=A))
    after = change_scope(plan, [replace(plan.scope_items[S], effort_pw=None)], [])
    assert after.increments[A].effort_pw is None


def test_a_part_of_an_item_that_is_removed_becomes_an_item_of_its_own() -> None:
    plan = plan_of(item("s", 4.0), item("t", 2.0, part_of=S))
    after = change_scope(plan, [], [plan.scope_items[S]])
    assert after.scope_items[T].part_of is None


def test_a_circle_is_refused_with_its_path() -> None:
    plan = sample()
    with pytest.raises(Refused, match=r"in a circle: “.*” → “.*” → “.*”\."):
        change_scope(plan, [replace(plan.scope_items[S], after=(T,))], [])


def test_one_change_of_the_scope_is_one_delta_that_can_be_taken_back() -> None:
    plan = sample()
    new = item("new", 1.0, increment=None)
    after = change_scope(plan, [new, replace(plan.scope_items[T], effort_pw=7.0)], [plan.scope_items[U]])
    assert after.applying(Delta.between(plan, after).reversed()) == plan
