"""The command `rank`: the investments in order, what fits into the budget, and how sure all of that is."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from roadmapper.cli.sharing import opened, say, say_json
from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import GREATEST_EFFORT
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.exchange.priorities import study_shown
from roadmapper.planning.phrases import UNKNOWN, money_text, thousands_text
from roadmapper.planning.ranking.ageing import is_ageing
from roadmapper.planning.ranking.model import Budget, Place, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank as ranked
from roadmapper.planning.ranking.saying import (
    ageing_text,
    best_set_text,
    budget_line_text,
    coin_flip_text,
    lack_text,
    radius_text,
)
from roadmapper.planning.ranking.study import Study, study_of
from roadmapper.workspace.session import Session

LONGEST_TITLE = 40


def rank_options(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to *parser*."""
    parser.add_argument("--weights", choices=[v.value for v in Voice], default=Voice.AGREED.value)
    parser.add_argument("--budget", type=_weeks, metavar="PW", help=tr("person-weeks, instead of the roadmap's"))
    parser.add_argument("--json", action="store_true")


def rank(options: argparse.Namespace, session: Session) -> None:
    """Say how the investments rank; nothing is changed."""
    voice = Voice(options.weights)
    with opened(options.file, session, writing=False) as file:
        plan = file.plan
    budget = Budget.of(plan)
    if options.budget is not None:
        budget = replace(budget, effort=options.budget)
    study = study_of(plan, ranked(plan, Weights.of(plan, voice), budget))
    if options.json:
        say_json(study_shown(plan, study.ranking, voice, study.chances, study.radius, study.best))
    else:
        _say(plan, study, voice, session.today())


def _say(plan: Plan, study: Study, voice: Voice, today: date) -> None:
    ranking = study.ranking
    say(f"{plan.roadmap.title} · {_weights_text(plan, ranking, voice)}")
    if not plan.investments:
        say(tr("There are no investments yet: import them with --investments, or enter them in the window."))
        return
    if ranking.places:
        say("")
        _say_places(plan, study)
        say("")
        for pair in study.chances.coin_flips():
            say(coin_flip_text(plan, pair, study.chances.wins[pair]))
        if ranking.budget.effort is not None or ranking.budget.money is not None:
            say(best_set_text(plan, ranking, study.best))
            say(radius_text(plan, ranking, study.radius))
    for unranked in ranking.unranked:
        say(lack_text(plan, unranked))
    for investment in plan.investments.values():
        if investment.open and investment.estimated and is_ageing(investment, plan.roadmap, today):
            say(ageing_text(investment))


def _weights_text(plan: Plan, ranking: Ranking, voice: Voice) -> str:
    whose = {
        Voice.CIO: tr("the CIO's weights"),
        Voice.CMO: tr("the CMO's weights"),
        Voice.AGREED: tr("the agreed weights"),
    }[voice]
    swings = (
        f"{c.title} {money_text(ranking.weights.swings.get(c.id, 0), plan.roadmap.currency)}"
        for c in plan.criteria_in_order
    )
    return whose + ": " + (", ".join(swings) or tr("only revenue counts"))


def _say_places(plan: Plan, study: Study) -> None:
    head = ["#", tr("Investment"), tr("Revenue / yr"), tr("Effort"), tr("Score / pw"), tr("With needs")]
    head += [tr("Rank (90 %)"), tr("Funded"), ""]
    places = study.ranking.places
    rows = [_row(plan, study, p) for p in places]
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    say(_line(head, widths))
    line = study.ranking.line
    for n, row in enumerate(rows):
        if n == line:
            words = f" {budget_line_text(plan, study.ranking, LONGEST_TITLE)} "
            say(words.center(len(_line(head, widths)), "-"))
        say(_line(row, widths))


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _row(plan: Plan, study: Study, place: Place) -> list[str]:
    currency, investment, own = plan.roadmap.currency, plan.investments[place.investment], place.score.per_week
    differs = place.closure is not None and place.closure != own
    chance = study.chances.of.get(place.investment)
    return [
        str(place.rank),
        _short(investment.title),
        UNKNOWN if investment.revenue is None else thousands_text(investment.revenue, currency),
        tr("{weeks:.10g} pw").format(weeks=place.score.effort),
        tr("no effort") if own is None else money_text(round(own), currency),
        money_text(round(place.closure), currency) if differs and place.closure is not None else "",
        UNKNOWN if chance is None else f"{chance.low}–{chance.high}",
        UNKNOWN if chance is None else f"{chance.funded * 100:.0f} %",
        tr("funded") if place.funded else "",
    ]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    text = (
        cell.ljust(width) if n in (1, len(cells) - 1) else cell.rjust(width)
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(text).rstrip()


def _weeks(text: str) -> float:
    try:
        weeks = float(text)
    except ValueError:
        weeks = -1.0
    if not 0 <= weeks <= GREATEST_EFFORT:
        raise argparse.ArgumentTypeError(
            tr("“{text}” is not a number of person-weeks from 0 to {most:.0f}").format(text=text, most=GREATEST_EFFORT)
        )
    return weeks
