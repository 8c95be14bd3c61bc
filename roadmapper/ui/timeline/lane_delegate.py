"""LaneDelegate: paints the rows of the tree - lanes as high as they are, with what matters about them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPolygonF
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from roadmapper.chart.lanes import BAR_STEP, Lane
from roadmapper.chart.lettering import in_two_lines, label_of
from roadmapper.chart.painter import Painter, View, colour
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.project import Project
from roadmapper.domain.silence import longest_silence
from roadmapper.domain.wording import tr
from roadmapper.planning.grouping import Grouping
from roadmapper.planning.phrases import day_text, effort_text, short_length_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.timeline.lane_model import TITLE, Index, LaneModel
from roadmapper.ui.widgets.steps import is_for_plan

LINE = 20.0
FOLD_AT = 21.0
ROWS_AT = 42.0
MARK = 9.0


class LaneDelegate(QStyledItemDelegate):
    """Paints a lane's row as high as the lane, with what matters about it; increments as plain rows."""

    def __init__(self, editor: Editor, canvas: TimelineCanvas, theme: Theme, today: date, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._canvas = canvas
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
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Say of an increment how it is, and, where the lanes are not the projects, whose it is."""
        super().initStyleOption(option, index)
        model = index.model()
        increment = model.increment(index) if isinstance(model, LaneModel) and index.column() == TITLE else None
        if increment is None or not isinstance(model, LaneModel):
            return
        words = label_of(increment)
        by_project = self._canvas.arrangement.grouping is Grouping.PROJECT
        option.text = words if by_project else f"{words} · {model.home(increment)}"

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Close a cell in which nothing is typed when undo is asked for, which then takes back the last edit."""
        line = editor if isinstance(editor, QLineEdit) else None
        if line is not None and is_for_plan(event, typed=line.isUndoAvailable(), redoable=line.isRedoAvailable()):
            self.closeEditor.emit(line, self.EndEditHint.RevertModelCache)
            event.ignore()
            return True
        return super().eventFilter(editor, event)

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
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.fillRect(rect, colour(palette.accent_tint if chosen else palette.surface))
        strokes = Painter(painter, palette, View(TimeScale(self._today, 1.0), 0.0, self._theme.unit, None))
        self._lane(strokes, rect, model, model.lane(index.row()))
        painter.setPen(colour(palette.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if focused:
            painter.setPen(colour(palette.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1.5, -1.5))
        painter.restore()

    def _lane(self, strokes: Painter, rect: QRectF, model: LaneModel, lane: Lane) -> None:
        unit, palette = self._theme.unit, self._theme.palette
        top = 6 if lane.collapsed else 12
        row = QRectF(rect.left() + 4 * unit, rect.top() + top * unit, rect.width() - 6 * unit, 18 * unit)
        effort = effort_text(model.effort(lane))
        room = strokes.font(11.5).horizontalAdvance(effort) + 12 * unit
        strokes.text(row.adjusted(0, 0, -4 * unit, 0), effort, palette.secondary, Qt.AlignmentFlag.AlignRight)
        metrics = strokes.font(13, QFont.Weight.DemiBold)
        lines = in_two_lines(lane.title, metrics, row.width() - room)
        if lane.project is None or lane.collapsed:
            lines = [lane.title]
        for line in lines:
            strokes.text(row.adjusted(0, 0, -room, 0), line, palette.text)
            row.translate(0, 18 * unit)
        row.translate(0, 2 * unit)
        strokes.font(11.5)
        if lane.project is None:
            strokes.text(row, model.summary(lane), palette.secondary)
        elif lane.collapsed:
            strokes.text(row, model.summary(lane), palette.secondary)
            self._warning(strokes, row, model.summary(lane), lane)
        else:
            self._figures(strokes, row, model, lane, lane.project)

    def _warning(self, strokes: Painter, row: QRectF, before: str, lane: Lane) -> None:
        """Say behind *before* that the silence is too long, as the strip below has no room for it."""
        if lane.gaps:
            width = strokes.font(11.5).horizontalAdvance(before + " · ")
            words = tr("silence {length}").format(length=short_length_text(max(gap.days for gap in lane.gaps)))
            strokes.font(11.5, QFont.Weight.DemiBold)
            strokes.text(row.adjusted(width, 0, 0, 0), words, self._theme.palette.bad)

    def _figures(self, strokes: Painter, row: QRectF, model: LaneModel, lane: Lane, project: Project) -> None:
        unit, palette, plan = self._theme.unit, self._theme.palette, self._editor.plan
        team = plan.teams.get(project.team) if project.team else None
        whole = len(plan.increments_by_project.get(project.id, ()))
        words = team.title if team else tr("no team yet")
        strokes.text(row, words if len(lane.bars) == whole else model.summary(lane), palette.secondary)
        days, limit = longest_silence(plan, project.id), plan.roadmap.silence_limit_days
        value = day_text(lane.first_value) if lane.first_value else tr("never")
        silence = tr("{length} of {limit}").format(length=short_length_text(days), limit=short_length_text(limit))
        for label, said, name in (
            (tr("First value"), value, strokes.accent(project.accent).full),
            (tr("Longest silence"), silence if whole else "–", palette.bad if days > limit else palette.text),
        ):
            row.translate(0, LINE * unit)
            width = strokes.font(11.5).horizontalAdvance(label) + 8 * unit
            strokes.text(row, label, palette.secondary)
            strokes.font(11.5, QFont.Weight.DemiBold)
            strokes.text(row.adjusted(width, 0, 0, 0), said, name)


def fold_place(rect: QRectF, lane: Lane, unit: float) -> QRectF:
    """Return where the mark stands that makes a lane low or high, in the strip before its row."""
    middle = QPointF(rect.right() - 5 * unit, rect.top() + (FOLD_AT - 6 * lane.collapsed) * unit)
    return _around(middle, unit)


def rows_place(rect: QRectF, lane: Lane, unit: float) -> QRectF | None:
    """Return where the mark stands that gives each increment a row; None where it has no sense."""
    if lane.collapsed or not lane.bars:
        return None
    return _around(QPointF(rect.right() - 5 * unit, rect.top() + ROWS_AT * unit), unit)


def _around(middle: QPointF, unit: float) -> QRectF:
    return QRectF(middle.x() - MARK * unit, middle.y() - MARK * unit, 2 * MARK * unit, 2 * MARK * unit)


def paint_marks(painter: QPainter, rect: QRectF, lane: Lane, theme: Theme) -> None:
    """Paint before a lane's title what opens and closes it, and below that what shows its increments row by row."""
    unit = theme.unit
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.palette.secondary))
    reach = 3.5 * unit
    corners = [QPointF(-reach, -reach * 0.6), QPointF(reach, -reach * 0.6), QPointF(0, reach)]
    if lane.collapsed:
        corners = [QPointF(p.y(), p.x()) for p in corners]
    middle = fold_place(rect, lane, unit).center()
    painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
    rows = rows_place(rect, lane, unit)
    if rows is not None:
        painter.setBrush(colour(theme.palette.accent if lane.expanded else theme.palette.secondary))
        for n in (-1, 0, 1):
            painter.drawRect(QRectF(rows.center().x() - reach, rows.center().y() + n * 3 * unit, 2 * reach, 1.2 * unit))
    painter.restore()
