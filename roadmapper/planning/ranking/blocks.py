"""Blocks: what is worth most for its effort together with all that it needs, densest first (Sidney 1975)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from roadmapper.domain.entity import EntityId
from roadmapper.planning.ranking.cutting import Needs, heaviest
from roadmapper.planning.ranking.model import Block, Score

NOISE = 1e-12
"""By which part two sums may differ because of their rounding alone."""

Numbers = Mapping[EntityId, float]
Before = Mapping[EntityId, Sequence[EntityId]]


def blocks_of(scores: Mapping[EntityId, Score], needs: Needs) -> list[Block]:
    """Return all of *scores* in blocks, the densest first; *needs* says which of them each needs, without a circle.

    A block is the largest connected set whose members belong together: no part of it that is closed, after the blocks
    before it, is denser than the whole. Its members stand in an order in which they can be done: the one with the best
    closure score first, after what it needs. What takes no effort is denser than all else if it is worth anything, and
    as dense as what is worth nothing if not. What is equal stays in the order of *scores*. Which block an investment
    is in depends only on those that it is tied to by needs, directly or through others.
    """
    rows = []
    for number, part in enumerate(tied(scores, needs)):
        if len(part) == 1:
            blocks = [block_of(part, scores)]
        else:
            values, efforts = {k: scores[k].value for k in part}, {k: scores[k].effort for k in part}
            blocks = [block_of(m, scores) for m in parted(values, efforts, needs, before(part, needs))]
        least = inf
        for place, block in enumerate(blocks):
            # Blocks of one part fall strictly; were two the same by rounding, they would have to keep their order.
            least = min(least, density(block.value, block.effort))
            rows.append((-least, -block.value if least == inf else 0.0, number, place, block))
    rows.sort(key=lambda row: row[:4])
    return [row[4] for row in rows]


def block_of(members: Sequence[EntityId], scores: Mapping[EntityId, Score]) -> Block:
    """Return investments taken together."""
    if len(members) == 1:
        score = scores[members[0]]
        return Block((score.investment,), score.value, score.effort, score.per_week)
    value, effort = sum(scores[k].value for k in members), sum(scores[k].effort for k in members)
    return Block(tuple(members), value, effort, value / effort if effort else None)


def density(value: float, effort: float) -> float:
    """Return what stands first: value per effort; without effort infinite if it is worth anything, else 0."""
    if effort:
        return value / effort
    return inf if value > 0 else 0.0


def tied(keys: Iterable[EntityId], needs: Needs) -> list[list[EntityId]]:
    """Return which of *keys* hang together by needs, directly or through others, all in the order given."""
    near: dict[EntityId, list[EntityId]] = {key: [] for key in keys}
    for key, others in needs.items():
        for other in others:
            if key in near and other in near:
                near[key].append(other)
                near[other].append(key)
    place: dict[EntityId, int] = {}
    found: list[list[EntityId]] = []
    for key, others in near.items():
        if key not in place:
            place[key] = len(found)
            stack = list(others)
            while stack:
                other = stack.pop()
                if other not in place:
                    place[other] = len(found)
                    stack += near[other]
            found.append([])
        found[place[key]].append(key)
    return found


def before(keys: Iterable[EntityId], needs: Needs) -> dict[EntityId, tuple[EntityId, ...]]:
    """Return for each of *keys* all that it needs, indirectly too, in an order in which it can be done."""
    found: dict[EntityId, tuple[EntityId, ...]] = {}
    for key in keys:
        stack = [key]
        while stack:
            at = stack[-1]
            waiting = [n for n in needs.get(at, ()) if n not in found]
            if waiting and at not in found:
                stack += reversed(waiting)
                continue
            stack.pop()
            if at not in found:
                every: dict[EntityId, None] = {}
                for need in needs.get(at, ()):
                    every |= dict.fromkeys(found[need])
                    every[need] = None
                found[at] = tuple(every)
    return found


def parted(values: Numbers, efforts: Numbers, needs: Needs, first: Before) -> list[tuple[EntityId, ...]]:
    """Return the keys of *values* in their blocks, densest first, each in order; *first* is all that each needs.

    As long as a part of what hangs together is denser than the whole, the heaviest closed set at the density of the
    whole is cut off; both are cut again.
    """
    order = {key: n for n, key in enumerate(values)}
    rate = closure_densities(values, efforts, first)
    stack = [(group, 0.0, inf) for group in reversed(tied(values, needs))]
    found: list[tuple[float, tuple[EntityId, ...]]] = []
    while stack:
        part, least, most = stack.pop()
        value, effort = sum(map(values.__getitem__, part)), sum(map(efforts.__getitem__, part))
        whole = density(value, effort)
        dense = _denser(part, whole, values, efforts, needs) if effort and len(part) > 1 else None
        if dense:
            rest = [k for k in part if k not in dense]
            stack += [(group, least, whole) for group in reversed(_tied_in(rest, needs))]
            stack += [(group, whole, most) for group in reversed(_tied_in([k for k in part if k in dense], needs))]
        else:
            # What was cut off goes first even where rounding says otherwise.
            found.append((min(max(whole, least), most), _in_order(part, order, rate, first)))
    return [block for _, block in sorted(found, key=lambda row: -row[0])]


def _tied_in(part: Sequence[EntityId], needs: Needs) -> list[list[EntityId]]:
    return tied(part, {k: needs[k] for k in part if k in needs}) if len(part) > 1 else [list(part)]


def closure_densities(values: Numbers, efforts: Numbers, first: Before) -> dict[EntityId, float]:
    """Return for each the density of itself and all that it needs together."""
    found = {}
    for key, needed in ((k, first[k]) for k in values):
        value = sum(map(values.__getitem__, needed), values[key])
        found[key] = density(value, sum(map(efforts.__getitem__, needed), efforts[key]))
    return found


def _denser(part: Sequence[EntityId], whole: float, values: Numbers, efforts: Numbers, needs: Needs) -> set[EntityId]:
    """Return the closed set that weighs most at the density of the whole; empty where none is denser than that."""
    weights = {k: values[k] - whole * efforts[k] for k in part}
    found = heaviest(weights, needs, NOISE * sum(map(values.__getitem__, part)))
    return found if len(found) < len(part) else set()


def _in_order(
    group: Sequence[EntityId], order: Mapping[EntityId, int], rate: Numbers, first: Before
) -> tuple[EntityId, ...]:
    """Return a block's members, the best closure first, each after what it needs."""
    if len(group) == 1:
        return tuple(group)
    inside = set(group)
    found: dict[EntityId, None] = {}
    for key in priority(group, order, rate):
        if key not in found:
            found |= dict.fromkeys(k for k in first[key] if k in inside and k not in found)
            found[key] = None
    return tuple(found)


def priority(group: Iterable[EntityId], order: Mapping[EntityId, int], rate: Numbers) -> Iterator[EntityId]:
    """Return the members of a block by their closures, the best first, what is equal in the order given."""
    return iter(sorted(group, key=lambda k: (-rate[k], order[k])))
