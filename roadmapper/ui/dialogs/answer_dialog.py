"""AnswerDialog: takes the answer of a review pack, pasted or from a file, and shows whose it is before it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from typing_extensions import override

from roadmapper.domain.consult import Decision
from roadmapper.domain.dates import day_of
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.pack_answer import MOST_BYTES, decoded
from roadmapper.planning.consults.saying import answer_text
from roadmapper.planning.phrases import day_text
from roadmapper.ui.dialogs.sheet import Sheet, heading
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.ui.widgets.text_edit import TextEdit


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer that may be recorded: the decision it is, what it is about, and what has to be said about it."""

    decision: Decision
    title: str
    notes: tuple[str, ...] = ()


class AnswerDialog(Sheet):
    """Ask for the answer; *check* makes a decision of a text, or raises Refused."""

    def __init__(self, check: Callable[[str], Checked], parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Read an answer in"),
            tr("The file or the text that came back from a review pack; whatever stands around it does no harm."),
            tr("&Record"),
            parent,
        )
        self._check = check
        self.checked: Checked | None = None
        self.text = TextEdit("", MOST_BYTES)
        self.text.setAccessibleName(tr("The text that came back"))
        self.text.setPlaceholderText(tr("Paste the text here"))
        self.text.setFixedHeight(steps(self, 18))
        self.file = QPushButton(tr("Open a &file…"))
        self.file.setAutoDefault(False)
        self.file.clicked.connect(self._open)
        self.whose = PlainLabel().styled(bold=True)
        self.comment = PlainLabel()
        self.notes = PlainLabel().styled(colour=self.colours.warning)
        self.body.addWidget(self.file)
        self.body.addWidget(self.text)
        self.body.addWidget(heading(tr("What it says")))
        for label in (self.whose, self.comment, self.notes):
            self.body.addWidget(label)
        self.body.addStretch(1)
        self.want(64, 60)
        self.text.textChanged.connect(self._judge)
        self._judge()

    def read_file(self, path: Path) -> None:
        """Take the text of a file."""
        try:
            with path.open("rb") as file:
                text = decoded(file.read(MOST_BYTES + 1))
        except Refused as refusal:
            self.refuse(str(refusal))
            return
        except OSError as error:
            self.refuse(tr("“{file}” cannot be read: {why}.").format(file=path, why=error.strerror))
            return
        self.text.setPlainText(text)

    @override
    def accept(self) -> None:
        """Close with the answer, unless it is none."""
        self._judge()
        if self.checked is not None:
            super().accept()

    def _open(self) -> None:
        dialog = QFileDialog(self, tr("Open an answer"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Answers") + " (*.json *.txt *.eml)", tr("All files") + " (*)"])
        wanted = bool(dialog.exec())
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        if wanted and chosen:
            self.read_file(Path(chosen[0]))

    def _judge(self) -> None:
        self.checked = None
        text, why = self.text.toPlainText(), ""
        try:
            if text.strip():
                self.checked = self._check(text)
            else:
                why = tr("Paste the text, or open the file.")
        except Refused as refusal:
            why = str(refusal)
        found = self.checked
        if found is None:
            self.whose.setText("–")
            self.comment.setText("")
            self.notes.setText("")
        else:
            decision = found.decision
            self.whose.setText(
                tr("{who} answered “{title}” on {day}: {answer}").format(
                    who=decision.who,
                    title=found.title,
                    day=day_text(day_of(decision.when)),
                    answer=answer_text(decision.answer),
                )
            )
            self.comment.setText(f"“{decision.comment.strip()}”" if decision.comment.strip() else "")
            self.notes.setText("\n".join(found.notes))
        self.refuse(why)
