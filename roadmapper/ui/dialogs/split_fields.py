"""SplitFields: what is wished of a split - the limits, and behind "More" what is wished less often."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId, check_number
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import whole_from
from roadmapper.planning.assignment import Wishes
from roadmapper.ui.dialogs.sheet import named
from roadmapper.ui.dialogs.split_search import SEARCHING
from roadmapper.ui.widgets.fields import MoneyEdit, NumberEdit, WeeksSpin
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps

MOST_PEOPLE = 10_000
FIELD_WIDTH = 14


class PeopleEdit(NumberEdit):
    """How many people work on it; empty for as many as the plan says."""

    def __init__(self, people: int | None) -> None:
        super().__init__(people, least=1, most=MOST_PEOPLE, whole=True)

    @override
    def read(self, text: str) -> float:
        """Return the number of people; raises Refused where nobody is left, or far too many."""
        number = whole_from(text)
        if number < 1:
            raise Refused(tr("With no people nothing can be built: give at least 1."))
        check_number(number, tr("The number of people"), 1, MOST_PEOPLE)
        return float(number)


class SplitFields(QWidget):
    """Fields for wishes; *changed* is sent when what they say has changed."""

    changed = Signal()

    def __init__(self, plan: Plan, project: EntityId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._quiet = False
        self._more: tuple[tuple[EntityId, int], ...] = ()
        self._without: frozenset[EntityId] = frozenset()
        roadmap, subject = plan.roadmap, plan.projects[project]
        self.longest = WeeksSpin(roadmap.longest_increment_weeks)
        self.shortest = WeeksSpin(roadmap.shortest_increment_weeks)
        self.silence = WeeksSpin(roadmap.longest_silence_weeks)
        team = plan.teams.get(subject.team) if subject.team else None
        self.people = PeopleEdit(team.people if team else None)
        self.people.setPlaceholderText(tr("as in the plan"))
        self.overhead = WeeksSpin(roadmap.overhead_weeks, least=0)
        self.steadiness = MoneyEdit(roadmap.currency)
        self.steadiness.setPlaceholderText(tr("as usual"))
        self.others = QCheckBox(tr("&Count the team's other projects"))
        self.others.setChecked(True)
        self.more_button = QPushButton(tr("&More…"))
        self.more_button.setCheckable(True)
        self.more_button.setAutoDefault(False)
        self.more = QWidget()
        self.what_if = PlainLabel(wrap=True)
        self.take_back = QPushButton(tr("Take that &back"))
        self.take_back.setAutoDefault(False)
        self._replan = project in plan.increments_by_project
        self._place()
        self._connect()
        self._say_what_if()

    def wishes(self, proving: float = 0.0) -> Wishes | None:
        """Return what the fields say, or None while one of them cannot be read."""
        try:
            people, steadiness = self.people.typed(), self.steadiness.typed()
        except Refused:
            return None
        return Wishes(
            longest=self.longest.value(),
            shortest=self.shortest.value(),
            silence=self.silence.value(),
            people=None if people is None else round(people),
            seconds=SEARCHING,
            proving=proving,
            overhead=self.overhead.value(),
            steadiness=steadiness,
            without=self._without,
            alone=not self.others.isChecked(),
            more=self._more,
        )

    def unreadable(self) -> str:
        """Return why a field cannot be read; empty when all can."""
        for name, field in ((tr("People"), self.people), (tr("Gain that is worth a move"), self.steadiness)):
            try:
                field.typed()
            except Refused as refusal:
                return f"{name}: {refusal}"
        return ""

    def set_wishes(self, wishes: Wishes) -> None:
        """Put *wishes* into the fields; how long to look is none of theirs."""
        with self._as_one():
            for spin, weeks in (
                (self.longest, wishes.longest),
                (self.shortest, wishes.shortest),
                (self.silence, wishes.silence),
                (self.overhead, wishes.overhead),
            ):
                if weeks is not None:
                    spin.setValue(weeks)
            self.people.set_value(wishes.people)
            self.steadiness.set_value(wishes.steadiness)
            self.others.setChecked(not wishes.alone)
            self._more, self._without = wishes.more, wishes.without
            self._say_what_if()
            if wishes.alone or wishes.overhead != self._plan.roadmap.overhead_weeks:
                self.more_button.setChecked(True)

    def settle(self) -> None:
        """Take what is being typed."""
        self.people.settle()
        self.steadiness.settle()

    @contextmanager
    def _as_one(self) -> Iterator[None]:
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False
        self.changed.emit()

    def _place(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(steps(self))
        first = QHBoxLayout()
        first.setSpacing(steps(self, 1.5))
        for label, field, note in (
            (tr("&Longest increment"), self.longest, ""),
            (tr("S&hortest increment"), self.shortest, ""),
            (tr("Longest s&ilence"), self.silence, tr("The longest time without a consult with the CMO")),
            (tr("&People"), self.people, tr("How many people work on it; empty: as in the plan")),
        ):
            first.addLayout(self._pair(label, field, note))
        first.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignBottom)
        first.addStretch(1)
        whole.addLayout(first)
        self.more_button.setMinimumHeight(self.longest.minimumHeight())
        second = QHBoxLayout(self.more)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(steps(self, 1.5))
        note = tr("So many weeks at the start of every increment nobody builds")
        second.addLayout(self._pair(tr("St&art of an increment"), self.overhead, note))
        if self._replan:
            note = tr("What a published item must gain to go live on another day; empty: a tenth of a week's revenue")
            second.addLayout(self._pair(tr("&Gain that is worth a move"), self.steadiness, note))
        second.addWidget(self.others, 0, Qt.AlignmentFlag.AlignBottom)
        self.others.setMinimumHeight(self.longest.minimumHeight())
        second.addStretch(1)
        self.more.setVisible(False)
        whole.addWidget(self.more)
        self._what_if_row = QWidget()
        third = QGridLayout(self._what_if_row)
        third.setContentsMargins(0, 0, 0, 0)
        third.setHorizontalSpacing(steps(self, 1.5))
        third.addWidget(self.what_if, 0, 0)
        third.addWidget(self.take_back, 0, 1)
        third.setColumnStretch(0, 1)
        whole.addWidget(self._what_if_row)

    def _pair(self, label: str, field: QWidget, note: str) -> QVBoxLayout:
        pair = QVBoxLayout()
        pair.setSpacing(steps(self, 0.5))
        pair.addWidget(named(label, field, note))
        pair.addWidget(field)
        field.setToolTip(note)
        field.setMinimumWidth(steps(self, FIELD_WIDTH))
        return pair

    def _connect(self) -> None:
        for spin in (self.longest, self.shortest, self.silence, self.overhead):
            spin.valueChanged.connect(self._tell)
        for edit in (self.people, self.steadiness):
            edit.textChanged.connect(self._tell)
        self.others.toggled.connect(self._tell)
        self.more_button.toggled.connect(self.more.setVisible)
        self.take_back.clicked.connect(self._forget)

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()

    def _forget(self) -> None:
        with self._as_one():
            self._more, self._without = (), frozenset()
            self._say_what_if()
        self.longest.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_what_if(self) -> None:
        teams, items = self._plan.teams, self._plan.scope_items
        parts = [
            trn("{n} more person in “{team}”", "{n} more people in “{team}”", n, team=teams[key].title)
            for key, n in self._more
        ]
        parts += [tr("without “{title}”").format(title=items[key].title) for key in sorted(self._without)]
        colour = palette_of(self).warning
        self.what_if.setStyleSheet(f"color: {colour}")
        self.what_if.setText(tr("What if: {what}. The plan itself does not say so.").format(what=", ".join(parts)))
        self._what_if_row.setVisible(bool(parts))
