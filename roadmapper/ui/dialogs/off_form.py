"""OffForm: the fields of some days off, and in words when they come again."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from roadmapper.domain.days_off import RULE_LENGTH
from roadmapper.domain.entity import TITLE_LENGTH, EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.repeats import Repeat, kind_text, next_text
from roadmapper.ui.dialogs.sheet import named
from roadmapper.ui.dialogs.team_rows import OffRow, TeamRow, TeamRows
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.day_edit import DayEdit, span_typed
from roadmapper.ui.widgets.fields import NumberEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import palette_of, steps

MOST_PEOPLE = 10_000
SHORTEST = 12
NOBODY = EntityId("nobody")


class OffForm(QWidget):
    """Title, first and last day, how many people, and how it repeats; *edited* when one of them is typed into."""

    edited = Signal()

    def __init__(self, rows: TeamRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._team: TeamRow | None = None
        self._off: OffRow | None = None
        self._start: date | None = None
        self.title_edit = QLineEdit()
        limit(self.title_edit, 2 * TITLE_LENGTH)
        self.title_edit.setPlaceholderText(tr("such as Summer holidays"))
        self.start_edit = DayEdit(today=rows.today)
        self.finish_edit = DayEdit(today=rows.today, finishing=True)
        self.people_edit = NumberEdit(least=1, most=MOST_PEOPLE, whole=True)
        self.people_edit.setPlaceholderText(tr("all"))
        self.repeat_combo = Choice()
        for kind in Repeat:
            self.repeat_combo.addItem(kind_text(kind, None), kind.value)
        self.repeat_combo.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.repeat_combo.setMinimumContentsLength(SHORTEST)
        self.rule_edit = QLineEdit()
        limit(self.rule_edit, 2 * RULE_LENGTH)
        self.rule_edit.setPlaceholderText("FREQ=MONTHLY;BYDAY=-1FR")
        self.next_label = PlainLabel().styled(colour=palette_of(self).secondary)
        self._place()
        for line in (self.title_edit, self.start_edit, self.finish_edit, self.people_edit, self.rule_edit):
            line.textChanged.connect(self._take)
        self.repeat_combo.currentIndexChanged.connect(self._take)
        self.start_edit.value_changed.connect(self._keep_length)

    def show_off(self, team: TeamRow | None, off: OffRow | None) -> None:
        """Show other days off, or none."""
        self._team, self._off = None, None
        shown = off or OffRow(NOBODY)
        for field, text in ((self.start_edit, shown.start), (self.finish_edit, shown.finish)):
            with QSignalBlocker(field):
                field.set_value(self._rows.day(text, self._rows.today) if _reads(self._rows, text) else None)
                field.setText(text)
        with QSignalBlocker(self.people_edit):
            self.people_edit.set_value(None)
            self.people_edit.setText(shown.people)
        self.title_edit.setText(shown.title)
        self.repeat_combo.setCurrentIndex(max(self.repeat_combo.findData(shown.kind.value), 0))
        self.rule_edit.setText(shown.rule)
        self._team, self._off, self._start = team, off, self.start_edit.value
        self.setEnabled(off is not None)
        self.tell()

    def tell(self) -> None:
        """Say when these days off come next, or nothing while something is wrong."""
        team, off = self._team, self._off
        self.rule_edit.setEnabled(off is not None and off.kind is Repeat.RULE)
        words = ""
        start = None
        self.finish_edit.complain(self._before_start())
        if team is not None and off is not None:
            try:
                read = self._rows.off(team, off)
                start = read.span.start
                words = next_text(read, self._rows.today) if read.repeats else ""
                if read.repeats and off.kind is not Repeat.RULE:
                    self.rule_edit.setPlaceholderText(read.repeats)
            except Refused:
                words = ""
        self.next_label.setText(words)
        for n, kind in enumerate(Repeat):
            self.repeat_combo.setItemText(n, kind_text(kind, start))

    def _take(self) -> None:
        off = self._off
        if off is None:
            return
        off.title, off.start, off.finish = self.title_edit.text(), self.start_edit.text(), self.finish_edit.text()
        off.people = self.people_edit.text()
        off.kind = Repeat(self.repeat_combo.currentData())
        off.rule = self.rule_edit.text() if off.kind is Repeat.RULE else ""
        self.edited.emit()

    def _before_start(self) -> str:
        """Return why the last day cannot be the last, where both days can be read; or nothing."""
        try:
            first, last = self.start_edit.typed(), self.finish_edit.typed()
        except Refused:
            return ""
        try:
            if first is not None and last is not None:
                span_typed(first, last)
        except Refused as refusal:
            return str(refusal)
        return ""

    def _keep_length(self, start: date) -> None:
        """Let the last day follow the first: so many days as before."""
        finish = self.finish_edit.value
        if self._start is not None and finish is not None and not self.finish_edit.dirty:
            self.finish_edit.set_value(finish + (start - self._start))
        self._start = start

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(steps(self, 2))
        grid.setVerticalSpacing(steps(self))
        grid.addWidget(named(tr("&What"), self.title_edit), 0, 0)
        grid.addWidget(self.title_edit, 0, 1)
        grid.addWidget(named(tr("P&eople away"), self.people_edit, tr("Empty means all of them")), 0, 2)
        grid.addWidget(self.people_edit, 0, 3)
        grid.addWidget(named(tr("&From"), self.start_edit), 1, 0)
        grid.addWidget(self.start_edit, 1, 1)
        grid.addWidget(named(tr("&To"), self.finish_edit), 1, 2)
        grid.addWidget(self.finish_edit, 1, 3)
        grid.addWidget(named(tr("&Repeats"), self.repeat_combo), 2, 0)
        grid.addWidget(self.repeat_combo, 2, 1)
        grid.addWidget(named(tr("R&ule"), self.rule_edit, tr("A rule as calendars write it (RRULE)")), 2, 2)
        grid.addWidget(self.rule_edit, 2, 3)
        grid.addWidget(self.next_label, 3, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)


def _reads(rows: TeamRows, text: str) -> bool:
    try:
        rows.day(text, rows.today)
    except Refused:
        return False
    return True
