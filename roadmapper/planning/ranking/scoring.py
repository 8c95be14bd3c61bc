"""Scoring: the value of one investment, term by term, and its value per person-week."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.investment import Investment
from roadmapper.planning.ranking.model import Score, Term, Weights

PER_CENT = 100

Share = Callable[[float], float]


def score_of(investment: Investment, criteria: Sequence[Criterion], weights: Weights) -> Score:
    """Return the score of an investment whose effort is known; nobody else's numbers are looked at.

    The formula is `confidence x (revenue + sum of swing x share) / effort` (design, *Scoring, exactly*). Raises
    ValueError where no effort was entered.
    """
    return scorer(criteria, weights)(investment)


def scorer(criteria: Sequence[Criterion], weights: Weights) -> Callable[[Investment], Score]:
    """Return what scores one investment after another with the same criteria and weights, like score_of."""
    scales = [(c.id, weights.swings.get(c.id, 0), _share_of(c)) for c in criteria]

    def score(investment: Investment) -> Score:
        effort = investment.effort_pw
        if effort is None:
            raise ValueError(investment.id)
        ratings = {r.criterion: r.value for r in investment.ratings}
        revenue = float(investment.revenue or 0)
        terms, missing, total = [Term(None, 1.0, revenue)], [], revenue
        for key, swing, share_of in scales:
            if key in ratings:
                share = share_of(ratings[key])
            else:
                share = 0.0
                missing.append(key)
            amount = swing * share
            total += amount
            terms.append(Term(key, share, amount))
        confidence = investment.confidence / PER_CENT
        value = confidence * total
        per_week = value / effort if effort else None
        return Score(investment.id, tuple(terms), confidence, value, effort, per_week, tuple(missing))

    return score


def _share_of(criterion: Criterion) -> Share:
    """Return Criterion.share, or, without bends, the same straight line without its points, many times as fast."""
    if criterion.bends:
        return criterion.share
    worst, way = criterion.worst, criterion.best - criterion.worst

    def share(value: float) -> float:
        return min(1.0, max(0.0, (value - worst) / way))

    return share
