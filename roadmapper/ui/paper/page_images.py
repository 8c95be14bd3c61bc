"""PageImages: the pages of a document as pictures, painted one at a time when they are looked at, and kept a while."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from roadmapper.chart.painter import colour
from roadmapper.chart.palette import LIGHT
from roadmapper.reports.pages import Document, Page
from roadmapper.reports.strokes import Strokes, palette_of

MOST_DOTS = 16_000_000
"""Dots of one picture: a page that is looked at even closer is painted no finer."""
KEPT_DOTS = 60_000_000
"""Dots of all pictures that are kept: a quarter of a gigabyte."""

Key = tuple[int, int]


class PageImages(QObject):
    """Paints when there is nothing else to do. *painted* is sent with the number of a page that is there now."""

    painted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._queue: list[Key] = []
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._paint_next)

    def show(self, document: Document | None) -> None:
        """Paint pages of this document from now on."""
        self._document = document
        self._kept.clear()
        self._queue.clear()
        self._timer.stop()

    def at(self, page: int, width: int) -> QImage | None:
        """Return a page *width* dots wide, or what there is of it in another size; it is painted if it is not there."""
        if self._document is None:
            return None
        key = (page, self._within(self._document.pages[page], width))
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if key not in self._queue:
            self._queue.append(key)
            self._timer.start()
        others = [k for k in self._kept if k[0] == page]
        return self._kept[max(others, key=lambda k: k[1])] if others else None

    def forget_wishes(self) -> None:
        """Paint only what is asked for from now on: what went out of sight meanwhile is not missed."""
        self._queue.clear()

    def __len__(self) -> int:
        """Return how many pictures are kept."""
        return len(self._kept)

    def _within(self, page: Page, width: int) -> int:
        height = width * page.height / page.width
        return max(1, width if width * height <= MOST_DOTS else int(width * (MOST_DOTS / (width * height)) ** 0.5))

    def _paint_next(self) -> None:
        if self._document is None or not self._queue:
            return
        key = self._queue.pop(0)
        self._kept[key] = image_of(self._document, *key)
        while len(self._kept) > 1 and sum(i.width() * i.height() for i in self._kept.values()) > KEPT_DOTS:
            self._kept.popitem(last=False)
        if self._queue:
            self._timer.start()
        self.painted.emit(key[0])


def image_of(document: Document, number: int, width: int) -> QImage:
    """Return a page, counted from 0, *width* dots wide, on white."""
    page = document.pages[number]
    per_point = width / page.width
    image = QImage(width, max(1, round(page.height * per_point)), QImage.Format.Format_RGB32)
    image.fill(colour(LIGHT.surface))
    qp = QPainter(image)
    try:
        Strokes(qp, per_point, palette_of(document)).paint(page)
    finally:
        qp.end()
    return image
