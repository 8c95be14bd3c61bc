"""Looks: which colours and which size of unit a widget has to paint with, read from what it is dressed in."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QWidget

from roadmapper.chart.palette import CONTRAST, DARK, LIGHT, Palette
from roadmapper.ui.theme import BASE_PIXELS

GRID = 8


def palette_of(widget: QWidget) -> Palette:
    """Return the palette of the theme that the program wears; light where it wears none."""
    worn = widget.palette()
    colours = [
        worn.color(QPalette.ColorGroup.Active, r).name()
        for r in (QPalette.ColorRole.Base, QPalette.ColorRole.Highlight)
    ]
    return next((p for p in (LIGHT, DARK, CONTRAST) if [p.surface, p.accent] == colours), LIGHT)


def unit_of(widget: QWidget) -> float:
    """Return how many pixels a unit has, in quarters as in the theme: one at the usual font size, two at twice that."""
    return max(3, round(QFontInfo(widget.font()).pixelSize() / BASE_PIXELS * 4)) / 4


def steps(widget: QWidget, count: float = 1) -> int:
    """Return *count* steps of the grid in pixels."""
    return round(GRID * count * unit_of(widget))
