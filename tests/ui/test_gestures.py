"""The timeline under the hand: lanes, axes, edges, rubber band, links and consults, with mouse and keys."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from roadmapper.chart.drag import Drag
from roadmapper.chart.hits import Part
from roadmapper.domain.consult import Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.consults.placing import best_dates
from roadmapper.planning.grouping import STATUS_KEYS, Grouping
from roadmapper.planning.phrases import day_text, weekday_text
from roadmapper.planning.team_load import loads_of
from roadmapper.ui.timeline.card import Line
from roadmapper.ui.timeline.card_painter import card_rect, spoken_of
from roadmapper.workspace.edits.fields import with_increment
from roadmapper.workspace.edits.links import add_link
from tests.domain.samples import day, weeks
from tests.ui.stage import ALT, CTRL, DATA, LATER, OPEN, PIN, SHIFT, SHOP, A, B, C, E, F, Stage

MONTH, WEEK = 3.0, 12.0
Key = Qt.Key
LINK = EntityId("l")


def span(stage: Stage, key: EntityId) -> DateSpan:
    return stage.plan.increments[key].span


def drag_of(stage: Stage) -> Drag:
    drag = stage.canvas.drag
    assert drag is not None
    return drag


def lane_middle(stage: Stage, key: EntityId) -> float:
    """Return the height of the middle of a lane in the viewport."""
    number = stage.canvas.lanes.numbers[key]
    return stage.canvas._lane_rect(number).center().y()


def group(stage: Stage, grouping: Grouping) -> None:
    stage.window.timeline.arranging.group_by(grouping)


def quiet(stage: Stage, before: Plan) -> bool:
    canvas = stage.canvas
    nothing = (canvas.drag, canvas.trial, canvas.card, canvas.refusal) == (None, None, [], "")
    return nothing and stage.plan is before and stage.stored() == before


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


# Links


def link_middle(stage: Stage, key: EntityId) -> QPointF:
    middle = stage.canvas.links.middle(key)
    assert middle is not None
    return middle


def far_link(stage: Stage) -> QPointF:
    """Link two bars that lie apart, and return a point on their link."""
    stage.window.editor.run("Link", add_link, Link(EntityId("bc"), B, E))
    stage.look_at(B, MONTH)
    return link_middle(stage, EntityId("bc"))


def test_a_click_within_five_pixels_selects_a_link_and_delete_takes_it_away(stage: Stage) -> None:
    at = far_link(stage)
    stage.click(at + QPointF(0, 3))
    assert stage.window.selection.ids == ("bc",)
    (chosen,) = stage.canvas.links.marks.links
    assert chosen.broken
    stage.canvas.setFocus()
    stage.key(Key.Key_Delete)
    assert stage.plan.links.keys() == {LINK}
    assert stage.window.editor.stack.undoText().startswith("Unlink") and not stage.canvas.links.marks.links
    stage.do("undo")
    assert "bc" in stage.plan.links
    stage.click(link_middle(stage, EntityId("bc")) + QPointF(40, 40))
    assert "bc" not in stage.window.selection.ids


def test_a_selected_link_runs_where_its_bars_are_after_they_came_into_other_rows(stage: Stage) -> None:
    at = far_link(stage)
    stage.click(at)
    for grouping in (Grouping.STATUS, Grouping.PROJECT):
        group(stage, grouping)
        stage.canvas.viewport().repaint()
        stage.shell.grab()
        (chosen,) = stage.canvas.links.marks.links
        one, two = stage.canvas.bar_rect(B), stage.canvas.bar_rect(E)
        assert one is not None and two is not None
        assert chosen.curve.start == (one.right(), one.center().y())
        assert chosen.curve.end == (two.left(), two.center().y())


def test_a_link_that_would_close_a_circle_is_named_before_the_drop(stage: Stage) -> None:
    stage.look_at(B, 2.0)
    before = stage.plan
    way = stage.body(A) - stage.dot(B)
    point = stage.hold(stage.dot(B), way.x(), way.y())
    assert stage.canvas.link_target == A and stage.canvas.links.marks.target is not None
    said = " ".join(line.what for line in stage.canvas.card if line.mood == "bad")
    assert said == "That link would close a circle: “Title b” → “Title a” → “Title b”."
    assert stage.canvas.links.marks.refused
    stage.release(point)
    assert quiet(stage, before) and stage.notice == said


def test_a_drawn_link_is_selected_and_its_target_was_shown(stage: Stage) -> None:
    stage.look_at(B, 2.0)
    way = stage.body(C) - stage.dot(B)
    point = stage.hold(stage.dot(B), way.x(), way.y())
    assert [line.what for line in stage.canvas.card] == ["Link: “Title b”", "then “Title c”"]
    stage.release(point)
    (key,) = stage.window.selection.ids
    assert (stage.plan.links[key].before, stage.plan.links[key].after) == (B, C)
    assert stage.canvas.link_target is None and stage.stored() == stage.plan


def test_the_dot_of_a_bar_can_be_taken_hold_of_where_the_next_one_begins_at_once(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    stage.window.selection.set([A])
    assert stage.canvas.hit_at(stage.dot(A)).part is Part.DOT
    way = stage.body(C) - stage.dot(A)
    stage.drag(stage.dot(A), way.x(), way.y())
    assert any((k.before, k.after) == (A, C) for k in stage.plan.links.values())
    stage.window.selection.set([C])
    stage.canvas.hovered = None
    assert stage.canvas.hit_at(stage.dot(A)).part is not Part.DOT


def test_the_edges_of_a_bar_win_over_the_dot_of_the_one_before_it(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    stage.window.selection.set([A])
    found = stage.canvas.hit_at(stage.start_edge(B) + QPointF(1, 0))
    assert found.bar is not None and (found.bar.increment.id, found.part) == (B, Part.START_EDGE)
    stage.drag(stage.start_edge(B) + QPointF(1, 0), 14 * MONTH)
    assert span(stage, B) == weeks(8, 12) and stage.plan.links.keys() == {LINK}


# Consults


def strip_of(stage: Stage, project: EntityId) -> tuple[DateSpan, QPointF]:
    """Return the first silence of a project that is too long, and a point on its strip."""
    number = stage.canvas.lanes.numbers[project]
    lane = stage.canvas.lanes.lanes[number]
    gap = lane.gaps[0]
    stage.canvas.go_to(gap.start)
    y = stage.canvas._lane_rect(number).top() + (lane.gaps_top + 4) * stage.theme.unit
    return gap, QPointF(stage.x_of(gap.start + timedelta(gap.days // 2)), y)


def test_a_click_on_a_silence_offers_the_consult_that_ends_it_best(stage: Stage) -> None:
    stage.look_at(E, MONTH)
    gap, at = strip_of(stage, DATA)
    before, best = stage.plan, best_dates(stage.plan, DATA, gap)
    stage.click(at)
    menu = stage.canvas.open_one
    assert menu is not None and stage.plan is before
    assert menu.actions()[0].text() == f"Add a checkpoint on {weekday_text(best[0])}"
    menu.actions()[0].trigger()
    made = [c for k, c in stage.plan.checkpoints.items() if k not in before.checkpoints]
    assert [c.day for c in made] == best[:1] and stage.steps == 1
    assert made[0].day.weekday() < 5 and not stage.canvas.lanes.lanes[1].gaps
    assert stage.stored() == stage.plan


def test_a_drag_over_a_silence_pans_and_offers_nothing(stage: Stage) -> None:
    stage.look_at(E, MONTH)
    _, at = strip_of(stage, DATA)
    stage.press(at)
    stage.move(at - QPointF(30, 0))
    stage.release(at - QPointF(30, 0))
    assert stage.canvas.open_one is None


def test_a_dragged_checkpoint_shows_the_silence_and_rests_on_a_working_day(stage: Stage) -> None:
    stage.look_at(B, WEEK)
    stage.canvas.go_to(day(11))
    point = stage.hold(stage.diamond(OPEN) + QPointF(6, 0), 8 * WEEK)
    assert stage.card()["Longest silence"].endswith("(limit 6 weeks)")
    shown = stage.card()["Day"]
    stage.release(point)
    asked = stage.plan.checkpoints[OPEN].day
    assert asked == day(12, 4) and asked.weekday() < 5 and str(asked.day) in shown


def test_consults_follow_their_increment_onto_working_days_and_stay_by_rule(stage: Stage) -> None:
    stage.look_at(B, WEEK)
    stage.drag(stage.body(B), 9 * WEEK, keys=ALT)
    moved = stage.plan.checkpoints[OPEN]
    assert span(stage, B) == weeks(6, 12).shifted(9)
    assert moved.kind is Kind.GO_LIVE and moved.day == span(stage, B).finish
    assert moved.day.weekday() < 5


# Nothing cascades unseen, a fixed bar stays fixed


def test_what_a_drop_changes_beyond_the_held_bar_was_shown_in_the_card(stage: Stage) -> None:
    stage.window.editor.run("Link", add_link, Link(EntityId("bc"), B, C))
    stage.window.editor.run("Link", add_link, Link(EntityId("cp"), C, PIN))
    stage.look_at(B, MONTH)
    before = stage.plan
    point = stage.hold(stage.body(B), 12 * 7 * MONTH)
    pushed, card = set(stage.canvas.pushed), stage.card()
    stage.release(point)
    changed = {k for k, i in stage.plan.increments.items() if i != before.increments[k]}
    assert changed == {B} | pushed == {B, C}
    assert card["Pushes"].startswith("1 increment") and "pinned" in card["⚑\u00a0Title pin"]
    assert span(stage, PIN) == before.increments[PIN].span


def test_a_delivered_bar_stays_where_it_is_and_that_is_said(stage: Stage) -> None:
    group(stage, Grouping.PROJECT)
    plan = stage.plan
    stage.window.editor.run("Deliver", _delivered, A)
    stage.look_at(A, MONTH)
    before = stage.plan
    stage.drag(stage.body(A), 60)
    assert quiet(stage, before) and "history" in stage.notice
    stage.window.selection.set([A])
    stage.key(Key.Key_Right, ALT, stage.canvas)
    stage.key(Key.Key_Down, ALT, stage.canvas)
    assert stage.plan is before and plan is not before


def _delivered(plan: Plan, key: EntityId) -> Plan:
    return plan.with_entities([replace(plan.increments[key], status=Status.DELIVERED)])


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("way", ["escape", "right", "focus"])
def test_a_drag_given_up_in_another_lane_changes_nothing(stage: Stage, grouping: Grouping, way: str) -> None:
    group(stage, grouping)
    stage.look_at(B, MONTH)
    before, at = stage.plan, stage.body(B)
    point = stage.hold(at, 60, 120)
    if way == "escape":
        stage.key(Key.Key_Escape, widget=stage.canvas)
    elif way == "right":
        stage.press(point, Qt.MouseButton.RightButton)
    else:
        stage.canvas.clearFocus()
    stage.release(point)
    assert quiet(stage, before) and stage.steps == 0 and stage.canvas.open_one is None


def test_other_lanes_in_mid_drag_end_the_drag(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    before = stage.plan
    point = stage.hold(stage.body(B), 60)
    group(stage, Grouping.NONE)
    stage.move(point + QPointF(10, 0))
    stage.release(point)
    assert quiet(stage, before)


def test_an_empty_lane_by_team_takes_the_project_of_the_team(stage: Stage) -> None:
    group(stage, Grouping.TEAM)
    stage.look_at(E, MONTH)
    number = stage.canvas.lanes.numbers[EntityId("dt")]
    at = QPointF(stage.x_of(day(30)) + 1, stage.canvas._lane_rect(number).top() + 4)
    stage.double_click(at)
    (key,) = stage.window.selection.ids
    made = stage.plan.increments[key]
    assert (made.project, made.team, made.span.start) == (DATA, "dt", day(30))
    stage.key(Key.Key_Escape)


def test_tab_enters_the_chart_once_and_leaves_it(stage: Stage) -> None:
    tree, canvas = stage.window.timeline.tree, stage.canvas
    tree.setFocus()
    stage.key(Key.Key_Tab)
    assert QApplication.focusWidget() is canvas
    stage.key(Key.Key_Tab)
    outside = QApplication.focusWidget()
    assert outside is not None and outside is not canvas and not canvas.isAncestorOf(outside)
    stage.key(Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is canvas
    stage.key(Key.Key_Tab, SHIFT)
    assert QApplication.focusWidget() is tree


# What the card says, and where it stands


def test_the_card_names_what_is_pushed_the_first_ones_with_their_days(stage: Stage) -> None:
    stage.window.editor.run("Link", add_link, Link(EntityId("bc"), B, C))
    stage.look_at(B, MONTH)
    stage.hold(stage.body(B), 7 * 7 * MONTH)
    pushed = (stage.canvas.trial or stage.plan).increments[C].span.start - span(stage, C).start
    assert pushed.days > 0 and stage.card()["→ “Title c”"] == f"{pushed.days} days"
    stage.key(Key.Key_Escape)


def test_a_stretched_increment_that_gets_too_long_says_so_and_so_does_a_team_that_lacks_people(stage: Stage) -> None:
    stage.look_at(F, MONTH)
    at = stage.end_edge(F)
    stage.hold(at, 3 * 7 * MONTH)
    assert "Too long" not in stage.card()
    stage.move(at + QPointF(8 * 7 * MONTH, 0))
    assert stage.card()["Too long"] == "13 weeks 5 days (limit 12 weeks)"
    stage.key(Key.Key_Escape)
    stage.release(at)
    stage.window.editor.run("Much work", with_increment, F, {"effort_pw": 18.0})
    before = loads_of(stage.plan)
    assert before.worst_of(stage.plan, stage.plan.increments[F]) is None
    point = stage.hold(stage.body(F), -3 * 7 * MONTH)
    (said,) = (line for line in stage.canvas.card if line.what.startswith("Too few people"))
    stage.release(point)
    worst = loads_of(stage.plan).worst_of(stage.plan, stage.plan.increments[F])
    assert worst is not None and worst.there is not None and said.mood == "bad"
    assert said.value == f"{worst.need:.1f} of {worst.there:.1f} pw" and day_text(worst.start) in said.what


def test_the_card_stands_where_it_covers_nothing_it_speaks_of_and_always_in_view() -> None:
    body, lines = QRectF(0, 50, 1000, 600), [Line("a", "b")] * 8
    pointer = QPointF(500, 320)
    usual = card_rect(lines, pointer, body, 1.0)
    assert usual.left() > 500 and usual.top() > 320
    taken = [QRectF(560, 340, 200, 40)]
    other = card_rect(lines, pointer, body, 1.0, taken)
    assert not other.intersects(taken[0]) and body.contains(other)
    for x, y in ((-90, 900), (2000, 900), (500, 645), (999, 51), (0, 0)):
        assert body.contains(card_rect(lines, QPointF(x, y), body, 1.0, taken))


def test_the_card_of_a_drag_covers_neither_what_follows_the_bar_nor_its_silence(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    stage.hold(stage.body(B), 5 * 7 * MONTH)
    stage.shell.grab()
    scene = stage.canvas._scene()
    card = stage.canvas._place_of_card(scene)
    bars = [rect for rect in spoken_of(scene) if rect.height() > 24]
    assert len(bars) >= 2 and not any(card.intersects(rect) for rect in bars)
    stage.key(Key.Key_Escape)


def test_new_increments_come_into_the_next_free_stretch_one_after_the_other(stage: Stage) -> None:
    stage.window.selection.set([B])
    made: list[DateSpan] = []
    for _ in range(3):
        stage.do("new_increment")
        key = stage.window.selection.focused
        assert key is not None
        stage.key(Key.Key_Escape)
        others = [i.span for i in stage.plan.increments.values() if i.project == SHOP and i.id != key]
        assert span(stage, key).start.weekday() == 0 and not any(span(stage, key).overlaps(other) for other in others)
        made.append(span(stage, key))
    assert made == sorted(made) and made[0].start > span(stage, B).start
    stage.window.selection.set([DATA])
    stage.do("new_increment")
    key = stage.window.selection.focused
    assert key is not None and span(stage, key).start == span(stage, F).end


def test_by_team_a_dragged_bar_is_shown_in_a_free_row_of_the_lane_it_would_come_into(stage: Stage) -> None:
    group(stage, Grouping.TEAM)
    stage.look_at(C, MONTH)
    at = stage.body(C)
    point = stage.hold(at, 14 * MONTH, lane_middle(stage, EntityId("dt")) + 7 - at.y())
    ghost = stage.canvas.links.marks.ghost
    assert ghost is not None
    stage.release(point)
    assert stage.plan.increments[C].team == "dt"
    rect = stage.canvas.bar_rect(C)
    assert rect is not None and (rect.left(), rect.top()) == (ghost[0].left(), ghost[0].top())
