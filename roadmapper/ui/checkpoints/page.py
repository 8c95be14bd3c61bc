"""CheckpointsPage: what is asked of the CMO, what they are shown of it, and what was answered, side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.workspace.session import Session


class CheckpointsPage(QWidget):
    """The page of the consults.

    *counted* is sent with the number of those that are due, *wanted* with an increment to be seen on the timeline.
    """

    title = "Checkpoints"
    icon = "checkpoints"
    counted = Signal(int)
    wanted = Signal(str)

    def __init__(self, editor: Editor, theme: Theme, settings: Settings, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self._editor = editor
        self._theme = theme
        self._settings = settings
        self._session = session

    def new_checkpoint(self) -> None:
        """Ask for a new consult and place it."""

    def place_consults(self) -> None:
        """Ask by which rules the consults of a project stand, and place them."""

    def invite(self) -> None:
        """Save the consults as calendar entries."""

    def review_pack(self) -> None:
        """Save the chosen consult as a page for those who do not open the program."""

    def import_answer(self) -> None:
        """Read the answer of a review pack in."""

    def print_ledger(self) -> None:
        """Print what was asked and answered."""

    def mark_seen(self) -> None:
        """Note that the user has seen the plan as it is."""
