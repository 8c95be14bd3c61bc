"""The timeline under the hand: lanes, axes, edges and rubber band, with mouse and keys."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.grouping import STATUS_KEYS, Grouping
from roadmapper.workspace.edits.fields import with_increment
from roadmapper.workspace.edits.links import add_link
from tests.domain.samples import day, weeks
from tests.ui.bars import (
    MONTH,
    WEEK,
    Key,
    drag_of,
    group,
    lane_middle,
    quiet,
    span,
)
from tests.ui.stage import ALT, CTRL, DATA, LATER, OPEN, PIN, SHIFT, SHOP, A, B, C, E, Stage

# Lanes


def test_a_bar_dragged_into_another_lane_comes_into_that_project_as_was_shown(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    before = stage.plan
    at = stage.body(C)
    point = stage.hold(at, 14 * MONTH, lane_middle(stage, DATA) - at.y())
    assert stage.card()["Into"] == "Customer data"
    trial = stage.canvas.trial
    assert trial is not None and trial.increments[C].project == DATA and stage.plan is before
    promised = {p: figures_of(trial, p) for p in (SHOP, DATA)}
    stage.release(point)
    assert (stage.plan.increments[C].project, span(stage, C)) == (DATA, weeks(16, 22))
    assert promised == {p: figures_of(stage.plan, p) for p in (SHOP, DATA)}
    assert stage.plan.checkpoints[EntityId("k3")].project == DATA
    assert stage.window.editor.stack.undoText() == "Move “Title c” to “Customer data”"
    assert stage.stored() == stage.plan
    stage.do("undo")
    assert stage.plan == before == stage.stored()


def test_a_lane_where_a_bar_cannot_go_says_why_before_the_drop_and_the_drop_does_nothing(stage: Stage) -> None:
    group(stage, Grouping.STATUS)
    stage.look_at(B, MONTH)
    before, at = stage.plan, stage.body(B)
    point = stage.hold(at, 0, lane_middle(stage, STATUS_KEYS[Status.DELIVERED]) - at.y())
    said = " ".join(line.what for line in stage.canvas.card if line.mood == "bad" and not line.value)
    assert "“Title b” is delivered once somebody says so" in said
    stage.release(point)
    assert quiet(stage, before) and said == stage.notice


def test_by_status_and_by_team_a_drag_gives_another_status_or_team(stage: Stage) -> None:
    group(stage, Grouping.STATUS)
    stage.look_at(B, MONTH)
    at = stage.body(B)
    stage.drag(at, 0, lane_middle(stage, STATUS_KEYS[Status.HELD]) - at.y())
    assert (stage.plan.increments[B].status, span(stage, B)) == (Status.HELD, weeks(6, 12))
    group(stage, Grouping.TEAM)
    stage.look_at(C, MONTH)
    at = stage.body(C)
    stage.drag(at, 0, lane_middle(stage, EntityId("dt")) - at.y())
    assert (stage.plan.increments[C].team, stage.plan.increments[C].project) == ("dt", SHOP)
    assert stage.stored() == stage.plan


def test_alt_and_up_or_down_put_the_selected_bars_into_the_next_lane(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.window.selection.set([B, C])
    stage.canvas.setFocus()
    stage.key(Key.Key_Down, ALT)
    assert {stage.plan.increments[k].project for k in (B, C)} == {DATA}
    assert (stage.steps, stage.window.selection.focused) == (1, C)
    stage.key(Key.Key_Down, ALT)
    stage.key(Key.Key_Down, ALT)
    assert stage.plan.increments[C].project == LATER
    stage.key(Key.Key_Up, ALT)
    stage.key(Key.Key_Up, ALT)
    stage.key(Key.Key_Up, ALT)
    assert stage.plan.increments[C].project == SHOP
    assert stage.stored() == stage.plan


# Axes, snapping, pushing


def test_shift_keeps_a_drag_to_the_axis_of_the_larger_movement(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    at = stage.body(C)
    down = lane_middle(stage, DATA) - at.y()
    point = stage.hold(at, down + 30, down, SHIFT)
    assert drag_of(stage).lane is None and drag_of(stage).days
    stage.move(at + QPointF(40, down), keys=SHIFT)
    assert (drag_of(stage).lane, drag_of(stage).days) == (DATA, 0)
    QTest.keyRelease(stage.canvas, Key.Key_Shift)
    assert drag_of(stage).days
    stage.key(Key.Key_Escape)
    stage.release(point)


def test_n_turns_snapping_off_until_the_drop_and_day_precision_for_good(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    point = stage.hold(stage.body(C), 9 * MONTH)
    assert stage.canvas.drag is not None and stage.canvas.drag.days == 7
    stage.key(Key.Key_N)
    assert stage.canvas.drag.days == 9
    stage.release(point)
    assert span(stage, C).start == day(14) + timedelta(9)
    stage.do("undo")
    stage.drag(stage.body(C), 9 * MONTH)
    assert span(stage, C).start == day(15)
    stage.do("undo")
    stage.do("precise")
    assert stage.settings.flag("precise", otherwise=False)
    point = stage.hold(stage.body(C), 9 * MONTH)
    assert stage.canvas.drag is not None and stage.canvas.drag.days == 9
    stage.key(Key.Key_N)
    assert stage.canvas.drag.days == 7
    stage.key(Key.Key_Escape)
    stage.window.selection.set([C])
    stage.key(Key.Key_Right, ALT)
    assert span(stage, C).start == day(14, 1)
    stage.do("precise")


def test_alt_pressed_and_let_go_in_mid_drag_counts_at_once_and_leaves_the_focus(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    point = stage.hold(stage.body(C), 9 * MONTH)
    QTest.keyPress(stage.canvas, Key.Key_Alt)
    assert stage.canvas.drag is not None and stage.canvas.drag.days == 9
    QTest.keyRelease(stage.canvas, Key.Key_Alt)
    assert stage.canvas.drag is not None and stage.canvas.drag.days == 7
    stage.key(Key.Key_Escape)
    stage.release(point)


def test_p_in_mid_drag_changes_whether_it_pushes_and_the_card_says_so(stage: Stage) -> None:
    stage.window.editor.run("Link", add_link, Link(EntityId("bc"), B, C))
    stage.look_at(B, MONTH)
    point = stage.hold(stage.body(B), 9 * 7 * MONTH)
    assert "Pushes" in stage.card() and any("pushing is on" in what for what in stage.card())
    stage.key(Key.Key_P)
    assert "Pushes" not in stage.card() and any("pushing is off" in what for what in stage.card())
    assert stage.card()["Title c"].endswith("too early")
    stage.release(point)
    assert span(stage, C) == weeks(14, 20) and not stage.settings.flag("push", otherwise=True)
    stage.do("push")


# Edges


def test_the_view_scrolls_by_itself_while_a_drag_rests_at_its_edge(stage: Stage, qtbot: QtBot) -> None:
    stage.look_at(C, WEEK)
    left, size = stage.canvas.left, stage.canvas.viewport().size()
    at = stage.body(C)
    point = stage.hold(at, size.width() - 5 - at.x())
    qtbot.waitUntil(lambda: stage.canvas.left > left + 100, timeout=60_000)
    days = stage.canvas.drag.days if stage.canvas.drag is not None else 0
    qtbot.waitUntil(lambda: stage.canvas.drag is not None and stage.canvas.drag.days > days, timeout=60_000)
    stage.move(QPointF(5, at.y()))
    far = stage.canvas.left
    qtbot.waitUntil(lambda: stage.canvas.left < far - 100, timeout=60_000)
    stage.key(Key.Key_Escape)
    still = stage.canvas.left
    QTest.qWait(100)
    assert stage.canvas.left == still
    stage.release(point)


def test_the_view_scrolls_rows_by_itself_in_both_directions(stage: Stage, qtbot: QtBot) -> None:
    stage.shell.resize(1200, 560)
    QApplication.processEvents()
    stage.look_at(C, MONTH)
    assert stage.canvas.verticalScrollBar().maximum() > 40
    at, height = stage.body(C), stage.canvas.viewport().height()
    stage.hold(at, 30, height - 4 - at.y())
    bar = stage.canvas.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=60_000)
    stage.move(QPointF(at.x() + 30, stage.canvas.header + 2))
    qtbot.waitUntil(lambda: bar.value() == 0, timeout=60_000)
    stage.key(Key.Key_Escape)


def test_a_drag_goes_on_a_little_beyond_all_that_could_be_scrolled_to(stage: Stage, qtbot: QtBot) -> None:
    stage.look_at(C, WEEK)
    bar, width = stage.canvas.horizontalScrollBar(), stage.canvas.viewport().width()
    stage.window.editor.run("Plan", with_increment, A, {"status": Status.PLANNED})
    bar.setValue(0)
    last, at = bar.maximum(), stage.body(A)
    point = stage.hold(at, 4 - at.x())
    qtbot.waitUntil(lambda: stage.canvas.left <= -width // 2, timeout=60_000)
    assert bar.minimum() == -(width // 2) and stage.canvas.scale.day(stage.canvas.left) < stage.plan.roadmap.start
    assert "Before the roadmap starts" in stage.card()
    stage.key(Key.Key_Escape)
    stage.release(point)
    assert bar.maximum() == last


@pytest.mark.parametrize("far", [QPointF(-300, 0), QPointF(0, 400), QPointF(2000, 0), QPointF(-300, 700)])
@pytest.mark.parametrize("part", ["body", "end_edge", "diamond", "dot"])
def test_let_go_outside_the_timeline_a_drag_is_taken_back_with_a_word(stage: Stage, far: QPointF, part: str) -> None:
    stage.look_at(B, MONTH)
    before, left, size = stage.plan, stage.canvas.left, stage.canvas.viewport().size()
    point = stage.hold(getattr(stage, part)(OPEN if part == "diamond" else B), 30)
    out = QPointF(far.x() if far.x() <= 0 else size.width() + far.x(), point.y() + (size.height() if far.y() else 0))
    out = out if far.x() else QPointF(point.x(), size.height() + far.y())
    stage.move(out)
    stage.canvas._scroll_on()
    assert stage.canvas.left == left and "nothing is changed" in " ".join(stage.card())
    assert stage.canvas.trial is None and stage.canvas.drag is not None
    stage.release(out)
    assert quiet(stage, before) and "outside the timeline" in stage.notice and not stage.steps


def test_a_drag_that_comes_back_into_the_timeline_goes_on(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    at = stage.body(C)
    stage.hold(at, 14 * MONTH)
    stage.move(QPointF(-200, at.y()))
    assert drag_of(stage).days == 0
    stage.move(at + QPointF(7 * MONTH, 0))
    stage.release(at + QPointF(7 * MONTH, 0))
    assert span(stage, C) == weeks(15, 21)


def test_the_card_says_in_red_what_lies_beyond_the_horizon_or_before_the_start(stage: Stage) -> None:
    stage.look_at(PIN, 0.8)
    at, roadmap = stage.body(PIN), stage.plan.roadmap
    stage.hold(at, ((roadmap.horizon - span(stage, PIN).start).days - 10) * 0.8)
    beyond = (drag_of(stage).result() or span(stage, PIN)).end - roadmap.horizon
    assert beyond.days > 0 and stage.card()["Beyond the horizon"] == f"{beyond.days} days"
    stage.move(at - QPointF(((span(stage, PIN).start - roadmap.start).days + 60) * 0.8, 0))
    first = roadmap.start - (drag_of(stage).result() or span(stage, PIN)).start
    assert stage.card()["Before the roadmap starts"] == f"{first.days} days"
    assert all(line.mood == "bad" for line in stage.canvas.card if line.what.startswith(("Beyond", "Before")))
    stage.key(Key.Key_Escape)


# Panning, rubber band, pinch


def test_a_drag_of_the_empty_picture_selects_nothing_and_a_click_does(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.window.selection.set([C])
    at = stage.empty(DATA, day(20))
    stage.drag(at, -40)
    assert stage.window.selection.ids == (C,)
    stage.click(stage.empty(DATA, day(20)))
    assert stage.window.selection.ids == (DATA,)


def test_space_and_left_drag_pan_anywhere_even_over_a_bar(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    before, left, at = stage.plan, stage.canvas.left, stage.body(C)
    stage.canvas.setFocus()
    QTest.keyPress(stage.canvas, Key.Key_Space)
    stage.press(at)
    stage.move(at - QPointF(60, 0))
    assert stage.canvas.left == left + 60 and stage.canvas.drag is None
    stage.release(at - QPointF(60, 0))
    QTest.keyRelease(stage.canvas, Key.Key_Space)
    assert quiet(stage, before)
    stage.press(stage.body(C))
    assert stage.canvas.drag is not None
    stage.key(Key.Key_Escape)
    stage.release(at)


def test_a_rubber_band_selects_what_it_touches_ctrl_adds_and_esc_takes_it_back(stage: Stage) -> None:
    stage.look_at(B, 2.0)
    before, selection = stage.plan, stage.window.selection
    start = stage.empty(SHOP, day(7))
    end = stage.body(C)
    stage.press(start, keys=SHIFT)
    stage.move(start + QPointF(2, 2), keys=SHIFT)
    assert selection.ids == ()
    stage.move(end, keys=SHIFT)
    assert set(selection.ids) == {B, C}
    assert stage.canvas.links.marks.band is not None
    stage.release(end, keys=SHIFT)
    assert set(selection.ids) == {B, C} and stage.canvas.links.marks.band is None
    other = stage.empty(DATA, day(5))
    stage.press(other, keys=SHIFT | CTRL)
    stage.move(stage.body(E), keys=SHIFT | CTRL)
    assert set(selection.ids) == {B, C, E}
    stage.key(Key.Key_Escape)
    assert set(selection.ids) == {B, C}
    stage.release(stage.body(E))
    assert quiet(stage, before)


def test_zooming_leaves_the_day_under_the_pointer_where_it_is_to_the_pixel(stage: Stage) -> None:
    rng = random.Random(5)
    stage.look_at(PIN, WEEK)
    canvas, beyond = stage.canvas, 0
    for n in range(200):
        if n % 20 == 0:
            stage.do("fit")
        at = QPointF(rng.uniform(0, stage.canvas.viewport().width()), 150)
        days = (stage.canvas.left + at.x()) / stage.canvas.scale.day_width
        origin = stage.canvas.scale.origin
        stage.wheel(at, rng.choice((-240, -120, -15, 15, 120, 360)), CTRL)
        days += (origin - stage.canvas.scale.origin).days
        wanted = days * stage.canvas.scale.day_width - at.x()
        beyond += not 0 <= wanted <= canvas.days * canvas.scale.day_width - canvas.viewport().width()
        assert abs(canvas.left - wanted) <= 0.51
    assert beyond > 10


def test_two_fingers_zoom_around_the_pointer(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    at = QPointF(300, 150)
    under, width = stage.canvas.hit_at(at).day, stage.canvas.scale.day_width
    viewport = stage.canvas.viewport()
    for value in (0.2, 0.2, -0.1):
        glob = QPointF(viewport.mapToGlobal(at.toPoint()))
        device = QPointingDevice.primaryPointingDevice()
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, device, 2, at, at, glob, value, QPointF(0, 0)
        )
        QApplication.sendEvent(viewport, event)
    assert stage.canvas.scale.day_width == pytest.approx(width * 1.2 * 1.2 * 0.9)
    assert abs((stage.canvas.hit_at(at).day - under).days) <= 1
