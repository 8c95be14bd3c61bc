"""TimelineCanvas: the timeline under the hand - drags, clicks and keys become edits, each one undo step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from roadmapper.chart.drag import Deed, Drag
from roadmapper.chart.hits import Hit, Part
from roadmapper.chart.lanes import Bar
from roadmapper.chart.snapping import nudged
from roadmapper.chart.timescale import TimeScale
from roadmapper.chart.walking import Way, next_bar
from roadmapper.domain.dates import DateSpan, later, monday
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Increment, Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.card import card_of
from roadmapper.ui.timeline.gestures import carried_out, label_of, neighbours, tried, words_for
from roadmapper.ui.timeline.namer import Namer
from roadmapper.ui.timeline.selection import Selection
from roadmapper.ui.timeline.view import TimelineView
from roadmapper.workspace.edits.increments import add_increment, change_increment, move_increments, resize_increment
from roadmapper.workspace.edits.links import add_link

DEEDS = {Part.BODY: Deed.MOVE, Part.START_EDGE: Deed.RESIZE_START, Part.END_EDGE: Deed.RESIZE_END, Part.DOT: Deed.LINK}
CURSORS = {
    Part.BODY: Qt.CursorShape.OpenHandCursor,
    Part.START_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.END_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.DOT: Qt.CursorShape.CrossCursor,
    Part.DIAMOND: Qt.CursorShape.PointingHandCursor,
}
WAYS = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Home: Way.FIRST,
    Qt.Key.Key_End: Way.LAST,
}
NEW_DAYS = 26
FINISHED = (Status.DELIVERED, Status.CANCELLED)


class TimelineCanvas(TimelineView):
    """The timeline that can be taken hold of."""

    details_wanted = Signal()

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(editor, selection, theme, today, parent)
        self._base: Plan | None = None
        self._part: Plan | None = None
        self._held: list[EntityId] = []
        self._pan: tuple[QPointF, float, float] | None = None
        self._free = False
        self._fixed = ""
        self._namer: Namer | None = None
        self._named: EntityId | None = None
        editor.changed.connect(self.cancel_drag)
        editor.opened.connect(self.cancel_drag)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what lies under the pointer, or of the picture itself."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        point = event.position()
        if event.button() == Qt.MouseButton.RightButton and self.drag is not None:
            self.cancel_drag()
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._pan = (point, self.left, self.top)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press(self.hit_at(point), point, event.modifiers())
        elif event.button() == Qt.MouseButton.RightButton:
            self._pick_for_menu(self.hit_at(point))

    def _press(self, found: Hit, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if found.bar is not None:
            self._pick(found.bar, modifiers)
            increment = found.bar.increment
            if not self.editor.may_plan:
                return
            if increment.status in FINISHED:
                self._fixed = increment.title
            else:
                self._begin(Drag(DEEDS[found.part], point.x() + self.left, point.y(), increment.id, increment.span))
        elif found.diamond is not None:
            checkpoint = found.diamond.checkpoint
            self.selection.set([checkpoint.id])
            if self.editor.may_plan and checkpoint.id not in self.editor.plan.latest_decisions:
                day = DateSpan(checkpoint.day, checkpoint.day + timedelta(1))
                self._begin(Drag(Deed.CHECKPOINT, point.x() + self.left, point.y(), checkpoint.id, day))
        else:
            project = self.lanes.lanes[found.lane].project if found.lane is not None else None
            self.selection.set([project.id] if project is not None else [])
            self._pan = (point, self.left, self.top)

    def _pick_for_menu(self, found: Hit) -> None:
        """Select what the menu will be about, unless it is selected already."""
        key: EntityId | None = None
        if found.bar is not None:
            key = found.bar.increment.id
        elif found.diamond is not None:
            key = found.diamond.checkpoint.id
        elif found.lane is not None and (project := self.lanes.lanes[found.lane].project) is not None:
            key = project.id
        if key is not None and key not in self.selection.ids:
            self.selection.set([key])

    def _pick(self, bar: Bar, modifiers: Qt.KeyboardModifier) -> None:
        key = bar.increment.id
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.selection.toggle(key)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.selection.set([*self._between(self.selection.focused, key), key])
        elif key not in self.selection.ids:
            self.selection.set([key])

    def _between(self, one: EntityId | None, two: EntityId) -> list[EntityId]:
        keys = [bar.increment.id for lane in self.lanes.lanes for bar in lane.bars]
        if one not in keys:
            return []
        first, last = sorted((keys.index(one), keys.index(two)))
        return [k for k in keys[first : last + 1] if k != two]

    def _begin(self, drag: Drag) -> None:
        plan = self.editor.plan
        self.drag = drag
        self._held = [drag.key] if drag.key is not None else []
        if drag.deed is Deed.MOVE and drag.key is not None:
            self._held = self._with_selected(drag.key)
        projects = {plan.increments[k].project for k in self._dragged() if k in plan.increments}
        if drag.deed is Deed.CHECKPOINT and drag.key is not None:
            projects = {plan.checkpoints[drag.key].project}
        self._base = self._part = plan.only(projects)

    @property
    @override
    def moving(self) -> tuple[EntityId, ...]:
        """Return the increments that the gesture under way takes along."""
        return tuple(self._dragged()) if self.drag is not None and self.drag.begun else ()

    def _dragged(self) -> list[EntityId]:
        """Return the increments that the gesture moves; whatever keys select meanwhile does not go along."""
        return self._held if self.drag is not None else []

    def _with_selected(self, key: EntityId) -> list[EntityId]:
        """Return *key* and what is selected beside it: a pinned one moves only if it is held itself."""
        plan = self.editor.plan
        others = (k for k in self.selection.ids if k in plan.increments and not plan.increments[k].pinned)
        return list(dict.fromkeys([key, *others]))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry on with what was begun, or show what could be."""
        self.pointer = event.position()
        if self._fixed and event.buttons() & Qt.MouseButton.LeftButton:
            words = tr("“{title}” is delivered or cancelled: its days are history. Change its status to move it.")
            self.editor.refused.emit(words.format(title=self._fixed))
            self._fixed = ""
        elif self._pan is not None:
            start, left, top = self._pan
            self.horizontalScrollBar().setValue(round(left - self.pointer.x() + start.x()))
            self.verticalScrollBar().setValue(round(top - self.pointer.y() + start.y()))
        elif self.drag is not None:
            self._free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._drag_on()
        else:
            found = self.hit_at(self.pointer)
            cursors = CURSORS if self.editor.may_plan else {}
            self.viewport().setCursor(cursors.get(found.part, Qt.CursorShape.ArrowCursor))
            hovered = found.bar.increment.id if found.bar is not None else None
            if hovered != self.hovered:
                self.hovered = hovered
                self.viewport().update()

    def _drag_on(self) -> None:
        if self.drag is None or self._base is None or self._part is None:
            return
        self._scroll_at_edges()
        near = neighbours(self._base, self.drag, self._dragged(), self.scale.zoom)
        free = self._free or self.drag.deed is Deed.CHECKPOINT
        try:
            x = self.pointer.x() + self.left
            moved = self.drag.moved(x, self.pointer.y(), self.scale, free=free, neighbours=near)
            if moved.begun and moved.deed is not Deed.LINK:
                push = self.selection.pushing
                trial = tried(self.editor.plan, self._part, moved, self._dragged(), push=push)
                self._part, self.trial, self.pushed = trial.before, trial.after, trial.pushed.keys()
                self.card = card_of(trial, moved)
            self.drag = moved
        except Refused:
            return  # a date no plan can hold: the ghost stays where it was last possible
        self.viewport().update()

    @override
    def _set_scale(self, scale: TimeScale) -> None:
        """Zoom; a drag keeps hold of the day where it began."""
        drag, old = self.drag, self.scale
        super()._set_scale(scale)
        if drag is not None:
            grip = drag.x / old.day_width + (old.origin - self.scale.origin).days
            self.drag = replace(drag, x=grip * self.scale.day_width)

    def _scroll_at_edges(self) -> None:
        reach, step = 28, 14
        across = self.horizontalScrollBar()
        if self.pointer.x() < reach:
            across.setValue(across.value() - step)
        elif self.pointer.x() > self.viewport().width() - reach:
            across.setValue(across.value() + step)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop: one edit, one undo step - or nothing, where it was only a click."""
        self._pan, self._fixed = None, ""
        if event.button() != Qt.MouseButton.LeftButton or self.drag is None:
            return
        drag, ids, plan = self.drag, self._dragged(), self.editor.plan
        if drag.deed is Deed.LINK and drag.begun:
            self._drop_link(drag, event.position())
        elif drag.begun and drag.changes:
            label = label_of(plan, drag, ids)
            self.cancel_drag()
            self.editor.run(label, carried_out, drag, ids, push=self.selection.pushing)
        elif not drag.begun and drag.deed is not Deed.CHECKPOINT and not event.modifiers() and drag.key is not None:
            self.selection.set([drag.key])
        self.cancel_drag()

    def _drop_link(self, drag: Drag, point: QPointF) -> None:
        bar = self.hit_at(point).bar
        if bar is not None and drag.key is not None and bar.increment.id != drag.key:
            try:
                link = Link(new_id("link"), drag.key, bar.increment.id)
            except Refused as refusal:
                self.editor.refused.emit(str(refusal))
                return
            self.editor.run(tr("Link to “{title}”").format(title=bar.increment.title), add_link, link)

    def cancel_drag(self) -> None:
        """Take everything back that the gesture shows; the plan was never touched."""
        if self.drag is not None or self.card:
            self.drag, self.trial, self._base, self._part = None, None, None, None
            self.card, self.pushed = [], ()
            self.viewport().update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was hit, or make an increment in an empty lane."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        found = self.hit_at(event.position())
        self.cancel_drag()
        if found.bar is not None or found.diamond is not None:
            self.details_wanted.emit()
        elif found.lane is not None and self.editor.may_plan:
            project = self.lanes.lanes[found.lane].project
            if project is not None:
                self.add_increment(project.id, found.day)

    def add_increment(self, project: EntityId, day: date) -> None:
        """Make a new increment of four weeks from the Monday of *day*, and ask for its title."""
        start = monday(day)
        span = DateSpan(start, later(start, NEW_DAYS))
        team = self.editor.plan.projects[project].team
        increment = Increment(new_id("inc"), project, tr("New increment"), span, team=team)
        if self.editor.run(tr("Add an increment"), add_increment, increment):
            self.selection.set([increment.id])
            self.reveal(increment.id)
            self.rename()

    def rename(self) -> None:
        """Edit the title of the focused bar in place; clicking away keeps what was typed."""
        key = self.selection.focused
        rect = self.bar_rect(key) if key in self.editor.plan.increments and key is not None else None
        if rect is None or key is None or not self.editor.may_plan:
            return
        self._close_namer()
        namer = Namer(self.editor.plan.increments[key].title, self.viewport())
        width = max(rect.width(), 180 * self.theme.unit)
        namer.setGeometry(QRectF(rect.left(), rect.top(), width, rect.height()).toRect())
        self._namer, self._named = namer, key
        namer.editingFinished.connect(self._named_anew)
        namer.show()
        namer.selectAll()
        namer.setFocus()

    def _named_anew(self) -> None:
        namer, key, self._namer = self._namer, self._named, None
        if namer is None or key is None:
            return
        if namer.hasFocus():
            self.setFocus()
        namer.hide()
        namer.deleteLater()
        title = " ".join(namer.text().split())
        old = self.editor.plan.increments.get(key)
        if old is not None and title and title != old.title:
            self.editor.run(tr("Rename to “{title}”").format(title=title), _retitled, key, title)

    def _close_namer(self) -> None:
        if self._namer is not None:
            self._named_anew()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus with the arrows; with Alt move the bar itself, with Alt+Shift its end."""
        key, modifiers = event.key(), event.modifiers()
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if key == Qt.Key.Key_Escape and (self.drag is not None or self._namer is not None):
            self._escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.details_wanted.emit()
        elif alt and steps and self.editor.may_plan:
            self.nudge(steps, end=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        elif alt and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            span = self.editor.plan.roadmap.span
            self.go_to(span.start if key == Qt.Key.Key_Home else span.finish)
        elif Qt.Key(key) in WAYS:
            self._walk(WAYS[Qt.Key(key)], extend=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self._namer is not None:
            namer, self._namer = self._namer, None
            namer.hide()
            namer.deleteLater()
            self.setFocus()
        self.cancel_drag()

    def nudge(self, steps: int, *, end: bool) -> None:
        """Move the selected bars by a snap unit, or the end of the focused one."""
        plan, key = self.editor.plan, self.selection.focused
        if key not in plan.increments or key is None:
            return
        span, title = plan.increments[key].span, plan.increments[key].title
        ids = [k for k in self.selection.ids if k in plan.increments and plan.increments[k].status not in FINISHED]
        if key not in ids:
            return
        push = self.selection.pushing
        try:
            if end:
                resized = DateSpan(span.start, max(nudged(span.end, self.scale, steps), later(span.start, 1)))
                self.editor.run(tr("Resize “{title}”").format(title=title), resize_increment, key, resized, push=push)
            else:
                ids = self._with_selected(key)
                days = (nudged(span.start, self.scale, steps) - span.start).days
                self.editor.run(tr("Move “{title}”").format(title=title), move_increments, ids, days, push=push)
        except Refused as refusal:
            self.editor.refused.emit(str(refusal))
        self.reveal(key)

    def _walk(self, way: Way, *, extend: bool) -> None:
        target = next_bar(self.lanes, self.selection.focused, way)
        if target is not None:
            chosen = target.increment.id
            self.selection.set([*self.selection.ids, chosen] if extend else [chosen])
            self.reveal(chosen)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up a drag when the focus is lost."""
        self.cancel_drag()
        self._pan = None
        super().focusOutEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tooltip what lies under the pointer, as plain text."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = words_for(self.editor.plan, self.hit_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)


def _retitled(plan: Plan, key: EntityId, title: str) -> Plan:
    return change_increment(plan, replace(plan.increments[key], title=title))
