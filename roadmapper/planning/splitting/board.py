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

FIELD = 40  # bits for the person-weeks of a crew
NODES = 25  # how many steps a search for a shorter order may take; measured: more finds little and costs rounds
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
        self._longer = [n for n, item in enumerate(self.items) if any(item.extra)]
        self._alike: dict[int, int] = {}
        self._looks: dict[object, int] = {(self.room(self.regular_from), ()): self.regular_from}
        self._patterns: list[dict[int, tuple[int, int]]] = [{} for _ in self.items]
        self.plain = [self.pattern(n, self.regular_from) for n in range(self.count)]
        self.simple = not (self.regular_from or task.taken or self.lagged)
        self._working = [(k, crew) for k, crew in enumerate(task.crews) if crew.people]
        self._energy = [sum(p * item.weeks << (FIELD * k) for k, p in item.needs) for item in self.items]
        self._bound_guards = sum(1 << (FIELD * (k + 1) - 1) for k in range(len(task.crews)))
        weeks = task.longest - task.overhead
        self._bounds = self._bound_guards + sum(c.people * weeks << (FIELD * k) for k, c in self._working)

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

    def alike(self, first: int) -> int:
        """Return a week, the same for all alike, from which a window is just what it is from week *first*."""
        if first >= self.regular_from:
            return self.regular_from
        found = self._alike.get(first)
        if found is None:
            longest = self.task.longest
            calendar = tuple(self.items[n].extra[first : first + longest] for n in self._longer)
            looks = (self.room(first), calendar if any(any(extra) for extra in calendar) else ())
            found = self._alike[first] = self._looks.setdefault(looks, first)
        return found

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
        at = self.alike(first)
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
        return _Fitting(self, mask, self.alike(first), waits, 500 * NODES).best()

    def keep(self, mask: int, first: int, waits: Mapping[int, int], fit: Fit) -> None:
        """Remember a *fit* that somebody else found, if it is a shorter one."""
        known = self.fit(mask, first, waits)
        if known is None or fit.weeks < known.weeks:
            at = self.alike(first)
            self._fits[(mask, at, tuple(waits.items())) if waits else (mask, at)] = fit

    def least(self, members: list[int]) -> int:
        """Return a number of weeks below which *members* do not fit when all are there; too many if they never do."""
        energy = 0
        for n in members:
            energy += self._energy[n]
        if (self._bounds - energy) & self._bound_guards != self._bound_guards:
            return self.task.longest + 1
        field = (1 << FIELD) - 1
        loads = [-(-(energy >> (FIELD * k) & field) // crew.people) for k, crew in self._working]
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
    """The search for the shortest schedule of a few items: of those that can start first, the longest tail first."""

    def __init__(self, board: Board, mask: int, first: int, waits: Mapping[int, int], nodes: int) -> None:
        self._board = board
        self._first = first
        self._left = nodes
        self._seen: set[tuple[int, int]] = set()
        self._members = list(bits(mask))
        place = {n: i for i, n in enumerate(self._members)}
        self._behind = [[(place[k], lag) for k, lag in board.behind[n] if k in place] for n in self._members]
        self._ahead = [0] * len(place)
        for i, pairs in enumerate(self._behind):
            for k, _ in pairs:
                self._ahead[k] |= 1 << i
        self._tails = self._own_tails()
        self._order = sorted(range(len(place)), key=lambda i: -self._tails[i])
        overhead = board.task.overhead
        self._begin = [max(overhead, waits.get(n, 0)) for n in self._members] if waits else [overhead] * len(place)
        self._regular = first >= board.regular_from
        self._weeks = board.task.longest + 1
        self._starts = [0] * len(place)
        self._best: list[int] = []

    def best(self) -> Fit | None:
        """Return the shortest one found, or None."""
        task = self._board.task
        self._enough = max([task.shortest, *map(sum, zip(self._begin, self._tails, strict=True))])
        if self._regular:
            self._enough = max(self._enough, self._board.least(self._members))
        if self._enough > task.longest:
            return None
        self._step(0, self._board.room(self._first), self._begin, 0)
        if self._weeks > task.longest:
            return None
        return Fit(self._weeks, tuple(zip(self._members, self._best, strict=True)))

    def _own_tails(self) -> list[int]:
        """Return for each item the weeks from its start to the end of the longest chain among the items."""
        tails = [self._board.items[n].weeks for n in self._members]
        for i in range(len(tails) - 1, -1, -1):
            if self._behind[i]:
                weeks = tails[i]
                tails[i] = max(weeks, *(weeks + lag + tails[k] for k, lag in self._behind[i]))
        return tails

    def _step(self, placed: int, room: int, begin: list[int], until: int) -> None:
        """Place one more item, each that is ready in turn, as early as it can be, where that may be shorter yet."""
        if (placed, room) in self._seen:
            return
        self._seen.add((placed, room))
        found = []
        soonest = self._weeks
        for i in self._order:
            if not placed >> i & 1 and not self._ahead[i] & ~placed:
                place = self._place(i, begin[i], room)
                if place is None:
                    return  # whatever is placed first, it takes no less
                found.append((i, place))
                soonest = min(soonest, place[1])
        if not found:
            self._weeks, self._best = until, self._starts.copy()
            return
        for i, (start, end, left) in found:
            if start + self._tails[i] >= self._weeks:
                return
            if start < soonest:  # else another one could run before it
                self._starts[i] = start
                later = begin
                if self._behind[i]:
                    later = begin.copy()
                    for k, lag in self._behind[i]:
                        later[k] = max(later[k], end + lag)
                self._step(placed | 1 << i, left, later, max(until, end))
                self._left -= 1
                if self._left <= 0 or self._weeks <= self._enough:
                    return

    def _place(self, i: int, begin: int, room: int) -> tuple[int, int, int] | None:
        """Return start, end and what is left of *room* for an item that, with its tail, takes less than the best."""
        board, last = self._board, self._weeks - self._tails[i]
        if not self._regular:
            place = board.place(self._members[i], begin, self._weeks - 1, self._first, room)
            return place if place and place[0] < last else None
        guards, stride = board.guards, board.stride
        weeks, needs = board.plain[self._members[i]]
        for start in range(begin, last):
            left = room - (needs << (start * stride))
            if left & guards == guards:
                return start, start + weeks, left
        return None


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
