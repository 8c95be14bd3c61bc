"""Blocks equal the densest closed sets, found by looking at all of them, and stand in an order that can be done."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random

from hypothesis import given

from roadmapper.domain.entity import EntityId
from roadmapper.planning.ranking.blocks import before, blocks_of, tied
from roadmapper.planning.ranking.model import Block, Score
from tests.planning.ranking.networks import Needs, closed_sets, networks, score


def summed(keys: frozenset[EntityId], scores: dict[EntityId, Score]) -> tuple[Fraction, Fraction]:
    return sum((Fraction(scores[k].value) for k in keys), Fraction()), sum(
        (Fraction(scores[k].effort) for k in keys), Fraction()
    )


def exact_density(keys: frozenset[EntityId], scores: dict[EntityId, Score]) -> tuple[bool, Fraction]:
    """Return what compares like the density: without effort infinite, or 0 when it is worth nothing."""
    value, effort = summed(keys, scores)
    return (False, value / effort) if effort else (value > 0, Fraction())


def brute(scores: dict[EntityId, Score], needs: Needs) -> dict[EntityId, tuple[bool, Fraction]]:
    """Return the density of the block of each: take the densest of all closed sets away, again and again."""
    left = list(scores)
    found: dict[EntityId, tuple[bool, Fraction]] = {}
    while left:
        best = max(closed_sets(left, needs), key=lambda s: (exact_density(s, scores), len(s)))
        found |= dict.fromkeys(best, exact_density(best, scores))
        left = [k for k in left if k not in best]
    return found


@given(networks())
def test_blocks_are_as_dense_as_the_densest_of_all_closed_sets(network: tuple[dict[EntityId, Score], Needs]) -> None:
    scores, needs = network
    blocks = blocks_of(scores, needs)
    expected = brute(scores, needs)
    assert sorted(k for b in blocks for k in b.members) == sorted(scores)
    for block in blocks:
        members = frozenset(block.members)
        found = exact_density(members, scores)
        assert summed(members, scores) == (Fraction(block.value), Fraction(block.effort))
        for key in members:
            # What takes no effort and is worth nothing changes no density: it may stand anywhere that can be done.
            assert expected[key] == found or not (scores[key].value or scores[key].effort)
    rates = [exact_density(frozenset(b.members), scores) for b in blocks]
    assert all(a >= b for a, b in pairwise(rates))


@given(networks())
def test_everything_stands_after_what_it_needs(network: tuple[dict[EntityId, Score], Needs]) -> None:
    scores, needs = network
    order = [k for b in blocks_of(scores, needs) for k in b.members]
    assert all(order.index(n) < order.index(k) for k in order for n in needs.get(k, ()))


@given(networks(7))
def test_a_block_hangs_together_and_no_closed_part_of_it_is_denser(
    network: tuple[dict[EntityId, Score], Needs],
) -> None:
    scores, needs = network
    for block in blocks_of(scores, needs):
        inside = {k: [n for n in needs.get(k, ()) if n in block.members] for k in block.members}
        assert len(tied(block.members, inside)) == 1
        whole = exact_density(frozenset(block.members), scores)
        for part in closed_sets(block.members, inside):
            value, effort = summed(part, scores)
            assert exact_density(part, scores) <= whole or not (value or effort)


@given(networks())
def test_taking_one_away_moves_nobody_that_is_not_tied_to_it(network: tuple[dict[EntityId, Score], Needs]) -> None:
    scores, needs = network
    order = [k for b in blocks_of(scores, needs) for k in b.members]
    groups = tied(scores, needs)
    for gone in scores:
        left = {k: s for k, s in scores.items() if k != gone}
        fewer = {k: [n for n in v if n != gone] for k, v in needs.items() if k != gone}
        with_it = next(g for g in groups if gone in g)
        then = [k for b in blocks_of(left, fewer) for k in b.members if k not in with_it]
        assert then == [k for k in order if k not in with_it]


def test_the_densest_closed_set_can_be_two_that_share_what_they_need() -> None:
    scores = {s.investment: s for s in (score("base", 0, 10), score("a", 30, 2), score("b", 30, 2))}
    (block,) = blocks_of(scores, {EntityId("a"): [EntityId("base")], EntityId("b"): [EntityId("base")]})
    assert block == Block((EntityId("base"), EntityId("a"), EntityId("b")), 60, 14, 60 / 14)


def test_inside_a_block_the_best_closure_goes_first_after_what_it_needs() -> None:
    scores = {s.investment: s for s in (score("base", 0, 10), score("a", 30, 2), score("b", 31, 2))}
    (block,) = blocks_of(scores, {EntityId("a"): [EntityId("base")], EntityId("b"): [EntityId("base")]})
    assert block.members == ("base", "b", "a")


def test_what_takes_no_effort_stands_first_when_it_is_worth_anything_and_last_when_not() -> None:
    scores = {
        s.investment: s for s in (score("idle", 0, 0), score("good", 9, 1), score("free", 1, 0), score("x", 0, 1))
    }
    assert [b.members for b in blocks_of(scores, {})] == [("free",), ("good",), ("idle",), ("x",)]
    assert blocks_of(scores, {})[0].per_week is None


def test_what_is_equal_stays_in_the_order_given() -> None:
    scores = {s.investment: s for s in (score(k, 3, 1) for k in "cab")}
    assert [b.members for b in blocks_of(scores, {})] == [("c",), ("a",), ("b",)]


def test_a_chain_of_a_thousand_and_a_wide_network_have_their_blocks() -> None:
    luck = Random(3)
    keys = [EntityId(f"i{n}") for n in range(1_000)]
    scores = {k: score(k, luck.randint(0, 99), luck.randint(1, 9)) for k in keys}
    chain = {b: [a] for a, b in pairwise(keys)}
    wide = {k: luck.sample(keys[:50], 3) for k in keys[50:]}
    for needs in (chain, wide):
        blocks = blocks_of(scores, needs)
        order = {k: n for n, k in enumerate(k for b in blocks for k in b.members)}
        assert len(order) == len(keys)
        assert all(order[n] < order[k] for k, v in needs.items() for n in v)
        assert all((a.per_week or 0) >= (b.per_week or 0) * (1 - 1e-9) for a, b in pairwise(blocks))
    assert len(before(keys, chain)[keys[-1]]) == 999


def test_a_chain_has_the_blocks_of_pooling_neighbours_that_are_out_of_order() -> None:
    luck = Random(5)
    keys = [EntityId(f"i{n}") for n in range(200)]
    scores = {k: score(k, luck.randint(1, 10**6), luck.randint(1, 9)) for k in keys}
    pools: list[list[EntityId]] = []
    for key in keys:
        pools.append([key])
        while len(pools) > 1 and exact_density(frozenset(pools[-2]), scores) < exact_density(
            frozenset(pools[-1]), scores
        ):
            last = pools.pop()
            pools[-1] += last
    needs = {b: [a] for a, b in pairwise(keys)}
    assert [list(b.members) for b in blocks_of(scores, needs)] == pools
