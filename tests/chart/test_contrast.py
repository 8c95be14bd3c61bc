"""Everything can be told apart: contrasts by WCAG 2.2 (1.4.3 for text, 1.4.11 for marks), and each status in grey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from roadmapper.chart.lanes import Diamond, Look
from roadmapper.chart.painter import Painter, View
from roadmapper.chart.palette import CHOICES, GREY, LIGHT, Accent, Palette
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Status
from tests.domain.samples import increment

TEXT, MARK = 4.5, 3.0
PALETTES = {**CHOICES, "grey": GREY}
GROUNDS = ("surface", "raised", "window", "weekend", "holiday")
DAY = date(2027, 1, 4)


def luminance(name: str) -> float:
    """Return the relative luminance of #rrggbb, by the formula of WCAG 2.2."""
    parts = [int(name[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def words(palette: Palette) -> Iterator[tuple[str, str, str]]:
    """Yield what is written on what."""
    for name in ("text", "secondary", "faint", "good", "bad", "warning"):
        for ground in GROUNDS:
            yield f"{name} on {ground}", getattr(palette, name), getattr(palette, ground)
    yield "a button", palette.on_accent, palette.accent
    yield "a selected row", palette.text, palette.accent_tint
    yield "secondary words in a selected row", palette.secondary, palette.accent_tint
    yield "a notice", palette.text, palette.bad_tint
    yield "bad news in a notice", palette.bad, palette.bad_tint
    for name in ("good", "bad", "warning"):
        yield f"the mark on a diamond, and Today: {name}", palette.surface, getattr(palette, name)
    for number, accent in enumerate(palette.accents):
        yield f"a title in bar {number}", palette.text, accent.tint
        yield f"a title on what is done of bar {number}", palette.text, accent.deep
        yield f"words in the colour of project {number}", accent.full, palette.surface


def marks(palette: Palette) -> Iterator[tuple[str, str, str]]:
    """Yield what must be seen on what, without words."""
    for ground in GROUNDS:
        for name in ("accent", "good", "bad", "warning", "secondary", "faint", "text"):
            yield f"{name} on {ground}", getattr(palette, name), getattr(palette, ground)
        for number, accent in enumerate(palette.accents):
            yield f"the edge of bar {number} on {ground}", accent.full, getattr(palette, ground)
    yield "hatching of a silence", palette.bad, palette.bad_tint
    yield "the frame of what is selected", palette.accent, palette.accent_tint
    for number, accent in enumerate(palette.accents):
        yield f"the edge of bar {number} on its tint", accent.full, accent.tint
        yield f"the edge of bar {number} on what is done of it", accent.full, accent.deep
        yield f"the ring of the keyboard beside bar {number}", palette.text, accent.tint
        yield f"an arrow over bar {number}", palette.bad, accent.tint


def too_weak(pairs: Iterator[tuple[str, str, str]], least: float) -> list[str]:
    """Return the pairs of less contrast."""
    return [
        f"{what}: {one} on {two} is {contrast(one, two):.2f}" for what, one, two in pairs if contrast(one, two) < least
    ]


def test_the_formula_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("name", PALETTES)
def test_words_can_be_read(name: str) -> None:
    assert too_weak(words(PALETTES[name]), TEXT) == []


@pytest.mark.parametrize("name", PALETTES)
def test_edges_and_marks_can_be_seen(name: str) -> None:
    assert too_weak(marks(PALETTES[name]), MARK) == []


# Status never by colour alone

WIDE, HIGH = 260, 60


def plain(palette: Palette) -> Palette:
    """Return a palette in which all projects and all news have one colour: whatever differs then is no colour."""
    accent = Accent(palette.accents[0].tint, palette.accents[0].deep, palette.text)
    one = dict.fromkeys(("good", "bad", "warning", "accent", "secondary", "faint"), palette.text)
    return replace(palette, **one, bad_tint=palette.surface, accents=(accent,))


def painted(palette: Palette, increment: Increment | None = None, look: Look | None = None) -> bytes:
    """Return the pixels of a bar, or of a checkpoint, in shades of grey."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    qp = QPainter(image)
    try:
        today = DAY + timedelta(14)
        painter = Painter(qp, palette, View(TimeScale(DAY, 5.0), 0.0, 1.0, today))
        if increment is not None:
            painter.bar(QRectF(10, 12, 200, 34), increment, palette.accents[0])
        if look is not None:
            checkpoint = Checkpoint(EntityId("c"), EntityId("p"), DAY)
            painter.diamond(QPointF(40, 30), Diamond(checkpoint, look))
    finally:
        qp.end()
    return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def difference(one: bytes, two: bytes) -> int:
    """Return how many pixels differ so much that it is seen."""
    return sum(abs(a - b) > 40 for a, b in zip(one, two, strict=True))


@pytest.fixture(autouse=True)
def letters(qapp: QGuiApplication) -> None:
    """Letters need an application."""


@pytest.mark.parametrize("name", PALETTES)
def test_each_status_of_an_increment_shows_without_any_colour(name: str) -> None:
    palette = plain(PALETTES[name])
    one = increment("a", 0, 6)
    looks = {status.value: painted(palette, replace(one, status=status)) for status in Status}
    looks["groundwork"] = painted(palette, replace(one, usable_outcome=""))
    looks["pinned"] = painted(palette, replace(one, pinned=True))
    alike = [pair for pair in combinations(looks, 2) if difference(looks[pair[0]], looks[pair[1]]) < 12]
    assert alike == []


@pytest.mark.parametrize("name", PALETTES)
def test_each_answer_to_a_checkpoint_shows_without_any_colour(name: str) -> None:
    palette = plain(PALETTES[name])
    looks = {look.value: painted(palette, look=look) for look in Look}
    alike = [pair for pair in combinations(looks, 2) if difference(looks[pair[0]], looks[pair[1]]) < 4]
    assert alike == []


def test_neighbouring_projects_have_edges_of_their_own() -> None:
    for palette in (LIGHT, *CHOICES.values()):
        assert len({accent.full for accent in palette.accents}) == len(palette.accents)
