"""Strokes: paints described pages with the painter of the screen - the same for preview, PDF, picture and printer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import QByteArray, QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

from roadmapper.chart.bubble_labels import Box as ChartBox
from roadmapper.chart.bubble_painter import TYPE, BubblePainter, FontLetters
from roadmapper.chart.painter import Painter, View, colour
from roadmapper.chart.palette import GREY, LIGHT, Palette
from roadmapper.chart.timescale import TimeScale
from roadmapper.chart.trend import Course, trend_picture
from roadmapper.chart.trend_painter import TrendPainter
from roadmapper.chart.value_picture import Facts, picture_of
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.measure import font_of
from roadmapper.reports.pages import (
    LEADING,
    Align,
    Anchor,
    ArrowMark,
    BarMark,
    Box,
    Curve,
    DiamondMark,
    Document,
    Drawing,
    Fill,
    FlagMark,
    HatchMark,
    Link,
    Page,
    Picture,
    Rule,
    Text,
    Weight,
)
from roadmapper.reports.wrapping import leads_right

Letters = tuple[QFont, QFontMetricsF, float, float]
FINE = 1200 / 72
"""Dots a point, in which everything is painted whatever the device: so it is as wide everywhere as it was measured."""
BAR_TYPE = 11.0
ARROW_HEAD, ARROW_LINE = 0.6, 0.11
"""How long an arrow's head is and how thick its line, in sizes of the type about it."""
DRAWN_TYPE = 8.0
PIXELS = 300 / 72
WEIGHTS = {
    Weight.REGULAR: QFont.Weight.Normal,
    Weight.MEDIUM: QFont.Weight.Medium,
    Weight.BOLD: QFont.Weight.DemiBold,
}


def palette_of(document: Document) -> Palette:
    """Return the colours of a document."""
    return GREY if document.grey else LIGHT


def check_pictures(pages: Iterable[Page]) -> None:
    """Raise Refused where a picture is none that can be painted."""
    known: set[bytes] = set()
    for page in pages:
        for item in page.items:
            if isinstance(item, Picture) and item.data not in known:
                known.add(item.data)
                if _drawing(item.data) is None and _image(item.data) is None:
                    what = item.says or tr("A picture")
                    raise Refused(
                        tr("{what} cannot be read: choose a PNG, JPEG or SVG file that is whole.").format(what=what)
                    )


@dataclass(slots=True)
class Strokes:
    """Paints pages on one QPainter; what was made for one page (fonts, pictures) serves the next.

    *flat* lets nothing be painted that may hold translucency: drawings become pictures on white.
    """

    qp: QPainter
    per_point: float
    palette: Palette
    flat: bool = False
    _fonts: dict[tuple[float, str], Letters] = field(default_factory=dict)
    _painters: dict[tuple[float, date], Painter] = field(default_factory=dict)
    _pictures: dict[tuple[bytes, int, int], QImage | QSvgRenderer] = field(default_factory=dict)
    _pens: dict[tuple[str, float, bool], QPen] = field(default_factory=dict)
    _today: date = date.min
    _font: QFont | None = None
    _pen: QPen | None = None

    def paint(self, page: Page) -> None:
        """Paint one page; white is not painted."""
        qp = self.qp
        qp.save()
        try:
            qp.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.per_point != FINE:
                qp.scale(self.per_point / FINE, self.per_point / FINE)
            self._font = self._pen = None
            self._today = page.today
            for item in page.items:
                _STROKES[type(item)](self, item)
        finally:
            qp.restore()

    def _text(self, text: Text) -> None:
        known = self._fonts.get((text.size, text.weight.value)) or self._letters(text)
        font, metrics, step, lift = known
        draw = self.qp.drawText
        if font is not self._font:
            self.qp.setFont(font)
            self._font = font
        self._use_pen(text.ink, 1.0, dashed=False)
        left, top, room, _ = text.box
        x, y = left * FINE, top * FINE + lift
        if not _needs_widths(text):
            for line in text.lines:
                draw(QPointF(x, y), line)
                y += step
            return
        widths = [metrics.horizontalAdvance(line) for line in text.lines]
        for line, width in zip(text.lines, widths, strict=True):
            free = room * FINE - width
            if text.align is Align.LEFT:
                free = max(widths) - width if leads_right(line) else 0.0
            draw(QPointF(x + (free / 2 if text.align is Align.CENTRE else free), y), line)
            y += step

    def _letters(self, text: Text) -> Letters:
        """Return the letters of a text, made once: font, metrics, from line to line, and how far down the first is."""
        font = font_of(round(text.size * FINE), WEIGHTS[text.weight])
        metrics = QFontMetricsF(font, self.qp.device())
        step = LEADING * text.size * FINE
        lift = (step - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        found = self._fonts[text.size, text.weight.value] = font, metrics, step, lift
        return found

    def _rule(self, rule: Rule) -> None:
        self._use_pen(rule.ink, rule.width * FINE, dashed=rule.dashed)
        self.qp.drawLine(QLineF(rule.x1 * FINE, rule.y1 * FINE, rule.x2 * FINE, rule.y2 * FINE))

    def _fill(self, fill: Fill) -> None:
        rect, ink = _rect(fill.box), self._ink(fill.ink)
        if not fill.edge and not fill.radius:
            self.qp.fillRect(rect, ink)
            return
        self._pen = None
        self.qp.setPen(QPen(self._ink(fill.edge), 0.5 * FINE) if fill.edge else QPen(Qt.PenStyle.NoPen))
        self.qp.setBrush(ink)
        radius = min(fill.radius * FINE, rect.width() / 2, rect.height() / 2)
        self.qp.drawRoundedRect(rect, radius, radius)

    def _bar(self, mark: BarMark) -> None:
        painter, clip = self._painter(mark.type), mark.clip
        accent, (left, top, width, height) = painter.accent(mark.accent), mark.box
        if clip is None or clip.holds(mark.box, 0.0):
            painter.bar(
                QRectF(left * FINE, top * FINE, width * FINE, height * FINE), mark.increment, accent, label=False
            )
            return
        self.qp.save()
        self.qp.setClipRect(_rect(clip), Qt.ClipOperation.IntersectClip)
        painter.bar(_rect(mark.box), mark.increment, accent, label=False)
        self.qp.restore()

    def _diamond(self, mark: DiamondMark) -> None:
        self._painter(mark.type).diamond(QPointF(mark.x * FINE, mark.y * FINE), mark.diamond)

    def _flag(self, mark: FlagMark) -> None:
        painter = self._painter(mark.type)
        painter.flag(mark.x * FINE, mark.top * FINE, mark.foot * FINE, painter.accent(mark.accent))

    def _hatch(self, mark: HatchMark) -> None:
        self._painter(mark.type).hatched(_rect(mark.box))

    def _arrow(self, mark: ArrowMark) -> None:
        corners = [QPointF(x * FINE, y * FINE) for x, y in mark.corners]
        head, ink = ARROW_HEAD * mark.type * FINE, self._ink(mark.ink)
        last, tip = corners[-2:]
        length = max(QLineF(last, tip).length(), 0.01)
        along = (tip - last) / length
        beside = QPointF(-along.y(), along.x()) * (0.45 * head)
        back = tip - along * head
        self._pen = None
        pen = QPen(ink, ARROW_LINE * mark.type * FINE)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.qp.setPen(pen)
        self.qp.drawPolyline([*corners[:-1], back])
        self.qp.setPen(QPen(Qt.PenStyle.NoPen))
        self.qp.setBrush(ink)
        self.qp.drawPolygon([tip, back + beside, back - beside])
        if mark.via:
            self.qp.drawEllipse(corners[0], 0.4 * head, 0.4 * head)

    def _curve(self, mark: Curve) -> None:
        if not mark.points:
            return
        rect = _rect(mark.box)
        scale = TimeScale(mark.span.start, rect.width() / mark.span.days)
        view = View(scale, 0.0, mark.type / BAR_TYPE * FINE, self._today)
        self.qp.save()
        self.qp.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        Painter(self.qp, self.palette, view).curve(rect, list(mark.points))
        self.qp.restore()
        self._font = self._pen = None

    def _picture(self, item: Picture) -> None:
        box = _rect(item.box)
        key = (item.data, round(box.width()), round(box.height()))
        found = self._pictures.get(key)
        if found is None:
            found = self._pictures[key] = self._prepared(item.data, box.size())
        self._pen = self._font = None
        if isinstance(found, QSvgRenderer):
            size = QSizeF(found.defaultSize()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            found.render(self.qp, QRectF(box.topLeft(), size))
        else:
            size = QSizeF(found.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            self.qp.drawImage(QRectF(box.topLeft(), size), found)

    def _prepared(self, data: bytes, room: QSizeF) -> QImage | QSvgRenderer:
        """Return a picture as it can be painted: on white, in grey where all is, no finer than paper shows."""
        grey = self.palette is GREY
        drawing = _drawing(data)
        if drawing is not None and not self.flat and not grey:
            return drawing
        size = QSizeF(room).scaled(room * (PIXELS / FINE), Qt.AspectRatioMode.KeepAspectRatio).toSize()
        if drawing is not None:
            size = drawing.defaultSize().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
            whole = _white(size)
            qp = QPainter(whole)
            drawing.render(qp)
            qp.end()
        else:
            image = _image(data) or QImage()
            if image.width() > 2 * size.width() or image.height() > 2 * size.height():
                smooth = Qt.TransformationMode.SmoothTransformation
                image = image.scaled(size * 2, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            whole = _white(image.size())
            qp = QPainter(whole)
            qp.drawImage(0, 0, image)
            qp.end()
        return whole.convertToFormat(QImage.Format.Format_Grayscale8) if grey else whole

    def _chart(self, item: Drawing) -> None:
        unit = DRAWN_TYPE / TYPE * FINE
        letters = FontLetters(unit, self.qp.device())
        box = ChartBox(*(side * FINE for side in item.box))
        if isinstance(item.chart, Facts):
            BubblePainter(self.qp, self.palette, letters).paint(picture_of(item.chart, box, unit, letters), box)
        elif isinstance(item.chart, Course):
            TrendPainter(self.qp, self.palette, letters).paint(trend_picture(item.chart, box, unit, letters))
        else:
            raise TypeError(f"nobody paints {type(item.chart).__name__}")
        self._font = self._pen = None

    def _nothing(self, _item: Anchor | Link) -> None:
        """Leave the paper as it is: these lead, and are not seen."""

    def _painter(self, type_: float) -> Painter:
        """Return the painter whose bars suit names of so many points; it uses pens and fonts of its own."""
        self._font = self._pen = None
        key = (type_, self._today)
        known = self._painters.get(key)
        if known is None:
            view = View(TimeScale(self._today, 1.0), 0.0, type_ / BAR_TYPE * FINE, self._today)
            known = self._painters[key] = Painter(self.qp, self.palette, view)
        return known

    def _ink(self, name: str) -> QColor:
        """Return a colour by its name; ``accent-2`` is the third accent's, ``tint-2`` and ``deep-2`` its others."""
        return colour(ink_of(name, self.palette))

    def _use_pen(self, ink: str, width: float, *, dashed: bool) -> None:
        key = (ink, width, dashed)
        pen = self._pens.get(key)
        if pen is None:
            pen = QPen(self._ink(ink), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if dashed:
                pen.setDashPattern([3, 2.4])
            self._pens[key] = pen
        if pen is not self._pen:
            self.qp.setPen(pen)
            self._pen = pen


def ink_of(name: str, palette: Palette) -> str:
    """Return the #rrggbb of an ink; raises KeyError where there is none of that name."""
    kind, dash, number = name.partition("-")
    if dash and number.isdigit():
        accent = palette.accents[int(number) % len(palette.accents)]
        return {"accent": accent.full, "tint": accent.tint, "deep": accent.deep}[kind]
    if name not in palette.__slots__ or name == "accents":
        raise KeyError(name)
    found: str = getattr(palette, name)
    return found


def _needs_widths(text: Text) -> bool:
    if text.align is not Align.LEFT:
        return True
    return len(text.lines) > 1 and any(map(leads_right, text.lines))


def _rect(box: Box) -> QRectF:
    return QRectF(box.left * FINE, box.top * FINE, box.width * FINE, box.height * FINE)


def _white(size: QSize) -> QImage:
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def _image(data: bytes) -> QImage | None:
    image = QImage.fromData(data)
    return None if image.isNull() else image


def _drawing(data: bytes) -> QSvgRenderer | None:
    """Return a drawing where *data* is SVG; a drawing without size is none."""
    if b"<svg" not in data[:4096]:
        return None
    renderer = QSvgRenderer(QByteArray(data))
    return renderer if renderer.isValid() and not renderer.defaultSize().isEmpty() else None


_STROKES: dict[type, Callable[[Strokes, Any], None]] = {
    Text: Strokes._text,
    Rule: Strokes._rule,
    Fill: Strokes._fill,
    BarMark: Strokes._bar,
    DiamondMark: Strokes._diamond,
    FlagMark: Strokes._flag,
    HatchMark: Strokes._hatch,
    ArrowMark: Strokes._arrow,
    Curve: Strokes._curve,
    Picture: Strokes._picture,
    Drawing: Strokes._chart,
    Anchor: Strokes._nothing,
    Link: Strokes._nothing,
}
