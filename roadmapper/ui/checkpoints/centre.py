"""Centre: the chosen checkpoint from top to bottom - its picture, what was decided, and the form to decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.consult import Kind
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.ledger import Entry
from roadmapper.ui.checkpoints.answered_view import AnsweredView
from roadmapper.ui.checkpoints.decision_form import DecisionForm
from roadmapper.ui.checkpoints.picture_view import PictureView
from roadmapper.ui.checkpoints.seeing import Sight
from roadmapper.ui.checkpoints.texts import Words
from roadmapper.ui.dialogs.sheet import rule
from roadmapper.ui.theme import Theme

PAD = 16.0
SHORT = 240
"""Characters up to which a question stands beside the answers."""
SEEN = 230.0
"""Units of height that must be left to what is scrolled where the form stands still below it."""


class _Inside(QWidget):
    """What is scrolled: as high as what stands in it at its width, and no higher.

    A text that is wrapped asks for the lines it would take in some narrow width, and they would stay empty here.
    """

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for nothing: the height follows from the width."""
        return QSize(0, 0)


class Centre(QWidget):
    """What is seen scrolls, and the form stays at the foot: nobody has to look for where to answer.

    *timeline_wanted* asks to see the increment on the timeline, *next_wanted* the next consult that is due.
    """

    timeline_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: EntityId | None = None
        self._pinned = True
        self.picture = PictureView(theme)
        self.answered = AnsweredView(theme)
        self.form = DecisionForm(theme)
        self.told = Words().styled(colour=theme.palette.secondary)
        self.next = QPushButton(tr("Show the next one"))
        self.next.hide()
        self.next.clicked.connect(self.next_wanted)
        self.picture.to_timeline.clicked.connect(self.timeline_wanted)
        self._inside = _Inside()
        pad = round(PAD * theme.unit)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(round(12 * theme.unit))
        for part in (self.picture, self.answered, self.told):
            self._column.addWidget(part)
        self._column.addWidget(self.next, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._foot = QVBoxLayout()
        self._line = rule(self)
        self._foot.addWidget(self.form)
        self.area = self._scrolling()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._line)
        whole.addLayout(self._foot)
        self.setAccessibleName(tr("The consult"))

    def _scrolling(self) -> QScrollArea:
        """Return the area in which the inside is scrolled."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        self._inside.installEventFilter(self)
        area.viewport().installEventFilter(self)
        return area

    def show_sight(self, sight: Sight, *, marks: bool, ticks: bool) -> None:
        """Show a picture, from its top where it is another checkpoint.

        *marks* where it may be marked as seen, *ticks* where what is still open may be ticked.
        """
        self.picture.show()
        self.picture.show_sight(sight, ticks=ticks)
        news = sight.looked is None or bool(sight.picture.changes)
        self.picture.mark_seen.setVisible(marks and news and not sight.pending)
        self.picture.to_timeline.show()
        key = sight.picture.consult.checkpoint.id
        if key != self._shown:
            self._shown = key
            self.form.complain("")
            self.area.verticalScrollBar().setValue(0)

    def show_nothing(self, words: str) -> None:
        """Show that no consult is looked at, and why: nothing can be decided here."""
        self._shown = None
        for part in (self.picture, self.answered, self.form):
            part.hide()
        self._separate(shown=False)
        self.tell(words)
        self.offer_next(offered=False)

    def show_answers(self, entries: Sequence[Entry], *, ticks: bool, anew: bool) -> None:
        """Show what was decided, if anything was."""
        self.answered.show_entries(entries, ticks=ticks, anew=anew)
        self.answered.setVisible(bool(entries))

    def ask(self, kind: Kind, question: str, *, asks: bool) -> None:
        """Ask for a decision, or not; the question stands beside the answers, unless it is a long text."""
        short = len(question) <= SHORT and question.count("\n") < 2
        self.form.speak_of(kind, question if short else "")
        self.form.question.setVisible(short)
        self.form.setVisible(asks)
        self._separate(shown=asks and self._pinned)
        self.picture.ask(elsewhere=asks and short)

    def _separate(self, *, shown: bool) -> None:
        """Draw a line above the form that stands still, with room around it; neither where it does not."""
        pad = round(PAD * self._theme.unit)
        self._line.setVisible(shown)
        self._foot.setContentsMargins(*((pad, round(10 * self._theme.unit), pad, pad) if shown else (0, 0, 0, 0)))

    def tell(self, words: str) -> None:
        """Say why there is nothing to decide here."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def offer_next(self, *, offered: bool) -> None:
        """Offer to go on to the next consult that is due, or not."""
        self.next.setVisible(offered)

    def reveal_form(self) -> None:
        """Scroll to the form and begin there."""
        if not self._pinned:
            self._column.activate()
            self.area.ensureWidgetVisible(self.form)
        next(iter(self.form.cards.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal_answers(self) -> None:
        """Scroll to what was decided, with the thanks for it."""
        self._column.activate()
        self.layout().activate()  # type: ignore[union-attr]
        for part in (self.answered, self.told, self.next):
            if part.isVisible():
                self.area.ensureWidgetVisible(part)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the inside as wide as what is seen."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._inside.setMaximumWidth(self.area.viewport().width())
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the form scroll with the rest where there is little height."""
        super().resizeEvent(event)
        pinned = self.height() - self.form.sizeHint().height() >= SEEN * self._theme.unit
        if pinned is not self._pinned:
            self._pinned = pinned
            shown = self.form.isVisibleTo(self)
            (self._column if self._pinned else self._foot).removeWidget(self.form)
            if pinned:
                self._foot.addWidget(self.form)
            else:
                self._column.insertWidget(self._column.count() - 1, self.form)
            self.form.setVisible(shown)
            self._separate(shown=shown and pinned)
