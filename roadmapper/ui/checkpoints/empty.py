"""EmptyPage: what stands on the page while there is no consult - what will be here, and the ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel


class EmptyPage(QWidget):
    """A heading, a sentence, and for who plans the two ways to place consults."""

    place_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = PlainLabel().styled(size=1.1)
        self.place = QPushButton(tr("Place consults by rule…"))
        self.new = QPushButton(tr("Add a checkpoint…"))
        self.place.clicked.connect(self.place_wanted)
        self.new.clicked.connect(self.new_wanted)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for label in (PlainLabel(tr("No consults yet")).styled(size=1.6, bold=True), self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.place)
        row.addWidget(self.new)
        row.addStretch(1)
        column.addSpacing(round(16 * theme.unit))
        column.addLayout(row)
        column.addStretch(2)

    def offer(self, *, plans: bool, projects: bool) -> None:
        """Offer the deeds to who may do them."""
        words = tr("What is ready, what changed and what is asked will stand here, on each day the CMO is consulted.")
        if plans and not projects:
            words += " " + tr("First a project is needed: add one on the timeline.")
        self._sentence.setText(words)
        for button in (self.place, self.new):
            button.setVisible(plans and projects)
