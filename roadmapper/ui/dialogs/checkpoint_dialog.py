"""CheckpointDialog: asks for a consult - project, day, what it is for, the question - and proposes the best day."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.consult import Checkpoint, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import SENTENCE_LENGTH, EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.silence import gaps, silences
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.placing import best_date
from roadmapper.planning.consults.saying import go_live_question, kind_text, mid_way_question
from roadmapper.planning.phrases import length_text, span_text
from roadmapper.ui.dialogs.sheet import Sheet, form, row
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.text_edit import TextEdit

USUAL_DAYS = 7


def proposed(plan: Plan, project: EntityId, today: date) -> tuple[date, DateSpan | None]:
    """Return the best day for another consult from *today* on, and the silence that it ends, if there is one."""
    ahead = [_rest(s, today) for s in (gaps(plan, project) or silences(plan, project)) if s.end > today]
    found = [s for s in ahead if s.days > 1]
    if not found:
        return today + timedelta(USUAL_DAYS), None
    longest = max(found, key=lambda s: s.days)
    return max(best_date(plan, project, longest), today), longest


def _rest(span: DateSpan, today: date) -> DateSpan:
    return DateSpan(max(span.start, min(today, span.finish)), span.end)


class CheckpointDialog(Sheet):
    """Ask for a new consult of one project."""

    def __init__(self, plan: Plan, project: EntityId | None, today: date, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("New checkpoint"),
            tr("A day on which the CMO is consulted, and what is asked then."),
            tr("&Add"),
            parent,
        )
        self._plan = plan
        self._today = today
        self.project = Choice()
        for each in plan.projects_in_order:
            self.project.addItem(each.title, str(each.id))
        self.project.setCurrentIndex(max(self.project.findData(str(project)), 0))
        self.day = DayEdit(today, today=today)
        self.why = PlainLabel().styled(colour=self.colours.secondary)
        self.why.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.kind = Choice()
        for kind in (Kind.MID_WAY, Kind.GO_LIVE, Kind.KICK_OFF):
            self.kind.addItem(kind_text(kind).capitalize(), kind.value)
        self.increment = Choice()
        self.question = TextEdit("", SENTENCE_LENGTH)
        self.question.setFixedHeight(steps(self, 9))
        grid = form(self)
        row(grid, tr("&Project"), self.project)
        row(grid, tr("&Day"), self.day)
        grid.addWidget(self.why, grid.rowCount(), 1)
        row(grid, tr("&What for"), self.kind)
        row(grid, tr("About the &increment"), self.increment)
        row(grid, tr("&Question"), self.question)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.want(64, 0)
        self.project.currentIndexChanged.connect(self._choose)
        self.kind.currentIndexChanged.connect(self._ask)
        self.increment.currentIndexChanged.connect(self._ask)
        self.day.textChanged.connect(self._judge)
        self._choose()

    def result_checkpoint(self) -> Checkpoint:
        """Return the checkpoint; raises Refused with what is wrong."""
        day = self.day.typed()
        if day is None:
            raise Refused(self.day.wanted())
        about = str(self.increment.currentData() or "")
        return Checkpoint(
            new_id("chk"),
            self._key(),
            day,
            Kind(self.kind.currentData()),
            self.question.toPlainText().strip(),
            EntityId(about) if about else None,
        )

    @override
    def accept(self) -> None:
        """Close with the answer, unless it is none."""
        self.day.settle()
        self._judge()
        if self.take.isEnabled():
            super().accept()

    def _key(self) -> EntityId:
        return EntityId(str(self.project.currentData() or ""))

    def _choose(self) -> None:
        """Offer the increments of a project and the day that does most."""
        if self._key() not in self._plan.projects:
            self.refuse(tr("There is no project yet: add one first."))
            return
        day, silence = proposed(self._plan, self._key(), self._today)
        self.day.set_day(day)
        limit = self._plan.roadmap.silence_limit_days
        if silence is None:
            self.why.setText(tr("Nothing is planned there from today on: any day will do."))
        else:
            words = (
                tr("Ends a silence of {length} ({days}), longer than the {most} agreed on.")
                if silence.days > limit
                else tr("The middle of the longest silence: {length} ({days}); {most} are agreed on.")
            )
            self.why.setText(
                words.format(length=length_text(silence.days), days=span_text(silence), most=length_text(limit))
            )
        self.increment.blockSignals(True)
        self.increment.clear()
        self.increment.addItem(tr("the whole project"), "")
        for increment in self._plan.increments_by_project.get(self._key(), ()):
            if increment.counts:
                self.increment.addItem(increment.title, str(increment.id))
                if increment.span.start <= day < increment.span.end:
                    self.increment.setCurrentIndex(self.increment.count() - 1)
        self.increment.blockSignals(False)
        self._ask()

    def _ask(self) -> None:
        """Say what is asked where nobody writes a question."""
        about = self._plan.increments.get(EntityId(str(self.increment.currentData() or "")))
        live = Kind(self.kind.currentData()) is Kind.GO_LIVE and about is not None
        usual = go_live_question(about) if live and about is not None else mid_way_question()
        self.question.setPlaceholderText(usual)
        self._judge()

    def _judge(self) -> None:
        why = ""
        try:
            self.result_checkpoint()
        except Refused as refusal:
            why = str(refusal)
        self.refuse(why)
