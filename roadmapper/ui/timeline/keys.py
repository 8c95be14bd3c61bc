"""KeyView: the timeline without a mouse - walk from bar to bar, move bars, their ends and their lanes, find help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapper.chart.snapping import nudged
from roadmapper.chart.walking import Way, next_bar
from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.grouping import keys_for, keys_in_order
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.naming import NamingView
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.edits.increments import fixed_text, move_increments, resize_increment
from roadmapper.workspace.edits.lanes import change_lane, lane_label

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WAYS = {
    Key.Key_Left: Way.LEFT,
    Key.Key_Right: Way.RIGHT,
    Key.Key_Up: Way.UP,
    Key.Key_Down: Way.DOWN,
    Key.Key_Home: Way.FIRST,
    Key.Key_End: Way.LAST,
}
STEPS = {Key.Key_Left: -1, Key.Key_Right: 1}
ROWS = {Key.Key_Up: -1, Key.Key_Down: 1}
KEPT = {Key.Key_Alt, Key.Key_Shift, Key.Key_N, Key.Key_P}
UNDO = QKeySequence.StandardKey.Undo


class KeyView(NamingView):
    """The timeline under the keyboard. *menu_wanted* is sent with the place for a menu about what is selected."""

    details_wanted = Signal()
    menu_wanted = Signal(QPointF)

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(editor, selection, theme, today, parent)
        self.commands: Mapping[str, QAction] = {}
        self.space_held = False

    def offer(self, commands: Mapping[str, QAction]) -> None:
        """Take the commands of the window, for keys and for the menu."""
        self.commands = commands

    def choose(self, name: str) -> None:
        """Do a command of the window, if it can be done now."""
        action = self.commands.get(name)
        if action is not None and action.isEnabled() and action.isVisible():
            action.trigger()

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Alt from the menu bar during a drag, whose end that would be; undo only takes the drag back then."""
        asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        taken = asked and isinstance(event, QKeyEvent) and (event.key() in KEPT or event.matches(UNDO))
        if taken and self.drag is not None:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus with the arrows; with Alt move the bar itself, with Alt+Shift its end."""
        key = Key(event.key())
        if key in (Key.Key_Delete, Key.Key_Backspace) and not self.editor.plans:
            self.say_read_only()
        elif self.drag is not None and event.matches(UNDO):
            self.take_back()
        elif not (self._key_in_drag(key) or self._key_alone(event, key) or self._key_on_bar(event, key)):
            super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of what was held."""
        key = Key(event.key())
        if key == Key.Key_Space and not event.isAutoRepeat():
            self.space_held = False
            self.show_cursor()
        elif self.drag is not None and key == Key.Key_Alt:
            self.hold_keys(free=False)
        elif self.drag is not None and key == Key.Key_Shift:
            self.hold_keys(one_axis=False)
        else:
            super().keyReleaseEvent(event)

    def _key_in_drag(self, key: Qt.Key) -> bool:
        """Do what a key does while something is dragged, and return whether it does anything then."""
        if key == Key.Key_Escape and self.under_way():
            self.drop_name()
            self.give_up()
            return True
        if self.drag is None:
            return False
        if key == Key.Key_N:
            self.hold_keys(turn=True)
        elif key == Key.Key_P:
            self.choose("push")
        elif key == Key.Key_Alt:
            self.hold_keys(free=True)
        elif key == Key.Key_Shift:
            self.hold_keys(one_axis=True)
        else:
            return False
        return True

    def under_way(self) -> bool:
        """Return whether there is anything that Esc takes back."""
        return self.drag is not None or self.naming

    def give_up(self) -> None:
        """Take back whatever is under way."""
        self.cancel_drag()

    def take_back(self) -> bool:
        """Take back the drag under way, which is all that undo means then, and return whether there was one."""
        dragging = self.drag is not None
        if dragging:
            self.give_up()
        return dragging

    def say_read_only(self) -> None:
        """Say why nothing moves for somebody who does not plan."""
        self.said.emit(tr("In your role you read the plan. Only a planner changes what stands when."))

    def _key_alone(self, event: QKeyEvent, key: Qt.Key) -> bool:
        if key in (Key.Key_Return, Key.Key_Enter):
            self.details_wanted.emit()
        elif event.text() == "?":
            self.choose("shortcuts")
        elif key == Key.Key_F10 and event.modifiers() & SHIFT:
            self.menu_wanted.emit(self.place_of_focus())
        elif key == Key.Key_Space:
            self.space_held = True
            self.show_cursor()
        else:
            return False
        return True

    def _key_on_bar(self, event: QKeyEvent, key: Qt.Key) -> bool:
        alt, shift = bool(event.modifiers() & ALT), bool(event.modifiers() & SHIFT)
        if alt and key in (Key.Key_Home, Key.Key_End):
            span = self.editor.plan.roadmap.span
            self.go_to(span.start if key == Key.Key_Home else span.finish)
        elif alt and key in (*STEPS, *ROWS):
            if self.editor.may_plan and key in STEPS:
                self.nudge(STEPS[key], end=shift)
            elif self.editor.may_plan:
                self.lift(ROWS[key])
        elif key in WAYS:
            self._walk(WAYS[key], extend=shift)
        else:
            return False
        return True

    def show_cursor(self) -> None:
        """Show in the cursor what the pointer would do."""

    def place_of_focus(self) -> QPointF:
        """Return where a menu about what is selected belongs, in the viewport."""
        key = self.selection.focused
        rect = self.bar_rect(key) if key is not None and key in self.editor.plan.increments else None
        size = self.viewport().size()
        if rect is None:
            return QPointF(size.width() / 3, self.header + (size.height() - self.header) / 3)
        left = min(max(rect.left() + 12, 8.0), size.width() - 8.0)
        return QPointF(left, min(max(rect.bottom(), self.header), size.height() - 8.0))

    def nudge(self, steps: int, *, end: bool) -> None:
        """Move the selected bars by a snap unit, or the end of the focused one."""
        plan, key, push = self.editor.plan, self.selection.focused, self.selection.pushing
        if key is None or key not in self._movable():
            return
        span, title = plan.increments[key].span, plan.increments[key].title
        try:
            if end:
                resized = DateSpan(span.start, max(self._nudged(span.end, steps), later(span.start, 1)))
                self.editor.run(tr("Resize “{title}”").format(title=title), resize_increment, key, resized, push=push)
            else:
                ids = self.with_selected(key)
                days = (self._nudged(span.start, steps) - span.start).days
                if self.editor.run(_moving(ids, title), move_increments, ids, days, push=push):
                    self.tell_left()
        except Refused as refusal:
            self.editor.refused.emit(str(refusal))
        self.reveal(key)

    def _nudged(self, day: date, steps: int) -> date:
        return later(day, steps) if self.selection.precise else nudged(day, self.scale, steps)

    def lift(self, rows: int) -> None:
        """Put the selected bars into the next lane above (-1) or below (1), whether it shows anything or not."""
        plan, key, grouping = self.editor.plan, self.selection.focused, self.arrangement.grouping
        if key is None or key not in self._movable():
            return
        order = keys_in_order(plan, grouping)
        home = keys_for(plan, grouping)(plan.increments[key])
        place = order.index(home) + rows if home in order else -1
        if not 0 <= place < len(order):
            return
        ids = self.with_selected(key)
        if self.editor.run(lane_label(plan, ids, order[place], grouping), change_lane, ids, order[place], grouping):
            self.tell_left()
        self.reveal(key)

    def _movable(self) -> list[EntityId]:
        """Return the selected increments that keys may move; one that is delivered or cancelled is history."""
        plan = self.editor.plan
        ids = [k for k in self.selection.ids if k in plan.increments]
        free = [k for k in ids if not plan.increments[k].finished]
        if ids and ids[-1] not in free:
            self.editor.refused.emit(fixed_text(plan.increments[ids[-1]]))
        return free

    def _walk(self, way: Way, *, extend: bool) -> None:
        target = next_bar(self.lanes, self.selection.focused, way)
        if target is not None:
            chosen = target.increment.id
            self.selection.set([*self.selection.ids, chosen] if extend else [chosen])
            self.reveal(chosen)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up a drag when the focus is lost."""
        self.space_held = False
        self.give_up()
        super().focusOutEvent(event)


def _moving(ids: list[EntityId], title: str) -> str:
    if len(ids) > 1:
        return tr("Move {n} increments").format(n=len(ids))
    return tr("Move “{title}”").format(title=title)
