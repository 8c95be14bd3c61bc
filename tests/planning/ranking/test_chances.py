"""Chances agree with what can be worked out by hand, and with ranking every draw anew."""

from __future__ import annotations

from dataclasses import replace
from math import log, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.chances import CHUNK, Study, chances_of
from roadmapper.planning.ranking.chances_blocks import MOST_SETS, closed_sets
from roadmapper.planning.ranking.drawing import CONCENTRATION, TENTH, Source, Spread, Swings
from roadmapper.planning.ranking.ranking import rank
from tests.planning.ranking.portfolios import FRAME, investment, portfolio, ranked

A, B = EntityId("a"), EntityId("b")
NORMAL = NormalDist()
DRAWS = 10_000


def near(part: float, expected: float, draws: int = DRAWS) -> bool:
    """Return whether a part of the draws is within four standard errors of a probability."""
    return abs(part - expected) <= 4 * sqrt(expected * (1 - expected) / draws)


def lognormal(key: str, likely: int, factor: float, effort: float = 10.0) -> Investment:
    one = investment(key, likely, effort)
    return replace(one, revenue_low=round(likely / factor), revenue_high=round(likely * factor))


def test_low_likely_and_high_are_the_tenth_the_middle_and_the_ninetieth_of_the_draws() -> None:
    z = Source("x", 1).normal(200_000)
    for low, likely, high in ((3.0, 10.0, 14.0), (10.0, 10.0, 90.0), (0.0, 5.0, 9.0), (0.0, 0.0, 7.0)):
        spread = Spread(low, likely, high)
        assert spread.at(np.array([-TENTH, 0.0, TENTH])) == pytest.approx([low, likely, high])
        drawn = spread.at(z)
        assert (drawn >= 0).all()
        for part, value in ((0.1, low), (0.5, likely), (0.9, high)):
            # Where many draws are the same, such as 0, the part up to there may be larger.
            assert near((drawn < value).mean(), part, 200_000) or (drawn < value).mean() <= part
            assert (drawn <= value * (1 + 1e-12)).mean() >= part - 4 * sqrt(part * (1 - part) / 200_000)


def test_what_nobody_gave_a_range_does_not_vary() -> None:
    assert set(Spread(4.0, 4.0, 4.0).at(Source("x", 1).normal(100))) == {4.0}


def test_the_shares_of_the_swings_have_the_moments_of_a_dirichlet() -> None:
    stated = {EntityId("x"): 200, EntityId("y"): 100, EntityId("z"): 100, EntityId("none"): 0}
    drawn = Swings(stated, 1).draw(100_000)
    assert drawn.sum(axis=1) == pytest.approx(400)
    assert (drawn[:, 3] == 0).all()
    for column, share in enumerate((0.5, 0.25, 0.25)):
        deviation = sqrt(share * (1 - share) / (CONCENTRATION + 1))
        shares = drawn[:, column] / 400
        assert abs(shares.mean() - share) <= 4 * deviation / sqrt(100_000)
        assert shares.std() == pytest.approx(deviation, rel=0.02)
    assert (abs(drawn[:, 1] / 100 - 1) <= 0.25).mean() == pytest.approx(0.9, abs=0.01)


def test_swings_of_nothing_are_nothing() -> None:
    assert (Swings({EntityId("x"): 0}, 1).draw(5) == 0).all()


def test_the_chance_that_one_of_two_lognormals_stays_above_is_that_of_the_normal_distribution() -> None:
    for factor, other in ((2.0, 1.5), (1.3, 3.0)):
        plan = Plan.of(FRAME, lognormal("a", 50_000_000, factor), lognormal("b", 45_000_000, other))
        chances = chances_of(plan, ranked(plan), DRAWS)
        sigma = sqrt(log(factor) ** 2 + log(other) ** 2) / TENTH
        assert near(chances.wins[A, B], NORMAL.cdf(log(50 / 45) / sigma))
        assert chances.of[A].mean == pytest.approx(2 - chances.wins[A, B])


def test_the_chance_to_be_funded_is_that_of_the_effort_to_fit() -> None:
    one = replace(investment("a", 50_000_000, 10.0), efforts=(TeamEffort(None, 5.0, 10.0, 20.0),))
    plan = Plan.of(FRAME, one)
    chances = chances_of(plan, ranked(plan, effort=13.0), DRAWS)
    assert near(chances.of[A].funded, NORMAL.cdf(log(1.3) / (log(2) / TENTH)))


def test_what_needs_something_is_never_funded_without_it_and_never_above_it() -> None:
    plan = Plan.of(FRAME, investment("a", 0, 10.0, spread=0.4), investment("b", 80_000_000, 2.0, "a", spread=0.4))
    chances = chances_of(plan, ranked(plan, effort=12.0), DRAWS)
    assert chances.wins[A, B] == 1.0
    assert chances.of[B].funded <= chances.of[A].funded
    assert (chances.of[A].low, chances.of[A].high, chances.of[B].mean) == (1, 1, 2.0)


def test_the_same_question_has_the_same_answer_and_another_seed_another() -> None:
    plan = portfolio(1, 12, 0.3)
    ranking = ranked(plan, effort=60.0)
    assert chances_of(plan, ranking, 3_000) == chances_of(plan, ranking, 3_000)
    assert chances_of(plan, ranking, 3_000) != chances_of(plan, ranking, 3_000, seed=5)


def test_another_investment_leaves_the_draws_of_all_others_as_they_are() -> None:
    plan = portfolio(2, 15, 0.3)
    more = plan.with_entities([investment("new", 99_000_000, 1.0, spread=0.5)])
    drawn = []
    for each in (plan, more):
        ranking = ranked(each)
        values, efforts = Study(each, ranking, 7).draw()
        drawn.append({p.investment: (values[:, n], efforts[:, n]) for n, p in enumerate(ranking.places)})
    for key, (values, efforts) in drawn[0].items():
        assert values == pytest.approx(drawn[1][key][0], rel=1e-12)
        assert (efforts == drawn[1][key][1]).all()


@pytest.mark.parametrize(("seed", "needy"), [(3, 0.0), (4, 0.4), (5, 0.7), (6, 0.4), (7, 0.6)])
def test_every_draw_is_ranked_and_funded_as_the_ranking_does_it(seed: int, needy: float) -> None:
    plan = portfolio(seed, 14, needy)
    ranking = ranked(plan, effort=70.0, money=20_000_000)
    study = Study(plan, ranking, 7)
    values, efforts = study.draw()
    order = study.order(values, efforts)
    funded = study.funded(order, efforts)
    assert (np.sort(order, axis=1) == np.arange(14)).all()
    for draw in range(40):
        fixed = [
            replace(
                plan.investments[p.investment],
                revenue=round(1000 * values[draw, n]),  # finer than a minor unit, so that rounding decides nothing
                revenue_low=None,
                revenue_high=None,
                efforts=(TeamEffort(None, *[float(efforts[draw, n])] * 3),),
                ratings=(),
                confidence=100,
            )
            for n, p in enumerate(ranking.places)
        ]
        once = rank(plan.with_entities(fixed), ranking.weights, ranking.budget)
        assert [ranking.places[n].investment for n in order[draw]] == [p.investment for p in once.places]
        assert {ranking.places[n].investment for n in np.flatnonzero(funded[draw])} == set(once.funded)


def test_a_cluster_with_too_many_closed_sets_keeps_its_blocks_and_what_is_needed_first() -> None:
    leaves = [investment(f"l{n}", 1_000_000 * n, 3.0, "root", spread=0.4) for n in range(1, 13)]
    plan = Plan.of(FRAME, investment("root", 0, 5.0, spread=0.4), *leaves)
    needs = [[], *[[0]] * 12]
    assert closed_sets(range(13), needs, MOST_SETS) is None
    ranking = ranked(plan, effort=30.0)
    study = Study(plan, ranking, 1)
    values, efforts = study.draw()
    order = study.order(values, efforts)
    assert ranking.places[0].investment == "root"
    assert (np.sort(order, axis=1) == np.arange(13)).all()
    assert (order[:, 0] == 0).all()
    chances = chances_of(plan, ranking, 1_000)
    assert chances.of[EntityId("root")].high == 1


def test_worth_without_effort_stands_above_all_else() -> None:
    plan = Plan.of(FRAME, investment("a", 1_000, 0.0), investment("b", 90_000_000, 1.0), investment("c", 2_000, 0.0))
    ranking = ranked(plan)
    order = Study(plan, ranking, 1)
    assert [p.investment for p in ranking.places] == ["c", "a", "b"]
    assert (order.order(*order.draw()) == np.arange(3)).all()


def test_without_investments_nothing_is_said() -> None:
    plan = Plan.of(FRAME)
    assert chances_of(plan, ranked(plan)).of == {}


def test_who_no_longer_wants_the_answer_ends_the_work() -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == 2:
            raise KeyboardInterrupt

    plan = portfolio(1, 5, 0.0)
    with pytest.raises(KeyboardInterrupt):
        chances_of(plan, ranked(plan), progress=progress)
    assert told == [(0, DRAWS), (CHUNK, DRAWS)]
