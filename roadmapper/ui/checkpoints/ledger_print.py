"""Ledger print: the ledger on paper, as it is shown - to a printer, or as a PDF by whoever asks for the bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from roadmapper.chart.painter import FAMILY, colour
from roadmapper.chart.palette import LIGHT
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.glossary import terms_in
from roadmapper.planning.consults.ledger import Entry
from roadmapper.planning.consults.saying import answer_text, by_text
from roadmapper.planning.phrases import day_text
from roadmapper.reports.pdf import CREATOR, POINTS, RESOLUTION, readable
from roadmapper.ui.checkpoints.ledger_panel import entry_title
from roadmapper.ui.checkpoints.marks import mark_of, paint_mark
from roadmapper.ui.checkpoints.texts import breakable

MARGIN, MARK, INDENT, GAP = 48.0, 9.0, 18.0, 11.0
TITLE, BODY, SMALL = 16.0, 10.0, 8.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph: its words, its size in points, its colour."""

    words: str
    size: float = BODY
    tone: str = LIGHT.text
    bold: bool = False


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """What stands on the pages: a title, blocks of paragraphs of which each answer is one, footnotes, a foot."""

    title: str
    blocks: tuple[tuple[Entry | None, tuple[Piece, ...]], ...]
    foot: str


def ledger_sheet(plan: Plan, entries: Sequence[Entry], silence: str, today: date) -> LedgerSheet:
    """Return the ledger of *entries* in their order, the words of the glossary explained at its end."""
    title = tr("{roadmap}: consult ledger").format(roadmap=" ".join(plan.roadmap.title.split()))
    blocks: list[tuple[Entry | None, tuple[Piece, ...]]] = [(None, (Piece(title, TITLE, bold=True), Piece(silence)))]
    blocks += [(entry, tuple(_pieces(entry))) for entry in entries]
    texts = [piece.words for entry, pieces in blocks if entry is not None for piece in pieces]
    terms = terms_in(plan, texts)
    if terms:
        notes = [Piece(f"{term.word} = {term.meaning}", SMALL, LIGHT.secondary) for term in terms]
        blocks.append((None, (Piece(tr("Words used here"), bold=True), *notes)))
    return LedgerSheet(title, tuple(blocks), day_text(today))


def _pieces(entry: Entry) -> Iterator[Piece]:
    decision = entry.decision
    about = " · ".join((entry.project.title, tr("consult of {day}").format(day=day_text(entry.checkpoint.day))))
    yield Piece(entry_title(entry), bold=True)
    yield Piece(about, SMALL, LIGHT.secondary)
    yield Piece(f"{answer_text(decision.answer)} · {by_text(decision)}")
    if decision.comment.strip():
        yield Piece(f"“{decision.comment.strip()}”")
    for condition in entry.conditions:
        done = tr("open") if condition.done is None else tr("done on {day}").format(day=day_text(condition.done))
        yield Piece(f"– {condition.text} · {done}", SMALL)
    yield Piece(tr("seen as of journal row {n}").format(n=entry.seen), SMALL, LIGHT.secondary)


def print_ledger(sheet: LedgerSheet, parent: QWidget | None) -> str:
    """Ask for a printer and print; return what to tell the user, nothing where nothing was wanted."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(_upright())
    printer.setFullPage(True)
    printer.setDocName(sheet.title)
    printer.setCreator(CREATOR)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print"))
    wanted = bool(dialog.exec())
    dialog.deleteLater()
    if not wanted:
        return ""
    printer.setFullPage(True)
    paint_ledger(sheet, printer, printer.resolution())
    return tr("“{title}” is on its way to the printer.").format(title=sheet.title)


def ledger_pdf(sheet: LedgerSheet) -> bytes:
    """Return the pages as a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_1_4)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(_upright())
    writer.setTitle(sheet.title)
    writer.setCreator(CREATOR)
    paint_ledger(sheet, writer, RESOLUTION)
    return readable(bytes(buffer.data().data()))


def paint_ledger(sheet: LedgerSheet, device: QPagedPaintDevice, resolution: int) -> int:
    """Paint the pages and return how many; raises Refused when the device does not take them."""
    refused = tr("The page could not be painted: choose another printer or file.")
    qp = QPainter()
    if not qp.begin(device):
        raise Refused(refused)
    try:
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        qp.scale(resolution / POINTS, resolution / POINTS)
        size = device.pageLayout().fullRectPoints()
        pages = _Pages(qp, device, sheet, QRectF(0, 0, size.width(), size.height()))
        return pages.run(refused)
    finally:
        qp.end()


def _upright() -> QPageLayout:
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


class _Pages:
    """Runs down page after page; a paragraph that does not fit any more begins the next one."""

    def __init__(self, qp: QPainter, device: QPagedPaintDevice, sheet: LedgerSheet, page: QRectF) -> None:
        self._qp, self._device, self._sheet = qp, device, sheet
        self._room = page.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._y = self._room.top()
        self._count = 1

    def run(self, refused: str) -> int:
        """Paint all blocks and return on how many pages."""
        self._foot()
        for entry, pieces in self._sheet.blocks:
            left = self._room.left() + (INDENT if entry is not None else 0)
            heights = [self._height(piece, left) for piece in pieces]
            together = sum(heights) if sum(heights) < self._room.height() / 2 else sum(heights[:2])
            if self._y + together > self._room.bottom():
                self._turn(refused)
            if entry is not None:
                mark = QRectF(self._room.left(), self._y + 2, MARK, MARK)
                paint_mark(self._qp, mark, mark_of(entry.decision.answer), LIGHT)
            for piece, height in zip(pieces, heights, strict=True):
                self._paint(piece, left, height, refused)
            self._y += GAP
        return self._count

    def _paint(self, piece: Piece, left: float, height: float, refused: str) -> None:
        """Paint a paragraph, line by line over as many pages as it takes."""
        metrics = QFontMetricsF(_font(piece))
        if self._y + height <= self._room.bottom():
            self._words(piece, QRectF(left, self._y, self._room.right() - left, height))
            self._y += height
            return
        for line in _broken(piece, metrics, self._room.right() - left):
            if self._y + metrics.lineSpacing() > self._room.bottom():
                self._turn(refused)
            rect = QRectF(left, self._y, self._room.right() - left, metrics.lineSpacing())
            self._words(Piece(line, piece.size, piece.tone, piece.bold), rect)
            self._y += metrics.lineSpacing()

    def _words(self, piece: Piece, rect: QRectF) -> None:
        self._qp.setFont(_font(piece))
        self._qp.setPen(colour(piece.tone))
        self._qp.drawText(rect, int(Qt.TextFlag.TextWordWrap), breakable(piece.words))

    def _height(self, piece: Piece, left: float) -> float:
        flags = int(Qt.TextFlag.TextWordWrap)
        room = QRectF(0, 0, self._room.right() - left, 1_000_000)
        return QFontMetricsF(_font(piece)).boundingRect(room, flags, breakable(piece.words)).height() + 1

    def _turn(self, refused: str) -> None:
        if not self._device.newPage():
            raise Refused(refused)
        self._count += 1
        self._y = self._room.top()
        self._foot()

    def _foot(self) -> None:
        rect = QRectF(self._room.left(), self._room.bottom() + 12, self._room.width(), 14)
        words = tr("{day} · page {n}").format(day=self._sheet.foot, n=self._count)
        self._words(Piece(words, SMALL, LIGHT.secondary), rect)


def _broken(piece: Piece, metrics: QFontMetricsF, width: float) -> Iterator[str]:
    """Yield the lines of a paragraph."""
    for paragraph in piece.words.split("\n"):
        line = ""
        for word in breakable(paragraph).replace("\u200b", "\u200b ").split(" "):
            longer = f"{line} {word}" if line and not line.endswith("\u200b") else line + word
            if line and metrics.horizontalAdvance(longer) > width:
                yield line
                longer = word
            line = longer
        yield line


def _font(piece: Piece) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(max(round(piece.size), 1))
    font.setFeature(QFont.Tag("calt"), 0)  # a mark of another shape has no letter in a PDF
    font.setWeight(QFont.Weight.DemiBold if piece.bold else QFont.Weight.Normal)
    return font
