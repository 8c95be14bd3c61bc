"""Undo and redo by key: a field in which nothing is typed leaves them to the plan, and no other key is in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from roadmapper.ui.timeline.lane_model import FINISH, START, TITLE
from roadmapper.workspace.edits.fields import with_increment
from tests.ui.stage import A, C, Stage, flush

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def title(stage: Stage) -> str:
    return stage.plan.increments[A].title


def changed(stage: Stage, qtbot: QtBot) -> None:
    """Rename an increment, and have the window ready for keys."""
    stage.shell.activateWindow()
    qtbot.waitUntil(stage.shell.isActiveWindow, timeout=60_000)
    stage.window.editor.run("Rename", with_increment, A, {"title": "Other"})
    stage.window.selection.set([C])
    flush()


def press(widget: QWidget, *, redo: bool = False) -> None:
    QTest.keyClick(widget, Key.Key_Z, CTRL | SHIFT if redo else CTRL)
    flush()


@pytest.mark.parametrize("name", ["title", "outcome", "start", "effort", "revenue", "length", "add first"])
def test_a_field_with_nothing_typed_leaves_undo_and_redo_to_the_plan(stage: Stage, qtbot: QtBot, name: str) -> None:
    changed(stage, qtbot)
    stage.field(name).setFocus()
    press(stage.field(name))
    assert title(stage) == "Title a"
    press(stage.field(name), redo=True)
    assert title(stage) == "Other"
    assert stage.stored() == stage.plan


@pytest.mark.parametrize("name", ["title", "outcome", "effort"])
def test_what_was_typed_is_taken_back_before_the_plan_is(stage: Stage, qtbot: QtBot, name: str) -> None:
    changed(stage, qtbot)
    field = stage.field(name)
    field.setFocus()
    QTest.keyClicks(field, "7")
    press(field)
    assert (title(stage), field.dirty) == ("Other", False)
    press(field)
    assert title(stage) == "Title a"


def test_undo_by_key_takes_back_the_edit_that_was_just_typed(stage: Stage, qtbot: QtBot) -> None:
    changed(stage, qtbot)
    field = stage.field("effort")
    before = stage.plan.increments[C].effort_pw
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "33")
    QTest.keyClick(field, Key.Key_Return)
    assert stage.plan.increments[C].effort_pw == 33
    press(field)
    assert stage.plan.increments[C].effort_pw == before


def test_a_search_in_which_nothing_is_typed_leaves_undo_to_the_plan(stage: Stage, qtbot: QtBot) -> None:
    changed(stage, qtbot)
    stage.do("look_for")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "a")
    press(field)
    assert (field.text(), title(stage)) == ("", "Other")
    press(field)
    assert title(stage) == "Title a"


def test_a_cell_of_the_tree_in_which_nothing_is_typed_closes_and_leaves_undo_to_the_plan(
    stage: Stage, qtbot: QtBot
) -> None:
    changed(stage, qtbot)
    tree = stage.window.timeline.tree
    stage.canvas.expand(stage.plan.increments[A].project, open_=True)
    flush()
    tree.setCurrentIndex(tree.lanes.index_of(A))
    tree.edit(tree.lanes.index_of(A))
    cell = tree.viewport().findChild(QLineEdit)
    assert cell is not None and cell.text() == "Other"
    press(cell)
    assert title(stage) == "Title a"
    assert stage.stored() == stage.plan


def test_the_days_in_the_tree_are_typed_as_people_say_them(stage: Stage) -> None:
    lanes = stage.window.timeline.tree.lanes
    stage.canvas.expand(stage.plan.increments[C].project, open_=True)
    flush()
    days = stage.plan.increments[C].span.days
    index = lanes.index_of(C)
    assert index.siblingAtColumn(START).data(Qt.ItemDataRole.EditRole) == "12\u00a0Apr\u00a02027"
    for column, said in ((START, "May 2027"), (FINISH, "end of October"), (TITLE, "  Other   title ")):
        lanes.setData(lanes.index_of(C).siblingAtColumn(column), said)
        if column == START:
            assert stage.plan.increments[C].span.days == days
    changed = stage.plan.increments[C]
    assert (changed.span.start.isoformat(), changed.span.finish.isoformat()) == ("2027-05-03", "2027-10-29")
    assert changed.title == "Other title"
    lanes.setData(lanes.index_of(C).siblingAtColumn(START), "soon")
    assert "is not a day" in stage.notice


def test_every_command_has_the_keys_that_are_written_and_no_others_of_the_desktop(stage: Stage) -> None:
    # Where the desktop is GNOME, Qt deletes with Ctrl+D too, which is for the details.
    several = {name: len(a.shortcuts()) for name, a in stage.window.actions_.items() if len(a.shortcuts()) > 1}
    assert several.keys() == {"redo", "zoom_in", "zoom_out"}
    assert stage.window.actions_["delete"].shortcuts() == [QKeySequence("Del")]
