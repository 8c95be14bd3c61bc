"""Blocks: what is worth most for its effort together with all that it needs, densest first (Sidney 1975)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roadmapper.domain.entity import EntityId
from roadmapper.planning.ranking.model import Block, Score


def blocks_of(scores: Mapping[EntityId, Score], needs: Mapping[EntityId, Sequence[EntityId]]) -> list[Block]:
    """Return all of *scores* in blocks, the densest first; *needs* names what each needs directly, without a circle."""
    left = dict(scores)
    found = []
    while left:
        closures = [_closure(key, left, needs) for key in left]
        best = max((block_of(c, scores) for c in closures), key=_density)
        found.append(best)
        for key in best.members:
            del left[key]
    return found


def block_of(members: Sequence[EntityId], scores: Mapping[EntityId, Score]) -> Block:
    """Return investments taken together."""
    value, effort = sum(scores[k].value for k in members), sum(scores[k].effort for k in members)
    return Block(tuple(members), value, effort, value / effort if effort else None)


def _density(block: Block) -> tuple[float, str]:
    return (float("inf") if block.per_week is None else block.per_week, block.members[-1])


def _closure(
    key: EntityId, left: Mapping[EntityId, Score], needs: Mapping[EntityId, Sequence[EntityId]]
) -> list[EntityId]:
    """Return an investment after all that it needs and that is left."""
    found: list[EntityId] = []
    for need in needs.get(key, ()):
        if need in left:
            found += [k for k in _closure(need, left, needs) if k not in found]
    return [*found, key]
