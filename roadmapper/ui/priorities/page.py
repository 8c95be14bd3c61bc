"""PrioritiesPage: what counts, the ranking with its reasons, the chart, and one investment in full, side by side."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTableView, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import money_text
from roadmapper.planning.ranking.model import Budget
from roadmapper.planning.ranking.saying import weeks_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.chart import ValueChart
from roadmapper.ui.priorities.details import DetailsPanel
from roadmapper.ui.priorities.rows import RowsPanel
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.weights import WeightsPanel
from roadmapper.ui.priorities.why import WhyPanel
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.doors import Doors
from roadmapper.workspace.edits.investments import onto_roadmap

WIDE = 1080.0
SIDES = ((272.0, 330.0, 0.22), (276.0, 360.0, 0.24))
"""The least and the most units of the left and of the right side, and which part of the width they have between."""
TABS = 272.0
HEIGHTS = (500.0, 300.0)
RIGHT = (360.0, 420.0)


class PrioritiesPage(QWidget):
    """The page on which investments are compared.

    *counted* is sent when what its status line says is new, *wanted* when the page is, and *timeline_wanted* with
    the project to be seen there.
    """

    title = "Priorities"
    icon = "priorities"
    counted = Signal()
    wanted = Signal()
    timeline_wanted = Signal(str)

    def __init__(
        self,
        editor: Editor,
        theme: Theme,
        settings: Settings,
        today: date,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self._editor = editor
        self._theme = theme
        self._wide: bool | None = None
        self._by_hand = False
        self.comparing = Comparing(editor, self)
        self.comparing.watch(on=False)  # until the page is shown
        self.rows = RowsPanel(self.comparing, editor, theme, settings, today, self)
        self.details = DetailsPanel(self.comparing, editor, theme, today, self)
        self.weights = WeightsPanel(self.comparing, editor, theme, self)
        self.why = WhyPanel(self.comparing, editor, theme, self)
        self.chart = ValueChart(self.comparing, editor, theme, self)
        self._today = today
        self._lay_out()
        self.comparing.ranked.connect(self._ranked)
        self.comparing.studied.connect(self.counted)
        self.details.roadmap_wanted.connect(self.onto_roadmap)
        self.details.timeline_wanted.connect(self.timeline_wanted)
        self.setFocusProxy(self.rows.table)

    def _lay_out(self) -> None:
        space, edge = round(8 * self._theme.unit), round(2 * self._theme.unit)
        self._left = _framed(self.weights, edge)
        self._below = _framed(self.why, space)
        self._chart = _framed(self.chart, space)
        self._right = QSplitter(Qt.Orientation.Vertical, self)
        self._middle = QSplitter(Qt.Orientation.Vertical, self)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.hide()
        self._whole = QSplitter(Qt.Orientation.Horizontal, self)
        for splitter in (self._right, self._middle, self._whole):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(round(8 * self._theme.unit))
        self._whole.splitterMoved.connect(self._moved)
        self._whole.installEventFilter(self)
        self._middle.addWidget(self.rows)
        self._whole.addWidget(self._middle)
        for panel in (self.rows, self._left, self._below, self._chart, self.details):
            panel.setObjectName("panel")
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        colours, radius = self._theme.palette, round(6 * self._theme.unit)
        self.setStyleSheet(
            f"#panel {{ background: {colours.surface}; border: 1px solid {colours.line}; border-radius: {radius}px; }}"
            f"#panel QScrollArea > QWidget > QWidget {{ background: {colours.surface}; }}"
        )
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(space, space, space, space)
        column.addWidget(self._whole)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._arrange(wide=True)

    @property
    def says(self) -> str:
        """Return in a few words what a score is, for the head of the window."""
        return tr("score = confidence × (revenue + what else counts) ÷ effort")

    def show_day(self, today: date) -> None:
        """Show how old the estimates are on another day."""
        self._today = today
        self.rows.model.show_day(today)
        self.details.show_day(today)

    def offer_doors(self, doors: list[QAction]) -> None:
        """Show these ways to begin while there are no investments."""
        words = tr("What you could spend effort on, ranked by weighted revenue and benefits for each person-week.")
        self._pages.addWidget(Doors(tr("No investments yet"), words, doors, self))
        self._ranked()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for little: what does not fit is scrolled."""
        return QSize(round(320 * self._theme.unit), round(200 * self._theme.unit))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panels beside one another where there is room, and behind tabs where there is not."""
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= WIDE * self._theme.unit)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the width anew once the splitter has its own, which is after the page has its."""
        if event.type() is QEvent.Type.Resize and watched is self._whole and not self._by_hand:
            self._share()
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        self.comparing.watch(on=True)
        super().showEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Rank nothing while nobody looks."""
        super().hideEvent(event)
        self.comparing.watch(on=False)

    def _share(self) -> None:
        """Give the sides what they need, and a part of what there is beyond that."""
        unit, room = self._theme.unit, self._whole.width()
        if self._wide:
            sides = [max(least * unit, min(most * unit, room * part)) for least, most, part in SIDES]
            sizes = [sides[0], room - sum(sides), sides[1]]
        else:
            side = max(TABS * unit, room * 0.4)
            sizes = [room - side, side]
        self._whole.setSizes([round(n) for n in sizes])

    def _moved(self) -> None:
        self._by_hand = True

    def rename(self) -> None:
        """Edit the title of the current investment in place."""
        self.rows.table.rename()

    def delete(self) -> None:
        """Delete the investments that are selected."""
        self.rows.table.delete()

    def look_for(self) -> None:
        """Look for investments by a few letters."""
        self.rows.look()

    def onto_roadmap(self) -> None:
        """Ask what the investment that is looked at is to be on the roadmap, put it there, and show it."""
        key, plan = self.comparing.focus, self._editor.plan
        if key is None or key not in plan.investments:
            self._editor.refused.emit(tr("Choose an investment first: click into its row."))
            return
        investment = plan.investments[key]
        if investment.project is not None:
            self.timeline_wanted.emit(investment.project)
            return
        dialog = import_module("roadmapper.ui.dialogs.onto_roadmap_dialog").OntoRoadmapDialog(
            plan, key, self._today, parent=self
        )
        if not dialog.exec():
            return
        project, items = dialog.result_project()
        label = tr("Put “{title}” on the roadmap").format(title=investment.title)
        if self._editor.run(label, onto_roadmap, key, project, items):
            self.timeline_wanted.emit(project.id)

    def new_investment(self) -> None:
        """Begin a new investment, in the empty row of the table."""
        self.wanted.emit()
        self._pages.setCurrentIndex(0)
        self.rows.clear()
        self.rows.table.add()

    def counts(self) -> str:
        """Return how many there are, what is funded, and what the CIO and the CMO agree on, for the status line."""
        ranking, plan = self.comparing.ranking, self.comparing.plan
        parts = [trn("{n} investment", "{n} investments", len(plan.investments))]
        budget, funded = ranking.budget, len(ranking.funded)
        if ranking.places and _limited(budget):
            within = [weeks_text(round(budget.effort, 2))] if budget.effort is not None else []
            within += [money_text(budget.money, plan.roadmap.currency)] if budget.money is not None else []
            parts.append(tr("{n} funded within {budget}").format(n=funded, budget=tr(" and ").join(within)))
        found = self.comparing.voices
        if found is not None and found.cio.places and plan.criteria:  # without criteria both see the same
            most = max(len(found.both_high) + len(found.only_cio), len(found.both_high) + len(found.only_cmo))
            parts.append(tr("CIO and CMO agree on {n} of the top {most}").format(n=len(found.both_high), most=most))
        return " · ".join(parts)

    def _arrange(self, *, wide: bool) -> None:
        if wide is self._wide:
            return
        self._wide = wide
        self._tabs.clear()
        if wide:
            self._whole.insertWidget(0, self._left)
            self._middle.addWidget(self._below)
            self._right.addWidget(self._chart)
            self._right.addWidget(self.details)
            self._whole.addWidget(self._right)
            self._tabs.setParent(self)
        else:
            for panel, words in (
                (self._left, tr("What counts")),
                (self._below, tr("Why")),
                (self._chart, tr("Chart")),
                (self.details, tr("Details")),
            ):
                self._tabs.addTab(panel, words)
            self._right.setParent(self)
            self._whole.addWidget(self._tabs)
        self._tabs.setVisible(not wide)
        self._right.setVisible(wide)
        for panel in (self._left, self._below, self._chart, self.details) if wide else ():
            panel.show()
        self._whole.setStretchFactor(1 if wide else 0, 1)
        unit = self._theme.unit
        self._by_hand = False
        self._share()
        self._middle.setSizes([round(n * unit) for n in HEIGHTS])
        self._right.setSizes([round(n * unit) for n in RIGHT])

    def _ranked(self) -> None:
        empty = not self.comparing.plan.investments
        typing = self.rows.table.state() == QTableView.State.EditingState
        self._pages.setCurrentIndex(self._pages.count() - 1 if empty and not typing else 0)
        self.counted.emit()


def _limited(budget: Budget) -> bool:
    return budget.effort is not None or budget.money is not None


def _framed(panel: QWidget, margin: int) -> QWidget:
    """Return a panel with some room around it."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(margin, margin, margin, margin)
    column.addWidget(panel)
    return frame
