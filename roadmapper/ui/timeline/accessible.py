"""Accessible: gives the painted timeline to the screen reader, and tells it what changes there.

Qt's cache of interfaces learns nothing of the end of one behind which no QObject stands, and Python may not free what
that cache still knows. So each is kept here from when it is first asked for until it is taken out of the cache: when
what it stands for goes, and when the timeline goes (docs/decisions/0014).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import QApplication

from roadmapper.chart.lanes import Bar, Diamond, Lane
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.ui.timeline.accessible_item import FOCUS, MENU, PRESS, Item
from roadmapper.ui.timeline.accessible_items import (
    BarItem,
    DiamondItem,
    Face,
    GapItem,
    LaneItem,
)
from roadmapper.ui.timeline.accessible_words import change_said
from roadmapper.ui.timeline.keys import KeyView
from roadmapper.workspace.workspace import PlanDelta

Event = QAccessible.Event
MOST_TOLD = 50
"""Of so many items at most a screen reader is told one by one that they changed."""
Made = TypeVar("Made", bound=Item)


class Voices:
    """The voices of all timelines there are; kept for as long as the program runs, or Qt would read what is gone."""

    def __init__(self) -> None:
        self.all: list[Voice] = []

    def face_of(self, name: str, thing: QObject) -> QAccessibleInterface | None:
        """Return how the screen reader sees a timeline; None for anything else."""
        return next((voice.made() for voice in self.all if voice.canvas is thing), None) if name else None


@cache
def voices() -> Voices:
    """Return the one that Qt asks for interfaces."""
    made = Voices()
    QAccessible.installFactory(made.face_of)
    return made


class Voice:
    """Everything that a screen reader finds in one timeline, made when it is asked for."""

    def __init__(self, canvas: KeyView) -> None:
        self.canvas = canvas
        self.items: dict[tuple[type[Item], EntityId], Item] = {}
        self.said = ""
        self._faces: list[Face] = []
        self._plan = canvas.editor.plan
        self._lanes = canvas.lanes
        self._selected: tuple[EntityId, ...] = ()
        self._told: list[PlanDelta] = []
        self._wanted: list[tuple[str, EntityId]] = []
        self._soon = QTimer(canvas, interval=0, singleShot=True)
        self._soon.timeout.connect(self._tell)
        voices().all.append(self)
        canvas.destroyed.connect(self.end)
        canvas.laid_out.connect(self._lanes_changed)
        canvas.editor.changed.connect(self._plan_changed)
        canvas.selection.changed.connect(self._wake)
        cast(Any, QApplication.instance()).focusChanged.connect(self._focus_went)
        if QAccessible.isActive():
            self._replace_what_qt_made()

    def _replace_what_qt_made(self) -> None:
        """Take what Qt made before there was a voice out of its cache."""
        known = self.face()
        if not isinstance(known, Face):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))

    # What a screen reader asks for

    def made(self) -> Face:
        """Return the timeline itself, made anew: what Qt's cache holds is deleted with its own object each time.

        Qt asks again whenever the canvas has another QMetaObject than before, as PySide gives it with a new signal.
        """
        self._faces = [face for face in self._faces if shiboken6.isValid(face)]
        self._faces.append(Face(self, self.focused, self._last_said))
        return self._faces[-1]

    def face(self) -> QAccessibleInterface:
        """Return the timeline itself, as Qt's cache knows it."""
        return QAccessible.queryAccessibleInterface(self.canvas)

    def _last_said(self) -> str:
        return self.said

    def lane(self, lane: Lane) -> LaneItem:
        """Return a lane."""
        return self._kept(LaneItem, lane.key, lane)

    def bar(self, bar: Bar) -> BarItem:
        """Return a bar."""
        return self._kept(BarItem, bar.increment.id, bar)

    def diamond(self, lane: Lane, diamond: Diamond) -> DiamondItem:
        """Return a checkpoint."""
        return self._kept(DiamondItem, diamond.checkpoint.id, lane, diamond)

    def gap(self, lane: Lane, gap: DateSpan) -> GapItem:
        """Return a stretch of silence."""
        return self._kept(GapItem, EntityId(f"{lane.key} {gap.start.isoformat()}"), lane, gap)

    def _kept(self, kind: Callable[..., Made], key: EntityId, *of: object) -> Made:
        mark = cast(type[Item], kind), key
        found = self.items.get(mark)
        if found is None:
            found = self.items[mark] = kind(self, *of)
        return cast(Made, found)

    def focused(self) -> Item | None:
        """Return the item at which the keyboard is, if it stands in a lane."""
        key, lanes, plan = self.canvas.selection.focused, self.canvas.lanes, self.canvas.editor.plan
        if key is None:
            return None
        place = lanes.places.get(key)
        if place is not None:
            return self.bar(place[1])
        checkpoint = plan.checkpoints.get(key)
        if checkpoint is None:
            lane = lanes.lane(key)
            return self.lane(lane) if lane is not None else None
        for lane in lanes.lanes:
            for diamond in lane.diamonds:
                if diamond.checkpoint.id == key:
                    return self.diamond(lane, diamond)
        return None

    def act(self, name: str, key: EntityId) -> None:
        """Do soon what a screen reader asks: it waits for an answer, and a menu or a panel would keep it waiting."""
        self._wanted.append((name, key))
        QTimer.singleShot(0, self.canvas, self._do)

    def _do(self) -> None:
        canvas = self.canvas
        wanted, self._wanted = self._wanted, []
        for name, key in wanted:
            if name in (FOCUS, PRESS, MENU):
                canvas.setFocus(Qt.FocusReason.OtherFocusReason)
                canvas.selection.set([key])
                canvas.reveal(key)
            if name == PRESS:
                canvas.details_wanted.emit()
            elif name == MENU:
                canvas.menu_wanted.emit(canvas.place_of_focus())

    # What a screen reader is told

    def _plan_changed(self, delta: PlanDelta) -> None:
        if QAccessible.isActive():
            self._told.append(delta)
        self._wake()

    def _lanes_changed(self) -> None:
        if self.items:
            self._wake()

    def _focus_went(self, old: QObject | None, new: QObject | None) -> None:
        if new is self.canvas:
            self._wake()

    def _wake(self) -> None:
        """Tell it once what is going on is over: many things change in one edit."""
        if (self.items or QAccessible.isActive()) and not self._soon.isActive():
            self._soon.start()

    def _tell(self) -> None:
        self._prune()
        deltas, self._told = self._told, []
        before, self._plan = self._plan, self.canvas.editor.plan
        chosen, self._selected = self._selected, self.canvas.selection.ids
        if not QAccessible.isActive():
            return
        old, self._lanes = self._lanes, self.canvas.lanes
        if [lane.key for lane in old.lanes] != [lane.key for lane in self._lanes.lanes]:
            _send(QAccessibleEvent(self.face(), Event.ObjectReorder))
        for delta in deltas:
            self._tell_of(delta)
        self._tell_selected({*chosen} ^ {*self._selected})
        if self.canvas.hasFocus():
            focused = self.focused()
            if focused is not None:
                _send(QAccessibleEvent(focused, Event.Focus))
        if len(deltas) == 1:
            self._announce(before, deltas[0])

    def _tell_of(self, delta: PlanDelta) -> None:
        """Tell that what it knows is called otherwise and stands elsewhere, and that what is new came."""
        for change in delta.changes[:MOST_TOLD]:
            for kind in (BarItem, DiamondItem, LaneItem):
                item = self.items.get((kind, change.key))
                if item is not None:
                    _send(QAccessibleEvent(item, Event.NameChanged))
                    _send(QAccessibleEvent(item, Event.LocationChanged))
            place = self.canvas.lanes.places.get(change.key)
            if change.before is None and place is not None:
                _send(QAccessibleEvent(self.bar(place[1]), Event.ObjectCreated))

    def _tell_selected(self, keys: Iterable[EntityId]) -> None:
        state = cast(Any, QAccessible.State())
        state.selected = 1
        for key in list(keys)[:MOST_TOLD]:
            item = self.items.get((BarItem, key)) or self.items.get((DiamondItem, key))
            if item is not None:
                _send(QAccessibleStateChangeEvent(item, state))

    def _announce(self, before: Any, delta: PlanDelta) -> None:
        """Say what became of what the keyboard moved, with the price that the card shows to the eye."""
        key = self.canvas.selection.focused
        focused = self._plan.increments.get(key) if key is not None else None
        self.said = change_said(before, self._plan, delta, focused) if focused is not None else ""
        if self.said and self.canvas.isVisible():
            _send(QAccessibleAnnouncementEvent(self.canvas, self.said))

    # The end of an item

    def _prune(self) -> None:
        """Let go of what is in no lane any more."""
        gone = [mark for mark, item in self.items.items() if not item.there]
        self._drop(gone, tell=QAccessible.isActive())

    def _drop(self, marks: Iterable[tuple[type[Item], EntityId]], *, tell: bool) -> None:
        for number, mark in enumerate(marks):
            item = self.items.pop(mark)
            if not shiboken6.isValid(item):
                continue
            if tell and number < MOST_TOLD:
                _send(QAccessibleEvent(item, Event.ObjectDestroyed))
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))

    def end(self) -> None:
        """Take everything out of Qt's cache: the timeline is gone."""
        self._drop(list(self.items), tell=False)
        app = QApplication.instance()
        if app is not None:
            cast(Any, app).focusChanged.disconnect(self._focus_went)
        if self in voices().all:
            voices().all.remove(self)


def _send(event: QAccessibleEvent) -> None:
    QAccessible.updateAccessibility(event)
