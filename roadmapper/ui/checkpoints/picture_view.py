"""PictureView: what a checkpoint puts before the CMO - what can be used, which words, what changed, how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.consult import Kind
from roadmapper.domain.dates import day_of
from roadmapper.domain.increment import Increment
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import short_day_text
from roadmapper.planning.phrases import day_text
from roadmapper.ui.checkpoints.changes_view import ChangesView
from roadmapper.ui.checkpoints.columns import Columns
from roadmapper.ui.checkpoints.measure_cards import MeasureCard
from roadmapper.ui.checkpoints.seeing import Sight
from roadmapper.ui.checkpoints.still_open import StillOpen
from roadmapper.ui.checkpoints.texts import Words
from roadmapper.ui.theme import Theme

FIRST = 3


class PictureView(QWidget):
    """Shows a sight; it is read only. *who* is whose look is spoken of: nobody's name stands for the reader."""

    def __init__(self, theme: Theme, who: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._who = who
        self._sight: Sight | None = None
        self._all = False
        grey = theme.palette.secondary
        self.heading = Words().styled(size=1.5, bold=True)
        self.about = Words().styled(colour=grey)
        self.to_timeline = QPushButton(tr("On the timeline"))
        self.to_timeline.setToolTip(tr("Show the increment on the timeline"))
        self.to_timeline.hide()
        self.open = StillOpen(theme)
        self.usable_title = Words(tr("What you can use now")).styled(size=1.08, bold=True)
        self._usable = QWidget()
        self._usable_rows = QVBoxLayout(self._usable)
        self.earlier = QPushButton()
        self.earlier.clicked.connect(self._unfold)
        self.terms = QFrame()
        self.terms.setObjectName("terms")
        self._terms_rows = QVBoxLayout(self.terms)
        self.changes_title = Words().styled(size=1.08, bold=True)
        self.changes = ChangesView(theme)
        self.mark_seen = self.changes.mark_seen
        self.measures_title = Words(tr("Our shared measures")).styled(size=1.08, bold=True)
        self.measures = Columns(3, round(10 * theme.unit))
        self.question_title = Words(tr("The question")).styled(size=1.08, bold=True)
        self.question = Words().styled(size=1.08)
        self._lay_out()

    def _lay_out(self) -> None:
        unit, palette = self._theme.unit, self._theme.palette
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(6 * unit))
        self._usable_rows.setContentsMargins(0, 0, 0, 0)
        self._usable_rows.setSpacing(round(5 * unit))
        self._terms_rows.setContentsMargins(*[round(10 * unit)] * 4)
        self._terms_rows.setSpacing(round(3 * unit))
        self.terms.setStyleSheet(
            f"#terms {{ background: {palette.raised}; border: 1px solid {palette.line};"
            f" border-radius: {round(5 * unit)}px; }}"
        )
        gap = round(10 * unit)
        self._put(column, self.heading)
        line = QHBoxLayout()
        line.setSpacing(round(8 * unit))
        line.addWidget(self.about, 1)
        line.addWidget(self.to_timeline, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        self._first = column.count()
        for part in (gap, self.usable_title, self._usable, self.terms, gap):
            self._put(column, part)
        for part in (self.changes_title, self.changes, gap, self.measures_title, self.measures, gap):
            self._put(column, part)
        for part in (self.question_title, self.question):
            self._put(column, part)
        self._column = column

    @staticmethod
    def _put(column: QVBoxLayout, part: QWidget | int) -> None:
        if isinstance(part, int):
            column.addSpacing(part)
        else:
            column.addWidget(part)

    def show_sight(self, sight: Sight, *, ticks: bool = False) -> None:
        """Show another sight; *ticks* where what is still open may be ticked."""
        picture = sight.picture
        before = self._sight.picture.consult.checkpoint.id if self._sight is not None else None
        self._all = self._all and before == picture.consult.checkpoint.id
        self._sight = sight
        self.heading.setText(picture.heading)
        self.about.setText(picture.about)
        self._show_open(sight, ticks=ticks)
        self._show_usable(picture.ready, picture.ahead)
        self._show_terms()
        self._show_changes(sight)
        same = [c for c in self.measures.cells if isinstance(c, MeasureCard)]
        if [c.standing for c in same] != list(picture.measures):
            self.measures.show_all([MeasureCard(standing, self._theme) for standing in picture.measures])
        for part in (self.measures_title, self.measures):
            part.setVisible(bool(picture.measures))
        self.question.setText(picture.question)

    def ask(self, *, elsewhere: bool) -> None:
        """Show the question here, unless it is asked *elsewhere*."""
        for part in (self.question_title, self.question):
            part.setVisible(not elsewhere)

    def _show_open(self, sight: Sight, *, ticks: bool) -> None:
        """Show what is still open: before everything else where it is about going live, and above the question else."""
        consult, column = sight.picture.consult, self._column
        self.open.show_of(sight.plan, consult, ticks=ticks)
        column.removeWidget(self.open)
        live = consult.checkpoint.kind is Kind.GO_LIVE
        column.insertWidget(self._first if live else column.indexOf(self.question_title), self.open)

    def _show_usable(self, ready: Sequence[Increment], ahead: Increment | None) -> None:
        rows, terms = self._usable_rows, self._sight.picture.terms if self._sight is not None else ()
        rows.removeWidget(self.earlier)
        self.earlier.setParent(self)
        _clear(rows)
        shown = ready if self._all else ready[:FIRST]
        for increment in shown:
            label = Words(increment.usable_outcome, terms=terms)
            label.setAccessibleName(f"{increment.title}: {increment.usable_outcome}")
            rows.addWidget(label)
        if not ready:
            nothing = tr("Nothing of this project has been delivered yet.")
            rows.addWidget(Words(nothing).styled(colour=self._theme.palette.secondary))
        rest = len(ready) - FIRST
        if rest > 0:
            rows.addWidget(self.earlier)
            words = tr("Show fewer") if self._all else trn("Show {n} earlier one", "Show {n} earlier ones", rest)
            self.earlier.setText(words)
        self.earlier.setVisible(rest > 0)
        if ahead is not None:
            rows.addWidget(Words(tr("What this increment adds")).styled(colour=self._theme.palette.secondary))
            rows.addWidget(Words(ahead.usable_outcome, terms=terms))

    def _unfold(self) -> None:
        self._all = not self._all
        if self._sight is not None:
            self._show_usable(self._sight.picture.ready, self._sight.picture.ahead)

    def _show_terms(self) -> None:
        terms = self._sight.picture.terms if self._sight is not None else ()
        _clear(self._terms_rows)
        if terms:
            title = Words(tr("Words used here")).styled(bold=True, colour=self._theme.palette.secondary)
            self._terms_rows.addWidget(title)
        for term in terms:
            self._terms_rows.addWidget(Words(f"{term.word} = {term.meaning}"))
        self.terms.setVisible(bool(terms))

    def _show_changes(self, sight: Sight) -> None:
        picture = sight.picture
        self.changes_title.setText(self._since(sight))
        if sight.pending:
            self.changes.wait(tr("Looking what changed …"))
        elif sight.why:
            self.changes.say(sight.why)
        elif sight.looked is None:
            self.changes.say(
                tr("{who} had not looked before: everything was new.").format(who=self._who)
                if self._who
                else tr("You have not looked yet: everything is new.")
            )
        elif not picture.changes:
            self.changes.say(
                tr("Nothing had changed since.") if self._who else tr("Nothing changed since you last looked.")
            )
        else:
            self.changes.show_changes(picture.changes, picture.terms)

    def _since(self, sight: Sight) -> str:
        if sight.looked is None:
            return tr("What had changed") if self._who else tr("What changed")
        looked, year = day_of(sight.looked), sight.picture.consult.checkpoint.day.year
        day = short_day_text(looked) if looked.year == year else day_text(looked)
        if self._who:
            return tr("What had changed since {who} last looked, {day}").format(who=self._who, day=day)
        return tr("What changed since you last looked, {day}").format(day=day)


def _clear(rows: QVBoxLayout) -> None:
    while (item := rows.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
