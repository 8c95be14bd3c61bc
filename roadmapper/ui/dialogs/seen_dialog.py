"""SeenDialog: the picture that was seen when a decision was made, and the project's timeline as it was then."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.preview import Preview
from roadmapper.ui.dialogs.sheet import Sheet, heading


class SeenDialog(Sheet):
    """Shows what is handed in, read only: *picture* shows the checkpoint, *plan* is the plan of then."""

    def __init__(
        self,
        told: str,
        picture: QWidget,
        plan: Plan,
        project: EntityId,
        day: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("The picture that was seen"), told, tr("&Close"), parent)
        self.picture = picture
        self.preview = Preview(plan, project, day)
        self.cancel.hide()
        self.reason.hide()
        self.body.addWidget(picture)
        self.body.addWidget(heading(tr("The timeline of the project as it was")))
        self.body.addWidget(self.preview)
        self.body.addStretch(1)
        self.want(100, 90)
