"""Values of a ranking: weights, terms, scores, places, and why something has no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class Weights:
    """What a full swing of each criterion is worth a year, in minor units; a criterion that is absent is worth 0."""

    swings: Mapping[EntityId, int]

    @classmethod
    def of(cls, plan: Plan, voice: Voice) -> Weights:
        """Return the weights of one voice; what nobody has said is worth 0."""
        return cls({c.id: c.swing(voice) or 0 for c in plan.criteria_in_order})

    def share(self, criterion: EntityId) -> float:
        """Return which part (0 to 1) of what counts beside revenue a criterion is; 0 where nothing counts."""
        total = sum(self.swings.values())
        return self.swings.get(criterion, 0) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What there is: person-weeks, and minor units where money is limited too; None is no limit."""

    effort: float | None = None
    money: int | None = None

    @classmethod
    def of(cls, plan: Plan) -> Budget:
        """Return the budget that the roadmap names."""
        return cls(plan.roadmap.budget_pw, plan.roadmap.budget_money)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a value: *share* (0 to 1) of a criterion's swing, *amount* in minor units a year, before confidence.

    *criterion* None is the revenue itself, with a share of 1.
    """

    criterion: EntityId | None
    share: float
    amount: float


@dataclass(frozen=True, slots=True)
class Score:
    """How an investment scores by itself: value / effort, where value = confidence x sum of the terms.

    *value* is in minor units a year, *effort* in person-weeks, *per_week* in minor units a year per person-week; that
    is None for an investment that takes no effort. *missing* names the criteria it has no value for: they count 0.
    *confidence* is from 0 to 1. The first term is the revenue, then the criteria in their order.
    """

    investment: EntityId
    terms: tuple[Term, ...]
    confidence: float
    value: float
    effort: float
    per_week: float | None
    missing: tuple[EntityId, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Investments that stand together, what is needed first: the densest closed set (Sidney 1975).

    *value*, *effort* and *per_week* are those of all its members together.
    """

    members: tuple[EntityId, ...]
    value: float
    effort: float
    per_week: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an investment stands: *rank* counts from 1.

    *needs* are its prerequisites that are not delivered yet, the indirect ones included, in an order in which they can
    be done; *closure* is the score of it and them together; the list is sorted by *block*. *funded* says whether it
    fits into the budget in rank order, *effort_before* and *money_before* what those funded above it take.
    """

    rank: int
    score: Score
    needs: tuple[EntityId, ...]
    closure: float | None
    block: Block
    cost: int
    funded: bool
    effort_before: float
    money_before: int

    @property
    def investment(self) -> EntityId:
        """Return whose place it is."""
        return self.score.investment


class Lack(StrEnum):
    """Why an investment has no place."""

    EFFORT = "nobody has estimated its effort"
    CIRCLE = "it waits for itself in a circle"
    NEEDS_UNRANKED = "it needs something that has no place"
    NEEDS_DROPPED = "it needs something that was dropped"


@dataclass(frozen=True, slots=True)
class Unranked:
    """An open investment without a place; *about* is the other one that is the reason, or itself."""

    investment: EntityId
    lack: Lack
    about: EntityId


@dataclass(frozen=True)
class Ranking:
    """All open investments in order, and those that cannot be compared yet."""

    weights: Weights
    budget: Budget
    places: tuple[Place, ...]
    unranked: tuple[Unranked, ...] = field(default=())

    @cached_property
    def by_id(self) -> Mapping[EntityId, Place]:
        """Return the places by investment."""
        return {p.investment: p for p in self.places}

    @property
    def funded(self) -> tuple[EntityId, ...]:
        """Return what fits into the budget in rank order."""
        return tuple(p.investment for p in self.places if p.funded)

    @property
    def line(self) -> int | None:
        """Return how many places stand above the budget line: above the first that does not fit; None where all fit."""
        return next((n for n, p in enumerate(self.places) if not p.funded), None)


@dataclass(frozen=True, slots=True)
class Chance:
    """How sure a place is: the 90 % interval of its rank, its mean, and the probability (0 to 1) of being funded."""

    low: int
    high: int
    mean: float
    funded: float


@dataclass(frozen=True, slots=True)
class Chances:
    """What came of *draws* draws of everything that is estimated.

    *wins* holds for each neighbouring pair, the one above first, in which part of the draws it stays above.
    """

    draws: int
    of: Mapping[EntityId, Chance]
    wins: Mapping[tuple[EntityId, EntityId], float]

    def coin_flips(self) -> list[tuple[EntityId, EntityId]]:
        """Return the neighbouring pairs whose order nobody can tell: between 40 and 60 %."""
        return [pair for pair, won in self.wins.items() if 0.4 <= won <= 0.6]


@dataclass(frozen=True, slots=True)
class Radius:
    """The smallest relative change of one swing that alters the funded set.

    *change* is relative to the swing, such as -0.2; *swing* what it would be then, in minor units a year; *enters* and
    *leaves* are what changes in the set.
    """

    criterion: EntityId
    change: float
    swing: float
    enters: tuple[EntityId, ...]
    leaves: tuple[EntityId, ...]


@dataclass(frozen=True, slots=True)
class BestSet:
    """The set worth most within the budget, what it needs included.

    *value* and *bound* are in minor units a year: no set is worth more than *bound*; *proven* says they are the same.
    """

    members: frozenset[EntityId]
    value: float
    effort: float
    money: int
    bound: float
    proven: bool
