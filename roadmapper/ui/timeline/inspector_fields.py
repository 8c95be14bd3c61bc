"""Inspector fields: the rows of a sheet in which a value is typed or chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget
from typing_extensions import override

from roadmapper.domain.entity import SENTENCE_LENGTH
from roadmapper.planning.phrases import UNKNOWN
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.inspector_leads import coloured
from roadmapper.ui.timeline.inspector_rows import LabelledRow, Row
from roadmapper.ui.timeline.inspector_sheet import Field, Sheet, Way
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.ui.widgets.fields import MoneyEdit, NumberEdit, ValueEdit
from roadmapper.ui.widgets.labels import PlainLabel, unmarked
from roadmapper.ui.widgets.text_edit import TextEdit
from roadmapper.ui.widgets.word_fields import LagEdit, LengthEdit, LineEdit

PLAIN_SHEET = Sheet((), ())


def plain(label: str) -> str:
    """Return a label without the mark of its key."""
    return label.replace("&", "")


class ValueRow(LabelledRow):
    """A label, and beside it a value to be typed."""

    def __init__(self, theme: Theme, field: ValueEdit[Any], *, editable: bool) -> None:
        super().__init__(theme)
        self.field = field
        self._item: Field | None = None
        field.setEnabled(editable)
        self._label.setBuddy(field)
        self._beside.addWidget(field, 1)
        field.value_changed.connect(self._tell)
        field.refused.connect(self.refused)

    @override
    def show_item(self, item: Field, *, fresh: bool) -> None:
        self._item, field = item, self.field
        self._label.setText(unmarked(item.label))
        field.setObjectName(item.name)
        field.setAccessibleName(item.label)
        field.setPlaceholderText(item.hint)
        if not isinstance(field, DayEdit):
            palette = self._theme.palette
            field.set_note(item.note, palette.bad if item.bad else palette.secondary)
            if item.note and not field.marked:
                field.setAccessibleDescription(item.note)
        else:
            field.set_base(item.base)
        if fresh:
            field.set_value(item.value)
        else:
            field.renew(item.value)

    @override
    def stops(self) -> list[QWidget]:
        return [self.field]

    @override
    def settle(self) -> None:
        self.field.settle()

    def put_back(self) -> None:
        """Show what is so again, where an edit came to nothing."""
        if self._item is not None:
            self.field.set_value(self._item.value)

    def _tell(self, value: object) -> None:
        if self._item is not None:
            self.told.emit(self._item.name, value)


class TextRow(Row):
    """A label, and below it a few lines to be typed."""

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__(theme)
        self._name = ""
        column = self._column()
        column.setContentsMargins(0, round(6 * theme.unit), 0, round(4 * theme.unit))
        self._label = PlainLabel().styled(size=0.95, bold=True)
        coloured(self._label, theme.palette.secondary)
        self.field = TextEdit("", SENTENCE_LENGTH, least=2, most=3)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.setReadOnly(not editable)
        self.field.settled.connect(self._tell)
        column.addWidget(self._label)
        column.addWidget(self.field)

    @override
    def show_item(self, item: Field, *, fresh: bool) -> None:
        self._name = item.name
        self._label.setText(item.label)
        self.field.setObjectName(item.name)
        self.field.setAccessibleName(item.label)
        self.field.setPlaceholderText(item.hint)
        if fresh:
            self.field.put_back()
        self.field.renew(item.value or "")

    @override
    def stops(self) -> list[QWidget]:
        return [self.field]

    @override
    def settle(self) -> None:
        self.field.settle()

    def put_back(self) -> None:
        """Keep what is typed: a text is refused only for its length, and is to be shortened."""

    def _tell(self, text: str) -> None:
        self.told.emit(self._name, text)


class ChoiceRow(LabelledRow):
    """A label, and beside it one of several values to be chosen."""

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__(theme)
        self._item: Field | None = None
        self.field = Choice()
        self.field.setEnabled(editable)
        self.field.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.field.setMinimumContentsLength(8)
        self._label.setBuddy(self.field)
        self._beside.addWidget(self.field, 1)
        self.field.activated.connect(self._tell)

    @override
    def show_item(self, item: Field, *, fresh: bool) -> None:
        field, old = self.field, self._item
        self._item = item
        with QSignalBlocker(field):
            if old is None or old.options != item.options:
                field.clear()
                for value, words in item.options:
                    field.addItem(words, value)
            field.setPlaceholderText(item.hint)
            self.put_back()
        self._label.setText(unmarked(item.label))
        field.setObjectName(item.name)
        field.setAccessibleName(item.label)

    @override
    def stops(self) -> list[QWidget]:
        return [self.field]

    def put_back(self) -> None:
        """Show what is so again."""
        item = self._item
        if item is not None:
            values = [value for value, _ in item.options]
            self.field.setCurrentIndex(values.index(item.value) if not item.several and item.value in values else -1)

    def _tell(self, index: int) -> None:
        item = self._item
        if item is not None and 0 <= index < len(item.options):
            value = item.options[index][0]
            if item.several or value != item.value:  # chosen again, it stays as exact as it is
                self.told.emit(item.name, value)


class CheckRow(Row):
    """A box to be ticked; half ticked where it is not the same for all."""

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__(theme)
        self._item: Field | None = None
        self.field = QCheckBox()
        self.field.setEnabled(editable)
        self.field.clicked.connect(self._tell)
        self._line().addWidget(self.field, 1)

    @override
    def show_item(self, item: Field, *, fresh: bool) -> None:
        self._item = item
        self.field.setText(item.label)
        self.field.setObjectName(item.name)
        self.field.setAccessibleName(plain(item.label))
        self.put_back()

    @override
    def stops(self) -> list[QWidget]:
        return [self.field]

    def put_back(self) -> None:
        """Show what is so again."""
        item = self._item
        if item is not None:
            state = Qt.CheckState.Checked if item.value else Qt.CheckState.Unchecked
            self.field.setTristate(item.several)
            self.field.setCheckState(Qt.CheckState.PartiallyChecked if item.several else state)

    def _tell(self) -> None:
        if self._item is not None:
            self.told.emit(self._item.name, self.field.checkState() is not Qt.CheckState.Unchecked)


class ToldRow(LabelledRow):
    """A label with the value in words, for whoever does not plan."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._words = PlainLabel().styled(bold=True)
        self._beside.addWidget(self._words, 1)

    @override
    def show_item(self, item: Field, *, fresh: bool) -> None:
        self._label.setText(plain(item.label))
        self._words.setAccessibleName(plain(item.label))
        self._words.setText(self._said(item))

    def _said(self, item: Field) -> str:
        if item.several:
            return item.hint
        if item.way is Way.CHOICE:
            return next((words for value, words in item.options if value == item.value), UNKNOWN)
        if item.way is Way.CHECK:
            return "✓" if item.value else UNKNOWN
        if item.way is Way.TEXT:
            return item.value or item.hint
        shown = value_edit(item, PLAIN_SHEET, None).shown(item.value)
        return " ".join(filter(None, (shown, item.note))) if shown else UNKNOWN


def value_edit(item: Field, sheet: Sheet, today: date | None) -> ValueEdit[Any]:
    """Return the field in which the value of an item of a sheet is typed."""
    if item.way is Way.DAY:
        calendar = WorkingCalendar(sheet.country)
        return DayEdit(
            optional=item.optional, today=today, finishing=item.finishing, fiscal_month=sheet.fiscal_month,
            calendar=calendar,
        )  # fmt: skip
    if item.way is Way.LENGTH:
        return LengthEdit(optional=item.optional)
    if item.way is Way.LAG:
        return LagEdit()
    if item.way is Way.NUMBER:
        return NumberEdit(most=item.most)
    return MoneyEdit(sheet.currency) if item.way is Way.MONEY else LineEdit(optional=item.optional)
