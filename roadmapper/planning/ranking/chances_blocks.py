"""Chances, blocks: investments that others need, taken together with those in many draws at once (Sidney 1975)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from roadmapper.planning.ranking.drawing import Floats

Ints = NDArray[np.int64]
Needs = Sequence[Sequence[int]]

MOST_SETS = 1_024
"""Closed sets of one cluster that are looked at in every draw."""
AT_ONCE = 250_000
"""Numbers in one table of draws and sets: little enough to stay near the processor."""
DENSE = 1e200
"""What stands for a week where there is worth without effort: denser than all else, and the more the more it is worth.
"""


def density(values: Floats, efforts: Floats) -> Floats:
    """Return value per effort; without effort beyond all others if it is worth anything, else 0."""
    return np.asarray(np.divide(values, efforts, out=values * DENSE, where=efforts > 0))


class Clusters:
    """The investments that hang together by what they need, cluster by cluster.

    A cluster with at most MOST_SETS closed sets is put into blocks anew in each draw, just as the ranking does it. A
    larger one keeps the blocks that it has with what is likely, *blocks* in their order, and only how dense they are
    varies, a block never coming before one that it needs.
    """

    def __init__(self, needs: Needs, blocks: Sequence[Sequence[int]]) -> None:
        self._clusters: list[Cluster | Fixed] = []
        for members in _clusters_of(needs):
            sets = closed_sets(members, needs, MOST_SETS)
            if sets is None:
                self._clusters.append(Fixed(members, needs, [b for b in blocks if b[0] in set(members)]))
            elif len(members) > 1:
                self._clusters.append(Cluster(members, needs, sets))

    def order(self, values: Floats, efforts: Floats) -> Ints:
        """Return for each draw the numbers of all in rank order; what is equal stays in the order of the numbers."""
        dense = density(values, efforts)
        who = np.empty(values.shape, dtype=np.int64)
        who[:] = np.arange(values.shape[1])
        for cluster in self._clusters:
            of = np.array(cluster.members)
            places, falling = cluster.ordered(values[:, of], efforts[:, of])
            who[:, of], dense[:, of] = of[places], falling  # its columns now hold its members as they follow
        found = np.argsort(-dense, axis=1, kind="stable")
        return np.take_along_axis(who, found, axis=1) if self._clusters else found


class Cluster:
    """A cluster: *members* ascending, and all its closed *sets* as bits."""

    def __init__(self, members: list[int], needs: Needs, sets: Sequence[int]) -> None:
        self.members = members
        count = range(len(members))
        largest_first = sorted(sets, key=int.bit_count, reverse=True)  # of equals the first is taken
        self._sets = np.array([[s >> n & 1 for n in count] for s in largest_first], dtype=np.float64)
        self._inside = self._sets.astype(np.bool_)
        self._larger = (self._sets @ (1 - self._sets).T == 0).T  # [set, of]: whether it holds all of the other
        np.fill_diagonal(self._larger, False)
        column = {key: n for n, key in enumerate(members)}
        first = [[column[k] for k in needed_first([key], needs)] for key in members]
        self._whole = np.array([[n in own for n in count] for own in first], dtype=np.float64)
        self._dependents = [np.array([n for n in count if key in first[n]]) for key in count]
        self._place = np.array([[own.index(n) if n in own else 0 for n in count] for own in first])

    def ordered(self, values: Floats, efforts: Floats) -> tuple[Ints, Floats]:
        """Return for each draw the places of the members in *members* as they follow, and how dense each's block is.

        Inside a block the best closure comes first, each after what it needs.
        """
        blocks, dense = np.empty(values.shape, dtype=np.int64), np.empty_like(values)
        step = max(1, AT_ONCE // len(self._sets))
        for begun in range(0, len(values), step):
            rows = slice(begun, begun + step)
            blocks[rows], dense[rows] = self._peeled(values[rows], efforts[rows])
        closure = density(values @ self._whole.T, efforts @ self._whole.T)
        rate, place = np.empty_like(values), np.empty_like(blocks)
        for n, those in enumerate(self._dependents):  # it comes when the first comes that it is needed for, or itself
            same = np.where(blocks[:, those] == blocks[:, [n]], closure[:, those], -1.0)
            best = those[same.argmax(axis=1)]
            rate[:, n], place[:, n] = same.max(axis=1), self._place[best, n]
        found = np.lexsort((place, -rate, blocks), axis=-1)
        return found, np.take_along_axis(dense, found, axis=1)

    def _peeled(self, values: Floats, efforts: Floats) -> tuple[Ints, Floats]:
        """Take the densest closed set away, then the densest of what is left, until all are gone."""
        worth, work = values @ self._sets.T, efforts @ self._sets.T
        rows = np.arange(len(values))
        gone = np.full(len(values), len(self._sets) - 1)  # the empty set is the last, and all the first
        blocks, found = np.zeros(values.shape, dtype=np.int64), np.zeros_like(values)
        last = np.full(len(values), np.inf)
        number = 0
        while len(rows):
            now = gone[rows]
            some = np.arange(len(rows))
            dense = density(worth - worth[some, now][:, None], work - work[some, now][:, None])
            dense[~self._larger.T[now]] = -1.0
            best = dense.argmax(axis=1)
            last = np.minimum(last, dense[some, best])
            new = self._inside[best] & ~self._inside[now]
            blocks[rows] += number * new
            found[rows] += last[:, None] * new
            gone[rows] = best
            on = best > 0
            rows, last, worth, work = rows[on], last[on], worth[on], work[on]
            number += 1
        return blocks, found


class Fixed:
    """A cluster too large to be put into blocks in every draw: *blocks* are its own, in rank order."""

    def __init__(self, members: list[int], needs: Needs, blocks: Sequence[Sequence[int]]) -> None:
        self.members = members
        column = {key: n for n, key in enumerate(members)}
        self._blocks = [[column[key] for key in block] for block in blocks]
        place = {key: n for n, block in enumerate(blocks) for key in block}
        self._needs = [{place[n] for key in block for n in needs[key]} - {t} for t, block in enumerate(blocks)]
        self._place = np.argsort([n for block in self._blocks for n in block])

    def ordered(self, values: Floats, efforts: Floats) -> tuple[Ints, Floats]:
        """Return for each draw the places of the members in *members* as they follow, and how dense each's block is."""
        dense = np.empty_like(values)
        of: list[Floats] = []
        for block, needs in zip(self._blocks, self._needs, strict=True):
            mine = density(values[:, block].sum(axis=1), efforts[:, block].sum(axis=1))
            for need in needs:
                np.minimum(mine, of[need], out=mine)
            of.append(mine)
            dense[:, block] = mine[:, None]
        place = np.broadcast_to(self._place, dense.shape)
        found = np.lexsort((place, -dense), axis=-1)
        return found, np.take_along_axis(dense, found, axis=1)


def closed_sets(members: Sequence[int], needs: Needs, most: int) -> list[int] | None:
    """Return all sets of *members* that hold what theirs need, as bits by their place there; None if more than *most*.

    *members* hold all that theirs need.
    """
    bit = {key: n for n, key in enumerate(members)}
    sets = [0]
    for key in needed_first(members, needs):
        needed = sum(1 << bit[n] for n in needs[key])
        sets += [s | 1 << bit[key] for s in sets if s & needed == needed]
        if len(sets) > most:
            return None
    return sets


def needed_first(keys: Sequence[int], needs: Needs) -> list[int]:
    """Return *keys* and all that they need, each after what it needs."""
    found: dict[int, None] = {}
    waiting = list(reversed(keys))
    while waiting:
        missing = [n for n in needs[waiting[-1]] if n not in found]
        if missing:
            waiting += reversed(missing)
        else:
            found.setdefault(waiting.pop(), None)
    return list(found)


def _clusters_of(needs: Needs) -> list[list[int]]:
    """Return the numbers that hang together, each group ascending."""
    top = list(range(len(needs)))

    def root(key: int) -> int:
        while top[key] != key:
            top[key] = top[top[key]]
            key = top[key]
        return key

    for key, others in enumerate(needs):
        for other in others:
            top[root(key)] = root(other)
    groups: dict[int, list[int]] = {}
    for key in range(len(needs)):
        groups.setdefault(root(key), []).append(key)
    return list(groups.values())
