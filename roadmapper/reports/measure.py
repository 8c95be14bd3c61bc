"""Measure: how wide words are in the fonts of the paper, and where a long line is broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from unicodedata import category

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout

from roadmapper.chart.painter import FAMILY
from roadmapper.domain.wording import tr
from roadmapper.reports.pages import Document

FINE = 64
SLACK = 0.05
"""Of the size: by so much may a line be wider alone than where it was broken, before the blank that follows it."""
LATIN = 0x17F
"""The last sign that is in the shipped font for certain."""
UNSEEN = ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn")
"""Kinds of signs that stand for nothing by themselves."""
COLOURED = ("COLR", "CBDT", "sbix")
_NO_LIGATURES = QFont.Tag("calt")  # a dash of another shape has no letter in a PDF


@dataclass(slots=True)
class FontMeasure:
    """How wide words are in the shipped font; measured large, so that no pixel grid rounds them."""

    _widths: dict[tuple[str, bool], float] = field(default_factory=dict)
    _broken: dict[tuple[str, float, float, int, bool], tuple[tuple[str, ...], bool]] = field(default_factory=dict)
    _fonts: dict[bool, tuple[QFont, QFontMetricsF]] = field(default_factory=dict)

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return how wide *words* are on one line, in points."""
        key = (words, bold)
        found = self._widths.get(key)
        if found is None:
            found = self._widths[key] = self._font(bold)[1].horizontalAdvance(words) / FINE
        return found * size

    def lines(
        self, words: str, size: float, width: float, most: int, *, bold: bool = False
    ) -> tuple[tuple[str, ...], bool]:
        """Return *words* broken into at most *most* lines, cut with a mark where need be, and whether all is there."""
        key = (words, size, round(width, 2), most, bold)
        found = self._broken.get(key)
        if found is None:
            found = self._broken[key] = self._break(words, size, width, most, bold)
        return found

    def _break(self, words: str, size: float, width: float, most: int, bold: bool) -> tuple[tuple[str, ...], bool]:
        if self.width(words, size, bold=bold) <= width:
            return (words,), True
        (font, metrics), room = self._font(bold), width / size * FINE
        lines: list[str] = []
        whole = True
        for part in _parts(words, font, room):
            if len(lines) == most:
                lines[-1] = f"{lines[-1]} {part} …"
                whole = False
                break
            lines.append(part)
        most_wide = room + SLACK * FINE
        cut = tuple(metrics.elidedText(line, Qt.TextElideMode.ElideRight, most_wide) for line in lines)
        return cut, whole and all(metrics.horizontalAdvance(line) <= most_wide for line in lines)

    def _font(self, bold: bool) -> tuple[QFont, QFontMetricsF]:
        if bold not in self._fonts:
            font = font_of(FINE, QFont.Weight.DemiBold if bold else QFont.Weight.Medium)
            self._fonts[bold] = font, QFontMetricsF(font)
        return self._fonts[bold]


def font_of(pixels: int, weight: QFont.Weight) -> QFont:
    """Return the font of the paper: no ligatures, and no hints, so that it is as wide at any size."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, pixels))
    font.setWeight(weight)
    font.setFeature(_NO_LIGATURES, 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def unprintable(document: Document) -> tuple[str, ...]:
    """Return a sentence on each sign that no font here has, or only a font of coloured pictures: paper shows a box."""
    first: dict[str, str] = {}
    for page in document.pages:
        for text in page.texts():
            for sign in "".join(text.lines):
                if ord(sign) > LATIN:
                    first.setdefault(sign, page.number)
    font = font_of(FINE, QFont.Weight.Medium)
    return tuple(
        tr("Page {page}: “{sign}” has no letter in the fonts, and is printed as a box.").format(page=page, sign=sign)
        for sign, page in first.items()
        if not _has_letter(sign, font)
    )


def _has_letter(sign: str, font: QFont) -> bool:
    if category(sign) in UNSEEN:
        return True
    layout = QTextLayout(sign, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(
        0 not in run.glyphIndexes() and not any(run.rawFont().fontTable(table).size() for table in COLOURED)
        for run in layout.glyphRuns()
    )


def _parts(words: str, font: QFont, room: float) -> list[str]:
    layout = QTextLayout(words, font)
    layout.beginLayout()
    parts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(room, 1.0))
        parts.append(words[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return parts
