"""Edits of several at once: all or none, and each does what it does to one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.workspace.edits.several import (
    shift_checkpoints,
    with_checkpoints,
    with_increments,
    with_lags,
    with_lengths,
)
from tests.domain.samples import PROJECT, ROADMAP, TEAM, day, increment, look

A, B, C = (EntityId(key) for key in "abc")
ANSWERED, OPEN, K3 = (EntityId(key) for key in ("k1", "k2", "k3"))
PLAN = Plan.of(
    ROADMAP, TEAM, PROJECT,
    increment("a", 0, 6), increment("b", 6, 12), increment("c", 14, 20),
    Link(EntityId("l"), A, B),
    look("k1", day(5, 4), increment=A), look("k2", day(11, 4), increment=B), look("k3", day(17, 4), increment=C),
    Decision(EntityId("d"), ANSWERED, Answer.APPROVE, "CMO", datetime(2027, 2, 12, 9, tzinfo=UTC), 1),
)  # fmt: skip


@given(st.sets(st.sampled_from(sorted(PLAN.increments))), st.integers(1, 200), st.booleans())
def test_each_takes_the_length_that_all_are_given(ids: set[EntityId], days: int, push: bool) -> None:
    plan = with_lengths(PLAN, ids, days, push=push)
    for key, each in plan.increments.items():
        if key in ids:
            assert each.span.days == days
        elif not push:
            assert each == PLAN.increments[key]
    starts = {k: (plan.increments[k].span.start, PLAN.increments[k].span.start) for k in ids}
    assert push or all(now == then for now, then in starts.values())


def test_an_answered_checkpoint_among_several_is_refused_and_none_is_moved() -> None:
    with pytest.raises(Refused, match="answered"):
        shift_checkpoints(PLAN, [OPEN, ANSWERED], 7)
    with pytest.raises(Refused, match="answered"):
        with_checkpoints(PLAN, [OPEN, ANSWERED], {"question": "Why?"})


def test_what_is_given_to_several_is_given_to_no_other() -> None:
    plan: Plan = with_increments(PLAN, [A, C], {"confidence": 33})
    assert {k for k, i in plan.increments.items() if i.confidence == 33} == {A, C}
    assert plan.increments[B] is PLAN.increments[B]
    moved = shift_checkpoints(PLAN, [OPEN, K3], 7)
    assert [moved.checkpoints[k].day - PLAN.checkpoints[k].day for k in (OPEN, K3)] == [timedelta(7)] * 2
    assert {link.lag_days for link in with_lags(PLAN, PLAN.links, 5).links.values()} == {5}
    with pytest.raises(Refused, match="lag"):
        with_lags(PLAN, PLAN.links, 4_000)
