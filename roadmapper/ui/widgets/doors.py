"""Doors: what an empty page shows instead of nothing - what will be here, and the ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from roadmapper.ui.widgets.labels import PlainLabel


class Doors(QWidget):
    """A heading, a sentence, and a button for each action that leads on."""

    def __init__(self, heading: str, sentence: str, doors: list[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._doors: list[tuple[QAction, QPushButton]] = []
        column = QVBoxLayout(self)
        column.addStretch(1)
        title = PlainLabel(heading).styled(size=1.6, bold=True)
        words = PlainLabel(sentence).styled(size=1.1)
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        for door in doors:
            button = QPushButton(door.text())
            button.clicked.connect(door.trigger)
            row.addWidget(button)
            self._doors.append((door, button))
            door.changed.connect(self._show_doors)
        row.addStretch(1)
        column.addSpacing(16)
        column.addLayout(row)
        column.addStretch(2)
        self._show_doors()

    def _show_doors(self) -> None:
        """Have a button for what whoever works here may do, and for nothing else."""
        for door, button in self._doors:
            button.setVisible(door.isVisible())
