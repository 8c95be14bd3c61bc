"""Priorities sheet: the ranking with the terms of its scores, the budget line, how sure it is, and value by effort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadmapper.chart.bubble_labels import Box
from roadmapper.chart.value_picture import Facts, facts_of, picture_of
from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.saying import number_text
from roadmapper.planning.phrases import NO_BREAK, UNKNOWN, day_text, effort_text, money_text
from roadmapper.planning.ranking.ageing import is_ageing
from roadmapper.planning.ranking.model import Budget, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.saying import (
    best_set_text,
    coin_flip_text,
    lack_text,
    radius_text,
    reconcile_text,
)
from roadmapper.planning.ranking.study import Study, study_of
from roadmapper.planning.ranking.voices import Voices, compare_voices
from roadmapper.reports.flow import SMALL, Cell, Column, Flow
from roadmapper.reports.footnotes import explained
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, Align, Document, Drawing, Page, Weight
from roadmapper.reports.ranking_table import lacks, stand_apart, table_columns, table_rows
from roadmapper.reports.sheets import DOT, one_line
from roadmapper.reports.source import Source
from roadmapper.workspace.jobs import Progress

SECONDS = 2.0
"""Seconds for the best set: somebody waits before the preview."""
MOST_TRADES, MOST_FLIPS = 12, 16
CHART_TYPE = 8.0
CHART_UNIT = CHART_TYPE / 10.5
"""Points of the letters and of the smallest step of a chart on paper, as strokes paint it."""
CENT = 100


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def priorities_document(source: Source, progress: Progress | None = None) -> Document:
    """Return the ranking by the agreed weights within the budget, what it rests on, and the chart of value by effort.

    Priorities are those of all projects and days: the whole list competes for one budget.
    """
    plan = source.plan
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget.of(plan))
    title = tr("Priorities")
    flow = Flow(source, title, _subtitle(plan, ranking), upright=False, footnotes=explained(plan))
    if source.partial or source.options.span is not None:
        flow.text(
            tr("The ranking is that of the whole roadmap: all of it competes for one budget."), SMALL, "secondary"
        )
    if not ranking.places:
        flow.text(facts_of(plan, ranking).empty, ink="secondary")
    else:
        study = study_of(plan, ranking, SECONDS, progress or _silent)
        apart = stand_apart(plan, flow.room.width / flow.scale)
        flow.table(table_columns(plan, study, apart=apart), table_rows(plan, study, apart=apart))
        if apart and lacks(study):
            flow.text(tr("– for a criterion: nobody has entered a value, so it counts as 0."), SMALL, "secondary")
        _sureness(flow, plan, study)
    _open_points(flow, source, ranking)
    if plan.criteria_in_order:
        _weights(flow, plan, ranking)
    if ranking.places and plan.criteria_in_order:
        _voices(flow, plan, compare_voices(plan, ranking.budget))
    if ranking.places:
        flow.new_page()
        flow.heading(tr("Value against effort"), anchor="value against effort")
        flow.drawing(facts_of(plan, ranking, on_paper=True), tr("Value against effort"))
    pages = flow.pages()
    return Document(title, pages, tuple(_nameless(source, pages)))


@dataclass(slots=True)
class _Letters:
    """How wide words are in the chart on paper, in points."""

    measure: Measure
    height: float = LEADING * CHART_TYPE

    def width(self, words: str) -> float:
        """Return how wide *words* are on one line."""
        return self.measure.width(words, CHART_TYPE)

    def cut(self, words: str, room: float) -> str:
        """Return *words*, cut with a mark where they are wider than *room*."""
        return self.measure.lines(words, CHART_TYPE, room, 1)[0][0]


def _nameless(source: Source, pages: Sequence[Page]) -> Iterator[str]:
    """Yield that there are names which find no room in the chart, where that is so."""
    for item in (item for page in pages for item in page.items):
        if isinstance(item, Drawing) and isinstance(item.chart, Facts):
            placed = picture_of(item.chart, Box(*item.box), CHART_UNIT, _Letters(source.measure))
            if len(placed.labels) < len(item.chart.spots):
                yield tr("Value against effort: names that find no room in the chart stand in the list only.")


def _subtitle(plan: Plan, ranking: Ranking) -> str:
    budget = ranking.budget
    parts = [one_line(plan.roadmap.title)]
    if ranking.places:
        parts += [trn("{n} investment", "{n} investments", len(ranking.places)), tr("weights both agreed on")]
    else:
        parts.append(tr("nothing ranked yet"))
    there = [effort_text(budget.effort)] if budget.effort is not None else []
    there += [money_text(budget.money, plan.roadmap.currency)] if budget.money is not None else []
    if there:
        parts.append(tr("{n} funded within {budget}").format(n=len(ranking.funded), budget=tr(" and ").join(there)))
    return DOT.join(parts)


def _sureness(flow: Flow, plan: Plan, study: Study) -> None:
    """Put how sure the order is: what is better, what would alter it, what nobody can tell."""
    ranking = study.ranking
    flow.heading(tr("How sure this is"), anchor="how sure")
    if ranking.budget.effort is not None or ranking.budget.money is not None:
        flow.fact(tr("Best set"), best_set_text(plan, ranking, study.best))
        flow.fact(tr("What alters it"), radius_text(plan, ranking, study.radius))
    pairs = study.chances.coin_flips()
    flips = [coin_flip_text(plan, pair, study.chances.wins[pair]) for pair in pairs[:MOST_FLIPS]]
    if len(pairs) > MOST_FLIPS:
        flips.append(trn("{n} pair more is one.", "{n} pairs more are.", len(pairs) - MOST_FLIPS))
    flow.fact(tr("Coin flips"), "\n".join(flips) or tr("None: each place can be told from the next."))


def _open_points(flow: Flow, source: Source, ranking: Ranking) -> None:
    """Put what has no place and why, and the estimates that are too old."""
    plan = source.plan
    if ranking.unranked:
        flow.fact(tr("Without a place"), "\n".join(lack_text(plan, unranked) for unranked in ranking.unranked))
    old = [
        f"{one_line(i.title)}{NO_BREAK}({day_text(i.estimated)})"
        for i in plan.investments.values()
        if i.open and i.estimated and is_ageing(i, plan.roadmap, source.today)
    ]
    if old:
        flow.fact(tr("Ageing estimates"), DOT.join(old))


def _weights(flow: Flow, plan: Plan, ranking: Ranking) -> None:
    """Put what the full swing of each criterion is worth, agreed and to each, and how much of all that it is."""
    flow.heading(tr("Weights: what going from worst to best is worth a year"), anchor="weights")
    right = Align.RIGHT
    columns = [Column(tr("Criterion"), 3.0), Column(tr("From worst to best"), 5.0), Column(tr("Agreed"), align=right)]
    columns += [Column(tr("Share"), align=right), Column(tr("CIO"), align=right), Column(tr("CMO"), align=right)]
    currency = plan.roadmap.currency
    rows = []
    for criterion in plan.criteria_in_order:
        ends = ((criterion.worst, criterion.worst_words), (criterion.best, criterion.best_words))
        said = [f"{number_text(v)} {criterion.unit}".strip() + (f" ({one_line(w)})" if w else "") for v, w in ends]
        rows.append([
            Cell(one_line(criterion.title), weight=Weight.BOLD),
            Cell(" → ".join(said), "secondary"),
            Cell(money_text(ranking.weights.swings.get(criterion.id, 0), currency), weight=Weight.BOLD),
            Cell(f"{ranking.weights.share(criterion.id) * CENT:.0f}{NO_BREAK}%"),
            *(Cell(money_text(criterion.swing(voice), currency)) for voice in (Voice.CIO, Voice.CMO)),
        ])  # fmt: skip
    flow.table(columns, rows)


def _voices(flow: Flow, plan: Plan, voices: Voices) -> None:
    """Put what the CIO and the CMO both rank high, what only one does, and which pairs trade places."""
    flow.heading(tr("CIO and CMO"), anchor="CIO and CMO")
    flow.fact(tr("Both rank high"), _titles(plan, voices.both_high))
    if voices.only_cio:
        flow.fact(tr("Only the CIO"), _titles(plan, voices.only_cio))
    if voices.only_cmo:
        flow.fact(tr("Only the CMO"), _titles(plan, voices.only_cmo))
    if not voices.disputes:
        flow.fact(tr("What trades places"), tr("Nothing: both see the same order."))
        return
    flow.fact(tr("What would settle it"), "\n".join(reconcile_text(plan, voices, r) for r in voices.reconcile[:3]))
    flow.space(6.0)
    flow.table(
        [Column(tr("The CIO puts first"), 4.0), Column(tr("places apart"), align=Align.RIGHT),
         Column(tr("The CMO puts first"), 4.0), Column(tr("places apart"), align=Align.RIGHT)],
        _trades(plan, voices),
    )  # fmt: skip
    more = voices.disputes - MOST_TRADES
    if more > 0:
        flow.text(trn("{n} pair more trades places.", "{n} pairs more trade places.", more), ink="secondary")


def _trades(plan: Plan, voices: Voices) -> Iterator[Sequence[Cell]]:
    for trade in voices.trades[:MOST_TRADES]:
        yield [
            Cell(one_line(plan.investments[trade.cio_first].title)), Cell(str(trade.cio_apart)),
            Cell(one_line(plan.investments[trade.cmo_first].title)), Cell(str(trade.cmo_apart)),
        ]  # fmt: skip


def _titles(plan: Plan, keys: Sequence[EntityId]) -> str:
    return DOT.join(one_line(plan.investments[key].title) for key in keys) or UNKNOWN
