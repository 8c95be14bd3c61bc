"""The proof: it finds on a described page whatever would be wrong on paper, and says so in plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmapper.domain.plan import Plan
from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.pages import Align, Box, Document, Page, Text, Weight
from roadmapper.reports.paper import Kind
from roadmapper.reports.proof import Collision, Shortened, proof_of
from tests.reports.conftest import source_of


def text(left: float, top: float, words: str, size: float = 8.0, **more: object) -> Text:
    return Text(Box(left, top, 100, size * 1.22), (words,), size, words=words, **more)  # type: ignore[arg-type]


def document(*items: Text, **more: object) -> Document:
    return replace(Document("T", (Page(842, 595, items, "Sheet", "1"),)), **more)  # type: ignore[arg-type]


def test_a_page_without_fault_is_ready() -> None:
    proof = proof_of(document(text(30, 30, "One"), text(30, 45, "Two")))
    assert proof.ready
    assert proof.sentences[0] == "Ready to go out."
    assert "1 page, A4 landscape." in proof.sentences
    assert "The smallest type is 8.0 pt." in proof.sentences


def test_what_covers_other_words_is_found() -> None:
    proof = proof_of(document(text(30, 30, "One"), text(60, 33, "Two"), text(200, 33, "Three")))
    assert proof.overlapping == (Collision("1", "One", "Two"),)
    assert proof.faults
    assert "Page 1: “One” and “Two” cover each other." in proof.sentences
    assert proof.sentences[0].startswith("Do not send this out yet")


def test_what_leaves_the_page_is_found_on_each_side() -> None:
    spots = {"left": (-9, 30), "right": (800, 30), "top": (30, -6), "foot": (30, 590)}
    for words, (left, top) in spots.items():
        proof = proof_of(document(text(left, top, words)))
        assert proof.leaving == (Collision("1", words),)


@pytest.mark.parametrize(
    ("align", "hit"),
    [(Align.LEFT, {"c", "d"}), (Align.RIGHT, {"a", "b"}), (Align.CENTRE, {"b", "c"})],
)
def test_words_wider_than_their_box_are_measured_where_they_stand(fonts: None, align: Align, hit: set[str]) -> None:
    measure = FontMeasure()
    said = "wide " * 10
    wide = measure.width(said, 8.0)
    given = Text(Box(400, 30, 60, 9.76), (said,), 8.0, align=align, words=said)
    edges = {"a": 460 - 0.9 * wide, "b": 430 - 0.4 * wide, "c": 430 + 0.4 * wide, "d": 400 + 0.9 * wide}
    around = [Text(Box(left, 30, 10, 9.76), (name,), 8.0, words=name) for name, left in edges.items()]
    assert not proof_of(document(given, *around)).overlapping
    found = proof_of(document(given, *around), measure).overlapping
    assert {collision.others for collision in found} == hit


def test_regular_and_bold_letters_are_measured_as_what_they_are(fonts: None) -> None:
    words = "M" * 60
    measure = FontMeasure()
    start = 30 + (measure.width(words, 8.0) + measure.width(words, 8.0, bold=True)) / 2
    after = text(start, 30, "After")
    assert proof_of(document(text(30, 30, words, weight=Weight.BOLD), after), measure).overlapping
    assert not proof_of(document(text(30, 30, words), after), measure).overlapping
    near = text(30 + 0.9945 * measure.width(words, 8.0), 30, "Near")
    assert not proof_of(document(text(30, 30, words), near), measure).overlapping
    assert proof_of(document(text(30, 30, words, weight=Weight.MEDIUM), near), measure).overlapping


def test_a_shortened_label_is_named_with_its_page() -> None:
    cut = replace(text(30, 30, "All of the words"), lines=("All of …",))
    proof = proof_of(document(cut))
    assert proof.shortened == (Shortened("1", "All of the words", "All of …"),)
    assert not proof.ready and not proof.faults
    assert "Page 1: “All of the words” is shortened to “All of …”." in proof.sentences


def test_a_label_broken_over_lines_is_whole() -> None:
    broken = replace(text(30, 30, "All of the words"), lines=("All of", "the words"))
    assert proof_of(document(broken)).ready


def test_type_too_small_to_read_is_said() -> None:
    proof = proof_of(document(text(30, 30, "Tiny", size=5.0)))
    assert proof.smallest == 5.0
    assert proof.faults
    assert "The smallest type is 5.0 pt: less than 6 pt does not read on paper." in proof.sentences


def test_what_is_left_out_stale_or_without_legend_is_said() -> None:
    given = document(text(30, 30, "One"), left_out=("3 increments are left out.",), stale=("“Ask” is stale.",))
    bare = replace(given, pages=(replace(given.pages[0], legend=False),))
    said = proof_of(bare).sentences
    for sentence in ("Page 1 has no legend.", "3 increments are left out.", "“Ask” is stale."):
        assert sentence in said
    assert "Nothing is left out." not in said


def test_papers_are_called_by_their_names() -> None:
    pages = (Page(842, 595, (), "S"), Page(595, 842, (), "S"), Page(612, 792, (), "S"), Page(500, 500, (), "S"))
    assert proof_of(Document("T", pages)).papers == ("A4 landscape", "A4 upright", "Letter upright", "176 x 176 mm")


def test_the_sheets_of_the_sample_cover_nothing_and_leave_no_page(fonts: None, split_sample: Plan) -> None:
    for kind in Kind:
        source = source_of(split_sample)
        proof = proof_of(document_of(source, (kind,)), source.measure)
        assert (proof.overlapping, proof.leaving, proof.without_legend) == ((), (), ()), kind
        assert proof.smallest >= 6
