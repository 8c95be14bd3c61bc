"""Ranking table: the places of a ranking as rows of a printed table, with the terms of each score; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadmapper.domain.investment import Investment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import NO_BREAK, UNKNOWN, effort_text, money_text
from roadmapper.planning.ranking.model import Place, Score
from roadmapper.planning.ranking.saying import block_text, budget_line_text, missing_text, score_text
from roadmapper.planning.ranking.study import Study
from roadmapper.reports.flow import Band, Cell, Column
from roadmapper.reports.pages import Align, Weight
from roadmapper.reports.sheets import DOT, one_line

MOST_COLUMNS = 4
"""Criteria that have a column each; more are said in words below the title."""


def table_columns(plan: Plan, study: Study) -> list[Column]:
    """Return the columns of a ranking: what is funded only where something is limited, a score with needs if any."""
    right = Align.RIGHT
    columns = [
        Column("#", 0.5, right),
        Column(tr("Investment"), 4.6),
        Column(tr("Stage"), 1.1),
        Column(tr("Revenue a year (low – high)"), 1.7, right),
    ]
    if _apart(plan):
        columns += [Column(one_line(c.title), 1.25, right) for c in plan.criteria_in_order]
    columns += [
        Column(tr("Confidence"), 1.2, right),
        Column(tr("Value a year"), 1.15, right),
        Column(tr("Effort (low – high)"), 1.25, right),
        Column(tr("Score: value a person-week"), 1.3, right),
    ]
    if _needy(study):
        columns.append(Column(tr("Score with its needs"), 1.2, right))
    columns.append(Column(tr("Rank in 9 of 10 draws"), 1.1, right))
    if _limited(study):
        columns += [Column(tr("Chance of funding"), 1.1, right), Column(tr("Funded"), 1.1)]
    return columns


def table_rows(plan: Plan, study: Study) -> Iterator[Sequence[Cell] | Band]:
    """Yield the rows, and the budget line above the first place that does not fit."""
    line = study.ranking.line
    for n, place in enumerate(study.ranking.places):
        if n == line:
            yield Band(budget_line_text(plan, study.ranking))
        yield list(_cells(plan, study, place))


def _cells(plan: Plan, study: Study, place: Place) -> Iterator[Cell]:
    investment, score, currency = plan.investments[place.investment], place.score, plan.roadmap.currency
    ink = "text" if place.funded else "secondary"
    yield Cell(str(place.rank), ink)
    below = [
        words
        for words in (
            "" if _apart(plan) else _terms_text(plan, score),
            block_text(plan, place),
            missing_text(plan, score),
        )
        if words
    ]
    yield Cell(one_line(investment.title), ink, Weight.BOLD, "\n".join(map(one_line, below)))
    yield Cell(tr(investment.stage.value), "secondary")
    yield Cell(_revenue_text(plan, investment), ink)
    if _apart(plan):
        amounts = {t.criterion: t.amount for t in score.terms}
        for criterion in plan.criteria_in_order:
            missing = criterion.id in score.missing
            yield Cell(UNKNOWN if missing else money_text(round(amounts.get(criterion.id, 0.0)), currency), ink)
    yield Cell(f"× {score.confidence * 100:.0f}{NO_BREAK}%", ink)
    yield Cell(money_text(round(score.value), currency), ink)
    yield Cell(_effort_text(investment), ink)
    yield Cell(score_text(score.per_week, score.value, currency), ink, Weight.BOLD)
    if _needy(study):
        differs = place.closure is not None and place.closure != score.per_week
        yield Cell(score_text(place.closure, place.block.value, currency) if differs else "", ink)
    chance = study.chances.of.get(place.investment)
    yield Cell(UNKNOWN if chance is None else f"{chance.low}–{chance.high}", ink)
    if _limited(study):
        yield Cell(UNKNOWN if chance is None else f"{chance.funded * 100:.0f}{NO_BREAK}%", ink)
        yield Cell(tr("funded"), "good", Weight.BOLD) if place.funded else Cell(tr("not funded"), "secondary")


def _terms_text(plan: Plan, score: Score) -> str:
    """Return what each criterion adds a year, in words."""
    currency = plan.roadmap.currency
    return DOT.join(
        f"{one_line(plan.criteria[term.criterion].title)}{NO_BREAK}{money_text(round(term.amount), currency)}"
        for term in score.terms
        if term.criterion is not None and term.criterion not in score.missing
    )


def _revenue_text(plan: Plan, investment: Investment) -> str:
    if investment.revenue is None:
        return UNKNOWN
    low, likely, high = (money_text(amount, plan.roadmap.currency) for amount in investment.revenue_range())
    return likely if low == high else f"{likely}\n{low} – {high}"


def _effort_text(investment: Investment) -> str:
    low, likely, high = (sum(getattr(e, name) for e in investment.efforts) for name in ("low", "likely", "high"))
    words = effort_text(round(likely, 2))
    return words if low == high else f"{words}\n{effort_text(round(low, 2))} – {effort_text(round(high, 2))}"


def _apart(plan: Plan) -> bool:
    return len(plan.criteria_in_order) <= MOST_COLUMNS


def _needy(study: Study) -> bool:
    return any(p.closure is not None and p.closure != p.score.per_week for p in study.ranking.places)


def _limited(study: Study) -> bool:
    budget = study.ranking.budget
    return budget.effort is not None or budget.money is not None
