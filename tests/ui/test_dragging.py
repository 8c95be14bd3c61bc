"""Dragging bars: each drag is one edit that can be undone, shown with its price before the drop, or none at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QImage
from PySide6.QtWidgets import QApplication

from roadmapper.chart.timescale import Zoom
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.phrases import day_text, length_text, money_text, span_text
from roadmapper.workspace.edits.increments import move_increments
from tests.domain.samples import day, weeks
from tests.ui.bars import (
    MONTH,
    QUARTER,
    RIGHT,
    WEEK,
    Key,
    span,
    unchanged,
    zoom_of,
)
from tests.ui.stage import (
    ALT,
    ANSWERED,
    CTRL,
    OPEN,
    PIN,
    TODAY,
    A,
    B,
    C,
    E,
    F,
    Stage,
    flush,
)

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
