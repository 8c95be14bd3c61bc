"""Teams and their days off come and go, and nothing is left that points to a team that is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.domain.refusal import Refused
from roadmapper.workspace.edits.projects import change_scope
from roadmapper.workspace.edits.teams import delete_days_off, delete_team, put_days_off, put_team
from tests.domain.samples import TEAM, full_plan, increment, item, plan_of, weeks

FAIR = DaysOff(EntityId("fair"), TEAM.id, "Fair", weeks(20, 21), repeats="FREQ=YEARLY")


def strays(plan: Plan) -> set[EntityId | None]:
    """The teams that something names and that are not there."""
    named = {p.team for p in plan.projects.values()} | {i.team for i in plan.increments.values()}
    named |= {s.team for s in plan.scope_items.values()} | {o.team for o in plan.days_off.values()}
    return named - plan.teams.keys() - {None}


def test_deleting_a_team_takes_its_days_off_along_and_leaves_its_work() -> None:
    plan = full_plan()
    for key in (TEAM.id, EntityId("nobody")):
        plan = delete_team(plan, key)
        assert key not in plan.teams
        assert not strays(plan)
    assert not plan.days_off
    assert plan.increments.keys() == full_plan().increments.keys()
    assert plan.scope_items.keys() == full_plan().scope_items.keys()


def test_days_off_are_put_and_deleted() -> None:
    plan = put_days_off(put_team(plan_of(), Team(EntityId("t2"), "Shops")), [FAIR])
    assert plan.days_off_by_team[TEAM.id] == [FAIR]
    longer = replace(FAIR, span=weeks(20, 22))
    assert put_days_off(plan, [longer]).days_off_by_team[TEAM.id] == [longer]
    assert not delete_days_off(plan, [FAIR]).days_off


def test_a_rule_that_nobody_can_follow_is_refused_before_it_is_kept() -> None:
    with pytest.raises(Refused, match="change the rule"):
        put_days_off(plan_of(), [replace(FAIR, repeats="FREQ=DAILY;INTERVAL=0")])


def test_deleting_an_item_keeps_the_lags_of_the_others_in_step() -> None:
    waiting = replace(item("w", after="a b c"), lag_days=(0, 7, 14))
    plan = plan_of(item("a"), item("b"), item("c"), waiting)
    for gone, expected in (("a", (("b", 7), ("c", 14))), ("b", (("a", 0), ("c", 14))), ("c", (("a", 0), ("b", 7)))):
        changed = change_scope(plan, [], [plan.scope_items[EntityId(gone)]])
        assert changed.scope_items[waiting.id].waits() == expected


def test_an_increment_grows_as_what_it_delivers_does() -> None:
    slow = item("s", increment="i", revenue_per_month=2_000)
    plan = plan_of(
        increment("i", 0, 4, revenue_per_month=3_000), slow, item("t", increment="i", revenue_per_month=1_000)
    )
    changed = change_scope(plan, [replace(slow, ramp_months=3.0)], [])
    assert changed.increments[EntityId("i")].ramp_months == 2.0
    assert changed.increments[EntityId("i")].revenue_per_month == 3_000
    by_hand = plan.with_entities([increment("i", 0, 4, ramp_months=9.0)])
    renamed = change_scope(by_hand, [replace(slow, title="Another")], [])
    assert renamed.increments[EntityId("i")].ramp_months == 9.0
