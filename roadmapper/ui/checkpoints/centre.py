"""Centre: the chosen checkpoint from top to bottom - its picture, what was decided, and the form to decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.consults.ledger import Entry
from roadmapper.ui.checkpoints.answered_view import AnsweredView
from roadmapper.ui.checkpoints.decision_form import DecisionForm
from roadmapper.ui.checkpoints.picture_view import PictureView
from roadmapper.ui.checkpoints.seeing import Sight
from roadmapper.ui.checkpoints.texts import Words
from roadmapper.ui.theme import Theme

PAD = 16.0


class Centre(QWidget):
    """Scrolls where there is little room; *timeline_wanted* asks to see the increment on the timeline."""

    timeline_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: EntityId | None = None
        self.picture = PictureView(theme)
        self.answered = AnsweredView(theme)
        self.form = DecisionForm(theme)
        self.told = Words().styled(colour=theme.palette.secondary)
        self.to_timeline = QPushButton(tr("Show on the timeline"))
        self.to_timeline.clicked.connect(self.timeline_wanted)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        pad = round(PAD * theme.unit)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(round(12 * theme.unit))
        for part in (self.picture, self.answered, self.told, self.form):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.to_timeline, 0, Qt.AlignmentFlag.AlignLeft)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self.area)
        self.setAccessibleName(tr("The consult"))

    def show_sight(self, sight: Sight, *, marks: bool) -> None:
        """Show a picture, from its top where it is another checkpoint; *marks* where it may be marked as seen."""
        self.picture.show_sight(sight)
        news = sight.looked is None or bool(sight.picture.changes)
        self.picture.mark_seen.setVisible(marks and news and not sight.pending)
        key = sight.picture.consult.checkpoint.id
        if key != self._shown:
            self._shown = key
            self.form.complain("")
            self.area.verticalScrollBar().setValue(0)

    def show_answers(self, entries: Sequence[Entry], *, ticks: bool, anew: bool) -> None:
        """Show what was decided, if anything was."""
        self.answered.show_entries(entries, ticks=ticks, anew=anew)
        self.answered.setVisible(bool(entries))

    def tell(self, words: str) -> None:
        """Say why there is nothing to decide here."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def reveal_form(self) -> None:
        """Scroll to the form and begin there."""
        self._inside.layout().activate()  # type: ignore[union-attr]
        self.area.ensureWidgetVisible(self.form)
        next(iter(self.form.cards.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the inside as wide as what is seen: long words break, nothing is cut."""
        super().resizeEvent(event)
        self._inside.setMaximumWidth(self.area.viewport().width())
