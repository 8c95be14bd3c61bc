"""Robustness: how little one swing has to change for another set to be funded."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from math import inf

from roadmapper.domain.entity import GREATEST_MONEY, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.blocks import density
from roadmapper.planning.ranking.model import Radius, Ranking
from roadmapper.planning.ranking.ranking import SLACK, walked
from roadmapper.planning.ranking.swinging import Line, lines_of, needs_of, nudged, parts_of

WINDOWS = (0.0, 0.02, 0.1, 0.3, 1.0, 4.0, 100.0, inf)
"""How far a swing is followed at a time, relative to itself: what is near is found without looking at what is far."""
WINDOWS_OF_NOTHING = (0, 10**6, 10**8, 10**10, 10**12, GREATEST_MONEY)
"""The same for a swing that is nothing now, in minor units."""


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def radius_of(plan: Plan, ranking: Ranking, progress: Callable[[int, int], None] = _silent) -> Radius | None:
    """Return the smallest relative change of any one swing that alters the funded set; None where no swing does.

    A swing goes from 0 to the greatest amount that can be entered. Beyond the swing that is returned the set is
    another. A criterion that is worth nothing now has no relative change: only where no other one alters the set is
    the smallest of those returned, with a change of infinity. *progress* is told of the steps done, of all; whatever
    it raises ends the work.

    As long as the set is the same, so is each flag in it, so only those who cross from one side of a funded one to the
    other can alter it: the crossings are taken in turn, and each keeps count of what is funded before the others.
    """
    if all(p.funded for p in ranking.places):
        return None
    swings = [ranking.weights.swings.get(c.id, 0) for c in plan.criteria_in_order]
    worlds = [_World(plan, ranking, c.id, swing) for c, swing in zip(plan.criteria_in_order, swings, strict=True)]
    stages = [*pairwise(WINDOWS), *pairwise(WINDOWS_OF_NOTHING)]
    for done, (near, far) in enumerate(stages):
        relative = done < len(WINDOWS) - 1
        found = []
        for number, world in enumerate(worlds):
            progress(done * len(worlds) + number, len(stages) * len(worlds))
            for start, end in world.stretches(near, far, relative=relative):
                change = world.first_change(start, end)
                if change is not None:
                    found.append((abs(change[0] - world.now), number, *change))
        if found:
            best = min(found, key=lambda f: (f[0] / swings[f[1]] if swings[f[1]] else f[0], f[1]))
            return worlds[best[1]].radius(best[2], best[3])
    return None


@dataclass(slots=True)
class _Row:
    """A block at some swing: which of its members are funded, which could be, and what those funded take together."""

    members: tuple[EntityId, ...]
    line: Line
    number: int
    effort: float = 0.0
    money: int = 0
    waiting: list[EntityId] = field(default_factory=list)
    busy: bool = False

    def order(self, swing: float) -> tuple[float, float, int]:
        """Return what it is sorted by at a swing; see blocks_of."""
        value = self.line.at(swing)
        rate = density(value, self.line.effort)
        return -rate, -value if rate == inf else 0.0, self.number


class _World:
    """The funded set of a ranking as one swing changes."""

    def __init__(self, plan: Plan, ranking: Ranking, criterion: EntityId, now: int) -> None:
        self.now = now
        self._criterion = criterion
        self._ranking = ranking
        self._budget = ranking.budget
        self._lines = lines_of(plan, ranking, criterion)
        self._needs = needs_of(plan, ranking)
        self._parts = parts_of(self._lines, self._needs)
        self._tied = [part for part in self._parts if len(part.keys) > 1]
        self._efforts = {p.investment: p.score.effort for p in ranking.places}
        self._costs = {p.investment: p.cost for p in ranking.places}
        self._wanted = frozenset(ranking.funded)

    def stretches(self, near: float, far: float, *, relative: bool) -> Iterator[tuple[float, float]]:
        """Yield from where to where the swing goes up and down in one stage, nothing where it does not take part."""
        if relative != bool(self.now):
            return
        scale = self.now if relative else 1
        low, high = min(self.now + scale * near, GREATEST_MONEY), min(self.now + scale * far, GREATEST_MONEY)
        if low < high:
            yield low, high
        if relative and near < 1:
            yield self.now * (1 - near), self.now * max(0.0, 1 - far)

    def radius(self, swing: float, beyond: float) -> Radius:
        """Return what changes at a swing."""
        then = self._at(beyond)
        change = (swing - self.now) / self.now if self.now else inf
        places = [p.investment for p in self._ranking.places]
        enters = tuple(k for k in places if k in then and k not in self._wanted)
        leaves = tuple(k for k in places if k in self._wanted and k not in then)
        return Radius(self._criterion, change, swing, enters, leaves)

    def first_change(self, start: float, end: float) -> tuple[float, float] | None:
        """Return the first swing from *start* to *end* beyond which another set is funded, and one just beyond it."""
        way = 1 if end > start else -1
        stops = {end}
        for part in self._tied:
            stops |= {piece.high if way > 0 else piece.low for piece in part.pieces(start, end)}
        for a, b in pairwise([start, *sorted(stops, key=lambda stop: stop * way)]):
            if (b - a) * way > 0:
                found = self._change_between(a, b)
                if found is not None:
                    return found
        return None

    def _change_between(self, a: float, b: float) -> tuple[float, float] | None:
        """Return the same where no block changes."""
        inside = nudged(a, b) if abs(b - a) > 2 * abs(nudged(a, b) - a) else (a + b) / 2
        rows = self._rows(inside)
        if self._funded(rows, inside) != self._wanted:
            return a, inside
        used = self._counted(rows, inside)
        events = sorted(_crossings(rows, inside, a, b), key=lambda e: abs(e[0] - a))
        touched: set[EntityId] = set()
        nexts = [*(event[0] for event in events[1:]), inf]
        for (swing, upper, lower), after in zip(events, nexts, strict=False):
            for key in lower.waiting:
                used[key][0] -= upper.effort
                used[key][1] -= upper.money
            for key in upper.waiting:
                used[key][0] += lower.effort
                used[key][1] += lower.money
            touched.update(lower.waiting)
            beyond = nudged(swing, b)
            if abs(after - swing) <= abs(beyond - swing):
                continue  # more cross at once
            if any(self._fits(key, *used[key]) for key in touched) and self._at(beyond) != self._wanted:
                return swing, beyond
            touched.clear()
        return None

    def _fits(self, key: EntityId, effort: float, money: float) -> bool:
        most, coins = self._budget.effort, self._budget.money
        return (most is None or effort + self._efforts[key] <= most + SLACK) and (
            coins is None or money + self._costs[key] <= coins
        )

    def _rows(self, swing: float) -> list[_Row]:
        """Return the blocks that there are at a swing, those that hang together next to one another."""
        blocks = chain.from_iterable(p.blocks(swing) if len(p.keys) > 1 else (p.keys,) for p in self._parts)
        return [_Row(block, self._sum(block), n) for n, block in enumerate(blocks)]

    def _sum(self, block: Sequence[EntityId]) -> Line:
        line = self._lines[block[0]]
        return line if len(block) == 1 else line.with_([self._lines[k] for k in block[1:]])

    def _at(self, swing: float) -> frozenset[EntityId]:
        return self._funded(self._rows(swing), swing)

    def _funded(self, rows: Sequence[_Row], swing: float) -> frozenset[EntityId]:
        """Return what is funded where *rows* stand as they do at a swing."""
        return frozenset(key for key, (fits, _, _) in self._walk(rows, swing).items() if fits)

    def _walk(self, rows: Sequence[_Row], swing: float) -> dict[EntityId, tuple[bool, float, int]]:
        order = [key for row in sorted(rows, key=lambda r: r.order(swing)) for key in row.members]
        return dict(zip(order, walked(order, self._efforts, self._costs, self._needs, self._budget), strict=True))

    def _counted(self, rows: Sequence[_Row], swing: float) -> dict[EntityId, list[float]]:
        """Return what is funded before each that could still come in, and tell each row of its members."""
        used: dict[EntityId, list[float]] = {}
        for row in rows:
            row.waiting.clear()
        walk = self._walk(rows, swing)
        for row in rows:
            for key in row.members:
                fits, effort, money = walk[key]
                if fits:
                    row.busy = True
                    row.effort += self._efforts[key]
                    row.money += self._costs[key]
                elif all(walk[n][0] for n in self._needs.get(key, ())) and self._fits(key, 0.0, 0):
                    row.waiting.append(key)
                    used[key] = [effort, money]
        return used


def _crossings(rows: Sequence[_Row], inside: float, a: float, b: float) -> Iterator[tuple[float, _Row, _Row]]:
    """Yield the crossings from *a* to *b* of a row with something funded and one with something that waits.

    Each is the swing, the row that stood above and the one that will; *inside* is just beyond *a*.
    """
    first = sorted(rows, key=lambda r: r.order(inside))
    last = {row.number: n for n, row in enumerate(sorted(first, key=lambda r: r.order(b)[:2]))}
    busy: list[tuple[int, _Row]] = []
    waiting: list[tuple[int, _Row]] = []
    for row in first:
        place = last[row.number]
        passed: dict[int, _Row] = {}
        for wanted, seen in ((row.waiting, busy), (row.busy, waiting)):
            if wanted:
                passed |= {other.number: other for _, other in seen[bisect(seen, place, key=lambda s: s[0]) :]}
        for other in passed.values():
            swing = other.line.meets(row.line)
            if swing is not None:
                yield min(max(swing, min(a, b)), max(a, b)), other, row
        for mine, seen in ((row.waiting, waiting), (row.busy, busy)):
            if mine:
                seen.insert(bisect(seen, place, key=lambda s: s[0]), (place, row))
