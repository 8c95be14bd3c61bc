"""TimelineCanvas: the timeline under the hand - what press, move, release, pinch and a right click do on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QNativeGestureEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget
from typing_extensions import override

from roadmapper.chart.drag import THRESHOLD, Deed, Drag
from roadmapper.chart.hits import Hit, Part
from roadmapper.chart.lanes import Bar
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.context_menu import ContextMenu
from roadmapper.ui.timeline.entries import About, gap_entries
from roadmapper.ui.timeline.gestures import words_for
from roadmapper.ui.timeline.keys import SHIFT, KeyView
from roadmapper.ui.timeline.link_layer import LinkLayer
from roadmapper.ui.timeline.marks import Marks
from roadmapper.ui.timeline.selection import Selection
from roadmapper.workspace.edits.increments import fixed_text

DEEDS = {Part.BODY: Deed.MOVE, Part.START_EDGE: Deed.RESIZE_START, Part.END_EDGE: Deed.RESIZE_END, Part.DOT: Deed.LINK}
CURSORS = {
    Part.BODY: Qt.CursorShape.OpenHandCursor,
    Part.START_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.END_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.DOT: Qt.CursorShape.CrossCursor,
    Part.DIAMOND: Qt.CursorShape.PointingHandCursor,
    Part.GAP: Qt.CursorShape.PointingHandCursor,
}
MOST_ROWS = 50
EMPTY = (Part.LANE, Part.NOTHING, Part.GAP)
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton


class TimelineCanvas(KeyView):
    """The timeline that can be taken hold of."""

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(editor, selection, theme, today, parent)
        self._pan: tuple[QPointF, float, float] | None = None
        self._band: tuple[QPointF, tuple[EntityId, ...]] | None = None
        self._gap: Hit | None = None
        self._empty: tuple[EntityId, ...] | None = None
        self._barred = False
        self._fixed = ""
        self._quiet = False
        self.links = LinkLayer(self)
        self.menu = ContextMenu(self)
        self.overlays.append(self.links)
        self.menu_wanted.connect(self.open_menu)
        selection.changed.connect(self.show_marks)
        editor.changed.connect(self.show_marks)

    # The mouse

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what lies under the pointer, or of the picture itself."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        point, button = event.position(), event.button()
        self.pointer, self._gap, self._empty, self._barred = point, None, None, False
        self._quiet = button == RIGHT and self.under_way()
        if self._quiet:
            self.give_up()
        elif button == MIDDLE or (button == LEFT and self.space_held):
            self._pan = (point, self.left, self.top)
        elif button == LEFT and self.drag is None:
            self._press(self.hit_at(point), point, event.modifiers())
        elif button == RIGHT:
            self._pick_for_menu(self.hit_at(point), point)
        self.show_cursor()

    def _press(self, found: Hit, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        link = self.links.at(point) if found.part in EMPTY and found.gap is None else None
        if found.bar is not None:
            self._press_bar(found, found.bar, point, modifiers)
        elif found.diamond is not None:
            checkpoint = found.diamond.checkpoint
            self.selection.set([checkpoint.id])
            if self.editor.may_plan and checkpoint.id not in self.editor.plan.latest_decisions:
                day = DateSpan(checkpoint.day, checkpoint.day + timedelta(1))
                self.begin(Drag(Deed.CHECKPOINT, point.x() + self.left, point.y(), checkpoint.id, day), point)
        elif link is not None:
            self.selection.set([link])
        elif modifiers & SHIFT:
            self._band = (self._place(point), self.selection.ids if modifiers & CTRL else ())
            self._pressed = point
        else:
            project = self.lanes.lanes[found.lane].project if found.lane is not None else None
            self._empty = (project.id,) if project is not None else ()
            self._pan = (point, self.left, self.top)
            self._gap = found if found.gap is not None else None

    def _press_bar(self, found: Hit, bar: Bar, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._pick(bar, modifiers)
        increment = bar.increment
        if not self.editor.may_plan:
            self._barred, self._pressed = not self.editor.plans, point
            return
        if increment.finished and found.part is not Part.DOT:
            self._fixed = fixed_text(increment)
        else:
            drag = Drag(DEEDS[found.part], point.x() + self.left, point.y(), increment.id, increment.span)
            self.begin(drag, point)

    def _pick_for_menu(self, found: Hit, point: QPointF) -> None:
        """Select what the menu will be about, unless it is selected already."""
        key = self.links.at(point) if found.part in EMPTY and found.gap is None else None
        if found.bar is not None:
            key = found.bar.increment.id
        elif found.diamond is not None:
            key = found.diamond.checkpoint.id
        elif key is None and found.lane is not None and (project := self.lanes.lanes[found.lane].project) is not None:
            key = project.id
        if key is None:
            self.selection.set([])
        elif key not in self.selection.ids:
            self.selection.set([key])

    def _pick(self, bar: Bar, modifiers: Qt.KeyboardModifier) -> None:
        key = bar.increment.id
        if modifiers & CTRL:
            self.selection.toggle(key)
        elif modifiers & SHIFT:
            self.selection.set([*self._between(self.selection.focused, key), key])
        elif key not in self.selection.ids:
            self.selection.set([key])

    def _between(self, one: EntityId | None, two: EntityId) -> list[EntityId]:
        keys = [bar.increment.id for lane in self.lanes.lanes for bar in lane.bars]
        if one not in keys:
            return []
        first, last = sorted((keys.index(one), keys.index(two)))
        return [k for k in keys[first : last + 1] if k != two]

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry on with what was begun, or show what could be."""
        self.pointer = event.position()
        if self._fixed and event.buttons() & LEFT:
            self.editor.refused.emit(self._fixed)
            self._fixed = ""
        elif self._barred and event.buttons() & LEFT:
            if (self.pointer - self._pressed).manhattanLength() >= THRESHOLD:
                self._barred = False
                self.say_read_only()
        elif self._pan is not None:
            start, left, top = self._pan
            if (self.pointer - start).manhattanLength() >= THRESHOLD:
                self._gap = self._empty = None
            self.horizontalScrollBar().setValue(round(left - self.pointer.x() + start.x()))
            self.verticalScrollBar().setValue(round(top - self.pointer.y() + start.y()))
        elif self._band is not None:
            self._stretch()
            self.scroll_by_itself()
        elif self.drag is not None:
            self.follow(event.position(), event.modifiers())
        else:
            self.show_cursor()
            found = self.hit_at(self.pointer).bar
            hovered = found.increment.id if found is not None else None
            self.hover(hovered)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop: one edit, one undo step - or nothing, where it was only a click."""
        gap, self._gap = self._gap, None
        self._pan, self._fixed, self._barred = None, "", False
        if event.button() == LEFT:
            empty, self._empty = self._empty, None
            if empty is not None:  # a click, and no drag of the whole picture
                self.selection.set(empty)
            if self._band is not None:
                self._end_band()
            self.drop(event.position(), event.modifiers())
            self.show_marks()
            if gap is not None and self.editor.may_plan:
                self._offer_consults(gap, event.position())
        self.show_cursor()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was hit, or make an increment in an empty lane."""
        if event.button() != LEFT:
            return
        found, self._gap = self.hit_at(event.position()), None
        link = self.links.at(event.position()) if found.part in EMPTY else None
        self.give_up()
        if found.bar is not None or found.diamond is not None or link is not None:
            self.details_wanted.emit()
        elif found.lane is not None and found.gap is None and self.editor.may_plan:
            self.add_in_lane(found.lane, found.day)

    @override
    def show_cursor(self) -> None:
        """Show in the cursor what the pointer would do."""
        if self.space_held or self._pan is not None:
            held = self._pan is not None
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor if held else Qt.CursorShape.OpenHandCursor)
            return
        if self.drag is not None:
            return
        found = self.hit_at(self.pointer)
        cursors = CURSORS if self.editor.may_plan else {}
        shape = cursors.get(found.part, Qt.CursorShape.ArrowCursor)
        if found.part in (Part.LANE, Part.NOTHING) and self.links.at(self.pointer) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    # The rubber band

    def _place(self, point: QPointF) -> QPointF:
        """Return a point of the viewport as one of the whole picture, which scrolling leaves where it is."""
        return QPointF(point.x() + self.left, point.y() - self.header + self.top)

    def _stretch(self) -> None:
        """Select what the band touches, beside what Ctrl kept."""
        if self._band is None:
            return
        start, kept = self._band
        band = QRectF(start, self._place(self.pointer)).normalized()
        far = max(abs(band.width()), abs(band.height())) >= THRESHOLD
        self.selection.set([*kept, *(self._touched(band) if far else ())])
        self.show_marks()

    def _touched(self, band: QRectF) -> Collection[EntityId]:
        unit = self.theme.unit
        first, last = self.scale.day(band.left()), self.scale.day(band.right()) + timedelta(1)
        found: list[EntityId] = []
        for number in self.lanes.between(band.top() / unit, band.bottom() / unit):
            lane, top = self.lanes.lanes[number], self.lanes.tops[number]
            for bar in lane.visible(first, last):
                above = (top + lane.bar_top(bar.row)) * unit
                if above < band.bottom() and above + lane.bar_height * unit > band.top():
                    found.append(bar.increment.id)
        return found

    def _end_band(self) -> None:
        self._band = None
        self._beat.stop()
        self.show_marks()

    @override
    def gone_on(self) -> None:
        """Go on with what is under way, because the picture moved below the pointer."""
        if self._band is not None:
            self._stretch()
            self.show_marks()
        super().gone_on()

    @override
    def reaches(self) -> bool:
        """Return whether anything is under way that scrolls at the edges."""
        return self._band is not None or super().reaches()

    @override
    def scrolls_rows(self) -> bool:
        """Return whether what is under way may scroll rows by itself, not only time."""
        return self._band is not None or super().scrolls_rows()

    @override
    def under_way(self) -> bool:
        """Return whether there is anything that Esc takes back."""
        return self._band is not None or super().under_way()

    @override
    def give_up(self) -> None:
        """Take back whatever is under way: a drag, a rubber band with what it selected, a pan."""
        self._pan, self._gap, self._empty, self._fixed, self._barred = None, None, None, "", False
        if self._band is not None:
            kept = self._band[1]
            self._end_band()
            self.selection.set(kept)
        super().give_up()

    @override
    def cancel_drag(self) -> None:
        """Take everything back that the gesture shows; the plan was never touched."""
        super().cancel_drag()
        if hasattr(self, "links"):
            self.show_marks()

    # What is marked above the bars

    @override
    def show_marks(self) -> None:
        """Mark where what is dragged would land, the rubber band, and the selected links."""
        self.links.marks = self._marks()
        self.show_gesture()

    def _marks(self) -> Marks:
        band = None
        if self._band is not None:
            start = self._band[0] - QPointF(self.left, self.top - self.header)
            band = QRectF(start, self.pointer).normalized()
        drag = self.drag
        if drag is None or not drag.begun:
            return Marks(band=band, links=self.links.chosen())
        target = self.bar_rect(self.link_target) if self.link_target is not None else None
        number = self.lanes.numbers.get(drag.lane) if drag.lane is not None else None
        return Marks(
            lane=self._lane_rect(number) if number is not None else None,
            refused=bool(self.refusal) or any(line.mood == "bad" for line in self.card if target is not None),
            ghost=self._ghost(drag, number) if number is not None else None,
            target=target,
            links=self.links.chosen(),
        )

    def _ghost(self, drag: Drag, number: int) -> tuple[QRectF, Bar] | None:
        """Return the bar as it would lie in another lane: in its first free row, else at the height of the pointer."""
        found = self.lanes.find(drag.key) if drag.key is not None else None
        if found is None or (self.trial is not None and self.lanes.lanes[number].project is not None):
            return None  # the lane of a project shows it itself
        lane, bar, span = self.lanes.lanes[number], found[1], drag.result() or found[1].increment.span
        height = lane.bar_height * self.theme.unit
        rows = range(min(lane.rows, MOST_ROWS))
        row = next((n for n in rows if not any(lane.visible(span.start, span.end, range(n, n + 1)))), None)
        if row is None or self.refusal:
            top = self.pointer.y() - height / 2
        else:
            top = self._lane_rect(number).top() + lane.bar_top(row) * self.theme.unit
        rect = QRectF(self.scale.x(span.start) - self.left, top, 0, height)
        rect.setWidth(max(span.days * self.scale.day_width - 1, 2.0))
        return rect, bar

    # Menus and the rest

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open a menu about what lies under the pointer, or about what is selected when a key asks for it."""
        if self._quiet:
            self._quiet = False
        elif event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.open_menu(self.place_of_focus())
        else:
            self.menu.open(About.of(self, self.hit_at(QPointF(event.pos()))), event.globalPos())
        event.accept()

    def open_menu(self, point: QPointF) -> None:
        """Open the menu about what is selected at a point of the viewport."""
        self.menu.open(About.selected(self), self.viewport().mapToGlobal(point.toPoint()))

    def _offer_consults(self, found: Hit, point: QPointF) -> None:
        """Offer the consults that end a silence, where its strip was clicked."""
        if found.lane is None or found.gap is None:
            return
        project = self.lanes.lanes[found.lane].project
        if project is not None:
            entries = gap_entries(self.editor.plan, project.id, found.gap, found.day)
            self.menu.show_entries(entries, self.viewport().mapToGlobal(point.toPoint()) + QPoint(0, 4))

    @property
    def open_one(self) -> QMenu | None:
        """Return the menu that is open, if there is one."""
        return self.menu.shown

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tooltip what lies under the pointer, as plain text; zoom where two fingers do."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = words_for(self.editor.plan, self.hit_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(max(1.0 + event.value(), 0.1), event.position().x())
            return True
        return super().viewportEvent(event)
