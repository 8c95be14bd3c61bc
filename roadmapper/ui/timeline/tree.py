"""LaneTree: the lanes and increments at the left of the timeline, for eye, keyboard and screen reader."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTreeView, QWidget
from typing_extensions import override

from roadmapper.chart.painter import HEADER, colour
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.arranging import Arranging
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.timeline.group_chooser import GroupChooser
from roadmapper.ui.timeline.lane_delegate import LaneDelegate, fold_place, paint_marks, rows_place
from roadmapper.ui.timeline.lane_model import EFFORT, FINISH, ROOT, START, TITLE, Index, LaneModel
from roadmapper.ui.timeline.selection import Selection

WITH_DATES = 440
MOST = 640
TITLES = 110
MOST_TITLES = 220
"""So many pixels at most are kept free for the tree: with large letters all of it still fits a small screen."""
EDGE = 24


class LaneTree(QTreeView):
    """The tree itself: scrolls with the timeline, and shares its selection."""

    details_wanted = Signal()

    def __init__(
        self, editor: Editor, arranging: Arranging, selection: Selection, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._arranging = arranging
        self._canvas: TimelineCanvas = arranging.canvas
        self._selection = selection
        self._theme = theme
        self._syncing = False
        self._held: tuple[EntityId, QPoint] | None = None
        self._gap: int | None = None
        self.lanes = LaneModel(editor, self._canvas, self)
        self.setModel(self.lanes)
        self.setItemDelegate(LaneDelegate(editor, self._canvas, theme, self._canvas.today, self))
        self.setAccessibleName(tr("Lanes and increments"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setIndentation(round(14 * theme.unit))
        head = self.header()
        head.setFixedHeight(round(HEADER * theme.unit))
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        head.setStretchLastSection(False)
        head.resizeSection(EFFORT, round(70 * theme.unit))
        for column in (START, FINISH):
            words = day_text(date(2020, 5, 20))
            head.resizeSection(column, self.fontMetrics().horizontalAdvance(words) + round(14 * theme.unit))
        self.chooser = GroupChooser(arranging, theme, head)
        self.show_dates(shown=False)
        self._connect()

    def _connect(self) -> None:
        self._canvas.laid_out.connect(self.refresh)
        self._canvas.verticalScrollBar().valueChanged.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(self._lead)
        self.expanded.connect(self._expanded)
        self.collapsed.connect(self._unexpanded)
        self.selectionModel().selectionChanged.connect(self._picked)
        self._selection.changed.connect(self._show_selection)

    @override
    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the marks of a lane beside its title, not in the middle of its row."""
        if index.parent().isValid():
            return
        palette = self._theme.palette
        chosen = self.selectionModel().isSelected(index)
        painter.fillRect(rect, colour(palette.accent_tint if chosen else palette.surface))
        paint_marks(painter, QRectF(rect), self.lanes.lane(index.row()), self._theme)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and while a lane is dragged where it would come to lie."""
        super().paintEvent(event)
        if self._gap is not None:
            y = self._edge(self._gap)
            painter = QPainter(self.viewport())
            try:
                painter.setPen(QPen(colour(self._theme.palette.accent), 3 * self._theme.unit))
                painter.drawLine(0, y, self.viewport().width(), y)
            finally:
                painter.end()

    def show_dates(self, *, shown: bool) -> None:
        """Show or hide the columns with start and finish."""
        self.setColumnHidden(START, not shown)
        self.setColumnHidden(FINISH, not shown)
        least, most = (WITH_DATES, MOST) if shown else (TITLES, MOST_TITLES)
        self.setMinimumWidth(min(round(least * self._theme.unit), most))

    def refresh(self) -> None:
        """Take over what the timeline laid out."""
        self._syncing = True
        kept = self._keys_of(self.currentIndex())
        changed = self.lanes.refresh()
        for row, before in changed:
            index, lane = self.lanes.index(row, TITLE), self.lanes.lane(row)
            if before is None:
                self.setFirstColumnSpanned(row, ROOT, True)
            if self.isExpanded(index) is not lane.expanded:
                self.setExpanded(index, lane.expanded)
        if any(before is None or before.height != self.lanes.lane(row).height for row, before in changed):
            self.doItemsLayout()
        if changed and kept:
            self._keep_place(next((i for i in map(self.lanes.index_of, kept) if i.isValid()), QModelIndex()))
        self._syncing = False
        self._show_selection()
        self._follow()

    def _keys_of(self, index: Index) -> list[EntityId]:
        """Return what stands in a row, and then its lane."""
        if not index.isValid():
            return []
        increment = self.lanes.increment(index)
        lane = self.lanes.lane((index.parent() if increment is not None else index).row())
        return [increment.id, lane.key] if increment is not None else [lane.key]

    def _follow(self) -> None:
        self.verticalScrollBar().setValue(self._canvas.verticalScrollBar().value())

    def _lead(self, value: int) -> None:
        self._canvas.verticalScrollBar().setValue(value)

    def _expanded(self, index: QModelIndex) -> None:
        if not self._syncing:
            self._canvas.expand(self.lanes.lane(index.row()).key, open_=True)

    def _unexpanded(self, index: QModelIndex) -> None:
        if not self._syncing:
            self._canvas.expand(self.lanes.lane(index.row()).key, open_=False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Right open a low lane, then show its rows, and Left go the way back; Esc lets a dragged lane go."""
        index, key = self.currentIndex(), Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._held is not None:
            self._let_go()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        on_lane = index.isValid() and not index.parent().isValid() and plain
        if on_lane and key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and self._fold(index, opens=key == Qt.Key.Key_Right):
            return
        super().keyPressEvent(event)

    def _fold(self, index: QModelIndex, *, opens: bool) -> bool:
        """Open or close a lane by one stage, and return whether there was one left."""
        lane = self.lanes.lane(index.row())
        if opens and lane.collapsed:
            self._canvas.collapse(lane.key, closed=False)
        elif opens and not lane.expanded and lane.bars:
            self._canvas.expand(lane.key, open_=True)
        elif not opens and lane.expanded:
            self._canvas.expand(lane.key, open_=False)
        elif not opens and not lane.collapsed:
            self._canvas.collapse(lane.key, closed=True)
        else:
            return False
        return True

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open or close a lane by its marks; take hold of the row of one that can be put somewhere else."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        self._let_go()
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and not index.parent().isValid():
            if self._press_mark(index, point):
                return
            if self._arranging.orderable and not event.modifiers():
                self._held = (self.lanes.lane(index.row()).key, point)
        super().mousePressEvent(event)

    def _press_mark(self, index: QModelIndex, point: QPoint) -> bool:
        rect = self.visualRect(index.siblingAtColumn(TITLE))
        before = QRectF(rect.left() - self.indentation(), rect.top(), self.indentation(), rect.height())
        lane, unit = self.lanes.lane(index.row()), self._theme.unit
        rows = rows_place(before, lane, unit)
        if fold_place(before, lane, unit).contains(point):
            self._canvas.collapse(lane.key, closed=not lane.collapsed)
        elif rows is not None and rows.contains(point):
            self._canvas.expand(lane.key, open_=not lane.expanded)
        else:
            return before.contains(point)
        return True

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry a lane along, and show between which others it would come to lie."""
        point = event.position().toPoint()
        if self._held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if self._gap is None and abs(point.y() - self._held[1].y()) < QApplication.startDragDistance():
            return
        bar = self.verticalScrollBar()
        if point.y() < EDGE:
            bar.setValue(bar.value() - EDGE)
        elif point.y() > self.viewport().height() - EDGE:
            bar.setValue(bar.value() + EDGE)
        self._gap = self._gap_at(point.y())
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the lane down where the line is."""
        held, gap = self._held, self._gap
        self._let_go()
        if held is None or gap is None:
            super().mouseReleaseEvent(event)
            return
        keys = [lane.key for lane in self._canvas.lanes.lanes]
        self._arranging.place(held[0], keys[gap] if gap < len(keys) else None)

    def _let_go(self) -> None:
        if self._gap is not None:
            self.viewport().unsetCursor()
            self.viewport().update()
        self._held = self._gap = None

    def _gap_at(self, y: int) -> int:
        """Return above which lane the gap between two lanes lies that is nearest to *y*."""
        lanes, unit = self._canvas.lanes, self._theme.unit
        height = (y + self.verticalScrollBar().value()) / unit
        number = lanes.at(height)
        if number is None:
            return 0 if height < 0 else len(lanes.lanes)
        return number + (height > (lanes.tops[number] + lanes.tops[number + 1]) / 2)

    def _edge(self, gap: int) -> int:
        return round(self._canvas.lanes.tops[gap] * self._theme.unit) - self.verticalScrollBar().value()

    def _picked(self) -> None:
        if self._syncing:
            return
        ids = []
        for index in self.selectionModel().selectedRows():
            increment = self.lanes.increment(index)
            if increment is not None:
                ids.append(increment.id)
            elif (project := self.lanes.lane(index.row()).project) is not None:
                ids.append(project.id)
        self._syncing = True
        self._selection.set(ids)
        self._syncing = False
        if len(ids) == 1:
            self._canvas.reveal(ids[0])

    def _show_selection(self) -> None:
        if self._syncing:
            return
        self._syncing = True
        picked = self.selectionModel()
        picked.clearSelection()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for key in self._selection.ids:
            index = self.lanes.index_of(key)
            if index.isValid():
                picked.select(index, flags)
                if key == self._selection.focused:
                    self._keep_place(index)
        self._syncing = False

    def _keep_place(self, index: QModelIndex) -> None:
        """Let the keys go on from *index*, without scrolling there."""
        if not index.isValid() or self.currentIndex().siblingAtColumn(TITLE) == index:
            return
        self.setAutoScroll(False)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.setAutoScroll(True)
