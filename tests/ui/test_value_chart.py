"""The chart of value against effort under mouse and keyboard, and as a file."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from math import cos, pi, sin
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QPointF, Qt, QThreadPool
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from roadmapper.chart.bubble_painter import BubblePainter, FontLetters
from roadmapper.chart.bubbles import LEAST
from roadmapper.chart.palette import LIGHT
from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.reports.value_chart import ChartSheet, chart_sheet, pdf_of, png_of, svg_of
from roadmapper.storage.writing import write_whole
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.chart import ValueChart
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.theme import Theme
from tests.domain.samples import ROADMAP

TODAY = date(2027, 5, 18)
HEAD = "3fa9c12e88ab77ddee0011223344"
FIT = EntityId("fit")
TITLES = ("Consent centre", "Email journeys", "Personalised offers", "Fast product pages", "Partner feed")
ROWS = ((420, 12, 4), (610, 19, 3), (880, 31, 5), (540, 24, 0), (60, 14, 1))
KEYS = {Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down}


def investment(n: int, title: str, revenue: int, effort: float, fit: float) -> Investment:
    return Investment(
        EntityId(f"i{n}"), title, revenue=revenue * 100_000, efforts=(TeamEffort(None, effort, effort, effort),),
        ratings=(Rating(FIT, fit),), position=n,
    )  # fmt: skip


def chart_plan(rows: tuple[tuple[int, int, int], ...] = ROWS) -> Plan:
    """Return a plan of a few investments, of which the last does not fit into the budget."""
    return Plan.of(
        replace(ROADMAP, title="Northwind", budget_pw=90.0),
        Criterion(FIT, "Strategic fit", agreed=20_000_000),
        *(investment(n, TITLES[n % 5] + (f" {n}" if n >= 5 else ""), *row) for n, row in enumerate(rows)),
    )


class Hand:
    """A chart on screen, and what it is connected with."""

    def __init__(self, plan: Plan, theme: Theme, size: tuple[int, int] = (420, 460)) -> None:
        self.editor = Editor(plan)
        self.comparing = Comparing(self.editor)
        self.comparing.settle()
        self.window = QWidget()
        self.chart = ValueChart(self.comparing, self.editor, theme, self.window)
        self.chart.stamp = lambda: (TODAY, HEAD)
        self.window.resize(*size)
        self.chart.resize(*size)
        self.window.show()
        self.canvas = self.chart.canvas

    def middle(self, key: str) -> QPoint:
        bubble = self.canvas.bubble(EntityId(key))
        assert bubble is not None
        return QPointF(bubble.x, bubble.y).toPoint()

    def click(self, key: str) -> None:
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.middle(key))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.canvas, key)


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Iterator[Callable[[Plan], Hand]]:
    """Return what puts a chart on screen; at the end nothing is under way any more."""
    made: list[Hand] = []

    def shown(plan: Plan) -> Hand:
        made.append(Hand(plan, theme))
        qtbot.addWidget(made[-1].window)
        return made[-1]

    yield shown
    for hand in made:
        hand.comparing.watch(on=False)  # lets go of what is under way
        hand.window.close()
    QThreadPool.globalInstance().waitForDone(10_000)


@pytest.fixture
def hand(make: Callable[[Plan], Hand]) -> Hand:
    return make(chart_plan())


@pytest.fixture
def sheet(hand: Hand) -> ChartSheet:
    comparing = hand.comparing
    return chart_sheet(comparing.plan, comparing.ranking, comparing.voice, TODAY, HEAD)


def test_a_click_chooses_the_investment_for_the_whole_page(hand: Hand) -> None:
    hand.click("i2")
    assert hand.comparing.focus == "i2"


def test_what_is_chosen_elsewhere_takes_the_keyboard_with_it(hand: Hand) -> None:
    hand.comparing.choose(EntityId("i3"))
    assert hand.canvas.focused == "i3"
    assert "Fast product pages" in hand.canvas.accessibleDescription()


def test_the_keyboard_walks_by_rank_and_direction_and_chooses_with_enter(hand: Hand) -> None:
    ranks = [p.investment for p in hand.comparing.ranking.places]
    hand.press(Qt.Key.Key_End)
    assert hand.canvas.focused == ranks[-1]
    assert hand.comparing.focus is None
    hand.press(Qt.Key.Key_Home)
    assert hand.canvas.focused == ranks[0]
    hand.press(Qt.Key.Key_Return)
    assert hand.comparing.focus == ranks[0]
    hand.press(Qt.Key.Key_Right)
    assert hand.canvas.focused != ranks[0]
    assert hand.comparing.focus == ranks[0]


def test_a_screen_reader_is_told_where_the_keyboard_is(hand: Hand) -> None:
    hand.press(Qt.Key.Key_Home)
    first = hand.comparing.ranking.places[0].investment
    words = hand.canvas.accessibleDescription()
    assert words.startswith(hand.comparing.plan.investments[first].title + ", place 1 of 5, funded")
    assert "a year per person-week" in words


def test_tab_enters_the_bubbles_once_and_leaves_them_again(hand: Hand) -> None:
    hand.window.activateWindow()
    hand.chart.button.setFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(hand.window, Qt.Key.Key_Tab)
        seen.append(QGuiApplication.focusObject())
    assert seen.count(hand.canvas) <= 2
    assert hand.canvas in seen
    assert seen[0] is not seen[1]


def test_the_tooltip_tells_title_value_effort_and_score_and_is_never_html(make: Callable[[Plan], Hand]) -> None:
    evil = investment(0, "<b>Bold</b>", 420, 12, 4)
    hand = make(Plan.of(replace(ROADMAP, budget_pw=None), evil))
    words = hand.canvas.words_at(QPointF(hand.middle("i0")))
    assert words.splitlines() == [
        "<b>Bold</b>", "place 1 of 1", "value €\u00a0420\u00a0k a year, revenue €\u00a0420\u00a0k a year",
        "effort 12\u00a0pw", "score €\u00a035\u00a0k a year per person-week",
    ]  # fmt: skip


def test_on_the_same_spot_the_tooltip_tells_all_and_clicks_go_through_them(
    make: Callable[[Plan], Hand],
) -> None:
    hand = make(chart_plan(((300, 20, 3),) * 9))
    words = hand.canvas.words_at(QPointF(hand.middle("i4")))
    assert words.count("place ") == 6
    assert words.endswith("and 3 more here")
    seen = []
    for _ in range(9):
        hand.click("i4")
        seen.append(hand.comparing.focus)
    assert len(set(seen)) == 9


def test_the_bubbles_follow_the_weights_while_they_are_tried(hand: Hand) -> None:
    before, others = hand.middle("i2"), hand.canvas.bubble(EntityId("i3"))
    hand.comparing.try_swing(FIT, 90_000_000)
    assert hand.middle("i2") != before
    value = hand.comparing.ranking.by_id[EntityId("i2")].score.value
    bubble = hand.canvas.bubble(EntityId("i2"))
    assert bubble is not None
    assert bubble.spot.value == value == pytest.approx(88_000_000 + 90_000_000)
    assert others is not None


@pytest.mark.parametrize("rows", [(), ((420, 12, 4),), ((0, 0, 0),), ((0, 10, 0), (0, 20, 0)), ((500, 0, 5),) * 3])
def test_any_few_investments_can_be_looked_at(
    make: Callable[[Plan], Hand], rows: tuple[tuple[int, int, int], ...]
) -> None:
    hand = make(chart_plan(rows))
    for key in (*KEYS, Qt.Key.Key_Home, Qt.Key.Key_Return):
        hand.press(key)
    assert not hand.chart.grab().isNull()
    assert hand.chart.button.isEnabled() == bool(rows)
    assert bool(hand.canvas.picture.empty) == (not rows)


def test_the_svg_is_xml_and_holds_every_title_as_text(sheet: ChartSheet) -> None:
    root = ElementTree.fromstring(svg_of(sheet))
    texts = [("".join(t.itertext())).strip() for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert sheet.title in texts
    assert sheet.footer in texts
    assert [t for t in TITLES if t not in texts] == []
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) >= len(TITLES)


def test_the_pdf_holds_title_names_and_footer_as_text_and_fills_one_page(sheet: ChartSheet) -> None:
    reader = PdfReader(io.BytesIO(pdf_of(sheet, "A4")))
    (page,) = reader.pages
    text = page.extract_text()
    for words in ("Northwind: value against effort", *TITLES, "18\u00a0May\u00a02027", f"journal {HEAD[:12]}"):
        assert words.replace("\u00a0", " ") in text.replace("\u00a0", " ")
    assert float(page.mediabox.width) > float(page.mediabox.height)


def test_nothing_on_the_pdf_is_translucent(sheet: ChartSheet) -> None:
    found = re.findall(rb"/(?:ca|CA) +([0-9.]+)", pdf_of(sheet, "A4"))
    assert {float(share) for share in found} <= {1.0}


def test_the_png_is_as_large_as_print_needs(sheet: ChartSheet) -> None:
    image = QImage.fromData(png_of(sheet))
    assert (image.width(), image.height()) == (2480, 1754)
    assert image.dotsPerMeterX() == pytest.approx(300 / 0.0254, abs=1)
    assert image.pixelColor(2, 2).name() == "#ffffff"


def saved_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])


@pytest.mark.parametrize(("deed", "suffix", "start"), [
    ("save_png", "png", b"\x89PNG"), ("save_svg", "svg", b"<?xml"), ("save_pdf", "pdf", b"%PDF-1.4"),
])  # fmt: skip
def test_the_chart_is_saved_whole_and_nothing_else_is_left(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str, suffix: str, start: bytes
) -> None:
    path = tmp_path / f"chart.{suffix}"
    saved_to(path, monkeypatch)
    said: list[str] = []
    hand.chart.said.connect(said.append)
    hand.chart.do(deed)
    assert path.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [path]
    assert said == [f"Saved “chart.{suffix}”."]


def test_a_folder_that_cannot_be_written_is_named_in_one_sentence(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("who runs this may write everywhere")
    saved_to(folder / "chart.png", monkeypatch)
    refused: list[str] = []
    hand.editor.refused.connect(refused.append)
    hand.chart.do("save_png")
    folder.chmod(0o700)
    assert refused == [f"“{folder / 'chart.png'}” could not be written: Permission denied. Choose another place."]
    assert list(folder.iterdir()) == []


def test_a_missing_folder_and_a_roadmap_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="could not be written: No such file or directory"):
        write_whole(tmp_path / "nowhere" / "chart.png", b"x")
    roadmap = tmp_path / "plan.roadmap"
    roadmap.write_bytes(b"SQLite format 3\x00 and so on")
    with pytest.raises(Refused, match="is a roadmap or another database"):
        write_whole(roadmap, b"x")
    assert roadmap.read_bytes().startswith(b"SQLite")


def test_the_chart_is_copied_as_a_picture(hand: Hand) -> None:
    hand.chart.do("copy_picture")
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2480


def test_the_chart_is_printed_on_one_page(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "printed.pdf"

    def into_a_file(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(path))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", into_a_file)
    hand.chart.do("print_chart")
    assert len(PdfReader(path).pages) == 1


def test_a_menu_entry_does_what_it_says(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved_to(tmp_path / "chart.svg", monkeypatch)
    action = next(a for a in hand.chart.menu.actions() if "SVG" in a.text().replace("&", ""))
    action.trigger()
    assert (tmp_path / "chart.svg").exists()


@pytest.mark.parametrize("unit", [1.0, 2.0])
def test_the_smallest_bubble_tells_by_its_shape_whether_it_is_funded(theme: Theme, unit: float) -> None:
    def at(funded: bool, angle: float, part: float) -> str:
        """Return the colour on a ring of *part* of the radius."""
        image = QImage(64, 64, QImage.Format.Format_RGB32)
        image.fill(QColor(LIGHT.surface))
        qp, radius = QPainter(image), LEAST * unit
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        BubblePainter(qp, LIGHT, FontLetters(unit))._disc(QPointF(32, 32), radius, funded=funded, ticked=True)
        qp.end()
        pixel = image.pixelColor(int(32 + cos(angle) * radius * part), int(32 + sin(angle) * radius * part))
        return "dark" if pixel.lightness() < 200 else "light"

    ring = [n / 20 * 2 * pi for n in range(40)]
    assert {at(True, angle, 1.0) for angle in ring} == {"dark"}
    assert {at(False, angle, 1.0) for angle in ring} == {"dark", "light"}  # a dashed edge
    assert {at(True, angle, 0.3) for angle in ring} == {"dark", "light"}  # a tick
    assert {at(False, angle, 0.3) for angle in ring} == {"light"}
