"""Reminders: the consults that wait for an answer - counted, said, and put on the desktop if the user wants that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSystemTrayIcon, QWidget

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.plan import Plan
from roadmapper.domain.silence import takes_place
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import consult_title
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.workspace.session import Session

FLAG, TOLD = "remind", "reminded"
SHORT_WAIT = 150
MINUTE = 60_000
NAMED = 2
MOST_TOLD = 1_000


class Reminders(QObject):
    """Looks at what is due after each edit, a moment later, and anew when another day has begun.

    *counted* is sent when that may be news, *wanted* when the user asks to see it. *button* says it in the status line.
    """

    counted = Signal()
    wanted = Signal()
    new_day = Signal()

    def __init__(self, editor: Editor, settings: Settings, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._settings = settings
        self._session = session
        self._day = session.today()
        self._tray: QSystemTrayIcon | None = None
        self.due: list[Checkpoint] = []
        self.button = QPushButton(window)
        self.button.setFlat(True)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setObjectName("due")
        self.button.hide()
        self.button.clicked.connect(self.wanted)
        self._soon = QTimer(self, interval=SHORT_WAIT, singleShot=True)
        self._soon.timeout.connect(self.look)
        self.minute = QTimer(self, interval=MINUTE)
        self.minute.timeout.connect(self.look_at_day)
        editor.opened.connect(self._opened)
        editor.changed.connect(self._later)

    @property
    def says(self) -> str:
        """Return in one sentence what is due, or nothing."""
        return _sentence(self._editor.plan, self.due)

    @property
    def possible(self) -> bool:
        """Return whether this desktop shows notifications of programs."""
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    @property
    def wished(self) -> bool:
        """Return whether the user wants them."""
        return self._settings.flag(FLAG, otherwise=False)

    def wish(self, on: bool) -> None:
        """Show what is due on the desktop too, or no longer."""
        self._settings.remember(FLAG, on)
        if on:
            self._notify()
        elif self._tray is not None:
            self._tray.hide()

    def look(self) -> None:
        """See what is due now, the longest overdue first."""
        plan, today = self._editor.plan, self._session.today()
        waiting = (c for c in plan.checkpoints.values() if c.day <= today and c.id not in plan.latest_decisions)
        self.due = sorted((c for c in waiting if takes_place(plan, c)), key=lambda c: (c.day, c.id))
        self.button.setText(trn("{n} consult is due", "{n} consults are due", len(self.due)))
        self.button.setToolTip(self.says.replace("<", "‹"))
        self.button.setAccessibleDescription(self.says)
        self.button.setVisible(bool(self.due))
        self.counted.emit()
        if self.wished:
            self._notify()

    def look_at_day(self) -> None:
        """See whether another day has begun: then other consults are due."""
        if self._session.today() != self._day:
            self._day = self._session.today()
            self.look()
            self.new_day.emit()

    def _opened(self) -> None:
        self.minute.start()
        self.look()

    def _later(self) -> None:
        self._soon.start()

    def _notify(self) -> None:
        """Put on the desktop what is due and was not put there today."""
        today = self._session.today()
        fresh = self._fresh(today)
        if not fresh or not self.possible:
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self.button.window().windowIcon(), self)
            self._tray.messageClicked.connect(self.wanted)
            self._tray.activated.connect(self.wanted)
        self._tray.show()
        plan = self._editor.plan
        self._tray.showMessage(plan.roadmap.title, _sentence(plan, fresh), QSystemTrayIcon.MessageIcon.Information)
        stamp = f"{today.isoformat()} "
        told = [t for t in self._settings.texts(TOLD) if t.startswith(stamp)]
        self._settings.remember(TOLD, [*told, *(stamp + c.id for c in fresh)][-MOST_TOLD:])

    def _fresh(self, today: date) -> list[Checkpoint]:
        told = set(self._settings.texts(TOLD))
        return [c for c in self.due[:MOST_TOLD] if f"{today.isoformat()} {c.id}" not in told]


def _sentence(plan: Plan, due: Sequence[Checkpoint]) -> str:
    if not due:
        return ""
    names = ", ".join(_title(plan, c) for c in due[:NAMED]) + (", …" if len(due) > NAMED else "")
    return trn("{n} consult is due: {names}", "{n} consults are due: {names}", len(due), names=names)


def _title(plan: Plan, checkpoint: Checkpoint) -> str:
    about = plan.increments.get(checkpoint.increment) if checkpoint.increment is not None else None
    return consult_title(checkpoint, about.title if about else plan.projects[checkpoint.project].title)


def menu_words(*, possible: bool) -> str:
    """Return what the command says of itself."""
    if possible:
        return tr("Shows what is due as a notification of the desktop, once a day")
    return tr("This desktop shows no notifications of programs")
