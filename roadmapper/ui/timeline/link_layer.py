"""LinkLayer: which link lies under the pointer, which are selected, and the marks of a gesture above the bars."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QPointF, QRectF

from roadmapper.chart.lanes import Lanes
from roadmapper.chart.link_hits import Curve, curve_between, nearest
from roadmapper.chart.painter import Painter
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import trn
from roadmapper.ui.timeline.marks import Chosen, Marks
from roadmapper.ui.timeline.view import TimelineView

MOST_LINKS = 400


class LinkLayer:
    """Knows where the links of a view run, worked out anew only when the picture has changed."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._known: tuple[object, ...] = ()
        self._lanes: Lanes | None = None
        self._plan: Plan | None = None
        self._curves: list[tuple[EntityId, Curve]] = []
        self._marked: tuple[object, ...] = ()
        self._marked_lanes: Lanes | None = None
        self.marks = Marks()

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Paint the marks and the selected links, where they run in the picture as it is just now."""
        state = self._state()
        if state != self._marked or self._view.lanes is not self._marked_lanes:
            self._marked, self._marked_lanes = state, self._view.lanes
            self.marks = replace(self.marks, links=self.chosen())
        self.marks.paint(painter, body)

    def at(self, point: QPointF) -> EntityId | None:
        """Return the link whose curve runs within five pixels of a point of the viewport."""
        if point.y() < self._view.header:
            return None
        return nearest(self._shown(), point.x(), point.y(), self._view.theme.unit)

    def chosen(self) -> tuple[Chosen, ...]:
        """Return the links that are selected, and where they run."""
        plan, found = self._view.editor.plan, []
        for key in self._view.selection.ids:
            link = plan.links.get(key)
            curve = self._curve(link) if link is not None else None
            if link is not None and curve is not None:
                lag = trn("{n} day", "{n} days", link.lag_days) if link.lag_days else ""
                found.append(Chosen(curve, lag, self._broken(link)))
        return tuple(found)

    def middle(self, key: EntityId) -> QPointF | None:
        """Return the middle of a link in the viewport, or None where it is not in the picture."""
        link = self._view.editor.plan.links.get(key)
        curve = self._curve(link) if link is not None else None
        return QPointF(*curve.at(0.5)) if curve is not None else None

    def _shown(self) -> list[tuple[EntityId, Curve]]:
        """Return the links that are painted: of the bars in view; of too many, those that say something just now."""
        view = self._view
        state = self._state()
        if view.lanes is self._lanes and view.editor.plan is self._plan and state == self._known:
            return self._curves
        self._lanes, self._plan = view.lanes, view.editor.plan
        self._known = state
        self._curves = self._made()
        return self._curves

    def _state(self) -> tuple[object, ...]:
        view = self._view
        return view.scale, view.left, view.top, view.viewport().size(), view.selection.focused

    def _made(self) -> list[tuple[EntityId, Curve]]:
        view, plan = self._view, self._view.editor.plan
        unit, height = view.theme.unit, view.viewport().height() - view.header
        first, last = view.scale.day(view.left), view.scale.day(view.left + view.viewport().width()) + timedelta(1)
        links: dict[EntityId, Link] = {}
        for number in view.lanes.between(view.top / unit, (view.top + height) / unit):
            for bar in view.lanes.lanes[number].visible(first, last):
                links.update((link.id, link) for link in plan.links_by_increment.get(bar.increment.id, ()))
        told = list(links.values())
        if len(told) > MOST_LINKS:
            focused = view.selection.focused
            told = [k for k in told if focused in (k.before, k.after) or self._broken(k)][:MOST_LINKS]
        curves = ((link.id, self._curve(link)) for link in told)
        return [(key, curve) for key, curve in curves if curve is not None]

    def _curve(self, link: Link) -> Curve | None:
        """Return where a link runs in the viewport; None where one of its bars is in no lane."""
        one, two = self._view.bar_rect(link.before), self._view.bar_rect(link.after)
        if one is None or two is None:
            return None
        start, end = (one.right(), one.center().y()), (two.left(), two.center().y())
        return curve_between(start, end, self._view.theme.unit)

    def _broken(self, link: Link) -> bool:
        one, two = (self._view.editor.plan.increments[key] for key in (link.before, link.after))
        return one.counts and two.counts and one.span.end + timedelta(link.lag_days) > two.span.start
