"""Each edit changes what it says, takes along what belongs to it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from roadmapper.domain.consult import Answer, Checkpoint, Decision, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import gaps
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.workspace.edits.checkpoints import delete_checkpoint, move_checkpoint, put_checkpoint
from roadmapper.workspace.edits.fields import add_consult, finish_on, start_on, with_checkpoint, with_increment
from roadmapper.workspace.edits.increments import (
    add_increment,
    change_increment,
    delete_increments,
    move_increments,
    resize_increment,
)
from roadmapper.workspace.edits.links import add_link, change_lag, delete_links
from roadmapper.workspace.edits.projects import delete_project, next_place, put_project, put_scope_item
from roadmapper.workspace.edits.roadmaps import change_roadmap, put_all
from tests.domain.samples import PROJECT, ROADMAP, TEAM, day, increment, item, look, plan_of, weeks

A, B = EntityId("a"), EntityId("b")
AB = Link(EntityId("l"), A, B)


def consult(key: str, at: date, about: str = "a", kind: Kind = Kind.MID_WAY) -> Checkpoint:
    return look(key, at, increment=EntityId(about), kind=kind)


def answered(key: str) -> Decision:
    return Decision(EntityId(f"d-{key}"), EntityId(key), Answer.APPROVE, "CMO", datetime(2027, 2, 1, tzinfo=UTC), 1)


def sample() -> Plan:
    return plan_of(
        increment("a", 0, 4),
        increment("b", 4, 8),
        AB,
        item("s", increment=A),
        item("t", increment=B),
        consult("mid", day(2)),
        consult("live", day(3, 4), kind=Kind.GO_LIVE),
        consult("done", day(1)),
        answered("done"),
        look("free", day(6)),
    )


def days(plan: Plan) -> dict[str, date]:
    return {k: c.day for k, c in plan.checkpoints.items()}


def test_an_increment_is_added_and_nothing_else() -> None:
    plan = add_increment(sample(), increment("c", 8, 9))
    assert plan == sample().with_entities([increment("c", 8, 9)])


def test_a_moved_increment_keeps_its_length_and_takes_its_open_consults_along() -> None:
    plan = move_increments(sample(), [A], 7, push=False)
    assert plan.increments[A].span == weeks(1, 5)
    assert plan.increments[B] == sample().increments[B]
    moved = {"mid": day(3), "live": day(4, 4), "done": day(1), "free": day(6)}
    assert days(plan) == moved


def test_several_increments_move_together() -> None:
    plan = move_increments(sample(), [A, B], -3)
    assert [plan.increments[k].span.start for k in (A, B)] == [day(0) - timedelta(3), day(4) - timedelta(3)]


def test_a_move_beyond_the_years_of_a_plan_is_refused() -> None:
    with pytest.raises(Refused, match="1900 to 2200"):
        move_increments(sample(), [A], 500_000)


def test_the_decision_to_go_live_follows_a_new_finish_and_a_look_stays_inside() -> None:
    longer = resize_increment(sample(), A, weeks(0, 6))
    assert days(longer) == {"mid": day(2), "live": day(5, 4), "done": day(1), "free": day(6)}
    shorter = resize_increment(sample(), A, weeks(0, 1))
    assert days(shorter) == {"mid": day(0, 4), "live": day(0, 4), "done": day(1), "free": day(6)}


def test_a_changed_increment_is_put_in_place() -> None:
    changed = replace(sample().increments[A], title="Other", status=Status.RUNNING, effort_pw=3.5)
    assert change_increment(sample(), changed) == sample().with_entities([changed])


def test_a_deleted_increment_takes_links_and_open_consults_along_and_gives_its_scope_back() -> None:
    plan = delete_increments(sample(), [A])
    assert plan.increments.keys() == {"b"}
    assert plan.links == {}
    assert plan.checkpoints.keys() == {"done", "free"}
    assert plan.checkpoints[EntityId("done")].increment is None
    assert (plan.scope_items[EntityId("s")].increment, plan.scope_items[EntityId("t")].increment) == (None, B)
    assert plan.decisions == sample().decisions


def test_links_go_with_either_of_their_ends() -> None:
    assert delete_increments(sample(), [B]).links == {}


def test_all_increments_can_be_deleted_at_once() -> None:
    plan = delete_increments(sample(), [A, B])
    assert not plan.increments and not plan.links
    assert all(s.increment is None for s in plan.scope_items.values())


def test_links_are_added_and_deleted() -> None:
    without = delete_links(sample(), [AB.id])
    assert without.links == {}
    assert add_link(without, AB) == sample()


@pytest.mark.parametrize("pair", [("a", "b"), ("b", "a")])
def test_a_link_twice_or_in_a_circle_is_refused(pair: tuple[str, str]) -> None:
    link = Link(EntityId("new"), EntityId(pair[0]), EntityId(pair[1]))
    with pytest.raises(Refused, match=r"linked already|circle"):
        add_link(sample(), link)


def test_a_circle_of_links_is_refused_with_its_path() -> None:
    plan = add_link(sample().with_entities([increment("c", 8, 9)]), Link(EntityId("m"), B, EntityId("c")))
    with pytest.raises(Refused, match="circle") as refused:
        add_link(plan, Link(EntityId("n"), EntityId("c"), A))
    path = str(refused.value).split(": ")[1].rstrip(".").split(" → ")
    assert path[0] == path[-1]
    around = ["“Title a”", "“Title b”", "“Title c”"] * 2
    assert any(path == around[n : n + 4] for n in range(3))


def test_open_checkpoints_are_put_moved_and_deleted() -> None:
    plan = put_checkpoint(sample(), look("new", day(7), question="Well?"))
    assert plan.checkpoints[EntityId("new")].question == "Well?"
    assert days(move_checkpoint(plan, EntityId("new"), day(5)))["new"] == day(5)
    assert delete_checkpoint(plan, EntityId("new")) == sample()


@pytest.mark.parametrize(
    "edit",
    [
        lambda plan: put_checkpoint(plan, look("done", day(9))),
        lambda plan: move_checkpoint(plan, EntityId("done"), day(9)),
        lambda plan: delete_checkpoint(plan, EntityId("done")),
        lambda plan: with_checkpoint(plan, EntityId("done"), {"question": "Other"}),
    ],
)
def test_an_answered_checkpoint_stays_what_the_cmo_saw(edit: Callable[[Plan], Plan]) -> None:
    with pytest.raises(Refused, match="answered"):
        edit(sample())


def test_a_project_is_put_with_its_team_and_below_the_others() -> None:
    assert next_place(plan_of()) == 1
    assert next_place(Plan.of(ROADMAP)) == 0
    team = Team(EntityId("new"), "New", 2)
    project = replace(PROJECT, id=EntityId("q"), team=team.id, position=1)
    plan = put_project(plan_of(), project, team)
    assert (plan.projects[project.id], plan.teams[team.id]) == (project, team)
    assert put_project(plan, replace(project, title="Other")).teams == plan.teams
    assert next_place(plan) == 2
    assert put_scope_item(plan, item("s")).scope_items[EntityId("s")] == item("s")


def test_a_deleted_project_takes_all_that_belongs_to_it_along() -> None:
    other = replace(PROJECT, id=EntityId("q"))
    theirs: list[Any] = [other, increment("x", 0, 1, project=other.id), item("y", project=other.id)]
    undecided = sample().without([*sample().decisions.values()]).with_entities(theirs)
    assert delete_project(undecided, PROJECT.id) == Plan.of(ROADMAP, TEAM, *theirs)


def test_a_project_that_the_cmo_decided_about_is_not_deleted() -> None:
    with pytest.raises(Refused, match="never deleted"):
        delete_project(sample(), PROJECT.id)


def test_the_frame_is_replaced_and_many_nouns_are_put_at_once() -> None:
    assert change_roadmap(sample(), replace(ROADMAP, months=6)).roadmap.months == 6
    assert put_all(plan_of(), [increment("a", 0, 4), item("s")]) == plan_of(increment("a", 0, 4), item("s"))


def test_single_fields_are_given_other_values() -> None:
    assert with_increment(sample(), A, {"title": "Other"}).increments[A].title == "Other"
    assert with_checkpoint(sample(), EntityId("mid"), {"day": day(1)}).checkpoints[EntityId("mid")].day == day(1)
    assert finish_on(sample(), A, day(5, 6)).increments[A].span == weeks(0, 6)
    assert start_on(sample(), A, day(2)).increments[A].span == weeks(2, 6)
    assert start_on(sample(), A, day(9)).increments[A].span == weeks(9, 13)
    with pytest.raises(Refused, match="before the start"):
        finish_on(sample(), A, day(0) - timedelta(1))


def test_a_gap_is_mended_by_the_consults_it_lacks() -> None:
    plan = plan_of(increment("a", 0, 20))
    (gap,) = gaps(plan, PROJECT.id)
    mended = add_consult(plan, PROJECT.id, gap)
    assert gaps(mended, PROJECT.id) == []
    assert len(mended.checkpoints) == 3
    assert all(c.increment == A and c.day.weekday() < 5 for c in mended.checkpoints.values())
    with pytest.raises(Refused, match="no gap"):
        add_consult(plan, PROJECT.id, DateSpan(day(0), day(6)))


def test_a_link_closes_no_circle_because_of_another_one_that_is_there() -> None:
    plan = sample().with_entities([Link(EntityId("ba"), B, A), increment("c", 8, 9)])
    assert add_link(plan, Link(EntityId("n"), B, EntityId("c"))).links[EntityId("n")].after == "c"


def test_the_lag_of_a_link_can_be_changed_within_ten_years() -> None:
    assert change_lag(sample(), AB.id, 5).links[AB.id].lag_days == 5
    with pytest.raises(Refused, match="lag"):
        change_lag(sample(), AB.id, 5_000)


def test_a_consult_at_the_end_stays_on_the_last_working_day_and_by_rule() -> None:
    rule = replace(look("live", day(3, 4), increment=A, kind=Kind.GO_LIVE), by_rule=True)
    plan = plan_of(increment("a", 0, 4), rule)
    moved = move_increments(plan, [A], 3).checkpoints[EntityId("live")]
    assert (moved.day, moved.by_rule) == (day(4, 2), True)  # the last day is a Wednesday then
    longer = resize_increment(plan, A, DateSpan(day(0), day(6, 2))).checkpoints[EntityId("live")]
    assert longer.day == day(6, 1)


def test_a_consult_inside_lands_on_a_working_day_inside() -> None:
    plan = plan_of(increment("a", 0, 4), look("mid", day(1, 3), increment=A))
    calendar = WorkingCalendar()
    for days_ in range(-20, 20):
        moved = move_increments(plan, [A], days_)
        asked, span = moved.checkpoints[EntityId("mid")].day, moved.increments[A].span
        assert asked.weekday() < 5 and span.start <= asked <= span.finish
        assert calendar.worked_between(span.start, asked) == 8
        assert abs((day(1, 3) + timedelta(days_) - asked).days) <= 2
