"""HistoryDeeds: what the menus do about the past - show it, go back, name its points, compare the plan with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from roadmapper.domain.baseline import Baseline
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import day_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.baseline_overlay import BaselineUnderlay
from roadmapper.ui.timeline.compare_banner import CompareBanner
from roadmapper.ui.timeline.comparing import Comparing
from roadmapper.ui.timeline.corner_overlay import CornerOverlay
from roadmapper.ui.timeline.history_words import GONE_BACK, moment_text, what_words
from roadmapper.ui.timeline.page import TimelinePage
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.widgets.labels import unmarked
from roadmapper.workspace.edits.baselines import change_baselines, set_baseline
from roadmapper.workspace.edits.restores import restore
from roadmapper.workspace.history import Noted
from roadmapper.workspace.points import Point, in_order, named_points, own_points
from roadmapper.workspace.session import Session

MOST_NUMBERED = 9
SHOWN = "history"


class HistoryDeeds(QObject):
    """Commands about the past, and what they show. *refused* and *said* carry a sentence."""

    refused = Signal(str)
    said = Signal(str)
    timeline_wanted = Signal()

    def __init__(
        self,
        editor: Editor,
        timeline: TimelinePage,
        selection: Selection,
        theme: Theme,
        settings: Settings,
        session: Session,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._editor = editor
        self._timeline = timeline
        self._selection = selection
        self._theme = theme
        self._settings = settings
        self._session = session
        self._window = window
        self._actions: Mapping[str, QAction] = {}
        self._points = QActionGroup(self)
        self._menu = QMenu(window)
        self.panel: Any = None  # a HistoryPanel, made when it is first asked for
        self.comparing = Comparing(editor, self)
        self.banner = CompareBanner(editor, self.comparing, theme, timeline)
        canvas = timeline.canvas
        canvas.underlays.append(BaselineUnderlay(self.comparing, canvas))
        canvas.overlays.append(CornerOverlay(self.comparing, canvas))
        timeline.put_above(self.banner)
        self.comparing.changed.connect(canvas.viewport().update)
        self.comparing.refused.connect(self.refused)
        self.banner.wanted.connect(self._lead)
        self._menu.aboutToShow.connect(self._fill)
        self._points.triggered.connect(self._choose)

    def introduce(self, session: Session) -> None:
        """Go on as whoever works here now."""
        self._session = session
        self.catch_up()

    def catch_up(self) -> None:
        """Show what was done since, and what was written of it."""
        if self.panel is not None:
            self.panel.refresh()

    def furnish(self, actions: Mapping[str, QAction]) -> None:
        """Fill the menus, and show the history if it was shown when the program ended."""
        self._actions = actions
        actions["compare"].setMenu(self._menu)
        actions["details"].toggled.connect(self._make_room)
        if self._settings.flag(SHOWN, otherwise=False):
            actions["history"].setChecked(True)
            self.history(shown=True)

    def make_narrow(self, *, narrow: bool) -> None:
        """Leave the room to the timeline where there is little of it: no details then, and no history.

        Where there is room again, the one comes back that was chosen last.
        """
        history = self._settings.flag(SHOWN, otherwise=False) and not narrow
        self._actions["details"].setChecked(not narrow and not history)
        self._timeline.inspector.setVisible(not narrow and not history)
        if self.panel is not None:
            self._actions["history"].setChecked(history)
            self.panel.setVisible(history)

    def history(self, shown: bool) -> None:
        """Show the history in the place of the details, or put it away again."""
        self._settings.remember(SHOWN, shown)
        if shown and self.panel is None:
            self._make_panel()
        if self.panel is None:
            return
        self.panel.setVisible(shown)
        self._actions["details"].setChecked(not shown)
        self._timeline.inspector.setVisible(not shown)
        if shown:
            self.panel.list.setFocus()

    def set_baseline(self) -> None:
        """Give the plan as it stands now a name."""
        self._name(self._editor.length)

    def baselines(self) -> None:
        """Rename baselines, or take them away."""
        plan = self._editor.plan
        times = {s.seq: s.at for s in self._steps()}
        listed = [(b, self._words_of(b, times.get(b.seq, b.when))) for b in in_order(plan)]
        module = import_module("roadmapper.ui.dialogs.baseline_dialog")
        dialog = module.BaselinesDialog(plan, listed, parent=self._window)
        if dialog.exec():
            put, removed = dialog.result_baselines()
            self._editor.run(tr("Change the baselines"), change_baselines, put, removed)

    def go_back(self, seq: int) -> None:
        """Make the plan as it stood after row *seq* the plan of now, if the user wants that after all."""
        self._show_step(seq, back=True)

    def look(self, seq: int) -> None:
        """Show the plan as it stood after row *seq*."""
        self._show_step(seq, back=False)

    def compare_with(self, seq: int) -> None:
        """Compare the plan with how it stood after row *seq*."""
        step = self._step(seq)
        if step is not None:
            named = next((p for p in named_points(self._editor.plan, [step]) if p.seq == seq), None)
            self._begin(named or Point(seq, what_words(step), step.at))

    def _make_panel(self) -> None:
        module = import_module("roadmapper.ui.timeline.history_panel")
        self.panel = panel = module.HistoryPanel(self._editor, self._theme, self._timeline)
        self._timeline.put_beside(panel)
        panel.back_wanted.connect(self.go_back)
        panel.look_wanted.connect(self.look)
        panel.compare_wanted.connect(self.compare_with)
        panel.baseline_wanted.connect(self._name)
        panel.closed.connect(self._close)

    def _close(self) -> None:
        self._actions["history"].setChecked(False)
        self.history(shown=False)

    def _make_room(self, details: bool) -> None:
        """Put the history away where the details take its place."""
        if details and self.panel is not None and self.panel.isVisibleTo(self._timeline):
            self._actions["history"].setChecked(False)
            self._settings.remember(SHOWN, False)
            self.panel.hide()

    def _fill(self) -> None:
        """Offer what the plan can be compared with now."""
        for action in self._menu.actions():
            self._points.removeAction(action)
        self._menu.clear()
        steps, plan = self._steps(), self._editor.plan
        current = self.comparing.point
        self._offer(tr("&Nothing"), None, chosen=current is None)
        number = 0
        for points in (named_points(plan, steps), own_points(plan, steps)):
            if points:
                self._menu.addSeparator()
            for point in points:
                number += 1
                self._offer(self._numbered(number, point), point, chosen=point == current)
        if current is not None and self._points.checkedAction() is None:
            self._menu.addSeparator()
            self._offer(tr("&Step: {title}").format(title=_plain(current.title)), current, chosen=True)
        if self._editor.may_plan:
            self._menu.addSeparator()
            self._menu.addAction(tr("Set a &baseline…")).triggered.connect(self.set_baseline)
            manage = self._menu.addAction(tr("&Rename or delete baselines…"))
            manage.setEnabled(bool(plan.baselines))
            manage.triggered.connect(self.baselines)

    def _numbered(self, number: int, point: Point) -> str:
        words = f"{_plain(point.title)} ({day_text(point.when.astimezone().date())})"
        return f"&{number} {words}" if number <= MOST_NUMBERED else words

    def _offer(self, words: str, point: Point | None, *, chosen: bool) -> None:
        action = self._menu.addAction(words)
        action.setCheckable(True)
        action.setData(point)
        self._points.addAction(action)
        action.setChecked(chosen)

    def _choose(self, action: QAction) -> None:
        self._begin(action.data())

    def _begin(self, point: Point | None) -> None:
        self.comparing.choose(point)
        if point is not None:
            self.timeline_wanted.emit()

    def _lead(self, key: str) -> None:
        """Show what a list of the banner names; what is gone is looked for by its days."""
        plan, then = self._editor.plan, self.comparing.then
        entity = EntityId(key)
        if entity in plan.increments or entity in plan.projects:
            self._selection.set([entity])
            self._timeline.canvas.reveal(entity)
        elif then is not None and entity in then.increments:
            gone = then.increments[entity]
            self._timeline.canvas.go_to(gone.span.start)
            words = tr("“{title}” stood here, from {day} on.")
            self.said.emit(words.format(title=gone.title, day=day_text(gone.span.start)))

    def _name(self, seq: int) -> None:
        plan, step = self._editor.plan, self._step(seq)
        if step is None:
            return
        module = import_module("roadmapper.ui.dialogs.baseline_dialog")
        last = seq == self._editor.length
        words = tr("It names the plan as it stands now.")
        if not last:
            words = tr("It names the plan of {when} · {label}.")
        wished = tr("Plan of {day}").format(day=day_text(step.at.astimezone().date()))
        baseline = Baseline(new_id("base"), module.free_name(plan, wished), seq, datetime.now(UTC), self._session.who)
        words = words.format(label=_short(what_words(step)), when=moment_text(step.at))
        dialog = module.BaselineDialog(plan, baseline, words, self._editor.length, parent=self._window)
        if dialog.exec():
            named = dialog.baseline()
            label = tr("Set the baseline “{title}”").format(title=named.title)
            if self._editor.run(label, set_baseline, named, self._editor.length):
                words = tr("“{title}” is set: View > Compare with shows what is otherwise since.")
                self.said.emit(words.format(title=named.title))

    def _show_step(self, seq: int, *, back: bool) -> None:
        step = self._step(seq)
        then = self.comparing.plan_at(seq) if step is not None else None
        if step is None or then is None:
            return
        when, since = moment_text(step.at), self._editor.length - seq
        module = import_module("roadmapper.ui.dialogs.step_dialog")
        label, today = _short(what_words(step)), self._session.today()
        dialog = module.StepDialog(self._editor.plan, then, when, label, since, today, back=back, parent=self._window)
        if dialog.exec() and back:
            self._editor.run(tr(GONE_BACK).format(when=when), restore, then)

    def _step(self, seq: int) -> Noted | None:
        """Return a row of the journal, or None where it cannot be read, which is said."""
        found = self._steps(seq - 1)
        return found[0] if found else None

    def _steps(self, after: int = 0) -> Sequence[Noted]:
        try:
            return self._editor.steps(after)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return []

    def _words_of(self, baseline: Baseline, at: datetime) -> str:
        words = tr("step {n}, {when}").format(n=baseline.seq, when=moment_text(at))
        return tr("{point} · set by {who}").format(point=words, who=baseline.who) if baseline.who else words


def _short(label: str) -> str:
    return label if len(label) <= 80 else label[:79].rstrip() + "…"


def _plain(title: str) -> str:
    """Return a title for a menu, in which "&" would mark a key."""
    return unmarked(_short(title))
