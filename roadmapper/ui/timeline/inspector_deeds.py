"""InspectorDeeds: what the fields of the inspector do to what is selected, each as one edit with its own undo."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.edits.fields import add_consult, finish_on, start_on, with_checkpoint, with_increment
from roadmapper.workspace.edits.links import delete_link


class InspectorDeeds(QObject):
    """Changes what has the *key*; *undone* is sent when nothing came of it, so that the fields show what is."""

    undone = Signal()

    def __init__(self, editor: Editor, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._selection = selection
        self.key: EntityId | None = None

    def _run(self, label: str, edit: Any, *args: Any, **named: Any) -> None:
        if self.key is not None and not self._editor.run(label, edit, self.key, *args, **named):
            self.undone.emit()

    def set_outcome(self, text: str) -> None:
        """Keep the usable outcome."""
        self._run(tr("Change the usable outcome"), with_increment, {"usable_outcome": text})

    def set_title(self) -> None:
        """Keep the title; an empty one goes back to what it was."""
        field = self.sender()
        if not isinstance(field, QLineEdit):
            return
        field.setModified(False)
        text = " ".join(field.text().split())
        if text:
            self._run(tr("Rename to “{title}”").format(title=text), with_increment, {"title": text})
        else:
            self.undone.emit()

    def set_start(self, day: date) -> None:
        """Start on another day."""
        self._run(tr("Change the start"), start_on, day, push=self._selection.pushing)

    def set_finish(self, day: date) -> None:
        """Finish on another day."""
        self._run(tr("Change the finish"), finish_on, day, push=self._selection.pushing)

    def set_effort(self, effort: float | None) -> None:
        """Keep the person-weeks."""
        self._run(tr("Change the effort"), with_increment, {"effort_pw": effort})

    def set_revenue(self, minor: int | None) -> None:
        """Keep the revenue a month."""
        self._run(tr("Change the revenue"), with_increment, {"revenue_per_month": minor})

    def set_actual(self, minor: int | None) -> None:
        """Keep the revenue a month that was seen."""
        self._run(tr("Change the actual revenue"), with_increment, {"actual_per_month": minor})

    def set_confidence(self, index: int) -> None:
        """Keep how sure that is."""
        field = self.sender()
        if isinstance(field, QComboBox):
            self._run(tr("Change the confidence"), with_increment, {"confidence": field.itemData(index)})

    def set_status(self, index: int) -> None:
        """Keep the status."""
        self._run(tr("Change the status"), with_increment, {"status": list(Status)[index]})

    def set_pinned(self, on: bool) -> None:
        """Pin, or let go."""
        self._run(tr("Pin") if on else tr("Unpin"), with_increment, {"pinned": on})

    def set_day(self, day: date) -> None:
        """Move a checkpoint."""
        self._run(tr("Move a checkpoint"), with_checkpoint, {"day": day})

    def set_question(self, text: str) -> None:
        """Keep the question of a checkpoint."""
        self._run(tr("Change a question"), with_checkpoint, {"question": text})

    def remove_link(self) -> None:
        """Remove the link of the button."""
        self._editor.run(tr("Remove a link"), delete_link, EntityId(property_of(self.sender(), "key")))

    def add_checkpoint(self) -> None:
        """Add a checkpoint in the gap of the button."""
        button = self.sender()
        start, end = (date.fromisoformat(property_of(button, name)) for name in ("start", "end"))
        project = EntityId(property_of(button, "project"))
        self._editor.run(tr("Add a checkpoint"), add_consult, project, DateSpan(start, end))


def property_of(sender: QObject | None, name: str) -> str:
    """Return a property of what sent a signal, in text."""
    return str(sender.property(name)) if sender is not None else ""
