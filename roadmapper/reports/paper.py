"""Paper: what somebody wants printed - which sheets, on which paper, of which days and projects; no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr

MILLIMETRE = 72 / 25.4
MOST_TILES = 20
LEAST_SCALE, MOST_SCALE = 0.05, 60.0


class Kind(StrEnum):
    """A sheet that can be printed; the value is its name on the command line."""

    ROADMAP = "roadmap"
    DETAIL = "detail"
    INCREMENTS = "increments"
    PRIORITIES = "priorities"
    REVIEW = "review"
    LEDGER = "ledger"
    BOARD_PACK = "board-pack"


PAPERS: Mapping[str, tuple[float, float]] = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
}
"""Width and height in millimetres, upright."""


@dataclass(frozen=True, slots=True)
class Edges:
    """What stands left, in the middle and right in the header or the footer of every page.

    Each may hold {title}, {sheet}, {owner}, {day}, {file}, {journal}, {page} and {pages}; others are printed as typed.
    """

    left: str = ""
    middle: str = ""
    right: str = ""


FOOTER = Edges("{owner} · {day} · {journal}", "", "page {page} of {pages}")
"""What stands at the foot of a page unless somebody says otherwise; a part that is empty goes with its dot."""


@dataclass(frozen=True, slots=True)
class Options:
    """How it is printed. *span* None is the whole horizon, *projects* None is all of them.

    *tiles* (wide, high) spreads the detail sheet over so many pages, *scale* (millimetres a week) over as many as that
    takes; without either it is one page wide. *checkpoint* is the one of the review sheet; None is each that is due.
    *logo* holds the bytes of a PNG, JPEG or SVG file.
    """

    paper: str = "A4"
    upright: bool | None = None
    span: DateSpan | None = None
    projects: frozenset[EntityId] | None = None
    tiles: tuple[int, int] | None = None
    scale: float | None = None
    grey: bool = False
    header: Edges = Edges()
    footer: Edges = FOOTER
    logo: bytes = b""
    checkpoint: EntityId | None = None

    def __post_init__(self) -> None:
        if self.paper not in PAPERS:
            names = ", ".join(PAPERS)
            raise Refused(tr("There is no paper “{paper}”; there are: {all}.").format(paper=self.paper, all=names))
        if self.tiles is not None and not all(1 <= n <= MOST_TILES for n in self.tiles):
            raise Refused(tr("Pages wide and high are 1 to {most}, such as 3x2.").format(most=MOST_TILES))
        if self.scale is not None and not LEAST_SCALE <= self.scale <= MOST_SCALE:
            raise Refused(
                tr("A week is {least} to {most} mm wide on paper.").format(least=LEAST_SCALE, most=MOST_SCALE)
            )

    def size(self, *, upright: bool) -> tuple[float, float]:
        """Return width and height of a page in points; *upright* is what the sheet itself prefers."""
        wide, high = (side * MILLIMETRE for side in PAPERS[self.paper])
        stands = upright if self.upright is None else self.upright
        return (wide, high) if stands else (high, wide)
