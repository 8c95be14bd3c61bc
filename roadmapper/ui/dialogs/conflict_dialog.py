"""ConflictDialog: shows how a file that somebody else changed differs from what is on screen, and asks which it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialogButtonBox, QFrame, QScrollArea, QWidget
from typing_extensions import override

from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.difference import differences
from roadmapper.ui.dialogs.roadmap_preview import RoadmapPreview
from roadmapper.ui.dialogs.sheet import Sheet, heading
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps


class ConflictDialog(Sheet):
    """Ask for ``mine`` or ``theirs``; *choice* stays empty when that is left for later."""

    def __init__(
        self, mine: Plan, theirs: Plan, waiting: int, today: date, editable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            tr("The file was changed elsewhere"),
            tr("Nothing was overwritten, and nothing is until you decide."),
            tr("&Keep mine as a copy"),
            parent,
        )
        self.choice = ""
        self.cancel.setText(tr("Decide &later"))
        self.theirs = self.buttons.addButton(tr("&Reload theirs"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.theirs.setAutoDefault(False)
        self.theirs.clicked.connect(self._take_theirs)
        self.take.setVisible(editable)
        lines = differences(mine, theirs)
        if mine.tables() == theirs.tables():
            lines = [tr("What is on screen and what stands in the file is the same plan; only its journal differs.")]
        if waiting:
            lines.append(
                trn(
                    "{n} edit of yours is not saved: “Reload theirs” drops it, “Keep mine” keeps it.",
                    "{n} edits of yours are not saved: “Reload theirs” drops them, “Keep mine” keeps them.",
                    waiting,
                )
            )
        self.notes = PlainLabel("\n".join(lines))
        self.notes.setAccessibleName(tr("What differs"))
        self.body.addWidget(heading(tr("What is otherwise in theirs")))
        self.body.addWidget(self.notes)
        self.body.addWidget(heading(tr("The roadmap in the file")))
        self.preview = RoadmapPreview(theirs, today)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(steps(self, 26))
        area.setWidget(self.preview)
        self.body.addWidget(area, 1)
        self.want(110, 80)

    @override
    def accept(self) -> None:
        """Close, keeping mine."""
        self.choice = "mine"
        super().accept()

    def _take_theirs(self) -> None:
        self.choice = "theirs"
        super().accept()
