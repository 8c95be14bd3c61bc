"""Inspector: what is selected, in full, at the right of the timeline; every field is one edit with its own undo."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import SENTENCE_LENGTH, TEXT_LENGTH, TITLE_LENGTH, EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.project import Project
from roadmapper.domain.silence import gaps
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.phrases import currency_sign, day_text, length_text, money_text, span_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.inspector_deeds import InspectorDeeds, property_of
from roadmapper.ui.timeline.inspector_words import tell_consults, tell_what_stopping_brings
from roadmapper.ui.timeline.panel import Panel
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.timeline.under_way import UnderWay
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.ui.widgets.fields import MoneyEdit, NumberEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.text_edit import TextEdit

WIDTH = 292
SHARES = (20, 40, 60, 80, 95)


class Inspector(QScrollArea):
    """Shows one of: the roadmap, a project, an increment, a checkpoint."""

    split_wanted = Signal(str)
    scope_wanted = Signal(str)
    project_wanted = Signal(str)
    settings_wanted = Signal()
    increment_wanted = Signal(str)

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._selection = selection
        self._theme = theme
        self._today = today
        self._key: EntityId | None = None
        self._first: QWidget | None = None
        self._leaving = False
        self._deeds = InspectorDeeds(editor, selection, self)
        self._deeds.undone.connect(self.refresh)
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Details"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(round(WIDTH * theme.unit))
        self.setFrameShape(QFrame.Shape.NoFrame)
        editor.opened.connect(self.refresh)
        editor.changed.connect(self.refresh)
        selection.changed.connect(self.refresh)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel as wide as the view: its texts wrap at that width and at no other."""
        super().resizeEvent(event)
        panel = self.widget()
        if panel is not None:
            panel.setFixedWidth(self.viewport().width())

    def open_details(self) -> None:
        """Put the focus into the first field."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show what is selected now; fields are made anew, so none can show what is no longer so."""
        if self._leaving:
            return
        key = self._selection.focused
        if key != self._key:
            self._leave()
        plan = self._editor.plan
        where = self.verticalScrollBar().value() if key == self._key else 0
        under_way = self._under_way()
        panel = Panel(self._theme, editable=self._editor.may_plan, fields=self._editor.plans)
        if key in plan.increments and key is not None:
            self._increment(panel, plan.increments[key])
        elif key in plan.projects and key is not None:
            self._project(panel, plan.projects[key])
        elif key in plan.checkpoints and key is not None:
            self._checkpoint(panel, plan.checkpoints[key])
        else:
            self._roadmap(panel)
        panel.column.addStretch(1)
        panel.settle()
        self._first = panel.first
        same, self._key = key == self._key, key
        self._deeds.key = key
        self._silence()
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()  # one of its fields may be what told us, and is still at it
        self.setWidget(panel)
        panel.setFixedWidth(self.viewport().width())
        self.verticalScrollBar().setValue(where)
        if same and under_way is not None:
            under_way.go_on(panel)

    def _leave(self) -> None:
        """Have what is typed saved while it is still known whose it is."""
        field = self._focused()
        if field is not None and self._known(self._key):
            self._leaving = True
            field.clearFocus()
            self._leaving = False

    def _known(self, key: EntityId | None) -> bool:
        plan = self._editor.plan
        return key in plan.increments or key in plan.checkpoints

    def _silence(self) -> None:
        """Let the fields that go say nothing more: what is typed in them is no longer about what is selected."""
        panel = self.widget()
        for field in panel.findChildren(QWidget) if panel is not None else ():
            field.blockSignals(True)

    def _focused(self) -> QWidget | None:
        panel = self.widget()
        field = panel.focusWidget() if panel is not None else None
        return field if field is not None and field.hasFocus() else None

    def _under_way(self) -> UnderWay | None:
        """Return what is under way in the field that has the focus, for its successor."""
        field = self._focused()
        return UnderWay.of(field) if field is not None and field.objectName() else None

    def _increment(self, panel: Panel, increment: Increment) -> None:
        plan = self._editor.plan
        project = plan.projects[increment.project]
        team = plan.teams.get(increment.team) if increment.team else None
        below = project.title + (f" · {team.title}" if team else "")
        panel.heading(tr("Increment"), increment.title, below)
        panel.section(tr("What marketing can use when it is done"))
        outcome = TextEdit(increment.usable_outcome, SENTENCE_LENGTH)
        outcome.setPlaceholderText(tr("Nothing yet: this is groundwork."))
        outcome.setAccessibleName(tr("Usable outcome"))
        outcome.setObjectName("outcome")
        outcome.setReadOnly(not self._editor.may_plan)
        outcome.settled.connect(self._deeds.set_outcome)
        panel.column.addWidget(outcome)
        form = panel.form()
        title = QLineEdit(increment.title)
        limit(title, TITLE_LENGTH)
        title.setCursorPosition(0)
        title.editingFinished.connect(self._deeds.set_title)
        panel.row(form, tr("Title"), title, "title")
        self._increment_fields(panel, form, increment)
        self._after(panel, increment)
        consults = plan.checkpoints_by_project.get(project.id, [])
        tell_consults(panel, plan, self._today, [c for c in consults if c.increment == increment.id])
        self._gaps(panel, project)
        tell_what_stopping_brings(panel, plan, increment)

    def _increment_fields(self, panel: Panel, form: QFormLayout, increment: Increment) -> None:
        start, finish = DayEdit(increment.span.start), DayEdit(increment.span.finish)
        start.day_changed.connect(self._deeds.set_start)
        finish.day_changed.connect(self._deeds.set_finish)
        for field in (start, finish):
            field.refused.connect(self._editor.refused)
        panel.row(form, tr("Start"), start, "start")
        panel.row(form, tr("Finish"), finish, "finish")
        limit = self._editor.plan.roadmap.longest_increment_weeks
        length = trn("{n} week (limit {limit})", "{n} weeks (limit {limit})", increment.span.weeks, limit=limit)
        too_long = increment.span.days > limit * 7
        words = PlainLabel(length, wrap=False).styled(colour=self._theme.palette.bad if too_long else "")
        panel.row(form, tr("Length"), words)
        effort = NumberEdit(increment.effort_pw, most=1_000_000)
        effort.setPlaceholderText(tr("person-weeks"))
        effort.value_changed.connect(self._deeds.set_effort)
        effort.refused.connect(self._editor.refused)
        panel.row(form, tr("Effort (pw)"), effort, "effort")
        revenue = MoneyEdit(self._editor.plan.roadmap.currency, increment.revenue_per_month)
        revenue.setPlaceholderText(tr("once live"))
        revenue.value_changed.connect(self._deeds.set_revenue)
        revenue.refused.connect(self._editor.refused)
        sign = currency_sign(self._editor.plan.roadmap.currency)
        panel.row(form, tr("{sign} a month").format(sign=sign), revenue, "revenue")
        if increment.status is Status.DELIVERED:
            actual = MoneyEdit(self._editor.plan.roadmap.currency, increment.actual_per_month)
            actual.setPlaceholderText(tr("as seen since"))
            actual.value_changed.connect(self._deeds.set_actual)
            actual.refused.connect(self._editor.refused)
            panel.row(form, tr("Actual, {sign} a month").format(sign=sign), actual, "actual")
        self._choices(panel, form, increment)

    def _choices(self, panel: Panel, form: QFormLayout, increment: Increment) -> None:
        confidence = QComboBox()
        for share, name in (
            (20, tr("very low")),
            (40, tr("low")),
            (60, tr("medium")),
            (80, tr("high")),
            (95, tr("sure")),
        ):
            confidence.addItem(name, share)
        nearest = min(range(5), key=lambda n: abs(confidence.itemData(n) - increment.confidence))
        confidence.setCurrentIndex(nearest)
        confidence.activated.connect(self._deeds.set_confidence)
        panel.row(form, tr("Confidence"), confidence, "confidence")
        status = QComboBox()
        for value in Status:
            status.addItem(tr(value.value), value.value)
        status.setCurrentIndex(list(Status).index(increment.status))
        status.activated.connect(self._deeds.set_status)
        panel.row(form, tr("Status"), status, "status")
        pinned = QCheckBox(tr("&Pinned: nothing but a hand moves it"))
        pinned.setChecked(increment.pinned)
        pinned.toggled.connect(self._deeds.set_pinned)
        pinned.setObjectName("pinned")
        pinned.setEnabled(self._editor.may_plan)
        form.addRow(pinned)

    def _after(self, panel: Panel, increment: Increment) -> None:
        plan = self._editor.plan
        before = [(k, plan.increments[k.before]) for k in plan.links.values() if k.after == increment.id]
        if not before:
            return
        panel.section(tr("Comes after"))
        for link, first in before:
            row = QHBoxLayout()
            row.addWidget(PlainLabel(first.title), 1)
            remove = QPushButton(tr("Remove"))
            remove.setAccessibleName(tr("Remove the link to “{title}”").format(title=first.title))
            remove.setProperty("key", link.id)
            remove.clicked.connect(self._deeds.remove_link)
            remove.setEnabled(self._editor.may_plan)
            row.addWidget(remove)
            panel.column.addLayout(row)

    def _gaps(self, panel: Panel, project: Project) -> None:
        limit = self._editor.plan.roadmap.silence_limit_days
        for gap in gaps(self._editor.plan, project.id)[:3]:
            box = QFrame()
            box.setObjectName("gap")
            inside = QVBoxLayout(box)
            inside.setSpacing(round(4 * self._theme.unit))
            title = tr("Consult gap of {length}").format(length=length_text(gap.days))
            inside.addWidget(PlainLabel(title).styled(bold=True, colour=self._theme.palette.bad))
            words = tr("{days}. Your agreement says {limit}.")
            inside.addWidget(PlainLabel(words.format(days=span_text(gap), limit=length_text(limit))))
            add = QPushButton(tr("&Add a checkpoint"))
            add.setProperty("project", project.id)
            add.setProperty("start", gap.start.isoformat())
            add.setProperty("end", gap.end.isoformat())
            add.clicked.connect(self._deeds.add_checkpoint)
            add.setEnabled(self._editor.may_plan)
            inside.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
            panel.column.addWidget(box)

    def _project(self, panel: Panel, project: Project) -> None:
        plan = self._editor.plan
        team = plan.teams.get(project.team) if project.team else None
        people = trn("{n} person", "{n} people", team.people) if team and team.people else tr("size not said")
        panel.heading(tr("Project"), project.title, f"{team.title}, {people}" if team else tr("no team yet"))
        if project.outcome:
            panel.column.addWidget(PlainLabel(project.outcome))
        came_from = next((i for i in plan.investments.values() if i.project == project.id), None)
        if came_from is not None:
            words = tr("It came from the investment “{title}”.").format(title=came_from.title)
            panel.column.addWidget(PlainLabel(words).styled(colour=self._theme.palette.secondary))
        figures = figures_of(plan, project.id)
        currency = plan.roadmap.currency
        value = day_text(figures.first_value) if figures.first_value else tr("never")
        form = panel.form()
        over = figures.longest_silence_days > figures.silence_limit_days
        silence = tr("{length} of {limit}").format(
            length=length_text(figures.longest_silence_days), limit=length_text(figures.silence_limit_days)
        )
        items = plan.scope_by_project.get(project.id, [])
        usable = sum(i.usable for i in items)
        for words, text, name in (
            (tr("First value"), value, ""),
            (tr("Revenue"), money_text(figures.revenue, currency), ""),
            (tr("Silence"), silence if figures.increments else "–", self._theme.palette.bad if over else ""),
            (tr("Increments"), str(figures.increments), ""),
            (
                tr("Scope items"),
                tr("{n}, {usable} usable").format(n=len(items), usable=usable),
                "",
            ),
        ):
            panel.row(form, words, PlainLabel(text).styled(bold=True, colour=name))
        panel.section(tr("As one big delivery"))
        form = panel.form()
        panel.row(form, tr("Days"), PlainLabel(span_text(project.original)))
        panel.row(form, tr("First value"), PlainLabel(day_text(figures.original_first_value)))
        panel.row(form, tr("Revenue"), PlainLabel(money_text(figures.original_revenue, currency)))
        self._buttons(panel, project)
        self._gaps(panel, project)

    def _buttons(self, panel: Panel, project: Project) -> None:
        for words, wanted in (
            (tr("&Split into increments…"), self._want_split),
            (tr("Scope &items…"), self._want_scope),
            (tr("&Change project…"), self._want_project),
            (tr("A&dd an increment"), self._want_increment),
        ):
            button = QPushButton(words)
            button.setProperty("project", project.id)
            button.setEnabled(self._editor.may_plan)
            button.clicked.connect(wanted)
            panel.column.addWidget(button)

    def _checkpoint(self, panel: Panel, checkpoint: Checkpoint) -> None:
        plan = self._editor.plan
        decision = plan.latest_decisions.get(checkpoint.id)
        project = plan.projects[checkpoint.project]
        about = plan.increments.get(checkpoint.increment) if checkpoint.increment else None
        title = about.title if about else project.title
        panel.heading(
            tr(checkpoint.kind.value),
            title,
            tr("{project} · consult with the CMO").format(project=project.title),
        )
        form = panel.form()
        if decision is None:
            day = DayEdit(checkpoint.day)
            day.day_changed.connect(self._deeds.set_day)
            panel.row(form, tr("Day"), day, "day")
            panel.section(tr("Question"))
            question = TextEdit(checkpoint.question, SENTENCE_LENGTH)
            question.setAccessibleName(tr("Question"))
            question.setObjectName("question")
            question.setReadOnly(not self._editor.may_plan)
            question.settled.connect(self._deeds.set_question)
            panel.column.addWidget(question)
        else:
            panel.row(form, tr("Day"), PlainLabel(day_text(checkpoint.day)))
            panel.row(form, tr("Question"), PlainLabel(checkpoint.question))
            panel.row(form, tr("Decision"), PlainLabel(tr(decision.answer.value)).styled(bold=True))
            panel.row(form, tr("By"), PlainLabel(f"{decision.who}, {day_text(day_of(decision.when))}"))
            if decision.comment:
                panel.row(form, tr("Comment"), PlainLabel(decision.comment[:TEXT_LENGTH]))
        self._gaps(panel, project)

    def _roadmap(self, panel: Panel) -> None:
        roadmap = self._editor.plan.roadmap
        panel.heading(tr("Roadmap"), roadmap.title, span_text(roadmap.span))
        form = panel.form()
        weeks = tr("{n} weeks")
        for words, text in (
            (tr("Horizon"), trn("{n} month", "{n} months", roadmap.months)),
            (tr("Longest increment"), weeks.format(n=roadmap.longest_increment_weeks)),
            (tr("Longest silence"), weeks.format(n=roadmap.longest_silence_weeks)),
            (tr("Currency"), roadmap.currency),
            (tr("Public holidays"), roadmap.country or tr("none")),
        ):
            panel.row(form, words, PlainLabel(text, wrap=False).styled(bold=True))
        change = QPushButton(tr("&Change these…"))
        change.setEnabled(self._editor.may_plan)
        change.clicked.connect(self.settings_wanted)
        panel.column.addWidget(change)
        if self._editor.plan.projects:
            hint = tr("Select a project, an increment or a checkpoint to see and change it here.")
            panel.column.addWidget(PlainLabel(hint).styled(colour=self._theme.palette.secondary))

    def _want_split(self) -> None:
        self.split_wanted.emit(property_of(self.sender(), "project"))

    def _want_scope(self) -> None:
        self.scope_wanted.emit(property_of(self.sender(), "project"))

    def _want_project(self) -> None:
        self.project_wanted.emit(property_of(self.sender(), "project"))

    def _want_increment(self) -> None:
        self.increment_wanted.emit(property_of(self.sender(), "project"))
