"""AnsweredView: what was decided on a checkpoint, what was asked for, and the way to what was seen then."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.consult import Condition, Decision
from roadmapper.domain.dates import day_of
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.ledger import Entry
from roadmapper.planning.consults.saying import answer_text
from roadmapper.planning.phrases import day_text
from roadmapper.ui.checkpoints.marks import Mark, mark_of, paint_mark
from roadmapper.ui.checkpoints.still_open import ConditionBox, in_order_asked
from roadmapper.ui.checkpoints.texts import Words
from roadmapper.ui.theme import Theme


def by_text(decision: Decision) -> str:
    """Return who decided and when, such as ``Ada, reviewer · 2 Apr 2027``."""
    who = f"{decision.who}, {tr(decision.role)}" if decision.role else decision.who
    return tr("{who} · {day}").format(who=who, day=day_text(day_of(decision.when)))


class MarkView(QWidget):
    """A mark of its own."""

    def __init__(self, mark: Mark, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        """Return the size of a mark."""
        return QSize(1, 1) * round(16 * self._theme.unit)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        qp = QPainter(self)
        paint_mark(qp, self.rect().toRectF(), self._mark, self._theme.palette)
        qp.end()


class PictureButton(QPushButton):
    """Opens the picture that was seen when a decision was made."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(tr("Open the picture that was seen"))
        self.decision = decision
        self.setAccessibleDescription(by_text(decision))


class AnsweredView(QWidget):
    """*picture_wanted* is sent with a decision, *condition_ticked* with a condition and whether it is done."""

    picture_wanted = Signal(object)
    condition_ticked = Signal(object, bool)
    anew = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = Words(tr("What was decided")).styled(size=1.08, bold=True)
        self.decide_anew = QPushButton(tr("Decide anew"))
        self.decide_anew.setToolTip(tr("A changed mind is a new decision: this one stays in the ledger."))
        self.decide_anew.clicked.connect(self.anew)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(round(6 * theme.unit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(8 * theme.unit))
        column.addWidget(self.title)
        column.addLayout(self._rows)
        column.addWidget(self.decide_anew, 0, Qt.AlignmentFlag.AlignLeft)

    def show_entries(self, entries: Sequence[Entry], *, ticks: bool, anew: bool) -> None:
        """Show the answers to a checkpoint, the latest first; *ticks* where conditions may be ticked."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for entry in entries:
            self._rows.addWidget(self._entry(entry, ticks=ticks))
        self.decide_anew.setVisible(anew)

    def _entry(self, entry: Entry, *, ticks: bool) -> QWidget:
        decision, unit, grey = entry.decision, self._theme.unit, self._theme.palette.secondary
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, round(6 * unit))
        column.setSpacing(round(5 * unit))
        head = QHBoxLayout()
        head.setSpacing(round(8 * unit))
        head.addWidget(MarkView(mark_of(decision.answer), self._theme), 0, Qt.AlignmentFlag.AlignTop)
        words = answer_text(decision.answer)
        if not entry.latest:
            words = tr("{answer} (followed by a later decision)").format(answer=words)
        head.addWidget(Words(words).styled(bold=True), 1)
        column.addLayout(head)
        column.addWidget(Words(by_text(decision)).styled(colour=grey))
        if decision.comment.strip():
            column.addWidget(Words(f"“{decision.comment.strip()}”"))
        if entry.conditions:
            column.addWidget(Words(tr("What was asked for")).styled(colour=grey))
        for condition in in_order_asked({decision.id: decision}, entry.conditions):
            column.addLayout(self._condition(condition, ticks=ticks))
        button = PictureButton(decision)
        button.clicked.connect(self._open)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _condition(self, condition: Condition, *, ticks: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(round(8 * self._theme.unit))
        if ticks:
            box = ConditionBox(condition)
            box.clicked.connect(self._ticked)
            row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        state = tr("open") if condition.done is None else tr("done on {day}").format(day=day_text(condition.done))
        owner = f" · {condition.owner}" if condition.owner else ""
        row.addWidget(Words(tr("{text} · {state}").format(text=condition.text, state=state + owner)), 1)
        return row

    def _ticked(self, checked: bool) -> None:
        sender = self.sender()
        if isinstance(sender, ConditionBox):
            self.condition_ticked.emit(sender.condition, checked)

    def _open(self) -> None:
        sender = self.sender()
        if isinstance(sender, PictureButton):
            self.picture_wanted.emit(sender.decision)
