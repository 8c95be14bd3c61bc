"""The history beside the timeline: who did what when, what a step changed, and the way back to any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from roadmapper.domain.entity import EntityId
from roadmapper.domain.role import Role
from roadmapper.ui.dialogs.baseline_dialog import BaselineDialog
from roadmapper.ui.dialogs.step_dialog import StepDialog
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.history_model import STEP, HistoryModel
from roadmapper.ui.timeline.history_words import kind_of, moment_text, taken_back
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from roadmapper.workspace.edits.restores import restore
from roadmapper.workspace.history import Noted
from tests.ui.consulting import Consulting
from tests.ui.stage import A, B, Stage, flush, made, stage_at

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


def step(seq: int, label: str = "Move", kind: str = "edit", target: int | None = None, hours: float = 0) -> Noted:
    return Noted(seq, NOON + timedelta(hours=hours), "Ada", label, kind, target)


@pytest.fixture
def history(stage: Stage) -> Stage:
    """A window with a few steps behind it, that shows them."""
    editor = stage.window.editor
    editor.run("Move “a”", move_increments, [A], 7)
    editor.run("Delete “b”", delete_increments, [B])
    editor.undo()
    stage.do("history")
    return stage


def rows(stage: Stage) -> list[str]:
    model = stage.window.past.panel.model
    return [model.index(n, 0).data() for n in range(model.rowCount())]


def choose(stage: Stage, seq: int) -> Any:
    panel = stage.window.past.panel
    panel.list.go_to(seq)
    assert panel.list.step.seq == seq
    return panel


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The dialogs that were shown, each taken as it is if that can be."""
    shown: list[Any] = []

    def take(dialog: Any) -> int:
        shown.append(dialog)
        return int(QDialog.DialogCode.Accepted) if dialog.take.isEnabled() and not dialog.take.isHidden() else 0

    monkeypatch.setattr(StepDialog, "exec", take)
    monkeypatch.setattr(BaselineDialog, "exec", take)
    yield shown
    for dialog in shown:
        dialog.deleteLater()
    flush()


def test_the_newest_step_is_first_below_its_day(history: Stage) -> None:
    told = rows(history)
    assert told[0].count("20") == 1 and "," not in told[0]  # the day
    assert [t.split(",")[0] for t in told[1:]] == ["Undo: Delete “b”", "Delete “b”", "Move “a”", "New roadmap"]
    assert "taken back since" in told[2] and "planner" in told[1]
    assert history.window.past.panel.count.text() == "4 steps"


def test_an_edit_is_added_above_while_the_history_is_shown(history: Stage) -> None:
    choose(history, 2)
    history.window.editor.run("Move “a” again", move_increments, [A], 7)
    assert rows(history)[1].startswith("Move “a” again") and len(rows(history)) == 6
    assert history.window.past.panel.list.step.seq == 2
    history.window.editor.undo()
    assert "taken back since" in rows(history)[2]


def test_what_was_done_while_it_was_hidden_is_read_when_it_is_shown_again(history: Stage) -> None:
    history.do("history")
    assert history.window.past.panel.isHidden()
    history.window.editor.run("Move “a” again", move_increments, [A], 7)
    assert len(rows(history)) == 5
    history.do("history")
    assert rows(history)[1].startswith("Move “a” again")


def test_a_search_finds_words_of_the_label_the_name_and_the_day(history: Stage) -> None:
    panel = history.window.past.panel
    panel.search.setText("delete b")
    assert panel.count.text() == "2 of 4 steps" and panel.model.found == 2
    history.window.editor.run("Move “a” again", move_increments, [A], 7)
    assert panel.model.found == 2
    panel.search.setText("planner move")
    assert panel.model.found == 2
    panel.search.setText("nothing like it")
    assert panel.model.rowCount() == 0
    panel.search.clear()
    assert panel.model.found == 5


def test_a_step_says_what_it_changed(history: Stage) -> None:
    panel = choose(history, 2)
    assert panel.lines.text().startswith("Title a: starts 1 week later")
    panel = choose(history, 3)
    assert "Title b: no longer planned" in panel.lines.text()
    panel = choose(history, 1)
    assert panel.lines.text() == "The roadmap was begun."


def test_going_back_is_one_step_that_undo_takes_back(history: Stage, answers: list[Any]) -> None:
    editor = history.window.editor
    editor.run("Move “b”", move_increments, [B], 14)
    before, steps = history.plan, history.steps
    choose(history, 1).back.click()
    (dialog,) = answers
    assert "2 moved" in dialog.notes.text() and "4 steps made since then are taken back" in dialog.notes.text()
    assert history.plan == editor.plan_at(1) and history.steps == steps + 1
    assert history.stored() == history.plan
    assert rows(history)[1].startswith("Go back to ") and "an earlier state brought back" in rows(history)[1]
    editor.undo()
    assert history.plan == before


def test_a_step_that_the_plan_stands_at_is_nothing_to_go_back_to(history: Stage, answers: list[Any]) -> None:
    panel = choose(history, history.window.editor.length)
    assert not panel.back.isEnabled() and panel.look.isEnabled()
    choose(history, 2).back.click()  # the plan is as it was after row 2: row 4 undid row 3
    assert "nothing to take back" in answers[0].reason.text() and not answers[0].take.isEnabled()
    assert history.window.editor.length == 4


def test_looking_at_a_step_changes_nothing(history: Stage, answers: list[Any]) -> None:
    before = history.plan
    choose(history, 1).look.click()
    (dialog,) = answers
    assert dialog.take.isHidden() and "1 moved" in dialog.notes.text()
    assert history.plan == before


def test_the_history_takes_the_place_of_the_details_and_is_remembered(theme: Theme, tmp_path: Any) -> None:
    with stage_at(tmp_path, theme) as stage:
        made(stage).begin()
        stage.do("history")
        assert stage.window.timeline.inspector.isHidden() and not stage.window.actions_["details"].isChecked()
        stage.do("details")
        assert stage.window.past.panel.isHidden() and not stage.window.actions_["history"].isChecked()
        assert not stage.window.timeline.inspector.isHidden()
        stage.do("history")
    with stage_at(tmp_path, theme) as stage:
        stage.begin()
        assert stage.window.past.panel.isVisible() and stage.window.timeline.inspector.isHidden()
        assert len(rows(stage)) == 2
        stage.window.past.panel.closed.emit()
        assert stage.window.past.panel.isHidden() and not stage.window.timeline.inspector.isHidden()


def test_a_narrow_window_leaves_the_room_to_the_timeline(history: Stage) -> None:
    history.shell.resize(700, 700)
    flush()
    assert history.window.past.panel.isHidden() and not history.window.actions_["history"].isChecked()
    assert history.window.timeline.inspector.isHidden()
    history.do("history")
    assert history.window.past.panel.isVisible()


def test_another_roadmap_has_its_own_history(history: Stage) -> None:
    choose(history, 2)
    history.window.editor.opened.emit()
    assert history.window.past.panel.list.step is None and history.window.past.panel.details.isHidden()
    assert len(rows(history)) == 5


def test_a_reviewer_reads_the_history_and_cannot_go_back(ada: Consulting) -> None:
    stage = ada.stage
    stage.window.show_timeline()
    stage.do("history")
    panel = choose(stage, 1)
    assert panel.back.isHidden() and panel.name.isHidden()
    assert not panel.look.isHidden() and not panel.compare.isHidden()
    assert not stage.window.actions_["set_baseline"].isVisible()


def test_the_keys_walk_through_the_steps_and_pass_by_the_headings(history: Stage) -> None:
    panel = history.window.past.panel
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.step is not None
    assert not panel.model.flags(panel.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_a_step_called_like_html_is_shown_as_it_is(history: Stage) -> None:
    history.window.editor.run("<b>Bold</b>", move_increments, [A], 7)
    panel = choose(history, history.window.editor.length)
    assert panel.what.text() == "<b>Bold</b>" and panel.what.textFormat() is Qt.TextFormat.PlainText


def test_days_are_headed_once_and_in_local_time() -> None:
    model = HistoryModel()
    model.show([step(1, "New", "start"), step(2, hours=1), step(3, hours=48)])
    found = [model.index(n, 0).data(STEP) for n in range(model.rowCount())]
    assert [f if isinstance(f, str) else f.seq for f in found if not isinstance(f, str)] == [3, 2, 1]
    assert sum(isinstance(f, str) for f in found) == 2
    model.add([step(4, hours=49), step(5, hours=96)])
    found = [model.index(n, 0).data(STEP) for n in range(model.rowCount())]
    assert [f.seq for f in found if not isinstance(f, str)] == [5, 4, 3, 2, 1]
    assert sum(isinstance(f, str) for f in found) == 3
    assert model.row_of(4) == 3 and model.row_of(9) == -1 and model.step_at(0) is None
    assert model.rowCount(model.index(1, 0)) == 0 and model.data(QModelIndex()) is None


def test_what_was_taken_back_and_repeated_holds() -> None:
    steps = [step(1), step(2), step(3, kind="undo", target=2), step(4, kind="undo", target=1)]
    assert taken_back(steps) == {1, 2}
    assert taken_back([*steps, step(5, kind="redo", target=1)]) == {2}


def test_a_restore_is_told_from_an_edit() -> None:
    assert kind_of(step(1, "Restore the state of 3 Mar 2027 12:00")) == "restore"
    assert kind_of(step(1, "Go back to 3 Mar 2027, 12:00")) == "restore"
    assert kind_of(step(1, "Go back to 3 Mar", "undo")) == "undo" and kind_of(step(1)) == "edit"
    assert moment_text(NOON).endswith(f"{NOON.astimezone():%H:%M}")


def test_ten_thousand_steps_are_rows_at_once_without_a_widget_for_each(history: Stage) -> None:
    panel = history.window.past.panel
    flush()
    panel.list.grab()
    before = len(panel.findChildren(QWidget))  # those of this window: others come and go when Python likes
    panel.model.show([step(n, f"Move “{n}”", hours=n / 10) for n in range(1, 10_001)])
    flush()
    panel.list.scrollToBottom()
    panel.list.grab()
    assert panel.model.rowCount() > 10_000 and len(panel.findChildren(QWidget)) == before


def test_a_reviewer_whose_role_changes_is_offered_what_a_planner_may(history: Stage, answers: list[Any]) -> None:
    workspace: Any = history.window.editor._workspace
    workspace.role = Role.MANAGER
    panel = choose(history, 2)
    assert panel.back.isHidden()
    history.window.past.go_back(1)
    assert history.window.editor.length == 4 and "only a planner" in history.notice


def test_the_state_of_any_step_is_what_restoring_it_gives(history: Stage) -> None:
    for seq in range(1, 5):
        then = history.window.editor.plan_at(seq)
        assert restore(history.plan, then).increments == then.increments
    assert EntityId("b") in history.plan.increments
