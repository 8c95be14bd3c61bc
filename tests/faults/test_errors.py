"""Errors: a bug opens one window, a crash is told at the next start, and neither log nor report holds the plan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel
from sqlalchemy.exc import DBAPIError

from roadmapper import logs
from roadmapper.logs import CrashWatch, Log, trace_of
from roadmapper.storage.engine import engine_for, writing
from roadmapper.ui.errors import ErrorDialog, ErrorReporter, Occasion, versions
from roadmapper.workspace.session import VERSION
from tests.ui.stage import Stage, flush

ROOT = Path(__file__).parents[2]
CANARY = "canary-7319-secret"
CRASH = """
import faulthandler, os, sys
from PySide6.QtCore import QTimer
from roadmapper import app
from roadmapper.ui import main_window
deed = sys.argv.pop(1)
def begin(self, files, path, before=main_window.MainWindow.begin):
    before(self, files, path)
    deeds = {"segv": faulthandler._sigsegv, "abort": os.abort, "bug": lambda: 1 / 0, "none": lambda: 0}
    QTimer.singleShot(0, deeds[deed])
    QTimer.singleShot(300, self.shell.close)
    from roadmapper.ui.errors import ErrorDialog
    from PySide6.QtWidgets import QApplication
    def told():
        for w in QApplication.topLevelWidgets() + self.findChildren(ErrorDialog):
            if isinstance(w, ErrorDialog) and w.isVisible():
                print("SHOWN", w.windowTitle(), w.report())
                w.reject()
                break
    QTimer.singleShot(150, told)
main_window.MainWindow.begin = begin
sys.exit(app.command())
"""


def started(home: Path, deed: str) -> subprocess.CompletedProcess[str]:
    """Start the program in a process of its own, have it come to an end, and return what it said."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PYTHONPATH": str(ROOT)}
    kept |= {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", CRASH, deed], capture_output=True, text=True, cwd=home, env=kept, timeout=60, check=False
    )


def shown() -> list[ErrorDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, ErrorDialog) and w.isVisible()]


@pytest.fixture(autouse=True)
def put_away() -> Iterator[None]:
    """Close the windows that a test left."""
    yield
    if QApplication.instance() is not None:
        for dialog in shown():
            dialog.reject()
            dialog.deleteLater()
        flush()


def report(reporter: ErrorReporter, error: Exception) -> None:
    try:
        raise error
    except type(error):
        reporter(*sys.exc_info())


# Crashes


@pytest.mark.skipif(sys.platform == "win32", reason="a crash is provoked in the ways of Unix")
@pytest.mark.parametrize(("deed", "words"), [("segv", "Segmentation fault"), ("abort", "Aborted")])
def test_what_a_crash_left_is_shown_at_the_next_start_and_only_once(tmp_path: Path, deed: str, words: str) -> None:
    crashed = started(tmp_path, deed)
    assert crashed.returncode < 0, crashed.stderr
    again = started(tmp_path, "none")
    assert again.returncode == 0, again.stderr
    assert "SHOWN Something went wrong" in again.stdout
    assert words in again.stdout and f"Roadmapper {VERSION}" in again.stdout
    third = started(tmp_path, "none")
    assert third.returncode == 0 and "SHOWN" not in third.stdout
    assert list((tmp_path / "data" / "roadmapper" / "logs" / "crashes").iterdir()) == []
    assert words in (tmp_path / "data" / "roadmapper" / "logs" / "roadmapper.log").read_text()


def test_a_run_that_still_goes_on_is_not_taken_for_one_that_crashed(tmp_path: Path) -> None:
    other = CrashWatch(tmp_path)
    other._path = tmp_path / "crashes" / "1-20260101T000000.txt"
    assert other.begin() == ""
    mine = CrashWatch(tmp_path)
    assert mine.begin() == ""
    assert other._path.exists()
    mine.end()
    other.end()
    assert list((tmp_path / "crashes").iterdir()) == []


def test_a_bug_in_the_real_program_is_shown_with_its_place_and_kept_in_the_log(tmp_path: Path) -> None:
    found = started(tmp_path, "bug")
    assert found.returncode == 0, found.stderr
    assert "SHOWN Something went wrong" in found.stdout and "ZeroDivisionError: division by zero" in found.stdout
    log = (tmp_path / "data" / "roadmapper" / "logs" / "roadmapper.log").read_text()
    assert "bug, time 1" in log and "ZeroDivisionError" in log and "begins" in log and "ends" in log


# Bugs


def test_a_bug_that_repeats_itself_opens_one_window_even_after_it_was_closed(stage: Stage) -> None:
    entries: list[str] = []
    reporter = ErrorReporter(entries.append)
    for _ in range(25):
        report(reporter, LookupError("the same bug"))
    assert len(shown()) == 1
    shown()[0].reject()
    report(reporter, LookupError("the same bug"))
    assert shown() == []
    assert [e.split("\n")[0] for e in entries] == ["bug, time 1", "bug, time 10"]


def test_another_bug_is_added_to_the_window_that_is_open(stage: Stage) -> None:
    reporter = ErrorReporter()
    report(reporter, LookupError("one"))
    try:
        [][1]
    except IndexError:
        reporter(*sys.exc_info())
    (dialog,) = shown()
    assert "LookupError" in dialog.report() and "IndexError: list index out of range" in dialog.report()


def test_a_bug_in_another_thread_opens_no_window_there(stage: Stage) -> None:
    entries: list[str] = []
    reporter = ErrorReporter(entries.append)
    thread = Thread(target=lambda: report(reporter, LookupError("far away")))
    thread.start()
    thread.join()
    assert shown() == [] and len(entries) == 1


def test_the_window_says_what_happened_what_is_safe_and_what_to_do(stage: Stage) -> None:
    report(ErrorReporter(), LookupError("x"))
    (dialog,) = shown()
    words = " ".join(label.text() for label in dialog.findChildren(type(stage.window.notice._label)))
    for part in ("made a mistake", "Your work is safe", "send this report"):
        assert part in words
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    for name in (f"Roadmapper {VERSION}", "Python 3.", "PySide6 6.", "Qt 6.", "SQLite 3.", "LookupError"):
        assert name in copied


# Nothing of the plan


def test_neither_log_nor_report_holds_the_plan_unless_it_is_ticked(stage: Stage) -> None:
    roadmap = replace(stage.plan.roadmap, title=CANARY)
    assert stage.window.editor.run(f"Rename to {CANARY}", lambda plan: plan.with_entities([roadmap]))
    log = Log(stage.session.logs)
    reporter = ErrorReporter(log.write, stage.window._last_steps)
    try:
        try:
            nothing: dict[str, int] = {}
            _ = nothing[CANARY]
        except KeyError as error:
            raise ValueError(f"“{CANARY}” cannot be") from error
    except ValueError:
        reporter(*sys.exc_info())
    (dialog,) = shown()
    assert CANARY not in dialog.report() and CANARY not in log.path.read_text()
    boxes = dialog.findChildren(QCheckBox)
    assert len(boxes) == 2 and not any(box.isChecked() for box in boxes)
    for box in boxes:
        box.setChecked(True)
        assert CANARY in dialog.report() and CANARY in dialog.text.toPlainText()
        box.setChecked(False)
    assert CANARY not in dialog.report()


def test_what_the_database_complains_of_holds_no_values(stage: Stage) -> None:
    engine = engine_for(stage.path)
    with pytest.raises(DBAPIError) as refused, writing(engine) as db:
        db.exec_driver_sql("UPDATE teams SET title = ?, people = ?", (CANARY, "none"))
    engine.dispose()
    assert CANARY not in str(refused.value)
    assert CANARY not in trace_of(refused.value, words=False)


def test_boxes_are_spoken_of_only_where_there_are_any(stage: Stage) -> None:
    for more, words in (((), "nothing of your plan."), ([("Add", str)], "unless you tick it below.")):
        dialog = ErrorDialog("report", stage.window, Occasion.CRASH, more)
        assert any(label.text().endswith(words) for label in dialog.findChildren(QLabel))
        dialog.deleteLater()


def test_a_report_can_be_asked_for_without_a_bug(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[ErrorDialog] = []

    def rejected(dialog: ErrorDialog) -> QDialog.DialogCode:
        asked.append(dialog)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(ErrorDialog, "exec", rejected)
    stage.do("report")
    (dialog,) = asked
    assert dialog.report().startswith(versions().split("\n")[0])
    assert stage.plan.roadmap.title not in dialog.report()
    dialog.deleteLater()


# The log


def test_the_log_never_grows_beyond_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 5_000)
    log = Log(tmp_path / "logs")
    for n in range(400):
        log.write(f"entry {n} " + "x" * 100)
    sizes = [p.stat().st_size for p in (tmp_path / "logs").iterdir()]
    assert len(sizes) == logs.GENERATIONS and max(sizes) <= 5_000
    assert "entry 399" in log.path.read_text()


def test_a_log_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    Log(tmp_path / "logs").write("nobody reads this")
    watch = CrashWatch(tmp_path / "logs")
    assert watch.begin() == ""
    watch.end()


def test_the_version_is_the_same_everywhere() -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()
    assert json.dumps(VERSION) in (ROOT / "roadmapper" / "cli" / "commands.py").read_text()
