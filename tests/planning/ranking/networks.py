"""Investments that need one another, as Hypothesis thinks them up, and plans that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Score
from tests.domain.samples import plan_of

Needs = dict[EntityId, list[EntityId]]


def score(key: str, value: float, effort: float) -> Score:
    """Return a score that is nothing but its value and its effort."""
    return Score(EntityId(key), (), 1.0, value, effort, value / effort if effort else None)


def investment(key: str, revenue: int | None = 0, effort: float | None = 1.0, **more: Any) -> Investment:
    """Return an investment whose effort is one number."""
    efforts = () if effort is None else (TeamEffort(None, effort, effort, effort),)
    return Investment(EntityId(key), f"Title {key}", revenue=revenue, efforts=efforts, **more)


@st.composite
def networks(
    draw: st.DrawFn, most: int = 10, least_effort: int = 0, needy: int = 3
) -> tuple[dict[EntityId, Score], Needs]:
    """Return scores and needs without a circle, of few different numbers, so that many are equal."""
    count = draw(st.integers(1, most))
    keys = [EntityId(f"i{n}") for n in draw(st.permutations(range(count)))]
    scores = {k: score(k, draw(st.integers(0, 12)), draw(st.integers(least_effort, 6))) for k in keys}
    needs: Needs = {}
    for n, key in enumerate(keys):
        others = draw(st.lists(st.sampled_from(keys[:n]), max_size=needy, unique=True)) if n else []
        if others:
            needs[key] = others
    return {k: scores[k] for k in sorted(scores)}, needs


@st.composite
def plans(draw: st.DrawFn, most: int = 7, criteria: int = 2, needy: int = 2) -> Plan:
    """Return a plan of investments without a circle, with whole shares and amounts in thousands."""
    asked = [
        Criterion(
            EntityId(f"c{n}"),
            f"Criterion {n}",
            0,
            4,
            cio=draw(st.integers(0, 30)) * 1_000,
            cmo=draw(st.integers(0, 30)) * 1_000,
            agreed=draw(st.integers(0, 30)) * 1_000,
            position=n,
        )
        for n in range(criteria)
    ]
    keys = [EntityId(f"i{n}") for n in range(draw(st.integers(1, most)))]
    found = []
    for n, key in enumerate(keys):
        needs = draw(st.lists(st.sampled_from(keys[:n]), max_size=needy, unique=True)) if n else []
        found.append(
            investment(
                key,
                draw(st.integers(0, 40)) * 1_000,
                float(draw(st.integers(1, 9))),
                ratings=tuple(Rating(c.id, float(draw(st.integers(0, 4)))) for c in asked),
                confidence=draw(st.integers(5, 10)) * 10,
                cost=draw(st.integers(0, 3)) * 1_000,
                needs=tuple(needs),
                position=draw(st.integers(0, 2)),
            )
        )
    return plan_of(*asked, *found)


def closed_sets(keys: Sequence[EntityId], needs: Needs) -> list[frozenset[EntityId]]:
    """Return every set of *keys* that holds what its members need, of those among *keys*; not the empty one."""
    sets = (frozenset(c) for size in range(1, len(keys) + 1) for c in combinations(keys, size))
    return [s for s in sets if all(n in s or n not in keys for k in s for n in needs.get(k, ()))]
