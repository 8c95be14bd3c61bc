"""What the dialogs about what counts change, each as one edit made of those of the workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from roadmapper.domain.criterion import Criterion, Judgement, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.workspace.edits.criteria import delete_criteria, put_criteria, set_scales, take_answers


def take_comparison(
    plan: Plan, voice: Voice, answers: Iterable[Judgement], swings: Mapping[EntityId, int | None], yardstick: int
) -> Plan:
    """Keep pairwise answers, the swings that came of them, and the sum a year (minor units) that they compare with."""
    return set_scales(take_answers(plan, voice, answers, swings), plan.roadmap.shelf_months, yardstick)


def change_criteria(
    plan: Plan, criteria: Iterable[Criterion], gone: Collection[EntityId], shelf_months: int, yardstick: int
) -> Plan:
    """Put criteria in place of those with their ids, delete others with all that goes with them, set the scales."""
    return set_scales(put_criteria(delete_criteria(plan, gone), criteria), shelf_months, yardstick)
