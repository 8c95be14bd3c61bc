"""The printer and its preview: they get the same pages as the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from roadmapper.domain.refusal import Refused
from roadmapper.ui.printing import _Job, print_preview
from roadmapper.workspace.session import Session
from tests.reports.conftest import HEAD, Print, made, pages_of, source_of
from tests.stories.command_line import FDA, CommandLine, needs_fda

MANY = made(40, 5, 60, 56)


def test_a_printer_gets_the_pages_of_the_file(fonts: None, printed: Print, tmp_path: Path) -> None:
    job = _Job(source_of(MANY))
    job.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    job.printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    job.paint(job.printer)
    job.answer()
    assert pages_of(PdfReader(tmp_path / "printed.pdf")) == pages_of(printed(MANY))


def test_the_preview_shows_the_pages_of_the_file(fonts: None, qtbot: QtBot, session: Session) -> None:
    pages: list[int] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QPrintPreviewDialog)
        (shown,) = dialog.findChildren(QPrintPreviewWidget)
        pages.append(shown.pageCount())
        dialog.reject()

    QTimer.singleShot(300, look)
    print_preview(MANY, HEAD, session, None)
    assert pages == [5]


def test_a_printer_that_takes_no_second_page_is_said(
    fonts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = _Job(source_of(MANY))
    job.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    job.printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr(QPrinter, "newPage", lambda printer: False)
    job.paint(job.printer)
    with pytest.raises(Refused, match="could not be painted"):
        job.answer()


@needs_fda
def test_the_command_line_says_how_many_pages_when_there_is_more_than_one(
    fonts: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line, path = CommandLine(tmp_path, capsys), tmp_path / "f.pdf"
    line.good("new", "FILE", "--title", "FDA IT portfolio", "--start", "2009-07-01", "--months", "48")
    line.noted("import", "FILE", "--projects", FDA / "projects.csv", "--activities", FDA / "activities.csv")
    assert line.good("print", "FILE", "-o", path, "--paper", "A3") == f"Printed “{path}” (3 pages).\n"
    assert len(pages_of(PdfReader(path))) == 3
    sample = tmp_path / "s.roadmap"
    line.good("sample", sample)
    assert line.good("print", sample, "-o", path) == f"Printed “{path}”.\n"
