"""What the split dialog says: how much a split earns, what is possible at most, and how far the search is."""

from __future__ import annotations

from roadmapper.domain.dates import later
from roadmapper.domain.money import minor_digits
from roadmapper.domain.project import Project
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import NO_BREAK, currency_sign, month_text, span_text
from roadmapper.planning.proposing import Proposal
from roadmapper.planning.splitting.solving import Stage
from roadmapper.planning.verdict import most_of, status_text
from roadmapper.ui.dialogs.split_search import Search, State


def purpose_of(project: Project) -> str:
    """Return what is to be split: the single big delivery."""
    months = round(project.original.days / 30.44)
    return trn(
        "Now one delivery after {n} month ({span}). Nothing is changed until you take a split.",
        "Now one delivery after {n} months ({span}). Nothing is changed until you take a split.",
        months,
        span=span_text(project.original),
    )


def whole_money_text(minor: int, currency: str) -> str:
    """Return an amount in whole units, so that it is seen to move: ``€ 1 234 000``."""
    units = round(abs(minor) / 10 ** minor_digits(currency))
    sign = "−" + NO_BREAK if minor < 0 else ""
    return f"{sign}{currency_sign(currency)}{NO_BREAK}{units:,}".replace(",", NO_BREAK)


def verdict_text(proposal: Proposal) -> str:
    """Return what a split earns, what could be possible at most, and how sure that is."""
    roadmap, earned, most = proposal.plan.roadmap, proposal.after.revenue, most_of(proposal)
    last, found = later(roadmap.horizon, -1), proposal.found
    parts = [
        tr("Earns {money} by {month} {year}").format(
            money=whole_money_text(earned, roadmap.currency), month=month_text(last), year=last.year
        )
    ]
    if most is not None and not found.proven:
        possible = tr("at most {money} is possible").format(money=whole_money_text(most, roadmap.currency))
        if earned > 0:
            possible += " " + tr("({gap} % more)").format(gap=f"{100 * (most - earned) / earned:.1f}")
        parts.append(possible)
    return " · ".join([*parts, status_text(found)])


def state_text(search: Search) -> str:
    """Return in a few words how far the search is."""
    if search.state is State.STOPPED:
        return tr("Stopped: this is the best so far")
    if search.state is State.DONE:
        return tr("Done")
    if search.state in (State.REFUSED, State.BROKEN):
        return tr("No split")
    proving = search.wishes.proving if search.wishes else 0
    searching = search.wishes.seconds if search.wishes else 0
    if proving and search.done > searching * 1000:
        return tr("Looking for the proof: {n} s of {of} s").format(
            n=round(search.done / 1000 - searching), of=round(proving)
        )
    if search.best is None:
        return tr("Looking for a first split…")
    return tr("A first split: improving it…") if search.best.found.stage is Stage.CONSTRUCTED else tr("Improving it…")
