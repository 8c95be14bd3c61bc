"""Increment sheets: a block for each increment with all that is to be known, links between them, an index of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from roadmapper.domain.agreement import Term
from roadmapper.domain.consult import Answer, Condition, Decision
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.increment import Link as Tie
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import ScopeItem
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.forecast import stop_after, stop_here
from roadmapper.planning.phrases import day_text, effort_text, money_text, span_text
from roadmapper.reports.documents import document_of
from roadmapper.reports.increments_sheet import increments_document
from roadmapper.reports.pages import Align, Anchor, DiamondMark, Document, Fill, Link, Page, Text
from roadmapper.reports.paper import Kind
from roadmapper.reports.proof import proof_of
from roadmapper.workspace.jobs import Cancelled, Progress
from tests.reports.conftest import made, packed, source_of

KEY = EntityId("inc-0-1")


def one(plan: Plan) -> Increment:
    return plan.increments[KEY]


def said(document: Document) -> str:
    return packed("".join(line for page in document.pages for t in page.texts() for line in t.lines))


def anchors(document: Document) -> dict[str, Page]:
    return {i.name: page for page in document.pages for i in page.items if isinstance(i, Anchor)}


def linked_to(document: Document, name: str) -> list[str]:
    """Return the words on which a click leads to *name*."""
    return [
        text.words
        for page in document.pages
        for link in page.items
        if isinstance(link, Link) and link.to == name
        for text in page.texts()
        if link.box.holds(text.box, 1.0)
    ]


@pytest.fixture
def plan() -> Plan:
    """Return a plan of two projects, in which one increment has everything."""
    plan = made(2, 3, 40, 30)
    known = replace(
        one(plan), usable_outcome="Shops see what sells.", effort_pw=12.5, revenue_per_month=20_000_00,
        ramp_months=3.0, actual_per_month=15_000_00, confidence=70,
    )  # fmt: skip
    when = datetime(2027, 3, 1, 12, tzinfo=UTC)
    later, about = when + timedelta(3), EntityId("con-0-1")
    decisions = [
        Decision(EntityId("d1"), about, Answer.REJECT, "Mia", when, 1, comment="Too slow at the till."),
        Decision(EntityId("d2"), about, Answer.APPROVE_WITH_CHANGES, "Mia", later, 2, comment="Better now."),
    ]
    return plan.with_entities([
        known, Tie(EntityId("tie"), EntityId("inc-0-0"), KEY, 3), *decisions,
        Condition(EntityId("cond"), EntityId("d2"), "Show the price first"),
        replace(plan.checkpoints[EntityId("con-0-1")], increment=KEY),
    ])  # fmt: skip


@pytest.fixture
def document(fonts: None, plan: Plan) -> Document:
    """Return its sheet."""
    return increments_document(source_of(plan))


def test_everything_to_be_known_of_an_increment_stands_in_its_block(document: Document, plan: Plan) -> None:
    increment, text, currency = one(plan), said(document), plan.roadmap.currency
    stop = stop_after(plan, increment)
    for words in (
        increment.title, increment.usable_outcome, span_text(increment.span), effort_text(12.5), "confidence 70 %",
        money_text(20_000_00, currency) + " a month", "all of it after 3 months",
        f"really {money_text(15_000_00, currency)} a month",
        f"{money_text(stop.revenue, currency)} earned by {day_text(plan.roadmap.span.finish)}",
        f"{effort_text(round(stop.effort_pw, 1))} spent",
    ):  # fmt: skip
        assert packed(words) in text, words


def test_all_answers_so_far_stand_there_with_what_they_ask_for(document: Document) -> None:
    text = said(document)
    first, second, condition = (
        text.index(packed(words)) for words in ("Rejected", "Approved with changes", "– Show the price first · open")
    )
    assert first < second < condition
    assert packed("“Too slow at the till.”") in text
    assert packed("“Better now.”") in text
    looks = [i.diamond.look.value for page in document.pages for i in page.items if isinstance(i, DiamondMark)]
    assert looks == ["approved with changes"]


def test_what_it_comes_after_leads_there(document: Document, plan: Plan) -> None:
    first = plan.increments[EntityId("inc-0-0")]
    (words,) = [w for w in linked_to(document, "increment inc-0-0") if "(" in w]
    assert words.startswith(f"{first.title} ({day_text(first.span.finish)})")
    assert "3 days more" in words
    assert "increment inc-0-0" in anchors(document)


def test_no_link_leads_to_what_is_not_printed(fonts: None, plan: Plan) -> None:
    after = one(plan).span
    document = increments_document(source_of(plan, span=DateSpan(after.finish, after.end + timedelta(9))))
    assert "increment inc-0-0" not in anchors(document)
    assert linked_to(document, "increment inc-0-0") == []
    assert packed(plan.increments[EntityId("inc-0-0")].title) in said(document)
    assert document.left_out


def test_the_days_stand_at_the_right_edge(document: Document, plan: Plan) -> None:
    days = [t for page in document.pages for t in page.texts() if t.words == span_text(one(plan).span)]
    assert {t.align for t in days} == {Align.RIGHT}
    right = source_of(plan).room(upright=True).right
    assert all(t.box.right == pytest.approx(right) for t in days)


def test_groundwork_says_so_and_has_a_hollow_stripe(document: Document, plan: Plan) -> None:
    groundwork = [i for i in plan.increments.values() if not i.usable_outcome]
    assert said(document).count(packed("Groundwork: nothing that marketing can use yet")) == len(groundwork)
    stripes = [item for page in document.pages for item in page.items if isinstance(item, Fill)]
    assert len(stripes) == len(plan.increments)
    assert sum(stripe.ink == "surface" and stripe.edge.startswith("accent") for stripe in stripes) == len(groundwork)


def test_a_block_is_one_stripe_without_gaps(document: Document, plan: Plan) -> None:
    page = anchors(document)[f"increment {KEY}"]
    (mark,) = [i for i in page.items if isinstance(i, Anchor) and i.name == f"increment {KEY}"]
    (stripe,) = [i for i in page.items if isinstance(i, Fill) and abs(i.box.top - mark.y) < 0.1]
    name = next(t for t in page.texts() if t.box.top >= mark.y and one(plan).title in t.words)
    assert stripe.box.top <= name.box.top
    assert stripe.box.height > 80


def test_five_ordinary_increments_fit_a_page(fonts: None) -> None:
    document = increments_document(source_of(made(1, 12, 40, 30, months=60)))
    blocks = [sum(isinstance(i, Anchor) and i.name.startswith("increment") for i in p.items) for p in document.pages]
    assert min(blocks[:-1]) >= 5


def test_few_increments_have_no_index_and_many_have_one_that_leads_to_each(fonts: None) -> None:
    few, plan = made(1, 30, 20, 14, months=60), made(4, 40, 20, 14, months=60)
    assert increments_document(source_of(few)).pages[0].number == ""
    assert not any(isinstance(i, Link) for p in increments_document(source_of(few)).pages for i in p.items)
    source = source_of(plan)
    document = document_of(source, (Kind.ROADMAP, Kind.INCREMENTS))
    where = {i.name: page.number for page in document.pages for i in page.items if isinstance(i, Anchor)}
    told: dict[str, list[str]] = {}
    for page in document.pages:
        for link in page.items:
            if isinstance(link, Link) and "increment" in link.to:
                words = [t.words for t in page.texts() if link.box.holds(t.box, 1.0)]
                told.setdefault(link.to, []).extend(w for w in words if w.isdigit())
    assert len(told) == 160
    assert told == {name: [where[name]] for name in told}


def test_the_index_comes_first_and_only_one_page_has_the_title(fonts: None) -> None:
    document = increments_document(source_of(made(4, 40, 20, 14, months=60)))
    marks = [(i.level, i.bookmark) for p in document.pages for i in p.items if isinstance(i, Anchor) and i.bookmark]
    assert [mark for mark in marks if mark[0] == 0] == [(0, "Increments")]
    assert marks[0] == (0, "Increments")
    assert [words for level, words in marks if level == 1] == [f"Project {n}" for n in range(4)]
    first = document.pages[0].items[0]
    assert isinstance(first, Anchor)
    assert first.bookmark == "Increments"


@pytest.mark.parametrize("wishes", [{}, {"paper": "Letter"}, {"paper": "A3", "upright": False}, {"upright": False}])
def test_any_words_fit_on_any_paper(fonts: None, plan: Plan, wishes: dict[str, object]) -> None:
    names = (
        "Donaudampfschifffahrtsgesellschaftskapitänswitwe" * 4,
        "منصة بيانات العملاء " * 9,
        "顧客データ基盤の刷新" * 12,
    )
    plan = plan.with_entities(
        replace(i, title=names[n % 3][:190].strip(), usable_outcome=(names[(n + 1) % 3] * 5)[:900].strip())
        for n, i in enumerate(plan.increments.values())
    )
    source = source_of(plan, **wishes)
    document = increments_document(source)
    proof = proof_of(document, source.measure)
    assert not (proof.overlapping or proof.leaving or proof.shortened)
    for increment in plan.increments.values():
        assert packed(increment.title) in said(document)
        assert packed(increment.usable_outcome) in said(document)


def test_an_increment_higher_than_a_page_goes_on_over_several(fonts: None, plan: Plan) -> None:
    items = [
        ScopeItem(EntityId(f"item-{n}"), EntityId("prj-0"), f"A part of it that has a number, {n}", increment=KEY)
        for n in range(400)
    ]
    plan = plan.with_entities(items)
    source = source_of(plan)
    document = increments_document(source)
    proof = proof_of(document, source.measure)
    assert not (proof.overlapping or proof.leaving or proof.shortened)
    text = said(document).replace(packed("Increments" + "continued" + "Project 0, continued"), "")
    assert packed(" · ".join(item.title for item in plan.scope_by_increment[KEY])) in text
    assert len(document.pages) > 2


def test_words_of_the_glossary_are_explained_on_their_page(fonts: None, plan: Plan) -> None:
    plan = plan.with_entities([Term(EntityId("t"), "sells", "leaves the shop with a customer")])
    document = increments_document(source_of(plan))
    page = anchors(document)[f"increment {KEY}"]
    assert "sells = leaves the shop with a customer" in [t.words for t in page.texts()]


def test_what_nobody_knows_is_a_dash_and_said_once(fonts: None, plan: Plan) -> None:
    unknown = [replace(i, effort_pw=None, revenue_per_month=None) for i in plan.increments.values()]
    bare = increments_document(source_of(plan.with_entities(unknown)))
    text, day = said(bare), day_text(plan.roadmap.span.finish)
    assert text.count(packed("Revenue–If it stops here–")) == len(plan.increments)
    assert "€0" not in text and "0pw" not in text
    some = plan.with_entities(replace(i, effort_pw=2.0) for i in unknown)
    assert said(increments_document(source_of(some))).count(packed(f"– earned by {day}")) == len(plan.increments)
    assert "€0" not in text
    assert text.count(packed("of 6 increments: the effort of 6, the revenue of 6")) == 1
    first, *others = unknown
    known = plan.with_entities([*others, replace(first, effort_pw=2.0, revenue_per_month=100_00)])
    text = said(increments_document(source_of(known)))
    assert text.count(packed("If it stops here–")) == 3, "those of the other project"
    assert packed("2 pw spent") in text
    assert packed("the effort of 5, the revenue of 5") in text
    known = plan.with_entities(replace(i, effort_pw=1.0, revenue_per_month=1) for i in plan.increments.values())
    assert packed("Not entered yet") not in said(increments_document(source_of(known)))


def test_decimals_are_those_that_a_reader_needs(fonts: None, plan: Plan) -> None:
    rough = replace(one(plan), ramp_months=1.829268292, effort_pw=12.3333333)
    text = said(increments_document(source_of(plan.with_entities([rough]))))
    assert packed("all of it after 1.8 months") in text
    assert packed("12.3 pw") in text
    assert "1.829" not in text and "12.33" not in text
    text = said(increments_document(source_of(plan.with_entities([replace(rough, ramp_months=1.0)]))))
    assert packed("all of it after 1 monthreally") in text
    text = said(increments_document(source_of(plan.with_entities([replace(rough, ramp_months=0.01)]))))
    assert packed("all of it after") not in text


def test_money_that_is_discounted_is_called_so_once(fonts: None, plan: Plan) -> None:
    assert "discounted" not in said(increments_document(source_of(plan)))
    plan = plan.with_entities([replace(plan.roadmap, discounted=True, discount_percent=6.5)])
    words = packed(f"discounted: what it is worth on {day_text(plan.roadmap.start)}, at 6.5 % a year")
    assert said(increments_document(source_of(plan))).count(words) == 1
    plan = plan.with_entities([replace(plan.roadmap, discount_percent=0.0)])
    assert "discounted" not in said(increments_document(source_of(plan)))


def test_what_was_cancelled_before_it_is_called_so(fonts: None, plan: Plan) -> None:
    first = plan.increments[EntityId("inc-0-0")]
    plan = plan.with_entities([replace(first, status=Status.CANCELLED)])
    assert packed(f"Comes after{first.title} (cancelled)") in said(increments_document(source_of(plan)))


def test_each_page_says_whose_increments_it_shows(fonts: None) -> None:
    document = increments_document(source_of(made(2, 15, 40, 30, months=60)))
    whose = ""
    for page in document.pages:
        texts = [t for t in page.texts() if t.words not in ("Increments", "continued", "Roadmap of many")]
        if whose and not any(isinstance(i, Anchor) and i.name.startswith("project") for i in page.items):
            assert texts[0].words == f"{whose}, continued"
        for item in page.items:
            if isinstance(item, Anchor) and item.name.startswith("project"):
                whose = item.bookmark
    assert len(document.pages) > 3
    assert said(document).count(packed("Project 0, continued")) > 0
    assert said(document).count(packed("Project 1, continued")) > 0


def test_an_empty_roadmap_does_not_ask_for_other_days(fonts: None) -> None:
    document = increments_document(source_of(Plan.of(Roadmap("Nothing", date(2027, 1, 4), 24, "EUR"))))
    assert packed("No increment is planned yet.") in said(document)
    assert "choose" not in said(document)


def test_no_increment_in_these_days_says_so(fonts: None, plan: Plan) -> None:
    day = plan.roadmap.start + timedelta(700)
    document = increments_document(source_of(plan, span=DateSpan(day, day + timedelta(7))))
    assert packed("No increment lies in these days") in said(document)
    assert document.left_out == ("6 increments lie outside the days or projects that were chosen.",)


def test_whoever_waits_for_many_hears_of_it_and_may_stop_it(fonts: None) -> None:
    heard: list[tuple[int, int]] = []
    source = source_of(made(2, 50, 20, 14, months=60))
    increments_document(source, Progress(lambda done, of: heard.append((done, of))))
    assert heard == [(n, 100) for n in range(0, 100, 20)]
    progress = Progress(lambda done, of: None)
    progress.cancel()
    with pytest.raises(Cancelled):
        increments_document(source, progress)


def test_stopping_after_each_is_the_same_as_stopping_after_one_of_them() -> None:
    plan = made(1, 60, 5, 30)
    plan = plan.with_entities(
        replace(i, effort_pw=n * 1.7, span=DateSpan(i.span.start, i.span.start + timedelta(5 + 7 * (n % 9))))
        for n, i in enumerate(plan.increments.values())
    )
    stops = stop_here(plan, EntityId("prj-0"))
    assert [s.increment.span.end for s in stops] == sorted(i.span.end for i in plan.increments.values())
    for stop in stops:
        alone = stop_after(plan, stop.increment)
        assert stop.revenue == alone.revenue
        assert stop.effort_pw == pytest.approx(alone.effort_pw)
    assert isinstance(stops[0].increment, Increment)
    assert not isinstance(stops[0].increment, Text)
