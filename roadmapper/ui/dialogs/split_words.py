"""What the split dialog says: how much a split earns, what is possible at most, and how far the search is."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.increment import Status
from roadmapper.domain.money import minor_digits
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.naming import short
from roadmapper.planning.phrases import NO_BREAK, currency_sign, length_text, month_text, span_text
from roadmapper.planning.proposing import Proposal
from roadmapper.planning.splitting.solving import Stage
from roadmapper.planning.verdict import most_of, status_text
from roadmapper.ui.dialogs.split_search import Search, State
from roadmapper.workspace.edits.splits import Lack

MOST_LACKS = 2


def purpose_of(plan: Plan, project: Project) -> str:
    """Return what is to be split: the single big delivery, or the increments that there are."""
    there = [i for i in plan.increments_by_project.get(project.id, ()) if i.counts]
    if there:
        under_way = sum(i.status in (Status.DELIVERED, Status.RUNNING) for i in there)
        count = trn("Now {n} increment", "Now {n} increments", len(there))
        done = tr(", {n} of them delivered or running").format(n=under_way) if under_way else ""
        span = span_text(DateSpan(min(i.span.start for i in there), max(i.span.end for i in there)))
        return tr("{now} ({span}). Nothing is changed until you take a split.").format(now=count + done, span=span)
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


def lacking_text(proposal: Proposal, lacking: Sequence[Lack]) -> str:
    """Return what increments that are to be taken wait for; of many only the first ones."""
    titles = {key: short(proposal.plan.increments[key].title) for key in proposal.increments}
    texts = [
        tr("“{one}” waits for “{two}”, which is not taken").format(one=titles[lack.increment], two=titles[lack.needs])
        for lack in lacking[:MOST_LACKS]
    ]
    if len(lacking) > MOST_LACKS:
        texts.append(trn("{n} more waits", "{n} more wait", len(lacking) - MOST_LACKS))
    return "; ".join(texts) + "." if texts else ""


def silent_text(silent: Sequence[DateSpan]) -> str:
    """Return the longest stretch without a consult, and how many more there are."""
    if not silent:
        return ""
    longest = max(silent, key=lambda span: span.days)
    text = tr("No consult for {length} ({span})").format(length=length_text(longest.days), span=span_text(longest))
    more = len(silent) - 1
    return text + (trn(", and {n} more gap", ", and {n} more gaps", more) if more else "") + "."
