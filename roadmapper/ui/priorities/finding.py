"""Finding: which investments are looked for, and in which order they stand."""

from __future__ import annotations

from dataclasses import dataclass

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Stage
from roadmapper.planning.ranking.model import Place
from roadmapper.ui.priorities.cells import EFFORTS, MONEY, Cells
from roadmapper.ui.priorities.columns import Column, What, criterion_of
from roadmapper.ui.priorities.state import Comparing

OPEN = (Stage.IDEA, Stage.CHOSEN, Stage.ON_ROADMAP)


@dataclass(frozen=True, slots=True)
class Found:
    """What is looked for: *text* in title, owner or sentence, and the stages; those that are open unless said."""

    text: str = ""
    stages: tuple[Stage, ...] = OPEN

    def holds(self, investment: Investment) -> bool:
        """Return whether an investment is looked for."""
        if investment.stage not in self.stages:
            return False
        words = self.text.casefold().split()
        told = f"{investment.title}\n{investment.owner}\n{investment.sentence}".casefold()
        return all(word in told for word in words)


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the table is sorted; None is the ranking, like the column of ranks from the first on."""

    column: Column | None = None
    down: bool = False

    @property
    def ranked(self) -> bool:
        """Return whether the rows stand as they rank, so that a line can be drawn between two of them."""
        return self.column is None or (self.column.what is What.RANK and not self.down)


def found_in(comparing: Comparing, wanted: Found, order: Order, cells: Cells) -> list[EntityId]:
    """Return what is looked for in its order: what has no place below what has one, what is unknown at the end."""
    investments, ranking = comparing.plan.investments, comparing.ranking
    lacking = [investments[u.investment] for u in ranking.unranked if u.investment in investments]
    keys = [p.investment for p in ranking.places]
    keys += [i.id for i in sorted(lacking, key=lambda i: (i.position, i.title, i.id))]
    there = set(keys)
    rest = (i for i in investments.values() if i.id not in there)
    keys += [i.id for i in sorted(rest, key=lambda i: (i.stage is Stage.DROPPED, i.position, i.title))]
    keys = [k for k in keys if k in investments and wanted.holds(investments[k])]
    column = order.column
    if column is None or order.ranked:
        return keys
    values = {k: _value(comparing, cells, column, investments[k]) for k in keys}
    known = [k for k in keys if values[k] is not None]
    known.sort(key=lambda k: values[k], reverse=order.down)  # type: ignore[arg-type, return-value]
    return known + [k for k in keys if values[k] is None]


def _value(comparing: Comparing, cells: Cells, column: Column, investment: Investment) -> tuple[float, str] | None:
    """Return what a column is sorted by, None where nothing stands there."""
    what, place = column.what, comparing.ranking.by_id.get(investment.id)
    number: float | None = None
    if what in MONEY:
        number = getattr(investment, MONEY[what])
    elif what in EFFORTS:
        number = sum(getattr(e, EFFORTS[what]) for e in investment.efforts) if investment.efforts else None
    elif what is What.CRITERION:
        number = investment.rating(criterion_of(column))
    elif what is What.CONFIDENCE:
        number = investment.confidence
    elif what is What.ESTIMATED:
        number = investment.estimated.toordinal() if investment.estimated else None
    elif what is What.STAGE:
        number = list(Stage).index(investment.stage)
    elif what in (What.RANK, What.SCORE, What.CLOSURE, What.INTERVAL, What.CHANCE):
        study = comparing.study
        chance = study.chances.of.get(investment.id) if study else None
        number = {
            What.RANK: place.rank if place else None,
            What.SCORE: _or_infinite(place.score.per_week, place) if place else None,
            What.CLOSURE: _or_infinite(place.closure, place) if place else None,
            What.INTERVAL: chance.mean if chance else place.rank if place else None,
            What.CHANCE: chance.funded if chance else -place.rank if place else None,
        }[what]
    else:
        text = cells.typed(column, investment)
        return (0.0, text.casefold()) if text else None
    return None if number is None else (float(number), investment.title.casefold())


def _or_infinite(per_week: float | None, place: Place) -> float:
    if per_week is None:
        return float("inf") if place.score.value > 0 else 0.0
    return per_week
