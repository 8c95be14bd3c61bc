"""GapWatch: says when an edit - any edit - makes a silence longer than agreed, with the consults that mend it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from roadmapper.domain.wording import trn
from roadmapper.ui.editor import Editor
from roadmapper.ui.widgets.notice import Notice
from roadmapper.workspace.edits.fields import add_consults

if TYPE_CHECKING:
    from roadmapper.planning.consults.gap_news import GapNews


class GapWatch(QObject):
    """Looks at each edit once it is made, however it was made.

    While its notice is shown it looks at all edits since the first that is told of: the notice tells of what is still
    so, and goes when nothing is.
    """

    def __init__(self, editor: Editor, notice: Notice) -> None:
        super().__init__(notice)
        self._editor = editor
        self._notice = notice
        self._last = self._since = editor.plan
        self._told = ""
        self.found: list[GapNews] = []
        editor.opened.connect(self._opened)
        editor.changed.connect(self._changed)

    def _opened(self) -> None:
        self._last = self._since = self._editor.plan
        self._told, self.found = "", []

    def _changed(self) -> None:
        plan = self._editor.plan
        if not self._told or self._notice.text != self._told:  # it was read and put away, or never shown
            self._since, self._told = self._last, ""
        self._last = plan
        looking: Any = import_module("roadmapper.planning.consults.gap_news")  # nobody edits before the window stands
        self.found = looking.news(self._since, plan)
        if self.found:
            self._told = looking.news_text(plan, self.found)
            mends = [day for gap in self.found for day in gap.mend]
            if self._editor.may_plan and mends:
                self._notice.offer(self._told, looking.mend_text(mends), self.mend)
            else:
                self._notice.say(self._told)
        elif self._told:
            self._told = ""
            self._notice.hide()

    def mend(self) -> None:
        """Add the consults that end all silences that are told of, as one step that can be undone."""
        days = [(gap.project, day) for gap in self.found for day in gap.mend]
        self._editor.run(trn("Add a consult", "Add {n} consults", len(days)), add_consults, days)
