"""Breaking even: what a full swing of a criterion would have to be worth for two investments to trade places."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from roadmapper.domain.entity import GREATEST_MONEY, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.model import Block, Ranking


@dataclass(frozen=True, slots=True)
class Flip:
    """Two neighbours, *above* ranked higher, that trade places when one swing changes.

    *now* is what a full swing of *criterion* is worth, *then* what it would be worth, both in minor units a year.
    """

    above: EntityId
    below: EntityId
    criterion: EntityId
    now: int
    then: float

    @property
    def change(self) -> float:
        """Return the relative change, such as -0.2; infinite where the swing is worth nothing now."""
        return (self.then - self.now) / self.now if self.now else inf


def flips(plan: Plan, ranking: Ranking, investment: EntityId) -> tuple[Flip, ...]:
    """Return how it trades places with its two neighbours, the smallest relative change first."""
    place = ranking.by_id.get(investment)
    if place is None:
        return ()
    places = ranking.places
    pairs = [(places[n - 1], places[n]) for n in (place.rank - 1, place.rank) if 0 < n < len(places)]
    found = []
    for above, below in ((one.investment, two.investment) for one, two in pairs):
        for criterion in plan.criteria_in_order:
            then = break_even(plan, ranking, above, below, criterion.id)
            if then is not None:
                found.append(Flip(above, below, criterion.id, ranking.weights.swings.get(criterion.id, 0), then))
    return tuple(sorted(found, key=lambda f: (abs(f.change), abs(f.then - f.now))))


def break_even(plan: Plan, ranking: Ranking, above: EntityId, below: EntityId, criterion: EntityId) -> float | None:
    """Return the swing (minor units a year) at which two neighbours trade places; None where none from 0 up does."""
    one, two = ranking.by_id[above].block, ranking.by_id[below].block
    now = ranking.weights.swings.get(criterion, 0)
    if not one.effort or not two.effort or one == two:
        return None
    rise_one, rise_two = _rise(plan, one, criterion) / one.effort, _rise(plan, two, criterion) / two.effort
    if rise_one == rise_two:
        return None
    then = now + (one.value / one.effort - two.value / two.effort) / (rise_two - rise_one)
    return then if 0 <= then <= GREATEST_MONEY else None


def _rise(plan: Plan, block: Block, criterion: EntityId) -> float:
    scale = plan.criteria[criterion]
    total = 0.0
    for key in block.members:
        rating = plan.investments[key].rating(criterion)
        total += 0.0 if rating is None else plan.investments[key].confidence / 100 * scale.share(rating)
    return total
