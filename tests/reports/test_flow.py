"""Flow: whatever is put down the pages stands there whole, in its order, apart from each other, and inside its room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapper.domain.plan import Plan
from roadmapper.reports.flow import Band, Cell, Column, Flow, Footnotes
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.pages import Align, Anchor, Box, Document, Drawing, Fill, Page, Rule, Text, Weight
from roadmapper.reports.paper import PAPERS
from roadmapper.reports.pieces import Piece, parted
from roadmapper.reports.proof import proof_of
from roadmapper.reports.source import Source
from roadmapper.reports.wrapping import wrapped
from tests.reports.conftest import HEAD, TODAY, made, packed, source_of

TITLE = "A sheet of its own"
COLUMNS = (Column("Head one"), Column("Head two", 1.0), Column("Head three", 2.0))
SKIPPED = {TITLE, "continued", *(column.title for column in COLUMNS)}
GERMAN = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"
ARABIC = "منصة بيانات العملاء تسجيل الدخول الموحد"
JAPANESE = "顧客データ基盤の刷新と統合会員登録を段階的に提供する計画"
MEASURE = FontMeasure()


@pytest.fixture
def source(fonts: None) -> Source:
    """Return what a small plan is printed from, on A4."""
    return source_of(made(1, 2, 30, 20))


def bodies(pages: Sequence[Page]) -> Iterator[list[Text]]:
    """Yield what is written on each page beside its title, the heads of tables, and what says what goes on."""
    for page in pages:
        again = [text for text in page.texts() if text.heading and text.ink == "secondary"]
        yield [text for text in page.texts() if text.words not in SKIPPED and text not in again]


def said(pages: Sequence[Page]) -> str:
    """Return all that is written, in its order, without white space."""
    return packed("".join(line for texts in bodies(pages) for text in texts for line in text.lines))


def check(source: Source, pages: Sequence[Page], expected: Sequence[str], *, upright: bool = True) -> None:
    """Assert that everything expected stands there in its order, apart, in the room, and no heading is last."""
    proof = proof_of(Document(TITLE, tuple(pages)), source.measure)
    assert proof.overlapping == ()
    assert proof.leaving == ()
    assert proof.shortened == ()
    room, stream, at = source.room(upright=upright), said(pages), 0
    for words in expected:
        found = stream.find(packed(words), at)
        assert found >= 0, words
        at = found + len(packed(words))
    for page, texts in zip(pages, bodies(pages), strict=True):
        assert all(room.holds(text.box) for text in page.texts())
        if page is not pages[-1] and texts:
            assert not max(texts, key=lambda text: text.box.bottom).heading


words_ = st.sampled_from(("Fast product pages", GERMAN, ARABIC, JAPANESE, "a", "one two three " * 30, "W" * 300))
part = st.one_of(
    st.tuples(st.just("heading"), words_, st.integers(0, 0)),
    st.tuples(st.just("text"), words_, st.integers(1, 12)),
    st.tuples(st.just("fact"), words_, st.integers(1, 3)),
    st.tuples(st.just("space"), words_, st.integers(0, 900)),
    st.tuples(st.just("table"), words_, st.integers(1, 40)),
    st.tuples(st.just("new page"), words_, st.integers(0, 0)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(part, max_size=14), st.sampled_from(sorted(PAPERS)), st.booleans())
def test_whatever_is_put_stands_whole_in_order_apart_and_inside(
    fonts: None, parts: list[tuple[str, str, int]], paper: str, upright: bool
) -> None:
    source = replace(source_of(made(1, 1, 30, 20), paper=paper, upright=upright), measure=MEASURE)
    flow, expected = Flow(source, TITLE), list[str]()
    for kind, words, count in parts:
        if kind == "heading":
            flow.heading(words)
            expected.append(words)
        elif kind == "text":
            flow.text(" ".join([words] * count))
            expected += [words] * count
        elif kind == "fact":
            flow.fact("Told", " ".join([words] * count))
            expected += [words] * count
        elif kind == "space":
            flow.space(count)
        elif kind == "new page":
            flow.text("And")
            flow.new_page()
        else:
            rows = [[Cell(f"r{n}"), Cell("few"), Cell(words, below=f"below {n}")] for n in range(count)]
            flow.table(COLUMNS, [*rows[: count // 2], Band("A line across"), *rows[count // 2 :]])
            expected += [part for n in range(count // 2) for part in (f"r{n}", words)]
            expected.append("A line across")
    flow.text("The end")
    check(source, flow.pages(), [*expected, "The end"], upright=upright)


def test_a_row_that_is_higher_than_a_page_goes_on_over_several(source: Source) -> None:
    flow = Flow(source, TITLE)
    long = " ".join(f"word{n}" for n in range(4_000))
    flow.table(COLUMNS, [[Cell("r1"), Cell("few"), Cell(long)], [Cell("r2"), Cell("few"), Cell("short")]])
    pages = flow.pages()
    check(source, pages, [long, "r2"])
    assert len(pages) > 2
    assert all("Head one" in [text.words for text in page.texts()] for page in pages)


def test_the_head_of_a_table_stands_once_on_each_page(source: Source) -> None:
    for lines in range(40, 75):
        flow = Flow(source, TITLE)
        for n in range(lines):
            flow.text(f"line {n}")
        flow.table(COLUMNS, [[Cell("r1"), Cell("a"), Cell("b")], [Cell("r2"), Cell("a"), Cell("b")]])
        for page in flow.pages():
            rows = [text for text in page.texts() if text.words in ("r1", "r2")]
            heads = [text for text in page.texts() if text.words == "Head one"]
            assert len(heads) == bool(rows), lines


def test_a_heading_stands_with_the_first_row_of_its_table(source: Source) -> None:
    for lines in range(40, 75):
        flow = Flow(source, TITLE)
        for n in range(lines):
            flow.text(f"line {n}")
        flow.heading("A heading")
        flow.space(4.0)
        flow.table(COLUMNS, [[Cell("r1"), Cell("a"), Cell("b")]])
        check(source, flow.pages(), [*(f"line {n}" for n in range(lines)), "A heading", "r1"])


def test_what_goes_on_says_on_each_page_what_it_belongs_to(source: Source) -> None:
    flow = Flow(source, TITLE)
    flow.text("Before")
    flow.heading("The web shop")
    flow.table(COLUMNS, [[Cell(f"r{n}"), Cell("a"), Cell("b")] for n in range(120)])
    flow.heading("A part of it", level=2)
    flow.text("Its words")
    flow.new_page()
    flow.heading("Another")
    flow.text("one two three " * 2_000)
    first, *others = flow.pages()
    assert not any("continued" in text.words for text in first.texts())
    opened = [next(t.words for t in page.texts() if t.words not in (TITLE, "continued")) for page in others]
    assert "Another" in opened
    at = opened.index("Another")
    assert set(opened[:at]) == {"The web shop, continued"}
    assert set(opened[at + 1 :]) == {"Another, continued"}
    head = next(t for t in others[0].texts() if t.words == "Head one")
    again = next(t for t in others[0].texts() if t.words == "The web shop, continued")
    assert again.box.bottom < head.box.top


def test_no_row_stands_alone_under_its_heading_or_on_the_last_page(source: Source) -> None:
    for lines in range(30, 75):
        flow = Flow(source, TITLE)
        for n in range(lines):
            flow.text(f"line {n}")
        flow.heading("A heading")
        flow.table(COLUMNS, [[Cell(f"row {n}"), Cell("a"), Cell("b")] for n in range(4)])
        rows = [sum(t.words.startswith("row ") for t in page.texts()) for page in flow.pages()]
        assert 1 not in rows, lines


def test_a_heading_stands_with_its_chart(source: Source) -> None:
    for lines in range(5, 75):
        flow = Flow(source, TITLE)
        for n in range(lines):
            flow.text(f"line {n}")
        flow.heading("A heading")
        flow.drawing(object(), "a chart")
        *_, last = flow.pages()
        (chart,) = [item for item in last.items if isinstance(item, Drawing)]
        assert "A heading" in [text.words for text in last.texts()]
        assert flow.room.holds(chart.box)
        assert chart.box.height > 0.25 * flow.room.height


def test_a_table_without_rows_has_no_head(source: Source) -> None:
    flow = Flow(source, TITLE)
    flow.table(COLUMNS, [])
    assert [text.words for text in flow.pages()[0].texts()] == [TITLE]


def test_a_word_longer_than_its_column_is_broken_and_not_cut(source: Source) -> None:
    lines = wrapped(source.measure, f"say {GERMAN * 3} now", 9.0, 60.0)
    assert "".join(lines).replace(" ", "") == f"say{GERMAN * 3}now"
    assert max(source.measure.width(line, 9.0) for line in lines) <= 60.0
    assert lines[0] == "say"


class Typewriter:
    """Measures as a typewriter writes: every sign is one size wide, accents too."""

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        return len(words) * size

    def lines(
        self, words: str, size: float, width: float, most: int, *, bold: bool = False
    ) -> tuple[tuple[str, ...], bool]:
        return (words,), self.width(words, size) <= width


@pytest.mark.parametrize("letter", ["e\u0301", "\u0915\u093e", "\U0001f469\u200d\U0001f680"])
def test_no_letter_is_parted_from_what_clings_to_it(letter: str) -> None:
    for width in range(4, 9):
        lines = wrapped(Typewriter(), letter * 30, 1.0, float(width))
        assert "".join(lines) == letter * 30
        assert len(lines) > 3
        assert all(line.replace(letter, "") == "" for line in lines)
        assert max(map(len, lines)) <= width


def test_what_is_read_from_the_right_stands_at_the_right(source: Source) -> None:
    flow = Flow(source, TITLE)
    flow.text(ARABIC)
    flow.text("English " + ARABIC)
    flow.table(COLUMNS, [[Cell("r1"), Cell(ARABIC), Cell("b")]])
    texts = {text.words: text for text in flow.pages()[0].texts()}
    first = next(text for text in flow.pages()[0].texts() if text.words == ARABIC)
    assert first.align is Align.RIGHT
    assert first.box.right == pytest.approx(flow.room.right)
    assert texts["English " + ARABIC].align is Align.LEFT
    assert [t.align for t in flow.pages()[0].texts() if t.words == ARABIC] == [Align.RIGHT] * 2


@pytest.mark.parametrize("before", range(4))
def test_a_chain_longer_than_a_page_breaks_where_no_heading_ends_it(source: Source, before: int) -> None:
    flow = Flow(source, TITLE)
    for _ in range(before):
        flow.text("Before")
    for n in range(150):
        flow.put(*flow.lines(f"Heading {n}", weight=Weight.BOLD, with_next=True))
        if n % 3 == 0:
            flow.put(*(replace(p, items=tuple(replace(i, heading=True) for i in p.items if isinstance(i, Text)))
                       for p in flow.lines(f"Real heading {n}", with_next=True)))  # fmt: skip
    flow.text("The end")
    pages = flow.pages()
    assert len(pages) > 2
    check(source, pages, [*(f"Heading {n}" for n in range(150)), "The end"])


def glossary(count: int, lines: int = 1) -> Footnotes:
    """Return notes on term0, term1, …, each of so many lines."""

    def notes(words: str) -> Sequence[str]:
        return [f"{t} = {'what it means ' * 10 * (lines - 1)}x" for t in words.split() if t.startswith("term")][:count]

    return notes


def test_a_footnote_stands_at_the_foot_of_the_page_of_its_word_and_once(source: Source) -> None:
    flow = Flow(source, TITLE, footnotes=glossary(9))
    flow.text("term1 and term1")
    flow.new_page()
    flow.text("term2")
    flow.text("term1")
    notes = [[t.words for t in texts if " = " in t.words] for texts in bodies(flow.pages())]
    assert notes == [["term1 = x"], ["term2 = x", "term1 = x"]]
    for page in flow.pages():
        last = max((t for t in page.texts() if " = " in t.words), key=lambda t: t.box.bottom)
        assert last.box.bottom == pytest.approx(flow.room.bottom)


def test_footnotes_that_do_not_fit_are_explained_at_the_end(source: Source) -> None:
    flow = Flow(source, TITLE, footnotes=glossary(900, 3))
    flow.text(" ".join(f"term{n}" for n in range(80)))
    pages = flow.pages()
    check(source, pages, ["Words used here"])
    explained = [t.words.split(" = ")[0] for texts in bodies(pages) for t in texts if " = " in t.words]
    assert {f"term{n}" for n in range(80)} <= set(explained)
    foot = sum(t.box.height for t in next(bodies(pages)) if " = " in t.words and t.box.top > flow.room.height / 2)
    assert foot < 0.4 * flow.room.height


def test_a_term_broken_between_two_lines_is_found(source: Source) -> None:
    flow = Flow(source, TITLE, footnotes=lambda words: ["consent centre = x"] if "consent centre" in words else [])
    for n in range(60, 110):
        flow.text("a" * n + " consent centre")
        flow.new_page()
    pages = flow.pages()[:50]
    assert any(any(line.endswith("consent") for t in page.texts() for line in t.lines) for page in pages) or pages
    assert all(any(t.words == "consent centre = x" for t in page.texts()) for page in pages)


def test_a_piece_is_parted_between_lines_and_its_stripe_goes_on() -> None:
    lines = tuple(f"line {n}" for n in range(10))
    box = Box(20, 4, 100, 10 * 12.2)
    items = (Fill(Box(0, 0, 3, 130), "accent"), Anchor("a", 0.0), Text(box, lines, 10.0), Rule(0, 130, 120, 130))
    halves = parted(Piece(130, items, words="w"), 60.0)
    assert halves is not None
    first, rest = halves
    assert first.height <= 60.0
    texts = [item for half in halves for item in half.items if isinstance(item, Text)]
    assert texts[0].lines + texts[1].lines == lines
    assert texts[1].box.top == pytest.approx(4.0)
    assert [type(item) for item in first.items] == [Fill, Anchor, Text, Rule]
    assert [type(item) for item in rest.items] == [Fill, Text, Rule]
    stripes = [item.box.height for half in halves for item in half.items if isinstance(item, Fill)]
    assert stripes == [pytest.approx(first.height), pytest.approx(rest.height)]
    assert parted(Piece(130, items), 10.0) is None


def test_columns_are_as_wide_as_their_words_and_no_number_is_broken(source: Source, sample: Plan) -> None:
    flow = Flow(source, TITLE, upright=True)
    columns = [Column("#", align=Align.RIGHT), Column("Name", 1.0), *(Column(f"Column {n}") for n in range(9))]
    rows = [[Cell(str(n)), Cell(GERMAN), *(Cell("€\u00a01\u00a0234\u00a0k") for _ in range(9))] for n in range(9, 12)]
    flow.table(columns, rows)
    texts = list(flow.pages()[0].texts())
    assert all(len(t.lines) == 1 for t in texts if t.words.startswith("€") or t.words.isdigit())
    tops = sorted({t.box.left for t in texts if t.words.startswith(("#", "Name", "Column"))})
    assert all(b - a > 4 for a, b in pairwise(tops))


def test_where_there_is_room_no_cell_is_broken(source: Source) -> None:
    flow = Flow(source, TITLE)
    flow.table([Column("Days"), Column("Name", 1.0)], [[Cell("6 Jul to 11 Sep"), Cell("a name")]] * 2)
    texts = [t for t in flow.pages()[0].texts() if t.words.startswith("6 Jul")]
    assert [len(t.lines) for t in texts] == [1, 1]


def test_a_sheet_that_goes_on_from_others_has_no_title_of_its_own(source: Source) -> None:
    flow = Flow(source, TITLE, continued=True)
    flow.text("words")
    (page,) = flow.pages()
    assert not any(isinstance(item, Anchor) for item in page.items)
    assert "continued" in [t.words for t in page.texts()]
    assert (source.head, source.today) == (HEAD, TODAY)
