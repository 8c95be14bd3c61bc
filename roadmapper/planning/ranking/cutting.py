"""Cutting: of things that need one another, the closed set that weighs most, by a smallest cut (Picard 1976)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from roadmapper.domain.entity import EntityId

Needs = Mapping[EntityId, Sequence[EntityId]]


def heaviest(weights: Mapping[EntityId, float], needs: Needs, noise: float) -> set[EntityId]:
    """Return the smallest closed set among those that weigh most; empty where none weighs more than nothing.

    A set is closed when it holds what its members need; needs that have no weight do not count. What is heavier than
    nothing sends its weight down to what it needs until that can take no more; who cannot get rid of it is in the set,
    with all that could still be reached. *noise* is what is left of a weight when its rest is a matter of rounding.
    """
    net = _Net(weights, needs)
    for key, weight in weights.items():
        if weight > noise:
            net.send(key, weight, noise)
    return net.full


class _Net:
    """What can still take weight (*room*), what was sent to it by whom, and what is *full* for good."""

    def __init__(self, weights: Mapping[EntityId, float], needs: Needs) -> None:
        self._room = {key: -weight for key, weight in weights.items()}
        self._needs = {key: [n for n in needs[key] if n in weights] if key in needs else [] for key in weights}
        self._sent: dict[EntityId, dict[EntityId, float]] = {key: {} for key in weights}
        self.full: set[EntityId] = set()

    def send(self, key: EntityId, weight: float, noise: float) -> None:
        """Send *weight* from *key*, on shortest ways, as far as there is room for it."""
        while weight > noise:
            came = self._search(key)
            if came is None:
                return
            way = [next(reversed(came))]
            while way[-1] != key:
                way.append(came[way[-1]])
            steps = list(zip(way[1:], way, strict=False))
            back = [self._sent[a][b] for a, b in steps if b in self._sent[a]]
            amount = min(weight, self._room[way[0]], *back)
            self._room[way[0]] -= amount
            for a, b in steps:
                self._move(a, b, amount)
            weight -= amount

    def _move(self, a: EntityId, b: EntityId, amount: float) -> None:
        """Send *amount* from *a* to *b*: give back what came from there, or add to what *b* has got."""
        got = self._sent[a].get(b)
        if got is None:
            self._sent[b][a] = self._sent[b].get(a, 0.0) + amount
        elif got > amount:
            self._sent[a][b] = got - amount
        else:
            del self._sent[a][b]

    def _search(self, key: EntityId) -> dict[EntityId, EntityId] | None:
        """Return from where each was reached, the first with room last; None, and all full, where nothing has room."""
        came = {key: key}
        open_ = deque([key])
        while open_:
            at = open_.popleft()
            for other in (*self._needs[at], *self._sent[at]):
                if other not in came and other not in self.full:
                    came[other] = at
                    if self._room[other] > 0:
                        return came
                    open_.append(other)
        self.full.update(came)
        return None
