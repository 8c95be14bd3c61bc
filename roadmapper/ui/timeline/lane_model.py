"""LaneModel: the lanes of the timeline and the increments in them as rows of a tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from roadmapper.chart.lanes import Lane
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.day_words import Ways, day_of_words
from roadmapper.planning.grouping import Grouping
from roadmapper.planning.phrases import day_text, effort_text, span_text
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.ui.editor import Editor
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.widgets.day_edit import written
from roadmapper.workspace.edits.fields import finish_on, start_on
from roadmapper.workspace.edits.increments import change_increment

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROOT = QModelIndex()
TITLE, START, FINISH, EFFORT = range(4)


class LaneModel(QAbstractItemModel):
    """Lanes, and under each its increments: title, start, finish, effort. Owns nothing but the order of rows."""

    def __init__(self, editor: Editor, canvas: TimelineCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._canvas = canvas
        self._lanes: list[Lane] = []

    def lane(self, row: int) -> Lane:
        """Return the lane of a row."""
        return self._lanes[row]

    def increment(self, index: Index) -> Increment | None:
        """Return the increment of a row, or None for a lane's."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._lanes[index.internalId() - 1].bars[index.row()].increment

    def index_of(self, key: EntityId) -> QModelIndex:
        """Return the row of a lane, or of an increment; none of one that has no row of its own."""
        number = self._canvas.lanes.numbers.get(key)
        if number is not None:
            return self.index(number, TITLE)
        found = self._canvas.lanes.find(key)
        if found is None or not self._lanes[found[0]].expanded:
            return QModelIndex()
        return self.index(found[1].row, TITLE, self.index(found[0], TITLE))

    def refresh(self) -> list[tuple[int, Lane | None]]:
        """Take over the lanes of the timeline; return the rows of those that changed, each with how it was before.

        Rows have no memory: where a lane holds as many increments as before, only what stands in its rows changes.
        """
        new = self._canvas.lanes.lanes
        if len(self._lanes) != len(new) or any(a.key != b.key for a, b in zip(self._lanes, new, strict=True)):
            self.beginResetModel()
            self._lanes = list(new)
            self.endResetModel()
            return [(row, None) for row in range(len(new))]
        changed: list[tuple[int, Lane | None]] = []
        for row, old in enumerate(self._lanes):
            if old is not new[row]:
                self._change(row, len(old.bars), new[row])
                changed.append((row, old))
        return changed

    def _change(self, row: int, before: int, lane: Lane) -> None:
        """Put *lane* into a row; increments that are more or fewer than *before* come and go at its end."""
        parent, now = self.index(row, TITLE), len(lane.bars)
        if now > before:
            self.beginInsertRows(parent, before, now - 1)
        elif now < before:
            self.beginRemoveRows(parent, now, before - 1)
        self._lanes[row] = lane
        if now > before:
            self.endInsertRows()
        elif now < before:
            self.endRemoveRows()
        self.dataChanged.emit(parent, self.index(row, EFFORT))
        if now and lane.expanded:
            self.dataChanged.emit(self.index(0, TITLE, parent), self.index(now - 1, EFFORT, parent))

    @override
    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return an index; a child's internal id is its lane's row + 1."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    @override
    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        """Return the lane's row of an increment."""
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many lanes, or how many increments in one, there are."""
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
            first = head_of(self._canvas.arrangement.grouping)
            return (first, tr("Start"), tr("Finish"), tr("Effort"))[section]
        if role == Role.TextAlignmentRole and section == EFFORT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows, edits, or says to a screen reader."""
        increment = self.increment(index)
        if increment is None:
            return self._of_lane(self._lanes[index.row()], index.column(), role)
        column = index.column()
        if role in (Role.DisplayRole, Role.EditRole):
            days = {START: increment.span.start, FINISH: increment.span.finish}
            if column in days:
                return day_text(days[column])
            return increment.title if column == TITLE else effort_text(increment.effort_pw)
        if role == Role.AccessibleTextRole:
            outcome = increment.usable_outcome or tr("groundwork")
            words = f"{increment.title}, {span_text(increment.span)}, {tr(increment.status.value)}, {outcome}"
            return words if self._by_project else f"{words}, {self.home(increment)}"
        if role == Role.TextAlignmentRole and column == EFFORT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def home(self, increment: Increment) -> str:
        """Return the title of an increment's project."""
        project = self._editor.plan.projects.get(increment.project)
        return project.title if project is not None else ""

    @property
    def _by_project(self) -> bool:
        return self._canvas.arrangement.grouping is Grouping.PROJECT

    def _of_lane(self, lane: Lane, column: int, role: int) -> Any:
        if role == Role.AccessibleDescriptionRole:
            return self.summary(lane)
        if role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        if column == TITLE:
            low = role == Role.AccessibleTextRole and lane.collapsed
            return tr("{lane}, collapsed").format(lane=lane.title) if low else lane.title
        if column == EFFORT:
            return effort_text(self.effort(lane))
        if lane.project is not None:
            return day_text(lane.project.original.start if column == START else lane.project.original.finish)
        spans = [bar.increment.span for bar in lane.bars]
        if not spans:
            return ""
        return day_text(min(s.start for s in spans) if column == START else max(s.finish for s in spans))

    def effort(self, lane: Lane) -> float | None:
        """Return the person-weeks of a lane; None if unknown."""
        if lane.project is not None:
            return effort_of(self._editor.plan, lane.project.id)
        return _sum(bar.increment.effort_pw for bar in lane.bars if bar.increment.counts)

    def summary(self, lane: Lane) -> str:
        """Return how many increments and checkpoints a lane holds, and how many of them a filter hides."""
        shown = len(lane.bars)
        whole = len(self._editor.plan.increments_by_project.get(lane.key, ())) if lane.project is not None else shown
        words = trn("{n} increment", "{n} increments", whole)
        if shown != whole:
            words = tr("{shown} of {n}").format(shown=shown, n=words)
        return words + " · " + trn("{n} consult", "{n} consults", len(lane.diamonds))

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
        today = self._canvas.today
        return self._editor.run(label, _changed, increment.id, index.column(), str(value), today, push=push)


def head_of(grouping: Grouping) -> str:
    """Return what stands above the titles of lanes and increments."""
    return {
        Grouping.PROJECT: tr("Project / increment"),
        Grouping.TEAM: tr("Team / increment"),
        Grouping.STATUS: tr("Status / increment"),
        Grouping.NONE: tr("Increment"),
    }[grouping]


def effort_of(plan: Plan, project: EntityId) -> float | None:
    """Return the person-weeks of a project's increments and of the scope that stands in none; None if unknown."""
    planned = [i.effort_pw for i in plan.increments_by_project.get(project, ()) if i.counts]
    waiting = [i.effort_pw for i in plan.scope_by_project.get(project, ()) if i.increment is None]
    return _sum((*planned, *waiting))


def _sum(efforts: Iterable[float | None]) -> float | None:
    known = [effort for effort in efforts if effort is not None]
    return sum(known) if known else None


def _changed(plan: Plan, key: EntityId, column: int, value: str, today: date, *, push: bool) -> Plan:
    old = plan.increments[key]
    if column == TITLE:
        return change_increment(plan, replace(old, title=" ".join(value.split())))
    starting, roadmap = column == START, plan.roadmap
    base = old.span.start if starting else old.span.finish
    calendar = WorkingCalendar(roadmap.country)
    ways = Ways("", base, roadmap.fiscal_year_month, finishing=not starting, calendar=calendar)
    day = day_of_words(value, today, written(QLocale(), ways))
    return (start_on if starting else finish_on)(plan, key, day, push=push)
