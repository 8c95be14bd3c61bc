"""A consult waits for an answer from its day on, the most overdue first; what is answered is listed latest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from roadmapper.domain.consult import Answer, Condition, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.planning.consults.due import Consults, State, consults_of
from tests.domain.samples import day, increment, look, plan_of

TODAY = day(10)


def answer(key: str, at: str, kind: Answer = Answer.APPROVE, hour: int = 9) -> Decision:
    return Decision(EntityId(key), EntityId(at), kind, "Ada", datetime(2027, 3, 1, hour, tzinfo=UTC), 1)


def plan() -> Plan:
    return plan_of(
        increment("a", 0, 4),
        increment("gone", 4, 8, status=Status.CANCELLED),
        increment("b", 8, 12),
        look("late", day(8), increment=EntityId("b")),
        look("later", day(9, 6)),
        look("today", day(10), increment=EntityId("a")),
        look("soon", day(10, 1)),
        look("far", day(12)),
        look("never", day(5), increment=EntityId("gone")),
        look("was", day(6), increment=EntityId("gone")),
        look("no", day(7)),
        answer("d1", "was", Answer.APPROVE_WITH_CHANGES),
        answer("d2", "no", Answer.APPROVE, 10),
        answer("d3", "no", Answer.REJECT, 11),
        Condition(EntityId("n1"), EntityId("d1"), "Done early", done=day(8)),
        Condition(EntityId("n2"), EntityId("d1"), "Still open"),
        Condition(EntityId("n3"), EntityId("d2"), "Of an answer that no longer holds"),
    )


def ids(consults: Consults) -> tuple[list[str], list[str], list[str]]:
    due, coming, answered = (
        [str(c.checkpoint.id) for c in group] for group in (consults.due, consults.coming, consults.answered)
    )
    return due, coming, answered


def test_consults_stand_in_the_order_in_which_they_are_wanted() -> None:
    assert ids(consults_of(plan(), TODAY)) == (["late", "later", "today"], ["soon", "far"], ["no", "was"])


def test_a_consult_tells_how_late_it_is_and_which_increment_of_how_many_it_is_about() -> None:
    found = consults_of(plan(), TODAY).by_id
    late, today, soon = (found[EntityId(key)] for key in ("late", "today", "soon"))
    assert (late.days, today.days, soon.days) == (14, 0, -1)
    assert (late.number, late.count, today.number) == (2, 2, 1)
    assert soon.increment is None and soon.number is None
    assert (late.state, soon.state) == (State.DUE, State.COMING)


def test_one_about_a_cancelled_increment_takes_place_only_if_it_was_answered() -> None:
    found = consults_of(plan(), TODAY).by_id
    assert EntityId("never") not in found
    was = found[EntityId("was")]
    assert was.state is State.ANSWERED and was.number is None and was.increment is not None
    assert [c.text for c in was.conditions] == ["Still open", "Done early"]


def test_the_latest_answer_holds_and_a_reject_is_an_answer() -> None:
    rejected = consults_of(plan(), TODAY).by_id[EntityId("no")]
    assert rejected.decision is not None and rejected.decision.answer is Answer.REJECT
    assert rejected.state is State.ANSWERED and rejected.conditions == ()


def test_a_day_later_what_came_next_is_due() -> None:
    assert "soon" in ids(consults_of(plan(), day(10, 1)))[0]
    assert consults_of(plan(), date(2026, 1, 1)).due == ()
    assert consults_of(replace(plan(), checkpoints={}, decisions={}), TODAY).by_id == {}
