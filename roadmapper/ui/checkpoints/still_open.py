"""StillOpen: what was asked for at earlier consults of the same project and is not done yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from roadmapper.domain.consult import Condition, Decision
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.pack_answer import conditions_in
from roadmapper.planning.consults.due import Consult
from roadmapper.planning.consults.saying import short_day_text
from roadmapper.planning.phrases import day_text
from roadmapper.ui.checkpoints.texts import Words
from roadmapper.ui.theme import Theme

MOST = 6


def in_order_asked(decisions: Mapping[EntityId, Decision], conditions: Iterable[Condition]) -> list[Condition]:
    """Return conditions as they were asked for: by instant of the answer, then as the lines of its comment stand."""
    return sorted(conditions, key=lambda c: _place(decisions[c.decision], c))


def open_for(plan: Plan, consult: Consult) -> list[Condition]:
    """Return what other answers in the project of a consult ask for and is not done: of its increment first."""
    own: list[Condition] = []
    rest: list[Condition] = []
    for condition in plan.conditions.values():
        asked = plan.checkpoints.get(plan.decisions[condition.decision].checkpoint)
        if condition.done is not None or asked is None or asked.project != consult.project.id:
            continue
        if asked.id != consult.checkpoint.id:
            same = asked.increment is not None and asked.increment == consult.checkpoint.increment
            (own if same else rest).append(condition)
    return [*in_order_asked(plan.decisions, own), *in_order_asked(plan.decisions, rest)]


def _place(decision: Decision, condition: Condition) -> tuple[object, ...]:
    lines = conditions_in(decision.comment)
    place = lines.index(condition.text) if condition.text in lines else len(lines)
    return decision.when, decision.id, place, condition.text, condition.id


class ConditionBox(QCheckBox):
    """The tick of a condition; its words stand beside it."""

    def __init__(self, condition: Condition) -> None:
        super().__init__()
        self.condition = condition
        self.setChecked(condition.done is not None)
        self.setAccessibleName(condition.text)


class StillOpen(QWidget):
    """*ticked* is sent with a condition and whether it is done."""

    ticked = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(round(5 * theme.unit))
        self.boxes: list[ConditionBox] = []
        self.hide()

    def show_of(self, plan: Plan, consult: Consult, *, ticks: bool) -> None:
        """Show what is open for a consult; *ticks* where it may be ticked."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.boxes = []
        found = open_for(plan, consult)
        if found:
            self._rows.addWidget(Words(tr("Asked for and not done yet")).styled(size=1.08, bold=True))
        for condition in found[:MOST]:
            self._rows.addWidget(self._row(plan, consult, condition, ticks=ticks))
        more = len(found) - MOST
        if more > 0:
            words = trn("{n} more stands on the scoreboard.", "{n} more stand on the scoreboard.", more)
            self._rows.addWidget(Words(words).styled(colour=self._theme.palette.secondary))
        self.setVisible(bool(found))

    def _row(self, plan: Plan, consult: Consult, condition: Condition, *, ticks: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(8 * self._theme.unit))
        if ticks:
            box = ConditionBox(condition)
            box.clicked.connect(self._ticked)
            self.boxes.append(box)
            row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        asked = day_of(plan.decisions[condition.decision].when)
        day = short_day_text(asked) if asked.year == consult.checkpoint.day.year else day_text(asked)
        owner = f" · {condition.owner}" if condition.owner else ""
        words = tr("still open from {day}: {text}").format(day=day, text=condition.text)
        row.addWidget(Words(words + owner), 1)
        return line

    def _ticked(self, checked: bool) -> None:
        sender = self.sender()
        if isinstance(sender, ConditionBox):
            self.ticked.emit(sender.condition, checked)
