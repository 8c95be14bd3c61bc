"""Register: what a table edited in place holds - its columns, how a cell is written, what a text typed there makes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from roadmapper.domain.agreement import OutsidePurchase, Term
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan

T = TypeVar("T", Term, OutsidePurchase)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, other names for it in a spreadsheet, and how much of the width it takes beside the others.

    One without a *share* is as wide as what stands in it; *right* is for numbers.
    """

    head: str
    names: Sequence[str] = ()
    share: int = 0
    right: bool = False


class Register(ABC, Generic[T]):
    """One kind of entries, with the plan they are in. The first column is what an entry is called."""

    table: str
    title: str
    hint: str
    columns: Sequence[Column]
    by_name = False  # whether a name stands here once, so that a pasted line of that name is that entry
    put: Callable[[Plan, Iterable[T]], Plan]
    remove: Callable[[Plan, Collection[EntityId]], Plan]

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @abstractmethod
    def entries(self) -> Sequence[T]:
        """Return the entries in the order in which they stand before anybody sorts."""

    @abstractmethod
    def shown(self, entry: T, column: int) -> str:
        """Return how a cell is written."""

    def typed(self, entry: T, column: int) -> str:
        """Return a cell to the last digit, as it is typed."""
        return self.shown(entry, column)

    def order(self, entry: T, column: int) -> tuple[object, ...]:
        """Return what a column is sorted by."""
        return (self.shown(entry, column).casefold(),)

    @abstractmethod
    def with_text(self, entry: T, column: int, text: str) -> T:
        """Return an entry with what was typed into a cell; raises Refused."""

    @abstractmethod
    def fresh(self, name: str) -> T:
        """Return a new entry of a name; raises Refused."""

    def named(self, name: str) -> T | None:
        """Return the entry of a name, where a name stands here once."""
        return None

    @abstractmethod
    def entry(self, key: EntityId) -> T | None:
        """Return an entry by its id."""

    def found(self, entry: T, letters: str) -> bool:
        """Return whether an entry has these letters in one of its cells."""
        return any(letters in self.shown(entry, n).casefold() for n in range(len(self.columns)))

    @abstractmethod
    def added(self, count: int, name: str) -> str:
        """Return what adding or pasting so many is called."""

    @abstractmethod
    def deleted(self, count: int, name: str) -> str:
        """Return what deleting so many is called."""

    @abstractmethod
    def counted(self, count: int) -> str:
        """Return how many there are, in words."""
