"""Value chart: the chart of value against effort on a page of its own - as PDF, PNG and SVG, or to any printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPagedPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from roadmapper.chart.bubble_labels import Box
from roadmapper.chart.bubble_painter import BubblePainter, FontLetters
from roadmapper.chart.painter import FAMILY, colour
from roadmapper.chart.palette import LIGHT
from roadmapper.chart.value_picture import Facts, facts_of, picture_of
from roadmapper.domain.criterion import Voice
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import day_text, effort_text, money_text
from roadmapper.planning.ranking.model import Ranking
from roadmapper.reports.pdf import CREATOR, POINTS, RESOLUTION, layout_of, readable
from roadmapper.reports.sheets import DOT, HASH_LENGTH, one_line

WIDTH, HEIGHT = 842.0, 595.0
MARGIN = 36.0
TITLE, DETAIL = 17.0, 10.0
LEADING = 1.35
PNG_DPI = 300
PNG_SIZE = QSize(2480, 1754)
INCH = 0.0254
# Who reads a drawing may not have the font.
_ALONE = f'font-family="{FAMILY}"'.encode()
_OR_ALIKE = f'font-family="{FAMILY}, Helvetica, Arial, sans-serif"'.encode()


@dataclass(frozen=True, slots=True)
class ChartSheet:
    """Everything that stands on the page beside the chart, in words."""

    title: str
    subtitle: str
    facts: Facts
    footer: str


def chart_sheet(plan: Plan, ranking: Ranking, voice: Voice, today: date | None, head: str) -> ChartSheet:
    """Return the page of a ranking by the weights of *voice*; *head* is the hash of the last journal row."""
    budget = ranking.budget
    parts = [
        trn("{n} investment", "{n} investments", len(ranking.places)),
        {
            Voice.CIO: tr("weights of the CIO"),
            Voice.CMO: tr("weights of the CMO"),
            Voice.AGREED: tr("weights both agreed on"),
        }[voice],
    ]
    there = [effort_text(budget.effort)] if budget.effort is not None else []
    there += [money_text(budget.money, plan.roadmap.currency)] if budget.money is not None else []
    if there:
        parts.append(tr("{n} funded within {budget}").format(n=len(ranking.funded), budget=tr(" and ").join(there)))
    foot = [one_line(plan.roadmap.owner)] if plan.roadmap.owner.strip() else []
    foot += [day_text(today)] if today is not None else []
    foot += [tr("journal {hash}").format(hash=head[:HASH_LENGTH])] if head else []
    title = tr("{roadmap}: value against effort").format(roadmap=one_line(plan.roadmap.title))
    return ChartSheet(title, DOT.join(parts), facts_of(plan, ranking), DOT.join(foot))


def image_of(sheet: ChartSheet) -> QImage:
    """Return the page as a picture for a page of a book: 300 dots an inch, 21 cm wide."""
    image = QImage(PNG_SIZE, QImage.Format.Format_RGB32)
    per_metre = round(PNG_DPI / INCH)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    image.fill(colour(LIGHT.surface))
    qp = QPainter(image)
    _paint(qp, sheet, PNG_SIZE.width(), PNG_SIZE.height())
    qp.end()
    return image


def png_of(sheet: ChartSheet) -> bytes:
    """Return the page as PNG."""
    buffer = _buffer()
    image_of(sheet).save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt a text
    return bytes(buffer.data().data())


def svg_of(sheet: ChartSheet) -> bytes:
    """Return the page as SVG; its words stay words."""
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(int(WIDTH), int(HEIGHT)))
    generator.setViewBox(QRectF(0, 0, WIDTH, HEIGHT))
    generator.setTitle(sheet.title)
    generator.setDescription(sheet.subtitle)
    qp = QPainter(generator)
    qp.fillRect(QRectF(0, 0, WIDTH, HEIGHT), colour(LIGHT.surface))
    _paint(qp, sheet, WIDTH, HEIGHT)
    qp.end()
    return bytes(buffer.data().data()).replace(_ALONE, _OR_ALIKE)


def pdf_of(sheet: ChartSheet, paper: str) -> bytes:
    """Return the page as PDF on *paper*, landscape; its words can be found."""
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_1_4)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(layout_of(paper))
    writer.setTitle(sheet.title)
    writer.setCreator(CREATOR)
    paint_page(sheet, writer, RESOLUTION)
    return readable(bytes(buffer.data().data()))


def paint_page(sheet: ChartSheet, device: QPagedPaintDevice, resolution: int) -> None:
    """Paint the page on all of *device*'s; raises Refused when the device does not take it."""
    qp = QPainter()
    if not qp.begin(device):
        raise Refused(tr("The page could not be painted: choose another printer or file."))
    size = device.pageLayout().fullRectPoints()
    per_point = resolution / POINTS
    _paint(qp, sheet, size.width() * per_point, size.height() * per_point)
    qp.end()


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _paint(qp: QPainter, sheet: ChartSheet, width: float, height: float) -> None:
    """Paint title, chart and footer in *width* x *height* pixels."""
    unit = min(width / WIDTH, height / HEIGHT)
    margin = MARGIN * unit
    inner = Box(margin, margin, width - 2 * margin, height - 2 * margin)
    top = _line(qp, sheet.title, inner, TITLE * unit, LIGHT.text, bold=True)
    top = _line(qp, sheet.subtitle, inner._replace(top=top), DETAIL * unit, LIGHT.secondary)
    step = DETAIL * LEADING * unit
    foot = inner.top + inner.height - step
    _line(qp, sheet.footer, inner._replace(top=foot), DETAIL * unit, LIGHT.secondary)
    room = Box(margin, top + step, inner.width, foot - top - 1.6 * step)
    letters = FontLetters(unit, qp.device())
    BubblePainter(qp, LIGHT, letters).paint(picture_of(sheet.facts, room, unit, letters), room)


def _line(qp: QPainter, words: str, box: Box, pixels: float, name: str, *, bold: bool = False) -> float:
    """Write one line at the top of *box*, cut with a mark where it is too long, and return where it ends."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("calt"), 0)
    metrics = QFontMetricsF(font, qp.device())
    qp.setFont(font)
    qp.setPen(colour(name))
    height = pixels * LEADING
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    qp.drawText(QRectF(box.left, box.top, box.width, height), flags | Qt.TextFlag.TextSingleLine, shown)
    return box.top + height
