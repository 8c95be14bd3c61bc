"""NRP: the best set within a budget for the public Next Release Problem files, beside what fits in rank order."""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))

from roadmapper.domain.entity import EntityId
from roadmapper.planning.ranking.blocks import blocks_of
from roadmapper.planning.ranking.model import Score
from roadmapper.planning.ranking.selecting import select
from roadmapper.planning.ranking.selection import Choice

RATIOS = ("0.3", "0.5", "0.7")
REALISTIC = ("0.3", "0.5")
HEAD = ("file", "ratio", "things", "value", "bound", "gap %", "proven", "seconds", "ranked", "loses %")
ROW = "{:<12} {:>5} {:>7} {:>10} {:>9} {:>9} {:>7} {:>7} {:>8} {:>8}"


class Unreadable(Exception):
    """A file is none of the Next Release Problem; the words say why."""


@dataclass(frozen=True)
class Release:
    """What each requirement costs, and each customer's profit; *first* and *requests* by the requirements' numbers.

    *first* names for each requirement those that must come before it.
    """

    costs: tuple[int, ...]
    first: tuple[tuple[int, ...], ...]
    profits: tuple[int, ...]
    requests: tuple[tuple[int, ...], ...]

    def choice(self, ratio: str) -> Choice:
        """Return the choice when the budget is *ratio* of what all requirements cost, rounded down."""
        nothing, none = [0] * len(self.costs), [0] * len(self.profits)
        return Choice(
            [*nothing, *self.profits],
            [*self.costs, *none],
            [*nothing, *none],
            [*self.first, *self.requests],
            math.floor(Fraction(ratio) * sum(self.costs)),
        )


@dataclass(frozen=True)
class Result:
    """What came of one file with one budget; *ranked* is what fits in rank order is worth."""

    file: str
    ratio: str
    things: int
    value: int
    bound: int
    ranked: int
    seconds: float
    proven: bool
    checked: bool

    @property
    def gap(self) -> float:
        """Return by how many per cent the bound lies above the value."""
        return 100 * (self.bound - self.value) / self.value if self.value else 0.0

    @property
    def loss(self) -> float:
        """Return how many per cent of the value the plain ranking loses."""
        return 100 * (self.value - self.ranked) / self.value if self.value else 0.0


def read_release(path: Path) -> Release:
    """Return what a file holds; raises Unreadable when it is not of this form."""
    try:
        numbers = iter([int(word) for word in path.read_text(encoding="utf-8").split()])
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path.name} cannot be read as whole numbers: {error}") from error

    def some(count: int) -> list[int]:
        found = list(islice(numbers, count)) if count >= 0 else []
        if count < 0 or len(found) < count:
            raise Unreadable(f"{path.name} ends too early, or a count in it is wrong")
        return found

    def one() -> int:
        return some(1)[0]

    costs = [cost for _ in range(one()) for cost in some(one())]
    pairs = [some(2) for _ in range(one())]
    customers = [(one(), some(one())) for _ in range(one())]
    if next(numbers, None) is not None:
        raise Unreadable(f"{path.name} goes on after its last customer")
    named = [key for keys in (*pairs, *(wanted for _, wanted in customers)) for key in keys]
    if not costs or min([*costs, *(p for p, _ in customers)]) < 0 or not all(1 <= key <= len(costs) for key in named):
        raise Unreadable(f"{path.name} names a requirement that it does not hold, or a negative number")
    first: list[set[int]] = [set() for _ in costs]
    for before, after in pairs:
        first[after - 1].add(before - 1)
    requests = tuple(tuple(sorted({key - 1 for key in wanted})) for _, wanted in customers)
    return Release(tuple(costs), tuple(tuple(sorted(f)) for f in first), tuple(p for p, _ in customers), requests)


def in_rank_order(choice: Choice) -> int:
    """Return the set that fits in the order of the ranking: by blocks, each thing once what it needs is in."""
    keys = [EntityId(f"{n:06}") for n in range(len(choice.values))]
    scores = {
        key: Score(key, (), 1.0, float(value), float(effort), value / effort if effort else None)
        for key, value, effort in zip(keys, choice.values, choice.efforts, strict=True)
    }
    needs = {key: [keys[need] for need in choice.needs[n]] for n, key in enumerate(keys)}
    found, left = 0, choice.effort or 0
    for block in blocks_of(scores, needs):
        for key in map(int, block.members):
            if choice.whole[key] & ~found == 1 << key and choice.efforts[key] <= left:
                found, left = found | 1 << key, left - choice.efforts[key]
    return found


def measured(path: Path, ratio: str, seconds: float) -> Result:
    """Return what comes of a file within *seconds*."""
    choice = read_release(path).choice(ratio)
    begun = time.perf_counter()
    found = select(choice, seconds)
    took = time.perf_counter() - begun
    checked = choice.closed(found.things) and choice.fits(found.things)
    checked = checked and choice.value_of(found.things) == found.value
    ranked = choice.value_of(in_rank_order(choice))
    things = len(choice.values)
    return Result(path.name, ratio, things, found.value, found.bound, ranked, took, found.proven, checked)


def cases_in(paths: Sequence[Path], ratios: Sequence[str]) -> list[tuple[Path, str]]:
    """Return each file with its ratios: those given, else three, or two where 0.7 is known to be very easy."""
    return [(p, r) for p in paths for r in ratios or (REALISTIC if p.stem.startswith("nrp-") else RATIOS)]


def run(cases: Sequence[tuple[Path, str]], seconds: float, *, as_json: bool) -> None:
    """Print what comes of all cases."""
    if not as_json:
        print(ROW.format(*HEAD))
    results = []
    for path, ratio in cases:
        r = measured(path, ratio, seconds)
        results.append(r)
        if as_json:
            print(json.dumps({**asdict(r), "gap": round(r.gap, 3), "loss": round(r.loss, 3)}), flush=True)
            continue
        proven = "WRONG" if not r.checked else "yes" if r.proven else "no"
        tail = (f"{r.gap:.2f}", proven, f"{r.seconds:.2f}", str(r.ranked), f"{r.loss:.2f}")
        print(ROW.format(r.file, r.ratio, r.things, r.value, r.bound, *tail), flush=True)
    gap = max(r.gap for r in results)
    told = {"cases": len(results), "proven": sum(r.proven for r in results), "greatest gap": round(gap, 3)}
    told["mean loss"] = round(sum(r.loss for r in results) / len(results), 3)
    if as_json:
        print(json.dumps(told))
    else:
        print(", ".join(f"{name} {value}" for name, value in told.items()))


def _ratio(word: str) -> str:
    if not 0 <= Fraction(word) <= 1:
        raise ValueError(word)
    return word


def main() -> int:
    """Measure all files of a folder; return 1 when one of them is of another form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="files nrp*.txt, or one such file")
    parser.add_argument("--seconds", type=float, default=5.0, help="for each (default 5)")
    parser.add_argument("--ratio", type=_ratio, action="append", default=[], help="part of the cost; may be repeated")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    folder: Path = options.folder
    if not folder.exists():
        parser.error(f"there is no {folder}")
    paths = [folder] if folder.is_file() else sorted(folder.glob("nrp*.txt"))
    if not paths:
        parser.error(f"no nrp*.txt lies in {folder}")
    try:
        run(cases_in(paths, options.ratio), options.seconds, as_json=options.json)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
