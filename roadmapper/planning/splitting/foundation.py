"""Splitting: cut a project's scope into short increments, each of which gives marketing something it can use.

The constructive stage: open a window, place the closure with the best value per effort that fits by serial
schedule generation, fill the rest with groundwork that is ready, close, release, repeat. It is run for many
window lengths, and the plan that earns most is kept. Unit: a week, counted from the first Monday.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.scheduling import circle_in, in_order

ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of scope that fits into one increment: its length in weeks, the people it needs, what it brings."""

    id: EntityId
    title: str
    weeks: int
    people: int
    revenue_per_month: int = 0
    usable: bool = False
    after: tuple[EntityId, ...] = ()
    earliest: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What every increment must keep, in weeks, how many people there are, and which weeks are taken already."""

    shortest: int
    longest: int
    people: int
    taken: tuple[tuple[int, int], ...] = ()

    def free_from(self, week: int) -> int:
        """Return the first week, not before *week*, with room for the shortest increment."""
        for first, end in sorted(self.taken):
            if week + self.shortest > first and week < end:
                week = end
        return week

    def room_from(self, week: int) -> int:
        """Return how many weeks an increment that begins in *week* may take."""
        ahead = [first - week for first, _ in self.taken if first >= week]
        return min([self.longest, *ahead])


@dataclass(frozen=True, slots=True)
class Window:
    """One increment to be: its weeks first <= week < end, and its pieces with the week in which each starts."""

    first: int
    end: int
    pieces: tuple[tuple[EntityId, int], ...]


@dataclass(slots=True)
class _Board:
    """The pieces placed so far, and how many people are busy in each week."""

    pieces: Mapping[EntityId, Piece]
    people: int
    start: dict[EntityId, int] = field(default_factory=dict)
    busy: dict[int, int] = field(default_factory=dict)

    def end_of(self, key: EntityId) -> int:
        return self.start[key] + self.pieces[key].weeks

    def ready(self, piece: Piece) -> bool:
        return all(key in self.start for key in piece.after)

    def place(self, piece: Piece, earliest: int, before: int) -> bool:
        """Start the piece as early as people and predecessors let it, if it ends by *before* (serial SGS)."""
        week = max([earliest, piece.earliest, *(self.end_of(key) for key in piece.after)])
        while week + piece.weeks <= before:
            full = [w for w in range(week, week + piece.weeks) if self.busy.get(w, 0) + piece.people > self.people]
            if not full:
                self._book(piece, week, piece.people)
                self.start[piece.id] = week
                return True
            week = full[-1] + 1
        return False

    def place_all(self, pieces: Sequence[Piece], earliest: int, before: int) -> bool:
        """Place all of them in this order, or none."""
        placed: list[Piece] = []
        for piece in pieces:
            if not self.place(piece, earliest, before):
                for done in placed:
                    self._book(done, self.start.pop(done.id), -done.people)
                return False
            placed.append(piece)
        return True

    def _book(self, piece: Piece, week: int, people: int) -> None:
        for w in range(week, week + piece.weeks):
            self.busy[w] = self.busy.get(w, 0) + people


def check(pieces: Sequence[Piece], limits: Limits) -> None:
    """Raise Refused, with the sentence for it, when no plan at all can be made of *pieces*."""
    titles = {p.id: p.title for p in pieces}
    circle = circle_in({p.id: p.after for p in pieces})
    if circle:
        path = " → ".join(titles[key] for key in circle)
        raise Refused(tr("The scope runs in a circle: {path}. Remove one of these steps.").format(path=path))
    if not any(p.usable for p in pieces):
        raise Refused(
            tr("None of the scope items is something marketing can use: mark at least one as usable, then split.")
        )
    for piece in pieces:
        if piece.people > limits.people:
            raise Refused(
                tr("“{title}” needs {need} people at once, but there are {have}: change one of the two.").format(
                    title=piece.title, need=piece.people, have=limits.people
                )
            )


def split(
    pieces: Sequence[Piece],
    limits: Limits,
    value: Callable[[Sequence[Window]], tuple[float, ...]],
    *,
    seconds: float = 1.0,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Window]:
    """Return the windows, in order, that together deliver every piece.

    *value* says what a plan is worth; the best of several plans is returned: one for each window length from the
    shortest to the longest, then up to ROUNDS with lengths drawn anew (always the same draws for the same *seed*),
    as long as *seconds* last. *progress* is told how many of how many were tried, and may raise to stop. Pieces
    longer than the longest window must have been cut before. Raises Refused as `check` does.
    """
    check(pieces, limits)
    by_id = {p.id: p for p in pieces}
    tails = _tails(by_id)
    closures = _closures(by_id)
    until = monotonic() + seconds
    draw = random.Random(seed)  # noqa: S311 - a search, not a secret
    best: list[Window] = []
    best_value: tuple[float, ...] = (float("-inf"),)
    lengths: list[list[int]] = [[n] for n in range(limits.longest, limits.shortest - 1, -1)]
    uniform = len(lengths)
    for n in range(uniform + ROUNDS):
        progress(n, uniform + ROUNDS)
        if n and monotonic() > until:
            break
        if n < uniform:
            chosen = lengths[n]
        else:
            kept = [w.end - w.first for w in best[: draw.randrange(len(best))]]
            chosen = kept + [draw.randint(limits.shortest, limits.longest) for _ in range(len(best) + 2)]
        plan = _construct(by_id, limits, chosen, closures, tails)
        worth = value(plan)
        if worth > best_value:
            best, best_value = plan, worth
    return best


def _construct(
    pieces: Mapping[EntityId, Piece],
    limits: Limits,
    lengths: Sequence[int],
    closures: Mapping[EntityId, list[EntityId]],
    tails: Mapping[EntityId, int],
) -> list[Window]:
    board = _Board(pieces, limits.people)
    windows: list[Window] = []
    first = 0
    while len(board.start) < len(pieces):
        first = limits.free_from(first)
        room = limits.room_from(first)
        length = min(lengths[min(len(windows), len(lengths) - 1)], room)
        before = set(board.start)
        for reach in dict.fromkeys((length, room)):
            _place_usable(board, closures, first, first + reach)
            if len(board.start) > len(before):
                break
        end = max([first + limits.shortest, *(board.end_of(k) for k in board.start if k not in before)])
        if len(board.start) == len(before):
            end = first + room  # nothing usable can be reached: groundwork alone fills this window
        _place_groundwork(board, tails, first, end)
        placed = tuple((k, week) for k, week in board.start.items() if k not in before)
        if not placed:  # nothing fits before the taken weeks, or all that is left waits for them
            first += 1
            continue
        end = max([first + limits.shortest, *(board.end_of(k) for k, _ in placed)])
        windows.append(Window(first, end, placed))
        first = end
    return windows


def _place_usable(board: _Board, closures: Mapping[EntityId, list[EntityId]], first: int, end: int) -> None:
    while True:
        candidates: list[tuple[float, int, list[Piece]]] = []
        for key, closure in closures.items():
            if key not in board.start and board.pieces[key].usable:
                missing = [board.pieces[k] for k in closure if k not in board.start]
                effort = sum(p.weeks * p.people for p in missing)
                candidates.append((-sum(p.revenue_per_month for p in missing) / effort, len(candidates), missing))
        for _, _, missing in sorted(candidates):
            if board.place_all(missing, first, end):
                break
        else:
            return


def _place_groundwork(board: _Board, tails: Mapping[EntityId, int], first: int, end: int) -> None:
    waiting = [p for p in board.pieces.values() if p.id not in board.start and not p.usable]
    waiting.sort(key=lambda p: -tails[p.id])
    placed = True
    while placed:
        placed = False
        for piece in waiting:
            if piece.id not in board.start and board.ready(piece):
                placed |= board.place(piece, first, end)


def _closures(pieces: Mapping[EntityId, Piece]) -> dict[EntityId, list[EntityId]]:
    """Return for each piece itself and everything that must come before it, in an order that works."""
    order = in_order({p.id: p.after for p in pieces.values()})
    rank = {key: n for n, key in enumerate(order)}
    needs: dict[EntityId, set[EntityId]] = {}
    for key in order:
        needs[key] = {key}.union(*(needs[k] for k in pieces[key].after))
    return {key: sorted(needs[key], key=rank.__getitem__) for key in pieces}


def _tails(pieces: Mapping[EntityId, Piece]) -> dict[EntityId, int]:
    """Return for each piece the weeks of the longest chain that begins with it."""
    tails = {p.id: p.weeks for p in pieces.values()}
    for key in reversed(in_order({p.id: p.after for p in pieces.values()})):
        for before in pieces[key].after:
            tails[before] = max(tails[before], pieces[before].weeks + tails[key])
    return tails
