"""The bypass indicator is a sum that everybody can check."""

from __future__ import annotations

from datetime import UTC, datetime

from roadmapper.domain.agreement import OutsidePurchase
from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.planning.consults.bypass import bypass_of, formula_text
from tests.domain.samples import PROJECT, day, increment, look, plan_of


def bought(key: str, week: int, cost: int | None = None) -> OutsidePurchase:
    return OutsidePurchase(EntityId(key), f"Tool {key}", day(week), cost=cost)


def test_the_indicator_adds_silence_against_the_limit_and_what_was_bought_in_twelve_months() -> None:
    answered = Decision(EntityId("d"), EntityId("k"), Answer.APPROVE, "Ada", datetime(2027, 2, 1, 9, tzinfo=UTC), 1)
    plan = plan_of(increment("a", 0, 30), look("k", day(4)), answered)
    assert answered.when.date() == day(4)
    plan = plan.with_entities([bought("old", -49), bought("one", -40, 500), bought("two", 8), bought("next", 10)])
    found = bypass_of(plan, day(9))
    assert (found.project, found.silence_days, found.limit_days) == (PROJECT.id, 35, 42)
    assert [p.id for p in found.purchases] == ["two", "one"] and found.cost == 500
    assert formula_text(found) == "Silence 35 of 42 days (0.83) + 2 purchases outside IT in 12 months = 2.83"


def test_with_nothing_under_way_and_nothing_bought_it_is_nought() -> None:
    text = formula_text(bypass_of(plan_of(), day(9)))
    assert text == "Silence 0 of 42 days (0.00) + 0 purchases outside IT in 12 months = 0.00"
