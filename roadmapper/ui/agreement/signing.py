"""Signing: who signed a version for which side, and the question that is asked before somebody does."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.agreement import Agreement, Side
from roadmapper.domain.entity import TITLE_LENGTH
from roadmapper.domain.plan import Plan
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.agreed import SIGNS, on_the_table, signed
from roadmapper.planning.consults.agreed_words import moment_text, side_text
from roadmapper.ui.agreement.panel import Panel
from roadmapper.ui.dialogs.sheet import Sheet, form, row
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps

SMALL = 0.92


class SignDialog(Sheet):
    """Ask for the name, and say once that a signature cannot be taken back."""

    def __init__(self, plan: Plan, agreement: Agreement, side: Side, who: str, parent: QWidget | None = None) -> None:
        words = {"n": agreement.version, "side": side_text(side)}
        super().__init__(
            tr("Sign version {n} as the {side}").format(**words),
            tr("A signature cannot be taken back: another version can only follow this one."),
            tr("&Sign as the {side}").format(**words),
            parent,
        )
        self.name_edit = QLineEdit(who)
        limit(self.name_edit, TITLE_LENGTH)
        grid = form(self)
        row(grid, tr("Your &name"), self.name_edit)
        self.body.addLayout(grid)
        other = [s for s in Side if s is not side and s in signed(plan, agreement)]
        limits = tr("increments of at most {long}, no silence above {silence}").format(
            long=trn("{n} week", "{n} weeks", agreement.longest_increment_weeks),
            silence=trn("{n} week", "{n} weeks", agreement.longest_silence_weeks),
        )
        second = tr("With your signature version {n} is in force, and its limits hold for every project: {limits}.")
        first = tr("Version {n} is in force once the {other} has signed it too; then its limits hold: {limits}.")
        missing = side_text(next(s for s in Side if s is not side))
        told = (second if other else first).format(n=agreement.version, limits=limits, other=missing)
        self.told = PlainLabel(told)
        self.body.addWidget(self.told)
        self.body.addStretch(1)
        self.want(60, 0)
        self.name_edit.textChanged.connect(self._judge)
        self.name_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_edit.selectAll()
        self._judge()

    @property
    def name(self) -> str:
        """Return who signs."""
        return " ".join(self.name_edit.text().split())

    def _judge(self) -> None:
        self.refuse("" if self.name else tr("Enter your name: it stands under the agreement."))


class _Side(QFrame):
    """One side's signature, or the way to it."""

    wanted = Signal(str)

    def __init__(self, side: Side, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._colours = theme.palette
        self.setObjectName("signature")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Signature of the {side}").format(side=side_text(side)))
        self.title = PlainLabel(side_text(side)).styled(size=SMALL, bold=True, colour=theme.palette.secondary)
        self.who = PlainLabel().styled(size=1.1, bold=True)
        self.when = PlainLabel().styled(size=SMALL, colour=theme.palette.secondary)
        self.button = QPushButton(tr("Sign as the {side}…").format(side=side_text(side)))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[steps(self, 1.5)] * 4)
        column.setSpacing(steps(self, 0.5))
        for part in (self.title, self.who, self.when, self.button):
            column.addWidget(part)
        self.button.clicked.connect(self._ask)

    def show_version(self, plan: Plan, agreement: Agreement, *, may_sign: bool) -> None:
        """Show whether this side signed a version, and whether it may here."""
        found = signed(plan, agreement).get(self._side)
        self.who.setText(found.who if found else tr("not signed yet"))
        self.when.setText(moment_text(found.when) if found else "")
        self.when.setVisible(found is not None)
        self.button.setVisible(may_sign and found is None)

    def _ask(self) -> None:
        self.wanted.emit(self._side.value)


class SignaturesBox(Panel):
    """Both sides; *wanted* is sent with the side that is to sign."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Signatures"), parent)
        colours, radius = theme.palette, round(6 * theme.unit)
        self.sides = {side: _Side(side, theme) for side in Side}
        for side in self.sides.values():
            side.setStyleSheet(
                f"#signature {{ background: {colours.raised}; border: 1px solid {colours.line};"
                f" border-radius: {radius}px; }}"
            )
            side.wanted.connect(self.wanted)
            self.column.addWidget(side)
        self.said = PlainLabel().styled(size=SMALL, colour=colours.secondary)
        self.column.addWidget(self.said)

    def show_version(self, plan: Plan, agreement: Agreement, role: Role, *, editable: bool) -> None:
        """Show who signed, and the button of the side that whoever works here signs for."""
        open_ = agreement == on_the_table(plan)
        for side, box in self.sides.items():
            box.show_version(plan, agreement, may_sign=open_ and editable and SIGNS.get(role) is side)
        self.said.setText(_how_text(role) if open_ else "")
        self.said.setVisible(open_)


def _how_text(role: Role) -> str:
    if role is Role.PLANNER:
        return tr("You plan, so you sign for the CIO. The CMO signs in the role of the reviewer.")
    if role is Role.REVIEWER:
        return tr("You review, so you sign for the CMO. A planner signs for the CIO.")
    return tr("A planner signs for the CIO, and a reviewer for the CMO.")
