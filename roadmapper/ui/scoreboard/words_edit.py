"""WordsEdit: a line of words, such as a name or a unit, that Esc puts back and that is kept when it is left."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.widgets.fields import ValueEdit


class WordsEdit(ValueEdit[str]):
    """A line of words; empty ones are the empty text, which a field that is not *optional* refuses."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, optional: bool = True) -> None:
        super().__init__(text, parent, optional=optional)

    @override
    def read(self, text: str) -> str:
        return text

    @override
    def shown(self, value: str | None) -> str:
        return value or ""

    @override
    def wanted(self) -> str:
        return tr("A name is missing: enter a few words.")
