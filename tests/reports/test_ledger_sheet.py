"""Ledger sheet: every answer in its order with its sign, what is still to be done, and the longest silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from roadmapper.chart.lanes import Look
from roadmapper.domain.consult import Answer
from roadmapper.domain.dates import DateSpan, day_of
from roadmapper.domain.plan import Plan
from roadmapper.planning.consults.ledger import ledger_of, longest_silence_of
from roadmapper.planning.phrases import day_text
from roadmapper.reports.ledger_sheet import ledger_document, silence_words
from roadmapper.reports.pages import Align, Anchor, DiamondMark, Document
from roadmapper.reports.proof import proof_of
from tests.reports.conftest import made, packed, source_of

LOOKS = {Answer.APPROVE: Look.APPROVED, Answer.APPROVE_WITH_CHANGES: Look.CHANGES, Answer.REJECT: Look.REJECTED}


def said(document: Document) -> str:
    return packed("".join(line for page in document.pages for t in page.texts() for line in t.lines))


def test_every_answer_stands_in_its_order_with_its_sign_and_day(fonts: None, sample: Plan) -> None:
    source = source_of(sample)
    document = ledger_document(source)
    entries = ledger_of(sample)
    assert len(entries) > 3
    items = [item for page in document.pages for item in page.items]
    assert [i.name for i in items if isinstance(i, Anchor)][1:] == [f"answer {e.decision.id}" for e in entries]
    looks = [i.diamond.look for i in items if isinstance(i, DiamondMark)]
    assert looks == [LOOKS[entry.decision.answer] for entry in entries]
    days = [t.words for page in document.pages for t in page.texts() if t.align is Align.RIGHT]
    assert days == [day_text(day_of(entry.when)) for entry in entries]
    proof = proof_of(document, source.measure)
    assert not (proof.overlapping or proof.leaving or proof.shortened)


def test_what_was_asked_said_and_is_to_be_done_stands_there(fonts: None, sample: Plan) -> None:
    text = said(ledger_document(source_of(sample)))
    for entry in ledger_of(sample):
        assert packed(f"seen as of journal row {entry.seen}") in text
        if entry.decision.comment:
            assert packed(entry.decision.comment) in text
        for condition in entry.conditions:
            done = "open" if condition.done is None else f"done on {day_text(condition.done)}"
            assert packed(f"– {condition.text} · {done}") in text


def test_what_only_repeats_its_condition_is_said_once(fonts: None, sample: Plan) -> None:
    text = said(ledger_document(source_of(sample)))
    repeated = [e for e in ledger_of(sample) if [c.text for c in e.conditions] == [e.decision.comment]]
    assert repeated
    for entry in repeated:
        assert text.count(packed(entry.decision.comment)) == 1


def test_only_the_projects_and_days_asked_for_are_in_it_and_it_says_so(fonts: None, sample: Plan) -> None:
    entries = ledger_of(sample)
    first = entries[0]
    mine = [e for e in entries if e.project.id == first.project.id]
    document = ledger_document(source_of(sample, projects=frozenset({first.project.id})))
    assert packed(f"{len(mine)} answers, the oldest first.") in said(document)
    assert document.left_out == (
        f"{len(entries) - len(mine)} answers about other projects or days are not in the ledger.",
    )
    day = day_of(first.when)
    document = ledger_document(source_of(sample, span=DateSpan(day, day + timedelta(1))))
    assert packed("1 answer, the oldest first.") in said(document)


def test_the_silence_is_that_of_the_projects_asked_for(fonts: None, split_sample: Plan) -> None:
    for project in split_sample.projects_in_order:
        silence = longest_silence_of(split_sample, project.id)
        assert silence is not None
        words = silence_words(split_sample, {project.id})
        assert words.startswith(f"{project.title}: ")
    assert silence_words(split_sample) in [silence_words(split_sample, {p}) for p in split_sample.projects]
    assert silence_words(split_sample, set()) == "Nothing is planned yet."


def test_without_answers_it_says_so(fonts: None) -> None:
    assert packed("No consult was answered yet.") in said(ledger_document(source_of(made(1, 2, 30, 20))))


@pytest.mark.parametrize("paper", ["A4", "Letter", "A3"])
def test_words_of_the_glossary_are_footnotes(fonts: None, sample: Plan, paper: str) -> None:
    document = ledger_document(source_of(sample, paper=paper))
    page = document.pages[0]
    notes = [t for t in page.texts() if " = " in t.words]
    assert notes
    assert min(t.box.top for t in notes) > 0.8 * page.height
    assert date.min <= sample.roadmap.start
