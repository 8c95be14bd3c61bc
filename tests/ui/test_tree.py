"""The tree beside the timeline: the same rows, the same dates, the same selection, for eye, keys and screen reader."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from roadmapper.domain.entity import EntityId
from roadmapper.ui.timeline.lane_model import FINISH, START, TITLE
from roadmapper.ui.timeline.tree import LaneTree
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from tests.domain.samples import day, weeks
from tests.ui.stage import DATA, LATER, LEFT, PIN, SHOP, A, B, C, E, F, Stage, flush

Role = Qt.ItemDataRole
Key = Qt.Key


@pytest.fixture
def tree(stage: Stage) -> LaneTree:
    tree = stage.window.timeline.tree
    tree.show_dates(shown=True)
    return tree


def row_of(stage: Stage, key: EntityId, column: int = TITLE) -> QModelIndex:
    """Return the cell of a project or an increment."""
    model = stage.window.timeline.tree.lanes
    for number, lane in enumerate(stage.canvas.lanes.lanes):
        top = model.index(number, TITLE)
        if lane.key == key:
            return model.index(number, column)
        for child, bar in enumerate(lane.bars):
            if bar.increment.id == key:
                return model.index(child, column, top)
    raise LookupError(key)


def open_up(stage: Stage, project: EntityId = SHOP) -> None:
    stage.window.timeline.tree.setExpanded(row_of(stage, project), True)
    flush()


def test_the_rows_are_the_lanes_and_their_increments(stage: Stage, tree: LaneTree) -> None:
    model = tree.lanes
    assert [model.index(n, 0).data() for n in range(model.rowCount())] == ["Shop", "Customer data", "Something later"]
    top = model.index(0, 0)
    assert [model.index(n, 0, top).data() for n in range(model.rowCount(top))] == [
        "Title a", "Title b", "Title c", "Title pin",
    ]  # fmt: skip
    assert model.rowCount(model.index(2, 0)) == 0


def test_the_model_keeps_qts_own_rules_through_edits(stage: Stage, tree: LaneTree) -> None:
    tester = QAbstractItemModelTester(tree.lanes, QAbstractItemModelTester.FailureReportingMode.Fatal)
    open_up(stage)
    stage.window.editor.run("Move", move_increments, [A], 70)
    stage.window.editor.run("Delete", delete_increments, [B, PIN])
    stage.do("undo")
    stage.do("undo")
    flush()
    assert tester.failureReportingMode() is QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.mark.parametrize("scrolled", [0, 60])
def test_each_project_stands_beside_its_lane_and_each_increment_beside_its_bar(
    stage: Stage, tree: LaneTree, scrolled: int
) -> None:
    stage.shell.resize(1300, 520)
    open_up(stage)
    open_up(stage, DATA)
    stage.canvas.verticalScrollBar().setValue(scrolled)
    flush()
    canvas, unit = stage.canvas, stage.theme.unit
    assert canvas.top == scrolled == tree.verticalScrollBar().value()
    for number, lane in enumerate(canvas.lanes.lanes):
        rect = tree.visualRect(row_of(stage, lane.key))
        beside = tree.viewport().mapToGlobal(rect.topLeft()).y()
        top = canvas.header + canvas.lanes.tops[number] * unit - canvas.top
        assert beside == pytest.approx(canvas.viewport().mapToGlobal(canvas.pos()).y() - canvas.y() + top, abs=1)
        for bar in lane.bars:
            cell = tree.visualRect(row_of(stage, bar.increment.id)).center()
            painted = canvas.bar_rect(bar.increment.id)
            assert painted is not None
            one = tree.viewport().mapToGlobal(cell).y()
            two = canvas.viewport().mapToGlobal(painted.center().toPoint()).y()
            if lane.expanded:
                assert abs(one - two) <= 1, bar.increment.title


def test_wheels_over_either_scroll_both(stage: Stage, tree: LaneTree) -> None:
    stage.shell.resize(1300, 420)
    flush()
    tree.verticalScrollBar().setValue(40)
    assert stage.canvas.top == 40
    stage.wheel(stage.body(E), -20)
    assert tree.verticalScrollBar().value() == stage.canvas.top == 60


def type_into(stage: Stage, tree: LaneTree, key: EntityId, column: int, text: str) -> None:
    """Edit a cell with the keys."""
    index = row_of(stage, key, column)
    tree.setFocus()
    tree.setCurrentIndex(index)
    tree.edit(index)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    flush()


def test_dates_typed_in_the_tree_are_the_dates_of_the_bar(stage: Stage, tree: LaneTree) -> None:
    open_up(stage)
    type_into(stage, tree, C, START, "2027-05-03")
    assert stage.plan.increments[C].span == weeks(17, 23)
    type_into(stage, tree, C, FINISH, "2027-06-06")
    assert stage.plan.increments[C].span == weeks(17, 22)
    type_into(stage, tree, C, TITLE, "Renamed")
    assert stage.plan.increments[C].title == "Renamed"
    assert stage.steps == 3
    assert stage.stored() == stage.plan
    painted = stage.canvas.bar_rect(C)
    assert painted is not None and stage.x_of(day(17)) == pytest.approx(painted.left(), abs=2)


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        (START, "someday", "“someday” is not a day"),
        (START, "", "is not a day"),
        (FINISH, "2027-02-30", "“2027-02-30” is not a day"),
        (FINISH, "2020-01-01", "lies before the start"),
        (START, "9999-12-31", "1900 to 2200"),
        (TITLE, "", "title of an increment"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(
    stage: Stage, tree: LaneTree, column: int, typed: str, words: str
) -> None:
    open_up(stage)
    before = stage.plan
    if typed:
        type_into(stage, tree, C, column, typed)
    else:
        tree.lanes.setData(row_of(stage, C, column), typed)
    assert stage.plan is before
    assert words in stage.notice


def test_the_selection_is_shared_both_ways(stage: Stage, tree: LaneTree) -> None:
    open_up(stage)
    stage.window.selection.set([A, C])
    assert {i.data() for i in tree.selectionModel().selectedRows()} == {"Title a", "Title c"}
    QTest.mouseClick(tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, tree.visualRect(row_of(stage, B)).center())
    assert stage.window.selection.ids == (B,)
    tree.setFocus()
    QTest.keyClick(tree, Key.Key_Down)
    assert stage.window.selection.ids == (C,)
    tree.setCurrentIndex(row_of(stage, LATER))
    assert stage.window.selection.ids == (LATER,)


def test_the_selection_outlives_an_edit_that_changes_the_rows(stage: Stage, tree: LaneTree) -> None:
    open_up(stage)
    stage.window.selection.set([C])
    stage.window.editor.run("Delete", delete_increments, [A])
    assert stage.window.selection.ids == (C,)
    assert {i.data() for i in tree.selectionModel().selectedRows()} == {"Title c"}
    assert tree.isExpanded(row_of(stage, SHOP))


def test_keys_open_and_close_a_project(stage: Stage, tree: LaneTree) -> None:
    tree.setFocus()
    tree.setCurrentIndex(row_of(stage, SHOP))
    QTest.keyClick(tree, Key.Key_Right)
    assert stage.canvas.lanes.lanes[0].expanded
    QTest.keyClick(tree, Key.Key_Left)
    assert not stage.canvas.lanes.lanes[0].expanded


def test_the_keyboard_keeps_its_place_when_rows_are_made_anew(stage: Stage, tree: LaneTree) -> None:
    open_up(stage)
    tree.setFocus()
    tree.setCurrentIndex(row_of(stage, C))
    stage.window.editor.run("Delete", delete_increments, [A])
    flush()
    QTest.keyClick(tree, Key.Key_Down)
    assert stage.window.selection.ids == (PIN,)


def test_a_screen_reader_hears_title_days_state_and_outcome(stage: Stage, tree: LaneTree) -> None:
    said = row_of(stage, A).data(Role.AccessibleTextRole).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Title a, 4 Jan – 14 Feb 2027, running, Marketing can use a."
    assert "groundwork" in row_of(stage, C).data(Role.AccessibleTextRole)
    assert row_of(stage, DATA).data(Role.AccessibleTextRole) == "Customer data"
    assert tree.accessibleName() and stage.canvas.accessibleName()


def test_projects_and_efforts_cannot_be_edited_in_place(stage: Stage, tree: LaneTree) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    for column in range(4):
        assert not row_of(stage, SHOP, column).flags() & editable
        assert bool(row_of(stage, A, column).flags() & editable) == (column < 3)


def test_only_the_rows_asked_for_are_opened(stage: Stage, tree: LaneTree) -> None:
    open_up(stage, DATA)
    assert [lane.expanded for lane in stage.canvas.lanes.lanes] == [False, True, False]
    one, two = stage.canvas.bar_rect(E), stage.canvas.bar_rect(F)
    assert one is not None and two is not None and two.top() > one.bottom()
    assert stage.plan.increments[E].span.start == date(2027, 2, 1)
