"""A file that somebody else puts in the place of ours is never overwritten: it is noticed, and the user is asked."""

from __future__ import annotations

import os
import shutil

import pytest
from PySide6.QtTest import QTest

from roadmapper.domain.plan import Plan
from roadmapper.ui.dialogs.conflict_dialog import ConflictDialog
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from tests.faults.harness import dump, journal_of
from tests.storage.files import opened, saved
from tests.ui.stage import A, B, C, Stage


def swap(stage: Stage, way: str, title: str = "Theirs") -> Plan:
    """Put another version of the file in its place, as sync clients do, and return the plan in it."""
    other = stage.folder / "sync" / "plan.roadmap"
    other.parent.mkdir(exist_ok=True)
    shutil.copy(stage.path, other)
    with opened(other, "Ann") as file:
        plan = saved(file.repository, file.plan, title)
    if way == "replaced":
        other.replace(stage.path)
    else:
        before = stage.path.stat()
        with stage.path.open("rb+") as file_:
            file_.write(other.read_bytes())
            file_.truncate()
        os.utime(stage.path, ns=(before.st_atime_ns, before.st_mtime_ns))  # some give back the time as well
        other.unlink()
    return plan


@pytest.mark.parametrize("way", ["replaced", "rewritten"])
def test_a_swapped_file_is_not_overwritten_and_theirs_can_be_reloaded(stage: Stage, way: str) -> None:
    theirs = swap(stage, way)
    content = stage.path.read_bytes()
    assert stage.window.editor.run("Mine", move_increments, [A], 7)
    assert stage.window.editor.run("Mine too", move_increments, [B], 7)
    assert stage.path.read_bytes() == content
    assert "another program" in stage.banner and "2 edits of yours are kept here" in stage.banner
    assert [b.text() for b in stage.window.banner.buttons] == ["&Compare…", "&Keep mine as a copy", "&Reload theirs"]
    stage.window.banner.buttons[2].click()
    assert stage.plan == theirs == stage.stored() and not stage.banner
    assert stage.window.editor.run("Mine", move_increments, [A], 7)
    assert stage.stored() == stage.plan


def test_a_diverged_copy_with_as_many_commits_rewritten_in_place_is_not_mixed_with_ours(stage: Stage) -> None:
    other = stage.folder / "other.roadmap"
    shutil.copy(stage.path, other)
    assert stage.window.editor.run("Ours", move_increments, [A], 7)  # our pages are in SQLite's memory now
    with opened(other, "Ann") as file:
        theirs = saved(file.repository, file.plan, "Theirs")
    with stage.path.open("rb+") as target:
        target.write(other.read_bytes())
        target.truncate()
    assert stage.window.editor.run("Mine", move_increments, [B], 7)
    assert stage.stored() == theirs
    assert "2 edits" not in stage.banner and "1 edit of yours" in stage.banner


@pytest.mark.parametrize("way", ["replaced", "rewritten"])
def test_mine_is_kept_as_a_copy_beside_theirs(stage: Stage, way: str) -> None:
    assert stage.window.editor.run("Shared", move_increments, [C], 7)
    theirs = swap(stage, way)
    assert stage.window.editor.run("Mine", move_increments, [A], 7)
    mine = stage.plan
    stage.window.banner.buttons[1].click()
    copy = stage.folder / "plan (planner's copy).roadmap"
    assert stage.window.files.path == copy and stage.plan == mine and not stage.banner
    with opened(copy, read_only=True) as file:
        assert file.plan == mine
    with opened(stage.path) as file:
        assert file.plan == theirs and file.lock is not None


def test_a_swap_is_noticed_while_nobody_does_anything(stage: Stage) -> None:
    swap(stage, "replaced")
    for _ in range(60):
        if stage.banner:
            break
        QTest.qWait(50)
    assert "Nothing was overwritten" in stage.banner
    assert "file changed elsewhere" in stage.window.head.state.text()


@pytest.mark.parametrize("way", ["touched", "copied", "replaced by its like"])
def test_a_file_that_is_only_touched_or_replaced_by_its_like_is_ours_still(stage: Stage, way: str) -> None:
    assert stage.window.editor.run("Before", move_increments, [A], 7)
    if way == "touched":
        stage.path.touch()
    elif way == "copied":
        stage.path.write_bytes(stage.path.read_bytes())
    else:
        like = stage.folder / "like"
        shutil.copy(stage.path, like)
        like.replace(stage.path)
    stage.window.care.look()
    assert not stage.banner
    assert stage.window.editor.run("Mine", move_increments, [B], 7)
    assert not stage.banner and stage.stored() == stage.plan
    assert len(journal_of(stage.path)) == 3


def test_an_older_version_put_back_by_a_sync_client_is_theirs_too(stage: Stage) -> None:
    old = stage.path.read_bytes()
    assert stage.window.editor.run("Mine", move_increments, [A], 7)
    stage.path.write_bytes(old)
    stage.window.care.look()
    assert "Nothing was overwritten" in stage.banner
    stage.window.care.keep_mine()
    assert stage.window.files.path != stage.path and stage.plan.increments[A].span.start.month == 1


def test_a_half_written_file_is_waited_for(stage: Stage) -> None:
    whole = stage.path.read_bytes()
    stage.path.write_bytes(whole[: len(whole) // 2])
    assert stage.window.editor.run("Mine", move_increments, [A], 7)
    assert "1 edit is not saved" in stage.banner and "changing it, or has damaged it" in stage.banner
    assert stage.path.stat().st_size == len(whole) // 2
    stage.path.write_bytes(whole)
    stage.window.care.look()
    assert not stage.banner and stage.stored() == stage.plan


@pytest.mark.parametrize("choice", ["mine", "theirs", ""])
def test_comparing_shows_what_differs_and_decides_nothing_unasked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    other = stage.folder / "other.roadmap"
    shutil.copy(stage.path, other)
    with opened(other, "Ann") as file:
        from_them = delete_increments(file.plan, [C])
        saved(file.repository, file.plan, "Theirs")
    other.replace(stage.path)
    content = dump(stage.path)
    assert from_them is not None and stage.window.editor.run("Mine", delete_increments, [B])
    shown: list[str] = []

    def answer(dialog: ConflictDialog) -> int:
        shown.append(dialog.notes.text())
        button = {"mine": dialog.take, "theirs": dialog.theirs, "": dialog.cancel}[choice]
        button.click()
        return dialog.result()

    monkeypatch.setattr(ConflictDialog, "exec", answer)
    mine = stage.plan
    stage.window.banner.buttons[0].click()
    assert "1 added (“Title b”)" in shown[0] and "1 edit of yours is not saved" in shown[0]
    assert dump(stage.path) == content
    assert stage.plan == (stage.stored() if choice == "theirs" else mine)
    assert bool(stage.banner) is (choice == "")
