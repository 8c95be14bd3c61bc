"""Priorities: how long a step of a slider takes, all draws, and the best set, for a department with 200 investments."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from benchmarks.sliding import PAUSE, part_of, slid
from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.ranking.chances import chances_of
from roadmapper.planning.ranking.model import Budget, Ranking, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.selecting import best_set

MILLION = 100_000_000
PART = 0.95


@dataclass(frozen=True)
class Figure:
    """What was measured: CPU milliseconds, the median and the 95th of 100, beside the median of a floor."""

    name: str
    n: int
    median: float
    p95: float
    floor: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Return how many times the floor it takes."""
        return self.median / self.floor


def department(count: int, criteria: int, needy: int) -> Plan:
    """Return a plan with *count* investments of which *needy* need one or two that stand before them."""
    random = Random(5)
    scales = [
        Criterion(EntityId(f"c{n}"), f"Criterion {n}", agreed=random.randrange(5, 40) * 1_000_000)
        for n in range(criteria)
    ]
    with_needs = set(random.sample(range(1, count), needy))
    found = []
    for n in range(count):
        effort, revenue = float(random.randrange(4, 60)), random.randrange(5, 90) * 1_000_000
        chosen = random.sample(range(n), min(n, random.choice((1, 1, 2)))) if n in with_needs else []
        found.append(
            Investment(
                EntityId(f"i{n}"),
                f"Investment {n}",
                revenue_low=revenue * 3 // 4,
                revenue=revenue,
                revenue_high=revenue * 3 // 2,
                efforts=(TeamEffort(None, effort * 0.8, effort, effort * 1.6),),
                cost=random.randrange(40) * 1_000_000,
                confidence=random.randrange(50, 101),
                ratings=tuple(Rating(c.id, float(random.randrange(6))) for c in scales),
                needs=tuple(EntityId(f"i{k}") for k in chosen),
            )
        )
    budget = 0.4 * sum(i.effort_pw or 0 for i in found)
    frame = Roadmap("Department", date(2027, 1, 4), budget_pw=budget, budget_money=12 * MILLION)
    return Plan.of(frame, *scales, *found)


def milliseconds(deed: Callable[[int], object], runs: int) -> list[float]:
    """Return the CPU milliseconds of each of *runs* calls, after one that does not count."""
    deed(0)
    found = []
    for n in range(runs):
        begun = time.process_time()
        deed(n)
        found.append(1000 * (time.process_time() - begun))
    return found


def figure(
    name: str, runs: int, ours: Callable[[int], object], floor: Callable[[int], object], note: str = ""
) -> Figure:
    """Return what was measured of *ours* beside *floor*."""
    took = sorted(milliseconds(ours, runs))
    p95 = took[min(int(PART * len(took)), len(took) - 1)]
    return Figure(name, runs, statistics.median(took), p95, statistics.median(milliseconds(floor, runs)), note)


class Department:
    """The questions that the page asks about one plan."""

    def __init__(self, plan: Plan, *, money: bool = False) -> None:
        self._plan = plan
        self._weights = Weights.of(plan, Voice.AGREED)
        self._budget = replace(Budget.of(plan), **({} if money else {"money": None}))
        self.ranking = rank(plan, self._weights, self._budget)
        self._random = np.random.default_rng(1)

    def step(self, n: int) -> Ranking:
        """Rank as the page does it for each step of a slider."""
        first = next(iter(self._weights.swings))
        swings = {**self._weights.swings, first: 1_000_000 * (n % 50)}
        return rank(self._plan, Weights(swings), self._budget)

    def sums(self, _n: int) -> list[float]:
        """Add up and sort what a step cannot do without."""
        values = []
        for i in self._plan.investments.values():
            worth = float(i.revenue or 0) + sum(r.value * self._weights.swings[r.criterion] for r in i.ratings)
            values.append(worth / (i.effort_pw or 1.0))
        return sorted(values)

    def draw(self, _n: int) -> object:
        """Draw and rank as the page does it in the background."""
        return chances_of(self._plan, self.ranking)

    def numbers(self, _n: int) -> object:
        """Draw two normal variables for each investment, 10,000 times, and sort one of them."""
        shape = (10_000, len(self._plan.investments))
        self._random.standard_normal(shape)
        return self._random.standard_normal(shape).argsort(axis=1)

    def select(self, _n: int) -> object:
        """Look for the best set as the page does it."""
        return best_set(self._plan, self.ranking)

    def found(self) -> str:
        """Return what became of the best set."""
        best = best_set(self._plan, self.ranking)
        ranked = sum(self.ranking.by_id[k].score.value for k in self.ranking.funded)
        return f"{'proven' if best.proven else 'not proven'}, {100 * (best.value / ranked - 1):.2f} % above rank order"


def figures(runs: int) -> list[Figure]:
    """Return what was measured."""
    found = []
    for words, needy in (("200 x 6", 0), ("200 x 6, 40 needing others", 40)):
        some = Department(department(200, 6, needy))
        found.append(figure(f"slider step, {words}", 10 * runs, some.step, some.sums))
        found.append(figure(f"10,000 draws, {words}", runs, some.draw, some.numbers))
        found.append(figure(f"best set, {words}", runs, some.select, some.step, some.found()))
    for count, needy in ((200, 40), (60, 40)):
        some = Department(department(count, 6, needy), money=True)
        words = f"{count} x 6, {needy} needing others, two budgets"
        found.append(figure(f"best set, {words}", runs, some.select, some.step, some.found()))
    return found


def window_figures(runs: int) -> list[Figure]:
    """Return what a step of a slider takes in the real window, and what its thread is busy with at a pause."""
    found = []
    for count in (12, 200, 1_000):
        plan = department(count, 6, count // 5)
        some = Department(plan)
        floor = statistics.median(milliseconds(some.step, 10))
        slide = slid(plan, 20 * runs, 3 * runs)
        for words, times in (
            (f"slider step in the window, {count} x 6", slide.steps),
            (f"longest turn of the screen in a pause of {PAUSE:g} s, {count} x 6", slide.pauses),
        ):
            found.append(Figure(words, len(times), statistics.median(times), part_of(times), floor))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each, ten times as many steps (default 5)")
    options = parser.parse_args()
    runs = max(options.runs, 1)
    for f in (*figures(runs), *window_figures(runs)):
        if options.json:
            print(json.dumps({**asdict(f), "ratio": round(f.ratio, 3)}))
        else:
            note = f"; {f.note}" if f.note else ""
            print(f"{f.name}: {f.median:.1f} ms, p95 {f.p95:.1f} ms, ratio to floor {f.ratio:.1f} (n={f.n}){note}")


if __name__ == "__main__":
    main()
