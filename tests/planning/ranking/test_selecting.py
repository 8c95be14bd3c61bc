"""The best set equals what looking at all sets finds, keeps what is needed, and claims no more than was proven."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.selecting import best_set, choice_of, select
from roadmapper.planning.ranking.selection import Choice, members
from roadmapper.planning.ranking.selection_bound import Prices
from roadmapper.planning.ranking.selection_exact import choose
from roadmapper.planning.splitting.process import available
from tests.planning.ranking.portfolios import FRAME, investment, portfolio, ranked

SOLVER = pytest.mark.skipif(not available(), reason="OR-Tools is not installed")
KILLED = (sys.executable, "-c", "import os, signal; os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))")
NONSENSE = (sys.executable, "-c", "print('{\"things\": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5000]}')")
TOO_MUCH = (sys.executable, "-c", "import json, sys; print(json.dumps({'things': list(range(40))}))")


@st.composite
def choices(draw: st.DrawFn, most: int = 9) -> Choice:
    """Return things to choose from, with many that are alike, worth nothing, or take nothing."""
    count = draw(st.integers(1, most))
    numbers = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=count, max_size=count)
    values, efforts, money = draw(numbers), draw(numbers), draw(numbers)
    order = draw(st.permutations(range(count)))
    needs: list[list[int]] = [[] for _ in range(count)]
    for n in range(1, count):
        needs[order[n]] = draw(st.lists(st.sampled_from(order[:n]), max_size=3, unique=True))
    limits = (draw(st.one_of(st.none(), st.integers(0, sum(takes)))) for takes in (efforts, money))
    return Choice(values, efforts, money, needs, *limits)


def many(seed: int, count: int, *, two: bool = False) -> Choice:
    """Return things to choose from whose efforts say nearly nothing about their worth, or nearly all."""
    plan = portfolio(seed, count, 0.5)
    ranking = ranked(plan)
    choice = choice_of(plan, ranking.places, ranking.budget)
    cash = sum(choice.money) // 3 if two else None
    return Choice(choice.values, choice.efforts, choice.money, choice.needs, sum(choice.efforts) * 2 // 5, cash)


def stubborn(count: int) -> Choice:
    """Return things all worth about what they take: nothing but trying tells which fill the budget."""
    efforts = [(n * 7_919 + 104_729 * (n * n % 31)) % 90_000 + 900_000 for n in range(count)]
    money = [(n * 6_841 + 99_991 * (n * n % 37)) % 90_000 + 900_000 for n in range(count)]
    values = [e + m for e, m in zip(efforts, money, strict=True)]
    return Choice(values, efforts, money, [[] for _ in values], sum(efforts) // 2, sum(money) // 2)


def brute(choice: Choice) -> int:
    """Return the worth of the best set, by looking at all."""
    sets = (s for s in range(1 << len(choice.values)) if choice.closed(s) and choice.fits(s))
    return max(map(choice.value_of, sets))


def brute_growing(choice: Choice) -> int:
    """Return the worth of the best set, by looking at all closed ones, which are grown thing by thing."""
    best = 0
    sets = [(0, 0, 0, 0)]
    for key in choice.order:
        needs = sum(1 << n for n in choice.needs[key])
        value, effort, money = choice.values[key], choice.efforts[key], choice.money[key]
        sets += [(s | 1 << key, v + value, e + effort, m + money) for s, v, e, m in sets if s & needs == needs]
    for _, value, effort, money in sets:
        if (choice.effort is None or effort <= choice.effort) and (choice.cash is None or money <= choice.cash):
            best = max(best, value)
    return best


@settings(max_examples=300)
@given(choices(), st.sampled_from((1, 300)))
def test_the_best_set_is_worth_what_looking_at_all_sets_finds(choice: Choice, hasty: int) -> None:
    found = choose(choice, hasty=hasty)
    assert found.proven
    assert found.value == choice.value_of(found.things) == brute(choice)
    assert choice.fits(found.things)
    assert choice.closed(found.things)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("two", [False, True])
def test_of_eighteen_things_the_best_set_is_found(seed: int, two: bool) -> None:
    choice = many(seed, 18, two=two)
    found = choose(choice, hasty=1)
    assert found.proven
    assert found.value == choice.value_of(found.things) == brute_growing(choice)
    assert choice.fits(found.things)
    assert choice.closed(found.things)


@given(choices(most=7))
def test_what_every_set_loses_against_the_bound_is_accounted_for(choice: Choice) -> None:
    priced = Prices(choice, lambda: True).find()
    for things in range(1 << len(choice.values)):
        if choice.closed(things) and choice.fits(things):
            out = [key for key in range(len(choice.values)) if not things >> key & 1]
            lost = sum(max(-priced.own[key], 0) for key in members(things)) + sum(max(priced.own[k], 0) for k in out)
            lost += sum(amount for key in out for need, amount in priced.handed[key] if things >> need & 1)
            lost += priced.per_effort * ((choice.effort or 0) - choice.effort_of(things))
            lost += priced.per_money * ((choice.cash or 0) - choice.money_of(things))
            assert priced.scale * choice.value_of(things) == priced.top - lost


@pytest.mark.parametrize("two", [False, True])
def test_sixty_investments_are_proven_in_a_second_or_so(two: bool) -> None:
    begun = time.process_time()
    assert all(choose(many(seed, 60, two=two)).proven for seed in range(5))
    assert time.process_time() - begun < 10


def test_without_a_budget_everything_is_in_the_set() -> None:
    plan = portfolio(1, 30, 0.5)
    best = best_set(plan, ranked(plan))
    assert best.members == set(plan.investments)
    assert best.proven
    assert best.value == best.bound


def test_the_set_holds_what_its_members_need_and_keeps_both_budgets() -> None:
    for seed in range(12):
        plan = portfolio(seed, 40, 0.6)
        ranking = ranked(plan, effort=150.5, money=30_000_000)
        best = best_set(plan, ranking)
        assert all(n in best.members for k in best.members for n in plan.investments[k].needs)
        assert best.effort == pytest.approx(sum(ranking.by_id[k].score.effort for k in best.members))
        assert best.effort <= 150.5 + 1e-9
        assert best.money == sum(ranking.by_id[k].cost for k in best.members) <= 30_000_000
        assert best.proven
        assert best.value == pytest.approx(sum(ranking.by_id[k].score.value for k in best.members))
        assert best.value >= sum(ranking.by_id[k].score.value for k in ranking.funded)


def test_the_ranked_set_stays_where_no_other_is_worth_more() -> None:
    plan = Plan.of(FRAME, investment("a", 900, 3.0), investment("b", 600, 3.0), investment("c", 600, 3.0))
    ranking = ranked(plan, effort=6.0)
    assert best_set(plan, ranking).members == set(ranking.funded) == {"a", "b"}


def test_a_set_that_rank_order_misses_is_found_with_what_it_needs() -> None:
    plan = Plan.of(
        FRAME,
        investment("small", 3_000, 1.0),
        investment("base", 0, 4.0),
        investment("large", 20_000, 6.0, "base"),
    )
    ranking = ranked(plan, effort=10.0)
    assert set(ranking.funded) == {"small", "base"}
    best = best_set(plan, ranking)
    assert best.members == {"base", "large"}
    assert best.value == 20_000
    assert best.proven


def test_thirds_of_a_week_fit_into_a_week() -> None:
    plan = Plan.of(FRAME, *(investment(k, 1_000, 1 / 3) for k in "abc"))
    assert best_set(plan, ranked(plan, effort=1.0)).members == {"a", "b", "c"}


def test_what_was_not_proven_is_not_called_so() -> None:
    found = select(stubborn(60), 0.05, command=KILLED)
    assert not found.proven
    assert found.bound > found.value
    choice = stubborn(60)
    assert choice.fits(found.things)
    assert found.value == choice.value_of(found.things)


def test_without_any_time_the_ranked_set_is_what_there_is() -> None:
    plan = portfolio(3, 40, 0.5)
    ranking = ranked(plan, effort=100.0)
    best = best_set(plan, ranking, seconds=0.0)
    assert best.value >= sum(ranking.by_id[k].score.value for k in ranking.funded)
    assert best.bound >= best.value


def test_the_bound_is_never_below_the_best_set() -> None:
    for seed in range(6):
        choice = many(seed, 30, two=True)
        best = choose(choice).value
        for calls in (1, 5, 20):
            left = iter(range(calls))
            found = choose(choice, going_on=lambda left=left: next(left, None) is not None)  # type: ignore[misc]
            assert found.value <= best <= found.bound


@SOLVER
@pytest.mark.parametrize("command", [KILLED, NONSENSE, TOO_MUCH])
def test_a_solver_that_breaks_off_costs_nothing(command: tuple[str, ...]) -> None:
    choice = stubborn(40)
    own = choose(choice, going_on=lambda: False)
    found = select(choice, 0.8, own.things, command=command)
    assert own.value <= found.value <= found.bound <= own.bound
    assert choice.fits(found.things)


@SOLVER
def test_the_solver_goes_on_where_the_own_search_ends() -> None:
    choice = stubborn(40)
    before = choose(choice, going_on=lambda: False)
    found = select(choice, 6.0, before.things)
    assert choice.fits(found.things)
    assert before.value < found.value <= found.bound


@SOLVER
def test_who_no_longer_wants_the_set_ends_the_solver_at_once() -> None:
    begun = time.monotonic()

    def stopped() -> bool:
        if time.monotonic() - begun > 2.0:
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        select(stubborn(60), 60.0, stopped=stopped)
    assert time.monotonic() - begun < 10


def test_an_effort_is_counted_in_the_coarsest_parts_that_are_exact() -> None:
    plan = Plan.of(FRAME, investment("a", 1_000, 2.5), investment("b", 1_000, 0.25))
    ranking = ranked(plan, effort=3.0)
    choice = choice_of(plan, ranking.places, ranking.budget)
    assert sorted(choice.efforts) == [25, 250]
    assert choice.effort == 300
    assert [ranking.places[n].investment for n in range(2)] == [EntityId("b"), EntityId("a")]
