"""ShortChoice: a choice that is no wider than there is room, however long its names are."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from roadmapper.ui.widgets.choice import Choice

LETTERS = 6


class ShortChoice(Choice):
    """One of several, cut where it is too long; the list shows the names whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # From the beginning: Qt keeps the least width that it once found.
        self.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
