"""What a ranking tells reads as a sentence, with the numbers that were meant."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import pytest

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Rating, Stage
from roadmapper.domain.plan import Plan
from roadmapper.planning.phrases import NO_BREAK, thousands_text
from roadmapper.planning.ranking.breaking_even import Flip
from roadmapper.planning.ranking.model import BestSet, Budget, Radius, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.saying import (
    best_set_text,
    block_text,
    coin_flip_text,
    flip_text,
    lack_text,
    missing_text,
    radius_text,
    reconcile_text,
    score_sum_text,
    score_text,
)
from roadmapper.planning.ranking.voices import Reconcile, compare_voices
from tests.domain.samples import plan_of
from tests.planning.ranking.networks import investment

CX = Criterion(EntityId("cx"), "Customer experience", 0, 5, cio=20_000_000, cmo=50_000_000, agreed=30_000_000)
RISK = Criterion(EntityId("risk"), "Risk", 0, 5, position=1)


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def ranked(*investments: Any, budget: Budget | None = None) -> tuple[Plan, Ranking]:
    plan = plan_of(CX, RISK, *investments)
    return plan, rank(plan, Weights.of(plan, Voice.AGREED), budget or Budget())


def test_a_score_is_said_with_its_sum() -> None:
    offers = investment("offers", 99_600_000, 31.0, confidence=88, ratings=(Rating(CX.id, 4.0),))
    plan, ranking = ranked(offers)
    score = ranking.places[0].score
    assert plain(score_sum_text(plan, score)) == (
        "€ 1 236 k × confidence 0.88 = € 1 088 k a year, ÷ 31 person-weeks. Nobody else’s numbers change this score."
    )
    assert plain(missing_text(plan, score)) == "No value for “Risk”: counts as 0 until somebody enters one."


def test_one_without_effort_is_not_divided_and_one_with_all_values_misses_nothing() -> None:
    free = investment("free", 500_000, 0.0, ratings=(Rating(CX.id, 0.0), Rating(RISK.id, 1.0)))
    plan, ranking = ranked(free)
    score = ranking.places[0].score
    assert plain(score_sum_text(plan, score)) == "€ 5 000 × confidence 1.00 = € 5 000 a year, for no effort at all."
    assert missing_text(plan, score) == ""


@pytest.mark.parametrize(
    ("minor", "text"),
    [
        (123_600_000, "€ 1 236 k"),
        (34_000_000, "€ 340 k"),
        (999_999, "€ 10 k"),
        (999_900, "€ 9 999"),
        (0, "€ 0"),
        (-118_000_000, "− € 1 180 k"),
        (1_234_567_890_000, "€ 12 345 679 k"),
    ],
)
def test_money_whose_every_thousand_counts(minor: int, text: str) -> None:
    assert plain(thousands_text(minor, "EUR")) == text


@pytest.mark.parametrize(
    ("investments", "text"),
    [
        (
            (investment("a", effort=None),),
            "Nobody has estimated the effort of “Title a”: enter it, 0 if it takes none.",
        ),
        (
            (investment("a", needs=("b",)), investment("b", needs=("a",))),
            "“Title a” waits for itself in a circle, over “Title b”: take out one of the needs in it.",
        ),
        (
            (investment("a", needs=("b",)), investment("b", stage=Stage.DROPPED)),
            "“Title a” needs “Title b”, which was dropped: take up “Title b” again, or do without.",
        ),
        (
            (investment("a", needs=("b",)), investment("b", effort=None)),
            "“Title a” needs “Title b”, which has no place itself: see to “Title b” first.",
        ),
    ],
)
def test_a_lack_says_what_to_do(investments: tuple[Any, ...], text: str) -> None:
    plan, ranking = ranked(*investments)
    assert lack_text(plan, next(u for u in ranking.unranked if u.investment == "a")) == text


def test_a_block_says_with_what_it_stands_and_which_of_it_is_needed() -> None:
    plan, ranking = ranked(investment("base", 0, 10.0), investment("top", 23_000_000, 5.0, needs=("base",)))
    base, top = ranking.places
    assert plain(block_text(plan, top)) == (
        "stands with “Title base”, which it needs: together € 15 k a year per person-week"
    )
    assert plain(block_text(plan, base)) == (
        "stands with “Title top”, which needs it: together € 15 k a year per person-week"
    )
    plan, ranking = ranked(investment("alone"))
    assert block_text(plan, ranking.places[0]) == ""


def test_the_best_set_says_what_to_swap_what_it_brings_and_whether_that_is_proven() -> None:
    rows = investment("a", 9_000_000, 3.0), investment("b", 8_500_000, 3.0), investment("c", 6_900_000, 3.0)
    big = investment("big", 14_000_000, 5.0)
    plan, ranking = ranked(*rows, big, budget=Budget(8.0))
    assert ranking.funded == ("a", "b")
    best = BestSet(frozenset({EntityId("a"), EntityId("big")}), 23_000_000, 8.0, 0, 23_000_000, proven=True)
    assert plain(best_set_text(plan, ranking, best)) == (
        "Swapping “Title b” for “Title big” brings € 55 k a year more; no set brings more (proven)."
    )
    unsure = replace(best, proven=False, bound=24_500_000.0)
    assert plain(best_set_text(plan, ranking, unsure)) == (
        "Swapping “Title b” for “Title big” brings € 55 k a year more; "
        "at most € 15 k beyond that is possible (not proven)."
    )
    same = BestSet(frozenset(ranking.funded), 17_500_000, 6.0, 0, 17_500_000, proven=True)
    assert best_set_text(plan, ranking, same) == "Nothing fits better: the ranked set is the best there is (proven)."
    assert plain(best_set_text(plan, ranking, replace(same, proven=False, bound=18_500_000.0))) == (
        "Nothing better was found; at most € 10 k a year more is possible (not proven)."
    )


def test_a_flip_says_who_passes_whom_and_when() -> None:
    plan, _ = ranked(investment("a"), investment("b"))
    flip = Flip(EntityId("a"), EntityId("b"), CX.id, 30_000_000, 52_000_000.4)
    assert plain(flip_text(plan, flip)) == "“Title b” passes “Title a” when “Customer experience” rises to € 520 k."
    assert "falls to" in flip_text(plan, replace(flip, then=1.0))
    assert "level" in flip_text(plan, replace(flip, then=30_000_000.0))


def test_the_radius_says_what_changes_and_when() -> None:
    plan, ranking = ranked(investment("a"), investment("b"))
    radius = Radius(CX.id, 0.123, 33_690_000.0, (EntityId("b"),), (EntityId("a"),))
    assert plain(radius_text(plan, ranking, radius)) == (
        "“Title b” takes the place of “Title a” in what is funded "
        "when “Customer experience” becomes € 337 k (+12 %); "
        "no smaller change of a single criterion alters it."
    )
    assert "− € " not in plain(radius_text(plan, ranking, replace(radius, change=-0.5)))
    assert "(−50 %)" in plain(radius_text(plan, ranking, replace(radius, change=-0.5)))
    assert "(more than ten times as much)" in radius_text(plan, ranking, replace(radius, change=11.7))
    assert "(+900 %)" in plain(radius_text(plan, ranking, replace(radius, change=9.0)))
    assert "(less than 1 % less)" in radius_text(plan, ranking, replace(radius, change=-0.004))
    from_nothing = plain(radius_text(plan, ranking, replace(radius, change=inf, leaves=())))
    assert from_nothing == "“Title b” comes in when “Customer experience”, worth nothing now, becomes € 337 k."
    assert plain(radius_text(plan, ranking, replace(radius, enters=()))).startswith("“Title a” drops out when ")
    assert radius_text(plan, ranking, None) == "No change of a single criterion alters what is funded (2 investments)."


@pytest.mark.parametrize(
    ("per_week", "value", "text"),
    [
        (4_141_200.0, 1.0, "€ 41 k"), (999_949.0, 1.0, "€ 10 k"), (994_900.0, 1.0, "€ 9.9 k"),
        (723_000.0, 1.0, "€ 7.2 k"), (100_000.0, 1.0, "€ 1.0 k"), (95_000.0, 1.0, "€ 950"), (0.0, 0.0, "€ 0"),
        (None, 1.0, "∞"), (None, 0.0, "€ 0"),
    ],
)  # fmt: skip
def test_scores_in_one_column_are_written_alike(per_week: float | None, value: float, text: str) -> None:
    assert plain(score_text(per_week, value, "EUR")) == text


def test_a_coin_flip_is_called_one() -> None:
    plan, _ = ranked(investment("a"), investment("b"))
    assert plain(coin_flip_text(plan, (EntityId("a"), EntityId("b")), 0.53)) == (
        "“Title a” or “Title b” first is a coin flip: “Title a” stays above in 53 % of the draws."
    )


def test_reconciling_says_how_many_disputes_would_go() -> None:
    plan, _ = ranked(investment("a"))
    voices = replace(compare_voices(plan, Budget()), disputes=4)
    found = Reconcile(CX.id, 30_000_000, 1, 0)
    assert plain(reconcile_text(plan, voices, found)) == (
        "If both took € 300 k for “Customer experience”, 3 of 4 disputes would go."
    )
    assert "as many disputes" in reconcile_text(plan, voices, replace(found, disputes=4))
    assert "2 disputes more" in reconcile_text(plan, voices, replace(found, disputes=6))


def test_of_many_names_the_first_are_said_and_how_many_more_there_are() -> None:
    plan, ranking = ranked(*(investment(f"i{n}") for n in range(9)))
    radius = Radius(CX.id, 0.1, 1.0, tuple(EntityId(f"i{n}") for n in range(9)), ())
    assert radius_text(plan, ranking, radius).startswith("“Title i0”, “Title i1”, “Title i2” and 6 more come in ")
