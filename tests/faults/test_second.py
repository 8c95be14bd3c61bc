"""A second opener reads, and is told who writes, where, since when; what a killed program left is taken unasked."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.increments import move_increments
from tests.faults.harness import ROOT
from tests.storage.files import opened
from tests.ui.stage import A, Stage, made, stage_at

_HOLD = """
import sys, time
from pathlib import Path
from roadmapper.storage.roadmap_file import open_file
file = open_file(Path(sys.argv[1]), "Ann", Path(sys.argv[2]))
print(file.lock is not None, flush=True)
time.sleep(60)
"""


def test_the_second_is_told_who_where_and_since_when_and_gets_in_unasked_once_the_first_was_killed(
    theme: Theme, tmp_path: Path
) -> None:
    with stage_at(tmp_path, theme) as stage:
        made(stage)
        command = [sys.executable, "-c", _HOLD, str(stage.path), str(tmp_path / "backups")]
        first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert first.stdout is not None and first.stdout.readline() == "True\n"
        since = json.loads((tmp_path / ".plan.roadmap.lock").read_text())["since"]
        stage.begin()
        for word in ("open by Ann", f"on {socket.gethostname()}", f"since {since}", "can only be read"):
            assert word in stage.banner
        assert "delete" not in stage.banner and not stage.window.editor.editable
        first.send_signal(signal.SIGKILL)
        first.wait()
        first.stdout.close()
        assert (tmp_path / ".plan.roadmap.lock").exists()
        stage.window.files.show(stage.path)
        assert not stage.banner and not stage.notice and stage.window.editor.editable
        assert stage.window.editor.run("Move", move_increments, [A], 7)


def test_the_lock_of_another_computer_is_kept_and_how_to_put_it_away_is_said(theme: Theme, tmp_path: Path) -> None:
    with stage_at(tmp_path, theme) as stage:
        made(stage)
        lock = tmp_path / ".plan.roadmap.lock"
        lock.write_text(json.dumps({"who": "Ann", "host": "afar", "process": 7, "since": "2026-11-20 09:12"}))
        stage.begin()
        assert "open by Ann on afar since 2026-11-20 09:12" in stage.banner
        assert "delete “.plan.roadmap.lock” beside it" in stage.banner
        assert not stage.window.editor.editable and lock.exists()


def test_a_reader_is_told_when_the_writer_wrote(stage: Stage, theme: Theme, tmp_path: Path) -> None:
    with stage_at(tmp_path / "second", theme) as second:
        second.begin(stage.path)
        assert stage.window.editor.run("Move", move_increments, [A], 7)
        second.window.care.look()
        assert [b.text() for b in second.window.banner.buttons] == ["&Compare…", "Show it as it is &now"]
        second.window.banner.buttons[1].click()
        assert second.plan == stage.plan and "can only be read" in second.banner
    with opened(stage.path, read_only=True) as file:
        assert file.plan == stage.plan
