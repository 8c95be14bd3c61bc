"""The program is killed at any moment while somebody edits: all that was on screen is there, and nothing is asked."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from roadmapper.storage.backup import back_up, machine_clock
from tests.faults.harness import ROOT, dump, ended, journal_of, killed, names_in, opens_unasked, rounds
from tests.storage.files import made_file, raw
from tests.ui.stage import stage_plan

WINDOW = "tests.faults.window"
BACKUP = re.compile(r"backups/plan-[0-9a-f]{10}/\d{8}T\d{6}Z-\d{6}\.roadmap")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def check(folder: Path, path: Path, shown: list[list[str]], before: int) -> None:
    """Look at a copy of what was left, so that the program itself has to put the original right."""
    copy = Path(shutil.copytree(folder, folder.with_name("copy"))) / path.name
    _, length = opens_unasked(copy)
    rows = journal_of(copy)
    for number, *told in shown:
        assert rows.get(int(number)) == told, f"edit {number} was on the screen"
    # The last deed may be saved and not yet shown; one deed of a hand is two edits at most.
    assert before <= length <= (int(shown[-1][0]) if shown else before) + 2
    shutil.rmtree(copy.parent)


def test_every_edit_that_the_screen_showed_is_there_after_a_kill_and_the_window_opens_unasked(tmp_path: Path) -> None:
    (folder := tmp_path / "work").mkdir()
    path, data, draw = made_file(folder, stage_plan()), folder / "data", random.Random(8)
    start = dump(path)
    edits, count, length = 0, rounds(4), 1
    for number in range(count):
        said = killed(draw, WINDOW, path, data, number, 100_000)
        assert said == [] or said[0] == ["open"], said  # nothing is asked, nothing is told
        check(folder, path, said[1:], length)
        length = int(said[-1][0]) if len(said) > 1 else length
        edits += len(said[1:])
    print(f"{count} kills of the window, {edits} edits shown, none lost")
    assert edits > count
    assert ended(WINDOW, path, data, 0, 0, "undo")[0] == ["open"]
    assert dump(path) == start
    # A window killed in the middle of a backup leaves a part of it; the last window may be gone before its own is due.
    back_up(path, data / "backups", machine_clock())
    left = [n for n in names_in(folder) if not BACKUP.fullmatch(n.removeprefix("data/"))]
    assert left == ["data/settings.json", "plan.roadmap"]


def test_edits_outlast_a_kill_and_as_many_undos_give_the_plan_of_the_start_byte_for_byte(tmp_path: Path) -> None:
    path, data = made_file(tmp_path, stage_plan()), tmp_path / "data"
    start, most = dump(path), rounds(50)
    command = [sys.executable, "-m", WINDOW, str(path), str(data), "5", str(most), "forward"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True) as program:
        assert program.stdout is not None
        shown = [program.stdout.readline() for _ in range(most + 2)]
        assert shown[-1] == "done\n"
        program.kill()
    assert program.returncode == -signal.SIGKILL
    end = dump(path)
    assert end != start
    said = ended(WINDOW, path, data, 0, 0, "undo")
    assert said[:2] == [["open"], ["done"]] and len(said) == most + 2
    assert dump(path) == start
    assert raw(path, "SELECT kind, count(*) FROM journal GROUP BY kind ORDER BY kind") == [
        ("edit", most),
        ("start", 1),
        ("undo", most),
    ]
