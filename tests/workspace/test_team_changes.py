"""Teams and their days off changed together: one step, whole or not at all."""

from __future__ import annotations

import pytest

from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.project import Team
from roadmapper.domain.refusal import Refused
from roadmapper.workspace.edits.teams import change_teams
from tests.domain.samples import PROJECT, TEAM, item, plan_of, weeks

LEGAL = Team(EntityId("legal"), "Legal", 2)
FAIR = DaysOff(EntityId("fair"), LEGAL.id, "Fair", weeks(3, 4), 1, "FREQ=YEARLY")


def test_a_new_team_comes_with_its_days_off() -> None:
    plan = change_teams(plan_of(), [FAIR, LEGAL], [])
    assert plan.teams[LEGAL.id] == LEGAL
    assert plan.days_off_by_team[LEGAL.id] == [FAIR]


def test_a_deleted_team_takes_its_days_off_along_and_leaves_nothing_behind() -> None:
    plan = plan_of(LEGAL, FAIR, item("s", team=LEGAL.id))
    after = change_teams(plan, [], [LEGAL, FAIR])
    assert LEGAL.id not in after.teams
    assert not after.days_off
    assert after.scope_items[EntityId("s")].team is None
    assert after.projects[PROJECT.id].team == TEAM.id


def test_a_rule_that_nobody_can_follow_changes_nothing() -> None:
    plan = plan_of(LEGAL)
    bad = DaysOff(FAIR.id, LEGAL.id, "Fair", weeks(3, 4), repeats="FREQ=MONTHLY;BYDAY=9XX")
    with pytest.raises(Refused, match="cannot be worked out"):
        change_teams(plan, [bad], [])
