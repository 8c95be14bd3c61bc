"""What a project consists of: typed, pasted, ordered, and only then a change of the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.proposing import propose
from roadmapper.ui.dialogs.after_edit import AfterEdit
from roadmapper.ui.dialogs.scope_cells import Column
from roadmapper.ui.dialogs.scope_dialog import ScopeDialog
from roadmapper.ui.dialogs.scope_paste import cells_of
from roadmapper.ui.dialogs.split_dialog import SplitDialog
from roadmapper.ui.widgets.tables import Role
from roadmapper.workspace.edits.projects import change_scope
from tests.domain.samples import PROJECT, increment, item, plan_of
from tests.ui.stage import ALT, CTRL, LATER, Stage

A, S, T, U = (EntityId(key) for key in ("a", "s", "t", "u"))


def sample() -> Plan:
    return plan_of(
        item("s", 4.0, position=0),
        item("t", 1 / 3, position=1, after="s", outcome="First line.\nSecond line."),
        item("u", None, position=2, usable=False),
    )


def shown(qtbot: QtBot, plan: Plan) -> ScopeDialog:
    dialog = ScopeDialog(plan, PROJECT.id)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.qWaitForWindowActive(dialog, 2_000)
    return dialog


def put(dialog: ScopeDialog, row: int, column: Column, text: str) -> bool:
    return dialog.model.setData(dialog.model.index(row, column), text)


def paste(dialog: ScopeDialog, row: int, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    dialog.table.setCurrentIndex(dialog.model.index(row, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def titles(dialog: ScopeDialog) -> list[str]:
    return [dialog.model.index(n, 0).data() for n in range(dialog.model.rowCount() - 1)]


def delete_row(dialog: ScopeDialog) -> None:
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete, CTRL)
    QTest.keyRelease(dialog.table, Qt.Key.Key_Control)  # or it would count as held in what comes next


def editor_of(dialog: ScopeDialog) -> QLineEdit:
    return next(e for e in dialog.table.viewport().findChildren(QLineEdit) if e.isVisible())


def test_looking_at_the_scope_changes_nothing(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    for column in (Column.TITLE, Column.OUTCOME, Column.EFFORT, Column.AFTER):
        dialog.table.setCurrentIndex(dialog.model.index(1, column))
        QTest.keyClick(dialog.table, Qt.Key.Key_F2)
        QTest.keyClick(editor_of(dialog), Qt.Key.Key_Return)
        QTest.qWait(1)
    assert dialog.result_scope() == ([], [])


def test_an_item_is_typed_into_the_empty_row_with_keys_alone(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of())
    QTest.keyClick(dialog.table, Qt.Key.Key_Insert)
    for text in ("Catalogue", "Customers see goods.", "12,5", "3", "2500.50"):
        editor = editor_of(dialog)
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Tab)
        QTest.qWait(1)
    assert dialog.table.currentIndex().column() == Column.USABLE
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    (new,), gone = dialog.result_scope()
    assert gone == []
    assert (new.title, new.outcome, new.project) == ("Catalogue", "Customers see goods.", PROJECT.id)
    assert (new.effort_pw, new.people, new.revenue_per_month, new.usable) == (12.5, 3, 250_050, True)


def test_an_amount_is_in_the_minor_units_of_the_currency(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of(currency="JPY"))
    put(dialog, 0, Column.TITLE, "Catalogue")
    put(dialog, 0, Column.REVENUE, "2500")
    assert dialog.result_scope()[0][0].revenue_per_month == 2_500
    assert "JPY" in str(dialog.model.headerData(Column.REVENUE, Qt.Orientation.Horizontal))


def test_a_new_item_does_not_take_the_place_of_one_there_is(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 3, Column.TITLE, "Fourth")
    (new,), _ = dialog.result_scope()
    assert new.position == 3


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        (Column.TITLE, "  ", "is empty"),
        (Column.TITLE, "x" * 201, "at most 200 fit"),
        (Column.OUTCOME, "x" * 8_001, "at most 8000 fit"),
        (Column.EFFORT, "lots", "is not a number"),
        (Column.EFFORT, "-1", "cannot be negative"),
        (Column.PEOPLE, "1.5", "is not a whole number"),
        (Column.PEOPLE, "0", "must be from 1"),
        (Column.REVENUE, "much", "is not an amount"),
        (Column.USABLE, "perhaps", "neither usable nor groundwork"),
    ],
)
def test_what_cannot_be_read_is_marked_said_and_not_saved(qtbot: QtBot, column: Column, text: str, why: str) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 1, column, text)
    index = dialog.model.index(1, column)
    assert why in dialog.reason.text()
    assert why in index.data(Role.ToolTipRole)
    assert index.data(Role.BackgroundRole) is not None
    assert not dialog.take.isEnabled()
    with pytest.raises(Refused):
        dialog.result_scope()
    put(dialog, 1, column, {Column.TITLE: "Good", Column.PEOPLE: "2", Column.USABLE: "no"}.get(column, "5"))
    assert dialog.take.isEnabled()
    assert index.data(Role.BackgroundRole) is None


def test_lines_of_a_spreadsheet_fill_rows_and_make_new_ones(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    lines = 'Search\tFind goods.\t6\t2\t1,500\tyes\r\n"Cart ""two"""\t"Buy\nthem."\t3\t\t\tno\r\nBad\t\tmany\t\t\t\r\n'
    paste(dialog, 2, lines)
    assert titles(dialog) == ["Item s", "Item t", "Search", 'Cart "two"', "Bad"]
    assert "Row 5" in dialog.reason.text() and "“many” is not a number" in dialog.reason.text()
    put(dialog, 4, Column.EFFORT, "")
    (search, cart, bad), _ = dialog.result_scope()
    assert (search.id, search.effort_pw, search.people, search.revenue_per_month) == (U, 6.0, 2, 150_000)
    assert (search.usable, cart.usable, bad.usable) == (True, False, False)
    assert (cart.outcome, cart.people, cart.revenue_per_month) == ("Buy\nthem.", None, None)


def test_a_paste_that_is_too_much_changes_nothing(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    paste(dialog, 3, "x\n" * 501)
    assert "too much to paste" in dialog.reason.text()
    assert dialog.result_scope() == ([], [])
    assert cells_of('5" screen\t2\nLamp\t3') == [['5" screen', "2"], ["Lamp", "3"]]
    assert cells_of('"open\t2\nLamp\t3') == [['"open', "2"], ["Lamp", "3"]]


def test_what_comes_first_is_typed_as_numbers_or_titles(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    assert put(dialog, 2, Column.AFTER, "1, 2")
    assert dialog.model.index(2, Column.AFTER).data() == "1, 2"
    assert dialog.model.index(2, Column.AFTER).data(Role.ToolTipRole) == "Item s, Item t"
    assert put(dialog, 2, Column.AFTER, "item T")
    (changed,), _ = dialog.result_scope()
    assert (changed.id, changed.after) == (U, (T,))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2", "circle: “Item s” → “Item t” → “Item s”"),
        ("1", "circle: “Item s” → “Item s”"),
        ("9", "There is no row 9: the last one is 3."),
        ("nothing", "“nothing” is no title in this table"),
    ],
)
def test_an_order_that_cannot_be_stays_as_typed_is_said_with_its_row_and_not_saved(
    qtbot: QtBot, text: str, why: str
) -> None:
    dialog = shown(qtbot, sample())
    assert not put(dialog, 0, Column.AFTER, text)
    said = dialog.reason.text()
    assert said.startswith("Row 1: ")
    assert why in said or why.replace("“Item s” → “Item t” → “Item s”", "“Item t” → “Item s” → “Item t”") in said
    assert dialog.model.index(0, Column.AFTER).data() == text
    assert not dialog.take.isEnabled()
    with pytest.raises(Refused):
        dialog.result_scope()
    put(dialog, 0, Column.AFTER, "")
    assert dialog.take.isEnabled()
    assert dialog.result_scope() == ([], [])


def test_what_comes_first_is_picked_from_a_list_of_boxes(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    dialog.table.setCurrentIndex(dialog.model.index(2, Column.AFTER))
    QTest.keyClick(dialog.table, Qt.Key.Key_F2)
    editor = editor_of(dialog)
    assert isinstance(editor, AfterEdit)
    QTest.keyClick(editor, Qt.Key.Key_Down, ALT)
    choices = editor.choices
    assert [choices.item(n).text() for n in range(choices.count())] == ["1  Item s", "2  Item t"]
    QTest.keyClick(choices, Qt.Key.Key_Down)
    QTest.keyClick(choices, Qt.Key.Key_Space)
    QTest.keyClick(choices, Qt.Key.Key_Escape)
    assert editor.text() == "2"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(1)
    assert dialog.result_scope()[0][0].after == (T,)
    assert titles(dialog) == ["Item s", "Item t", "Item u"]


def test_a_deleted_item_is_no_longer_waited_for(qtbot: QtBot) -> None:
    plan = sample()
    dialog = shown(qtbot, plan)
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    delete_row(dialog)
    changed, gone = dialog.result_scope()
    assert gone == [plan.scope_items[S]]
    assert changed == [replace(plan.scope_items[T], after=())]


def test_items_are_moved_with_keys_and_stay_selected(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    dialog.table.setCurrentIndex(dialog.model.index(2, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Up, ALT)
    QTest.keyClick(dialog.table, Qt.Key.Key_Up, ALT)
    QTest.keyClick(dialog.table, Qt.Key.Key_Up, ALT)
    assert titles(dialog) == ["Item u", "Item s", "Item t"]
    assert dialog.table.currentIndex().row() == 0
    after = change_scope(sample(), *dialog.result_scope())
    assert [i.id for i in after.scope_by_project[PROJECT.id]] == [U, S, T]
    QTest.keyClick(dialog.table, Qt.Key.Key_Down, ALT)
    QTest.keyClick(dialog.table, Qt.Key.Key_Down, ALT)
    assert dialog.result_scope() == ([], [])


@pytest.mark.parametrize("status", [Status.RUNNING, Status.DELIVERED])
def test_what_is_under_way_or_done_is_read_only(qtbot: QtBot, status: Status) -> None:
    dialog = shown(qtbot, plan_of(increment("a", 0, 4, status=status), item("s", increment=A), item("t", position=1)))
    assert not put(dialog, 0, Column.TITLE, "Other")
    assert not dialog.model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    paste(dialog, 0, "Other\nMore")
    assert titles(dialog) == ["Item s", "Item t"]
    delete_row(dialog)
    assert f"which is {status.value}" in dialog.reason.text()
    assert dialog.result_scope() == ([], [])


def test_parts_are_read_only_and_go_with_their_item(qtbot: QtBot) -> None:
    plan = plan_of(item("p", 2.0, part_of=S), item("s", 2.0, position=1, after="p"))
    dialog = shown(qtbot, plan)
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    delete_row(dialog)
    assert "is a part of “Item s”" in dialog.reason.text()
    assert dialog.result_scope() == ([], [])
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    delete_row(dialog)
    assert len(dialog.result_scope()[1]) == 2


def test_enter_in_the_table_edits_and_never_closes(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    editor = editor_of(dialog)
    QTest.keyClicks(editor, "New name")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(1)
    assert dialog.isVisible()
    assert titles(dialog)[0] == "New name"


def test_what_is_being_typed_is_saved_too(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    QTest.keyClick(dialog.table, Qt.Key.Key_F2)
    QTest.keyClicks(editor_of(dialog), "Half done")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.result_scope()[0][0].title == "Half done"


def test_what_is_being_typed_and_cannot_be_keeps_the_dialog_open(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    for column, text, why in ((Column.AFTER, "2", "circle"), (Column.EFFORT, "lots", "is not a number")):
        dialog.table.setCurrentIndex(dialog.model.index(0, column))
        QTest.keyClick(dialog.table, Qt.Key.Key_F2)
        QTest.keyClicks(editor_of(dialog), text)
        dialog.accept()
        assert dialog.isVisible()
        assert why in dialog.reason.text()


def test_escape_asks_once_before_what_was_entered_is_lost(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 0, Column.TITLE, "Other")
    QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "press Esc again" in dialog.reason.text()
    QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    untouched = shown(qtbot, sample())
    QTest.keyClick(untouched.table, Qt.Key.Key_Escape)
    assert not untouched.isVisible()


def test_a_project_made_by_hand_can_be_split_once_its_scope_is_entered_and_that_is_one_step(stage: Stage) -> None:
    before = stage.plan
    with pytest.raises(Refused, match="Plan > Scope items"):
        propose(before, LATER, Wishes(people=2, seconds=0))
    asked: list[str] = []

    def enter() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ScopeDialog)
        asked.append(dialog.windowTitle())
        paste(dialog, 0, "Catalogue\tSee goods.\t6\t\t100\tyes\nCart\t\t9")
        dialog.accept()

    stage.window.selection.set([LATER])
    button = next(b for b in stage.window.timeline.inspector.findChildren(QPushButton) if "Scope" in b.text())
    QTimer.singleShot(0, enter)
    button.click()
    assert asked == ["Scope of “Something later”"]
    assert [i.title for i in stage.plan.scope_by_project[LATER]] == ["Catalogue", "Cart"]
    assert propose(stage.plan, LATER, Wishes(people=2, seconds=0)).after.increments > 0
    stage.window.actions_["undo"].trigger()
    assert stage.plan == before


def test_the_increments_of_a_split_lie_within_the_width_whatever_their_titles(qtbot: QtBot) -> None:
    long = "A very long title of a piece of work that nobody could ever read on one line of a table "
    items = [item(f"i{n}", 20.0, title=long + str(n), outcome=long * 3, position=n) for n in range(6)]
    dialog = SplitDialog(plan_of(*items), PROJECT.id)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(1100, 800)
    qtbot.waitUntil(lambda: dialog.proposal() is not None, timeout=60_000)
    table = dialog.result_view.increments
    room = table.viewport().width()
    assert table.horizontalHeader().length() <= room
    assert table.columnWidth(1) > room // 5 and table.columnWidth(3) > room // 4
    for row in range(table.texts.rowCount()):
        most = table.verticalHeader().maximumSectionSize()  # all of a longer text stands in its tooltip
        assert table.rowHeight(row) == min(max(table.sizeHintForRow(row), table.row_height()), most)


def test_the_menu_opens_the_scope_of_the_selected_project(stage: Stage) -> None:
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ScopeDialog)
        seen.append(dialog.windowTitle())
        dialog.reject()

    stage.window.selection.set([LATER])
    QTimer.singleShot(0, look)
    stage.window.actions_["scope"].trigger()
    assert seen == ["Scope of “Something later”"]


def test_delete_empties_the_selected_cells_in_one_step_and_keeps_the_rows(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    model, selection = dialog.model, dialog.table.selectionModel()
    before = [model.index(n, Column.EFFORT).data() for n in range(2)]
    assert all(before)
    selection.setCurrentIndex(model.index(0, Column.EFFORT), selection.SelectionFlag.ClearAndSelect)
    selection.select(model.index(1, Column.EFFORT), selection.SelectionFlag.Select)
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert titles(dialog) == ["Item s", "Item t", "Item u"]
    assert [model.index(n, Column.EFFORT).data() for n in range(2)] == ["", ""]
    QTest.keyClick(dialog.table, Qt.Key.Key_Z, CTRL)
    assert [model.index(n, Column.EFFORT).data() for n in range(2)] == before
    assert dialog.result_scope() == ([], [])


def test_delete_deletes_rows_that_were_selected_by_their_number(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    side = dialog.table.verticalHeader()
    spot = QPoint(5, side.sectionViewportPosition(1) + 5)
    QTest.mouseClick(side.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert titles(dialog) == ["Item s", "Item u"]
    dialog.table.selectAll()
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert dialog.model.rowCount() == 3
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert dialog.model.rowCount() == 2


@pytest.mark.parametrize(
    ("typed", "usable"), [("y", True), ("yes", True), ("x", True), ("1", True), ("Feature", True), ("n", False),
                          ("no", False), ("0", False), ("groundwork", False)],
)  # fmt: skip
def test_a_box_can_be_typed(qtbot: QtBot, typed: str, usable: bool) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 1, Column.USABLE, "ja")
    assert "enter yes or no" in dialog.reason.text()
    dialog.table.setCurrentIndex(dialog.model.index(1, Column.USABLE))
    QTest.keyClicks(dialog.table, typed[0])
    QTest.keyClicks(editor_of(dialog), typed[1:])
    QTest.keyClick(editor_of(dialog), Qt.Key.Key_Return)
    QTest.qWait(1)
    assert dialog.take.isEnabled()
    assert dialog.model.scope.rows[1].usable is usable


def test_space_ticks_a_box_that_could_not_be_read(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 1, Column.USABLE, "ja")
    dialog.table.setCurrentIndex(dialog.model.index(1, Column.USABLE))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.take.isEnabled()
    assert dialog.model.scope.rows[1].usable


def test_all_bad_cells_are_counted_and_a_key_or_a_click_goes_to_the_next(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    for n in range(3):
        put(dialog, n, Column.EFFORT, "lots")
        put(dialog, n, Column.PEOPLE, "many")
    dialog.table.setCurrentIndex(dialog.model.index(3, 0))
    assert dialog.reason.text().startswith("Row 1: “lots” is not a number")
    assert dialog.reason.text().endswith("And 5 more cells (F8).")
    seen = []
    for n in range(7):
        if n % 2:
            QTest.mouseClick(dialog.reason, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(dialog.table, Qt.Key.Key_F8)
        at = dialog.table.currentIndex()
        seen.append((at.row(), Column(at.column())))
    cells = [(n, column) for n in range(3) for column in (Column.EFFORT, Column.PEOPLE)]
    assert seen == [*cells, cells[0]]


def test_more_people_than_the_team_has_are_marked_and_can_be_saved(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 1, Column.PEOPLE, "9")
    index = dialog.model.index(1, Column.PEOPLE)
    assert "Row 2: 9 people, but “Web” has 6" in dialog.reason.text()
    assert "“Web” has 6" in index.data(Role.ToolTipRole)
    assert index.data(Role.ForegroundRole) is not None
    assert dialog.take.isEnabled()
    put(dialog, 1, Column.PEOPLE, "6")
    assert not dialog.reason.text() and index.data(Role.ForegroundRole) is None
