"""Lanes: one for each project, where each of its bars, diamonds and strips stands - and which of them are visible."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from heapq import heappop, heappush
from itertools import accumulate

from roadmapper.domain.consult import Answer, Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.silence import gaps
from roadmapper.planning.forecast import first_value

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


class Look(Enum):
    """How a checkpoint is: still to come, due, or answered in one of three ways."""

    COMING = "coming"
    DUE = "due"
    APPROVED = "approved"
    CHANGES = "approved with changes"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Bar:
    """An increment and the row of its lane in which it stands; overlapping ones stand below each other."""

    increment: Increment
    row: int


@dataclass(frozen=True, slots=True)
class Diamond:
    """A checkpoint and how it is."""

    checkpoint: Checkpoint
    look: Look


@dataclass(frozen=True, slots=True)
class Lane:
    """Everything that is painted for one project; heights in units of the chart, from the lane's top."""

    project: Project
    bars: tuple[Bar, ...]
    rows: int
    diamonds: tuple[Diamond, ...]
    gaps: tuple[DateSpan, ...]
    first_value: date | None
    starts: tuple[date, ...] = field(repr=False)
    latest: tuple[date, ...] = field(repr=False)
    expanded: bool = False
    prefix: str = ""

    @property
    def head(self) -> float:
        """Return the height of the lane without the rows that belong to single increments."""
        rows = 1 if self.expanded else self.rows
        return max(LEAST_HEIGHT, BARS_TOP + rows * BAR_STEP + FOOT)

    @property
    def height(self) -> float:
        """Return the height of the lane; expanded, each increment has a row of its own below its head."""
        return self.head + (len(self.bars) * BAR_STEP if self.expanded else 0.0)

    @property
    def diamonds_top(self) -> float:
        """Return where the middle of the diamonds stands."""
        rows = 1 if self.expanded else max(self.rows, 1)
        return BARS_TOP + rows * BAR_STEP - (BAR_STEP - BAR_HEIGHT) + DIAMONDS_BELOW

    @property
    def gaps_top(self) -> float:
        """Return where the strips of silence begin."""
        return self.diamonds_top - DIAMONDS_BELOW + GAP_BELOW

    def bar_top(self, row: int) -> float:
        """Return where the bars of a row begin."""
        return self.head + (BAR_STEP - BAR_HEIGHT) / 2 + row * BAR_STEP if self.expanded else BARS_TOP + row * BAR_STEP

    def in_rows_of(self, other: Lane) -> Lane:
        """Return this lane with each bar in the row it has in *other*: while a bar is dragged, none jumps."""
        rows = {bar.increment.id: bar.row for bar in other.bars}
        bars = tuple(Bar(bar.increment, rows.get(bar.increment.id, bar.row)) for bar in self.bars)
        return replace(self, bars=bars, rows=other.rows)

    def visible(self, first: date, last: date) -> Iterator[Bar]:
        """Yield the bars of which at least a day lies in first <= day < last.

        The bars are in order of their starts, and *latest* holds the greatest end so far, so two bisections cut off
        all that lie before and after.
        """
        begin = bisect_right(self.latest, first)
        end = bisect_left(self.starts, last)
        return (b for b in self.bars[begin:end] if b.increment.span.end > first)


@dataclass(frozen=True)
class Lanes:
    """All lanes from the top; *tops* has one more entry than there are lanes: the height of all."""

    lanes: tuple[Lane, ...]
    tops: tuple[float, ...]

    @property
    def height(self) -> float:
        """Return the height of all lanes together."""
        return self.tops[-1]

    def at(self, y: float) -> int | None:
        """Return the number of the lane at height *y*, or None below and above all of them."""
        index = bisect_right(self.tops, y) - 1
        return index if 0 <= index < len(self.lanes) else None

    def between(self, top: float, bottom: float) -> range:
        """Return the numbers of the lanes that show between two heights."""
        return range(max(bisect_right(self.tops, top) - 1, 0), min(bisect_left(self.tops, bottom), len(self.lanes)))

    def find(self, increment: EntityId) -> tuple[int, Bar] | None:
        """Return lane number and bar of an increment."""
        return self._places.get(increment)

    @cached_property
    def _places(self) -> Mapping[EntityId, tuple[int, Bar]]:
        return {bar.increment.id: (number, bar) for number, lane in enumerate(self.lanes) for bar in lane.bars}


def lay_out(
    plan: Plan,
    today: date,
    expanded: Collection[EntityId] = (),
    old: Lanes | None = None,
    touched: Collection[EntityId] | None = None,
) -> Lanes:
    """Return the lanes of *plan*; with *touched*, only the lanes of those projects are made anew."""
    kept = {lane.project.id: lane for lane in old.lanes} if old is not None and touched is not None else {}
    lanes = []
    for project in plan.projects_in_order:
        lane = kept.get(project.id)
        if lane is None or project.id in (touched or ()):
            lane = lane_of(plan, project, today, expanded=project.id in expanded)
        lanes.append(lane)
    return Lanes(tuple(lanes), tuple(accumulate((lane.height for lane in lanes), initial=0.0)))


def lane_of(plan: Plan, project: Project, today: date, *, expanded: bool = False) -> Lane:
    """Return the lane of one project."""
    increments = plan.increments_by_project.get(project.id, [])
    bars, rows = _stacked(increments)
    if expanded:
        bars = tuple(Bar(bar.increment, n) for n, bar in enumerate(bars))
    return Lane(
        project=project,
        bars=bars,
        rows=rows,
        diamonds=tuple(Diamond(c, look_of(plan, c, today)) for c in plan.checkpoints_by_project.get(project.id, ())),
        gaps=tuple(gaps(plan, project.id)),
        first_value=first_value(plan, project.id),
        starts=tuple(i.span.start for i in increments),
        latest=tuple(accumulate((i.span.end for i in increments), max)),
        expanded=expanded,
        prefix=_shared_prefix([i.title for i in increments]),
    )


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


def _stacked(increments: Sequence[Increment]) -> tuple[tuple[Bar, ...], int]:
    """Put each bar into the uppermost row that is free again, in order of start; return the bars and the rows."""
    free: list[int] = []
    busy: list[tuple[date, int]] = []
    bars = []
    rows = 0
    for increment in increments:
        while busy and busy[0][0] <= increment.span.start:
            heappush(free, heappop(busy)[1])
        row = heappop(free) if free else rows
        rows = max(rows, row + 1)
        heappush(busy, (increment.span.end, row))
        bars.append(Bar(increment, row))
    return tuple(bars), rows
