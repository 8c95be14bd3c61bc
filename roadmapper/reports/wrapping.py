"""Wrapping: where words are broken into lines so that nothing of them is cut, and from which side they are read."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import bidirectional, category

from roadmapper.reports.labels import Measure

MOST_LINES = 10_000
LEAST_WIDTH = 1.0
JOINER = "\u200d"


def wrapped(measure: Measure, words: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return *words* in lines of at most *width* points; a line break in them begins a new line.

    A word that is longer than a line goes on in the next one, and stands whole in nobody's way.
    """
    lines: list[str] = []
    for part in words.split("\n"):
        found, whole = measure.lines(part, size, width, MOST_LINES, bold=bold)
        lines += found if whole else _chopped(measure, part, size, width, bold=bold)
    return tuple(lines)


def _chopped(measure: Measure, words: str, size: float, width: float, *, bold: bool) -> Iterator[str]:
    run: list[str] = []
    for word in words.split(" "):
        if measure.width(word, size, bold=bold) <= width:
            run.append(word)
            continue
        if run:
            yield from measure.lines(" ".join(run), size, width, MOST_LINES, bold=bold)[0]
        *full, rest = _bits(measure, word, size, width, bold=bold)
        yield from full
        run = [rest]
    yield from measure.lines(" ".join(run), size, width, MOST_LINES, bold=bold)[0]


def _bits(measure: Measure, word: str, size: float, width: float, *, bold: bool) -> Iterator[str]:
    """Yield a word in parts, each as long as fits; no letter is parted from its accents."""
    rest, room = word, max(width, LEAST_WIDTH)
    while measure.width(rest, size, bold=bold) > room:
        low, high = 1, len(rest) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if measure.width(rest[:middle], size, bold=bold) <= room:
                low = middle
            else:
                high = middle - 1
        while low > 1 and _clings(rest, low):
            low -= 1
        while low < len(rest) and _clings(rest, low):
            low += 1
        if low >= len(rest):
            break
        yield rest[:low]
        rest = rest[low:]
    yield rest


def _clings(word: str, at: int) -> bool:
    """Return whether the letter at a place belongs to the one before it."""
    return category(word[at]).startswith("M") or JOINER in (word[at], word[at - 1])


def leads_right(line: str) -> bool:
    """Return whether a line is read from right to left: what its first letter says."""
    if line.isascii():
        return False
    kinds = (bidirectional(letter) for letter in line)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
