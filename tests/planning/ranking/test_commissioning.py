"""An investment that goes onto the roadmap keeps its effort and its revenue, and can be compared with its outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.investment import Investment, Stage, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.proposing import propose
from roadmapper.planning.ranking.commissioning import proposed_project, start_after, waits_of
from roadmapper.planning.ranking.results import claimed_and_actual, is_delivered
from roadmapper.workspace.edits.investments import onto_roadmap
from tests.domain.samples import PROJECT, START, increment, item, plan_of

WEB, DATA = Team(EntityId("web"), "Web", 4), Team(EntityId("data"), "Data", 3)
KEY = EntityId("a")
SUNDAY = date(2027, 3, 7)


def effort(team: str | None, weeks: float) -> TeamEffort:
    return TeamEffort(EntityId(team) if team else None, weeks, weeks, weeks)


def plan_with(**more: Any) -> Plan:
    return plan_of(WEB, DATA, replace(Investment(KEY, "Consent centre", "Customers say what they allow."), **more))


def test_each_teams_effort_is_an_item_and_the_lead_teams_comes_last_and_earns() -> None:
    plan = plan_with(efforts=(effort("web", 12), effort("data", 7), effort(None, 2)), revenue=42_000_000)
    project, items = proposed_project(plan, KEY, SUNDAY)
    assert (project.title, project.outcome, project.team) == ("Consent centre", "Customers say what they allow.", "web")
    assert project.original == DateSpan(date(2027, 3, 8), date(2027, 4, 19))  # Data's 3 weeks, then Web's 3
    assert [(i.title, i.effort_pw, i.team, i.usable, i.revenue_per_month) for i in items] == [
        ("Consent centre: Data", 7, "data", False, None),
        ("Consent centre: groundwork", 2, None, False, None),
        ("Consent centre", 12, None, True, 3_500_000),
    ]
    assert items[-1].after == tuple(i.id for i in items[:-1])
    assert project.position > PROJECT.position


@pytest.mark.parametrize("team", ["web", "data", "ops", None])
def test_each_team_keeps_its_work_whoever_has_the_project(team: str | None) -> None:
    plan = plan_with(efforts=(effort("web", 12), effort("data", 7))).with_entities([Team(EntityId("ops"), "Ops")])
    project, items = proposed_project(plan, KEY, SUNDAY, None if team is None else EntityId(team))
    assert project.team == team
    assert {i.team or project.team: i.effort_pw for i in items} == {"web": 12, "data": 7}
    assert (items[-1].team or project.team) == (team if team == "data" else "web")
    assert project.original.weeks == 3 + 3, "Data's 7 of three people and Web's 12 of four"


def test_what_was_estimated_for_no_team_is_the_work_of_the_one_that_is_chosen() -> None:
    project, (only,) = proposed_project(plan_with(efforts=(effort(None, 12),)), KEY, SUNDAY, DATA.id)
    assert (project.team, only.team, only.effort_pw, project.original.weeks) == ("data", None, 12, 4)


def test_it_waits_for_what_it_needs_and_is_not_delivered() -> None:
    one, two, done, off = (EntityId(k) for k in ("one", "two", "done", "off"))
    needed = [
        Investment(one, "One", stage=Stage.ON_ROADMAP, project=PROJECT.id),
        Investment(two, "Two"),
        Investment(done, "Done", stage=Stage.DELIVERED),
        Investment(off, "Off", stage=Stage.DROPPED),
    ]
    plan = plan_with(needs=(one, two, done, off)).with_entities(needed)
    waits = waits_of(plan, KEY)
    assert (waits.missing, waits.last, waits.end) == ((two, off), one, PROJECT.original.end)
    split = plan.with_entities([increment("i1", 0, 3), increment("i2", 3, 9, status=Status.CANCELLED)])
    assert waits_of(split, KEY).end == increment("i1", 0, 3).span.end
    assert waits_of(plan_with(), KEY).end is None
    assert start_after(date(2027, 3, 8)) == date(2027, 3, 8), "what ends on a Sunday is followed on the Monday"
    assert start_after(date(2027, 3, 9)) == date(2027, 3, 15)


@pytest.mark.parametrize("revenue", [0, 1, 5, 6, 7, 100, 41_999_999, 10**15 - 1])
def test_twelve_months_are_a_year_to_six_minor_units(revenue: int) -> None:
    _, items = proposed_project(plan_with(efforts=(effort("web", 1),), revenue=revenue), KEY, SUNDAY)
    assert abs((items[-1].revenue_per_month or 0) * 12 - revenue) <= 6


def test_what_nobody_knows_stays_unknown() -> None:
    project, (only,) = proposed_project(plan_with(), KEY, SUNDAY)
    assert (only.effort_pw, only.revenue_per_month, only.usable, project.team) == (None, None, True, None)
    assert project.original.days == plan_of().roadmap.longest_increment_weeks * 7 == only.planned_days


def test_it_starts_today_on_a_monday_and_never_before_the_roadmap() -> None:
    plan = plan_with(efforts=(effort("web", 8),))
    assert proposed_project(plan, KEY, date(2027, 3, 8))[0].original.start == date(2027, 3, 8)
    assert proposed_project(plan, KEY, date(2020, 1, 1))[0].original.start == START


def test_a_long_title_keeps_the_name_of_the_team() -> None:
    _, items = proposed_project(plan_with(title="x" * 200, efforts=(effort("web", 8), effort("data", 1))), KEY, SUNDAY)
    assert items[0].title.endswith(": Data")


def test_effort_without_people_and_without_end_still_makes_a_project() -> None:
    plan = plan_with(efforts=(effort(None, 10**6), effort("web", 0)))
    project, items = proposed_project(plan, KEY, SUNDAY)
    assert len(items) == 1
    assert project.original.weeks <= 20 * 52


def test_the_proposal_can_be_put_on_the_roadmap_and_split() -> None:
    plan = plan_with(efforts=(effort("web", 12), effort("data", 7)), revenue=42_000_000)
    project, items = proposed_project(plan, KEY, START)
    plan = propose(onto_roadmap(plan, KEY, project, items), project.id, Wishes()).plan
    assert plan.increments_by_project[project.id]
    results = claimed_and_actual(plan, KEY)
    assert results is not None
    assert (results.claimed, results.planned, results.actual) == (42_000_000, 42_000_000, None)


def on_the_roadmap(*entities: Any) -> Plan:
    return plan_of(Investment(KEY, "A", revenue=1_000, stage=Stage.ON_ROADMAP, project=PROJECT.id), *entities)


def test_claimed_planned_and_actual_stand_side_by_side() -> None:
    plan = on_the_roadmap(
        increment("i1", 0, 2, revenue_per_month=30, actual_per_month=25, status=Status.DELIVERED),
        increment("i2", 2, 4, revenue_per_month=40, status=Status.DELIVERED),
        increment("i3", 4, 6, revenue_per_month=50, actual_per_month=99),
        increment("i4", 6, 8, revenue_per_month=60, status=Status.CANCELLED),
        item("s1", revenue_per_month=7),
    )
    results = claimed_and_actual(plan, KEY)
    assert results is not None
    assert (results.claimed, results.planned, results.actual) == (1_000, 1_440, 300)
    assert (results.delivered, results.seen, results.count) == (2, 1, 3)
    assert not is_delivered(plan, KEY)
    assert is_delivered(plan.without([plan.increments[EntityId("i3")]]), KEY)


def test_before_the_split_the_items_count_and_off_the_roadmap_nothing_does() -> None:
    results = claimed_and_actual(on_the_roadmap(item("s1", revenue_per_month=7), item("s2")), KEY)
    assert results is not None
    assert (results.planned, results.actual, results.count) == (84, None, 0)
    assert not is_delivered(on_the_roadmap(), KEY)
    off = plan_of(Investment(KEY, "A"))
    assert claimed_and_actual(off, KEY) is None
    assert not is_delivered(off, KEY)
