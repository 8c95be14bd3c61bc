"""Questions of the timeline: the lag of a link, another day for a consult, and which increment comes after one."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QSpinBox, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import span_text
from roadmapper.ui.dialogs.sheet import Sheet, form, row
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.workspace.edits.links import check_link

MOST_LAG = 3_660


class LagDialog(Sheet):
    """Ask how many days lie at least between two linked increments."""

    def __init__(self, plan: Plan, link: Link, parent: QWidget | None = None) -> None:
        one, two = plan.increments[link.before].title, plan.increments[link.after].title
        purpose = tr("“{two}” starts at least so many days after “{one}” has ended; fewer than none lets them overlap.")
        super().__init__(tr("Lag of a link"), purpose.format(one=one, two=two), tr("&Change"), parent)
        self.days = QSpinBox(minimum=-MOST_LAG, maximum=MOST_LAG, value=link.lag_days)
        grid = form(self)
        row(grid, tr("&Days"), self.days)
        self.body.addLayout(grid)
        self.reason.hide()
        self.days.selectAll()


class DayDialog(Sheet):
    """Ask for another day of a consult."""

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Move the checkpoint"), tr("It comes to stand on the working day up to then."), tr("&Move"), parent
        )
        self.day = DayEdit(day)
        grid = form(self)
        row(grid, tr("&Day"), self.day)
        self.body.addLayout(grid)
        self.day.textChanged.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        try:
            day = self.day.typed()
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self.refuse("" if day is not None else self.day.wanted())

    @override
    def accept(self) -> None:
        """Close with the day, unless it is none."""
        self.day.settle()
        self._judge()
        if self.take.isEnabled():
            super().accept()


class TargetDialog(Sheet):
    """Ask which increment comes after another one."""

    def __init__(self, plan: Plan, before: EntityId, parent: QWidget | None = None) -> None:
        purpose = tr("Which one starts only when “{title}” has ended?").format(title=plan.increments[before].title)
        super().__init__(tr("Link to another increment"), purpose, tr("&Link"), parent)
        self._plan, self._before = plan, before
        self.target = Choice()
        others = (i for i in plan.increments.values() if i.id != before and i.counts)
        for each in sorted(others, key=lambda i: (i.title.casefold(), i.span.start, i.id)):
            self.target.addItem(f"{each.title} · {span_text(each.span)}", str(each.id))
        grid = form(self)
        row(grid, tr("&Increment"), self.target)
        self.body.addLayout(grid)
        self.want(72, 0)
        self.target.currentIndexChanged.connect(self._judge)
        self._judge()

    def chosen(self) -> EntityId:
        """Return the increment that is to come after."""
        return EntityId(str(self.target.currentData() or ""))

    def _judge(self) -> None:
        try:
            check_link(self._plan, self._before, self.chosen())
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self.refuse("")
