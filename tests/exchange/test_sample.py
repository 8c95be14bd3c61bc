"""The sample shows what a plan can say, and stays a plan that a user would want to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.laws import Wrong, problems_of
from roadmapper.domain.plan import Plan
from roadmapper.exchange.sample import mega_project, sample_plan
from roadmapper.planning.days_off import away
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.workspace.edits.investments import put_investments

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


def test_the_investments_of_the_sample_add_up_to_the_story_it_tells(plan: Plan) -> None:
    """Six fit into the effort there is, in the order of the list; one needs another's estimate looked at again."""
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget.of(plan))
    assert ranking.unranked == ()
    assert [p.investment for p in ranking.places] == [i.id for i in plan.investments.values()]
    assert (len(ranking.places), ranking.line, ranking.funded) == (12, 6, tuple(plan.investments)[:6])
    assert ranking.budget.effort == 180
    assert sum(p.score.effort for p in ranking.places if p.funded) == 176
    assert {i.title: i.needs for i in plan.investments.values() if i.needs} == {
        "Personalised offers": ("invest-consent",),
        "Self-serve segments": ("invest-profile",),
    }


def test_the_voices_of_the_sample_differ_and_what_is_agreed_lies_between(plan: Plan) -> None:
    assert [c.agreed for c in plan.criteria_in_order] == [34_000_000, 20_000_000, 16_000_000, 10_000_000]
    for c in plan.criteria.values():
        assert None not in (c.cio, c.cmo, c.agreed)
        assert min(c.cio or 0, c.cmo or 0) < (c.agreed or 0) < max(c.cio or 0, c.cmo or 0)
    orders = [
        [p.investment for p in rank(plan, Weights.of(plan, voice), Budget.of(plan)).places]
        for voice in (Voice.CIO, Voice.CMO)
    ]
    assert orders[0] != orders[1]
    assert len(set(orders[0][:6]) & set(orders[1][:6])) >= 5


def test_every_name_in_the_sample_is_one_of_the_plan(plan: Plan) -> None:
    assert put_investments(plan, plan.investments.values()) == plan
    assert {c for i in plan.investments.values() for c in (r.criterion for r in i.ratings)} == plan.criteria.keys()
