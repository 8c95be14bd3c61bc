"""Namer: the line in which a bar's title is typed, over the bar itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from roadmapper.domain.entity import TITLE_LENGTH
from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.limits import limit


class Namer(QLineEdit):
    """A title to be typed; Enter ends here and does not also open what lies below."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        limit(self, TITLE_LENGTH)
        self.setAccessibleName(tr("Title of the increment"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter to itself, once it has been told to who waits for the title."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
