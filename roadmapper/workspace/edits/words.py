"""Edits of what both sides read: terms of the glossary, shared measures and their readings, outside purchases."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from roadmapper.domain.agreement import OutsidePurchase, Term
from roadmapper.domain.entity import EntityId
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr


def put_terms(plan: Plan, terms: Iterable[Term]) -> Plan:
    """Add terms, or put them in place of those with their ids; raises Refused for a word that is there twice."""
    after = plan.with_entities(terms)
    seen: dict[str, EntityId] = {}
    for term in after.terms.values():
        if seen.setdefault(term.word.strip().casefold(), term.id) != term.id:
            raise Refused(tr("“{word}” is in the glossary already: change its meaning there.").format(word=term.word))
    return after


def delete_terms(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete terms."""
    return plan.without(plan.terms[key] for key in ids if key in plan.terms)


def put_measures(plan: Plan, measures: Iterable[Measure]) -> Plan:
    """Add measures, or put them in place of those with their ids."""
    return plan.with_entities(measures)


def delete_measures(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete measures with their readings; one that an agreement names stays.

    Raises Refused for such a one.
    """
    named = {m for a in plan.agreements.values() for m in a.measures}.intersection(ids)
    for key in named:
        raise Refused(
            tr("“{title}” is named in the agreement: it stays, as what was agreed.").format(
                title=plan.measures[key].title
            )
        )
    readings = [r for r in plan.readings.values() if r.measure in ids]
    return plan.without(readings).without(plan.measures[key] for key in ids if key in plan.measures)


def put_readings(plan: Plan, readings: Iterable[Reading]) -> Plan:
    """Add readings; one of the same measure and day takes the place of the one there was.

    Raises Refused for a measure that is not there.
    """
    readings = list(readings)
    by_day = {(r.measure, r.day): r for r in plan.readings.values()}
    gone = []
    for reading in readings:
        if reading.measure not in plan.measures:
            raise Refused(tr("That measure is no longer there: look at the list again."))
        old = by_day.get((reading.measure, reading.day))
        if old is not None and old.id != reading.id:
            gone.append(old)
        by_day[reading.measure, reading.day] = reading
    kept = {r.id for r in by_day.values()}
    return plan.without(gone).with_entities(r for r in readings if r.id in kept)


def delete_readings(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete readings."""
    return plan.without(plan.readings[key] for key in ids if key in plan.readings)


def put_purchases(plan: Plan, purchases: Iterable[OutsidePurchase]) -> Plan:
    """Add outside purchases, or put them in place of those with their ids."""
    return plan.with_entities(purchases)


def delete_purchases(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete outside purchases."""
    return plan.without(plan.purchases[key] for key in ids if key in plan.purchases)
