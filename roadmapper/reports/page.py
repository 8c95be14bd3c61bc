"""Page: paints the pages of a sheet with the strokes of the chart; lengths are points until they reach the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from roadmapper.chart.lanes import Diamond
from roadmapper.chart.painter import HEADER, Painter, View, colour
from roadmapper.chart.palette import LIGHT
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.wording import tr
from roadmapper.reports.marks import LOOKS, Mark
from roadmapper.reports.measure import FontMeasure as FontMeasure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Box
from roadmapper.reports.placing import Built, Placed, Room, place
from roadmapper.reports.row_parts import Frame, Words
from roadmapper.reports.rows import PlacedRow
from roadmapper.reports.sheets import Sheet, page_number

WIDTH, HEIGHT = 842.0, 595.0
BAR_TYPE = 11.0
HEADER_UNIT = 0.62
REGULAR, MEDIUM, BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
LEFT, RIGHT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
MARKS = {mark: look for look, mark in LOOKS.items()}


def _icon(mark: Mark, size: float) -> float:
    """Return how wide the mark is in the legend."""
    return size * (1.3 if mark in MARKS or mark is Mark.FLAG else 2.4)


class Text(NamedTuple):
    """Lines that are written from the top of *box*, in a colour's name."""

    box: Box
    lines: tuple[str, ...]
    size: float
    colour: str
    flags: Qt.AlignmentFlag
    weight: QFont.Weight = REGULAR

    @property
    def foot(self) -> float:
        """Return where the last line ends."""
        return self.box.top + len(self.lines) * LEADING * self.size


class Heights(NamedTuple):
    """Where, at the foot of a page, the rows end, and where legend, notes and footer begin."""

    rows: float
    legend: float
    notes: float
    footer: float


class PagePainter:
    """Paints a sheet on pages of *width* and *height* points, *per_point* pixels each; the first page is 0."""

    def __init__(self, qp: QPainter, sheet: Sheet, width: float, height: float, per_point: float) -> None:
        self._sheet = sheet
        self._width = width
        self._height = height
        self._dot = per_point
        self._scale = min(width / WIDTH, height / HEIGHT)
        self._margin = max(29.0 * self._scale, 24.0)
        self._measure = FontMeasure()
        self._painter = Painter(qp, LIGHT, View(TimeScale(sheet.span.start, 1.0), 0.0, per_point, sheet.today))
        self._small = max(6.8 * self._scale, LEAST_TYPE)
        self._header = HEADER * HEADER_UNIT * self._scale
        self._pages = self._placed()

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(len(self._pages), 1)

    def run(self, page: int) -> None:
        """Paint one page, from the top and from the bottom towards the rows in the middle."""
        texts, top = self._head(page)
        for text in texts:
            self._write(*text)
        bottom = self._foot(page)
        if self._sheet.empty:
            self._write(Box(self._margin, top, self._inner, bottom - top), (self._sheet.empty,), 11 * self._scale,
                        LIGHT.secondary, CENTRE)  # fmt: skip
            return
        placed, frame = self._pages[page], self._frame()
        self._grid(frame, top, top + self._header, max(row.box.bottom for row in placed.rows))
        for row in placed.rows:
            self._row(row, placed.size, frame)

    def _placed(self) -> tuple[Placed, ...]:
        if self._sheet.empty:
            return ()
        first, other = (Room(self._head(page)[1] + self._header, self._heights(page).rows) for page in (0, 1))
        return place(self._sheet, Built(self._frame(), self._measure), first, other, self._scale)

    def _frame(self) -> Frame:
        return Frame(self._sheet.span, self._margin, self._margin + self._column(), self._width - self._margin)

    @property
    def _inner(self) -> float:
        return self._width - 2 * self._margin

    def _column(self) -> float:
        """Return how wide the titles' column is: wider where titles are long."""
        narrow, size = 0.15 * self._width, 8 * self._scale
        room = narrow - size
        lengths = [len(self._measure.lines(row.title, size, room, 9, bold=True)[0]) for row in self._sheet.rows]
        return 0.21 * self._width if max(lengths) > 2 else narrow

    def _head(self, page: int) -> tuple[list[Text], float]:
        """Return title, subtitle and headline figure, on further pages a smaller title; and where the header begins."""
        k, sheet, left = self._scale, self._sheet, self._margin
        figure = "" if page else sheet.figure
        wide = self._inner * (0.66 if figure else 1.0)
        for size in (12 * k, 11 * k) if page else (17 * k, 14 * k, 11 * k):
            lines, whole = self._measure.lines(sheet.title, size, wide, 3, bold=True)
            if whole and len(lines) == 1:
                break
        texts = [Text(Box(left, left, wide, 0), lines, size, LIGHT.text, LEFT, BOLD)]
        under = self._measure.lines(tr("continued") if page else sheet.subtitle, 7.8 * k, wide, 3)[0]
        texts.append(Text(Box(left, texts[-1].foot + 2 * k, wide, 0), under, 7.8 * k, LIGHT.secondary, LEFT))
        foot = texts[-1].foot
        if figure:
            beside = Box(left + wide, left, self._inner - wide, 0)
            texts.append(Text(beside, (figure,), 17 * k, LIGHT.accent, RIGHT, BOLD))
            caption = self._measure.lines(sheet.caption, 7.4 * k, beside.width, 3)[0]
            below = beside._replace(top=texts[-1].foot + 2 * k)
            texts.append(Text(below, caption, 7.4 * k, LIGHT.secondary, RIGHT))
            foot = max(foot, texts[-1].foot)
        return texts, foot + 11 * k

    def _notes(self, page: int) -> tuple[str, ...]:
        """Return the lines of the notes; they are about the whole plan and stand on the first page."""
        if page or not self._sheet.notes:
            return ()
        return self._measure.lines(" ".join(self._sheet.notes), self._small, self._inner, 4)[0]

    def _heights(self, page: int) -> Heights:
        size = self._small
        line = size * LEADING
        footer = self._height - 0.8 * self._margin - line
        notes = footer - 0.6 * line
        legend = notes
        if lines := self._notes(page):
            notes -= len(lines) * line
            legend = notes - 0.5 * line
        legend -= len(self._legend()) * 1.7 * size if self._sheet.legend else 0
        return Heights(legend - 0.8 * line, legend, notes, footer)

    def _foot(self, page: int) -> float:
        """Paint footer, notes and legend; return where the rows must end."""
        size, left, heights = self._small, self._margin, self._heights(page)
        foot, words = Box(left, heights.footer, self._inner, 0), page_number(page, self.pages)
        room = self._inner - self._measure.width(words, size) - 2 * size
        self._write(foot, self._measure.lines(self._sheet.footer, size, room, 1)[0], size, LIGHT.faint, LEFT)
        self._write(foot, (words,), size, LIGHT.faint, RIGHT)
        if lines := self._notes(page):
            self._write(foot._replace(top=heights.notes), lines, size, LIGHT.secondary, LEFT)
        for n, row in enumerate(self._legend()):
            for mark, x in row:
                self._entry(mark, left + x, heights.legend + n * 1.7 * size)
        return heights.rows

    def _legend(self) -> list[list[tuple[Mark, float]]]:
        """Return the marks of the legend line by line, each with its distance from the margin."""
        size, room = self._small, 0.0
        rows: list[list[tuple[Mark, float]]] = [[]]
        for mark in self._sheet.legend:
            width = _icon(mark, size) + self._measure.width(tr(mark.value), size) + 2.2 * size
            if room + width > self._inner and rows[-1]:
                rows.append([])
                room = 0.0
            rows[-1].append((mark, room))
            room += width
        return rows

    def _entry(self, mark: Mark, left: float, top: float) -> None:
        size = self._small
        icon = Box(left, top, _icon(mark, size), 1.3 * size)
        self._use(0.8 * size)
        accent = self._painter.accent(0)
        middle = QPointF((icon.left + icon.width / 2) * self._dot, (icon.top + icon.height / 2) * self._dot)
        if mark in MARKS:
            checkpoint = Checkpoint(EntityId("legend"), EntityId("legend"), self._sheet.today)
            self._painter.diamond(middle, Diamond(checkpoint, MARKS[mark]))
        elif mark is Mark.GAP:
            self._painter.hatched(self._rect(icon._replace(top=top + 0.3 * size, height=0.7 * size)))
        elif mark is Mark.ORIGINAL:
            self._fill(icon._replace(top=top + 0.25 * size, height=0.8 * size), LIGHT.ghost)
        elif mark is Mark.FLAG:
            x = (icon.left + 0.2 * size) * self._dot
            self._painter.flag(x, top * self._dot, icon.bottom * self._dot, accent)
        else:
            self._painter.bar(self._rect(icon), self._example(mark), accent, label=False)
        text = Box(icon.right + 0.6 * size, top + 0.04 * size, self._inner, 0)
        self._write(text, (tr(mark.value),), size, LIGHT.secondary, LEFT)

    def _example(self, mark: Mark) -> Increment:
        today = self._sheet.today
        span = DateSpan(today - timedelta(10), today + timedelta(10))
        usable, status = mark is not Mark.GROUNDWORK, Status.RUNNING if mark is Mark.RUNNING else Status.PLANNED
        return Increment(EntityId("legend"), EntityId("legend"), "-", span, "-" if usable else "", status=status)

    def _grid(self, frame: Frame, top: float, below: float, foot: float) -> None:
        self._use(HEADER_UNIT * self._scale * BAR_TYPE, frame)
        rect = self._rect(Box(frame.left, below, frame.right - frame.left, foot - below))
        self._painter.grid(rect)
        self._painter.header(self._rect(Box(frame.left, top, frame.right - frame.left, below - top)))
        hair = self._painter.view.hair
        y = below * self._dot - hair / 2
        self._painter.qp.setPen(QPen(colour(LIGHT.strong_line), hair))
        self._painter.qp.drawLine(QLineF(frame.margin * self._dot, y, frame.left * self._dot, y))

    def _row(self, row: PlacedRow, size: float, frame: Frame) -> None:
        painter, accent = self._painter, self._painter.accent(row.row.lane.accent)
        self._use(size, frame)
        self._line(row.box.left, row.box.bottom, row.box.right, row.box.bottom, LIGHT.line)
        self._words(row.title, LIGHT.text, LEFT, BOLD)
        self._words(row.detail, accent.full if row.row.split else LIGHT.secondary, LEFT, BOLD)
        if row.original is not None:
            self._fill(row.original[0], LIGHT.ghost)
            self._words(row.original[1], LIGHT.secondary, LEFT, MEDIUM)
        for name in row.names:
            if name.pole is not None:
                self._line(name.pole[0], name.pole[1], name.pole[0], name.pole[2], accent.full)
        painter.qp.save()
        painter.qp.setClipRect(
            self._rect(Box(frame.left - 0.5, row.box.top, frame.right - frame.left + 1, row.box.height))
        )
        for bar in row.bars:
            painter.bar(self._rect(bar.box), bar.increment, accent, label=False)
        painter.qp.restore()
        for name in row.names:
            flags = CENTRE if name.label.centred else RIGHT if name.label.flipped else LEFT
            self._words(name.words, LIGHT.text, flags, MEDIUM)
        for gap in row.gaps:
            painter.hatched(self._rect(gap.box))
            if gap.words is not None:
                if gap.words.box.left < gap.box.right and gap.words.box.top < gap.box.top:
                    box, air = gap.words.box, 0.3 * gap.words.size
                    self._fill(box._replace(left=box.left - air, width=box.width + 2 * air), LIGHT.surface)
                self._words(gap.words, LIGHT.bad, LEFT, BOLD)
        if row.flag is not None:
            x, top, foot = row.flag
            painter.flag(x * self._dot, top * self._dot, foot * self._dot, accent)
        for x, y, diamond in row.diamonds:
            painter.diamond(QPointF(x * self._dot, y * self._dot), diamond)

    def _use(self, size: float, frame: Frame | None = None) -> None:
        """Let bars and diamonds have the size that suits names of *size*, and the days that of *frame*."""
        scale = self._painter.view.scale
        if frame is not None:
            width = (frame.right - frame.left) / frame.span.days
            scale = TimeScale(frame.span.start, width * self._dot)
        view = replace(self._painter.view, unit=size / BAR_TYPE * self._dot, scale=scale)
        self._painter = Painter(self._painter.qp, LIGHT, view)

    def _rect(self, box: Box) -> QRectF:
        return QRectF(box.left * self._dot, box.top * self._dot, box.width * self._dot, box.height * self._dot)

    def _line(self, x: float, y: float, right: float, bottom: float, name: str) -> None:
        self._painter.qp.setPen(QPen(colour(name), 0.5 * self._dot))
        self._painter.qp.drawLine(QLineF(x * self._dot, y * self._dot, right * self._dot, bottom * self._dot))

    def _fill(self, box: Box, name: str) -> None:
        self._painter.qp.fillRect(self._rect(box), colour(name))

    def _words(self, words: Words, name: str, flags: Qt.AlignmentFlag, weight: QFont.Weight) -> None:
        self._write(words.box, words.lines, words.size, name, flags, weight)

    def _write(self, box: Box, lines: tuple[str, ...], size: float, name: str, flags: Qt.AlignmentFlag,
               weight: QFont.Weight = REGULAR) -> None:  # fmt: skip
        """Write *lines* into the middle of *box*, or from its top if it has no height."""
        tall = len(lines) * LEADING * size
        self._painter.font(size * self._dot / self._painter.view.unit, weight)
        self._painter.paragraph(self._rect(box if box.height else box._replace(height=tall)), lines, name, flags)
