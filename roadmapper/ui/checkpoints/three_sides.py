"""ThreeSides: a list, what is chosen in it and the ledger, side by side where there is room for all three."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.ui.theme import Theme

WIDE = 860.0
SIDES = ((228.0, 330.0, 0.2), (232.0, 352.0, 0.215))
"""The least and the most units of the left and of the right side, and which part of the width each has between."""
TABS = (220.0, 0.36)


class ThreeSides(QWidget):
    """The middle takes what room there is; where there is little, the right side stands behind a tab of the left."""

    def __init__(self, left: QWidget, centre: QWidget, right: QWidget, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.centre = centre
        self._wide: bool | None = None
        self._by_hand = False
        space = round(8 * theme.unit)
        self._whole = QSplitter(Qt.Orientation.Horizontal, self)
        self._whole.setChildrenCollapsible(False)
        self._whole.setHandleWidth(space)
        self._whole.splitterMoved.connect(self._moved)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._left, self._right = (_framed(panel, space) for panel in (left, right))
        for panel in (self._left, self.centre, self._right):
            panel.setObjectName("panel")
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        colours, radius = theme.palette, round(6 * theme.unit)
        self.setStyleSheet(
            f"#panel {{ background: {colours.surface}; border: 1px solid {colours.line}; border-radius: {radius}px; }}"
            f"#panel QScrollArea > QWidget > QWidget {{ background: {colours.surface}; }}"
            f"#segment:checked {{ background: {colours.accent_tint}; border-color: {colours.accent};"
            " font-weight: 600; }"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(space, space, space, space)
        row.addWidget(self._whole)
        self._arrange(wide=True)

    def _arrange(self, *, wide: bool) -> None:
        """Put the ledger beside the others where there is room, and behind a tab of the list where there is not."""
        if wide is self._wide:
            return
        self._wide, self._by_hand = wide, False
        self._tabs.clear()
        if wide:
            self._whole.insertWidget(0, self._left)
            self._whole.insertWidget(1, self.centre)
            self._whole.insertWidget(2, self._right)
            self._tabs.setParent(self)
            for panel in (self._left, self._right):
                panel.show()
        else:
            self._tabs.addTab(self._left, tr("Consults"))
            self._tabs.addTab(self._right, tr("Ledger"))
            self._whole.insertWidget(0, self._tabs)
            self._whole.insertWidget(1, self.centre)
        self._tabs.setVisible(not wide)
        for n in range(self._whole.count()):
            self._whole.setStretchFactor(n, 1 if self._whole.widget(n) is self.centre else 0)
        self._share()

    def _share(self) -> None:
        """Give the sides what they need, and a part of what there is beyond that."""
        unit, room = self._theme.unit, self._whole.width()
        if self._wide:
            sides = [max(least * unit, min(most * unit, room * part)) for least, most, part in SIDES]
            sizes = [sides[0], room - sum(sides), sides[1]]
        else:
            side = max(TABS[0] * unit, room * TABS[1])
            sizes = [side, room - side]
        self._whole.setSizes([round(n) for n in sizes])

    def _moved(self) -> None:
        self._by_hand = True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= WIDE * self._theme.unit)
        if not self._by_hand:
            self._share()


def _framed(panel: QWidget, margin: int) -> QWidget:
    """Return a panel with some room around it."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(margin, margin, margin, margin)
    column.addWidget(panel)
    return frame
