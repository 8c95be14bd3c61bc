"""ContextMenu: shows what can be done about what lies under the pointer or is selected, and does what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Link
from roadmapper.domain.wording import tr
from roadmapper.ui.timeline.entries import About, Entry
from roadmapper.ui.timeline.keys import KeyView
from roadmapper.ui.widgets.labels import unmarked
from roadmapper.workspace.edits.checkpoints import move_checkpoint
from roadmapper.workspace.edits.labels import consult_moved
from roadmapper.workspace.edits.links import add_link, change_lag


class ContextMenu(QObject):
    """The menu of the timeline, made anew each time it is opened, of what is possible then and for whom."""

    def __init__(self, view: KeyView) -> None:
        super().__init__(view)
        self._view = view
        self._menu: QMenu | None = None
        self._told: list[Entry] = []
        # What a menu is about may be gone once the plan has changed under it.
        view.editor.changed.connect(self.close)
        view.editor.opened.connect(self.close)

    @property
    def shown(self) -> QMenu | None:
        """Return the menu that is open, or None."""
        menu = self._menu
        return menu if menu is not None and shiboken6.isValid(menu) and menu.isVisible() else None

    def open(self, about: About, at: QPoint) -> None:
        """Open the menu about something at a point of the screen."""
        self.show_entries(about.entries(), at)

    def show_entries(self, entries: Sequence[Entry], at: QPoint) -> None:
        """Open a menu of *entries* at a point of the screen; it goes when something is chosen, or elsewhere clicked."""
        self.close()
        menu = QMenu(self._view)
        self._told = []
        self._fill(menu, entries)
        menu.triggered.connect(self._chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        self._menu = menu
        if menu.actions():
            menu.popup(at)

    def close(self) -> None:
        """Put the menu away."""
        if self.shown is not None:
            self.shown.close()

    def _fill(self, menu: QMenu, entries: Sequence[Entry]) -> None:
        """Fill a menu; a command that is not there for whoever works here is left out, and so are lines at its ends."""
        line = False
        for entry in entries:
            if entry == Entry():
                line = not menu.isEmpty()
                continue
            command = self._view.commands.get(entry.command)
            if entry.command and (command is None or not command.isVisible()):
                continue
            if line:
                menu.addSeparator()
                line = False
            if command is not None:
                menu.addAction(command)
            elif entry.entries:
                self._fill(menu.addMenu(unmarked(entry.words)), entry.entries)
            else:
                self._add(menu, entry)

    def _add(self, menu: QMenu, entry: Entry) -> None:
        action = menu.addAction(unmarked(entry.words))
        action.setData(len(self._told))
        action.setEnabled(bool(entry.deed) or entry.step is not None)
        if entry.checked is not None:
            action.setCheckable(True)
            action.setChecked(entry.checked)
        self._told.append(entry)

    def _chosen(self, action: QAction) -> None:
        number = action.data()
        if not isinstance(number, int) or not 0 <= number < len(self._told):
            return  # a command of the window, which does it itself
        entry = self._told[number]
        if entry.step is not None:
            self._view.editor.run(entry.step.label, entry.step.edit, *entry.step.args)
        elif entry.deed:
            getattr(self, f"_{entry.deed}")(entry.about)

    def _details(self, _: Any) -> None:
        self._view.details_wanted.emit()

    def _show(self, key: EntityId) -> None:
        self._view.selection.set([key])
        self._view.reveal(key)

    def _add_here(self, where: tuple[EntityId, Any]) -> None:
        number = self._view.lanes.numbers.get(where[0])
        if number is not None:
            self._view.add_in_lane(number, where[1])

    def _expand(self, what: tuple[EntityId, bool]) -> None:
        self._view.expand(*what)

    def _fold(self, what: tuple[EntityId, bool]) -> None:
        self._view.collapse(*what)

    def _lag(self, key: EntityId) -> None:
        plan = self._view.editor.plan
        if key not in plan.links:
            return
        dialog = _questions().LagDialog(plan, plan.links[key], self._view.window())
        if dialog.exec():
            self._view.editor.run(tr("Change a lag"), change_lag, key, dialog.days.value())

    def _move(self, key: EntityId) -> None:
        plan = self._view.editor.plan
        if key not in plan.checkpoints:
            return
        dialog = _questions().DayDialog(plan.checkpoints[key].day, self._view.window())
        if dialog.exec():
            day = dialog.day.day
            self._view.editor.run(consult_moved(plan, key, day), move_checkpoint, key, day)

    def _link(self, key: EntityId) -> None:
        plan = self._view.editor.plan
        if key not in plan.increments:
            return
        dialog = _questions().TargetDialog(plan, key, self._view.window())
        if dialog.exec():
            link = Link(new_id("link"), key, dialog.chosen())
            title = plan.increments[dialog.chosen()].title
            self._view.editor.run(tr("Link to “{title}”").format(title=title), add_link, link)


def _questions() -> Any:
    return import_module("roadmapper.ui.dialogs.timeline_questions")  # nobody asks before the window stands
