"""RevenueStrip: the curve under the lanes - what is earned month by month, and what stopping after each leaves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import date, timedelta

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.chart.painter import Painter, colour
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.forecast import curve, stop_after
from roadmapper.planning.phrases import day_text, effort_text, money_text, month_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.shading import CalendarLayer
from roadmapper.ui.timeline.strips import Figure, Strip, before
from roadmapper.ui.timeline.view import TimelineView

TICK = 6.0
MOST_NAMED = 3


class RevenueStrip(Strip):
    """What is earned by the plan and by one big delivery each; a tick where an increment ends."""

    title = "Revenue earned so far"
    usual = 112.0

    def __init__(
        self, editor: Editor, view: TimelineView, calendar: CalendarLayer, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(editor, view, calendar, theme, parent)
        self._points: list[tuple[date, float, float]] = []
        self._ends: dict[date, list[EntityId]] = {}
        self._days: list[date] = []
        self._accents: dict[date, int | None] = {}
        view.selection.changed.connect(self._tell_selected)

    @override
    def read(self) -> None:
        """Work out the curve, and where increments end."""
        plan = self.editor.plan
        self._points = curve(plan)
        ends: defaultdict[date, list[EntityId]] = defaultdict(list)
        for increment in plan.increments.values():
            if increment.counts:
                ends[increment.span.end].append(increment.id)
        self._ends, self._days = dict(ends), sorted(ends)
        self._accents = {day: self._accent_of(keys) for day, keys in ends.items()}

    def _accent_of(self, keys: list[EntityId]) -> int | None:
        """Return the accent of the one project that all increments belong to, None where there are several."""
        plan = self.editor.plan
        first = plan.increments[keys[0]].project
        return plan.projects[first].accent if all(plan.increments[k].project == first for k in keys) else None

    def break_even(self) -> date | None:
        """Return the first month by which the plan has earned what the big deliveries bring by the horizon."""
        total = self._points[-1][2] if self._points else 0.0
        return next((day for day, plan, _ in self._points if total > 0 and plan >= total), None)

    @override
    def figures(self) -> list[Figure]:
        """Return what is earned by the horizon, and what stopping after the selected increment leaves of it."""
        if not self._points:
            return []
        plan = self.editor.plan
        currency, even = plan.roadmap.currency, self.break_even()
        _, earned, big = self._points[-1]
        by = tr("This plan by {day}").format(day=day_text(plan.roadmap.span.finish))
        found = [Figure(by, money_text(round(earned), currency), "accent")]
        chosen = self._selected()
        if chosen is not None:
            stop = stop_after(plan, chosen)
            left = f"{money_text(stop.revenue, currency)}, {_effort(stop.effort_pw)}"
            found.append(Figure(tr("Stop after “{title}”").format(title=chosen.title), left, "text"))
        found.append(Figure(tr("One big delivery each"), money_text(round(big), currency), "secondary"))
        found.append(Figure(tr("Earns more from"), f"{month_text(even)} {even.year}" if even else "–", "text"))
        return found

    @override
    def words_at(self, day: date, reach: int) -> str:
        """Return what is earned by the month at *day*, or what stopping after the increments that end there leaves."""
        if not self._points:
            return ""
        near = self._near(day, reach)
        if near is not None:
            keys = self._ends[near]
            lines = [self._stop_words(self.editor.plan.increments[key]) for key in keys[:MOST_NAMED]]
            if len(keys) > MOST_NAMED:
                n = len(keys) - MOST_NAMED
                lines.append(trn("{n} more increment ends there", "{n} more increments end there", n))
            return "\n".join(lines)
        at, earned, big = self._point(day)
        currency = self.editor.plan.roadmap.currency
        words = tr("By {day} this plan has earned {plan}, one big delivery each {big}.")
        plan, other = money_text(round(earned), currency), money_text(round(big), currency)
        return words.format(day=day_text(before(at)), plan=plan, big=other)

    @override
    def line_at(self, day: date) -> date:
        """Return the end of an increment near *day*, or the month whose sums are told."""
        near = self._near(day, round(4 * self.theme.unit / self.view.scale.day_width))
        return near if near is not None else self._point(day)[0] if self._points else day

    @override
    def paint_chart(self, painter: Painter, area: QRectF) -> None:
        """Paint the curve, and the ticks below it."""
        if not self._points:
            return
        painter.curve(area, self._points)
        unit, palette = self.theme.unit, self.theme.palette
        scale, left = painter.view.scale, painter.view.left
        first, last = scale.day(left), scale.day(left + area.width()) + timedelta(1)
        chosen = self._selected()
        floor = area.bottom() - 6 * unit
        ticks: defaultdict[str, list[QLineF]] = defaultdict(list)
        for day in self._days[bisect_left(self._days, first) : bisect_right(self._days, last)]:
            x = area.left() + painter.view.x(day)
            accent = self._accents[day]
            name = palette.secondary if accent is None else painter.accent(accent).full
            tall = chosen is not None and chosen.span.end == day
            ticks[name].append(QLineF(x, floor + 2 * unit, x, floor - (3 * TICK if tall else TICK) * unit))
        for name, lines in ticks.items():
            painter.qp.setPen(QPen(colour(name), 1.6 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.qp.drawLines(lines)

    def _tell_selected(self) -> None:
        if self.isVisible():
            self.tell()
            self.update()

    def _selected(self) -> Increment | None:
        focused = self.view.selection.focused
        found = self.editor.plan.increments.get(focused) if focused is not None else None
        return found if found is not None and found.counts else None

    def _near(self, day: date, reach: int) -> date | None:
        """Return the day nearest to *day*, at most *reach* days away, on which an increment has ended."""
        n = bisect_left(self._days, day)
        near = [d for d in self._days[max(n - 1, 0) : n + 1] if abs((d - day).days) <= max(reach, 1)]
        return min(near, key=lambda d: abs((d - day).days), default=None)

    def _point(self, day: date) -> tuple[date, float, float]:
        return min(self._points, key=lambda point: abs((point[0] - day).days))

    def _stop_words(self, increment: Increment) -> str:
        plan = self.editor.plan
        stop, last = stop_after(plan, increment), plan.roadmap.span.finish
        words = tr("Stop “{project}” after “{title}”: earned {money} by {month}, {effort} spent.")
        return words.format(
            project=plan.projects[increment.project].title,
            title=increment.title,
            money=money_text(stop.revenue, plan.roadmap.currency),
            month=f"{month_text(last)} {last.year}",
            effort=_effort(stop.effort_pw),
        )


def _effort(effort_pw: float) -> str:
    return effort_text(round(effort_pw, 1))
