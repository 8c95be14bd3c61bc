"""Consults placed by rule stand on working days, leave no silence too long, and placing again changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmapper.domain.consult import Answer, Checkpoint, Decision, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, Team
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.silence import gaps, silences
from roadmapper.planning.consults.placing import (
    MOST_CONSULTS,
    Placement,
    Rules,
    best_date,
    best_dates,
    cadence_days,
    mends_of,
    placed,
)
from roadmapper.planning.consults.saying import title_in
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.workspace.edits.checkpoints import place_checkpoints
from roadmapper.workspace.edits.increments import move_increments
from tests.domain.samples import PROJECT, START, TEAM, day, increment, look, plan_of

P = PROJECT.id
ENDS = Rules(at_ends=True, mid_way=False)
LOOKS = Rules(at_ends=False, mid_way=True)
CADENCES = ["", "FREQ=MONTHLY;BYDAY=3TU", "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "FREQ=MONTHLY;BYMONTHDAY=29"]
THIRD_TUESDAY = Rules(at_ends=False, mid_way=False, cadence="FREQ=MONTHLY;BYDAY=3TU")


def after(plan: Plan, rules: Rules, today: date = START) -> Plan:
    return place_checkpoints(plan, P, placed(plan, P, rules, today))


def stand(plan: Plan) -> list[tuple[date, str, str | None]]:
    return [(c.day, c.kind.name, c.increment) for c in plan.checkpoints_by_project.get(P, [])]


def answer(key: str, at: str, kind: Answer = Answer.APPROVE) -> Decision:
    return Decision(EntityId(key), EntityId(at), kind, "Ada", datetime(2027, 3, 1, tzinfo=UTC), 1, comment="No.")


def test_each_increment_ends_with_a_go_live_decision_on_its_last_working_day() -> None:
    plan = plan_of(
        increment("a", 0, 4), increment("b", 4, 13), increment("x", 2, 6, status=Status.CANCELLED), country="DE"
    )
    # 2 April 2027 is the day before the weekend of the end of b; Good Friday is 26 March.
    assert stand(after(plan, ENDS)) == [(day(3, 4), "GO_LIVE", "a"), (date(2027, 4, 2), "GO_LIVE", "b")]
    easter = plan.with_entities([replace(plan.increments[EntityId("b")], span=DateSpan(day(4), date(2027, 3, 30)))])
    assert stand(after(easter, ENDS))[1][0] == date(2027, 3, 25)


def test_consults_keep_off_days_on_which_the_whole_team_is_away() -> None:
    plan = plan_of(increment("a", 0, 4), DaysOff(EntityId("o"), TEAM.id, "Fair", DateSpan(day(3, 2), day(4))))
    some = plan.with_entities([replace(plan.days_off[EntityId("o")], people=5)])
    assert [d for d, _, _ in stand(after(plan, ENDS))] == [day(3, 1)]
    assert [d for d, _, _ in stand(after(some, ENDS))] == [day(3, 4)]
    unknown = plan.with_entities([Team(TEAM.id, "Web")])
    assert [d for d, _, _ in stand(after(unknown, ENDS))] == [day(3, 1)]
    always = plan.with_entities([replace(plan.days_off[EntityId("o")], span=DateSpan(START, day(99)))])
    assert [d for d, _, _ in stand(after(always, ENDS))] == [day(3, 6)]


def test_looks_stand_mid_way_where_the_silence_would_be_too_long() -> None:
    plan = plan_of(increment("a", 0, 12), increment("b", 12, 16))
    both = after(plan, Rules())
    assert stand(both) == [(day(5, 4), "MID_WAY", "a"), (day(11, 4), "GO_LIVE", "a"), (day(15, 4), "GO_LIVE", "b")]
    assert not gaps(both, P) and all(c.by_rule for c in both.checkpoints.values())


def test_a_cadence_is_moved_to_the_nearest_working_day() -> None:
    plan = plan_of(increment("a", 0, 52), country="US")
    days = [d for d, _, _ in stand(after(plan, THIRD_TUESDAY))]
    assert len(days) == 12 and days[:3] == [date(2027, 1, 19), date(2027, 2, 16), date(2027, 3, 16)]
    fourths = Rules(at_ends=False, mid_way=False, cadence="FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4")
    # The 4th of July 2027 is a Sunday, and its Monday is the holiday observed.
    assert [d for d, _, _ in stand(after(plan, fourths))] == [date(2027, 7, 2)]
    leap = plan.with_entities([replace(plan.increments[EntityId("a")], span=DateSpan(START, date(2028, 12, 31)))])
    assert [d for d, _, _ in stand(after(leap, Rules(False, False, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")))] == [
        date(2028, 2, 29)
    ]


def test_a_rhythm_does_not_follow_an_increment_that_moves_but_its_end_does() -> None:
    plan = after(plan_of(increment("a", 0, 8)), Rules(True, False, "FREQ=MONTHLY;BYDAY=3TU"))
    assert stand(plan) == [
        (date(2027, 1, 19), "MID_WAY", None),
        (date(2027, 2, 16), "MID_WAY", None),
        (day(7, 4), "GO_LIVE", "a"),
    ]
    assert [d for d, _, _ in stand(move_increments(plan, [EntityId("a")], 7))] == [
        date(2027, 1, 19),
        date(2027, 2, 16),
        day(8, 4),
    ]


def test_where_there_is_a_consult_anyway_the_cadence_adds_none() -> None:
    plan = plan_of(increment("a", 0, 8), look("k", date(2027, 1, 19)))
    assert [d for d, _, _ in stand(after(plan, THIRD_TUESDAY))] == [date(2027, 1, 19), date(2027, 2, 16)]


def test_no_look_is_placed_a_few_days_before_a_regular_one_when_the_silence_is_too_long_already() -> None:
    plan = plan_of(increment("a", 0, 20))
    rules = Rules(at_ends=False, mid_way=True, cadence=THIRD_TUESDAY.cadence)
    tuesday = date(2027, 3, 16)  # ten weeks after the start
    assert stand(after(plan, rules, tuesday - timedelta(7)))[0] == (tuesday, "MID_WAY", None)
    assert stand(after(plan, rules, tuesday - timedelta(8)))[0] == (tuesday - timedelta(8), "MID_WAY", "a")
    in_time = stand(after(plan, rules, START + timedelta(40)))
    assert (START + timedelta(42), "MID_WAY", None) not in in_time
    assert in_time[0][0] <= START + timedelta(43)  # the agreement is kept as long as it can be


def test_a_regular_look_is_called_so() -> None:
    plan = after(plan_of(increment("a", 0, 8)), THIRD_TUESDAY)
    titles = {title_in(plan, c) for c in plan.checkpoints.values()}
    assert titles == {"Shop: regular look"}
    by_hand = replace(next(iter(plan.checkpoints.values())), by_rule=False)
    assert title_in(plan, by_hand) == "Shop: mid-way look"


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("every Tuesday", "is not a rule for repeating days"),
        ("FREQ=HOURLY", "is not a rule for repeating days"),
        ("FREQ=MONTHLY;BYDAY=9XX", "cannot be worked out: change the rule"),
        ("FREQ=WEEKLY;INTERVAL=0", "cannot be worked out: change the rule"),
        ("FREQ=DAILY", "asks for more than 1000 consults"),
    ],
)
def test_a_cadence_that_nobody_can_follow_is_refused(rule: str, why: str) -> None:
    plan = plan_of(increment("a", 0, 200))
    with pytest.raises(Refused, match=why):
        placed(plan, P, Rules(cadence=rule), START)


def test_a_cadence_that_never_comes_true_or_is_over_places_nothing() -> None:
    plan = plan_of(increment("a", 0, 9))
    for rule in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;UNTIL=20200101"):
        assert not placed(plan, P, Rules(False, False, rule), START)
    counted = after(plan, Rules(False, False, "FREQ=WEEKLY;BYDAY=TU;COUNT=3"))
    assert [d for d, _, _ in stand(counted)] == [day(0, 1), day(1, 1), day(2, 1)]
    assert len(cadence_days("FREQ=DAILY", START, DateSpan(START, START + timedelta(MOST_CONSULTS)))) == MOST_CONSULTS


def test_what_was_answered_or_placed_by_hand_stays_and_counts() -> None:
    plan = plan_of(
        increment("a", 0, 4),
        increment("b", 4, 8),
        look("hand", day(3, 1), kind=Kind.GO_LIVE, increment=EntityId("a")),
        look("said", day(6), kind=Kind.GO_LIVE, increment=EntityId("b"), by_rule=True),
        answer("d", "said"),
    )
    assert not placed(plan, P, ENDS, START)
    assert after(plan, Rules()).checkpoints == plan.checkpoints


def test_after_a_reject_going_live_is_asked_again_at_a_later_end() -> None:
    plan = plan_of(
        increment("a", 0, 4, status=Status.HELD),
        look("no", day(3, 4), kind=Kind.GO_LIVE, increment=EntityId("a"), by_rule=True),
        answer("d", "no", Answer.REJECT),
    )
    assert not placed(plan, P, ENDS, START)
    moved = move_increments(plan, [EntityId("a")], 21)
    assert [(c.day, c.kind) for c in placed(moved, P, ENDS, START).add] == [(day(6, 4), Kind.GO_LIVE)]


def test_what_stands_by_rule_and_is_no_longer_wanted_goes_or_moves_along() -> None:
    plan = after(plan_of(increment("a", 0, 12), increment("b", 12, 16)), Rules())
    longer = plan.with_entities([replace(plan.increments[EntityId("b")], span=DateSpan(day(12), day(17)))])
    placement = placed(longer, P, Rules(), START)
    assert not placement.add and not placement.remove
    assert [(c.id, c.day) for c in placement.move] == [
        (next(c.id for c in plan.checkpoints.values() if c.increment == "b"), day(16, 4))
    ]
    assert [d for d, _, _ in stand(after(plan, LOOKS))] != [] and len(after(plan, LOOKS).checkpoints) == 2
    assert after(plan, Rules(False, False)).checkpoints == {}
    cancelled = plan.with_entities([replace(plan.increments[EntityId("b")], status=Status.CANCELLED)])
    assert len(placed(cancelled, P, Rules(), START).remove) == 1


def test_nothing_is_added_before_today_and_what_was_due_stays() -> None:
    plan = plan_of(increment("a", 0, 12))
    today = day(8, 5)  # a Saturday, seven weeks after silence began to be too long
    late = after(plan, Rules(), today)
    assert [d for d, _, _ in stand(late)] == [day(9), day(11, 4)]
    full = after(plan, Rules())
    assert not placed(full, P, Rules(), today)
    assert not placed(full, P, Rules(), day(50))
    moved = full.with_entities([replace(full.increments[EntityId("a")], span=DateSpan(START, day(20)))])
    assert [c.day for c in placed(moved, P, ENDS, day(13)).move] == [day(19, 4)]


def test_days_off_count_also_before_the_first_increment_begins() -> None:
    away = DaysOff(EntityId("o"), TEAM.id, "Fair", DateSpan(day(3), day(5)))
    plan = plan_of(increment("a", 8, 9), look("k", day(0), kind=Kind.KICK_OFF), away)
    assert [d for d, _, _ in stand(after(plan, LOOKS))] == [day(0), day(5)]


def test_a_date_is_proposed_for_a_gap() -> None:
    plan = plan_of(increment("a", 0, 10), increment("b", 10, 30), look("k", day(10)))
    assert best_date(plan, P, DateSpan(day(0), day(10))) == day(5)
    assert best_dates(plan, P, DateSpan(day(10), day(30))) == [day(15), day(20), day(25)]
    assert mends_of(plan, P) == [day(5), day(15), day(20), day(25)]
    assert best_date(plan, P, DateSpan(day(0), day(2))) == day(1)  # no gap: its middle
    away = plan.with_entities([DaysOff(EntityId("o"), TEAM.id, "", DateSpan(day(4), day(6)))])
    assert best_date(away, P, DateSpan(day(0), day(10))) not in [day(n // 7, n % 7) for n in range(28, 42)]


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, Rules, date]:
    """Any project in the years 2000 to 2100, with consults by hand, by rule and answered, and a day to place on."""
    start = draw(st.dates(date(2000, 1, 1), date(2097, 1, 1)))
    found: list[Any] = []
    for n in range(draw(st.integers(0, 5))):
        first = start + timedelta(draw(st.integers(0, 400)))
        span = DateSpan(first, first + timedelta(draw(st.integers(1, 200))))
        status = draw(st.sampled_from([Status.PLANNED, Status.HELD, Status.CANCELLED, Status.DELIVERED]))
        found.append(Increment(EntityId(f"i{n}"), P, f"Title {n}", span, "Words.", status=status))
    for n in range(draw(st.integers(0, 6))):
        when = start + timedelta(draw(st.integers(-20, 500)))
        about = draw(st.sampled_from([None, *(i.id for i in found if isinstance(i, Increment))]))
        kind = draw(st.sampled_from(Kind))
        found.append(Checkpoint(EntityId(f"k{n}"), P, when, kind, "", about, by_rule=draw(st.booleans())))
        if draw(st.integers(0, 3)) == 0:
            found.append(answer(f"d{n}", f"k{n}", draw(st.sampled_from(Answer))))
    if draw(st.booleans()):
        first = start + timedelta(draw(st.integers(-10, 300)))
        found.append(DaysOff(EntityId("o"), TEAM.id, "", DateSpan(first, first + timedelta(draw(st.integers(1, 70))))))
    cadence = draw(
        st.sampled_from(
            ["", "", "FREQ=MONTHLY;BYDAY=3TU", "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "FREQ=YEARLY;BYMONTHDAY=29"]
        )
    )
    rules = Rules(draw(st.booleans()), draw(st.booleans()), cadence)
    country = draw(st.sampled_from(["", "DE", "US", "CN"]))
    weeks = draw(st.integers(1, 9))
    frame = Roadmap("R", start, longest_silence_weeks=weeks, country=country)
    project = Project(P, "Shop", DateSpan(start, start + timedelta(700)), team=TEAM.id)
    today = draw(st.just(start) | st.dates(start - timedelta(30), start + timedelta(700)))
    return Plan.of(frame, TEAM, project, *found), rules, today


@settings(max_examples=400, deadline=None)
@given(plans())
@example((plan_of(increment("a", 0, 104), country="CN"), Rules(cadence="FREQ=MONTHLY;BYDAY=3TU"), START))
def test_placing_twice_changes_nothing_and_leaves_no_gap_that_can_still_be_mended(
    given_: tuple[Plan, Rules, date],
) -> None:
    plan, rules, today = given_
    placement = placed(plan, P, rules, today)
    result = place_checkpoints(plan, P, placement)
    assert placed(result, P, rules, today) == Placement()
    touched = {c.id for c in placement.move} | set(placement.remove)
    assert all(plan.checkpoints[k].by_rule and k not in plan.latest_decisions for k in touched)
    assert all(c.day >= today for c in (*placement.add, *placement.move))
    if rules.mid_way:
        limit = plan.roadmap.silence_limit_days
        for silence in silences(result, P):
            reached = max(silence.start, today)
            assert (silence.end - reached).days <= limit
    for c in placement.add:
        assert works(plan, c.day) or c.day == today or nobody_works_near(plan, c)


def works(plan: Plan, day: date) -> bool:
    """Whether a day is worked, from the bare tables."""
    return WorkingCalendar(plan.roadmap.country).works(day) and not any(
        off.span.start <= day < off.span.end for off in plan.days_off.values()
    )


def nobody_works_near(plan: Plan, checkpoint: Checkpoint) -> bool:
    """Whether no day would have done: none of its increment, or of as many days on end as silence is allowed."""
    about = plan.increments.get(checkpoint.increment or EntityId(""))
    if checkpoint.kind is Kind.GO_LIVE and about is not None:
        return not any(works(plan, about.span.start + timedelta(n)) for n in range(about.span.days))
    first = last = checkpoint.day
    while not works(plan, first - timedelta(1)):
        first -= timedelta(1)
    while not works(plan, last + timedelta(1)):
        last += timedelta(1)
    lives = [i.span for i in plan.increments.values() if i.counts]
    within = first <= min(s.start for s in lives) and last >= max(s.finish for s in lives)
    return within or (last - first).days + 1 >= plan.roadmap.silence_limit_days


PROGRAM = """
from datetime import date, timedelta
from tests.domain.samples import PROJECT, increment, plan_of, day
from roadmapper.planning.consults.placing import Rules, placed
plan = plan_of(increment("a", 0, 30), increment("b", 30, 60), country="GB")
for c in placed(plan, PROJECT.id, Rules(True, True, "FREQ=MONTHLY;BYDAY=3TU"), day(1)).add:
    print(c.day, c.kind.name)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not know TZ")
def test_consults_stand_on_the_same_days_wherever_the_computer_stands() -> None:
    said = {
        zone: subprocess.run(
            [sys.executable, "-c", PROGRAM],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[3],
            env={**os.environ, "TZ": zone},
        ).stdout
        for zone in ("UTC", "Pacific/Kiritimati", "America/St_Johns")
    }
    assert len(set(said.values())) == 1 and said["UTC"].count("\n") > 14
