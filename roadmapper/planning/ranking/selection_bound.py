"""Selection, bound: what no set can be worth more than, by a price on effort and on money (Lagrange; Picard 1976).

With a price on what is scarce the budgets fall away, and the best closed set is a maximum flow: what is worth more than
it costs hands its surplus down to what it needs. The least bound over all prices is that of the linear programme.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roadmapper.planning.ranking.selection import Choice

MOST_STEPS = 40
FINE = 30
"""Bits behind the point of a price, at least."""

Line = tuple[float, float]
"""A straight line: its value at 0 and its slope."""


@dataclass(frozen=True, slots=True)
class Priced:
    """The bound *top* / *scale* at the prices *per_effort* and *per_money*, and how it comes about.

    Every set that fits is worth exactly (top - its losses) / scale, where its losses are what follows, each at least 0:
    for a member with *own* below 0, that; for one left out with *own* above 0, that; for each pair (need, handed) of
    one left out whose need is a member, *handed*; and for the budgets left over, their price. *members* is the set that
    is best at these prices, whether it fits or not.
    """

    scale: int
    top: int
    per_effort: int
    per_money: int
    own: Sequence[int]
    handed: Sequence[Sequence[tuple[int, int]]]
    members: int

    @property
    def bound(self) -> int:
        """Return what no set can be worth more than."""
        return self.top // self.scale


class Prices:
    """Finds the prices with the least bound."""

    def __init__(self, choice: Choice, going_on: Callable[[], bool]) -> None:
        self._choice = choice
        self._going_on = going_on
        self._network = Network(choice.needs)
        self._effort, self._cash = choice.effort or 0, choice.cash or 0
        self._scale = 1 << max(FINE, self._effort.bit_length(), self._cash.bit_length())
        self.best: Priced | None = None

    def find(self) -> Priced:
        """Return the least bound that was found before it was told to stop."""
        if self._choice.cash is None:
            self._over_effort(0.0)
        else:
            _lowest(self._over_effort, (0.0, float(self._cash)), self._going_on)
        assert self.best is not None
        return self.best

    def _over_effort(self, per_money: float) -> Line:
        """Return how the least bound over all prices of effort changes with the price of money."""
        if self._choice.effort is None:
            priced = self._at(0.0, per_money)
            return self._line(priced.members, money=True)
        sets: dict[Line, int] = {}

        def at(per_effort: float) -> Line:
            chosen = self._at(per_effort, per_money).members
            value, slope = self._line(chosen, money=False)
            line = value + per_money * (self._cash - self._choice.money_of(chosen)), slope
            sets[line] = chosen
            return line

        empty = per_money * self._cash, float(self._effort)
        sets[empty] = 0
        left, right = _lowest(at, empty, self._going_on)
        # The two sets, mixed so that the effort is used up, are what an optimum of the linear programme is made of.
        part = 1.0 if left == right else right[1] / (right[1] - left[1])
        one, other = (self._line(sets[line], money=True) for line in (left, right))
        return part * one[0] + (1 - part) * other[0], part * one[1] + (1 - part) * other[1]

    def _line(self, chosen: int, *, money: bool) -> Line:
        choice = self._choice
        left = self._cash - choice.money_of(chosen) if money else self._effort - choice.effort_of(chosen)
        return float(choice.value_of(chosen)), float(left)

    def _at(self, per_effort: float, per_money: float) -> Priced:
        choice, scale = self._choice, self._scale
        work, cost = round(per_effort * scale), round(per_money * scale)
        weights = [
            v * scale - e * work - m * cost for v, e, m in zip(choice.values, choice.efforts, choice.money, strict=True)
        ]
        own, handed, chosen = self._network.best_closed(weights)
        top = work * self._effort + cost * self._cash + sum(w for w in own if w > 0)
        priced = Priced(scale, top, work, cost, own, handed, chosen)
        if self.best is None or top < self.best.top:
            self.best = priced
        return priced


def _lowest(at: Callable[[float], Line], last: Line, going_on: Callable[[], bool]) -> tuple[Line, Line]:
    """Return the two lines between which a convex function of x >= 0 has its lowest point.

    *at* tells a line that touches the function at x and is nowhere above it, *last* is such a line for the far end.
    """
    left, right = at(0.0), last
    if left[1] >= 0:
        return left, left
    for _ in range(MOST_STEPS):
        x = (left[0] - right[0]) / (right[1] - left[1])
        line = at(x)
        if line[0] + line[1] * x <= (left[0] + left[1] * x) * (1 + 1e-12) or not going_on():
            break
        if line[1] < 0:
            left = line
        else:
            right = line
    return left, right


class Network:
    """Who hands surplus to whom: the best closed set by a maximum flow (Dinitz 1970)."""

    def __init__(self, needs: Sequence[Sequence[int]]) -> None:
        self._count = len(needs)
        self._needs = needs
        self._source, self._sink = self._count, self._count + 1
        self._to: list[int] = []
        self._arcs: list[list[int]] = [[] for _ in range(self._count + 2)]
        for key in range(self._count):
            self._arc(self._source, key)
            self._arc(key, self._sink)
        self._first = len(self._to)
        for key, others in enumerate(needs):
            for need in others:
                self._arc(key, need)
        self._room: list[int] = []

    def _arc(self, one: int, other: int) -> None:
        for start, end in ((one, other), (other, one)):
            self._arcs[start].append(len(self._to))
            self._to.append(end)

    def best_closed(self, weights: Sequence[int]) -> tuple[list[int], list[list[tuple[int, int]]], int]:
        """Return what each keeps of its weight, what each hands to each of its needs, and the best closed set."""
        everything = sum(w for w in weights if w > 0) + 1
        room = self._room = [0] * len(self._to)
        for key, weight in enumerate(weights):
            room[4 * key], room[4 * key + 2] = max(weight, 0), max(-weight, 0)
        for arc in range(self._first, len(room), 2):
            room[arc] = everything
        while (levels := self._levels())[self._sink] >= 0:
            self._push(levels)
        own = [room[4 * k] if w > 0 else -room[4 * k + 2] for k, w in enumerate(weights)]
        handed: list[list[tuple[int, int]]] = []
        arc = self._first
        for others in self._needs:
            handed.append([(n, room[arc + 2 * k + 1]) for k, n in enumerate(others) if room[arc + 2 * k + 1]])
            arc += 2 * len(others)
        chosen = sum(1 << key for key in range(self._count) if levels[key] >= 0)
        return own, handed, chosen

    def _levels(self) -> list[int]:
        """Return how many arcs with room lead to each from the source, -1 where none do."""
        to, room, arcs = self._to, self._room, self._arcs
        levels = [-1] * len(arcs)
        levels[self._source] = 0
        waiting = deque([self._source])
        while waiting:
            here = waiting.popleft()
            for arc in arcs[here]:
                if room[arc] and levels[to[arc]] < 0:
                    levels[to[arc]] = levels[here] + 1
                    waiting.append(to[arc])
        return levels

    def _push(self, levels: list[int]) -> None:
        """Send what can be sent along shortest ways, until there is none of this length."""
        to, room, arcs, sink = self._to, self._room, self._arcs, self._sink
        turn = [0] * len(arcs)
        way: list[int] = []
        here = self._source
        while True:
            if here == sink:
                least = min(room[arc] for arc in way)
                for arc in way:
                    room[arc] -= least
                    room[arc ^ 1] += least
                cut = next(n for n, arc in enumerate(way) if not room[arc])
                here = to[way[cut] ^ 1]
                del way[cut:]
                continue
            mine = arcs[here]
            while turn[here] < len(mine):
                arc = mine[turn[here]]
                if room[arc] and levels[to[arc]] == levels[here] + 1:
                    break
                turn[here] += 1
            else:
                if not way:
                    return
                here = to[way.pop() ^ 1]
                turn[here] += 1
                continue
            way.append(arc)
            here = to[arc]
