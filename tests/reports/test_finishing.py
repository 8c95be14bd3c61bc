"""The finished PDF: bookmarks, page names, links, language, metadata, archives, grey - and no way out of the file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pikepdf
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from roadmapper.chart.lanes import Diamond, Look
from roadmapper.chart.palette import GREY, LIGHT
from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.reports.documents import document_of
from roadmapper.reports.pages import (
    Anchor,
    ArrowMark,
    BarMark,
    Box,
    Curve,
    DiamondMark,
    Document,
    Fill,
    FlagMark,
    HatchMark,
    Item,
    Link,
    Page,
    Picture,
    Rule,
    Text,
)
from roadmapper.reports.paper import Kind
from roadmapper.reports.pdf import lacking, pdf_of_document
from roadmapper.workspace.jobs import Cancelled, Progress
from tests.reports.conftest import HEAD, TODAY, packed, source_of

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SPAN = DateSpan(TODAY.replace(day=1), TODAY.replace(month=12))
BAR = Increment(EntityId("i"), EntityId("p"), "Name", SPAN, "usable", status=Status.RUNNING)
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    b'<rect width="40" height="20" opacity="0.5" fill="red"/></svg>'
)


def words(left: float, top: float, said: str) -> Text:
    return Text(Box(left, top, 300, 12), (said,), 9.0, words=said)


def see_through() -> bytes:
    """Return a PNG that one can see through."""
    image = QImage(40, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    for x in range(20):
        image.setPixel(x, 5, 0x80FF0000)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def of_all(number: str = "1") -> Page:
    """Return a page with each kind of item."""
    look = Diamond(Checkpoint(EntityId("c"), EntityId("p"), TODAY), Look.APPROVED)
    items: tuple[Item, ...] = (
        *(
            words(30, 30, "A title"),
            Rule(30, 50, 400, 50, dashed=True),
            Fill(Box(30, 60, 90, 20), "tint-1", 4, "accent"),
        ),
        *(BarMark(Box(30, 90, 90, 20), BAR, 3, 9, Box(40, 0, 500, 500)), DiamondMark(60, 130, look, 9)),
        *(FlagMark(90, 120, 140, 2, 9), HatchMark(Box(30, 150, 90, 9), 9), ArrowMark(30, 170, 90, 180, "bad", 9)),
        Curve(Box(30, 200, 300, 80), SPAN, ((SPAN.start, 0.0, 1.0), (SPAN.finish, 9.0, 4.0)), 9),
        *(Picture(Box(30, 300, 60, 30), see_through()), Picture(Box(130, 300, 60, 30), DRAWING)),
        Anchor("here", 20, "Here", 0),
    )
    return Page(842, 595, items, "Sheet", number, today=TODAY)


def document_with(*pages: Page, **more: object) -> Document:
    found = Document("The <title> & more", pages, (), (), "CIO office", "A subject", "de-CH", HEAD, False, TODAY)
    return replace(found, **more)  # type: ignore[arg-type]


def opened(document: Document, *, archival: bool = False) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf_of_document(document, archival=archival)))


def page_of(*items: Item, number: str = "1", size: tuple[float, float] = (842, 595)) -> Page:
    return Page(*size, items, "Sheet", number)


@pytest.fixture(scope="module")
def several(fonts: None) -> Document:
    """Return pages of several names and sizes with bookmarks at two levels, and links from the first."""
    first = page_of(
        Anchor("index", 0, "Index"),
        words(30, 30, "Go there"),
        *(Link(Box(30, 30, 100, 12), "deep"), Link(Box(30, 60, 100, 12), "nowhere")),
        number="i",
    )
    second = page_of(Anchor("two", 0, "Second"), Anchor("deep", 200, "Deep", 1), Anchor("mute", 300), number="1")
    third = page_of(Anchor("three", 0, "Third"), number="2", size=(595, 842))
    return document_with(first, second, third, page_of(number="A-1"), page_of(number="A-2"), page_of(number="B-7"))


@pytest.mark.parametrize("archival", [False, True])
def test_every_page_that_is_described_is_painted_with_every_word_on_it(
    fonts: None, split_sample: Plan, archival: bool
) -> None:
    kinds = (Kind.ROADMAP, Kind.DETAIL, Kind.INCREMENTS, Kind.LEDGER)
    document = document_of(source_of(split_sample, tiles=(3, 2)), kinds)
    pages = PdfReader(BytesIO(pdf_of_document(document, archival=archival))).pages
    assert len(pages) == len(document.pages) >= 9
    for n, (page, painted) in enumerate(zip(document.pages, pages, strict=True), 1):
        found = packed(painted.extract_text())
        missing = [line for text in page.texts() for line in text.lines if packed(line) not in found]
        assert missing == []
        assert f"page{n}of{len(pages)}" in found
        assert page.legend


def test_bookmarks_stand_in_a_tree_and_lead_to_their_places(several: Document) -> None:
    with opened(several) as pdf, pdf.open_outline() as outline:
        index, second, third = outline.root
        assert [index.title, second.title, third.title] == ["Index", "Second", "Third"]
        (deep,) = second.children
        assert deep.title == "Deep" and not index.children and not third.children
        assert deep.obj is not None
        page, how, _, top, _ = list(deep.obj["/Dest"])
        assert page.objgen == pdf.pages[1].obj.objgen
        assert (str(how), float(top)) == ("/XYZ", 395.0)


def test_pages_are_called_what_they_call_themselves(several: Document) -> None:
    assert PdfReader(BytesIO(pdf_of_document(several))).page_labels == ["i", "1", "2", "A-1", "A-2", "B-7"]


def test_each_page_has_its_own_size(several: Document) -> None:
    sizes = [tuple(round(float(n)) for n in page.mediabox[2:]) for page in opened(several).pages]
    assert sizes == [(842, 595), (842, 595), (595, 842), (842, 595), (842, 595), (842, 595)]


def test_a_link_leads_to_its_anchor_and_a_link_to_nowhere_is_none(several: Document) -> None:
    pdf = opened(several)
    (note,) = pdf.pages[0].obj["/Annots"]
    assert note["/A"]["/S"] == "/GoTo"
    target, how, _, top, _ = list(note["/A"]["/D"])
    assert target.objgen == pdf.pages[1].obj.objgen
    assert (str(how), float(top)) == ("/XYZ", 395.0)
    assert [float(n) for n in note["/Rect"]] == [30, 595 - 42, 130, 595 - 30]


def test_nothing_leads_out_of_the_file_though_words_look_like_it(fonts: None) -> None:
    said = ("file:///etc/passwd", "javascript:alert(1)", "https://example.org", "mailto:a@example.org")
    items = [words(30, 30 + 20 * n, word) for n, word in enumerate(said)]
    anchors = [Anchor(word, 9.0 * n, word) for n, word in enumerate(said)]
    links = [Link(Box(30, 30, 9, 9), "file:///etc/passwd"), Link(Box(30, 60, 9, 9), "javascript:void(0)")]
    for archival in (False, True):
        with opened(document_with(page_of(*items, *anchors, *links)), archival=archival) as pdf:
            (note,) = pdf.pages[0].obj["/Annots"]
            assert note["/A"]["/S"] == "/GoTo"
            for found in pdf.objects:
                if isinstance(found, pikepdf.Dictionary):
                    assert not {"/URI", "/JS", "/JavaScript", "/AA", "/OpenAction", "/F"} & set(found.keys()) or (
                        found.get("/Subtype") == "/Link" and found["/F"] == 4
                    )
                    assert found.get("/S") not in ("/URI", "/JavaScript", "/Launch", "/GoToR", "/SubmitForm")


def test_language_title_author_subject_and_journal_are_said_alike_in_both_places(several: Document) -> None:
    for archival in (False, True):
        pdf = opened(several, archival=archival)
        assert str(pdf.Root.Lang) == "de-CH"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert (info["/Title"], info["/Author"]) == ("The <title> & more", "CIO office")
        assert info["/Keywords"] == f"journal {HEAD}"
        assert info["/CreationDate"] == "D:20270518000000Z"
        packet = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
        told = {node.tag.rpartition("}")[2]: "".join(node.itertext()).strip() for node in packet.iter()}
        assert told["title"] == info["/Title"]
        assert told["creator"] == info["/Author"]
        assert told["description"] == info["/Subject"]
        assert told["Keywords"] == info["/Keywords"]
        assert told["CreatorTool"] == info["/Creator"] == "Roadmapper"
        assert told["Producer"] == info["/Producer"]
        assert told["CreateDate"] == told["ModifyDate"] == "2027-05-18T00:00:00Z"
        assert ("part" in told) is archival
        assert "/Filter" not in pdf.Root.Metadata


def test_words_that_no_xml_holds_do_no_harm(fonts: None) -> None:
    pdf = opened(document_with(of_all(), title="One\x00\x0b\ud7ff two\ufffe", author="\x1b"))
    ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    assert str(pdf.docinfo["/Title"]) == "One two"


def test_the_same_document_makes_the_same_file(fonts: None) -> None:
    document = document_with(of_all())
    assert pdf_of_document(document) == pdf_of_document(document)


@pytest.mark.parametrize("archival", [False, True])
def test_no_error_is_found_in_the_file(fonts: None, sample: Plan, archival: bool) -> None:
    for document in (document_with(of_all()), document_of(source_of(sample), (Kind.ROADMAP, Kind.INCREMENTS))):
        with opened(document, archival=archival) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert pdf.pdf_version == "1.4"


def test_an_archive_holds_what_its_standard_asks_for(fonts: None, sample: Plan) -> None:
    pages = document_of(source_of(sample), (Kind.ROADMAP,)).pages
    data = pdf_of_document(document_with(of_all(), *pages), archival=True)
    assert data.startswith(b"%PDF-1.4\n%") and all(letter > 127 for letter in data[10:14])
    with pikepdf.open(BytesIO(data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1" and len(intent.DestOutputProfile.read_bytes()) > 1000
        assert "/ID" in pdf.trailer and "/Encrypt" not in pdf.trailer
        for font in fonts_in(pdf):
            (part,) = font.DescendantFonts
            described = part.FontDescriptor
            assert "/FontFile2" in described and "/CIDSet" in described and "/CIDToGIDMap" in part
            assert font.BaseFont == part.BaseFont == described.FontName
            assert "+" in str(font.BaseFont) and "/ToUnicode" in font


def test_nothing_in_an_archive_can_be_seen_through(fonts: None) -> None:
    with opened(document_with(of_all()), archival=True) as pdf:
        assert any(found.get("/Subtype") == "/Image" for found in pdf.objects if isinstance(found, pikepdf.Stream))
        for found in pdf.objects:
            if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
                assert found.get("/SMask", "/None") == "/None"
                assert float(found.get("/ca", 1)) == float(found.get("/CA", 1)) == 1
                assert "/Group" not in found
                assert found.get("/BM", "/Normal") in ("/Normal", "/Compatible")


def test_no_colour_of_printers_is_named_in_an_archive(fonts: None) -> None:
    with opened(document_with(of_all()), archival=True) as pdf:
        assert not any("CMYK" in str(space) for page in pdf.pages for space in page.obj.Resources.ColorSpace.values())


def test_grey_has_no_colour(fonts: None, sample: Plan) -> None:
    pages = document_of(source_of(sample, grey=True), (Kind.ROADMAP,)).pages
    with opened(document_with(of_all(), *pages, grey=True)) as pdf:
        for page in pdf.pages:
            for found in pikepdf.parse_content_stream(page):
                assert str(found.operator) not in ("rg", "RG", "k", "K")
                if str(found.operator) in ("sc", "scn", "SC", "SCN"):
                    levels = [float(n) for n in list(found.operands) if not isinstance(n, pikepdf.Name)]
                    assert len(set(levels)) <= 1
        for image in pdf.objects:
            if isinstance(image, pikepdf.Stream) and image.get("/Subtype") == "/Image":
                assert image["/ColorSpace"] == "/DeviceGray"


def test_in_grey_everything_is_still_told_apart() -> None:
    for accents in ([a.tint for a in GREY.accents], [a.full for a in GREY.accents]):
        assert len(set(accents)) == len(LIGHT.accents)
        levels = [int(name[1:3], 16) for name in accents]
        assert all(abs(one - two) >= 14 for one, two in pairwise(levels))
    for accent in GREY.accents:
        assert int(accent.tint[1:3], 16) - int(accent.deep[1:3], 16) >= 30
    for name in re.findall(r"#\w+", repr(GREY)):
        assert name[1:3] == name[3:5] == name[5:7]


def test_without_pikepdf_the_pages_are_written_all_the_same_and_that_is_said(
    fonts: None, several: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lacking() == ""
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    assert "no bookmarks" in lacking() and "pip install .[pdf]" in lacking()
    reader = PdfReader(BytesIO(pdf_of_document(several)))
    assert len(reader.pages) == 6
    assert packed("Go there") in packed(reader.pages[0].extract_text())
    assert reader.outline == []
    assert reader.metadata is not None and reader.metadata.author == "CIO office"


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"0" * 50, b"<svg", b"<svg></p>"])
def test_a_picture_that_is_none_is_refused_before_anything_is_painted(fonts: None, data: bytes) -> None:
    steps: list[int] = []
    page = page_of(Picture(Box(30, 30, 60, 30), data, "Logo"))
    with pytest.raises(Refused, match="Logo cannot be read: choose a PNG, JPEG or SVG file that is whole"):
        pdf_of_document(document_with(of_all(), page), progress=Progress(lambda done, of: steps.append(done)))
    assert steps == []


def test_a_picture_that_stands_on_every_page_is_kept_once(fonts: None) -> None:
    page = page_of(Picture(Box(30, 30, 60, 30), see_through()))
    with opened(document_with(*[page] * 5)) as pdf:
        assert sum(found.get("/Subtype") == "/Image" for found in pdf.objects if isinstance(found, pikepdf.Stream)) == 1


def test_each_page_is_told_and_the_work_can_be_stopped(fonts: None) -> None:
    steps: list[tuple[int, int]] = []
    document = document_with(*[of_all()] * 3)
    pdf_of_document(document, progress=Progress(lambda done, of: steps.append((done, of))))
    assert steps == [(1, 3), (2, 3), (3, 3)]
    stopping = Progress(lambda done, of: stopping.cancel())
    with pytest.raises(Cancelled):
        pdf_of_document(document, progress=stopping)
    assert pdf_of_document(document)  # no painter was left open


def fonts_in(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    found = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/DescendantFonts" in o]
    assert found
    yield from found
