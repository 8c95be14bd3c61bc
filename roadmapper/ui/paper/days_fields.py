"""DaysFields: which days are printed - all, those in view, fiscal quarters, or from one day to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import span_text
from roadmapper.ui.dialogs.sheet import form as grid_of
from roadmapper.ui.dialogs.sheet import row
from roadmapper.ui.paper.form import Days, Form, quarters_of
from roadmapper.ui.paper.short_choice import ShortChoice
from roadmapper.ui.widgets.day_edit import DayEdit


class DaysFields(QWidget):
    """Shows the fields that the chosen kind of range needs. *changed* is sent when another range is chosen."""

    changed = Signal()

    def __init__(self, roadmap: Roadmap, view: DateSpan | None, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roadmap = roadmap
        self._quarters = quarters_of(roadmap)
        month = roadmap.fiscal_year_month
        self.kind = ShortChoice()
        self.kind.addItem(tr("Whole roadmap"), Days.WHOLE)
        if view is not None:
            self.kind.addItem(tr("In view: {days}").format(days=span_text(view)), Days.VIEW)
        self.kind.addItem(tr("Fiscal quarters") if month != 1 else tr("Quarters"), Days.QUARTERS)
        self.kind.addItem(tr("From one day to another"), Days.CUSTOM)
        self.first_quarter, self.last_quarter = ShortChoice(), ShortChoice()
        for combo in (self.first_quarter, self.last_quarter):
            for day, words in self._quarters:
                combo.addItem(words, day)
        span = roadmap.span
        self.first = DayEdit(span.start, today=today, fiscal_month=month)
        self.last = DayEdit(span.finish, today=today, fiscal_month=month, finishing=True, base=span.start)
        self._grid: QGridLayout = grid_of(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._grid)
        row(self._grid, tr("&Days"), self.kind)
        self._labels = {
            Days.QUARTERS: [
                row(self._grid, tr("F&rom quarter"), self.first_quarter),
                row(self._grid, tr("&Up to quarter"), self.last_quarter),
            ],
            Days.CUSTOM: [row(self._grid, tr("F&rom"), self.first), row(self._grid, tr("&Up to"), self.last)],
        }
        self._fields: dict[Days, list[QWidget]] = {
            Days.QUARTERS: [self.first_quarter, self.last_quarter],
            Days.CUSTOM: [self.first, self.last],
        }
        self.last_quarter.setCurrentIndex(len(self._quarters) - 1)
        self._show_fields()
        for combo in (self.kind, self.first_quarter, self.last_quarter):
            combo.currentIndexChanged.connect(self._chosen)
        for field in (self.first, self.last):
            field.day_changed.connect(self._chosen)

    def put_into(self, form: Form) -> Form:
        """Return the form with the chosen days."""
        kind = Days(self.kind.currentData())
        if kind is Days.QUARTERS:
            first, last = self.first_quarter.currentData(), self.last_quarter.currentData()
            return replace(form, days=kind, first=first, last=last)
        if kind is Days.CUSTOM:
            return replace(form, days=kind, first=self.first.day, last=self.last.day)
        return replace(form, days=kind, first=None, last=None)

    def show_form(self, form: Form) -> None:
        """Show the days of a form, without telling anybody."""
        blocked = self.blockSignals(True)
        self.kind.setCurrentIndex(max(0, self.kind.findData(form.days)))
        if form.days is Days.CUSTOM:
            self.first.set_day(form.first or self._roadmap.span.start)
            self.last.set_day(form.last or self._roadmap.span.finish)
        if form.days is Days.QUARTERS:
            days = [day for day, _ in self._quarters]
            self.first_quarter.setCurrentIndex(days.index(form.first) if form.first in days else 0)
            self.last_quarter.setCurrentIndex(days.index(form.last) if form.last in days else len(days) - 1)
        self.blockSignals(blocked)
        self._show_fields()

    def _chosen(self) -> None:
        self._show_fields()
        self.changed.emit()

    def _show_fields(self) -> None:
        kind = Days(self.kind.currentData())
        for name, fields in self._fields.items():
            for widget in (*fields, *self._labels[name]):
                widget.setVisible(name is kind)
