"""The points of the journal that need no name: which rows they are, to the second and to the last row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from roadmapper.domain.agreement import Agreement, Side, Signature
from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.workspace.history import Noted
from roadmapper.workspace.points import own_points
from tests.domain.samples import day, full_plan, increment, look, plan_of

NOW = datetime(2027, 3, 3, 14, 5, tzinfo=UTC)
K = EntityId("k")


def rows(count: int) -> list[Noted]:
    """Return so many rows, an hour apart."""
    return [Noted(n, NOW + timedelta(hours=n), "Ada", "Edit", "edit") for n in range(1, count + 1)]


def decided(seen: int) -> Plan:
    decision = Decision(EntityId("d"), K, Answer.APPROVE, "CMO", NOW + timedelta(hours=seen), seen)
    return plan_of(increment("a", 0, 4), look("k", day(2)), decision)


@pytest.mark.parametrize(("seen", "found"), [(1, [1, 1]), (5, [1, 5]), (7, [1, 7]), (8, [1, 8]), (9, [1])])
def test_the_last_decision_is_the_picture_that_was_seen_up_to_the_last_row(seen: int, found: list[int]) -> None:
    assert [p.seq for p in own_points(decided(seen), rows(8))] == found


def test_of_two_decisions_the_later_one_is_the_last() -> None:
    plan = decided(5)
    (one,) = plan.decisions.values()
    plan = plan.with_entities([replace(one, id=EntityId("a"), seen=2, when=one.when + timedelta(hours=1))])
    assert [p.seq for p in own_points(plan, rows(8))] == [1, 2]


@pytest.mark.parametrize(
    ("seconds", "found"), [(0, [1, 5]), (-0.5, [1, 5]), (-1, [1, 5]), (-1.5, [1, 6]), (0.5, [1, 5])]
)
def test_a_signature_is_the_row_written_with_it_or_at_most_a_second_before(seconds: float, found: list[int]) -> None:
    agreement: Agreement = next(iter(full_plan().agreements.values()))
    when = NOW + timedelta(hours=5)
    signed = Signature(EntityId("s"), agreement.id, Side.CIO, "Ada", when)
    steps = rows(8)
    steps[3] = replace(steps[3], kind="decision")  # another one, an hour before
    steps[4] = replace(steps[4], kind="decision", at=when + timedelta(seconds=seconds))
    steps[5] = replace(steps[5], kind="decision")
    plan = full_plan().without([*full_plan().decisions.values(), *full_plan().signatures.values()])
    assert [p.seq for p in own_points(plan.with_entities([signed]), steps)] == found
