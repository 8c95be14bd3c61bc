"""The timeline under the hand: every gesture is one edit that can be undone, or none at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QToolTip

from roadmapper.chart.painter import HEADER
from roadmapper.chart.timescale import Zoom
from roadmapper.domain.dates import DateSpan, add_months, later, monday
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.phrases import day_text, length_text, money_text, span_text
from roadmapper.storage.engine import engine_for
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.roadmap_file import open_file
from roadmapper.workspace.edits.fields import with_increment
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import day, weeks
from tests.storage.files import saved
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

MONTH, WEEK, QUARTER = 3.0, 12.0, 1.0
RIGHT, MIDDLE = Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
Key = Qt.Key


def span(stage: Stage, key: EntityId) -> DateSpan:
    return stage.plan.increments[key].span


def ids_of(stage: Stage) -> set[EntityId]:
    return set(stage.window.selection.ids)


def zoom_of(stage: Stage) -> Zoom:
    return stage.canvas.scale.zoom


def unchanged(stage: Stage, before: Plan, steps: int = 0) -> bool:
    """Return whether nothing at all has happened."""
    quiet = stage.canvas.drag is None and stage.canvas.trial is None and not stage.canvas.card
    return quiet and stage.plan is before and stage.steps == steps and stage.stored() == before


# Dragging bars


@pytest.mark.parametrize("count", [1, 3, -2])
def test_dragging_a_bar_by_weeks_puts_its_start_on_that_monday_in_one_step(stage: Stage, count: int) -> None:
    stage.look_at(C, MONTH)
    before, rect = stage.plan, stage.canvas.bar_rect(C)
    stage.drag(stage.body(C), count * 7 * MONTH + 4)
    assert span(stage, C) == weeks(14 + count, 20 + count)
    assert span(stage, C).start.weekday() == 0
    assert (stage.steps, stage.window.editor.stack.undoText()) == (1, "Move “Title c”")
    assert stage.stored() == stage.plan
    moved = stage.canvas.bar_rect(C)
    assert rect is not None and moved is not None and moved.left() - rect.left() == count * 7 * MONTH
    stage.do("undo")
    assert stage.plan == before == stage.stored()


def test_a_bar_that_stood_on_a_wednesday_comes_to_rest_on_a_monday(stage: Stage) -> None:
    stage.window.editor.run("Move", move_increments, [C], 2)
    stage.look_at(C, MONTH)
    stage.drag(stage.body(C), 6 * MONTH)
    assert span(stage, C).start == day(15)


def test_open_checkpoints_go_with_their_bar_and_answered_ones_stay(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    stage.drag(stage.body(B), 14 * MONTH)
    assert stage.plan.checkpoints[OPEN].day == day(13, 4)
    stage.look_at(A, MONTH)
    stage.drag(stage.body(A), 14 * MONTH)
    assert stage.plan.checkpoints[ANSWERED].day == day(5, 4)


@pytest.mark.parametrize("key", [A, B, E])
@pytest.mark.parametrize("count", [9, -3])
def test_the_price_before_the_drop_is_what_the_plan_says_after_it(stage: Stage, key: EntityId, count: int) -> None:
    if key == A:
        stage.window.editor.run("Later", move_increments, [A, B], 70)
    stage.look_at(key, MONTH)
    before = stage.plan
    project = before.increments[key].project
    point = stage.hold(stage.body(key), count * 7 * MONTH)
    card, trial = stage.card(), stage.canvas.trial
    assert trial is not None and stage.plan is before
    promised = figures_of(trial, project)
    stage.release(point)
    old, new = figures_of(before, project), figures_of(stage.plan, project)
    assert (promised.revenue, promised.first_value, promised.longest_silence_days) == (
        new.revenue,
        new.first_value,
        new.longest_silence_days,
    )
    change = new.revenue - old.revenue
    assert change != 0
    amount = money_text(change, "EUR")
    assert card[f"Revenue by {day_text(before.roadmap.span.finish)}"] == (amount if change < 0 else "+ " + amount)
    same = new.first_value == old.first_value
    assert card["First value"] == ("unchanged" if same else day_text(new.first_value or TODAY))
    assert card["Longest silence"] == f"{length_text(new.longest_silence_days)} (limit 6 weeks)"
    assert card["Days"] == span_text(span(stage, key))
    assert not stage.card()


def test_a_gap_is_hatched_during_the_drag_and_nothing_is_saved_before_the_drop(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    before = stage.plan
    number, lane = 0, stage.canvas.lanes.lanes[0]
    gap_y = stage.canvas.header + (stage.canvas.lanes.tops[number] + lane.gaps_top) * stage.theme.unit
    at = QPointF(stage.x_of(day(29)), gap_y)
    old = stage.canvas.viewport().grab().toImage()
    point = stage.hold(stage.body(PIN), 6 * 7 * MONTH)
    stage.canvas.card = []  # it would stand before the gap
    new = stage.canvas.viewport().grab().toImage()
    assert reds(new, at) > reds(old, at) + 20
    assert stage.plan is before and stage.stored() == before
    stage.release(point)
    assert any(g.start <= day(29) < g.end for g in stage.canvas.lanes.lanes[0].gaps)
    flush()
    assert reds(stage.canvas.viewport().grab().toImage(), at) == pytest.approx(reds(new, at), abs=12)


def reds(image: QImage, at: QPointF) -> int:
    """Return how many pixels near a point are as red as a gap."""
    found = 0
    for x in range(round(at.x()) - 20, round(at.x()) + 20):
        for y in range(round(at.y()), round(at.y()) + 10):
            c = image.pixelColor(x, y)
            found += c.red() > c.green() + 60 and c.red() > c.blue() + 60
    return found


def test_dragging_the_end_lets_the_last_day_be_a_friday(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.drag(stage.end_edge(C), 14 * MONTH)
    assert span(stage, C).start == day(14)
    assert span(stage, C).finish == day(21, 4)
    assert (stage.steps, stage.window.editor.stack.undoText()) == (1, "Resize “Title c”")
    assert stage.stored() == stage.plan


def test_dragging_the_start_leaves_the_finish_alone(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    finish = span(stage, C).finish
    stage.drag(stage.start_edge(C), -14 * MONTH)
    assert span(stage, C) == DateSpan(day(12), later(finish, 1))


@pytest.mark.parametrize("edge", [Stage.start_edge, Stage.end_edge])
def test_an_edge_dragged_past_the_other_leaves_at_least_a_day(
    stage: Stage, edge: Callable[[Stage, EntityId], QPointF]
) -> None:
    stage.look_at(C, MONTH)
    stage.drag(edge(stage, C), (100 if edge is Stage.start_edge else -100) * MONTH)
    assert span(stage, C).days >= 1
    assert stage.stored() == stage.plan


@pytest.mark.parametrize(("dx", "dy"), [(4.0, 0.0), (-4.0, 4.0), (0.0, 0.0)])
def test_less_than_five_pixels_is_a_click_and_no_edit(stage: Stage, dx: float, dy: float) -> None:
    stage.look_at(A, MONTH)
    before = stage.plan
    stage.drag(stage.body(A), dx, dy, ALT)
    assert unchanged(stage, before)
    assert stage.window.selection.ids == (A,)


def test_a_drag_that_comes_back_to_where_it_began_is_no_edit(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    before = stage.plan
    point = stage.hold(stage.body(A), 60)
    stage.move(point - QPointF(60, 0))
    stage.release(point - QPointF(60, 0))
    assert unchanged(stage, before)


def by_escape(stage: Stage, point: QPointF) -> None:
    stage.key(Key.Key_Escape)


def by_right_button(stage: Stage, point: QPointF) -> None:
    stage.press(point, RIGHT)
    stage.release(point, RIGHT)


def by_lost_focus(stage: Stage, point: QPointF) -> None:
    stage.window.timeline.tree.setFocus()


def by_another_window(stage: Stage, point: QPointF) -> None:
    QApplication.sendEvent(stage.canvas, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))


@pytest.mark.parametrize("way", [by_escape, by_right_button, by_lost_focus, by_another_window])
@pytest.mark.parametrize("part", ["body", "start_edge", "end_edge", "dot", "diamond"])
def test_a_drag_given_up_changes_nothing(stage: Stage, part: str, way: Callable[[Stage, QPointF], None]) -> None:
    stage.look_at(B, MONTH)
    before = stage.plan
    point = stage.hold(getattr(stage, part)(OPEN if part == "diamond" else B), 60)
    assert stage.canvas.drag is not None and stage.canvas.drag.begun
    way(stage, point)
    assert unchanged(stage, before)
    stage.move(point + QPointF(60, 0))
    stage.release(point + QPointF(60, 0))
    assert unchanged(stage, before)


def test_with_alt_a_drag_goes_day_by_day(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.drag(stage.body(C), 10 * MONTH, keys=ALT)
    assert span(stage, C).start == later(day(14), 10)


def test_looking_at_weeks_a_drag_goes_day_by_day_and_at_quarters_by_months(stage: Stage) -> None:
    stage.look_at(C, WEEK)
    assert zoom_of(stage) == Zoom.WEEK
    stage.drag(stage.body(C), 3 * WEEK)
    assert span(stage, C).start == later(day(14), 3)
    stage.look_at(F, QUARTER)
    assert zoom_of(stage) == Zoom.QUARTER
    stage.drag(stage.body(F), 70 * QUARTER)
    assert span(stage, F).start.day == 1


def test_near_a_neighbours_edge_a_bar_comes_to_rest_beside_it(stage: Stage) -> None:
    stage.window.editor.run("Move", move_increments, [E], 31)  # it ends on a Wednesday in mid-April now
    stage.look_at(F, QUARTER)
    stage.drag(stage.body(F), 30 * QUARTER)
    assert span(stage, F).start == span(stage, E).end == date(2027, 4, 15)


def test_a_pinned_bar_moves_by_hand_and_never_along_with_others(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.click(stage.body(C))
    stage.click(stage.body(PIN), CTRL)
    assert set(stage.window.selection.ids) == {C, PIN}
    stage.drag(stage.body(C), 7 * MONTH)
    assert (span(stage, C), span(stage, PIN)) == (weeks(15, 21), weeks(22, 28))
    stage.window.selection.set([])
    stage.drag(stage.body(PIN), 7 * MONTH)
    assert span(stage, PIN) == weeks(23, 29)


def test_several_selected_bars_move_together_in_one_step(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    before = stage.plan
    stage.click(stage.body(A))
    stage.click(stage.body(B), CTRL)
    stage.click(stage.body(F), CTRL)
    stage.drag(stage.body(A), 14 * MONTH)
    assert [span(stage, k) for k in (A, B, F)] == [weeks(2, 8), weeks(8, 14), weeks(12, 18)]
    assert (stage.steps, stage.window.editor.stack.undoText()) == (1, "Move 3 increments")
    stage.do("undo")
    assert stage.plan == before == stage.stored()


@pytest.mark.parametrize("last", [date(2200, 12, 1), date(2201, 6, 1), date(3000, 1, 1)])
def test_a_bar_is_not_dragged_to_days_that_no_plan_can_hold(stage: Stage, last: date) -> None:
    stage.look_at(C, 0.06)
    point = stage.body(C)
    stage.press(point)
    stage.move(point + QPointF(50, 0))
    for _ in range(2):
        stage.move(point + QPointF((last - day(14)).days * stage.canvas.scale.day_width, 0))
    stage.release(point + QPointF((last - day(14)).days * stage.canvas.scale.day_width, 0))
    assert span(stage, C).start == day(14)
    assert stage.stored() == stage.plan


def test_after_an_edit_every_bar_stands_where_it_stood(stage: Stage) -> None:
    stage.do("fit")
    rect, width = stage.canvas.bar_rect(A), stage.canvas.scale.day_width
    for days in (900, -200):
        stage.window.editor.run("Move", move_increments, [C], days)
        QApplication.processEvents()
        assert (stage.canvas.bar_rect(A), stage.canvas.scale.day_width) == (rect, width)
    stage.window.notice.say("Something that takes room.")
    QApplication.processEvents()
    assert (stage.canvas.bar_rect(A), stage.canvas.scale.day_width) == (rect, width)
    stage.do("fit")
    assert stage.canvas.scale.day_width < width
    fitted = stage.canvas.scale.day_width
    stage.shell.resize(1240, 900)
    QApplication.processEvents()
    assert stage.canvas.scale.day_width < fitted


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


# Clicking


def test_a_click_selects_ctrl_adds_and_takes_out_and_shift_selects_a_range(stage: Stage) -> None:
    stage.look_at(A, 2.0)
    stage.click(stage.body(A))
    assert ids_of(stage) == {A}
    stage.click(stage.body(C), SHIFT)
    assert ids_of(stage) == {A, B, C}
    stage.click(stage.body(B), CTRL)
    assert ids_of(stage) == {A, C}
    stage.click(stage.body(B))
    assert ids_of(stage) == {B}
    stage.click(stage.empty(DATA, day(2)))
    assert ids_of(stage) == {DATA}
    stage.click(QPointF(300, stage.canvas.viewport().height() - 5))
    assert ids_of(stage) == set()


def test_double_clicking_a_bar_or_a_diamond_leads_to_its_details(stage: Stage) -> None:
    stage.look_at(B, MONTH)
    before = stage.plan
    for point in (stage.body(B), stage.diamond(OPEN)):
        stage.canvas.setFocus()
        stage.double_click(point)
        focused = QApplication.focusWidget()
        assert focused is not None and stage.window.timeline.inspector.isAncestorOf(focused)
    assert unchanged(stage, before)


def test_double_clicking_an_empty_lane_makes_an_increment_there_and_asks_its_name(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    known = set(stage.plan.increments)
    at = stage.empty(LATER, day(9, 3))
    stage.double_click(at)
    (new,) = set(stage.plan.increments) - known
    made = stage.plan.increments[new]
    assert (made.project, made.span.start, made.team) == (LATER, day(9), None)
    namer = QApplication.focusWidget()
    assert isinstance(namer, QLineEdit) and namer.selectedText() == "New increment"
    stage.type("Gift cards")
    stage.key(Key.Key_Return)
    assert stage.plan.increments[new].title == "Gift cards"
    assert stage.steps == 2
    assert stage.stored() == stage.plan


@pytest.mark.parametrize("button", [RIGHT, MIDDLE])
def test_double_clicking_with_another_button_makes_nothing(stage: Stage, button: Qt.MouseButton) -> None:
    stage.look_at(A, MONTH)
    before = stage.plan
    stage.double_click(stage.empty(LATER, day(9)), button)
    assert unchanged(stage, before)


# Names


def namer_of(stage: Stage, key: EntityId) -> QLineEdit:
    stage.look_at(key, MONTH)
    stage.click(stage.body(key))
    stage.key(Key.Key_F2)
    namer = QApplication.focusWidget()
    assert isinstance(namer, QLineEdit)
    assert namer.text() == stage.plan.increments[key].title
    return namer


def test_f2_renames_in_place_and_clicking_away_keeps_what_was_typed(stage: Stage) -> None:
    namer_of(stage, C)
    stage.type("Tt and + and -")
    stage.click(stage.empty(DATA, day(16)))
    assert stage.plan.increments[C].title == "Tt and + and -"
    assert (stage.steps, stage.window.editor.stack.undoText()) == (1, "Rename to “Tt and + and -”")
    assert stage.stored() == stage.plan
    flush()
    assert not stage.canvas.viewport().findChildren(QLineEdit)


@pytest.mark.parametrize("leave", [Key.Key_Escape, Key.Key_Return])
def test_escape_drops_a_name_and_enter_keeps_it_and_the_timeline_has_the_focus_again(stage: Stage, leave: Key) -> None:
    namer_of(stage, C)
    stage.type("Another name")
    stage.key(leave)
    kept = leave == Key.Key_Return
    assert stage.plan.increments[C].title == ("Another name" if kept else "Title c")
    assert stage.steps == int(kept)
    assert stage.canvas.hasFocus()


@pytest.mark.parametrize("typed", ["", "   ", "Title c"])
def test_an_empty_name_or_the_same_one_is_no_edit(stage: Stage, typed: str) -> None:
    before = stage.plan
    namer_of(stage, C).setText(typed)
    stage.key(Key.Key_Return)
    assert unchanged(stage, before)


def test_a_name_being_typed_follows_neither_scrolling_nor_deletion_into_another_bar(stage: Stage) -> None:
    namer_of(stage, C).setText("Late")
    stage.window.editor.run("Delete", delete_increments, [C])
    stage.canvas.setFocus()
    assert C not in stage.plan.increments
    assert "Late" not in [i.title for i in stage.plan.increments.values()]
    assert stage.stored() == stage.plan


# Keys


def test_the_arrows_walk_from_bar_to_bar(stage: Stage) -> None:
    stage.canvas.setFocus()
    walk = [
        (Key.Key_Right, A), (Key.Key_Right, B), (Key.Key_Right, C), (Key.Key_Left, B), (Key.Key_Down, E),
        (Key.Key_Right, F), (Key.Key_Right, F), (Key.Key_Left, E), (Key.Key_Down, E), (Key.Key_Up, B),
        (Key.Key_End, PIN), (Key.Key_Home, A), (Key.Key_Up, A),
    ]  # fmt: skip
    for key, expected in walk:
        stage.key(key)
        assert stage.window.selection.focused == expected, key
    stage.key(Key.Key_Right, SHIFT)
    assert stage.window.selection.ids == (A, B)


@pytest.mark.parametrize(("width", "moved"), [(WEEK, day(14, 1)), (MONTH, day(15)), (QUARTER, add_months(day(14), 1))])
def test_alt_and_an_arrow_move_the_bar_by_what_the_zoom_snaps_to(stage: Stage, width: float, moved: date) -> None:
    stage.look_at(C, width)
    stage.click(stage.body(C))
    length = span(stage, C).days
    stage.key(Key.Key_Right, ALT)
    assert span(stage, C) == DateSpan(moved, later(moved, length))
    assert stage.steps == 1
    stage.key(Key.Key_Left, ALT)
    assert abs((span(stage, C).start - day(14)).days) <= (0 if width != QUARTER else 1)
    assert stage.stored() == stage.plan


def test_alt_shift_and_an_arrow_move_the_end_and_leave_at_least_a_day(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.click(stage.body(C))
    stage.key(Key.Key_Right, ALT | SHIFT)
    assert span(stage, C) == weeks(14, 21)
    for _ in range(9):
        stage.key(Key.Key_Left, ALT | SHIFT)
    assert span(stage, C).start == day(14) and span(stage, C).days >= 1
    assert stage.stored() == stage.plan


def test_a_selected_pinned_bar_does_not_go_along_when_keys_move_others(stage: Stage) -> None:
    stage.look_at(C, MONTH)
    stage.window.selection.set([PIN, C])
    stage.canvas.setFocus()
    stage.key(Key.Key_Right, ALT)
    assert (span(stage, C), span(stage, PIN)) == (weeks(15, 21), weeks(22, 28))
    stage.window.selection.set([PIN])
    stage.key(Key.Key_Right, ALT)
    assert span(stage, PIN) == weeks(23, 29)


def test_delete_takes_a_bar_out_without_asking_and_undo_brings_it_back_whole(stage: Stage) -> None:
    stage.look_at(A, MONTH)
    before = stage.plan
    stage.click(stage.body(A))
    stage.key(Key.Key_Delete)
    assert A not in stage.plan.increments and not stage.plan.links
    assert stage.plan.checkpoints[ANSWERED].increment is None
    assert stage.stored() == stage.plan
    stage.key(Key.Key_Z, CTRL)
    assert stage.plan == before == stage.stored()
    stage.key(Key.Key_Z, CTRL | SHIFT)
    assert A not in stage.plan.increments


def test_insert_adds_an_increment_at_the_end_of_the_project_and_asks_its_name(stage: Stage) -> None:
    stage.look_at(E, MONTH)
    stage.click(stage.body(E))
    stage.key(Key.Key_Insert)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    stage.type("Last")
    stage.key(Key.Key_Return)
    (new,) = (i for i in stage.plan.increments.values() if i.title == "Last")
    assert (new.project, new.span.start, new.team) == (DATA, day(16), "dt")


def test_enter_leads_into_the_details_and_t_to_today(stage: Stage) -> None:
    stage.look_at(PIN, WEEK)
    stage.click(stage.body(PIN))
    stage.key(Key.Key_T)
    assert stage.x_of(TODAY) == pytest.approx(stage.canvas.viewport().width() / 2, abs=WEEK)
    stage.key(Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)


def test_plus_and_minus_zoom_and_ctrl_0_shows_the_whole_horizon(stage: Stage) -> None:
    stage.canvas.setFocus()
    width = stage.canvas.scale.day_width
    stage.key(Key.Key_Plus)
    assert stage.canvas.scale.day_width == pytest.approx(width * 1.25)
    stage.key(Key.Key_Minus)
    assert stage.canvas.scale.day_width == pytest.approx(width)
    for _ in range(6):
        stage.key(Key.Key_Plus)
    stage.key(Key.Key_0, CTRL)
    horizon = stage.plan.roadmap.span
    assert stage.x_of(horizon.start) >= 0
    assert stage.x_of(horizon.end) <= stage.canvas.viewport().width()


def test_alt_home_and_alt_end_show_the_ends_of_the_roadmap(stage: Stage) -> None:
    stage.look_at(C, WEEK)
    stage.canvas.setFocus()
    stage.key(Key.Key_End, ALT)
    assert 0 <= stage.x_of(stage.plan.roadmap.span.finish) <= stage.canvas.viewport().width()
    stage.key(Key.Key_Home, ALT)
    assert stage.x_of(stage.plan.roadmap.start) == 0


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
