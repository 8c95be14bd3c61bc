"""Consults follow their increment in working days: many small moves are one large one, and back is back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapper.domain.consult import Answer, Decision, Kind
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.consults.placing import calendar_of
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.workspace.edits.checkpoints import delete_checkpoint, move_checkpoint, put_checkpoint
from roadmapper.workspace.edits.fields import finish_on, start_on, with_checkpoint, with_increment
from roadmapper.workspace.edits.increments import (
    change_increment,
    delete_increments,
    left_text,
    move_increments,
    resize_increment,
)
from roadmapper.workspace.edits.links import add_link, change_lag, delete_links
from roadmapper.workspace.edits.several import (
    shift_checkpoints,
    with_checkpoints,
    with_increments,
    with_lags,
    with_lengths,
)
from tests.domain.samples import PROJECT, TEAM, day, increment, look, plan_of

A, B, C, K = EntityId("a"), EntityId("b"), EntityId("c"), EntityId("k")
GONE = EntityId("gone")
AWAY = DaysOff(EntityId("o"), TEAM.id, "Fair", DateSpan(day(3, 1), day(3, 4)))


def about(kind: Kind, at: int, length: int, country: str, *off: DaysOff) -> Plan:
    """Return a plan of an increment of *length* days, with a consult on the first working day from *at* days on."""
    span = DateSpan(day(0), day(0) + timedelta(length))
    plan = plan_of(increment("a", 0, 1, span=span), *off, country=country)
    worked = calendar_of(plan, PROJECT.id, DateSpan(day(-8), day(20))).on_or_after(day(0) + timedelta(at))
    return plan.with_entities([look("k", worked, increment=A, kind=kind)])


@given(
    st.sampled_from(list(Kind)),
    st.integers(-20, 60),
    st.integers(1, 50),
    st.sampled_from(["", "DE"]),
    st.booleans(),
    st.integers(-45, 45),
)
@settings(deadline=None)
def test_many_days_are_as_many_times_one_and_back_is_back(
    kind: Kind, at: int, length: int, country: str, off: bool, days: int
) -> None:
    plan = stepped = about(kind, at, length, country, *([AWAY] if off else []))
    once = move_increments(plan, [A], days)
    for _ in range(abs(days)):
        stepped = move_increments(stepped, [A], 1 if days > 0 else -1)
    assert stepped == once
    for _ in range(abs(days)):
        stepped = move_increments(stepped, [A], -1 if days > 0 else 1)
    assert stepped == plan == move_increments(once, [A], -days)


@given(st.sampled_from(list(Kind)), st.integers(-20, 60), st.integers(1, 50), st.booleans(), st.data())
@settings(deadline=None)
def test_a_consult_follows_onto_days_that_are_worked_and_never_onto_others(
    kind: Kind, at: int, length: int, off: bool, data: st.DataObject
) -> None:
    plan = about(kind, at, length, "DE", *([AWAY] if off else []))
    start = day(0) + timedelta(data.draw(st.integers(-40, 40)))
    span = DateSpan(start, start + timedelta(data.draw(st.one_of(st.just(length), st.integers(1, 60)))))
    asked = resize_increment(plan, A, span).checkpoints[K].day
    calendar = calendar_of(plan, PROJECT.id, DateSpan(day(-50), day(50)))
    worked = [d for n in range(span.days) if calendar.works(d := span.start + timedelta(n))]
    assert calendar.works(asked) or (not worked and span.start <= asked < span.end)
    if kind is Kind.GO_LIVE and plan.checkpoints[K].day == calendar.last_within(plan.increments[A].span):
        assert asked == (worked[-1] if worked else span.finish)


def test_days_on_which_the_whole_team_is_away_are_not_worked() -> None:
    plan = plan_of(increment("a", 0, 4), AWAY, look("k", day(1, 1), increment=A))
    assert move_increments(plan, [A], 14).checkpoints[K].day == day(3, 4)  # the Tuesday before is a day of the fair


def test_a_look_that_was_put_on_a_saturday_follows_onto_a_working_day() -> None:
    plan = about(Kind.MID_WAY, 8, 28, "")
    plan = plan.with_entities([replace(plan.checkpoints[K], day=day(1, 5))])
    assert [move_increments(plan, [A], n).checkpoints[K].day for n in (1, 7)] == [day(2), day(2, 4)]


@given(st.integers(0, 400), st.integers(-300, 300), st.sampled_from(["", "DE"]))
@settings(deadline=None)
def test_counting_working_days_is_what_going_from_day_to_day_gives(first: int, days: int, country: str) -> None:
    calendar, start = WorkingCalendar(country), date(2026, 9, 1) + timedelta(first)
    end = start + timedelta(days)
    one, two = min(start, end), max(start, end)
    count = sum(calendar.works(one + timedelta(n)) for n in range((two - one).days))
    assert calendar.worked_between(start, end) == (count if days >= 0 else -count)
    assert calendar.after(start, calendar.worked_between(start, end)) == calendar.on_or_after(end)


def test_a_move_beyond_the_years_of_a_plan_is_refused_for_a_consult_too() -> None:
    with pytest.raises(Refused, match="1900 to 2200"):
        WorkingCalendar().after(date(2200, 12, 1), 60)
    with pytest.raises(Refused, match="1900 to 2200"):
        WorkingCalendar().after(date(1900, 1, 3), -60)


def test_a_consult_put_by_hand_lands_on_a_day_that_its_team_works_whatever_the_way() -> None:
    plan = plan_of(increment("a", 0, 4), AWAY, look("k", day(1), increment=A), look("j", day(1, 1), increment=A))
    for saturday in (
        move_checkpoint(plan, K, day(2, 5)),
        put_checkpoint(plan, replace(plan.checkpoints[K], day=day(2, 5))),
        with_checkpoint(plan, K, {"day": day(2, 5)}),
        with_checkpoints(plan, [K], {"day": day(2, 6)}),
        shift_checkpoints(plan, [K], 12),
    ):
        assert saturday.checkpoints[K].day == day(2, 4)
    assert move_checkpoint(plan, K, day(3, 3)).checkpoints[K].day == day(3)  # all are at the fair
    shifted = shift_checkpoints(plan, [K, EntityId("j")], 4)
    assert [shifted.checkpoints[EntityId(k)].day for k in "kj"] == [day(1, 4), day(1, 4)]
    stood = plan.with_entities([replace(plan.checkpoints[K], day=day(2, 5))])
    assert with_checkpoint(stood, K, {"question": "Well?"}).checkpoints[K].day == day(2, 5)


def history() -> Plan:
    return plan_of(
        increment("a", 0, 4, status=Status.DELIVERED),
        increment("b", 4, 8),
        increment("c", 8, 9, status=Status.CANCELLED),
        look("k", day(2), increment=A),
    )


def test_what_is_delivered_or_cancelled_is_never_given_other_days() -> None:
    plan = history()
    edits: tuple[Callable[[], Plan], ...] = (
        lambda: move_increments(plan, [A], 7),
        lambda: move_increments(plan, [C, A], 7),
        lambda: resize_increment(plan, A, DateSpan(day(0), day(2))),
        lambda: change_increment(plan, replace(plan.increments[C], span=DateSpan(day(0), day(2)))),
        lambda: start_on(plan, A, day(1)),
        lambda: finish_on(plan, C, day(20)),
        lambda: with_lengths(plan, [A], 5),
    )
    for edit in edits:
        with pytest.raises(Refused, match="is delivered or cancelled: its days are history"):
            edit()
    assert with_increment(plan, A, {"actual_per_month": 5}).increments[A].actual_per_month == 5


def test_what_is_history_among_several_is_left_behind_and_named() -> None:
    plan = history()
    for after in (move_increments(plan, [A, B, C], 7), with_lengths(plan, [C, B, A], 10)):
        assert {k for k in plan.increments if plan.increments[k] != after.increments[k]} == {B}
        assert after.checkpoints == plan.checkpoints
    assert left_text(plan, [B]) == ""
    assert left_text(plan, [B, A]) == "“Title a” is delivered or cancelled: it stays where it is."
    assert left_text(plan, [A, B, C]).startswith("“Title a” and others, 2 in all, are delivered or cancelled")


def test_one_that_gets_shorter_pushes_nothing_whatever_the_order_of_the_selection() -> None:
    plan = plan_of(
        increment("a", 0, 2), increment("b", 2, 10), increment("c", 10, 11),
        Link(EntityId("ab"), A, B), Link(EntityId("bc"), B, C),
    )  # fmt: skip
    for ids in ([A, B], [B, A]):
        after = with_lengths(plan, ids, 28)
        assert [after.increments[k].span.start for k in (A, B, C)] == [day(0), day(4), day(10)]


def test_lengths_are_given_alike_whatever_the_order_of_the_selection() -> None:
    plan = plan_of(
        increment("a", 0, 2), increment("b", 2, 4), increment("c", 4, 6),
        Link(EntityId("ab"), A, B), Link(EntityId("bc"), B, C),
    )  # fmt: skip
    ways = [with_lengths(plan, ids, 28) for ids in ([A, B, C], [C, B, A], [B, C, A])]
    assert ways[0] == ways[1] == ways[2]
    assert [ways[0].increments[k].span.start for k in (A, B, C)] == [day(0), day(4), day(8)]


def test_an_edit_of_what_is_gone_is_refused_in_a_sentence() -> None:
    plan = plan_of(increment("a", 0, 4), look("k", day(1), increment=A))
    edits: tuple[Callable[[], Plan], ...] = (
        lambda: move_increments(plan, [GONE], 7),
        lambda: resize_increment(plan, GONE, DateSpan(day(0), day(2))),
        lambda: start_on(plan, GONE, day(1)),
        lambda: with_increment(plan, GONE, {"title": "X"}),
        lambda: with_increments(plan, [A, GONE], {"title": "X"}),
        lambda: with_lengths(plan, [GONE], 7),
        lambda: delete_increments(plan, [GONE]),
        lambda: move_checkpoint(plan, GONE, day(1)),
        lambda: delete_checkpoint(plan, GONE),
        lambda: put_checkpoint(plan, look("new", day(1), increment=GONE)),
        lambda: put_checkpoint(plan, look("new", day(1), project=GONE)),
        lambda: with_lags(plan, [GONE], 7),
        lambda: change_lag(plan, GONE, 7),
        lambda: delete_links(plan, [GONE]),
        lambda: add_link(plan, Link(EntityId("l"), A, GONE)),
        lambda: add_link(plan, Link(EntityId("l"), GONE, A)),
    )
    for edit in edits:
        with pytest.raises(Refused, match="no longer there: nothing was changed"):
            edit()


def test_an_answered_consult_does_not_follow() -> None:
    answer = Decision(EntityId("d"), K, Answer.APPROVE, "CMO", datetime(2027, 2, 12, tzinfo=UTC), 1)
    plan = about(Kind.GO_LIVE, 27, 28, "").with_entities([answer])
    assert move_increments(plan, [A], 7).checkpoints == plan.checkpoints
