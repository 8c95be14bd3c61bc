"""Printing: a printer set up for paper, and the pages of a document on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtPrintSupport import QPrinter

from roadmapper.reports.pages import Document
from roadmapper.reports.pdf import CREATOR, layout_for, paint_document
from roadmapper.workspace.jobs import Progress

DPI = 300


def printer_for(document: Document) -> QPrinter:
    """Return the usual printer, set to the paper of the first page, to all of it, and to 300 dots an inch."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    if document.pages:
        printer.setPageLayout(layout_for(document.pages[0]))
    printer.setFullPage(True)
    printer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_1_4)
    printer.setColorMode(QPrinter.ColorMode.GrayScale if document.grey else QPrinter.ColorMode.Color)
    printer.setDocName(document.title)
    printer.setCreator(CREATOR)
    return printer


def wanted_pages(printer: QPrinter, document: Document) -> list[int]:
    """Return the pages, counted from 0, that were chosen in the printer's dialog."""
    count = len(document.pages)
    ranges = printer.pageRanges()
    if printer.printRange() is not QPrinter.PrintRange.PageRange or ranges.isEmpty():
        return list(range(count))
    return [n for n in range(count) if ranges.contains(n + 1)]


def send(
    document: Document, printer: QPrinter, pages: Sequence[int] | None = None, progress: Progress | None = None
) -> None:
    """Paint *pages* (counted from 0; those chosen in its dialog if None) on a printer.

    Raises Refused where it does not take them, and whatever *progress* raises, which hears of each page.
    """
    chosen = wanted_pages(printer, document) if pages is None else pages
    printer.setFullPage(True)
    paint_document(document, printer, printer.resolution(), chosen, progress=progress)
