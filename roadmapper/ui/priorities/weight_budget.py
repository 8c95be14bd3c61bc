"""BudgetBox: the effort there is, by slider or typed, and the money where that is limited too."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from roadmapper.domain.entity import GREATEST_EFFORT
from roadmapper.domain.investment import Stage
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.ranking.model import Budget
from roadmapper.planning.ranking.saying import weeks_text
from roadmapper.ui.priorities.weight_amount import AmountEdit, EffortEdit
from roadmapper.ui.priorities.weight_slider import AmountSlider, Scale
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps

ROOM = 1.2
SMALL = 0.9


class BudgetBox(QWidget):
    """What there is: *tried* is sent while it slides, *kept* when it stays, *dropped* when it does not."""

    tried = Signal(object)
    kept = Signal(object)
    dropped = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._money: int | None = None
        self._effort: float | None = None
        self.title = PlainLabel(tr("Effort available"), wrap=False).styled(bold=True)
        self.effort_edit = EffortEdit()
        self.effort_edit.setPlaceholderText(tr("no limit"))
        self.effort_edit.setAccessibleName(tr("Effort available in person-weeks"))
        self.effort_edit.setToolTip(tr("Empty is no limit."))
        self.slider = AmountSlider(theme, quiet=True)
        self.money_title = PlainLabel(tr("Money available"), wrap=False)
        self.rule = PlainLabel(tr("What is on the roadmap has its share of it until it is delivered."))
        self.rule.styled(size=SMALL, colour=theme.palette.secondary)
        self.money_edit = AmountEdit("EUR")
        self.money_edit.setPlaceholderText(tr("no limit"))
        self.money_edit.setAccessibleName(tr("Money available, spent once beside the effort"))
        self.money_edit.setToolTip(tr("What the investments may cost beside the effort, once. Empty is no limit."))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(steps(self))
        grid.setVerticalSpacing(steps(self, 0.5))
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.effort_edit, 0, 1)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.addWidget(self.money_title, 2, 0)
        grid.addWidget(self.money_edit, 2, 1)
        grid.addWidget(self.rule, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.slider.slid.connect(self._slid)
        self.slider.settled.connect(self._settled)
        self.slider.given_up.connect(self.dropped)
        self.effort_edit.value_changed.connect(self._typed_effort)
        self.money_edit.value_changed.connect(self._typed_money)

    def show_plan(self, plan: Plan) -> None:
        """Show the budget of a plan; the slider reaches as far as all that is open would take."""
        self.slider.forget()
        wanted = sum(i.effort_pw or 0.0 for i in plan.investments.values() if i.open)
        reach = max(wanted, (plan.roadmap.budget_pw or 0.0) * ROOM, 10.0)
        self.slider.set_scale(Scale.reaching(min(reach, GREATEST_EFFORT)))
        self.rule.setVisible(any(i.stage is Stage.ON_ROADMAP for i in plan.investments.values()))
        self.money_edit.set_currency(plan.roadmap.currency)

    def show_budget(self, budget: Budget) -> None:
        """Show what there is now; without a limit the thumb stands at the end."""
        self._effort, self._money = budget.effort, budget.money
        if not self.slider.busy:
            self.slider.set_amount(self.slider.scale.top if budget.effort is None else budget.effort)
        if not self.effort_edit.dirty and self.effort_edit.value != budget.effort:
            self.effort_edit.set_value(budget.effort)
        if not self.money_edit.dirty and self.money_edit.value != budget.money:
            self.money_edit.set_value(budget.money)
        said = tr("no limit") if budget.effort is None else weeks_text(budget.effort)
        self.slider.setAccessibleName(tr("Effort available: {weeks}").format(weeks=said))

    def _slid(self, effort: float) -> None:
        self.effort_edit.put_back()
        self.tried.emit(Budget(effort, self._money))

    def _settled(self, effort: float) -> None:
        self.kept.emit(Budget(effort, self._money))

    def _typed_effort(self, effort: float | None) -> None:
        self.kept.emit(Budget(effort, self._money))

    def _typed_money(self, money: int | None) -> None:
        self.kept.emit(Budget(self._effort, money))
