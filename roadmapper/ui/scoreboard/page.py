"""ScoreboardPage: the shared measures, what delivered increments really earn, and how far each project is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.workspace.session import Session


class ScoreboardPage(QWidget):
    """The page on which both sides see whether it works out.

    *counted* is sent when what its status line says is new, *said* with what was done outside the plan.
    """

    title = "Scoreboard"
    icon = "scoreboard"
    counted = Signal()
    said = Signal(str)

    def __init__(self, editor: Editor, theme: Theme, settings: Settings, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self._editor = editor
        self._theme = theme
        self._settings = settings
        self._session = session

    @property
    def says(self) -> str:
        """Return in a few words what stands here, for the head of the window."""
        return tr("for both sides: does it work out?")

    def counts(self) -> str:
        """Return how many measures reached their target and how many conditions are open, for the status line."""
        return ""

    def new_measure(self) -> None:
        """Ask what both sides want to measure."""
