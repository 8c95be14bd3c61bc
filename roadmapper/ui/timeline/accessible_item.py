"""Accessible item: what all that a screen reader finds on the timeline has in common.

Each is an interface that belongs to no QObject. Its base class is the one for widgets, made for none: it brings actions
along, which `interface_cast`, that Python must not override, gives out. All of it that would look at the widget is
overridden here (docs/decisions/0014).
"""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from typing_extensions import override

from roadmapper.chart.lanes import Bar, Diamond, Lane
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.ui.timeline.keys import KeyView

Role = QAccessible.Role
Text = QAccessible.Text
NONE = cast(QAccessibleInterface, None)
"""No interface; the stubs do not know that there may be none."""
PRESS = QAccessibleActionInterface.pressAction()
FOCUS = QAccessibleActionInterface.setFocusAction()
MENU = QAccessibleActionInterface.showMenuAction()


class Items(Protocol):
    """The one that makes items when they are asked for, and keeps them."""

    canvas: KeyView

    def face(self) -> QAccessibleInterface:
        """Return the timeline itself."""

    def lane(self, lane: Lane) -> Item:
        """Return a lane."""

    def bar(self, bar: Bar) -> Item:
        """Return a bar."""

    def diamond(self, lane: Lane, diamond: Diamond) -> Item:
        """Return a checkpoint."""

    def gap(self, lane: Lane, gap: DateSpan) -> Item:
        """Return a stretch of silence."""

    def act(self, name: str, key: EntityId) -> None:
        """Do soon what a screen reader asks of something with a key."""


class Item(QAccessibleWidget):
    """What all items have in common; the window, the place and the parent are the timeline's."""

    def __init__(self, items: Items, key: EntityId, role: QAccessible.Role) -> None:
        super().__init__(cast(Any, None), role, "")
        self.items = items
        self.key = key
        self._role = role

    @property
    def canvas(self) -> KeyView:
        """Return the timeline."""
        return self.items.canvas

    @property
    def there(self) -> bool:
        """Return whether it still stands in a lane."""
        raise NotImplementedError

    @property
    def selects(self) -> EntityId:
        """Return what is selected when the focus goes here."""
        return self.key

    def name(self) -> str:
        """Return what is said first."""
        raise NotImplementedError

    def about(self) -> str:
        """Return what is said after it."""
        return ""

    def place(self) -> QRectF:
        """Return where it stands in the viewport."""
        raise NotImplementedError

    def owner(self) -> Lane | None:
        """Return the lane it stands in."""
        raise NotImplementedError

    @override
    def isValid(self) -> bool:
        return self.there

    @override
    def window(self) -> QWindow:
        return self.canvas.window().windowHandle()

    @override
    def role(self) -> QAccessible.Role:
        return self._role

    @override
    def text(self, t: QAccessible.Text, /) -> str:
        if not self.there:
            return ""
        if t == Text.Name:
            return self.name()
        return self.about() if t == Text.Description else ""

    @override
    def setText(self, t: QAccessible.Text, text: str, /) -> None:
        """Nothing is written through here: F2 renames."""

    @override
    def rect(self) -> QRect:
        if not self.there:
            return QRect()
        rect = self.place().toAlignedRect()
        return rect.translated(self.canvas.viewport().mapToGlobal(QPoint(0, 0)))

    @override
    def state(self) -> QAccessible.State:
        made = cast(Any, QAccessible.State())
        canvas = self.canvas
        if not self.there:
            made.invalid = 1
            return cast(QAccessible.State, made)
        made.focusable = made.selectable = 1
        made.readOnly = int(not canvas.editor.may_plan)
        made.selected = int(self.selects in canvas.selection.ids)
        made.focused = int(canvas.hasFocus() and canvas.selection.focused == self.selects)
        made.offscreen = int(
            not self.place().intersects(QRectF(canvas.viewport().rect()).adjusted(0, canvas.header, 0, 0))
        )
        return cast(QAccessible.State, made)

    @override
    def parent(self) -> QAccessibleInterface:
        lane = self.owner()
        return self.items.lane(lane) if lane is not None else self.items.face()

    @override
    def childCount(self) -> int:
        return 0

    @override
    def child(self, index: int, /) -> QAccessibleInterface:
        return NONE

    @override
    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return -1

    @override
    def focusChild(self) -> QAccessibleInterface:
        return NONE

    @override
    def relations(self, /, match: Any = None) -> list[Any]:
        return []

    @override
    def foregroundColor(self) -> QColor:
        return QColor(self.canvas.theme.palette.text)

    @override
    def backgroundColor(self) -> QColor:
        return QColor(self.canvas.theme.palette.surface)

    @override
    def actionNames(self) -> list[str]:
        return [FOCUS, PRESS, MENU] if self.there else []

    @override
    def doAction(self, actionName: str, /) -> None:
        if self.there and actionName in self.actionNames():
            self.items.act(actionName, self.selects)

    @override
    def keyBindingsForAction(self, actionName: str, /) -> list[str]:
        return {PRESS: ["Return"], MENU: ["Shift+F10"]}.get(actionName, [])
