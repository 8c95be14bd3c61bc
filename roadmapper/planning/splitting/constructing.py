"""Constructing: a split at once, feasible by proof.

Open a window; place the usable item that, with all it still needs, brings most per effort and fits wholly by serial
schedule generation; fill the rest with groundwork that is ready, longest tail first; close, release, repeat. This is
done for several window lengths, and the plan that is worth most is kept.

Why it ends: while something is left, something is ready, and a window that opens after the last irregular week has
everybody for the longest length. What does not even fit there by itself can never be placed, and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.planning.scheduling import circle_in
from roadmapper.planning.splitting.board import Board, Fit, bits, needed
from roadmapper.planning.splitting.model import Split, Task, worth_of

SMALL = 60  # up to so many items every length is tried, above it a few
LATER = 1_000_000  # a week after all others
NOTHING = 1e-9  # the effort of what needs nobody, so that it can be divided by


def construct(task: Task) -> Split:
    """Return a split that keeps every rule of *task* but, where it cannot, compliance dates.

    Raises Refused, naming an item, when there is none.
    """
    _check(task)
    idle = _needless(task)
    try:
        best = _best_of(task, idle)
    except Refused:
        if idle == (idle := _spare(task)):
            raise
        best = _best_of(task, idle)
    for _ in range(len(task.items)):
        gone = idle | _fruitless(task, best)
        if gone == idle:
            break
        idle = gone
        other = _best_of(task, idle)
        if worth_of(task, other) < worth_of(task, best):
            break
        best = other
    return best


def _best_of(task: Task, without: frozenset[int]) -> Split:
    board = Board(task, without)
    lengths: Iterable[int] = range(task.longest, task.shortest + task.overhead - 1, -1)
    if board.count > SMALL:
        lengths = sorted({task.longest, (task.shortest + 2 * task.longest) // 3, (task.shortest + task.longest) // 2})
    plans = [Builder(board, length, eager=False).split() for length in lengths or [task.longest]]
    best = max(plans, key=lambda split: worth_of(task, split))
    if worth_of(task, best).late < 0:
        plans = [Builder(board, length, eager=True).split() for length in lengths or [task.longest]]
        best = max([best, *plans], key=lambda split: worth_of(task, split))
    return best


class Builder:
    """Builds one plan out of windows of at most *length* weeks; *eager* takes all that has a date before all else."""

    def __init__(self, board: Board, length: int, *, eager: bool) -> None:
        self._board = board
        self._length = length
        self._eager = eager
        self._done = 0
        self._ends: dict[int, int] = {}
        self._windows: list[tuple[int, int, Fit]] = []
        self._closures = _closures(board)
        people = [crew.people for crew in board.task.crews]
        self._efforts = [item.weeks * sum(p / people[k] for k, p in item.needs if p) for item in board.items]

    def split(self) -> Split:
        """Return the plan. Raises Refused when something can never be placed."""
        board, task = self._board, self._board.task
        everything = (1 << board.count) - 1
        first = 0
        while self._done != everything:
            first = board.free_from(first, task.shortest)
            window = self._window(first)
            if not window.starts and self._settled(first):
                self._force(window)
            if window.starts:
                self._ends.update({n: first + end for n, end in window.ends.items()})
                self._done |= window.placed
                weeks = max(task.shortest, window.until)
                self._windows.append((first, first + weeks, Fit(weeks, tuple(window.starts.items()))))
                first += weeks
            else:
                first += 1
        return board.split(self._windows)

    def _window(self, first: int) -> _Filling:
        board = self._board
        room = board.reach_from(first)
        for reach in dict.fromkeys((min(self._length, room), room)):
            window = _Filling(board, first, reach, self._done, self._ends)
            self._place_usable(window)
            if window.starts:
                window.reach = min(window.reach, max(board.task.shortest, window.until))
                self._place_groundwork(window)
                return window
        window = _Filling(board, first, room, self._done, self._ends)
        self._place_groundwork(window)
        return window

    def _place_usable(self, window: _Filling) -> None:
        """Place what can be used, the best of what fits first, and what it needs with it."""
        board = self._board
        end = window.first + self._length
        lost = [item.worth_at(end) - item.worth_at(end + board.task.longest) for item in board.items]
        usable = [number for number, unit in enumerate(board.units) if unit & board.usable and unit & ~self._done]
        known: dict[int, tuple[int, tuple[int, float]]] = {}
        failed: dict[int, int] = {}
        while True:
            there = self._done | window.placed
            ranked = []
            for number in usable:
                missing = self._closures[number] & ~there
                if board.units[number] & missing and failed.get(number) != missing:
                    if number not in known or known[number][0] != missing:
                        known[number] = (missing, self._rank(missing, window.first, lost))
                    ranked.append((known[number][1], number, missing))
            ranked.sort()
            for _, number, missing in ranked:
                if window.take(missing):
                    break
                failed[number] = missing
            else:
                return

    def _rank(self, missing: int, first: int, lost: list[int]) -> tuple[int, float]:
        """Return what says how soon to place *missing*, the least first: pressing dates, then what waiting costs.

        *lost* is what each item loses if it waits for the next window.
        """
        board, task = self._board, self._board.task
        cost, effort, pressing = 0, NOTHING, LATER
        for n in bits(missing):
            cost += lost[n]
            effort += self._efforts[n]
            due = board.items[n].due
            if due is not None and (self._eager or due - first - board.items[n].weeks < task.longest + task.shortest):
                pressing = min(pressing, due)
        return pressing, -cost / effort

    def _place_groundwork(self, window: _Filling) -> None:
        board = self._board
        order = sorted(
            range(len(board.units)), key=lambda number: next(bits(board.units[number]))
        )  # longest tail first
        again = True
        while again:
            again = False
            for number in order:
                unit = board.units[number]
                open_ = unit & ~(self._done | window.placed)
                if open_ and not self._closures[number] & ~(unit | self._done | window.placed):
                    again |= window.take(open_)

    def _settled(self, first: int) -> bool:
        """Return whether nothing that is still to come can make room for what is left."""
        board = self._board
        lags = max((lag for pairs in board.before for _, lag in pairs), default=0)
        return first > max([board.settled_from, *self._ends.values()]) + max(lags, 0)

    def _force(self, window: _Filling) -> None:
        """Place a unit that is ready, in whatever order of its items; raises Refused when none can be."""
        board, task = self._board, self._board.task
        ready = [
            unit & ~self._done
            for number, unit in enumerate(board.units)
            if unit & ~self._done and not self._closures[number] & ~(unit | self._done)
        ]
        for mask in ready:
            fit = board.fit_at_last(mask, window.first, {})
            if fit:
                return window.adopt(mask, fit)
        item = board.items[max(bits(ready[0]), key=lambda n: len(board.items[n].gates))]
        raise Refused(
            tr(
                "“{title}”, with its gate, does not fit into {weeks} weeks: shorten one of the two, "
                "or allow longer increments."
            ).format(title=item.title, weeks=task.longest)
        )


class _Filling:
    """A window while it is filled: who is left in it, and who starts when, in weeks of the window."""

    def __init__(self, board: Board, first: int, reach: int, done: int, ends: dict[int, int]) -> None:
        self._board = board
        self._done = done
        self._before = ends
        self._room = board.room(first)
        self.first = first
        self.reach = reach
        self.placed = 0
        self.starts: dict[int, int] = {}
        self.ends: dict[int, int] = {}

    @property
    def until(self) -> int:
        """Return the week of the window by which everything in it is done."""
        return max(self.ends.values(), default=0)

    def take(self, mask: int) -> bool:
        """Place all of *mask* or nothing, and return which; whoever has a date then ends the window in time."""
        board, task = self._board, self._board.task
        starts, ends, room, reach = dict(self.starts), dict(self.ends), self._room, self.reach
        for n in bits(mask):
            due = board.items[n].due
            if due is not None and due - self.first >= max(task.shortest, self.until):
                reach = min(reach, due - self.first)
        for n in bits(mask):
            earliest = max(task.overhead, board.items[n].earliest - self.first)
            for k, lag in board.before[n]:
                end = ends[k] if k in ends else self._before[k] - self.first
                earliest = max(earliest, end + lag)
            found = board.place(n, earliest, reach, self.first, room)
            if found is None:
                return False
            starts[n], ends[n], room = found
        self.starts, self.ends, self._room, self.reach = starts, ends, room, reach
        self.placed |= mask
        return True

    def adopt(self, mask: int, fit: Fit) -> None:
        """Take over how *fit* places *mask* in the empty window."""
        self.placed = mask
        self.starts = dict(fit.starts)
        self.ends = {n: self._board.items[n].end_from(self.first + start) - self.first for n, start in fit.starts}


def _closures(board: Board) -> list[int]:
    """Return for each unit itself and everything that must come before it."""
    need = [sum(1 << k for k in {k for k, _ in pairs}) for pairs in board.before]
    for unit in board.units:
        for n in bits(unit):
            need[n] |= unit
    closures = []
    for unit in board.units:
        mask, fresh = unit, unit
        while fresh:
            found = 0
            for n in bits(fresh):
                found |= need[n]
            fresh = found & ~mask
            mask |= found
        closures.append(mask)
    return closures


def _needless(task: Task) -> frozenset[int]:
    """Return the items that may be left out and, with all that need them, never bring anything."""
    return _without(task, [k for k, i in enumerate(task.items) if not i.optional or max(i.worth, default=0) > 0])


def _spare(task: Task) -> frozenset[int]:
    """Return the items that may be left out and that no other needs that may not."""
    return _without(task, [key for key, item in enumerate(task.items) if not item.optional])


def _without(task: Task, wanted: list[int]) -> frozenset[int]:
    """Return the items that are neither *wanted* nor needed by those that are."""
    need = needed(task)
    there = set(wanted)
    while wanted:
        more = need[wanted.pop()] - there
        there |= more
        wanted.extend(more)
    return frozenset(range(len(task.items))) - there


def _fruitless(task: Task, split: Split) -> frozenset[int]:
    """Return the items that may be left out and bring nothing when *split* delivers them, nor does what needs them."""
    released = split.released
    need = needed(task)
    there = set(released)
    changed = True
    while changed:
        wanted = set().union(*(need[key] for key in there)) if there else set()
        idle = {
            key for key in there - wanted if task.items[key].optional and task.items[key].worth_at(released[key]) <= 0
        }
        there -= idle
        changed = bool(idle)
    return frozenset(released) - frozenset(there)


def _check(task: Task) -> None:
    """Raise Refused, with the sentence for it, when an item by itself makes every plan impossible."""
    titles = [item.title for item in task.items]
    circle = circle_in({key: [k for k, _ in item.after] for key, item in enumerate(task.items)})
    if circle:
        path = " → ".join(titles[key] for key in circle)
        raise Refused(tr("The scope runs in a circle: {path}. Remove one of these steps.").format(path=path))
    weeks = task.longest - task.overhead
    for item in task.items:
        for crew, need in _together(item.needs):
            if need > task.crews[crew].people:
                raise Refused(
                    tr("“{title}” needs {need} people at once, but there are {have}: change one of the two.").format(
                        title=item.title, need=need, have=task.crews[crew].people
                    )
                )
        if item.weeks > weeks:
            raise Refused(
                tr(
                    "“{title}” takes {need} weeks, but an increment has {have} for it: "
                    "cut it, or allow longer increments."
                ).format(title=item.title, need=item.weeks, have=weeks)
            )


def _together(needs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    sums: dict[int, int] = {}
    for crew, people in needs:
        sums[crew] = sums.get(crew, 0) + people
    yield from sums.items()
