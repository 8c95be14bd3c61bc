"""GroupChooser: the head of the tree's first column, where one chooses what the lanes are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHeaderView, QToolButton
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.arranging import Arranging
from roadmapper.ui.timeline.lane_model import TITLE, head_of

MOST = 210


class GroupChooser(QToolButton):
    """A flat button over the head of the first column, as wide as that."""

    def __init__(self, arranging: Arranging, theme: Theme, head: QHeaderView) -> None:
        super().__init__(head)
        self._arranging = arranging
        self._theme = theme
        self._head = head
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr("Group the lanes by project, team, status or not at all"))
        palette, unit = theme.palette, theme.unit
        self.setStyleSheet(
            f"QToolButton {{ background: {palette.raised}; color: {palette.secondary}; border: none;"
            f" padding-left: {round(6 * unit)}px; padding-right: {round(14 * unit)}px; text-align: left; }}"
            f"QToolButton:hover {{ color: {palette.text}; }}"
            f"QToolButton:focus {{ border: 2px solid {palette.accent}; }}"
        )
        self.setMenu(arranging.menu(self))
        arranging.changed.connect(self._tell)
        head.sectionResized.connect(self._place)
        head.geometriesChanged.connect(self._place)
        head.installEventFilter(self)
        self._tell()

    def _tell(self) -> None:
        self.setText(head_of(self._arranging.grouping))
        self.setAccessibleName(tr("Group by: {what}").format(what=self._arranging.words))
        self._place()

    def _place(self) -> None:
        width = min(self._head.sectionSize(TITLE), max(self.sizeHint().width(), round(MOST * self._theme.unit)))
        self.setGeometry(self._head.sectionViewportPosition(TITLE), 0, width, self._head.height() - 1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the head."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
