"""Accessible items: the lanes, bars, checkpoints and silences of the timeline as a screen reader finds them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from typing_extensions import override

from roadmapper.chart.lanes import DIAMOND, GAP_HEIGHT, Bar, Diamond, Lane
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.ui.timeline import accessible_words as words
from roadmapper.ui.timeline.accessible_item import NONE, Item, Items, Role, Text


class BarItem(Item):
    """An increment."""

    def __init__(self, items: Items, bar: Bar) -> None:
        super().__init__(items, bar.increment.id, Role.ListItem)

    @property
    @override
    def there(self) -> bool:
        return self.canvas.lanes.find(self.key) is not None

    def _bar(self) -> Bar:
        return self.canvas.lanes.places[self.key][1]

    @override
    def owner(self) -> Lane | None:
        place = self.canvas.lanes.places.get(self.key)
        return self.canvas.lanes.lane(place[0]) if place is not None else None

    @override
    def name(self) -> str:
        return words.name_of_bar(self.canvas.editor.plan, self._bar())

    @override
    def about(self) -> str:
        return words.about_bar(self.canvas.editor.plan, self._bar())

    @override
    def place(self) -> QRectF:
        return self.canvas.bar_rect(self.key) or QRectF()


class InLane(Item):
    """Something that knows the key of the lane it stands in."""

    def __init__(self, items: Items, key: EntityId, lane: Lane, role: QAccessible.Role) -> None:
        super().__init__(items, key, role)
        self.lane_key = lane.key

    @override
    def owner(self) -> Lane | None:
        return self.canvas.lanes.lane(self.lane_key)

    def upper(self) -> float:
        """Return where the lane begins in the viewport."""
        lanes, canvas = self.canvas.lanes, self.canvas
        return canvas.header + lanes.tops[lanes.numbers[self.lane_key]] * canvas.theme.unit - canvas.top


class DiamondItem(InLane):
    """A checkpoint."""

    def __init__(self, items: Items, lane: Lane, diamond: Diamond) -> None:
        super().__init__(items, diamond.checkpoint.id, lane, Role.ListItem)

    @property
    @override
    def there(self) -> bool:
        return self.diamond() is not None

    def diamond(self) -> Diamond | None:
        """Return the checkpoint as it is now."""
        lane, checkpoint = self.owner(), self.canvas.editor.plan.checkpoints.get(self.key)
        if lane is None or checkpoint is None:
            return None
        at = bisect_left(lane.diamonds, (checkpoint.day, self.key), key=order_of_diamond)
        found = lane.diamonds[at] if at < len(lane.diamonds) else None
        return found if found is not None and found.checkpoint.id == self.key else None

    @override
    def name(self) -> str:
        diamond = self.diamond()
        return words.name_of_diamond(self.canvas.editor.plan, diamond) if diamond is not None else ""

    @override
    def about(self) -> str:
        diamond = self.diamond()
        return words.about_diamond(self.canvas.editor.plan, diamond) if diamond is not None else ""

    @override
    def place(self) -> QRectF:
        diamond, lane, canvas = self.diamond(), self.owner(), self.canvas
        if diamond is None or lane is None:
            return QRectF()
        unit, scale = canvas.theme.unit, canvas.scale
        x = scale.x(diamond.checkpoint.day) + scale.day_width / 2 - canvas.left
        y, reach = self.upper() + lane.diamonds_top * unit, DIAMOND * unit
        return QRectF(x - reach, y - reach, 2 * reach, 2 * reach)


class GapItem(InLane):
    """A stretch of silence that is longer than agreed; known by its first day."""

    def __init__(self, items: Items, lane: Lane, gap: DateSpan) -> None:
        super().__init__(items, EntityId(f"{lane.key} {gap.start.isoformat()}"), lane, Role.ListItem)
        self._start = gap.start

    @property
    @override
    def selects(self) -> EntityId:
        return self.lane_key

    @property
    @override
    def there(self) -> bool:
        return self.gap() is not None

    def gap(self) -> DateSpan | None:
        """Return the silence as it is now."""
        lane = self.owner()
        return next((gap for gap in lane.gaps if gap.start == self._start), None) if lane is not None else None

    @override
    def name(self) -> str:
        gap, lane = self.gap(), self.owner()
        return words.name_of_gap(lane, gap) if gap is not None and lane is not None else ""

    @override
    def about(self) -> str:
        return words.about_gap(self.canvas.editor.plan)

    @override
    def place(self) -> QRectF:
        gap, lane, canvas = self.gap(), self.owner(), self.canvas
        if gap is None or lane is None:
            return QRectF()
        left, unit = canvas.scale.x(gap.start) - canvas.left, canvas.theme.unit
        return QRectF(left, self.upper() + lane.gaps_top * unit, gap.days * canvas.scale.day_width, GAP_HEIGHT * unit)

    @override
    def state(self) -> QAccessible.State:
        made = cast(Any, super().state())
        made.focused = made.selected = made.selectable = 0
        return cast(QAccessible.State, made)


class LaneItem(InLane):
    """A lane: its bars, then its checkpoints, then its silences, each by day."""

    def __init__(self, items: Items, lane: Lane) -> None:
        super().__init__(items, lane.key, lane, Role.List)

    @property
    @override
    def there(self) -> bool:
        return self.lane_key in self.canvas.lanes.numbers

    @override
    def owner(self) -> Lane | None:
        return None

    def _lane(self) -> Lane | None:
        return self.canvas.lanes.lane(self.lane_key)

    @override
    def name(self) -> str:
        lane = self._lane()
        return words.name_of_lane(lane) if lane is not None else ""

    @override
    def about(self) -> str:
        lane = self._lane()
        return words.about_lane(lane) if lane is not None else ""

    @override
    def place(self) -> QRectF:
        lane, canvas = self._lane(), self.canvas
        height = lane.height * canvas.theme.unit if lane is not None else 0.0
        return QRectF(0, self.upper(), canvas.viewport().width(), height)

    @override
    def childCount(self) -> int:
        lane = self._lane()
        return len(lane.bars) + len(lane.diamonds) + len(lane.gaps) if lane is not None else 0

    @override
    def child(self, index: int, /) -> QAccessibleInterface:
        lane = self._lane()
        if lane is None or index < 0:
            return NONE
        if index < len(lane.bars):
            return self.items.bar(lane.bars[index])
        index -= len(lane.bars)
        if index < len(lane.diamonds):
            return self.items.diamond(lane, lane.diamonds[index])
        index -= len(lane.diamonds)
        return self.items.gap(lane, lane.gaps[index]) if index < len(lane.gaps) else NONE

    @override
    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        lane = self._lane()
        if lane is None:
            return -1
        bars, diamonds = len(lane.bars), len(lane.diamonds)
        if isinstance(child, BarItem):
            increment = self.canvas.editor.plan.increments.get(child.key)
            if increment is None:
                return -1
            mark = (increment.span.start, increment.span.end, child.key)
            at = bisect_left(lane.bars, mark, key=order_of_bar)
            return at if at < bars and lane.bars[at].increment.id == child.key else -1
        if isinstance(child, DiamondItem):
            found = child.diamond() if child.lane_key == lane.key else None
            return bars + lane.diamonds.index(found) if found is not None else -1
        if isinstance(child, GapItem):
            gap = child.gap() if child.lane_key == lane.key else None
            return bars + diamonds + lane.gaps.index(gap) if gap is not None else -1
        return -1


def order_of_bar(bar: Bar) -> tuple[date, date, EntityId]:
    """Return by what the bars of a lane are in order."""
    return bar.increment.span.start, bar.increment.span.end, bar.increment.id


def order_of_diamond(diamond: Diamond) -> tuple[date, EntityId]:
    """Return by what the checkpoints of a lane are in order."""
    return diamond.checkpoint.day, diamond.checkpoint.id


class Face(QAccessibleWidget):
    """The timeline itself: a group of lanes that knows which of its bars has the keyboard."""

    def __init__(self, items: Items, focused: Callable[[], Item | None], said: Callable[[], str]) -> None:
        super().__init__(items.canvas, Role.Grouping, "")
        self._items = items
        self._focused = focused
        self._said = said

    @override
    def text(self, t: QAccessible.Text, /) -> str:
        return self._said() if t == Text.Description else super().text(t)

    @override
    def state(self) -> QAccessible.State:
        made = cast(Any, super().state())
        made.multiSelectable = 1
        made.readOnly = int(not self._items.canvas.editor.may_plan)
        return cast(QAccessible.State, made)

    @override
    def childCount(self) -> int:
        return len(self._items.canvas.lanes.lanes)

    @override
    def child(self, index: int, /) -> QAccessibleInterface:
        lanes = self._items.canvas.lanes.lanes
        return self._items.lane(lanes[index]) if 0 <= index < len(lanes) else NONE

    @override
    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return self._items.canvas.lanes.numbers.get(child.key, -1) if isinstance(child, LaneItem) else -1

    @override
    def childAt(self, x: int, y: int, /) -> QAccessibleInterface:
        canvas = self._items.canvas
        point = canvas.viewport().mapFromGlobal(QPoint(x, y))
        if not canvas.viewport().rect().contains(point) or point.y() < canvas.header:
            return NONE
        hit = canvas.hit_at(point.toPointF())
        if hit.bar is not None:
            return self._items.bar(hit.bar)
        if hit.lane is None:
            return NONE
        lane = canvas.lanes.lanes[hit.lane]
        if hit.diamond is not None:
            return self._items.diamond(lane, hit.diamond)
        return self._items.gap(lane, hit.gap) if hit.gap is not None else self._items.lane(lane)

    @override
    def focusChild(self) -> QAccessibleInterface:
        return cast(QAccessibleInterface, self._focused())
