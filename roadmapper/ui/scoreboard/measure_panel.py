"""MeasurePanel: one shared measure in full - its line against the target, its fields, its readings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr
from roadmapper.planning.consults.scoreboard import Standing
from roadmapper.planning.consults.scoreboard_words import (
    contradiction_text,
    latest_text,
    trend_text,
    way_text,
)
from roadmapper.ui.editor import Editor
from roadmapper.ui.scoreboard.measure_form import MeasureForm
from roadmapper.ui.scoreboard.readings import ReadingsPart
from roadmapper.ui.scoreboard.trend_canvas import TrendCanvas
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.session import Session

WIDTH = 300.0


class MeasurePanel(QScrollArea):
    """Shows one measure, or says that none is chosen; *unwanted* asks to delete it."""

    unwanted = Signal()

    def __init__(self, editor: Editor, theme: Theme, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("The measure in full"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(round(WIDTH * theme.unit))
        secondary = theme.palette.secondary
        self.title = PlainLabel().styled(size=1.25, bold=True)
        self.how = PlainLabel().styled(colour=secondary)
        self.odd = PlainLabel().styled(colour=theme.palette.warning)
        self.canvas = TrendCanvas(theme)
        self.form = MeasureForm(editor, theme)
        self.readings = ReadingsPart(editor, theme, session)
        self.delete = QPushButton(tr("Delete measure"))
        self.delete.clicked.connect(self.unwanted)
        self.hint = PlainLabel().styled(colour=secondary)
        self._whole = whole = QWidget()
        whole.setObjectName("inspector")
        column = QVBoxLayout(whole)
        space = round(16 * theme.unit)
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(round(8 * theme.unit))
        head = PlainLabel(tr("Readings")).styled(size=0.95, bold=True, colour=secondary)
        self._parts: list[QWidget] = [self.title, self.how, self.odd, self.canvas, self.form, head, self.readings]
        for part in (self.hint, *self._parts):
            column.addWidget(part)
        column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setWidget(whole)

    def show_standing(self, standing: Standing | None, hint: str, *, editable: bool, readings_too: bool) -> None:
        """Show a measure and whether it and its readings may be changed; without one, the *hint*."""
        self.hint.setText(hint)
        self.hint.setVisible(standing is None)
        for part in self._parts:
            part.setVisible(standing is not None)
        self.delete.setVisible(standing is not None and editable)
        self.canvas.show_standing(standing)
        if standing is None:
            self.form.leave()
            return
        measure = standing.measure
        self.title.setText(measure.title)
        self.how.setText(" · ".join([latest_text(standing), way_text(standing), trend_text(standing)]))
        odd = contradiction_text(measure)
        self.odd.setText(odd)
        self.odd.setVisible(bool(odd))
        self.form.show_measure(measure, editable=editable)
        self.readings.show_standing(standing, editable=readings_too)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is shown as wide as the view: its texts wrap at that width and at no other."""
        super().resizeEvent(event)
        self._whole.setFixedWidth(self.viewport().width())

    @override
    def sizeHint(self) -> QSize:
        """Return what it would like."""
        return QSize(round(WIDTH * self._theme.unit), round(WIDTH * self._theme.unit))
