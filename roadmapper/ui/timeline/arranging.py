"""Arranging: by what the lanes are grouped, which of them are low, and in what order they lie."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from roadmapper.chart.lanes import Arrangement
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.grouping import Grouping
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.edits.lanes import place_project

MOST_REMEMBERED = 500


class Arranging(QObject):
    """Commands that arrange the lanes; only the order of the projects is part of the plan, the rest is remembered."""

    changed = Signal()

    def __init__(self, editor: Editor, canvas: TimelineCanvas, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self._editor = editor
        self._selection = selection
        self._settings: Settings | None = None
        self._told: Arrangement | None = None
        self._group = QActionGroup(self)
        for grouping, words in (
            (Grouping.PROJECT, tr("&Project")),
            (Grouping.TEAM, tr("&Team")),
            (Grouping.STATUS, tr("&Status")),
            (Grouping.NONE, tr("&Nothing")),
        ):
            action = QAction(words, self._group)
            action.setCheckable(True)
            action.setData(grouping.value)
        self._group.triggered.connect(self._chosen)
        canvas.laid_out.connect(self._laid_out)
        self._laid_out()

    @property
    def grouping(self) -> Grouping:
        """Return what the increments of a lane have in common."""
        return self.canvas.arrangement.grouping

    @property
    def words(self) -> str:
        """Return by what the lanes are grouped."""
        checked = self._group.checkedAction()
        return checked.text().replace("&", "") if checked is not None else ""

    @property
    def orderable(self) -> bool:
        """Return whether the lanes have an order that whoever works here may change."""
        return self.grouping is Grouping.PROJECT and self._editor.may_plan

    def menu(self, parent: QWidget) -> QMenu:
        """Return a menu in which one of the groupings is chosen."""
        menu = QMenu(parent)
        menu.addActions(self._group.actions())
        return menu

    def remember_in(self, settings: Settings) -> None:
        """Arrange the lanes as they were last, and remember from now on how they are."""
        words = settings.text("grouping", Grouping.PROJECT.value)
        grouping = Grouping(words) if words in {g.value for g in Grouping} else Grouping.PROJECT
        collapsed = frozenset(EntityId(key) for key in settings.texts("collapsed"))
        self.canvas.arrange(replace(self.canvas.arrangement, grouping=grouping, collapsed=collapsed))
        self._settings = settings

    def group_by(self, grouping: Grouping) -> None:
        """Make lanes of projects, of teams, of states, or one of all."""
        if grouping is not self.grouping:
            self.canvas.arrange(replace(self.canvas.arrangement, grouping=grouping, expanded=frozenset()))

    def _chosen(self, action: QAction) -> None:
        self.group_by(Grouping(action.data()))

    def collapse_all(self) -> None:
        """Make every lane a low strip."""
        old = self.canvas.arrangement
        keys = old.collapsed | {lane.key for lane in self.canvas.lanes.lanes}
        self.canvas.arrange(replace(old, collapsed=keys, expanded=frozenset()))

    def expand_all(self) -> None:
        """Open every low lane; where none is low, give each increment of every lane a row of its own."""
        old, lanes = self.canvas.arrangement, self.canvas.lanes.lanes
        expanded = old.expanded
        if not any(lane.collapsed for lane in lanes):
            expanded |= {lane.key for lane in lanes}
        keys = {lane.key for lane in lanes}
        self.canvas.arrange(replace(old, collapsed=old.collapsed - keys, expanded=expanded))

    def move_lane_up(self) -> None:
        """Put the lane in which the focus is above the one before it."""
        self._move(-1)

    def move_lane_down(self) -> None:
        """Put the lane in which the focus is below the one after it."""
        self._move(1)

    def _move(self, by: int) -> None:
        keys, key = [lane.key for lane in self.canvas.lanes.lanes], self._lane()
        if self._editor.editable and not self._editor.plans:
            words = tr("You work as the {role}: only a planner changes the plan. Nothing was changed.")
            self._editor.refused.emit(words.format(role=tr(self._editor.role)))
        elif not self.orderable:
            self._editor.refused.emit(tr("Only projects have an order of their own: group the lanes by project."))
        elif key is None or key not in keys:
            self._editor.refused.emit(tr("Select a project first: click into its lane."))
        elif 0 <= keys.index(key) + by < len(keys):
            below = keys.index(key) + (by if by < 0 else by + 1)
            self.place(key, keys[below] if below < len(keys) else None)

    def _lane(self) -> EntityId | None:
        """Return the project in whose lane the focus is."""
        plan, focused = self._editor.plan, self._selection.focused
        if focused is None or focused in plan.projects:
            return focused
        owner = plan.increments.get(focused) or plan.checkpoints.get(focused)
        return owner.project if owner is not None else None

    def place(self, key: EntityId, before: EntityId | None) -> None:
        """Put a project's lane just above another, or, where that is None, below the last that is shown."""
        plan, shown = self._editor.plan, self.canvas.lanes.numbers
        if before == key or key not in plan.projects:
            return
        order = [project.id for project in plan.projects_in_order if project.id != key]
        last = max((n for n, other in enumerate(order) if other in shown), default=-1)
        if before is None and last + 1 < len(order):
            before = order[last + 1]
        label = tr("Move the lane “{title}”").format(title=plan.projects[key].title)
        if self._editor.run(label, place_project, key, before):
            self.reveal(key)

    def reveal(self, key: EntityId) -> None:
        """Scroll until a lane can be seen."""
        number, canvas = self.canvas.lanes.numbers.get(key), self.canvas
        if number is None:
            return
        unit, bar = canvas.theme.unit, canvas.verticalScrollBar()
        top, bottom = canvas.lanes.tops[number] * unit, canvas.lanes.tops[number + 1] * unit
        room = canvas.viewport().height() - canvas.header
        if top < bar.value() or bottom - top > room:
            bar.setValue(round(top))
        elif bottom > bar.value() + room:
            bar.setValue(round(bottom - room))

    def _laid_out(self) -> None:
        """Tell and remember how the lanes are arranged now, if it is another way."""
        now, before = self.canvas.arrangement, self._told
        if now is before:
            return
        self._told = now
        for action in self._group.actions():
            action.setChecked(action.data() == now.grouping.value)
        if self._settings is not None and before is not None:
            if now.grouping is not before.grouping:
                self._settings.remember("grouping", now.grouping.value)
            if now.collapsed != before.collapsed:
                self._settings.remember("collapsed", [str(key) for key in sorted(now.collapsed)[:MOST_REMEMBERED]])
        self.changed.emit()
