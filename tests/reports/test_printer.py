"""The printer: it gets the same pages as the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

from roadmapper.domain.refusal import Refused
from roadmapper.reports.documents import document_of
from roadmapper.reports.paper import Kind
from roadmapper.reports.printing import printer_for, send
from tests.reports.conftest import Print, made, pages_of, source_of
from tests.stories.command_line import FDA, CommandLine, needs_fda

MANY = made(40, 5, 60, 56)


def printer_into(path: Path) -> QPrinter:
    """Return a printer whose paper is a file."""
    printer = printer_for(document_of(source_of(MANY), (Kind.ROADMAP,)))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_a_printer_gets_the_pages_of_the_file(fonts: None, printed: Print, tmp_path: Path) -> None:
    send(document_of(source_of(MANY), (Kind.ROADMAP,)), printer_into(tmp_path / "printed.pdf"))
    assert pages_of(PdfReader(tmp_path / "printed.pdf")) == pages_of(printed(MANY))


def test_a_printer_that_takes_no_second_page_is_said(
    fonts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = printer_into(tmp_path / "printed.pdf")
    monkeypatch.setattr(QPrinter, "newPage", lambda printer: False)
    with pytest.raises(Refused, match="could not be painted"):
        send(document_of(source_of(MANY), (Kind.ROADMAP,)), printer)


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
