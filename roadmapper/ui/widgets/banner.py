"""Banner: how the open file stands, across the window as long as that lasts, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps

Deed: TypeAlias = tuple[str, Callable[[], None]]


class Banner(QFrame):
    """One sentence and its buttons; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._label = PlainLabel()
        self._label.setAccessibleName(tr("State of the file"))
        self._deeds: list[Deed] = []
        self._buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(steps(self, 2), steps(self, 0.75), steps(self, 2), steps(self, 0.75))
        row.setSpacing(steps(self))
        row.addWidget(self._label, 1)
        self._row = row
        self.hide()

    @property
    def text(self) -> str:
        """Return what it says, or nothing while it is hidden."""
        return self._label.text() if not self.isHidden() else ""

    @property
    def buttons(self) -> Sequence[QPushButton]:
        """Return the buttons, from the left."""
        return self._buttons

    def show_state(self, sentence: str, deeds: Sequence[Deed], *, bad: bool) -> None:
        """Show *sentence* with a button for each deed; without a sentence nothing is shown."""
        colours = palette_of(self)
        tint, edge = (colours.bad_tint, colours.bad) if bad else (colours.raised, colours.strong_line)
        self.setStyleSheet(f"#banner {{ background: {tint}; border: none; border-bottom: 1px solid {edge}; }}")
        if (sentence, list(deeds)) != (self._label.text(), self._deeds):
            self._label.setText(sentence)
            self._deeds = list(deeds)
            for button in self._buttons:
                button.hide()
                button.deleteLater()
            self._buttons = []
            for words, deed in deeds:
                button = QPushButton(words, self)
                button.clicked.connect(deed)
                self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
                self._buttons.append(button)
        self.setVisible(bool(sentence))
