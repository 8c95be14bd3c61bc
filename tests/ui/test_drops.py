"""What a drop does, the card has shown: nothing cascades unseen, and what is fixed stays fixed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.planning.grouping import Grouping
from roadmapper.planning.phrases import day_text
from roadmapper.planning.team_load import loads_of
from roadmapper.ui.timeline.card import Line
from roadmapper.ui.timeline.card_painter import card_rect, spoken_of
from roadmapper.workspace.edits.fields import with_increment
from roadmapper.workspace.edits.links import add_link
from tests.domain.samples import day
from tests.ui.bars import (
    MONTH,
    Key,
    group,
    lane_middle,
    quiet,
    span,
)
from tests.ui.stage import ALT, DATA, PIN, SHIFT, SHOP, A, B, C, E, F, Stage

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
