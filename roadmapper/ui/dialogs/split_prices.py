"""PricesPanel: what one more person, longer increments or one item less would change, measured when asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.pricing import Price, price_text, prices
from roadmapper.planning.proposing import Proposal
from roadmapper.ui.jobs import TellingJob
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.ui.widgets.tables import Cell, Index, TextTable
from roadmapper.workspace.jobs import Progress


@dataclass(frozen=True, slots=True)
class _Pricing:
    """The question what changed wishes would change in a proposal."""

    plan: Plan
    project: EntityId
    wishes: Wishes
    base: Proposal

    def answer(self, progress: Progress, tell: Callable[[Price], None]) -> tuple[Price, ...]:
        """Return all prices; *tell* hears of each as soon as it is measured."""
        return prices(self.plan, self.project, self.wishes, self.base, told=tell, progress=progress)


class PricesPanel(QWidget):
    """Measures prices on request. *wished* is sent with the wishes of the price that was clicked."""

    wished = Signal(object)
    asked = Signal()

    def __init__(self, plan: Plan, project: EntityId, bar: QProgressBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._project = project
        self._base: tuple[Wishes, Proposal] | None = None
        self._measured: Wishes | None = None
        self._job: TellingJob[tuple[Price, ...]] | None = None
        self._jobs: list[TellingJob[tuple[Price, ...]]] = []
        self.found: list[Price] = []
        self.button = QPushButton(tr("Meas&ure"))
        self.button.setAutoDefault(False)
        self.state = PlainLabel()
        self.bar = bar
        self.table = TextTable(tr("What would change it"), shares={0: 1})
        self._place()
        self.button.clicked.connect(self._pressed)
        self.table.clicked.connect(self._use)
        self.table.activated.connect(self._use)
        self._show()

    @property
    def measuring(self) -> bool:
        """Return whether prices are being measured."""
        return self._job is not None

    def show_proposal(self, wishes: Wishes | None, proposal: Proposal | None) -> None:
        """Take another plan to compare with; what is being measured against an older one is let go."""
        base = (wishes, proposal) if wishes is not None and proposal is not None else None
        if base != self._base:
            self.stop()
            self._base = base
            self._show()

    def stop(self) -> None:
        """Measure no further; what is measured stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._show()

    def _place(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, steps(self), 0, 0)
        whole.setSpacing(steps(self))
        line = QHBoxLayout()
        line.setSpacing(steps(self, 2))
        line.addWidget(self.button)
        line.addWidget(self.state, 1)
        line.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(line)
        whole.addWidget(self.table, 1)

    def _pressed(self) -> None:
        if self._job is not None:
            self.stop()
            return
        self.asked.emit()  # a search that is under way ends, and the best so far is what is compared with
        if self._base is None:
            return
        wishes, proposal = self._base
        job = TellingJob(_Pricing(self._plan, self._project, wishes, proposal).answer)
        job.progressed.connect(self._progressed)
        job.told.connect(self._told)
        job.finished.connect(self._ended)
        job.stopped.connect(self._ended)
        job.refused.connect(self._ended)
        self.found, self._measured = [], wishes
        self._job = job
        self._jobs.append(job)
        self.bar.setRange(0, 0)
        self._show()
        job.start()

    def _progressed(self, done: int, of: int) -> None:
        if self.sender() is self._job:
            self.bar.setRange(0, of)
            self.bar.setValue(done)

    def _told(self, price: Price) -> None:
        if self.sender() is self._job:
            self.found.append(price)
            self._show()

    def _ended(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self._show()

    def _use(self, index: Index) -> None:
        if 0 <= index.row() < len(self.found):
            self.wished.emit(self.found[index.row()].wishes)

    def _show(self) -> None:
        busy = self._job is not None
        self.button.setText(tr("Stop meas&uring") if busy else tr("Meas&ure"))
        self.button.setEnabled(busy or self._base is not None)
        self.bar.setVisible(busy)
        if busy:
            words = tr("Splitting again under each wish…")
        elif not self.found:
            words = tr("Split again with one more person, other limits or one item less, to see what each is worth.")
        elif self._base is None or self._measured != self._base[0]:
            words = tr("Measured against an earlier plan. A click puts the wish into the fields.")
        else:
            words = tr("A click puts the wish into the fields.")
        self.state.setText(words)
        colours, currency = palette_of(self), self._plan.roadmap.currency
        rows = [
            [Cell(price_text(p, currency), colour=self._colour(p, colours.good, colours.secondary))] for p in self.found
        ]
        row = self.table.currentIndex().row()
        self.table.show_rows((tr("What would change it"),), rows)
        if 0 <= row < len(rows):
            self.table.selectRow(row)

    def _colour(self, price: Price, good: str, quiet: str) -> str:
        if price.refusal:
            return quiet
        return good if price.value > 0 else ""
