"""RescueDialog: shows what can be had of a damaged roadmap - read from it, or from a backup - and asks which."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QScrollArea, QWidget
from typing_extensions import override

from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.difference import differences
from roadmapper.ui.dialogs.restore_dialog import moment_text
from roadmapper.ui.dialogs.roadmap_preview import RoadmapPreview
from roadmapper.ui.dialogs.sheet import Sheet, heading
from roadmapper.ui.files import Wreck
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps


class RescueDialog(Sheet):
    """Ask what is put in the place of a damaged file; *from_backup* is the answer."""

    def __init__(self, wreck: Wreck, today: date, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("“{name}” is damaged").format(name=wreck.path.name),
            tr("It was not touched. What you choose takes its place; the damaged file is moved aside, never deleted."),
            tr("&Restore"),
            parent,
        )
        self._wreck = wreck
        self.read = QRadioButton(tr("&What can still be read of it"))
        self.backup = QRadioButton(tr("The newest good &backup"))
        if wreck.backup is not None:
            self.backup.setText(tr("The &backup of {when}").format(when=moment_text(wreck.backup.when)))
        self.read.setEnabled(wreck.plan is not None)
        self.backup.setEnabled(wreck.then is not None)
        group = QButtonGroup(self)
        for button in (self.read, self.backup):
            group.addButton(button)
        self.why = PlainLabel(wreck.why)
        self.notes = PlainLabel()
        self.notes.setAccessibleName(tr("What would be there, and what would be lost"))
        self.preview: RoadmapPreview | None = None
        self._today = today
        self._place()
        # A backup that holds as much is the better one: its steps can be undone.
        as_much = wreck.then is not None and wreck.plan is not None and wreck.plan.tables() == wreck.then.tables()
        first = self.backup if as_much or (wreck.then is not None and not wreck.whole) else self.read
        first.setChecked(first.isEnabled())
        group.buttonToggled.connect(self._look)
        self._look()
        self.want(110, 84)

    @property
    def from_backup(self) -> bool:
        """Return whether the backup was chosen."""
        return self.backup.isChecked()

    def chosen(self) -> Plan | None:
        """Return the plan that would be restored, or None where there is none."""
        if self.backup.isChecked():
            return self._wreck.then
        return self._wreck.plan if self.read.isChecked() else None

    @override
    def accept(self) -> None:
        """Close with the choice, if there is anything to choose."""
        if self.chosen() is not None:
            super().accept()

    def _place(self) -> None:
        self.body.addWidget(self.why)
        self.body.addWidget(self.read)
        self.body.addWidget(self.backup)
        self.body.addWidget(heading(tr("What would be there, and what would be lost")))
        self.body.addWidget(self.notes)
        shown = self._wreck.plan or self._wreck.then
        if shown is not None:
            self.preview = RoadmapPreview(shown, self._today)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setMinimumHeight(steps(self, 26))
            area.setWidget(self.preview)
            self.body.addWidget(heading(tr("The roadmap then")))
            self.body.addWidget(area, 1)
        else:
            self.body.addStretch(1)

    def _look(self) -> None:
        plan = self.chosen()
        if plan is None:
            self.notes.setText("\n".join(self._wreck.notes))
            self.refuse(tr("Nothing can be read of it, and there is no backup: ask whoever has a copy."))
            return
        self.notes.setText("\n".join(self._lines()))
        if self.preview is not None:
            self.preview.show_plan(plan)
        self.refuse("")

    def _lines(self) -> list[str]:
        wreck = self._wreck
        if not self.from_backup:
            return [*wreck.notes, tr("Its steps cannot be undone any more: its journal begins anew.")]
        said = [tr("Its steps can be undone as before.")]
        if wreck.plan is None or wreck.then is None:
            return [*said, tr("What was edited after it is lost; nothing can be read to compare it with.")]
        if wreck.plan.tables() == wreck.then.tables():
            return [*said, tr("It holds all that can be read of the damaged file.")]
        return [
            *said,
            tr("Against what can still be read, this is what would be otherwise:"),
            *differences(wreck.plan, wreck.then),
        ]
