"""Outputs: asks where pages go - a printer, a PDF, pictures - and returns the work that takes them there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from roadmapper.domain.file_name import safe_name
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.reports.output import is_picture, names_of, older_beside, older_text, write_document
from roadmapper.reports.pages import Document
from roadmapper.reports.pdf import lacking
from roadmapper.reports.pictures import image_of
from roadmapper.reports.printing import printer_for, send, wanted_pages
from roadmapper.reports.strokes import palette_of
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.jobs import Cancelled, Progress

Work = Callable[[Progress], str]
"""What takes pages somewhere, tells how far it is, and returns what to tell the user."""
COPIED_DPI = 150
PNG_DPI = (150, 300)


@dataclass(frozen=True, slots=True)
class Filing:
    """Writes a document as a file, or as one file for each page; all of a file or nothing of it."""

    document: Document
    path: Path
    archival: bool = False
    dpi: int = PNG_DPI[0]

    def work(self, progress: Progress) -> str:
        """Write it and return what was written; raises Refused where that cannot be done."""
        files = write_document(self.document, self.path, archival=self.archival, dpi=self.dpi, progress=progress)
        if is_picture(self.path):
            first, last = files[0].name, files[-1].name
            said = tr("Saved “{file}”.").format(file=first)
            if len(files) > 1:
                said = tr("Saved {n} pictures, “{first}” to “{last}”.").format(n=len(files), first=first, last=last)
            return " ".join(filter(None, (said, older_text(older_beside(self.path, files)))))
        pages = len(self.document.pages)
        said = trn("Saved “{file}”, {n} page.", "Saved “{file}”, {n} pages.", pages, file=self.path.name)
        return " ".join(filter(None, (said, lacking())))


@dataclass(frozen=True, slots=True)
class Printing:
    """Sends pages (counted from 0) of a document to a printer."""

    document: Document
    printer: QPrinter
    pages: tuple[int, ...]

    def work(self, progress: Progress) -> str:
        """Print them and return what to tell the user; raises Refused where the printer does not take them."""

        def told(done: int, of: int) -> None:
            try:
                progress(done, of)
            except Cancelled:
                self.printer.abort()
                raise

        send(self.document, self.printer, self.pages, Progress(told))
        if self.printer.printerState() is QPrinter.PrinterState.Error:
            raise Refused(tr("The printer did not take the pages: look at it, or choose another one."))
        return trn(
            "“{title}” is on its way to the printer, {n} page.",
            "“{title}” is on its way to the printer, {n} pages.",
            len(self.pages),
            title=self.document.title,
        )


def ask_printer(document: Document, current: int, parent: QWidget | None) -> Work | None:
    """Ask for a printer and which pages; *current* (from 0) is the page that is looked at.

    Returns None where nothing is wanted; raises Refused where no page is left.
    """
    printer = printer_for(document)
    count = len(document.pages)
    printer.setFromTo(1, count)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print"))
    options = QPrintDialog.PrintDialogOption
    dialog.setOption(options.PrintPageRange, count > 1)
    dialog.setOption(options.PrintCurrentPage, count > 1)
    dialog.setMinMax(1, count)
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    wanted = bool(dialog.exec())
    dialog.deleteLater()
    if not wanted:
        return None
    pages = (current,) if printer.printRange() is QPrinter.PrintRange.CurrentPage else wanted_pages(printer, document)
    if not pages:
        raise Refused(tr("No page lies in that range: there are {n}.").format(n=count))
    return Printing(document, printer, tuple(pages)).work


def ask_pdf(document: Document, folder: Path | None, parent: QWidget | None, *, archival: bool) -> Work | None:
    """Ask for a file for the pages as PDF; None where nothing is wanted."""
    path, _ = _asked(tr("Save as PDF"), "pdf", ["PDF (*.pdf)"], document, folder, parent)
    return Filing(document, path, archival).work if path is not None else None


def ask_picture(document: Document, folder: Path | None, parent: QWidget | None) -> Work | None:
    """Ask for a file, PNG or SVG, for a picture of each page; None where nothing is wanted."""
    kinds = {tr("PNG picture, {dpi} dots an inch").format(dpi=dpi) + " (*.png)": (".png", dpi) for dpi in PNG_DPI}
    kinds[tr("SVG drawing") + " (*.svg)"] = (".svg", PNG_DPI[0])
    path, kind = _asked(tr("Save as picture"), "png", list(kinds), document, folder, parent)
    if path is None:
        return None
    ending, dpi = kinds.get(kind, (".png", PNG_DPI[0]))
    if path.suffix.lower() not in (".png", ".svg"):
        path = path.with_name(path.name + ending)
    elif kind in kinds:
        path = path.with_suffix(ending)
    there = [file for file in names_of(path, len(document.pages)) if file.exists() and file != path]
    if there and not _replaces(there, parent):
        return None
    return Filing(document, path, dpi=dpi).work


def copy_page(document: Document, page: int) -> str:
    """Put a page (counted from 0) on the clipboard as a picture and return what to tell the user."""
    QGuiApplication.clipboard().setImage(image_of(document.pages[page], COPIED_DPI, palette_of(document)))
    return tr("Page {n} is on the clipboard as a picture.").format(n=page + 1)


def _asked(
    title: str, suffix: str, kinds: list[str], document: Document, folder: Path | None, parent: QWidget | None
) -> tuple[Path | None, str]:
    """Return the chosen file, None where none was chosen, and its kind."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix)
    dialog.setNameFilters(kinds)
    if folder is not None:
        dialog.setDirectory(str(folder))
    dialog.selectFile(safe_name(document.title, f".{suffix}"))
    wanted = bool(dialog.exec())
    chosen, kind = dialog.selectedFiles(), dialog.selectedNameFilter()
    dialog.deleteLater()
    return (Path(chosen[0]) if wanted and chosen else None), kind


def _replaces(there: list[Path], parent: QWidget | None) -> bool:
    words = trn(
        "“{file}” is there already.",
        "“{file}” and others, {n} files, are there already.",
        len(there),
        file=there[0].name,
    )
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("Replace files?"))
    buttons = QDialogButtonBox(dialog)
    buttons.addButton(tr("&Replace"), QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(PlainLabel(words))  # a file may be called like HTML
    column.addWidget(buttons)
    answer = bool(dialog.exec())
    dialog.deleteLater()
    return answer
