"""SuggestionsBox: words that the CMO will read and nobody has explained, each with one of its sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.glossary import Suggestion
from roadmapper.ui.agreement.panel import Panel
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps

MOST = 30
SMALL = 0.92


class _Word(QFrame):
    """One word: how often it stands, where, and what can be done about it."""

    explain = Signal(str)
    pass_over = Signal(str)

    def __init__(self, suggestion: Suggestion, theme: Theme, parent: QWidget, *, writable: bool) -> None:
        super().__init__(parent)
        self._word = suggestion.word
        self.setAccessibleName(suggestion.word)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, steps(self), 0, steps(self))
        column.setSpacing(steps(self, 0.5))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(suggestion.word).styled(bold=True), 1)
        times = PlainLabel(trn("{n} time", "{n} times", suggestion.count), wrap=False)
        head.addWidget(times.styled(size=SMALL, colour=theme.palette.secondary), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(PlainLabel(f"“{suggestion.text}”").styled(size=SMALL, colour=theme.palette.secondary))
        self.explain_button = QPushButton(tr("Explain…"), self)
        self.pass_button = QPushButton(tr("Needs no explanation"), self)
        self.explain_button.setAccessibleName(tr("Explain “{word}”").format(word=self._word))
        self.pass_button.setAccessibleName(tr("“{word}” needs no explanation").format(word=self._word))
        self.explain_button.clicked.connect(self._explain)
        self.pass_button.clicked.connect(self._pass_over)
        row = QHBoxLayout()
        row.setSpacing(steps(self))
        row.addWidget(self.explain_button)
        row.addWidget(self.pass_button)
        row.addStretch(1)
        column.addLayout(row)
        for button in (self.explain_button, self.pass_button):
            button.setVisible(writable)

    def _explain(self) -> None:
        self.explain.emit(self._word)

    def _pass_over(self) -> None:
        self.pass_over.emit(self._word)


class SuggestionsBox(Panel):
    """The most frequent first; *explain* and *pass_over* are sent with a word."""

    explain = Signal(str)
    pass_over = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Words without a meaning"), parent)
        self._theme = theme
        self._shown: tuple[list[Suggestion], bool] | None = None
        self.words: list[_Word] = []
        self.said = PlainLabel().styled(colour=theme.palette.secondary)
        self.column.addWidget(self.said)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, steps(self), 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.column.addWidget(self.area, 1)

    def show_words(self, found: list[Suggestion], *, writable: bool) -> None:
        """Show what is suggested; the same words stay as they are, with the focus."""
        if (found, writable) == self._shown:
            return
        self._shown = (found, writable)
        place = self.area.verticalScrollBar().value()
        for word in self.words:
            word.hide()
            word.deleteLater()
        self.words = []
        for suggestion in found[:MOST]:
            word = _Word(suggestion, self._theme, self, writable=writable)
            word.explain.connect(self.explain)
            word.pass_over.connect(self.pass_over)
            self._list.insertWidget(len(self.words), word)
            self.words.append(word)
        more = len(found) - MOST
        none = tr("Every IT word in the texts that the CMO reads is explained.")
        some = tr("They stand in texts that the CMO reads.")
        rest = " " + trn("{n} more follows.", "{n} more follow.", more) if more > 0 else ""
        self.said.setText(some + rest if found else none)
        self.area.verticalScrollBar().setValue(place)
