"""ConditionsSection: what was asked for with an approval and is not met yet - who sees to it, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from roadmapper.domain.consult import Condition
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import consult_title
from roadmapper.planning.phrases import day_text
from roadmapper.ui.checkpoints.still_open import in_order_asked
from roadmapper.ui.editor import Editor
from roadmapper.ui.scoreboard.section import Section
from roadmapper.ui.scoreboard.words_edit import WordsEdit
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.edits.decisions import put_condition
from roadmapper.workspace.session import Session

MOST = 40
OWNER = 170.0


class ConditionRow(QFrame):
    """One condition: what was asked for, since when, who sees to it, and a tick for when it is met."""

    def __init__(self, condition: Condition, since: str, theme: Theme, *, editable: bool) -> None:
        super().__init__()
        self.key = condition.id
        secondary = theme.palette.secondary
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(12 * theme.unit))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(condition.text))
        words.addWidget(PlainLabel(since).styled(size=0.92, colour=secondary))
        row.addLayout(words, 1)
        self.owner = WordsEdit(condition.owner)
        self.owner.setPlaceholderText(tr("who sees to it?"))
        self.owner.setAccessibleName(tr("Who sees to “{text}”").format(text=condition.text))
        self.owner.setFixedWidth(round(OWNER * theme.unit))
        self.met = QCheckBox(tr("met today"))
        self.met.setAccessibleName(tr("“{text}” was met today").format(text=condition.text))
        if editable:
            row.addWidget(self.owner, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self.met, 0, Qt.AlignmentFlag.AlignTop)
        else:
            for widget in (self.owner, self.met):
                widget.setParent(self)
                widget.hide()
            name = condition.owner.strip() or tr("nobody yet")
            row.addWidget(PlainLabel(tr("seen to by {name}").format(name=name)).styled(colour=secondary), 1)


class ConditionsSection(Section):
    """The open conditions, the longest open first."""

    def __init__(self, editor: Editor, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("Conditions open"), theme, parent)
        self._editor = editor
        self._theme = theme
        self._session = session
        self._shown: Any = None
        self.rows: list[ConditionRow] = []
        self._more = PlainLabel().styled(colour=theme.palette.secondary)
        self.column.addWidget(self._more)

    def show_conditions(self, plan: Plan, conditions: Sequence[Condition], *, editable: bool) -> None:
        """Show what is open; what somebody is in the middle of typing stays while nothing else changes."""
        ordered = in_order_asked(plan.decisions, conditions)
        told = [(c, _since(plan, c)) for c in ordered[:MOST]]
        self.say("" if told else tr("Nothing is open: what an approval with changes asks for stands here until met."))
        left = len(ordered) - len(told)
        self._more.setText(trn("and {n} more", "and {n} more", left))
        self._more.setVisible(left > 0)
        if self._shown == (told, editable):
            return
        self._shown = (told, editable)
        for row in self.rows:
            row.owner.blockSignals(True)
            row.hide()
            row.deleteLater()
        self.rows = [ConditionRow(c, since, self._theme, editable=editable) for c, since in told]
        for place, row in enumerate(self.rows):
            row.owner.value_changed.connect(self._own)
            row.owner.refused.connect(self._editor.refused)
            row.met.clicked.connect(self._meet)
            self.column.insertWidget(2 + place, row)

    def _own(self, name: str | None) -> None:
        row = self._row()
        if row is not None:
            self._put(row.key, tr("Say who sees to a condition"), owner=name or "")

    def _meet(self) -> None:
        row = self._row()
        if row is not None and not self._put(row.key, tr("Mark a condition as met"), done=self._session.today()):
            row.met.setChecked(False)

    def _row(self) -> ConditionRow | None:
        sender = self.sender()
        return next((r for r in self.rows if sender in (r.owner, r.met)), None)

    def _put(self, key: EntityId, label: str, **values: Any) -> bool:
        condition = self._editor.plan.conditions.get(key)
        if condition is None:
            return False
        try:
            changed = replace(condition, **values)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return False
        return self._editor.run(label, put_condition, changed)


def _since(plan: Plan, condition: Condition) -> str:
    """Return since when it is open and with which consult it began."""
    decision = plan.decisions[condition.decision]
    day = day_text(decision.when.astimezone().date())
    checkpoint = plan.checkpoints.get(decision.checkpoint)
    if checkpoint is None:
        return tr("open since {day}, asked for by {who}").format(day=day, who=decision.who)
    increment = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    title = increment.title if increment is not None else plan.projects[checkpoint.project].title
    words = tr("open since {day}, asked for by {who} · {consult}")
    return words.format(day=day, who=decision.who, consult=consult_title(checkpoint, title))
