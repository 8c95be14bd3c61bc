"""SplitResult: what would come of a split - the picture, the teams, the increments and all that can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.proposing import Proposal
from roadmapper.ui.dialogs.preview import Preview
from roadmapper.ui.dialogs.split_compared import SplitCompared
from roadmapper.ui.dialogs.split_increments import ChoiceTable
from roadmapper.ui.dialogs.split_moves import MovesPanel
from roadmapper.ui.dialogs.split_parts import PartsTable
from roadmapper.ui.dialogs.split_prices import PricesPanel
from roadmapper.ui.dialogs.split_strip import TeamStrip
from roadmapper.ui.dialogs.split_why import WhyPanel
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.edits.splits import Lack, gaps_left, lacks, split_taken, with_needed

ROWS = 5


class _Tabs(QTabWidget):
    """Pages that take the room there is: where it is short they scroll, not the whole dialog."""

    @override
    def hasHeightForWidth(self) -> bool:
        """Return that no page asks for more height than the least."""
        return False

    @override
    def sizeHint(self) -> QSize:
        """Return the least height."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class SplitResult(QWidget):
    """Shows a proposal; pale, it shows the last one. *earned* is in minor units, of what is to be taken.

    *lacking* is what increments that are to be taken wait for and would not have, *silent* the stretches without a
    consult that taking only a part leaves.
    *choice_changed* is sent when other increments are to be taken.
    """

    choice_changed = Signal()

    def __init__(
        self, plan: Plan, project: EntityId, today: date, bar: QProgressBar, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._project = project
        self._proposal: Proposal | None = None
        self.earned = 0
        self.lacking: list[Lack] = []
        self.silent: list[DateSpan] = []
        self.preview = Preview(plan, project, today)
        self.strip = TeamStrip(self.preview)
        self.increments = ChoiceTable()
        self.why = WhyPanel()
        self.compared = SplitCompared(plan, project)
        self.figures, self.notes = self.compared.figures, self.compared.notes
        self.moves = MovesPanel()
        self.prices = PricesPanel(plan, project, bar)
        self.parts = PartsTable()
        self.tabs = _Tabs()
        self._place()
        self.increments.picked.connect(self._show_why)
        self.increments.choice_changed.connect(self._chosen)
        self.parts.parts.changed.connect(self._chosen)
        self.show_proposal(None)

    def show_proposal(self, proposal: Proposal | None, wishes: Wishes | None = None) -> None:
        """Show a proposal for *wishes*, or only what is there now."""
        self._proposal = proposal
        self.parts.parts.show_proposal(proposal)
        self.increments.show_proposal(proposal)
        self.strip.show_proposal(proposal)
        self.moves.show_proposal(proposal)
        self.prices.show_proposal(wishes, proposal)
        self._show_taken()
        notes = len(proposal.notes) if proposal else 0
        moved = self.moves.table.texts.rowCount()
        self.tabs.setTabText(1, tr("Compared, and {n} to note").format(n=notes) if notes else tr("Compared"))
        self.tabs.setTabText(2, tr("What moved ({n})").format(n=moved) if moved else tr("What moved"))
        if proposal is not None:  # without one nobody's tab is taken away
            self.tabs.setTabEnabled(2, bool(proposal.assignment.gone))
            self.tabs.setTabEnabled(4, self.parts.parts.rowCount() > 0)

    def set_pale(self, *, pale: bool) -> None:
        """Show that what is shown no longer fits, or that it does."""
        for widget in (self.preview, self.strip, self.increments, self.why, self.compared, self.moves, self.parts):
            widget.setEnabled(not pale)

    def let_go(self) -> None:
        """Give up what is being worked out."""
        self.prices.stop()
        self.why.asker.cancel()
        self.moves.asker.cancel()

    def chosen(self) -> tuple[EntityId, ...] | None:
        """Return the increments to take; None for all."""
        return self.increments.chosen()

    def results(self) -> Mapping[EntityId, str]:
        """Return what marketing can see of parts."""
        return self.parts.parts.results()

    def take_needed(self) -> None:
        """Check what the increments that are to be taken wait for, too."""
        chosen = self.chosen()
        if self._proposal is not None and chosen is not None:
            self.increments.check(with_needed(self._proposal, chosen))

    def _place(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(steps(self, 0.5))
        whole.addWidget(self.preview)
        whole.addWidget(self.strip)
        whole.addSpacing(steps(self, 0.5))
        first = QWidget()
        line = QHBoxLayout(first)
        line.setContentsMargins(0, steps(self), 0, 0)
        line.setSpacing(steps(self))
        line.addWidget(self.increments, 5)
        line.addWidget(self.why, 3)
        for page, title in (
            (first, tr("Increments")),
            (self.compared, tr("Compared")),
            (self.moves, tr("What moved")),
            (self.prices, tr("What would change it")),
            (self.parts, tr("Parts of long items")),
        ):
            self.tabs.addTab(page, title)
        self.tabs.setTabVisible(2, self._project in self._plan.increments_by_project)
        self.tabs.setDocumentMode(True)
        self.tabs.setMinimumHeight(self.increments.height_of(ROWS) + steps(self, 5))
        self.increments.setMinimumWidth(steps(self, 50))
        self.why.setMinimumWidth(steps(self, 28))
        whole.addWidget(self.tabs, 1)

    def _show_why(self, number: int) -> None:
        self.why.show_increment(self._proposal, number)

    def _chosen(self) -> None:
        self._show_taken()
        self.choice_changed.emit()

    def _show_taken(self) -> None:
        """Show picture and figures of what would be taken, which may be a part of what is proposed."""
        proposal = self._proposal
        self.lacking, self.silent = [], []
        if proposal is None:
            self.preview.show_plan(self._plan)
            self.compared.show_figures(None, ())
            return
        try:
            taken = split_taken(proposal, self.chosen(), self.results())
        except Refused:  # a result that is no plain text; taking it says so
            taken = split_taken(proposal, self.chosen())
        figures = proposal.after if taken is proposal.plan else figures_of(taken, self._project)
        self.earned = figures.revenue
        chosen = self.chosen()
        if chosen:
            self.lacking, self.silent = lacks(proposal, chosen, taken), gaps_left(proposal, taken)
        self.preview.show_plan(taken)
        self.compared.show_figures(figures, proposal.notes)
        titles = [i.title for i in taken.increments_by_project.get(self._project, [])]
        self.preview.setAccessibleDescription(
            tr("{n} increments: {titles}").format(n=len(titles), titles=", ".join(titles))
        )
