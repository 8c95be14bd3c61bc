"""Review sheet: each consult on a page of its own, what changed since the last look, the measures, room to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from roadmapper.chart.trend import Course
from roadmapper.domain.consult import Answer, Decision, Kind
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.consults.due import consults_of
from roadmapper.planning.consults.scoreboard import standings
from roadmapper.planning.consults.scoreboard_words import latest_text, way_text
from roadmapper.reports.pages import Anchor, Document, Drawing, Fill, Page
from roadmapper.reports.proof import proof_of
from roadmapper.reports.review_sheet import MOST_CHANGES, review_document
from roadmapper.reports.source import Source
from tests.reports.conftest import TODAY, made, packed, source_of


def said(document: Document) -> str:
    return packed("".join(line for page in document.pages for t in page.texts() for line in t.lines))


def marks(document: Document) -> list[tuple[Page, Anchor]]:
    return [(p, i) for p in document.pages for i in p.items if isinstance(i, Anchor) and i.level == 0]


@pytest.fixture
def due(split_sample: Plan) -> list[EntityId]:
    """Return the checkpoints of the sample that are due."""
    return [consult.checkpoint.id for consult in consults_of(split_sample, TODAY).due]


def test_each_that_is_due_begins_a_page_with_a_bookmark_of_its_own(
    fonts: None, split_sample: Plan, due: list[EntityId]
) -> None:
    source = source_of(split_sample)
    document = review_document(source)
    found = marks(document)
    assert len(due) > 2
    assert [mark.name for _, mark in found] == [f"review {key}" for key in due]
    assert len({id(page) for page, _ in found}) == len(due)
    proof = proof_of(document, source.measure)
    assert not (proof.overlapping or proof.leaving or proof.shortened)


def test_the_chosen_one_is_printed_alone_and_the_others_are_counted(
    fonts: None, split_sample: Plan, due: list[EntityId]
) -> None:
    document = review_document(source_of(split_sample, checkpoint=due[1]))
    assert [mark.name for _, mark in marks(document)] == [f"review {due[1]}"]
    assert document.left_out == (f"{len(due) - 1} other consults are due.",)


def test_one_that_is_gone_is_refused_in_a_sentence(fonts: None, split_sample: Plan) -> None:
    with pytest.raises(Refused, match="no longer there"):
        review_document(source_of(split_sample, checkpoint=EntityId("gone")))


def test_the_measures_are_drawn_two_beside_each_other(fonts: None, split_sample: Plan, due: list[EntityId]) -> None:
    document = review_document(source_of(split_sample, checkpoint=due[0]))
    shown = [i for page in document.pages for i in page.items if isinstance(i, Drawing)]
    known = [s for s in standings(split_sample) if s.readings]
    assert [len(i.chart.readings) for i in shown if isinstance(i.chart, Course)] == [len(s.readings) for s in known]
    assert shown[0].box.top == shown[1].box.top
    assert shown[0].box.right < shown[1].box.left
    for standing in known:
        assert packed(standing.measure.title + latest_text(standing) + way_text(standing)) in said(document)


def test_there_is_a_box_for_each_answer_with_what_it_means(
    fonts: None, split_sample: Plan, due: list[EntityId]
) -> None:
    document = review_document(source_of(split_sample, checkpoint=due[0]))
    boxes = [i for page in document.pages for i in page.items if isinstance(i, Fill) and i.edge]
    assert len(boxes) == len(Answer)
    assert packed("Rejected: Not yet: back to the team. Holds ") in said(document)
    assert packed("Name and date") in said(document)


def test_an_answered_one_shows_its_answer_and_no_boxes(fonts: None, split_sample: Plan) -> None:
    decision = next(iter(split_sample.latest_decisions.values()))
    document = review_document(source_of(split_sample, checkpoint=decision.checkpoint))
    assert packed(decision.comment) in said(document)
    assert packed("Your answer") not in said(document)
    assert not [i for page in document.pages for i in page.items if isinstance(i, Fill) and i.edge]


def looked_back(plan: Plan, change: Callable[[Plan], Plan]) -> Source:
    """Return a source in which Mia decided at row 5, and the plan has changed since."""
    key = EntityId("con-0-0")
    decision = Decision(EntityId("d"), key, Answer.APPROVE, "Mia", datetime(2027, 3, 1, tzinfo=UTC), 5)
    then = plan.with_entities([decision])
    rows: list[int] = []

    def plan_at(row: int) -> Plan:
        rows.append(row)
        assert row == 5
        assert len(rows) == 1, "one plan is enough for all consults"
        return then

    return replace(source_of(change(then)), plan_at=plan_at)


def moved(plan: Plan) -> Plan:
    increment = plan.increments[EntityId("inc-0-2")]
    span = replace(increment.span, start=increment.span.start + timedelta(14), end=increment.span.end + timedelta(14))
    return plan.with_entities([replace(increment, span=span)])


def test_what_changed_since_the_last_look_of_who_decided_stands_there(fonts: None) -> None:
    text = said(review_document(looked_back(made(1, 4, 30, 20), moved)))
    assert packed("What changed since you last looked, 1 Mar 2027") in text
    assert packed("Personalisation") in text
    assert "moved" in text


def says_more(page: Page) -> bool:
    return any(t.words.endswith("more changes.") for t in page.texts())


def test_many_changes_are_folded_and_the_rest_is_counted(fonts: None) -> None:
    def renamed(plan: Plan) -> Plan:
        return plan.with_entities(
            replace(i, usable_outcome=f"Something else, number {n}") for n, i in enumerate(plan.increments.values())
        )

    document = review_document(looked_back(made(1, 30, 10, 8, months=36), renamed))
    kinds = {"moved", "added", "removed", "changed", "money"}
    first = document.pages[: 1 + next(n for n, p in enumerate(document.pages) if says_more(p))]
    shown = [t.words for page in first for t in page.texts() if t.words in kinds]
    assert len(shown) == MOST_CHANGES


def test_where_nobody_looked_before_all_is_new(fonts: None) -> None:
    assert packed("You have not looked before") in said(review_document(source_of(made(1, 4, 30, 20))))


def test_where_none_is_due_it_says_so(fonts: None) -> None:
    plan = made(1, 1, 30, 20)
    plan = plan.with_entities(replace(c, day=TODAY + timedelta(9)) for c in plan.checkpoints.values())
    assert packed("No consult is due on 18 May 2027.") in said(review_document(source_of(plan)))


@pytest.mark.parametrize("wishes", [{"paper": "Letter"}, {"paper": "A3"}, {"upright": False}])
def test_it_fits_on_any_paper(fonts: None, split_sample: Plan, due: list[EntityId], wishes: dict[str, object]) -> None:
    source = source_of(split_sample, checkpoint=due[0], **wishes)
    proof = proof_of(review_document(source), source.measure)
    assert not (proof.overlapping or proof.leaving or proof.shortened)


def test_what_was_delivered_before_anybody_answered_is_not_asked_to_go_live(fonts: None, split_sample: Plan) -> None:
    plan = split_sample
    key = next(
        c.checkpoint.id
        for c in consults_of(plan, TODAY).by_id.values()
        if c.checkpoint.kind is Kind.GO_LIVE and c.decision is None and c.increment is not None and c.increment.usable
    )
    subject = plan.increments[plan.checkpoints[key].increment or EntityId("")]
    before = said(review_document(source_of(plan, checkpoint=key)))
    assert packed(f"Shall “{subject.title}” go live?") in before and packed("Go live as planned") in before
    done = plan.with_entities([replace(subject, status=Status.DELIVERED)])
    after = said(review_document(source_of(done, checkpoint=key)))
    assert packed(f"“{subject.title}” is delivered, your decision is still open: shall it stay live?") in after
    assert packed("It stays live") in after
    assert packed("Shall") not in after and packed("Go live") not in after
    own = done.with_entities([replace(plan.checkpoints[key], question="Is the till fast enough?")])
    assert packed("Is the till fast enough?") in said(review_document(source_of(own, checkpoint=key)))
