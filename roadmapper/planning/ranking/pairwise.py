"""Pairwise: what full swings are worth, from answers about two at a time, and how far the answers contradict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations
from math import log
from typing import TypeAlias

from roadmapper.domain.criterion import Judgement, Voice
from roadmapper.domain.entity import GREATEST_MONEY, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

Element: TypeAlias = EntityId | None
"""A criterion; None is the yardstick, a sum of money a year."""
_Ratios: TypeAlias = Mapping[tuple[Element, Element], float]

TOLERABLE = 0.10
"""The consistency ratio above which answers contradict each other (Saaty 1980)."""
EXACT = 1e-14
MOST_STEPS = 20_000
FIGURES = 3
MOST_TRIED = 12
"""Of how many answers, those furthest off, it is tried what the others say without them."""
# T. L. Saaty, The Analytic Hierarchy Process, McGraw-Hill 1980: mean consistency index of random matrices, by size.
RANDOM = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)


@dataclass(frozen=True, slots=True)
class Misfit:
    """The answer without which the others agree best: *first* was *said* times *second*, the others say *fitting*.

    *over* are elements that both were compared with and that show the contradiction best, none where no single one
    does; *without* is the consistency ratio of the other answers.
    """

    first: EntityId
    second: Element
    said: float
    fitting: float
    without: float
    over: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """What came of answers: weights with a sum of 1, the principal eigenvalue and the consistency ratio."""

    weights: Mapping[Element, float]
    eigenvalue: float
    ratio: float

    @property
    def contradicts(self) -> bool:
        """Return whether the answers contradict each other more than is tolerable."""
        return self.ratio > TOLERABLE


@dataclass(frozen=True, slots=True)
class Standing:
    """How the answers that one voice has given stand today: their consistency ratio, and what became of the swings.

    *changed* says that a swing was changed since, by hand or by another yardstick.
    """

    voice: Voice
    ratio: float
    changed: bool

    @property
    def contradicts(self) -> bool:
        """Return whether the answers contradict each other more than is tolerable."""
        return self.ratio > TOLERABLE


def elements_of(plan: Plan) -> list[Element]:
    """Return what is compared: the criteria in their order, then the yardstick."""
    return [*(c.id for c in plan.criteria_in_order), None]


def groups_of(elements: Sequence[Element], answers: Iterable[Judgement]) -> list[list[Element]]:
    """Return the elements in groups that no answer links with each other; one group is enough to weigh them."""
    near: dict[Element, set[Element]] = {e: set() for e in elements}
    for answer in answers:
        if answer.first in near and answer.second in near:
            near[answer.first].add(answer.second)
            near[answer.second].add(answer.first)
    groups: list[list[Element]] = []
    seen: set[Element] = set()
    for start in elements:
        if start in seen:
            continue
        found, todo = {start}, [start]
        while todo:
            fresh = near[todo.pop()] - found
            found |= fresh
            todo += fresh
        seen |= found
        groups.append([e for e in elements if e in found])
    return groups


def weigh(elements: Sequence[Element], answers: Iterable[Judgement]) -> Weighing:
    """Return the weights that answers give to *elements*: the principal eigenvector of their matrix (Saaty 1980).

    Where answers are missing, Harker's matrix stands in: 0 for each, and 1 + their number on the diagonal of the row
    (P. T. Harker, Incomplete pairwise comparisons in the analytic hierarchy process, Mathematical Modelling 9, 1987).
    The consistency ratio is (eigenvalue - n) / (n - 1) / RI with Saaty's random indices; with m answers missing RI
    shrinks to (1 - 2 m / ((n - 1) (n - 2))) RI (K. C. Agoston, L. Csato, Inconsistency thresholds for incomplete
    pairwise comparison matrices, Omega 108, 2022), so that few answers do not look more consistent than they are.
    Raises Refused when some elements are not linked with the others by any answer.
    """
    kept = list(answers)
    groups = groups_of(elements, kept)
    if len(groups) > 1:
        raise Refused(
            tr("The answers leave {n} groups that nothing compares: answer a question that links them.").format(
                n=len(groups)
            )
        )
    ratios = _ratios(elements, kept)
    weights, eigenvalue = _principal(elements, ratios)
    return Weighing(weights, eigenvalue, _consistency(len(elements), len(ratios) // 2, eigenvalue))


def misfit_of(elements: Sequence[Element], answers: Sequence[Judgement]) -> Misfit | None:
    """Return the answer that fits the others least, None where all fit or nobody can tell which does not."""
    whole = weigh(elements, answers)
    if whole.ratio < EXACT**0.5:
        return None
    known = [j for j in answers if j.first in whole.weights and j.second in whole.weights]
    found: list[tuple[float, Judgement, Weighing]] = []
    for answer in nlargest(MOST_TRIED, known, key=lambda j: _off(j, whole)):
        others = [j for j in known if j is not answer]
        if len(groups_of(elements, others)) == 1:
            rest = weigh(elements, others)
            found.append((rest.ratio, answer, rest))
    if not found:
        return None
    least = min(ratio for ratio, _, _ in found)
    # Where several would do equally well, such as in a single triangle, the one that is furthest off.
    _, worst, rest = max((f for f in found if f[0] <= least + EXACT**0.5), key=lambda f: _off(f[1], f[2]))
    fitting = rest.weights[worst.first] / rest.weights[worst.second]
    return Misfit(
        worst.first,
        worst.second,
        worst.ratio,
        fitting,
        rest.ratio,
        _witness(worst, elements, _ratios(elements, answers)),
    )


def swings_of(weighing: Weighing, yardstick: int) -> dict[EntityId, int]:
    """Return what each full swing is worth a year in minor units, if the yardstick is worth *yardstick*.

    Rounded to three figures: answers on a scale of nine say no more. Raises Refused where one is beyond all money.
    """
    unit = yardstick / weighing.weights[None]
    found = {key: _rounded(weight * unit) for key, weight in weighing.weights.items() if key is not None}
    if any(amount > GREATEST_MONEY for amount in found.values()):
        raise Refused(tr("These answers make a swing worth more money than there is: choose a smaller yardstick."))
    return found


def standing_of(plan: Plan, voice: Voice) -> Standing | None:
    """Return how the answers of *voice* that are kept stand today, None where it has given none.

    Where criteria came or went since, and the answers fall apart, the worst part counts.
    """
    weighed = _weighed(plan, voice)
    if not weighed:
        return None
    changed = False
    for weighing in weighed:
        if None in weighing.weights:
            try:
                swings = swings_of(weighing, plan.roadmap.yardstick)
            except Refused:  # a yardstick that these answers cannot have been given with
                changed = True
                continue
            changed = any(plan.criteria[key].swing(voice) != amount for key, amount in swings.items())
    return Standing(voice, max(w.ratio for w in weighed), changed)


def check_yardstick(plan: Plan) -> None:
    """Raise Refused when the yardstick is so large that the answers kept of somebody mean more money than there is."""
    for voice in Voice:
        for weighing in _weighed(plan, voice):
            if None in weighing.weights:
                swings_of(weighing, plan.roadmap.yardstick)


def _weighed(plan: Plan, voice: Voice) -> list[Weighing]:
    """Return what comes of the answers of *voice* that are kept, for each part that they link."""
    answers = [j for j in plan.judgements.values() if j.voice is voice]
    named = {e for j in answers for e in (j.first, j.second)}
    groups = groups_of([e for e in elements_of(plan) if e in named], answers)
    return [weigh(group, [j for j in answers if j.first in group]) for group in groups]


def _ratios(elements: Sequence[Element], answers: Iterable[Judgement]) -> _Ratios:
    """Return how many times the first counts what the second does, both ways; of two answers the later one holds."""
    known = set(elements)
    found: dict[tuple[Element, Element], float] = {}
    for answer in answers:
        if answer.first in known and answer.second in known:
            found[answer.first, answer.second] = answer.ratio
            found[answer.second, answer.first] = 1 / answer.ratio
    return found


def _principal(elements: Sequence[Element], ratios: _Ratios) -> tuple[dict[Element, float], float]:
    """Return the principal eigenvector of Harker's matrix with a sum of 1, and its eigenvalue, by power iteration."""
    size = len(elements)
    place = {e: n for n, e in enumerate(elements)}
    rows: list[list[tuple[int, float]]] = [[] for _ in elements]
    for (first, second), ratio in ratios.items():
        rows[place[first]].append((place[second], ratio))
    diagonal = [float(size - len(row)) for row in rows]
    weights, eigenvalue = _first_guess(rows), float(size)
    for _ in range(MOST_STEPS):
        following = [
            d * w + sum(ratio * weights[n] for n, ratio in row)
            for d, w, row in zip(diagonal, weights, rows, strict=True)
        ]
        eigenvalue = sum(following)  # the weights had a sum of 1
        following = [w / eigenvalue for w in following]
        done = all(abs(a - b) <= EXACT * a for a, b in zip(following, weights, strict=True))
        weights = following
        if done:
            break
    return dict(zip(elements, weights, strict=True)), eigenvalue


def _first_guess(rows: Sequence[Sequence[tuple[int, float]]]) -> list[float]:
    """Return weights that follow from one answer each: those of answers that agree, from which little is left to do."""
    found, todo = {0: 1.0}, [0]
    while todo:
        at = todo.pop(0)
        for n, ratio in rows[at]:
            if n not in found:
                found[n] = found[at] / ratio
                todo.append(n)
    total = sum(found.values())
    return [found[n] / total for n in range(len(rows))]


def _consistency(size: int, given: int, eigenvalue: float) -> float:
    missing = size * (size - 1) // 2 - given
    if size < 3 or given < size:  # two elements, or as few answers as link them, cannot contradict
        return 0.0
    index = max(eigenvalue - size, 0.0) / (size - 1)
    random = RANDOM[min(size, len(RANDOM)) - 1] * (1 - 2 * missing / ((size - 1) * (size - 2)))
    return index / random


def _off(answer: Judgement, weighing: Weighing) -> float:
    return abs(log(answer.ratio * weighing.weights[answer.second] / weighing.weights[answer.first]))


def _witness(answer: Judgement, elements: Sequence[Element], ratios: _Ratios) -> tuple[Element, ...]:
    """Return the element over which two other answers contradict *answer* most."""
    first, second = answer.first, answer.second
    ways = [e for e in elements if (first, e) in ratios and (e, second) in ratios]
    if not ways:
        return ()
    return (max(ways, key=lambda e: abs(log(ratios[first, e] * ratios[e, second] / answer.ratio))),)


def _rounded(amount: float) -> int:
    size: int = 10 ** max(len(str(int(amount))) - FIGURES, 0)
    return round(amount / size) * size


def questions_of(elements: Sequence[Element]) -> list[tuple[EntityId, Element]]:
    """Return every pair to ask about: each criterion with the yardstick first, which alone would be enough."""
    criteria = [e for e in elements if e is not None]
    return [*((key, None) for key in criteria), *combinations(criteria, 2)]
