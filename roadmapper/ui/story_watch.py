"""StoryWatch: says in the side how many paragraphs were written for other figures, a moment after each edit."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from roadmapper.domain.wording import trn
from roadmapper.ui.editor import Editor
from roadmapper.ui.head import Side

WAIT = 600


class StoryWatch(QObject):
    """Counts them once the plan rests; *number* is how many there were then."""

    def __init__(self, editor: Editor, side: Side) -> None:
        super().__init__(side)
        self._editor = editor
        self._side = side
        self.number = 0
        self._soon = QTimer(self, interval=WAIT, singleShot=True)  # nobody waits for it while editing
        self._soon.timeout.connect(self.look)
        editor.opened.connect(self._soon.start)
        editor.changed.connect(self._later)

    def look(self) -> None:
        """Count them now."""
        plan = self._editor.plan
        number = 0
        if plan.paragraphs:
            number = import_module("roadmapper.planning.story.filling").stale_count(plan)
        if number != self.number:
            self.number = number
            words = trn(
                "{n} paragraph was written for other figures", "{n} paragraphs were written for other figures", number
            )
            self._side.count("show_story", number, words)

    def _later(self) -> None:
        self._soon.start()
