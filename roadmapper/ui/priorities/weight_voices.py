"""VoiceButtons: whose weights count - the CIO's, the CMO's, or those of both together."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from roadmapper.domain.criterion import Voice
from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme


class VoiceButtons(QWidget):
    """Three buttons of which one is down; arrow keys go from one to the next."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        colours = theme.palette
        self.setAccessibleName(tr("Whose weights"))
        self.setStyleSheet(
            f"QPushButton {{ border-radius: 0px; margin: 0px; color: {colours.secondary}; }}"
            f"QPushButton:checked {{ background: {colours.accent_tint}; color: {colours.text};"
            f" border: 1px solid {colours.accent}; font-weight: 600; }}"
            f"QPushButton:focus {{ border: 2px solid {colours.accent}; }}"
        )
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[Voice, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        names = {Voice.CIO: tr("CIO"), Voice.CMO: tr("CMO"), Voice.AGREED: tr("Together")}
        for n, (voice, words) in enumerate(names.items()):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._group.addButton(button, n)
            self.buttons[voice] = button
            row.addWidget(button, 1)
        self._group.idClicked.connect(self._choose)
        self.setFocusProxy(self.buttons[Voice.AGREED])

    def show_voice(self, voice: Voice) -> None:
        """Show whose weights count, without telling anybody."""
        self.buttons[voice].setChecked(True)
        self.setFocusProxy(self.buttons[voice])

    def _choose(self, number: int) -> None:
        self.chosen.emit(list(self.buttons)[number])
