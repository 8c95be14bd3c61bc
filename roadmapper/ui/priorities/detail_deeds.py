"""DetailDeeds: what a field of the details does to the investment it is about - each an edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Stage, TeamEffort
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.cells import with_rating, with_weeks
from roadmapper.workspace.edits.investments import put_investments

EFFORT, CRITERION = "effort", "criterion"


class DetailDeeds(QObject):
    """Hears the fields, whose names say what they hold; *undone* is sent where nothing came of it."""

    undone = Signal()

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self.key: EntityId | None = None
        self.new_team: EntityId | None = None

    def set_line(self) -> None:
        """Take a title or an owner."""
        field = self.sender()
        if isinstance(field, QLineEdit):
            field.setModified(False)
            text = " ".join(field.text().split())
            if field.objectName() == "title" and not text:
                self.undone.emit()
            else:
                self.put({field.objectName(): text})

    def set_sentence(self, text: str) -> None:
        """Take the plain words."""
        self.put({"sentence": text})

    def set_value(self, value: Any) -> None:
        """Take a number, an amount or a day."""
        sender = self.sender()
        kind, _, rest = sender.objectName().partition(" ") if sender is not None else ("", "", "")
        if kind == EFFORT:
            number, _, name = rest.partition(" ")
            self._set_weeks(int(number), name, value)
        elif kind == CRITERION:
            self._change(lambda investment: with_rating(investment, EntityId(rest), value))
        elif kind == "revenue" and value is None:
            self.put({"revenue_low": None, "revenue": None, "revenue_high": None})
        elif kind == "confidence":
            self.put({kind: 100 if value is None else round(value)})
        else:
            self.put({kind: value})

    def set_stage(self, index: int) -> None:
        """Take another stage."""
        field = self.sender()
        if isinstance(field, QComboBox):
            self.put({"stage": Stage(field.itemData(index))})

    def set_delivered(self) -> None:
        """Mark it as delivered."""
        self.put({"stage": Stage.DELIVERED})

    def set_team(self, index: int) -> None:
        """Let another team put in an effort; of one that nobody has entered yet it is remembered."""
        field, investment = self.sender(), self._investment()
        if isinstance(field, QComboBox) and investment is not None:
            team = EntityId(field.itemData(index)) if field.itemData(index) else None
            number = int(field.property("number"))
            if number < len(investment.efforts):
                self._change_effort(number, lambda effort: replace(effort, team=team))
            else:
                self.new_team = team

    def remove_effort(self) -> None:
        """Take the effort of a team out."""
        investment, sender = self._investment(), self.sender()
        if investment is not None and sender is not None:
            number = int(sender.property("number"))
            self.put({"efforts": tuple(e for n, e in enumerate(investment.efforts) if n != number)})

    def add_need(self, index: int) -> None:
        """Let another investment come first."""
        investment, field = self._investment(), self.sender()
        if investment is not None and isinstance(field, QComboBox) and field.itemData(index):
            self.put({"needs": (*investment.needs, EntityId(field.itemData(index)))})

    def remove_need(self) -> None:
        """Let another investment no longer come first."""
        investment, sender = self._investment(), self.sender()
        if investment is not None and sender is not None:
            gone = str(sender.property("key"))
            self.put({"needs": tuple(key for key in investment.needs if key != gone)})

    def put(self, values: Mapping[str, Any]) -> None:
        """Give fields of the investment other values."""
        self._change(lambda investment: replace(investment, **values))

    def _investment(self) -> Investment | None:
        return self._editor.plan.investments.get(self.key) if self.key is not None else None

    def _set_weeks(self, number: int, name: str, value: float | None) -> None:
        investment = self._investment()
        if investment is None or number < len(investment.efforts):
            self._change_effort(number, lambda effort: with_weeks(effort, name, value))
        elif value is not None:
            new = TeamEffort(self.new_team, value, value, value)
            self.put({"efforts": (*investment.efforts, new)})

    def _change_effort(self, number: int, change: Callable[[TeamEffort], TeamEffort]) -> None:
        self._change(
            lambda investment: replace(
                investment,
                efforts=tuple(change(e) if n == number else e for n, e in enumerate(investment.efforts)),
            )
        )

    def _change(self, change: Callable[[Investment], Investment]) -> None:
        investment = self._investment()
        if investment is None:
            return
        try:
            changed = change(investment)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            self.undone.emit()
            return
        label = tr("Change “{title}”").format(title=investment.title)
        if not self._editor.run(label, put_investments, [changed]):
            self.undone.emit()
