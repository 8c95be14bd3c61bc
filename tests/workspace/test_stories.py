"""Edits of the story: what is written is right for now, stands in order, and can be moved, confirmed and deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.story import Paragraph, Place
from roadmapper.planning.story.filling import filled
from roadmapper.workspace.edits.stories import confirm_paragraphs, delete_paragraphs, move_paragraph, put_paragraph


@pytest.fixture
def plan() -> Plan:
    found = Plan.of(Roadmap("Northwind", date(2027, 1, 4)))
    for key in "abc":
        found = put_paragraph(found, Paragraph(EntityId(key), Place.RISKS, key, "{projects} projects"))
    return found


def order(plan: Plan) -> str:
    return "".join(p.id for p in plan.paragraphs_in_order[Place.RISKS])


def test_new_paragraphs_stand_last_and_are_right_for_now(plan: Plan) -> None:
    assert order(plan) == "abc"
    assert not any(filled(plan, p).stale for p in plan.paragraphs.values())


def test_a_paragraph_moves_among_those_of_its_place_and_no_further(plan: Plan) -> None:
    assert order(move_paragraph(plan, EntityId("c"), -1)) == "acb"
    assert order(move_paragraph(plan, EntityId("a"), 9)) == "bca"
    assert order(move_paragraph(plan, EntityId("a"), -9)) == "abc"


def test_one_that_gets_another_place_stands_last_there(plan: Plan) -> None:
    after = put_paragraph(plan, replace(plan.paragraphs[EntityId("a")], place=Place.ASK))
    after = put_paragraph(after, replace(after.paragraphs[EntityId("a")], place=Place.RISKS))
    assert order(after) == "bca"


def test_a_stale_text_is_fresh_once_somebody_has_said_so(plan: Plan) -> None:
    old = replace(plan.paragraphs[EntityId("a")], figures=())
    stale = plan.with_entities([old])
    assert filled(stale, old).stale
    after = confirm_paragraphs(stale, [EntityId("a")])
    assert not filled(after, after.paragraphs[EntityId("a")]).stale


def test_deleting_leaves_the_others(plan: Plan) -> None:
    assert order(delete_paragraphs(plan, [EntityId("b"), EntityId("gone")])) == "ac"


def test_one_that_is_gone_cannot_be_moved(plan: Plan) -> None:
    with pytest.raises(Refused, match="no longer there"):
        move_paragraph(plan, EntityId("gone"), 1)
