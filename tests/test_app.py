"""The front door: what is asked for is done, and nothing is read in that it does not take."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from roadmapper.app import run
from roadmapper.workspace.session import Session
from tests.storage.files import opened
from tests.ui.stage import RESOURCES, TODAY

ROOT = Path(__file__).parents[1]
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from roadmapper import app
from roadmapper.ui import shell

painted = []

def paint(self, event, before=shell.Shell.paintEvent):
    if not painted:
        heavy = ("sqlalchemy", "roadmapper.ui.main_window", "roadmapper.ui.timeline.page")
        painted.append([name for name in heavy if name in sys.modules])
    before(self, event)

shell.Shell.paintEvent = paint
QApplication.exec = lambda self=None: print("painted with", painted[0], "then", "sqlalchemy" in sys.modules) or 0
sys.exit(app.command())
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session("planner", RESOURCES, tmp_path / "data", lambda: TODAY)


def python(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, in a home of its own and without a display."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    kept |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, cwd=home, env=kept, timeout=100, check=False
    )


NEW = ("--title", "A", "--start", "2027-01-04")
COMMAND = "import sys; from roadmapper.app import command; sys.exit(command())"


def test_an_unknown_file_is_said_in_one_sentence(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([str(tmp_path / "none.roadmap")], session) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "none.roadmap" in said.err


def test_one_file_at_a_time_is_opened(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["one.roadmap", "two.roadmap"], session) == 2
    assert "one file at a time" in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_display_the_main_job_is_done_and_both_files_are_good(tmp_path: Path) -> None:
    found = python("-c", COMMAND, home=tmp_path, DISPLAY=":4711")
    assert (found.returncode, found.stderr) == (0, ""), found.stderr
    assert "no screen" in found.stdout
    file, paper = (Path(p) for p in re.findall("^The (?:roadmap|page): (.*)$", found.stdout, re.MULTILINE))
    with opened(file) as roadmap:
        roadmap.repository.verify()
        assert all(p in roadmap.plan.increments_by_project for p in roadmap.plan.projects)
    assert len(PdfReader(paper).pages) == 1
    checked = python("-c", COMMAND, "check", str(file), home=tmp_path)
    assert checked.returncode == 0, checked.stderr
    other = tmp_path / "other.pdf"
    printed = python("-c", COMMAND, "print", str(file), "-o", str(other), home=tmp_path, DISPLAY=":4711")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert len(PdfReader(other).pages) == 1
    again = python("-c", COMMAND, home=tmp_path, DISPLAY="")
    assert again.returncode == 0
    assert str(file) not in again.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_display_a_named_file_is_not_shown_and_that_is_said(tmp_path: Path) -> None:
    assert python("-c", COMMAND, "new", "a.roadmap", *NEW, home=tmp_path).returncode == 0
    found = python("-c", COMMAND, "a.roadmap", home=tmp_path, DISPLAY="nonsense")
    assert (found.returncode, found.stdout) == (1, "")
    assert "no screen" in found.stderr and found.stderr.count("\n") == 1


def imported(text: str) -> set[str]:
    """Return the packages that -X importtime names."""
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in text.splitlines() if "import time:" in line}


def test_no_command_but_print_reads_qt_in(tmp_path: Path) -> None:
    steps = (
        ("sample", "a.roadmap"),
        ("show", "a.roadmap"),
        ("check", "a.roadmap"),
        ("split", "a.roadmap", "--help"),
        ("undo", "a.roadmap"),
        ("redo", "a.roadmap"),
        ("new", "b.roadmap", *NEW),
        ("--help",),
        ("--version",),
    )
    for step in steps:
        found = python("-X", "importtime", "-c", COMMAND, *step, home=tmp_path)
        nothing_to_do = step[0] in ("undo", "redo")
        assert (found.returncode == 0) != nothing_to_do, (step, found.stderr[-300:])
        packages = imported(found.stderr)
        assert "roadmapper" in packages, step
        assert not packages & {"PySide6", "shiboken6"}, step
    found = python("-X", "importtime", "-c", COMMAND, "print", "a.roadmap", "-o", "a.pdf", home=tmp_path)
    assert found.returncode == 0
    assert "PySide6" in imported(found.stderr)


def test_the_window_is_painted_before_the_database_is_read_in(tmp_path: Path) -> None:
    found = python("-c", WINDOW, home=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert "painted with [] then True" in found.stdout, found.stdout + found.stderr
    assert found.returncode == 0
