"""What the price card says of others: projects that come off worse, and the team that would build it instead."""

from __future__ import annotations

from dataclasses import replace

from roadmapper.chart.drag import Deed, Drag
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.ui.timeline.card import Line, card_of
from roadmapper.ui.timeline.gestures import tried
from tests.domain.samples import PROJECT, TEAM, day, increment, look, plan_of, weeks

A = EntityId("a")
LATE = "first value "
SILENT = "silence "


def others(count: int, silent: tuple[int, ...] = ()) -> Plan:
    """Return a plan in which an increment of each of *count* projects comes after A; *silent* would break the limit."""
    made: list[object] = [increment("a", 0, 4)]
    for n in range(count):
        project, key = EntityId(f"p{n}"), EntityId(f"x{n}")
        made += [
            Project(project, f"Project {n}", weeks(0, 60), position=n + 1),
            Increment(key, project, f"After {n}", weeks(4, 8), "Of use."),
            Link(EntityId(f"l{n}"), A, key),
        ]
        last = 1 if n in silent else 60
        made += [replace(look(f"k{n}.{w}", day(w, 2)), project=project) for w in range(0, last, 3)]
    return plan_of(*made)


def card(plan: Plan, days: int = 28, lane: EntityId | None = None) -> list[Line]:
    drag = Drag(Deed.MOVE, 0, 0, A, plan.increments[A].span, days, begun=True, lane=lane)
    return card_of(tried(plan, plan.only({PROJECT.id}), drag, [A], push=True), drag)


def about(lines: list[Line], words: str) -> list[tuple[str, str]]:
    return [(line.what, line.value) for line in lines if line.value.startswith(words) or "other project" in line.what]


def test_nothing_is_said_of_others_that_come_off_no_worse() -> None:
    assert not [line for line in card(others(3), days=0) if line.what.startswith("Project ") or "other" in line.what]


def test_two_that_come_off_worse_are_named() -> None:
    said = about(card(others(2)), LATE)
    assert [what for what, _ in said] == ["Project 0", "Project 1"]
    assert said[0][1].replace("\u00a0", " ") == "first value 29 Mar 2027"


def test_of_more_it_is_said_how_many_there_are() -> None:
    assert about(card(others(3)), LATE)[2:] == [("and 1 other project", "worse off too")]
    assert about(card(others(7)), LATE)[2:] == [("and 5 other projects", "worse off too")]


def test_those_that_would_break_the_limit_of_silence_stand_first() -> None:
    said = about(card(others(5, silent=(3, 4))), SILENT)
    assert [what for what, _ in said] == ["Project 3", "Project 4", "and 3 other projects"]


def test_another_project_means_another_team_unless_the_increment_has_its_own() -> None:
    shop, crew = EntityId("other"), Team(EntityId("crew"), "Data people", 3)
    for own, there, words in (
        (None, crew.id, ["Web → Data people"]),
        (None, None, ["Web → no team yet"]),
        (None, TEAM.id, []),
        (TEAM.id, crew.id, []),
    ):
        plan = plan_of(
            crew, Project(shop, "Other", weeks(0, 60), team=there, position=1), increment("a", 0, 4, team=own)
        )
        assert [line.value for line in card(plan, 0, shop) if line.what == "Team"] == words
