"""Edits of what counts: criteria, their swings, the pairwise answers behind them, the budget and the scales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from roadmapper.domain.criterion import Criterion, Judgement, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.ranking.pairwise import check_yardstick


def next_criterion_position(plan: Plan) -> int:
    """Return the position below all criteria there are."""
    return max((c.position for c in plan.criteria.values()), default=-1) + 1


def put_criteria(plan: Plan, criteria: Iterable[Criterion]) -> Plan:
    """Add criteria, or put them in place of those with their ids; raises Refused when two would have one name."""
    after = plan.with_entities(criteria)
    names = Counter(c.title.strip().casefold() for c in after.criteria.values())
    for criterion in after.criteria.values():
        if names[criterion.title.strip().casefold()] > 1 and plan.criteria.get(criterion.id) != criterion:
            raise Refused(
                tr("There is a criterion “{title}” already: choose another name.").format(title=criterion.title)
            )
    return after


def delete_criteria(plan: Plan, ids: Collection[EntityId]) -> Plan:
    """Delete criteria with the values that investments have for them and the pairwise answers about them."""
    gone = set(ids)
    mended = [
        replace(i, ratings=tuple(r for r in i.ratings if r.criterion not in gone))
        for i in plan.investments.values()
        if any(r.criterion in gone for r in i.ratings)
    ]
    answers = [j for j in plan.judgements.values() if j.first in gone or j.second in gone]
    away: list[Entity] = [*(plan.criteria[key] for key in gone), *answers]
    return plan.with_entities(mended).without(away)


def set_swings(plan: Plan, voice: Voice, swings: Mapping[EntityId, int | None]) -> Plan:
    """Say what full swings are worth a year to *voice*, in minor units; None takes a word back."""
    said = [_said(plan.criteria[key], voice, amount) for key, amount in swings.items()]
    return plan.with_entities(c for c in said if plan.criteria[c.id] != c)


def _said(criterion: Criterion, voice: Voice, amount: int | None) -> Criterion:
    if voice is Voice.CIO:
        return replace(criterion, cio=amount)
    return replace(criterion, cmo=amount) if voice is Voice.CMO else replace(criterion, agreed=amount)


def put_judgements(plan: Plan, voice: Voice, judgements: Iterable[Judgement]) -> Plan:
    """Put pairwise answers in place of all that *voice* has given.

    Raises Refused when one is another voice's, names a criterion that is not there, or a pair was answered twice.
    """
    given = {j.id: j for j in judgements}
    pairs = Counter(frozenset((j.first, j.second)) for j in given.values())
    for judgement in given.values():
        there = {judgement.first, judgement.second} <= {*plan.criteria, None}
        if judgement.voice is not voice or not there or pairs[frozenset((judgement.first, judgement.second))] > 1:
            raise Refused(
                tr("A pairwise answer is somebody else's, about nothing, or given twice: ask the questions again.")
            )
    old = [j for j in plan.judgements.values() if j.voice is voice and j.id not in given]
    return plan.without(old).with_entities(j for j in given.values() if plan.judgements.get(j.id) != j)


def take_answers(
    plan: Plan, voice: Voice, judgements: Iterable[Judgement], swings: Mapping[EntityId, int | None]
) -> Plan:
    """Keep pairwise answers of *voice* and the swings that came of them, in one step; see `take_comparison`."""
    return take_comparison(plan, voice, judgements, swings, plan.roadmap.yardstick)


def set_budget(plan: Plan, budget_pw: float | None, budget_money: int | None) -> Plan:
    """Say what there is for investments, in person-weeks and in minor units; None is no limit."""
    return plan.with_entities([replace(plan.roadmap, budget_pw=budget_pw, budget_money=budget_money)])


def set_scales(plan: Plan, shelf_months: int, yardstick: int) -> Plan:
    """Say after how many months an estimate is ageing, and the sum a year (minor units) that answers compare with.

    Raises Refused where a larger sum, with the answers kept of anybody, makes a swing worth more money than there is.
    """
    after = plan.with_entities([replace(plan.roadmap, shelf_months=shelf_months, yardstick=yardstick)])
    if yardstick > plan.roadmap.yardstick:
        check_yardstick(after)
    return after


def take_comparison(
    plan: Plan, voice: Voice, answers: Iterable[Judgement], swings: Mapping[EntityId, int | None], yardstick: int
) -> Plan:
    """Keep pairwise answers, the swings that came of them, and the sum a year (minor units) that they compare with.

    Raises Refused where that sum, with the answers kept of anybody, makes a swing worth more money than there is.
    """
    after = set_swings(put_judgements(plan, voice, answers), voice, swings)
    after = after.with_entities([replace(after.roadmap, yardstick=yardstick)])
    check_yardstick(after)
    return after


def change_criteria(
    plan: Plan, criteria: Iterable[Criterion], gone: Collection[EntityId], shelf_months: int, yardstick: int
) -> Plan:
    """Put criteria in place of those with their ids, delete others with all that goes with them, set the scales."""
    return set_scales(put_criteria(delete_criteria(plan, gone), criteria), shelf_months, yardstick)
