"""What the CIO and the CMO share, about what they differ, and what would reconcile them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Rating
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Budget, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.voices import MOST_TRADES, Reconcile, Trade, compare_voices
from tests.domain.samples import plan_of
from tests.planning.ranking.networks import investment, plans

CX, RISK = EntityId("cx"), EntityId("risk")


def split_plan() -> Plan:
    """Return a plan in which the CIO looks at the risk and the CMO at the customers' experience."""
    rows = {"shop": (4, 0), "vault": (0, 4), "both": (3, 3), "none": (0, 0)}
    return plan_of(
        Criterion(CX, "Experience", 0, 4, cio=100, cmo=4_000, agreed=4_000, position=0),
        Criterion(RISK, "Risk", 0, 4, cio=4_000, cmo=100, agreed=2_000, position=1),
        *(
            investment(k, 1_000, 1.0, position=n, ratings=(Rating(CX, x), Rating(RISK, y)))
            for n, (k, (x, y)) in enumerate(rows.items())
        ),
    )


def test_both_rank_one_high_and_trade_the_two_that_each_of_them_likes() -> None:
    voices = compare_voices(split_plan(), Budget(2.0))
    assert [[p.investment for p in r.places] for r in (voices.cio, voices.cmo, voices.agreed)] == [
        ["vault", "both", "shop", "none"],
        ["shop", "both", "vault", "none"],
        ["both", "shop", "vault", "none"],
    ]
    assert (voices.both_high, voices.only_cio, voices.only_cmo) == (("both",), ("vault",), ("shop",))
    assert voices.first is None
    assert voices.disputes == 3
    assert voices.trades[0] == Trade(EntityId("vault"), EntityId("shop"), 2, 2)


def test_one_agreed_swing_alone_reconciles_more_than_the_other() -> None:
    # With 4 000 for experience the CIO has shop 5 000, vault 5 000, both 7 000: shop and vault stand by their position.
    voices = compare_voices(split_plan(), Budget(2.0))
    assert voices.reconcile[0] == Reconcile(CX, 4_000, 1, 2)
    assert [r.criterion for r in voices.reconcile] == [CX, RISK]


def test_without_a_budget_the_first_half_counts_as_high() -> None:
    voices = compare_voices(split_plan(), Budget())
    assert voices.first == 2
    assert (voices.both_high, voices.only_cio, voices.only_cmo) == (("both",), ("vault",), ("shop",))


def test_a_criterion_on_which_both_agree_reconciles_nothing() -> None:
    plan = split_plan()
    plan = plan.with_entities([replace(plan.criteria[CX], cio=4_000)])
    assert [r.criterion for r in compare_voices(plan, Budget()).reconcile] == [RISK]


def test_of_many_disputes_the_strongest_are_named_and_all_are_counted() -> None:
    criteria = [Criterion(CX, "X", 0, 40, cio=10_000, cmo=0), Criterion(RISK, "R", 0, 40, cio=0, cmo=10_000)]
    rows = [investment(f"i{n:02}", 1, 1.0, ratings=(Rating(CX, n), Rating(RISK, 40 - n))) for n in range(40)]
    voices = compare_voices(plan_of(*criteria, *rows), Budget())
    assert voices.disputes == 40 * 39 // 2
    assert len(voices.trades) == MOST_TRADES
    assert voices.trades[0] == Trade(EntityId("i39"), EntityId("i00"), 39, 39)


@given(plans(), st.none() | st.integers(0, 30))
def test_trades_and_reconciling_equal_a_count_of_all_pairs(plan: Plan, effort: int | None) -> None:
    budget = Budget(effort)
    voices = compare_voices(plan, budget)
    expected = disputes(voices.cio, voices.cmo)
    assert voices.disputes == len(voices.trades) == len(expected)
    assert {frozenset((t.cio_first, t.cmo_first)) for t in voices.trades} == expected
    for trade in voices.trades:
        cio, cmo = ([r.by_id[k].rank for k in (trade.cio_first, trade.cmo_first)] for r in (voices.cio, voices.cmo))
        assert (trade.cio_apart, trade.cmo_apart) == (cio[1] - cio[0], cmo[0] - cmo[1])
        assert min(trade.cio_apart, trade.cmo_apart) > 0
    strengths = [min(t.cio_apart, t.cmo_apart) for t in voices.trades]
    assert strengths == sorted(strengths, reverse=True)
    for found in voices.reconcile:
        one, two = (
            rank(plan, Weights({**Weights.of(plan, v).swings, found.criterion: found.swing}), budget)
            for v in (Voice.CIO, Voice.CMO)
        )
        assert found.disputes == len(disputes(one, two))
        if effort is not None:
            assert found.common == len(set(one.funded) & set(two.funded))


def disputes(one: Ranking, two: Ranking) -> set[frozenset[EntityId]]:
    return {
        frozenset((a, b))
        for a, b in combinations(one.by_id, 2)
        if (one.by_id[a].rank < one.by_id[b].rank) != (two.by_id[a].rank < two.by_id[b].rank)
    }
