"""Chances: how sure each place is, by drawing everything that is estimated again and again and ranking each time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.chances_blocks import Clusters, Ints
from roadmapper.planning.ranking.drawing import Floats, Source, Spread, Swings
from roadmapper.planning.ranking.model import Budget, Chance, Chances, Ranking
from roadmapper.planning.ranking.ranking import SLACK

Booleans = NDArray[np.bool_]

SEED = 2027
CHUNK = 2_000
"""Draws at a time, so that memory stays modest; what is drawn depends on it, so it never varies."""
INNER = (0.05, 0.95)
"""Where the 90 % interval of a rank begins and ends."""


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def chances_of(
    plan: Plan,
    ranking: Ranking,
    draws: int = 10_000,
    seed: int = SEED,
    progress: Callable[[int, int], None] = _silent,
) -> Chances:
    """Return how sure the places of a ranking are: its own plan, weights and budget, drawn *draws* times.

    Revenue and effort are drawn by their low, likely and high (see Spread), the swings around the stated ones (see
    Swings); ratings, confidence, cost and budget stay. What makes an effort larger makes it so for all of its teams, so
    that the sums of their lows and highs are the P10 and P90 of the whole: were they drawn apart, they would balance
    one another and look surer than anybody said. The same question has the same answer; the draws of an investment
    depend on nobody else. Whatever *progress*, called with draws done and in all, raises ends the work.
    """
    if not ranking.places or draws <= 0:
        return Chances(0, {}, {})
    study = Study(plan, ranking, seed)
    tally = _Tally(len(ranking.places))
    for begun in range(0, draws, CHUNK):
        progress(begun, draws)
        count = min(CHUNK, draws - begun)
        values, efforts = (drawn[:count] for drawn in study.draw())
        order = study.order(values, efforts)
        tally.add(order, study.funded(order, efforts))
    progress(draws, draws)
    keys = [p.investment for p in ranking.places]
    return tally.told(keys)


class Study:
    """The investments of a ranking, in its order, and what is drawn of them."""

    def __init__(self, plan: Plan, ranking: Ranking, seed: int) -> None:
        places = ranking.places
        investments = [plan.investments[p.investment] for p in places]
        number = {p.investment: n for n, p in enumerate(places)}
        self._revenue = [Spread(*(float(r) for r in i.revenue_range())) for i in investments]
        self._effort = [
            Spread(*(sum(getattr(e, end) for e in i.efforts) for end in ("low", "likely", "high"))) for i in investments
        ]
        self._sources = [Source(f"investment {i.id}", seed) for i in investments]
        swings = {c.id: ranking.weights.swings.get(c.id, 0) for c in plan.criteria_in_order}
        self._swings = Swings(swings, seed)
        self._shares = np.array([[t.share for t in p.score.terms[1:]] for p in places]).reshape(len(places), -1)
        self._confidence = np.array([p.score.confidence for p in places])
        self._needs = [[number[n] for n in i.needs if n in number] for i in investments]
        self._costs = np.array([p.cost for p in places], dtype=np.float64)
        self._budget: Budget = ranking.budget
        blocks = {p.block.members: [number[k] for k in p.block.members] for p in places}
        self._clusters = Clusters(self._needs, list(blocks.values()))

    def draw(self) -> tuple[Floats, Floats]:
        """Return the next values and efforts, a row for each draw."""
        shape = (CHUNK, len(self._sources))
        revenue, effort = np.empty(shape), np.empty(shape)
        for n, source in enumerate(self._sources):
            revenue[:, n] = self._revenue[n].at(source.normal(CHUNK))
            effort[:, n] = self._effort[n].at(source.normal(CHUNK))
        values = (revenue + self._swings.draw(CHUNK) @ self._shares.T) * self._confidence
        return values, effort

    def order(self, values: Floats, efforts: Floats) -> Ints:
        """Return for each draw the numbers of the investments in rank order."""
        return self._clusters.order(values, efforts)

    def funded(self, order: Ints, efforts: Floats) -> Booleans:
        """Return for each draw which investments fit into the budget in rank order, what they need included."""
        draws, count = order.shape
        rows = np.arange(draws)
        taken = np.zeros((draws, count + 1), dtype=np.bool_)
        taken[:, count] = True  # stands for "needs nothing"
        most = max(map(len, self._needs))
        needs = np.array([[*n, *[count] * (most - len(n))] for n in self._needs], dtype=np.int64).reshape(count, most)
        effort, money = np.zeros(draws), np.zeros(draws)
        for place in range(count):
            item = order[:, place]
            more, cost = efforts[rows, item], self._costs[item]
            fits = np.ones(draws, dtype=np.bool_)
            if most:
                fits &= taken[rows[:, None], needs[item]].all(axis=1)
            if self._budget.effort is not None:
                fits &= effort + more <= self._budget.effort + SLACK
            if self._budget.money is not None:
                fits &= money + cost <= self._budget.money
            effort += more * fits
            money += cost * fits
            taken[rows, item] = fits
        return taken[:, :count]


class _Tally:
    """How often each investment had which rank, was funded, and stayed above its neighbour."""

    def __init__(self, count: int) -> None:
        self._draws = 0
        self._ranks = np.zeros((count, count), dtype=np.int64)
        self._funded = np.zeros(count, dtype=np.int64)
        self._wins = np.zeros(max(count - 1, 0), dtype=np.int64)

    def add(self, order: Ints, funded: Booleans) -> None:
        """Count some draws."""
        draws, count = order.shape
        places = np.empty_like(order)
        np.put_along_axis(places, order, np.broadcast_to(np.arange(count), order.shape), axis=1)
        cells = np.arange(count) * count + places
        self._ranks += np.bincount(cells.ravel(), minlength=count * count).reshape(count, count)
        self._funded += funded.sum(axis=0)
        self._wins += (places[:, :-1] < places[:, 1:]).sum(axis=0)
        self._draws += draws

    def told(self, keys: list[EntityId]) -> Chances:
        """Return what was counted."""
        sums = self._ranks.cumsum(axis=1)
        low, high = ((sums >= part * self._draws).argmax(axis=1) + 1 for part in INNER)
        mean = self._ranks @ np.arange(1, len(keys) + 1) / self._draws
        funded = self._funded / self._draws
        of = {key: Chance(int(low[n]), int(high[n]), float(mean[n]), float(funded[n])) for n, key in enumerate(keys)}
        wins = {pair: float(self._wins[n] / self._draws) for n, pair in enumerate(pairwise(keys))}
        return Chances(self._draws, of, wins)
