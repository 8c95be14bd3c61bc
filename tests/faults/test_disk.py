"""A disk that takes nothing more costs no edit: what it did not take stays on screen, and is written when it can be."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from roadmapper.domain.plan import Plan
from roadmapper.ui.dialogs.conflict_unsaved import UnsavedDialog
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.edits.roadmaps import change_roadmap
from tests.faults.disks import Disk, disk
from tests.faults.harness import ROOT, dump, journal_of
from tests.storage.files import opened
from tests.ui.stage import A, B, Stage, made, stage_at


@contextmanager
def on_small_disk(theme: Theme, tmp_path: Path) -> Iterator[tuple[Stage, Disk]]:
    with disk(tmp_path / "disk") as small, stage_at(tmp_path, theme) as stage:
        stage.path = small.path / "plan.roadmap"
        yield made(stage).begin(), small


def three_edits(stage: Stage) -> None:
    """Edit, edit and take the second one back: two rows and an undo, each with its own journal row."""
    run = stage.window.editor.run
    assert run("First", change_roadmap, replace(stage.plan.roadmap, title=f"First {stage.steps} " + "x" * 180))
    assert run("Second", move_increments, [A, B], 7)
    stage.do("undo")


def test_what_a_full_disk_does_not_take_stays_on_screen_and_is_written_in_order_when_there_is_room(
    theme: Theme, tmp_path: Path
) -> None:
    with on_small_disk(theme, tmp_path) as (stage, small):
        assert stage.window.editor.run("Before", move_increments, [A], 7)
        saved, content = stage.plan, dump(stage.path)
        small.fill()
        three_edits(stage)
        assert stage.plan.roadmap.title.startswith("First") and stage.steps == 2
        assert stage.window.editor.stack.redoText() == "Second"
        assert dump(stage.path) == content and stage.stored() == saved
        for word in ("3 edits are not saved", "disk is full", "0 MB free", str(small.path)):
            assert word in stage.banner
        assert "3 edits not saved" in stage.window.head.state.text()
        assert [b.text() for b in stage.window.banner.buttons] == ["&Again", "Save a &copy…"]
        stage.window.banner.buttons[0].click()
        assert "3 edits are not saved" in stage.banner
        small.empty()
        stage.window.banner.buttons[0].click()
        assert not stage.banner and "all changes saved" in stage.window.head.state.text()
        assert stage.stored() == stage.plan
        with opened(stage.path, read_only=True) as file:
            assert [row[1:] for row in file.repository.steps()] == [
                ("start", "New roadmap", None),
                ("edit", "Before", None),
                ("edit", "First", None),
                ("edit", "Second", None),
                ("undo", "Second", 4),
            ]
        stage.do("redo")
        stage.do("undo")
        stage.do("undo")
        stage.do("undo")
        assert stage.stored() == stage.plan


def test_the_next_edit_and_the_clock_write_what_waits(theme: Theme, tmp_path: Path) -> None:
    with on_small_disk(theme, tmp_path) as (stage, small):
        small.fill()
        three_edits(stage)
        small.empty()
        assert stage.window.editor.run("Last", move_increments, [A], 7)
        assert stage.stored() == stage.plan and not stage.banner
        small.fill()
        three_edits(stage)
        small.empty()
        assert stage.window.care.timer.isActive() and stage.window.care.timer.interval() <= 5_000
        stage.window.care.timer.timeout.emit()
        assert stage.stored() == stage.plan and not stage.banner


def test_the_history_says_what_waits_to_be_written_until_it_is(theme: Theme, tmp_path: Path) -> None:
    def waiting() -> list[bool]:
        return ["not saved yet" in model.below(step) for step in model.steps]

    with on_small_disk(theme, tmp_path) as (stage, small):
        stage.do("history")
        panel = stage.window.past.panel
        model = panel.model
        small.fill()
        three_edits(stage)
        assert waiting() == [False, True, True, True]
        panel.list.go_to(3)
        small.empty()
        stage.window.care.timer.timeout.emit()
        assert not any(waiting()) and panel.list.step.seq == 3 and "not saved" not in panel.when.text()
        assert list(model.steps) == stage.window.editor.steps()
        small.fill()
        three_edits(stage)
        small.empty()
        assert stage.window.editor.run("Last", move_increments, [A], 7)
        assert not any(waiting()) and list(model.steps) == stage.window.editor.steps()


@pytest.mark.parametrize("gone", [False, True])
def test_a_copy_elsewhere_holds_what_waits_and_is_open_then(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    target = tmp_path / "elsewhere.roadmap"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with on_small_disk(theme, tmp_path) as (stage, small):
        small.fill()
        three_edits(stage)
        plan = stage.plan
        if gone:
            small.take_away()
            stage.window.care.look()
        stage.window.banner.buttons[1].click()
        assert stage.window.files.path == target and stage.plan == plan and not stage.banner
        stage.path = target
        assert stage.stored() == plan
        assert len(journal_of(target)) == (1 if gone else 4)


def test_closing_with_unsaved_edits_asks_and_losing_them_has_to_be_chosen(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter(["cancel", "take", "drop"])

    def answer(dialog: UnsavedDialog) -> int:
        asked.append(dialog.words.text())
        getattr(dialog, next(answers)).click()
        return dialog.result()

    monkeypatch.setattr(UnsavedDialog, "exec", answer)
    with on_small_disk(theme, tmp_path) as (stage, small):
        before = stage.plan
        small.fill()
        three_edits(stage)
        stage.shell.close()
        assert stage.shell.isVisible() and "3 edits are on screen only" in asked[0] and "disk is full" in asked[0]
        stage.do("sample")  # opening another roadmap lets go of this one as well
        assert len(asked) == 2 and stage.window.files.path == stage.path
        stage.shell.close()
        assert not stage.shell.isVisible() and len(asked) == 3
        assert stage.stored() == before


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_write_that_fails_as_under_a_quota_or_on_a_failing_disk_is_treated_alike(stage: Stage) -> None:
    content = dump(stage.path)
    with no_file_longer_than(2_000):
        three_edits(stage)
        assert "3 edits are not saved" in stage.banner and "quota" in stage.banner and "MB free" in stage.banner
        plan = stage.plan
    assert dump(stage.path) == content
    stage.window.care.look()
    assert stage.stored() == stage.plan == plan and not stage.banner


def test_an_edit_that_the_file_will_never_take_is_refused_and_nothing_waits(stage: Stage) -> None:
    def stray(plan: Plan) -> Plan:
        return plan.with_entities([replace(plan.increments[A], team="nobody")])  # type: ignore[arg-type]

    before = stage.plan
    assert not stage.window.editor.run("Stray", stray)
    assert stage.plan == before and not stage.banner and "refused the change" in stage.notice
    assert stage.window.editor.run("Move", move_increments, [A], 7)
    assert stage.stored() == stage.plan


_CRASH = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.faults.disks import Disk
from tests.faults.test_disk import three_edits
from tests.ui.stage import dressed, made, Stage
from roadmapper.workspace.edits.increments import move_increments
app = QApplication([])
folder = Path(sys.argv[1])
stage = Stage(folder, dressed(app))
stage.path = folder / "disk" / "plan.roadmap"
made(stage).begin()
stage.window.editor.run("Saved", move_increments, ["a"], 7)
Disk(folder / "disk").fill()
three_edits(stage)
print(stage.banner, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_crash_loses_only_what_was_said_to_be_unsaved(tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as small:
        said = subprocess.run(
            [sys.executable, "-c", _CRASH, str(tmp_path)], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert said.returncode == -signal.SIGKILL and "3 edits are not saved" in said.stdout, said.stderr
        small.empty()
        with opened(small.path / "plan.roadmap") as file:
            assert file.lock is not None
            assert [label for _, _, label, _ in file.repository.steps()] == ["New roadmap", "Saved"]
            file.repository.verify()
