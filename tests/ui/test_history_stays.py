"""What is delivered or cancelled stays where it is, whatever moves beside it, and whoever looks is told so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from roadmapper.domain.consult import Kind
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.role import Role
from roadmapper.planning.grouping import Grouping
from roadmapper.workspace.edits.increments import delete_increments
from tests.ui.stage import ALT, ANSWERED, DATA, OPEN, SHOP, A, B, C, Stage, made, stage_plan
from tests.ui.test_roles import working_as

LINK = EntityId("l")
HISTORY = pytest.mark.parametrize("status", [Status.DELIVERED, Status.CANCELLED])


def finished(stage: Stage, key: EntityId, status: Status) -> None:
    """Let an increment be history, in view and selected beside B, which is held."""
    plan = stage.plan
    assert stage.window.editor.run("Over", lambda p: p.with_entities([replace(plan.increments[key], status=status)]))
    stage.look_at(B)
    stage.window.selection.set([key, B])


@HISTORY
def test_history_among_the_selected_is_left_behind_by_a_drag_and_named(stage: Stage, status: Status) -> None:
    finished(stage, A, status)
    before = stage.plan
    assert stage.canvas.with_selected(B) == [B]
    stage.drag(stage.body(B), 90)
    assert stage.plan.increments[A] == before.increments[A]
    assert stage.plan.increments[B].span.start > before.increments[B].span.start
    assert "“Title a” is delivered or cancelled: it stays where it is" in stage.notice


@HISTORY
def test_history_among_the_selected_is_left_behind_by_keys(stage: Stage, status: Status) -> None:
    finished(stage, A, status)
    before = stage.plan
    stage.key(Qt.Key.Key_Right, ALT, stage.canvas)
    assert stage.plan.increments[A] == before.increments[A]
    assert stage.plan.increments[B].span.start > before.increments[B].span.start
    assert "it stays where it is" in stage.notice
    stage.window.timeline.arranging.group_by(Grouping.TEAM)
    stage.window.selection.set([A, B])
    before = stage.plan
    stage.key(Qt.Key.Key_Up, ALT, stage.canvas)
    stage.key(Qt.Key.Key_Down, ALT, stage.canvas)
    stage.key(Qt.Key.Key_Down, ALT, stage.canvas)
    assert stage.plan.increments[A] == before.increments[A]
    assert stage.plan.increments[B] != before.increments[B]


@HISTORY
def test_the_fields_of_the_inspector_leave_history_its_days(stage: Stage, status: Status) -> None:
    finished(stage, A, status)
    deeds, before = stage.window.timeline.inspector._deeds, stage.plan
    assert deeds.set_start(date(2027, 6, 7)) and deeds.set_length(10)
    assert stage.plan.increments[A] == before.increments[A] and stage.plan.increments[B].span.days == 10
    assert "it stays where it is" in stage.notice
    stage.window.selection.set([A])
    before = stage.plan
    assert not deeds.set_start(date(2027, 6, 7)) and "its days are history" in stage.notice
    assert not deeds.set_length(3) and not deeds.set_finish(date(2027, 6, 7))
    assert stage.plan is before


def test_an_answered_consult_stays_where_it_was_asked_when_its_increment_goes_to_another_project(stage: Stage) -> None:
    stage.look_at(A)
    canvas, old = stage.canvas, stage.plan
    number = canvas.lanes.numbers[DATA]
    down = (canvas.lanes.tops[number] + 20) * stage.theme.unit + canvas.header - canvas.top - stage.body(A).y()
    at = stage.hold(stage.body(A), 1, down)
    assert canvas.refusal == "" and canvas.trial is not None
    assert any(line.what.startswith("1 answered consult stays") for line in canvas.card)
    stage.release(at)
    assert stage.plan.increments[A].project == DATA
    answered = stage.plan.checkpoints[ANSWERED]
    assert (answered.project, answered.increment, answered.day) == (SHOP, None, old.checkpoints[ANSWERED].day)
    stage.do("undo")
    assert stage.plan.checkpoints == old.checkpoints


def test_a_consult_goes_with_its_increment_day_by_day_and_back(stage: Stage) -> None:
    look = replace(stage.plan.checkpoints[OPEN], kind=Kind.MID_WAY, day=date(2027, 3, 3))
    stage.window.editor.run("Look", lambda plan: plan.with_entities([look]))
    stage.look_at(B, 12.0)
    stage.window.selection.set([B])
    stage.canvas.setFocus()
    start, seen = stage.plan.increments[B].span.start, []
    for _ in range(7):
        stage.key(Qt.Key.Key_Right, ALT, stage.canvas)
        seen.append(stage.plan.checkpoints[OPEN].day)
    moved = (stage.plan.increments[B].span.start - start).days
    assert seen[-1] - look.day == timedelta(moved) and all(each.weekday() < 5 for each in seen)
    for _ in range(7):
        stage.key(Qt.Key.Key_Left, ALT, stage.canvas)
    assert (stage.plan.increments[B].span.start, stage.plan.checkpoints[OPEN].day) == (start, look.day)


@pytest.mark.parametrize("chosen", [[B], [B, C], [OPEN], [LINK], [SHOP]])
def test_a_menu_closes_when_the_plan_changes_under_it(stage: Stage, chosen: list[EntityId]) -> None:
    stage.look_at(B)
    stage.window.selection.set(chosen)
    stage.canvas.open_menu(stage.canvas.place_of_focus())
    assert stage.canvas.open_one is not None
    stage.window.editor.run("Theirs", delete_increments, [B, C])
    assert stage.canvas.open_one is None


def test_only_whoever_plans_orders_the_lanes_and_others_are_told_why_not(empty_stage: Stage) -> None:
    arranging = made(empty_stage, stage_plan()).begin().window.timeline.arranging
    empty_stage.window.selection.set([SHOP])
    assert arranging.orderable
    arranging.group_by(Grouping.TEAM)
    assert not arranging.orderable
    before = empty_stage.plan
    arranging.move_lane_down()
    assert "group the lanes by project" in empty_stage.notice
    arranging.group_by(Grouping.PROJECT)
    working_as(empty_stage, Role.MANAGER)
    empty_stage.do("show_timeline")
    assert not arranging.orderable
    before = empty_stage.plan
    arranging.move_lane_down()
    assert "only a planner changes the plan" in empty_stage.notice and empty_stage.plan == before
