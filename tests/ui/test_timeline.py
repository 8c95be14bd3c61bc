"""The timeline under the hand: every gesture is one edit that can be undone, or none at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from roadmapper.chart.painter import HEADER
from roadmapper.domain.dates import later, monday
from roadmapper.domain.entity import EntityId
from roadmapper.storage.engine import engine_for
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.roadmap_file import open_file
from roadmapper.workspace.edits.fields import with_increment
from roadmapper.workspace.edits.increments import delete_increments
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import day, weeks
from tests.storage.files import saved
from tests.ui.bars import (
    MIDDLE,
    MONTH,
    WEEK,
    Key,
    span,
    unchanged,
)
from tests.ui.stage import (
    ALT,
    ANSWERED,
    CTRL,
    DATA,
    LATER,
    LEFT,
    NO_BUTTON,
    OPEN,
    PIN,
    SHIFT,
    TODAY,
    A,
    B,
    C,
    E,
    F,
    Stage,
    flush,
    may_be_html,
)

# Checkpoints and links


def test_an_open_checkpoint_is_dragged_to_the_day_under_the_pointer(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    point = stage.hold(stage.diamond(OPEN), 10 * MONTH)
    assert "Longest silence" in stage.card() and "First value" not in stage.card()
    stage.release(point)
    assert stage.plan.checkpoints[OPEN].day == later(day(11, 4), 10)
    assert (stage.steps, stage.window.editor.stack.undoText()) == (
        1,
        "Move the consult of “Title b” to 5\u00a0Apr\u00a02027",
    )
    assert stage.stored() == stage.plan


def test_an_answered_checkpoint_can_be_selected_but_not_dragged(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    before = stage.plan
    point = stage.hold(stage.diamond(ANSWERED), 60)
    assert stage.canvas.drag is None
    stage.release(point)
    assert unchanged(stage, before)
    assert stage.window.selection.ids == (ANSWERED,)


def test_dragging_from_behind_the_end_of_a_bar_to_another_links_them(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    point = stage.hold(stage.dot(B), (stage.body(C) - stage.dot(B)).x(), (stage.body(C) - stage.dot(B)).y())
    stage.release(point)
    assert [(k.before, k.after) for k in stage.plan.links.values() if k.id != "l"] == [(B, C)]
    assert (stage.steps, stage.window.editor.stack.undoText()) == (1, "Link to “Title c”")
    assert stage.stored() == stage.plan


def link(stage: Stage, one: EntityId, two: EntityId) -> None:
    way = stage.body(two) - stage.dot(one)
    stage.drag(stage.dot(one), way.x(), way.y())


def test_a_circle_of_links_is_refused_with_its_path(stage: Stage) -> None:
    stage.look_at(B, 2.0)
    link(stage, B, C)
    before, steps = stage.plan, stage.steps
    link(stage, C, A)
    assert stage.notice.endswith("would close a circle: “Title c” → “Title a” → “Title b” → “Title c”.")
    assert unchanged(stage, before, steps)


def test_a_link_dropped_on_nothing_or_on_itself_is_none(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    before = stage.plan
    stage.drag(stage.dot(B), 20, 120)
    stage.drag(stage.dot(B), -30, 0)
    assert unchanged(stage, before)


# Moving about


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_dragging_on_empty_moves_the_picture_and_nothing_else(stage: Stage, button: Qt.MouseButton) -> None:
    stage.look_at(F, MONTH)
    before, left = stage.plan, stage.canvas.left
    at = stage.empty(DATA, TODAY)
    stage.press(at, button)
    stage.move(at - QPointF(90, 0), button)
    stage.release(at - QPointF(90, 0), button)
    assert stage.canvas.left == left + 90
    stage.move(at)
    assert stage.canvas.left == left + 90
    assert unchanged(stage, before)


@pytest.mark.parametrize("turns", [1, -1, 5, -3])
@pytest.mark.parametrize("x", [60.0, 333.0, 700.0])
def test_ctrl_and_the_wheel_keep_the_day_under_the_pointer(stage: Stage, turns: int, x: float) -> None:
    stage.look_at(PIN, WEEK)
    point = QPointF(x, 200)
    before, width = stage.canvas.hit_at(point).day, stage.canvas.scale.day_width
    stage.wheel(point, 120 * turns, CTRL)
    assert (stage.canvas.scale.day_width > width) == (turns > 0)
    assert abs((stage.canvas.hit_at(point).day - before).days) <= 1


def test_the_wheel_scrolls_rows_and_with_shift_time(stage: Stage) -> None:
    stage.shell.resize(1200, 420)
    flush()
    stage.look_at(PIN, MONTH)
    left = stage.canvas.left
    stage.wheel(QPointF(200, 100), -60)
    assert (stage.canvas.left, stage.canvas.top) == (left, 60)
    stage.wheel(QPointF(200, 100), -120, SHIFT)
    assert (stage.canvas.left, stage.canvas.top) == (left + 120, 60)
    stage.wheel(QPointF(200, 100), 60)
    assert stage.canvas.top == 0


def test_the_dates_still_fit_the_pointer_when_the_wheel_zooms_in_mid_drag(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    grip = stage.body(C)
    held = stage.canvas.hit_at(grip).day
    offset = (held - span(stage, C).start).days
    point = stage.hold(grip, 14 * MONTH)
    stage.wheel(point, 240, CTRL)
    stage.move(point + QPointF(1, 0))
    under = stage.canvas.hit_at(point).day
    stage.release(point + QPointF(1, 0))
    assert abs((span(stage, C).start - (under - timedelta(offset))).days) <= 4


# What others do meanwhile


def test_what_keys_select_in_mid_drag_does_not_go_along(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    point = stage.hold(stage.body(C), 30)
    stage.window.selection.set([C, E, A])
    stage.move(point + QPointF(33, 0))
    stage.release(point + QPointF(33, 0))
    assert (span(stage, C), span(stage, E), span(stage, A)) == (weeks(17, 23), weeks(4, 10), weeks(0, 6))
    assert stage.stored() == stage.plan


def test_undo_in_mid_drag_takes_back_the_drag_and_no_step_before_it(stage: Stage) -> None:
    stage.window.editor.run("Change", with_increment, C, {"title": "Other"})
    stage.look_at(C, MONTH)
    point = stage.hold(stage.body(C), 60)
    stage.key(Key.Key_Z, CTRL)
    assert stage.canvas.drag is None and stage.canvas.trial is None
    stage.release(point)
    assert (stage.plan.increments[C].title, stage.steps) == ("Other", 1)
    point = stage.hold(stage.body(C), 60)
    stage.do("undo")
    assert stage.canvas.drag is None and stage.plan.increments[C].title == "Other"
    stage.release(point)
    stage.key(Key.Key_Z, CTRL)
    assert stage.plan.increments[C].title == "Title c"


def test_a_roadmap_opened_in_mid_drag_ends_the_drag(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.window.editor.run("Delete", delete_increments, [E])
    point = stage.hold(stage.body(C), 60)
    stage.do("sample")
    assert stage.canvas.drag is None and stage.canvas.trial is None
    before = stage.plan
    stage.move(point + QPointF(9, 0))
    stage.release(point)
    assert stage.plan is before and stage.steps == 0


def test_a_drop_onto_what_somebody_else_changed_is_kept_unsaved_and_leaves_no_ghost(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    point = stage.hold(stage.body(C), 60)
    engine = engine_for(stage.path)
    other = PlanRepository(engine, stage.path, "somebody else")
    theirs = saved(other, other.load(), "Theirs")
    engine.dispose()
    stage.release(point)
    assert stage.stored() == theirs and stage.plan.increments[C] != theirs.increments[C]
    assert stage.canvas.drag is None and stage.canvas.trial is None and not stage.canvas.card
    assert "1 edit of yours is kept here, not saved" in stage.banner


# Looks


def test_only_the_visible_part_is_scrolled_and_the_header_stays(stage: Stage) -> None:
    stage.shell.resize(1200, 420)
    flush()
    before = stage.canvas.viewport().grab().toImage()
    stage.canvas.verticalScrollBar().setValue(50)
    flush()
    after = stage.canvas.viewport().grab().toImage()
    head = round(HEADER * stage.theme.unit) - 2
    assert before.copy(0, 0, before.width(), head) == after.copy(0, 0, after.width(), head)
    assert before != after


def test_a_tooltip_is_never_read_as_html(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    for title in ("<b>red</b>", "&lt;b&gt;red", "<img src=x>"):
        stage.window.editor.run("Change", with_increment, C, {"title": title})
        words = tip(stage, stage.body(C))
        assert not may_be_html(words)
        assert "red" in words or "src=x" in words


def tip(stage: Stage, point: QPointF) -> str:
    viewport = stage.canvas.viewport()
    event = QHelpEvent(QEvent.Type.ToolTip, point.toPoint(), viewport.mapToGlobal(point.toPoint()))
    QApplication.sendEvent(viewport, event)
    return QToolTip.text()


def test_a_read_only_roadmap_can_be_looked_at_but_not_dragged(stage: Stage) -> None:
    before = stage.plan
    with_lock = stage.desk
    with_lock.close()
    stage.path.chmod(0o444)
    stage.path.parent.chmod(0o555)
    try:
        stage.window.editor.open(read_only_workspace(stage))
        stage.look_at(C, MONTH)
        stage.drag(stage.body(C), 60)
        stage.drag(stage.diamond(OPEN), 60)
        stage.key(Key.Key_Right, ALT)
        stage.double_click(stage.empty(LATER, day(9)))
        stage.key(Key.Key_Delete)
        assert not stage.window.actions_["rename"].isEnabled()
        assert stage.plan == before == stage.stored()
        assert stage.steps == 0
    finally:
        stage.path.parent.chmod(0o755)


def read_only_workspace(stage: Stage) -> Workspace:
    file = open_file(stage.path, "planner", stage.session.backups, read_only=True)
    return Workspace(file.plan, file.repository, read_only=True)


def test_cursors_say_what_can_be_done(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    for point, expected in (
        (stage.body(C), Qt.CursorShape.OpenHandCursor),
        (stage.start_edge(C), Qt.CursorShape.SizeHorCursor),
        (stage.end_edge(C), Qt.CursorShape.SizeHorCursor),
        (stage.dot(C), Qt.CursorShape.CrossCursor),
        (stage.empty(LATER, day(9)), Qt.CursorShape.ArrowCursor),
    ):
        stage.move(point, NO_BUTTON)
        assert stage.canvas.viewport().cursor().shape() == expected


def test_a_monday_is_where_the_picture_says_it_is(stage: Stage) -> None:
    for width in (0.5, MONTH, WEEK, 40.0):
        stage.look_at(PIN, width)
        for on in (span(stage, PIN).start, monday(TODAY), day(30, 3)):
            assert stage.canvas.hit_at(QPointF(stage.x_of(on) + width / 2, 90)).day == on
