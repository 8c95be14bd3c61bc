"""Checkpoints are placed, moved and deleted until they are answered; placed by rule, they follow their increment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from roadmapper.domain.consult import Answer, Checkpoint, Decision, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.consults.placing import Placement, Rules, placed
from roadmapper.workspace.edits.checkpoints import (
    add_checkpoints,
    delete_checkpoint,
    move_checkpoint,
    place_checkpoints,
    put_checkpoint,
    set_cadence,
)
from roadmapper.workspace.edits.increments import move_increments, resize_increment
from tests.domain.samples import PROJECT, START, day, increment, look, plan_of

A, B = EntityId("a"), EntityId("b")
SAID = EntityId("said")
WHEN = datetime(2027, 2, 1, tzinfo=UTC)


def plan() -> Plan:
    return plan_of(
        increment("a", 0, 4),
        increment("b", 4, 12),
        Link(EntityId("l"), A, B),
        look("hand", day(2), increment=A),
        look("rule", day(5), increment=B, by_rule=True),
        look("said", day(1), increment=A, by_rule=True),
        Decision(EntityId("d"), SAID, Answer.APPROVE, "Ada", WHEN, 1),
    )


def checkpoint(plan: Plan, key: str) -> Checkpoint:
    return plan.checkpoints[EntityId(key)]


@pytest.mark.parametrize(
    "placement",
    [Placement(move=(replace(look("said", day(3)), by_rule=True),)), Placement(remove=(SAID,))],
)
def test_an_answered_checkpoint_is_never_moved_or_removed(placement: Placement) -> None:
    with pytest.raises(Refused, match="is answered"):
        place_checkpoints(plan(), PROJECT.id, placement)
    with pytest.raises(Refused, match="is answered"):
        move_checkpoint(plan(), SAID, day(3))
    with pytest.raises(Refused, match="is answered"):
        delete_checkpoint(plan(), SAID)
    with pytest.raises(Refused, match="is answered"):
        add_checkpoints(plan(), [look("new", day(3)), look("said", day(3))])


def test_a_placement_that_no_longer_fits_is_refused() -> None:
    for placement in (Placement(remove=(EntityId("gone"),)), Placement(move=(look("gone", day(3)),))):
        with pytest.raises(Refused, match="no longer there"):
            place_checkpoints(plan(), PROJECT.id, placement)
    with pytest.raises(Refused, match="another project"):
        place_checkpoints(plan(), EntityId("o"), Placement(remove=(EntityId("rule"),)))


def test_what_stood_by_rule_and_is_moved_by_hand_stays_where_the_hand_put_it() -> None:
    moved = move_checkpoint(plan(), EntityId("rule"), day(7))
    assert not checkpoint(moved, "rule").by_rule and checkpoint(moved, "rule").day == day(7)
    again = place_checkpoints(moved, PROJECT.id, placed(moved, PROJECT.id, Rules(), START))
    assert checkpoint(again, "rule").day == day(7)
    asked = put_checkpoint(plan(), replace(checkpoint(plan(), "rule"), question="Other words?"))
    assert checkpoint(asked, "rule").by_rule


def test_a_placement_is_done_whole() -> None:
    placement = placed(plan(), PROJECT.id, Rules(mid_way=False), START)
    done = place_checkpoints(plan(), PROJECT.id, placement)
    assert placement.remove == (EntityId("rule"),) and len(placement.add) == 2
    assert sorted(c.day for c in done.checkpoints.values() if c.kind is Kind.GO_LIVE) == [day(3, 4), day(11, 4)]
    assert all(c.by_rule for c in placement.add)
    assert checkpoint(done, "hand") == checkpoint(plan(), "hand")


def test_a_cadence_is_kept_with_its_project_unless_nobody_can_follow_it() -> None:
    after = set_cadence(plan(), PROJECT.id, " FREQ=MONTHLY;BYDAY=3TU ")
    assert after.projects[PROJECT.id].cadence == "FREQ=MONTHLY;BYDAY=3TU"
    assert set_cadence(after, PROJECT.id, " ").projects[PROJECT.id].cadence == ""
    for rule in ("often", "FREQ=WEEKLY;INTERVAL=0", "FREQ=MONTHLY;BYDAY=9XX"):
        with pytest.raises(Refused):
            set_cadence(plan(), PROJECT.id, rule)


def test_open_checkpoints_follow_their_increment_and_answered_ones_do_not() -> None:
    moved = move_increments(plan(), [A], 14)
    assert checkpoint(moved, "hand").day == day(4)
    assert checkpoint(moved, "said").day == day(1)
    assert moved.increments[B].span.start == day(6)
    assert checkpoint(moved, "rule").day == day(7)  # of an increment that was pushed
    assert checkpoint(moved, "rule").by_rule
    shorter = resize_increment(plan(), B, DateSpan(day(6), day(12)))
    assert checkpoint(shorter, "rule").day == day(6)
