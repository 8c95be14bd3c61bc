"""SplitDialog: asks how a project is to be split, and shows what would come of it before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.dates import later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.phrases import month_text
from roadmapper.planning.proposing import Proposal
from roadmapper.planning.splitting.process import available
from roadmapper.ui.dialogs.sheet import Sheet, named
from roadmapper.ui.dialogs.split_fields import SplitFields
from roadmapper.ui.dialogs.split_mends import MendsRow
from roadmapper.ui.dialogs.split_result import SplitResult
from roadmapper.ui.dialogs.split_search import Search, State
from roadmapper.ui.dialogs.split_words import (
    lacking_text,
    purpose_of,
    silent_text,
    state_text,
    verdict_text,
    whole_money_text,
)
from roadmapper.ui.settings import Settings
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel
from roadmapper.ui.widgets.looks import steps

PATIENCE_MS = 250
PROVING = 30
LEAST_PROVING, MOST_PROVING = 5, 3600
FLAG, SECONDS = "split_proof", "split_proof_seconds"


class SplitDialog(Sheet):
    """Ask for the limits of a split; what fits them can be taken as soon as it is there."""

    def __init__(
        self, plan: Plan, project: EntityId, parent: QWidget | None = None, settings: Settings | None = None
    ) -> None:
        self._plan = plan
        self._project = plan.projects[project]
        self._settings = settings
        self._said = ("", "", False)
        self._begun = False
        super().__init__(
            tr("Split “{title}”").format(title=self._project.title),
            purpose_of(plan, self._project),
            tr("&Take this split"),
            parent,
        )
        self.fields = SplitFields(plan, project)
        self.longest_spin, self.shortest_spin = self.fields.longest, self.fields.shortest
        self.silence_spin, self.people_edit = self.fields.silence, self.fields.people
        self.proof_check = QCheckBox(tr("Loo&k for the proof"))
        self.proof_spin = QSpinBox(minimum=LEAST_PROVING, maximum=MOST_PROVING, suffix=" " + tr("seconds"))
        self.bar = self._new_bar(tr("How far the search is"))
        self.state = PlainLabel(wrap=False).styled(colour=self.colours.secondary)
        self.verdict = LineLabel().styled(size=1.1, bold=True)
        self.proof_words = PlainLabel().styled(colour=self.colours.secondary)
        self.stop_button = QPushButton(tr("&Stop here"))
        self.needed_button = QPushButton(tr("Take that t&oo"))
        self.mends = MendsRow()
        today = datetime.now().astimezone().date()
        self.result_view = SplitResult(plan, project, today, self._new_bar(tr("How far the measuring is")))
        self.search = Search(plan, project, self)
        self._timer = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._place()
        self._set_up_proof()
        self._connect()
        self._show_state()

    def proposal(self) -> Proposal | None:
        """Return the best split so far that fits what the fields say, or None while there is none."""
        return self.search.best_for(self._wishes())

    def chosen(self) -> tuple[EntityId, ...] | None:
        """Return the increments of the proposal that are to be taken; None for all of them."""
        return self.result_view.chosen()

    def results(self) -> Mapping[EntityId, str]:
        """Return what marketing can see of parts of long items, as far as it was typed."""
        return self.result_view.results()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; the search begins only once everything stands on the screen."""
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._begin)

    @override
    def done(self, result: int) -> None:
        """Close, and let go of what is still being worked on."""
        self._timer.stop()
        self.search.give_up()
        self.result_view.let_go()
        super().done(result)

    @override
    def accept(self) -> None:
        """Close with the split, if there is one that fits."""
        self.fields.settle()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)  # what is being typed is handed over
        if self.proposal() is not None and self.chosen() != ():
            super().accept()

    def _new_bar(self, name: str) -> QProgressBar:
        bar = QProgressBar()
        policy = bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        bar.setSizePolicy(policy)
        bar.setTextVisible(False)
        bar.setFixedSize(steps(self, 20), steps(self, 0.5))
        bar.setAccessibleName(name)
        bar.setStyleSheet(
            f"QProgressBar {{ background: {self.colours.line}; border: none; }}"
            f"QProgressBar::chunk {{ background: {self.colours.accent}; }}"
        )
        return bar

    def _place(self) -> None:
        self.body.setSpacing(steps(self, 1.25))
        self.body.setContentsMargins(steps(self, 3), steps(self, 1.5), steps(self, 3), steps(self))
        self.body.addWidget(self.fields)
        line = QHBoxLayout()
        line.setSpacing(steps(self, 1.5))
        line.addWidget(self.proof_check)
        named(tr("Seconds for the proof"), self.proof_spin).deleteLater()
        line.addWidget(self.proof_spin)
        line.addWidget(self.proof_words, 1)
        sign = QVBoxLayout()
        sign.setSpacing(steps(self, 0.5))
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight)
        sign.addWidget(self.state)
        sign.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignRight)
        line.addLayout(sign)
        self.stop_button.setAutoDefault(False)
        line.addWidget(self.stop_button)
        self.body.addLayout(line)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.mends)
        self.body.addWidget(self.result_view, 1)
        for label in (self.verdict, self.state):  # as high without words as with them: nothing jumps
            label.setFixedHeight(label.fontMetrics().height() + steps(self, 0.25))
        self.verdict.setAccessibleName(tr("What it is worth"))
        self.state.setAccessibleName(tr("How far the search is"))
        self.needed_button.setAutoDefault(False)
        self.needed_button.setAccessibleDescription(tr("Check the increments that others wait for, too"))
        self.buttons.addButton(self.needed_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.needed_button.hide()
        self.want(146, 108)
        # Only now that it lies in the dialog does Qt know whose default it is: else it is none once a page changes.
        self.take.setDefault(False)
        self.take.setDefault(True)
        self.longest_spin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_up_proof(self) -> None:
        can = available()
        settings = self._settings
        self.proof_check.setEnabled(can)
        missing = tr("A proof needs OR-Tools: install the program with its extra “optimise”.")
        self.proof_words.setText("" if can else missing)
        self.proof_check.setChecked(can and settings is not None and settings.flag(FLAG, otherwise=True))
        seconds = settings.number(SECONDS, PROVING, LEAST_PROVING, MOST_PROVING) if settings else PROVING
        self.proof_spin.setValue(seconds)
        self.proof_spin.setEnabled(self.proof_check.isChecked())

    def _connect(self) -> None:
        self.fields.changed.connect(self._ask_soon)
        self.proof_check.toggled.connect(self._proof_toggled)
        self.proof_spin.valueChanged.connect(self._remember_seconds)
        self.stop_button.clicked.connect(self.search.stop)
        self.needed_button.clicked.connect(self.result_view.take_needed)
        self.search.changed.connect(self._show_state)
        self.search.found.connect(self._show_found)
        self.mends.wished.connect(self.fields.set_wishes)
        self.result_view.prices.wished.connect(self.fields.set_wishes)
        self.result_view.prices.asked.connect(self.search.stop)
        self.result_view.choice_changed.connect(self._show_state)
        self._timer.timeout.connect(self._begin)

    def _wishes(self) -> Wishes | None:
        return self.fields.wishes(float(self.proof_spin.value()) if self.proof_check.isChecked() else 0.0)

    def _proof_toggled(self, checked: bool) -> None:
        self.proof_spin.setEnabled(checked)
        if self._settings is not None:
            self._settings.remember(FLAG, checked)
        best = self.proposal()
        if not checked:
            self.search.stop()
        elif best is None or not best.found.proven:
            self._begin()

    def _remember_seconds(self, seconds: int) -> None:
        if self._settings is not None:
            self._settings.remember(SECONDS, seconds)

    def _ask_soon(self) -> None:
        """Let go of the result that no longer fits, and ask again once typing pauses."""
        wishes = self._wishes()
        finished = self.search.state in (State.DONE, State.STOPPED)
        if self.search.best_for(wishes) is not None and finished:
            self._timer.stop()
            self._show_found()
            self._show_state()
            return
        self._timer.start()
        self.search.give_up()
        self.result_view.let_go()
        if self.search.state is State.SEARCHING:
            self.search.state = State.IDLE
        self._show_state()

    def _begin(self) -> None:
        self._timer.stop()
        wishes = self._wishes()
        if wishes is not None:
            self.search.begin(wishes)
        else:
            self._show_state()

    def _show_found(self) -> None:
        """Show a better plan, or a better bound."""
        proposal = self.proposal()
        if proposal is not None:
            self.result_view.show_proposal(proposal, self.search.wishes)

    def _show_state(self) -> None:
        """Show how far the search is, what the plan is worth, and whether it can be taken."""
        proposal, search = self.proposal(), self.search
        unreadable = self.fields.unreadable()
        busy = not unreadable and (not self._begun or self._timer.isActive() or search.state is State.SEARCHING)
        self.bar.setVisible(busy)
        self.bar.setRange(0, search.of if proposal else 0)
        self.bar.setValue(search.done)
        waiting = tr("Waiting…") if self._timer.isActive() else state_text(search)
        self.state.setText(tr("No split") if unreadable else waiting)
        self.stop_button.setEnabled(busy and proposal is not None)
        refusal = search.refusal if not self._timer.isActive() else None
        self.mends.show_clash(refusal.clash if refusal and not unreadable else None)
        if unreadable or refusal is not None or search.state is State.BROKEN:
            self.result_view.show_proposal(None)
        self.result_view.set_pale(pale=proposal is None)
        if proposal is not None:
            self.verdict.setText(verdict_text(proposal))
        elif not busy:
            self.verdict.setText("")
        self._judge(proposal, unreadable, refusal.why if refusal else "")

    def _judge(self, proposal: Proposal | None, unreadable: str, why: str) -> None:
        """Say whether the split can be taken, and what of it; what is said already is not said again."""
        broken = tr("The search broke off: change a field to try again.") if self.search.state is State.BROKEN else ""
        refused, quiet = "", ""
        if proposal is None:
            refused = unreadable or why or broken
            quiet = "" if refused else tr("Looking for a first split…")
        elif self.chosen() == ():
            refused = tr("No increment is checked: check at least one to take it.")
        else:
            quiet = self._part_text(proposal)
        can = proposal is not None and not refused
        self.needed_button.setVisible(can and bool(self.result_view.lacking))
        if (refused, quiet, can) == self._said:
            return
        self._said = refused, quiet, can
        if refused:
            self.refuse(refused)
        else:
            self.wait(quiet)
            if can and (self.result_view.lacking or self.result_view.silent):
                self.reason.setStyleSheet(f"color: {self.colours.warning}")
            self.take.setEnabled(can)

    def _part_text(self, proposal: Proposal) -> str:
        """Return what taking only a part means; empty when all is taken."""
        chosen = self.chosen()
        if chosen is None:
            return ""
        roadmap = self._plan.roadmap
        last = later(roadmap.horizon, -1)
        text = trn(
            "{n} of {of} increments is taken, and the project earns {money} by {month} {year}; the scope of the others "
            "stays where it is.",
            "{n} of {of} increments are taken, and the project earns {money} by {month} {year}; the scope of the "
            "others stays where it is.",
            len(chosen),
            of=len(proposal.increments),
            money=whole_money_text(self.result_view.earned, roadmap.currency),
            month=month_text(last),
            year=last.year,
        )
        warnings = (lacking_text(proposal, self.result_view.lacking), silent_text(self.result_view.silent))
        return " ".join([*(warning for warning in warnings if warning), text])
