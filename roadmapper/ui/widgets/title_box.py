"""TitleBox: a line in which one of many things is named by its title, with those that fit offered below."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.fields import ValueEdit

OFFERED = 12


class TitleBox(ValueEdit[EntityId]):
    """Sends the id of what is named, and stands empty again; *titled* returns the ids by title when the focus comes."""

    def __init__(self, titled: Callable[[], Mapping[str, EntityId]], parent: QWidget | None = None) -> None:
        self._titled = titled
        self._ids: Mapping[str, EntityId] | None = None
        super().__init__(None, parent)
        self._titles = QStringListModel(self)
        completer = QCompleter(self._titles, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(OFFERED)
        # The line writes the title into itself when it is told too: what is picked is taken after that.
        completer.activated.connect(self._pick, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)

    @override
    def read(self, text: str) -> EntityId:
        ids = self._ids if self._ids is not None else self._titled()
        wanted = text.casefold()
        same = [key for title, key in ids.items() if title.casefold() == wanted]
        found = same or [key for title, key in ids.items() if wanted in title.casefold()]
        if not found:
            raise Refused(tr("Nothing is called “{text}”: pick one of those offered.").format(text=text[:40]))
        if len(found) > 1:
            raise Refused(
                tr("{n} are called like “{text}”: pick one of those offered.").format(n=len(found), text=text[:40])
            )
        return found[0]

    @override
    def shown(self, value: EntityId | None) -> str:
        return ""

    @override
    def wanted(self) -> str:
        return tr("A title is missing: enter a few words.")

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Learn what there is to be named now."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._ids = self._titled()
            self._titles.setStringList(sorted(self._ids, key=str.casefold))
        super().focusInEvent(event)

    def _pick(self) -> None:
        self.settle()
