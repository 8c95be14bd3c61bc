"""Scoring: the value of one investment, term by term, and its value per person-week."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.investment import Investment
from roadmapper.planning.ranking.model import Score, Term, Weights

PER_CENT = 100


def score_of(investment: Investment, criteria: Sequence[Criterion], weights: Weights) -> Score:
    """Return the score of an investment whose effort is known; nobody else's numbers are looked at.

    The formula is `confidence x (revenue + sum of swing x share) / effort` (design, *Scoring, exactly*). Raises
    ValueError where no effort was entered.
    """
    effort = investment.effort_pw
    if effort is None:
        raise ValueError(investment.id)
    terms, missing = [Term(None, 1.0, float(investment.revenue or 0))], []
    for criterion in criteria:
        rating = investment.rating(criterion.id)
        if rating is None:
            missing.append(criterion.id)
        share = 0.0 if rating is None else criterion.share(rating)
        terms.append(Term(criterion.id, share, weights.swings.get(criterion.id, 0) * share))
    confidence = investment.confidence / PER_CENT
    value = confidence * sum(t.amount for t in terms)
    per_week = value / effort if effort else None
    return Score(investment.id, tuple(terms), confidence, value, effort, per_week, tuple(missing))
