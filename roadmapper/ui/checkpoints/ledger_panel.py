"""LedgerPanel: every consult that was answered, in order, and how long marketing heard nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.bypass import Bypass, bypass_of
from roadmapper.planning.consults.ledger import Entry, filtered, ledger_of, longest_silence_of
from roadmapper.planning.consults.saying import answer_text, consult_title, number_text, silence_text
from roadmapper.planning.phrases import day_text, length_text, money_text
from roadmapper.ui.checkpoints.marked_list import Line, MarkedList, MarkedRow
from roadmapper.ui.checkpoints.marks import mark_of
from roadmapper.ui.checkpoints.texts import Words
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit

LONGEST_WANTED = 200


def entry_title(entry: Entry) -> str:
    """Return how the consult of an entry is headed."""
    return consult_title(entry.checkpoint, entry.increment.title if entry.increment else entry.project.title)


def said_text(entry: Entry) -> str:
    """Return answer and comment, such as ``Approved with changes: “guests too”``."""
    words = answer_text(entry.decision.answer)
    comment = " ".join(entry.decision.comment.split())
    return f"{words}: “{comment}”" if comment else words


def bypass_text(bypass: Bypass) -> str:
    """Return the indicator with its formula in numbers."""
    return tr("Bypass indicator {value} = {days} days of silence ÷ {limit} agreed + {n} bought outside").format(
        value=number_text(round(bypass.value, 2)),
        days=bypass.silence_days,
        limit=bypass.limit_days,
        n=len(bypass.purchases),
    )


class LedgerPanel(QWidget):
    """*chosen* is sent with a checkpoint, *opened* with a decision whose picture is to be seen again."""

    chosen = Signal(str)
    opened = Signal(str)
    print_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: Plan | None = None
        self._project: EntityId | None = None
        grey = theme.palette.secondary
        self.setAccessibleName(tr("Consult ledger"))
        self.wanted = QLineEdit()
        limit(self.wanted, LONGEST_WANTED)
        self.wanted.setPlaceholderText(tr("Filter: words, names"))
        self.wanted.setAccessibleName(tr("Filter the ledger"))
        self.wanted.setClearButtonEnabled(True)
        self.wanted.textChanged.connect(self._fill)
        self.scope = Choice()
        self.scope.setAccessibleName(tr("Consults of which project"))
        self.scope.addItem(tr("All projects"))
        self.scope.addItem(tr("This project"))
        self.scope.currentIndexChanged.connect(self._fill)
        self.print = QPushButton(tr("Print…"))
        self.print.setToolTip(tr("Print the ledger as it is shown"))
        self.print.clicked.connect(self.print_wanted)
        self.list = MarkedList(theme)
        self.list.setAccessibleName(tr("Answers, the latest first"))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self.opened)
        self.empty = PlainLabel().styled(colour=grey)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.silence = QFrame()
        self.silence.setObjectName("silence")
        self.silence_words = [Words(), Words(), Words().styled(colour=grey), Words().styled(colour=grey)]
        self._lay_out()

    def _lay_out(self) -> None:
        unit, palette = self._theme.unit, self._theme.palette
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(6 * unit))
        column.addWidget(PlainLabel(tr("Consult ledger")).styled(size=1.08, bold=True))
        column.addWidget(PlainLabel(tr("what was seen, and what was answered")).styled(colour=palette.secondary))
        column.addWidget(self.wanted)
        row = QHBoxLayout()
        row.addWidget(self.scope, 1)
        row.addWidget(self.print)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        self.silence.setStyleSheet(
            f"#silence {{ background: {palette.raised}; border: 1px solid {palette.line};"
            f" border-radius: {round(5 * unit)}px; }}"
        )
        box = QVBoxLayout(self.silence)
        box.setContentsMargins(*[round(10 * unit)] * 4)
        box.setSpacing(round(4 * unit))
        box.addWidget(PlainLabel(tr("Silence")).styled(bold=True))
        for label in self.silence_words:
            box.addWidget(label)
        column.addWidget(self.silence)

    @property
    def entries(self) -> list[Entry]:
        """Return the answers that are shown, the latest first."""
        if self._plan is None:
            return []
        only = self._project if self.scope.currentIndex() == 1 else None
        return list(reversed(filtered(ledger_of(self._plan, only), self.wanted.text())))

    def all_entries(self) -> list[Entry]:
        """Return every answer, the latest first."""
        return list(reversed(ledger_of(self._plan))) if self._plan is not None else []

    def show_plan(self, plan: Plan, project: EntityId | None, today: date) -> None:
        """Show the ledger of a plan; *project* is the one of the consult that is looked at."""
        self._plan, self._project = plan, project
        self.scope.setVisible(len(plan.projects) > 1)
        self._fill()
        self._tell_silence(plan, today)

    def _fill(self) -> None:
        palette = self._theme.palette
        entries = self.entries
        rows = [
            MarkedRow(
                str(entry.decision.id),
                mark_of(entry.decision.answer),
                (
                    Line(day_text(day_of(entry.when)), palette.secondary),
                    Line(entry_title(entry), palette.text, bold=True),
                    Line(said_text(entry), palette.text),
                ),
                thread=n + 1 < len(entries),
            )
            for n, entry in enumerate(entries)
        ]
        self.list.show_rows(rows, None)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        some = self._plan is not None and bool(self._plan.decisions)
        self.empty.setText(
            tr("Nothing of that kind: change the filter.")
            if some
            else tr("Every answer will stand here with what was seen, in order, and never change.")
        )
        self.print.setEnabled(bool(rows))

    def _tell_silence(self, plan: Plan, today: date) -> None:
        longest = longest_silence_of(plan)
        bypass = bypass_of(plan, today)
        words = [silence_text(longest.days if longest else None, plan.roadmap.silence_limit_days), "", "", ""]
        if bypass.project is not None:
            words[1] = tr("Now silent longest: “{project}”, {length}.").format(
                project=plan.projects[bypass.project].title, length=length_text(bypass.silence_days)
            )
        count = len(bypass.purchases)
        bought = trn("{n} tool", "{n} tools", count)
        cost = f", {money_text(bypass.cost, plan.roadmap.currency)}" if bypass.cost else ""
        words[2] = tr("Marketing bought outside IT in twelve months: {tools}").format(
            tools=bought + cost if count else tr("nothing")
        )
        words[3] = bypass_text(bypass) + ". " + tr("0 is best; an indicator, not a probability.")
        for label, text in zip(self.silence_words, words, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        if longest is not None and longest.days > longest.limit:
            self.silence_words[0].setStyleSheet(f"color: {self._theme.palette.bad}")
        else:
            self.silence_words[0].setStyleSheet("")

    def _choose(self, key: str) -> None:
        decision = self._plan.decisions.get(EntityId(key)) if self._plan is not None else None
        if decision is not None:
            self.chosen.emit(str(decision.checkpoint))
