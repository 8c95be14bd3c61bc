"""Why an edit was refused stays to be read until another edit is made, and no longer; what is no edit's stays."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from roadmapper.ui.priorities.table import InvestmentTable
from roadmapper.workspace.edits.criteria import set_budget
from tests.ui.investments import priorities_plan
from tests.ui.stage import Stage

BAD, GOOD = "Title\tRevenue / yr\nKiosk\tmuch", "Title\tRevenue / yr\nKiosk\t€ 12 k"


def pasted(stage: Stage, text: str) -> None:
    """Paste a text into the table of the investments."""
    stage.do("show_priorities")
    table = stage.window.priorities.findChild(InvestmentTable)
    assert isinstance(table, InvestmentTable)
    QApplication.clipboard().setText(text)
    table.paste()


def prepared(stage: Stage) -> None:
    """Have investments to paste beside."""
    stage.window.editor.run("Begin", lambda _plan: priorities_plan())


def test_a_refused_paste_is_forgotten_once_good_data_are_pasted(stage: Stage, qtbot: QtBot) -> None:
    prepared(stage)
    pasted(stage, BAD)
    assert "Nothing was pasted" in stage.window.notice.text
    pasted(stage, GOOD)
    assert any(i.title == "Kiosk" for i in stage.plan.investments.values())
    assert not stage.window.notice.text


def test_a_refusal_goes_with_an_undo_and_with_a_budget(stage: Stage) -> None:
    prepared(stage)
    pasted(stage, GOOD)
    pasted(stage, BAD)
    assert stage.window.notice.text
    stage.do("undo")
    assert not stage.window.notice.text
    pasted(stage, BAD)
    stage.window.editor.run("Budget", set_budget, 80.0, None)
    assert not stage.window.notice.text


def test_a_second_refusal_takes_the_place_of_the_first_and_no_edit_keeps_it(stage: Stage) -> None:
    prepared(stage)
    pasted(stage, BAD)
    stage.window.editor.run("Nothing", lambda plan: plan)
    assert "much" in stage.window.notice.text
    pasted(stage, BAD.replace("much", "lots"))
    assert "lots" in stage.window.notice.text


def test_what_is_not_about_an_edit_stays(stage: Stage) -> None:
    stage.window.notice.say("The copy could not be written.")
    prepared(stage)
    assert stage.window.notice.text == "The copy could not be written."
    stage.window.notice.refuse("No.")
    stage.window.notice.say("The copy could not be written.")
    stage.window.editor.run("Budget", set_budget, 80.0, None)
    assert stage.window.notice.text == "The copy could not be written."
