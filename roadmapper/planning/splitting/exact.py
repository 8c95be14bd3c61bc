"""Exact: the split as a time-indexed model for CP-SAT. Imported in the worker process alone: OR-Tools is heavy.

A literal per week says whether an increment begins, ends or stands there; for each item a literal per week says
whether it has started, and one per boundary whether it is live. All rules are then clauses or short rows, and the
bound is strong. A literal that is known beforehand is a plain bool and never reaches the solver.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from ortools.sat.python import cp_model

from roadmapper.planning.splitting.exact_crews import Piece, add_crews, energies, piece_of
from roadmapper.planning.splitting.model import Split, Task, Window
from roadmapper.planning.splitting.spans import spans

Literal = cp_model.LiteralT
Values = Callable[[Literal], bool]


def opposite(literal: Literal) -> Literal:
    """Return the literal that is true when *literal* is not."""
    if isinstance(literal, bool):
        return not literal
    return ~literal


class SplitModel:
    """The model of *task* with all that must be delivered delivered by the boundary *until*.

    With *idle* 0 every increment must have something to use; otherwise at most *idle* may be without, at a price
    above all money.
    """

    def __init__(self, task: Task, until: int, *, idle: int, objective: bool = True) -> None:
        self.task, self.until, self.idle = task, until, idle
        self.model = cp_model.CpModel()
        self.spans = spans(task, until)
        weeks = range(until)
        free = [not any(first <= week < end for first, end in task.taken) for week in weeks]
        self.active: list[Literal] = [self._bool() if free[week] else False for week in weeks]
        self.opens: list[Literal] = [self._bool() if free[week] else False for week in weeks]
        self.closes: list[Literal] = [False] * min(task.shortest, until + 1)
        self.closes += [self._bool() if free[end - 1] else False for end in range(task.shortest, until + 1)]
        self.works = self.active
        if task.overhead:
            self.works = [self._bool() if free[week] else False for week in weeks]
        self.present: list[Literal] = []
        self.started: list[list[Literal]] = []
        self.live: list[list[Literal]] = []
        self.pieces: list[Piece] = []
        self.idles: list[Literal] = [False] * (until + 1)
        self._released: dict[tuple[int, int], Literal] = {}
        self._hinted: set[int] = set()
        self._increments(free)
        for key in range(len(task.items)):
            self._item(key)
        for key in range(len(task.items)):
            self._rules(key)
        self._usable()
        add_crews(self.model, task, self.pieces)
        self._energy()
        if objective:
            self._objective()

    def _bool(self) -> Literal:
        return self.model.new_bool_var("")

    def _clause(self, *literals: Literal) -> None:
        """Ask for at least one of the literals."""
        if not any(literal is True for literal in literals):
            self.model.add_bool_or([literal for literal in literals if literal is not False])

    def _increments(self, free: Sequence[bool]) -> None:
        task, until = self.task, self.until
        for week in range(until):
            before = self.active[week - 1] if week else False
            opens, closes, here = self.opens[week], self.closes[week], self.active[week]
            self._clause(opposite(closes), before)
            self._clause(opposite(opens), here)
            self._clause(opposite(here), before, opens)
            self._clause(opposite(before), here, closes)
            self._clause(opposite(before), opposite(opens), closes)
            self._clause(opposite(closes), opposite(here), opens)
            ends = range(week + task.shortest, min(week + task.longest, until) + 1)
            self._clause(opposite(opens), *(self.closes[end] for end in ends))
            for end in range(week + 1, min(week + task.shortest, until + 1)):
                self._clause(opposite(opens), opposite(self.closes[end]))
            if week + task.longest < until:
                run = range(week, week + task.longest + 1)
                self._clause(*(self.closes[w] for w in run[1:]), *(opposite(self.active[w]) for w in run))
            # An increment that could begin earlier does: weeks are left idle only before one of full length.
            if week and free[week - 1]:
                end = week + task.longest
                self._clause(opposite(opens), before, self.closes[end] if end <= until else False)
            if task.overhead:
                self._clause(opposite(self.works[week]), here)
                for later in range(week, min(week + task.overhead, until)):
                    self._clause(opposite(opens), opposite(self.works[later]))
        self._clause(opposite(self.closes[until]), self.active[until - 1])
        self._clause(opposite(self.active[until - 1]), self.closes[until])

    def _item(self, key: int) -> None:
        """Make the literals of an item: started in or before a week, live at or before a boundary."""
        item, span, until = self.task.items[key], self.spans[key], self.until
        here: Literal = True
        if item.optional:
            here = self._bool() if span.first <= span.last else False
        elif span.first > span.last:
            self.model.add_bool_or([])
            here = False
        self.present.append(here)
        last = span.last if here is not False else -1
        piece = piece_of(self.model, item, span, here)
        start = piece.start
        started: list[Literal] = [False] * min(span.first, until)
        for week in range(span.first, min(last, until)):
            literal = self.model.new_bool_var("")
            self.model.add(start <= week).only_enforce_if(literal)
            self.model.add(start > week).only_enforce_if(literal.negated())
            started.append(literal)
        started += [here] * (until - len(started))
        if item.optional and here is not False:  # it starts after its last week: it does not start
            self.model.add(start <= span.last).only_enforce_if(here)
            self.model.add(start > span.last).only_enforce_if(opposite(here))
        by = min(until, until if item.due is None else item.due)
        soonest = max(span.end(span.first), self.task.shortest)
        live = [self._bool() if soonest <= end < by else (here if end >= by else False) for end in range(until + 1)]
        self.started.append(started)
        self.live.append(live)
        self.pieces.append(piece)

    def _started_by(self, key: int, week: int) -> Literal:
        return self.started[key][min(week, self.until - 1)] if week >= 0 else False

    def _done_by(self, key: int, end: int) -> Literal:
        """Return whether an item is done at a boundary."""
        return self._started_by(key, self.spans[key].latest_start(end))

    def _rules(self, key: int) -> None:
        item, live, until = self.task.items[key], self.live[key], self.until
        for end in range(1, until + 1):
            self._clause(opposite(live[end - 1]), live[end])
            self._clause(opposite(live[end]), live[end - 1], self.closes[end])
            self._clause(opposite(live[end]), self._done_by(key, end))
            self._clause(opposite(self.closes[end]), opposite(self.started[key][end - 1]), live[end])
        for week in range(until):
            now, before = self.started[key][week], self._started_by(key, week - 1)
            self._clause(opposite(now), before, self.works[week])
        for first, lag in item.after:
            if self.present[key] is not False and self.present[first] is not False:
                ready = self.pieces[key].start >= self.pieces[first].end + lag
                row = self.model.add(ready)
                if self.present[key] is not True:
                    row.only_enforce_if(self.present[key])
            for week in range(until):
                self._clause(opposite(self.started[key][week]), self._done_by(first, week - lag))
            for end in range(until + 1):
                self._clause(opposite(live[end]), self.live[first][end])
        for gate in item.gates:
            for end in range(until + 1):
                self._clause(opposite(live[end]), self.live[gate][end])
                self._clause(opposite(self.live[gate][end]), live[end], opposite(self.present[key]))

    def _release(self, key: int, end: int) -> Literal:
        """Return a literal that, if true, makes the item go live at just this boundary."""
        now, before = self.live[key][end], self.live[key][end - 1]
        if now is False or before is True:
            return False
        if (key, end) not in self._released:
            literal = self._bool()
            self._clause(opposite(literal), now)
            self._clause(opposite(literal), opposite(before))
            self._released[key, end] = literal
        return self._released[key, end]

    def _usable(self) -> None:
        items = self.task.items
        for end in range(1, self.until + 1):
            if self.closes[end] is False:
                continue
            useful = [self._release(key, end) for key, item in enumerate(items) if item.usable]
            if self.idle:
                self.idles[end] = self._bool()
                self._clause(
                    opposite(self.closes[end]),
                    *useful,
                    *(self._release(key, end) for key, item in enumerate(items) if not item.usable),
                )
            self._clause(opposite(self.closes[end]), *useful, self.idles[end])
        if not self.idle:
            self.model.add(sum(self.closes) <= sum(item.usable for item in items))
        else:
            self.model.add(sum(self.idles) <= self.idle)

    def _energy(self) -> None:
        """Say once more that what is live was worked on: it lifts the bound."""
        for use, there in energies(self.task, self.spans, self.until):
            for end in range(self.task.shortest, self.until + 1):
                literals = [(self.live[key][end], weeks) for key, weeks in use if self.live[key][end] is not False]
                if literals and self.closes[end] is not False:
                    room = cp_model.LinearExpr.weighted_sum(self.works[:end], there[:end])
                    self.model.add(cp_model.LinearExpr.weighted_sum(*zip(*literals, strict=True)) <= room)

    def worth_at(self, key: int, end: int) -> int:
        """Return what an item is worth that goes live at *end*, less what it costs to move it there."""
        item = self.task.items[key]
        moved = item.published is not None and item.published != end
        return item.worth_at(end) - (self.task.move_cost if moved else 0)

    @cached_property
    def penalty(self) -> int:
        """Return the price of an increment with nothing to use: more than all the money there is."""
        if not self.idle:
            return 0
        worths = ([self.worth_at(key, end) for end in range(self.until + 1)] for key in range(len(self.task.items)))
        return 1 + sum(max(0, *worth) - min(0, *worth) for worth in worths)

    def _objective(self) -> None:
        literals: list[Literal] = []
        prices: list[int] = []
        for key, live in enumerate(self.live):
            for end in range(1, self.until + 1):
                later = self.worth_at(key, end + 1) if end < self.until else 0
                price = self.worth_at(key, end) - later
                if price and live[end] is not False:
                    literals.append(live[end])
                    prices.append(price)
        literals += self.idles
        prices += [-self.penalty] * len(self.idles)
        self.model.maximize(cp_model.LinearExpr.weighted_sum(literals, prices))

    def split_of(self, true: Values, value: Callable[[cp_model.IntVar], int]) -> Split:
        """Return the split that a solution stands for."""

        def holds(literal: Literal) -> bool:
            return literal if isinstance(literal, bool) else true(literal)

        ends = [end for end in range(1, self.until + 1) if holds(self.closes[end])]
        opens = [week for week in range(self.until) if holds(self.opens[week])]
        there = [key for key in range(len(self.task.items)) if holds(self.present[key])]
        released = {key: next(end for end in ends if holds(self.live[key][end])) for key in there}
        windows = tuple(
            Window(first, end, tuple((key, value(self.pieces[key].start)) for key in there if released[key] == end))
            for first, end in zip(opens, ends, strict=True)
        )
        return Split(windows, tuple(key for key in range(len(self.task.items)) if key not in released))

    def hint(self, split: Split) -> None:
        """Start the search from *split*."""
        released = split.released
        begun = {key: start for window in split.windows for key, start in window.starts}
        firsts, ends = self._normal(split)
        for key, piece in enumerate(self.pieces):
            start = begun.get(key, max(self.spans[key].first, self.spans[key].last + 1))
            self.model.add_hint(piece.start, start)
            self._tell(self.present[key], key in begun)
            for week in range(self.spans[key].first, min(self.spans[key].last, self.until)):
                self._tell(self.started[key][week], start <= week)
            for end in range(self.until + 1):
                self._tell(self.live[key][end], key in begun and released[key] <= end)
        for week in range(self.until):
            window = next((n for n, first in enumerate(firsts) if first <= week < ends[n]), None)
            self._tell(self.active[week], window is not None)
            self._tell(self.opens[week], week in firsts)
            if self.task.overhead:
                self._tell(self.works[week], window is not None and week >= firsts[window] + self.task.overhead)
        for end in range(self.until + 1):
            self._tell(self.closes[end], end in ends)
        for (key, end), literal in self._released.items():
            self._tell(literal, released.get(key) == end)

    def _normal(self, split: Split) -> tuple[list[int], list[int]]:
        """Return where the increments begin and end when each begins as early as it may."""
        firsts: list[int] = []
        before = 0
        for window in split.windows:
            taken = [end for _, end in self.task.taken if end <= window.first]
            firsts.append(max([before, window.end - self.task.longest, *taken]))
            before = window.end
        return firsts, [window.end for window in split.windows]

    def _tell(self, literal: Literal, true: bool) -> None:
        # An optional item's last literals are the one that says it is there: a second hint is an invalid model.
        if isinstance(literal, cp_model.IntVar) and literal.index not in self._hinted:
            self._hinted.add(literal.index)
            self.model.add_hint(literal, true)
