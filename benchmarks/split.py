"""Split: networks in weeks with seeded revenue - constructive, improved and CP-SAT's split, and what is proven of it.

Each file of DIR (Patterson or PSPLIB) is a project in weeks: its resources are teams, its dummies are left out. The
revenue is drawn by random.Random(zlib.crc32(name of the file)): for each activity in order, random() < 0.5 makes it
usable, with randint(5, 50) x 10,000 a month in full money; all others are groundwork. It is earned by the week from
the boundary on at which the activity goes live, 12/52 of a month each, discounted by 8 % a year. Increments take 4
to 12 weeks. The horizon is the smallest of 104, 130, 156 and 208 weeks in which the constructive plan ends.

"Below best" is how much less the plan earns than the best one that is known at the end; a plan with more increments in
which there is nothing to use is the worse one even if it earns more, so these are shown where there are any.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.networks import Network, read_network
from roadmapper.domain.entity import EntityId
from roadmapper.planning.splitting.checking import faults
from roadmapper.planning.splitting.constructing import construct
from roadmapper.planning.splitting.model import Crew, Item, Task
from roadmapper.planning.splitting.proving import Status
from roadmapper.planning.splitting.solving import Effort, Found, Stage, solve

SHORTEST, LONGEST = 4, 12
HORIZONS = (104, 130, 156, 208)
RATE = 0.08
CENTS = 1_000_000  # of 10,000 in full money


@dataclass(frozen=True)
class Row:
    """What was found for a file; values in minor units, *below* in per cent of the best value."""

    name: str
    items: int
    weeks: int
    constructed_ms: float
    constructed_below: float
    constructed_idle: int
    improved_seconds: float
    improved_below: float
    improved_idle: int
    value: int
    bound: int | None
    gap: float | None
    status: str
    seconds: float
    increments: int
    checked: bool


def main() -> None:
    """Print a row for each file, and what they have in common."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder of Patterson (.txt) or PSPLIB (.sm) files")
    parser.add_argument("--seconds", type=float, default=2.0, help="for the search in Python (default 2)")
    parser.add_argument("--exact", type=float, default=60.0, help="for CP-SAT; 0 leaves it out (default 60)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    chosen = parser.parse_args()
    if not chosen.json:
        print(
            f"{'network':16}{'items':>6}{'weeks':>6} | {'constructive':>22} | {'improved':>22} | "
            f"{'best':>13}{'bound':>13}{'gap':>8}  {'status':12}{'seconds':>8}{'incr.':>6}  checker"
        )
    rows = []
    for path in sorted(p for p in chosen.folder.iterdir() if p.suffix.lower() in (".txt", ".sm")):
        rows.append(measured(path, chosen.seconds, chosen.exact))
        print(json.dumps(asdict(rows[-1])) if chosen.json else _line(rows[-1]), flush=True)
    if not chosen.json:
        print(*_summary(rows), sep="\n")


def task_of(name: str, network: Network, horizon: int) -> Task:
    """Return the project that *network* is, with the revenue drawn for *name*."""
    draw = random.Random(zlib.crc32(name.encode()))
    weekly = [12 / 52 * (1 + RATE) ** (-(week + 1) / 52) for week in range(horizon)]
    months = [sum(weekly[end:]) for end in range(horizon)]
    inner = range(1, len(network.durations) - 1)  # the first and the last are dummies
    before: dict[int, list[tuple[int, int]]] = {n: [] for n in range(len(network.durations))}
    for n in inner:
        for k in network.successors[n]:
            before[k].append((n - 1, 0))
    items = []
    for n in inner:
        usable = draw.random() < 0.5
        monthly = draw.randint(5, 50) * CENTS if usable else 0
        items.append(
            Item(
                EntityId(str(n)),
                f"Activity {n + 1}",
                network.durations[n],
                tuple((k, people) for k, people in enumerate(network.needs[n]) if people),
                tuple(round(monthly * m) for m in months) if usable else (),
                usable,
                tuple(before[n]),
            )
        )
    crews = tuple(Crew(f"Team {k + 1}", people) for k, people in enumerate(network.capacities))
    return Task(tuple(items), crews, SHORTEST, LONGEST, horizon)


def measured(path: Path, seconds: float, exact: float) -> Row:
    """Return what the three stages make of the file."""
    network = read_network(path)
    for horizon in HORIZONS:
        task = task_of(path.name, network, horizon)
        begun = perf_counter()
        first = construct(task)
        constructing = perf_counter() - begun
        if first.windows[-1].end <= horizon:
            break
    heard: list[tuple[float, Found]] = []
    begun = perf_counter()
    best = solve(task, Effort(seconds, exact), lambda found: heard.append((perf_counter() - begun, found)))
    total = perf_counter() - begun
    constructed = next(found for _, found in heard if found.stage is Stage.CONSTRUCTED)
    late, improved = max(
        ((at, found) for at, found in heard if found.stage is not Stage.SOLVED), key=lambda pair: pair[1].worth
    )
    value = best.worth.value

    def below(found: Found) -> float:
        return 100 * (value - found.worth.value) / value if value else 0.0

    return Row(
        path.stem,
        len(task.items),
        task.horizon,
        1000 * constructing,
        below(constructed),
        -constructed.worth.idle,
        late,
        below(improved),
        -improved.worth.idle,
        value,
        best.bound,
        None if best.bound is None or not value else 100 * max(best.bound - value, 0) / value,
        str(best.status or "not asked"),
        total,
        len(best.split.windows),
        not faults(task, best.split),
    )


def _line(row: Row) -> str:
    constructed = f"{row.constructed_ms:7.1f} ms {row.constructed_below:6.2f} %{_idle(row.constructed_idle)}"
    improved = f"{row.improved_seconds:7.2f} s  {row.improved_below:6.2f} %{_idle(row.improved_idle)}"
    bound = "-" if row.bound is None else f"{row.bound // 100_000} k"
    gap = "-" if row.gap is None else f"{row.gap:.2f} %"
    return (
        f"{row.name:16}{row.items:6}{row.weeks:6} | {constructed:22} | {improved:22} | "
        f"{f'{row.value // 100_000} k':>13}{bound:>13}{gap:>8}  {row.status:12}{row.seconds:8.1f}{row.increments:6}  "
        f"{'agrees' if row.checked else 'DISAGREES'}"
    )


def _idle(count: int) -> str:
    return f" +{count}" if count else "   "


def _summary(rows: list[Row]) -> Iterator[str]:
    proven = [row for row in rows if row.status == Status.PROVEN]
    yield f"{len(proven)} of {len(rows)} proven best; the checker agrees with {sum(row.checked for row in rows)}"
    yield "+n: so many increments with nothing to use"
    for title, chosen in (("proven best", proven), ("all", rows)):
        if chosen:
            gaps = [row.improved_below for row in chosen]
            yield f"improved below best, {title}: mean {sum(gaps) / len(gaps):.2f} %, at most {max(gaps):.2f} %"
    if rows:
        yield f"constructive: at most {max(row.constructed_ms for row in rows):.1f} ms"


if __name__ == "__main__":
    main()
