"""Swinging: how the blocks of a ranking change while what one criterion is worth goes up or down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.blocks import before, density, parted, priority, tied
from roadmapper.planning.ranking.model import Ranking

NEAR = 1e-10
"""Which part of a swing is too little to tell two swings apart."""

Needs = Mapping[EntityId, Sequence[EntityId]]
Order = tuple[tuple[EntityId, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A value that changes with a swing: *rise* times the swing is added to *base*; over *effort* person-weeks."""

    base: float
    rise: float
    effort: float

    def at(self, swing: float) -> float:
        """Return the value at a swing."""
        return self.base + self.rise * swing

    def with_(self, others: Sequence[Line]) -> Line:
        """Return it and others together."""
        every = (self, *others)
        return Line(sum(o.base for o in every), sum(o.rise for o in every), sum(o.effort for o in every))

    def meets(self, other: Line) -> float | None:
        """Return the swing at which both are worth the same per week, None where they never or always are.

        One that takes no effort and is worth nothing at any swing stands with what is worth nothing per week.
        """
        for nothing, one in ((self, other), (other, self)):
            if nothing.base == nothing.rise == nothing.effort == 0:
                return -one.base / one.rise if one.rise else None
        mine, others = (self.effort, other.effort) if self.effort or other.effort else (1.0, 1.0)
        rise = self.rise * others - other.rise * mine
        return (other.base * mine - self.base * others) / rise if rise else None


def lines_of(plan: Plan, ranking: Ranking, criterion: EntityId) -> dict[EntityId, Line]:
    """Return the value of each ranked investment as the swing of *criterion* changes, in the order of equals."""
    now = ranking.weights.swings.get(criterion, 0)
    found = {}
    for place in sorted(ranking.places, key=lambda p: (plan.investments[p.investment].position, p.investment)):
        score = place.score
        share = next((t.share for t in score.terms if t.criterion == criterion), 0.0)
        rise = score.confidence * share
        found[place.investment] = Line(score.value - rise * now, rise, score.effort)
    return found


@dataclass(frozen=True, slots=True)
class Shape:
    """Blocks as they are at some swing, the densest first there; *same* tells whether two shapes are the same.

    They are when they have the same blocks, with the same order of the closures in each: the order of the blocks does
    not count, for it follows from their lines. The swings with the same shape are one stretch, because all that it
    takes is that some lines do not cross: see Part.limits.
    """

    blocks: Order
    same: frozenset[tuple[EntityId, ...]]


@dataclass(frozen=True, slots=True)
class Piece:
    """From one swing to another, the lower first, no block changes but in how dense it is."""

    low: float
    high: float
    blocks: Order


class Part:
    """Investments that hang together by what they need, and their blocks at any swing."""

    def __init__(self, keys: Sequence[EntityId], lines: Mapping[EntityId, Line], needs: Needs) -> None:
        self.keys = tuple(keys)
        self._lines = {k: lines[k] for k in keys}
        self._efforts = {k: line.effort for k, line in self._lines.items()}
        self._needs = needs
        self._first = before(keys, needs)
        self._closures = {k: lines[k].with_([lines[n] for n in self._first[k]]) for k in keys}
        self._place = {k: n for n, k in enumerate(keys)}
        self._known: dict[float, Shape] = {}

    def blocks(self, swing: float) -> Order:
        """Return the blocks at a swing, the densest first, their members in order."""
        return self._shape(swing).blocks

    def pieces(self, start: float, end: float) -> Iterator[Piece]:
        """Yield the pieces from *start* to *end*, which may lie above or below it, the ones at the start first."""
        if len(self.keys) == 1:
            yield Piece(min(start, end), max(start, end), (self.keys,))
            return
        self._shape(end)
        at, inside = start, nudged(start, end)
        while True:
            shape = self._shape(inside)
            ahead = sorted((s for s in self._known if min(inside, end) <= s <= max(inside, end)), reverse=end < start)
            other = next((s for s in ahead if self._known[s].same != shape.same), None)
            if other is None:
                yield Piece(min(at, end), max(at, end), shape.blocks)
                return
            stop, beyond = self._end_of(shape, inside, other)
            yield Piece(min(at, stop), max(at, stop), shape.blocks)
            at, inside = stop, beyond

    def _end_of(self, shape: Shape, start: float, end: float) -> tuple[float, float]:
        """Return where what holds at *start*, but not at *end*, ends, and a swing just beyond.

        Each other shape tells where at the latest it ends, and there is looked next.
        """
        good, bad = start, end
        while abs(bad - good) > 4 * NEAR * max(1.0, abs(good)):
            low, high = min(good, bad), max(good, bad)
            met = [
                m for a, b in self.limits(shape, self._shape(bad)) if (m := a.meets(b)) is not None and low < m < high
            ]
            guess = min(met, key=lambda m: abs(m - start)) if met else None
            tries = ((good + bad) / 2,) if guess is None else (nudged(guess, good), nudged(guess, bad))
            for at in tries:
                if min(good, bad) < at < max(good, bad):
                    if self._shape(at).same == shape.same:
                        good = at
                    else:
                        bad = at
        return (good + bad) / 2, bad

    def limits(self, shape: Shape, other: Shape) -> Iterator[tuple[Line, Line]]:
        """Yield lines that must not cross if *shape* is to hold where *other* does, at least one of which does cross.

        They are those of a block and one that needs it, of a block and a closed part of it, and of two closures that
        stand in one block.
        """
        of = {key: number for number, block in enumerate(shape.blocks) for key in block}
        lines = [self._sum(block) for block in shape.blocks]
        for one, two in {(of[n], of[k]) for k in of for n in self._needs.get(k, ()) if of[n] != of[k]}:
            yield lines[one], lines[two]
        large = [(set(block), line) for block, line in zip(shape.blocks, lines, strict=True) if len(block) > 1]
        begun: set[EntityId] = set()
        for block in other.blocks:
            begun.update(block)
            for mine, line in large:
                part = mine & begun
                if part and len(part) < len(mine) and not part.isdisjoint(block):
                    yield self._sum(sorted(part)), line
        for group in shape.same:
            yield from ((self._closures[a], self._closures[b]) for a, b in pairwise(group))

    def _sum(self, keys: Sequence[EntityId]) -> Line:
        return self._lines[keys[0]].with_([self._lines[k] for k in keys[1:]])

    def _shape(self, swing: float) -> Shape:
        if swing not in self._known:
            values = {k: line.at(swing) for k, line in self._lines.items()}
            blocks = parted(values, self._efforts, self._needs, self._first)
            rate = {k: density(c.at(swing), c.effort) for k, c in self._closures.items()}
            self._known[swing] = Shape(tuple(blocks), frozenset(tuple(priority(b, self._place, rate)) for b in blocks))
        return self._known[swing]


def needs_of(plan: Plan, ranking: Ranking) -> Needs:
    """Return which other ranked investments each one needs directly; those that need none are not named."""
    return {
        p.investment: [n for n in plan.investments[p.investment].needs if n in ranking.by_id]
        for p in ranking.places
        if p.needs
    }


def parts_of(lines: Mapping[EntityId, Line], needs: Needs) -> list[Part]:
    """Return the ranked investments as they hang together."""
    return [Part(keys, lines, needs) for keys in tied(lines, needs)]


def nudged(swing: float, toward: float) -> float:
    """Return a swing that lies just a little nearer to another one."""
    return swing + NEAR * max(1.0, abs(swing)) * (1 if toward > swing else -1)
