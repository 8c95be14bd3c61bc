"""BypassBox: the bypass indicator with its sum on screen, and when in the last twelve months something was bought."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapper.domain.dates import add_months
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.bypass import MONTHS, Bypass, bypass_of, formula_text
from roadmapper.planning.phrases import day_text, length_text, money_text, month_text
from roadmapper.ui.agreement.panel import Panel
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel

DOT = 5.0
SMALL = 0.92


class YearLine(QWidget):
    """The last twelve months as a line with a dot for each purchase; several of one day stand above each other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = date(2000, 1, 1)
        self.days: list[date] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: list[date], today: date) -> None:
        """Show when something was bought in the twelve months up to *today*."""
        self.days, self._today = days, today
        words = ", ".join(map(day_text, days)) or tr("nothing")
        self.setAccessibleName(tr("Bought in the last {n} months: {days}").format(n=MONTHS, days=words))
        self.update()

    def point(self, day: date, above: int = 0) -> QPointF:
        """Return the middle of the dot of a day."""
        unit, start = self._theme.unit, add_months(self._today, -MONTHS)
        edge = (DOT + 1) * unit
        part = (day - start).days / (self._today - start).days
        return QPointF(edge + part * (self.width() - 2 * edge), self._line() - above * 1.5 * DOT * unit)

    @override
    def sizeHint(self) -> QSize:
        """Return the room for three dots above each other and the names of the months."""
        return QSize(round(200 * self._theme.unit), round(self._line() + self._text_room()))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same height, in half the width."""
        return QSize(self.sizeHint().width() // 2, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the months that have room, and the dots."""
        colours, unit = self._theme.palette, self._theme.unit
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        start = add_months(self._today, -MONTHS)
        qp.setPen(QPen(QColor(colours.strong_line), max(1.0, unit)))
        qp.drawLine(self.point(start), self.point(self._today))
        metrics, last = QFontMetricsF(self.font()), -1.0
        for n in range(1, MONTHS + 1):
            first = add_months(start, n).replace(day=1)
            x = self.point(first).x()
            qp.setPen(QPen(QColor(colours.strong_line), max(1.0, unit)))
            qp.drawLine(QPointF(x, self._line()), QPointF(x, self._line() + 3 * unit))
            words = month_text(first) if first.month > 1 else f"{month_text(first)} {first.year}"
            wide = metrics.horizontalAdvance(words)
            left = min(max(x - wide / 2, 0), self.width() - wide)
            if first.month % 2 and (left > last + 6 * unit or last < 0):  # January, which tells the year, among them
                qp.setPen(QColor(colours.secondary))
                rect = QRectF(left, self._line() + 4 * unit, wide + 1, metrics.height())
                qp.drawText(rect, Qt.AlignmentFlag.AlignLeft, words)
                last = left + wide
        qp.setPen(Qt.PenStyle.NoPen)
        qp.setBrush(QColor(colours.warning))
        for n, day in enumerate(self.days):
            qp.drawEllipse(self.point(day, self.days[:n].count(day)), DOT * unit, DOT * unit)
        qp.end()

    def _line(self) -> float:
        return 3 * 1.5 * DOT * self._theme.unit

    def _text_room(self) -> float:
        return 6 * self._theme.unit + QFontMetricsF(self.font()).height()


class BypassBox(Panel):
    """The figure, its sum, what it is about and the line of the year."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("How close marketing is to going around IT"), parent)
        quiet = theme.palette.secondary
        self.figure = PlainLabel().styled(size=1.9, bold=True)
        self.formula = PlainLabel()
        self.meaning = PlainLabel(tr("0 is best. An indicator, not a probability."))
        self.silence = PlainLabel()
        self.spent = PlainLabel()
        self.line = YearLine(theme)
        for widget in (self.figure, self.formula, self.meaning, self.line, self.silence, self.spent):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        for label in (self.meaning, self.silence, self.spent):
            label.styled(size=SMALL, colour=quiet)

    def show_plan(self, plan: Plan, today: date) -> Bypass:
        """Show the indicator as it is today, and return it."""
        found = bypass_of(plan, today)
        self.figure.setText(f"{found.value:.2f}")
        self.formula.setText(formula_text(found))
        if found.project is None:
            words = tr("No project is under way today, so nobody waits for a consult.")
        else:
            words = tr("Longest without an answered consult: “{title}”, {length}. Agreed: at most {most}.").format(
                title=plan.projects[found.project].title,
                length=length_text(found.silence_days),
                most=length_text(found.limit_days),
            )
        self.silence.setText(words)
        self.spent.setText(_spent_text(found, plan.roadmap.currency))
        self.line.show_days([p.day for p in found.purchases], today)
        return found


def _spent_text(found: Bypass, currency: str) -> str:
    unknown = sum(p.cost is None for p in found.purchases)
    if not found.purchases:
        return tr("Nothing was bought outside IT in the last {n} months.").format(n=MONTHS)
    money = money_text(found.cost, currency)
    words = tr("Spent outside IT in the last {n} months: {money}.").format(n=MONTHS, money=money)
    rest = trn(
        "Of {n} of them nobody has said what it cost.", "Of {n} of them nobody has said what they cost.", unknown
    )
    return f"{words} {rest}" if unknown else words
