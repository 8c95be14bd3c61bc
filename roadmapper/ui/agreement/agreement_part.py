"""AgreementPart: the version of the agreement that is looked at, what it would do, and who signed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.agreement import Agreement, Side, Signature
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.agreed import (
    differing,
    effect_of,
    in_force,
    on_the_table,
    signed,
    versions,
)
from roadmapper.planning.consults.agreed_words import (
    difference_text,
    effect_texts,
    question_text,
    said_text,
    side_text,
    standing_text,
    table_text,
    version_text,
)
from roadmapper.ui.agreement.answers import AnswersForm
from roadmapper.ui.agreement.panel import Panel
from roadmapper.ui.agreement.signing import SignaturesBox, SignDialog
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.edits.agreements import delete_agreement, new_version, put_agreement, sign_as

WIDE = 780.0
SIDE = 300.0
LEAST_LETTERS = 18


class AgreementPart(QWidget):
    """Above, how the agreement stands; the version that is looked at at the left, its effect and signatures beside."""

    def __init__(self, editor: Editor, theme: Theme, who: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._who = who
        self._chosen: EntityId | None = None
        self._known: list[EntityId] = []
        colours = theme.palette
        self.standing = PlainLabel().styled(size=1.1, bold=True)
        self.waiting = PlainLabel().styled(colour=colours.secondary)
        self.versions = Choice()
        self.versions.setAccessibleName(tr("Version of the agreement"))
        self.versions.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.versions.setMinimumContentsLength(LEAST_LETTERS)
        self.propose_button = QPushButton(tr("Propose a new version"))
        self.withdraw_button = QPushButton(tr("Take it off the table"))
        self.form = AnswersForm(theme)
        self.signatures = SignaturesBox(theme)
        self.effects = [PlainLabel(), PlainLabel(), PlainLabel()]
        self.effect_panel = Panel(tr("What these limits do"))
        self.changes = PlainLabel()
        self.changes_panel = Panel(tr("What it changes"))
        self.area = QScrollArea()
        self._lay_out()
        self.versions.activated.connect(self._choose)
        self.propose_button.clicked.connect(self.propose)
        self.withdraw_button.clicked.connect(self.withdraw)
        self.form.answered.connect(self._answer)
        self.form.tried.connect(self._show_effect)
        self.signatures.wanted.connect(self.sign)

    def _head(self) -> Panel:
        head = Panel("")
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head.column.addWidget(self.standing)
        head.column.addWidget(self.waiting)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(steps(self))
        self._deeds.addWidget(self.versions, 1)
        self._deeds.addWidget(self.propose_button)
        self._deeds.addWidget(self.withdraw_button)
        self._deeds.addStretch(1)
        head.column.addLayout(self._deeds)
        return head

    def _lay_out(self) -> None:
        document = Panel("")
        document.column.addWidget(self.form)
        for label in self.effects:
            self.effect_panel.column.addWidget(label)
        self.changes_panel.column.addWidget(self.changes)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(steps(self))
        for panel in (self.signatures, self.effect_panel, self.changes_panel):
            side.addWidget(panel)
        side.addStretch(1)
        self._body = QWidget()
        self._body.setObjectName("behind")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(steps(self))
        self._row.addWidget(document, 1)
        self._row.addWidget(self._side)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(steps(self))
        column.addWidget(self._head())
        column.addWidget(self.area, 1)
        column.addStretch(0)  # where nothing is agreed yet the head stands at the top
        self.setFocusProxy(self.versions)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the signatures beside the version where there is room, and below it where there is not."""
        super().resizeEvent(event)
        wide, unit = self.width() >= WIDE * self._theme.unit, self._theme.unit
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self._side.setMinimumWidth(round(SIDE * unit) if wide else 0)
        self._side.setMaximumWidth(round(SIDE * unit) if wide else 16_777_215)
        self.form.arrange(wide=wide)

    @property
    def agreement(self) -> Agreement | None:
        """Return the version that is looked at."""
        return None if self._chosen is None else self._editor.plan.agreements.get(self._chosen)

    @property
    def writable(self) -> bool:
        """Return whether the version that is looked at can be changed by whoever works here."""
        plan, agreement = self._editor.plan, self.agreement
        open_ = agreement is not None and agreement == on_the_table(plan) and not signed(plan, agreement)
        return open_ and self._editor.may("agreements")

    def show_plan(self) -> None:
        """Read the plan anew; a version that has come is looked at."""
        plan = self._editor.plan
        found = versions(plan)
        keys = [a.id for a in found]
        if self._chosen not in keys or any(key not in self._known for key in keys):
            wanted = on_the_table(plan) or in_force(plan)
            self._chosen = None if wanted is None else wanted.id
        self._known = keys
        self.standing.setText(standing_text(plan) if found else tr("No agreement yet"))
        waiting = on_the_table(plan)
        self.waiting.setText(table_text(plan, waiting) if waiting else _how_text(found))
        self.waiting.setVisible(bool(self.waiting.text()))
        self.versions.clear()
        for agreement in found:
            self.versions.addItem(version_text(plan, agreement), agreement.id)
        self.versions.setCurrentIndex(keys.index(self._chosen) if self._chosen in keys else -1)
        self.versions.setVisible(len(found) > 1)
        may = self._editor.may("agreements")
        free = waiting is None or bool(signed(plan, waiting))
        self.propose_button.setText(tr("Propose a new version") if found else tr("Propose an agreement"))
        self.propose_button.setVisible(may and free)
        self.withdraw_button.setVisible(may and not free)
        self.area.setVisible(bool(found))
        self._show_version()

    def propose(self) -> None:
        """Put a new version on the table."""
        number = max((a.version for a in self._editor.plan.agreements.values()), default=0) + 1
        if self._editor.run(tr("Propose version {n} of the agreement").format(n=number), new_version):
            self.form.texts["budget"].setFocus()

    def withdraw(self) -> None:
        """Take the version that nobody signed off the table."""
        waiting = on_the_table(self._editor.plan)
        if waiting is not None:
            label = tr("Take version {n} off the table").format(n=waiting.version)
            self._editor.run(label, delete_agreement, waiting.id)

    def sign(self, side: str) -> None:
        """Ask who signs, and sign for a side."""
        self.settle()
        agreement, wanted = self.agreement, Side(side)
        if agreement is None:
            return
        dialog = SignDialog(self._editor.plan, agreement, wanted, self._who(), self)
        if not dialog.exec():
            return
        label = tr("Sign version {n} as the {side}").format(n=agreement.version, side=side_text(wanted))
        when = datetime.now(UTC).replace(microsecond=0)
        try:
            made = Signature(new_id("sig"), agreement.id, wanted, dialog.name, when)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return
        self._editor.run(label, sign_as, self._editor.role, made)

    def settle(self) -> None:
        """Keep what is still being typed or counted."""
        focused = self.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused):
            focused.clearFocus()
        self.form.settle()

    def _choose(self) -> None:
        self.settle()
        self._chosen = EntityId(str(self.versions.currentData()))
        self._show_version()

    def _show_version(self) -> None:
        plan, agreement = self._editor.plan, self.agreement
        if agreement is None:
            return
        holds = in_force(plan)
        names = differing(holds, agreement) if holds is not None else []
        was = {name: said_text(plan, holds, name) for name in names} if holds is not None else {}
        self.form.show_agreement(plan, agreement, was, writable=self.writable)
        self.signatures.show_version(plan, agreement, self._editor.role, editable=self._editor.editable)
        self.changes_panel.setVisible(holds is not None and agreement.id != holds.id)
        if holds is not None:
            same = tr("It says the same as the version in force.")
            self.changes.setText("\n\n".join(difference_text(plan, holds, agreement, n) for n in names) or same)
        self._show_effect()

    def _show_effect(self) -> None:
        """Show what the limits do, also while they are only tried."""
        plan, agreement = self._editor.plan, self.agreement
        if agreement is None:
            return
        long, silence = self.form.limits()
        tried = replace(agreement, longest_increment_weeks=long, longest_silence_weeks=silence)
        found = effect_of(plan, long, silence)
        why = tr("They cannot hold as they are: {why}").format(why=found.why) if found.why else ""
        texts = (*effect_texts(plan, tried, found), why)
        colours, wrong = self._theme.palette, (bool(found.silent), bool(found.too_long), bool(why))
        for label, text, bad in zip(self.effects, texts, wrong, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
            label.setStyleSheet(f"color: {colours.bad if bad else colours.text}")

    def _answer(self, name: str, said: object) -> None:
        agreement = self.agreement
        if agreement is not None:
            self._editor.run(
                tr("Change the agreement: {what}").format(what=question_text(name)), answer, agreement.id, name, said
            )


def answer(plan: Plan, key: EntityId, name: str, said: Any) -> Plan:
    """Return the plan with another answer in a version of the agreement; raises Refused."""
    agreement = plan.agreements.get(key)
    if agreement is None:
        raise Refused(tr("That version is no longer there: look at the page again."))
    return put_agreement(plan, replace(agreement, **{name: said}))


def _how_text(found: list[Agreement]) -> str:
    if found:
        return ""
    return tr(
        "What the CIO and the CMO settle up front stands here: who decides what, how long an increment and a silence "
        "may be, who sees customer data. Both sign it, and its limits hold for every project."
    )
