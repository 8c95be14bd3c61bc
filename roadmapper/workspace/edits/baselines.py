"""Edits of baselines: a name for a point of the journal is given, changed, taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
        raise Refused(_taken(name))
    return plan.with_entities([replace(baseline, title=name)])


def change_baselines(plan: Plan, put: Iterable[Baseline], removed: Collection[EntityId]) -> Plan:
    """Give baselines other names and take others away; names can be swapped.

    Raises Refused where two would bear the same name.
    """
    after = plan.without(plan.baselines[key] for key in removed if key in plan.baselines)
    after = after.with_entities(replace(b, title=b.title.strip()) for b in put)
    seen: dict[str, EntityId] = {}
    for baseline in after.baselines.values():
        if seen.setdefault(baseline.title.strip().casefold(), baseline.id) != baseline.id:
            raise Refused(_taken(baseline.title))
    return after


def same_name(one: str, other: str) -> bool:
    """Return whether two names are the same to a reader: whatever their case and the blanks around them."""
    return one.strip().casefold() == other.strip().casefold()


def _taken(name: str) -> str:
    return tr("There is a baseline “{title}” already: choose another name.").format(title=name)
