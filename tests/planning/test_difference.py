"""What differs between two states of a roadmap is counted, named and said."""

from __future__ import annotations

from dataclasses import replace

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.difference import differences
from roadmapper.workspace.edits.increments import delete_increments, move_increments
from tests.domain.samples import PROJECT, day, full_plan, increment, look, plan_of


def bars(count: int) -> Plan:
    return plan_of(*(increment(f"i{n}", n * 4, n * 4 + 4, revenue_per_month=1_000_000) for n in range(count)))


def test_no_difference_is_said() -> None:
    assert differences(full_plan(), full_plan()) == ["Nothing differs from now."]


def test_what_is_added_removed_moved_and_changed_is_counted_and_named() -> None:
    now = bars(6).with_entities([look("gone", day(1)), look("moved", day(2))])
    keys = sorted(now.increments)
    other = move_increments(delete_increments(now, keys[:2]), keys[2:3], 7).with_entities(
        [replace(now.increments[keys[3]], title="Other"), increment("new", 30, 34), look("moved", day(3))]
    )
    other = other.without([now.checkpoints[k] for k in now.checkpoints if k == "gone"])
    lines = differences(now, other)
    assert (
        lines[0]
        == "Increments: 1 added (“Title new”), 2 removed (“Title i0”, “Title i1”), 1 moved, 1 changed otherwise."
    )
    assert lines[1] == "Consults with the CMO: 1 removed, 1 moved."
    assert lines[2].startswith("Revenue by Jan 2029: ") and " instead of " in lines[2]


def test_many_names_are_cut_and_projects_are_said_first() -> None:
    lines = differences(bars(0).without([PROJECT]), bars(5))
    assert lines[0] == "Projects: 1 added (“Shop”)."
    assert lines[1] == "Increments: 5 added (“Title i0”, “Title i1”, “Title i2” …)."


def test_other_things_are_said_too_so_that_nothing_is_hidden() -> None:
    plan = full_plan()
    lines = differences(plan, Plan.of(replace(plan.roadmap, title="Other")))
    people = "the settings of the roadmap, 2 teams, 2 stretches of days off"
    assert f"{people}, 3 pieces of scope, 1 link, 1 decision, 1 measure, 1 reading" in lines[3]


def test_equal_revenue_is_said_to_be_as_now() -> None:
    plan = bars(2)
    retitled = plan.with_entities([replace(plan.increments[k], title="Other") for k in plan.increments])
    assert differences(plan, retitled)[-1].endswith(", as now.")


def test_revenues_that_read_alike_are_told_by_how_much_they_differ() -> None:
    # Beside what nine others earn, a week of a small one is lost in the rounding.
    large = [increment(f"j{n}", n, n + 1, revenue_per_month=50_000_000) for n in range(9)]
    now = plan_of(increment("i0", 0, 1, revenue_per_month=30_000), *large)
    later = move_increments(now, [EntityId("i0")], 7)
    assert differences(now, later)[-1].endswith("€\u00a068 less than now.")
    assert differences(later, now)[-1].endswith("€\u00a068 more than now.")
    assert not any("instead of" in line for line in differences(now, later))
