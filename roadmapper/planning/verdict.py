"""Verdict: what a split is worth, what could be possible at most, and how sure that is, in words."""

from __future__ import annotations

from roadmapper.domain.dates import later
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import money_text, month_text
from roadmapper.planning.proposing import Proposal
from roadmapper.planning.splitting.proving import Status
from roadmapper.planning.splitting.solving import Found


def status_text(found: Found) -> str:
    """Return how sure it is that nothing better exists."""
    match found.status:
        case Status.PROVEN:
            return tr("proven best")
        case Status.MISSING:
            return tr("not proven: that needs OR-Tools, the extra “optimise”")
        case Status.TOO_LARGE:
            return tr("not proven: too large for a proof")
        case Status.BROKEN:
            return tr("not proven: the solver broke off")
        case _:
            return tr("not proven")


def most_of(proposal: Proposal) -> int | None:
    """Return what no split can earn more than by the horizon, in minor units; None while nothing is known.

    What stays as it is earns in any split; where moves cost something, a split that gains less than that is no better.
    """
    bound = proposal.found.bound
    if bound is None or not proposal.assignment.priced:
        return None
    return proposal.after.revenue + max(0, bound - proposal.found.worth.value)


def value_text(proposal: Proposal) -> str:
    """Return what a split earns, what could be possible at most, and how sure that is, in one line."""
    roadmap, earned, most = proposal.plan.roadmap, proposal.after.revenue, most_of(proposal)
    last, status = later(roadmap.horizon, -1), status_text(proposal.found)
    earns = tr("earns {money} by {month} {year}").format(
        money=money_text(earned, roadmap.currency), month=month_text(last), year=last.year
    )
    if not proposal.assignment.priced:
        words = tr("no item has a revenue: what marketing can use comes as early as it can")
        return f"{words} · {status}"
    if proposal.found.proven or most is None:
        return f"{earns} · {status}"
    possible = tr("at most {money} is possible").format(money=money_text(most, roadmap.currency))
    if earned > 0:
        possible += " " + tr("({gap} % more)").format(gap=f"{100 * (most - earned) / earned:.1f}")
    if proposal.assignment.task.move_cost:
        possible += " " + tr("less what moves cost")
    return f"{earns} · {possible} · {status}"


def least_text(proposal: Proposal) -> str:
    """Return how many new increments there are, and how few there could be."""
    count = trn("{n} new increment", "{n} new increments", len(proposal.increments))
    least = proposal.assignment.least_increments
    if least == len(proposal.increments):
        return tr("{count}: fewer do not hold the work").format(count=count)
    return tr("{count}; at least {least} to hold the work").format(count=count, least=least)
