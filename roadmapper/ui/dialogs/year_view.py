"""YearView: the year strip of a team, with the year to choose and what it comes to in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from roadmapper.domain.dates import FIRST_DAY, LAST_DAY
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.sheet import named
from roadmapper.ui.dialogs.year_strip import YearStrip, told, weeks_of
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps


class YearView(QWidget):
    """A year of a team."""

    def __init__(self, country: str, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._country = country
        self._days_off: Sequence[DaysOff] = ()
        self._people: int | None = None
        self.year_spin = QSpinBox()
        self.year_spin.setRange(FIRST_DAY.year + 1, LAST_DAY.year - 1)
        self.year_spin.setValue(year)
        self.strip = YearStrip()
        self.told = PlainLabel().styled(colour=palette_of(self).secondary)
        bar = QHBoxLayout()
        bar.setSpacing(steps(self, 2))
        bar.addWidget(named(tr("Ye&ar"), self.year_spin))
        bar.addWidget(self.year_spin)
        bar.addWidget(self.told, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(steps(self))
        whole.addLayout(bar)
        whole.addWidget(self.strip)
        self.year_spin.valueChanged.connect(self._show)

    def show_team(self, days_off: Sequence[DaysOff], people: int | None) -> None:
        """Show another team, or this one with other days off."""
        self._days_off, self._people = days_off, people
        self._show()

    def _show(self) -> None:
        try:
            weeks = weeks_of(self.year_spin.value(), self._people, self._days_off, self._country)
        except Refused as refusal:
            self.told.setText(str(refusal))
            return
        words = told(weeks)
        self.told.setText(words if self._country else tr("{words} (no country is set)").format(words=words))
        self.strip.show_weeks(weeks, self._people)
