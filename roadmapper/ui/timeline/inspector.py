"""Inspector: what is selected, in full, at the right of the timeline; every field is one edit with its own undo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.inspector_deeds import InspectorDeeds
from roadmapper.ui.timeline.inspector_others import sheet_of
from roadmapper.ui.timeline.inspector_sheet import Sheet
from roadmapper.ui.timeline.inspector_view import SheetView
from roadmapper.ui.timeline.inspector_words import rate_of
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.workspace import PlanDelta

WIDTH = 292
SAID_BY_ALL = frozenset({"roadmaps", "teams"})
"""Tables whose every change may be seen: in limits and currency, or among the teams to choose from."""


class Inspector(QScrollArea):
    """Shows what is selected: one thing, several, or the roadmap where nothing is.

    What is typed is handed over before anything else is shown; what cannot be read is said and let go then.
    """

    split_wanted = Signal(str)
    scope_wanted = Signal(str)
    project_wanted = Signal(str)
    settings_wanted = Signal()
    increment_wanted = Signal(str)

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._selection = selection
        self._theme = theme
        self._today = today
        self._leaving = False
        self._view: SheetView | None = None
        self._deeds = InspectorDeeds(editor, selection)
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Details"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(round(WIDTH * theme.unit))
        self.setFrameShape(QFrame.Shape.NoFrame)
        editor.opened.connect(self.refresh)
        editor.changed.connect(self._follow)
        selection.changed.connect(self._turn)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel as wide as the view: its texts wrap at that width and at no other."""
        super().resizeEvent(event)
        if self._view is not None:
            self._view.setFixedWidth(self.viewport().width())
            self._view.fit()

    def open_details(self) -> None:
        """Put the focus into the first field."""
        first = self._view.first() if self._view is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, today: date) -> None:
        """Show another day as today; what is being typed stays, and is read by that day."""
        self._today = today
        if self._view is not None:
            self._view.show_day(today)
            self._show()

    def refresh(self) -> None:
        """Show everything anew: another roadmap may be open, and whoever works here may do other things."""
        view = SheetView(
            self._theme, self._today, self._titles, editable=self._editor.may_plan, fields=self._editor.plans
        )
        view.told.connect(self._take)
        view.refused.connect(self._editor.refused)
        old, self._view = self.takeWidget(), view
        if old is not None:
            for field in old.findChildren(QWidget):
                field.blockSignals(True)  # what is typed in them is no longer about what is shown
            old.deleteLater()
        self.setWidget(view)
        view.setFixedWidth(self.viewport().width())
        self._show()

    def _show(self) -> None:
        """Show what is selected now, as the plan is now."""
        if self._leaving:
            return
        if self._view is None:
            self.refresh()
            return
        ids, before = self._selection.ids, self._view.sheet
        sheet = sheet_of(self._editor.plan, ids, self._today, editable=self._editor.may_plan)
        self._deeds.ids = sheet.ids
        self._view.show_sheet(sheet)
        if before is None or before.ids != sheet.ids:
            self.verticalScrollBar().setValue(0)

    def _turn(self) -> None:
        """Hand over what is typed while it is still known whose it is, and show what is selected now."""
        view = self._view
        if view is not None and view.sheet is not None and not self._leaving and self._is_there(view.sheet):
            self._leaving = True
            try:
                view.settle()
            finally:
                self._leaving = False
        self._show()

    def _is_there(self, sheet: Sheet) -> bool:
        plan = self._editor.plan
        tables = (plan.increments, plan.checkpoints, plan.projects, plan.links)
        return all(any(key in table for table in tables) for key in sheet.ids)

    def _follow(self, delta: PlanDelta) -> None:
        """Show what an edit changed here, if it did."""
        sheet = self._view.sheet if self._view is not None else None
        if sheet is None or any(concerns(sheet, change) for change in delta.changes):
            self._show()

    def _take(self, name: str, value: Any) -> None:
        """Do what a field or a button says; a field whose edit came to nothing shows again what is so."""
        project = str(value or "")
        if name == "go":
            self._selection.set([EntityId(project)])
        elif name == "split":
            self.split_wanted.emit(project)
        elif name == "scope":
            self.scope_wanted.emit(project)
        elif name == "project":
            self.project_wanted.emit(project)
        elif name == "increment":
            self.increment_wanted.emit(project)
        elif name == "settings":
            self.settings_wanted.emit()
        elif self._deeds.do(name, value) is False and self._view is not None and not self._leaving:
            self._view.put_back(name)

    def _titles(self) -> Mapping[str, EntityId]:
        """Return what the selected increment could come after, by title; of two of the same, with their projects."""
        plan, ids = self._editor.plan, self._deeds.ids
        taken = {k.before for key in ids for k in plan.links_by_increment.get(key, ()) if k.after == key} | set(ids)
        found: dict[str, EntityId] = {}
        for increment in plan.increments.values():
            if increment.id not in taken and increment.counts:
                title = increment.title
                if title in found:
                    title = f"{title} · {plan.projects[increment.project].title}"
                if title in found:
                    title = f"{title} ({increment.id})"
                found[title] = increment.id
        return found


def concerns(sheet: Sheet, change: Any) -> bool:
    """Return whether something on a sheet may read otherwise after a change of one entity."""
    if change.key in sheet.watched or change.table in SAID_BY_ALL:
        return True
    for entity in (change.before, change.after):
        if entity is None:
            continue
        if getattr(entity, "project", None) in sheet.projects:
            return True
        if change.table == "links" and (entity.before in sheet.ids or entity.after in sheet.ids):
            return True
    if change.table == "decisions":
        return bool(sheet.ids)
    return sheet.ranked and change.table == "increments" and _rate(change.before) != _rate(change.after)


def _rate(increment: Increment | None) -> float | None:
    return rate_of(increment) if increment is not None else None
