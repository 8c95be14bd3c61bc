"""StepDialog: the plan as it stood after a step of the journal, what it has otherwise than now, and the way back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.difference import differences
from roadmapper.ui.dialogs.roadmap_preview import RoadmapPreview
from roadmapper.ui.dialogs.sheet import Sheet, heading
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.edits.restores import decided_since, restore


class StepDialog(Sheet):
    """Shows the plan of then; taken, the plan of now is to become that. Without *back* it can only be looked at."""

    def __init__(
        self,
        now: Plan,
        then: Plan,
        when: str,
        label: str,
        since: int,
        today: date,
        *,
        back: bool,
        parent: QWidget | None = None,
    ) -> None:
        words = f"{when} · {label}."
        if back:
            keeps = tr("The plan becomes what it was then, in one step that can be undone.")
            words = f"{words} {keeps} {tr('Decisions of the CMO and baselines are kept.')}"
        title = tr("Go back to here") if back else tr("The plan as it stood")
        super().__init__(title, words, tr("&Go back to here"), parent)
        after = restore(now, then) if back else then
        self.notes = PlainLabel()
        self.notes.setAccessibleName(tr("What would change") if back else tr("What it has otherwise than now"))
        self.preview = RoadmapPreview(now, today)
        self.preview.show_plan(after)
        self.notes.setText("\n".join(_lines(now, then, after, since if back else 0)))
        self.body.addWidget(heading(self.notes.accessibleName()))
        self.body.addWidget(self.notes)
        self.body.addWidget(heading(tr("The roadmap then")))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.preview.accessibleName())
        area.setWidget(self.preview)
        area.setMinimumHeight(steps(self, 30))
        self.body.addWidget(area, 1)
        self.want(130, 95)
        if not back:
            self.take.hide()
            self.cancel.setText(tr("Close"))
            self.cancel.setDefault(True)
        elif after.tables() == now.tables():
            self.refuse(tr("The plan is as it was then: there is nothing to take back."))


def _lines(now: Plan, then: Plan, after: Plan, since: int) -> list[str]:
    lines = differences(now, after)
    kept = decided_since(now, then) if since else []
    if kept:
        lines.append(
            trn(
                "{n} decision made since then is kept, with the consult and the project it is about.",
                "{n} decisions made since then are kept, with the consults and the projects they are about.",
                len(kept),
            )
        )
    if since:
        lines.append(
            trn(
                "{n} step made since then is taken back; Undo brings it back.",
                "{n} steps made since then are taken back; Undo brings them back.",
                since,
            )
        )
    return lines
