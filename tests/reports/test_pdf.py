"""The PDF: pages of the paper asked for, every name on them as text, the fonts in it, and never half a file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from PySide6.QtGui import QFontDatabase

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.forecast import first_value
from roadmapper.planning.phrases import day_text
from roadmapper.reports.paper import PAPERS
from roadmapper.workspace.session import Session
from tests.reports.conftest import HEAD, RESOURCES, TODAY, Print, made, packed, pages_of, print_to, words_of

Script = QFontDatabase.WritingSystem
LONG = (
    "A title of two hundred characters about the joint customer data platform of the group and its subsidiaries in "
    "all of the twenty-seven countries where it trades, which goes on until there is no room"
)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_title_stands_on_the_one_page_as_text(printed: Print, split_sample: Plan, paper: str) -> None:
    words = words_of(printed(split_sample, paper))
    titles = [p.title for p in split_sample.projects.values()] + [i.title for i in split_sample.increments.values()]
    assert [title for title in titles if packed(title) not in words] == []


def test_words_that_follow_each_other_are_found_with_the_space_between_them(printed: Print, sample: Plan) -> None:
    (page,) = printed(sample).pages
    text = page.extract_text()
    assert "Customer data platform" in text
    assert "never more than 6 weeks apart" in text.replace("\n", " ")
    assert "\t" not in text


@pytest.mark.parametrize("paper", PAPERS)
def test_the_page_is_the_paper_asked_for_lying_on_its_side(printed: Print, sample: Plan, paper: str) -> None:
    (page,) = printed(sample, paper).pages
    size = float(page.mediabox.width) / 72 * 25.4, float(page.mediabox.height) / 72 * 25.4
    assert size == pytest.approx(PAPERS[paper][::-1], abs=0.6)


def test_header_headline_legend_and_footer_are_there(printed: Print, split_sample: Plan) -> None:
    words = words_of(printed(split_sample))
    first = first_value(split_sample, EntityId("customer-data"))
    assert first is not None
    for part in (
        *(split_sample.roadmap.title, "January 2027 – January 2029", "never more than 6 weeks apart", "revenue by"),
        *("Q1 2027", "Q4 2028", "JanFebMarAprMayJun", f"first value {day_text(first)}", "one big delivery: €"),
        *("delivers something marketing can use", "groundwork", "consult with the CMO", "first value", "done so far"),
        *("CIO office · 18 May 2027 · journal 3fa9c12e88ab", "page 1 of 1"),
    ):
        assert packed(part) in words, part
    assert packed(HEAD[:13]) not in words


def test_all_fonts_are_embedded_and_the_words_are_set_in_the_shipped_one(printed: Print, split_sample: Plan) -> None:
    (page,) = printed(split_sample).pages
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    names = set()
    for reference in fonts.values():
        (descendant,) = reference.get_object()["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
        assert "/ToUnicode" in reference.get_object()
        names.add(str(descriptor["/FontName"]))
    assert len(names) == 3
    assert all("Inter" in name for name in names)


def test_the_page_is_lines_and_letters_without_pictures_and_translucency(printed: Print, split_sample: Plan) -> None:
    reader = printed(split_sample)
    assert reader.pdf_header == "%PDF-1.4"
    kinds: Counter[str] = Counter()
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found = reader.get_object(number)
        if isinstance(found, DictionaryObject):
            kinds[str(found.get("/Subtype"))] += 1
            assert float(found.get("/ca", 1)) == float(found.get("/CA", 1)) == 1.0
            assert "/SMask" not in found or str(found["/SMask"]) == "/None"
    assert not kinds["/Image"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == (split_sample.roadmap.title, "Roadmapper")


def test_titles_as_long_as_they_may_be_stand_whole(printed: Print) -> None:
    plan = made(2, 4, 100, 90, names=(LONG, "Short"))
    (first, *_) = plan.projects_in_order
    plan = plan.with_entities([replace(first, title=LONG), replace(plan.roadmap, title=LONG)])
    assert words_of(printed(plan)).count(packed(LONG)) == 6


@pytest.mark.parametrize(
    ("script", "title"),
    [(Script.Japanese, "顧客データ基盤の統合と個人向けの提案"), (Script.Arabic, "تسجيل دخول موحد")],
)
def test_other_scripts_are_readable(printed: Print, script: Script, title: str) -> None:
    page = printed(made(2, 4, 100, 90, names=(title, "Short")))
    if not QFontDatabase.families(script):
        pytest.skip(f"no font for {script.name} on this machine: Inter has none, the system's would serve")
    # Letters come back in the shapes they have within a word, and some readers give them from left to right.
    letters, first = normalize("NFKC", words_of(page)), title.split()[0]
    assert any(form in letters for form in (first, first[::-1]))


def test_a_horizon_of_ten_years_still_names_its_years(printed: Print) -> None:
    words = words_of(printed(made(2, 20, 180, 100, months=120)))
    assert all(str(year) in words for year in range(2027, 2037))
    assert "…" not in words


def test_a_cell_of_the_header_that_is_cut_by_the_edge_has_no_label_outside_it(printed: Print) -> None:
    plan = made(1, 6, 7, 7, months=3)
    words = words_of(printed(plan.with_entities([replace(plan.roadmap, start=date(2027, 1, 1))])))
    assert "W1W2W3" in words
    assert "W53" not in words


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_of_a_real_portfolio_is_left_out(printed: Print, fda: Plan, paper: str) -> None:
    pages = pages_of(printed(fda, paper))
    assert 1 < len(pages) <= 4
    titles = Counter([p.title for p in fda.projects.values()] + [i.title for i in fda.increments.values()])
    for title, times in titles.items():
        assert sum(page.count(packed(title)) for page in pages) >= times, title
    assert not any("…" in page for page in pages)


def test_each_page_has_title_months_legend_and_footer_and_only_the_first_the_notes(printed: Print, fda: Plan) -> None:
    pages = pages_of(printed(fda))
    for n, page in enumerate(pages):
        for part in ("FDA IT portfolio", "2012", "consult gap", "18 May 2027 · journal 3fa9c12e88ab"):
            assert packed(part) in page, (n, part)
        assert ("17projectsin122increments" in page) is (n == 0)
        assert ("Nobodyhassaidyetwhat68incrementsearn." in page) is (n == 0)
        assert page.startswith("FDAITportfoliocontinued") is (n > 0)


def test_forty_projects_stand_on_as_few_pages_as_there_can_be_each_once(printed: Print) -> None:
    pages = pages_of(printed(made(40, 5, 60, 56)))
    shown = [sum(packed(f"Project {n}first value") in page for n in range(40)) for page in pages]
    assert [sum(packed(f"Project {n}first value") in page for page in pages) for n in range(40)] == [1] * 40
    assert len(pages) == 5
    assert sum(shown) == 40
    assert max(shown) - min(shown) <= 2  # the first page has the story, too


def test_a_project_higher_than_a_page_goes_on_with_its_name_on_the_next(printed: Print) -> None:
    names = tuple(f"Part {n:02} of the whole" for n in range(60))
    plan = made(1, 60, 3, 200, names=names)
    pages = pages_of(printed(plan))
    assert len(pages) == 2
    assert [sum(packed(name) in page for page in pages) for name in names] == [1] * 60
    assert packed("Project 0first value") in pages[0]
    assert packed("Project 0continued") in pages[1]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_sample_stays_on_one_page(printed: Print, sample: Plan, split_sample: Plan, paper: str) -> None:
    assert [len(printed(plan, paper).pages) for plan in (sample, split_sample)] == [1, 1]


def test_the_number_of_pages_is_handed_back(fonts: None, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    found = [print_to(made(n, 5, 60, 56), path, "A4", session).pages for n in (1, 40)]
    assert found == [1, 5]


def test_an_empty_roadmap_prints_a_page_that_says_so(printed: Print) -> None:
    words = words_of(printed(Plan.of(Roadmap("Nothing yet", date(2027, 1, 1)))))
    assert packed("There is no project in this roadmap yet.") in words
    assert packed("Nothing yet") in words


def test_a_folder_that_is_not_there_is_refused_in_a_sentence(fonts: None, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "roadmap.pdf"
    with pytest.raises(Refused, match=r"nowhere.*could not be written: No such file or directory"):
        print_to(made(1, 1, 7, 7), path, "A4", session)
    assert list(tmp_path.iterdir()) == []


def test_a_paper_that_is_not_known_is_refused(fonts: None, session: Session, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no paper “A9”; there are: A4, A3, A2, Letter"):
        print_to(made(1, 1, 7, 7), tmp_path / "x.pdf", "A9", session)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is a Unix thing")
def test_a_full_disk_leaves_the_old_file_and_no_half_one(fonts: None, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "roadmap.pdf"
    path.write_bytes(b"the old page")
    with _files_of_at_most(4096), pytest.raises(Refused, match="could not be written"):
        print_to(made(1, 4, 60, 56), path, "A4", session)
    assert path.read_bytes() == b"the old page"
    assert list(tmp_path.iterdir()) == [path]


def test_the_page_is_written_beside_its_place_and_leaves_nothing_else(
    printed: Print, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    printed(made(1, 1, 7, 7))
    printed(made(1, 2, 7, 7))
    assert list(tmp_path.iterdir()) == [tmp_path / "roadmap.pdf"]


def test_a_folder_in_the_place_of_the_file_is_refused_and_left_alone(
    fonts: None, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "roadmap.pdf"
    path.mkdir()
    with pytest.raises(Refused, match="could not be written"):
        print_to(made(1, 4, 60, 56), path, "A4", session)
    assert list(tmp_path.iterdir()) == [path]


def test_it_prints_where_there_is_no_screen_and_no_application(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from roadmapper.reports.output import application\n"
        "from roadmapper.reports.pdf import load_fonts\n"
        "from roadmapper.workspace.session import Session\n"
        "from tests.reports.conftest import TODAY, made, print_to\n"
        "session = Session('x', Path(sys.argv[1]), Path(sys.argv[2]), lambda: TODAY)\n"
        "for name in ('one.pdf', 'two.pdf'):\n"
        "    with application():\n"
        "        load_fonts(session.resources)\n"
        "        print_to(made(1, 3, 60, 56), Path(sys.argv[2]) / name, 'A4', session)\n"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {key: value for key, value in os.environ.items() if key not in hidden}
    command = [sys.executable, "-c", code, str(RESOURCES), str(tmp_path)]
    done = subprocess.run(command, env=bare, cwd=RESOURCES.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in ("one.pdf", "two.pdf"):
        (page,) = PdfReader(tmp_path / name).pages
        assert packed("Roadmap of many") in packed(page.extract_text())


@contextmanager
def _files_of_at_most(size: int) -> Iterator[None]:
    resource = pytest.importorskip("resource")
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_a_roadmap_is_never_replaced_by_a_picture_of_it(tmp_path: Path, split_sample: Plan) -> None:
    roadmap = tmp_path / "plan.roadmap"
    roadmap.write_bytes(b"SQLite format 3\x00" + b"precious")
    with pytest.raises(Refused, match="another name"):
        print_to(split_sample, roadmap, "A4", Session("me", RESOURCES, tmp_path, lambda: TODAY))
    assert roadmap.read_bytes().endswith(b"precious")
