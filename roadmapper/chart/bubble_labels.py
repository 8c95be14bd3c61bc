"""Bubble labels: whose name finds a place beside its bubble, over no other name and no other bubble."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import hypot
from typing import NamedTuple, Protocol

from roadmapper.chart.axes import Frame
from roadmapper.chart.bubbles import Bubble
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr

WIDEST = 150.0
WIDEST_SHARE = 0.55
GAP, CLEAR = 3.0, 7.0
TILE = 48.0
MOST_TRIED = 80


class Letters(Protocol):
    """How wide words are in the type of the labels, in pixels."""

    height: float

    def width(self, words: str) -> float:
        """Return how wide *words* are on one line."""

    def cut(self, words: str, room: float) -> str:
        """Return *words*, cut with a mark where they are wider than *room*."""


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles share any area."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def touches(self, bubble: Bubble) -> bool:
        """Return whether any of it lies inside a bubble."""
        dx = max(self.left - bubble.x, 0.0, bubble.x - self.left - self.width)
        dy = max(self.top - bubble.y, 0.0, bubble.y - self.top - self.height)
        return hypot(dx, dy) < bubble.radius

    def inside(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Return whether all of it lies between four edges."""
        return self.left >= left and self.top >= top and self.left + self.width <= right and (
            self.top + self.height <= bottom
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """The words beside a bubble, and where."""

    key: EntityId
    words: str
    box: Box


def labels_of(
    bubbles: Sequence[Bubble],
    frame: Frame,
    letters: Letters,
    unit: float,
    first: EntityId | None = None,
    most: int = MOST_TRIED,
) -> tuple[Label, ...]:
    """Return the names that find a place, of *most* that are tried, the better ranks first and *first* before them all.

    Bubbles on the same spot have one label, which says how many more there are.
    """
    board = _Board(TILE * unit)
    for bubble in bubbles:
        board.add(bubble)
    found = []
    groups = _groups(bubbles)
    order = sorted(groups, key=lambda g: (all(b.spot.key != first for b in g), g[0].spot.rank))
    for group in order[:most]:
        leader = next((b for b in group if b.spot.key == first), group[0])
        room = min(WIDEST * unit, WIDEST_SHARE * frame.width)
        words = _words(leader, len(group) - 1, letters, room)
        size = letters.width(words), letters.height
        around = max(group, key=lambda b: b.radius)
        gap = (GAP if leader.spot.key != first else CLEAR) * unit
        box = next((b for b in _places(around, size, frame, gap) if board.free(b, frame)), None)
        if box is not None:
            board.take(box)
            found.append(Label(leader.spot.key, words, box))
    return tuple(found)


def followed(
    labels: Iterable[Label], before: Iterable[Bubble], bubbles: Iterable[Bubble], frame: Frame, unit: float
) -> tuple[Label, ...]:
    """Return labels moved as far as their bubbles moved since *before*; those that would meet another are left out.

    It takes a tenth of what finding places takes, and no name jumps to the other side of its bubble.
    """
    was, now = ({b.spot.key: b for b in some} for some in (before, bubbles))
    board = _Board(TILE * unit)
    found = []
    for label in labels:
        old, new = was.get(label.key), now.get(label.key)
        if old is None or new is None:
            continue
        box = label.box._replace(left=label.box.left + new.x - old.x, top=label.box.top + new.y - old.y)
        if board.free(box, frame):
            board.take(box)
            found.append(Label(label.key, label.words, box))
    return tuple(found)


def callout_box(bubble: Bubble, size: tuple[float, float], picture: tuple[Sequence[Bubble], Frame], gap: float) -> Box:
    """Return where a name that found no place is shown all the same: inside the frame, over as little as can be."""
    bubbles, frame = picture
    width, height = size
    found: list[tuple[int, int, Box]] = []
    for number, box in enumerate(_places(bubble, size, frame, gap)):
        left = min(max(box.left, frame.left), max(frame.right - width, frame.left))
        top = min(max(box.top, frame.top), max(frame.bottom - height, frame.top))
        moved = Box(left, top, width, height)
        hidden = sum(moved.touches(other) for other in bubbles) + 3 * moved.touches(bubble)
        found.append((hidden, number, moved))
    return min(found)[2]


def _groups(bubbles: Iterable[Bubble]) -> list[list[Bubble]]:
    """Return the bubbles that stand on the same pixel together, by rank."""
    groups: dict[tuple[int, int], list[Bubble]] = defaultdict(list)
    for bubble in sorted(bubbles, key=lambda b: b.spot.rank):
        groups[round(bubble.x), round(bubble.y)].append(bubble)
    return list(groups.values())


def _words(leader: Bubble, more: int, letters: Letters, room: float) -> str:
    if not more:
        return letters.cut(leader.spot.title, room)
    rest = tr("{title} and {n} more")
    taken = letters.width(rest.format(title="", n=more))
    return rest.format(title=letters.cut(leader.spot.title, max(room - taken, 0.3 * room)), n=more)


def _places(bubble: Bubble, size: tuple[float, float], frame: Frame, gap: float) -> Iterator[Box]:
    """Yield the boxes around a bubble, the easiest to read first."""
    width, height = size
    beside, away, slant = bubble.radius + gap, bubble.radius + gap - 2, 0.71 * bubble.radius + gap
    middle = min(max(bubble.x - width / 2, frame.left + 1), max(frame.right - width, frame.left + 1))
    yield Box(bubble.x + beside, bubble.y - height / 2, width, height)
    yield Box(middle, bubble.y - away - height, width, height)
    yield Box(bubble.x - beside - width, bubble.y - height / 2, width, height)
    yield Box(middle, bubble.y + away, width, height)
    for x, y in product((bubble.x + slant, bubble.x - slant - width), (bubble.y - slant - height, bubble.y + slant)):
        yield Box(x, y, width, height)


@dataclass(slots=True)
class _Board:
    """What is taken, by tiles of some pixels, so that a place is compared with its neighbours only."""

    tile: float
    bubbles: dict[tuple[int, int], list[Bubble]] = field(default_factory=lambda: defaultdict(list))
    boxes: dict[tuple[int, int], list[Box]] = field(default_factory=lambda: defaultdict(list))

    def add(self, bubble: Bubble) -> None:
        r = bubble.radius
        for tile in self._tiles(Box(bubble.x - r, bubble.y - r, 2 * r, 2 * r)):
            self.bubbles[tile].append(bubble)

    def take(self, box: Box) -> None:
        for tile in self._tiles(box):
            self.boxes[tile].append(box)

    def free(self, box: Box, frame: Frame) -> bool:
        return box.inside(frame.left + 1, frame.top, frame.right, frame.bottom - 1) and not any(
            any(box.meets(b) for b in self.boxes.get(tile, ()))
            or any(box.touches(b) for b in self.bubbles.get(tile, ()))
            for tile in self._tiles(box)
        )

    def _tiles(self, box: Box) -> Iterator[tuple[int, int]]:
        return product(
            range(int(box.left // self.tile), int((box.left + box.width) // self.tile) + 1),
            range(int(box.top // self.tile), int((box.top + box.height) // self.tile) + 1),
        )
