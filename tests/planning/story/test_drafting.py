"""A draft of the story, the words of a stale figure, the placeholder that was meant, and what stopping leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from roadmapper.domain.dates import DateSpan, later
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.story import Figure, Paragraph, Place
from roadmapper.exchange.sample import sample_plan
from roadmapper.planning.forecast import stop_here
from roadmapper.planning.phrases import money_text
from roadmapper.planning.story.drafting import draft
from roadmapper.planning.story.figures import figure_of, offered
from roadmapper.planning.story.filling import confirmed, filled, parts_of, stale_count
from roadmapper.planning.story.saying import nearest, value_words
from roadmapper.planning.story.stopping import stops

RESOURCES = Path(__file__).parents[3] / "resources"
START = date(2027, 1, 4)
EMPTY = Plan.of(Roadmap("Northwind", START))


@pytest.fixture(scope="module")
def sample() -> Plan:
    return sample_plan(RESOURCES / "samples" / "northwind.json", date(2027, 5, 18))


def worthless(plan: Plan) -> Plan:
    return plan.with_entities(replace(i, revenue_per_month=None) for i in plan.increments.values())


def delivered(plan: Plan) -> Plan:
    return plan.with_entities(replace(i, status=Status.DELIVERED) for i in plan.increments.values())


@pytest.mark.parametrize("kind", ["empty", "sample", "worthless", "delivered"])
def test_a_draft_has_something_for_each_place_and_every_placeholder_stands_for_something(
    sample: Plan, kind: str
) -> None:
    plan = {"empty": EMPTY, "sample": sample, "worthless": worthless(sample), "delivered": delivered(sample)}[kind]
    drafted = draft(plan)
    assert {p.place for p in drafted} == set(Place)
    for paragraph in drafted:
        found = filled(plan, confirmed(plan, paragraph))
        assert not found.unknown and not found.stale and found.text.strip() and found.title.strip()
        assert "{" not in found.title + found.text


def test_a_draft_promises_no_money_that_nobody_has_named(sample: Plan) -> None:
    words = " ".join(filled(worthless(sample), p).text for p in draft(worthless(sample)))
    assert "€" not in words and "Nobody has said yet what the increments earn" in words


def test_a_stale_figure_is_said_as_it_was_and_as_it_is(sample: Plan) -> None:
    old = Paragraph(EntityId("p"), Place.CASE, "", "{revenue}", (Figure("revenue", "610000000"),))
    (sentence,) = filled(sample, old).stale
    assert "€\u00a06.1\u00a0m" in sentence and figure_of(sample, "revenue").words in sentence  # type: ignore[union-attr]


def test_what_is_printed_as_before_is_not_stale(sample: Plan) -> None:
    now = figure_of(sample, "revenue")
    assert now is not None
    near = next(n for n in (int(now.value) + 100, int(now.value) - 100) if money_text(n, "EUR") == now.words)
    old = Paragraph(EntityId("p"), Place.CASE, "", "{revenue}", (Figure("revenue", str(near)),))
    assert not filled(sample, old).stale


def test_every_figure_is_said_from_its_value_as_it_is_printed(sample: Plan) -> None:
    for name in offered(sample):
        now = figure_of(sample, name)
        assert now is not None
        assert value_words(sample, name, now.value) in (now.words, "unknown"), name


@pytest.mark.parametrize("value", ["", "x", "9" * 400, "nan", "-", "2027-99-99"])
def test_a_value_that_cannot_be_read_is_said_as_it_is(sample: Plan, value: str) -> None:
    for name in offered(sample):
        assert isinstance(value_words(sample, name, value), str)


def test_the_placeholder_that_was_meant_is_named(sample: Plan) -> None:
    assert nearest(sample, "revenu") == "revenue"
    assert nearest(sample, "frist value") == "first value"
    assert nearest(sample, "Revenue: Loyalty") == "revenue: Loyalty app"
    assert nearest(sample, "zzzzzz") is None


def test_the_parts_of_a_text_are_the_text_as_it_is_printed(sample: Plan) -> None:
    text = "Up {to} {revenue} by {horizon}."
    parts = list(parts_of(sample, text))
    paragraph = Paragraph(EntityId("p"), Place.CASE, "", text)
    assert "".join(words for words, _ in parts) == filled(sample, paragraph).text
    assert [words for words, figure in parts if figure] == [c.words for c in filled(sample, paragraph).used]


def test_the_sample_has_a_story_that_is_right(sample: Plan) -> None:
    assert all(sample.paragraphs_in_order[place] for place in Place)
    assert len(sample.paragraphs_in_order[Place.CASE]) == 3 and len(sample.paragraphs_in_order[Place.RISKS]) == 2
    for paragraph in sample.paragraphs.values():
        assert not filled(sample, paragraph).unknown
    assert stale_count(sample) == 0
    later_on = sample.with_entities(replace(i, span=i.span.shifted(90)) for i in sample.increments.values())
    assert stale_count(later_on) >= 3


def test_stopping_is_what_the_forecast_says_to_the_cent(sample: Plan) -> None:
    for project in sample.projects:
        mine = list(stops(sample, sample.increments_by_project.get(project, ())))
        wanted = stop_here(sample, project)
        assert [(s.increment, s.revenue) for s in mine] == [(s.increment, s.revenue) for s in wanted]
        assert [s.effort_pw for s in mine] == pytest.approx([s.effort_pw for s in wanted])


def test_stopping_all_together_is_the_sum_over_the_projects_at_each_end() -> None:
    plan = EMPTY
    for n, key in enumerate(("one", "two")):
        project = EntityId(key)
        spans = [DateSpan(later(START, 7 * n), later(START, 60)), DateSpan(later(START, 30), later(START, 200 + 9 * n))]
        plan = plan.with_entities([
            Project(project, key, DateSpan(START, date(2028, 12, 1))),
            *(Increment(EntityId(f"{key}{m}"), project, "x", s, "u", 5.0 + m, 1_234_567 + n, ramp_months=float(m))
              for m, s in enumerate(spans)),
        ])  # fmt: skip
    for stop in stops(plan, plan.increments.values()):
        # Both projects stopped on that day: an increment of the roadmap that holds all is what stop_here would say.
        merged = plan.with_entities(replace(i, project=EntityId("one")) for i in plan.increments.values())
        (same,) = [s for s in stop_here(merged, EntityId("one")) if s.increment.id == stop.increment.id]
        assert stop.revenue == same.revenue and stop.effort_pw == pytest.approx(same.effort_pw)


def told(plan: Plan, place: Place) -> str:
    found = [filled(plan, p) for p in draft(plan) if p.place is place]
    return " | ".join(f"{f.title}: {f.text}" for f in found)


def test_a_draft_says_that_nobody_is_left_without_a_word_only_where_that_is_so(sample: Plan) -> None:
    assert "Nobody is left without a word" in told(sample, Place.CASE)
    silent = sample.without(sample.checkpoints.values())
    assert "Nobody is left" not in told(silent, Place.CASE)
    assert "No consult with the CMO is planned yet" in told(silent, Place.CASE)
    assert "does not keep to it yet" in told(silent, Place.AGREED)
    one = silent.with_entities([next(iter(sample.checkpoints.values()))])
    assert "The CMO hears nothing for " in told(one, Place.CASE) and "Consults with the CMO: 1." in told(
        one, Place.CASE
    )
    unsigned = one.without([*one.signatures.values(), *one.agreements.values()])
    assert "Nothing is signed yet: The roadmap allows at most" in told(unsigned, Place.AGREED)


def test_what_nobody_has_said_is_no_nought(sample: Plan) -> None:
    plan = sample.without(sample.scope_items.values())
    plan = plan.with_entities(replace(i, effort_pw=None, revenue_per_month=None) for i in plan.increments.values())
    for name in ("revenue", "one big delivery", "gain", "month of waiting", "effort", "effort left"):
        found = figure_of(plan, name)
        assert found is not None and (found.value, found.words) == ("–", "not said yet"), name
    assert figure_of(EMPTY, "revenue").value == figure_of(EMPTY, "effort").value == "0"  # type: ignore[union-attr]
    assert "An effort that nobody has said yet" in told(plan, Place.ASK)
    some = sample.with_entities([replace(next(iter(ahead(sample))), effort_pw=None)])
    assert "Release at least " in told(some, Place.ASK) and "of some, nobody has said it" in told(some, Place.ASK)


def ahead(plan: Plan) -> list[Increment]:
    return [i for i in plan.increments.values() if i.counts and i.status is not Status.DELIVERED]


def test_a_sum_that_is_discounted_says_so_where_it_comes_from(sample: Plan) -> None:
    plan = sample.with_entities([replace(sample.roadmap, discounted=True, discount_percent=8.0)])
    for name in ("revenue", "one big delivery", "gain", "month of waiting"):
        assert figure_of(plan, name).source.endswith("discounted")  # type: ignore[union-attr]
        assert "discounted" not in figure_of(sample, name).source  # type: ignore[union-attr]
