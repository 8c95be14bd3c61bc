"""DecisionForm: the three answers, the comment, what follows, and the button that records it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.consult import Answer, Kind
from roadmapper.domain.entity import TEXT_LENGTH, TITLE_LENGTH
from roadmapper.domain.wording import tr
from roadmapper.ui.checkpoints.answer_card import AnswerCard
from roadmapper.ui.checkpoints.columns import Columns
from roadmapper.ui.checkpoints.texts import Words
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit, too_long
from roadmapper.ui.widgets.text_edit import TextEdit

FOLLOW_LINES = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """What is chosen and typed and not recorded yet."""

    answer: Answer | None = None
    comment: str = ""
    by: str = ""


class CommentEdit(TextEdit):
    """A comment that takes no more than fits: what is typed beyond that is refused and said."""

    def __init__(self) -> None:
        super().__init__("", TEXT_LENGTH)

    @override
    def sizeHint(self) -> QSize:
        """Return the height of three lines."""
        return QSize(200, self.fontMetrics().lineSpacing() * 3 + 18)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key unless nothing more fits."""
        typed = event.text()
        adds = bool(typed) and (typed.isprintable() or typed in "\r\n")
        if adds and not self.textCursor().hasSelection() and len(self.toPlainText()) >= TEXT_LENGTH:
            too_long(self, TEXT_LENGTH, nothing=False)
            return
        super().keyPressEvent(event)


class DecisionForm(QWidget):
    """*changed* is sent with each choice and letter, *wanted* when the draft is to be recorded."""

    changed = Signal()
    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._filling = False
        grey = theme.palette.secondary
        self.title = Words().styled(size=1.08, bold=True)
        self.question = Words()
        self.by_label = PlainLabel(tr("Answered &by"), wrap=False)
        self.by = QLineEdit()
        limit(self.by, TITLE_LENGTH)
        self.by.setAccessibleName(tr("Answered by"))
        self.by.setPlaceholderText(tr("the name of the CMO"))
        self.by_label.setBuddy(self.by)
        self.cards = {
            answer: AnswerCard(answer, words, meaning, theme)
            for answer, words, meaning in (
                (Answer.APPROVE, tr("Approve"), tr("Go on as planned")),
                (Answer.APPROVE_WITH_CHANGES, tr("Approve with changes"), tr("Go on, and do this too")),
                (Answer.REJECT, tr("Reject"), tr("Not yet: back to the team")),
            )
        }
        self._group = QButtonGroup(self)
        for card in self.cards.values():
            self._group.addButton(card)
        self.follows = Words().styled(colour=grey)
        self.comment = CommentEdit()
        self.comment.setFixedHeight(self.comment.sizeHint().height())
        self.comment.setAccessibleName(tr("Comment"))
        self.note = Words().styled(size=0.92, colour=grey)
        self.wrong = Words().styled(colour=theme.palette.bad)
        self.record = QPushButton(tr("Record my decision"))
        self.record.setObjectName("record")
        self._lay_out()
        self._group.buttonClicked.connect(self._answered)
        self.comment.textChanged.connect(self._changed)
        self.by.textChanged.connect(self._changed)
        self.record.clicked.connect(self.wanted)

    def _lay_out(self) -> None:
        unit, palette = self._theme.unit, self._theme.palette
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(6 * unit))
        who = QHBoxLayout()
        who.addWidget(self.by_label)
        who.addWidget(self.by, 1)
        columns = Columns(3, round(8 * unit), even=False)
        columns.show_all(list(self.cards.values()))
        self.follows.setMinimumHeight(round(FOLLOW_LINES * self.fontMetrics().lineSpacing()) + 2)
        self.follows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.wrong.hide()
        foot = QHBoxLayout()
        foot.setSpacing(round(12 * unit))
        foot.addWidget(self.note, 1)
        foot.addWidget(self.wrong, 1)  # in its place: nothing below or above it moves
        foot.addWidget(self.record, 0, Qt.AlignmentFlag.AlignTop)
        self.record.setStyleSheet(
            f"#record {{ background: {palette.accent}; color: {palette.on_accent}; border-color: {palette.accent};"
            f" font-weight: 600; padding: {round(8 * unit)}px {round(20 * unit)}px; }}"
            f"#record:focus {{ border: 2px solid {palette.text}; }}"
        )
        column.addWidget(self.title)
        column.addWidget(self.question)
        column.addLayout(who)
        column.addWidget(columns)
        column.addWidget(self.follows)
        column.addWidget(self.comment)
        column.addLayout(foot)

    @property
    def draft(self) -> Draft:
        """Return what is chosen and typed."""
        checked = self._group.checkedButton()
        answer = checked.answer if isinstance(checked, AnswerCard) else None
        return Draft(answer, self.comment.toPlainText(), self.by.text())

    def show_draft(self, draft: Draft, title: str, note: str, *, asks_who: bool) -> None:
        """Show another draft; *asks_who* where somebody else's answer is written down."""
        self._filling = True
        self.title.setText(title)
        self.note.setText(note)
        self.by.setVisible(asks_who)
        self.by_label.setVisible(asks_who)
        self.record.setText(tr("Record the decision") if asks_who else tr("Record my decision"))
        if draft != self.draft:
            self._group.setExclusive(False)
            for answer, card in self.cards.items():
                card.setChecked(answer is draft.answer)
            self._group.setExclusive(True)
            if self.comment.toPlainText() != draft.comment:
                self.comment.setPlainText(draft.comment)
            self.by.setText(draft.by)
        self._filling = False
        self._hint()

    def speak_of(self, kind: Kind, question: str) -> None:
        """Say what is asked, and what the answers mean at a checkpoint of that kind."""
        self.question.setText(question)
        live = kind is Kind.GO_LIVE
        self.cards[Answer.APPROVE].mean(tr("Go live as planned") if live else tr("Go on as planned"))
        self.cards[Answer.APPROVE_WITH_CHANGES].mean(
            tr("Go live, and do this too") if live else tr("Go on, and do this too")
        )

    def say(self, follows: str) -> None:
        """Say what follows from the answer that is chosen."""
        self.follows.setText(follows)

    def complain(self, why: str) -> None:
        """Say why it cannot be recorded yet."""
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))
        self.note.setVisible(not why)

    def lead_to(self, missing: QWidget) -> None:
        """Begin where something is missing."""
        missing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self) -> None:
        self._changed()
        if self.draft.answer is not Answer.APPROVE:
            self.comment.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        if not self._filling:
            self.complain("")
            self._hint()
            self.changed.emit()

    def _hint(self) -> None:
        hints = {
            Answer.APPROVE_WITH_CHANGES: tr("What should change: each line becomes a condition, tracked until done"),
            Answer.REJECT: tr("Why not yet"),
        }
        answer = self.draft.answer
        self.comment.setPlaceholderText(hints.get(answer, tr("A comment, if you like")) if answer else "")
