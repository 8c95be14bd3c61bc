"""Improving: a search for better splits - simulated annealing over which items go into which window.

A state is a list of windows, each a set of items; when each window begins and ends follows from what is in it, as the
board fits every set as tightly as it can and remembers that. A round is a fixed number of moves, so that the same seed
and the same rounds lead to the same plan anywhere. The search cools down, and begins again from the best plan, for
twice as long each time.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from roadmapper.planning.splitting.board import Board, bits, needed
from roadmapper.planning.splitting.model import Split, Task, Worth, worth_of
from roadmapper.planning.splitting.moving import Mover
from roadmapper.planning.splitting.timing import Clock, State

MOVES = 8  # in a round; a few milliseconds at most
FIRST = 2048  # rounds of the first cooling
LENGTH = 6144  # rounds of all others
HOT, COLD = 0.008, 0.00005  # temperatures, as shares of what the plan is worth


def improve(
    task: Task,
    start: Split,
    *,
    seed: int = 1,
    rounds: int | None = None,
    told: Callable[[Split, Worth], None],
    stopped: Callable[[], bool],
) -> Split:
    """Return the best split that is found from *start* on; *told* hears of each that is strictly better than before.

    All of them are done by the horizon, or by the end of *start* if that is later.
    It goes on for so many *rounds*, or until *stopped*; the same *seed* and *rounds* give the same split.
    """
    best = _Best(task, start, told)
    if stopped() or not start.windows:
        return best.split
    clock = Clock(_board_of(task, start))
    draw = random.Random(seed)  # noqa: S311 - a search, not a secret
    state = clock.state_of(start)
    if state is None:
        return best.split
    # nothing is put off beyond the horizon just because it earns nothing: what is done by then stays done by then
    annealing = _Annealing(clock, state, draw, best, max(task.horizon, start.windows[-1].end))
    done, length = 0, FIRST
    while rounds is None or done < rounds:
        for n in range(length):
            if stopped() or (rounds is not None and done >= rounds):
                return best.split
            annealing.round(n / length)
            done += 1
        annealing.back()
        length = LENGTH
    return best.split


def _board_of(task: Task, start: Split) -> Board:
    """Return a board with all items that *start* delivers, and all others that can come without what it delivers."""
    without: frozenset[int] = frozenset()
    need = needed(task)
    while True:
        board = Board(task, without)
        keys = [[board.keys[n] for n in bits(unit)] for unit in board.units]
        torn = {key for unit in keys for key in unit if key in start.left_out and not set(unit) <= set(start.left_out)}
        if not torn:
            return board
        without |= torn
        while more := {key for key, needs in need.items() if needs & without} - without:
            without |= more


class _Best:
    """The best split so far, by what the model says it is worth."""

    def __init__(self, task: Task, start: Split, told: Callable[[Split, Worth], None]) -> None:
        self._task = task
        self._told = told
        self.split = start
        self.worth = worth_of(task, start)

    def offer(self, split: Split) -> bool:
        """Take *split* if it is better, and return whether it is."""
        worth = worth_of(self._task, split)
        if worth <= self.worth:
            return False
        self.split, self.worth = split, worth
        self._told(split, worth)
        return True


class _Annealing:
    """One walk through the plans: every move is taken that loses little for the temperature of the moment."""

    def __init__(self, clock: Clock, state: State, draw: random.Random, best: _Best, latest: int) -> None:
        self._clock = clock
        self._mover = Mover(clock, draw)
        self._draw = draw.random
        self._best = best
        self._state = self._top = state
        self._latest = latest
        self._scale = max(abs(best.worth.value), 1)

    def back(self) -> None:
        """Go on from the best plan there is."""
        self._state = self._top

    def round(self, cooled: float) -> None:
        """Try MOVES moves, when so much of the cooling is over (0 to 1)."""
        heat = self._scale * HOT * (COLD / HOT) ** cooled
        draw, mover, clock, state, top = self._draw, self._mover, self._clock, self._state, self._top
        for _ in range(MOVES):
            found = mover.move(state)
            if found is None:
                continue
            windows, low = found
            new = clock.state(windows, state, low, state.score + int(heat * math.log(1.0 - draw())))
            if new is None or new.ends[-1] > self._latest:
                continue
            state = new
            if new.score > top.score or (new.score == top.score and clock.early(new) > clock.early(top)):
                top = new
        if top is not self._top:
            self._best.offer(clock.split(top))
        self._state, self._top = state, top
