"""Roles on screen: what a role may not do is not there - in no menu, behind no key, under no mouse - and is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton, QToolButton
from pytestqt.qtbot import QtBot

from roadmapper.domain.agreement import Term
from roadmapper.domain.entity import EntityId
from roadmapper.domain.role import WRITES, Role
from roadmapper.ui.actions import MENUS, commands
from roadmapper.ui.dialogs.identity_dialog import IdentityDialog
from roadmapper.ui.pages import PAGES
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.edits.words import put_terms
from roadmapper.workspace.identity import Identity, identity_in
from tests.faults.disks import disk
from tests.ui.investments import priorities_plan
from tests.ui.stage import DATA, SHOP, A, C, Stage, flush, made, stage_at

PLANNING = {c.name for c in commands() if c.writes and c.name not in ("mark_seen", "import_answer", "new_measure")}
OTHERS = [role for role in Role if WRITES[role] is not None]


def working_as(stage: Stage, role: Role, name: str = "Ada") -> Stage:
    """Return the stage once somebody else works there."""
    assert stage.window.files.introduce(Identity(name, role))
    QCoreApplication.processEvents()
    return stage


def shown_in_menus(stage: Stage) -> set[str]:
    """Return the commands that somebody finds who opens every menu."""
    found = set()
    names = {action: name for name, action in stage.window.actions_.items()}
    waiting = [*stage.shell.menuBar().actions()]
    while waiting:
        action = waiting.pop()
        menu = action.menu()
        if action in names and action.isVisible():
            found.add(names[action])
        elif action.isVisible() and menu is not None:
            waiting += menu.actions()  # type: ignore[attr-defined]
    return found


def test_every_command_that_plans_is_found_by_a_planner(stage: Stage) -> None:
    assert shown_in_menus(stage) == {c.name for c in commands()}
    assert len(PLANNING) > 15


@pytest.mark.parametrize("role", OTHERS)
def test_no_command_that_plans_is_in_a_menu_a_head_or_behind_a_key_in_another_role(stage: Stage, role: Role) -> None:
    working_as(stage, role)
    absent = PLANNING - ({"undo", "redo"} if role is Role.BROKER else set())
    for page in PAGES:
        stage.do(page)
        writes = PAGES[page].writes
        own = {"rename", "delete", "undo", "redo"} if writes and writes <= (WRITES[role] or frozenset()) else set()
        gone = absent - own
        assert not shown_in_menus(stage) & gone, page
        for name in gone:
            action = stage.window.actions_[name]
            assert not action.isVisible() and not action.isEnabled(), name
        buttons = [b for b in stage.shell.findChildren(QToolButton) if b.isVisible() and b.defaultAction() is not None]
        named = {a: n for n, a in stage.window.actions_.items()}
        assert not {named.get(b.defaultAction(), "") for b in buttons} & gone, page


def test_the_plan_menu_goes_whole_and_no_letter_or_key_opens_a_planning_dialog(stage: Stage, qtbot: QtBot) -> None:
    working_as(stage, Role.REVIEWER)
    titles = [a.text() for a in stage.shell.menuBar().actions() if a.isVisible()]
    assert titles == [t for t in MENUS if t != "&Plan"]
    stage.do("show_timeline")
    stage.window.selection.set([C])
    before = stage.plan
    # A key that still opened something would never return from its dialog: this is ended from outside.
    for key, keys in (
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier),
    ):
        QTest.keyClick(stage.canvas, key, keys)
        flush()
        assert QApplication.activeModalWidget() is None
    assert stage.plan is before and "Only a planner" in stage.notice


def test_a_drag_of_a_reviewer_moves_nothing_and_says_calmly_who_could(stage: Stage) -> None:
    working_as(stage, Role.REVIEWER)
    stage.do("show_timeline")
    stage.look_at(C)
    before = stage.plan
    stage.click(stage.body(C))
    assert not stage.notice
    for point in (stage.body(C), stage.start_edge(C), stage.end_edge(C), stage.dot(C)):
        stage.drag(point, 40)
    stage.drag(stage.diamond(next(k for k in stage.plan.checkpoints if k not in stage.plan.latest_decisions)), 40)
    stage.double_click(stage.empty(DATA, stage.session.today()))
    assert stage.plan is before and stage.canvas.drag is None and "Only a planner" in stage.notice


def test_what_is_selected_stands_as_text_for_a_reviewer(stage: Stage) -> None:
    working_as(stage, Role.REVIEWER)
    stage.do("show_timeline")
    inspector = stage.window.timeline.inspector
    for key in (A, SHOP, next(iter(stage.plan.checkpoints)), None):
        stage.window.selection.set([key] if key else [])
        flush()
        for kind in (QLineEdit, QPushButton):
            assert not any(w.isVisible() for w in inspector.findChildren(kind)), key
    stage.window.selection.set([A])
    words = [w.text() for w in inspector.findChildren(PlainLabel) if w.isVisible()]
    assert "Title a" in " ".join(words)
    tree = stage.window.timeline.tree
    model = tree.model()
    lane = model.index(0, 0)
    assert not model.flags(model.index(0, 0, lane)) & Qt.ItemFlag.ItemIsEditable


def test_the_table_of_investments_takes_no_key_and_weights_are_only_tried(empty_stage: Stage) -> None:
    stage = working_as(made(empty_stage, priorities_plan()).begin(), Role.MANAGER)
    stage.do("show_priorities")
    page = stage.window.priorities
    before = stage.plan
    table = page.rows.table
    assert table.rows_model.rowCount() == len(table.rows_model.keys)
    table.selectRow(0)
    QApplication.clipboard().setText("Pasted")
    for key, keys in (
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(table, key, keys)
    assert table.state() != table.State.EditingState
    weights = page.weights
    criterion, row = next(iter(weights.rows.items()))
    row.kept.emit(criterion, 77_000_000)
    assert page.comparing.ranking.weights.swings[criterion] == 77_000_000
    assert stage.plan is before
    assert weights.trying.isVisible() and not weights.criteria_button.isVisible()


def test_an_edit_of_a_reviewer_is_refused_in_one_sentence_below_the_screen(stage: Stage) -> None:
    working_as(stage, Role.REVIEWER)
    before = stage.plan
    assert not stage.window.editor.run("Move", move_increments, [A], 7)
    assert stage.plan is before and stage.stored() == before
    assert stage.notice == "You work as the reviewer: only a planner changes the plan. Nothing was changed."


def test_a_broker_takes_back_what_a_broker_did_and_nothing_that_was_planned(stage: Stage) -> None:
    stage.window.editor.run("Move", move_increments, [A], 7)
    working_as(stage, Role.BROKER)
    undo = stage.window.actions_["undo"]
    assert undo.isVisible() and not undo.isEnabled()
    term = Term(EntityId("t"), "API", "the plug that lets two programs talk")
    assert stage.window.editor.run("Explain a word", put_terms, [term])
    assert undo.isEnabled()
    stage.do("undo")
    assert not stage.plan.terms and not undo.isEnabled()
    assert stage.window.actions_["redo"].isEnabled()


def test_a_broker_takes_back_the_only_step_there_is_and_goes_on_after_an_undo(stage: Stage) -> None:
    working_as(stage, Role.BROKER)
    stage.do("show_agreement")
    editor = stage.window.editor
    stage.window.pages.widget_of("show_agreement").new_version()
    assert stage.plan.agreements
    stage.do("undo")  # the history is empty by now, and the stack is not yet, while the window looks what can be done
    assert not stage.plan.agreements and not editor.may_step(back=True) and editor.may_step(back=False)
    assert editor.run("Add a word", put_terms, [Term(EntityId("t"), "API", "A plug.")])
    assert editor.may_step(back=True) and not editor.may_step(back=False)
    stage.do("undo")
    stage.do("redo")
    assert EntityId("t") in stage.plan.terms


def test_who_works_is_shown_and_where_they_begin(stage: Stage) -> None:
    assert "planner · planner" in stage.window._where.text()
    working_as(stage, Role.REVIEWER)
    assert "Ada · reviewer" in stage.window._where.text()
    assert stage.window.pages.name == "show_checkpoints"
    assert identity_in(stage.session.data) == Identity("Ada", Role.REVIEWER)
    working_as(stage, Role.MANAGER, "Eve")
    assert "Eve · manager" in stage.window._where.text() and stage.window.pages.name == "show_timeline"
    working_as(stage, Role.PLANNER, "Ann")
    assert shown_in_menus(stage) == {c.name for c in commands()}


def test_undo_steps_stay_when_somebody_else_begins(stage: Stage) -> None:
    stage.window.editor.run("Move", move_increments, [A], 7)
    working_as(stage, Role.PLANNER, "Ann")
    assert stage.steps == 1
    stage.do("undo")
    assert stage.stored() == stage.plan


# Who am I?


@pytest.fixture
def unknown(theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """A stage on which nobody has said who they are."""
    with stage_at(tmp_path, theme, introduced=False) as stage:
        yield made(stage).begin()


def asked(stage: Stage) -> list[IdentityDialog]:
    """Return the dialog that asks who works here, if it does."""
    return [d for d in stage.window.findChildren(IdentityDialog) if d.isVisible()]


def test_the_first_start_asks_who_works_here_and_says_what_each_role_may_do(unknown: Stage) -> None:
    (dialog,) = asked(unknown)
    assert dialog.name.text() == "planner" and dialog.role is Role.PLANNER
    words = " ".join(label.text() for label in dialog.findChildren(PlainLabel))
    assert "courtesy and evidence, not a lock" in dialog.purpose.text()  # above what scrolls where there is no room
    assert "may mark it as seen" in words  # of the manager
    assert len(dialog.findChildren(QRadioButton)) == len(Role)
    assert all(button.accessibleDescription() for button in dialog.roles.values())
    dialog.name.setText("  Ada   Lovelace ")
    dialog.roles[Role.REVIEWER].click()
    dialog.take.click()
    flush()
    assert identity_in(unknown.session.data) == Identity("Ada Lovelace", Role.REVIEWER)
    assert unknown.window.editor.role is Role.REVIEWER and unknown.window.pages.name == "show_checkpoints"
    assert not asked(unknown)


def test_escape_keeps_the_user_of_the_machine_as_planner_and_nobody_asks_again(unknown: Stage) -> None:
    (dialog,) = asked(unknown)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    flush()
    assert not asked(unknown) and identity_in(unknown.session.data) is None
    unknown.do("sample")
    flush()
    assert not asked(unknown) and unknown.window.editor.role is Role.PLANNER
    unknown.do("who")
    assert asked(unknown)


def test_nobody_is_nobody(unknown: Stage) -> None:
    (dialog,) = asked(unknown)
    dialog.name.setText("  ")
    assert not dialog.take.isEnabled() and "name" in dialog.reason.text()


def test_who_was_introduced_is_not_asked(stage: Stage) -> None:
    assert not asked(stage)


def test_nobody_else_begins_while_something_is_not_saved(theme: Theme, tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as small, stage_at(tmp_path, theme) as stage:
        stage.path = small.path / "plan.roadmap"
        made(stage).begin()
        small.fill()
        assert stage.window.editor.run("Move", move_increments, [A], 7)
        before = stage.plan
        assert not stage.window.files.introduce(Identity("Eve", Role.MANAGER))
        assert "not saved yet" in stage.notice
        assert stage.plan is before and stage.window.editor.role is Role.PLANNER
        assert identity_in(stage.session.data) is None
        small.empty()
        assert stage.window.files.introduce(Identity("Eve", Role.MANAGER))
        assert stage.plan == before == stage.stored()


def test_enter_takes_the_role_that_was_just_chosen(qtbot: QtBot) -> None:
    dialog = IdentityDialog("Ada", Role.PLANNER)
    told: list[Identity] = []
    dialog.told.connect(told.append)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=60_000)
    dialog.name.setFocus()
    dialog.roles[Role.REVIEWER].setFocus()
    dialog.roles[Role.REVIEWER].click()
    assert dialog.take.isDefault()
    QTest.keyClick(dialog.roles[Role.REVIEWER], Qt.Key.Key_Return)
    assert told == [Identity("Ada", Role.REVIEWER)]
