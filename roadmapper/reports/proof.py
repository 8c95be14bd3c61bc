"""Proof: what there is to know of a print before it goes out, in plain words, from its description; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roadmapper.domain.wording import tr, trn
from roadmapper.reports.labels import Measure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Align, Box, Document, Page, Text, Weight
from roadmapper.reports.paper import MILLIMETRE, PAPERS
from roadmapper.reports.struck import struck

SLACK = 1.0
"""Points by which two texts may share room: letters do not fill their lines to the edge."""
SHOWN = 60
NEAR = 2.0
REGULAR_WIDTH = 0.99
"""Regular letters beside the medium ones that are measured."""


@dataclass(frozen=True, slots=True)
class Shortened:
    """A label that does not say all that it should: the page it stands on, what it should say, what it says."""

    page: str
    words: str
    shown: str


@dataclass(frozen=True, slots=True)
class Collision:
    """Words on a page that stand on others, or, where *others* is empty, that leave the page."""

    page: str
    words: str
    others: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What there is to know of a print before it goes out.

    *papers* are the sizes by name; *smallest* is the smallest type in points, 0 where nothing is written;
    *without_legend* are the pages that lack one.
    """

    pages: int
    papers: tuple[str, ...]
    smallest: float
    shortened: tuple[Shortened, ...]
    without_legend: tuple[str, ...]
    left_out: tuple[str, ...]
    stale: tuple[str, ...]
    overlapping: tuple[Collision, ...]
    leaving: tuple[Collision, ...]
    struck: tuple[Collision, ...] = ()

    @property
    def ready(self) -> bool:
        """Return whether nothing speaks against sending it out."""
        return not (self.faults or self.shortened or self.left_out or self.stale)

    @property
    def faults(self) -> bool:
        """Return whether something on the paper cannot be read as it should."""
        small = 0 < self.smallest < LEAST_TYPE - 0.05
        return bool(self.overlapping or self.leaving or self.struck or self.without_legend or small)

    @property
    def verdict(self) -> str:
        """Return in one sentence whether it can go out."""
        if self.faults:
            return tr("Do not send this out yet: some of it cannot be read.")
        if not self.ready:
            return tr("Can go out, but look at the points below first.")
        return tr("Ready to go out.")

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return everything in plain words, the verdict first."""
        return (self.verdict, *_facts(self), *_flaws(self))


def proof_of(document: Document, measure: Measure | None = None) -> Proof:
    """Return what there is to know of a document; with *measure* by how wide its words are, else by their boxes."""
    sizes = [text.size for page in document.pages for text in page.texts() if any(text.lines)]
    shortened = []
    overlapping: list[Collision] = []
    leaving: list[Collision] = []
    lined: list[Collision] = []
    for page in document.pages:
        placed = [(_extent(text, measure), text) for text in page.texts() if any(text.lines)]
        paper = Box(0, 0, page.width, page.height)
        leaving += [Collision(page.number, _words(t)) for box, t in placed if not paper.holds(box)]
        lined += [Collision(page.number, _words(text)) for text in struck(page, placed)]
        overlapping += [Collision(page.number, _words(a), _words(b)) for a, b in _meeting(placed)]
        shortened += [
            Shortened(page.number, text.words, " ".join(text.lines)) for text in page.texts() if not text.whole
        ]
    return Proof(
        len(document.pages),
        tuple(dict.fromkeys(paper_of(page) for page in document.pages)),
        min(sizes, default=0.0),
        tuple(shortened),
        tuple(page.number for page in document.pages if not page.legend),
        tuple(dict.fromkeys(document.left_out)),
        tuple(dict.fromkeys(document.stale)),
        tuple(overlapping),
        tuple(leaving),
        tuple(lined),
    )


def paper_of(page: Page) -> str:
    """Return the name of the paper of a page and how it lies, or its size where it has no name."""
    short, long = sorted((page.width / MILLIMETRE, page.height / MILLIMETRE))
    for name, (wide, high) in PAPERS.items():
        if abs(wide - short) < NEAR and abs(high - long) < NEAR:
            how = tr("upright") if page.height > page.width else tr("landscape")
            return f"{name} {how}"
    return tr("{width} x {height} mm").format(
        width=round(page.width / MILLIMETRE), height=round(page.height / MILLIMETRE)
    )


def _facts(proof: Proof) -> Iterator[str]:
    papers = ", ".join(proof.papers)
    yield trn("{n} page, {papers}.", "{n} pages, {papers}.", proof.pages, papers=papers)
    if proof.smallest:
        size = f"{proof.smallest:.1f}"
        if proof.smallest < LEAST_TYPE - 0.05:
            words = tr("The smallest type is {size} pt: less than {least} pt does not read on paper.")
            yield words.format(size=size, least=f"{LEAST_TYPE:g}")
        else:
            yield tr("The smallest type is {size} pt.").format(size=size)
    if not proof.without_legend:
        yield tr("Every page that needs a legend has one.")
    if not proof.shortened:
        yield tr("No label is shortened.")
    if not proof.left_out:
        yield tr("Nothing is left out.")


def _flaws(proof: Proof) -> Iterator[str]:
    for number in proof.without_legend:
        yield tr("Page {page} has no legend.").format(page=number)
    for hit in proof.leaving:
        yield tr("Page {page}: “{words}” leaves the page.").format(page=hit.page, words=hit.words)
    for hit in proof.struck:
        yield tr("Page {page}: a line runs through “{words}”.").format(page=hit.page, words=hit.words)
    for hit in proof.overlapping:
        yield tr("Page {page}: “{words}” and “{others}” cover each other.").format(
            page=hit.page, words=hit.words, others=hit.others
        )
    for label in proof.shortened:
        yield tr("Page {page}: “{words}” is shortened to “{shown}”.").format(
            page=label.page, words=_short(label.words), shown=_short(label.shown)
        )
    yield from proof.left_out
    yield from proof.stale


def _extent(text: Text, measure: Measure | None) -> Box:
    """Return where the letters of a text stand."""
    high = len(text.lines) * LEADING * text.size
    box = text.box._replace(height=high)
    if measure is None:
        return box
    bold = text.weight is Weight.BOLD
    wide = max(measure.width(line.rstrip(), text.size, bold=bold) for line in text.lines)
    if text.weight is Weight.REGULAR:
        wide *= REGULAR_WIDTH
    if text.align is Align.RIGHT:
        return box._replace(left=box.right - wide, width=wide)
    if text.align is Align.CENTRE:
        return box._replace(left=box.left + (box.width - wide) / 2, width=wide)
    return box._replace(width=wide)


def _meeting(placed: list[tuple[Box, Text]]) -> Iterator[tuple[Text, Text]]:
    """Yield the pairs that cover each other, looking from the top downwards at those that still reach so far."""
    open_: list[tuple[Box, Text]] = []
    for box, text in sorted(placed, key=lambda found: found[0].top):
        open_ = [found for found in open_ if found[0].bottom > box.top]
        for other, words in open_:
            if box.meets(other, SLACK):
                yield words, text
        open_.append((box, text))


def _words(text: Text) -> str:
    return _short(text.words or " ".join(text.lines))


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
