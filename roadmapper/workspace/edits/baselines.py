"""Edits of baselines: a name for a point of the journal is given, changed, taken away."""

from __future__ import annotations

from dataclasses import replace

from roadmapper.domain.baseline import Baseline
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr


def set_baseline(plan: Plan, baseline: Baseline, length: int) -> Plan:
    """Add a baseline, or put it in place of the one with its id; *length* is how many rows the journal has.

    Raises Refused for a point that the journal does not have, and for a name that another baseline bears.
    """
    if baseline.seq > length:
        words = tr("The journal has no row {n}: it ends with row {last}.")
        raise Refused(words.format(n=baseline.seq, last=length))
    name = baseline.title.strip()
    if any(same_name(b.title, name) for b in plan.baselines.values() if b.id != baseline.id):
        raise Refused(tr("There is a baseline “{title}” already: choose another name.").format(title=name))
    return plan.with_entities([replace(baseline, title=name)])


def rename_baseline(plan: Plan, key: EntityId, title: str) -> Plan:
    """Give a baseline another name.

    Raises Refused for one that is not there any more, and for a name that another one bears.
    """
    baseline = plan.baselines.get(key)
    if baseline is None:
        raise Refused(tr("This baseline is not there any more."))
    return set_baseline(plan, replace(baseline, title=title), baseline.seq)


def delete_baseline(plan: Plan, key: EntityId) -> Plan:
    """Take a baseline away; the point of the journal that it named stays."""
    return plan.without([plan.baselines[key]] if key in plan.baselines else [])


def same_name(one: str, other: str) -> bool:
    """Return whether two names are the same to a reader: whatever their case and the blanks around them."""
    return one.strip().casefold() == other.strip().casefold()
