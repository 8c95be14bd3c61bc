"""HistoryPanel: the journal beside the timeline - who did what when; what a step changed; back to any of them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.step_words import step_lines
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.history_list import HistoryList
from roadmapper.ui.timeline.history_model import HistoryModel
from roadmapper.ui.timeline.history_words import below_words, heading_text, what_words
from roadmapper.ui.widgets.flow import Flow
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel
from roadmapper.ui.widgets.steps import StepsBeyond
from roadmapper.workspace.history import Noted

WIDE = 330
DETAILS = 210
MOST_TOLD = 40


class HistoryPanel(QFrame):
    """Sends the row of the step with which something is wanted; *closed* when it is to be put away."""

    back_wanted = Signal(int)
    compare_wanted = Signal(int)
    baseline_wanted = Signal(int)
    look_wanted = Signal(int)
    closed = Signal()

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._theme = theme
        self._stale = True
        self.setObjectName("history")
        line, ground = theme.palette.strong_line, theme.palette.surface
        self.setStyleSheet(f"#history {{ background: {ground}; border: none; border-left: 1px solid {line}; }}")
        self.setAccessibleName(tr("History"))
        self.model = HistoryModel(self)
        self.search = QLineEdit(placeholderText=tr("Search the history"), clearButtonEnabled=True)
        StepsBeyond(self.search)
        self.search.setAccessibleName(tr("Search the history"))
        self.count = LineLabel().styled(size=0.9, colour=theme.palette.secondary)
        self.list = HistoryList(self.model, theme, self)
        self.list.setAccessibleName(tr("Steps of the journal, the newest first"))
        self.what = PlainLabel().styled(bold=True)
        self.when = PlainLabel().styled(size=0.92, colour=theme.palette.secondary)
        self.lines = PlainLabel()
        self.lines.setAccessibleName(tr("What this step changed"))
        self.back = QPushButton(tr("&Go back to here…"))
        self.look = QPushButton(tr("&Look at it…"))
        self.compare = QPushButton(tr("Co&mpare with it"))
        self.name = QPushButton(tr("Set a &baseline…"))
        self.details = QWidget(self)
        self._lay_out()
        self._connect()
        self._tell()

    @override
    def sizeHint(self) -> QSize:
        """Return the width in which a step can be read."""
        return QSize(round(WIDE * self._theme.unit), super().sizeHint().height())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read what was done while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what was done since; the whole journal where another roadmap was opened."""
        if not self.isVisible():
            return
        last = 0 if self._stale else self.model.written  # what waited to be written then may be written now
        try:
            steps = self._editor.steps(last)
        except Refused as refusal:
            self.count.setText(str(refusal))
            return
        self._stale = False
        if last:
            self.model.add(steps)
            self.list.viewport().update()
        else:
            self.model.show(steps)
        self._tell_count()
        self._tell()

    def _lay_out(self) -> None:
        unit = self._theme.unit
        space = round(8 * unit)
        close = QToolButton()
        close.setText("×")
        close.setAutoRaise(True)
        close.setAccessibleName(tr("Close the history"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(tr("History"), wrap=False).styled(size=1.25, bold=True), 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * space, space, space, space)
        column.setSpacing(space)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self.count)
        column.addWidget(self.list, 3)
        column.addWidget(self.details, 2)
        self.setMinimumWidth(min(round(0.75 * WIDE * unit), round(0.8 * WIDE)))
        self._lay_out_details(space)

    def _lay_out_details(self, space: int) -> None:
        below = QVBoxLayout(self.details)
        below.setContentsMargins(0, space, space, 0)
        below.setSpacing(space // 2)
        below.addWidget(self.what)
        below.addWidget(self.when)
        area = QScrollArea()
        area.setAccessibleName(tr("What the step changed"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.lines.setAutoFillBackground(True)
        self.lines.setBackgroundRole(QPalette.ColorRole.Base)
        area.setWidget(self.lines)
        below.addWidget(area, 1)
        buttons = Flow(space)
        for button in (self.back, self.look, self.compare, self.name):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        below.addLayout(buttons)
        self.details.setMaximumHeight(round(DETAILS * self._theme.unit))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.list.chosen.connect(self._tell)
        self.list.activated.connect(self._open)
        self.back.clicked.connect(self._go_back)
        self.look.clicked.connect(self._look)
        self.compare.clicked.connect(self._compare)
        self.name.clicked.connect(self._name)
        self._editor.opened.connect(self._begin_anew)
        self._editor.changed.connect(self.refresh)

    def _begin_anew(self) -> None:
        self._stale = True
        self.model.show([])
        self.refresh()

    def _search(self, text: str) -> None:
        step = self.list.step
        self.model.search(text)
        if step is not None:
            self.list.go_to(step.seq)
        self._tell_count()
        self._tell()

    def _tell_count(self) -> None:
        total = len(self.model.steps)
        words = trn("{n} step", "{n} steps", total)
        if self.search.text().strip():
            words = tr("{found} of {steps}").format(found=self.model.found, steps=words)
        self.count.setText(words)

    def _tell(self) -> None:
        """Say what the chosen step changed, and offer what can be done with it."""
        step = self.list.step
        self.details.setVisible(step is not None)
        if step is None:
            return
        self.what.setText(what_words(step))
        undone = self.model.is_undone(step)
        self.when.setText(f"{heading_text(step.at)}, {below_words(step, undone=undone)}")
        self.lines.setText(self._changes(step))
        last = step.seq == self._editor.length
        self.back.setVisible(self._editor.plans)
        self.name.setVisible(self._editor.plans)
        self.back.setEnabled(self._editor.may_plan and not last)
        self.back.setToolTip(tr("The plan stands at this step now.") if last else "")
        self.name.setEnabled(self._editor.may_plan)

    def _changes(self, step: Noted) -> str:
        if step.seq == 1:
            return tr("The roadmap was begun.")
        try:
            delta = self._editor.delta(step.seq)
        except Refused as refusal:
            return str(refusal)
        lines = step_lines(delta, self._editor.plan, MOST_TOLD)
        said = [f"{line.title}: {line.words}" for line in lines]
        if len(lines) == MOST_TOLD < len(delta.changes):
            said.append(tr("… and more: {n} changes in all.").format(n=len(delta.changes)))
        return "\n".join(said)

    def _open(self, _: QModelIndex) -> None:
        self._look()

    def _go_back(self) -> None:
        if self.list.step is not None:
            self.back_wanted.emit(self.list.step.seq)

    def _look(self) -> None:
        if self.list.step is not None:
            self.look_wanted.emit(self.list.step.seq)

    def _compare(self) -> None:
        if self.list.step is not None:
            self.compare_wanted.emit(self.list.step.seq)

    def _name(self) -> None:
        if self.list.step is not None:
            self.baseline_wanted.emit(self.list.step.seq)
