"""StripDeeds: what the View menu does under and above the lanes - strips, overview, quarters, weeks, fit selection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.timeline.page import LOAD, REVENUE, TimelinePage
from roadmapper.ui.timeline.stack import TALLEST
from roadmapper.ui.timeline.strips import LEAST

FLAGS = {LOAD: True, REVENUE: True, "overview_bar": True, "fiscal_quarters": True, "iso_weeks": False}
AROUND = 0.06


class StripDeeds(QObject):
    """Commands that change what is shown around the lanes, remembered between two runs."""

    def __init__(self, editor: Editor, page: TimelinePage, settings: Settings) -> None:
        super().__init__(page)
        self._editor = editor
        self._page = page
        self._settings = settings
        self._actions: Mapping[str, QAction] = {}
        self._flags = {name: settings.flag(name, otherwise=usual) for name, usual in FLAGS.items()}
        for name, strip in page.strips.items():
            height = settings.number(f"{name}_height", round(strip.usual), round(LEAST), TALLEST)
            page.stack.set_height(name, height)
            page.stack.show_strip(name, shown=self._flags[name])
        page.strips[LOAD].hidden_by_hand.connect(self._hide_load)
        page.strips[REVENUE].hidden_by_hand.connect(self._hide_revenue)
        page.overview.setVisible(self._flags["overview_bar"])
        page.stack.drawn.connect(self._remember_heights)
        editor.opened.connect(self._read_header)
        editor.changed.connect(self._read_header)

    def furnish(self, actions: Mapping[str, QAction]) -> None:
        """Show in the menu what is chosen so far."""
        self._actions = actions
        for name, on in self._flags.items():
            actions[name].setChecked(on)
        self._read_header()

    def team_load(self, shown: bool) -> None:
        """Show or hide the load of the teams."""
        self._choose(LOAD, shown)
        self._page.stack.show_strip(LOAD, shown=shown)

    def revenue_curve(self, shown: bool) -> None:
        """Show or hide what is earned month by month."""
        self._choose(REVENUE, shown)
        self._page.stack.show_strip(REVENUE, shown=shown)

    def overview_bar(self, shown: bool) -> None:
        """Show or hide the whole roadmap in small."""
        self._choose("overview_bar", shown)
        self._page.overview.setVisible(shown)

    def fiscal_quarters(self, on: bool) -> None:
        """Let quarters and years begin with the fiscal year of the roadmap, or with January."""
        self._choose("fiscal_quarters", on)
        self._read_header()

    def iso_weeks(self, on: bool) -> None:
        """Show numbers of weeks instead of months wherever they can be read."""
        self._choose("iso_weeks", on)
        self._read_header()

    def fit_selection(self) -> None:
        """Zoom until just what is selected fills the chart; the whole horizon where nothing is."""
        canvas, span = self._page.canvas, self._selected()
        if span is None:
            canvas.fit()
            return
        margin = max(span.days * AROUND, 3.0)
        wide = max(canvas.viewport().width(), 50)
        canvas.zoom(wide / (span.days + 2 * margin) / canvas.scale.day_width)
        spare = (wide - span.days * canvas.scale.day_width) / 2
        canvas.horizontalScrollBar().setValue(round(canvas.scale.x(span.start) - spare))
        if canvas.selection.focused is not None:
            canvas.reveal(canvas.selection.focused)

    def _selected(self) -> DateSpan | None:
        """Return the days from the first to the last of what is selected."""
        spans = [span for key in self._page.canvas.selection.ids for span in self._spans(key)]
        return DateSpan(min(s.start for s in spans), max(s.end for s in spans)) if spans else None

    def _spans(self, key: EntityId) -> list[DateSpan]:
        plan = self._editor.plan
        if key in plan.increments:
            return [plan.increments[key].span]
        if key in plan.projects:
            return [i.span for i in plan.increments_by_project.get(key, ())] or [plan.projects[key].original]
        if key in plan.checkpoints and plan.checkpoints[key].increment in plan.increments:
            return [i.span for i in plan.increments.values() if i.id == plan.checkpoints[key].increment]
        if key in plan.links:
            return [plan.increments[k].span for k in (plan.links[key].before, plan.links[key].after)]
        return []

    def _hide_load(self) -> None:
        self._actions[LOAD].trigger()

    def _hide_revenue(self) -> None:
        self._actions[REVENUE].trigger()

    def _choose(self, name: str, on: bool) -> None:
        self._flags[name] = on
        self._settings.remember(name, on)

    def _remember_heights(self) -> None:
        for name in self._page.strips:
            self._settings.remember(f"{name}_height", self._page.stack.height_of(name))

    def _read_header(self) -> None:
        """Show in the header what is chosen; a fiscal year can be chosen only where it is not the calendar year."""
        month = self._editor.plan.roadmap.fiscal_year_month
        if "fiscal_quarters" in self._actions:
            self._actions["fiscal_quarters"].setEnabled(month != 1)
            words = tr("Quarters of the fiscal year; that of this roadmap is the calendar year.")
            self._actions["fiscal_quarters"].setToolTip("" if month != 1 else words)
        canvas = self._page.canvas
        fiscal = month if self._flags["fiscal_quarters"] else 1
        scale = replace(canvas.scale, fiscal_month=fiscal, week_numbers=self._flags["iso_weeks"])
        if scale != canvas.scale:
            canvas.scale = scale
            canvas.viewport().update()
            canvas.scaled.emit()
