"""MeasureForm: the fields of a shared measure, each an edit with its own undo; facts for whoever may not edit them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from roadmapper.domain.entity import GREATEST_MONEY
from roadmapper.domain.measure import Direction, Measure
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard_words import value_text
from roadmapper.planning.phrases import UNKNOWN
from roadmapper.ui.editor import Editor
from roadmapper.ui.scoreboard.words_edit import WordsEdit
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.fields import NumberEdit, ValueEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.edits.words import put_measures


class MeasureForm(QWidget):
    """Fields while they may be edited, the same facts as words while not."""

    refused = Signal(str)

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._measure: Measure | None = None
        self.title = WordsEdit(optional=False)
        self.unit = WordsEdit()
        self.unit.setPlaceholderText(tr("such as % or a week"))
        self.direction = Choice()
        for direction, words in _directions().items():
            self.direction.addItem(words, direction.value)
        self.baseline = NumberEdit(least=-GREATEST_MONEY, most=GREATEST_MONEY)
        self.target = NumberEdit(least=-GREATEST_MONEY, most=GREATEST_MONEY)
        self.it_owner, self.marketing_owner = WordsEdit(), WordsEdit()
        self._fields: dict[str, ValueEdit[Any]] = {
            "title": self.title,
            "unit": self.unit,
            "baseline": self.baseline,
            "target": self.target,
            "it_owner": self.it_owner,
            "marketing_owner": self.marketing_owner,
        }
        self._facts: dict[str, PlainLabel] = {}
        self._edits, self._reads = QWidget(self), QWidget(self)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._edits)
        column.addWidget(self._reads)
        forms = []
        for host in (self._edits, self._reads):
            form = QFormLayout(host)
            form.setContentsMargins(0, 0, 0, 0)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
            form.setHorizontalSpacing(round(12 * self._theme.unit))
            form.setVerticalSpacing(round(6 * self._theme.unit))
            forms.append(form)
        for name, words in _names().items():
            field: QWidget = self.direction if name == "direction" else self._fields[name]
            field.setObjectName(name)
            field.setAccessibleName(words)
            forms[0].addRow(self._label(words, field), field)
            self._facts[name] = PlainLabel()
            forms[1].addRow(self._label(words, self._facts[name]), self._facts[name])
        for edit in self._fields.values():
            edit.value_changed.connect(self._take)
            edit.refused.connect(self._editor.refused)
        self.direction.activated.connect(self._turn)

    def _label(self, words: str, field: QWidget) -> PlainLabel:
        label = PlainLabel(words, wrap=False).styled(colour=self._theme.palette.secondary)
        label.setBuddy(field)
        return label

    def show_measure(self, measure: Measure, *, editable: bool) -> None:
        """Show a measure; what somebody is in the middle of typing about the same one stays."""
        if self._measure is not None and self._measure.id != measure.id:
            self.leave()
        same = self._measure is not None and self._measure.id == measure.id
        self._measure = measure
        self._edits.setVisible(editable)
        self._reads.setVisible(not editable)
        for name, field in self._fields.items():
            if not (same and field.hasFocus() and field.dirty):
                field.set_value(getattr(measure, name))
                field.setCursorPosition(0)
            self._facts[name].setText(_fact(measure, name))
        self.direction.setCurrentIndex(self.direction.findData(measure.direction.value))
        self._facts["direction"].setText(_directions()[measure.direction])

    def leave(self) -> None:
        """Have what is typed saved while it is still known which measure it is about."""
        field = self.focusWidget()
        if field is not None and field.hasFocus():
            field.clearFocus()

    def begin(self) -> None:
        """Let the name be typed over."""
        self.title.setFocus()
        self.title.selectAll()

    def _take(self, value: Any) -> None:
        field = self.sender()
        if field is None:
            return
        name = field.objectName()
        if value is None and name in ("baseline", "target"):
            self._put_back()
            self._editor.refused.emit(tr("A number is missing."))
            return
        self._put({name: value or "" if name not in ("baseline", "target") else value})

    def _turn(self, index: int) -> None:
        self._put({"direction": Direction(self.direction.itemData(index))})

    def _put(self, values: Mapping[str, Any]) -> None:
        measure = self._editor.plan.measures.get(self._measure.id) if self._measure is not None else None
        if measure is None:
            return
        try:
            changed = replace(measure, **values)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            self._put_back()
            return
        if not self._editor.run(tr("Change “{title}”").format(title=measure.title), put_measures, [changed]):
            self._put_back()

    def _put_back(self) -> None:
        measure = self._editor.plan.measures.get(self._measure.id) if self._measure is not None else None
        if measure is not None:
            for name, field in self._fields.items():
                field.set_value(getattr(measure, name))
            self.direction.setCurrentIndex(self.direction.findData(measure.direction.value))


def _names() -> dict[str, str]:
    return {
        "title": tr("Name"),
        "unit": tr("Unit"),
        "direction": tr("Better when"),
        "baseline": tr("Baseline"),
        "target": tr("Target"),
        "it_owner": tr("Owner in IT"),
        "marketing_owner": tr("Owner in marketing"),
    }


def _directions() -> dict[Direction, str]:
    return {Direction.UP: tr("it goes up"), Direction.DOWN: tr("it goes down")}


def _fact(measure: Measure, name: str) -> str:
    if name in ("baseline", "target"):
        return value_text(measure, getattr(measure, name))
    return str(getattr(measure, name)).strip() or UNKNOWN
