"""The page of problems: everything the laws find, in sentences, each with the way to its place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.laws import problems_of
from roadmapper.planning.phrases import problem_text
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from roadmapper.workspace.edits.links import add_link
from roadmapper.workspace.edits.projects import delete_project
from tests.ui.stage import DATA, LATER, SHOP, A, B, C, E, F, Stage


def items(stage: Stage) -> list[QTreeWidgetItem]:
    """Return the problems, without the projects above them."""
    found = stage.window.problems.list.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    return [item for item in found if item.parent() is not None]


def rows(stage: Stage) -> list[str]:
    return [item.text(0) for item in items(stage)]


def choose(stage: Stage, words: str) -> None:
    """Go to the problem that says *words*."""
    page = stage.window.problems.list
    page.setFocus()
    page.setCurrentItem(next(item for item in items(stage) if words in item.text(0)))


def test_the_page_says_everything_that_the_laws_find(stage: Stage) -> None:
    stage.do("show_problems")
    assert rows(stage) == [problem_text(stage.plan, p) for p in problems_of(stage.plan)]
    assert len(rows(stage)) >= 3
    assert stage.window.problems.isVisible() and not stage.canvas.isVisible()


def test_the_count_stands_beside_the_page_soon_after_each_edit(stage: Stage, qtbot: QtBot) -> None:
    action = stage.window.actions_["show_problems"]
    count = len(problems_of(stage.plan))
    qtbot.waitUntil(lambda: action.iconText() == f"Problems ({count})", timeout=60_000)
    stage.window.editor.run("Move", move_increments, [A], 21)
    now = len(problems_of(stage.plan))
    assert now != count
    qtbot.waitUntil(lambda: action.iconText() == f"Problems ({now})", timeout=60_000)


def test_enter_leads_to_the_place_of_a_problem(stage: Stage) -> None:
    stage.window.editor.run("Move", partial(move_increments, push=False), [A], 21)
    stage.do("show_problems")
    choose(stage, "it comes after “Title a”")
    QTest.keyClick(stage.window.problems.list, Qt.Key.Key_Return)
    assert stage.window.selection.ids == (B,)
    assert stage.canvas.isVisible() and stage.canvas.hasFocus()
    rect = stage.canvas.bar_rect(B)
    assert rect is not None and stage.canvas.viewport().rect().intersects(rect.toRect())


def test_a_problem_of_a_project_leads_to_the_project(stage: Stage) -> None:
    stage.do("show_problems")
    choose(stage, "“Customer data” has no consult")
    QTest.keyClick(stage.window.problems.list, Qt.Key.Key_Return)
    assert stage.window.selection.ids == (DATA,)


def test_a_row_that_was_overtaken_by_an_edit_leads_nowhere_wrong(stage: Stage) -> None:
    stage.window.editor.run("Link", add_link, Link(EntityId("x"), F, C))
    stage.do("show_problems")
    choose(stage, "“One customer list”")
    stage.window.editor.run("Delete", delete_increments, [C, F])
    QTest.keyClick(stage.window.problems.list, Qt.Key.Key_Return)
    assert all(k in stage.plan.increments or k in stage.plan.projects for k in stage.window.selection.ids)


def test_the_page_is_read_anew_while_it_is_shown(stage: Stage, qtbot: QtBot) -> None:
    stage.do("show_problems")
    stage.window.editor.run("Delete", delete_increments, [E, F])
    qtbot.waitUntil(
        lambda: rows(stage) == [problem_text(stage.plan, p) for p in problems_of(stage.plan)], timeout=60_000
    )


def test_a_plan_without_problems_says_so(stage: Stage) -> None:
    editor = stage.window.editor
    for key in (DATA, LATER):
        editor.run("Delete", delete_project, key)
    editor.run("Delete", delete_increments, [k for k in stage.plan.increments if k != A])
    stage.do("show_problems")
    found = problems_of(stage.plan)
    words = [label.text() for label in stage.window.problems.findChildren(QLabel)]
    expected = f"{len(found)} problem" if found else "Nothing is wrong with this plan"
    assert any(w.startswith(expected) for w in words)
    assert SHOP in stage.plan.projects
