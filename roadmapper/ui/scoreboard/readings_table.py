"""ReadingsTable: the readings of a measure, the latest first, day and value edited in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapper.domain.entity import GREATEST_MONEY, EntityId
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard_words import value_text
from roadmapper.planning.phrases import weekday_text
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.ui.widgets.fields import NumberEdit
from roadmapper.ui.widgets.tables import Cell, Index, Role, TextModel, TextTable

DAY, VALUE = 0, 1


class ReadingsModel(TextModel):
    """The readings as rows; *editable* says whether they may be changed here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.readings: Sequence[Reading] = ()
        self.editable = False

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable and index.isValid() else flags


class _Fields(QStyledItemDelegate):
    """Makes the field in which a cell is edited, and hands over what was read in it."""

    day_typed = Signal(str, object)
    value_typed = Signal(str, object)
    refused = Signal(str)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field that holds what stands in the cell."""
        model = index.model()
        assert isinstance(model, ReadingsModel)
        reading = model.readings[index.row()]
        field = (
            DayEdit(reading.day, parent)
            if index.column() == DAY
            else NumberEdit(reading.value, parent, least=-GREATEST_MONEY, most=GREATEST_MONEY)
        )
        field.setAccessibleName(tr("Day") if index.column() == DAY else tr("Value"))
        field.setProperty("key", reading.id)
        field.refused.connect(self.refused)
        return field

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Leave what the field was made with."""

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, if it can be read."""
        if isinstance(editor, DayEdit) and editor.settle():
            self.day_typed.emit(editor.property("key"), editor.day)
        elif isinstance(editor, NumberEdit) and editor.settle():
            self.value_typed.emit(editor.property("key"), editor.value)


class ReadingsTable(TextTable):
    """The readings; *unwanted* and *pasted* are asked for by key, the others sent with the id of a reading."""

    day_typed = Signal(str, object)
    value_typed = Signal(str, object)
    refused = Signal(str)
    unwanted = Signal()
    pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Readings"), VALUE, parent)
        self.model_ = ReadingsModel(self)
        self.texts = self.model_
        self.setModel(self.model_)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        fields = _Fields(self)
        fields.day_typed.connect(self.day_typed)
        fields.value_typed.connect(self.value_typed)
        fields.refused.connect(self.refused)
        self.setItemDelegate(fields)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)

    def show_readings(self, measure: Measure, readings: Sequence[Reading], *, editable: bool) -> None:
        """Show readings, the latest first; the one that was current stays so."""
        current = self.currentIndex()
        kept = self.model_.readings[current.row()].id if 0 <= current.row() < len(self.model_.readings) else None
        column = max(current.column(), 0)
        self.model_.readings = tuple(reversed(readings))
        self.model_.editable = editable
        rows = [(weekday_text(r.day), Cell(value_text(measure, r.value), right=True)) for r in self.model_.readings]
        self.show_rows((tr("Day"), tr("Value")), rows)
        found = next((n for n, r in enumerate(self.model_.readings) if r.id == kept), None)
        if found is not None:
            self.setCurrentIndex(self.model_.index(found, column))

    def chosen(self) -> list[EntityId]:
        """Return the readings that are selected."""
        rows = {i.row() for i in self.selectionModel().selectedIndexes()}
        return [self.model_.readings[n].id for n in sorted(rows)]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete with Del, paste as everywhere; Enter edits."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.unwanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            if self.model_.editable and self.state() is not QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        return str(self.model_.index(row, column).data(Role.DisplayRole))
