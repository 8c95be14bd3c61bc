"""Waiting: stands where the pages will be - they are being made, they cannot be, or nobody wants them any more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.paper.making import Making, State
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps


class Waiting(QWidget):
    """Says what is happening, with a button that stops it or begins it again: *pressed*."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel()
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(steps(self, 40))
        self.bar.setAccessibleName(tr("How many of the pages are made"))
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[steps(self, 4)] * 4)
        column.setSpacing(steps(self, 2))
        column.addStretch(2)
        column.addWidget(self.words)
        for part in (self.bar, self.button):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part, 2 if part is self.bar else 0)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(3)
        self.button.clicked.connect(self.pressed)

    def show_state(self, making: Making) -> None:
        """Show how far the pages are."""
        at_work = making.state is State.MAKING
        self.bar.setVisible(at_work)
        self.button.setVisible(making.state is not State.REFUSED)
        worn = palette_of(self)
        self.words.setStyleSheet(f"color: {worn.bad if making.state is State.REFUSED else worn.text}")
        if making.state is State.REFUSED:
            self.words.setText(making.why)
        elif at_work:
            told = tr("Making the pages: {done} of {of} done.") if making.of else tr("Making the pages…")
            self.words.setText(told.format(done=making.done, of=making.of))
            self.bar.setRange(0, making.of)
            self.bar.setValue(making.done)
            self.button.setText(tr("Stop &making them"))
        else:
            self.words.setText(tr("Stopped: there are no pages yet."))
            self.button.setText(tr("&Make the pages"))
