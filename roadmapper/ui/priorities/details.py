"""Details: the investment that is looked at, in full; every field is one edit with its own undo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.entity import GREATEST_EFFORT, GREATEST_MONEY, SENTENCE_LENGTH, TITLE_LENGTH, EntityId
from roadmapper.domain.investment import Investment, Stage, TeamEffort
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import currency_sign, day_text, money_text
from roadmapper.planning.ranking.results import claimed_and_actual, is_delivered
from roadmapper.planning.ranking.saying import block_text, missing_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.cells import stages_for
from roadmapper.ui.priorities.detail_deeds import DetailDeeds
from roadmapper.ui.priorities.facts import Facts
from roadmapper.ui.priorities.numbers import number_text
from roadmapper.ui.priorities.panel import Panel, told
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.under_way import UnderWay
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.day_edit import DayEdit
from roadmapper.ui.widgets.fields import MoneyEdit, NumberEdit, ValueEdit
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.text_edit import TextEdit

WIDTH = 264.0
RANGE = ("low", "likely", "high")
REVENUE = ("revenue_low", "revenue", "revenue_high")


class DetailsPanel(QScrollArea):
    """Shows one investment; *roadmap_wanted* asks to put it on the roadmap, *shown_wanted* to go there."""

    roadmap_wanted = Signal()
    timeline_wanted = Signal(str)

    def __init__(self, comparing: Comparing, editor: Editor, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._editor = editor
        self._theme = theme
        self._today = today
        self._key: EntityId | None = None
        self._leaving = False
        self._adding = False
        self._deeds = DetailDeeds(editor, self)
        self._deeds.undone.connect(self.refresh)
        self._standing: dict[str, PlainLabel] = {}
        self.first: QWidget | None = None
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Details of the investment"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(round(WIDTH * theme.unit))
        editor.opened.connect(self._changed)
        editor.changed.connect(self._changed)
        comparing.woke.connect(self.refresh)
        comparing.chosen.connect(self.refresh)
        comparing.ranked.connect(self._stand)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel as wide as the view: its texts wrap at that width and at no other."""
        super().resizeEvent(event)
        panel = self.widget()
        if panel is not None:
            panel.setFixedWidth(self.viewport().width())

    def show_day(self, today: date) -> None:
        """Show another day as today; what is being typed stays."""
        self._today = today
        self.refresh()

    def refresh(self) -> None:
        """Show what is looked at now; fields are made anew, so none can show what is no longer so."""
        if self._leaving:
            return
        key = self._comparing.focus
        if key != self._key:
            self._leave()
            self._adding = False
        investment = self._comparing.plan.investments.get(key) if key else None
        where = self.verticalScrollBar().value() if key == self._key else 0
        under_way = self._under_way() if key == self._key else None
        self._standing = {}
        panel = Panel(self._theme, editable=self._editor.may_plan, fields=self._editor.plans)
        if investment is None:
            hint = tr("Choose one in the table to see and change it here.")
            panel.heading(tr("Investment"), tr("None is chosen"), hint)
        else:
            self._fill(panel, investment)
        panel.column.addStretch(1)
        panel.settle(keep=("show_on_timeline",))
        self.first = panel.first
        self._key = self._deeds.key = key
        self._silence()
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()  # one of its fields may be what told us, and is still at it
        self.setWidget(panel)
        panel.setFixedWidth(self.viewport().width())
        self.verticalScrollBar().setValue(where)
        if under_way is not None:
            under_way.go_on(panel)

    def _changed(self) -> None:
        if self._comparing.watched:
            self._adding = False
            self.refresh()

    def _leave(self) -> None:
        """Have what is typed saved while it is still known whose it is."""
        field = self._focused()
        if field is not None and self._key in self._comparing.plan.investments:
            self._leaving = True
            field.clearFocus()
            self._leaving = False

    def _silence(self) -> None:
        """Let the fields that go say nothing more: what is typed in them is no longer about what is looked at."""
        panel = self.widget()
        for field in panel.findChildren(QWidget) if panel is not None else ():
            field.blockSignals(True)

    def _focused(self) -> QWidget | None:
        panel = self.widget()
        field = panel.focusWidget() if panel is not None else None
        return field if field is not None and field.hasFocus() else None

    def _under_way(self) -> UnderWay | None:
        field = self._focused()
        return UnderWay.of(field) if field is not None and field.objectName() else None

    def _fill(self, panel: Panel, investment: Investment) -> None:
        facts = Facts(self._comparing, self._today)
        panel.heading(tr(investment.stage.value).capitalize(), investment.title, self._below(facts, investment))
        self._tell(panel, "lack", self._theme.palette.warning)
        form = panel.form()
        self._line(panel, form, tr("Title"), investment.title, "title")
        self._line(panel, form, tr("Owner"), investment.owner, "owner")
        self._stage(panel, form, investment)
        estimated = DayEdit(investment.estimated, optional=True, today=self._today)
        self._value(panel, form, tr("Estimate from"), estimated, "estimated")
        self._numbers(panel, investment)
        self._criteria(panel, investment)
        self._needs(panel, investment)
        panel.section(tr("In plain words"))
        words = TextEdit(investment.sentence, SENTENCE_LENGTH)
        words.setAccessibleName(tr("In plain words"))
        words.setObjectName("sentence")
        words.setReadOnly(not self._editor.may_plan)
        words.settled.connect(self._deeds.set_sentence)
        panel.column.addWidget(words)
        for name in ("missing", "block"):
            self._tell(panel, name, self._theme.palette.secondary)
        self._tell(panel, "unfunded", self._theme.palette.warning)
        self._roadmap(panel, investment)
        self._stand()

    def _tell(self, panel: Panel, name: str, colour: str) -> None:
        """Have a place for a sentence that is another one with another ranking."""
        label = self._standing[name] = PlainLabel().styled(colour=colour)
        panel.column.addWidget(label)

    def _stand(self) -> None:
        """Say where it stands in the ranking as it is now; the fields stay, whatever is typed in them."""
        plan, key = self._comparing.plan, self._comparing.focus
        investment = plan.investments.get(key) if key is not None else None
        if investment is None or not self._standing:
            return
        place = self._comparing.ranking.by_id.get(investment.id)
        words = {"lack": Facts(self._comparing, self._today).lack(investment.id)}
        if place is not None:
            words |= {"missing": missing_text(plan, place.score), "block": block_text(plan, place)}
        if investment.stage is Stage.ON_ROADMAP and place is not None and not place.funded:
            words["unfunded"] = tr("It is on the roadmap, but in rank order it no longer fits into the budget.")
        for name, label in self._standing.items():
            label.setText(words.get(name, ""))
            label.setVisible(bool(words.get(name)))

    def _below(self, facts: Facts, investment: Investment) -> str:
        owner = tr("Owner: {name}").format(name=investment.owner) if investment.owner else ""
        day = tr("estimate from {day}").format(day=day_text(investment.estimated)) if investment.estimated else ""
        words = " · ".join(t for t in (owner, day) if t)
        return f"{words}\n{facts.age_text(investment)}" if facts.ageing(investment) else words

    def _line(self, panel: Panel, form: QFormLayout, words: str, text: str, name: str) -> None:
        field = QLineEdit(text)
        limit(field, TITLE_LENGTH)
        field.setCursorPosition(0)
        field.editingFinished.connect(self._deeds.set_line)
        panel.row(form, words, field, name)

    def _value(self, panel: Panel, form: QFormLayout, words: str, field: ValueEdit[Any], name: str) -> None:
        self._listen(field)
        panel.row(form, words, field, name)

    def _listen(self, field: ValueEdit[Any]) -> None:
        field.value_changed.connect(self._deeds.set_value)
        field.refused.connect(self._editor.refused)

    def _stage(self, panel: Panel, form: QFormLayout, investment: Investment) -> None:
        stages = Choice()
        for stage in stages_for(investment):
            stages.addItem(tr(stage.value), stage.value)
        stages.setCurrentIndex(stages.findData(investment.stage.value))
        stages.activated.connect(self._deeds.set_stage)
        panel.row(form, tr("Stage"), stages, "stage")

    def _numbers(self, panel: Panel, investment: Investment) -> None:
        currency = self._comparing.plan.roadmap.currency
        sign = currency_sign(currency)
        panel.section(tr("Revenue a year, {sign}: low, likely, high").format(sign=sign))
        panel.column.addLayout(self._three([MoneyEdit(currency, getattr(investment, n)) for n in REVENUE], REVENUE))
        panel.section(tr("Effort in person-weeks: low, likely, high"))
        used = {e.team for e in investment.efforts}
        for n, effort in enumerate(investment.efforts):
            self._effort(panel, n, effort, used - {effort.team})
        if self._adding or not investment.efforts:
            self._effort(panel, len(investment.efforts), None, used)
        elif len(used) <= len(self._comparing.plan.teams):
            add = QPushButton(tr("Add a team’s effort"))
            add.setEnabled(self._editor.may_plan)
            add.setObjectName("add_effort")
            add.clicked.connect(self._add_effort)
            panel.column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        form = panel.form()
        cost = MoneyEdit(currency, investment.cost)
        self._value(panel, form, tr("Cost, {sign}").format(sign=sign), cost, "cost")
        confidence = NumberEdit(investment.confidence, most=100, whole=True)
        self._value(panel, form, tr("Confidence, %"), confidence, "confidence")

    def _three(self, fields: Sequence[ValueEdit[Any]], names: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(round(4 * self._theme.unit))
        for field, name, words in zip(fields, names, (tr("Low"), tr("Likely"), tr("High")), strict=True):
            field.setObjectName(name)
            field.setAccessibleName(words)
            field.setPlaceholderText(words)
            field.setEnabled(self._editor.may_plan)
            field.setMinimumWidth(1)
            self._listen(field)
            row.addWidget(field if self._editor.plans else told(field), 1)
        return row

    def _effort(self, panel: Panel, number: int, effort: TeamEffort | None, taken: Collection[EntityId | None]) -> None:
        """Show the effort of a team, or fields for one that nobody has entered yet."""
        teams = Choice()
        if None not in taken:
            teams.addItem(tr("no team said yet"), "")
        for team in sorted(self._comparing.plan.teams.values(), key=lambda t: t.title):
            if team.id not in taken:
                teams.addItem(team.title, team.id)
        teams.setCurrentIndex(max(teams.findData((effort.team if effort else None) or ""), 0))
        teams.setAccessibleName(tr("Team"))
        teams.setObjectName(f"team {number}")
        teams.activated.connect(self._deeds.set_team)
        teams.setProperty("number", number)
        teams.setEnabled(self._editor.may_plan)
        teams.setMinimumWidth(1)
        row = QHBoxLayout()
        row.addWidget(teams if self._editor.plans else told(teams), 1)
        if effort is None:
            self._deeds.new_team = EntityId(teams.currentData()) if teams.currentData() else None
        else:
            remove = QPushButton(tr("Remove"))
            remove.setObjectName(f"remove {number}")
            remove.setAccessibleName(tr("Remove the effort of {team}").format(team=teams.currentText()))
            remove.setProperty("number", number)
            remove.setEnabled(self._editor.may_plan)
            remove.clicked.connect(self._deeds.remove_effort)
            row.addWidget(remove)
        panel.column.addLayout(row)
        fields = [NumberEdit(getattr(effort, name) if effort else None, most=GREATEST_EFFORT) for name in RANGE]
        panel.column.addLayout(self._three(fields, [f"effort {number} {name}" for name in RANGE]))

    def _add_effort(self) -> None:
        self._adding = True
        self.refresh()

    def _criteria(self, panel: Panel, investment: Investment) -> None:
        criteria = self._comparing.plan.criteria_in_order
        if not criteria:
            return
        panel.section(tr("What it does for each criterion"))
        form = panel.form()
        for criterion in criteria:
            field = NumberEdit(investment.rating(criterion.id), least=-GREATEST_MONEY, most=GREATEST_MONEY)
            field.setPlaceholderText(
                f"{number_text(criterion.worst)} – {number_text(criterion.best)} {criterion.unit}".strip()
            )
            self._value(panel, form, criterion.title, field, f"criterion {criterion.id}")
            words = " · ".join(
                f"{number_text(value)} = {said}"
                for value, said in ((criterion.worst, criterion.worst_words), (criterion.best, criterion.best_words))
                if said
            )
            if words:
                form.addRow(PlainLabel(words).styled(size=0.9, colour=self._theme.palette.secondary))

    def _needs(self, panel: Panel, investment: Investment) -> None:
        plan = self._comparing.plan
        panel.section(tr("Needs first"))
        for key in investment.needs:
            row = QHBoxLayout()
            title = plan.investments[key].title if key in plan.investments else str(key)
            row.addWidget(LineLabel(title), 1)
            remove = QPushButton(tr("Remove"))
            remove.setAccessibleName(tr("No longer needs “{title}”").format(title=title))
            remove.setProperty("key", key)
            remove.setEnabled(self._editor.may_plan)
            remove.clicked.connect(self._deeds.remove_need)
            row.addWidget(remove)
            panel.column.addLayout(row)
        more = Choice()
        more.addItem(tr("Add what must come first…"), "")
        for other in sorted(plan.investments.values(), key=lambda i: i.title.casefold()):
            if other.id != investment.id and other.id not in investment.needs:
                more.addItem(other.title, other.id)
        more.setAccessibleName(tr("Add what must come first"))
        more.setObjectName("need")
        more.setMinimumWidth(1)
        more.setEnabled(self._editor.may_plan)
        more.activated.connect(self._deeds.add_need)
        panel.column.addWidget(more)

    def _roadmap(self, panel: Panel, investment: Investment) -> None:
        plan = self._comparing.plan
        if investment.project is None:
            put = self._button(panel, tr("Put on the roadmap…"), "onto_roadmap")
            put.setEnabled(self._editor.may_plan and investment.open)
            put.setDefault(True)
            put.clicked.connect(self.roadmap_wanted)
            return
        results = claimed_and_actual(plan, investment.id)
        if results is not None:
            currency = plan.roadmap.currency
            panel.section(tr("Revenue a year"))
            form = panel.form()
            claimed = PlainLabel(money_text(results.claimed, currency)).styled(bold=True)
            panel.row(form, tr("Claimed"), claimed, "claimed")
            panel.row(form, tr("Planned"), PlainLabel(money_text(results.planned, currency)), "planned")
            seen = tr("{money}, seen for {seen} of {n} delivered").format(
                money=money_text(results.actual, currency), seen=results.seen, n=results.delivered
            )
            seen = seen if results.delivered else tr("nothing is delivered yet")
            panel.row(form, tr("Actual"), PlainLabel(seen).styled(bold=results.actual is not None), "actual")
        if is_delivered(plan, investment.id) and investment.stage is Stage.ON_ROADMAP:
            done = self._button(panel, tr("Mark as delivered"), "delivered")
            done.setEnabled(self._editor.may_plan)
            done.clicked.connect(self._deeds.set_delivered)
        show = self._button(panel, tr("Show on the timeline"), "show_on_timeline")
        show.clicked.connect(self._show_on_timeline)

    def _button(self, panel: Panel, words: str, name: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        panel.column.addWidget(button)
        return button

    def _show_on_timeline(self) -> None:
        investment = self._comparing.plan.investments.get(self._key) if self._key else None
        if investment is not None and investment.project is not None:
            self.timeline_wanted.emit(investment.project)
