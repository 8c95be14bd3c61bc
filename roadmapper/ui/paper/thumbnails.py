"""Thumbnails: all pages in small, each leading to the large one."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.chart.palette import LIGHT
from roadmapper.domain.wording import tr
from roadmapper.reports.pages import Document, Page
from roadmapper.ui.paper.page_images import PageImages
from roadmapper.ui.widgets.looks import palette_of, steps

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
WIDE = 13


class PageModel(QAbstractListModel):
    """Pages as rows; each is called by its number and its sheet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pages: tuple[Page, ...] = ()

    def show(self, document: Document | None) -> None:
        """Show the pages of another document."""
        self.beginResetModel()
        self.pages = document.pages if document is not None else ()
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many pages there are."""
        return 0 if parent.isValid() else len(self.pages)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return what a page is called."""
        if not index.isValid():
            return None
        page = self.pages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return page.number or str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = tr("Page {n} of {all}: {sheet}")
            return words.format(n=index.row() + 1, all=len(self.pages), sheet=page.sheet)
        return None


class _Small(QStyledItemDelegate):
    """Paints a page in small, its number below it."""

    def __init__(self, images: PageImages, model: PageModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._images, self._model, self._parent = images, model, parent
        self._inner, self._step = float(steps(parent, WIDE - 2)), steps(parent)  # once: there may be hundreds of pages

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of a page and its number."""
        page = self._model.pages[index.row()]
        high = self._inner * max(page.height / page.width, 0.3)
        return QSize(round(self._inner) + 2 * self._step, round(high + 1.5 * self._step) + option.fontMetrics.height())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one of them, with a frame in the accent where it is the one that is looked at."""
        worn = palette_of(self._parent)
        page = self._model.pages[index.row()]
        rect = QRectF(option.rect)
        inner = self._inner
        high = inner * max(page.height / page.width, 0.3)
        left, top = rect.center().x() - inner / 2, rect.top() + steps(self._parent, 0.75)
        paper = QRectF(QRectF(left, top, inner, high).toRect())
        painter.save()
        painter.fillRect(paper, colour(LIGHT.surface))
        image = self._images.at(index.row(), max(1, round(inner * self._parent.devicePixelRatioF())))
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, image)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(
            QPen(colour(worn.accent if chosen else worn.strong_line), steps(self._parent, 0.25 if chosen else 0.125))
        )
        painter.drawRect(paper)
        below = QRectF(rect.left(), paper.bottom(), rect.width(), rect.bottom() - paper.bottom())
        painter.setPen(colour(worn.text if chosen else worn.secondary))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))
        painter.restore()


class Thumbnails(QListView):
    """All pages in small. *wanted* is sent with the page that was chosen (counted from 0)."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images = PageImages(self)
        self._pages = PageModel(self)
        self._small = _Small(self.images, self._pages, self)
        self.setModel(self._pages)
        self.setItemDelegate(self._small)
        self.setAccessibleName(tr("All pages"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(steps(self, WIDE + 2))
        self.images.painted.connect(self._painted)
        self.selectionModel().currentChanged.connect(self._chosen)

    def show_document(self, document: Document | None) -> None:
        """Show the pages of another document."""
        self.images.show(document)
        self._pages.show(document)
        self.setVisible(document is not None and len(document.pages) > 1)

    def turn(self, page: int) -> None:
        """Mark the page that is looked at, without telling anybody."""
        index = self._pages.index(page)
        if index.isValid() and index.row() != self.currentIndex().row():
            blocked = self.selectionModel().blockSignals(True)
            self.setCurrentIndex(index)
            self.selectionModel().blockSignals(blocked)
            self.scrollTo(index)
            self.viewport().update()

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.wanted.emit(index.row())

    def _painted(self, page: int) -> None:
        self.update(self._pages.index(page))
