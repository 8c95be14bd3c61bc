"""Breaking even: what a full swing of a criterion would have to be worth for two investments to trade places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from roadmapper.domain.entity import GREATEST_MONEY, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.blocks import NOISE, density
from roadmapper.planning.ranking.model import Ranking
from roadmapper.planning.ranking.swinging import Line, Order, Part, lines_of, needs_of, nudged, parts_of

MOST_FLIPS = 2
MOST_TIED = 24
"""How many may hang together for their blocks to be followed."""


@dataclass(frozen=True, slots=True)
class Flip:
    """Two neighbours, *above* ranked higher, that trade places when one swing changes.

    *now* is what a full swing of *criterion* is worth, *then* what it would be worth, both in minor units a year.
    """

    above: EntityId
    below: EntityId
    criterion: EntityId
    now: int
    then: float

    @property
    def change(self) -> float:
        """Return the relative change, such as -0.2; infinite where the swing is worth nothing now."""
        return (self.then - self.now) / self.now if self.now else inf


def flips(plan: Plan, ranking: Ranking, investment: EntityId) -> tuple[Flip, ...]:
    """Return how it trades places with its two neighbours, the smallest relative change first."""
    place = ranking.by_id.get(investment)
    if place is None:
        return ()
    places = ranking.places
    pairs = [(places[n - 1], places[n]) for n in (place.rank - 1, place.rank) if 0 < n < len(places)]
    found = []
    for criterion in plan.criteria_in_order:
        world = _Pairs(plan, ranking, criterion.id)
        for above, below in ((one.investment, two.investment) for one, two in pairs):
            then = world.break_even(above, below)
            if then is not None:
                found.append(Flip(above, below, criterion.id, world.now, then))
    return tuple(sorted(found, key=lambda f: (abs(f.change), abs(f.then - f.now))))


def flips_at(plan: Plan, ranking: Ranking, focus: EntityId | None) -> tuple[Flip, ...]:
    """Return the nearest flips of the investment in *focus*, else those of the pair at the budget line."""
    if not ranking.places:
        return ()
    if focus is not None and focus in ranking.by_id:
        return flips(plan, ranking, focus)[:MOST_FLIPS]
    line = max((ranking.line or 1) - 1, 0)
    above = ranking.places[line].investment
    at_line = tuple(f for f in flips(plan, ranking, above) if f.above == above)
    # Where nothing makes the pair at the line trade places, the pairs next to it tell more than nothing.
    near = (flips(plan, ranking, p.investment) for p in ranking.places[line : line + 2])
    return (at_line or next((found for found in near if found), ()))[:MOST_FLIPS]


def break_even(plan: Plan, ranking: Ranking, above: EntityId, below: EntityId, criterion: EntityId) -> float | None:
    """Return the swing (minor units a year) at which two neighbours trade places; None where none from 0 up does.

    Where nothing is needed, M = (b_above / E_above - b_below / E_below) / (rise_below - rise_above) beyond the swing
    there is, *rise* being confidence x share / E (splitting design, 4a). Where something is, the sums of their blocks
    count, and as blocks can come together or fall apart on the way, that is asked anew wherever they do: of two such
    swings, one lower and one higher, the nearer one is returned. Where more than 24 hang together, that would keep the
    reader waiting: the blocks count as they are.
    """
    return _Pairs(plan, ranking, criterion).break_even(above, below)


class _Pairs:
    """The ranked investments as one swing changes."""

    def __init__(self, plan: Plan, ranking: Ranking, criterion: EntityId) -> None:
        self.now = ranking.weights.swings.get(criterion, 0)
        self._lines = lines_of(plan, ranking, criterion)
        needs = needs_of(plan, ranking)
        self._part = {k: part for part in parts_of(self._lines, needs) for k in part.keys} if needs else {}

    def break_even(self, above: EntityId, below: EntityId) -> float | None:
        """Return the nearest swing at which two trade places, None where there is none."""
        one, two = self._part.get(above), self._part.get(below)
        if one is None or two is None or len(one.keys) == len(two.keys) == 1:
            then = self._lines[above].meets(self._lines[below])
            return then if then is not None and 0 <= then <= GREATEST_MONEY else None
        if max(len(one.keys), len(two.keys)) > MOST_TIED:
            return self._kept(one, two, above, below)
        met = [self._trade(one, two, above, below, end) for end in (GREATEST_MONEY, 0)]
        return min((m for m in met if m is not None), key=lambda m: abs(m - self.now), default=None)

    def _kept(self, one: Part, two: Part, above: EntityId, below: EntityId) -> float | None:
        """Return the swing at which their blocks trade places if these stay as they are, None in the same block."""
        upper = next(block for block in one.blocks(self.now) if above in block)
        lower = next(block for block in two.blocks(self.now) if below in block)
        then = self._sum(upper).meets(self._sum(lower)) if upper != lower else None
        return then if then is not None and 0 <= then <= GREATEST_MONEY else None

    def _trade(self, one: Part, two: Part, above: EntityId, below: EntityId, end: int) -> float | None:
        """Return where they first trade places on the way to *end*."""
        if self.now == end:
            return None
        for a, b, mine, other in _together(one, two, self.now, end):
            upper = next(block for block in mine if above in block)
            lower = next(block for block in other if below in block)
            if upper == lower:
                if upper.index(above) > upper.index(below):
                    return a
                continue
            first, last = (self._sum(keys) for keys in (upper, lower))
            if _stands_below(first, last, nudged(a, b)):
                return a
            met = first.meets(last)
            edge = b if b == end else nudged(b, a)  # where blocks change is looked at from beyond
            if met is None:
                continue
            inside = min(a, edge) <= met <= max(a, edge)
            # Both are straight lines: whoever stands below at the edge has passed the other here. Just beyond where
            # they meet, lines that part slowly would still look level.
            if first.effort and last.effort and _stands_below(first, last, edge):
                return met if inside else a
            if inside and _stands_below(first, last, nudged(met, end)):
                return met
        return None

    def _sum(self, keys: Sequence[EntityId]) -> Line:
        return self._lines[keys[0]].with_([self._lines[k] for k in keys[1:]])


def _stands_below(first: Line, last: Line, swing: float) -> bool:
    one, two = density(first.at(swing), first.effort), density(last.at(swing), last.effort)
    return two - one > NOISE * two


def _together(one: Part, two: Part, start: float, end: float) -> Iterator[tuple[float, float, Order, Order]]:
    """Yield from where to where the blocks of both are the same, and which."""
    way = 1 if end > start else -1
    pieces, others = one.pieces(start, end), two.pieces(start, end)
    mine, other, at = next(pieces), next(others), start
    while True:
        stops = [(p.high if way > 0 else p.low) * way for p in (mine, other)]
        stop = min(stops) * way
        yield at, stop, mine.blocks, other.blocks
        if stop == end:
            return
        at = stop
        if stops[0] * way == stop:
            mine = next(pieces)
        if stops[1] * way == stop:
            other = next(others)
