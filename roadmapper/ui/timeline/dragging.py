"""DragView: a drag on the timeline from the press to the drop - its ghost, its price, and how it is given up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.chart.drag import Deed, Drag
from roadmapper.chart.hits import Hit, Part
from roadmapper.chart.lanes import Arrangement, Lane
from roadmapper.chart.timescale import TimeScale, Zoom
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.grouping import lane_key_of
from roadmapper.planning.team_load import TeamLoads, loads_of
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.card import card_of, far_card, link_card, refused_card
from roadmapper.ui.timeline.gestures import carried_out, label_of, neighbours, prepare, tried, within_reach
from roadmapper.ui.timeline.painted_view import DOT_AT
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.timeline.view import TimelineView
from roadmapper.workspace.edits.increments import left_text
from roadmapper.workspace.edits.links import add_link

REACH = 28.0
TOWARDS = 10.0
NEAR_ACROSS, NEAR_DOWN = 48.0, 96.0
"""How far beside and below the chart a hand may go astray."""
DOT_REACH = 5.0
LEAST_STEP, MOST_STEP = 6, 36
BEAT = 30
"""Milliseconds between two steps in which the view scrolls by itself."""
REST = 400
"""Milliseconds after which a hand rests."""
EDGES = (Part.START_EDGE, Part.END_EDGE)
MOST_AT_REST, MOST_AT_ONCE = 5_000, 300
"""Of how many increments the loads of the teams are worked out while the hand rests, and in mid-drag."""
NONE = Qt.KeyboardModifier.NoModifier


class DragView(TimelineView):
    """The timeline with a drag under way: a value, of which the view shows what it would do.

    *said* is sent with a sentence that does no harm if it is missed.
    """

    said = Signal(str)

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(editor, selection, theme, today, parent)
        self._base: Plan | None = None
        self._part: Plan | None = None
        self._held: list[EntityId] = []
        self._pressed = QPointF()
        self._free = self._turned = self._one_axis = False
        self._near: tuple[Zoom, list[date]] | None = None
        self._answered: tuple[object, ...] | None = None
        self._loads: tuple[Plan, TeamLoads] | None = None
        self.refusal = ""
        self.link_target: EntityId | None = None
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._scroll_on)
        editor.changed.connect(self.cancel_drag)
        editor.opened.connect(self.cancel_drag)
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(self._prepare)
        editor.opened.connect(self._rest.start)
        editor.changed.connect(self._rest.start)
        selection.ways_changed.connect(self.drag_on)

    def _prepare(self) -> None:
        """Have known, while the hand rests, what the first step of a drag would otherwise wait for."""
        prepare(self.editor.plan)
        self._known_loads(MOST_AT_REST)

    def _known_loads(self, most: int) -> TeamLoads | None:
        """Return the loads of the teams: worked out for at most so many increments, else only if they are known."""
        plan = self.editor.plan
        if (self._loads is None or self._loads[0] is not plan) and len(plan.increments) <= most:
            self._loads = plan, loads_of(plan)
        return self._loads[1] if self._loads is not None and self._loads[0] is plan else None

    @override
    def hit_at(self, point: QPointF) -> Hit:
        """Return what lies at a point of the viewport; nothing does on the time header."""
        if point.y() < self.header:
            return Hit(Part.NOTHING, self.scale.day(point.x() + self.left))
        found = super().hit_at(point)
        return self._dot_hit(point, found) or found

    def _dot_hit(self, point: QPointF, below: Hit) -> Hit | None:
        """Return the dot that is shown there: it lies above the next bar where that begins at once, but for its edges.

        *below* is what lies there otherwise.
        """
        if self.drag is not None or not self.editor.may_plan:
            return None
        unit = self.theme.unit
        for key in (self.hovered, self.selection.focused):
            found = self.lanes.find(key) if key is not None else None
            rect = self.bar_rect(key) if found is not None and key is not None else None
            if found is None or rect is None:
                continue
            away = point - QPointF(rect.right() + DOT_AT * unit, rect.center().y())
            edge = below.part in EDGES and below.bar is not None and below.bar.increment.id != key
            if hypot(away.x(), away.y()) <= DOT_REACH * unit and not edge:
                return Hit(Part.DOT, self.scale.day(point.x() + self.left), found[0], found[1])
        return None

    @property
    @override
    def moving(self) -> tuple[EntityId, ...]:
        """Return the increments that the gesture under way takes along."""
        return tuple(self._dragged()) if self.drag is not None and self.drag.begun else ()

    @property
    def free(self) -> bool:
        """Return whether what is dragged rests on any day: chosen for good, turned round by N, or while Alt is held."""
        return self._free or self.selection.precise != self._turned

    @override
    def arrange(self, arrangement: Arrangement, touched: Collection[EntityId] | None = None) -> None:
        """Lay the lanes out in another way; a drag is given up where its lanes are others then."""
        if arrangement.grouping is not self.arrangement.grouping:
            self.cancel_drag()
        super().arrange(arrangement, touched)

    def begin(self, drag: Drag, point: QPointF) -> None:
        """Take hold at *point*; nothing is shown before the pointer has moved a few pixels."""
        plan = self.editor.plan
        self.drag = replace(drag, grouping=self.arrangement.grouping)
        self._pressed, self._turned, self.refusal, self.link_target = point, False, "", None
        self._held = [drag.key] if drag.key is not None else []
        if drag.deed is Deed.MOVE and drag.key is not None:
            self._held = self.with_selected(drag.key)
        projects = {plan.increments[k].project for k in self._dragged() if k in plan.increments}
        if drag.deed is Deed.CHECKPOINT and drag.key is not None:
            projects = {plan.checkpoints[drag.key].project}
        self._base = self._part = plan.only(projects)
        self._near = self._answered = None

    def with_selected(self, key: EntityId) -> list[EntityId]:
        """Return *key* and what is selected beside it: a pinned one moves only if held itself, and history never."""
        plan = self.editor.plan
        others = [plan.increments[k] for k in self.selection.ids if k in plan.increments]
        return list(dict.fromkeys([key, *(i.id for i in others if not i.pinned and not i.finished)]))

    def tell_left(self) -> None:
        """Say what of the selection is history, and so did not move with the rest."""
        left = left_text(self.editor.plan, self.selection.ids)
        if left:
            self.said.emit(left)

    def follow(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Carry the drag on to *point*; while that lies at an edge, the view scrolls by itself."""
        self.pointer = point
        self.hold_keys(
            free=bool(modifiers & Qt.KeyboardModifier.AltModifier),
            one_axis=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        )
        self.scroll_by_itself()

    def hold_keys(self, *, free: bool | None = None, one_axis: bool | None = None, turn: bool = False) -> None:
        """Go on with keys held or let go: *free* of snapping, on *one_axis*; *turn* changes snapping until the drop."""
        self._free = self._free if free is None else free
        self._one_axis = self._one_axis if one_axis is None else one_axis
        self._turned = self._turned != turn
        self.drag_on()

    def drag_on(self) -> None:
        """Show what the drag would do now: the ghost, what it pushes, and its price."""
        if self.drag is None or self._base is None:
            return
        try:
            moved = self._moved(self.drag, self._base)
            if self._far(self.pointer):
                moved = self._show_far(moved)
            elif moved.deed is Deed.LINK:
                self._show_link(moved)
            elif moved.begun:
                self._show_trial(moved)
            self.drag = moved
        except Refused:
            return  # a date no plan can hold: the ghost stays where it was last possible
        self.show_marks()

    def show_marks(self) -> None:
        """Mark where what is dragged would land."""
        self.show_gesture()

    def _far(self, point: QPointF) -> bool:
        """Return whether a point lies so far outside the chart that nobody can mean a day or a row of it."""
        across, down = NEAR_ACROSS * self.theme.unit, NEAR_DOWN * self.theme.unit
        return not QRectF(self.viewport().rect()).adjusted(-across, -down, across, down).contains(point)

    def _show_far(self, drag: Drag) -> Drag:
        """Show that a drop out there would change nothing; return the drag as if it had come back."""
        self._answered = self.link_target = self.trial = None
        self.refusal, self.pushed = "", ()
        self.card = far_card(self.editor.plan, drag)
        return replace(drag, days=0, lane=None)

    def _inside(self) -> QPointF:
        """Return the point of the chart that is nearest to the pointer."""
        size = self.viewport().size()
        at = self.pointer
        return QPointF(min(max(at.x(), 0.0), size.width() - 1.0), min(max(at.y(), 0.0), size.height() - 1.0))

    def _moved(self, drag: Drag, base: Plan) -> Drag:
        at = self._inside()
        lane, zoom, x = self.lane_under(), self.scale.zoom, at.x() + self.left
        if self._near is None or self._near[0] is not zoom:
            self._near = zoom, sorted(set(neighbours(base, drag, self._dragged(), zoom)))
        return drag.moved(
            x,
            at.y(),
            self.scale,
            free=self.free or drag.deed is Deed.CHECKPOINT,
            neighbours=within_reach(self._near[1], drag, x, self.scale),
            lane=lane.key if lane is not None else None,
            one_axis=self._one_axis,
        )

    def lane_under(self) -> Lane | None:
        """Return the lane under the pointer in which what is moved does not stand yet; None where there is no other."""
        drag, plan = self.drag, self.editor.plan
        if drag is None or drag.deed is not Deed.MOVE or drag.key not in plan.increments or drag.key is None:
            return None
        height = self._inside().y() - self.header
        number = self.lanes.at((height + self.top) / self.theme.unit) if height >= 0 else None
        if number is None:
            return None
        lane = self.lanes.lanes[number]
        home = lane_key_of(plan, plan.increments[drag.key], drag.grouping)
        return lane if lane.key != home else None

    def _show_trial(self, moved: Drag) -> None:
        """Show what dropping *moved* would do; raises Refused where no plan can hold its days."""
        if self._part is None:
            return
        plan, push = self.editor.plan, self.selection.pushing
        wanted = (moved.days, moved.lane, push, self.free)
        if wanted == self._answered:
            return  # it would land where it would have landed a pixel ago
        self.refusal, self._answered = "", None
        try:
            trial = tried(plan, self._part, moved, self._dragged(), push=push)
        except Refused as refusal:
            if moved.lane is None:
                raise
            self.refusal, self.trial, self.pushed = str(refusal), None, ()
            self.card, self._answered = refused_card(plan, moved, self.refusal), wanted
            return
        self._part, self.trial, self.pushed = trial.before, trial.after, trial.pushed.keys()
        loads = self._known_loads(MOST_AT_ONCE)
        self.card, self._answered = card_of(trial, moved, push=push, free=self.free, loads=loads), wanted

    def _show_link(self, moved: Drag) -> None:
        found = self.hit_at(self.pointer).bar if moved.begun else None
        target = found.increment.id if found is not None and found.increment.id != moved.key else None
        if target != self.link_target:
            self.link_target = target
            self.card = link_card(self.editor.plan, moved.key, target) if moved.key is not None and target else []

    @override
    def _set_scale(self, scale: TimeScale, left: float | None = None) -> None:
        """Zoom; a drag keeps hold of the day where it began."""
        drag, old = self.drag, self.scale
        super()._set_scale(scale, left)
        if drag is not None:
            grip = drag.x / old.day_width + (old.origin - self.scale.origin).days
            self.drag = replace(drag, x=grip * self.scale.day_width)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; a drag keeps hold of the row where it began."""
        super().scrollContentsBy(dx, dy)
        if self.drag is not None:
            self.drag = replace(self.drag, y=self.drag.y + dy)

    def scroll_by_itself(self) -> None:
        """Begin to scroll while the pointer rests at an edge, or end it."""
        if self._steps() != (0, 0):
            if not self._beat.isActive():
                self._beat.start()
        else:
            self._beat.stop()

    def _scroll_on(self) -> None:
        across, down = self._steps()
        if not across and not down:
            self._beat.stop()
            return
        self.scroll_beyond(across)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + down)
        self.gone_on()

    def gone_on(self) -> None:
        """Go on with what is under way, because the picture moved below the pointer."""
        self.drag_on()

    def scrolls_rows(self) -> bool:
        """Return whether what is under way may scroll rows by itself, not only time."""
        return self.drag is not None and self.drag.deed in (Deed.MOVE, Deed.LINK)

    def reaches(self) -> bool:
        """Return whether anything is under way that scrolls at the edges."""
        return self.drag is not None and self.drag.begun

    def _steps(self) -> tuple[int, int]:
        """Return by how many pixels to scroll now: the nearer to an edge, the more, and only towards where one went."""
        if not self.reaches() or self._far(self.pointer):
            return 0, 0
        size, at = self.viewport().size(), self.pointer
        went = at - self._pressed
        across = _step(at.x(), 0.0, size.width(), went.x())
        down = _step(at.y(), self.header, size.height(), went.y()) if self.scrolls_rows() else 0
        return across, down

    def drop(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Drop: one edit, one undo step - or nothing, where it was only a click or is refused."""
        if self.drag is None:
            return
        drag, ids, plan, refusal = self.drag, self._dragged(), self.editor.plan, self.refusal
        if drag.begun and (self._far(self.pointer) or self._far(point)):
            self.cancel_drag()
            self.said.emit(tr("Let go outside the timeline, so nothing was changed."))
        elif drag.deed is Deed.LINK and drag.begun:
            self._drop_link(drag, point)
        elif refusal:
            self.cancel_drag()
            self.editor.refused.emit(refusal)
        elif drag.begun and drag.changes:
            label = label_of(plan, drag, ids)
            self.cancel_drag()
            if self.editor.run(label, carried_out, drag, ids, push=self.selection.pushing) and drag.deed is Deed.MOVE:
                self.tell_left()
        elif not drag.begun and drag.deed is not Deed.CHECKPOINT and modifiers == NONE and drag.key is not None:
            self.selection.set([drag.key])
        self.cancel_drag()

    def _drop_link(self, drag: Drag, point: QPointF) -> None:
        bar = self.hit_at(point).bar
        if bar is not None and drag.key is not None and bar.increment.id != drag.key:
            self.cancel_drag()
            link = Link(new_id("link"), drag.key, bar.increment.id)
            if self.editor.run(tr("Link to “{title}”").format(title=bar.increment.title), add_link, link):
                self.selection.set([link.id])

    def _dragged(self) -> list[EntityId]:
        """Return the increments that the gesture moves; whatever keys select meanwhile does not go along."""
        return self._held if self.drag is not None else []

    def cancel_drag(self) -> None:
        """Take everything back that the gesture shows; the plan was never touched."""
        self._beat.stop()
        if self.drag is not None or self.card:
            self.drag, self.trial, self._base, self._part = None, None, None, None
            self._near = self._answered = None
            self.card, self.pushed, self.refusal, self.link_target = [], (), "", None
            self.viewport().update()


def _step(at: float, first: float, last: float, went: float) -> int:
    """Return by how much to scroll with the pointer at *at* between two edges, having gone *went* pixels."""
    before, after = first + REACH - at, at - (last - REACH)
    if before > 0 and went <= -TOWARDS:
        return -round(min(LEAST_STEP + before, MOST_STEP))
    if after > 0 and went >= TOWARDS:
        return round(min(LEAST_STEP + after, MOST_STEP))
    return 0
