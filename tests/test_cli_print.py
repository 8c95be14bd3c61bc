"""The command `print`: the sheets, paper, days and projects asked for, as PDF or as pictures, or one sentence."""

from __future__ import annotations

import os
import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

from roadmapper.reports.paper import PAPERS, Kind
from tests.faults.disks import disk
from tests.stories.command_line import CommandLine


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], fonts: None) -> CommandLine:
    """A folder with the sample."""
    found = CommandLine(tmp_path, capsys)
    found.good("sample", "FILE")
    return found


@pytest.fixture(scope="module")
def fonts(qapp: object) -> None:
    """Have an application, as other tests of the process have."""


def read(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def print_pdf(line: CommandLine, *words: str | Path) -> list[str]:
    out = line.folder / "out.pdf"
    line.good("print", "FILE", "-o", out, *words)
    return read(out)


def test_left_to_itself_it_prints_the_roadmap_on_a4_lying_on_its_side(line: CommandLine) -> None:
    out = line.folder / "out.pdf"
    assert line.good("print", "FILE", "-o", out) == f"Printed “{out}”.\n"
    (page,) = PdfReader(out).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    assert "Northwind digital roadmap" in page.extract_text()


def test_several_sheets_stand_in_one_file_in_their_order(line: CommandLine) -> None:
    pages = print_pdf(line, "--sheet", "increments", "--sheet", "roadmap")
    assert "page 1 of " in pages[0] and f"page {len(pages)} of {len(pages)}" in pages[-1]
    assert "revenue by" in pages[-1] and "revenue by" not in pages[0]


@pytest.mark.parametrize("kind", Kind)
def test_every_sheet_can_be_asked_for(line: CommandLine, kind: Kind) -> None:
    assert print_pdf(line, "--sheet", kind.value)


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_is_as_asked_for_upright_or_not(line: CommandLine, paper: str) -> None:
    sizes = []
    for how in ("--upright", "--landscape"):
        print_pdf(line, "--paper", paper, how)
        box = PdfReader(line.folder / "out.pdf").pages[0].mediabox
        sizes.append((round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)))
    wide, high = PAPERS[paper]
    assert sizes[0] == pytest.approx((wide, high), abs=1)
    assert sizes[1] == pytest.approx((high, wide), abs=1)


def test_only_the_projects_named_are_printed(line: CommandLine) -> None:
    (page,) = print_pdf(line, "--project", "loyalty", "--project", "campaign")
    assert "Loyalty app" in page and "Campaign automation" in page
    assert "Customer data platform" not in page.partition("shown:")[0]
    said = line.refused("print", "FILE", "-o", line.folder / "x.pdf", "--project", "nothing")
    assert "There is no project “nothing”" in said


def test_only_the_days_asked_for_are_printed(line: CommandLine) -> None:
    (page,) = print_pdf(line, "--from", "2027-01-01", "--to", "2027-06-30")
    assert "Q1 2027" in page.replace("\xa0", " ") or "Jan" in page
    assert "Q4 2027" not in page
    assert print_pdf(line, "--from", "2027-02-01", "--to", "2027-02-01")


def test_the_detail_sheet_is_spread_over_the_pages_asked_for(line: CommandLine) -> None:
    assert len(print_pdf(line, "--sheet", "detail", "--pages", "2x1")) == 2
    assert len(print_pdf(line, "--sheet", "detail", "--scale", "20")) > 2


def test_grey_has_no_colour_and_an_archive_says_that_it_is_one(line: CommandLine) -> None:
    print_pdf(line, "--grey", "--pdfa")
    data = (line.folder / "out.pdf").read_bytes()
    assert b"<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B" in data
    for page in PdfReader(BytesIO(data)).pages:
        content = page.get_contents()
        assert content is not None
        assert not re.search(rb"\s(rg|RG|k|K)\s", content.get_data())


def test_a_checkpoint_is_found_by_words_of_its_title(line: CommandLine) -> None:
    key = line.json("consults", "FILE", "--due", "--json")["consults"][0]
    pages = print_pdf(line, "--sheet", "review", "--checkpoint", key["id"])
    assert key["title"] in " ".join(" ".join(pages).split())
    said = line.refused("print", "FILE", "-o", line.folder / "x.pdf", "--sheet", "review", "--checkpoint", "zzz")
    assert "There is no checkpoint “zzz”" in said


def test_pictures_are_one_file_a_page(line: CommandLine) -> None:
    out = line.folder / "page.png"
    assert line.good("print", "FILE", "-o", out, "--png", "72") == f"Printed “{out}”.\n"
    assert (QImage(str(out)).width(), QImage(str(out)).height()) == (842, 595)
    said = line.good("print", "FILE", "-o", line.folder / "page.SVG", "--sheet", "roadmap", "--sheet", "increments")
    assert re.fullmatch(r"Printed “.*page-1\.SVG” to “.*page-\d+\.SVG”\.\n", said)
    assert (line.folder / "page-1.SVG").read_bytes().lstrip().startswith(b"<?xml")
    said = line.good("print", "FILE", "-o", line.folder / "page.SVG")
    assert re.search(r"“page-1\.SVG” and others beside it, \d+ files, are of another print\.\n$", said)


def test_a_logo_stands_on_the_page_and_one_that_is_none_is_refused(line: CommandLine) -> None:
    logo = line.folder / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    plain = print_pdf(line) and (line.folder / "out.pdf").read_bytes()
    print_pdf(line, "--logo", logo)
    assert (line.folder / "out.pdf").read_bytes() != plain
    out = line.folder / "x.pdf"
    logo.write_text("no picture")
    assert "Logo cannot be read: choose a PNG" in line.refused("print", "FILE", "-o", out, "--logo", logo)
    said = line.refused("print", "FILE", "-o", out, "--logo", line.folder / "gone.png")
    assert "gone.png” cannot be read: No such file" in said
    assert not out.exists()


def test_the_proof_is_told_on_demand(line: CommandLine) -> None:
    said = line.good("print", "FILE", "-o", line.folder / "out.pdf", "--proof").splitlines()
    assert said[0].startswith("Printed")
    assert "1 page, A4 landscape." in said
    assert any(sentence.startswith("The smallest type is") for sentence in said)


def test_without_pikepdf_it_prints_all_the_same_and_says_what_is_missing(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    out = line.folder / "out.pdf"
    answer = line("print", "FILE", "-o", out)
    assert (answer.code, answer.err.count("\n")) == (0, 1)
    assert "no bookmarks, page names and links" in answer.err
    assert "page 1 of 1" in read(out)[0]
    assert line.good("print", "FILE", "-o", line.folder / "page.svg")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sheet", "poster"), "invalid choice: 'poster'"),
        (("--paper", "A9"), "invalid choice: 'A9'"),
        (("--upright", "--landscape"), "not allowed with"),
        (("--pages", "3"), "“3” is not pages wide and high, such as 3x2"),
        (("--pages", "3x2", "--scale", "9"), "not allowed with"),
        (("--scale", "wide"), "“wide” is not a number"),
        (("--from", "soon"), "“soon” is not a date"),
        (("--from", "2027-05-01", "--to", "2027-04-01"), "--from is after --to"),
        (("--png", "72"), "let -o end in .png"),
    ],
)
def test_wrong_usage_is_said_and_ends_with_2(line: CommandLine, words: tuple[str, ...], said: str) -> None:
    out = line.folder / "x.pdf"
    assert said in line.refused("print", "FILE", "-o", out, *words, code=2)
    assert not out.exists()


def test_an_archive_of_pictures_is_wrong_usage(line: CommandLine) -> None:
    said = line.refused("print", "FILE", "-o", line.folder / "x.png", "--pdfa", code=2)
    assert "--pdfa is for a PDF" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--pages", "99x1"), "Pages wide and high are 1 to 20"),
        (("--scale", "0"), "A week is 0.05 to 60.0 mm wide on paper."),
        (("--scale", "nan"), "A week is"),
        (("--from", "2099-01-01"), "The roadmap ends before --from"),
        (("--to", "1999-01-01"), "begins after --to"),
    ],
)
def test_what_the_plan_or_paper_does_not_allow_is_refused_with_1(
    line: CommandLine, words: tuple[str, ...], said: str
) -> None:
    assert said in line.refused("print", "FILE", "-o", line.folder / "x.pdf", "--sheet", "detail", *words)
    assert not (line.folder / "x.pdf").exists()


def test_a_picture_too_fine_is_refused(line: CommandLine) -> None:
    out = line.folder / "x.png"
    assert "choose 20 to 1200" in line.refused("print", "FILE", "-o", out, "--png", "5000")
    assert not out.exists()


def test_a_full_or_read_only_disk_is_said_and_leaves_the_old_file(line: CommandLine, tmp_path: Path) -> None:
    with disk(tmp_path / "small") as small:
        out = small.path / "out.pdf"
        line.good("print", "FILE", "-o", out)
        before = out.read_bytes()
        small.fill()
        full = line.refused("print", "FILE", "-o", out, "--sheet", "increments")
        assert "out.pdf” could not be written: No space left on device. Choose another place." in full
        assert out.read_bytes() == before
        assert sorted(file.name for file in small.path.iterdir()) == ["filler", "out.pdf"]
        small.empty()
        small.read_only(True)
        locked = line.refused("print", "FILE", "-o", out, "--sheet", "increments")
        assert "could not be written: Read-only file system. Choose another place." in locked
        assert out.read_bytes() == before
        small.read_only(False)


def test_pictures_that_do_not_all_find_room_are_not_written_at_all(line: CommandLine, tmp_path: Path) -> None:
    with disk(tmp_path / "small") as small:
        small.fill()
        filler = small.path / "filler"
        os.truncate(filler, filler.stat().st_size - 200_000)
        sheets = ("--sheet", "increments", "--sheet", "board-pack")
        full = line.refused("print", "FILE", "-o", small.path / "new.svg", *sheets)
        assert re.search(r"new-[2-9]\d*.svg” could not be written: No space left on device", full)
        assert [file.name for file in small.path.iterdir()] == ["filler"]


def test_the_roadmap_itself_is_never_replaced(line: CommandLine) -> None:
    assert "choose another name" in line.refused("print", "FILE", "-o", line.file)
