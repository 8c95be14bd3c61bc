"""PairwiseDialog: asks which full swing is worth more, two at a time, and shows what comes of it in money."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.criterion import Judgement, Voice
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import money_text
from roadmapper.planning.ranking.pairwise import (
    TOLERABLE,
    Element,
    Misfit,
    Weighing,
    elements_of,
    groups_of,
    misfit_of,
    questions_of,
    swings_of,
    weigh,
)
from roadmapper.ui.dialogs.criteria_words import anchors_text
from roadmapper.ui.dialogs.pairwise_edit import take_comparison
from roadmapper.ui.dialogs.pairwise_questions import Pair, PairQuestions, nearest
from roadmapper.ui.dialogs.pairwise_words import misfit_text, missing_text, names_of, voice_text
from roadmapper.ui.dialogs.sheet import MOST_OF_SCREEN, Sheet, heading, named
from roadmapper.ui.widgets.fields import MoneyEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.tables import Cell, TextTable

MOST_LINES = 8
SHORTEST = 3
LEFT, RIGHT, LEAST = 72, 48, 24


class PairwiseDialog(Sheet):
    """Ask one voice; nothing is changed until the answers are taken."""

    def __init__(self, plan: Plan, voice: Voice, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Compare in pairs: {whom}").format(whom=voice_text(voice)),
            tr("Which full swing, from worst to best, is worth more, and how much more? Answer in any order; not all")
            + " "
            + tr("need an answer, but more answers show whether they agree."),
            tr("&Take these swings"),
            parent,
        )
        self._plan = plan
        self._voice = voice
        self._elements = elements_of(plan)
        self._warned = False
        self._misfit: Misfit | None = None
        self.yardstick_edit = MoneyEdit(plan.roadmap.currency, plan.roadmap.yardstick)
        notes: dict[Element, str] = {key: anchors_text(c) for key, c in plan.criteria.items()}
        self._names = names_of(plan, plan.roadmap.yardstick)
        self.questions = PairQuestions(questions_of(self._elements), self._names, notes)
        self._old = self._kept()
        self.questions.show_answers(self._old)
        self._shown = {pair: self.questions.ratio(pair) for pair in self.questions.boxes}
        self.consistency = PlainLabel()
        self.contradiction = PlainLabel()
        self.odd_button = QPushButton(tr("Go to &that answer"))
        self.mend_button = QPushButton(tr("Answer &what would fit"))
        self.mark_box = QCheckBox(tr("Ta&ke them all the same"))
        self.mark_label = PlainLabel(tr("The page then says that they contradict each other, for as long as they do."))
        self.mark_label.styled(colour=self.colours.secondary)
        self.table = TextTable(tr("What comes of it"))
        self._area_of_questions = QScrollArea()
        self._place()
        self._connect()
        self._judge()

    def edit(self, plan: Plan) -> Plan:
        """Return *plan* with the answers and what comes of them; raises Refused with the sentence that is shown."""
        answers, yardstick = self.answers(), self._yardstick()
        swings = swings_of(weigh(self._elements, answers), yardstick)
        return take_comparison(plan, self._voice, answers, swings, yardstick)

    def answers(self) -> list[Judgement]:
        """Return the answers; one that is as it was is the same as before."""
        found, touched = [], self._touched()
        for pair in self.questions.boxes:
            ratio, old = self.questions.ratio(pair), self._old.get(pair)
            if ratio is None:
                continue
            if old is not None and pair not in touched:
                found.append(self._plan.judgements[old.id])  # the way round in which it was kept
            else:
                found.append(Judgement(old.id if old else new_id("judgement"), self._voice, *pair, ratio))
        return found

    @override
    def accept(self) -> None:
        """Close with the answers, unless something is wrong."""
        self.yardstick_edit.settle()
        self._judge()
        if self.take.isEnabled():
            super().accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc ask once more before answers are lost."""
        if event.matches(QKeySequence.StandardKey.Cancel) and not self._warned and self._touched():
            self.wait(tr("Your answers are not taken: press Esc again to let them go."))
            self._warned = True
            return
        super().keyPressEvent(event)

    def _kept(self) -> dict[Pair, Judgement]:
        """Return the answers that were given before, each the way round in which it is asked."""
        found: dict[Pair, Judgement] = {}
        for answer in self._plan.judgements.values():
            if answer.voice is not self._voice:
                continue
            pair = (answer.first, answer.second)
            if pair in self.questions.boxes:
                found[pair] = answer
            elif answer.second is not None and (answer.second, answer.first) in self.questions.boxes:
                turned = (answer.second, answer.first)
                found[turned] = Judgement(answer.id, answer.voice, *turned, 1 / answer.ratio)
        return found

    def _touched(self) -> set[Pair]:
        """Return the questions with another answer than before."""
        return {pair for pair in self.questions.boxes if self.questions.ratio(pair) != self._shown.get(pair)}

    def _place(self) -> None:
        """Put the questions at the left and what comes of them at the right, or below on a narrow screen."""
        area = self._area_of_questions
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.questions)
        area.setMinimumSize(steps(self, LEFT), steps(self, LEAST))
        room = self.screen().availableSize().width() * MOST_OF_SCREEN
        narrow = steps(self, LEFT + RIGHT + 12) > room
        whole = QBoxLayout(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        whole.setSpacing(steps(self, 3))
        whole.addWidget(area, 3)
        whole.addLayout(self._outcome(), 2)
        self.body.addLayout(whole, 1)
        self.want(LEFT + RIGHT + 12, 84)
        first = next((b for b in self.questions.boxes.values() if not b.currentIndex()), self.yardstick_edit)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _outcome(self) -> QVBoxLayout:
        note = tr("The sum of money a year that full swings are compared with; it gives the answers their scale")
        money = QHBoxLayout()
        money.setSpacing(steps(self, 2))
        money.addWidget(named(tr("&Compare with revenue a year of"), self.yardstick_edit, note))
        money.addWidget(self.yardstick_edit, 1)
        column = QVBoxLayout()
        column.setSpacing(steps(self, 1.5))
        column.addLayout(money)
        column.addWidget(heading(tr("What comes of it")))
        lines = min(max(len(self._plan.criteria), SHORTEST), MOST_LINES) + 1
        self.table.setFixedHeight(self.table.height_of(lines))
        self.table.setMinimumWidth(steps(self, RIGHT))
        for widget in (self.table, self.consistency, self.contradiction):
            column.addWidget(widget)
        for button in (self.odd_button, self.mend_button):
            button.setAutoDefault(False)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.mark_box)
        column.addWidget(self.mark_label)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self.questions.answered.connect(self._judge)
        self.yardstick_edit.textChanged.connect(self._measure)
        self.odd_button.clicked.connect(self._go)
        self.mend_button.clicked.connect(self._mend)
        self.mark_box.toggled.connect(self._judge)

    def _yardstick(self) -> int:
        """Return the sum to compare with, in minor units; raises Refused where it is none."""
        amount = self.yardstick_edit.typed()
        if amount is None or amount <= 0:
            raise Refused(tr("The sum to compare with is missing: enter an amount above 0, such as 100000."))
        return amount

    def _measure(self) -> None:
        """Name the yardstick anew."""
        try:
            self._names = names_of(self._plan, self._yardstick())
        except Refused:
            pass
        else:
            self.questions.name(self._names)
        self._judge()

    def _judge(self) -> None:
        """Show what comes of the answers, or what is missing."""
        self._warned = False
        answers = self.answers()
        missing = missing_text(self._names, groups_of(self._elements, answers))
        weighing = None if missing else weigh(self._elements, answers)
        self._misfit = misfit_of(self._elements, answers) if weighing is not None and weighing.contradicts else None
        swings: Mapping[EntityId, int] = {}
        wrong = ""
        try:
            yardstick = self._yardstick()
            swings = swings_of(weighing, yardstick) if weighing is not None else {}
        except Refused as refusal:
            wrong = str(refusal)
        self._show_swings(weighing, swings)
        self._show_consistency(weighing, answers)
        if wrong:
            self.refuse(wrong)
        elif missing:
            self.wait(missing)
        elif weighing is not None and weighing.contradicts and not self.mark_box.isChecked():
            self.refuse(tr("The answers contradict each other: change one, or tick “Take them all the same”."))
        else:
            self.refuse("")

    def _show_swings(self, weighing: Weighing | None, swings: Mapping[EntityId, int]) -> None:
        currency = self._plan.roadmap.currency
        heads = (tr("Full swing of"), tr("Share"), tr("Worth a year"), tr("So far"))
        whole = sum(swings.values())
        lines: list[list[Cell | str]] = []
        for criterion in self._plan.criteria_in_order:
            amount = swings.get(criterion.id) if weighing is not None else None
            share = f"{amount / whole:.0%}".replace("%", " %") if amount is not None and whole else "–"
            before = money_text(getattr(criterion, self._voice.value), currency)
            lines.append(
                [
                    criterion.title,
                    Cell(share, right=True),
                    Cell(money_text(amount, currency), bold=True, right=True),
                    Cell(before, right=True),
                ]
            )
        self.table.show_rows(heads, lines)

    def _show_consistency(self, weighing: Weighing | None, answers: list[Judgement]) -> None:
        bad = weighing is not None and weighing.contradicts
        if weighing is None:
            words = tr("Consistency ratio: known once all are linked.")
        elif len(answers) < len(self._elements):
            words = tr("As few answers as these cannot contradict each other: one more would be a check.")
        elif bad:
            words = tr("Consistency ratio {ratio}: the answers contradict each other (more than {most}).")
        else:
            words = tr("Consistency ratio {ratio}: the answers agree well enough (at most {most}).")
        ratio = f"{weighing.ratio:.2f}" if weighing is not None else ""
        self.consistency.setText(words.format(ratio=ratio, most=f"{TOLERABLE:.2f}"))
        self.consistency.setStyleSheet(f"color: {self.colours.bad if bad else self.colours.secondary}")
        ratios: dict[tuple[Element, Element], float] = {(j.first, j.second): j.ratio for j in answers}
        both = {**ratios, **{(b, a): 1 / r for (a, b), r in ratios.items()}}
        self.contradiction.setText(misfit_text(self._names, self._misfit, both) if self._misfit else "")
        for widget in (self.contradiction, self.odd_button, self.mend_button):
            widget.setVisible(self._misfit is not None)
        self.mark_box.setVisible(bad)
        self.mark_label.setVisible(bad)

    def _go(self) -> None:
        """Go to the answer that fits the others least."""
        if self._misfit is not None:
            self._go_to((self._misfit.first, self._misfit.second))

    def _mend(self) -> None:
        """Give the answer of the scale that fits the others best."""
        if self._misfit is not None:
            pair = (self._misfit.first, self._misfit.second)
            self.questions.answer(pair, nearest(self._misfit.fitting))
            self._go_to(pair)

    def _go_to(self, pair: Pair) -> None:
        box = self.questions.boxes[pair]
        self._area_of_questions.ensureWidgetVisible(box)
        box.setFocus(Qt.FocusReason.OtherFocusReason)
