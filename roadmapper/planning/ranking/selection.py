"""Selection: what there is to choose from, and what was chosen, in whole numbers and without names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter


@dataclass(frozen=True)
class Choice:
    """Things to choose from: what each is worth, takes of two budgets, and which others it needs, by their numbers.

    No number is negative. *effort* and *cash* are the budgets, None where there is no limit. A set of things is an int
    whose bits say which are in it.
    """

    values: Sequence[int]
    efforts: Sequence[int]
    money: Sequence[int]
    needs: Sequence[Sequence[int]]
    effort: int | None = None
    cash: int | None = None

    @cached_property
    def order(self) -> list[int]:
        """Return all numbers, what is needed first; raises graphlib.CycleError where things wait for one another."""
        return list(TopologicalSorter(dict(enumerate(self.needs))).static_order())

    @cached_property
    def whole(self) -> list[int]:
        """Return for each thing the set of it and all that it needs, indirectly, too."""
        found = [0] * len(self.values)
        for key in self.order:
            found[key] = 1 << key
            for need in self.needs[key]:
                found[key] |= found[need]
        return found

    def value_of(self, chosen: int) -> int:
        """Return what a set is worth."""
        return sum(self.values[key] for key in members(chosen))

    def effort_of(self, chosen: int) -> int:
        """Return the effort that a set takes."""
        return sum(self.efforts[key] for key in members(chosen))

    def money_of(self, chosen: int) -> int:
        """Return the money that a set takes."""
        return sum(self.money[key] for key in members(chosen))

    def fits(self, chosen: int) -> bool:
        """Return whether a set fits into the budgets."""
        return (self.effort is None or self.effort_of(chosen) <= self.effort) and (
            self.cash is None or self.money_of(chosen) <= self.cash
        )

    def closed(self, chosen: int) -> bool:
        """Return whether a set holds what its members need."""
        return all(self.whole[key] & ~chosen == 0 for key in members(chosen))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A set that fits, what it is worth, and a bound above which none can be worth: *proven* when they are the same."""

    things: int
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Return whether no set that fits is worth more."""
        return self.value >= self.bound


def members(chosen: int) -> Iterator[int]:
    """Yield the numbers in a set, ascending."""
    while chosen:
        low = chosen & -chosen
        yield low.bit_length() - 1
        chosen ^= low


def filled(choice: Choice, chosen: int, order: Sequence[int]) -> int:
    """Return a set with all that still fits beside it, what it needs included, taken in *order*."""
    effort, money = choice.effort_of(chosen), choice.money_of(chosen)
    for key in order:
        more = choice.whole[key] & ~chosen
        work, cost = choice.effort_of(more), choice.money_of(more)
        if (choice.effort is None or effort + work <= choice.effort) and (
            choice.cash is None or money + cost <= choice.cash
        ):
            chosen, effort, money = chosen | more, effort + work, money + cost
    return chosen


def part_of(choice: Choice, keys: Sequence[int]) -> Choice:
    """Return the choice among *keys* alone, numbered by their place there; they hold all that they need."""
    number = {key: n for n, key in enumerate(keys)}
    return Choice(
        [choice.values[key] for key in keys],
        [choice.efforts[key] for key in keys],
        [choice.money[key] for key in keys],
        [[number[need] for need in choice.needs[key]] for key in keys],
        choice.effort,
        choice.cash,
    )


def renamed(things: int, keys: Mapping[int, int]) -> int:
    """Return a set with each member under the number that *keys* gives it; a member without one is left out."""
    return sum(1 << keys[key] for key in members(things) if key in keys)
