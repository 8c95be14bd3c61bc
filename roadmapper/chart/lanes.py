"""Lanes: one for each project, team or status; where each bar, diamond and strip stands, and which of them show."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from itertools import accumulate
from math import ceil

from roadmapper.chart.stacking import stacked
from roadmapper.domain.consult import Answer, Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.silence import gaps
from roadmapper.planning.forecast import first_value
from roadmapper.planning.grouping import Grouping, keys_for, keys_in_order, lane_title, members

GHOST_TOP = 26.0
GHOST_HEIGHT = 6.0
FLAG_TOP = 38.0
BARS_TOP = 54.0
BAR_HEIGHT = 34.0
BAR_STEP = 40.0
DIAMONDS_BELOW = 11.0
DIAMOND = 7.0
GAP_BELOW = 28.0
GAP_HEIGHT = 10.0
LEAST_HEIGHT = 132.0
FOOT = 46.0
PLAIN_TOP = 16.0
PLAIN_HEIGHT = 76.0
PLAIN_FOOT = 28.0
LOW_TOP = 7.0
LOW_ROOM = 20.0
LOW_HEIGHT = 52.0
SLIVER = 10.0
THINNEST = 1.0
WHOLE = 4.0  # a unit has quarters of a pixel: so many units are whole pixels


class Look(Enum):
    """How a checkpoint is: still to come, due, or answered in one of three ways."""

    COMING = "coming"
    DUE = "due"
    APPROVED = "approved"
    CHANGES = "approved with changes"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Bar:
    """An increment, the row of its lane in which it stands, and the accent of its project.

    Overlapping bars stand below each other.
    """

    increment: Increment
    row: int
    accent: int = 0


@dataclass(frozen=True, slots=True)
class Diamond:
    """A checkpoint and how it is."""

    checkpoint: Checkpoint
    look: Look


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the lanes are to be arranged; lanes are named by their keys.

    *expanded* lanes give each increment a row of its own, *collapsed* ones are a low strip. *shown* are the
    increments that a filter lets through; None is no filter.
    """

    grouping: Grouping = Grouping.PROJECT
    expanded: frozenset[EntityId] = frozenset()
    collapsed: frozenset[EntityId] = frozenset()
    shown: frozenset[EntityId] | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """Everything that is painted for one project, team or status; heights in units of the chart, from the lane's top.

    *bars* are in order of their starts, *by_row* the same row by row. *loose* are the bars that a gesture moves: they
    are in no row of *by_row*, because they may lie above others there. A lane that is no project's has no *project*,
    no gaps and no first value.
    """

    key: EntityId
    title: str
    project: Project | None
    bars: tuple[Bar, ...]
    rows: int
    diamonds: tuple[Diamond, ...]
    gaps: tuple[DateSpan, ...]
    first_value: date | None
    by_row: tuple[tuple[Bar, ...], ...] = field(repr=False)
    loose: tuple[Bar, ...] = ()
    expanded: bool = False
    collapsed: bool = False
    prefix: str = ""

    @property
    def accent(self) -> int:
        """Return the accent of the lane's project, or 0."""
        return self.project.accent if self.project is not None else 0

    @property
    def head(self) -> float:
        """Return the height of the lane without the rows that belong to single increments, in whole pixels."""
        if self.collapsed:
            return max(LOW_HEIGHT, ceil((self.diamonds_top + DIAMONDS_BELOW + LOW_TOP) / WHOLE) * WHOLE)
        if self.expanded and self.project is None:
            return PLAIN_HEIGHT
        foot, least = (FOOT, LEAST_HEIGHT) if self.project is not None else (PLAIN_FOOT, PLAIN_HEIGHT)
        return max(least, self._bars_top + (1 if self.expanded else self.rows) * BAR_STEP + foot)

    @property
    def height(self) -> float:
        """Return the height of the lane; expanded, each increment has a row of its own below its head."""
        return self.head + (len(self.bars) * BAR_STEP if self.expanded else 0.0)

    @property
    def diamonds_top(self) -> float:
        """Return where the middle of the diamonds stands."""
        if self.collapsed:
            return LOW_TOP + max(self.rows * self._sliver, LOW_ROOM) + DIAMONDS_BELOW
        if self.expanded and self.project is None:
            return PLAIN_HEIGHT / 2
        rows = 1 if self.expanded else max(self.rows, 1)
        return self._bars_top + rows * BAR_STEP - (BAR_STEP - BAR_HEIGHT) + DIAMONDS_BELOW

    @property
    def gaps_top(self) -> float:
        """Return where the strips of silence begin; in a low strip they lie behind the diamonds."""
        if self.collapsed:
            return self.diamonds_top - GAP_HEIGHT / 2
        return self.diamonds_top - DIAMONDS_BELOW + GAP_BELOW

    @property
    def bar_height(self) -> float:
        """Return how high a bar is; in a low strip it is a sliver."""
        return max(self._sliver * 0.8, THINNEST) if self.collapsed else BAR_HEIGHT

    @property
    def _bars_top(self) -> float:
        return BARS_TOP if self.project is not None else PLAIN_TOP

    @property
    def _sliver(self) -> float:
        return max(min(SLIVER, LOW_ROOM / max(self.rows, 1)), THINNEST)

    def bar_top(self, row: int) -> float:
        """Return where the bars of a row begin."""
        if self.collapsed:
            return LOW_TOP + row * self._sliver
        if self.expanded:
            return self.head + (BAR_STEP - BAR_HEIGHT) / 2 + row * BAR_STEP
        return self._bars_top + row * BAR_STEP

    def rows_between(self, top: float, bottom: float) -> range:
        """Return the rows of bars of which something shows between two heights from the lane's top."""
        step = self._sliver if self.collapsed else BAR_STEP
        first = self.bar_top(0)
        begin = int((top - first - self.bar_height) // step) + 1
        return range(max(begin, 0), max(min(int((bottom - first) // step) + 1, len(self.by_row)), 0))

    def in_rows_of(self, other: Lane) -> Lane:
        """Return this lane with each bar in the row it has in *other*: while a bar is dragged, none jumps."""
        old = {bar.increment.id: bar for bar in other.bars}
        bars, loose = [], []
        for bar in self.bars:
            before = old.get(bar.increment.id)
            if before is None or before.increment.span != bar.increment.span:
                loose.append(replace(bar, row=before.row if before is not None else bar.row))
            bars.append(loose[-1] if before is None or before.increment.span != bar.increment.span else before)
        moved = {bar.increment.id for bar in loose}
        stay = {bar.increment.id for bar in bars} - moved
        by_row = tuple(
            row if all(b.increment.id in stay for b in row) else tuple(b for b in row if b.increment.id in stay)
            for row in other.by_row
        )
        return replace(self, bars=tuple(bars), rows=other.rows, by_row=by_row, loose=tuple(loose))

    def visible(self, first: date, last: date, rows: range | None = None) -> Iterator[Bar]:
        """Yield the bars of which at least a day lies in first <= day < last, row by row, then the loose ones.

        With *rows*, only those in these rows. The bars of a row do not overlap, so two bisections cut off all that
        lie before and after.
        """
        for number in rows if rows is not None else range(len(self.by_row)):
            row = self.by_row[number]
            begin = bisect_right(row, first, key=_end)
            yield from row[begin : bisect_left(row, last, lo=begin, key=_start)]
        for bar in self.loose:
            inside = rows is None or bar.row in rows
            if inside and bar.increment.span.start < last and bar.increment.span.end > first:
                yield bar


@dataclass(frozen=True)
class Lanes:
    """All lanes from the top; *tops* has one more entry than there are lanes: the height of all.

    *hits* is how many increments the filter let through. *places* tells the lane and the bar of each increment.
    """

    lanes: tuple[Lane, ...]
    tops: tuple[float, ...]
    numbers: Mapping[EntityId, int] = field(default_factory=dict, repr=False)
    places: Mapping[EntityId, tuple[EntityId, Bar]] = field(default_factory=dict, repr=False)

    @property
    def height(self) -> float:
        """Return the height of all lanes together."""
        return self.tops[-1]

    @property
    def hits(self) -> int:
        """Return how many increments stand in the lanes: all, or those that the filter lets through."""
        return len(self.places)

    def at(self, y: float) -> int | None:
        """Return the number of the lane at height *y*, or None below and above all of them."""
        index = bisect_right(self.tops, y) - 1
        return index if 0 <= index < len(self.lanes) else None

    def between(self, top: float, bottom: float) -> range:
        """Return the numbers of the lanes that show between two heights."""
        return range(max(bisect_right(self.tops, top) - 1, 0), min(bisect_left(self.tops, bottom), len(self.lanes)))

    def find(self, increment: EntityId) -> tuple[int, Bar] | None:
        """Return lane number and bar of an increment."""
        place = self.places.get(increment)
        return (self.numbers[place[0]], place[1]) if place is not None else None

    def lane(self, key: EntityId) -> Lane | None:
        """Return the lane called *key*, if it is there."""
        number = self.numbers.get(key)
        return self.lanes[number] if number is not None else None


EVERY = Arrangement()


def lay_out(
    plan: Plan,
    today: date,
    arrangement: Arrangement = EVERY,
    old: Lanes | None = None,
    touched: Collection[EntityId] | None = None,
) -> Lanes:
    """Return the lanes of *plan*; with *touched*, only the lanes of these keys are made anew, the rest are *old*'s.

    A lane in which the filter leaves nothing is left out.
    """
    whole = old is None or touched is None
    kept = {} if old is None or touched is None else {lane.key: lane for lane in old.lanes}
    keys = keys_in_order(plan, arrangement.grouping)
    anew = None if whole else {*(touched or ()), *(key for key in keys if key not in kept)}
    by_lane = plan.increments_by_project
    if arrangement.grouping is not Grouping.PROJECT:
        by_lane = members(plan, arrangement.grouping, anew)
    shown = arrangement.shown
    key_of = keys_for(plan, arrangement.grouping)
    held = {key_of(plan.increments[key]) for key in shown if key in plan.increments} if shown is not None else None
    lanes = []
    for key in keys:
        if held is not None and key not in held:
            continue
        lane = kept.get(key)
        if lane is None or anew is None or key in anew:
            lane = _lane(plan, key, by_lane.get(key, ()), today, arrangement)
        lanes.append(lane)
    tops = tuple(accumulate((lane.height for lane in lanes), initial=0.0))
    numbers = {lane.key: n for n, lane in enumerate(lanes)}
    return Lanes(tuple(lanes), tops, numbers, _places(lanes, kept, old))


def _places(
    lanes: Sequence[Lane], kept: Mapping[EntityId, Lane], old: Lanes | None
) -> Mapping[EntityId, tuple[EntityId, Bar]]:
    """Return where each increment stands, from what was known before about the lanes that were *kept*."""
    now = {lane.key: lane for lane in lanes}
    places = dict(old.places) if old is not None and kept else {}
    for key, lane in kept.items():
        if now.get(key) is not lane:
            for bar in lane.bars:
                places.pop(bar.increment.id, None)
    for lane in lanes:
        if kept.get(lane.key) is not lane:
            places.update((bar.increment.id, (lane.key, bar)) for bar in lane.bars)
    return places


def lane_of(
    plan: Plan, project: Project, today: date, *, expanded: bool = False, arrangement: Arrangement = EVERY
) -> Lane:
    """Return the lane of one project."""
    if expanded:
        arrangement = replace(arrangement, expanded=frozenset([project.id]))
    return _lane(plan, project.id, plan.increments_by_project.get(project.id, ()), today, arrangement)


def _lane(plan: Plan, key: EntityId, increments: Sequence[Increment], today: date, arrangement: Arrangement) -> Lane:
    shown, project = arrangement.shown, None
    if shown is not None:
        increments = [i for i in increments if i.id in shown]
    if arrangement.grouping is Grouping.PROJECT:
        project = plan.projects[key]
    collapsed = key in arrangement.collapsed
    expanded = key in arrangement.expanded and not collapsed and bool(increments)
    bars = _stacked(plan, increments)
    rows = max((bar.row for bar in bars), default=-1) + 1
    if expanded:
        bars = tuple(replace(bar, row=n) for n, bar in enumerate(bars))
    by_row: list[list[Bar]] = [[] for _ in range(len(bars) if expanded else rows)]
    for bar in bars:
        by_row[bar.row].append(bar)
    return Lane(
        key=key,
        title=lane_title(plan, key, arrangement.grouping),
        project=project,
        bars=bars,
        rows=rows,
        diamonds=diamonds_of(plan, _checkpoints(plan, project, increments, shown), today),
        gaps=tuple(gaps(plan, key)) if project is not None else (),
        first_value=first_value(plan, key) if project is not None else None,
        by_row=tuple(map(tuple, by_row)),
        expanded=expanded,
        collapsed=collapsed,
        prefix=_shared_prefix([i.title for i in increments]) if project is not None else "",
    )


def _checkpoints(
    plan: Plan, project: Project | None, increments: Sequence[Increment], shown: Collection[EntityId] | None
) -> Iterable[Checkpoint]:
    """Return the checkpoints of a lane: a project's own, or those of the increments it holds."""
    if project is not None:
        found = plan.checkpoints_by_project.get(project.id, ())
        return [c for c in found if shown is None or c.increment is None or c.increment in shown]
    ids, projects = {i.id for i in increments}, {i.project for i in increments}
    return [c for key in projects for c in plan.checkpoints_by_project.get(key, ()) if c.increment in ids]


def diamonds_of(plan: Plan, checkpoints: Iterable[Checkpoint], today: date) -> tuple[Diamond, ...]:
    """Return *checkpoints* by day, each as it is today."""
    return tuple(Diamond(c, look_of(plan, c, today)) for c in sorted(checkpoints, key=lambda c: (c.day, c.id)))


def look_of(plan: Plan, checkpoint: Checkpoint, today: date) -> Look:
    """Return how a checkpoint is."""
    decision = plan.latest_decisions.get(checkpoint.id)
    if decision is None:
        return Look.DUE if checkpoint.day <= today else Look.COMING
    return {
        Answer.APPROVE: Look.APPROVED,
        Answer.APPROVE_WITH_CHANGES: Look.CHANGES,
        Answer.REJECT: Look.REJECTED,
    }[decision.answer]


def name_of(increment: Increment, prefix: str = "") -> str:
    """Return what stands in a bar: the title less *prefix*, and before it marks for its state and for being pinned."""
    marks = {Status.DELIVERED: "✓\u00a0", Status.HELD: "‖\u00a0", Status.CANCELLED: "×\u00a0"}.get(increment.status, "")
    return marks + ("⚑\u00a0" if increment.pinned else "") + increment.title.removeprefix(prefix)


def _shared_prefix(titles: Sequence[str]) -> str:
    """Return what all titles begin with up to a colon, such as the number of an imported project; it tells nothing."""
    if len(titles) < 2:
        return ""
    prefix = titles[0].partition(": ")[0] + ": "
    return prefix if all(title.startswith(prefix) and title != prefix for title in titles) else ""


def _stacked(plan: Plan, increments: Sequence[Increment]) -> tuple[Bar, ...]:
    accents = {key: plan.projects[key].accent for key in {i.project for i in increments} if key in plan.projects}
    rows = stacked([i.span for i in increments])
    return tuple(Bar(i, row, accents.get(i.project, 0)) for i, row in zip(increments, rows, strict=True))


def _start(bar: Bar) -> date:
    return bar.increment.span.start


def _end(bar: Bar) -> date:
    return bar.increment.span.end
