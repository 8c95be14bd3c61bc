"""The first hour on screen: the sample, a real portfolio, a split, a drag - closed, opened again, undone, printed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from roadmapper.domain.plan import Plan
from roadmapper.ui.dialogs.import_dialog import ImportDialog
from roadmapper.ui.dialogs.split_dialog import SplitDialog
from tests.stories.command_line import FDA, needs_fda
from tests.ui.printing import dialog_of
from tests.ui.stage import Stage, dressed, stage_at

pytestmark = needs_fda
PATIENCE = 20.0


def until(holds: Callable[[], bool]) -> None:
    """Wait as a user does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        QTest.qWait(20)


def choose_files(dialog: ImportDialog) -> int:
    """Choose both tables and import them."""
    dialog.show()
    dialog.projects.set_path(FDA / "projects.csv")
    dialog.activities.set_path(FDA / "activities.csv")
    until(lambda: not (dialog.projects.waiting or dialog.activities.waiting))
    until(dialog.take.isEnabled)
    until(lambda: bool(dialog.result_import().entities))
    dialog.take.click()
    return dialog.result()


def take_split(dialog: SplitDialog) -> int:
    """Wait for a split and take it."""
    dialog.show()
    until(lambda: dialog.proposal() is not None)
    dialog.take.click()
    return dialog.result()


def save_to(path: Path) -> Callable[[QFileDialog], int]:
    """Answer a file dialog."""

    def answer(dialog: QFileDialog) -> int:
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        return int(QDialog.DialogCode.Accepted)

    return answer


def steps_of(stage: Stage) -> tuple[list[str], int]:
    stack = stage.window.editor.stack
    return [stack.text(n) for n in range(stack.count())], stack.index()


def test_an_hour_of_work_outlives_closing_and_can_all_be_taken_back(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = dressed(qapp)
    monkeypatch.setattr(ImportDialog, "exec", choose_files)
    monkeypatch.setattr(SplitDialog, "exec", take_split)
    with stage_at(tmp_path, theme) as stage:
        stage.window.begin(stage.desk, None)
        stage.do("sample")
        beginning = stage.plan
        stage.do("import_csv")
        imported = stage.plan
        assert len(imported.projects) > len(beginning.projects) + 10
        mega = next(p for p in imported.projects.values() if "2168" in p.title or "2168" in p.id)
        stage.window.selection.set([mega.id])
        stage.do("split")
        bars = stage.plan.increments_by_project[mega.id]
        assert len(bars) > 1
        held = bars[-1]
        stage.canvas.reveal(held.id)
        stage.look_at(held.id)
        stage.canvas.reveal(held.id)
        QCoreApplication.processEvents()
        stage.drag(stage.body(held.id), 3 * 28)
        assert (stage.plan.increments[held.id].span.start - held.span.start).days in range(21, 36)
        end, steps, path = stage.plan, steps_of(stage), stage.window.files.path
        assert len(steps[0]) == 3
        stage.shell.close()
    assert path is not None
    with stage_at(tmp_path, theme) as stage:
        stage.path = path
        stage.window.begin(stage.desk, None)
        assert stage.window.files.path == path
        assert stage.plan == end == stage.stored()
        assert steps_of(stage) == steps
        export_to(stage, tmp_path / "now.pdf", monkeypatch)
        plans: list[Plan] = []
        while stage.window.editor.stack.canUndo():
            stage.do("undo")
            plans.append(stage.plan)
        assert plans[1:] == [imported, beginning]
        assert stage.stored() == beginning
        export_to(stage, tmp_path / "before.pdf", monkeypatch)


def export_to(stage: Stage, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Export the roadmap, and fail unless the first page names it."""
    monkeypatch.setattr(QFileDialog, "exec", save_to(path))
    stage.do("export_pdf")
    dialog = dialog_of(stage)
    until(lambda: dialog.document is not None)
    dialog.pdf.click()
    until(lambda: not dialog.foot.busy)
    dialog.reject()
    assert stage.plan.roadmap.title.split()[0] in PdfReader(path).pages[0].extract_text()
