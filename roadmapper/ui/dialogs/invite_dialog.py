"""InviteDialog: which consults are saved as calendar entries - all that are open, or the one that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QRadioButton, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.sheet import Sheet
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps


class InviteDialog(Sheet):
    """Asks whether to invite to all open consults or only to the one called *title*."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        purpose = tr("Saves a calendar file (.ics). Send it again when days have moved: the entries move with them.")
        super().__init__(tr("Invite to consults"), purpose, tr("&Save as…"), parent)
        self.every = QRadioButton(tr("&All open consults"))
        self.one = QRadioButton(tr("&Only the chosen consult"))
        self.one.setAccessibleDescription(title)
        self.every.setChecked(True)
        name = PlainLabel(title).styled(colour=self.colours.secondary)
        name.setContentsMargins(steps(self, 3), 0, 0, 0)
        for part in (self.every, self.one, name):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.want(60, 24)

    @property
    def only_one(self) -> bool:
        """Return whether only the chosen consult is wanted."""
        return self.one.isChecked()
