"""Comparing: holds the point of the journal that the plan is compared with, and what is otherwise since."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.against_baseline import Against, ProjectAgainst, against, figures_against
from roadmapper.ui.editor import Editor
from roadmapper.workspace.points import Point
from roadmapper.workspace.workspace import PlanDelta

FIGURES_MS = 60
KEPT = 3
MOST_AT_ONCE = 500
"""Where more than so many are otherwise, an edit does not wait for them to be counted."""


class Comparing(QObject):
    """What the timeline is compared with. *changed* is sent when that is, or what is otherwise.

    What moved, came and went is known at once after an edit unless it is very much, *figures* a moment later. *refused*
    carries why a point cannot be had.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._plans: dict[int, Plan] = {}
        self.point: Point | None = None
        self.against = Against()
        self.figures: tuple[ProjectAgainst, ...] = ()
        self._soon = QTimer(self, interval=FIGURES_MS, singleShot=True)
        self._soon.timeout.connect(self._count)
        editor.opened.connect(self._begin_anew)
        editor.changed.connect(self._follow)

    @property
    def then(self) -> Plan | None:
        """Return the plan that is compared with; None while nothing is compared."""
        return self._plans.get(self.point.seq) if self.point is not None else None

    def choose(self, point: Point | None) -> None:
        """Compare with a point from now on, or with none; one that cannot be had is refused."""
        if point is not None and self.plan_at(point.seq) is None:
            return
        self.point = point
        self._compare()
        self._count()

    def plan_at(self, seq: int) -> Plan | None:
        """Return the plan as it stood then, reading back under a waiting pointer; None where that is refused."""
        if seq not in self._plans:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                found = self._editor.plan_at(seq)
            except Refused as refusal:
                self.refused.emit(str(refusal))
                return None
            finally:
                QGuiApplication.restoreOverrideCursor()
            keep = self.point.seq if self.point is not None else None
            while len(self._plans) >= KEPT:  # what is compared with stays at hand
                del self._plans[next(k for k in self._plans if k != keep)]
            self._plans[seq] = found
        return self._plans[seq]

    def _begin_anew(self) -> None:
        """Let go of what belongs to another roadmap."""
        self._plans.clear()
        self.point = None
        self._compare()
        self._count()

    def _follow(self, delta: PlanDelta) -> None:
        """Compare anew after an edit; a baseline that is renamed or gone is followed."""
        point = self.point
        if point is None:
            return
        if point.baseline is not None and any(c.table == "baselines" for c in delta.changes):
            baseline = self._editor.plan.baselines.get(point.baseline)
            if baseline is None:
                self.choose(None)
                return
            self.point = replace(point, title=baseline.title)
        if len(self.against.by_id) < MOST_AT_ONCE:
            self._compare()
        self._soon.start()

    def _compare(self) -> None:
        then = self.then
        self.against = against(then, self._editor.plan) if then is not None else Against()
        self.changed.emit()

    def _count(self) -> None:
        self._soon.stop()
        if len(self.against.by_id) >= MOST_AT_ONCE:
            self._compare()
        then = self.then
        self.figures = figures_against(then, self._editor.plan, self.against.touched) if then is not None else ()
        self.changed.emit()
