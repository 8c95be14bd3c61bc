"""Legend: which mark at the sliders is whose."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.criterion import Voice
from roadmapper.domain.wording import tr
from roadmapper.ui.priorities.weight_row import SMALL
from roadmapper.ui.priorities.weight_slider import MARK, paint_mark
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel
from roadmapper.ui.widgets.looks import steps


class Legend(QWidget):
    """Which mark is whose."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._room = round(MARK * theme.unit) + steps(self, 0.75)
        self._words: list[PlainLabel] = []
        for colour, words in ((1, tr("CIO weight")), (2, tr("CMO weight"))):
            label = LineLabel(words).styled(size=SMALL, bold=True, colour=theme.palette.accents[colour].full)
            row.addSpacing(self._room + (steps(self, 2) if self._words else 0))
            row.addWidget(label)
            self._words.append(label)
        row.addStretch(1)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return a height in which the marks fit."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), round(MARK * self._theme.unit) + 4))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each mark before its words."""
        qp = QPainter(self)
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = MARK * self._theme.unit
        for voice, label in zip((Voice.CIO, Voice.CMO), self._words, strict=True):
            at = QPointF(label.x() - self._room + size / 2 + 1, (self.height() - size) / 2)
            paint_mark(qp, at, size, voice, self._theme.palette)
        qp.end()
