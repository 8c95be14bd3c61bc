"""Ranking table: the places of a ranking as rows of a printed table, with the terms of each score; no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadmapper.domain.investment import Investment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import NO_BREAK, UNKNOWN, money_text
from roadmapper.planning.ranking.model import Place, Score
from roadmapper.planning.ranking.saying import block_text, budget_line_text, missing_text, score_text
from roadmapper.planning.ranking.study import Study
from roadmapper.reports.flow import Band, Cell, Column
from roadmapper.reports.pages import Align, Weight
from roadmapper.reports.sheets import DOT, one_line
from roadmapper.reports.tables import decimals_of, weeks_text

MOST_COLUMNS = 4
"""Criteria that have a column each; more are said in words below the title."""
WITHOUT_CRITERIA, CRITERION = 520.0, 50.0
"""Points of A4 that the other columns need, and one criterion."""
CENT = 100


def table_columns(plan: Plan, study: Study, *, apart: bool) -> list[Column]:
    """Return the columns of a ranking: the criteria where there is room, the budget's where there is one.

    *apart* says whether each criterion has a column of its own.
    """
    right = Align.RIGHT
    columns = [Column("#", align=right), Column(tr("Investment"), 1.0), Column(tr("Revenue a year"), align=right)]
    if apart:
        columns += [Column(one_line(c.title), align=right) for c in plan.criteria_in_order]
    columns += [
        Column(tr("Confidence"), align=right),
        Column(tr("Value a year"), align=right),
        Column(tr("Effort"), align=right),
        Column(tr("Score a person-week"), align=right),
        Column(tr("Rank, 90 %").replace(" %", f"{NO_BREAK}%"), align=right),
    ]
    return [*columns, Column(tr("Within the budget"))] if _limited(study) else columns


def table_rows(plan: Plan, study: Study, *, apart: bool) -> Iterator[Sequence[Cell] | Band]:
    """Yield the rows, and the budget line above the first place that does not fit."""
    line = study.ranking.line
    investments = [plan.investments[place.investment] for place in study.ranking.places]
    decimals = decimals_of(weeks for investment in investments for weeks in _weeks(investment))
    for n, place in enumerate(study.ranking.places):
        if n == line:
            yield Band(budget_line_text(plan, study.ranking))
        yield list(_cells(plan, study, place, decimals, apart=apart))


def _weeks(investment: Investment) -> tuple[float, float, float]:
    """Return the person-weeks of all teams: few, likely, many."""
    efforts = investment.efforts
    return sum(e.low for e in efforts), sum(e.likely for e in efforts), sum(e.high for e in efforts)


def _cells(plan: Plan, study: Study, place: Place, decimals: int, *, apart: bool) -> Iterator[Cell]:
    investment, score, currency = plan.investments[place.investment], place.score, plan.roadmap.currency
    ink = "text" if place.funded else "secondary"
    yield Cell(str(place.rank), ink)
    yield Cell(one_line(investment.title), ink, Weight.BOLD, "\n".join(_below(plan, place, apart=apart)))
    low, likely, high = (money_text(amount, currency) for amount in investment.revenue_range())
    yield Cell(UNKNOWN if investment.revenue is None else likely, ink, below=_range(low, high))
    if apart:
        amounts = {t.criterion: t.amount for t in score.terms}
        for criterion in plan.criteria_in_order:
            missing = criterion.id in score.missing
            yield Cell(UNKNOWN if missing else money_text(round(amounts.get(criterion.id, 0.0)), currency), ink)
    yield Cell(f"×{NO_BREAK}{score.confidence * CENT:.0f}{NO_BREAK}%", ink)
    yield Cell(money_text(round(score.value), currency), ink)
    few, likely, many = (weeks_text(weeks, decimals) for weeks in _weeks(investment))
    yield Cell(likely + NO_BREAK + tr("pw"), ink, below=_range(few, many))
    yield Cell(score_text(score.per_week, score.value, currency), ink, Weight.BOLD, _closure_text(place, currency))
    chance = study.chances.of.get(place.investment)
    yield Cell(UNKNOWN if chance is None else f"{chance.low}–{chance.high}", ink)
    if _limited(study):
        likely = "" if chance is None else tr("{n} % likely").format(n=f"{chance.funded * CENT:.0f}")
        yield Cell(
            (tr("funded") if place.funded else tr("not funded")).replace(" ", NO_BREAK),
            "good" if place.funded else "secondary",
            Weight.BOLD if place.funded else Weight.REGULAR,
            likely.replace(" ", NO_BREAK),
        )


def _below(plan: Plan, place: Place, *, apart: bool) -> Iterator[str]:
    """Yield what is said below a title: the stage, the terms without a column, what it stands with, what is missing."""
    score = place.score
    yield tr(plan.investments[place.investment].stage.value)
    words = [block_text(plan, place)]
    if not apart:
        words = [_terms_text(plan, score), *words, missing_text(plan, score)]
    yield from (one_line(sentence) for sentence in words if sentence)


def _terms_text(plan: Plan, score: Score) -> str:
    """Return what each criterion adds a year, in words."""
    currency = plan.roadmap.currency
    return DOT.join(
        f"{one_line(plan.criteria[term.criterion].title)}{NO_BREAK}{money_text(round(term.amount), currency)}"
        for term in score.terms
        if term.criterion is not None and term.criterion not in score.missing
    )


def _range(low: str, high: str) -> str:
    return "" if low == high else f"{low} – {high}".replace(" ", NO_BREAK)


def _closure_text(place: Place, currency: str) -> str:
    """Return the score together with what it needs, where that is another one."""
    if place.closure is None or place.closure == place.score.per_week:
        return ""
    money = score_text(place.closure, place.block.value, currency)
    return tr("with needs {money}").format(money=money)


def stand_apart(plan: Plan, width: float) -> bool:
    """Return whether each criterion has a column of its own on *width* points of A4."""
    return len(plan.criteria_in_order) <= min(MOST_COLUMNS, (width - WITHOUT_CRITERIA) / CRITERION)


def lacks(study: Study) -> bool:
    """Return whether anything ranked has no value for a criterion."""
    return any(place.score.missing for place in study.ranking.places)


def _limited(study: Study) -> bool:
    budget = study.ranking.budget
    return budget.effort is not None or budget.money is not None
