"""Ctrl+F finds as one types, counts, leads from hit to hit, and can show the hits alone; nothing stays hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from roadmapper.domain.entity import EntityId
from roadmapper.planning.grouping import Grouping
from roadmapper.ui.timeline.finder import FinderBar
from roadmapper.workspace.edits.increments import add_increment, delete_increments
from tests.domain.samples import increment
from tests.ui.stage import PIN, A, B, C, E, F, Stage, flush

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def finder(stage: Stage) -> FinderBar:
    stage.window.timeline.canvas.setFocus()
    stage.do("look_for")
    return stage.window.timeline.finder


def lanes(stage: Stage) -> list[list[str]]:
    """Return the increments that are shown, lane by lane."""
    return [[bar.increment.id for bar in lane.bars] for lane in stage.canvas.lanes.lanes]


def test_hits_are_counted_as_one_types(stage: Stage, finder: FinderBar) -> None:
    assert finder.isVisible() and finder.text.hasFocus() and not finder.count.text()
    QTest.keyClicks(finder.text, "title")
    assert finder.count.text() == "4 of 6 increments"
    QTest.keyClicks(finder.text, " RUNN")
    assert finder.count.text() == "1 of 6 increments"
    QTest.keyClicks(finder.text, "x")
    assert finder.count.text() == "0 of 6 increments" and not finder.after.isEnabled()
    QTest.keyClick(finder.text, Key.Key_Return)
    assert not stage.window.selection.ids


def ring(stage: Stage, key: EntityId) -> bool:
    """Return whether the bar of an increment has the ring of a hit above it."""
    rect = stage.canvas.bar_rect(key)
    assert rect is not None
    above = QPoint(round(rect.center().x()), round(rect.top() - 3 * stage.theme.unit))
    picture = stage.canvas.viewport().grab().toImage()
    return picture.pixelColor(above * picture.devicePixelRatio()).name() == stage.theme.palette.accent


def test_hits_have_a_ring_until_the_bar_is_closed(stage: Stage, finder: FinderBar) -> None:
    finder.text.setText("one customer")
    assert (ring(stage, F), ring(stage, E)) == (True, False)
    QTest.keyClick(finder.text, Key.Key_Escape)
    assert not ring(stage, F)


def test_enter_leads_from_hit_to_hit_and_round(stage: Stage, finder: FinderBar) -> None:
    QTest.keyClicks(finder.text, "list")
    assert finder.hits == [F]
    finder.text.setText("title")
    went: list[EntityId] = []
    for _ in range(5):
        QTest.keyClick(finder.text, Key.Key_Return)
        went += stage.window.selection.ids
    assert went == [A, B, C, PIN, A] and finder.count.text() == "hit 1 of 4 in 6 increments"
    QTest.keyClick(finder.text, Key.Key_Return, SHIFT)
    assert stage.window.selection.ids == (PIN,) and finder.text.hasFocus()


def test_f3_goes_on_from_where_the_focus_is(stage: Stage, finder: FinderBar) -> None:
    finder.text.setText("title")
    stage.window.selection.set([B])
    stage.canvas.setFocus()
    QTest.keyClick(stage.canvas, Key.Key_F3)
    assert stage.window.selection.ids == (C,)
    finder.text.setText("pin")
    QTest.keyClick(stage.canvas, Key.Key_F3)
    assert stage.window.selection.ids == (PIN,)
    finder.text.setText("title")
    stage.window.selection.set([E])
    QTest.keyClick(stage.canvas, Key.Key_F3, SHIFT)
    assert stage.window.selection.ids == (PIN,), "the last before the lane of the focus"


def test_a_hit_out_of_sight_is_brought_into_it(stage: Stage, finder: FinderBar) -> None:
    stage.canvas.zoom(40)
    finder.text.setText("pin")
    finder.find_next()
    rect = stage.canvas.bar_rect(PIN)
    assert rect is not None and 0 <= rect.left() < stage.canvas.viewport().width()


def test_only_the_hits_are_shown_where_that_is_wished_and_esc_brings_all_back(stage: Stage, finder: FinderBar) -> None:
    everything = lanes(stage)
    finder.text.setText("data")
    finder.alone.setChecked(True)
    assert lanes(stage) == [[E, F]] and stage.canvas.lanes.hits == 2
    finder.text.setText("one customer")
    assert lanes(stage) == [[F]]
    assert "1 of 2 increments" in stage.window.timeline.tree.lanes.summary(stage.canvas.lanes.lanes[0])
    finder.text.setText("nowhere")
    assert lanes(stage) == []
    finder.text.setText("")
    assert lanes(stage) == everything, "for nothing everything is shown"
    finder.text.setText("running")
    assert lanes(stage) == [[A]]
    QTest.keyClick(finder.text, Key.Key_Escape)
    assert lanes(stage) == everything and not finder.isVisible() and stage.canvas.hasFocus()
    stage.do("look_for")
    assert finder.text.selectedText() == "running" and not finder.alone.isChecked()


@pytest.mark.parametrize("grouping", list(Grouping))
def test_hits_are_the_same_however_lanes_are_grouped(stage: Stage, finder: FinderBar, grouping: Grouping) -> None:
    finder.text.setText("title")
    finder.alone.setChecked(True)
    stage.window.timeline.arranging.group_by(grouping)
    assert sorted(key for lane in lanes(stage) for key in lane) == sorted(finder.hits) == [A, B, C, PIN]


def test_nothing_vanishes_under_the_hand_while_only_hits_are_shown(stage: Stage, finder: FinderBar) -> None:
    finder.text.setText("running")
    finder.alone.setChecked(True)
    editor = stage.window.editor
    editor.run("Add", add_increment, increment("new", 30, 34, title="Something else"))
    assert lanes(stage) == [[A, "new"]]
    editor.run("Delete", delete_increments, [A])
    assert lanes(stage) == [["new"]] and finder.count.text() == "0 of 6 increments"
    stage.do("undo")
    assert [A, "new"] in lanes(stage) and finder.count.text() == "1 of 7 increments"


def test_what_is_selected_from_elsewhere_is_not_left_hidden(stage: Stage, finder: FinderBar) -> None:
    finder.text.setText("running")
    finder.alone.setChecked(True)
    stage.window.problems.wanted.emit(E)
    flush()
    assert E in [key for lane in lanes(stage) for key in lane] and not finder.alone.isChecked()
    assert finder.isVisible()


def test_on_another_page_ctrl_f_does_what_that_page_can(stage: Stage) -> None:
    stage.do("show_priorities")
    stage.do("look_for")
    assert stage.window.priorities.rows.text.hasFocus() and not stage.window.timeline.finder.isVisible()
    stage.do("show_agreement")
    stage.do("look_for")
    assert stage.window.timeline.finder.isVisible() and stage.window.timeline.finder.text.hasFocus()
