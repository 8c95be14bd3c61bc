"""PDF: paints the pages of a document and writes them as a file, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QFontDatabase,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from roadmapper.chart.painter import FAMILY
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.pages import Document, Page
from roadmapper.reports.strokes import Strokes, check_pictures, palette_of
from roadmapper.workspace.jobs import Progress

RESOLUTION = 1200
POINTS = 72.0
CREATOR = "Roadmapper"
_CMAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_TAB, _SPACE = b"<0009>", b"<0020>"


def pdf_of_document(document: Document, *, archival: bool = False, progress: Progress | None = None) -> bytes:
    """Return a document as PDF 1.4, or as PDF/A-1b if *archival*: lines and letters, fonts embedded, no translucency.

    With pikepdf it has bookmarks, page labels, links, its language and its journal's head; `lacking` tells what is
    missing without. Raises Refused where a picture cannot be read; *progress* hears of each page.
    Needs a QGuiApplication that knows the shipped fonts.
    """
    check_pictures(document.pages)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    versions = QPagedPaintDevice.PdfVersion
    writer.setPdfVersion(versions.PdfVersion_A1b if archival else versions.PdfVersion_1_4)
    writer.setColorModel(QPdfWriter.ColorModel.Grayscale if document.grey else QPdfWriter.ColorModel.RGB)
    writer.setResolution(RESOLUTION)
    writer.setTitle(document.title)
    writer.setCreator(CREATOR)
    writer.setAuthor(document.author)
    paint_document(document, writer, RESOLUTION, flat=archival, progress=progress)
    data = readable(bytes(buffer.data().data()))
    if not lacking():
        finishing: Any = import_module("roadmapper.reports.finishing")
        data = finishing.finished(data, document, archival=archival)
    return data


def lacking() -> str:
    """Return the sentence that says what a PDF written here lacks, nothing where it has everything."""
    if find_spec("pikepdf") is not None:
        return ""
    return tr("The PDF has no bookmarks, page names and links: they need pikepdf, which `pip install .[pdf]` brings.")


def paint_document(
    document: Document,
    device: QPagedPaintDevice,
    resolution: int,
    pages: Sequence[int] | None = None,
    *,
    flat: bool = False,
    progress: Progress | None = None,
) -> None:
    """Paint *pages* of a document (counted from 0; all if None) on full pages of *device*, each of its own size.

    Raises Refused when the device does not take it, and whatever *progress* raises, which hears of each page.
    """
    wanted = [document.pages[n] for n in (range(len(document.pages)) if pages is None else pages)]
    if not wanted:
        return
    refused = tr("The page could not be painted: choose another printer or file.")
    device.setPageLayout(layout_for(wanted[0]))
    qp = QPainter()
    if not qp.begin(device):
        raise Refused(refused)
    try:
        strokes = Strokes(qp, resolution / POINTS, palette_of(document), flat=flat)
        for n, page in enumerate(wanted):
            if n:
                device.setPageLayout(layout_for(page))
                if not device.newPage():
                    raise Refused(refused)
            strokes.paint(page)
            if progress is not None:
                progress(n + 1, len(wanted))
    finally:
        qp.end()


def layout_for(page: Page) -> QPageLayout:
    """Return the paper of a page, without margins: the page keeps its own."""
    short, long = sorted((page.width, page.height))
    orientation = QPageLayout.Orientation.Portrait if page.height >= page.width else QPageLayout.Orientation.Landscape
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0))


def readable(pdf: bytes) -> bytes:
    """Return what Qt wrote with its words apart.

    Qt says that the glyph of the space stands for a tab: then a reader finds no two words that follow each other.
    """
    return _CMAP.sub(lambda found: found[0].replace(_TAB, _SPACE), pdf)


def load_fonts(resources: Path) -> None:
    """Make the shipped fonts known to Qt, unless they are already; needs a QGuiApplication."""
    if FAMILY in QFontDatabase.families():
        return
    for path in sorted((resources / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))
