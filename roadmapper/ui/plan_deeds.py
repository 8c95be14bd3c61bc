"""PlanDeeds: what the Edit and Plan menus do to what is selected - each an edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.agreed import in_force
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.timeline.canvas import TimelineCanvas
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.edits.checkpoints import delete_checkpoint
from roadmapper.workspace.edits.increments import delete_increments
from roadmapper.workspace.edits.labels import consult_deleted, increments_deleted, links_deleted
from roadmapper.workspace.edits.links import delete_links
from roadmapper.workspace.edits.projects import change_scope, delete_project, put_project
from roadmapper.workspace.edits.roadmaps import change_roadmap
from roadmapper.workspace.edits.splits import take_split
from roadmapper.workspace.edits.teams import change_teams


class PlanDeeds(QObject):
    """Commands on the plan; dialogs are read in when they are first asked for."""

    refused = Signal(str)
    timeline_wanted = Signal()

    def __init__(
        self,
        editor: Editor,
        selection: Selection,
        canvas: TimelineCanvas,
        window: QWidget,
        settings: Settings,
        today: Callable[[], date],
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._today = today
        self._editor = editor
        self._selection = selection
        self._canvas = canvas
        self._window = window

    def undo(self) -> None:
        """Take the last edit back, or only the drag under way."""
        if not self._canvas.take_back():
            self._editor.undo()

    def redo(self) -> None:
        """Repeat the edit that was taken back last."""
        self._editor.redo()

    def rename(self) -> None:
        """Edit the title of the focused increment in place, or the project in its dialog."""
        key = self._selection.focused
        if key in self._editor.plan.projects:
            self.change_one(str(key))
        else:
            self._canvas.rename()

    def delete(self) -> None:
        """Delete what is selected, as one step that can be undone."""
        plan, ids = self._editor.plan, self._selection.ids
        increments = [k for k in ids if k in plan.increments]
        if increments:
            self._editor.run(increments_deleted(plan, increments), delete_increments, increments)
        elif links := [k for k in ids if k in plan.links]:
            self._editor.run(links_deleted(plan, links), delete_links, links)
        elif ids and ids[-1] in plan.projects:
            title = plan.projects[ids[-1]].title
            self._editor.run(tr("Delete “{title}”").format(title=title), delete_project, ids[-1])
        elif ids and ids[-1] in plan.checkpoints:
            self._editor.run(consult_deleted(plan, ids[-1]), delete_checkpoint, ids[-1])

    def new_project(self) -> None:
        """Ask for a project and add it."""
        self._ask_project(None)

    def change_project(self) -> None:
        """Change the selected project."""
        project = self._project()
        if project is not None:
            self.change_one(project)

    def scope(self) -> None:
        """Enter or change what the selected project consists of."""
        project = self._project()
        if project is not None:
            self.scope_of(project)

    def split(self) -> None:
        """Propose a split of the selected project."""
        project = self._project()
        if project is not None:
            self.split_project(project)

    def new_increment(self) -> None:
        """Add an increment to the selected project, at its end."""
        project = self._project()
        if project is not None:
            self.add_increment_to(project)

    def teams(self) -> None:
        """Enter or change the teams and their days off."""
        dialog = import_module("roadmapper.ui.dialogs.team_dialog").TeamDialog(
            self._editor.plan, self._today(), parent=self._window
        )
        if not dialog.exec():
            return
        put, removed = dialog.result_teams()
        if put or removed:
            self._editor.run(tr("Change teams and days off"), change_teams, put, removed)

    def settings(self) -> None:
        """Change the roadmap's frame: title, horizon, limits."""
        dialog = import_module("roadmapper.ui.dialogs.new_roadmap").NewRoadmapDialog(
            self._editor.plan.roadmap, parent=self._window, agreement=in_force(self._editor.plan)
        )
        if dialog.exec():
            self._editor.run(tr("Change the roadmap"), change_roadmap, dialog.roadmap())

    def _project(self) -> str | None:
        plan, key = self._editor.plan, self._selection.focused
        if key in plan.projects:
            return key
        owner = plan.increments.get(key) or plan.checkpoints.get(key) if key else None
        if owner is not None:
            return owner.project
        if len(plan.projects) == 1:
            return next(iter(plan.projects))
        words = tr("Select a project first: click into its lane.")
        none = tr("There is no project yet: add one with Plan → New project… first.")
        self.refused.emit(words if plan.projects else none)
        return None

    def scope_of(self, project: str) -> None:
        """Enter or change what a project consists of."""
        key, plan = EntityId(project), self._editor.plan
        dialog = import_module("roadmapper.ui.dialogs.scope_dialog").ScopeDialog(
            plan, key, parent=self._window, settings=self._settings
        )
        if not dialog.exec():
            return
        put, removed = dialog.result_scope()
        if put or removed:
            label = tr("Change the scope of “{title}”").format(title=plan.projects[key].title)
            self._editor.run(label, change_scope, put, removed)

    def split_project(self, project: str) -> None:
        """Propose a split of a project and take it if the user does."""
        key = EntityId(project)
        dialog = import_module("roadmapper.ui.dialogs.split_dialog").SplitDialog(
            self._editor.plan, key, parent=self._window, settings=self._settings
        )
        if not dialog.exec():
            return
        proposal = dialog.proposal()
        if proposal is not None:
            title = self._editor.plan.projects[key].title
            label = tr("Split “{title}”").format(title=title)
            self._editor.run(label, take_split, proposal, dialog.chosen(), dialog.results())

    def change_one(self, project: str) -> None:
        """Change a project in its dialog."""
        self._ask_project(EntityId(project))

    def _ask_project(self, key: EntityId | None) -> None:
        plan = self._editor.plan
        old = plan.projects.get(key) if key else None
        dialog = import_module("roadmapper.ui.dialogs.project_dialog").ProjectDialog(plan, old, parent=self._window)
        if not dialog.exec():
            return
        project, team = dialog.result_project()
        label = tr("Change “{title}”") if old else tr("Add “{title}”")
        if self._editor.run(label.format(title=project.title), put_project, project, team):
            self._selection.set([project.id])

    def add_increment_to(self, project: str) -> None:
        """Add an increment to a project, in the next free stretch after what is selected there, or at its end."""
        self.timeline_wanted.emit()
        self._canvas.add_next(EntityId(project))
