"""Printing: asks where the roadmap goes - a preview, a printer, a PDF file - and sends the pages there.

Each deed returns what to tell the user, nothing if nothing was wanted, and raises Refused when it cannot be done.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QPagedPaintDevice, QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QFileDialog, QWidget

from roadmapper.domain.file_name import safe_name
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.output import write_document
from roadmapper.reports.pages import Document
from roadmapper.reports.paper import MILLIMETRE, PAPERS, Kind, Options
from roadmapper.reports.pdf import CREATOR, layout_of
from roadmapper.reports.printing import send
from roadmapper.reports.source import Source
from roadmapper.workspace.session import Session


def print_preview(plan: Plan, head: str, session: Session, parent: QWidget | None) -> str:
    """Show the pages as they would be printed; from there it can be printed."""
    job = _Job(_source(plan, head, session))
    dialog = QPrintPreviewDialog(job.printer, parent)
    dialog.setWindowTitle(tr("Print preview"))
    dialog.paintRequested.connect(job.paint)
    dialog.exec()
    dialog.deleteLater()
    job.answer()
    return ""


def print_roadmap(plan: Plan, head: str, session: Session, parent: QWidget | None) -> str:
    """Ask for a printer and print the pages."""
    job = _Job(_source(plan, head, session))
    dialog = QPrintDialog(job.printer, parent)
    dialog.setWindowTitle(tr("Print"))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, False)
    wanted = bool(dialog.exec())
    dialog.deleteLater()
    if not wanted:
        return ""
    job.paint(job.printer)
    job.answer()
    return tr("“{title}” is on its way to the printer.").format(title=job.title)


def export_pdf(plan: Plan, head: str, session: Session, parent: QWidget | None, folder: Path | None = None) -> str:
    """Ask for a file, first in *folder*, and write the pages into it: all of it or nothing."""
    dialog = export_dialog(plan, folder, parent)
    wanted = bool(dialog.exec())
    chosen, paper = dialog.selectedFiles(), paper_of(dialog)
    dialog.deleteLater()
    if not wanted or not chosen:
        return ""
    document = document_of(replace(_source(plan, head, session), options=Options(paper)), (Kind.ROADMAP,))
    write_document(document, Path(chosen[0]))
    pages = len(document.pages)
    return trn("Exported “{file}”.", "Exported “{file}” ({n} pages).", pages, file=Path(chosen[0]).name)


def export_dialog(plan: Plan, folder: Path | None, parent: QWidget | None) -> QFileDialog:
    """Return the dialog that asks for the file; its kinds of file are the papers."""
    dialog = QFileDialog(parent, tr("Export PDF"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix("pdf")
    dialog.setNameFilters([_filter(paper) for paper in PAPERS])
    american = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    dialog.selectNameFilter(_filter("Letter" if american else "A4"))
    if folder is not None:
        dialog.setDirectory(str(folder))
    dialog.selectFile(file_name(plan.roadmap.title))
    return dialog


def paper_of(dialog: QFileDialog) -> str:
    """Return the paper that was chosen in the dialog."""
    return next((paper for paper in PAPERS if _filter(paper) == dialog.selectedNameFilter()), "A4")


def file_name(title: str) -> str:
    """Return a name for a file after *title*, without what some file systems do not take."""
    return safe_name(title, ".pdf")


def _filter(paper: str) -> str:
    return tr("PDF, {paper} landscape").format(paper=paper) + " (*.pdf)"


def _source(plan: Plan, head: str, session: Session) -> Source:
    return Source(plan, head, session.today(), Options(), FontMeasure())


def _options(layout: QPageLayout) -> Options:
    """Return the paper that is most like that of a printer, lying or standing as there."""
    points = layout.pageSize().sizePoints()
    sides = sorted((points.width() / MILLIMETRE, points.height() / MILLIMETRE))
    near = min(PAPERS, key=lambda name: abs(PAPERS[name][0] - sides[0]) + abs(PAPERS[name][1] - sides[1]))
    return Options(near, upright=layout.orientation() is QPageLayout.Orientation.Portrait)


@dataclass(slots=True)
class _Job:
    """What is printed and the printer it goes to; a refusal waits here until the dialog is closed."""

    source: Source
    printer: QPrinter = field(default_factory=lambda: QPrinter(QPrinter.PrinterMode.HighResolution))
    refusal: Refused | None = None

    def __post_init__(self) -> None:
        self.printer.setPageLayout(layout_of("A4"))
        self.printer.setFullPage(True)
        self.printer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_1_4)
        self.printer.setDocName(self.title)
        self.printer.setCreator(CREATOR)

    @property
    def title(self) -> str:
        """Return what the print is called."""
        return " ".join(self.source.plan.roadmap.title.split())

    def paint(self, printer: QPrinter) -> None:
        """Paint the pages, on the paper that was chosen in the printer's dialog."""
        try:
            send(self._document(printer), printer)
        except Refused as refusal:
            self.refusal = refusal

    def answer(self) -> None:
        """Raise what was refused meanwhile."""
        if self.refusal is not None:
            raise self.refusal

    def _document(self, printer: QPrinter) -> Document:
        return document_of(replace(self.source, options=_options(printer.pageLayout())), (Kind.ROADMAP,))
