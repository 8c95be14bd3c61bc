"""Pictures of pages: PNG of the size asked for, SVG whose words are words, and strokes that are alike at any size."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from roadmapper.chart.palette import GREY, LIGHT
from roadmapper.chart.trend import Course
from roadmapper.chart.value_picture import facts_of
from roadmapper.domain.criterion import Voice
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure, unprintable
from roadmapper.reports.output import Wish, checked, names_of, older_beside, printed, write_document
from roadmapper.reports.pages import Align, BarMark, Box, Document, Drawing, Fill, Item, Page, Text
from roadmapper.reports.paper import Kind, Options
from roadmapper.reports.pictures import image_of, png_of, svg_of
from roadmapper.reports.strokes import Strokes, ink_of
from roadmapper.reports.wrapping import leads_right
from roadmapper.workspace.jobs import Cancelled, Progress
from tests.reports.conftest import TODAY, packed, source_of

ARABIC = "تسجيل دخول موحد"


def page_of(*items: Item) -> Page:
    return Page(300, 200, items, "Sheet", "1", today=TODAY)


def text(said: str, **more: object) -> Text:
    return Text(Box(50, 50, 200, 30), tuple(said.split("|")), 10.0, words=said.replace("|", " "), **more)  # type: ignore[arg-type]


def inked(image: QImage) -> tuple[int, int, int, int]:
    """Return the box in which something is painted: left, top, right, bottom in dots."""
    white = QImage(image.size(), image.format())
    white.fill(Qt.GlobalColor.white)
    spots = [
        (x, y) for y in range(image.height()) for x in range(image.width()) if image.pixel(x, y) != white.pixel(x, y)
    ]
    assert spots
    return (min(x for x, _ in spots), min(y for _, y in spots), max(x for x, _ in spots), max(y for _, y in spots))


def test_a_png_has_the_size_and_the_dots_an_inch_that_were_asked_for(fonts: None) -> None:
    for dpi in (72, 150, 300):
        image = QImage.fromData(png_of(page_of(text("Words")), dpi))
        assert (image.width(), image.height()) == (round(300 * dpi / 72), round(200 * dpi / 72))
        assert round(image.dotsPerMeterX() * 0.0254) == dpi
        assert image.pixelColor(0, 0).name() == "#ffffff"


@pytest.mark.parametrize("dpi", [0, 19, 1201])
def test_a_picture_too_coarse_or_too_fine_is_refused(fonts: None, dpi: int) -> None:
    with pytest.raises(Refused, match=f"{dpi} dots an inch cannot be made of this page: choose 20 to 1200"):
        png_of(page_of(), dpi)


def test_a_picture_larger_than_memory_is_refused(fonts: None) -> None:
    with pytest.raises(Refused, match="cannot be made of this page"):
        png_of(Page(2400, 1700, (), "Sheet"), 1200)


def test_an_svg_is_well_formed_and_its_words_are_words(fonts: None, split_sample: Plan) -> None:
    (page,) = document_of(source_of(split_sample), (Kind.ROADMAP,)).pages
    root = ElementTree.fromstring(svg_of(page))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    said = packed("".join(node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")))
    for title in (split_sample.roadmap.title, *(p.title for p in split_sample.projects.values())):
        assert packed(title) in said
    assert "pageof1" in said.replace("1of1", "of1")
    assert not any("href" in name for node in root.iter() for name in node.attrib)


def test_words_are_as_wide_in_any_picture_as_they_were_measured(fonts: None) -> None:
    said = "Consolidated customer master record"
    points = FontMeasure().width(said, 10.0, bold=False)
    for dpi in (50, 96, 144, 300):
        left, _, right, _ = inked(image_of(page_of(text(said)), dpi))
        assert (right - left) * 72 / dpi == pytest.approx(points, rel=0.04, abs=2 * 72 / dpi)


@pytest.mark.parametrize(("align", "side"), [(Align.LEFT, 50), (Align.RIGHT, 250), (Align.CENTRE, 150)])
@pytest.mark.parametrize("said", ["Words in a box", ARABIC])
def test_words_stand_where_their_box_says_whichever_way_they_are_read(
    fonts: None, said: str, align: Align, side: int
) -> None:
    left, top, right, bottom = inked(image_of(page_of(text(said, align=align)), 72))
    found = {Align.LEFT: left, Align.RIGHT: right, Align.CENTRE: (left + right) / 2}[align]
    assert found == pytest.approx(side, abs=3)
    assert top >= 48 and bottom <= 50 + 1.5 * 12.2


def test_lines_read_from_the_right_end_at_the_same_edge(fonts: None) -> None:
    both = image_of(page_of(text(f"{ARABIC} {ARABIC}|{ARABIC}")), 72)
    first = inked(both.copy(0, 50, 300, 12))
    second = inked(both.copy(0, 63, 300, 12))
    assert second[2] == pytest.approx(first[2], abs=3)
    assert second[0] > first[0] + 20


def test_the_first_letter_says_which_way_a_line_is_read() -> None:
    assert leads_right(ARABIC) and leads_right(f"1 {ARABIC} x")
    assert not leads_right("x") and not leads_right("Ünï") and not leads_right("顧客") and not leads_right("… –")


def test_a_text_stays_the_same_at_its_place_after_other_pages(fonts: None) -> None:
    page = page_of(Fill(Box(0, 0, 40, 40), "deep-3"), text("Words"))
    assert png_of(page, 96) == png_of(page, 96)


def test_inks_have_names() -> None:
    assert ink_of("text", LIGHT) == LIGHT.text
    assert ink_of("accent-9", LIGHT) == LIGHT.accents[1].full
    assert (ink_of("tint-2", GREY), ink_of("deep-2", GREY)) == (GREY.accents[2].tint, GREY.accents[2].deep)
    for name in ("accents", "nothing", "tint-x", "colour-1"):
        with pytest.raises(KeyError):
            ink_of(name, LIGHT)


def test_charts_with_a_painter_of_their_own_are_painted_into_their_box(fonts: None, sample: Plan) -> None:
    box = Box(20, 20, 260, 160)
    charts = (
        facts_of(sample, rank(sample, Weights.of(sample, Voice.AGREED), Budget.of(sample))),
        Course(((TODAY, 3.0), (TODAY.replace(month=9), 5.0)), 2.0, 6.0),
    )
    for chart in charts:
        left, top, right, bottom = inked(image_of(page_of(Drawing(box, chart)), 72))
        assert left >= 18 and top >= 18 and right <= 282 and bottom <= 182
        assert right - left > 130 and bottom - top > 80


def test_a_page_painted_on_a_larger_picture_leaves_its_painter_as_it_was(fonts: None) -> None:
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    qp = QPainter(image)
    try:
        before = qp.transform()
        Strokes(qp, 2.0, LIGHT).paint(page_of(text("Words")))
        assert qp.transform() == before
    finally:
        qp.end()
    assert inked(image)[0] == pytest.approx(100, abs=4)


def test_nothing_of_a_bar_is_painted_beyond_the_chart(fonts: None) -> None:
    span = DateSpan(TODAY.replace(month=1), TODAY.replace(month=9))
    for status in Status:
        increment = Increment(EntityId("i"), EntityId("p"), "Name", span, "usable", status=status)
        bar = BarMark(Box(-40, 90, 400, 20), increment, 3, 9, Box(100, 0, 80, 200))
        left, top, right, bottom = inked(image_of(page_of(bar), 72))
        assert left >= 99 and right <= 180, status
        assert top >= 88 and bottom <= 112


def test_pictures_of_several_pages_are_numbered(fonts: None, tmp_path: Path) -> None:
    document = Document("T", (page_of(text("One")), page_of(text("Two"))))
    assert names_of(tmp_path / "a.png", 1) == (tmp_path / "a.png",)
    for ending in ("png", "svg"):
        files = write_document(document, tmp_path / f"a.{ending}")
        assert [file.name for file in files] == [f"a-1.{ending}", f"a-2.{ending}"]
        assert all(file.stat().st_size for file in files)


def colours_of(image: QImage) -> set[str]:
    """Return the colours that are no grey."""
    colours = {QColor(image.pixel(x, y)).name() for y in range(image.height()) for x in range(image.width())}
    return {name for name in colours if len({name[1:3], name[3:5], name[5:7]}) > 1}


def test_pictures_without_colour_have_none(fonts: None, tmp_path: Path, split_sample: Plan) -> None:
    def written(ending: str, *, grey: bool) -> Path:
        wish = Wish(tmp_path / f"{grey}.{ending}", (Kind.ROADMAP,), Options(grey=grey), dpi=72)
        (file,) = printed(replace(source_of(split_sample), options=wish.options), wish).files
        return file

    assert colours_of(QImage(str(written("png", grey=False))))
    assert not colours_of(QImage(str(written("png", grey=True))))
    inks = [set(re.findall(r"#[0-9a-f]{6}", written("svg", grey=grey).read_text())) for grey in (False, True)]
    tinted, grey = ({ink for ink in found if len({ink[1:3], ink[3:5], ink[5:7]}) > 1} for found in inks)
    assert tinted and not grey


def test_a_set_of_pictures_is_written_whole_or_not_at_all(fonts: None, tmp_path: Path) -> None:
    document = Document("T", tuple(page_of(text(word)) for word in ("One", "Two", "Three")))
    (tmp_path / "a-1.png").write_bytes(b"old")
    (tmp_path / "a-3.png").mkdir()
    with pytest.raises(Refused, match=r"a-3\.png” could not be written: Is a directory"):
        write_document(document, tmp_path / "a.png", dpi=72)
    assert (tmp_path / "a-1.png").read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a-1.png", "a-3.png"]
    (tmp_path / "a-3.png").rmdir()
    progress = Progress(lambda done, of: progress.cancel() if done == 2 else None)
    with pytest.raises(Cancelled):
        write_document(document, tmp_path / "a.png", dpi=72, progress=progress)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_pictures_of_another_print_are_told_and_left(fonts: None, tmp_path: Path) -> None:
    long = Document("T", tuple(page_of(text("One")) for _ in range(11)))
    path = tmp_path / "a.png"
    assert older_beside(path, write_document(long, path, dpi=72)) == ()
    for name in ("a-b.png", "ba-1.png", "a-1.svg", "a-02.png"):
        (tmp_path / name).write_bytes(b"of somebody else")
    short = write_document(replace(long, pages=long.pages[:2]), path, dpi=72)
    assert [file.name for file in older_beside(path, short)] == [f"a-{n}.png" for n in range(3, 12)]
    one = write_document(replace(long, pages=long.pages[:1]), path, dpi=72)
    assert [file.name for file in older_beside(path, one)] == [f"a-{n}.png" for n in range(1, 12)]
    assert older_beside(path, short)[0].name == "a.png"
    assert len(list(tmp_path.iterdir())) == 11 + 4 + 1
    assert older_beside(tmp_path / "a.pdf", ()) == ()


def test_a_sign_that_no_font_has_is_said_with_its_page_and_once(fonts: None, split_sample: Plan) -> None:
    signs = "\U000e0041\ue123"  # a tag, which nobody sees, and a sign that nobody has agreed on
    other = replace(page_of(text(f"{ARABIC} \U0010fffd {signs} \U0010fffd")), number="2")
    document = Document("T", (page_of(text("Plain – “€”, ✓ →")), other))
    said = unprintable(document)
    assert said[0] == "Page 2: “\U0010fffd” has no letter in the fonts, and is printed as a box."
    assert all("Page 2" in words for words in said) and len(said) == len(set(said))
    title = replace(next(iter(split_sample.projects.values())), title="Rocket \U0010fffd")
    told = checked(document_of(source_of(split_sample.with_entities([title])), [Kind.ROADMAP]))
    assert told.left_out[-1].startswith("Page 1: “\U0010fffd” has no letter")
