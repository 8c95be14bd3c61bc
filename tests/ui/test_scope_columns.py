"""The scope table beyond the usual columns: teams, lags, dates, gates, pasted heads, order by hand, undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem, Team
from roadmapper.domain.refusal import Refused
from roadmapper.ui.dialogs.after_dialog import AfterDialog
from roadmapper.ui.dialogs.after_edit import AfterEdit
from roadmapper.ui.dialogs.scope_cells import Column, days_from
from roadmapper.ui.dialogs.scope_dialog import ScopeDialog
from roadmapper.ui.dialogs.scope_model import folded
from roadmapper.ui.dialogs.scope_paste import by_row, clip_of
from roadmapper.ui.settings import Settings
from roadmapper.ui.widgets.tables import Role
from roadmapper.workspace.edits.projects import change_scope
from tests.domain.samples import PROJECT, item, plan_of
from tests.ui.stage import ALT, CTRL

S, T, U, LEGAL = (EntityId(key) for key in ("s", "t", "u", "legal"))


def sample() -> Plan:
    return plan_of(
        item("s", 4.0, position=0),
        item("t", 2.0, position=1).waiting_for([(S, 14)]),
        item("u", None, position=2, usable=False),
        Team(LEGAL, "Legal", 2),
    )


def shown(qtbot: QtBot, plan: Plan, settings: Settings | None = None) -> ScopeDialog:
    dialog = ScopeDialog(plan, PROJECT.id, settings=settings)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.qWaitForWindowActive(dialog, 2_000)
    return dialog


def put(dialog: ScopeDialog, row: int, column: Column, text: str) -> bool:
    return dialog.model.setData(dialog.model.index(row, column), text)


def text(dialog: ScopeDialog, row: int, column: Column) -> str:
    return str(dialog.model.index(row, column).data())


def paste(dialog: ScopeDialog, row: int, lines: str) -> None:
    QGuiApplication.clipboard().setText(lines)
    dialog.table.setCurrentIndex(dialog.model.index(row, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_V, CTRL)


def titles(dialog: ScopeDialog) -> list[str]:
    return [text(dialog, n, Column.TITLE) for n in range(dialog.model.rowCount() - 1)]


def only(dialog: ScopeDialog) -> ScopeItem:
    (changed,), _ = dialog.result_scope()
    return changed


# The columns.


def test_only_usual_columns_and_those_in_use_are_shown(qtbot: QtBot) -> None:
    plain = shown(qtbot, plan_of(item("s")))
    assert plain.table.isColumnHidden(Column.DUE)
    assert plain.table.isColumnHidden(Column.TEAM)
    assert not plain.table.isColumnHidden(Column.AFTER)
    used = shown(qtbot, plan_of(item("s", due=date(2027, 9, 1))))
    assert not used.table.isColumnHidden(Column.DUE)
    assert used.table.isColumnHidden(Column.RAMP)


def test_columns_chosen_by_hand_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    dialog = shown(qtbot, sample(), Settings(path))
    names = {a.text(): a for a in dialog.columns.menu.actions()}
    assert "Title" not in names
    names["Compliance date"].trigger()
    names["People"].trigger()
    assert not dialog.table.isColumnHidden(Column.DUE)
    again = shown(qtbot, sample(), Settings(path))
    assert not again.table.isColumnHidden(Column.DUE)
    assert again.table.isColumnHidden(Column.PEOPLE)
    assert again.table.isColumnHidden(Column.GATE)


def test_a_gate_brings_its_duration_into_sight(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    assert dialog.table.isColumnHidden(Column.DURATION)
    dialog.model.setData(dialog.model.index(2, Column.GATE), Qt.CheckState.Checked.value, Role.CheckStateRole)
    assert not dialog.table.isColumnHidden(Column.DURATION)
    assert dialog.reason.text() == "Now shown at the right end of the table: “Duration (days)”."
    assert dialog.take.isEnabled()
    assert only(dialog).gate


def test_heads_stand_on_two_even_lines_and_lie_within_their_columns(qtbot: QtBot) -> None:
    assert folded("What marketing can do with it") == "What marketing\ncan do with it"
    assert folded("Due") == "Due"
    dialog = shown(qtbot, sample())
    for column in Column:
        dialog.columns.choose(column, shown=True)
    head = dialog.table.horizontalHeader()
    metrics = dialog.table.fontMetrics()
    for column in Column:
        lines = str(dialog.model.headerData(column, Qt.Orientation.Horizontal)).split("\n")
        assert max(map(metrics.horizontalAdvance, lines)) < head.sectionSize(column)


# What is typed into them.


@pytest.mark.parametrize(
    ("column", "typed", "field", "value", "stands"),
    [
        (Column.TEAM, "legal", "team", LEGAL, "Legal"),
        (Column.DURATION, "10", "planned_days", 10, "10d"),
        (Column.DURATION, "3 weeks", "planned_days", 21, "3w"),
        (Column.RAMP, "2,5", "ramp_months", 2.5, "2,5"),
        (Column.DUE, "2027-09-01", "due", date(2027, 9, 1), "1\u00a0Sep\u00a02027"),
        (Column.GATE, "x", "gate", True, ""),
        (Column.OPTIONAL, "YES", "optional", True, ""),
    ],
)
def test_what_is_typed_is_what_comes_of_it(
    qtbot: QtBot, column: Column, typed: str, field: str, value: Any, stands: str
) -> None:
    dialog = shown(qtbot, sample())
    assert put(dialog, 0, column, typed)
    assert text(dialog, 0, column) == stands
    assert only(dialog) == replace(sample().scope_items[S], **{field: value})
    after = change_scope(sample(), *dialog.result_scope())
    assert shown(qtbot, after).result_scope() == ([], [])


@pytest.mark.parametrize(
    ("column", "typed", "why"),
    [
        (Column.TEAM, "Sales", "There is no team “Sales”: choose one of the list, or add it"),
        (Column.DURATION, "soon", "“soon” is not a length: enter days or weeks, such as 10d or 2w."),
        (Column.DURATION, "0", "The duration in days is 0, but must be from 1"),
        (Column.RAMP, "121", "The ramp in months is 121, but must be from 0 to 120."),
        (Column.DUE, "someday", "“someday” is not a day: enter one such as 9 Aug 2027"),
        (Column.GATE, "perhaps", "“perhaps” says neither yes nor no"),
        (Column.EFFORT, "=SUM(A1)", "“=SUM(A1)” is not a number"),
        (Column.TITLE, "x" * 300, "has 300 characters, but at most 200 fit: shorten it."),
        (Column.AFTER, "1+600w", "A lag in days is 4200, but must be from 0 to 3660."),
        (Column.AFTER, "1+2x", "“2x” is not a length"),
    ],
)
def test_a_bad_cell_is_one_sentence_with_its_row(qtbot: QtBot, column: Column, typed: str, why: str) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 2, column, typed)
    assert dialog.reason.text().startswith("Row 3: ")
    assert why in dialog.reason.text()
    assert not dialog.take.isEnabled()
    with pytest.raises(Refused):
        dialog.result_scope()


def test_too_long_a_text_is_refused_and_not_cut_while_typing(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    QTest.keyClick(dialog.table, Qt.Key.Key_F2)
    editor = next(e for e in dialog.table.viewport().findChildren(QLineEdit) if e.isVisible())
    QGuiApplication.clipboard().setText("y" * 250)
    QTest.keyClick(editor, Qt.Key.Key_V, CTRL)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(1)
    assert text(dialog, 0, Column.TITLE) == "y" * 250
    assert "has 250 characters" in dialog.reason.text()


def test_a_team_is_chosen_from_a_list_with_keys(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    dialog.columns.choose(Column.TEAM, shown=True)
    dialog.table.setCurrentIndex(dialog.model.index(0, Column.TEAM))
    QTest.keyClick(dialog.table, Qt.Key.Key_F2)
    combo = next(c for c in dialog.table.viewport().findChildren(QComboBox) if c.isVisible())
    assert [combo.itemText(n) for n in range(combo.count())] == ["the team of the project", "Legal", "Web"]
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert only(dialog).team == LEGAL
    QTest.keyClick(combo, Qt.Key.Key_Up)
    assert dialog.result_scope() == ([], [])


def test_days_and_weeks_are_told_apart() -> None:
    assert [days_from(t) for t in ("5", "5d", "2 W", "1 week", "10 days")] == [5, 5, 14, 7, 10]
    with pytest.raises(Refused, match="whole days"):
        days_from("0.5w")


# What comes first.


def test_lags_are_typed_and_shown_the_same_way(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    assert text(dialog, 1, Column.AFTER) == "1+2w"
    assert dialog.model.index(1, Column.AFTER).data(Role.ToolTipRole) == "Item s (2 weeks later)"
    assert put(dialog, 2, Column.AFTER, "1 + 10d; 2+2w")
    assert text(dialog, 2, Column.AFTER) == "1+10d, 2+2w"
    assert only(dialog).waits() == ((S, 10), (T, 14))


def test_a_title_can_be_named_with_its_lag(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    assert put(dialog, 2, Column.AFTER, "item T + 3w")
    assert only(dialog).waits() == ((T, 21),)


def test_numbers_follow_rows_that_are_moved(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    dialog.model.move(2, 0)
    assert titles(dialog) == ["Item u", "Item s", "Item t"]
    assert text(dialog, 2, Column.AFTER) == "2+2w"


def test_a_row_that_is_named_too_early_is_taken_once_it_is_there(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    assert not put(dialog, 2, Column.AFTER, "4+1w")
    assert "There is no row 4" in dialog.reason.text()
    put(dialog, 3, Column.TITLE, "Fourth")
    assert dialog.take.isEnabled()
    assert text(dialog, 2, Column.AFTER) == "4+1w"


def test_digits_without_end_are_read_at_once(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    assert not put(dialog, 2, Column.AFTER, "1" * 4_000 + "+" * 4_000)


def test_picking_from_the_list_keeps_the_lags(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    editor = AfterEdit([(1, "Item s"), (3, "Item u")], dialog)
    editor.setText("1+2w")
    editor.open_choices()
    editor.choices.item(1).setCheckState(Qt.CheckState.Checked)
    assert editor.text() == "1+2w, 3"
    editor.choices.hide()


def test_several_rows_are_linked_at_once(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 3, Column.TITLE, "Fourth")
    rows = dialog.model.scope.rows
    link = AfterDialog(dialog.model.scope, rows[1:], dialog)
    qtbot.addWidget(link)
    assert link.after_edit.text() == ""
    link.after_edit.setText("1+1w")
    assert link.told.text() == "Item s (1 week later)"
    link.chain_box.setChecked(True)
    dialog.model.let_wait(link.result_waits())
    assert [text(dialog, n, Column.AFTER) for n in range(4)] == ["", "1+1w", "1+1w, 2", "1+1w, 3"]
    QTest.keyClick(dialog.table, Qt.Key.Key_Z, CTRL)
    assert [text(dialog, n, Column.AFTER) for n in range(4)] == ["", "1+2w", "", ""]


def test_a_link_that_closes_a_circle_is_refused_before_the_dialog_closes(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    link = AfterDialog(dialog.model.scope, dialog.model.scope.rows[:1], dialog)
    qtbot.addWidget(link)
    link.after_edit.setText("2")
    assert "in a circle" in link.reason.text()
    assert not link.take.isEnabled()
    link.after_edit.setText("9")
    assert "There is no row 9" in link.reason.text()


# What is pasted.


def test_pasted_heads_say_where_the_cells_go(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    lines = (
        "Nr\tTask\tDue date\tOwner\tTeam\tEffort\tpredecessors\tramp\n"
        "7\tSearch\t2027-10-01\tAnn\tLegal\t1,5\t8\t3\n"
        "8\tIndex\t\t\t\t2\t\t\n"
    )
    paste(dialog, 3, lines)
    assert titles(dialog) == ["Item s", "Item t", "Item u", "Search", "Index"]
    assert "Pasted without “Owner”" in dialog.reason.text()
    assert dialog.take.isEnabled()
    assert not dialog.table.isColumnHidden(Column.DUE)
    (search, index), _ = dialog.result_scope()
    assert (search.due, search.team, search.effort_pw, search.ramp_months) == (date(2027, 10, 1), LEGAL, 1.5, 3.0)
    assert search.waits() == ((index.id, 0),)


def test_a_csv_is_taken_apart_and_a_sentence_is_not(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of())
    paste(dialog, 0, 'Title;Effort;Usable\n"Cart; two";4,5;yes\nLamp;2;no\n')
    (cart, lamp), _ = dialog.result_scope()
    assert (cart.title, cart.effort_pw, cart.usable) == ("Cart; two", 4.5, True)
    assert (lamp.title, lamp.effort_pw, lamp.usable) == ("Lamp", 2.0, False)
    assert clip_of("Cart, and more, and more").lines == [["Cart, and more, and more"]]
    assert clip_of("Cart, or\nLamp, and").lines == [["Cart, or"], ["Lamp, and"]]
    assert clip_of("a,b,c\nd,e,f").lines == [["a", "b", "c"], ["d", "e", "f"]]


def test_cells_beyond_the_last_column_are_said_not_to_be_taken(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of())
    paste(dialog, 0, "\t".join(["Cart", "", "1", "1", "1", "yes", "", "more", "still more"]))
    assert "without the last 2 columns" in dialog.reason.text()
    assert titles(dialog) == ["Cart"]


def test_ids_of_a_pasted_table_stand_for_its_rows() -> None:
    assert by_row("A1, B2+2w", {"A1": 4, "B2": 6}) == "4, 6+2w"
    assert by_row("C3", {"A1": 4}) == "C3"


def test_what_is_copied_can_be_pasted(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    dialog.table.selectAll()
    QTest.keyClick(dialog.table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().split("\n")[1] == "Item t\t\t2\t\t\tyes\t1+2w"
    paste(dialog, 0, QGuiApplication.clipboard().text().rstrip())
    assert dialog.result_scope() == ([], [])


# Order and undo.


def test_a_row_is_moved_by_dragging_its_number(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    side = dialog.table.verticalHeader()
    side.moveSection(2, 0)
    assert titles(dialog) == ["Item u", "Item s", "Item t"]
    assert [side.visualIndex(n) for n in range(4)] == [0, 1, 2, 3]
    side.moveSection(0, 3)
    assert titles(dialog) == ["Item s", "Item t", "Item u"]
    side.moveSection(3, 0)
    assert titles(dialog) == ["Item s", "Item t", "Item u"]


def test_selected_rows_move_together(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    dialog.table.select(dialog.model.scope.rows[1:])
    QTest.keyClick(dialog.table, Qt.Key.Key_Up, ALT)
    assert titles(dialog) == ["Item t", "Item u", "Item s"]
    assert [r.key for r in dialog.table.rows()] == [T, U]
    QTest.keyClick(dialog.table, Qt.Key.Key_Up, ALT)
    assert titles(dialog) == ["Item t", "Item u", "Item s"]


def test_a_row_is_inserted_above(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Insert, ALT)
    editor = next(e for e in dialog.table.viewport().findChildren(QLineEdit) if e.isVisible())
    QTest.keyClicks(editor, "Between")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(1)
    assert titles(dialog) == ["Item s", "Between", "Item t", "Item u"]
    after = change_scope(sample(), *dialog.result_scope())
    assert [i.title for i in after.scope_by_project[PROJECT.id]] == titles(dialog)


def test_steps_in_the_table_are_undone_and_done_again(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    put(dialog, 0, Column.EFFORT, "lots")
    dialog.table.setCurrentIndex(dialog.model.index(1, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete, CTRL)
    assert titles(dialog) == ["Item s", "Item u"]
    QTest.keyClick(dialog.table, Qt.Key.Key_Z, CTRL)
    assert titles(dialog) == ["Item s", "Item t", "Item u"]
    assert not dialog.take.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Z, CTRL)
    assert dialog.result_scope() == ([], [])
    assert dialog.table.isColumnHidden(Column.DUE)
    QTest.keyClick(dialog.table, Qt.Key.Key_Y, CTRL)
    assert "is not a number" in dialog.reason.text()


def places(dialog: ScopeDialog) -> dict[Column, tuple[int, int]]:
    head = dialog.table.horizontalHeader()
    return {c: (head.sectionPosition(c), head.sectionSize(c)) for c in dialog.columns.shown()}


def test_a_column_that_comes_into_use_moves_no_other(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    before = places(dialog)
    dialog.model.setData(dialog.model.index(2, Column.GATE), Qt.CheckState.Checked.value, Role.CheckStateRole)
    paste(dialog, 0, "Title\tDue\nItem s\t2027-10-01")
    after = places(dialog)
    assert after.keys() - before.keys() == {Column.DURATION, Column.DUE}
    assert {c: after[c] for c in before} == before
    assert dialog.columns.shown()[-2:] == [Column.DURATION, Column.DUE]
    QTest.keyClick(dialog.table, Qt.Key.Key_Z, CTRL)
    assert {c: places(dialog)[c] for c in before} == before


def test_typing_and_more_rows_leave_the_columns_where_they_are(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    before = places(dialog)
    for n in range(60):
        put(dialog, 3 + n, Column.TITLE, f"Piece {n}")
    put(dialog, 0, Column.REVENUE, "125000.50")
    put(dialog, 1, Column.AFTER, "1+2w, 10")
    QTest.qWait(10)
    assert dialog.table.verticalScrollBar().maximum()
    left = {c: x for c, (x, _) in places(dialog).items()}
    assert left == {c: x for c, (x, _) in before.items()}


def test_a_gate_shows_its_duration_as_soon_as_the_table_opens(qtbot: QtBot) -> None:
    dialog = shown(qtbot, plan_of(item("g", None, gate=True, usable=False)))
    shown_at_first = dialog.columns.shown()
    assert Column.DURATION in shown_at_first
    put(dialog, 0, Column.TITLE, "Review")
    assert dialog.columns.shown() == shown_at_first


def test_cells_are_pasted_into_the_columns_as_they_stand(qtbot: QtBot) -> None:
    dialog = shown(qtbot, sample())
    dialog.columns.reveal({Column.DURATION})
    QGuiApplication.clipboard().setText("1\t3w")
    dialog.table.setCurrentIndex(dialog.model.index(1, Column.AFTER))
    QTest.keyClick(dialog.table, Qt.Key.Key_V, CTRL)
    assert (text(dialog, 1, Column.AFTER), text(dialog, 1, Column.DURATION)) == ("1", "3w")
