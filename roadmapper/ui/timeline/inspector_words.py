"""Inspector words: what the inspector tells and nobody can change there: consults, gaps, why something stands there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DAYS_A_WEEK
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.silence import gaps
from roadmapper.domain.table import Table
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.forecast import earned, stop_after
from roadmapper.planning.phrases import day_text, effort_text, length_text, money_text, span_text
from roadmapper.ui.timeline.inspector_sheet import Consult, Gap, Item, Section, Words

MOST_GAPS = 3
MOST_NAMED = 3
EARLIER_WEEKS = 4
MOST_COMPARED = 500
OPEN, DUE, ANSWERED = "◇", "◈", "◆"


def consults_of(plan: Plan, today: date, checkpoints: list[Checkpoint]) -> Iterator[Item]:
    """Yield the consult checkpoints with their days and what became of them."""
    if checkpoints:
        yield Section(tr("Consult checkpoints"))
    for c in checkpoints:
        decision = plan.latest_decisions.get(c.id)
        state = tr(decision.answer.value) if decision else (tr("due") if c.day <= today else "")
        mark = ANSWERED if decision else DUE if state else OPEN
        words = tr(c.kind.value) + (f" · {state}" if state else "")
        yield Consult(c.id, mark, day_text(c.day), words)


def gaps_of(plan: Plan, project: EntityId) -> Iterator[Item]:
    """Yield the silences of a project that are too long, the first few of them."""
    limit = length_text(plan.roadmap.silence_limit_days)
    for gap in gaps(plan, project)[:MOST_GAPS]:
        title = tr("Consult gap of {length}").format(length=length_text(gap.days))
        words = tr("{days}. Your agreement says {limit}.").format(days=span_text(gap), limit=limit)
        yield Gap(project, gap, title, words)


def why_here(plan: Plan, increment: Increment) -> Iterator[Item]:
    """Yield why an increment is where it is: its rank, what it waits for, what starting earlier would be worth."""
    sentences = [*_rank_text(plan, increment), *_waits_text(plan, increment), *_earlier_text(plan, increment)]
    if sentences:
        yield Section(tr("Why is it here?"))
    for sentence in sentences:
        yield Words(sentence)


def stopping_brings(plan: Plan, increment: Increment) -> Iterator[Item]:
    """Yield what is earned within the horizon if nothing after an increment is ever built."""
    if not increment.counts:
        return
    row = stop_after(plan, increment)
    yield Section(tr("If nothing after it is ever built"))
    roadmap = plan.roadmap
    earns, spent = money_text(row.revenue, roadmap.currency), effort_text(round(row.effort_pw, 1))
    words = tr("{earned} by {day}, for {spent} spent by then.")
    yield Words(words.format(earned=earns, day=day_text(roadmap.span.finish), spent=spent))


def rate_of(increment: Increment) -> float | None:
    """Return the revenue a month per person-week in minor units; None where it does not count or nobody knows."""
    if not increment.counts or increment.revenue_per_month is None or not increment.effort_pw:
        return None
    return increment.revenue_per_month / increment.effort_pw


def _rank_text(plan: Plan, increment: Increment) -> Iterator[str]:
    rate = rate_of(increment)
    if rate is None:
        return
    rates = _RATES.of(plan)
    if len(rates) > 1:
        yield tr("Rank {rank} of {n} by revenue per person-week.").format(
            rank=1 + len(rates) - bisect_right(rates, rate), n=len(rates)
        )


class _Rates:
    """What each person-week of all increments brings, the lowest first: worked out anew only where one has changed."""

    def __init__(self) -> None:
        self._table: Table[Increment] = Table({})
        self._rates: list[float] = []

    def of(self, plan: Plan) -> list[float]:
        """Return them."""
        table, known = cast("Table[Increment]", plan.increments), self._table
        if table is not known:
            changed = known.may_differ(table)
            if len(changed) > MOST_COMPARED or not all(_same_rate(known.get(k), table.get(k)) for k in changed):
                self._rates = sorted(rate for i in table.values() if (rate := rate_of(i)) is not None)
            self._table = table
        return self._rates


_RATES = _Rates()


def _same_rate(one: Increment | None, two: Increment | None) -> bool:
    return one is not None and two is not None and rate_of(one) == rate_of(two)


def _waits_text(plan: Plan, increment: Increment) -> Iterator[str]:
    links = [k for k in plan.links_by_increment.get(increment.id, ()) if k.after == increment.id]
    links.sort(key=lambda k: (plan.increments[k.before].span.end + timedelta(k.lag_days), k.id), reverse=True)
    titles = [tr("“{title}”").format(title=plan.increments[k.before].title) for k in links]
    if not titles:
        return
    named, more = ", ".join(titles[:MOST_NAMED]), len(titles) - MOST_NAMED
    if more > 0:
        yield trn("Waits for {titles} and {n} more.", "Waits for {titles} and {n} more.", more, titles=named)
    else:
        yield tr("Waits for {titles}.").format(titles=named)


def _earlier_text(plan: Plan, increment: Increment) -> Iterator[str]:
    """Tell what the same increment would earn more by the horizon, had it started some weeks earlier."""
    roadmap, days = plan.roadmap, EARLIER_WEEKS * DAYS_A_WEEK
    if increment.status not in (Status.PLANNED, Status.HELD) or not increment.revenue_per_month:
        return
    live, ramp = increment.span.end, increment.ramp_months
    now, then = (
        earned(increment.revenue_per_month, day, roadmap.horizon, roadmap, ramp)
        for day in (live, live - timedelta(days))
    )
    if then > now:
        yield trn(
            "Starting {n} week earlier is worth {money}.",
            "Starting {n} weeks earlier is worth {money}.",
            EARLIER_WEEKS,
            money=money_text(then - now, roadmap.currency),
        )
