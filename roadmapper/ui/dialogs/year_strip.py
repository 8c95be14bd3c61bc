"""YearStrip: a year of a team week by week - how many of its people are there, and where public holidays lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from roadmapper.chart.painter import colour
from roadmapper.domain.dates import DAYS_A_WEEK, monday
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.days_off import away
from roadmapper.planning.phrases import day_text, month_text
from roadmapper.planning.working_calendar import SATURDAY, WorkingCalendar
from roadmapper.ui.widgets.labels import tip
from roadmapper.ui.widgets.looks import palette_of, unit_of

BAR = 34
DOT = 5
MONTHS = 18


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday on: what part of its people's working days is left, of 0 to 1, and its public holidays.

    *fewest* is how many people are there on the worst of its working days, None where nobody said how many they are
    and some of them are there.
    """

    start: date
    share: float
    fewest: int | None
    holidays: int

    @property
    def off(self) -> bool:
        """Return whether somebody is away."""
        return self.share < 1


def weeks_of(year: int, people: int | None, days_off: Sequence[DaysOff], country: str) -> list[Week]:
    """Return the weeks of a year; raises Refused for a rule that nobody can follow."""
    count = people or max([1, *(off.people + 1 for off in days_off if off.people)])
    first, last = monday(date(year, 1, 1)), date(year, 12, 31)
    missing = away(days_off, first, last + timedelta(DAYS_A_WEEK), count)
    calendar = WorkingCalendar(country)
    found = []
    while first <= last:
        weekdays = [first + timedelta(n) for n in range(SATURDAY)]
        worked = [day for day in weekdays if calendar.works(day)]
        there = [count - missing.get(day, 0) for day in worked]
        share = sum(there) / (count * len(there)) if there else 1.0
        fewest = min(there, default=count)
        known = fewest if people is not None or fewest == 0 else None
        found.append(Week(first, share, known, len(weekdays) - len(worked)))
        first += timedelta(DAYS_A_WEEK)
    return found


class YearStrip(QWidget):
    """The weeks as bars: what is missing is shaded from above, a dot below marks public holidays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks: list[Week] = []
        self._people: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The year of the team, week by week"))

    def show_weeks(self, weeks: list[Week], people: int | None) -> None:
        """Show other weeks."""
        self._weeks, self._people = weeks, people
        self.setAccessibleDescription(told(weeks))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the height of bars, dots and months."""
        return QSize(round(520 * unit_of(self)), round((BAR + 2 * DOT + MONTHS + 4) * unit_of(self)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return a width in which weeks can be told apart."""
        return QSize(round(320 * unit_of(self)), self.sizeHint().height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the weeks."""
        unit, colours = unit_of(self), palette_of(self)
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() / max(len(self._weeks), 1)
        month = 0
        for n, week in enumerate(self._weeks):
            box = QRectF(n * wide + unit / 2, 1, wide - unit, BAR * unit)
            qp.fillRect(box, colour(colours.accent_tint))
            if week.off:
                gone = QRectF(box.left(), box.top(), box.width(), max(box.height() * (1 - week.share), 3 * unit))
                qp.fillRect(gone, colour(colours.accent))
            if week.holidays:
                qp.setPen(Qt.PenStyle.NoPen)
                qp.setBrush(colour(colours.warning))
                radius = min(DOT * unit, wide) / 2
                qp.drawEllipse(QPointF(box.center().x(), box.bottom() + DOT * unit), radius, radius)
            begins = max(week.start, self._weeks[0].start + timedelta(DAYS_A_WEEK - 1))
            if begins.month != month:
                month = begins.month
                qp.setPen(colour(colours.secondary))
                room = QRectF(box.left(), box.bottom() + 2 * DOT * unit, 5 * wide, MONTHS * unit)
                qp.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, month_text(begins))
        qp.end()

    @override
    def event(self, event: QEvent) -> bool:
        """Say what a week is, where the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._weeks:
            n = min(int(event.pos().x() * len(self._weeks) / max(self.width(), 1)), len(self._weeks) - 1)
            QToolTip.showText(event.globalPos(), tip(self._said(self._weeks[max(n, 0)])), self)
            return True
        return super().event(event)

    def _said(self, week: Week) -> str:
        words = [tr("Week of {day}").format(day=day_text(week.start))]
        if not week.off:
            words.append(tr("everybody is there"))
        elif week.fewest is None:
            words.append(tr("some are away"))
        elif self._people is None or week.fewest == 0:
            words.append(tr("nobody is there on some days") if week.share else tr("nobody is there"))
        else:
            words.append(tr("at least {n} of {all} people are there").format(n=week.fewest, all=self._people))
        if week.holidays:
            words.append(trn("{n} public holiday", "{n} public holidays", week.holidays))
        return ", ".join(words)


def told(weeks: list[Week]) -> str:
    """Return in words how much of a year is off."""
    fewer = sum(week.off for week in weeks)
    holidays = sum(week.holidays for week in weeks)
    return ", ".join(
        (
            trn("{n} week with fewer people", "{n} weeks with fewer people", fewer),
            trn("{n} public holiday on a weekday", "{n} public holidays on weekdays", holidays),
        )
    )
