"""The price of a wish is measured: what the plan under the changed wish says, less what this one says."""

from __future__ import annotations

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Team
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.pricing import Price, price_text, prices
from roadmapper.planning.proposing import Proposal, propose
from tests.domain.samples import PROJECT, day, item, plan_of

WISHES = Wishes(rounds=30)


def busy_plan() -> Plan:
    """A plan in which everything waits for people: the whole team does one thing after the other."""
    scope = [item(f"s{n}", 28.0, revenue_per_month=1_000_000 * (n + 1), position=n) for n in range(6)]
    chain = [item("base", 18.0, usable=False, position=7), item("top", 6.0, after="base", position=8)]
    return plan_of(*scope, *chain, longest_increment_weeks=6, shortest_increment_weeks=2, longest_silence_weeks=3)


def priced(plan: Plan, wishes: Wishes = WISHES) -> tuple[Proposal, dict[str, Price]]:
    base = propose(plan, PROJECT.id, wishes)
    return base, {price.label: price for price in prices(plan, PROJECT.id, wishes, base)}


def test_one_more_person_where_everybody_is_busy_brings_money() -> None:
    _, found = priced(busy_plan())
    assert found["One more person in “Web”"].value > 0
    assert found["One more person in “Web”"].wishes.more == (("team", 1),)


def test_splitting_with_the_wishes_of_a_price_gives_nothing_better_than_it_says() -> None:
    plan = busy_plan()
    base, found = priced(plan)
    for price in found.values():
        other = propose(plan, PROJECT.id, price.wishes)
        if price.label.startswith("No silence"):
            assert price.consults == other.after.checkpoints - base.after.checkpoints, price
        worth = other.found.worth
        assert (worth.idle, worth.value) <= (
            base.found.worth.idle - price.idle,
            base.found.worth.value + price.value,
        ), price


def test_a_tighter_wish_never_brings_anything_even_where_the_plan_was_hardly_searched() -> None:
    plan = busy_plan()
    base = propose(plan, PROJECT.id, Wishes(seconds=0))
    found = prices(plan, PROJECT.id, Wishes(rounds=1), base)
    tighter = next(price for price in found if price.label == "No increment longer than 4 weeks")
    assert (tighter.idle, -tighter.value) >= (0, 0)


def test_longer_increments_never_cost_and_shorter_ones_never_bring_more_than_is_measured() -> None:
    _, found = priced(busy_plan())
    assert found["No increment longer than 8 weeks"].value >= 0
    assert found["No silence longer than 5 weeks"].consults <= 0 <= found["No silence longer than 1 week"].consults
    assert found["No silence longer than 5 weeks"].value == 0


def test_only_items_that_nobody_waits_for_are_left_out() -> None:
    _, found = priced(busy_plan())
    assert "Without “Item top”" in found and "Without “Item base”" not in found
    assert found["Without “Item s5”"].value < 0 <= found["Without “Item top”"].value
    assert found["Without “Item top”"].wishes.without == {"top"}


def test_what_is_impossible_says_why() -> None:
    gate = item("gate", None, usable=False, gate=True, planned_days=14, after="s", position=2)
    plan = plan_of(item("s", 12.0, revenue_per_month=9), gate, longest_increment_weeks=4, overhead_weeks=1)
    _, found = priced(plan.with_entities([item("t", 6.0, people=6)]))
    price = found["No increment longer than 2 weeks"]
    assert price.refusal and price.value == 0
    assert price_text(price, "EUR") == f"No increment longer than 2 weeks: {price.refusal}"


def test_a_date_that_shorter_increments_can_not_keep_is_told_of() -> None:
    due = [item("a", 24.0), item("b", 12.0, after="a", due=day(8, 4), position=1, revenue_per_month=9)]
    plan = plan_of(*due, longest_increment_weeks=4, shortest_increment_weeks=1, overhead_weeks=1)
    _, found = priced(plan)
    price = found["No increment longer than 2 weeks"]
    assert "date" in price.refusal or "“Item b” must be live by" in price.refusal
    assert not found["No increment longer than 6 weeks"].refusal


def test_every_team_with_work_is_asked_for_one_more_and_those_without_a_size_are_not() -> None:
    plan = plan_of(
        Team(EntityId("app"), "App", 2),
        Team(EntityId("lab"), "Lab"),
        item("a", 12.0, revenue_per_month=9),
        item("b", 2.0, team=EntityId("app")),
        item("c", None, planned_days=14, team=EntityId("lab")),
    )
    _, found = priced(plan)
    assert [key for key in found if key.startswith("One more")] == [
        "One more person in “Web”",
        "One more person in “App”",
    ]


def test_progress_runs_to_the_end_and_may_stop_it() -> None:
    plan = busy_plan()
    base = propose(plan, PROJECT.id, WISHES)
    seen: list[int] = []
    heard: list[Price] = []
    all_ = prices(plan, PROJECT.id, WISHES, base, told=heard.append, progress=lambda done, of: seen.append(done))
    assert tuple(heard) == all_ and seen == sorted(seen) and seen[-1] == 1000

    class Enough(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done > 300:
            raise Enough

    with pytest.raises(Enough):
        prices(plan, PROJECT.id, WISHES, base, progress=stop)


def test_a_price_is_called_measured() -> None:
    price = Price("One more person in “Web”", WISHES, 11_800_000, -14, -1, 0, 2)
    assert price_text(price, "EUR").replace("\u00a0", " ") == (
        "One more person in “Web”: € 118 k more, first value 14 days earlier, 1 increment fewer, 2 consults more "
        "(measured)"
    )
    assert price_text(Price("X", WISHES, proven=True), "EUR") == "X: no difference (measured, both proven best)"
