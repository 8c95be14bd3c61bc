"""Notice: one sentence at the foot of the window, below everything else, to be read and put away; it blocks nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.labels import PlainLabel

MARGIN = 12
SHOWN = 6_000
LINGERS = 2_000


class Notice(QFrame):
    """Shows the latest sentence until it is closed, with its button or Esc; a hint goes by itself.

    What an edit was refused for goes with the next edit, for it is not about what is seen then.

    It can bear one thing to do about it, in a second button.

    While it is shown the window has so much less room for the rest: nothing lies below it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._label = PlainLabel()
        self._label.setAccessibleName(tr("Notice"))
        self.deed = QPushButton()
        self.deed.hide()
        self.deed.clicked.connect(self._do)
        self._wanted: Callable[[], None] | None = None
        close = QPushButton(tr("Close"))
        close.setToolTip(tr("Close it (Esc)"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        parent.installEventFilter(self)
        row.addWidget(self._label, 1)
        row.addWidget(self.deed)
        row.addWidget(close)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN)
        self._timer.timeout.connect(self.hide)
        self._hint = self._passing = False
        self.hide()

    @property
    def text(self) -> str:
        """Return what it says, or nothing while it is put away."""
        return self._label.text() if not self.isHidden() else ""

    def say(self, sentence: str) -> None:
        """Show *sentence* until somebody puts it away."""
        self._show(sentence, hint=False)

    def refuse(self, sentence: str) -> None:
        """Show why an edit was not made, until another one is, or somebody puts it away."""
        self._show(sentence, hint=False)
        self._passing = True

    def offer(self, sentence: str, words: str, deed: Callable[[], None]) -> None:
        """Show *sentence* until somebody puts it away, with a button that does *deed* and puts it away too."""
        self._show(sentence, hint=False, words=words)
        self._wanted = deed

    def hint(self, sentence: str) -> None:
        """Show a harmless *sentence* for six seconds, longer while the mouse rests on it."""
        self._show(sentence, hint=True)

    def let_go(self) -> None:
        """Put a hint or the refusal of an edit away, because something else was done since."""
        if self._passing:
            self.hide()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse rests on it."""
        super().enterEvent(event)
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Go soon after the mouse has left."""
        super().leaveEvent(event)
        if self._hint and not self.isHidden():
            self._timer.start(LINGERS)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Give the room back."""
        super().hideEvent(event)
        if self.isHidden():  # put away, not merely covered with the window
            self._timer.stop()
            self._make_room(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window changes its size, and go at an Esc that nobody else wants."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        pressed = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed and not self.isHidden() and pressed.matches(QKeySequence.StandardKey.Cancel):
            self.hide()
            return True
        return super().eventFilter(watched, event)

    def _do(self) -> None:
        deed = self._wanted
        self.hide()
        if deed is not None:
            deed()

    def _show(self, sentence: str, *, hint: bool, words: str = "") -> None:
        self._hint = self._passing = hint
        self._wanted = None
        self.deed.setText(words)
        self.deed.setVisible(bool(words))
        self._label.setText(sentence)
        self._place()
        self.show()
        self.raise_()
        self._timer.stop()
        if hint and not self.underMouse():
            self._timer.start(SHOWN)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        room = window.rect()
        width = room.width() - 2 * MARGIN
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.setGeometry(MARGIN, room.height() - height - MARGIN, width, height)
        self._make_room(height + 2 * MARGIN)

    def _make_room(self, height: int) -> None:
        window = self.parentWidget()
        layout = window.layout() if window is not None else None
        if layout is not None:
            margins = layout.contentsMargins()
            margins.setBottom(height)
            layout.setContentsMargins(margins)
