"""NewRoadmapDialog: asks for the frame of a roadmap, a new one or the present one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from roadmapper.domain.agreement import Agreement
from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, add_months
from roadmapper.domain.entity import TITLE_LENGTH
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import LONGEST_HORIZON, Roadmap
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import month_text, span_text
from roadmapper.ui.dialogs.sheet import Sheet, form, named, row
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.ui.widgets.fields import NumberEdit, WeeksSpin
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps

MOST_OVERHEAD = 26
MOST_PERCENT = 100
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "JPY", "CNY", "INR", "AUD", "CAD")


class NewRoadmapDialog(Sheet):
    """Ask for title, days, currency and limits; with a roadmap given, for changes of it.

    Limits that an *agreement* in force holds are shown, and not asked for.
    """

    def __init__(
        self, roadmap: Roadmap | None = None, parent: QWidget | None = None, *, agreement: Agreement | None = None
    ) -> None:
        new = roadmap is None
        super().__init__(
            tr("New roadmap") if new else tr("Settings of the roadmap"),
            tr("What holds for every project on it. All of this can be changed later."),
            tr("&Create") if new else tr("&Save"),
            parent,
        )
        self._old = roadmap or Roadmap(tr("New roadmap"), first_monday(datetime.now().astimezone().date()))
        self.title_edit = QLineEdit("" if new else self._old.title)
        limit(self.title_edit, TITLE_LENGTH)
        self.title_edit.setPlaceholderText(tr("such as Northwind digital roadmap"))
        self.start_edit = DayEdit(self._old.start)
        self.months_spin = QSpinBox()
        self.months_spin.setRange(1, LONGEST_HORIZON)
        self.span_label = PlainLabel(wrap=False).styled(colour=self.colours.secondary)
        self.currency_combo = Choice()
        self.country_combo = Choice()
        self.longest_spin = WeeksSpin(self._old.longest_increment_weeks)
        self.shortest_spin = WeeksSpin(self._old.shortest_increment_weeks)
        self.silence_spin = WeeksSpin(self._old.longest_silence_weeks)
        self._agreement = agreement
        self.agreed_label = PlainLabel().styled(colour=self.colours.secondary)
        self.overhead_spin = WeeksSpin(self._old.overhead_weeks, least=0)
        self.overhead_spin.setMaximum(MOST_OVERHEAD)
        self.fiscal_combo = Choice()
        self.discount_box = QCheckBox(tr("&Discount revenue"))
        self.discount_box.setChecked(self._old.discounted)
        self.rate_edit = NumberEdit(self._old.discount_percent, most=MOST_PERCENT)
        self.tail_spin = QSpinBox()
        self.tail_spin.setRange(0, LONGEST_HORIZON)
        self._fill()
        self._place(new=new)
        self._connect()
        self._judge()

    def roadmap(self) -> Roadmap:
        """Return the roadmap as it was entered; raises Refused with the sentence that the dialog shows."""
        return replace(
            self._old,
            title=self.title_edit.text().strip(),
            start=self.start_edit.typed() or self._old.start,
            months=self.months_spin.value(),
            currency=self.currency_combo.currentText().strip().upper(),
            country=str(self.country_combo.currentData() or ""),
            longest_increment_weeks=self.longest_spin.value(),
            shortest_increment_weeks=self.shortest_spin.value(),
            longest_silence_weeks=self.silence_spin.value(),
            overhead_weeks=self.overhead_spin.value(),
            fiscal_year_month=self.fiscal_combo.currentIndex() + 1,
            discounted=self.discount_box.isChecked(),
            discount_percent=self._rate(),
            tail_months=self.tail_spin.value(),
        )

    @override
    def accept(self) -> None:
        """Close with the answer, unless it is none."""
        self.start_edit.settle()
        self.rate_edit.settle()
        self._judge()
        if self.take.isEnabled():
            super().accept()

    def _rate(self) -> float:
        """Return the yearly rate in per cent; raises Refused while there is to be a discount and no rate."""
        rate = self.rate_edit.typed()
        if rate is None and self.discount_box.isChecked():
            raise Refused(tr("The yearly rate is missing: enter per cent such as 8, or switch the discount off."))
        return 0.0 if rate is None else rate

    def _fill(self) -> None:
        self.currency_combo.setEditable(True)
        if (line := self.currency_combo.lineEdit()) is not None:
            limit(line, 8)
        self.currency_combo.addItems(sorted({*CURRENCIES, self._old.currency}))
        self.currency_combo.setCurrentText(self._old.currency)
        self.country_combo.addItem(tr("none: Monday to Friday only"), "")
        for name, code in countries():
            self.country_combo.addItem(name, code)
        known = self.country_combo.findData(self._old.country)
        if known < 0:
            self.country_combo.addItem(self._old.country, self._old.country)
        self.country_combo.setCurrentIndex(known if known >= 0 else self.country_combo.count() - 1)
        self.country_combo.setMaxVisibleItems(20)
        self.fiscal_combo.addItems([month_text(date(2000, n, 1)) for n in range(1, 13)])
        self.fiscal_combo.setCurrentIndex(self._old.fiscal_year_month - 1)
        self.months_spin.setValue(self._old.months)
        self.tail_spin.setValue(self._old.tail_months)
        self._name_months()

    def _place(self, *, new: bool) -> None:
        grid = form(self)
        row(grid, tr("&Title"), self.title_edit)
        row(grid, tr("Sta&rt"), self.start_edit)
        row(grid, tr("Hori&zon"), self.months_spin, tr("How many months the roadmap spans"))
        grid.addWidget(self.span_label, grid.rowCount(), 1)
        row(grid, tr("C&urrency"), self.currency_combo)
        row(grid, tr("Public &holidays of"), self.country_combo)
        row(grid, tr("&Longest increment"), self.longest_spin)
        row(grid, tr("Sh&ortest increment"), self.shortest_spin)
        row(grid, tr("Longest s&ilence"), self.silence_spin, tr("The longest time without a consult with the CMO"))
        self._place_agreed(grid)
        if not new:  # a beginner is asked for what nobody can do without
            self._place_more(grid)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.want(60, 0)
        self.title_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_agreed(self, grid: QGridLayout) -> None:
        """Say why the limits cannot be changed here, where both sides have signed them."""
        if self._agreement is None:
            return
        words = tr(
            "The longest increment and the longest silence are agreed: version {n}, signed by both. A new version on "
            "the Agreement page changes them."
        ).format(n=self._agreement.version)
        self.agreed_label.setText(words)
        grid.addWidget(self.agreed_label, grid.rowCount(), 1)
        for spin in (self.longest_spin, self.silence_spin):
            spin.setEnabled(False)
            spin.setAccessibleDescription(words)

    def _place_more(self, grid: QGridLayout) -> None:
        note = tr("In these weeks at the start of each increment nobody builds")
        row(grid, tr("Release &work"), self.overhead_spin, note)
        row(grid, tr("&Fiscal year begins in"), self.fiscal_combo)
        rate = QHBoxLayout()
        rate.setSpacing(steps(self, 2))
        rate.addWidget(self.discount_box)
        rate.addWidget(named(tr("% a &year"), self.rate_edit))
        rate.addWidget(self.rate_edit, 1)
        grid.addLayout(rate, grid.rowCount(), 1)
        row(grid, tr("T&ail"), self.tail_spin, tr("How far beyond the horizon the value with a tail counts"))

    def _connect(self) -> None:
        self.title_edit.textChanged.connect(self._judge)
        self.start_edit.textChanged.connect(self._judge)
        self.months_spin.valueChanged.connect(self._name_months)
        self.tail_spin.valueChanged.connect(self._name_months)
        spins = (self.longest_spin, self.shortest_spin, self.silence_spin, self.overhead_spin)
        for spin in (self.months_spin, self.tail_spin, *spins):
            spin.valueChanged.connect(self._judge)
        self.rate_edit.textChanged.connect(self._judge)
        self.discount_box.toggled.connect(self._judge)
        self.currency_combo.currentTextChanged.connect(self._judge)
        self.country_combo.currentIndexChanged.connect(self._judge)

    def _name_months(self) -> None:
        self.months_spin.setSuffix(" " + trn("month", "months", self.months_spin.value()))
        self.tail_spin.setSuffix(
            " " + trn("month beyond the horizon", "months beyond the horizon", self.tail_spin.value())
        )

    def _judge(self) -> None:
        self.rate_edit.setEnabled(self.discount_box.isChecked())
        try:
            start = self.start_edit.typed() or self._old.start
            self.span_label.setText(span_text(DateSpan(start, add_months(start, self.months_spin.value()))))
            self.roadmap()
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self.refuse("")


def first_monday(day: date) -> date:
    """Return the first Monday of the month in which *day* lies."""
    first = day.replace(day=1)
    return first + timedelta(-first.weekday() % DAYS_A_WEEK)


def countries() -> list[tuple[str, str]]:
    """Return name and code of each country whose public holidays are known, by name."""
    # Imported when a dialog opens: the package costs the start of the window more than all of our own code.
    package = import_module("holidays")
    codes: list[str] = [code for code in package.list_supported_countries(include_aliases=False) if len(code) == 2]
    named = [(QLocale.territoryToString(QLocale.codeToTerritory(code)) or code, code) for code in codes]
    return sorted(named, key=_sorted_by_name)


def _sorted_by_name(named: tuple[str, str]) -> str:
    return named[0].casefold().replace("å", "a")
