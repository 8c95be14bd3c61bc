"""Board: the task as plain integers, so that a set of items can be fitted into a window in microseconds.

Items are counted anew, longest tail first, so that whoever comes before stands before; a set of items is one integer
with a bit for each. Crews are packed too: a week is a row of fields, one for each crew, with a guard bit above each,
and a window is all its weeks in one integer. An item fits where its own packed needs can be taken away and every guard
bit stays: one subtraction for all weeks and all crews.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roadmapper.planning.scheduling import in_order
from roadmapper.planning.splitting.model import Split, Task, Window

NODES = 60  # how many steps a search for a shorter order may take; measured: more finds little and costs rounds
KEPT = 150_000  # fits remembered at most; about 60 MB


@dataclass(frozen=True, slots=True)
class Fit:
    """How a set of items lies in a window: the weeks it takes, and the week of the window in which each one starts."""

    weeks: int
    starts: tuple[tuple[int, int], ...]


def bits(mask: int) -> Iterator[int]:
    """Yield the members of *mask*, the lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def needed(task: Task) -> dict[int, set[int]]:
    """Return for each item what must be delivered with it or before it."""
    return {key: {*(k for k, _ in item.after), *item.gates} for key, item in enumerate(task.items)}


class Board:
    """The items of a task that are to be delivered, as integers; *without* are those that are not."""

    def __init__(self, task: Task, without: frozenset[int] = frozenset()) -> None:
        self.task = task
        self.keys = _numbered(task, without)
        self.items = [task.items[key] for key in self.keys]
        self.count = len(self.items)
        place = {key: n for n, key in enumerate(self.keys)}
        self.before = [[(place[k], lag) for k, lag in item.after] for item in self.items]
        self.behind: list[list[tuple[int, int]]] = [[] for _ in self.items]
        for n, pairs in enumerate(self.before):
            for k, lag in pairs:
                self.behind[k].append((n, lag))
        self.units = _units(self.before, [[place[g] for g in item.gates] for item in self.items])
        self.usable = sum(1 << n for n, item in enumerate(self.items) if item.usable)
        self.lagged = any(item.earliest for item in self.items) or any(lag > 0 for p in self.before for _, lag in p)
        self._pack()
        self._fits: dict[object, Fit | None] = {}
        self._scores: dict[tuple[int, int], int] = {}
        most = sum(max(item.worth, default=0) + task.move_cost for item in self.items)
        self.dear = 1 + most  # an increment with nothing to use costs more than everything is worth
        self.dearest = self.dear * (2 * self.count + 2)  # and a week behind a compliance date more than all of those

    def _pack(self) -> None:
        """Lay out the fields, and learn from which week on everybody is there and nothing takes longer."""
        task = self.task
        widths = [crew.people.bit_length() + 1 for crew in task.crews]
        self._shifts = [sum(widths[:k]) for k in range(len(widths))]
        self.stride = max(sum(widths), 1)
        guards = sum(1 << (shift + width - 1) for shift, width in zip(self._shifts, widths, strict=True))
        self.guards = sum(guards << (self.stride * week) for week in range(task.longest))
        calendars = [len(crew.there) for crew in task.crews if any(n != crew.people for n in crew.there)]
        extras = [len(item.extra) for item in self.items if any(item.extra)]
        self.regular_from = max([0, *calendars, *extras])
        self.settled_from = max([0, self.regular_from, *(e for _, e in task.taken), *(i.earliest for i in self.items)])
        self._rooms: dict[int, int] = {}
        self._patterns: list[dict[int, tuple[int, int]]] = [{} for _ in self.items]
        self.plain = [self.pattern(n, self.regular_from) for n in range(self.count)]
        self.simple = not (self.regular_from or task.taken or self.lagged)
        self._energy = [
            [item.weeks * sum(p for k, p in item.needs if k == crew) for crew in range(len(task.crews))]
            for item in self.items
        ]

    def room(self, first: int) -> int:
        """Return who is there in the weeks of the longest window that begins in week *first*, packed, guards set."""
        first = min(first, self.regular_from)
        if first not in self._rooms:
            room = self.guards
            for week in range(self.task.longest):
                for crew, shift in zip(self.task.crews, self._shifts, strict=True):
                    room += crew.there_in(first + week) << (self.stride * week + shift)
            self._rooms[first] = room
        return self._rooms[first]

    def pattern(self, item: int, start: int) -> tuple[int, int]:
        """Return how many weeks *item* takes when it starts in week *start*, and whom it needs in them, packed."""
        start = min(start, self.regular_from)
        found = self._patterns[item].get(start)
        if found is None:
            weeks = self.items[item].end_from(start) - start
            needs = 0
            for key, people in self.items[item].needs:
                crew = self.task.crews[key]
                for week in range(weeks):
                    there = crew.there_in(start + week)
                    taken = there if people >= crew.people or not there else people
                    needs += taken << (self.stride * week + self._shifts[key])
            found = self._patterns[item][start] = (weeks, needs)
        return found

    def place(self, item: int, earliest: int, end: int, first: int, room: int) -> tuple[int, int, int] | None:
        """Return start and end of *item* for the earliest start that fits, and what is left of *room*, or None.

        *end* is when it must be done, *first* the week in which the window begins; all others are weeks of the window.
        """
        guards, stride = self.guards, self.stride
        if first >= self.regular_from:
            weeks, needs = self.plain[item]
            for start in range(earliest, end - weeks + 1):
                left = room - (needs << (start * stride))
                if left & guards == guards:
                    return start, start + weeks, left
            return None
        for start in range(earliest, end):
            weeks, needs = self.pattern(item, first + start)
            if start + weeks > end:  # an end never comes earlier for a later start
                return None
            left = room - (needs << (start * stride))
            if left & guards == guards:
                return start, start + weeks, left
        return None

    def fit(self, mask: int, first: int, waits: Mapping[int, int] | None = None) -> Fit | None:
        """Return how the items of *mask* lie in a window from week *first*, as tightly as is found, or None.

        *waits* are weeks of the window before which an item cannot start.
        """
        at = min(first, self.regular_from)
        key: object = (mask, at, tuple(waits.items())) if waits else (mask, at)
        try:
            return self._fits[key]
        except KeyError:
            if len(self._fits) >= KEPT:
                self._fits.clear()
        found = self._fits[key] = _Fitting(self, mask, at, waits or {}, NODES).best()
        return found

    def fit_at_last(self, mask: int, first: int, waits: Mapping[int, int]) -> Fit | None:
        """Return the same, after a search that is so long that None means there is hardly any."""
        return _Fitting(self, mask, min(first, self.regular_from), waits, 500 * NODES).best()

    def keep(self, mask: int, first: int, waits: Mapping[int, int], fit: Fit) -> None:
        """Remember a *fit* that somebody else found, if it is a shorter one."""
        known = self.fit(mask, first, waits)
        if known is None or fit.weeks < known.weeks:
            at = min(first, self.regular_from)
            self._fits[(mask, at, tuple(waits.items())) if waits else (mask, at)] = fit

    def least(self, mask: int) -> int:
        """Return a number of weeks below which the items of *mask* do not fit, when all are there."""
        energy = self._energy
        members = list(bits(mask))
        loads = [-(-sum(energy[n][k] for n in members) // max(c.people, 1)) for k, c in enumerate(self.task.crews)]
        return self.task.overhead + max(loads, default=0)

    def score(self, mask: int, end: int) -> int:
        """Return what it is worth that the items of *mask* go live together at the boundary *end*, in one number."""
        key = (mask, end)
        found = self._scores.get(key)
        if found is None:
            if len(self._scores) >= 4 * KEPT:
                self._scores.clear()
            found = 0 if mask & self.usable else -self.dear
            for n in bits(mask):
                item = self.items[n]
                found += item.worth_at(end)
                if item.published is not None and item.published != end:
                    found -= self.task.move_cost
                if item.due is not None and end > item.due:
                    found -= self.dearest * (end - item.due)
            self._scores[key] = found
        return found

    def split(self, windows: list[tuple[int, int, Fit]]) -> Split:
        """Return *windows* (first week, end, fit) in the numbers of the task."""
        keys = self.keys
        made = tuple(
            Window(first, end, tuple(sorted((keys[n], first + start) for n, start in fit.starts)))
            for first, end, fit in windows
        )
        there = {key for window in made for key, _ in window.starts}
        return Split(made, tuple(key for key in range(len(self.task.items)) if key not in there))

    def free_from(self, week: int, length: int) -> int:
        """Return the first week, not before *week*, from which *length* weeks are not taken."""
        for first, end in sorted(self.task.taken):
            if week + length > first and week < end:
                week = end
        return week

    def reach_from(self, week: int) -> int:
        """Return how many weeks a window may take that begins in *week*."""
        ahead = [first - week for first, _ in self.task.taken if first >= week]
        return min([self.task.longest, *ahead])


class _Fitting:
    """The search for the shortest schedule of a few items: longest tail first, then other orders, step by step."""

    def __init__(self, board: Board, mask: int, first: int, waits: Mapping[int, int], nodes: int) -> None:
        self._board = board
        self._mask = mask
        self._first = first
        self._waits = waits
        self._best: dict[int, int] | None = None
        self._weeks = board.task.longest + 1
        self._left = nodes
        self._seen: set[tuple[int, int]] = set()
        self._members = list(bits(mask))
        self._tails = self._own_tails()

    def best(self) -> Fit | None:
        """Return the shortest one found, or None."""
        board, task = self._board, self._board.task
        begins = [max(task.overhead, self._waits.get(n, 0)) + self._tails[n] for n in self._members]
        self._enough = max([task.shortest, *begins])
        if self._enough > task.longest:
            return None
        if self._first >= board.regular_from:
            self._enough = max(self._enough, board.least(self._mask))
            if self._enough > task.longest:
                return None
        self._step(0, board.room(self._first), {}, {}, 0)
        if self._best is None:
            return None
        return Fit(self._weeks, tuple(self._best.items()))

    def _own_tails(self) -> dict[int, int]:
        """Return for each item the weeks from its start to the end of the longest chain among the items."""
        board, mask = self._board, self._mask
        tails: dict[int, int] = {}
        for n in reversed(self._members):
            weeks = board.items[n].weeks
            tail = weeks
            for k, lag in board.behind[n]:
                if mask >> k & 1:
                    tail = max(tail, weeks + lag + tails[k])
            tails[n] = tail
        return tails

    def _step(self, placed: int, room: int, starts: dict[int, int], ends: dict[int, int], until: int) -> None:
        """Place one more item, each that is ready in turn, as early as it can be, where that may be shorter yet."""
        if placed == self._mask:
            if until < self._weeks:
                self._weeks, self._best = until, dict(starts)
            return
        if (placed, room) in self._seen:
            return
        self._seen.add((placed, room))
        board = self._board
        ready: list[tuple[int, int, int]] = []
        for n in self._members:
            if not placed >> n & 1:
                earliest = self._earliest(n, placed, ends)
                if earliest is not None:
                    if earliest + self._tails[n] >= self._weeks:
                        return
                    ready.append((-self._tails[n], n, earliest))
        ready.sort()
        for tail, n, earliest in ready:
            found = board.place(n, earliest, self._weeks - 1, self._first, room)
            if found is None or found[0] - tail >= self._weeks:
                return  # whatever is placed first, it takes no less
            starts[n], ends[n] = found[0], found[1]
            self._step(placed | 1 << n, found[2], starts, ends, max(until, found[1]))
            del starts[n], ends[n]
            self._left -= 1
            if self._left <= 0 or self._weeks <= self._enough:
                return

    def _earliest(self, item: int, placed: int, ends: Mapping[int, int]) -> int | None:
        """Return the week of the window in which *item* can start, or None while it waits for another."""
        earliest = max(self._board.task.overhead, self._waits.get(item, 0))
        for k, lag in self._board.before[item]:
            if self._mask >> k & 1:
                if not placed >> k & 1:
                    return None
                earliest = max(earliest, ends[k] + lag)
        return earliest


def _numbered(task: Task, without: frozenset[int]) -> list[int]:
    """Return the items there are, longest tail first; whoever comes before stands before."""
    after = {key: [k for k, _ in item.after] for key, item in enumerate(task.items)}
    order = in_order(after)
    tails = {key: task.items[key].weeks for key in order}
    for key in reversed(order):
        for k, lag in task.items[key].after:
            tails[k] = max(tails[k], task.items[k].weeks + lag + tails[key], tails[key])
    rank = {key: n for n, key in enumerate(order)}
    return sorted((key for key in order if key not in without), key=lambda key: (-tails[key], rank[key]))


def _units(before: list[list[tuple[int, int]]], gates: list[list[int]]) -> list[int]:
    """Return the sets of items that can only go live together: items and their gates, and what lies between them."""
    count = len(before)
    reach = [1 << n | sum(1 << k for k in {k for k, _ in before[n]} | set(gates[n])) for n in range(count)]
    for n in range(count):
        for gate in gates[n]:
            reach[gate] |= 1 << n
    if not any(gates):
        return [1 << n for n in range(count)]
    changed = True
    while changed:
        changed = False
        for n in range(count):
            more = reach[n]
            for k in bits(reach[n]):
                more |= reach[k]
            if more != reach[n]:
                reach[n], changed = more, True
    units: dict[int, int] = {}
    for n in range(count):
        units.setdefault(reach[n], 0)
        units[reach[n]] |= 1 << n
    return list(units.values())
