"""Every increment stands in exactly one lane, whatever the lanes are."""

from __future__ import annotations

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.planning.grouping import NO_TEAM, Grouping, keys_in_order, lane_key_of, lane_title, members
from tests.domain.samples import TEAM, full_plan, increment, plan_of, weeks

Q = EntityId("q")


def sample() -> Plan:
    return plan_of(
        Team(EntityId("z"), "data people"),
        Project(Q, "Data", weeks(0, 60), position=-1),
        increment("a", 4, 8),
        increment("b", 0, 4, team=EntityId("z"), status=Status.HELD),
        increment("c", 0, 4, project=Q),
    )


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("plan", [sample(), full_plan()])
def test_each_increment_is_in_one_lane_and_each_lane_has_a_title(plan: Plan, grouping: Grouping) -> None:
    keys = keys_in_order(plan, grouping)
    found = members(plan, grouping)
    assert sorted(i.id for lane in found.values() for i in lane) == sorted(plan.increments)
    assert set(found) <= set(keys) and len(set(keys)) == len(keys)
    assert all(lane_title(plan, key, grouping) for key in keys)
    assert all(lane_key_of(plan, i, grouping) == key for key, lane in found.items() for i in lane)


def test_projects_lie_in_their_order_teams_by_name_and_those_without_a_team_last() -> None:
    plan = sample()
    assert keys_in_order(plan, Grouping.PROJECT) == [Q, "p"]
    assert keys_in_order(plan, Grouping.TEAM) == ["z", TEAM.id, NO_TEAM]
    assert [lane_title(plan, k, Grouping.TEAM) for k in (EntityId("z"), NO_TEAM)] == ["data people", "No team yet"]
    assert keys_in_order(plan.without([plan.increments[EntityId("c")]]), Grouping.TEAM) == ["z", TEAM.id]
    titles = [lane_title(plan, k, Grouping.STATUS) for k in keys_in_order(plan, Grouping.STATUS)]
    assert titles == ["Planned", "Running", "Delivered", "Held", "Cancelled"]


def test_an_increment_without_a_team_is_its_projects_teams() -> None:
    found = members(sample(), Grouping.TEAM)
    assert {key: [i.id for i in lane] for key, lane in found.items()} == {TEAM.id: ["a"], "z": ["b"], NO_TEAM: ["c"]}
