"""Chances, blocks: investments that others need, taken together with those in many draws at once (Sidney 1975)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from roadmapper.planning.ranking.drawing import Floats

MOST_SETS = 1_024
"""Closed sets of one cluster that are looked at in every draw."""
AT_ONCE = 1_000_000
"""Numbers in one table of draws and sets."""

Needs = Sequence[Sequence[int]]


class Clusters:
    """The investments that hang together by what they need, cluster by cluster.

    A cluster with at most MOST_SETS closed sets is put into blocks anew in each draw. A larger one keeps the blocks
    that it has with what is likely, *blocks* in their order, and only how dense they are varies, a block never coming
    before one that it needs.
    """

    def __init__(self, needs: Needs, blocks: Sequence[Sequence[int]]) -> None:
        self._clusters: list[Cluster | Fixed] = []
        for members in _clusters_of(needs):
            sets = closed_sets(members, needs, MOST_SETS)
            if sets is None:
                self._clusters.append(Fixed(members, needs, [b for b in blocks if b[0] in set(members)]))
            elif len(members) > 1:
                self._clusters.append(Cluster(members, sets))

    def lift(self, density: Floats, values: Floats, efforts: Floats) -> None:
        """Put for each investment of a cluster how dense its block is, for each draw, where it alone stood."""
        for cluster in self._clusters:
            of = cluster.members
            density[:, of] = cluster.densities(values[:, of], efforts[:, of])


class Cluster:
    """A cluster: *members* ascending, and all its closed *sets* as bits, the empty one first and all last."""

    def __init__(self, members: list[int], sets: Sequence[int]) -> None:
        self.members = members
        self._sets = np.array([[m >> n & 1 for n in range(len(members))] for m in sets], dtype=np.float64)

    def densities(self, values: Floats, efforts: Floats) -> Floats:
        """Return for each draw and member how dense its block is."""
        found = np.empty_like(values)
        step = max(1, AT_ONCE // len(self._sets))
        for begun in range(0, len(values), step):
            rows = slice(begun, begun + step)
            found[rows] = self._peeled(values[rows], efforts[rows])
        return found

    def _peeled(self, values: Floats, efforts: Floats) -> Floats:
        """Take the densest closed set away, then the densest of what is left, until all are gone."""
        sets = self._sets
        inside = sets.astype(np.bool_)
        larger = (sets @ (1 - sets).T == 0).T  # [set, of]: whether it holds all of the other
        np.fill_diagonal(larger, False)
        worth, work = values @ sets.T, efforts @ sets.T
        rows = np.arange(len(values))
        gone = np.zeros(len(values), dtype=np.int64)  # the empty set is the first
        found = np.zeros_like(values)
        last = np.full(len(values), np.inf)
        everything = len(sets) - 1
        while len(rows):
            more = work[rows] - work[rows, gone[rows]][:, None]
            gain = worth[rows] - worth[rows, gone[rows]][:, None]
            density = np.divide(gain, more, out=np.full_like(gain, np.inf), where=more > 0)
            density[~larger[:, gone[rows]].T] = -1.0
            best = density.argmax(axis=1)
            last[rows] = np.minimum(last[rows], density[np.arange(len(rows)), best])
            new = inside[best] & ~inside[gone[rows]]
            found[rows] = np.where(new, last[rows][:, None], found[rows])
            gone[rows] = best
            rows = rows[best != everything]
        return found


class Fixed:
    """A cluster too large to be put into blocks in every draw: *blocks* are its own, in rank order."""

    def __init__(self, members: list[int], needs: Needs, blocks: Sequence[Sequence[int]]) -> None:
        self.members = members
        column = {key: n for n, key in enumerate(members)}
        self._blocks = [[column[key] for key in block] for block in blocks]
        place = {key: n for n, block in enumerate(blocks) for key in block}
        self._needs = [{place[n] for key in block for n in needs[key]} - {t} for t, block in enumerate(blocks)]

    def densities(self, values: Floats, efforts: Floats) -> Floats:
        """Return for each draw and member how dense its block is."""
        found = np.empty_like(values)
        of: list[Floats] = []
        for block, needs in zip(self._blocks, self._needs, strict=True):
            worth, work = values[:, block].sum(axis=1), efforts[:, block].sum(axis=1)
            density = np.divide(worth, work, out=np.full_like(worth, np.inf), where=work > 0)
            for need in needs:
                np.minimum(density, of[need], out=density)
            of.append(density)
            found[:, block] = density[:, None]
        return found


def closed_sets(members: Sequence[int], needs: Needs, most: int) -> list[int] | None:
    """Return all sets of *members* that hold what theirs need, as bits, the empty one first and all last.

    *needs* may name others, which do not count. None when there are more than *most*.
    """
    bit = {key: n for n, key in enumerate(members)}
    needed = {key: sum(1 << bit[n] for n in needs[key] if n in bit) for key in members}
    sets = [0]
    for key in _needed_first(members, needs):
        sets += [s | 1 << bit[key] for s in sets if s & needed[key] == needed[key]]
        if len(sets) > most:
            return None
    return sets


def _needed_first(members: Sequence[int], needs: Needs) -> list[int]:
    found: dict[int, None] = {}

    def put(key: int) -> None:
        if key not in found:
            for need in needs[key]:
                put(need)
            found[key] = None

    for key in members:
        put(key)
    return [key for key in found if key in set(members)]


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
