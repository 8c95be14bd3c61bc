"""Drawing: what an estimate or the weights might turn out to be, many times over, the same ones each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from roadmapper.domain.entity import EntityId

Floats = NDArray[np.float64]

TENTH = 1.2815515655446004
"""How many standard deviations P10 and P90 of a normal variable lie from its middle."""
CONCENTRATION = 128.0
"""Sum of the Dirichlet's parameters: a share of a quarter then has a standard deviation of sqrt(3 / 129), 15 % of
itself, so that in nine of ten draws it stays within 25 % of what was said; a greater share varies less, a smaller more.
"""


@dataclass(frozen=True, slots=True)
class Spread:
    """An estimate by its P10, P50 and P90, drawn so that all three come out exactly.

    Above the middle it is `likely x (high / likely) ** (z / TENTH)` with z standard normal, below
    `likely x (likely / low) ** (z / TENTH)`: a lognormal split at its middle. Where the three are the same, nothing
    varies. A lognormal never reaches 0, so a low of 0 is a straight line from the middle down to 0 at P10 and 0 in the
    tenth of the draws below; a likely of 0 is 0 in half of the draws, and a straight line through the high above.
    """

    low: float
    likely: float
    high: float

    def at(self, z: Floats) -> Floats:
        """Return the estimate at standard normal draws."""
        below, above = np.minimum(z, 0.0) / TENTH, np.maximum(z, 0.0) / TENTH
        if self.likely <= 0:
            return np.asarray(self.high * above)
        up: Floats = self.likely * np.exp(np.log(self.high / self.likely) * above)
        if self.low <= 0:
            return np.asarray(up * np.maximum(1.0 + below, 0.0))
        down: Floats = np.exp(np.log(self.likely / self.low) * below)
        return up * down


class Source:
    """Random numbers of one thing: they depend on its id and the seed alone, not on what else there is."""

    def __init__(self, key: str, seed: int) -> None:
        digest = blake2b(key.encode(), digest_size=16).digest()
        self._random = np.random.Generator(np.random.SFC64([seed, int.from_bytes(digest, "big")]))

    def normal(self, draws: int) -> Floats:
        """Return the next standard normal draws."""
        return self._random.standard_normal(draws)

    def gamma(self, shape: float, draws: int) -> Floats:
        """Return the next draws of a gamma variable of this shape and scale 1."""
        return self._random.standard_gamma(shape, draws)


class Swings:
    """Draws of all swings around the stated ones: Dirichlet shares of their sum, which stays as it is.

    A swing of 0 stays 0.
    """

    def __init__(self, stated: Mapping[EntityId, int], seed: int) -> None:
        self._total = float(sum(stated.values()))
        self._shares = {k: swing / self._total if self._total else 0.0 for k, swing in stated.items()}
        self._sources = {k: Source(f"criterion {k}", seed) for k in stated}

    def draw(self, draws: int) -> Floats:
        """Return the next draws, one row each, the criteria in the order in which they were stated."""
        found = np.zeros((draws, len(self._shares)))
        for column, (key, share) in enumerate(self._shares.items()):
            if share > 0:
                found[:, column] = self._sources[key].gamma(CONCENTRATION * share, draws)
        sums = found.sum(axis=1, keepdims=True)
        return np.asarray(np.divide(found, sums, out=found, where=sums > 0) * self._total)
