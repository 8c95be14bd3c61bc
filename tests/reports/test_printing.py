"""The printer: the same pages at 300 dots an inch, each on its own paper, and only those that were chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter

from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.reports.documents import document_of
from roadmapper.reports.output import write_document
from roadmapper.reports.pages import Box, Document, Page, Text
from roadmapper.reports.paper import Kind
from roadmapper.reports.printing import DPI, printer_for, send, wanted_pages
from roadmapper.workspace.jobs import Cancelled, Progress
from tests.reports.conftest import packed, source_of


def page_of(said: str, size: tuple[float, float] = (842, 595)) -> Page:
    return Page(*size, (Text(Box(50, 50, 200, 12), (said,), 10.0, words=said),), "Sheet", said)


THREE = Document("Three", (page_of("One"), page_of("Two", (595, 842)), page_of("Three", (1191, 842))))


def into(path: Path, document: Document) -> QPrinter:
    printer = printer_for(document)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_a_printer_gets_every_page_of_the_file_on_its_own_paper(fonts: None, tmp_path: Path) -> None:
    printer = into(tmp_path / "printed.pdf", THREE)
    assert printer.resolution() == DPI == 300
    send(THREE, printer)
    write_document(THREE, tmp_path / "file.pdf")
    printed, file = PdfReader(tmp_path / "printed.pdf"), PdfReader(tmp_path / "file.pdf")
    for one, other in zip(printed.pages, file.pages, strict=True):
        assert one.extract_text() == other.extract_text() != ""
        assert [round(float(n)) for n in one.mediabox] == [round(float(n)) for n in other.mediabox]


def test_the_sheets_of_a_plan_are_printed_as_they_are_written(fonts: None, sample: Plan, tmp_path: Path) -> None:
    document = document_of(source_of(sample), (Kind.ROADMAP, Kind.INCREMENTS))
    send(document, into(tmp_path / "printed.pdf", document))
    write_document(document, tmp_path / "file.pdf")
    words = [
        [packed(page.extract_text()) for page in PdfReader(tmp_path / name).pages]
        for name in ("printed.pdf", "file.pdf")
    ]
    assert len(words[0]) == len(document.pages)
    assert words[0] == words[1]


def test_only_the_pages_that_were_chosen_are_painted(fonts: None, tmp_path: Path) -> None:
    printer = into(tmp_path / "printed.pdf", THREE)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    ranges = QPageRanges()
    ranges.addPage(1)
    ranges.addRange(3, 9)
    printer.setPageRanges(ranges)
    assert wanted_pages(printer, THREE) == [0, 2]
    send(THREE, printer)
    assert [page.extract_text() for page in PdfReader(tmp_path / "printed.pdf").pages] == ["One", "Three"]


def test_pages_may_be_named(fonts: None, tmp_path: Path) -> None:
    send(THREE, into(tmp_path / "printed.pdf", THREE), [1])
    assert [page.extract_text() for page in PdfReader(tmp_path / "printed.pdf").pages] == ["Two"]


def test_a_printer_that_takes_no_second_page_is_said(
    fonts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinter, "newPage", lambda printer: False)
    with pytest.raises(Refused, match="could not be painted: choose another printer or file"):
        send(THREE, into(tmp_path / "printed.pdf", THREE))


def test_printing_can_be_stopped_and_begun_again(fonts: None, tmp_path: Path) -> None:
    progress = Progress(lambda done, of: progress.cancel())
    with pytest.raises(Cancelled):
        send(THREE, into(tmp_path / "stopped.pdf", THREE), progress=progress)
    send(THREE, into(tmp_path / "printed.pdf", THREE))
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 3
