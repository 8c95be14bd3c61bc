"""The arrow keys lead from bar to bar, and stay where there is none."""

from __future__ import annotations

from roadmapper.chart.lanes import lay_out
from roadmapper.chart.walking import Way, next_bar
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from tests.domain.samples import PROJECT, START, increment, plan_of


def led(plan: Plan, focused: str | None, way: Way) -> str | None:
    bar = next_bar(lay_out(plan, START), EntityId(focused) if focused else None, way)
    return bar.increment.id if bar else None


def test_left_and_right_lead_along_the_lane_and_stay_at_its_ends() -> None:
    plan = plan_of(increment("a", 0, 2), increment("b", 2, 4), increment("c", 4, 6))
    assert [led(plan, key, Way.RIGHT) for key in "abc"] == ["b", "c", "c"]
    assert [led(plan, key, Way.LEFT) for key in "abc"] == ["a", "a", "b"]
    assert (led(plan, "b", Way.FIRST), led(plan, "b", Way.LAST)) == ("a", "c")


def test_without_a_focus_the_first_bar_is_next_and_without_bars_none() -> None:
    assert led(plan_of(increment("a", 0, 2)), None, Way.DOWN) == "a"
    assert led(plan_of(increment("a", 0, 2)), "gone", Way.LEFT) == "a"
    assert led(Plan.of(plan_of().roadmap, PROJECT), None, Way.LEFT) is None


def test_up_and_down_stay_in_the_only_lane() -> None:
    plan = plan_of(increment("a", 0, 2), increment("b", 2, 4))
    assert [led(plan, "b", way) for way in (Way.UP, Way.DOWN)] == ["b", "b"]
