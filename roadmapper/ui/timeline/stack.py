"""Stack: the lanes above, the strips below them; whatever is shown, half of the height, or a lane, is left above."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.strips import LEAST, Strip

MOMENT_MS = 400
TALLEST = 600
LANES = 190.0
"""The height of the header and a lane, which strips leave free wherever they can be lower."""


class Stack(QSplitter):
    """Strips whose heights are drawn by hand and kept, in units of the chart; where there is little room, less."""

    drawn = Signal()

    def __init__(self, above: QWidget, strips: Mapping[str, Strip], theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._above = above
        self._strips = dict(strips)
        self._heights = {name: strip.usual for name, strip in strips.items()}
        self._wanted = dict.fromkeys(strips, True)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(above)
        for strip in strips.values():
            self.addWidget(strip)
        self.setStretchFactor(0, 1)
        self._later = QTimer(self, interval=MOMENT_MS, singleShot=True)
        self._later.timeout.connect(self.drawn)
        self.splitterMoved.connect(self._drawn_by_hand)

    def height_of(self, name: str) -> int:
        """Return the height that a strip was given by hand, in units."""
        return round(self._heights[name])

    def set_height(self, name: str, units: int) -> None:
        """Give a strip a height in units."""
        self._heights[name] = min(max(float(units), LEAST), float(TALLEST))
        self._arrange()

    def show_strip(self, name: str, *, shown: bool) -> None:
        """Show a strip or hide it."""
        self._wanted[name] = shown
        self._arrange()

    def wants(self, name: str) -> bool:
        """Return whether a strip is to be shown wherever there is room for it."""
        return self._wanted[name]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height out anew."""
        super().resizeEvent(event)
        self._arrange()

    def _drawn_by_hand(self) -> None:
        unit = self._theme.unit
        for name, strip in self._strips.items():
            if not strip.isHidden():
                self._heights[name] = max(strip.height() / unit, LEAST)
        self._arrange()
        self._later.start()

    def _arrange(self) -> None:
        """Give each strip its height, all of them together half of what there is, the last of them none if need be.

        Where letters are large, half would leave no whole lane: then they are as low as they can be.
        """
        unit, half = self._theme.unit, self.height() / 2
        names = [name for name, wanted in self._wanted.items() if wanted]
        while len(names) * LEAST * unit > half and names:
            names.pop()
        most = max(min(half, self.height() - LANES * unit), len(names) * LEAST * unit)
        heights = {name: self._heights[name] * unit for name in names}
        spare = sum(heights.values()) - len(names) * LEAST * unit
        share = 1.0
        if sum(heights.values()) > most and spare > 0:
            share = (most - len(names) * LEAST * unit) / spare
        sizes = []
        for name, strip in self._strips.items():
            strip.setVisible(name in names)
            least = LEAST * unit
            sizes.append(round(least + (heights[name] - least) * share) if name in names else 0)
        self.setSizes([max(self.height() - sum(sizes), 1), *sizes])
