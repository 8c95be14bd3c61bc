"""A hand at the print dialog: waits for pages, answers what it asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from roadmapper.reports.pages import Document
from roadmapper.ui.paper.making import State
from roadmapper.ui.paper.print_dialog import PrintDialog
from tests.ui.stage import Stage

PATIENT = 60_000


def asked(stage: Stage, command: str) -> PrintDialog:
    """Choose a command that prints and return the dialog that opens."""
    stage.do(command)
    return dialog_of(stage)


def dialog_of(stage: Stage) -> PrintDialog:
    """Return the print dialog that is open."""
    (dialog,) = [d for d in stage.window.findChildren(PrintDialog) if d.isVisible()]
    return dialog


def pages_in(qtbot: QtBot, dialog: PrintDialog) -> Document:
    """Wait until the pages of what is chosen are there, and return them."""
    qtbot.waitUntil(lambda: dialog.making.state is not State.MAKING, timeout=PATIENT)
    assert dialog.document is not None, dialog.making.why
    return dialog.document


def written(qtbot: QtBot, dialog: PrintDialog) -> str:
    """Wait until the pages are where they were wanted, and return what is said of it."""
    qtbot.waitUntil(lambda: not dialog.foot.busy and bool(dialog.foot.words.text()), timeout=PATIENT)
    return dialog.foot.words.text()


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str = "") -> None:
    """Answer the next questions for a file with *path*; *kind* begins what its kind is called."""

    def answer(dialog: QFileDialog) -> int:
        found = [name for name in dialog.nameFilters() if name.startswith(kind)]
        dialog.selectNameFilter(found[0])
        return 1

    monkeypatch.setattr(QFileDialog, "exec", answer)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path)])


def close(dialog: PrintDialog) -> None:
    """Close the dialog."""
    dialog.reject()
    QApplication.processEvents()
