"""RestoreDialog: asks which earlier state of the roadmap is to come back, and shows what that would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.difference import differences
from roadmapper.planning.phrases import NO_BREAK, day_text
from roadmapper.ui.dialogs.roadmap_preview import RoadmapPreview
from roadmapper.ui.dialogs.sheet import Sheet, heading
from roadmapper.ui.files import BackupInfo
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.tables import Cell, TextTable
from roadmapper.workspace.edits.restores import decided_since, restore

PAUSE_MS = 20


def moment_text(when: datetime) -> str:
    """Return an instant as the clock on the wall shows it, such as ``21 Nov 2026 14:30``."""
    local = when.astimezone()
    return f"{day_text(local.date())}{NO_BREAK}{local:%H:%M}"


class RestoreDialog(Sheet):
    """Ask for a backup; only one that can be read, and that differs from now, can be taken."""

    def __init__(
        self,
        plan: Plan,
        backups: Sequence[BackupInfo],
        plan_of: Callable[[BackupInfo], Plan],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            tr("Restore an earlier state"),
            tr("The roadmap becomes what it was then, in one step that can be undone. Decisions of the CMO are kept."),
            tr("&Restore this state"),
            parent,
        )
        self._plan = plan
        self._backups = list(backups)
        self._plan_of = plan_of
        self._unread = [n for n, b in enumerate(backups) if not b.why]
        self._reader = QTimer(self, interval=PAUSE_MS)
        self._reader.timeout.connect(self._read_one)
        self._then: Plan | None = None
        self.table = TextTable(tr("Backups of this roadmap"))
        self.notes = PlainLabel()
        self.notes.setAccessibleName(tr("What would change"))
        self.preview = RoadmapPreview(plan, today)
        self._place()
        self._fill()

    @property
    def backup(self) -> BackupInfo | None:
        """Return the backup that is chosen, or None where there are none."""
        row = self.table.currentIndex().row()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def then(self) -> Plan | None:
        """Return the plan in the backup that is chosen, or None while it cannot be restored."""
        return self._then

    @override
    def done(self, result: int) -> None:
        """Close, and read no more."""
        self._reader.stop()
        super().done(result)

    @override
    def accept(self) -> None:
        """Close with the backup, if it can be restored."""
        if self._then is not None:
            super().accept()

    def _place(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(steps(self, 4))
        upper.addLayout(_column(heading(tr("Backups")), self.table, self), 4)
        upper.addLayout(_column(heading(tr("What would change")), _scrolling(self.notes), self), 5)
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(upper, 2)
        self.table.setMinimumSize(steps(self, 50), self.table.height_of(6))
        self.body.addWidget(heading(tr("The roadmap then")))
        area = _scrolling(self.preview)
        area.setMinimumHeight(steps(self, 30))
        self.body.addWidget(area, 3)
        self.want(140, 100)

    def _fill(self) -> None:
        self._show_rows()
        self.table.selectionModel().currentRowChanged.connect(self._look)
        usable = [n for n, b in enumerate(self._backups) if not b.why]
        # The newest one that is not the state of now: that is what somebody who comes here is looking for.
        first = next((n for n in usable if self._backups[n].since), usable[0] if usable else 0)
        if self._backups:
            self.table.selectRow(first)
            self.table.setFocus()
        self._look()
        self._reader.start()

    def _show_rows(self) -> None:
        columns = (tr("Made"), tr("Edits in it"), tr("Edits since"))
        chosen = self.table.currentIndex().row()
        self.table.show_rows(columns, [self._row(b) for b in self._backups])
        if chosen >= 0:
            self.table.selectRow(chosen)

    def _read_one(self) -> None:
        """Read one more backup whole, between what the user does, and say so where it is damaged."""
        if not self._unread:
            self._reader.stop()
            return
        number = self._unread.pop(0)
        try:
            self._plan_of(self._backups[number])
        except Refused as refusal:
            self._backups[number] = replace(self._backups[number], why=str(refusal))
            self._show_rows()
            self._look()

    def _row(self, backup: BackupInfo) -> list[Cell | str]:
        grey = self.colours.faint if backup.why else ""
        made = moment_text(backup.when)
        if backup.why:
            made = tr("{when} (damaged)").format(when=made)
        return [
            Cell(made, colour=grey),
            Cell(str(backup.edits), colour=grey, right=True),
            Cell(str(backup.since), colour=grey, right=True),
        ]

    def _look(self) -> None:
        """Show what would come of the chosen backup."""
        self._then = None
        backup = self.backup
        if backup is None:
            self._fail(tr("There is no backup of this roadmap yet."))
            return
        if backup.why:
            self._fail(tr("This backup cannot be used: {why}").format(why=backup.why))
            return
        try:
            then = self._plan_of(backup)
        except Refused as refusal:
            self._fail(str(refusal))
            return
        after = restore(self._plan, then)
        lines = differences(self._plan, after)
        kept = decided_since(self._plan, then)
        if kept:
            lines.append(
                trn(
                    "{n} decision made since then is kept, with the consult and the project it is about.",
                    "{n} decisions made since then are kept, with the consults and the projects they are about.",
                    len(kept),
                )
            )
        if backup.since:
            lines.append(
                trn(
                    "{n} edit made since then is taken back; Undo brings it back.",
                    "{n} edits made since then are taken back; Undo brings them back.",
                    backup.since,
                )
            )
        self.notes.setText("\n".join(lines))
        self.preview.show_plan(after)
        self.preview.setEnabled(True)
        if after.tables() == self._plan.tables():
            self.refuse(tr("The roadmap is in this state now: choose an older one."))
            return
        self._then = then
        self.refuse("")

    def _fail(self, why: str) -> None:
        self.notes.setText("")
        self.preview.setEnabled(False)
        self.refuse(why)


def _column(head: QWidget, below: QWidget, dialog: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(steps(dialog))
    column.addWidget(head)
    column.addWidget(below, 1)
    return column


def _scrolling(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(widget.accessibleName())
    area.setWidget(widget)
    return area
