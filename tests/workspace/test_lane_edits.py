"""An increment goes into another lane with all that belongs to it, or is refused with a sentence; dates stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.domain.refusal import Refused
from roadmapper.planning.grouping import EVERYTHING, NO_TEAM, STATUS_KEYS, Grouping
from roadmapper.workspace.edits.lanes import change_lane, lane_label, place_project
from roadmapper.workspace.lasting import against
from tests.domain.samples import PROJECT, TEAM, day, increment, item, look, plan_of, weeks

A, B, Q = EntityId("a"), EntityId("b"), EntityId("q")
DATA = Team(EntityId("dt"), "Data people", 3)


def sample() -> Plan:
    return plan_of(
        DATA,
        Project(Q, "Data", weeks(0, 60), position=1),
        increment("a", 0, 4, team=TEAM.id),
        increment("b", 4, 8),
        increment("done", 0, 2, status=Status.DELIVERED),
        Link(EntityId("l"), A, B),
        look("k", day(3), increment=A),
        look("free", day(5)),
        item("s", increment=A),
        item("t", increment=B, after="s"),
        item("u", increment=EntityId("done")),
        item("there", project=Q, position=7),
    )


def changed(old: Plan, new: Plan) -> set[str]:
    return {str(change.key) for change in Delta.between(old, new).changes}


def test_an_increment_takes_its_consults_and_its_scope_into_another_project() -> None:
    plan = sample().without([sample().scope_items[EntityId("t")]])
    after = change_lane(plan, [A], Q, Grouping.PROJECT)
    assert changed(plan, after) == {"a", "k", "s"}
    assert after.increments[A] == replace(plan.increments[A], project=Q)
    assert (after.checkpoints[EntityId("k")].project, after.scope_items[EntityId("s")].project) == (Q, Q)
    assert [i.id for i in after.scope_by_project[Q]] == ["there", "s"]
    assert after.increments[A].span == plan.increments[A].span and after.links == plan.links


def test_what_was_answered_stays_with_the_project_about_which_it_was_asked() -> None:
    said = Decision(EntityId("d"), EntityId("k"), Answer.APPROVE, "CMO", datetime(2027, 2, 12, tzinfo=UTC), 1)
    plan = sample().without([sample().scope_items[EntityId("t")]]).with_entities([said])
    plan = plan.with_entities([look("open", day(3), increment=A)])
    after = change_lane(plan, [A], Q, Grouping.PROJECT)
    assert after.checkpoints[EntityId("k")] == replace(plan.checkpoints[EntityId("k")], increment=None)
    assert (after.checkpoints[EntityId("open")].project, after.checkpoints[EntityId("open")].increment) == (Q, A)
    assert against(plan, after, Delta.between(plan, after)) == ""


def test_what_is_history_among_several_stays_in_its_lane() -> None:
    plan = sample()
    ids = [EntityId("done"), A, B]
    for lane, grouping in ((Q, Grouping.PROJECT), (STATUS_KEYS[Status.HELD], Grouping.STATUS)):
        after = change_lane(plan, ids, lane, grouping)
        assert after.increments[EntityId("done")] == plan.increments[EntityId("done")]
        assert after.increments[A] != plan.increments[A]


def test_scope_that_the_rest_of_the_project_needs_stays_and_says_who_needs_it() -> None:
    plan = sample()
    with pytest.raises(Refused, match="“Title a” delivers “Item s”, which “Item t” comes after"):
        change_lane(plan, [A], Q, Grouping.PROJECT)
    with pytest.raises(Refused, match="“Title b” delivers “Item t”, which comes after “Item s”"):
        change_lane(plan, [B], Q, Grouping.PROJECT)
    both = change_lane(plan, [A, B], Q, Grouping.PROJECT)
    assert {i.project for k, i in both.increments.items() if k in (A, B)} == {Q}
    assert [i.id for i in both.scope_by_project[Q]] == ["there", "s", "t"]


def test_parts_of_one_item_go_together_or_not_at_all() -> None:
    plan = plan_of(
        Project(Q, "Data", weeks(0, 60)),
        increment("a", 0, 4),
        increment("b", 4, 8),
        item("whole", increment=B),
        item("part", increment=A, part_of=EntityId("whole")),
    )
    for key, names in ((A, "“Item part”, a part of the same as “Item whole”"), (B, "“Item whole”")):
        with pytest.raises(Refused, match=names):
            change_lane(plan, [key], Q, Grouping.PROJECT)
    assert len(change_lane(plan, [A, B], Q, Grouping.PROJECT).scope_by_project[Q]) == 2


def test_what_is_delivered_stays_where_it_was_built() -> None:
    with pytest.raises(Refused, match="“Title done” is delivered"):
        change_lane(sample(), [EntityId("done")], Q, Grouping.PROJECT)
    with pytest.raises(Refused, match="is delivered: that is history"):
        change_lane(sample(), [EntityId("done")], STATUS_KEYS[Status.HELD], Grouping.STATUS)


def test_a_lane_of_a_team_gives_the_increment_to_that_team() -> None:
    plan = sample()
    after = change_lane(plan, [A, B], DATA.id, Grouping.TEAM)
    assert changed(plan, after) == {"a", "b"} and {after.increments[k].team for k in (A, B)} == {DATA.id}
    with pytest.raises(Refused, match="“Title a” is built by the team of “Shop”"):
        change_lane(plan, [A], NO_TEAM, Grouping.TEAM)
    loose = replace(plan.increments[A], id=EntityId("x"), project=Q, team=DATA.id)
    assert (
        change_lane(plan.with_entities([loose]), [loose.id], NO_TEAM, Grouping.TEAM).increments[loose.id].team is None
    )


@pytest.mark.parametrize("status", [Status.PLANNED, Status.RUNNING, Status.HELD, Status.CANCELLED])
def test_a_lane_of_a_status_gives_that_status(status: Status) -> None:
    after = change_lane(sample(), [A], STATUS_KEYS[status], Grouping.STATUS)
    assert after.increments[A].status is status
    assert after.increments[A] == replace(sample().increments[A], status=status)


def test_nothing_is_delivered_by_moving_it() -> None:
    with pytest.raises(Refused, match="is delivered once somebody says so"):
        change_lane(sample(), [A], STATUS_KEYS[Status.DELIVERED], Grouping.STATUS)


@pytest.mark.parametrize(
    ("lane", "grouping"),
    [
        (PROJECT.id, Grouping.PROJECT),
        (TEAM.id, Grouping.TEAM),
        (STATUS_KEYS[Status.PLANNED], Grouping.STATUS),
        (EVERYTHING, Grouping.NONE),
    ],
)
def test_into_its_own_lane_nothing_changes(lane: EntityId, grouping: Grouping) -> None:
    plan = sample()
    assert not Delta.between(plan, change_lane(plan, [A, B], lane, grouping))


def test_a_lane_that_is_gone_is_refused() -> None:
    with pytest.raises(Refused, match="no longer there"):
        change_lane(sample(), [A], EntityId("gone"), Grouping.PROJECT)


def test_the_step_says_what_goes_where() -> None:
    plan = sample()
    assert lane_label(plan, [A], Q, Grouping.PROJECT) == "Move “Title a” to “Data”"
    assert lane_label(plan, [A, B], STATUS_KEYS[Status.HELD], Grouping.STATUS) == "Move 2 increments to “Held”"


def order(plan: Plan) -> str:
    return "".join(project.id for project in plan.projects_in_order)


def test_a_project_is_put_above_another_or_below_all_and_nothing_else_changes() -> None:
    projects = [Project(EntityId(k), k.upper(), weeks(0, 9), position=n) for n, k in enumerate("abcd")]
    plan = Plan.of(plan_of().roadmap, *projects, increment("i", 0, 4, project=A))
    assert order(place_project(plan, EntityId("d"), A)) == "dabc"
    assert order(place_project(plan, A, EntityId("d"))) == "bcad"
    assert order(place_project(plan, B, None)) == "acdb"
    assert changed(plan, place_project(plan, EntityId("c"), B)) == {"b", "c"}
    assert not changed(plan, place_project(plan, B, EntityId("c")))


def test_projects_that_share_a_position_are_put_in_order_all_the_same() -> None:
    plan = Plan.of(plan_of().roadmap, *(Project(EntityId(k), k.upper(), weeks(0, 9)) for k in "abc"))
    assert order(place_project(plan, EntityId("c"), A)) == "cab"
