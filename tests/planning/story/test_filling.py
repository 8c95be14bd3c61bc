"""The story: placeholders are filled with the current figures, and a text knows when one of them has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.story import Paragraph, Place
from roadmapper.planning.forecast import revenue_by_horizon
from roadmapper.planning.story.figures import figure_of, offered
from roadmapper.planning.story.filling import confirmed, filled

SHOP, ONE, TWO = EntityId("shop"), EntityId("one"), EntityId("two")
START = date(2027, 1, 4)


@pytest.fixture
def plan() -> Plan:
    return Plan.of(
        Roadmap("Northwind", START, currency="EUR"),
        Project(SHOP, "Web shop", DateSpan(START, date(2028, 12, 30))),
        Increment(ONE, SHOP, "First", DateSpan(START, later(START, 40)), "Use it", effort_pw=12.5,
                  revenue_per_month=3_000_000),
        Increment(TWO, SHOP, "Second", DateSpan(later(START, 42), later(START, 80)), "Use more", effort_pw=7.0,
                  revenue_per_month=1_000_000),
        Measure(EntityId("opt"), "Opt-in rate", "%", 10.0, 30.0),
        Reading(EntityId("r1"), EntityId("opt"), date(2027, 2, 1), 12.5),
    )  # fmt: skip


def text(words: str, title: str = "") -> Paragraph:
    return Paragraph(EntityId("p"), Place.ASK, title, words)


def moved(plan: Plan) -> Plan:
    return plan.with_entities([replace(plan.increments[TWO], span=plan.increments[TWO].span.shifted(28))])


def test_every_placeholder_that_is_offered_stands_for_something_with_a_source(plan: Plan) -> None:
    names = list(offered(plan))
    assert len(names) > 20
    for name in names:
        found = figure_of(plan, name)
        assert found is not None and found.words and found.source, name


def test_placeholders_are_filled_in_heading_and_text_whatever_their_case(plan: Plan) -> None:
    found = filled(plan, text("They earn {Revenue} from {first  value: web shop} on.", "Fund {increments} increments"))
    assert found.title == "Fund 2 increments"
    assert found.text == f"They earn {figure_of(plan, 'revenue').words} from 15\u00a0Feb\u00a02027 on."  # type: ignore[union-attr]
    assert not found.unknown


def test_the_revenue_is_what_the_plan_earns_to_the_cent(plan: Plan) -> None:
    found = figure_of(plan, "revenue: Web shop")
    assert found is not None and found.value == str(revenue_by_horizon(plan, SHOP))


def test_what_stands_for_nothing_is_printed_as_it_was_typed_and_named(plan: Plan) -> None:
    found = filled(plan, text("{turnover} and {revenue: Nobody} and {} and {increments}"))
    assert found.text == "{turnover} and {revenue: Nobody} and {} and 2"
    assert found.unknown == ("turnover", "revenue: Nobody")


def test_a_title_that_two_projects_bear_stands_for_neither(plan: Plan) -> None:
    twice = plan.with_entities([Project(EntityId("again"), "web  SHOP", DateSpan(START, date(2028, 1, 1)))])
    assert figure_of(twice, "effort: Web shop") is None


def test_a_text_is_stale_once_a_figure_in_it_is_another_one_than_when_it_was_confirmed(plan: Plan) -> None:
    fresh = confirmed(plan, text("{revenue} and {increments}"))
    assert not filled(plan, fresh).stale
    after = filled(moved(plan), fresh)
    assert len(after.stale) == 1 and "“revenue”" in after.stale[0]
    assert not filled(moved(plan), confirmed(moved(plan), fresh)).stale


def test_a_change_that_is_not_in_the_text_leaves_it_fresh(plan: Plan) -> None:
    fresh = confirmed(plan, text("{increments} increments"))
    assert not filled(moved(plan), fresh).stale


def test_a_placeholder_that_nobody_has_confirmed_is_stale(plan: Plan) -> None:
    old = confirmed(plan, text("{increments}"))
    assert filled(plan, replace(old, text="{increments} {revenue}")).stale


def test_a_month_of_waiting_is_what_another_month_costs(plan: Plan) -> None:
    found = figure_of(plan, "month of waiting")
    assert found is not None
    assert abs(int(found.value) - 4_000_000) < 4_000_000 * 0.1
    done = plan.with_entities(replace(i, status=Status.DELIVERED) for i in plan.increments.values())
    assert figure_of(done, "month of waiting").value == "0"  # type: ignore[union-attr]


def test_a_measure_says_its_last_reading(plan: Plan) -> None:
    found = figure_of(plan, "measure: opt-in rate")
    assert found is not None and "12.5" in found.words and "1\u00a0Feb\u00a02027" in found.source
