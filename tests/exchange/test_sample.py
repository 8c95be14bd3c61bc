"""The sample shows what a plan can say, and stays a plan that a user would want to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.laws import Wrong, problems_of
from roadmapper.domain.plan import Plan
from roadmapper.exchange.sample import mega_project, sample_plan
from roadmapper.planning.days_off import away

STORY = Path(__file__).parents[2] / "resources" / "samples" / "northwind.json"


@pytest.fixture(scope="module", params=[date(2027, 5, 18), date(2028, 2, 29)])
def plan(request: pytest.FixtureRequest) -> Plan:
    """Return the sample as it is told on some day."""
    return sample_plan(STORY, request.param)


def test_the_sample_has_a_compliance_date_a_gate_a_ramp_a_lag_and_something_that_may_be_left_out(plan: Plan) -> None:
    items = plan.scope_items.values()
    assert [i.id for i in items if i.due is not None] == ["cdp-privacy"]
    (gate,) = [i for i in items if i.gate]
    assert (gate.planned_days, gate.effort_pw, gate.after) == (14, None, ("web-checkout",))
    assert {i.id for i in items if i.ramp_months} == {"loy-partners", "web-search"}
    assert [i.id for i in items if i.optional] == ["web-wrapping"]
    assert plan.scope_items[EntityId("web-returns")].waits() == (("web-bridge", 28),)


def test_teams_of_the_sample_are_off_every_year(plan: Plan) -> None:
    first, last = plan.roadmap.start, plan.roadmap.horizon
    for team, people, most in (("team-platform", 8, 8), ("team-martech", 4, 1)):
        missing = away(plan.days_off_by_team[EntityId(team)], first, last, people)
        assert max(missing.values()) == most
        assert len({day.year for day in missing}) >= 2


def test_all_that_is_split_in_the_sample_keeps_its_compliance_dates_and_gates(plan: Plan) -> None:
    wrong = {(p.kind, p.project) for p in problems_of(plan)}
    assert wrong == {(Wrong.NOT_PLACED, mega_project(plan).id)}
    assert {Status.DELIVERED, Status.RUNNING, Status.PLANNED} <= {i.status for i in plan.increments.values()}
