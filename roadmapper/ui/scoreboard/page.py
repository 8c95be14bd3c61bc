"""ScoreboardPage: the shared measures, what delivered increments really earn, and how far each project is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.measure import Measure
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.scoreboard import Scoreboard, scoreboard_of
from roadmapper.planning.consults.scoreboard_words import at_target
from roadmapper.ui.editor import Editor
from roadmapper.ui.scoreboard.conditions import ConditionsSection
from roadmapper.ui.scoreboard.earnings import EarningsSection
from roadmapper.ui.scoreboard.measure_panel import MeasurePanel
from roadmapper.ui.scoreboard.measures import MeasuresSection
from roadmapper.ui.scoreboard.progress import ProgressSection
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.words import delete_measures, put_measures
from roadmapper.workspace.session import Session

WIDE = 900.0
PANEL = (340.0, 420.0, 0.3)
"""The least and the most units of the measure in full, and which part of the width it has between."""


class ScoreboardPage(QWidget):
    """The page on which both sides see whether it works out.

    *counted* is sent when what its status line says is new, *said* with what was done.
    """

    title = "Scoreboard"
    icon = "scoreboard"
    counted = Signal()
    said = Signal(str)

    def __init__(self, editor: Editor, theme: Theme, settings: Settings, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self._editor = editor
        self._theme = theme
        self._settings = settings
        self._session = session
        self._focus: EntityId | None = None
        self._stale = True
        self._wide: bool | None = None
        self.board = Scoreboard((), (), (), ())
        self.measures = MeasuresSection(theme, self)
        self.earnings = EarningsSection(editor, theme, self)
        self.progress = ProgressSection(theme, self)
        self.conditions = ConditionsSection(editor, theme, session, self)
        self.panel = MeasurePanel(editor, theme, session, self)
        self._lay_out()
        self.measures.add.clicked.connect(self.new_measure)
        self.measures.chosen.connect(self.choose)
        self.measures.opened.connect(self._open)
        self.measures.unwanted.connect(self.delete_measure)
        self.panel.unwanted.connect(self.delete_measure)
        self.panel.readings.said.connect(self.said)
        editor.opened.connect(self._opened)
        editor.changed.connect(self._changed)

    def _lay_out(self) -> None:
        space = round(8 * self._theme.unit)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space)
        for section in (self.measures, self.earnings, self.progress, self.conditions):
            column.addWidget(section)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setAccessibleName(tr("Scoreboard"))
        self._scroll.setObjectName("board")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self.panel.setObjectName("panel")
        colours, radius = self._theme.palette, round(6 * self._theme.unit)
        self.setStyleSheet(
            f"#panel {{ background: {colours.surface}; border: 1px solid {colours.line}; border-radius: {radius}px; }}"
            f"#board, #board > QWidget > QWidget {{ background: {colours.window}; }}"
        )
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(space)
        row = QHBoxLayout(self)
        row.setContentsMargins(space, space, space, space)
        row.addWidget(self._split)
        row.addWidget(self._tabs)
        self._arrange(wide=True)

    @property
    def says(self) -> str:
        """Return in a few words what stands here, for the head of the window."""
        return tr("for both sides: does it work out?")

    @property
    def focus(self) -> EntityId | None:
        """Return the measure that is looked at."""
        return self._focus

    def counts(self) -> str:
        """Return how many measures reached their target and how many conditions are open, for the status line."""
        self._catch_up()
        board = self.board
        parts = [trn("{n} shared measure", "{n} shared measures", len(board.measures))]
        if board.measures:
            parts.append(tr("{n} at its target").format(n=sum(at_target(s) for s in board.measures)))
        if board.earnings:
            parts.append(tr("revenue of {n} of {all} looked at").format(n=board.looked_at, all=len(board.earnings)))
        parts.append(trn("{n} condition open", "{n} conditions open", len(board.conditions)))
        return " · ".join(parts)

    def choose(self, key: str) -> None:
        """Look at another measure."""
        self._focus = EntityId(key)
        self._show_panel()

    def new_measure(self) -> None:
        """Begin a new measure, whose name can be typed at once."""
        if not self._editor.may("measures"):
            return
        measure = Measure(new_id("measure"), tr("New measure"))
        self.panel.form.leave()
        before, self._focus = self._focus, measure.id
        if not self._editor.run(tr("Add a shared measure"), put_measures, [measure]):
            self._focus = before
            return
        self.refresh()
        self._open()
        card = self.measures.card(measure.id)
        if card is not None:
            self._scroll.ensureWidgetVisible(card)
        self.panel.form.begin()

    def delete_measure(self) -> None:
        """Delete the measure that is looked at, with its readings."""
        measure = self._editor.plan.measures.get(self._focus) if self._focus is not None else None
        if measure is None or not self._editor.may("measures"):
            return
        label = tr("Delete “{title}”").format(title=measure.title)
        if self._editor.run(label, delete_measures, [measure.id]):
            self.said.emit(tr("“{title}” is deleted with its readings; undo brings them back.")
                           .format(title=measure.title))  # fmt: skip

    def refresh(self) -> None:
        """Show everything as it is now."""
        self._stale = False
        plan, editor = self._editor.plan, self._editor
        old = [s.measure.id for s in self.board.measures]
        self.board = scoreboard_of(plan, self._session.today())
        self._focus = _next_focus(self._focus, old, [s.measure.id for s in self.board.measures])
        self.measures.show_standings(self.board.measures, self._focus, editable=editor.may("measures"))
        self.earnings.show_board(plan, self.board, editable=editor.may("increments"))
        self.progress.show_progress(plan, self.board.progress, self._session.today())
        self.conditions.show_conditions(plan, self.board.conditions, editable=editor.may("conditions"))
        self._show_panel()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was looked at."""
        super().showEvent(event)
        self._catch_up()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the measure in full beside the board where there is room, and behind a tab where there is not."""
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= WIDE * self._theme.unit)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for little: what does not fit is scrolled."""
        return QSize(round(320 * self._theme.unit), round(200 * self._theme.unit))

    def _show_panel(self) -> None:
        editor = self._editor
        standing = next((s for s in self.board.measures if s.measure.id == self._focus), None)
        hint = tr("The measure you choose stands here in full: its line, its readings and who owns it.")
        editable, readings = editor.may("measures"), editor.may("readings")
        self.panel.show_standing(standing, hint, editable=editable, readings_too=readings)

    def _open(self) -> None:
        if not self._wide:
            self._tabs.setCurrentWidget(self.panel)

    def _opened(self) -> None:
        self._focus = None
        self._changed()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():  # what stands in the status line is that of the page that is looked at
            self._catch_up()
            self.counted.emit()

    def _catch_up(self) -> None:
        if self._stale:
            self.refresh()

    def _arrange(self, *, wide: bool) -> None:
        if wide is not self._wide:
            self._wide = wide
            self._tabs.clear()
            if wide:
                self._split.addWidget(self._scroll)
                self._split.addWidget(self.panel)
                self._split.setStretchFactor(0, 1)
                self._scroll.show()
                self.panel.show()
            else:
                self._tabs.addTab(self._scroll, tr("Scoreboard"))
                self._tabs.addTab(self.panel, tr("The measure in full"))
            self._tabs.setVisible(not wide)
            self._split.setVisible(wide)
        if wide:
            least, most, part = PANEL
            unit = self._theme.unit
            side = round(max(least * unit, min(most * unit, self.width() * part)))
            self._split.setSizes([max(self.width() - side, 1), side])


def _next_focus(focus: EntityId | None, old: list[EntityId], new: list[EntityId]) -> EntityId | None:
    """Return what is looked at now: the same, else the one that stood beside it, else the first."""
    if focus in new or not new:
        return focus if focus in new else None
    place = old.index(focus) if focus is not None and focus in old else 0
    return new[min(place, len(new) - 1)]
