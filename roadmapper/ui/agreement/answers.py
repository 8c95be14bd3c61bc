"""AnswersForm: what one version of the agreement says, to be read, or to be written while nobody has signed it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from roadmapper.domain.agreement import Agreement
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.agreed_words import question_text, said_text
from roadmapper.ui.agreement.fields import AnswerEdit, CountSpin, DataLever
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.explained import ExplainedLabel
from roadmapper.ui.widgets.labels import PlainLabel, unmarked
from roadmapper.ui.widgets.looks import steps

TEXTS = ("budget", "timetable", "counting", "board", "data_words", "people_words")
NUMBERS = ("longest_increment_weeks", "longest_silence_weeks", "it_people", "marketing_people")
SMALL = 0.92


class Answer(QWidget):
    """A question, what was said in force where this differs, and the field: read, or written into."""

    def __init__(self, name: str, field: QWidget, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.question = PlainLabel(question_text(name)).styled(bold=True)
        self.was = PlainLabel().styled(size=SMALL, colour=theme.palette.accent)
        self.read = ExplainedLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(steps(self, 0.5))
        for part in (self.question, self.was, field, self.read):
            column.addWidget(part)
        column.addStretch(1)

    def show_answer(self, text: str, was: str, plan: Plan, *, writable: bool) -> None:
        """Show what is said, and what the version in force says instead."""
        self.was.setText(tr("in force: {words}").format(words=was) if was else "")
        self.was.setVisible(bool(was))
        self.field.setVisible(writable)
        self.read.setVisible(not writable)
        self.read.explain(text, plan.terms.values())


class MeasuresBox(QWidget):
    """The shared measures, each to be ticked."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(steps(self, 0.5))
        self._empty = PlainLabel(tr("There are no shared measures yet: add them on the scoreboard, then choose here."))
        self._empty.styled(colour=theme.palette.secondary)
        self._column.addWidget(self._empty)
        self.boxes: dict[EntityId, QCheckBox] = {}

    @property
    def chosen(self) -> tuple[EntityId, ...]:
        """Return the measures that are ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def show_measures(self, plan: Plan, chosen: Collection[EntityId]) -> None:
        """Show which of the measures of the plan count; boxes that stay keep the focus."""
        titles = {m.id: m.title for m in sorted(plan.measures.values(), key=lambda m: (m.title.casefold(), m.id))}
        if list(titles) != list(self.boxes):
            for box in self.boxes.values():
                box.hide()
                box.deleteLater()
            self.boxes = {key: QCheckBox(self) for key in titles}
            for box in self.boxes.values():
                box.toggled.connect(self._toggled)
                self._column.addWidget(box)
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setText(unmarked(titles[key]))
            box.setAccessibleName(titles[key])
            box.setChecked(key in chosen)
            box.blockSignals(False)
        self._empty.setVisible(not titles)

    def _toggled(self) -> None:
        self.changed.emit()


class AnswersForm(QWidget):
    """The whole version; *answered* is sent with the field and what is said now, *tried* while limits are tried."""

    answered = Signal(str, object)
    tried = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._agreement: Agreement | None = None
        self._wide: bool | None = None
        self.texts = {name: AnswerEdit(question_text(name)) for name in TEXTS}
        self.numbers = {name: CountSpin(question_text(name), weeks=name.endswith("weeks")) for name in NUMBERS}
        self.lever = DataLever(theme)
        self.measures = MeasuresBox(theme)
        fields: Mapping[str, QWidget] = {**self.texts, **self.numbers, "measures": self.measures}
        self.answers = {name: Answer(name, field, theme) for name, field in fields.items()}
        self._questions = self._grid("budget", "timetable", "board", "counting")
        self._limits = self._grid("longest_increment_weeks", "longest_silence_weeks")
        self._people = self._grid("it_people", "marketing_people")
        self._lever_was = PlainLabel().styled(size=SMALL, colour=theme.palette.accent)
        self._lay_out()
        self._connect()

    def _grid(self, *names: str) -> tuple[QGridLayout, list[Answer]]:
        grid = QGridLayout()
        grid.setHorizontalSpacing(steps(self, 3))
        grid.setVerticalSpacing(steps(self, 1.5))
        return grid, [self.answers[name] for name in names]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(steps(self))
        column.addWidget(self._heading(tr("Four questions, answered up front")))
        column.addLayout(self._questions[0])
        column.addWidget(self.answers["measures"])
        column.addWidget(self._heading(tr("Limits that hold for every project")))
        column.addLayout(self._limits[0])
        column.addWidget(self._heading(tr("Customer data against privacy")))
        column.addWidget(self._lever_was)
        column.addWidget(self.lever)
        column.addWidget(self.answers["data_words"])
        column.addWidget(self._heading(tr("People who sit with the other side")))
        column.addLayout(self._people[0])
        column.addWidget(self.answers["people_words"])
        column.addStretch(1)
        self.arrange(wide=True)

    def _heading(self, words: str) -> PlainLabel:
        label = PlainLabel(words).styled(size=1.1, bold=True)
        label.setContentsMargins(0, steps(self), 0, 0)
        return label

    def _connect(self) -> None:
        for text in self.texts.values():
            text.settled.connect(self._said)
        for number in self.numbers.values():
            number.settled.connect(self._counted)
            number.tried.connect(self.tried)
        self.lever.settled.connect(self._slid)
        self.measures.changed.connect(self._chose)

    def arrange(self, *, wide: bool) -> None:
        """Put answers two beside each other where there is room."""
        if wide is self._wide:
            return
        self._wide = wide
        for grid, answers in (self._questions, self._limits, self._people):
            for number, answer in enumerate(answers):
                grid.removeWidget(answer)
                grid.addWidget(answer, number // 2 if wide else number, number % 2 if wide else 0)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1 if wide else 0)

    def settle(self) -> None:
        """Hand over what is still being counted."""
        for number in self.numbers.values():
            number.settle()

    def limits(self) -> tuple[int, int]:
        """Return the limits as they stand in the fields, kept or only tried, in weeks."""
        return self.numbers["longest_increment_weeks"].value(), self.numbers["longest_silence_weeks"].value()

    def show_agreement(self, plan: Plan, agreement: Agreement, was: Mapping[str, str], *, writable: bool) -> None:
        """Show a version; *was* is what the version in force says where it says something else."""
        if self._agreement is None or agreement.id != self._agreement.id:
            for text in self.texts.values():
                text.setPlainText("")
                text.show_text("\n")  # of another version nothing is left, not even what was refused
        self._agreement = agreement
        for name, text in self.texts.items():
            text.show_text(getattr(agreement, name))
        for name, number in self.numbers.items():
            number.show_value(getattr(agreement, name))
        self.lever.show_value(agreement.data_access)
        self.lever.slider.setEnabled(writable)
        self._lever_was.setText(tr("in force: {words}").format(words=was.get("data_access", "")))
        self._lever_was.setVisible("data_access" in was)
        self.measures.show_measures(plan, agreement.measures)
        for name, answer in self.answers.items():
            words = getattr(agreement, name) if name in TEXTS else said_text(plan, agreement, name)
            answer.show_answer(words or tr("nothing was said"), was.get(name, ""), plan, writable=writable)

    def _said(self, text: str) -> None:
        self._tell(self.texts, text)

    def _counted(self, number: int) -> None:
        self._tell(self.numbers, number)

    def _tell(self, fields: Mapping[str, AnswerEdit] | Mapping[str, CountSpin], said: object) -> None:
        name = next((name for name, field in fields.items() if field is self.sender()), None)
        if name is not None:
            self.answered.emit(name, said)

    def _slid(self, level: int) -> None:
        self.answered.emit("data_access", level)

    def _chose(self) -> None:
        self.answered.emit("measures", self.measures.chosen)
