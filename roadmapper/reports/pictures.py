"""Pictures: a page of a document as PNG, as SVG, or for the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from roadmapper.chart.painter import FAMILY, colour
from roadmapper.chart.palette import LIGHT, Palette
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.pages import Page
from roadmapper.reports.strokes import FINE, Strokes, check_pictures

POINTS = 72.0
INCH = 0.0254
LEAST_DPI, MOST_DPI = 20, 1200
MOST_DOTS = 400_000_000
"""Dots of the largest picture: beyond that the memory of a small machine goes."""
# Who reads a drawing may not have the font.
_ALONE = f'font-family="{FAMILY}"'.encode()
_OR_ALIKE = f'font-family="{FAMILY}, Helvetica, Arial, sans-serif"'.encode()


def image_of(page: Page, dpi: int, palette: Palette = LIGHT) -> QImage:
    """Return a page as a picture of *dpi* dots an inch; raises Refused where that is too many or too few."""
    width, height = (round(side * dpi / POINTS) for side in (page.width, page.height))
    if not LEAST_DPI <= dpi <= MOST_DPI or width * height > MOST_DOTS:
        raise Refused(
            tr("A picture of {dpi} dots an inch cannot be made of this page: choose {least} to {most}.").format(
                dpi=dpi, least=LEAST_DPI, most=MOST_DPI
            )
        )
    check_pictures((page,))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise Refused(tr("There is not enough memory for a picture of {dpi} dots an inch.").format(dpi=dpi))
    image.setDotsPerMeterX(round(dpi / INCH))
    image.setDotsPerMeterY(round(dpi / INCH))
    image.fill(colour(palette.surface))
    qp = QPainter(image)
    try:
        Strokes(qp, dpi / POINTS, palette).paint(page)
    finally:
        qp.end()
    return image


def png_of(page: Page, dpi: int, palette: Palette = LIGHT) -> bytes:
    """Return a page as PNG of *dpi* dots an inch; raises Refused where that is too many or too few."""
    buffer = _buffer()
    image_of(page, dpi, palette).save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt a text
    return bytes(buffer.data().data())


def svg_of(page: Page, palette: Palette = LIGHT) -> bytes:
    """Return a page as SVG, whose words stay words."""
    check_pictures((page,))
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(int(POINTS))
    generator.setSize(QSize(round(page.width), round(page.height)))
    box = QRectF(0, 0, page.width * FINE, page.height * FINE)
    generator.setViewBox(box)
    generator.setTitle(page.sheet)
    qp = QPainter(generator)
    try:
        qp.fillRect(box, colour(palette.surface))
        Strokes(qp, FINE, palette).paint(page)
    finally:
        qp.end()
    return bytes(buffer.data().data()).replace(_ALONE, _OR_ALIKE)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
