"""What cannot be written to is shown, with a banner and a way to a copy; a disk that goes away takes nothing along."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

import pytest
from PySide6.QtWidgets import QFileDialog

from roadmapper.ui.actions import editing
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.increments import move_increments
from tests.faults.disks import disk, nothing_new_in
from tests.storage.files import opened
from tests.ui.stage import A, Stage, made, stage_at


def test_a_read_only_disk_is_opened_with_a_banner_and_a_copy_is_edited_instead(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.roadmap"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with disk(tmp_path / "disk") as small, stage_at(tmp_path, theme) as stage:
        stage.path = small.path / "plan.roadmap"
        made(stage)
        small.read_only(True)
        before = stage.path.read_bytes()
        stage.begin()
        assert "cannot be written to: it is open for reading only" in stage.banner
        assert not any(stage.window.actions_[name].isEnabled() for name in editing())
        stage.window.banner.buttons[0].click()
        assert stage.window.files.path == target and not stage.banner
        assert stage.window.editor.run("Move", move_increments, [A], 7)
        assert stage.path.read_bytes() == before


def test_a_folder_that_becomes_read_only_costs_no_edit(stage: Stage) -> None:
    with nothing_new_in(stage.folder):
        assert stage.window.editor.run("Move", move_increments, [A], 7)
        assert "1 edit is not saved" in stage.banner
        stage.window.care.look()
        assert "1 edit is not saved" in stage.banner
    stage.window.care.look()
    assert not stage.banner and stage.stored() == stage.plan


def test_a_disk_taken_away_is_said_and_what_is_on_screen_is_written_when_it_is_back(
    theme: Theme, tmp_path: Path
) -> None:
    with disk(tmp_path / "disk") as small, stage_at(tmp_path, theme) as stage:
        stage.path = small.path / "plan.roadmap"
        made(stage).begin()
        content = stage.path.read_bytes()
        small.take_away()
        stage.window.care.look()
        assert "it was moved, or its disk removed" in stage.banner and "What you see is kept here" in stage.banner
        assert stage.window.editor.run("Move", move_increments, [A], 7)
        stage.do("undo")
        stage.do("redo")
        assert "3 edits are not saved" in stage.banner
        plan = stage.plan
        with disk(tmp_path / "disk"):
            stage.path.write_bytes(content)
            stage.window.care.look()
            assert not stage.banner and stage.stored() == stage.plan == plan


def test_a_folder_that_is_deleted_while_a_roadmap_is_open_costs_no_edit(stage: Stage, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    folder = tmp_path / "folder"
    folder.mkdir()
    stage.path = folder / "plan.roadmap"
    made(stage)
    assert stage.window.files.show(stage.path)
    folder.rename(moved)
    assert stage.window.editor.run("Move", move_increments, [A], 7)
    assert "1 edit is not saved" in stage.banner
    moved.rename(folder)
    stage.window.care.look()
    assert not stage.banner and stage.stored() == stage.plan
    rmtree(folder)
    for n in range(3):
        assert stage.window.editor.run(f"Move {n}", move_increments, [A], 7)
    assert "3 edits are not saved" in stage.banner
    folder.mkdir()
    with opened(stage.desk.keep_mine()) as file:
        assert file.plan == stage.plan
