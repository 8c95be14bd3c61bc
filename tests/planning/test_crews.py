"""Crews: closures, holidays and other work slow down what they should, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, Team
from roadmapper.planning.assignment import Wishes, assign
from roadmapper.planning.proposing import propose
from tests.domain.samples import PROJECT, START, TEAM, day, increment, item, plan_of, weeks

QUICK = Wishes(seconds=0)
LEGAL = Team(EntityId("legal"), "Legal", 2)


def closed(first: int, end: int, people: int | None = None, team: Team = TEAM) -> DaysOff:
    """The team, or so many of it, are away in these weeks."""
    return DaysOff(EntityId(f"off-{first}"), team.id, "Closed", weeks(first, end), people)


def ends(plan: Plan) -> list[date]:
    """The last days of the increments of a split of *plan*."""
    after = propose(plan, PROJECT.id, QUICK).plan
    return [i.span.finish for i in after.increments_by_project[PROJECT.id]]


WORK = item("w", 18.0)  # three weeks of the six people of the team
CASES: dict[str, tuple[list[Entity], int]] = {
    "nothing is off": ([], 3),
    "everybody is away for two weeks": ([closed(1, 3)], 5),
    "half of the people are away for two weeks": ([closed(0, 2, 3)], 4),
    "another team is away": ([LEGAL, closed(0, 3, team=LEGAL)], 3),
    "the team has another project": (
        [
            Project(EntityId("q"), "Other", DateSpan(START, date(2029, 1, 1)), team=TEAM.id),
            increment("busy", 0, 2, project=EntityId("q"), effort_pw=12.0),
        ],
        5,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_work_is_done_when_the_people_have_had_the_time_for_it(case: str) -> None:
    entities, finished = CASES[case]
    assert ends(plan_of(WORK, *entities)) == [day(finished - 1, 4)]


def test_the_other_project_of_a_team_need_not_count() -> None:
    plan = plan_of(WORK, *CASES["the team has another project"][0])
    assert "“Other”" in " ".join(assign(plan, PROJECT.id, QUICK).notes)
    after = propose(plan, PROJECT.id, replace(QUICK, alone=True)).plan
    assert [i.span for i in after.increments_by_project[PROJECT.id]] == [DateSpan(day(0), day(2, 5))]


def test_a_gate_is_not_passed_while_nobody_is_there_to_pass_it() -> None:
    gate = item("g", None, planned_days=7, gate=True, usable=False, after="w", team=LEGAL.id)
    assert ends(plan_of(WORK, gate, LEGAL)) == [day(3, 4)]
    assert ends(plan_of(WORK, gate, LEGAL, closed(3, 5, team=LEGAL))) == [day(5, 4)]


def test_a_gate_of_nobody_passes_by_itself() -> None:
    gate = item("g", None, planned_days=7, gate=True, usable=False, after="w")
    assert ends(plan_of(WORK, gate, closed(3, 5))) == [day(3, 4)]


def test_an_increment_begins_when_something_in_it_does() -> None:
    after = propose(
        plan_of(item("a", 12.0), item("b", 12.0, after="a", lag_days=(30,)), longest_increment_weeks=12),
        PROJECT.id,
        QUICK,
    ).plan
    spans = [i.span for i in after.increments_by_project[PROJECT.id]]
    assert spans == [DateSpan(day(0), day(1, 5)), DateSpan(day(6), day(7, 5))]
