"""Moving: the steps of the search, each from windows to other windows that keep the order of the items.

None of them looks at the clock, save for whether a window overflows: then others have to leave it.
"""

from __future__ import annotations

import random

from roadmapper.planning.splitting.board import bits
from roadmapper.planning.splitting.timing import Clock, State

KICKS = 4  # units that may have to leave a window for one move


class Mover:
    """Makes random moves; units are sets of items that only move together."""

    def __init__(self, clock: Clock, draw: random.Random) -> None:
        board = clock.board
        self._clock = clock
        self._random = draw.random
        self._full = clock.full
        self._usable = board.usable
        self._units = board.units
        self._unit_of = {n: u for u, unit in enumerate(board.units) for n in bits(unit)}
        self._ahead, self._behind = [], []
        for unit in board.units:
            ahead = behind = 0
            for n in bits(unit):
                ahead |= sum(1 << k for k in {k for k, _ in board.before[n]})
                behind |= sum(1 << k for k in {k for k, _ in board.behind[n]})
            self._ahead.append(ahead & ~unit)
            self._behind.append(behind & ~unit)
        self._single = all(unit & (unit - 1) == 0 for unit in board.units)
        self._optional = [all(board.items[n].optional for n in bits(unit)) for unit in board.units]
        moves = [(self._shift, 30), (self._swap, 30), (self._pull, 15), (self._push, 8)]
        moves += [(self._cut, 6), (self._join, 5), (self._exchange, 4), (self._alone, 4)]
        moves.append((self._mend, 12))
        if any(self._optional):
            moves.append((self._toggle, 15))
        self._stretches = any(item.published is not None for item in board.items)
        if self._stretches:
            moves.append((self._stretch, 15))
        self._moves = [move for move, weight in moves for _ in range(weight)]

    def move(self, state: State) -> tuple[list[int], int] | None:
        """Return other windows, and up to which they are the same; None when the draw led to nothing."""
        if not state.windows:
            return None
        return self._moves[int(self._random() * len(self._moves))](state.windows)

    def _below(self, count: int) -> int:
        return int(self._random() * count)

    def _unit_in(self, window: int) -> int:
        """Return a unit of *window*, drawn."""
        mask = window & self._full
        for _ in range(self._below(mask.bit_count())):
            mask &= mask - 1
        return self._unit_of[(mask & -mask).bit_length() - 1]

    def _draw(self, windows: list[int]) -> tuple[int, int]:
        """Return a unit and the window it is in, each unit as likely as another."""
        while True:
            unit = self._below(len(self._units))
            mask = self._units[unit]
            for number, window in enumerate(windows):
                if window & mask:
                    return unit, number

    def _range(self, windows: list[int], unit: int, at: int) -> tuple[int, int]:
        """Return the first and the last window in which *unit* may be."""
        ahead, behind = self._ahead[unit], self._behind[unit]
        low = at
        while low and not windows[low] & ahead:
            low -= 1
        high, last = at, len(windows) - 1
        while high < last and not windows[high] & behind:
            high += 1
        return low, high

    def _target(self, low: int, at: int, high: int) -> int:
        """Return a window from *low* to *high*, but *at*; most often a neighbour."""
        if self._random() < 0.6:
            if low == at:
                return at + 1
            if high == at:
                return at - 1
            return at - 1 if self._random() < 0.5 else at + 1
        to = low + self._below(high - low)
        return to if to < at else to + 1

    def _shift(self, windows: list[int]) -> tuple[list[int], int] | None:
        unit, at = self._draw(windows)
        low, high = self._range(windows, unit, at)
        if low == high:
            return None
        to = self._target(low, at, high)
        new = windows.copy()
        new[at] ^= self._units[unit]
        new[to] |= self._units[unit]
        return self._settled(new, to, at, self._units[unit])

    def _swap(self, windows: list[int]) -> tuple[list[int], int] | None:
        unit, at = self._draw(windows)
        low, high = self._range(windows, unit, at)
        if low == high:
            return None
        to = self._target(low, at, high)
        other = self._unit_in(windows[to])
        one, two = self._units[unit], self._units[other]
        new = windows.copy()
        new[at] ^= one | two
        new[to] ^= one | two
        if not self._in_order(new, min(at, to), max(at, to), unit, other):
            return None
        return self._settled(new, to, at, one)

    def _in_order(self, new: list[int], low: int, high: int, *units: int) -> bool:
        """Return whether *units* are in order with all others of the windows from *low* to *high*."""
        for unit in units:
            mask = self._units[unit]
            at = next(n for n in range(low, high + 1) if new[n] & mask)
            if any(new[n] & self._behind[unit] for n in range(low, at)):
                return False
            if any(new[n] & self._ahead[unit] for n in range(at + 1, high + 1)):
                return False
        return True

    def _pull(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Move a unit to an earlier window, with everything it needs from later ones."""
        unit, at = self._draw(windows)
        if not at:
            return None
        to = at - 1 - int(self._below(at) * self._random())
        new = windows.copy()
        moved, wave = 0, self._units[unit]
        for number in range(at, to, -1):
            here = self._drag(new[number], wave, self._ahead)
            new[number] ^= here
            moved |= here
            for n in bits(here):
                wave |= self._ahead[self._unit_of[n]]
        new[to] |= moved
        return self._settled(new, to, at, moved)

    def _push(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Move a unit to a later window, with everything that needs it from earlier ones."""
        unit, at = self._draw(windows)
        last = len(windows) - 1
        if at == last:
            return None
        to = at + 1 + int(self._below(last - at) * self._random())
        new = windows.copy()
        moved, wave = 0, self._units[unit]
        for number in range(at, to):
            here = self._drag(new[number], wave, self._behind)
            new[number] ^= here
            moved |= here
            for n in bits(here):
                wave |= self._behind[self._unit_of[n]]
        new[to] |= moved
        return self._settled(new, to, at, moved)

    def _drag(self, window: int, wave: int, links: list[int]) -> int:
        """Return what of *window* is in *wave* or linked to it, whole units."""
        found, fresh = 0, window & wave & self._full
        while fresh:
            found |= fresh
            more = 0
            for n in bits(fresh):
                unit = self._unit_of[n]
                more |= links[unit] | self._units[unit]
            fresh = more & window & self._full & ~found
        return found

    def _cut(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Make two windows of one: a unit and all it needs there come first."""
        at = self._below(len(windows))
        here = windows[at] & self._full
        early = self._drag(here, self._units[self._unit_in(here)], self._ahead)
        if self._random() < 0.5:
            early |= self._drag(here, self._units[self._unit_in(here)], self._ahead)
        if early == here:
            return None
        new = windows.copy()
        new[at : at + 1] = [early, here ^ early]
        return new, at

    def _join(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Make one window of two; what is too much has to leave it."""
        if len(windows) < 2:
            return None
        at = self._below(len(windows) - 1)
        new = windows.copy()
        new[at : at + 2] = [(windows[at] | windows[at + 1]) & self._full]
        return self._settled(new, at, at, 0)

    def _mend(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Give a window with nothing to use something to use, or its neighbour's window; shift where all have some."""
        idle = [n for n, window in enumerate(windows) if not window & self._usable]
        if not idle:
            return self._shift(windows)
        at = idle[self._below(len(idle))]
        new = windows.copy()
        if self._random() < 0.4:
            to = at - 1 if at and self._random() < 0.5 else at + 1
            if to == len(windows):
                return None
            new[at] = 0
            new[to] |= windows[at] & self._full
            return self._settled(new, to, at, 0)
        source = self._below(len(windows))
        usable = windows[source] & self._usable
        if not usable:
            return None
        unit = self._unit_in(usable)
        low, high = self._range(windows, unit, source)
        if not low <= at <= high:
            return None
        new[source] ^= self._units[unit]
        new[at] |= self._units[unit]
        return self._settled(new, at, source, self._units[unit])

    def _exchange(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Let two neighbours change places."""
        if len(windows) < 2:
            return None
        at = self._below(len(windows) - 1)
        if any(self._behind[self._unit_of[n]] & windows[at + 1] for n in bits(windows[at] & self._full)):
            return None
        new = windows.copy()
        new[at], new[at + 1] = new[at + 1], new[at]
        return new, at

    def _alone(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Give a unit a window of its own."""
        unit, at = self._draw(windows)
        low, high = self._range(windows, unit, at)
        if windows[low] & self._ahead[unit]:
            low += 1
        if not windows[high] & self._behind[unit]:
            high += 1
        if low > high:
            return None
        to = low + self._below(high - low + 1)
        mask = self._units[unit]
        new = windows.copy()
        new[at] ^= mask
        new.insert(to, mask)
        return self._clean(new, min(at, to))

    def _toggle(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Leave out a unit that may be, or bring one back."""
        unit = self._below(len(self._units))
        if not self._optional[unit]:
            return None
        mask = self._units[unit]
        there = 0
        for window in windows:
            there |= window & self._full
        new = windows.copy()
        if there & mask:
            if there & self._behind[unit]:
                return None
            at = next(n for n, window in enumerate(windows) if window & mask)
            new[at] ^= mask
            return self._clean(new, at) if there != mask else None
        if self._ahead[unit] & ~there:
            return None
        low = max((n for n, window in enumerate(windows) if window & self._ahead[unit]), default=0)
        to = low + self._below(len(windows) - low)
        new[to] |= mask
        return self._settled(new, to, to, mask)

    def _stretch(self, windows: list[int]) -> tuple[list[int], int] | None:
        """Let a window last a week longer, or less."""
        at = self._below(len(windows))
        week = 1 << len(self._unit_of)
        new = windows.copy()
        if self._random() < 0.5:
            new[at] += week
        elif new[at] >= week:
            new[at] -= week
        else:
            return None
        return new, at

    def _settled(self, new: list[int], to: int, source: int, stays: int) -> tuple[list[int], int] | None:
        """Return *new* once all that is too much for window *to* has left it, for *source* if that may be."""
        low = min(to, source)
        fits = self._clock.fits
        for _ in range(KICKS):
            if fits(new[to]):
                return self._clean(new, low)
            others = new[to] & self._full & ~stays
            if not others:
                return None
            unit = self._unit_in(others)
            mask = self._units[unit]
            if mask & stays:
                return None
            if source > to or (source == to and not new[to] & self._behind[unit]):
                if new[to] & self._behind[unit]:
                    continue
                _, high = self._range(new, unit, to)
                goal = source if to < source <= high else to + 1
                if goal == len(new):
                    new.append(0)
            else:
                lowest, _ = self._range(new, unit, to)
                if source < lowest or source == to:
                    continue
                goal = source
            new[to] ^= mask
            new[goal] |= mask
            low = min(low, goal)
        return self._clean(new, low) if fits(new[to]) else None

    def _clean(self, new: list[int], low: int) -> tuple[list[int], int]:
        """Return *new* without the windows in which nothing is left."""
        if all(new) and not self._stretches:
            return new, low
        return [window for window in new if window & self._full], low
