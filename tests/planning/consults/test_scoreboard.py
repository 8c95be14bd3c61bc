"""The scoreboard adds up what was read off and what was earned."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from roadmapper.domain.agreement import OutsidePurchase
from roadmapper.domain.consult import Answer, Condition, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.measure import Direction, Measure, Reading
from roadmapper.planning.consults.bypass import bypass_of, silence_on
from roadmapper.planning.consults.scoreboard import Trend, scoreboard_of, standing
from tests.domain.samples import PROJECT, START, day, increment, look, plan_of

UP = Measure(EntityId("up"), "Opt-in rate", "%", 20.0, 45.0)
DOWN = Measure(EntityId("down"), "Complaints", "a week", 40.0, 10.0, Direction.DOWN)


def readings(measure: Measure, *values: float) -> list[Reading]:
    return [Reading(EntityId(f"{measure.id}{n}"), measure.id, day(n), v) for n, v in enumerate(values)]


@pytest.mark.parametrize(
    ("measure", "values", "way", "reached", "trend"),
    [
        (UP, [], None, False, Trend.UNKNOWN),
        (UP, [20], 0.0, False, Trend.UNKNOWN),
        (UP, [20, 32.5], 0.5, False, Trend.BETTER),
        (UP, [50, 45], 1.0, True, Trend.WORSE),
        (DOWN, [40, 25], 0.5, False, Trend.BETTER),
        (DOWN, [20, 9], 31 / 30, True, Trend.BETTER),
        (DOWN, [30, 46], -0.2, False, Trend.WORSE),
        (DOWN, [30, 30, 30], 1 / 3, False, Trend.STEADY),
        (replace(UP, target=20.0), [20, 20], None, True, Trend.STEADY),
    ],
)
def test_a_measure_is_told_by_its_own_direction(
    measure: Measure, values: list[float], way: float | None, reached: bool, trend: Trend
) -> None:
    found = standing(measure, readings(measure, *values))
    assert (found.way, found.reached, found.trend) == (way if way is None else pytest.approx(way), reached, trend)


def test_only_the_last_readings_make_the_trend() -> None:
    falling_then_rising = readings(UP, 90, 80, 10, 11, 12, 13, 14)
    assert standing(UP, falling_then_rising).trend is Trend.BETTER


def test_claimed_and_actual_revenue_stand_side_by_side_for_what_is_delivered() -> None:
    plan = plan_of(
        increment("a", 0, 4, status=Status.DELIVERED, revenue_per_month=3_100_00, actual_per_month=1_550_00),
        increment("b", 4, 8, status=Status.DELIVERED, revenue_per_month=1_000_00),
        increment("c", 8, 12, revenue_per_month=9_999_00, actual_per_month=1),
    )
    today = date(2027, 3, 4)  # a is live from 1 February, b from 1 March
    board = scoreboard_of(plan, today)
    assert [(str(e.increment.id), e.claimed, e.actual) for e in board.earnings] == [
        ("a", 3_100_00 + 3_100_00 * 3 // 31, 1_550_00 + 1_550_00 * 3 // 31),
        ("b", round(1_000_00 * 3 / 31), None),
    ]
    assert (board.claimed, board.actual) == (board.earnings[0].claimed, board.earnings[0].actual)


def test_progress_counts_what_was_due_and_what_is_delivered() -> None:
    plan = plan_of(
        increment("a", 0, 4, status=Status.DELIVERED),
        increment("b", 4, 8),
        increment("c", 8, 12, status=Status.CANCELLED),
        increment("d", 8, 14),
    )
    (progress,) = scoreboard_of(plan, day(8)).progress
    assert (progress.delivered, progress.due, progress.count) == (1, 2, 3)
    assert progress.first_value == day(4) and progress.reached
    assert not scoreboard_of(plan, day(3)).progress[0].reached


def test_a_condition_is_open_until_it_is_met() -> None:
    decision = Decision(
        EntityId("d"), EntityId("k"), Answer.APPROVE_WITH_CHANGES, "Ada", datetime(2027, 2, 8, tzinfo=UTC), 1
    )
    open_one, met = (Condition(EntityId(k), decision.id, k) for k in ("open", "met"))
    plan = plan_of(look("k", day(2)), decision, open_one, replace(met, done=START))
    assert scoreboard_of(plan, START).conditions == (open_one,)


def test_the_bypass_indicator_is_its_formula() -> None:
    answered = Decision(
        EntityId("d"), EntityId("k"), Answer.APPROVE, "Ada", datetime(2027, 1, 25, 23, 59, tzinfo=UTC), 1
    )
    bought = [
        OutsidePurchase(EntityId(k), k, at, cost=cost)
        for k, at, cost in (
            ("now", day(9), 5),
            ("old", day(10) - timedelta(366), 7),
            ("year", date(2026, 3, 15), 11),
            ("later", day(10, 1), 13),
            ("unknown", day(1), None),
        )
    ]
    plan = plan_of(increment("a", 0, 20), look("k", day(3)), answered, *bought)
    found = bypass_of(plan, day(10))
    assert (found.project, found.silence_days, found.limit_days) == (PROJECT.id, 49, 42)
    assert [str(p.id) for p in found.purchases] == ["now", "unknown"]
    assert found.value == pytest.approx(49 / 42 + 2) and found.cost == 5


def test_silence_counts_only_while_a_project_is_under_way() -> None:
    plan = plan_of(increment("a", 2, 6))
    assert [silence_on(plan, PROJECT.id, at) for at in (day(1), day(2), day(4), day(6))] == [None, 0, 14, None]


def test_an_answer_counts_on_the_day_on_which_it_was_given_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        given = datetime(2027, 2, 9, 1, 30, tzinfo=UTC)  # half past five in the afternoon of the 8th
        answered = Decision(EntityId("d"), EntityId("k"), Answer.APPROVE, "Ada", given, 1)
        plan = plan_of(increment("a", 0, 20), look("k", day(3)), answered)
        assert silence_on(plan, PROJECT.id, date(2027, 2, 8)) == 0
    finally:
        monkeypatch.undo()
        time.tzset()
