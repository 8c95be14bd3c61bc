"""WeightsPanel: what counts - whose weights, a slider per criterion in money, the effort there is, what would flip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.ranking.model import Budget
from roadmapper.ui.dialogs.criteria_dialog import CriteriaDialog
from roadmapper.ui.dialogs.pairwise_dialog import PairwiseDialog
from roadmapper.ui.dialogs.pairwise_words import standing_texts
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.flips import FlipsBox, VoicesBox
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.weight_budget import BudgetBox
from roadmapper.ui.priorities.weight_legend import Legend
from roadmapper.ui.priorities.weight_row import SMALL, WeightRow
from roadmapper.ui.priorities.weight_slider import Scale
from roadmapper.ui.priorities.weight_voices import VoiceButtons
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.edits.criteria import set_budget, set_swings

REACH, TOO_FAR = 1.5, 6.0
"""How many times the largest swing the sliders reach at least, and at most before they are drawn anew."""


class WeightsPanel(QWidget):
    """The weights of one voice, each in money and in per cent; what slides is tried, what stays is kept."""

    def __init__(self, comparing: Comparing, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._editor = editor
        self._theme = theme
        self._shown: tuple[Plan, Voice, bool, bool] | None = None
        self._scale = Scale(0.0, 1.0)
        self.rows: dict[EntityId, WeightRow] = {}
        colours = theme.palette
        self.setAccessibleName(tr("What counts"))
        self.voices = VoiceButtons(theme, self)
        self.marks = PlainLabel().styled(size=SMALL, colour=colours.bad)
        self.origin = PlainLabel().styled(size=SMALL, colour=colours.secondary)
        self.empty = PlainLabel(tr("Revenue alone counts so far. Say under “Criteria…” what else does."))
        self.legend = Legend(theme, self)
        self.middle = PlainLabel(tr("As long as nothing is agreed, the middle counts."))
        self.middle.styled(size=SMALL, colour=colours.secondary)
        self.trying = PlainLabel(tr("You can try other weights here: nothing of it is kept."))
        self.trying.styled(size=SMALL, colour=colours.secondary)
        self.agree_button = QPushButton(tr("Agree on these"))
        self.criteria_button = QPushButton(tr("Criteria…"))
        self.pairs_button = QPushButton(tr("Compare in pairs…"))
        self.flips = FlipsBox(comparing, theme, self)
        self.budget = BudgetBox(theme, self)
        self.difference = VoicesBox(comparing, theme, self)
        self._criteria_column = QVBoxLayout()
        self.area = QScrollArea()
        self._place()
        self._connect()
        self._show()

    def _place(self) -> None:
        inside = QWidget()
        inside.setObjectName("card")
        column = QVBoxLayout(inside)
        column.setContentsMargins(*[steps(self, 2)] * 4)
        column.setSpacing(steps(self, 1.25))
        column.addWidget(PlainLabel(tr("What counts"), wrap=False).styled(size=1.15, bold=True))
        asked = PlainLabel(tr("What is a full swing from worst to best worth a year?"))
        column.addWidget(asked.styled(size=SMALL, colour=self._theme.palette.secondary))
        column.addWidget(self.voices)
        column.addLayout(self._revenue())
        column.addWidget(self.empty)
        self._criteria_column.setSpacing(steps(self, 1.25))
        column.addLayout(self._criteria_column)
        for part in (self.trying, self.legend, self.marks, self.origin, self.middle, self.agree_button):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(steps(self))
        buttons.addWidget(self.criteria_button)
        buttons.addWidget(self.pairs_button, 1)
        column.addLayout(buttons)
        for box in (self.budget, self.flips, self.difference):
            column.addWidget(box)
        column.addStretch(1)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.setFocusProxy(self.voices)

    def _revenue(self) -> QHBoxLayout:
        revenue = QHBoxLayout()
        revenue.addWidget(LineLabel(tr("Revenue per year")), 1)
        itself = LineLabel(tr("counts as what it is"))
        revenue.addWidget(itself.styled(size=SMALL, colour=self._theme.palette.secondary))
        return revenue

    def _connect(self) -> None:
        self.voices.chosen.connect(self._speak)
        self.agree_button.clicked.connect(self._agree)
        self.criteria_button.clicked.connect(self.ask_criteria)
        self.pairs_button.clicked.connect(self.ask_pairs)
        self.budget.tried.connect(self._try_budget)
        self.budget.kept.connect(self._keep_budget)
        self.budget.dropped.connect(self._drop)
        self.budget.effort_edit.refused.connect(self._editor.refused)
        self.budget.money_edit.refused.connect(self._editor.refused)
        self._comparing.ranked.connect(self._show)

    def ask_criteria(self) -> None:
        """Ask what counts, and keep it in one step."""
        self._settle()
        dialog = CriteriaDialog(self._editor.plan, self._comparing.voice, self)
        if dialog.exec():
            self._editor.run(tr("Change what counts"), dialog.edit)

    def ask_pairs(self) -> None:
        """Ask which swing is worth more, two at a time, and keep the answers and what came of them in one step."""
        self._settle()
        dialog = PairwiseDialog(self._editor.plan, self._comparing.voice, self)
        if dialog.exec():
            self._editor.run(tr("Take pairwise answers"), dialog.edit)

    def _settle(self) -> None:
        """Keep what is still sliding."""
        for row in self.rows.values():
            row.slider.settle()
        self.budget.slider.settle()

    def _speak(self, voice: Voice) -> None:
        self._settle()
        self._comparing.speak(voice)

    def _agree(self) -> None:
        swings = {c.id: c.swing(Voice.AGREED) for c in self._editor.plan.criteria.values()}
        self._editor.run(tr("Agree on what counts"), set_swings, Voice.AGREED, swings)

    def _try(self, key: EntityId, amount: int) -> None:
        self._hold(still=True)
        self._comparing.try_swing(key, amount)

    def _keep(self, key: EntityId, amount: int | None) -> None:
        self._hold(still=False)
        if not self._editor.may_plan:  # whoever cannot change it may try, and it stays tried
            if amount is not None:
                self._comparing.try_swing(key, amount)
            return
        label = tr("Weigh “{title}”").format(title=self._editor.plan.criteria[key].title)
        if not self._editor.run(label, set_swings, self._comparing.voice, {key: amount}):
            self._drop()

    def _try_budget(self, budget: Budget) -> None:
        self._hold(still=True)
        self._comparing.try_budget(budget)

    def _keep_budget(self, budget: Budget) -> None:
        self._hold(still=False)
        if not self._editor.may_plan:
            self._comparing.try_budget(budget)
            return
        if not self._editor.run(tr("Change what there is to spend"), set_budget, budget.effort, budget.money):
            self._drop()

    def _drop(self) -> None:
        """Show and rank what is kept."""
        self._hold(still=False)
        self._shown = None
        self._comparing.settle()

    def _hold(self, *, still: bool) -> None:
        """Keep texts that change at their height while something slides: nothing is to jump under the hand."""
        for box in (self.flips, self.difference):
            box.hold(still=still)

    def _show(self) -> None:
        """Show what counts now; the rest only when the plan or the voice is another one."""
        state = (self._editor.plan, self._comparing.voice, self._editor.plans, self._editor.may_plan)
        if self._shown is None or any(a is not b for a, b in zip(state, self._shown, strict=True)):
            self._shown = state
            self._show_plan()
        weights, voice = self._comparing.ranking.weights, self._comparing.voice
        for key, row in self.rows.items():
            criterion = self._editor.plan.criteria[key]
            unsaid = criterion.swing(voice) is None and not weights.swings.get(key)
            amount = None if unsaid else weights.swings.get(key, 0)
            middle = voice is Voice.AGREED and is_middle(criterion) and amount == criterion.swing(voice)
            row.show_amount(amount, weights.share(key), middle=middle)
        self.budget.show_budget(self._comparing.ranking.budget)

    def _show_plan(self) -> None:
        plan, voice = self._editor.plan, self._comparing.voice
        plans, editable = self._editor.plans, self._editor.may_plan
        criteria = plan.criteria_in_order
        self._hold(still=False)  # what slid until now is shown as it is kept
        self._arrange([c.id for c in criteria])
        self._reach(plan)
        for criterion in criteria:
            row = self.rows[criterion.id]
            row.show_criterion(criterion, plan.roadmap.currency, self._scale)
        self.voices.show_voice(voice)
        self.empty.setVisible(not criteria)
        self.legend.setVisible(any(c.cio is not None or c.cmo is not None for c in criteria))
        open_ = [c for c in criteria if c.agreed is None]
        together = voice is Voice.AGREED
        self.middle.setVisible(together and any(map(is_middle, criteria)))
        self.agree_button.setVisible(together and plans and bool(open_))
        self.agree_button.setEnabled(editable and any(c.swing(Voice.AGREED) is not None for c in open_))
        self.trying.setVisible(not editable)
        for button in (self.criteria_button, self.pairs_button):
            button.setVisible(plans)
        self.criteria_button.setEnabled(editable)
        self.pairs_button.setEnabled(editable and bool(criteria))
        bad, quiet = standing_texts(plan, voice)
        for label, text in ((self.marks, bad), (self.origin, quiet)):
            label.setText(text)
            label.setVisible(bool(text))
        self.budget.show_plan(plan)

    def _arrange(self, keys: list[EntityId]) -> None:
        """Have a row for each criterion, in their order; a row that stays keeps the focus."""
        if list(self.rows) == keys:
            return
        for key in set(self.rows) - set(keys):
            gone = self.rows.pop(key)
            gone.hide()
            gone.deleteLater()
        plan = self._editor.plan
        for key in keys:
            if key not in self.rows:
                row = WeightRow(plan.criteria[key], plan.roadmap.currency, self._theme, self)
                row.tried.connect(self._try)
                row.kept.connect(self._keep)
                row.dropped.connect(self._drop)
                row.field.refused.connect(self._editor.refused)
                self.rows[key] = row
        self.rows = {key: self.rows[key] for key in keys}
        before: QWidget = self.voices
        for row in self.rows.values():
            self._criteria_column.removeWidget(row)
            self._criteria_column.addWidget(row)
            self.setTabOrder(before, row.field)
            self.setTabOrder(row.field, row.slider)
            before = row.slider
        for widget in (self.agree_button, self.criteria_button, self.pairs_button):
            self.setTabOrder(before, widget)
            before = widget

    def _reach(self, plan: Plan) -> None:
        """Let the sliders end well beyond the largest swing of any voice; an end that serves stays."""
        said = [getattr(c, v.value) for c in plan.criteria.values() for v in Voice]
        largest = float(max((a for a in said if a is not None), default=0) or plan.roadmap.yardstick)
        if not REACH * largest <= self._scale.top <= TOO_FAR * largest:
            self._scale = Scale.reaching(REACH * largest)


def is_middle(criterion: Criterion) -> bool:
    """Return whether the middle between the CIO's and the CMO's swing counts, because none is agreed."""
    return criterion.agreed is None and criterion.cio is not None and criterion.cmo is not None
