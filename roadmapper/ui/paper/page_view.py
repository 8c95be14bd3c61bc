"""PageView: the pages below each other, as large as one wants to see them."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.chart.palette import LIGHT
from roadmapper.domain.wording import tr
from roadmapper.reports.pages import Document
from roadmapper.ui.paper.page_images import PageImages
from roadmapper.ui.widgets.looks import palette_of, steps

LEAST_ZOOM, MOST_ZOOM = 0.1, 4.0
STEP = 1.25
INCH_DOTS = 96.0
POINTS = 72.0
VEIL = 0.25
"""How much is still seen of pages that are no longer what is chosen."""


class Fit(Enum):
    """How large the pages are shown."""

    PAGE = auto()
    WIDTH = auto()
    FREE = auto()


class PageView(QAbstractScrollArea):
    """Shows pages, of which only those in sight are painted.

    *turned* is sent when another page is looked at (counted from 0), *zoomed* when the pages have another size.
    """

    turned = Signal(int)
    zoomed = Signal()

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self._document: Document | None = None
        self._boxes: list[QRectF] = []
        self._veiled = False
        self._held: tuple[QPoint, int, int] | None = None
        self.fit = Fit.PAGE
        self.zoom = 1.0
        self.page = 0
        self.setObjectName("pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Preview"))
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        images.painted.connect(self._painted)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._update)

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._document.pages) if self._document is not None else 0

    @property
    def veiled(self) -> bool:
        """Return whether the pages are shown pale, because they are not what is chosen any more."""
        return self._veiled

    def show_document(self, document: Document | None) -> None:
        """Show these pages, at the place where the ones before were looked at."""
        self._document = document
        self._veiled = False
        self.page = min(self.page, max(0, self.count - 1))
        self._lay_out()
        self.go_to(self.page)
        self._say()

    def veil(self) -> None:
        """Show the pages pale: something else is chosen, and its pages are not there yet."""
        self._veiled = True
        self.viewport().update()

    def go_to(self, page: int) -> None:
        """Bring a page (counted from 0) into sight."""
        if not 0 <= page < self.count:
            return
        gap, room = self._gap(), self.viewport().height()
        box = self._boxes[page]
        top = box.top() - (gap if box.height() + gap > room else (room - box.height()) / 2)
        self.verticalScrollBar().setValue(round(top))
        self._turn(page)

    def fit_to(self, fit: Fit) -> None:
        """Show one whole page at a time, or pages as wide as there is room."""
        self.fit = fit
        self._again()

    def zoom_by(self, factor: float) -> None:
        """Show the pages so much larger, the middle of what is seen staying where it is."""
        self.fit, self.zoom = Fit.FREE, min(max(self.zoom * factor, LEAST_ZOOM), MOST_ZOOM)
        self._again()

    def _again(self) -> None:
        """Lay the pages out anew and keep the place of the page that is looked at."""
        page, bar = self.page, self.verticalScrollBar()
        inside = 0.5
        if self._boxes:
            box = self._boxes[page]
            inside = (bar.value() + self.viewport().height() / 2 - box.top()) / max(box.height(), 1.0)
        self._lay_out()
        if self._boxes and self.fit is not Fit.PAGE:
            box = self._boxes[page]
            bar.setValue(round(box.top() + inside * box.height() - self.viewport().height() / 2))
        else:
            self.go_to(page)
        self.zoomed.emit()

    def _gap(self) -> int:
        return steps(self, 2)

    def _lay_out(self) -> None:
        self._images.forget_wishes()
        self._boxes = []
        if self._document is None:
            self.verticalScrollBar().setRange(0, 0)
            self.horizontalScrollBar().setRange(0, 0)
            self.viewport().update()
            return
        room, gap = self.viewport().size(), self._gap()
        pages = self._document.pages
        per_point = self._per_point(room, gap)
        widest = max(p.width for p in pages) * per_point
        across = max(float(room.width()), widest + 2 * gap)
        y = float(gap)
        for page in pages:
            width, height = page.width * per_point, page.height * per_point
            if self.fit is Fit.PAGE:  # of pages of several sizes each fits
                own = min((room.width() - 2 * gap) / page.width, (room.height() - 2 * gap) / page.height)
                width, height = max(page.width * own, 8.0), max(page.height * own, 8.0)
            self._boxes.append(QRectF((across - width) / 2, y, width, height))
            y += height + gap
        spare = (room.height() - y) / 2
        if spare > 0:  # little stands in the middle
            self._boxes = [box.translated(0, spare) for box in self._boxes]
        for bar, extent, seen in (
            (self.verticalScrollBar(), y, room.height()),
            (self.horizontalScrollBar(), across, room.width()),
        ):
            bar.setRange(0, max(0, round(extent - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(steps(self, 5))
        side = self.horizontalScrollBar()
        side.setValue(side.maximum() // 2)
        self.viewport().update()

    def _per_point(self, room: QSize, gap: int) -> float:
        """Return the pixels of a point, and note how large that is."""
        assert self._document is not None
        pages = self._document.pages
        natural = self.logicalDpiX() / POINTS
        if self.fit is not Fit.FREE:
            here = pages[min(self.page, len(pages) - 1)]
            wide = max((room.width() - 2 * gap) / max(p.width for p in pages), 0.01)
            if self.fit is Fit.PAGE:
                wide = max(min((room.width() - 2 * gap) / here.width, (room.height() - 2 * gap) / here.height), 0.01)
            self.zoom = wide / natural
            return wide
        return self.zoom * natural

    def _turn(self, page: int) -> None:
        if page != self.page:
            self.page = page
            if self.fit is Fit.PAGE and self._document is not None:
                points = self._document.pages[page].width
                self.zoom = self._boxes[page].width() / points * POINTS / self.logicalDpiX()
            self._say()
            self.turned.emit(page)

    def _say(self) -> None:
        if self._document is not None and self._document.pages:
            page = self._document.pages[self.page]
            words = tr("Page {n} of {all}: {sheet}").format(n=self.page + 1, all=self.count, sheet=page.sheet)
            self.setAccessibleDescription(words)

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        if self._boxes:
            near = min(range(len(self._boxes)), key=lambda n: abs(self._boxes[n].center().y() - middle))
            inside = next((n for n, box in enumerate(self._boxes) if box.top() <= middle <= box.bottom()), near)
            self._turn(inside)
        self._images.forget_wishes()
        self.viewport().update()

    def _update(self) -> None:
        self.viewport().update()

    def _painted(self, _page: int) -> None:
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages into the new room."""
        super().resizeEvent(event)
        self._again()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight; the paper is white whatever the screen wears."""
        worn = palette_of(self)
        qp = QPainter(self.viewport())
        try:
            qp.fillRect(self.viewport().rect(), colour(worn.ghost))
            qp.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
            ratio = self.devicePixelRatioF()
            for n, box in enumerate(self._boxes):
                place = box.translated(-x, -y)
                if place.bottom() < 0 or place.top() > self.viewport().height():
                    continue
                paper = QRectF(place.toRect())
                qp.fillRect(paper, colour(LIGHT.surface))
                image = self._images.at(n, max(1, round(paper.width() * ratio)))
                if image is not None:
                    qp.setOpacity(VEIL if self._veiled else 1.0)
                    qp.drawImage(paper, image)
                    qp.setOpacity(1.0)
                here = n == self.page and self.count > 1
                qp.setPen(QPen(colour(worn.accent if here and self.hasFocus() else worn.strong_line), 1))
                qp.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))
        finally:
            qp.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Down turn, Home and End lead to the ends, the others scroll."""
        keys = {
            Qt.Key.Key_PageDown: self.page + 1,
            Qt.Key.Key_PageUp: self.page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count - 1,
        }
        key = Qt.Key(event.key())
        if key in keys:
            self.go_to(max(0, min(keys[key], self.count - 1)))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit_to(Fit.PAGE)
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_by(STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the pages."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            bars = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
            self._held = (event.position().toPoint(), *bars)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the pages along."""
        if self._held is not None:
            start, x, y = self._held
            moved = event.position().toPoint() - start
            self.horizontalScrollBar().setValue(x - moved.x())
            self.verticalScrollBar().setValue(y - moved.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the pages."""
        self._held = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for little: what does not fit is scrolled."""
        return QSize(steps(self, 24), steps(self, 20))
