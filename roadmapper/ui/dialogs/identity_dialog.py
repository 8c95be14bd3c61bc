"""IdentityDialog: who works here, and as what - each role with the sentence of what it may do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from roadmapper.domain.entity import TITLE_LENGTH
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.sheet import Sheet, form, heading, row
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.identity import Identity

ROLES = (
    (Role.PLANNER, "&Planner", "Plans: may change everything here, and asks the CMO."),
    (Role.REVIEWER, "&Reviewer", "Answers for the CMO: approves, asks for changes, rejects, signs."),
    (Role.MANAGER, "&Manager", "Looks at everything and changes nothing in the plan; may mark it as seen."),
    (Role.BROKER, "&Broker", "Keeps the words, the agreement, the measures, the purchases."),
)
"""The roles with what each is called and may do; translated where they are shown."""


class IdentityDialog(Sheet):
    """Asks for a name and a role; *told* is sent with the identity. Cancelled, nothing is."""

    told = Signal(object)

    def __init__(self, name: str, role: Role, parent: QWidget | None = None) -> None:
        purpose = tr("Your name stands beside what you decide and change. You can change this in the File menu.")
        honest = tr("On your own file this is courtesy and evidence, not a lock.")
        super().__init__(tr("Who are you?"), f"{purpose} {honest}", tr("&Begin"), parent)
        self.name = QLineEdit(name)
        limit(self.name, TITLE_LENGTH)
        grid = form(self)
        row(grid, tr("Your &name"), self.name)
        self.body.addLayout(grid)
        self.body.addWidget(heading(tr("What you do with roadmaps")))
        self._column = QVBoxLayout()
        self._column.setSpacing(steps(self, 0.5))
        self.body.addLayout(self._column)
        self.choice = QButtonGroup(self)
        self.roles: dict[Role, QRadioButton] = {}
        for number, (one, words, meaning) in enumerate(ROLES):
            self._offer(number, one, tr(words), tr(meaning))
        self.roles[role].setChecked(True)
        self.name.textChanged.connect(self._check)
        self.accepted.connect(self._tell)
        self.name.selectAll()
        self.setTabOrder(self.name, self.roles[role])
        self.want(60, 30)
        self._check()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _offer(self, number: int, role: Role, words: str, meaning: str) -> None:
        button = QRadioButton(words)
        button.setAccessibleDescription(meaning)
        self.choice.addButton(button, number)
        self.roles[role] = button
        label = PlainLabel(meaning).styled(colour=self.colours.secondary)
        label.setContentsMargins(steps(self, 3), 0, 0, 0)
        self._column.addWidget(button)
        self._column.addWidget(label)

    @property
    def role(self) -> Role:
        """Return the role that is chosen."""
        return ROLES[max(self.choice.checkedId(), 0)][0]

    def identity(self) -> Identity:
        """Return who it is; raises Refused while the name is no name."""
        return Identity(" ".join(self.name.text().split()), self.role)

    def _tell(self) -> None:
        self.told.emit(self.identity())

    def _check(self) -> None:
        try:
            self.identity()
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self.refuse("")
