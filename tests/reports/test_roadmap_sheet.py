"""The roadmap on a page: story, figures, legend and lanes, and nothing that is not true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from roadmapper.domain.dates import DateSpan, add_months
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Figure, Paragraph, Place
from roadmapper.planning.forecast import revenue, revenue_by_horizon
from roadmapper.planning.phrases import money_text
from roadmapper.reports.documents import document_of
from roadmapper.reports.pages import ArrowMark, Curve, Document, Fill, Text, Weight
from roadmapper.reports.paper import Kind
from roadmapper.reports.proof import proof_of
from roadmapper.reports.roadmap_sheet import roadmap_document
from roadmapper.reports.story_strip import Story, stories_of, unanswered
from roadmapper.workspace.jobs import Progress
from tests.reports.conftest import TODAY, made, source_of


def _story(plan: Plan, place: Place) -> Story:
    return next(story for story in stories_of(plan, plan, TODAY) if story.place is place)


def _words(document: Document) -> list[str]:
    return [text.words for page in document.pages for text in page.texts()]


def _paragraph(place: Place, title: str, text: str, *figures: Figure) -> Paragraph:
    return Paragraph(EntityId(f"p-{place}"), place, title, text, figures)


def test_the_ask_is_what_is_not_delivered_yet_and_what_it_earns(split_sample: Plan) -> None:
    ahead = [i for i in split_sample.increments.values() if i.status is not Status.DELIVERED]
    story = _story(split_sample, Place.ASK)
    frame = split_sample.roadmap
    assert story.title == f"Fund the next {len(ahead)} increments"
    effort = f"{sum(i.effort_pw or 0 for i in ahead):,.0f}".replace(",", "\u00a0")
    assert story.text.startswith(f"{effort} person-weeks, earning")
    assert money_text(revenue(ahead, frame, frame.horizon), frame.currency) in story.text
    unknown = split_sample.with_entities([replace(ahead[0], effort_pw=None)])
    assert _story(unknown, Place.ASK).text.startswith("At least ")
    done = split_sample.with_entities(replace(i, status=Status.DELIVERED) for i in ahead)
    assert _story(done, Place.ASK).title == "Nothing is left to fund"


def test_the_price_of_waiting_is_what_a_month_later_loses() -> None:
    plan = made(2, 6, 60, 56)
    later = plan.with_entities(
        replace(i, span=DateSpan(i.span.start, add_months(i.span.end, 1))) for i in plan.increments.values()
    )
    lost = sum(revenue_by_horizon(plan, p) - revenue_by_horizon(later, p) for p in plan.projects)
    assert _story(plan, Place.WHY_NOW).title == f"{money_text(lost, 'EUR')} for a month"
    unknown = plan.with_entities(replace(i, revenue_per_month=None) for i in plan.increments.values())
    assert _story(unknown, Place.WHY_NOW).title == "No price of waiting is known"


def test_only_what_both_sides_signed_is_called_agreed(split_sample: Plan) -> None:
    signed, plain = _story(split_sample, Place.AGREED), _story(made(1, 2, 30, 30), Place.AGREED)
    assert signed.title == "Never more than 6 weeks"
    assert "What counts: " in signed.text
    assert plain.title == "Nothing is signed yet"
    assert plain.text == "The plan is held to at most 6 weeks without a word to the CMO."
    silent = made(1, 2, 30, 30)
    told = _story(silent.without(silent.checkpoints.values()), Place.AGREED)
    assert told.title == "Nothing is signed yet" and told.text.endswith("the plan leaves 8 weeks 4 days.")


def test_the_risks_count_what_is_wrong(split_sample: Plan) -> None:
    plan = made(1, 4, 40, 40)
    silent = plan.without(plan.checkpoints.values())
    assert _story(silent, Place.RISKS).text.startswith("1 consult gap, ")
    due = [c for c in split_sample.checkpoints.values() if c.day < TODAY and c.id not in split_sample.latest_decisions]
    assert f"{len(due)} consults without an answer" in _story(split_sample, Place.RISKS).text


def test_what_was_written_stands_in_place_of_what_is_computed_with_current_figures(
    fonts: None, split_sample: Plan
) -> None:
    old = Figure("increments", "3")
    text = "We build {increments} increments."
    plan = split_sample.with_entities([_paragraph(Place.ASK, "Say yes", text, old)])
    document = roadmap_document(source_of(plan))
    words = _words(document)
    assert "Say yes" in words
    assert f"We build {len(plan.increments)} increments." in words
    assert not any(said.startswith("Fund the next") for said in words)
    (stale,) = document.stale
    assert stale.startswith("“Ask: Say yes”: ") and "“increments” was 3 " in stale
    assert f" {len(plan.increments)} now" in stale


@pytest.mark.parametrize("upright", [False, True])
def test_the_story_takes_at_most_a_quarter_of_the_page_and_says_what_it_cuts(fonts: None, *, upright: bool) -> None:
    plan = made(2, 5, 60, 56).with_entities([_paragraph(Place.RISKS, "Much to say", "Word after word. " * 200)])
    document = roadmap_document(source_of(plan, upright=upright))
    page = document.pages[0]
    texts = list(page.texts())
    label, body = (next(t for t in texts if t.words.startswith(w)) for w in ("Risks", "Word after"))
    assert body.box.bottom - label.box.top <= page.height / 4
    assert body.lines[-1].endswith("…")
    assert "Some words of “Risks” are left out: there is no room for more." in document.left_out


def test_a_shorter_story_is_taken_before_a_second_page(fonts: None) -> None:
    story = [_paragraph(place, "A heading", "Word after word. " * 60) for place in (Place.ASK, Place.RISKS)]
    counts = [len(roadmap_document(source_of(made(n, 5, 60, 56).with_entities(story))).pages) for n in range(1, 12)]
    assert counts == sorted(counts)
    alone = [len(roadmap_document(source_of(made(n, 5, 60, 56))).pages) for n in range(1, 12)]
    assert sum(one != two for one, two in zip(counts, alone, strict=True)) <= 1


def test_few_links_between_projects_are_drawn_where_their_heads_show(fonts: None) -> None:
    plan = made(2, 4, 90, 40)
    right = Link(EntityId("l"), EntityId("inc-0-0"), EntityId("inc-1-2"))
    wrong = Link(EntityId("m"), EntityId("inc-1-3"), EntityId("inc-0-1"))
    within = Link(EntityId("n"), EntityId("inc-0-0"), EntityId("inc-0-1"))
    document = roadmap_document(source_of(plan.with_entities([right, wrong, within])))
    arrows = [item.ink for item in document.pages[0].items if isinstance(item, ArrowMark)]
    assert sorted(arrows) == ["bad", "bad", "faint", "faint"]  # each once on the chart and once in the legend
    assert {"comes after", "starts too early"} <= set(_words(document))
    assert "comes after" not in _words(roadmap_document(source_of(plan)))


def test_one_project_shows_what_it_earns_below_its_lane(fonts: None, split_sample: Plan) -> None:
    first = split_sample.projects_in_order[0].id
    (page,) = roadmap_document(source_of(split_sample, projects=frozenset({first}))).pages
    (curve,) = (item for item in page.items if isinstance(item, Curve))
    assert curve.points[-1][1] == pytest.approx(revenue_by_horizon(split_sample, first), rel=1e-6)
    assert "earned by the plan" in [t.words for t in page.items if isinstance(t, Text)]
    (whole,) = roadmap_document(source_of(split_sample)).pages
    assert not any(isinstance(item, Curve) for item in whole.items)


def test_part_of_the_days_and_projects_is_told_on_the_page_and_in_what_is_left_out(
    fonts: None, split_sample: Plan
) -> None:
    chosen = frozenset(p.id for p in split_sample.projects_in_order[:2])
    span = DateSpan(date(2027, 4, 1), date(2027, 10, 1))
    document = roadmap_document(source_of(split_sample, projects=chosen, span=span))
    words = _words(document)
    assert any("2 of 4 projects" in said for said in words)
    assert "goes on beyond these days" in words
    assert document.left_out[0] == "2 of 4 projects are not shown: “Loyalty app”, “Web shop move”."
    nobody = roadmap_document(source_of(split_sample, projects=frozenset()))
    assert "None of the projects is chosen to be printed." in _words(nobody)


def test_progress_hears_of_every_page(fonts: None) -> None:
    told: list[tuple[int, int]] = []
    document = roadmap_document(source_of(made(40, 5, 60, 56)), Progress(lambda done, of: told.append((done, of))))
    assert told == [(n, len(document.pages)) for n in range(1, len(document.pages) + 1)]


def test_a_text_that_is_stale_or_names_nothing_has_a_painted_sign_and_is_told_once(
    fonts: None, split_sample: Plan
) -> None:
    old = _paragraph(Place.ASK, "Say yes", "{increments} and {projects}", Figure("increments", "3"))
    typed = _paragraph(Place.RISKS, "Mind {turnover}", "Words.")
    plan = split_sample.with_entities([old, typed])
    document = roadmap_document(source_of(plan))
    (page,) = document.pages
    signs = [item.box for item in page.items if isinstance(item, Fill) and item.ink == "warning"]
    flaws = {text.words: text.box for text in page.texts() if text.ink == "warning"}
    assert set(flaws) == {"written for other figures", "a figure stands for nothing"}
    for box in flaws.values():
        assert any(abs(sign.top - box.top) < 0.1 and sign.right <= box.left for sign in signs)
    both = document_of(source_of(plan), (Kind.ROADMAP, Kind.BOARD_PACK))
    proof = proof_of(both)
    assert len(document.stale) == len(proof.stale) == 2 and not proof.ready
    assert any("{turnover}" in sentence for sentence in proof_of(document).sentences)
    fresh = roadmap_document(source_of(split_sample.with_entities([_paragraph(Place.ASK, "Say yes", "Please.")])))
    assert not fresh.stale and not any(text.ink == "warning" for text in fresh.pages[0].texts())


def test_each_further_paragraph_of_a_place_has_its_heading_in_bold_on_a_line_of_its_own(
    fonts: None, split_sample: Plan
) -> None:
    one, two = _paragraph(Place.ASK, "Say yes", "First words."), _paragraph(Place.ASK, "And soon", "Second words.")
    plan = split_sample.with_entities([one, replace(two, id=EntityId("s-second"), position=1)])
    (page,) = roadmap_document(source_of(plan)).pages
    found = {text.words: text for text in page.texts()}
    heading = found["And soon"]
    assert heading.weight is Weight.BOLD
    assert found["First words."].box.bottom <= heading.box.top < heading.box.bottom <= found["Second words."].box.top


def test_money_of_several_years_is_called_discounted_where_it_is(split_sample: Plan) -> None:
    frame = replace(split_sample.roadmap, discounted=True, discount_percent=8.0)
    plan = split_sample.with_entities([frame])
    assert "(discounted) by" in _story(plan, Place.ASK).text
    assert "(discounted) for a month" in _story(plan, Place.WHY_NOW).title
    assert "discounted" not in _story(split_sample, Place.ASK).text + _story(split_sample, Place.WHY_NOW).title


def test_a_consult_is_late_from_the_day_after_and_only_if_it_takes_place() -> None:
    plan = made(1, 3, 30, 30)
    first, second, third = sorted(plan.checkpoints.values(), key=lambda c: c.day)
    assert unanswered(plan, first.day) == []
    assert unanswered(plan, third.day) == [first, second]
    gone = replace(next(iter(plan.increments.values())), status=Status.CANCELLED)
    plan = plan.with_entities([gone, replace(first, increment=gone.id)])
    assert unanswered(plan, third.day) == [second]


def test_a_roadmap_that_needs_more_than_one_page_says_how_many(fonts: None) -> None:
    document = roadmap_document(source_of(made(9, 60, 10, 28)))
    assert len(document.pages) > 1
    assert f"The roadmap does not fit on one page: it takes {len(document.pages)} pages." in document.left_out
    assert not any("fit on one page" in said for said in roadmap_document(source_of(made(2, 4, 90, 40))).left_out)
