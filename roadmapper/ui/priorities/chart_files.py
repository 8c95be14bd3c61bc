"""Chart files: asks where the chart of value against effort goes - clipboard, PNG, SVG, PDF, printer - and sends it.

Each deed returns what to tell the user, nothing if nothing was wanted, and raises Refused when it cannot be done.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog, QWidget

from roadmapper.domain.file_name import safe_name
from roadmapper.domain.wording import tr
from roadmapper.reports.paper import PAPERS
from roadmapper.reports.printing import printer_for, send
from roadmapper.reports.value_chart import ChartSheet, chart_document, image_of, pdf_of, png_of, svg_of
from roadmapper.storage.writing import write_whole


def copy_picture(sheet: ChartSheet, _parent: QWidget | None) -> str:
    """Put the page on the clipboard as a picture."""
    QGuiApplication.clipboard().setImage(image_of(sheet))
    return tr("The chart is on the clipboard.")


def save_png(sheet: ChartSheet, parent: QWidget | None) -> str:
    """Ask for a file and write the page into it as PNG."""
    return _saved(sheet, tr("Save the chart as PNG"), "png", [tr("PNG picture") + " (*.png)"], parent, _png)


def save_svg(sheet: ChartSheet, parent: QWidget | None) -> str:
    """Ask for a file and write the page into it as SVG."""
    return _saved(sheet, tr("Save the chart as SVG"), "svg", [tr("SVG drawing") + " (*.svg)"], parent, _svg)


def save_pdf(sheet: ChartSheet, parent: QWidget | None) -> str:
    """Ask for a file and a paper and write the page into it as PDF."""
    return _saved(sheet, tr("Save the chart as PDF"), "pdf", [_filter(paper) for paper in PAPERS], parent, _pdf)


def print_chart(sheet: ChartSheet, parent: QWidget | None) -> str:
    """Ask for a printer and print the page."""
    document = chart_document(sheet, _usual_paper())
    printer = printer_for(document)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print"))
    wanted = bool(dialog.exec())
    dialog.deleteLater()
    if not wanted:
        return ""
    send(document, printer)
    return tr("“{title}” is on its way to the printer.").format(title=sheet.title)


def _saved(
    sheet: ChartSheet,
    title: str,
    suffix: str,
    filters: list[str],
    parent: QWidget | None,
    made: Callable[[ChartSheet, str], bytes],
) -> str:
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix)
    dialog.setNameFilters(filters)
    dialog.selectNameFilter(next((f for f in filters if f == _filter(_usual_paper())), filters[0]))
    dialog.selectFile(safe_name(sheet.title, f".{suffix}"))
    wanted = bool(dialog.exec())
    chosen, kind = dialog.selectedFiles(), dialog.selectedNameFilter()
    dialog.deleteLater()
    if not wanted or not chosen:
        return ""
    path = Path(chosen[0])
    write_whole(path, made(sheet, kind))
    return tr("Saved “{file}”.").format(file=path.name)


def _png(sheet: ChartSheet, _kind: str) -> bytes:
    return png_of(sheet)


def _svg(sheet: ChartSheet, _kind: str) -> bytes:
    return svg_of(sheet)


def _pdf(sheet: ChartSheet, kind: str) -> bytes:
    return pdf_of(sheet, next((paper for paper in PAPERS if _filter(paper) == kind), _usual_paper()))


def _filter(paper: str) -> str:
    return tr("PDF, {paper} landscape").format(paper=paper) + " (*.pdf)"


def _usual_paper() -> str:
    american = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return "Letter" if american else "A4"
