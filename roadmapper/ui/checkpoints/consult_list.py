"""ConsultList: all consults in three parts - due, coming, answered - and, where there are many, of one project."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.due import Consult, Consults, State
from roadmapper.planning.consults.saying import answer_text, consult_title, late_text, short_day_text
from roadmapper.planning.phrases import day_text
from roadmapper.ui.checkpoints.marked_list import Line, MarkedList, MarkedRow
from roadmapper.ui.checkpoints.marks import mark_for, shade
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.labels import PlainLabel

MANY = 8


def title_of(consult: Consult) -> str:
    """Return how a consult is headed."""
    subject = consult.increment.title if consult.increment is not None else consult.project.title
    return consult_title(consult.checkpoint, subject)


def when_text(consult: Consult) -> str:
    """Return when a consult is or was, such as ``due 14 May · 4 days late``."""
    day = consult.checkpoint.day
    if consult.decision is not None:
        answered = day_text(day_of(consult.decision.when))
        return tr("{answer} · {day}").format(answer=answer_text(consult.decision.answer), day=answered)
    if consult.days > 0:
        return tr("due {day} · {late}").format(day=short_day_text(day), late=late_text(consult.days))
    if consult.days == 0:
        return late_text(0)
    return tr("{late} · {day}").format(late=late_text(consult.days), day=day_text(day))


class ConsultList(QWidget):
    """*chosen* is sent with the id of a checkpoint that the user goes to; with nothing where a part has none."""

    chosen = Signal(str)
    place_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._consults: Consults | None = None
        self._current: EntityId | None = None
        self._part = State.DUE
        self._group = QButtonGroup(self)
        self.parts: dict[State, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(round(4 * theme.unit))
        for n, state in enumerate(State):
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName("segment")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, n)
            self.parts[state] = button
            row.addWidget(button)
        self._group.idClicked.connect(self._choose_part)
        self.project = self._project_choice()
        self.list = MarkedList(theme)
        self.list.setAccessibleName(tr("Consults"))
        self.list.chosen.connect(self._chosen)
        self.empty = PlainLabel().styled(colour=theme.palette.secondary)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(8 * theme.unit))
        column.addLayout(row)
        column.addWidget(self.project)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        self.place = QPushButton(tr("Place consults by rule…"))
        self.place.clicked.connect(self.place_wanted)
        column.addWidget(self.place)
        self.setFocusProxy(self.list)

    def _project_choice(self) -> Choice:
        choice = Choice()
        choice.setAccessibleName(tr("Consults of which project"))
        choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(8)
        choice.currentIndexChanged.connect(self._begin)
        return choice

    @property
    def part(self) -> State:
        """Return which part is shown."""
        return self._part

    def show_consults(self, consults: Consults, current: EntityId | None) -> None:
        """Show the consults, in the part of the *current* one where that has moved to another."""
        before = self._consults.by_id.get(self._current) if self._consults and self._current else None
        now = consults.by_id.get(current) if current is not None else None
        if now is not None and (before is None or before.checkpoint.id != current or before.state is not now.state):
            self._part = now.state
        self._consults, self._current = consults, current
        words = {State.DUE: tr("Due"), State.COMING: tr("Coming"), State.ANSWERED: tr("Answered")}
        for state, button in self.parts.items():
            count = len(self._all(state))
            button.setText(f"{words[state]} {count}" if count else words[state])
        self._offer_projects()
        if now is not None and self.project.currentData() not in ("", None, str(now.project.id)):
            self.project.blockSignals(True)
            self.project.setCurrentIndex(0)  # what is shown stands in the list, whatever was looked for before
            self.project.blockSignals(False)
        self._fill()

    def offer(self, *, plans: bool) -> None:
        """Offer the command of planning to who may plan."""
        self.place.setVisible(plans)

    def _all(self, state: State) -> Sequence[Consult]:
        if self._consults is None:
            return ()
        return {
            State.DUE: self._consults.due,
            State.COMING: self._consults.coming,
            State.ANSWERED: self._consults.answered,
        }[state]

    def _offer_projects(self) -> None:
        consults = self._consults.by_id.values() if self._consults is not None else ()
        projects = {c.project.id: c.project for c in consults}
        wanted = [(tr("All projects"), "")]
        wanted += [(p.title, str(p.id)) for p in sorted(projects.values(), key=lambda p: (p.position, p.title))]
        have = [(self.project.itemText(n), self.project.itemData(n)) for n in range(self.project.count())]
        if wanted != have:
            chosen = self.project.currentData()
            self.project.blockSignals(True)
            self.project.clear()
            for title, key in wanted:
                self.project.addItem(title, key)
            self.project.setCurrentIndex(max(self.project.findData(chosen), 0))
            self.project.blockSignals(False)
        self.project.setVisible(len(projects) > 1 and len(consults) > MANY)

    @property
    def nothing(self) -> str:
        """Return why no consult stands in the part that is shown."""
        return self._nothing(bool(self.project.currentData()))

    def _choose_part(self, number: int) -> None:
        self._part = list(State)[number]
        self._begin()

    def _begin(self) -> None:
        """Show another part or project with what is current; where that is not there, go to the first that is."""
        self._fill()
        keys = [row.key for row in self.list.rows]
        if self._current not in keys:
            self._chosen(keys[0] if keys else "")

    def _fill(self) -> None:
        only = self.project.currentData() or ""
        self.parts[self._part].setChecked(True)
        rows = [self._row(c) for c in self._all(self._part) if only in ("", c.project.id)]
        self.list.show_rows(rows, self._current)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(self.nothing)

    def _row(self, consult: Consult) -> MarkedRow:
        palette = self._theme.palette
        mark = mark_for(consult)
        tone = palette.secondary if consult.state is State.COMING else shade(mark, palette)
        lines = (
            Line(title_of(consult), palette.text, bold=True),
            Line(consult.project.title, palette.secondary),
            Line(when_text(consult), tone),
        )
        return MarkedRow(str(consult.checkpoint.id), mark, lines)

    def _nothing(self, filtered: bool) -> str:
        if filtered:
            return tr("None of this project: choose another one above.")
        if self._part is State.DUE:
            coming = self._all(State.COMING)
            if coming:
                return tr("Nothing waits for an answer. The next consult is on {day}.").format(
                    day=day_text(coming[0].checkpoint.day)
                )
            return tr("Nothing waits for an answer.")
        if self._part is State.COMING:
            return tr("No consult is planned from here on.")
        return tr("Nothing was answered yet. What is decided will stand here for good.")

    def _chosen(self, key: str) -> None:
        self._current = EntityId(key) if key else None
        self.chosen.emit(key)
