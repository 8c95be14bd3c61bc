"""Difference: what would be otherwise in another state of the roadmap, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from roadmapper.domain.dates import later
from roadmapper.domain.delta import Change, Delta
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.phrases import money_text, month_text

NAMED = 3
_PLACE = {"projects": "original", "increments": "span", "checkpoints": "day"}


def differences(now: Plan, other: Plan) -> list[str]:
    """Return what *other* has otherwise than *now*, a sentence for each kind of thing, and the revenue."""
    changes = Delta.between(now, other).changes
    lines = []
    for table, words in (
        ("projects", tr("Projects: {what}.")),
        ("increments", tr("Increments: {what}.")),
        ("checkpoints", tr("Consults with the CMO: {what}.")),
    ):
        what = _counted([c for c in changes if c.table == table])
        if what:
            lines.append(words.format(what=what))
    rest = Counter(c.table for c in changes if c.table not in _PLACE)
    if rest:
        lines.append(tr("Also different: {what}.").format(what=", ".join(things_text(t, n) for t, n in rest.items())))
    if not lines:
        return [tr("Nothing differs from now.")]
    return [*lines, _revenue(now, other)]


def revenue_of(plan: Plan) -> int:
    """Return the minor units that all projects together earn by the horizon."""
    return sum(figures_of(plan, key).revenue for key in plan.projects)


def _counted(changes: Sequence[Change[Entity]]) -> str:
    back = [_title(c.after) for c in changes if c.before is None]
    gone = [_title(c.before) for c in changes if c.after is None]
    both = [c for c in changes if c.before is not None and c.after is not None]
    moved = sum(getattr(c.before, _PLACE[c.table]) != getattr(c.after, _PLACE[c.table]) for c in both)
    other = len(both) - moved
    said = []
    if back:
        said.append(trn("{n} added{names}", "{n} added{names}", len(back), names=_names(back)))
    if gone:
        said.append(trn("{n} removed{names}", "{n} removed{names}", len(gone), names=_names(gone)))
    if moved:
        said.append(trn("{n} moved", "{n} moved", moved))
    if other:
        said.append(trn("{n} changed otherwise", "{n} changed otherwise", other))
    return ", ".join(said)


def _title(entity: Entity | None) -> str:
    return str(getattr(entity, "title", ""))


def _names(titles: Sequence[str]) -> str:
    """Return the first few titles in brackets, each once; nothing where things have none."""
    found = sorted({t for t in titles if t})
    if not found:
        return ""
    listed = ", ".join(f"“{t}”" for t in found[:NAMED])
    return f" ({listed} …)" if len(found) > NAMED else f" ({listed})"


def things_text(table: str, count: int) -> str:
    """Return so many things of a table in words, such as ``3 links``."""
    return {
        "roadmaps": tr("the settings of the roadmap"),
        "teams": trn("{n} team", "{n} teams", count),
        "days_off": trn("{n} stretch of days off", "{n} stretches of days off", count),
        "scope_items": trn("{n} piece of scope", "{n} pieces of scope", count),
        "links": trn("{n} link", "{n} links", count),
        "decisions": trn("{n} decision", "{n} decisions", count),
        "measures": trn("{n} measure", "{n} measures", count),
        "readings": trn("{n} reading", "{n} readings", count),
        "criteria": trn("{n} criterion", "{n} criteria", count),
        "judgements": trn("{n} pairwise answer", "{n} pairwise answers", count),
        "investments": trn("{n} investment", "{n} investments", count),
        "conditions": trn("{n} condition", "{n} conditions", count),
        "looks": trn("{n} look", "{n} looks", count),
        "agreements": trn("{n} version of the agreement", "{n} versions of the agreement", count),
        "signatures": trn("{n} signature", "{n} signatures", count),
        "terms": trn("{n} word of the glossary", "{n} words of the glossary", count),
        "purchases": trn("{n} outside purchase", "{n} outside purchases", count),
        "baselines": trn("{n} baseline", "{n} baselines", count),
        "paragraphs": trn("{n} paragraph of the story", "{n} paragraphs of the story", count),
    }.get(table, trn("{n} other thing", "{n} other things", count))


def _revenue(now: Plan, other: Plan) -> str:
    mine, theirs = revenue_of(now), revenue_of(other)
    last = later(other.roadmap.horizon, -1)
    before, after = money_text(mine, now.roadmap.currency), money_text(theirs, other.roadmap.currency)
    if mine == theirs and now.roadmap.horizon == other.roadmap.horizon:
        words = tr("Revenue by {month} {year}: {then}, as now.")
    elif before == after:  # rounded alike: only the difference says anything
        more = tr("Revenue by {month} {year}: {change} more than now.")
        words = more if theirs > mine else tr("Revenue by {month} {year}: {change} less than now.")
    else:
        words = tr("Revenue by {month} {year}: {then} instead of {now}.")
    return words.format(
        month=month_text(last),
        year=last.year,
        then=after,
        now=before,
        change=money_text(abs(theirs - mine), now.roadmap.currency),
    )
