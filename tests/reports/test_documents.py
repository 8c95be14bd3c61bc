"""Documents: several sheets in one, every page numbered, with header and footer, and no link into the wrong sheet."""

from __future__ import annotations

import pytest

from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.reports.documents import SHEETS, document_of
from roadmapper.reports.edges import edged
from roadmapper.reports.pages import Anchor, Box, Document, Link, Page, Picture, Text
from roadmapper.reports.paper import Edges, Kind
from roadmapper.workspace.jobs import Cancelled, Progress
from tests.reports.conftest import made, source_of

TWO = (Kind.ROADMAP, Kind.INCREMENTS)
LONG = "Abteilungsleiterbesprechungsprotokollverwaltungsgesellschaft " * 8


def lines_of(page: Page) -> list[str]:
    return [" ".join(text.lines) for text in page.texts()]


def blank(pages: int = 1) -> Document:
    return Document("Title", tuple(Page(842, 595, (), "Sheet", str(n + 1)) for n in range(pages)))


def test_every_kind_of_sheet_can_be_made(fonts: None, sample: Plan) -> None:
    assert set(SHEETS) == set(Kind)
    for kind in Kind:
        document = document_of(source_of(sample), (kind,))
        assert document.pages and all(page.items for page in document.pages), kind


def test_several_sheets_are_numbered_through(fonts: None, sample: Plan) -> None:
    document = document_of(source_of(sample), TWO)
    count = len(document.pages)
    assert count > 2
    for n, page in enumerate(document.pages, 1):
        assert f"page {page.number} of {count}" in lines_of(page)
        assert page.number == str(n)


def test_nothing_chosen_is_refused(fonts: None, sample: Plan) -> None:
    with pytest.raises(Refused, match="choose at least one sheet"):
        document_of(source_of(sample), ())


def test_the_document_says_who_and_when_and_which_journal(fonts: None, sample: Plan) -> None:
    source = source_of(sample, grey=True)
    document = document_of(source, (Kind.ROADMAP,))
    assert (document.author, document.today, document.journal) == (
        sample.roadmap.owner,
        source.today,
        source.head,
    )
    assert document.grey
    assert document.language == "en"
    assert all(page.today == source.today for page in document.pages)


def test_each_sheet_has_a_bookmark_at_the_top_level(fonts: None, sample: Plan) -> None:
    document = document_of(source_of(sample), TWO)
    for title in {page.sheet for page in document.pages}:
        page = next(page for page in document.pages if page.sheet == title)
        assert any(isinstance(item, Anchor) and item.bookmark for item in page.items), title


def test_a_link_leads_within_its_own_sheet_though_another_uses_the_name(fonts: None, sample: Plan) -> None:
    document = document_of(source_of(sample, tiles=(2, 2)), (Kind.DETAIL, Kind.DETAIL))
    half = len(document.pages) // 2
    halves = [[item for page in part for item in page.items] for part in (document.pages[:half], document.pages[half:])]
    names = [{item.name for item in items if isinstance(item, Anchor)} for items in halves]
    links = [{item.to for item in items if isinstance(item, Link)} for items in halves]
    assert not names[0] & names[1]
    assert links[0] and links[0] <= names[0]
    assert links[1] and links[1] <= names[1]


def test_fields_are_filled_in_and_others_stay_as_typed(fonts: None) -> None:
    wishes = Edges("{title} · {sheet}", "{file}", "{page}/{pages} {what} {}")
    document = edged(blank(2), source_of(made(1, 1, 7, 7), header=wishes, footer=Edges()))
    assert lines_of(document.pages[1]) == ["Title · Sheet", "plan.roadmap", "2/2 {what} {}"]


def test_a_field_that_is_empty_goes_with_its_dot(fonts: None) -> None:
    plan = made(1, 1, 7, 7)
    source = source_of(plan.with_entities([plan.roadmap.__class__("T", plan.roadmap.start)]))
    (page,) = edged(blank(), source).pages
    assert lines_of(page) == ["18 May 2027 · journal 3fa9c12e88ab".replace(" May ", "\xa0May\xa0"), "page 1 of 1"] or (
        lines_of(page) == ["18 May 2027 · journal 3fa9c12e88ab", "page 1 of 1"]
    )


def test_long_words_in_the_edges_leave_room_for_each_other(fonts: None) -> None:
    wishes = Edges(LONG, LONG, LONG)
    source = source_of(made(1, 1, 7, 7), header=wishes, footer=wishes)
    (page,) = edged(blank(), source).pages
    texts = list(page.texts())
    assert len(texts) == 6
    for text in texts:
        assert Box(0, 0, page.width, page.height).holds(text.box)
        assert not text.whole and text.lines[0].endswith("…")
        assert not any(text.box.meets(other.box) for other in texts if other is not text)


def test_a_logo_stands_in_the_head_of_every_page_beside_the_words(fonts: None) -> None:
    source = source_of(made(1, 1, 7, 7), header=Edges("{title}"), logo=b"<svg/>")
    for page in edged(blank(3), source).pages:
        (logo,) = (item for item in page.items if isinstance(item, Picture))
        (title,) = (item for item in page.items if isinstance(item, Text) and item.words == "Title")
        assert logo.box.right < title.box.left
        assert not logo.box.meets(source.room(upright=False))


def test_the_edges_stay_out_of_the_room_of_the_sheet(fonts: None) -> None:
    for paper in ("A4", "A2", "Letter"):
        source = source_of(made(1, 1, 7, 7), header=Edges("{title}"), paper=paper)
        width, height = source.page(upright=False)
        document = Document("Title", (Page(width, height, (), "Sheet", "1"),))
        for text in edged(document, source).pages[0].texts():
            assert not text.box.meets(source.room(upright=False)), (paper, text.lines)


def test_making_a_document_can_be_stopped(fonts: None) -> None:
    progress = Progress(lambda done, of: progress.cancel())
    with pytest.raises(Cancelled):
        document_of(source_of(made(40, 5, 60, 56), tiles=(3, 3)), (Kind.DETAIL, Kind.ROADMAP), progress)
