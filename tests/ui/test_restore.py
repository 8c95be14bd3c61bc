"""Restoring an earlier state: chosen from backups, shown before it is done, one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest

from roadmapper.desk import Desk
from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.refusal import Refused
from roadmapper.storage.backup import folder_of, listed
from roadmapper.ui.dialogs.restore_dialog import RestoreDialog, moment_text
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from roadmapper.workspace.edits.roadmaps import change_roadmap, put_all
from tests.domain.samples import day, look, weeks
from tests.storage.files import behind_the_guards, opened
from tests.ui.stage import OPEN, SHOP, TODAY, A, B, C, Stage, made, stage_at

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def stage(theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """A window on a roadmap, at whose desk each look at the clock takes a minute."""
    with stage_at(tmp_path, theme) as stage:
        minutes = iter(range(1_000))
        stage.desk = Desk(stage.session, stage.settings, lambda: NOON + next(minutes) * timedelta(minutes=1))
        yield made(stage).begin()


def dialog_on(stage: Stage) -> RestoreDialog:
    return RestoreDialog(stage.plan, stage.desk.backups(), stage.desk.plan_of, TODAY, stage.window)


def answering(monkeypatch: pytest.MonkeyPatch, choose: Callable[[RestoreDialog], None]) -> None:
    """Have *choose* do what a user does in the dialog, who then presses Restore if that can be pressed."""

    def exec_(dialog: RestoreDialog) -> int:
        choose(dialog)
        if dialog.take.isEnabled():
            dialog.take.click()
        return dialog.result()

    monkeypatch.setattr(RestoreDialog, "exec", exec_)


def the_oldest(dialog: RestoreDialog) -> None:
    dialog.table.selectRow(dialog.table.texts.rowCount() - 1)


def wreck(stage: Stage) -> None:
    """Change much in three edits."""
    run = stage.window.editor.run
    assert run("Move", move_increments, [A], 7)
    assert run("Delete", delete_increments, [B, C])
    assert run("Title", change_roadmap, replace(stage.plan.roadmap, title="Other", months=30))


def test_a_restored_state_is_the_one_of_then_in_one_step_and_undo_gives_the_one_of_before(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stage.plan
    wreck(stage)
    wrecked, steps = stage.plan, stage.steps
    answering(monkeypatch, the_oldest)
    stage.do("restore")
    assert stage.plan == first == stage.stored() and stage.steps == steps + 1
    assert stage.window.editor.stack.undoText() == f"Restore the state of {moment_text(NOON)}"
    stage.do("undo")
    assert stage.plan == wrecked == stage.stored()
    stage.do("redo")
    assert stage.plan == first == stage.stored()


def test_a_cancelled_dialog_changes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    wreck(stage)
    before, steps = stage.plan, stage.steps
    monkeypatch.setattr(RestoreDialog, "exec", lambda dialog: 0)
    stage.do("restore")
    assert (stage.plan, stage.steps) == (before, steps)


def decision(key: str, checkpoint: EntityId) -> Decision:
    return Decision(EntityId(key), checkpoint, Answer.APPROVE, "CMO", NOON, 1)


def test_decisions_made_since_stay_with_the_consults_and_projects_they_are_about(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stage.plan
    new = Project(EntityId("new"), "Begun since", weeks(0, 9), position=9)
    asked = look("asked", day(3), project=new.id)
    beside = look("beside", day(4), project=new.id)
    moved = replace(first.checkpoints[OPEN], day=day(12))
    made_since = [decision("d1", OPEN), decision("d2", asked.id)]
    stage.window.editor.run("Decide", put_all, [new, asked, beside, moved, *made_since])
    wreck(stage)
    said: list[str] = []

    def choose(dialog: RestoreDialog) -> None:
        the_oldest(dialog)
        said.append(dialog.notes.text())

    answering(monkeypatch, choose)
    stage.do("restore")
    assert stage.plan == first.with_entities([new, asked, moved, *made_since]) == stage.stored()
    assert "2 decisions made since then are kept" in said[0]
    stage.do("undo")
    assert stage.plan == stage.stored() != first


def test_the_dialog_says_what_would_change_and_shows_it(stage: Stage) -> None:
    first = stage.plan
    wreck(stage)
    dialog = dialog_on(stage)
    dialog.show()
    QCoreApplication.processEvents()
    said = dialog.notes.text()
    assert "Increments: 2 added (“Title b”, “Title c”), 1 moved." in said
    assert "Consults with the CMO: 2 added" in said
    assert "the settings of the roadmap" in said and "Revenue by" in said and "3 edits made since then" in said
    assert [dialog.table.texts.index(0, n).data() for n in range(3)] == [moment_text(NOON), "1", "3"]
    shown = dialog.preview.grab().toImage()
    dialog.preview.show_plan(stage.plan)
    assert dialog.preview.grab().toImage() != shown
    dialog.preview.show_plan(first)
    assert dialog.preview.grab().toImage() == shown
    dialog.done(0)


def test_the_state_of_now_cannot_be_restored(stage: Stage) -> None:
    dialog = dialog_on(stage)
    assert not dialog.take.isEnabled() and "in this state now" in dialog.reason.text()
    dialog.accept()
    assert not dialog.result() and dialog.then() is None


def test_the_newest_usable_backup_that_is_not_of_now_is_chosen_first(stage: Stage) -> None:
    for _ in range(3):
        stage.window.editor.run("Move", move_increments, [A], 7)
        stage.window.files.backup_timer.timeout.emit()
    newest_but_one = stage.desk.backups()[1]
    newest_but_one.path.write_bytes(b"nothing")
    dialog = dialog_on(stage)
    assert dialog.backup == stage.desk.backups()[2] and dialog.take.isEnabled()


def test_a_damaged_backup_is_listed_and_not_offered(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    wreck(stage)
    before, steps = stage.plan, stage.steps
    (only,) = stage.desk.backups()
    only.path.write_bytes(only.path.read_bytes()[:-4096])
    dialog = dialog_on(stage)
    assert "(damaged)" in dialog.table.texts.index(0, 0).data()
    assert "cannot be used" in dialog.reason.text() and not dialog.take.isEnabled()
    answering(monkeypatch, RestoreDialog.accept)
    stage.do("restore")
    assert (stage.plan, stage.steps) == (before, steps)


def test_a_backup_whose_content_was_changed_is_found_while_the_dialog_stands(stage: Stage) -> None:
    stage.window.editor.run("Move", move_increments, [A], 7)
    stage.window.files.backup_timer.timeout.emit()
    wreck(stage)
    newest, oldest = stage.desk.backups()
    behind_the_guards(oldest.path, "UPDATE projects SET title = 'Never written'")
    dialog = dialog_on(stage)
    assert dialog.backup == newest and "damaged" not in dialog.table.texts.index(1, 0).data()
    QTest.qWait(200)
    assert "(damaged)" in dialog.table.texts.index(1, 0).data()
    assert dialog.backup == newest and dialog.take.isEnabled()
    the_oldest(dialog)
    assert not dialog.take.isEnabled() and "cannot be used" in dialog.reason.text()
    dialog.done(0)


def test_a_backup_that_is_damaged_while_the_dialog_is_open_is_refused(stage: Stage) -> None:
    wreck(stage)
    dialog = dialog_on(stage)
    assert dialog.take.isEnabled()
    for backup in stage.desk.backups():
        backup.path.write_bytes(b"nothing")
    dialog._look()
    assert not dialog.take.isEnabled() and dialog.then() is None and dialog.reason.text()


def test_no_backups_are_said(stage: Stage) -> None:
    dialog = RestoreDialog(stage.plan, [], stage.desk.plan_of, TODAY)
    assert "no backup" in dialog.reason.text() and not dialog.take.isEnabled()


def test_a_title_that_looks_like_html_is_shown_as_it_is(stage: Stage) -> None:
    project = replace(stage.plan.projects[SHOP], title="<b>Shop</b>", id=EntityId("html"))
    stage.window.editor.run("Add", put_all, [project])
    dialog = dialog_on(stage)
    assert "(“<b>Shop</b>”)" in dialog.notes.text()


def test_half_an_hour_of_change_is_backed_up_and_half_an_hour_of_rest_is_not(stage: Stage) -> None:
    timer = stage.window.files.backup_timer
    assert timer.isActive() and timer.interval() == 30 * 60 * 1000
    folder = folder_of(stage.path, stage.session.backups)
    assert len(listed(folder)) == 1
    timer.timeout.emit()
    assert len(listed(folder)) == 1
    wreck(stage)
    timer.timeout.emit()
    timer.timeout.emit()
    assert [b.edits for b in listed(folder)] == [4, 1]
    assert stage.desk.plan_of(stage.desk.backups()[0]) == stage.plan


def test_a_backup_that_fails_is_said_and_work_goes_on(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise Refused("No backup could be made: the disk is full.")

    monkeypatch.setattr(stage.desk, "back_up", fail)
    stage.window.files.backup_timer.timeout.emit()
    assert "disk is full" in stage.notice
    assert stage.window.editor.run("Move", move_increments, [A], 7)


def test_a_roadmap_opens_where_no_backup_can_be_made(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "backups").write_text("in the way")
    with stage_at(tmp_path, theme) as stage:
        made(stage).begin()
        assert "No backup" in stage.notice and stage.window.editor.editable
        stage.do("restore")
        assert "cannot be read" in stage.notice


def test_who_can_only_read_cannot_restore(theme: Theme, tmp_path: Path) -> None:
    with stage_at(tmp_path, theme) as stage:
        made(stage)
        with opened(stage.path, "other"):
            stage.begin()
            assert not stage.window.actions_["restore"].isEnabled()


def test_a_plan_without_projects_can_be_looked_at(stage: Stage) -> None:
    dialog = RestoreDialog(
        Plan.of(stage.plan.roadmap), stage.desk.backups(), lambda _: Plan.of(stage.plan.roadmap), TODAY
    )
    dialog.show()
    dialog.grab()
    dialog.done(0)
