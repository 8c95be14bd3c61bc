"""Selection, exact: the best set by keeping books of what each decision loses against the bound, in plain Python.

Sets grow thing by thing, what is needed first. What a set loses against the bound is known as it grows, so all that
lose more than a limit are let go, and of those that are alike in what can still come only those stay that no other
beats in effort, money and worth. When a limit leaves a set at the end, the best left is the best of all; when it leaves
none, the bound falls by the limit, and the next limit is wider.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roadmapper.planning.ranking.selection import Choice, Chosen, filled, members, part_of, renamed
from roadmapper.planning.ranking.selection_bound import Priced, Prices

NARROW = 32
"""Into how many parts what lies between the first set and the bound is divided for the first limit."""
WIDER = 3
HASTY = 300
"""Sets kept at each step of a first, hasty look."""
MOST = 40_000_000
"""Things in all the sets at one step together, in or out, that memory is spent on."""

State = tuple[int, int, int, int]
"""Effort, money, losses and set."""
Layer = dict[int, list[State]]
"""States by which of their members are still asked for."""


class Late(Exception):
    """The time is over, or the memory."""


def choose(choice: Choice, start: int = 0, going_on: Callable[[], bool] = lambda: True, hasty: int = HASTY) -> Chosen:
    """Return the best set that fits, or the best that was found when *going_on* said no; never worse than *start*.

    *start* has to fit. The bound holds in any case. *hasty* is how many sets the first look keeps at each step.
    """
    keys = [key for key, whole in enumerate(choice.whole) if choice.fits(whole)]
    small = part_of(choice, keys)
    everything = (1 << len(keys)) - 1
    if small.fits(everything):
        value = small.value_of(everything)
        return Chosen(renamed(everything, dict(enumerate(keys))), value, value)
    found = _within(small, renamed(start, {key: n for n, key in enumerate(keys)}), going_on, hasty)
    return Chosen(renamed(found.things, dict(enumerate(keys))), found.value, found.bound)


def _within(choice: Choice, start: int, going_on: Callable[[], bool], most: int) -> Chosen:
    priced = Prices(choice, going_on).find()
    best = max((start, *_greedy(choice, priced)), key=choice.value_of)
    value, bound, scale = choice.value_of(best), priced.bound, priced.scale
    if value >= bound or not going_on():
        return Chosen(best, value, max(value, bound))
    search = _Search(choice, priced, going_on)
    try:
        quick = search.best(priced.top - (value + 1) * scale, most)
        if quick is not None:
            best, value = quick, choice.value_of(quick)
        limit = (priced.top - value * scale) // NARROW
        while value < bound:
            widest = priced.top - (value + 1) * scale
            limit = min(limit, widest)
            found = search.best(limit)
            if found is not None:
                return Chosen(found, choice.value_of(found), choice.value_of(found))
            bound = value if limit == widest else min(bound, (priced.top - limit - 1) // scale)
            limit = limit * WIDER + scale
    except Late:
        pass
    return Chosen(best, value, max(value, bound))


def _greedy(choice: Choice, priced: Priced) -> list[int]:
    """Return sets that fit and are likely to be good: what is best at the prices, thinned out until it fits, filled."""
    by_worth = sorted(range(len(choice.values)), key=lambda key: _per_price(choice, priced, choice.whole[key]))[::-1]
    kept = filled(choice, 0, [key for key in by_worth if priced.members >> key & 1])
    return [filled(choice, kept, by_worth), filled(choice, 0, by_worth)]


def _per_price(choice: Choice, priced: Priced, things: int) -> float:
    price = priced.per_effort * choice.effort_of(things) + priced.per_money * choice.money_of(things)
    value = choice.value_of(things)
    return value / price if price else float("inf")


@dataclass(frozen=True, slots=True)
class _Step:
    """The decision about one thing: what it takes, what it loses in and out, and what it needs and is needed by.

    *handed* says what is lost besides when it stays out beside a need that is in, *alive* which things are asked for
    later, *effort* and *money* at most are what all later decisions can take together.
    """

    bit: int
    effort: int
    money: int
    inside: int
    outside: int
    needs: int
    handed: Sequence[tuple[int, int]]
    alive: int
    more_effort: int
    more_money: int


class _Search:
    """Looks for the set that loses least."""

    def __init__(self, choice: Choice, priced: Priced, going_on: Callable[[], bool]) -> None:
        self._choice, self._priced, self._going_on = choice, priced, going_on
        self._effort = 0 if choice.effort is None else choice.effort
        self._cash = 0 if choice.cash is None else choice.cash
        self._efforts = choice.efforts if choice.effort is not None else [0] * len(choice.values)
        self._money = choice.money if choice.cash is not None else [0] * len(choice.values)
        own = priced.own
        dependents = [0] * len(own)
        for key, whole in enumerate(choice.whole):
            for need in members(whole):
                dependents[need] |= 1 << key
        self._inside = [sum(max(-own[k], 0) for k in members(whole)) for whole in choice.whole]
        self._outside = [sum(max(own[k], 0) for k in members(others)) for others in dependents]
        self._dependents = dependents
        self._order = _by_cluster(choice)

    def best(self, limit: int, most: int = 0) -> int | None:
        """Return the set that loses least, and at most *limit*; None where there is none.

        With *most*, only so many sets are kept at each step: then None says nothing, and what is found may not be best.
        Raises Late.
        """
        inside, outside = self._settled(limit)
        if inside & outside or not self._choice.fits(inside):
            return None
        lost = self._lost(inside, outside)
        layer: Layer = {0: [(self._spent(inside), self._paid(inside), lost, inside)]}
        for step in self._steps(inside, outside):
            layer = self._after(step, layer, limit, most)
            if not layer:
                return None
        work, cost = self._priced.per_effort, self._priced.per_money
        last = [
            (s + work * (self._effort - e) + cost * (self._cash - m), c)
            for states in layer.values()
            for e, m, s, c in states
        ]
        lost, found = min(last)
        return found if lost <= limit else None

    def _settled(self, limit: int) -> tuple[int, int]:
        """Return what must be in and what must be out of every set that loses at most *limit*."""
        inside = outside = 0
        for key, whole in enumerate(self._choice.whole):
            if self._inside[key] > limit:
                outside |= self._dependents[key]
            if self._outside[key] > limit:
                inside |= whole
        return inside, outside

    def _spent(self, things: int) -> int:
        return sum(self._efforts[key] for key in members(things))

    def _paid(self, things: int) -> int:
        return sum(self._money[key] for key in members(things))

    def _lost(self, inside: int, outside: int) -> int:
        own, handed = self._priced.own, self._priced.handed
        return (
            sum(max(-own[key], 0) for key in members(inside))
            + sum(max(own[key], 0) for key in members(outside))
            + sum(lost for key in members(outside) for need, lost in handed[key] if inside >> need & 1)
        )

    def _steps(self, inside: int, outside: int) -> list[_Step]:
        """Return the decisions that are left, in an order in which what is needed comes first."""
        own, handed, settled = self._priced.own, self._priced.handed, inside | outside
        beside = [0] * len(own)  # what is lost when it is in, as some that hand to it are out
        for key in members(outside):
            for need, lost in handed[key]:
                beside[need] += lost
        steps: list[_Step] = []
        alive = effort = money = 0
        for key in reversed([key for key in self._order if not settled >> key & 1]):
            needs = sum(1 << need for need in self._choice.needs[key] if not settled >> need & 1)
            given = [(1 << need, lost) for need, lost in handed[key] if not settled >> need & 1]
            out = max(own[key], 0) + sum(lost for need, lost in handed[key] if inside >> need & 1)
            into = max(-own[key], 0) + beside[key]
            takes = self._efforts[key], self._money[key]
            steps.append(_Step(1 << key, *takes, into, out, needs, given, alive, effort, money))
            alive |= needs
            effort, money = effort + takes[0], money + takes[1]
        return steps[::-1]

    def _after(self, step: _Step, layer: Layer, limit: int, most: int) -> Layer:
        """Return the sets as they are once a decision is taken, either way."""
        if not self._going_on() or sum(map(len, layer.values())) * len(self._order) > MOST:
            raise Late
        work, cost = self._priced.per_effort, self._priced.per_money
        short, poor = self._effort - step.more_effort, self._cash - step.more_money
        effort, cash = self._effort - step.effort, self._cash - step.money
        both: dict[int, list[list[State]]] = {}
        for asked, states in layer.items():
            lost = step.outside + sum(amount for need, amount in step.handed if asked & need)
            left_out = [
                (e, m, t, c)
                for e, m, s, c in states
                if (t := s + lost) <= limit and t + work * max(short - e, 0) + cost * max(poor - m, 0) <= limit
            ]
            both.setdefault(asked & step.alive, []).append(left_out)
            if asked & step.needs == step.needs and step.inside <= limit:
                into, bit = step.inside, step.bit
                put_in = [
                    (e + step.effort, m + step.money, t, c | bit)
                    for e, m, s, c in states
                    if e <= effort
                    and m <= cash
                    and (t := s + into) + work * max(short - step.effort - e, 0) + cost * max(poor - step.money - m, 0)
                    <= limit
                ]
                both.setdefault((asked | bit) & step.alive, []).append(put_in)
        after = {asked: self._unbeaten(lists) for asked, lists in both.items() if any(lists)}
        return _hasty(after, most) if most else after

    def _unbeaten(self, lists: list[list[State]]) -> list[State]:
        """Return those that no other beats in effort, money and worth, by effort."""
        states = sorted(state for each in lists for state in each)
        work, cost = self._priced.per_effort, self._priced.per_money
        found: list[State] = []
        paid: list[int] = []  # rising, and beside it what is lost apart from the budgets, falling
        lost: list[int] = []
        for state in states:
            e, m, s, _ = state
            apart = s - work * e - cost * m
            place = bisect_right(paid, m)
            if place and lost[place - 1] <= apart:
                continue
            found.append(state)
            if place and paid[place - 1] == m:
                place -= 1
            end = place
            while end < len(paid) and lost[end] >= apart:
                end += 1
            paid[place:end], lost[place:end] = [m], [apart]
        return found


def _hasty(layer: Layer, most: int) -> Layer:
    """Return only the *most* sets that have lost least."""
    every = sorted((state[2], asked, state) for asked, states in layer.items() for state in states)
    if len(every) <= most:
        return layer
    found: Layer = {}
    for _, asked, state in every[:most]:
        found.setdefault(asked, []).append(state)
    return found


def _by_cluster(choice: Choice) -> list[int]:
    """Return all numbers, what is needed first, and a thing as soon as may be after what it needs."""
    found: dict[int, None] = {}

    def put(key: int) -> None:
        waiting = [key]
        while waiting:
            here = waiting[-1]
            missing = [need for need in choice.needs[here] if need not in found]
            if missing:
                waiting += missing
            else:
                found.setdefault(waiting.pop(), None)

    dependents: list[list[int]] = [[] for _ in choice.values]
    for key, needs in enumerate(choice.needs):
        for need in needs:
            dependents[need].append(key)
    for key in choice.order:
        put(key)
        for other in dependents[key]:
            put(other)
    return list(found)
