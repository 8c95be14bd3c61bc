"""Pages: what stands where on paper, as values - every sheet is made of these, and one painter strokes them; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import NamedTuple, TypeAlias

from roadmapper.chart.lanes import Diamond
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.increment import Increment

LEADING = 1.22
LEAST_TYPE = 6.0
"""Points: the smallest type that still reads on paper."""


class Box(NamedTuple):
    """A rectangle in points, from the page's upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.top + self.height

    def holds(self, other: Box, slack: float = 0.5) -> bool:
        """Return whether *other* lies inside, give or take *slack* points."""
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def meets(self, other: Box, slack: float = 0.5) -> bool:
        """Return whether the two share more than *slack* points in both directions."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


class Align(Enum):
    """Where the lines of a text stand in its box."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Weight(Enum):
    """How strong letters are."""

    REGULAR = "regular"
    MEDIUM = "medium"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of *size* points in *ink*, from the top of *box*; *words* is all that they should say.

    An ink is the name of a colour of the palette (``text``, ``secondary``, ``bad``, …) or of an accent: ``accent-2``.
    The box is as wide as the lines may be and as high as they are. *heading* is the title of a page or of a block.
    """

    box: Box
    lines: tuple[str, ...]
    size: float
    ink: str = "text"
    align: Align = Align.LEFT
    weight: Weight = Weight.REGULAR
    words: str = ""
    heading: bool = False

    @property
    def whole(self) -> bool:
        """Return whether the lines say all of the words."""
        return not self.words or "".join("".join(self.lines).split()) == "".join(self.words.split())


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, *width* points thick; *dashed* or not."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str = "line"
    width: float = 0.5
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled box, with round corners of *radius* points, and an edge in *edge* where that is said."""

    box: Box
    ink: str
    radius: float = 0.0
    edge: str = ""


@dataclass(frozen=True, slots=True)
class BarMark:
    """An increment's bar as the timeline paints it, without a name; *type* is the size of the names about it.

    *clip* cuts what lies beyond the chart.
    """

    box: Box
    increment: Increment
    accent: int
    type: float
    clip: Box | None = None


@dataclass(frozen=True, slots=True)
class DiamondMark:
    """A checkpoint's diamond around *x*, *y*."""

    x: float
    y: float
    diamond: Diamond
    type: float


@dataclass(frozen=True, slots=True)
class FlagMark:
    """The flag of a first value: a pole at *x* from *top* to *foot*."""

    x: float
    top: float
    foot: float
    accent: int
    type: float


@dataclass(frozen=True, slots=True)
class HatchMark:
    """A stretch of silence that is longer than agreed."""

    box: Box
    type: float


@dataclass(frozen=True, slots=True)
class ArrowMark:
    """A link from the end of one bar to the start of another, straight from corner to corner, by way of *via*."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str
    type: float
    via: tuple[tuple[float, float], ...] = ()

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return its ends and all corners between them, in order."""
        return (self.x1, self.y1), *self.via, (self.x2, self.y2)


@dataclass(frozen=True, slots=True)
class Curve:
    """What is earned month by month: day, by the plan, by the big deliveries; from left to right over *span*."""

    box: Box
    span: DateSpan
    points: tuple[tuple[date, float, float], ...]
    type: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture from the bytes of a PNG, JPEG or SVG file, as large as fits into *box*, in its upper left corner."""

    box: Box
    data: bytes
    says: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with a painter of its own, such as value against effort; *chart* is the value that it paints."""

    box: Box
    chart: object
    says: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that can be led to: its name, and the words of its bookmark, if it has one, at *level* (0 is the top)."""

    name: str
    y: float = 0.0
    bookmark: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A box on which a click leads to an anchor."""

    box: Box
    to: str


Item: TypeAlias = (
    Text
    | Rule
    | Fill
    | BarMark
    | DiamondMark
    | FlagMark
    | HatchMark
    | ArrowMark
    | Curve
    | Picture
    | Drawing
    | Anchor
    | Link
)


def moved(item: Item, across: float, down: float) -> Item:
    """Return *item* that much further to the right and down, in points."""
    if isinstance(item, Rule | ArrowMark):
        ends = replace(item, x1=item.x1 + across, y1=item.y1 + down, x2=item.x2 + across, y2=item.y2 + down)
        if isinstance(ends, ArrowMark) and ends.via:
            return replace(ends, via=tuple((x + across, y + down) for x, y in ends.via))
        return ends
    if isinstance(item, DiamondMark):
        return replace(item, x=item.x + across, y=item.y + down)
    if isinstance(item, FlagMark):
        return replace(item, x=item.x + across, top=item.top + down, foot=item.foot + down)
    if isinstance(item, Anchor):
        return replace(item, y=item.y + down)
    box = item.box._replace(left=item.box.left + across, top=item.box.top + down)
    if isinstance(item, BarMark) and item.clip is not None:
        clip = item.clip._replace(left=item.clip.left + across, top=item.clip.top + down)
        return replace(item, box=box, clip=clip)
    return replace(item, box=box)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of *width* x *height* points: its items, painted in their order.

    *sheet* is the title of the sheet it belongs to, *number* what the page is called (``1``, ``A-2``); *legend* says
    whether everything on it that needs a legend has one; *today* is the day up to which running increments are filled.
    """

    width: float
    height: float
    items: tuple[Item, ...]
    sheet: str
    number: str = ""
    legend: bool = True
    today: date = date.min

    def texts(self) -> Iterator[Text]:
        """Yield what is written on it."""
        return (item for item in self.items if isinstance(item, Text))


@dataclass(frozen=True, slots=True)
class Document:
    """The pages of one print, what it is called, and what it does not show: a sentence each."""

    title: str
    pages: tuple[Page, ...]
    left_out: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    author: str = ""
    subject: str = ""
    language: str = "en"
    journal: str = ""
    grey: bool = False
    today: date = field(default=date.min)

    def joined(self, other: Document) -> Document:
        """Return both, one after the other, under the title of the first."""
        return replace(
            self,
            pages=self.pages + other.pages,
            left_out=self.left_out + other.left_out,
            stale=self.stale + other.stale,
        )
