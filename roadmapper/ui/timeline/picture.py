"""Picture: what the timeline paints of a plan, and which part of it a gesture changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen, QRegion

from roadmapper.chart.batches import Ends, ScreenPainter
from roadmapper.chart.changing import trial_of
from roadmapper.chart.lanes import BARS_TOP, DIAMOND, FLAG_TOP, Arrangement, Bar, Lane, Lanes
from roadmapper.chart.painter import View, colour
from roadmapper.chart.pieces import HEAD
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.plan import Plan

MOST_LINKS = 400
MOST_BARS = 400
BEYOND = 46.0
ROUND_BAR = 8.0

Spot: TypeAlias = tuple[float, float, float, float]
"""Left edge, right edge and height of the middle of a bar, all in pixels; of a link: both ends."""


class Tie(NamedTuple):
    """A link that may be seen: its bars, where it runs without a gesture, and whether it is violated then."""

    link: Link
    ends: Spot
    late: bool


class Knot(NamedTuple):
    """A link wherever one looks from: start and length of the bar before, start of the one after, all in days.

    The heights of the middles of both are in units from the top of all lanes.
    """

    link: Link
    start: int
    days: int
    from_y: float
    to: int
    to_y: float
    late: bool


@dataclass(slots=True)
class Spots:
    """Where the bars of a scene stand without a gesture, and its links, found when they are first asked for.

    The *knots* of each lane are true for as long as the lanes are; the rest only where one looks from.
    """

    bars: dict[EntityId, Spot | None] = field(default_factory=dict)
    ties: list[Tie] | None = None
    few: bool = True
    knots: dict[int, list[Knot]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Scene:
    """What is to be painted: a plan in its lanes, seen through *view*, below a header, scrolled down by *top* pixels.

    *trial* holds the part of the plan that a gesture touches, as it would be after it; *moving* is what the gesture
    holds, *pushed* what it moves besides.
    """

    plan: Plan
    lanes: Lanes
    arrangement: Arrangement
    today: date
    view: View
    header: float
    top: float
    size: tuple[int, int]
    trial: Plan | None = None
    moving: Collection[EntityId] = ()
    pushed: Collection[EntityId] = ()
    tried: Mapping[int, Lane] = field(default_factory=dict)
    changed: QRegion = field(default_factory=QRegion)
    spots: Spots = field(default_factory=Spots)

    def knows(self, other: Scene) -> bool:
        """Return whether the same lanes are looked at in both."""
        return self.plan is other.plan and self.lanes is other.lanes and self.arrangement is other.arrangement

    def like(self, other: Scene) -> bool:
        """Return whether both show the same, whatever a gesture makes of it."""
        same = self.knows(other)
        mine = (self.today, self.view, self.header, self.top, self.size)
        return same and mine == (other.today, other.view, other.header, other.top, other.size)

    @property
    def body(self) -> QRectF:
        """Return the part of the viewport below the header."""
        return QRectF(0, self.header, self.size[0], self.size[1] - self.header)

    def lane_rect(self, number: int) -> QRectF:
        """Return where a lane stands in the viewport."""
        unit = self.view.unit
        top = self.header + self.lanes.tops[number] * unit - self.top
        return QRectF(0, top, self.size[0], self.lanes.lanes[number].height * unit)

    def numbers(self, area: QRectF) -> range:
        """Return the numbers of the lanes of which something lies in *area*."""
        unit, above = self.view.unit, self.top - self.header
        return self.lanes.between((area.top() + above) / unit, (area.bottom() + above) / unit)

    def trials(self) -> dict[int, Lane]:
        """Return the lanes that show and that the gesture changes, as they would be after it."""
        found = {}
        changed = frozenset((*self.moving, *self.pushed))
        if self.trial is not None:
            for number in self.numbers(self.body):
                lane = trial_of(self.lanes.lanes[number], self.trial, self.today, self.arrangement, changed)
                if lane is not None:
                    found[number] = lane
        return found

    @property
    def still(self) -> Scene:
        """Return the scene without the gesture."""
        return replace(self, trial=None, tried={}, moving=(), pushed=(), changed=QRegion())

    def spot(self, key: EntityId) -> Spot | None:
        """Return where a bar stands without a gesture, its middle given twice; None if it is in no lane."""
        if key not in self.spots.bars:
            found = self.lanes.find(key)
            if found is None:
                self.spots.bars[key] = None
            else:
                number, bar = found
                lane = self.lanes.lanes[number]
                middle = self.lanes.tops[number] + lane.bar_top(bar.row) + lane.bar_height / 2
                y = self.header - self.top + middle * self.view.unit
                self.spots.bars[key] = (*self.across(bar.increment.span), y, y)
        return self.spots.bars[key]

    def across(self, span: DateSpan) -> tuple[float, float]:
        """Return from where to where a bar reaches."""
        left = self.view.x(span.start)
        return left, left + max((span.end - span.start).days * self.view.scale.day_width - 1, 2.0)

    def ends(self, link: Link, new: Mapping[EntityId, Increment]) -> Spot | None:
        """Return where a link starts and ends, as x, y, x, y; *new* are the increments that stand elsewhere."""
        one, two = self.spot(link.before), self.spot(link.after)
        if one is None or two is None:
            return None
        right = self.across(new[link.before].span)[1] if link.before in new else one[1]
        left = self.across(new[link.after].span)[0] if link.after in new else two[0]
        return right, one[2], left, two[2]

    def ties(self) -> list[Tie]:
        """Return the links of the lanes that show, without a gesture."""
        if self.spots.ties is None:
            view, numbers = self.view, self.numbers(self.body)
            knots = {knot.link.id: knot for number in numbers for knot in self._knots(number)}
            day, unit, above = view.scale.day_width, view.unit, self.header - self.top
            before = view.scale.origin.toordinal() * day + view.left
            ties = self.spots.ties = []
            for link, start, days, from_y, to, to_y, late in knots.values():
                right = start * day - before + max(days * day - 1, 2.0)
                ties.append(Tie(link, (right, above + from_y * unit, to * day - before, above + to_y * unit), late))
            self.spots.few = len(ties) <= MOST_LINKS
        return self.spots.ties

    def _knots(self, number: int) -> list[Knot]:
        """Return the links of a lane; of one of very many bars, those of the bars that show."""
        known, lane = self.spots.knots.get(number), self.lanes.lanes[number]
        if known is None:
            tied = self.plan.links_by_increment
            links = {k.id: k for bar in _shown(self, number, self.body) for k in tied.get(bar.increment.id, ())}
            known = [knot for link in links.values() if (knot := self._knot(link)) is not None]
            if len(lane.bars) <= MOST_BARS:
                self.spots.knots[number] = known
        return known

    def _knot(self, link: Link) -> Knot | None:
        """Return where a link runs; None where one of its bars is in no lane."""
        one, two = self.lanes.find(link.before), self.lanes.find(link.after)
        if one is None or two is None:
            return None
        heights = []
        for number, bar in (one, two):
            lane = self.lanes.lanes[number]
            heights.append(self.lanes.tops[number] + lane.bar_top(bar.row) + lane.bar_height / 2)
        span, to = one[1].increment.span, two[1].increment.span.start.toordinal()
        late = _late(link, self.plan.increments, {})
        return Knot(link, span.start.toordinal(), span.days, heights[0], to, heights[1], late)


def paint_lanes(painter: ScreenPainter, scene: Scene) -> None:
    """Paint the lanes that lie in the painter's area, those that a gesture changes as it would leave them."""
    origins = _origins(painter, scene)
    for number in scene.numbers(painter.area):
        rect, lane = scene.lane_rect(number), scene.lanes.lanes[number]
        if not painter.shows(rect.adjusted(0, -1, 0, 1)):
            continue
        if number in scene.tried:
            lane = scene.tried[number]
        painter.outlines(origins.get(number, ()))
        painter.lane(rect, lane, scene.moving)
        painter.qp.setPen(QPen(colour(painter.palette.line), 1))
        painter.qp.drawLine(QPointF(rect.left(), rect.bottom()), QPointF(rect.right(), rect.bottom()))


def _origins(painter: ScreenPainter, scene: Scene) -> dict[int, list[tuple[QRectF, str, float]]]:
    """Return for each lane where what is dragged came from, and, thinner, where what it pushes did."""
    found: defaultdict[int, list[tuple[QRectF, str, float]]] = defaultdict(list)
    for keys, pen in ((scene.moving, 1.0), (scene.pushed, 0.7)):
        for key in keys if scene.tried else ():
            place, spot = scene.lanes.find(key), scene.spot(key)
            if place is not None and spot is not None:
                number, bar = place
                height = scene.lanes.lanes[number].bar_height * scene.view.unit
                rect = QRectF(spot[0], spot[2] - height / 2, spot[1] - spot[0], height)
                if rect.intersects(painter.area):
                    found[number].append((rect, painter.accent(bar.accent).full, pen))
    return found


def paint_links(painter: ScreenPainter, scene: Scene) -> None:
    """Paint the links of the lanes in the painter's area; above all of them those that are broken."""
    new = _moved(scene)
    chosen = painter.view.selected
    focused = chosen[-1] if isinstance(chosen, tuple) and chosen else None
    top, bottom = painter.area.top() - HEAD, painter.area.bottom() + HEAD
    plain: list[Ends] = []
    bad: list[Ends] = []
    good, violated = painter.palette.faint, painter.palette.bad
    ties, few = scene.ties(), scene.spots.few
    for link, ends, late in ties:
        y1, y2 = ends[1], ends[3]
        if (y1 < top and y2 < top) or (y1 > bottom and y2 > bottom):
            continue
        if new and (link.before in new or link.after in new):
            ends, late = scene.ends(link, new) or ends, _late(link, scene.plan.increments, new)
        # More arrows than these nobody can follow: then only those are drawn that say something just now.
        if late:
            bad.append((*ends, violated))
        elif few or focused in (link.before, link.after):
            plain.append((*ends, good))
    painter.threads((*plain, *bad))


def _late(link: Link, increments: Mapping[EntityId, Increment], new: Mapping[EntityId, Increment]) -> bool:
    """Return whether a link is violated when the increments in *new* stand where they do there."""
    one, two = new.get(link.before) or increments[link.before], new.get(link.after) or increments[link.after]
    return (one.span.end - two.span.start).days + link.lag_days > 0 and one.counts and two.counts


def _shown(scene: Scene, number: int, area: QRectF) -> Iterable[Bar]:
    lane, view = scene.lanes.lanes[number], scene.view
    if len(lane.bars) <= MOST_BARS:
        return lane.bars
    top, unit = scene.lane_rect(number).top(), view.unit
    rows = lane.rows_between((area.top() - top) / unit, (area.bottom() - top) / unit)
    first, last = view.scale.day(view.left + area.left()), view.scale.day(view.left + area.right() + 1)
    return lane.visible(first, last, rows)


def _moved(scene: Scene) -> dict[EntityId, Increment]:
    return {bar.increment.id: bar.increment for lane in scene.tried.values() for bar in lane.loose}


def changed_by(scene: Scene) -> QRegion:
    """Return where the picture with the gesture in it differs from the one without."""
    region = QRegion()
    if not scene.tried:
        return region
    for rect in _changed(scene):
        region += rect.toAlignedRect()
    return region & scene.body.toAlignedRect()


def _changed(scene: Scene) -> Iterator[QRectF]:
    unit, new = scene.view.unit, _moved(scene)
    rows: dict[tuple[int, int], tuple[float, float]] = {}
    for number, lane in scene.tried.items():
        old = scene.lanes.lanes[number]
        yield from _zones(scene, number, old, lane)
        for bar in lane.loose:
            before = scene.lanes.find(bar.increment.id)
            spans = [bar.increment.span, *([before[1].increment.span] if before is not None else ())]
            begin = min(scene.view.x(span.start) for span in spans)
            end = max(scene.view.x(span.end) for span in spans)
            left, right = rows.get((number, bar.row), (begin, end))
            rows[number, bar.row] = min(left, begin), max(right, end)
    for (number, row), (left, right) in rows.items():
        lane = scene.lanes.lanes[number]
        top = scene.lane_rect(number).top() + lane.bar_top(row) * unit
        rect = QRectF(left, top, right - left + 2 * unit, lane.bar_height * unit)
        yield rect.adjusted(-ROUND_BAR * unit, -ROUND_BAR * unit, ROUND_BAR * unit, ROUND_BAR * unit)
    yield from _arrows(scene, new)


def _zones(scene: Scene, number: int, old: Lane, new: Lane) -> Iterator[QRectF]:
    """Yield the strips of a lane in which something other than a bar changes."""
    rect, unit = scene.lane_rect(number), scene.view.unit
    reach = (DIAMOND + 4) * unit
    if old.diamonds != new.diamonds:
        yield QRectF(0, rect.top() + old.diamonds_top * unit - reach, rect.width(), 2 * reach)
    if old.gaps != new.gaps:
        yield QRectF(0, rect.top() + (old.gaps_top - 4) * unit, rect.width(), 34 * unit)
    if old.first_value != new.first_value:
        yield QRectF(0, rect.top() + (FLAG_TOP - 2) * unit, rect.width(), (BARS_TOP - FLAG_TOP + 2) * unit)


def _arrows(scene: Scene, new: Mapping[EntityId, Increment]) -> Iterator[QRectF]:
    """Yield rectangles around the links of what moves, before and after; those between the same heights as one."""
    boxes: dict[tuple[float, float], list[float]] = {}
    for tie in scene.ties():
        link = tie.link
        if link.before in new or link.after in new:
            x1, y1, x2, y2 = tie.ends
            moved = scene.ends(link, new) or tie.ends
            boxes.setdefault((y1, y2), []).extend((x1, x2, moved[0], moved[2]))
    beyond, edge = BEYOND * scene.view.unit, 6 * scene.view.unit
    for (one, two), places in boxes.items():
        left, right = min(places) - beyond, max(places) + beyond
        yield QRectF(left, min(one, two) - edge, right - left, abs(two - one) + 2 * edge)
