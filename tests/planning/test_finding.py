"""A few letters find what they stand in, with and without accents and capitals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.planning.finding import Finder, folded
from tests.domain.samples import increment, plan_of, weeks

Q = EntityId("q")


def sample() -> Plan:
    return plan_of(
        Team(EntityId("t"), "Équipe Zürich"),
        Project(Q, "Loyalty app", weeks(0, 60), team=EntityId("t")),
        increment("a", 0, 4, title="Rewards SHOP", status=Status.RUNNING),
        increment("b", 4, 8, title="Café", usable=False),
        increment("c", 0, 4, project=Q, title="Points", usable_outcome="Members spend points.", pinned=True),
    )


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("rewards", "a"),
        ("shop", "ab"),  # the project of both is called so
        ("shop rewards", "a"),
        ("cafe", "b"),
        ("CAFÉ", "b"),
        ("groundwork", "b"),
        ("running", "a"),
        ("zurich", "c"),
        ("equipe loyal", "c"),
        ("SPEND", "c"),
        ("pinned", "c"),
        ("web", "ab"),
        ("planned shop", "b"),
        ("", ""),
        ("   ", ""),
        ("nothing of the kind", ""),
    ],
)
def test_each_word_is_found_somewhere_in_what_is_said(words: str, keys: str) -> None:
    assert Finder().hits(sample(), words) == frozenset(keys)


def test_what_has_changed_is_read_again() -> None:
    finder, plan = Finder(), sample()
    assert finder.hits(plan, "café") == {"b"}
    renamed = plan.with_entities([replace(plan.increments[EntityId("b")], title="Bistro")])
    assert not finder.hits(renamed, "café") and finder.hits(renamed, "bistro") == {"b"}
    team = renamed.with_entities([Team(EntityId("t"), "Mobile")])
    assert finder.hits(team, "mobile") == {"c"} and not finder.hits(team, "zurich")
    assert not finder.hits(team.without([team.increments[EntityId("b")]]), "bistro")


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
