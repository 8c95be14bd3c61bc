"""Pairwise answers: the weights and the consistency ratio against published matrices, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from roadmapper.domain.criterion import Criterion, Judgement, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.ranking.pairwise import (
    Element,
    check_yardstick,
    groups_of,
    misfit_of,
    questions_of,
    standing_of,
    swings_of,
    weigh,
)
from tests.domain.samples import ROADMAP

# T. L. Saaty, A scaling method for priorities in hierarchical structures, Journal of Mathematical Psychology 15, 1977:
# the wealth of seven nations, upper triangle row by row; eigenvalue 7.61, CI 0.10, so CR 0.08.
NATIONS = (4, 9, 6, 6, 5, 5, 7, 5, 5, 3, 4, 1 / 5, 1 / 5, 1 / 7, 1 / 5, 1, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 2)
WEALTH = (0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094)
# T. L. Saaty, How to make a decision: the analytic hierarchy process, Eur. J. of Operational Research 48, 1990:
# buying a house; eigenvalue 9.669, CI 0.238, CR 0.169.
# fmt: off
HOUSES = (
    5, 3, 7, 6, 6, 1 / 3, 1 / 4,
    1 / 3, 5, 3, 3, 1 / 5, 1 / 7,
    6, 3, 4, 6, 1 / 5,
    1 / 3, 1 / 4, 1 / 7, 1 / 8,
    1 / 2, 1 / 5, 1 / 6,
    1 / 5, 1 / 6,
    1 / 2,
)
# fmt: on
A, B, C = EntityId("a"), EntityId("b"), EntityId("c")


def named(size: int) -> list[EntityId]:
    """Return elements that stand in order."""
    return [EntityId(f"e{n}") for n in range(size)]


def said(first: EntityId, second: Element, ratio: float, voice: Voice = Voice.CIO) -> Judgement:
    """Return an answer."""
    return Judgement(EntityId(f"j-{first}-{second}"), voice, first, second, ratio)


def triangle(elements: Sequence[EntityId], ratios: Sequence[float]) -> list[Judgement]:
    """Return the answers of an upper triangle, row by row."""
    return [said(a, b, r) for (a, b), r in zip(combinations(elements, 2), ratios, strict=True)]


def test_answers_that_agree_give_back_the_weights_they_came_from() -> None:
    true = {None: 0.1, A: 0.4, B: 0.3, C: 0.2}
    elements: list[Element] = [A, B, C, None]
    answers = [said(a, b, true[a] / true[b]) for a, b in questions_of(elements)]
    found = weigh(elements, answers)
    assert found.weights == pytest.approx(true, abs=1e-9)
    assert found.eigenvalue == pytest.approx(4, abs=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)
    assert misfit_of(elements, answers) is None
    assert swings_of(found, 10_000_000) == {A: 40_000_000, B: 30_000_000, C: 20_000_000}


def test_the_wealth_of_nations_comes_out_as_published() -> None:
    elements = named(7)
    found = weigh(elements, triangle(elements, NATIONS))
    assert [found.weights[e] for e in elements] == pytest.approx(WEALTH, abs=2e-3)
    assert found.eigenvalue == pytest.approx(7.61, abs=0.01)
    assert found.ratio == pytest.approx(0.08, abs=0.005)
    assert not found.contradicts


def test_the_choice_of_a_house_contradicts_itself_as_published() -> None:
    elements = named(8)
    found = weigh(elements, triangle(elements, HOUSES))
    published = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert [found.weights[e] for e in elements] == pytest.approx(published, abs=3e-3)
    assert found.eigenvalue == pytest.approx(9.669, abs=0.001)
    assert found.ratio == pytest.approx(0.169, abs=0.001)
    assert found.contradicts


def test_weights_and_eigenvalue_solve_the_eigenproblem() -> None:
    elements = named(8)
    answers = triangle(elements, HOUSES)
    found = weigh(elements, answers)
    ratio = {(j.first, j.second): j.ratio for j in answers} | {(j.second, j.first): 1 / j.ratio for j in answers}
    for a in elements:
        row = found.weights[a] + sum(ratio[a, b] * found.weights[b] for b in elements if b != a)
        assert row == pytest.approx(found.eigenvalue * found.weights[a], rel=1e-10)


@pytest.mark.parametrize("seed", range(20))
def test_what_was_not_answered_is_as_if_the_weights_themselves_had_answered(seed: int) -> None:
    """Harker's matrix has the weights and the eigenvalue of the full matrix completed with the weights' own ratios."""
    dice = Random(seed)
    elements = named(dice.randint(3, 8))
    whole = triangle(elements, [dice.choice((1 / 9, 1 / 5, 1 / 2, 1, 3, 4, 7)) for _ in combinations(elements, 2)])
    answers = [j for j in whole if dice.random() < 0.6 or j.second == elements[elements.index(j.first) + 1]]
    few = weigh(elements, answers)
    asked = {(j.first, j.second): j.ratio for j in answers}
    scale = [asked.get(p, few.weights[p[0]] / few.weights[p[1]]) for p in combinations(elements, 2)]
    rows = dict.fromkeys(elements, 0.0)
    for (a, b), ratio in zip(combinations(elements, 2), scale, strict=True):
        rows[a] += ratio * few.weights[b]
        rows[b] += few.weights[a] / ratio
    for e in elements:
        assert rows[e] + few.weights[e] == pytest.approx(few.eigenvalue * few.weights[e], rel=1e-9)


def test_as_few_answers_as_link_all_cannot_contradict() -> None:
    found = weigh([A, B, C, None], [said(A, B, 9), said(B, C, 9), said(C, None, 9)])
    assert found.ratio == 0
    assert found.weights[A] == pytest.approx(729 * found.weights[None], rel=1e-9)


def test_a_long_chain_is_weighed_exactly() -> None:
    elements: list[Element] = [*named(20), None]
    answers = [said(a, b, 2) for a, b in zip(named(20), elements[1:], strict=True)]
    found = weigh(elements, answers)
    assert found.weights[elements[0]] / found.weights[None] == pytest.approx(2**20, rel=1e-9)


def test_what_nothing_links_is_refused_in_one_sentence() -> None:
    answers = [said(A, B, 3)]
    assert groups_of([A, B, C, None], answers) == [[A, B], [C], [None]]
    with pytest.raises(Refused, match=r"^The answers leave 3 groups that nothing compares: [^.]*\.$"):
        weigh([A, B, C, None], answers)


def test_the_answer_that_contradicts_the_others_is_named_with_what_would_fit() -> None:
    true = {A: 9.0, B: 3.0, C: 1.0, None: 1.0}
    elements: list[Element] = [A, B, C, None]
    answers = [said(a, b, true[a] / true[b]) for a, b in questions_of(elements) if (a, b) != (A, C)]
    found = misfit_of(elements, [*answers, said(A, C, 1 / 2)])
    assert found is not None
    assert (found.first, found.second, found.said) == (A, C, 0.5)
    assert found.fitting == pytest.approx(9)
    assert found.without == pytest.approx(0, abs=1e-9)
    assert found.over in ((B,), (None,))


def test_a_triangle_names_one_of_its_answers() -> None:
    found = misfit_of([A, B, None], [said(A, B, 3), said(B, None, 3), said(A, None, 1 / 2)])
    assert found is not None
    assert found.without == 0
    assert len(found.over) == 1


def plan_with(*answers: Judgement, **swings: int) -> Plan:
    """Return a plan with three criteria and answers; swings are the CIO's."""
    criteria = [Criterion(EntityId(k), k.upper(), cio=swings.get(k), position=n) for n, k in enumerate("abc")]
    return Plan.of(ROADMAP, *criteria, *answers)


def test_a_kept_set_says_how_far_it_contradicts_itself_and_whether_swings_were_changed_since() -> None:
    assert standing_of(plan_with(), Voice.CIO) is None
    answers = [said(A, B, 3), said(B, C, 3), said(C, A, 3), said(A, None, 2)]
    plan = plan_with(*answers)
    swings = swings_of(weigh([A, B, C, None], answers), ROADMAP.yardstick)
    kept = plan.with_entities(replace(c, cio=swings[c.id]) for c in plan.criteria.values())
    standing = standing_of(kept, Voice.CIO)
    assert standing is not None
    assert standing.ratio > 0.5
    assert standing.contradicts
    assert not standing.changed
    assert standing_of(kept, Voice.CMO) is None
    by_hand = standing_of(kept.with_entities([replace(kept.criteria[A], cio=1)]), Voice.CIO)
    assert by_hand is not None
    assert by_hand.changed
    assert by_hand.contradicts


def test_a_criterion_that_came_since_hides_no_contradiction() -> None:
    answers = [said(A, B, 3), said(B, None, 3), said(A, None, 1 / 3)]
    standing = standing_of(plan_with(*answers), Voice.CIO)
    assert standing is not None
    assert standing.contradicts


def test_the_later_of_two_answers_to_one_question_holds() -> None:
    found = weigh([A, None], [said(A, None, 2), said(A, None, 5)])
    assert found.weights[A] / found.weights[None] == pytest.approx(5)


def test_a_swing_beyond_all_money_is_refused() -> None:
    elements: list[Element] = [*named(20), None]
    answers = [said(a, b, 9) for a, b in zip(named(20), elements[1:], strict=True)]
    with pytest.raises(Refused, match="smaller yardstick"):
        swings_of(weigh(elements, answers), 10_000_000)


def test_a_yardstick_that_the_kept_answers_cannot_bear_leaves_a_standing_that_says_so() -> None:
    plan = plan_with(said(A, None, 9))
    large = plan.with_entities([replace(plan.roadmap, yardstick=10**15)])
    standing = standing_of(large, Voice.CIO)
    assert standing is not None
    assert standing.changed
    with pytest.raises(Refused, match="smaller yardstick"):
        check_yardstick(large)
    check_yardstick(plan)
