"""LoadStrip: under the lanes, week by week, what the increments ask of a team against the people who are there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil, floor

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.chart.painter import Painter, colour
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import day_text, effort_text, month_text
from roadmapper.planning.team_load import Load, Summary, TeamLoads, by_months, loads_of, summed_up
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.shading import CalendarLayer
from roadmapper.ui.timeline.strips import BUTTON, PAD, TITLE_TOP, Figure, Strip
from roadmapper.ui.timeline.view import TimelineView
from roadmapper.ui.widgets.choice import Choice
from roadmapper.workspace.workspace import PlanDelta

WEEKS_FROM = 5.0
HEAD_ROOM = 17.0
FOOT = 5.0
MOST_NAMED = 6
TITLE = 76.0
STRIPE = 6.0
ALL = "all"


class LoadStrip(Strip):
    """Bars for the work, a line for the people; what is too much is red, hatched and numbered."""

    title = "Team load"
    usual = 92.0

    def __init__(
        self, editor: Editor, view: TimelineView, calendar: CalendarLayer, theme: Theme, parent: QWidget
    ) -> None:
        self._loads: TeamLoads | None = None
        self._weeks: list[Load] = []
        self._months: list[Load] = []
        self._top = 1.0
        self._summary = Summary(None, None, 0, 0)
        self._waiting: list[PlanDelta] = []
        super().__init__(editor, view, calendar, theme, parent)
        self.chooser = Choice(self)
        self.chooser.setAccessibleName(tr("Team whose load is shown"))
        self.chooser.addItem(tr("All teams"), ALL)
        self.chooser.currentIndexChanged.connect(self._choose)
        editor.opened.connect(self._forget)
        editor.changed.connect(self._note)

    def _forget(self) -> None:
        self._loads, self._waiting = None, []
        self.chooser.setCurrentIndex(0)

    def _note(self, delta: PlanDelta) -> None:
        """Keep what was changed until the strip is read; of several changes only that there were some."""
        if self._loads is not None:
            self._waiting = [*self._waiting[-1:], delta]

    @override
    def read(self) -> None:
        """Work out the load of the team that is chosen, from what was changed if that is known."""
        plan = self.editor.plan
        if self._loads is None or len(self._waiting) != 1:
            self._loads = loads_of(plan) if self._loads is None or self._waiting else self._loads
        else:
            self._loads = self._loads.after(plan, self._waiting[0])
        self._waiting = []
        self._offer_teams()
        self._show()

    def _offer_teams(self) -> None:
        """Offer the teams there are, the chosen one still chosen."""
        loads = self._loads
        if loads is None:
            return
        teams = [(self._name_of(t), t or "") for t in loads.teams]
        wanted = [(tr("All teams"), ALL), *teams]
        if wanted != [(self.chooser.itemText(n), self.chooser.itemData(n)) for n in range(self.chooser.count())]:
            chosen = self.chooser.currentData()
            self.chooser.blockSignals(True)
            self.chooser.clear()
            for title, key in wanted:
                self.chooser.addItem(title, key)
            self.chooser.setCurrentIndex(max(self.chooser.findData(chosen), 0))
            self.chooser.blockSignals(False)

    def _name_of(self, team: EntityId | None) -> str:
        return self.editor.plan.teams[team].title if team is not None else tr("Nobody named")

    def _choose(self) -> None:
        self._show()
        self.tell()
        self.update()

    def _show(self) -> None:
        if self._loads is None:
            return
        self._weeks = self._loads.of_all() if self.everybody else self._loads.of_team(self.team)
        self._months = by_months(self._weeks)
        self._top = max((max(w.need, w.there or 0.0) for w in self._weeks), default=0.0) or 1.0
        self._summary = summed_up(self._weeks, self.editor.plan.roadmap.span)

    @property
    def everybody(self) -> bool:
        """Return whether all teams are shown together."""
        return bool(self.chooser.currentData() == ALL)

    @property
    def team(self) -> EntityId | None:
        """Return the team that is shown, None for work of which nobody said who does it."""
        key = self.chooser.currentData()
        return EntityId(key) if key and key != ALL else None

    @override
    def figures(self) -> list[Figure]:
        """Return how loaded the team is, its worst week and how many weeks are idle."""
        found, worst = self._summary, self._summary.worst
        if found.share is not None:
            bad = "bad" if found.over else "text"
            weeks = trn("{n} week over", "{n} weeks over", found.over) if found.over else tr("never over")
            found_share = tr("{n} % · {weeks}").format(n=round(found.share * 100), weeks=weeks)
            lines = [Figure(tr("Loaded"), found_share, bad)]
        else:
            lines = [Figure(tr("Loaded"), tr("size of team unknown"), "secondary")]
        if worst is not None:
            there = _number(worst.need) if worst.there is None else _of(worst)
            lines.append(Figure(tr("Worst, {day}").format(day=day_text(worst.start)), there, "text"))
        lines.append(Figure(tr("Idle weeks"), str(found.idle), "text"))
        missing = self._loads.uncounted() if self._loads is not None and self.everybody else 0
        if missing:
            words = trn("{n} team of unknown size is not counted", "{n} teams of unknown size are not counted", missing)
            lines.append(Figure(words, "", "secondary"))
        return lines

    @override
    def words_at(self, day: date, reach: int) -> str:
        """Return what is needed and who is there in the week of *day*, and what for."""
        load = self._at(day)
        if load is None or self._loads is None:
            return ""
        if load.weeks == 1:
            head = tr("Week of {day}: {load}").format(day=day_text(load.start), load=_needed(load))
        else:
            thursday = later(load.start, 3)
            month = f"{month_text(thursday)} {thursday.year}"
            head = tr("{month}, in a week: {load}").format(month=month, load=_needed(load))
        plan = self.editor.plan
        span = DateSpan(load.start, load.end)
        over = self._loads.over_in(span) if self.everybody else []
        short = [tr("{team}: {over} too much").format(team=self._name_of(t), over=_number(pw)) for t, pw in over]
        work = self._loads.work_in(plan, span, self.team, everybody=self.everybody)
        lines = [f"{_number(pw)}  {increment.title}" for increment, pw in work[:MOST_NAMED]]
        if len(work) > MOST_NAMED:
            n = len(work) - MOST_NAMED
            lines.append(trn("and {n} more increment", "and {n} more increments", n))
        return "\n".join([head, *short, *lines])

    @override
    def line_at(self, day: date) -> date:
        """Return the middle of the week or month that is meant."""
        load = self._at(day)
        return later(load.start, (load.end - load.start).days // 2) if load is not None else day

    @override
    def step(self) -> float:
        """Return the width of a week or a month."""
        return super().step() * (1 if self._shown() is self._weeks else 4.35)

    @override
    def paint_chart(self, painter: Painter, area: QRectF) -> None:
        """Paint the bars, what is too much of them, and the line of the people."""
        palette, unit = self.theme.palette, self.theme.unit
        if not any(w.need for w in self._weeks):
            painter.font(11.5)
            place = QRectF(area.left() + 8 * unit, area.top(), area.width() - 16 * unit, area.height())
            painter.text(place, tr("No increment of this team has an effort yet."), palette.faint)
        scale, left = painter.view.scale, painter.view.left
        loads = _between(self._shown(), scale.day(left), scale.day(left + area.width()) + timedelta(1))
        floor, height = area.bottom() - FOOT * unit, area.height() - (FOOT + HEAD_ROOM) * unit
        boxes = []
        for load in loads:
            x, end = (area.left() + painter.view.x(day) for day in (load.start, load.end))
            tall = height * load.need / self._top
            boxes.append(QRectF(x + 0.5, floor - tall, max(end - x - 1, 1.0), tall))
        painter.qp.setPen(Qt.PenStyle.NoPen)
        painter.qp.setBrush(colour(palette.accent_tint))
        painter.qp.drawRects([box for box in boxes if box.height()])
        painter.qp.setBrush(colour(palette.accent))
        painter.qp.drawRects([QRectF(b.left(), b.top(), b.width(), 1.5 * unit) for b in boxes if b.height()])
        self._too_much(painter, loads, boxes, height)
        self._people(painter, loads, boxes, height, floor)
        self._numbers(painter, area, loads, boxes)

    def _too_much(self, painter: Painter, loads: Sequence[Load], boxes: Sequence[QRectF], height: float) -> None:
        """Paint red and hatched what is too much, the stripes going on from one box to the next."""
        unit, palette = self.theme.unit, self.theme.palette
        over = []
        for load, box in zip(loads, boxes, strict=True):
            if load.over:
                tall = max(min(height * load.over / self._top, box.height()), 3 * unit)
                over.append(QRectF(box.left(), box.top(), box.width(), tall))
        painter.qp.setPen(QPen(colour(palette.bad), 1.1 * unit))
        painter.qp.setBrush(colour(palette.bad_tint))
        painter.qp.drawRects(over)
        painter.qp.drawLines([line for box in over for line in _stripes(box, STRIPE * unit)])

    def _people(
        self, painter: Painter, loads: Sequence[Load], boxes: Sequence[QRectF], height: float, floor: float
    ) -> None:
        """Paint how many there are, as steps."""
        steps = []
        for load, box in zip(loads, boxes, strict=True):
            if load.there is not None:
                y = floor - height * load.there / self._top
                steps += [QPointF(box.left() - 0.5, y), QPointF(box.right() + 0.5, y)]
        painter.qp.setBrush(Qt.BrushStyle.NoBrush)
        painter.qp.setPen(QPen(colour(self.theme.palette.text), 1.3 * self.theme.unit))
        painter.qp.drawPolyline(QPolygonF(steps))

    def _numbers(self, painter: Painter, area: QRectF, loads: Sequence[Load], boxes: Sequence[QRectF]) -> None:
        """Write over the worst week of each stretch that is over how much it is, where there is room."""
        unit = self.theme.unit
        metrics = painter.font(10.5, QFont.Weight.DemiBold)
        free_from, n = area.left(), 0
        while n < len(loads):
            end = n
            while end < len(loads) and loads[end].over:
                end += 1
            if end > n:
                worst = max(range(n, end), key=lambda i: loads[i].over)
                words = f"+{_plain(loads[worst].over)}"
                width = metrics.horizontalAdvance(words) + 2
                x = min(max(boxes[worst].center().x() - width / 2, area.left()), area.right() - width)
                if x >= free_from:
                    place = QRectF(x, boxes[worst].top() - 15 * unit, width, 14 * unit)
                    painter.text(place, words, self.theme.palette.bad)
                    free_from = x + width + 4 * unit
            n = max(end, n + 1)

    @override
    def place(self) -> None:
        """Put the chooser beside the title."""
        unit = self.theme.unit
        left = round((PAD + TITLE) * unit)
        right = round(self.split - (BUTTON + 12) * unit)
        self.chooser.setVisible(right - left > 40 * unit)
        self.chooser.setGeometry(left, round((TITLE_TOP - 2) * unit), max(right - left, 1), round(24 * unit))
        super().place()

    @override
    def title_room(self) -> float:
        """Return the room beside the chooser."""
        return min(TITLE * self.theme.unit, super().title_room())

    def _shown(self) -> list[Load]:
        """Return the weeks, or the months where weeks are too narrow."""
        return self._weeks if 7 * self.view.scale.day_width >= WEEKS_FROM * self.theme.unit else self._months

    def _at(self, day: date) -> Load | None:
        found = _between(self._shown(), day, day + timedelta(1))
        return found[0] if found else None


def _stripes(box: QRectF, step: float) -> Iterator[QLineF]:
    """Yield the slanting lines inside *box*: those on which x + y is a multiple of *step*."""
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    for n in range(ceil((left + top) / step), floor((right + bottom) / step) + 1):
        both = n * step
        one, two = max(left, both - bottom), min(right, both - top)
        yield QLineF(one, both - one, two, both - two)


def _between(loads: list[Load], first: date, last: date) -> list[Load]:
    """Return the loads that reach into first <= day < last."""
    begin = bisect_right(loads, first, key=lambda load: load.start) - 1
    return loads[max(begin, 0) : bisect_left(loads, last, key=lambda load: load.start)]


def _needed(load: Load) -> str:
    if load.there is None:
        return tr("{need} needed, the size of the team is unknown").format(need=_number(load.need))
    words = tr("{load} needed").format(load=_of(load))
    if load.over:
        over = tr("{over} too much in the worst week") if load.weeks > 1 else tr("{over} too much")
        words = f"{words}, {over.format(over=_number(load.over))}"
    return words


def _of(load: Load) -> str:
    return tr("{need} of {there}").format(need=_plain(load.need), there=_number(load.there or 0.0))


def _number(effort_pw: float) -> str:
    return effort_text(round(effort_pw, 1))


def _plain(effort_pw: float) -> str:
    return f"{round(effort_pw, 1):,.10g}".replace(",", "\u00a0")
