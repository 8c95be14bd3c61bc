"""Printing from the window: the dialogs ask, and the page arrives as it was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from roadmapper.domain.refusal import Refused
from roadmapper.reports.pdf import load_fonts
from roadmapper.ui.printing import _Job, export_dialog, export_pdf, file_name, paper_of, print_preview
from roadmapper.workspace.session import Session
from tests.reports.conftest import HEAD, RESOURCES, TODAY, made, source_of, words_of


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Session:
    """Return a session with the shipped fonts, and files asked for in Qt's own dialog."""
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    load_fonts(RESOURCES)
    return Session("planner", RESOURCES, tmp_path, lambda: TODAY)


def _answer(paper: str, path: Path, accepts: bool = True) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.selectNameFilter(next(f for f in dialog.nameFilters() if paper in f))
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        dialog.accept() if accepts else dialog.reject()

    QTimer.singleShot(0, answer)


def test_the_export_writes_the_chosen_paper_to_the_chosen_file(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    _answer("A3", tmp_path / "board")
    assert export_pdf(made(2, 3, 60, 56), HEAD, session, None) == "Exported “board.pdf”."
    (page,) = PdfReader(tmp_path / "board.pdf").pages
    assert float(page.mediabox.width) == pytest.approx(1191, abs=2)


def test_no_file_is_written_when_the_dialog_is_closed(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    _answer("A4", tmp_path / "board.pdf", accepts=False)
    assert export_pdf(made(1, 1, 7, 7), HEAD, session, None) == ""
    assert list(tmp_path.iterdir()) == []


def test_the_export_suggests_a_name_after_the_roadmap(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    dialog = export_dialog(made(1, 1, 7, 7), tmp_path, None)
    qtbot.addWidget(dialog)
    assert dialog.selectedFiles() == [str(tmp_path / "Roadmap of many.pdf")]
    assert paper_of(dialog) in ("A4", "Letter")
    assert file_name('a/b: "c" <d>?. ') == "a-b c d.pdf"
    assert file_name("...") == "roadmap.pdf"


def test_the_preview_shows_the_one_page(qtbot: QtBot, session: Session) -> None:
    pages: list[int] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QPrintPreviewDialog)
        (shown,) = dialog.findChildren(QPrintPreviewWidget)
        pages.append(shown.pageCount())
        dialog.reject()

    QTimer.singleShot(300, look)
    print_preview(made(1, 3, 60, 56), HEAD, session, None)
    assert pages == [1]


def test_what_a_printer_gets_is_the_page(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    plan = made(2, 3, 60, 56)
    job = _Job(source_of(plan))
    job.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    job.printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    job.paint(job.printer)
    job.answer()
    words = words_of(PdfReader(tmp_path / "printed.pdf"))
    assert "Consolidatedcustomermasterrecord" in words
    assert "page1of1" in words


def test_a_printer_that_does_not_take_it_is_said(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    job = _Job(source_of(made(1, 1, 7, 7)))
    job.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    job.printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    job.paint(job.printer)
    with pytest.raises(Refused, match="could not be painted"):
        job.answer()
