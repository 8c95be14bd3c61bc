"""LaneTree: the projects and increments at the left of the timeline, for eye, keyboard and screen reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from roadmapper.chart.lanes import BAR_STEP, Lane
from roadmapper.chart.painter import HEADER, Painter, View, colour, in_two_lines
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import longest_silence
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text, effort_text, short_length_text, span_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.edits.increments import change_increment

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROOT = QModelIndex()
TITLE, START, FINISH, EFFORT = range(4)
WITH_DATES = 440


class LaneModel(QAbstractItemModel):
    """Projects, and under each its increments: title, start, finish, effort. Owns nothing but the order of rows."""

    def __init__(self, editor: Editor, canvas: TimelineCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._canvas = canvas
        self._lanes: tuple[Lane, ...] = ()

    def lane(self, row: int) -> Lane:
        """Return the lane of a project's row."""
        return self._lanes[row]

    def increment(self, index: Index) -> Increment | None:
        """Return the increment of a row, or None for a project's."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._lanes[index.internalId() - 1].bars[index.row()].increment

    def refresh(self) -> None:
        """Take over the lanes of the timeline; the model is reset only when there are other rows."""
        new = self._canvas.lanes.lanes
        if _shape(new) == _shape(self._lanes):
            self._lanes = new
            if new:
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, EFFORT))
            return
        self.beginResetModel()
        self._lanes = new
        self.endResetModel()

    @override
    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return an index; a child's internal id is its project's row + 1."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    @override
    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        """Return the project's row of an increment."""
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many projects, or how many increments of one, there are."""
        if not parent.isValid():
            return len(self._lanes)
        top = parent.internalId() == 0 and parent.column() == 0
        return len(self._lanes[parent.row()].bars) if top else 0

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 4

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return the titles of the columns."""
        if role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("Project / increment"), tr("Start"), tr("Finish"), tr("Effort"))[section]
        if role == Role.TextAlignmentRole and section == EFFORT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows, edits, or says to a screen reader."""
        increment = self.increment(index)
        if increment is None:
            return self._of_project(index, role)
        column = index.column()
        if role == Role.EditRole and column in (START, FINISH):
            return (increment.span.start if column == START else increment.span.finish).isoformat()
        if role in (Role.DisplayRole, Role.EditRole):
            days = {START: increment.span.start, FINISH: increment.span.finish}
            if column in days:
                return day_text(days[column])
            return increment.title if column == TITLE else effort_text(increment.effort_pw)
        if role == Role.AccessibleTextRole:
            outcome = increment.usable_outcome or tr("groundwork")
            return f"{increment.title}, {span_text(increment.span)}, {tr(increment.status.value)}, {outcome}"
        if role == Role.TextAlignmentRole and column == EFFORT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _of_project(self, index: Index, role: int) -> Any:
        lane = self._lanes[index.row()]
        project = lane.project
        if project is None:
            named = role in (Role.DisplayRole, Role.AccessibleTextRole) and index.column() == TITLE
            return lane.title if named else None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            if index.column() == TITLE:
                return project.title
            days = {START: project.original.start, FINISH: project.original.finish}
            if index.column() in days:
                return day_text(days[index.column()])
            return effort_text(effort_of(self._editor.plan, project.id))
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: titles and dates of increments are edited in place."""
        flags = super().flags(index)
        if self._editor.may_plan and self.increment(index) is not None and index.column() != EFFORT:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Make the edit that a cell asks for."""
        increment = self.increment(index)
        if increment is None or role != Role.EditRole:
            return False
        label = tr("Change “{title}”").format(title=increment.title)
        push = self._canvas.selection.pushing
        return self._editor.run(label, _changed, increment.id, index.column(), str(value), push=push)


class LaneDelegate(QStyledItemDelegate):
    """Paints a project's row as high as its lane, with what matters about it; increments as plain rows."""

    def __init__(self, editor: Editor, theme: Theme, today: date, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._today = today

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the lane beside the row."""
        model = index.model()
        if not isinstance(model, LaneModel) or model.increment(index) is not None:
            return QSize(80, round(BAR_STEP * self._theme.unit))
        return QSize(80, round(model.lane(index.row()).head * self._theme.unit))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        if not isinstance(model, LaneModel) or model.increment(index) is not None:
            super().paint(painter, option, index)
            return
        rect = QRectF(option.rect)
        palette = self._theme.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, colour(palette.accent_tint if chosen else palette.surface))
        strokes = Painter(painter, palette, View(TimeScale(self._today, 1.0), 0.0, self._theme.unit, None))
        lane = model.lane(index.row())
        self._project(strokes, rect, lane)
        painter.setPen(colour(palette.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _project(self, strokes: Painter, rect: QRectF, lane: Lane) -> None:
        unit, palette, plan = self._theme.unit, self._theme.palette, self._editor.plan
        project = lane.project
        if project is None:
            strokes.font(13, QFont.Weight.DemiBold)
            strokes.text(rect.adjusted(4 * unit, 12 * unit, 0, 30 * unit - rect.height()), lane.title, palette.text)
            return
        row = QRectF(rect.left() + 4 * unit, rect.top() + 12 * unit, rect.width() - 6 * unit, 18 * unit)
        effort = effort_text(effort_of(plan, project.id))
        room = strokes.font(11.5).horizontalAdvance(effort) + 12 * unit
        strokes.text(row.adjusted(0, 0, -4 * unit, 0), effort, palette.secondary, Qt.AlignmentFlag.AlignRight)
        metrics = strokes.font(13, QFont.Weight.DemiBold)
        for line in in_two_lines(project.title, metrics, row.width() - room):
            strokes.text(row.adjusted(0, 0, -room, 0), line, palette.text)
            row.translate(0, 18 * unit)
        row.translate(0, -18 * unit)
        strokes.font(11.5)
        row.translate(0, 20 * unit)
        team = plan.teams.get(project.team) if project.team else None
        strokes.text(row, team.title if team else tr("no team yet"), palette.secondary)
        days, limit = longest_silence(plan, project.id), plan.roadmap.silence_limit_days
        value = day_text(lane.first_value) if lane.first_value else tr("never")
        over = days > limit
        silence = tr("{length} of {limit}").format(length=short_length_text(days), limit=short_length_text(limit))
        for label, words, name in (
            (tr("First value"), value, strokes.accent(project.accent).full),
            (tr("Longest silence"), silence if lane.bars else "–", palette.bad if over else palette.text),
        ):
            row.translate(0, 20 * unit)
            width = strokes.font(11.5).horizontalAdvance(label) + 8 * unit
            strokes.text(row, label, palette.secondary)
            strokes.font(11.5, QFont.Weight.DemiBold)
            strokes.text(row.adjusted(width, 0, 0, 0), words, name)


class LaneTree(QTreeView):
    """The tree itself: scrolls with the timeline, and shares its selection."""

    details_wanted = Signal()

    def __init__(
        self, editor: Editor, canvas: TimelineCanvas, selection: Selection, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._selection = selection
        self._theme = theme
        self._syncing = False
        self.lanes = LaneModel(editor, canvas, self)
        self.setModel(self.lanes)
        self.setItemDelegate(LaneDelegate(editor, theme, canvas.today, self))
        self.setAccessibleName(tr("Projects and increments"))
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
        self.show_dates(shown=False)
        canvas.laid_out.connect(self.refresh)
        canvas.verticalScrollBar().valueChanged.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(self._lead)
        self.expanded.connect(self._expanded)
        self.collapsed.connect(self._collapsed)
        self.selectionModel().selectionChanged.connect(self._picked)
        selection.changed.connect(self._show_selection)

    @override
    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the mark that opens a project beside its title, not in the middle of its lane."""
        palette, unit = self._theme.palette, self._theme.unit
        if index.parent().isValid():
            return
        painter.fillRect(
            rect, colour(palette.accent_tint if self.selectionModel().isSelected(index) else palette.surface)
        )
        if not self.lanes.rowCount(index):
            return
        middle = QPointF(rect.right() - 5 * unit, rect.top() + 21 * unit)
        reach = 3.5 * unit
        corners = [QPointF(-reach, -reach * 0.6), QPointF(reach, -reach * 0.6), QPointF(0, reach)]
        if not self.isExpanded(index):
            corners = [QPointF(p.y(), p.x()) for p in corners]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(palette.secondary))
        painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
        painter.restore()

    def show_dates(self, *, shown: bool) -> None:
        """Show or hide the columns with start and finish."""
        self.setColumnHidden(START, not shown)
        self.setColumnHidden(FINISH, not shown)
        self.setMinimumWidth(round(WITH_DATES * self._theme.unit) if shown else 0)

    def refresh(self) -> None:
        """Take over what the timeline laid out."""
        self._syncing = True
        self.lanes.refresh()
        for row, lane in enumerate(self._canvas.lanes.lanes):
            self.setExpanded(self.lanes.index(row, 0), lane.expanded)
            self.setFirstColumnSpanned(row, ROOT, True)
        self.doItemsLayout()
        self._syncing = False
        self._show_selection()
        self._follow()

    def _follow(self) -> None:
        self.verticalScrollBar().setValue(self._canvas.verticalScrollBar().value())

    def _lead(self, value: int) -> None:
        self._canvas.verticalScrollBar().setValue(value)

    def _expanded(self, index: QModelIndex) -> None:
        if not self._syncing:
            self._canvas.expand(self.lanes.lane(index.row()).key, open_=True)

    def _collapsed(self, index: QModelIndex) -> None:
        if not self._syncing:
            self._canvas.expand(self.lanes.lane(index.row()).key, open_=False)

    def _picked(self) -> None:
        if self._syncing:
            return
        ids = []
        for index in self.selectionModel().selectedRows():
            increment = self.lanes.increment(index)
            ids.append(increment.id if increment else self.lanes.lane(index.row()).key)
        self._syncing = True
        self._selection.set(ids)
        self._syncing = False
        if len(ids) == 1:
            self._canvas.reveal(ids[0])

    def _show_selection(self) -> None:
        if self._syncing:
            return
        self._syncing = True
        chosen = set(self._selection.ids)
        picked = self.selectionModel()
        picked.clearSelection()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row, lane in enumerate(self._canvas.lanes.lanes):
            top = self.lanes.index(row, 0)
            rows = {lane.key: top}
            if lane.expanded:
                rows |= {bar.increment.id: self.lanes.index(n, 0, top) for n, bar in enumerate(lane.bars)}
            for key in chosen & rows.keys():
                picked.select(rows[key], flags)
                if key == self._selection.focused:
                    self._keep_place(rows[key])
        self._syncing = False

    def _keep_place(self, index: QModelIndex) -> None:
        """Let the keys go on from *index*, without scrolling there."""
        if self.currentIndex().siblingAtColumn(TITLE) == index:
            return
        self.setAutoScroll(False)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.setAutoScroll(True)


def effort_of(plan: Plan, project: EntityId) -> float | None:
    """Return the person-weeks of a project's increments and of the scope that stands in none; None if unknown."""
    planned = [i.effort_pw for i in plan.increments_by_project.get(project, ()) if i.counts]
    waiting = [i.effort_pw for i in plan.scope_by_project.get(project, ()) if i.increment is None]
    known = [effort for effort in (*planned, *waiting) if effort is not None]
    return sum(known) if known else None


def _shape(lanes: tuple[Lane, ...]) -> list[tuple[EntityId, list[EntityId], float]]:
    return [(lane.key, [b.increment.id for b in lane.bars], lane.height) for lane in lanes]


def _changed(plan: Plan, key: EntityId, column: int, value: str, *, push: bool) -> Plan:
    old = plan.increments[key]
    if column == TITLE:
        return change_increment(plan, replace(old, title=" ".join(value.split())))
    try:
        day = date.fromisoformat(value.strip())
    except ValueError as error:
        raise Refused(tr("“{text}” is not a date such as 2027-01-04.").format(text=value[:40])) from error
    span = DateSpan(day, later(day, old.span.days)) if column == START else DateSpan(old.span.start, later(day, 1))
    return change_increment(plan, replace(old, span=span), push=push)
