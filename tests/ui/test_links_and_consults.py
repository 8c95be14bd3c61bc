"""Links and consults under the hand: selected, drawn, refused with their path, dragged and proposed."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPointF

from roadmapper.chart.hits import Part
from roadmapper.domain.consult import Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.planning.consults.placing import best_dates
from roadmapper.planning.grouping import Grouping
from roadmapper.planning.phrases import weekday_text
from roadmapper.workspace.edits.links import add_link
from tests.domain.samples import day, weeks
from tests.ui.bars import (
    LINK,
    MONTH,
    WEEK,
    Key,
    group,
    quiet,
    span,
)
from tests.ui.stage import ALT, DATA, OPEN, A, B, C, E, Stage

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
