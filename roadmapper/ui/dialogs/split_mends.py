"""MendsRow: the ways out of a split that is refused - a button for what the fields can do, a sentence for the rest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr
from roadmapper.planning.clashing import Clash, Mend
from roadmapper.ui.dialogs.sheet import heading
from roadmapper.ui.widgets.labels import PlainLabel, unmarked
from roadmapper.ui.widgets.looks import steps


class MendsRow(QWidget):
    """Shows the mends of a clash; *wished* is sent with the wishes of the one that is chosen."""

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._inside: QWidget | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_clash(self, clash: Clash | None) -> None:
        """Show the ways out, or nothing where none is known."""
        if self._inside is not None:
            self._whole.removeWidget(self._inside)
            self._inside.deleteLater()
            self._inside = None
        self.buttons = []
        mends = clash.mends if clash else ()
        if mends:
            self._inside = QWidget()
            lines = QVBoxLayout(self._inside)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(steps(self, 0.5))
            lines.addWidget(heading(tr("What would help")))
            for mend in mends:
                lines.addWidget(self._line(mend))
            self._whole.addWidget(self._inside)
        self.setVisible(bool(mends))

    def _line(self, mend: Mend) -> QWidget:
        words = mend.words[:1].upper() + mend.words[1:]
        if mend.wishes is None:
            text = tr("{mend}: {place}.") if mend.place else tr("{mend}.")
            return PlainLabel(text.format(mend=words, place=mend.place))
        # A title may hold an ampersand, which a button would take for a mnemonic.
        button = QPushButton(unmarked(words))
        button.setAutoDefault(False)
        button.setSizePolicy(button.sizePolicy().Policy.Maximum, button.sizePolicy().verticalPolicy())
        wishes = mend.wishes
        button.clicked.connect(lambda: self.wished.emit(wishes))
        self.buttons.append(button)
        return button
