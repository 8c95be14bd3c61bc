"""The lanes are grouped, folded and put in order, in the menu, in the tree and with keys; dates never move."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from roadmapper.domain.entity import EntityId
from roadmapper.domain.role import Role
from roadmapper.planning.grouping import Grouping
from roadmapper.ui.settings import Settings
from roadmapper.ui.timeline.arranging import Arranging
from roadmapper.ui.timeline.lane_delegate import fold_place, rows_place
from roadmapper.ui.timeline.lane_model import TITLE
from roadmapper.ui.timeline.tree import LaneTree
from roadmapper.workspace.edits.increments import move_increments
from tests.ui.stage import DATA, LATER, LEFT, SHOP, A, B, C, E, Stage, flush

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def arranging(stage: Stage) -> Arranging:
    return stage.window.timeline.arranging


@pytest.fixture
def tree(stage: Stage) -> LaneTree:
    return stage.window.timeline.tree


def titles(stage: Stage) -> list[str]:
    """Return the titles of the lanes, the same in the chart as in the tree."""
    model = stage.window.timeline.tree.lanes
    found = [model.index(n, TITLE).data() for n in range(model.rowCount())]
    assert found == [lane.title for lane in stage.canvas.lanes.lanes]
    return found


def entry(stage: Stage, words: str) -> QAction:
    """Return an entry of the submenu in which the grouping is chosen."""
    menu = stage.window.actions_["group_by"].menu()
    assert isinstance(menu, QMenu)
    return next(a for a in menu.actions() if a.text().replace("&", "") == words)


LANES = {
    "Project": ["Shop", "Customer data", "Something later"],
    "Team": ["Data people", "Web"],
    "Status": ["Planned", "Running", "Delivered", "Held", "Cancelled"],
    "Nothing": ["All increments"],
}


@pytest.mark.parametrize("words", LANES)
def test_lanes_are_what_the_menu_says_and_the_head_of_the_tree_says_so(stage: Stage, words: str) -> None:
    entry(stage, words).trigger()
    assert titles(stage) == LANES[words]
    chooser = stage.window.timeline.tree.chooser
    assert chooser.accessibleName() == f"Group by: {words}"
    assert chooser.text() == stage.window.timeline.tree.lanes.headerData(0, Qt.Orientation.Horizontal)
    assert entry(stage, words).isChecked()
    assert len([a for a in chooser.menu().actions() if a.isChecked()]) == 1
    assert not stage.steps


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("open_", [True, False])
def test_each_row_of_the_tree_stands_beside_its_lane_however_they_are_grouped(
    stage: Stage, arranging: Arranging, tree: LaneTree, grouping: Grouping, open_: bool
) -> None:
    arranging.group_by(grouping)
    if open_:
        arranging.expand_all()
    else:
        arranging.collapse_all()
    flush()
    canvas, unit = stage.canvas, stage.theme.unit
    for number, lane in enumerate(canvas.lanes.lanes):
        top = tree.lanes.index(number, TITLE)
        rect = tree.visualRect(top)
        if not rect.isEmpty():
            assert abs(rect.top() + canvas.top - canvas.lanes.tops[number] * unit) <= 1
        assert tree.lanes.rowCount(top) == len(lane.bars)
        for child, bar in enumerate(lane.bars):
            assert tree.lanes.increment(tree.lanes.index(child, TITLE, top)) == bar.increment
        assert tree.isExpanded(top) == (open_ and bool(lane.bars))


def test_a_screen_reader_hears_whose_an_increment_is_where_the_lane_does_not_say_it(
    stage: Stage, arranging: Arranging, tree: LaneTree
) -> None:
    arranging.group_by(Grouping.NONE)
    arranging.expand_all()
    index = tree.lanes.index_of(E)
    assert index.isValid() and index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", Customer data")
    arranging.collapse_all()
    lane = tree.lanes.index(0, TITLE)
    assert lane.data(Qt.ItemDataRole.AccessibleTextRole) == "All increments, collapsed"
    assert lane.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "6 increments · 5 consults"


def test_what_was_chosen_is_there_again_at_the_next_start(stage: Stage, arranging: Arranging) -> None:
    arranging.group_by(Grouping.TEAM)
    stage.canvas.collapse(EntityId("dt"), closed=True)
    remembered = Settings(stage.session.data / "settings.json")
    assert (remembered.text("grouping"), remembered.texts("collapsed")) == ("team", ["dt"])
    other = Arranging(stage.window.editor, stage.canvas, stage.window.selection, stage.window)
    arranging.group_by(Grouping.NONE)
    other.remember_in(remembered)
    assert other.grouping is Grouping.TEAM
    assert [lane.collapsed for lane in stage.canvas.lanes.lanes] == [True, False]


def test_settings_that_make_no_sense_are_done_without(stage: Stage, arranging: Arranging) -> None:
    settings = Settings(stage.folder / "odd.json")
    settings.remember("grouping", "colour")
    settings.remember("collapsed", ["nowhere"])
    arranging.remember_in(settings)
    assert titles(stage) == LANES["Project"]


def test_all_lanes_are_closed_and_opened_by_two_commands(stage: Stage) -> None:
    high = stage.canvas.lanes.height
    stage.do("collapse_all")
    assert all(lane.collapsed for lane in stage.canvas.lanes.lanes) and stage.canvas.lanes.height < high / 2
    assert all(stage.canvas.bar_rect(key) is not None for key in stage.plan.increments)
    stage.do("expand_all")
    assert stage.canvas.lanes.height == high
    stage.do("expand_all")
    assert all(lane.expanded == bool(lane.bars) for lane in stage.canvas.lanes.lanes) and not stage.steps


def test_left_and_right_lead_through_the_stages_of_a_lane(stage: Stage, tree: LaneTree) -> None:
    tree.setFocus()
    tree.setCurrentIndex(tree.lanes.index(0, TITLE))
    stages = []
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_Right, Key.Key_Right):
        QTest.keyClick(tree, key)
        lane = stage.canvas.lanes.lanes[0]
        stages.append((lane.collapsed, lane.expanded))
    assert stages == [(True, False), (True, False), (False, False), (False, True)]
    QTest.keyClick(tree, Key.Key_Right)
    assert stage.window.selection.ids == (A,), "and on to its first row"
    QTest.keyClick(tree, Key.Key_Left)
    assert stage.window.selection.ids == (SHOP,)


def test_the_marks_before_a_title_fold_the_lane_and_show_its_rows(stage: Stage, tree: LaneTree) -> None:
    def click(place: object) -> None:
        QTest.mouseClick(tree.viewport(), LEFT, NONE, place.center().toPoint())  # type: ignore[attr-defined]
        flush()

    def before() -> QPoint:
        return tree.visualRect(tree.lanes.index(0, TITLE)).topLeft()

    def strip() -> object:
        rect = tree.visualRect(tree.lanes.index(0, TITLE)).toRectF()
        rect.setLeft(rect.left() - tree.indentation())
        rect.setRight(before().x())
        return rect

    unit = stage.theme.unit
    rows = rows_place(strip(), stage.canvas.lanes.lanes[0], unit)  # type: ignore[arg-type]
    click(rows)
    assert stage.canvas.lanes.lanes[0].expanded
    click(fold_place(strip(), stage.canvas.lanes.lanes[0], unit))  # type: ignore[arg-type]
    lane = stage.canvas.lanes.lanes[0]
    assert lane.collapsed and not lane.expanded and rows_place(strip(), lane, unit) is None  # type: ignore[arg-type]
    click(fold_place(strip(), lane, unit))  # type: ignore[arg-type]
    assert not stage.canvas.lanes.lanes[0].collapsed and not stage.steps


def test_keys_move_a_lane_as_one_step_and_no_date(stage: Stage) -> None:
    before = stage.plan
    stage.window.selection.set([E])
    stage.do("move_lane_up")
    assert titles(stage) == ["Customer data", "Shop", "Something later"]
    stage.do("move_lane_down")
    stage.do("move_lane_down")
    assert titles(stage) == ["Shop", "Something later", "Customer data"]
    stage.do("move_lane_down")
    assert stage.steps == 3 and stage.window.selection.ids == (E,)
    assert stage.plan.increments is before.increments and stage.stored() == stage.plan
    for _ in range(3):
        stage.do("undo")
    assert stage.plan == before and titles(stage) == LANES["Project"]


def test_without_a_lane_in_focus_or_an_order_a_sentence_says_what_to_do(stage: Stage, arranging: Arranging) -> None:
    stage.do("move_lane_up")
    assert "Select a project first" in stage.notice
    arranging.group_by(Grouping.STATUS)
    stage.window.selection.set([A])
    stage.do("move_lane_up")
    assert "group the lanes by project" in stage.notice and not stage.steps


def test_a_lane_below_the_last_that_is_shown_stays_above_what_is_hidden(stage: Stage) -> None:
    stage.do("look_for")
    finder = stage.window.timeline.finder
    finder.text.setText("planned")
    finder.alone.setChecked(True)
    assert titles(stage) == ["Shop", "Customer data"]
    stage.window.selection.set([SHOP])
    stage.do("move_lane_down")
    finder.give_up()
    assert titles(stage) == ["Customer data", "Shop", "Something later"]


def test_a_lane_that_grows_by_a_row_takes_the_rows_below_it_along(stage: Stage, tree: LaneTree) -> None:
    before = tree.visualRect(tree.lanes.index(1, TITLE)).top()
    stage.window.editor.run("Move", move_increments, [B], -14, push=False)
    flush()
    lanes, unit = stage.canvas.lanes, stage.theme.unit
    assert lanes.lanes[0].rows == 2
    after = tree.visualRect(tree.lanes.index(1, TITLE)).top()
    assert after == round(lanes.tops[1] * unit) - stage.canvas.top and after > before


def hold(tree: LaneTree, kind: QEvent.Type, at: QPoint, held: Qt.MouseButton = LEFT) -> None:
    """Send a mouse event to the tree."""
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    place = QPointF(tree.viewport().mapToGlobal(at))
    QApplication.sendEvent(tree.viewport(), QMouseEvent(kind, QPointF(at), place, button, held, NONE))


def drag(tree: LaneTree, row: int, to: QPoint, *, drop: bool = True) -> None:
    """Drag the row of a lane to a point, in steps."""
    rect = tree.visualRect(tree.lanes.index(row, TITLE))
    start = QPoint(rect.left() + 60, rect.top() + 30)
    hold(tree, QEvent.Type.MouseButtonPress, start)
    for n in range(1, 5):
        hold(tree, QEvent.Type.MouseMove, start + (to - start) * n / 4)
    if drop:
        hold(tree, QEvent.Type.MouseButtonRelease, to, Qt.MouseButton.NoButton)


def test_a_lane_is_dragged_by_its_row_to_where_the_line_is(stage: Stage, tree: LaneTree) -> None:
    first = tree.visualRect(tree.lanes.index(0, TITLE))
    drag(tree, 2, QPoint(first.left() + 60, first.top() + 5))
    assert titles(stage) == ["Something later", "Shop", "Customer data"]
    drag(tree, 0, QPoint(first.left() + 60, tree.viewport().height() - 30))
    assert titles(stage) == ["Shop", "Customer data", "Something later"]
    assert stage.steps == 2 and stage.stored() == stage.plan


def test_a_lane_that_is_dropped_where_it_was_or_let_go_by_esc_stays(stage: Stage, tree: LaneTree) -> None:
    second = tree.visualRect(tree.lanes.index(1, TITLE))
    drag(tree, 1, QPoint(second.left() + 60, second.top() + 10))
    drag(tree, 1, QPoint(second.left() + 60, second.bottom() - 5))
    first = tree.visualRect(tree.lanes.index(0, TITLE))
    tree.setFocus()
    drag(tree, 2, first.center(), drop=False)
    QTest.keyClick(tree, Key.Key_Escape)
    hold(tree, QEvent.Type.MouseButtonRelease, first.center(), Qt.MouseButton.NoButton)
    assert not stage.steps and titles(stage) == LANES["Project"]


def test_lanes_without_an_order_of_their_own_are_not_dragged(
    stage: Stage, arranging: Arranging, tree: LaneTree
) -> None:
    arranging.group_by(Grouping.STATUS)
    first = tree.visualRect(tree.lanes.index(0, TITLE))
    drag(tree, 2, QPoint(first.left() + 60, first.top() + 5))
    assert not stage.steps and titles(stage) == LANES["Status"]


def test_the_keys_go_on_in_the_lane_where_they_were_when_rows_change(
    stage: Stage, arranging: Arranging, tree: LaneTree
) -> None:
    arranging.group_by(Grouping.STATUS)
    tree.setCurrentIndex(tree.lanes.index(1, TITLE))
    arranging.expand_all()
    assert tree.currentIndex() == tree.lanes.index(1, TITLE)
    assert stage.canvas.lanes.lanes[1].title == "Running"


def test_a_lane_that_is_no_projects_selects_nothing_to_be_changed(
    stage: Stage, arranging: Arranging, tree: LaneTree
) -> None:
    arranging.group_by(Grouping.TEAM)
    stage.window.selection.set([B])
    tree.setCurrentIndex(tree.lanes.index(0, TITLE))
    assert stage.window.selection.ids == ()
    assert DATA in stage.plan.projects and LATER in stage.plan.projects and C in stage.plan.increments


def test_the_lanes_have_no_order_for_whoever_may_not_plan(stage: Stage) -> None:
    workspace: Any = stage.window.editor._workspace
    workspace.role = Role.MANAGER
    arranging = stage.window.timeline.arranging
    assert not arranging.orderable
    before = stage.plan
    stage.window.selection.set([SHOP])
    arranging.move_lane_down()
    assert stage.plan is before
    workspace.role = Role.PLANNER
    assert arranging.orderable
