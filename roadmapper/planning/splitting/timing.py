"""Timing: when each window begins and ends, if it is known which items are in it, and what that is worth.

A window is an integer: a bit for each item in it, and above those bits the weeks it lasts longer than it must.
"""

from __future__ import annotations

from dataclasses import dataclass

from roadmapper.planning.splitting.board import Board, Fit, bits
from roadmapper.planning.splitting.model import Split

PATIENCE = 40  # weeks a window waits at most for what is in it
KEPT = 300_000  # windows remembered at most


@dataclass(frozen=True, slots=True)
class State:
    """Windows in order, the boundary at which each ends, and what all up to it are worth in one number."""

    windows: list[int]
    ends: list[int]
    scores: list[int]

    @property
    def score(self) -> int:
        """Return what all of it is worth."""
        return self.scores[-1] if self.scores else 0


class Clock:
    """Tells when windows end and what they are worth."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.full = (1 << board.count) - 1
        self._known: dict[int, tuple[int, dict[int, int]]] = {}
        self._placed: dict[tuple[int, int], tuple[int, int, Fit] | None] = {}
        self._fades = all(item.published is None for item in board.items)  # else a later date may be the dearer one
        late = [(n, k) for n, pairs in enumerate(board.before) for k, lag in pairs if lag > 0]
        self._awaited = sum(1 << k for k in {k for _, k in late})
        self._waiting = sum(1 << n for n in {n for n, _ in late} | {n for n, i in enumerate(board.items) if i.earliest})

    def state_of(self, split: Split) -> State | None:
        """Return the state that has the items of *split* in the same windows, or None when it cannot be timed anew."""
        board = self.board
        place = {key: n for n, key in enumerate(board.keys)}
        ends = {
            place[key]: board.items[place[key]].end_from(start)
            for window in split.windows
            for key, start in window.starts
        }
        windows = []
        for window in split.windows:
            mask = sum(1 << place[key] for key, _ in window.starts)
            waits = self._waits(mask, window.first, ends)
            weeks = max(ends[n] for n in bits(mask)) - window.first
            starts = tuple((place[key], start - window.first) for key, start in window.starts)
            board.keep(mask, window.first, waits, Fit(weeks, starts))
            windows.append(mask)
        return self.state(windows, State([], [], []), 0, None)

    def state(self, windows: list[int], base: State, low: int, least: int | None) -> State | None:
        """Return *windows* with their ends; None when one of them does not fit or they are worth less than *least*.

        Up to *low* they are the same as those of *base*.
        """
        board = self.board
        low = 0 if board.lagged else low
        made, scores = base.ends[:low], base.scores[:low]
        end = made[-1] if made else 0
        score = scores[-1] if scores else 0
        alike = _alike(windows, base.windows, low)
        until = len(windows) - alike
        ends: dict[int, int] = {}
        known = self._known
        for number in range(low, len(windows)):
            if number == until and made:
                at = len(base.windows) - alike - 1
                if end == base.ends[at] and not board.lagged:  # what follows stays where it is
                    made += base.ends[at + 1 :]
                    scores += [score - base.scores[at] + each for each in base.scores[at + 1 :]]
                    break
                most = score - base.scores[at] + base.score
                if end > base.ends[at] and self._fades and least is not None and most < least:
                    return None  # what follows goes live later, and earns no more than it did
            window = windows[number]
            if board.simple:
                weeks, worths = known.get(window) or self._learn(window)
                if not weeks:
                    return None
                end += weeks
                worth = worths.get(end)
                if worth is None:
                    worth = worths[end] = board.score(window & self.full, end)
            else:
                found = self._next(window, end, ends)
                if found is None:
                    return None
                end = found[1]
                worth = board.score(window & self.full, end)
            score += worth
            made.append(end)
            scores.append(score)
        if least is not None and scores[-1] < least:
            return None
        return State(windows, made, scores)

    def fits(self, window: int) -> bool:
        """Return whether *window* may fit: for sure, when everything is regular."""
        found = self._known.get(window)
        return (found or self._learn(window))[0] > 0

    def early(self, state: State) -> tuple[int, int]:
        """Return what breaks ties: the first end of something usable and the last end, both negative."""
        usable = self.board.usable
        first = next((e for w, e in zip(state.windows, state.ends, strict=True) if w & usable), 0)
        return -first, -state.ends[-1] if state.ends else 0

    def split(self, state: State) -> Split:
        """Return *state* in the numbers of the task."""
        made: list[tuple[int, int, Fit]] = []
        after = 0
        ends: dict[int, int] = {}
        for window in state.windows:
            found = self._next(window, after, ends)
            if found is None:
                raise ValueError("a window of a state does not fit")
            made.append(found)
            after = found[1]
        return self.board.split(made)

    def _learn(self, window: int) -> tuple[int, dict[int, int]]:
        """Return, and remember, the weeks of *window* when everybody is there, 0 when it does not fit."""
        if len(self._known) >= KEPT:
            self._known.clear()
        board = self.board
        fit = board.fit(window & self.full, board.regular_from)
        weeks = max(fit.weeks, board.task.shortest) + (window >> board.count) if fit else 0
        found = self._known[window] = (weeks if weeks <= board.task.longest else 0, {})
        return found

    def _next(self, window: int, after: int, ends: dict[int, int]) -> tuple[int, int, Fit] | None:
        """Return first week, end and fit of *window* when it begins in week *after* or as soon as may be."""
        if window & self._waiting:
            found = self._found(window, after, ends)
        else:
            key = (window, after)
            if key in self._placed:
                found = self._placed[key]
            else:
                if len(self._placed) >= KEPT:
                    self._placed.clear()
                found = self._placed[key] = self._found(window, after, ends)
        if found and window & self._awaited:
            for n, start in found[2].starts:
                ends[n] = self.board.items[n].end_from(found[0] + start)
        return found

    def _found(self, window: int, after: int, ends: dict[int, int]) -> tuple[int, int, Fit] | None:
        """Work out what `_next` returns."""
        board, task = self.board, self.board.task
        mask, more = window & self.full, window >> board.count
        latest = max((wait + board.items[n].weeks for n, wait in self._waits(mask, 0, ends).items()), default=0)
        first = board.free_from(max(after, latest - task.longest), task.shortest)
        for _ in range(PATIENCE):
            waits = self._waits(mask, first, ends)
            fit = board.fit(mask, first, waits)
            if fit:
                weeks = max(fit.weeks, task.shortest) + more
                if weeks <= board.reach_from(first):
                    return first, first + weeks, fit
            if first >= board.settled_from and not waits:
                return None
            first = board.free_from(first + 1, task.shortest)
        return None

    def _waits(self, mask: int, first: int, ends: dict[int, int]) -> dict[int, int]:
        """Return the weeks of the window before which items of *mask* cannot start, if that is not its beginning."""
        board = self.board
        waits: dict[int, int] = {}
        for n in bits(mask & self._waiting):
            earliest = board.items[n].earliest
            for k, lag in board.before[n]:
                if lag > 0 and not mask >> k & 1:
                    earliest = max(earliest, ends[k] + lag)
            if earliest - first > board.task.overhead:
                waits[n] = earliest - first
        return waits


def _alike(one: list[int], two: list[int], low: int) -> int:
    """Return how many windows at the end are the same in both, those before *low* not counted."""
    most = min(len(one), len(two)) - max(low, 1)
    count = 0
    while count < most and one[-count - 1] == two[-count - 1]:
        count += 1
    return count
