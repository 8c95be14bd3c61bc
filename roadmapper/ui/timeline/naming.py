"""NamingView: the timeline on which increments are made and named in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from roadmapper.domain.dates import DateSpan, later, monday
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.grouping import NO_TEAM, STATUSES, Grouping
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.dragging import DragView
from roadmapper.ui.timeline.namer import Namer
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.edits.increments import add_increment, change_increment
from roadmapper.workspace.edits.labels import increment_added

NEW_DAYS = 26
NARROWEST = 180.0


class NamingView(DragView):
    """The timeline with a line in which the title of a bar is typed, now and then."""

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(editor, selection, theme, today, parent)
        self._namer: Namer | None = None
        self._named: EntityId | None = None

    @property
    def naming(self) -> bool:
        """Return whether a title is being typed."""
        return self._namer is not None

    def add_in_lane(self, number: int, day: date) -> None:
        """Make a new increment in a lane; where that is not a project's, in the project of its bar nearest to *day*.

        The new one gets what the lane has in common: its team, or its status.
        """
        lane = self.lanes.lanes[number]
        if lane.project is not None:
            self.add_increment(lane.project.id, day)
            return
        near = min(lane.bars, key=lambda bar: abs((bar.increment.span.start - day).days), default=None)
        plan, grouping = self.editor.plan, self.arrangement.grouping
        projects = [near.increment.project] if near is not None else []
        if not projects and grouping is Grouping.TEAM:
            projects = [project.id for project in plan.projects_in_order if project.team == lane.key]
        if not projects and len(plan.projects) == 1:
            projects = list(plan.projects)
        if not projects:
            words = tr(
                "Nothing in “{lane}” tells of which project a new increment is: group by project to add one there."
            )
            self.editor.refused.emit(words.format(lane=lane.title))
            return
        increment = self._new(projects[0], day)
        if grouping is Grouping.TEAM:
            increment = replace(increment, team=lane.key if lane.key != NO_TEAM else None)
        elif grouping is Grouping.STATUS:
            increment = replace(increment, status=STATUSES[lane.key])
        self._add(increment)

    def add_increment(self, project: EntityId, day: date) -> None:
        """Make a new increment of four weeks from the Monday of *day*, and ask for its title."""
        self._add(self._new(project, day))

    def add_next(self, project: EntityId) -> None:
        """Make a new increment in the next free stretch after the selected bar of a project, or after its last one."""
        plan, focused = self.editor.plan, self.selection.focused
        spans = sorted(i.span for i in plan.increments_by_project.get(project, ()) if i.counts)
        chosen = plan.increments.get(focused) if focused is not None else None
        if chosen is not None and chosen.project == project:
            day = chosen.span.end
        else:
            day = max((span.end for span in spans), default=plan.projects[project].original.start)
        start = _monday_from(day)
        for span in spans:
            if span.end > start and span.start < later(start, NEW_DAYS):
                start = _monday_from(span.end)
        self.add_increment(project, start)

    def _new(self, project: EntityId, day: date) -> Increment:
        start = monday(day)
        span = DateSpan(start, later(start, NEW_DAYS))
        team = self.editor.plan.projects[project].team
        return Increment(new_id("inc"), project, tr("New increment"), span, team=team)

    def _add(self, increment: Increment) -> None:
        if self.editor.run(increment_added(increment.title), add_increment, increment):
            self.selection.set([increment.id])
            self.reveal(increment.id)
            self.rename()

    def rename(self) -> None:
        """Edit the title of the focused bar in place; clicking away keeps what was typed."""
        key = self.selection.focused
        rect = self.bar_rect(key) if key in self.editor.plan.increments and key is not None else None
        if rect is None or key is None or not self.editor.may_plan:
            return
        self._close_namer()
        namer = Namer(self.editor.plan.increments[key].title, self.viewport())
        width = max(rect.width(), NARROWEST * self.theme.unit)
        left = min(max(rect.left(), 0.0), max(self.viewport().width() - width, 0.0))
        height = max(rect.height(), float(namer.sizeHint().height()))
        namer.setGeometry(QRectF(left, rect.center().y() - height / 2, width, height).toRect())
        self._namer, self._named = namer, key
        namer.editingFinished.connect(self._named_anew)
        namer.show()
        namer.selectAll()
        namer.setFocus()

    def _named_anew(self) -> None:
        namer, key, self._namer = self._namer, self._named, None
        if namer is None or key is None:
            return
        if namer.hasFocus():
            self.setFocus()
        namer.hide()
        namer.deleteLater()
        title = " ".join(namer.text().split())
        old = self.editor.plan.increments.get(key)
        if old is not None and title and title != old.title:
            self.editor.run(tr("Rename to “{title}”").format(title=title), _retitled, key, title)

    def _close_namer(self) -> None:
        if self._namer is not None:
            self._named_anew()

    def drop_name(self) -> None:
        """Put the line away; the title stays what it was."""
        if self._namer is not None:
            namer, self._namer = self._namer, None
            namer.hide()
            namer.deleteLater()
            self.setFocus()


def _monday_from(day: date) -> date:
    """Return *day* if that is a Monday, else the next one."""
    return monday(later(day, 6))


def _retitled(plan: Plan, key: EntityId, title: str) -> Plan:
    return change_increment(plan, replace(plan.increments[key], title=title))
