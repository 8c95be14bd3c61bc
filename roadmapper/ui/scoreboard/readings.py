"""ReadingsPart: what was read off a measure - entered, changed, deleted, pasted from a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.entity import GREATEST_MONEY, EntityId, new_id
from roadmapper.domain.measure import Reading
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.scoreboard import Standing
from roadmapper.planning.consults.scoreboard_words import value_text
from roadmapper.planning.phrases import day_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.scoreboard.pasting import check_past, pasted_readings
from roadmapper.ui.scoreboard.readings_table import ReadingsTable
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.ui.widgets.fields import NumberEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.edits.words import delete_readings, put_readings
from roadmapper.workspace.session import Session

ROWS = 7
MOST_TOLD = 8


class ReadingsPart(QWidget):
    """A row to enter one, the table, and the deeds; *said* is sent with what was done."""

    said = Signal(str)

    def __init__(self, editor: Editor, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._session = session
        self._standing: Standing | None = None
        self._today = session.today()
        self.day = DayEdit(self._today, today=self._today)
        self.day.setAccessibleName(tr("Day of the new reading"))
        self.value = NumberEdit(least=-GREATEST_MONEY, most=GREATEST_MONEY)
        self.value.setAccessibleName(tr("Value of the new reading"))
        self.value.setPlaceholderText(tr("value"))
        self.add = QPushButton(tr("Add"))
        self.add.setAccessibleName(tr("Add the reading"))
        self.paste = QPushButton(tr("Paste rows"))
        self.paste.setToolTip(tr("Days and values, as copied from a spreadsheet: one reading a line"))
        self.delete = QPushButton(tr("Delete reading"))
        self.table = ReadingsTable(self)
        self.note = PlainLabel().styled(colour=theme.palette.secondary)
        self.note.setAccessibleName(tr("What was done"))
        self._entry, self._deeds = QWidget(self), QWidget(self)
        self._lay_out(round(6 * theme.unit))
        self._listen()

    def _lay_out(self, space: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space)
        for host, widgets in (
            (self._entry, (self.day, self.value, self.add)),
            (self._deeds, (self.paste, self.delete)),
        ):
            row = QHBoxLayout(host)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(space)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
        column.addWidget(self._entry)
        self.table.setFixedHeight(self.table.height_of(ROWS))
        column.addWidget(self.table)
        column.addWidget(self._deeds)
        column.addWidget(self.note)

    def _listen(self) -> None:
        self.add.clicked.connect(self.add_reading)
        self.value.returnPressed.connect(self.add_reading)
        self.day.refused.connect(self._editor.refused)
        self.value.refused.connect(self._editor.refused)
        self.paste.clicked.connect(self.paste_readings)
        self.delete.clicked.connect(self.delete_chosen)
        self.table.pasted.connect(self.paste_readings)
        self.table.unwanted.connect(self.delete_chosen)
        self.table.day_typed.connect(self._change_day)
        self.table.value_typed.connect(self._change_value)
        self.table.refused.connect(self._editor.refused)

    def show_standing(self, standing: Standing, *, editable: bool) -> None:
        """Show the readings of a measure."""
        self._begin_day()
        other = self._standing is None or self._standing.measure.id != standing.measure.id
        self._standing = standing
        self._entry.setVisible(editable)
        self._deeds.setVisible(editable)
        self.table.show_readings(standing.measure, standing.readings, editable=editable)
        self.delete.setEnabled(bool(standing.readings))
        if other:
            self.note.clear()
            self.day.set_day(self._session.today())
            self.value.set_value(None)
        if not standing.readings and not self.note.text():
            self.note.setText(tr("No reading yet: enter the first, or paste rows of days and values."))

    def _begin_day(self) -> None:
        """Propose today where the day that was today when the page was made still stands there untouched."""
        before, self._today = self._today, self._session.today()
        if self._today == before:
            return
        self.day.set_today(self._today)
        if self.day.day == before and not self.day.dirty:
            self.day.set_day(self._today)

    def add_reading(self) -> None:
        """Take the reading that is typed above the table."""
        standing = self._standing
        if standing is None or not (self.day.settle() and self.value.settle()):
            return
        day, value = self.day.day, self.value.value
        if day is None or value is None:
            self._editor.refused.emit(tr("The value is missing: enter what was read."))
            self.value.setFocus()
            return
        label = tr("Add a reading of “{title}”").format(title=standing.measure.title)
        if self._put(Reading(new_id("read"), standing.measure.id, day, value), label):
            self.value.set_value(None)
            self.value.setFocus()

    def delete_chosen(self) -> None:
        """Delete the readings that are selected."""
        keys = self.table.chosen()
        if not self.table.model_.editable or self._standing is None:
            return
        if not keys:
            self._editor.refused.emit(tr("Choose a reading first: click into its row."))
            return
        label = trn("Delete {n} reading", "Delete {n} readings", len(keys))
        if self._editor.run(label, delete_readings, keys):
            self._say(trn("{n} reading is deleted.", "{n} readings are deleted.", len(keys)))

    def paste_readings(self) -> None:
        """Take what the clipboard holds, and name the lines that cannot be taken."""
        standing = self._standing
        if standing is None or not self.table.model_.editable:
            return
        text, there = QGuiApplication.clipboard().text(), {r.day: r for r in standing.readings}
        try:
            found = pasted_readings(text, standing.measure, there, self._session.today())
        except Refused as refusal:
            self._say(str(refusal))
            self._editor.refused.emit(str(refusal))
            return
        count = len(found.readings)
        label = trn("Paste {n} reading", "Paste {n} readings", count)
        news = [r for r in found.readings if there.get(r.day) != r]
        if news and not self._editor.run(label, put_readings, found.readings):
            return
        said = [trn("{n} reading is taken.", "{n} readings are taken.", count)]
        if found.replaced:
            words = trn("{n} took the place of one of its day.", "{n} took the place of one of their day.",
                        found.replaced)  # fmt: skip
            said.append(words)
        if found.bad:
            said.append(trn("{n} line is not taken:", "{n} lines are not taken:", len(found.bad)))
        lines = [" ".join(said), *found.bad[:MOST_TOLD]]
        more = len(found.bad) - MOST_TOLD
        self._say("\n".join([*lines, *([trn("and {n} more", "and {n} more", more)] if more > 0 else [])]))

    def _change_day(self, key: str, day: date) -> None:
        reading = self._editor.plan.readings.get(EntityId(key))
        if reading is not None and reading.day != day:
            self._put(replace(reading, day=day), tr("Change the day of a reading"))

    def _change_value(self, key: str, value: float | None) -> None:
        reading = self._editor.plan.readings.get(EntityId(key))
        if reading is not None and value is not None and reading.value != value:
            self._put(replace(reading, value=value), tr("Change a reading"))

    def _put(self, reading: Reading, label: str) -> bool:
        standing = self._standing
        if standing is None:
            return False
        try:
            check_past(reading.day, self._session.today())
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return False
        old = next((r for r in standing.readings if r.day == reading.day and r.id != reading.id), None)
        if not self._editor.run(label, put_readings, [reading]):
            return False
        measure = standing.measure
        words = {"day": day_text(reading.day), "value": value_text(measure, reading.value)}
        if old is None:
            self._say(tr("{day}: {value} is kept.").format(**words))
        else:
            before = value_text(measure, old.value)
            self._say(tr("{day}: {value} took the place of {before}.").format(**words, before=before))
        return True

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.said.emit(words.partition("\n")[0])
