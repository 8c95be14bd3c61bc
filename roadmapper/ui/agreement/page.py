"""AgreementPage: what the CIO and the CMO agreed on, the words they share, and what was bought around IT."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.workspace.session import Session


class AgreementPage(QWidget):
    """The page on which both sides settle how they work together.

    *counted* is sent when what its status line says is new.
    """

    title = "Agreement"
    icon = "agreement"
    counted = Signal()

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
        return tr("signed by both sides: who decides what, and what never happens")

    def counts(self) -> str:
        """Return which version is in force and what waits to be signed, for the status line."""
        return ""

    def show_glossary(self) -> None:
        """Show the words and what they mean."""

    def show_purchases(self) -> None:
        """Show what was bought outside IT."""

    def rename(self) -> None:
        """Edit the current word or purchase in place."""

    def delete(self) -> None:
        """Delete the words or purchases that are selected."""
